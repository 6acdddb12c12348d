/* statement.c: the account in sentences. */
#include "app/statement.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

/* The accounts a reader's figure is made of, and how: a debit of one of `owed` adds. */
static bool is_payer_account(enum account a)
{
    return a == ACCOUNT_MAINTENANCE || a == ACCOUNT_PP_FEE || a == ACCOUNT_ENFORCEMENT_FEE ||
           a == ACCOUNT_PP_CREDIT;
}

/* What an entry changes of what the paying parent owes. */
static money payer_change(const struct entry *e)
{
    money change = MONEY_NONE;
    if (is_payer_account(e->debit)) change = money_add(change, e->amount);
    if (is_payer_account(e->credit)) change = money_subtract(change, e->amount);
    return change;
}

/* What an entry changes of what the receiving parent is still to get through us. */
static money receiver_change(const struct entry *e)
{
    money change = MONEY_NONE;
    if (e->credit == ACCOUNT_RP_DUE || e->credit == ACCOUNT_RP_PAYABLE)
        change = money_add(change, e->amount);
    if (e->debit == ACCOUNT_RP_DUE || e->debit == ACCOUNT_RP_PAYABLE)
        change = money_subtract(change, e->amount);
    return change;
}

static bool concerns_receiver(const struct entry *e)
{
    return e->credit == ACCOUNT_RP_DUE || e->credit == ACCOUNT_RP_PAYABLE ||
           e->debit == ACCOUNT_RP_DUE || e->debit == ACCOUNT_RP_PAYABLE;
}

static bool concerns_payer(const struct entry *e)
{
    return is_payer_account(e->debit) || is_payer_account(e->credit);
}

static const struct sql_instalment_list_row *instalment_find(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].id == id) return &g->instalments[i];
    return NULL;
}

/* "Payment due 1 June 2025 for 1 June to 30 June 2025 inclusive. Decision 2." */
static const char *cause_of(const struct group *g, const struct entry *e, struct arena *arena)
{
    struct out o = { .arena = arena };
    char words[DATE_WORDS];
    const struct sql_instalment_list_row *i = instalment_find(g, e->about.instalment);

    if (i) {
        out_print(&o, "Payment due %s", date_words(i->due, words));
        out_print(&o, ", for %s to ", date_words(i->cover_from, words));
        out_print(&o, "%s inclusive. ", date_words(date_add_days(i->cover_to, -1), words));
    }
    if (e->about.decision) out_print(&o, "Decision %lld. ", (long long)e->about.decision);
    if (e->about.receipt) out_print(&o, "Receipt %lld. ", (long long)e->about.receipt);
    out_print(&o, "Rule %s.", reason_cite(e->reason));
    return out_string(&o);
}

/* Lines in the order they count: by day, then as written. */
static int line_order(const void *left, const void *right)
{
    const struct statement_line *a = left, *b = right;
    if (a->day.d != b->day.d) return a->day.d < b->day.d ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static void lines_make(const struct group *g, int64_t arrangement, struct arena *arena,
                       struct statement *statement)
{
    statement->at = ARENA_MANY(arena, struct statement_line, g->entry_count + 1);
    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (arrangement ? e->about.arrangement != arrangement || !concerns_receiver(e)
                        : !concerns_payer(e))
            continue;
        statement->at[statement->n++] = (struct statement_line){
            .day        = e->about.day,
            .known      = e->about.known,
            .sentence   = reason_sentence(e->reason),
            .cause      = cause_of(g, e, arena),
            .change     = arrangement ? receiver_change(e) : payer_change(e),
            .entry      = g->rows[i].id,
            .decision   = e->about.decision,
            .instalment = e->about.instalment,
            .receipt    = e->about.receipt,
        };
    }
    qsort(statement->at, statement->n, sizeof *statement->at, line_order);
    for (size_t i = 0; i < statement->n; i++) {
        statement->owed       = money_add(statement->owed, statement->at[i].change);
        statement->at[i].owed = statement->owed;
    }
}

static money standing_for(const struct standing *s, int64_t arrangement)
{
    if (arrangement == 0) return s->owed;
    const struct balance *b = balance_find(&s->balances, arrangement);
    return b ? money_add(b->account[ACCOUNT_RP_DUE], b->account[ACCOUNT_RP_PAYABLE]) : MONEY_NONE;
}

bool statement_make(struct store *store, struct arena *arena, int64_t pp, int64_t arrangement,
                    date as_at, date known_on, struct statement *statement, struct fail *fail)
{
    struct group g;
    int64_t known;
    size_t n = 0;

    *statement = (struct statement){ 0 };
    if (!group_known_on(store, pp, known_on, &known, fail) ||
        !group_load(store, arena, pp, known, &g, fail))
        return false;
    struct standing s = account_standing_of(&g, as_at, known_on, arena);
    for (size_t i = 0; i < g.entry_count; i++) {
        if (date_before(as_at, g.entries[i].about.day)) continue;
        g.entries[n] = g.entries[i];
        g.rows[n++]  = g.rows[i];
    }
    g.entry_count = n;
    lines_make(&g, arrangement, arena, statement);
    if (statement->owed.p != standing_for(&s, arrangement).p)
        return FAIL(fail, FAIL_INTEGRITY, "statement_differs",
                    "The statement's last line is not the balance. Run `upkeep check`; nothing was "
                    "printed.");
    return true;
}
