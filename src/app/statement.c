/* statement.c: the account in sentences. */
#include "app/statement.h"

#include "app/collect.h"
#include "base/bug.h"
#include "ledger/entry_welsh.h"
#include "ledger/fee.h"

#include <stdlib.h>
#include <string.h>

/* --- whose money a row moves --- */

/* A debit of an account the paying parent's figure is made of adds, and a credit of one of the
 * receiving parent's. */
static money line_change(const struct entry *e, int64_t arrangement)
{
    bool (*is_ours)(enum account) = arrangement ? account_is_receivers : account_is_payers;
    enum account plus             = arrangement ? e->credit : e->debit,
                 minus            = arrangement ? e->debit : e->credit;
    money change                  = MONEY_NONE;

    if (is_ours(plus)) change = money_add(change, e->amount);
    if (is_ours(minus)) change = money_subtract(change, e->amount);
    return change;
}

bool statement_shows(const struct entry *e, int64_t arrangement)
{
    if (arrangement == 0)
        return account_is_payers(e->debit) || account_is_payers(e->credit) ||
               e->debit == ACCOUNT_PP_PAYABLE || e->credit == ACCOUNT_PP_PAYABLE;
    return e->about.arrangement == arrangement &&
           (account_is_receivers(e->debit) || account_is_receivers(e->credit));
}

/* --- words --- */

static const struct sql_instalment_list_row *instalment_find(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].id == id) return &g->instalments[i];
    return NULL;
}

/* The words of a line's cause in each language. */
static const struct cause_words {
    const char *due, *cover, *to, *inclusive, *decision, *receipt, *ruling, *arrangement, *rule;
} cause_words[LETTER_LANGUAGES] = {
    [LETTER_ENGLISH] = { "Payment due ", ", for ", " to ", " inclusive. ", "Decision ", "Receipt ",
                         "Ruling of event ", "Arrangement ", "Rule " },
    [LETTER_WELSH]   = { "Taliad yn ddyledus ", ", am ", " hyd at a chan gynnwys ", ". ",
                         "Penderfyniad ", "Derbynneb ", "Dyfarniad digwyddiad ", "Trefniant ",
                         "Rheol " },
};

/* "Payment due 1 June 2025, for 1 June 2025 to 30 June 2025 inclusive. Decision 2. Rule B-201."
 * The arrangement is named where the reader has several. */
static const char *cause_of(const struct group *g, const struct entry *e, int64_t arrangement,
                            enum letter_language language, struct arena *arena)
{
    const struct cause_words *w = &cause_words[language];
    const struct sql_instalment_list_row *i =
        entry_is_of_ruling(e) ? NULL : instalment_find(g, e->about.instalment);
    const struct sql_arrangement_list_row *of = group_arrangement(g, e->about.arrangement);
    struct out o                              = { .arena = arena };
    char words[DATE_WORDS];

    if (!arrangement && g->arrangement_count > 1 && of)
        out_print(&o, "%s%s. ", w->arrangement, of->ref);
    if (i) {
        out_print(&o, "%s%s", w->due, letter_date_words(i->due, language, words));
        out_print(&o, "%s%s", w->cover, letter_date_words(i->cover_from, language, words));
        out_print(&o, "%s%s%s", w->to,
                  letter_date_words(date_add_days(i->cover_to, -1), language, words), w->inclusive);
    }
    if (e->about.instalment && entry_is_of_ruling(e))
        out_print(&o, "%s%lld. ", w->ruling, (long long)e->about.instalment);
    if (e->about.decision) out_print(&o, "%s%lld. ", w->decision, (long long)e->about.decision);
    if (e->about.receipt) out_print(&o, "%s%lld. ", w->receipt, (long long)e->about.receipt);
    out_print(&o, "%s%s.", w->rule, reason_cite(e->reason));
    return out_string(&o);
}

/* A row that changes nothing of what is owed says how much it was about. */
static const char *sentence_of(const struct entry *e, money change, const char *sentence,
                               struct arena *arena)
{
    char pounds[MONEY_TEXT];
    size_t n = strlen(sentence);

    if (change.p != 0 || n == 0) return sentence;
    return arena_print(arena, "%.*s: %s.", (int)(n - (sentence[n - 1] == '.')), sentence,
                       money_pounds(e->amount, pounds));
}

static struct statement_line line_make(const struct group *g, size_t at, int64_t arrangement,
                                       struct arena *arena)
{
    const struct entry *e                     = &g->entries[at];
    const char *welsh                         = reason_sentence_welsh(e->reason);
    money change                              = line_change(e, arrangement);
    const struct sql_arrangement_list_row *of = group_arrangement(g, e->about.arrangement);

    return (struct statement_line){
        .day         = e->about.day,
        .known       = e->about.known,
        .reason      = e->reason,
        .sentence    = { { sentence_of(e, change, reason_sentence(e->reason), arena),
                           sentence_of(e, change, welsh ? welsh : reason_sentence(e->reason),
                                       arena) } },
        .cause       = { { cause_of(g, e, arrangement, LETTER_ENGLISH, arena),
                           cause_of(g, e, arrangement, LETTER_WELSH, arena) } },
        .amount      = e->amount,
        .change      = change,
        .entry       = g->rows[at].id,
        .event       = g->rows[at].event,
        .arrangement = of ? of->ref : "",
        .decision    = e->about.decision,
        .instalment  = entry_is_of_ruling(e) ? 0 : e->about.instalment,
        .receipt     = e->about.receipt,
    };
}

/* --- lines --- */

/* Lines in the order they count: by day, then as written. */
static int line_order(const void *left, const void *right)
{
    const struct statement_line *a = left, *b = right;
    if (a->day.d != b->day.d) return a->day.d < b->day.d ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static void lines_make(const struct group *g, const struct statement_want *want,
                       struct arena *arena, struct statement *s)
{
    s->at = ARENA_MANY(arena, struct statement_line, g->entry_count + 1);
    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (!statement_shows(e, want->arrangement) || date_before(want->to, e->about.day) ||
            date_before(want->known_on, e->about.known))
            continue;
        if (date_before(e->about.day, want->from))
            s->opening = money_add(s->opening, line_change(e, want->arrangement));
        else
            s->at[s->n++] = line_make(g, i, want->arrangement, arena);
    }
    qsort(s->at, s->n, sizeof *s->at, line_order);
    s->owed = s->opening;
    for (size_t i = 0; i < s->n; i++) {
        s->owed       = money_add(s->owed, s->at[i].change);
        s->at[i].owed = s->owed;
    }
}

static money standing_for(const struct standing *s, int64_t arrangement)
{
    if (arrangement == 0) return s->owed;
    const struct balance *b = balance_find(&s->balances, arrangement);
    money sum               = MONEY_NONE;
    for (enum account a = 0; b && a < ACCOUNT_COUNT; a++)
        if (account_is_receivers(a))
            sum = account_is_debit(a) ? money_subtract(sum, b->account[a])
                                      : money_add(sum, b->account[a]);
    return sum;
}

/* --- what comes next --- */

static bool is_next(const struct group *g, const struct statement_want *want,
                    const struct sql_instalment_list_row *i)
{
    bool comes = date_before(want->to, i->due) ||
                 (date_same(want->to, i->due) && !account_is_charged(g, i->id));

    return comes && i->amount.p > 0 &&
           (!want->arrangement || i->arrangement == want->arrangement) &&
           group_service(g, i->arrangement, i->due) == SERVICE_COLLECT_AND_PAY;
}

static struct statement_next next_find(const struct group *g, const struct statement_want *want)
{
    struct statement_next next = { .due = DATE_OPEN };

    for (size_t i = 0; i < g->instalment_count; i++)
        if (is_next(g, want, &g->instalments[i]))
            next.due = date_min(next.due, g->instalments[i].due);
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (!is_next(g, want, r) || !date_same(r->due, next.due)) continue;
        const struct sql_arrangement_list_row *a = group_arrangement(g, r->arrangement);
        ratio rate  = law_at((enum jurisdiction)a->jurisdiction, r->due)->collection_fee_receiver;
        next.amount = money_add(next.amount, r->amount);
        next.fee    = money_add(next.fee, want->arrangement ? fee_receiver(r->amount, rate)
                                                            : collect_fee(g, r, r->amount));
    }
    return next;
}

/* --- the whole --- */

static void reader_set(const struct group *g, const struct statement_want *want,
                       struct arena *arena, struct statement *s)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, want->arrangement);

    s->person                              = a ? a->rp : g->pp;
    const struct sql_group_people_row *who = group_person(g, s->person);
    s->name            = who ? arena_print(arena, "%s %s", who->given, who->family) : "";
    s->reference       = who ? who->ref : "";
    s->arrangement_ref = a ? a->ref : "";
}

bool statement_of(const struct group *g, const struct statement_want *want, struct arena *arena,
                  struct statement *s, struct fail *fail)
{
    *s = (struct statement){
        .pp = want->pp, .arrangement = want->arrangement, .to = want->to, .known_on = want->known_on
    };
    if (want->arrangement && !group_arrangement(g, want->arrangement))
        return REFUSE(fail, "no_arrangement", "That family has no such arrangement.");
    struct standing now = account_standing_of(g, want->to, want->known_on, arena);
    lines_make(g, want, arena, s);
    reader_set(g, want, arena, s);
    s->next = next_find(g, want);
    s->from = want->from.d > 0 ? want->from : s->n ? s->at[0].day : want->to;
    if (s->owed.p != standing_for(&now, want->arrangement).p)
        return FAIL(fail, FAIL_INTEGRITY, "statement_differs",
                    "The statement's last line is not the balance. Run `upkeep check`; nothing was "
                    "printed.");
    return true;
}

bool statement_read(struct store *store, struct arena *arena, const struct statement_want *want,
                    struct statement *s, struct fail *fail)
{
    struct group g;
    int64_t known;

    return group_known_on(store, want->pp, want->known_on, &known, fail) &&
           group_load(store, arena, want->pp, known, &g, fail) &&
           statement_of(&g, want, arena, s, fail);
}

bool statement_make(struct store *store, struct arena *arena, int64_t pp, int64_t arrangement,
                    date as_at, date known_on, struct statement *s, struct fail *fail)
{
    struct statement_want want = {
        .pp = pp, .arrangement = arrangement, .to = as_at, .known_on = known_on
    };
    return statement_read(store, arena, &want, s, fail);
}

const struct statement_line *statement_line_of(const struct statement *s, int64_t entry)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].entry == entry) return &s->at[i];
    return NULL;
}
