/* carry.c: what is not settled, then what is held, then what is missing to the balances. */
#include "ledger/carry.h"

#include "ledger/outstanding.h"

/* Accounts where money has reached its end, and accounts that are the whole group's: what an
 * arrangement's rows take out of those was put in by others. */
static const bool is_end[ACCOUNT_COUNT]   = { [ACCOUNT_BANK]         = true,
                                              [ACCOUNT_FEE_INCOME]   = true,
                                              [ACCOUNT_REDRESS]      = true,
                                              [ACCOUNT_STATE_LEGACY] = true };
static const bool is_group[ACCOUNT_COUNT] = {
    [ACCOUNT_SUSPENSE] = true,        [ACCOUNT_CLEARING] = true, [ACCOUNT_PP_CREDIT] = true,
    [ACCOUNT_ENFORCEMENT_FEE] = true, [ACCOUNT_PP_AHEAD] = true,
};

static bool balance_is_square(const struct balance *b)
{
    for (size_t a = 0; a < ACCOUNT_COUNT; a++)
        if (!is_end[a] && !(b->arrangement && is_group[a]) && b->account[a].p) return false;
    return true;
}

bool carry_is_square(const struct balances *b)
{
    bool square = balance_is_square(&b->group);

    for (size_t i = 0; i < b->n; i++)
        square &= balance_is_square(&b->at[i]);
    return square;
}

/* --- debts --- */

static bool item_is_open(const struct item *i)
{
    return item_outstanding(i).p != 0 || item_excess(i).p != 0;
}

/* The day of the latest instalment of an arrangement in which an instalment is open; DATE_NEVER
 * when none is. */
static date latest_due(const struct outstanding *o, int64_t arrangement, date day)
{
    date latest = DATE_NEVER;
    bool open   = false;

    for (size_t i = 0; i < o->n; i++) {
        const struct item *t = &o->at[i];
        if (t->arrangement != arrangement || t->cause != ITEM_INSTALMENT) continue;
        open |= item_is_open(t);
        if (!date_before(day, t->due)) latest = date_max(latest, t->due);
    }
    return open ? latest : DATE_NEVER;
}

static bool same_subject(const struct item *a, const struct item *b)
{
    return a->arrangement == b->arrangement && a->instalment == b->instalment && a->kind == b->kind;
}

/* The subjects that are kept, each by its first item, in the order of outstanding_fold. */
static struct outstanding subjects_kept(const struct outstanding *all, date day, struct arena *a)
{
    struct outstanding kept = { .at = ARENA_MANY(a, struct item, all->n + 1) };
    date latest             = DATE_NEVER;

    for (size_t i = 0, end; i < all->n; i = end) {
        bool keep = false;
        if (i == 0 || all->at[i].arrangement != all->at[i - 1].arrangement)
            latest = latest_due(all, all->at[i].arrangement, day);
        for (end = i; end < all->n && same_subject(&all->at[i], &all->at[end]); end++)
            keep |= item_is_open(&all->at[end]) ||
                    (all->at[end].cause == ITEM_INSTALMENT && date_same(all->at[end].due, latest));
        if (keep) kept.at[kept.n++] = all->at[i];
    }
    return kept;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static bool is_kept(const struct outstanding *kept, const struct entry *e, enum item_kind kind)
{
    size_t from = 0, to = kept->n;

    while (from < to) {
        size_t middle        = from + (to - from) / 2;
        const struct item *t = &kept->at[middle];
        int c                = compare(t->arrangement, e->about.arrangement);
        if (!c) c = compare(t->instalment, e->about.instalment);
        if (!c) c = compare((int64_t)t->kind, (int64_t)kind);
        if (c == 0) return true;
        if (c < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

/* Adds a row as it is, or a payment to the payments of the same reason for the same debt. */
static void keep_row(struct entry_list *l, const struct entry *e, bool is_payment, date day)
{
    struct entry_about about = e->about;

    about.receipt = about.decision = 0;
    if (is_payment) about.day = about.known = day;
    for (size_t i = 0; is_payment && i < l->n; i++) {
        struct entry *x = &l->at[i];
        if (x->reason != e->reason || x->about.instalment != about.instalment ||
            x->about.arrangement != about.arrangement)
            continue;
        x->amount = money_add(x->amount, e->amount);
        return;
    }
    entry_add(l, e->reason, e->amount, about);
}

/* --- accounts --- */

static money pull(const struct balance *b, enum account a)
{
    return account_is_debit(a) ? b->account[a] : money_negate(b->account[a]);
}

/* A row between any two accounts; what is less than nothing goes the other way. */
static void carry_row(struct entry_list *l, enum account debit, enum account credit, money amount,
                      struct entry_about about)
{
    bool turned = amount.p < 0;

    if (amount.p == 0) return;
    entry_add(l, REASON_CARRIED, turned ? money_negate(amount) : amount, about);
    l->at[l->n - 1].debit  = turned ? credit : debit;
    l->at[l->n - 1].credit = turned ? debit : credit;
}

/* Brings what the list has of an arrangement (0: of the group) to what it should have, account by
 * account, each against the bank, where money ends. */
static void carry_accounts(struct entry_list *l, const struct balance *is,
                           const struct balance *has, struct entry_about about)
{
    for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
        if (is_end[a] || (about.arrangement && is_group[a])) continue;
        carry_row(l, a, ACCOUNT_BANK, money_subtract(pull(is, a), has ? pull(has, a) : MONEY_NONE),
                  about);
    }
}

/* What is held, by the receipt it came with, in the order in which the receipts came. */
static void carry_held(struct entry_list *l, const struct entry *entries, size_t n, date day)
{
    struct entry *lot = ARENA_MANY(l->arena, struct entry, n + 1);
    size_t lots       = 0;

    for (size_t i = 0; i < n; i++) {
        const struct entry *e = &entries[i];
        size_t k              = 0;
        if ((e->credit != ACCOUNT_PP_CREDIT && e->debit != ACCOUNT_PP_CREDIT) || !e->about.receipt)
            continue;
        while (k < lots && lot[k].about.receipt != e->about.receipt)
            k++;
        if (k == lots) lot[lots++].about.receipt = e->about.receipt;
        lot[k].amount = e->credit == ACCOUNT_PP_CREDIT ? money_add(lot[k].amount, e->amount)
                                                       : money_subtract(lot[k].amount, e->amount);
    }
    for (size_t k = 0; k < lots; k++)
        carry_row(
            l, ACCOUNT_BANK, ACCOUNT_PP_CREDIT, lot[k].amount,
            (struct entry_about){ .day = day, .known = day, .receipt = lot[k].about.receipt });
}

void carry_forward(const struct entry *entries, size_t n, date day, struct entry_list *list)
{
    struct arena *arena      = list->arena;
    struct outstanding all   = outstanding_fold(entries, n, DATE_OPEN, DATE_OPEN, arena);
    struct outstanding kept  = subjects_kept(&all, day, arena);
    struct balances is       = balance_fold(entries, n, DATE_OPEN, DATE_OPEN, arena), has;
    struct entry_about about = { .day = day, .known = day };

    for (size_t i = 0; i < n; i++) {
        enum item_kind kind;
        bool is_payment;
        if (outstanding_touches(&entries[i], &kind, &is_payment) &&
            is_kept(&kept, &entries[i], kind))
            keep_row(list, &entries[i], is_payment, day);
    }
    carry_held(list, entries, n, day);
    has = balance_fold(list->at, list->n, DATE_OPEN, DATE_OPEN, arena);
    for (size_t i = 0; i < is.n; i++) {
        about.arrangement = is.at[i].arrangement;
        carry_accounts(list, &is.at[i], balance_find(&has, about.arrangement), about);
    }
    about.arrangement = 0;
    has               = balance_fold(list->at, list->n, DATE_OPEN, DATE_OPEN, arena);
    carry_accounts(list, &is.group, &has.group, about);
}
