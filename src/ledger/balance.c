/* balance.c: folding ledger rows into balances. */
#include "ledger/balance.h"

#include <string.h>

/* Adds the row to the balance's two accounts, each on its normal side. */
static void balance_post(struct balance *b, const struct entry *e)
{
    money *to = &b->account[e->debit], *from = &b->account[e->credit];
    *to   = account_is_debit(e->debit) ? money_add(*to, e->amount) : money_subtract(*to, e->amount);
    *from = account_is_debit(e->credit) ? money_subtract(*from, e->amount)
                                        : money_add(*from, e->amount);
}

/* The place of an arrangement's balance, or where it would be. */
static size_t balance_place(const struct balances *b, int64_t arrangement)
{
    size_t i = 0;
    while (i < b->n && b->at[i].arrangement < arrangement)
        i++;
    return i;
}

static bool balance_is_at(const struct balances *b, size_t i, int64_t arrangement)
{
    return i < b->n && b->at[i].arrangement == arrangement;
}

static struct balance *balance_row(struct balances *b, int64_t arrangement, struct arena *a)
{
    size_t i = balance_place(b, arrangement), size = sizeof *b->at;
    if (!balance_is_at(b, i, arrangement)) {
        b->at = arena_grow(a, b->at, b->n * size, (b->n + 1) * size);
        memmove(b->at + i + 1, b->at + i, (b->n - i) * size);
        b->at[i] = (struct balance){ .arrangement = arrangement };
        b->n++;
    }
    return &b->at[i];
}

static void balance_sum(struct balance *b)
{
    b->maintenance = b->account[ACCOUNT_MAINTENANCE];
    b->fee         = money_add(b->account[ACCOUNT_PP_FEE], b->account[ACCOUNT_ENFORCEMENT_FEE]);
    b->credit      = b->arrangement ? MONEY_NONE : b->account[ACCOUNT_PP_CREDIT];
    b->legacy      = money_add(b->account[ACCOUNT_LEGACY], b->account[ACCOUNT_LEGACY_STATE]);
    money debts    = money_add(money_add(b->maintenance, b->fee),
                               money_add(b->legacy, b->account[ACCOUNT_PP_REPAY]));
    b->owed        = money_subtract(debts, b->credit);
    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        if (account_is_receivers(a))
            b->to_get = account_is_debit(a) ? money_subtract(b->to_get, b->account[a])
                                            : money_add(b->to_get, b->account[a]);
}

struct balances balance_fold(const struct entry *entries, size_t n, date as_at, date known_on,
                             struct arena *a)
{
    struct balances b = { 0 };
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = &entries[i];
        if (date_before(as_at, e->about.day) || date_before(known_on, e->about.known)) continue;
        balance_post(&b.group, e);
        if (e->about.arrangement) balance_post(balance_row(&b, e->about.arrangement, a), e);
    }
    balance_sum(&b.group);
    for (size_t i = 0; i < b.n; i++)
        balance_sum(&b.at[i]);
    return b;
}

const struct balance *balance_find(const struct balances *b, int64_t arrangement)
{
    size_t i = balance_place(b, arrangement);
    return balance_is_at(b, i, arrangement) ? &b->at[i] : NULL;
}

bool balance_mirrors(const struct balance *b)
{
    return b->account[ACCOUNT_MAINTENANCE].p == b->account[ACCOUNT_RP_DUE].p &&
           b->account[ACCOUNT_LEGACY].p == b->account[ACCOUNT_LEGACY_DUE].p &&
           b->account[ACCOUNT_PP_AHEAD].p == b->account[ACCOUNT_RP_AHEAD].p;
}
