/* caseload.c: one pass over the ledger. */
#include "app/caseload.h"

#include "ledger/outstanding.h"
#include "sql.h"

struct scan {
    struct caseload *to;
    struct arena arena; /* one family's rows */
    struct entry_list rows;
    int64_t pp;
    date as_at;
};

static void add_ages(struct ages *to, const struct ages *from)
{
    for (int b = 0; b < AGE_BANDS; b++)
        to->band[b] = money_add(to->band[b], from->band[b]);
    to->total  = money_add(to->total, from->total);
    to->oldest = date_min(to->oldest, from->oldest);
}

/* All rows of a family have been read. */
static void family_done(struct scan *s)
{
    const struct entry_list *l = &s->rows;

    if (l->n) {
        struct balances b    = balance_fold(l->at, l->n, s->as_at, s->as_at, &s->arena);
        struct outstanding o = outstanding_fold(l->at, l->n, s->as_at, s->as_at, &s->arena);
        struct ages ages     = age_fold(o.at, o.n, s->as_at);
        for (size_t a = 0; a < ACCOUNT_COUNT; a++)
            s->to->account[a] = money_add(s->to->account[a], b.group.account[a]);
        add_ages(&s->to->ages, &ages);
        s->to->families++;
        s->to->owing += b.group.owed.p > 0;
        s->to->rows += l->n;
    }
    arena_reset(&s->arena);
    s->rows = (struct entry_list){ .arena = &s->arena };
}

static bool take_row(void *context, const struct sql_entry_scan_row *r, struct fail *fail)
{
    struct scan *s = context;
    (void)fail;

    if (r->pp != s->pp) family_done(s);
    s->pp = r->pp;
    entry_add(&s->rows, (enum reason)r->reason, r->amount,
              (struct entry_about){ .arrangement = r->arrangement,
                                    .day         = r->day,
                                    .known       = r->known,
                                    .instalment  = r->instalment,
                                    .receipt     = r->receipt });
    s->rows.at[s->rows.n - 1].debit  = (enum account)r->debit;
    s->rows.at[s->rows.n - 1].credit = (enum account)r->credit;
    return true;
}

bool caseload_read(struct store *store, bool whole, date as_at, struct caseload *c,
                   struct fail *fail)
{
    struct scan s = { .to = c, .pp = -1, .as_at = as_at };

    *c     = (struct caseload){ .ages = { .oldest = DATE_OPEN } };
    s.rows = (struct entry_list){ .arena = &s.arena };
    if (!sql_entry_scan(store, &(struct sql_entry_scan_in){ .whole = whole }, take_row, &s, fail))
        return arena_free(&s.arena), false;
    family_done(&s);
    arena_free(&s.arena);
    return true;
}
