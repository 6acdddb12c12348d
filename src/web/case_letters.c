/* case_letters.c: sending a letter, or being told why not; letters as page, PDF and plain text. */
#include "app/approval.h"
#include "app/letter.h"
#include "app/post.h"
#include "app/sample.h"
#include "letter/pdf.h"
#include "letter/plain.h"
#include "web/api.h"
#include "web/case.h"
#include "web/case_letter_preview.h"
#include "web/case_post.h"
#include "web/case_view.h"
#include "web/letter_page.h"

#include <string.h>

/* ---- what a refusal means, and what to do ---- */

struct remedy {
    /* link: a part of the case's address, or a whole address under /case/; NULL: /suspense */
    const char *sentence, *todo, *link;
};

static struct remedy remedy_of(const char *word)
{
    static const struct {
        enum demand_refusal refusal;
        const char *todo, *link;
    } table[] = {
        { DEMAND_PERSON_FIRST, "Look at what was noticed", "/alerts" },
        { DEMAND_DOES_NOT_REDERIVE, "Look at the decisions", "/decisions" },
        { DEMAND_IN_CREDIT, "Look at the account", "/account" },
        { DEMAND_NOT_AGREED, "Record what the parents agreed", "/service" },
        { DEMAND_NOTHING_OVERDUE, "Look at the account", "/account" },
        { DEMAND_DISPUTED, "Look at the facts", "/facts" },
        { DEMAND_ON_HOLD, "Look at the facts", "/facts" },
        { DEMAND_UNMATCHED_MONEY, "Look at the money nobody has claimed", NULL },
        { DEMAND_ANNOUNCED, "Look at the deductions", "/deductions" },
        { DEMAND_RECENT_MONEY, "Look at the account", "/account" },
        { DEMAND_JUMPS, "Ask a second person", "/letters" },
        { DEMAND_NEEDS_SECOND, "Ask a second person", "/letters" },
        { DEMAND_NO_ADDRESS, "Record the postal address", "/fact/address" },
    };
    _Static_assert(sizeof table / sizeof *table == DEMAND_REFUSALS - 1,
                   "each refusal has what to do");

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(demand_refusal_words[table[i].refusal], word))
            return (struct remedy){ demand_refusal_sentences[table[i].refusal], table[i].todo,
                                    table[i].link };
    if (!strcmp(word, "nothing_owed_to_them"))
        return (struct remedy){ "We owe the paying parent nothing.", "Look at the account",
                                "/account" };
    return (struct remedy){ word, "", "" };
}

const char *case_letter_kind(const char *kind)
{
    static const char *const table[][2] = { { "arrears_notice", "Arrears notice" },
                                            { "refund_due", "What we owe them" },
                                            { "decision_notice", "Decision notice" },
                                            { "payment_plan", "Payment plan" },
                                            { "receiver_plan", "What to expect" },
                                            { "debit_notice", "Direct Debit notice" },
                                            { "service_notice", "Notice about the service" },
                                            { "family_agreement", "Family-based arrangement" },
                                            { "set_off_notice", "Set-off" },
                                            { "earnings_notice", "Deduction from earnings" },
                                            { "complaint_notice", "Complaint" },
                                            { "asking_notice", "What they told or asked us" },
                                            { "message_notice", "Message" } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i][0], kind)) return table[i][1];
    return kind;
}

/* ---- the list ---- */

static bool list_read(struct request *r, int64_t pp, struct sql_letter_list_row **rows, size_t *n)
{
    struct fail f = { 0 };

    if (sql_letter_list(r->store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_OPEN - 1 },
                        r->arena, rows, n, &f))
        return true;
    respond_fail(r, &f);
    return false;
}

/* The remedy on this case today: figures that do not come out because a decision waits want that
 * decision. */
static struct remedy remedy_now(struct request *r, const struct case_view *v, const char *word)
{
    if (strcmp(word, demand_refusal_words[DEMAND_DOES_NOT_REDERIVE]) || !case_waits(v))
        return remedy_of(word);
    struct next_step next = case_next(r->arena, v, r->today);
    return (struct remedy){ arena_print(r->arena, "What is owed may change. %s", next.text),
                            next.label, next.link };
}

/* Where the remedy is done; "" when there is none. */
static const char *remedy_link(struct request *r, const struct case_view *v,
                               const struct remedy *remedy)
{
    if (!*remedy->todo) return "";
    if (!remedy->link) return "/suspense";
    if (!strncmp(remedy->link, "/case/", strlen("/case/"))) return remedy->link;
    return arena_print(r->arena, "/case/%lld%s", (long long)v->g.pp, remedy->link);
}

static void outcome_fill(struct request *r, const struct case_view *v,
                         const struct sql_letter_list_row *row, struct page_case_letters *p)
{
    if (!row->refused) {
        p->outcome = arena_print(r->arena, "The letter was sent: %s.", case_letter_kind(row->kind));
        return;
    }
    struct remedy remedy = remedy_now(r, v, row->refused);
    p->outcome           = remedy.sentence;
    p->outcome_refused   = true;
    p->outcome_todo      = remedy.todo;
    p->outcome_link      = remedy_link(r, v, &remedy);
}

/* What mends a reason for which a letter is kept back: the links are parts of the case's address.
 */
static void kept_fill(struct request *r, const char *word, struct view_letter_row *row)
{
    static const char *const table[][3] = {
        { "no_address", "Record the postal address", "/fact/address" },
        { "came_back", "Look at the letter that came back", "/letters" },
        { "person_first", "Look at the alerts", "/alerts" },
        { "no_way", "Invite them to an account", "/invite" },
        { POST_SAMPLED, "Look at the decision", "/samples" },
    };
    const char *sentence = post_kept_sentence(word);

    if (!*word) return;
    row->kept      = arena_print(r->arena, "%c%s", sentence[0] & ~0x20, sentence + 1);
    row->kept_todo = "Look at the case";
    row->kept_link = "";
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i][0], word)) {
            row->kept_todo = table[i][1];
            row->kept_link = table[i][2];
        }
}

/* What says why letters are kept back. */
struct keeping_back {
    struct sql_step_list_row *steps;
    size_t n;
    struct sample_held held;
};

static bool keeping_read(struct request *r, int64_t pp, struct keeping_back *k)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };

    if (sql_step_list(r->store, &(struct sql_step_list_in){ .pp = pp, .known = KNOWN_NOW },
                      r->arena, &k->steps, &k->n, &f) &&
        sample_holds(&s, pp, &k->held, &f))
        return true;
    respond_fail(r, &f);
    return false;
}

static bool rows_fill(struct request *r, const struct case_view *v,
                      const struct sql_letter_list_row *found, size_t n,
                      struct page_case_letters *p)
{
    struct view_letter_row *rows = ARENA_MANY(r->arena, struct view_letter_row, n + 1);
    struct keeping_back k;

    if (!keeping_read(r, v->g.pp, &k)) return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_letter_list_row *l = &found[n - 1 - i];
        rows[i]                             = (struct view_letter_row){
                                        .id       = l->id,
                                        .kind     = case_letter_kind(l->kind),
                                        .day      = l->day,
                                        .to       = case_name(&v->g, l->person, r->arena),
                                        .language = strncmp(l->language, "cy", 2) ? "English" : "Welsh",
                                        .sent     = !l->refused,
                                        .state    = case_post_label(l->state),
                                        .back     = case_post_is_back(l->state),
                                        .refused  = l->refused ? remedy_of(l->refused).sentence : "",
        };
        kept_fill(
            r, sample_holds_letter(&k.held, l) ? POST_SAMPLED : post_kept_word(k.steps, k.n, l->id),
            &rows[i]);
    }
    p->rows       = rows;
    p->rows_count = (int32_t)n;
    return true;
}

void case_letters(struct request *r)
{
    struct case_view v;
    struct fail f    = { 0 };
    struct setting s = case_setting(r);
    struct sql_letter_list_row *found;
    enum demand_refusal refusal;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &found, &n)) return;
    if (!letter_guard(&s, v.g.pp, &refusal, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_letters p = { .c   = v.family,
                                   .may = refusal == DEMAND_MAY_GO,
                                   .second =
                                       refusal == DEMAND_JUMPS || refusal == DEMAND_NEEDS_SECOND };
    if (!p.may) {
        struct remedy remedy = remedy_now(r, &v, demand_refusal_words[refusal]);
        p.guard              = remedy.sentence;
        p.guard_todo         = remedy.todo;
        p.guard_link         = remedy_link(r, &v, &remedy);
    }
    if (form_has(&r->form, FORM_CASE_LETTERS_AFTER_LETTER))
        for (size_t i = 0; i < n; i++)
            if (found[i].id == form_count(&r->form, FORM_CASE_LETTERS_AFTER_LETTER))
                outcome_fill(r, &v, &found[i], &p);
    if (rows_fill(r, &v, found, n, &p)) page_case_letters(&r->out, frame_of(r), &p);
}

/* What nobody sends alone is asked of a second person; approving sends it. */
static void second_ask(struct request *r, int64_t pp)
{
    struct approval_act act = approval_act_of_demand();
    struct setting s        = case_setting(r);
    struct fail f           = { 0 };
    int64_t ask;

    bool done = store_begin(r->store, STORE_WRITING, &f) &&
                approval_do(&s, pp, &act, form_text(&r->form, FORM_CASE_LETTER_WHY), &ask, &f) &&
                store_commit(r->store, &f);
    store_rollback(r->store);
    if (done)
        respond_redirect(r,
                         arena_print(r->arena, "/case/%lld/approvals?done=asked", (long long)pp));
    else
        respond_fail(r, &f);
}

typedef bool letter_make(const struct setting *setting, int64_t pp, struct letter_result *result,
                         struct fail *f);

void case_letters_do(struct request *r)
{
    struct letter_preview preview = { .part  = "letters",
                                      .label = "Send it",
                                      .back  = "letters",
                                      .act   = FORM_CASE_LETTER_ACT,
                                      .seen  = FORM_CASE_LETTER_SEEN };
    bool second                   = form_is(&r->form, FORM_CASE_LETTER_KIND, "second");
    bool refund                   = form_is(&r->form, FORM_CASE_LETTER_KIND, "refund_due");
    letter_make *make = second ? letter_arrears_seen : refund ? letter_refund : letter_arrears;
    struct setting s  = case_setting(r);
    struct fail f     = { 0 };
    struct letter_result result;
    struct case_view v;

    if (!case_open(r, &v)) return;
    if (second) preview.label = "Ask a second person";
    bool confirmed = case_letter_confirmed(r, &v, &preview);
    if (second && confirmed) {
        second_ask(r, v.g.pp);
        return;
    }
    bool done = store_begin(r->store, STORE_WRITING, &f) && make(&s, v.g.pp, &result, &f);
    /* One that is refused has nothing to show but that, and that it was tried is kept. */
    if (done && !confirmed && case_letter_preview(r, &v, &preview)) return;
    done = done && store_commit(r->store, &f);
    store_rollback(r->store);
    if (!done) {
        respond_fail(r, &f);
        return;
    }
    respond_redirect(r, arena_print(r->arena, "/case/%lld/letters?letter=%lld", (long long)v.g.pp,
                                    (long long)result.letter));
}

/* ---- one letter ---- */

struct look {
    struct case_view v;
    struct letter_document document;
    const struct sql_letter_list_row *row;
    bool welsh;
};

/* posted: for the envelope, with the address in its window. */
static bool look_open(struct request *r, struct look *l, bool posted)
{
    struct fail f = { 0 };
    struct sql_letter_list_row *found;
    size_t n;
    int64_t id = case_number(r->params[1]);

    *l = (struct look){ 0 };
    if (!case_open(r, &l->v) || !list_read(r, l->v.g.pp, &found, &n)) return false;
    for (size_t i = 0; i < n; i++)
        if (found[i].id == id && !found[i].refused) l->row = &found[i];
    if (!l->row) {
        respond_missing(r);
        return false;
    }
    bool asked              = form_has(&r->form, FORM_CASE_LETTER_LOOK_LANGUAGE);
    l->welsh                = asked ? form_is(&r->form, FORM_CASE_LETTER_LOOK_LANGUAGE, "welsh")
                                    : !strncmp(l->row->language, "cy", 2);
    struct letter_want want = { .language = l->welsh ? LETTER_WELSH : LETTER_ENGLISH,
                                .as_sent  = !asked,
                                .large    = form_is(&r->form, FORM_CASE_LETTER_LOOK_LARGE, "yes"),
                                .posted   = posted };
    if (letter_again(r->store, r->arena, l->v.g.pp, id, want, &l->document, &f)) return true;
    respond_fail(r, &f);
    return false;
}

void case_letter(struct request *r)
{
    struct look l;

    if (!look_open(r, &l, false)) return;
    struct page_case_letter p = {
        .c           = l.v.family,
        .id          = l.row->id,
        .kind        = case_letter_kind(l.row->kind),
        .day         = l.row->day,
        .state       = case_post_label(l.row->state),
        .back        = case_post_is_back(l.row->state),
        .language    = l.welsh ? "welsh" : "english",
        .other       = l.welsh ? "english" : "welsh",
        .other_label = l.welsh ? "In English" : "In Welsh",
    };
    struct out whole = { .arena = r->arena };
    page_case_letter(&whole, frame_of(r), &p);
    letter_page(r, &whole, &l.document, 1);
}

static const char *file_name(struct request *r, const struct look *l, const char *end)
{
    return arena_print(r->arena, "letter-%s-%lld.%s", l->v.family.ref, (long long)l->row->id, end);
}

static void pdf_answer(struct request *r, bool posted)
{
    struct look l;
    struct fail f = { 0 };

    if (!look_open(r, &l, posted)) return;
    if (!letter_pdf(&l.document, &r->out, &f))
        respond_fail(r, &f);
    else
        respond_as(r, "application/pdf", file_name(r, &l, "pdf"));
}

void case_letter_pdf(struct request *r)
{
    pdf_answer(r, true);
}

/* For a program, which is told nothing that is kept sealed. */
void api_letter_pdf(struct request *r)
{
    r->params[0] = arena_print(r->arena, "%lld", (long long)r->looked);
    pdf_answer(r, false);
}

void case_letter_plain(struct request *r)
{
    struct look l;

    if (!look_open(r, &l, false)) return;
    letter_plain(&l.document, &r->out);
    respond_as(r, "text/plain; charset=utf-8", file_name(r, &l, "txt"));
}
