/* bank_chain.c: the order of an account's statements. */
#include "app/bank_chain.h"

#include "sql.h"

#include <string.h>

/* Whether one that begins so follows a statement after which one is missing. */
static bool chain_lacks(const struct setting *s, const char *account, money opening, bool *lacks,
                        struct fail *fail)
{
    struct sql_bank_statement_gaps_row *gaps;
    size_t n;

    *lacks = false;
    if (!sql_bank_statement_gaps(s->store, s->arena, &gaps, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        *lacks |= !strcmp(gaps[i].account, account) && gaps[i].closing.p == opening.p;
    return true;
}

bool bank_chain_check(const struct setting *s, const struct feed_statement *statement,
                      const struct feed_statement *before, struct fail *fail)
{
    struct sql_bank_statement_last_in in   = { .account = statement->account };
    struct sql_bank_statement_last_row was = { .id = "" };
    char begins[MONEY_TEXT], ended[MONEY_TEXT];
    bool found = before != NULL, lacks;

    if (before) {
        was.id      = before->id;
        was.closing = before->closing;
    } else if (!sql_bank_statement_last(s->store, &in, s->arena, &was, &found, fail))
        return false;
    if (!found || was.closing.p == statement->opening.p) return true;
    if (!chain_lacks(s, statement->account, statement->opening, &lacks, fail)) return false;
    return lacks ||
           REFUSE(
               fail, "statement_order",
               "Statement %.60s of account %.60s begins with %s, but the last one read, %.60s, "
               "closed with %s. The statement that begins with %s is probably missing: read that "
               "one first, then this one.",
               statement->id, statement->account, money_pounds(statement->opening, begins), was.id,
               money_pounds(was.closing, ended), ended);
}

/* --- putting them in order --- */

struct chain {
    struct sql_bank_statement_chain_row *at;
    bool *used;
    size_t n;
};

/* Of those not used yet, how many more begin with a balance than end with it. */
static int64_t excess(const struct chain *c, money balance)
{
    int64_t n = 0;

    for (size_t i = 0; i < c->n; i++)
        if (!c->used[i]) n += (c->at[i].opening.p == balance.p) - (c->at[i].closing.p == balance.p);
    return n;
}

/* The one that goes on from a balance; else where what is left begins. */
static size_t chain_next(const struct chain *c, const money *from)
{
    size_t first = c->n;

    for (size_t i = 0; from && i < c->n; i++)
        if (!c->used[i] && c->at[i].opening.p == from->p) return i;
    for (size_t i = 0; i < c->n; i++) {
        if (c->used[i]) continue;
        if (excess(c, c->at[i].opening) > 0) return i;
        if (first == c->n) first = i;
    }
    return first;
}

bool bank_chain_mend(const struct setting *s, const char *account, struct fail *fail)
{
    struct chain c;
    const money *from = NULL;

    if (!sql_bank_statement_chain(s->store,
                                  &(struct sql_bank_statement_chain_in){ .account = account },
                                  s->arena, &c.at, &c.n, fail))
        return false;
    size_t gaps = 0;
    for (size_t i = 1; i < c.n; i++)
        gaps += c.at[i].opening.p != c.at[i - 1].closing.p;
    if (!gaps) return true;
    c.used = ARENA_MANY(s->arena, bool, c.n);
    for (size_t place = 1; place <= c.n; place++) {
        size_t i                               = chain_next(&c, from);
        c.used[i]                              = true;
        from                                   = &c.at[i].closing;
        struct sql_bank_statement_move_in move = { .account = account,
                                                   .id      = c.at[i].id,
                                                   .place   = (int64_t)place };
        if (c.at[i].place != move.place && !sql_bank_statement_move(s->store, &move, fail))
            return false;
    }
    return true;
}
