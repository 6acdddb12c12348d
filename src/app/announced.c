/* announced.c: announced deductions. */
#include "app/announced.h"

#include "app/owner.h"

#include <string.h>

bool announced_load(const struct setting *s, struct store_ints pps, struct announced_rows *rows,
                    struct fail *fail)
{
    return sql_announced_list(s->store, &(struct sql_announced_list_in){ .pps = pps }, s->arena,
                              &rows->at, &rows->n, fail);
}

bool announced_open(struct store *store, struct arena *arena, int64_t pp, money *amount,
                    struct fail *fail)
{
    struct announced_rows rows;

    *amount = MONEY_NONE;
    if (!announced_load(&(struct setting){ .store = store, .arena = arena },
                        (struct store_ints){ &pp, 1 }, &rows, fail))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!rows.at[i].paid) *amount = money_add(*amount, rows.at[i].amount);
    return true;
}

/* --- recording --- */

/* B-220; where reference and number are both given they must not be two people's. */
static bool announced_owner(const struct setting *s, const struct announcement *a, int64_t *pp,
                            struct fail *fail)
{
    int64_t by_number = 0;

    *pp = 0;
    if (*a->reference && !owner_of_reference(s, a->reference, pp, fail)) return false;
    if (*a->nino && !owner_of_number(s, a->nino, &by_number, fail)) return false;
    if (!*pp && *a->reference && !owner_of_employee(s, a->reference, a->day, pp, fail))
        return false;
    if (*pp && by_number && *pp != by_number)
        return REFUSE(fail, "who_differs",
                      "The reference and the National Insurance number are two people's.");
    if (!*pp) *pp = by_number;
    return *pp || REFUSE(fail, "nobody_known",
                         "Nobody here has that reference or National Insurance number.");
}

static const struct sql_announced_list_row *announced_same(const struct announced_rows *rows,
                                                           const struct announcement *a)
{
    bool employer = !strcmp(a->source, "employer");

    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_announced_list_row *r = &rows->at[i];
        if (!strcmp(r->source, a->source) && date_same(r->day, a->day) &&
            !strcmp(r->period, a->period) && (!employer || !strcmp(r->sender, a->sender)))
            return r;
    }
    return NULL;
}

/* The event's line on the timeline. */
static void announced_tell(struct out *o, const struct announcement *a)
{
    out_text(o, !strcmp(a->source, "employer") ? "Employer " : "Benefit office, payment ");
    out_print(o, "%s deducted ", a->sender);
    out_money(o, a->amount);
    if (a->has_asked) {
        out_text(o, " of ");
        out_money(o, a->asked);
    }
    out_print(o, " (%s, ", a->period);
    out_date(o, a->day);
    out_text(o, ")");
    if (*a->reason) out_print(o, "; reason: %s", a->reason);
}

static bool announced_write(const struct setting *s, int64_t pp, int64_t id,
                            const struct announcement *a, struct fail *fail)
{
    struct verb v;
    bool done;

    if (!verb_open(s, pp, "announced", arena_print(s->arena, "announced %lld", (long long)id), &v,
                   &done, fail))
        return false;
    struct sql_announced_insert_in in = {
        .pp        = pp,
        .id        = id,
        .event     = v.seq,
        .source    = a->source,
        .sender    = a->sender,
        .batch     = a->batch,
        .period    = a->period,
        .day       = a->day,
        .has_asked = a->has_asked,
        .asked     = a->asked,
        .has_net   = a->has_net,
        .net       = a->net,
        .amount    = a->amount,
        .reason    = a->reason,
        .due       = a->due,
    };
    announced_tell(&v.about, a);
    return sql_announced_insert(v.store, &in, fail) && verb_close(&v, fail);
}

bool announced_record(const struct setting *s, const struct announcement *a, enum announced *what,
                      struct fail *fail)
{
    struct announced_rows rows;
    const struct sql_announced_list_row *same;
    char before[MONEY_TEXT];
    int64_t pp, id = 0;

    if (!announced_owner(s, a, &pp, fail) ||
        !announced_load(s, (struct store_ints){ &pp, 1 }, &rows, fail))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.at[i].id > id) id = rows.at[i].id;
    same  = announced_same(&rows, a);
    *what = same ? ANNOUNCED_BEFORE : ANNOUNCED_NEW;
    if (!same) return announced_write(s, pp, id + 1, a, fail);
    return (same->amount.p == a->amount.p && !strcmp(same->reason, a->reason)) ||
           REFUSE(fail, "announced_differently",
                  "An earlier file said %s (%s) for that employee and day; ask the sender which "
                  "is right.",
                  money_text(same->amount, before), *same->reason ? same->reason : "no reason");
}

/* --- the money comes --- */

static void paid_write(struct verb *v, struct sql_announced_list_row *row, int64_t receipt)
{
    struct sql_announced_paid_insert_in in = {
        .pp = v->pp, .announced = row->id, .receipt = receipt, .event = v->seq
    };

    verb_add(v, DRAFT_ANNOUNCED_PAID, &in);
    row->paid = receipt;
}

static bool same_batch(const struct sql_announced_list_row *a,
                       const struct sql_announced_list_row *b)
{
    return !strcmp(a->source, b->source) && !strcmp(a->sender, b->sender) &&
           !strcmp(a->batch, b->batch);
}

static bool row_is_open(const struct sql_announced_list_row *a, int64_t pp)
{
    return a->pp == pp && !a->paid && a->amount.p > 0;
}

/* What a batch's open deductions of the family come to. */
static money batch_sum(const struct announced_rows *rows, const struct sql_announced_list_row *of)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < rows->n; i++)
        if (row_is_open(&rows->at[i], of->pp) && same_batch(of, &rows->at[i]))
            sum = money_add(sum, rows->at[i].amount);
    return sum;
}

void announced_settle(struct verb *v, const struct announced_rows *rows, int64_t receipt,
                      money amount)
{
    for (size_t i = 0; i < rows->n; i++)
        if (row_is_open(&rows->at[i], v->pp) && rows->at[i].amount.p == amount.p) {
            paid_write(v, &rows->at[i], receipt);
            return;
        }
    for (size_t i = 0; i < rows->n; i++) {
        struct sql_announced_list_row first = rows->at[i];
        if (!row_is_open(&first, v->pp) || batch_sum(rows, &first).p != amount.p) continue;
        for (size_t k = 0; k < rows->n; k++)
            if (row_is_open(&rows->at[k], v->pp) && same_batch(&first, &rows->at[k]))
                paid_write(v, &rows->at[k], receipt);
        return;
    }
}
