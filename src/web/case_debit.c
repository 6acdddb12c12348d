/* case_debit.c: a case's Direct Debit: how the instruction stands, what came of it, what is next.
 */
#include "app/debit.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

/* ---- words ---- */

static const struct {
    const char *words, *colour, *happened;
} states[] = {
    [INSTRUCTION_NONE]      = { "None", "grey", "" },
    [INSTRUCTION_ASKED]     = { "Signed", "yellow", "Instruction signed" },
    [INSTRUCTION_LODGED]    = { "At the bank", "green", "Instruction at the bank" },
    [INSTRUCTION_CANCELLED] = { "Ended", "red", "Instruction ended" },
    [INSTRUCTION_ENDING]    = { "Ending", "red", "Instruction cancelled" },
};

static const char *kind_words(int64_t kind)
{
    switch (kind) {
    case PAYMENT_FIRST: return "First collection";
    case PAYMENT_AGAIN: return "Presented again";
    default: return "Collection";
    }
}

/* Newest first; of a day as they were put in. */
static void lines_order(struct view_debit_line *rows, int32_t n)
{
    for (int32_t i = 1; i < n; i++)
        for (int32_t k = i; k > 0 && date_before(rows[k - 1].day, rows[k].day); k--) {
            struct view_debit_line line = rows[k];
            rows[k]                     = rows[k - 1];
            rows[k - 1]                 = line;
        }
}

/* ---- what happened, newest first ---- */

struct happened {
    struct sql_instruction_list_row *instructions;
    struct sql_payment_list_row *payments;
    struct sql_receipt_list_row *receipts;
    struct sql_debit_notice_list_row *notices;
    size_t in, pn, rn, nn;
};

static bool happened_read(struct request *r, int64_t pp, struct happened *h, struct fail *f)
{
    struct store_ints one = { &pp, 1 };

    return sql_instruction_list(r->store, &(struct sql_instruction_list_in){ .pps = one }, r->arena,
                                &h->instructions, &h->in, f) &&
           sql_payment_list(r->store, &(struct sql_payment_list_in){ .pp = pp }, r->arena,
                            &h->payments, &h->pn, f) &&
           sql_debit_notice_list(r->store, &(struct sql_debit_notice_list_in){ .pps = one },
                                 r->arena, &h->notices, &h->nn, f) &&
           sql_receipt_list(r->store, &(struct sql_receipt_list_in){ .pp = pp, .known = KNOWN_NOW },
                            r->arena, &h->receipts, &h->rn, f);
}

/* Why a collection came back; "" if it did not. */
static const char *back_of(struct request *r, int64_t pp, const struct happened *h,
                           const struct sql_payment_list_row *p)
{
    const char *key = arena_print(r->arena, "%s back", debit_key(p->batch, pp, p->kind, r->arena));

    for (size_t i = 0; i < h->rn; i++)
        if (!strcmp(h->receipts[i].bank_ref, key))
            return arena_print(r->arena, "Came back unpaid on %s: %s",
                               case_day_words(r->arena, h->receipts[i].booked),
                               h->receipts[i].remittance);
    return "";
}

static const char *instruction_words(const char *state)
{
    for (size_t k = 0; k < sizeof states / sizeof *states; k++)
        if (!strcmp(instruction_word((enum instruction_state)k), state)) return states[k].happened;
    return state;
}

static void lines_fill(struct request *r, int64_t pp, const struct happened *h,
                       struct page_case_debit *p)
{
    struct view_debit_line *rows =
        ARENA_MANY(r->arena, struct view_debit_line, h->in + h->pn + h->nn + 1);
    int32_t n = 0;

    for (size_t i = h->in; i-- > 0;)
        rows[n++] = (struct view_debit_line){ .day    = h->instructions[i].day,
                                              .what   = instruction_words(h->instructions[i].state),
                                              .note   = h->instructions[i].why,
                                              .amount = "" };
    for (size_t i = 0; i < h->nn; i++)
        rows[n++] = (struct view_debit_line){
            .day    = h->notices[i].day,
            .what   = arena_print(r->arena, "Notice posted, for payments due from %s",
                                  case_day_words(r->arena, h->notices[i].due_from)),
            .note   = "",
            .amount = case_pounds(r->arena, h->notices[i].amount),
        };
    for (size_t i = 0; i < h->pn; i++)
        if (payment_is_collection(h->payments[i].kind) && money_is_owed(h->payments[i].amount))
            rows[n++] = (struct view_debit_line){
                .day    = h->payments[i].processing,
                .what   = kind_words(h->payments[i].kind),
                .note   = back_of(r, pp, h, &h->payments[i]),
                .amount = case_pounds(r->arena, h->payments[i].amount),
            };
    lines_order(rows, n);
    p->lines       = rows;
    p->lines_count = n;
}

/* ---- the page ---- */

static void next_fill(struct request *r, const struct case_view *v, const struct debit_next *next,
                      struct page_case_debit *p)
{
    bool address = group_fact(&v->g, FACT_ADDRESS, v->g.pp, r->today) != NULL;

    const char *left = next->taken ? " An order to an employer or a request to a benefit office "
                                     "takes maintenance: what it takes is not collected here."
                                   : "";

    p->next = arena_print(r->arena, "No payment is to be collected.%s", left);
    p->told = "";
    if (!next->known) return;
    p->next = arena_print(r->arena, "%s on %s or later%s%s", case_pounds(r->arena, next->amount),
                          case_day_words(r->arena, next->day), *left ? "." : "", left);
    p->told =
        next->told ? arena_print(r->arena, "Posted on %s", case_day_words(r->arena, next->told_on))
        : address ? "Not posted yet: nothing is collected until it is posted and its days are over."
                  : "Cannot be posted: there is no address. Record one; nothing is "
                    "collected meanwhile.";
}

/* What came back; presented again only under an instruction that is at the bank. */
static void again_fill(struct request *r, const struct debit_last *last, bool lodged,
                       struct page_case_debit *p)
{
    p->again = p->not_again = "";
    if (!last->line || !last->why) return;
    p->again     = arena_print(r->arena, "%s of %s: %s.", case_pounds(r->arena, last->line->amount),
                               case_day_words(r->arena, last->line->processing), last->why);
    p->not_again = !lodged ? "It cannot be presented again: there is no instruction at the bank."
                   : last->pending ? "It is presented again with the next file."
                                   : "";
}

static void debit_show(struct request *r, struct case_view *v, const char *done)
{
    struct page_case_debit p = {
        .sort_code  = form_view(&r->form, FORM_CASE_DEBIT_SORT_CODE),
        .number     = form_view(&r->form, FORM_CASE_DEBIT_NUMBER),
        .name       = form_view(&r->form, FORM_CASE_DEBIT_NAME),
        .cancel_why = form_view(&r->form, FORM_CASE_DEBIT_CANCEL_WHY),
        .again_why  = form_view(&r->form, FORM_CASE_DEBIT_AGAIN_WHY),
    };
    struct fail f = { 0 };
    struct instruction i;
    struct debit_last last;
    struct debit_next next = { 0 };
    struct happened h;

    v->family.done = done;
    p.c            = v->family;
    if (!instruction_load(r->store, r->arena, v->g.pp, &i, &f) ||
        !debit_last_read(r->store, r->arena, v->g.pp, &last, &f) ||
        !happened_read(r, v->g.pp, &h, &f) ||
        !debit_next_read(r->store, r->arena, &v->g, r->today, &next, &f)) {
        respond_fail(r, &f);
        return;
    }
    bool holds   = i.state == INSTRUCTION_ASKED || i.state == INSTRUCTION_LODGED;
    p.state      = states[i.state].words;
    p.colour     = states[i.state].colour;
    p.may_sign   = !holds && i.state != INSTRUCTION_ENDING;
    p.may_cancel = holds;
    p.account = p.since = p.why = "";
    if (i.state != INSTRUCTION_NONE) {
        p.account =
            arena_print(r->arena, "ending %s, %s", i.account.number + ACCOUNT_SHOWN_FROM, i.name);
        p.since = case_day_words(r->arena, i.day);
        p.why   = i.why;
    }
    if (!holds) next.known = false;
    next_fill(r, v, &next, &p);
    again_fill(r, &last, i.state == INSTRUCTION_LODGED, &p);
    lines_fill(r, v->g.pp, &h, &p);
    page_case_debit(&r->out, frame_with_form(r), &p);
}

void case_debit(struct request *r)
{
    static const char *const said[][2] = {
        { "signed", "The instruction was recorded; it goes to the bank with the next file." },
        { "cancelled", "The instruction has ended; nothing more is collected under it." },
        { "again", "The collection is presented again with the next file." },
    };
    struct case_view v;
    const char *done = case_said(r, said, sizeof said / sizeof *said);

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_debit);
    debit_show(r, &v, done);
}

/* ---- what is asked ---- */

typedef bool debit_verb(struct request *r, int64_t pp, struct fail *f);

static bool sign(struct request *r, int64_t pp, struct fail *f)
{
    struct setting s = case_setting(r);
    struct bank_account a;
    char sort_code[SORT_CODE_TEXT];
    const char *name = form_text(&r->form, FORM_CASE_DEBIT_NAME);

    if (!bank_account_read(form_text(&r->form, FORM_CASE_DEBIT_SORT_CODE),
                           form_text(&r->form, FORM_CASE_DEBIT_NUMBER), &a, f))
        return false;
    if (!*name)
        return REFUSE(f, "name_missing", "Enter the name of the account."), fail_field(f, "name");
    return instruction_ask(
        &s, pp, arena_print(r->arena, "%s %s %s", sort_code_text(&a, sort_code), a.number, name),
        f);
}

static bool cancel(struct request *r, int64_t pp, struct fail *f)
{
    struct setting s = case_setting(r);
    return instruction_cancel(&s, pp, form_text(&r->form, FORM_CASE_DEBIT_CANCEL_WHY), f);
}

static bool again(struct request *r, int64_t pp, struct fail *f)
{
    struct setting s = case_setting(r);
    return debit_again(&s, pp, form_text(&r->form, FORM_CASE_DEBIT_AGAIN_WHY), f);
}

/* The field that a refusal is about. */
static int field_of(const struct fail *f, int otherwise)
{
    if (!strcmp(f->field, "account_number")) return FORM_CASE_DEBIT_NUMBER;
    if (!strcmp(f->field, "name")) return FORM_CASE_DEBIT_NAME;
    return otherwise;
}

/* Does it, or shows the page with what is wrong at the field. */
static void ask(struct request *r, debit_verb *verb, int field, const char *word)
{
    struct case_view v;
    struct fail f = { 0 };

    if (!case_open(r, &v)) return;
    if (!r->form.errors) {
        bool done = store_begin(r->store, STORE_WRITING, &f) && verb(r, v.g.pp, &f) &&
                    store_commit(r->store, &f);
        if (case_answered(
                r, done, &f,
                arena_print(r->arena, "/case/%lld/debit?done=%s", (long long)v.g.pp, word)))
            return;
        form_refuse(&r->form, field_of(&f, field), case_sentence(r, &f));
    }
    debit_show(r, &v, "");
}

void case_debit_do(struct request *r)
{
    ask(r, sign, FORM_CASE_DEBIT_SORT_CODE, "signed");
}

void case_debit_cancel(struct request *r)
{
    ask(r, cancel, FORM_CASE_DEBIT_CANCEL_WHY, "cancelled");
}

void case_debit_again(struct request *r)
{
    ask(r, again, FORM_CASE_DEBIT_AGAIN_WHY, "again");
}
