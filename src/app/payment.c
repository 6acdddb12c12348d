/* payment.c: putting a file of payments together. */
#include "app/payment.h"

#include "app/account.h"
#include "app/chunk.h"
#include "app/day.h"
#include "app/job.h"
#include "app/spend.h"
#include "app/stop.h"
#include "app/used.h"
#include "feed/bacs_text.h"
#include "law/working_day.h"

#include <stdlib.h>
#include <string.h>

enum { FAMILIES = 1000 };

const char *payment_id(int64_t batch, int64_t pp, int64_t arrangement, struct arena *arena)
{
    return arena_print(arena, "P%lld-%lld-%lld", (long long)batch, (long long)pp,
                       (long long)arrangement);
}

bool payment_id_read(const char *id, int64_t *batch, int64_t *pp, int64_t *arrangement)
{
    int64_t *const to[] = { batch, pp, arrangement };
    char *at            = (char *)(uintptr_t)id;

    if (*at++ != 'P') return false;
    for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
        char *from = at;
        if (*from < '0' || *from > '9') return false;
        *to[i] = strtoll(from, &at, 10);
        if (at - from > 18 || *at != (i + 1 < sizeof to / sizeof *to ? '-' : '\0')) return false;
        at++;
    }
    return true;
}

enum payment_kind payment_kind_of(int64_t arrangement)
{
    return arrangement ? PAYMENT_OUT : PAYMENT_REFUND;
}

bool payment_is_collection(int64_t kind)
{
    return kind == PAYMENT_FIRST || kind == PAYMENT_DEBIT || kind == PAYMENT_AGAIN;
}

/* --- one family --- */

struct paying {
    struct setting setting;
    const struct pay_run *run;
    struct pay_result *result;
    int64_t batch;
    date processing;
    struct sql_debit_receipt_list_row
        *clearing;                        /* not passed on yet (B-235): from this family on */
    size_t clearing_count, clearing_left; /* the family's; all of the chunk from it on */
    struct kept *kept;                    /* of the chunk in work */
    size_t kept_count, kept_room;
};
struct kept {
    const char *ref, *why;
    money amount;
};

/* Whether a receipt was collected by Direct Debit so lately that it is not passed on yet. */
static bool is_clearing(const struct paying *p, int64_t receipt)
{
    for (size_t i = 0; receipt && i < p->clearing_count; i++)
        if (p->clearing[i].id == receipt) return true;
    return false;
}

/* Goes on to what is clearing for a family; they are gone through in order. */
static void clearing_next(struct paying *p, int64_t pp)
{
    size_t n = 0;

    for (; p->clearing_left && p->clearing->pp < pp; p->clearing_left--)
        p->clearing++;
    while (n < p->clearing_left && p->clearing[n].pp == pp)
        n++;
    p->clearing_count = n;
}

/* The balance without what is still clearing. */
static struct balance balance_cleared(const struct paying *p, const struct group *g,
                                      const struct balance *b)
{
    struct balance free = *b;

    for (size_t i = 0; p->clearing_count && i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.arrangement != b->arrangement || !is_clearing(p, e->about.receipt)) continue;
        for (int legacy = 0; legacy <= 1; legacy++) {
            enum account of = legacy ? ACCOUNT_LEGACY_PAYABLE : ACCOUNT_RP_PAYABLE;
            if (e->credit == of) free.account[of] = money_subtract(free.account[of], e->amount);
            if (e->debit == of) free.account[of] = money_add(free.account[of], e->amount);
        }
    }
    return free;
}

static bool clearing_load(struct paying *p, struct store_ints pps, struct fail *fail)
{
    const struct setting *s = &p->setting;
    int32_t lag             = law_at(JURISDICTION_GREAT_BRITAIN, s->today)->payout_lag_days;
    struct sql_debit_receipt_list_in in = { .pps = pps,
                                            .since =
                                                working_day_add(HOLIDAY_BACS, s->today, -lag) };
    struct sql_debit_receipt_list_row *rows;
    size_t n, kept = 0;

    if (!sql_debit_receipt_list(s->store, &in, s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (date_before(s->today, working_day_add(HOLIDAY_BACS, rows[i].booked, lag)))
            rows[kept++] = rows[i];
    p->clearing      = rows;
    p->clearing_left = kept;
    return true;
}

static void keep_back(struct paying *p, const char *ref, money amount, const char *why)
{
    if (p->kept_count == p->kept_room) {
        p->kept_room = p->kept_room ? p->kept_room * 2 : FAMILIES;
        p->kept      = arena_grow(p->setting.arena, p->kept, p->kept_count * sizeof *p->kept,
                                  p->kept_room * sizeof *p->kept);
    }
    p->kept[p->kept_count++] = (struct kept){ ref, why, amount };
}

/* Only once the chunk is committed. */
static void kept_tell(const struct paying *p)
{
    for (size_t i = 0; i < p->kept_count; i++) {
        const struct kept *k = &p->kept[i];
        p->result->kept++;
        p->result->kept_amount = money_add(p->result->kept_amount, k->amount);
        p->run->kept_back(p->run->context, k->ref, k->amount, k->why);
    }
}

/* The row of a payment to an arrangement's receiving parent, or (0) to the paying parent; its
 * reference is the roll number, or theirs. */
static void payment_add(const struct paying *p, struct verb *v, int64_t arrangement,
                        const char *ref, const struct payee *payee, money amount)
{
    const char *reference           = payee->reference ? payee->reference : ref;
    struct sql_payment_insert_in in = { .pp          = v->pp,
                                        .batch       = p->batch,
                                        .kind        = payment_kind_of(arrangement),
                                        .arrangement = arrangement,
                                        .event       = v->seq,
                                        .amount      = amount,
                                        .processing  = p->processing,
                                        .due         = p->processing,
                                        .sort_code   = payee->account.sort_code,
                                        .account     = payee->account.number,
                                        .name        = payee->name };
    char *clean                     = arena_take(v->arena, BACS_TEXT + 1);

    bacs_text_clean(reference, clean, BACS_TEXT);
    in.reference = clean;
    in.sort_code = arena_text(v->arena, in.sort_code, SORT_CODE_DIGITS);
    in.account   = arena_text(v->arena, in.account, ACCOUNT_DIGITS);
    verb_add(v, DRAFT_PAYMENT, &in);
}

/* All that is held for one receiving parent, less what is kept for what they owe the service. */
static void receiver_pay(struct paying *p, struct verb *v, const struct group *g,
                         const struct balance *whole, struct entry_list *list)
{
    const struct balance cleared = balance_cleared(p, g, whole), *b = &cleared;
    const struct sql_arrangement_list_row *a = group_arrangement(g, b->arrangement);
    money held   = money_max(b->account[ACCOUNT_RP_PAYABLE], MONEY_NONE);
    money legacy = money_max(b->account[ACCOUNT_LEGACY_PAYABLE], MONEY_NONE);
    money kept   = spend_recovery(v, g, b);
    money amount = money_add(money_subtract(held, kept), legacy);
    struct payee payee;
    const char *why;
    struct entry_about about = { .arrangement = a->id, .day = v->today, .known = v->today };

    if (held.p == 0 && legacy.p == 0) return;
    if (!payee_of(g, a->rp, v->today, p->run->tables, &payee, &why, v->arena)) {
        keep_back(p, a->ref, money_add(held, legacy), why);
        return;
    }
    entry_add(list, REASON_RP_DEBT_TAKEN, kept, about);
    entry_pay_out(list, money_subtract(held, kept), about);
    entry_add(list, REASON_LEGACY_PAY_OUT, legacy, about);
    if (amount.p) payment_add(p, v, a->id, a->ref, &payee, amount);
}

/* All that is to go back to the paying parent, receipt by receipt as it was set aside. */
static void refund_pay(struct paying *p, struct verb *v, const struct group *g, const char *ref,
                       struct entry_list *list)
{
    struct refunds r = refunds_find(g, v->arena);
    money sum        = MONEY_NONE;
    struct payee payee;
    const char *why;

    for (size_t i = 0; i < r.n; i++) {
        if (is_clearing(p, r.at[i].receipt)) r.at[i].left = MONEY_NONE;
        sum = money_add(sum, r.at[i].left);
    }
    if (sum.p == 0) return;
    if (!payee_of(g, g->pp, v->today, p->run->tables, &payee, &why, v->arena)) {
        keep_back(p, ref, sum, why);
        return;
    }
    for (size_t i = 0; i < r.n; i++)
        entry_add(list, REASON_REFUND_SENT, r.at[i].left,
                  (struct entry_about){ .arrangement = r.at[i].arrangement,
                                        .day         = v->today,
                                        .known       = v->today,
                                        .receipt     = r.at[i].receipt });
    payment_add(p, v, 0, ref, &payee, sum);
}

/* ref: the paying parent's, where something is to go back to them. */
static void family_pay(struct paying *p, struct chunk *c, struct family *f, const char *ref)
{
    const struct group *g  = &f->group;
    struct arena *arena    = c->setting.arena;
    date today             = c->setting.today;
    struct balances b      = balance_fold(g->entries, g->entry_count, today, today, arena);
    struct entry_list list = { .arena = arena };
    struct verb v;

    chunk_open(c, f, "pay", arena_print(arena, "pay %lld", (long long)p->batch), &v);
    for (size_t i = 0; i < b.n; i++)
        if (b.at[i].arrangement) receiver_pay(p, &v, g, &b.at[i], &list);
    if (ref) refund_pay(p, &v, g, ref, &list);
    if (list.n == 0) return;
    out_print(&v.about, "Sent in payment file %lld", (long long)p->batch);
    account_post(&v, &f->group, &list);
    chunk_close(c, f, &v);
}

/* The paying parents' references, of those families alone where something is to go back to them. */
static bool refund_references(const struct chunk *c, const char **refs, struct fail *fail)
{
    const struct setting *s = &c->setting;
    int64_t *pps            = ARENA_MANY(s->arena, int64_t, c->n + 1);
    struct sql_group_people_row *people;
    size_t n = 0, count;

    for (size_t i = 0; i < c->n; i++)
        if (refunds_find(&c->families[i].group, s->arena).n) pps[n++] = c->families[i].head.pp;
    if (n == 0) return true;
    if (!sql_group_people(s->store, &(struct sql_group_people_in){ .pps = { pps, n } }, s->arena,
                          &people, &count, fail))
        return false;
    for (size_t i = 0, k = 0; i < c->n; i++)
        for (; k < count && people[k].pp == c->families[i].head.pp; k++)
            if (people[k].id == people[k].pp) refs[i] = people[k].ref;
    return true;
}

/* --- the run --- */

static bool pay_chunk(struct paying *p, int64_t *after, size_t *n, struct fail *fail)
{
    struct sql_family_holding_row *rows;
    struct chunk c;
    const struct setting *s = &p->setting;

    if (!sql_family_holding(s->store,
                            &(struct sql_family_holding_in){
                                .after = *after, .most = p->run->most ? p->run->most : FAMILIES },
                            s->arena, &rows, n, fail) ||
        *n == 0)
        return *n == 0;
    int64_t *pps = ARENA_MANY(s->arena, int64_t, *n);
    for (size_t i = 0; i < *n; i++)
        pps[i] = rows[i].pp;
    const char **refs = ARENA_MANY(s->arena, const char *, *n);
    if (!chunk_load(&c, s, (struct store_ints){ pps, *n }, fail) ||
        !clearing_load(p, (struct store_ints){ pps, *n }, fail) ||
        !refund_references(&c, refs, fail))
        return false;
    for (size_t i = 0; i < c.n; i++) {
        if (date_before(s->today, c.families[i].head.day) || c.families[i].is_aside) continue;
        clearing_next(p, pps[i]);
        family_pay(p, &c, &c.families[i], refs[i]);
    }
    *after = pps[*n - 1];
    return batch_nothing_new(p->run->only_again, &c, fail) && chunk_write(&c, fail);
}

static bool pay_chunks(struct paying *p, struct fail *fail)
{
    struct store *store = p->setting.store;
    bool inside         = p->run->inside, fine;
    int64_t after       = 0, next;
    size_t n;
    int tries = 0;

    do {
        arena_reset(p->setting.arena);
        p->kept       = NULL;
        p->kept_count = p->kept_room = 0;
        next                         = after;
        fine                         = part_begin(store, inside, fail) && stop_check(store, fail) &&
               batch_hold(&p->setting, p->batch, fail) && pay_chunk(p, &next, &n, fail) &&
               part_commit(store, inside, fail);
        part_undo(store, inside);
        if (!fine) continue;
        kept_tell(p);
        after = next;
        tries = 0;
    } while (fine ? n > 0 : part_again(store, inside, fail, &tries));
    return fine;
}

bool batch_hold(const struct setting *s, int64_t batch, struct fail *fail)
{
    struct sql_pay_batch_get_row row;
    bool found;

    if (!sql_pay_batch_get(s->store, &(struct sql_pay_batch_get_in){ .id = batch }, s->arena, &row,
                           &found, fail))
        return false;
    return (found && row.open) ||
           REFUSE(fail, "batch_closed",
                  "Another run has closed the file that this one was putting together; what is in "
                  "it is sent once. Run again for the rest.");
}

bool part_begin(struct store *store, bool inside, struct fail *fail)
{
    return inside || store_begin(store, STORE_WRITING, fail);
}

bool part_commit(struct store *store, bool inside, struct fail *fail)
{
    return inside || store_commit(store, fail);
}

bool part_again(struct store *store, bool inside, const struct fail *fail, int *tries)
{
    return !inside && store_try_again(store, fail, tries);
}

void part_undo(struct store *store, bool inside)
{
    if (!inside) store_rollback(store);
}

bool batch_open(const struct setting *s, bool inside, const struct sql_pay_batch_insert_in *in,
                int64_t *batch, int64_t *last, struct fail *fail)
{
    struct sql_pay_batch_last_row newest;
    struct sql_pay_batch_insert_row made = { 0 };
    struct sql_pay_batch_unwritten_row cut;
    bool found, one, was_cut;

    *batch = *last = 0;
    if (!sql_pay_batch_last(s->store, &(struct sql_pay_batch_last_in){ .kind = in->kind }, s->arena,
                            &newest, &found, fail))
        return false;
    if (found && newest.open) {
        struct sql_payment_sums_row sums;
        return batch_close(s, inside, newest.id, &sums, fail) &&
               batch_open(s, inside, in, batch, last, fail);
    }
    if (!sql_pay_batch_unwritten(s->store, &(struct sql_pay_batch_unwritten_in){ .kind = in->kind },
                                 s->arena, &cut, &was_cut, fail))
        return false;
    if (was_cut) return *last = cut.id, true;
    if (found) *last = newest.id;
    bool fine;
    int tries = 0;
    do {
        fine = part_begin(s->store, inside, fail) &&
               sql_pay_batch_insert(s->store, in, s->arena, &made, &one, fail) &&
               part_commit(s->store, inside, fail);
        part_undo(s->store, inside);
    } while (!fine && part_again(s->store, inside, fail, &tries));
    *batch = made.id;
    return fine;
}

bool batch_close(const struct setting *s, bool inside, int64_t batch,
                 struct sql_payment_sums_row *sums, struct fail *fail)
{
    struct store *store = s->store;
    bool one, fine;
    int tries = 0;

    do {
        fine =
            part_begin(store, inside, fail) &&
            sql_payment_sums(store, &(struct sql_payment_sums_in){ .batch = batch }, s->arena, sums,
                             &one, fail) &&
            sql_pay_batch_close(store,
                                &(struct sql_pay_batch_close_in){
                                    .id = batch, .number = sums->number, .amount = sums->amount },
                                fail) &&
            part_commit(store, inside, fail);
        part_undo(store, inside);
    } while (!fine && part_again(store, inside, fail, &tries));
    return fine;
}

/* A file that was made: one that was cut off, or, when nothing is payable, today's. */
static bool batch_again(struct paying *p, int64_t last, struct fail *fail)
{
    struct sql_pay_batch_get_row row;
    struct pay_result *r = p->result;
    bool found;

    if (!sql_pay_batch_get(p->setting.store, &(struct sql_pay_batch_get_in){ .id = last },
                           p->setting.arena, &row, &found, fail))
        return false;
    if (!found || (!r->cut_off && !date_same(row.made, p->setting.today))) return true;
    if (strcmp(row.format, p->run->format) != 0)
        return REFUSE(fail, "format_made",
                      "File %lld was made as %s and is not made again as %s; nothing new is to be "
                      "paid. Write it once more with --format %s, or with --again %lld.",
                      (long long)last, row.format, p->run->format, row.format, (long long)last);
    r->batch  = last;
    r->again  = true;
    r->number = (size_t)row.number;
    r->amount = row.amount;
    return true;
}

bool pay_out(const struct setting *s, const struct pay_run *run, struct pay_result *result,
             struct fail *fail)
{
    struct arena arena               = { .limit = (size_t)4 << 30 };
    struct paying p                  = { .setting = *s, .run = run, .result = result };
    struct sql_payment_sums_row sums = { 0 };
    struct sender sender;
    int64_t last = 0;

    *result         = (struct pay_result){ .batch = 0 };
    p.setting.arena = &arena;
    p.processing    = strcmp(run->format, "bacs") ? working_day_add(HOLIDAY_BACS, s->today, 1)
                                                  : working_day_after_input(s->today, 1);
    struct sql_pay_batch_insert_in in = {
        .kind = BATCH_PAYMENTS, .format = run->format, .made = s->today, .processing = p.processing
    };
    bool fine =
        stop_check(s->store, fail) && job_day_open(&p.setting, DAY_JOB, fail) &&
        sender_load(s->store, &arena, &sender, fail) &&
        (sender.by_file ||
         REFUSE(fail, "sender_missing",
                "Payments leave by file once a service user number and our account are set: "
                "upkeep pay --user NUMBER --account \"01-02-03 12345678 NAME\".")) &&
        batch_open(&p.setting, run->inside, &in, &p.batch, &last, fail);
    result->cut_off = fine && !p.batch;
    if (fine && p.batch)
        fine = pay_chunks(&p, fail) && batch_close(&p.setting, run->inside, p.batch, &sums, fail);
    if (fine && sums.number) {
        result->batch  = p.batch;
        result->number = (size_t)sums.number;
        result->amount = sums.amount;
    } else if (fine && last) {
        fine = batch_again(&p, last, fail);
    }
    arena_free(&arena);
    return fine;
}
