/* receive.c: recording and matching money that came in. */
#include "app/receive.h"

#include "app/account.h"
#include "app/announced.h"
#include "app/day.h"
#include "app/debit.h"
#include "app/fact.h"
#include "app/owner.h"
#include "app/return_shared.h"
#include "app/spend.h"
#include "app/take_back.h"
#include "base/bug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FROM_SUSPENSE " (from suspense)"

/* --- recording --- */

static const char *bank_key(const struct feed_line *line, struct arena *arena)
{
    return arena_print(arena, "%s/%s", line->statement ? line->statement->account : "",
                       line->reference);
}

static void receipt_row(struct verb *v, struct sql_receipt_insert_in *in)
{
    in->pp    = v->pp;
    in->id    = verb_number(v, DRAFT_RECEIPT);
    in->event = v->seq;
    verb_add(v, DRAFT_RECEIPT, in);
}

/* A line that came in and whose it is. */
struct arrived {
    const struct feed_line *line;
    struct receipt_result *result;
    const char **refused;
    const char *key;
    struct owner owner;
    const struct fence *fence; /* what it is for; NULL: nothing in particular */
    size_t order;              /* of its line */
};

static int by_family(const void *a, const void *b)
{
    const struct arrived *x = a, *y = b;

    if (x->result->pp != y->result->pp) return x->result->pp < y->result->pp ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* What the receipt is for is a fact about it, so that it is used so whenever it is looked at. */
static void receipt_fence(struct verb *v, struct group *g, int64_t receipt,
                          const struct fence *fence)
{
    struct fail f;
    struct fact_order o = { .kind        = FACT_RING_FENCE,
                            .subject     = receipt,
                            .from        = v->today,
                            .to          = DATE_OPEN,
                            .happened_on = v->today,
                            .said_by     = v->actor,
                            .evidence    = "" };

    if (!fence || fence->purpose == FENCE_NONE) return;
    o.value = fence_fact(fence, v->arena);
    BUG_UNLESS(fact_assert(v, g, &o, &f)); /* its form is ours */
}

/* Recorded and used: one event. */
static void arrived_record(struct chunk *c, struct family *f, const struct arrived *a,
                           const struct announced_rows *announced)
{
    struct verb v;
    struct account_work work        = { .pay_out = false };
    const struct feed_line *line    = a->line;
    struct sql_receipt_insert_in in = {
        .bank_ref      = a->key,
        .booked        = line->booked,
        .amount        = line->amount,
        .payer_name    = line->payer_name,
        .payer_account = line->payer_account,
        .remittance    = line->remittance,
        .matched_by    = a->owner.pp ? a->owner.how : "",
    };
    struct entry_list list   = { .arena = c->setting.arena };
    struct entry_about about = { .day = line->booked, .known = c->setting.today };

    chunk_open(c, f, "receive", NULL, &v);
    receipt_row(&v, &in);
    about.receipt = in.id;
    entry_receipt(&list, line->amount, about);
    if (v.pp) entry_match(&list, line->amount, about);
    out_text(&v.about, "Received ");
    out_money(&v.about, line->amount);
    out_print(&v.about, " from %s", line->payer_name);
    a->result->what    = v.pp ? RECEIVED_MATCHED : RECEIVED_SUSPENSE;
    a->result->receipt = in.id;
    receipt_fence(&v, &f->group, in.id, a->fence);
    account_post(&v, &f->group, &list);
    if (v.pp && !f->is_aside) account_bring_up(&v, &f->group, &work);
    announced_settle(&v, announced, in.id, line->amount);
    chunk_close(c, f, &v);
}

int64_t receipt_take(struct chunk *c, struct family *f, const struct feed_line *line,
                     const char *how)
{
    const struct announced_rows none = { 0 };
    struct receipt_result r;
    const struct arrived a = { .line   = line,
                               .result = &r,
                               .key    = bank_key(line, c->setting.arena),
                               .owner  = { .pp = f->head.pp, .how = how } };

    arrived_record(c, f, &a, &none);
    return r.receipt;
}

/* Lines of many families, in their order: each family is read once and written once. */
static bool arrivals_record(const struct setting *s, struct arrived *arrived, size_t n,
                            struct fail *fail)
{
    struct chunk c;
    struct announced_rows announced;
    int64_t *pps    = ARENA_MANY(s->arena, int64_t, n);
    size_t families = 0;

    if (n == 0) return true;
    qsort(arrived, n, sizeof *arrived, by_family);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || arrived[i].result->pp != pps[families - 1])
            pps[families++] = arrived[i].result->pp;
    if (!chunk_load(&c, s, (struct store_ints){ pps, families }, fail) ||
        !announced_load(s, (struct store_ints){ pps, families }, &announced, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct family *f = chunk_family(&c, arrived[i].result->pp);
        if (!f->is_new && date_before(s->today, f->head.day))
            *arrived[i].refused = "This case was last changed on a later day than the one given; "
                                  "work on that day or after it.";
        else {
            if (arrived[i].result->pp) day_missed(&c, f);
            arrived_record(&c, f, &arrived[i], &announced);
        }
    }
    return chunk_write(&c, fail);
}

static int by_key(const void *key, const void *row)
{
    return strcmp(key, ((const struct sql_bank_lines_known_row *)row)->bank_ref);
}

/* Which lines were recorded before, or may not be at all. */
static bool lines_settled(const struct setting *s, const struct feed_line *lines, size_t n,
                          struct receipt_result *results, const char **refused, struct fail *fail)
{
    const char **keys = ARENA_MANY(s->arena, const char *, n);
    struct sql_bank_lines_known_row *known;
    size_t count;

    for (size_t i = 0; i < n; i++)
        keys[i] = bank_key(&lines[i], s->arena);
    if (!sql_bank_lines_known(s->store, &(struct sql_bank_lines_known_in){ .refs = { keys, n } },
                              s->arena, &known, &count, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        int64_t file = 0;
        if (lines[i].credit &&
            !debit_is_ours(s->store, s->arena, lines[i].remittance, lines[i].amount, &file, fail))
            return false;
        if (file || (count && bsearch(keys[i], known, count, sizeof *known, by_key)))
            results[i].what = RECEIVED_BEFORE;
        else if (date_before(s->today, lines[i].booked))
            refused[i] = "The bank cannot have booked it on a day to come.";
        else if (date_before(lines[i].booked, law_scheme.opens))
            refused[i] = "The bank cannot have booked it before the scheme opened.";
    }
    return true;
}

static bool receipt_share(const struct setting *s, const struct arrived *a, struct fail *fail);

/* fence: what all of them are for, or NULL. */
static bool credits_record(const struct setting *s, const struct feed_line *lines, size_t n,
                           const struct fence *fence, struct receipt_result *results,
                           const char **refused, struct fail *fail)
{
    struct arrived *arrived = ARENA_MANY(s->arena, struct arrived, n);
    struct owner *owners    = ARENA_MANY(s->arena, struct owner, n);
    size_t count            = 0;

    for (size_t i = 0; i < n; i++) {
        results[i] = (struct receipt_result){ .what = RECEIVED_MATCHED, .amount = lines[i].amount };
        refused[i] = NULL;
    }
    if (!lines_settled(s, lines, n, results, refused, fail) ||
        !owner_of_lines(s, lines, n, owners, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (results[i].what == RECEIVED_BEFORE || refused[i]) continue;
        results[i].pp    = owners[i].pp;
        arrived[count++] = (struct arrived){ .line    = &lines[i],
                                             .result  = &results[i],
                                             .refused = &refused[i],
                                             .key     = bank_key(&lines[i], s->arena),
                                             .owner   = owners[i],
                                             .fence   = fence,
                                             .order   = i };
    }
    if (!arrivals_record(s, arrived, count, fail)) return false;
    for (size_t i = 0; i < count; i++)
        if (arrived[i].owner.share_count && !*arrived[i].refused &&
            !receipt_share(s, &arrived[i], fail))
            return false;
    return true;
}

bool receipt_record_credits(const struct setting *s, const struct feed_line *lines, size_t n,
                            struct receipt_result *results, const char **refused, struct fail *fail)
{
    return credits_record(s, lines, n, NULL, results, refused, fail);
}

/* --- a payment comes back (B-221) --- */

static void return_rows(struct verb *v, struct group *g, int64_t original,
                        const struct feed_line *line)
{
    struct entry_list list   = { .arena = v->arena };
    struct entry_about about = { .day = line->booked, .known = v->today, .receipt = original };
    struct sql_receipt_insert_in in = {
        .bank_ref      = bank_key(line, v->arena),
        .booked        = line->booked,
        .amount        = money_negate(line->amount),
        .payer_name    = line->payer_name,
        .payer_account = line->payer_account,
        .remittance    = line->remittance,
        .matched_by    = "returned",
        .returns       = original,
    };
    struct account_work work = { .pay_out = false };

    if (v->pp) {
        receipt_take_back(v, g, original, line->amount, &list);
        entry_return(&list, line->amount, about);
    } else
        entry_add(&list, REASON_RETURNED_UNMATCHED, line->amount, about);
    out_text(&v->about, "Payment returned unpaid by the bank: ");
    out_money(&v->about, line->amount);
    receipt_row(v, &in);
    account_post(v, g, &list);
    if (v->pp) account_bring_up(v, g, &work);
}

void receipt_take_returned(struct chunk *c, struct family *f, int64_t receipt,
                           const struct feed_line *line)
{
    struct verb v;

    chunk_open(c, f, "returned",
               arena_print(c->setting.arena, "returned %s", bank_key(line, c->setting.arena)), &v);
    return_rows(&v, &f->group, receipt, line);
    chunk_close(c, f, &v);
}

/* The receipt that a returned line takes back, by the bank's reference of the payment: the family's
 * own copy where suspense was matched, else as recorded. */
static bool receipt_original(const struct setting *s, const struct feed_line *line,
                             struct sql_receipt_by_bank_ref_row *row, struct fail *fail)
{
    const char *account = line->statement ? line->statement->account : "";
    const char *keys[]  = { arena_print(s->arena, "%s/%s" FROM_SUSPENSE, account, line->original),
                            arena_print(s->arena, "%s/%s", account, line->original) };
    bool found          = false;

    for (size_t i = 0; i < sizeof keys / sizeof *keys && !found; i++)
        if (!sql_receipt_by_bank_ref(s->store,
                                     &(struct sql_receipt_by_bank_ref_in){ .bank_ref = keys[i] },
                                     s->arena, row, &found, fail))
            return false;
    return found || REFUSE(fail, "original_missing",
                           "The bank took back a payment that was never recorded here (its "
                           "reference: %s). Record the payment first, or ask the bank.",
                           line->original);
}

/* Money that was shared out is no longer in suspense. */
static bool receipt_is_shared(const struct setting *s, int64_t receipt, bool *shared,
                              struct fail *fail)
{
    struct sql_receipt_split_row to;

    return sql_receipt_split(s->store,
                             &(struct sql_receipt_split_in){ .pp = SERVICE_PP, .receipt = receipt },
                             s->arena, &to, shared, fail);
}

static const char *original_key(const struct setting *s, const struct feed_line *line)
{
    return arena_print(s->arena, "%s/%s", line->statement ? line->statement->account : "",
                       line->original);
}

static bool receipt_debit(const struct setting *s, const struct feed_line *line,
                          struct receipt_result *r, struct fail *fail)
{
    struct sql_receipt_by_bank_ref_row original;
    struct sql_receipt_list_row *rows;
    size_t n;
    struct verb v;
    struct group g;
    bool done, shared = false;

    if (!receipt_original(s, line, &original, fail)) return false;
    r->pp      = original.pp;
    r->what    = RECEIVED_RETURNED;
    r->receipt = original.id;
    if (!verb_open(s, r->pp, "returned",
                   arena_print(s->arena, "returned %s", bank_key(line, s->arena)), &v, &done,
                   fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail) ||
        !sql_receipt_list(s->store, &(struct sql_receipt_list_in){ .pp = r->pp, .known = v.seq },
                          s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].returns == original.id)
            return REFUSE(fail, "returned_before", "The bank took that payment back before.");
    if (r->pp == SERVICE_PP && !receipt_is_shared(s, original.id, &shared, fail)) return false;
    if (original.amount.p != line->amount.p)
        return REFUSE(fail, "amount_differs",
                      "The bank took back another amount than was paid; ask "
                      "the bank.");
    if (shared)
        return receipt_return_shared(s,
                                     &(struct shared_return){ original.id, original.amount,
                                                              original_key(s, line),
                                                              bank_key(line, s->arena), line },
                                     fail);
    return_rows(&v, &g, original.id, line);
    return verb_close(&v, fail);
}

bool receipt_record(const struct setting *s, const struct feed_line *line, struct receipt_result *r,
                    struct fail *fail)
{
    return receipt_record_for(s, line, NULL, r, fail);
}

/* Whether a line is a payment of ours that came back. */
static bool payment_line(const struct feed_line *line, struct payment_return *back)
{
    *back = (struct payment_return){ .day     = line->booked,
                                     .told_by = "statement",
                                     .reason  = *line->reason ? line->reason : "returned" };
    return payment_id_read(line->original, &back->batch, &back->pp, &back->arrangement);
}

static bool payment_back_record(const struct setting *s, const struct payment_return *back,
                                struct receipt_result *r, struct fail *fail)
{
    bool before;

    if (!payment_come_back(s, back, &before, fail)) return false;
    r->what = before ? RECEIVED_BEFORE : RECEIVED_RETURNED;
    r->pp   = back->pp;
    return true;
}

bool receipt_record_for(const struct setting *s, const struct feed_line *line,
                        const struct fence *fence, struct receipt_result *r, struct fail *fail)
{
    const char *refused = NULL;
    struct payment_return back;

    *r = (struct receipt_result){ .what = RECEIVED_NOT_OURS, .amount = line->amount };
    if (line->credit && line->returned && payment_line(line, &back))
        return payment_back_record(s, &back, r, fail);
    if (line->credit)
        return credits_record(s, line, 1, fence, r, &refused, fail) &&
               (!refused || REFUSE(fail, "line_refused", "%s", refused));
    if (!lines_settled(s, line, 1, r, &refused, fail)) return false;
    if (refused) return REFUSE(fail, "line_refused", "%s", refused);
    if (r->what == RECEIVED_BEFORE || !line->returned) return true;
    return receipt_debit(s, line, r, fail);
}

/* --- suspense --- */

static bool suspense_find(const struct setting *s, int64_t receipt,
                          struct sql_receipt_suspense_row *row, struct fail *fail)
{
    struct sql_receipt_suspense_row *rows;
    size_t n;

    if (!sql_receipt_suspense(s->store, s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == receipt) {
            *row = rows[i];
            return true;
        }
    return REFUSE(fail, "not_in_suspense", "That receipt is not in suspense (any more).");
}

/* The service's half; pp 0: to several families. */
static bool suspense_pass_on(const struct setting *s, int64_t receipt, money amount, int64_t pp,
                             struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;
    struct entry_list list = { .arena = s->arena };

    if (!verb_open(s, SERVICE_PP, "match", arena_print(s->arena, "match %lld", (long long)receipt),
                   &v, &done, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    struct sql_receipt_match_insert_in in = {
        .pp = v.pp, .receipt = receipt, .event = v.seq, .to_pp = pp
    };
    entry_add(&list, REASON_PASS_ON, amount,
              (struct entry_about){ .day = s->today, .known = s->today, .receipt = receipt });
    out_text(&v.about,
             pp ? "Matched from suspense: " : "Shared among those it was announced for: ");
    out_money(&v.about, amount);
    verb_add(&v, DRAFT_RECEIPT_MATCH, &in);
    account_post(&v, &g, &list);
    return verb_close(&v, fail);
}

bool receipt_pass_on(const struct setting *s, int64_t receipt, int64_t pp, money *amount,
                     struct fail *fail)
{
    struct sql_receipt_suspense_row row = { 0 };

    if (!suspense_find(s, receipt, &row, fail)) return false;
    *amount = row.amount;
    return suspense_pass_on(s, row.id, row.amount, pp, fail);
}

/* The family's half of a receipt, or of a share of one. */
static bool suspense_arrive(struct verb *v, struct group *g, struct sql_receipt_insert_in *in,
                            const struct fence *fence, struct fail *fail)
{
    struct entry_list list   = { .arena = v->arena };
    struct account_work work = { .pay_out = false };
    struct announced_rows announced;

    if (!announced_load(&(struct setting){ .store = v->store, .arena = v->arena },
                        (struct store_ints){ &v->pp, 1 }, &announced, fail))
        return false;
    receipt_row(v, in);
    entry_add(&list, REASON_PASS_IN, in->amount,
              (struct entry_about){ .day = in->booked, .known = v->today, .receipt = in->id });
    out_text(&v->about, "Found in suspense: ");
    out_money(&v->about, in->amount);
    receipt_fence(v, g, in->id, fence);
    account_post(v, g, &list);
    account_bring_up(v, g, &work);
    announced_settle(v, &announced, in->id, in->amount);
    return verb_close(v, fail);
}

/* What a receipt in suspense is for: it stays so when its family is found. */
static bool suspense_fence(const struct setting *s, int64_t receipt, struct fence *fence,
                           struct fail *fail)
{
    struct group g;

    if (!group_load_record(s->store, s->arena, SERVICE_PP, KNOWN_OPEN - 1, &g, fail)) return false;
    *fence = spend_fence(&g, receipt, s->today);
    return true;
}

bool receipt_match(const struct setting *s, int64_t receipt, int64_t pp, struct fail *fail)
{
    struct sql_receipt_suspense_row row = { 0 };
    struct verb v;
    struct group g;
    struct fence fence;
    bool done;

    if (!suspense_find(s, receipt, &row, fail) || !suspense_fence(s, receipt, &fence, fail))
        return false;
    if (!verb_open(s, pp, "match", arena_print(s->arena, "matched %lld", (long long)receipt), &v,
                   &done, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    if (g.arrangement_count == 0)
        return REFUSE(fail, "no_case", "That person pays no child maintenance here.");
    struct sql_receipt_insert_in in = {
        .bank_ref      = arena_print(s->arena, "%s" FROM_SUSPENSE, row.bank_ref),
        .booked        = row.booked,
        .amount        = row.amount,
        .payer_name    = row.payer_name,
        .payer_account = row.payer_account,
        .remittance    = row.remittance,
        .matched_by    = s->actor,
        .origin        = row.id,
    };
    return suspense_pass_on(s, row.id, row.amount, pp, fail) &&
           suspense_arrive(&v, &g, &in, &fence, fail);
}

/* The family of the i-th share, its sum, and where the next family's begin. */
static size_t share_next(const struct owner *o, size_t i, money *sum)
{
    int64_t pp = o->shares[i].pp;

    for (*sum = MONEY_NONE; i < o->share_count && o->shares[i].pp == pp; i++)
        *sum = money_add(*sum, o->shares[i].amount);
    return i;
}

/* Opens a family's verb for its share. */
static bool share_open(const struct setting *s, int64_t receipt, int64_t pp, struct verb *v,
                       struct fail *fail)
{
    bool done;

    return verb_open(s, pp, "match", arena_print(s->arena, "matched %lld", (long long)receipt), v,
                     &done, fail);
}

/* One payment for several families, as it was announced: each gets its part.  Where one of them
 * cannot be worked on today all of it stays in suspense, for a caseworker. */
static bool receipt_share(const struct setting *s, const struct arrived *a, struct fail *fail)
{
    const struct feed_line *line = a->line;
    int64_t whole                = a->result->receipt;
    struct owner o;
    struct verb v;
    struct group g;
    money sum;

    if (!owner_of_lines(s, line, 1, &o, fail)) return false; /* another line may have settled it */
    for (size_t i = 0; i < o.share_count; i = share_next(&o, i, &sum))
        if (!share_open(s, whole, o.shares[i].pp, &v, fail)) return fail->kind == FAIL_REFUSED;
    if (o.share_count == 0) return true;
    if (!suspense_pass_on(s, whole, line->amount, SERVICE_PP, fail)) return false;
    for (size_t i = 0, next; i < o.share_count; i = next) {
        next                            = share_next(&o, i, &sum);
        struct sql_receipt_insert_in in = {
            .bank_ref      = arena_print(s->arena, "%s (share %zu)", a->key, next),
            .booked        = line->booked,
            .amount        = sum,
            .payer_name    = line->payer_name,
            .payer_account = line->payer_account,
            .remittance    = line->remittance,
            .matched_by    = o.how,
            .origin        = whole,
        };
        if (!share_open(s, whole, o.shares[i].pp, &v, fail) ||
            !group_load(v.store, v.arena, v.pp, v.seq, &g, fail) ||
            !suspense_arrive(&v, &g, &in, a->fence, fail))
            return false;
    }
    a->result->what = RECEIVED_MATCHED;
    return true;
}

/* Whether b is a with one slip of the pen: one digit other, or two neighbours changed over. */
static bool reference_nearly(const char *a, const char *b)
{
    size_t wrong = 0, first = 0;

    if (strlen(a) != strlen(b)) return false;
    for (size_t i = 0; a[i]; i++)
        if (a[i] != b[i] && wrong++ == 0) first = i;
    return wrong <= 1 || (wrong == 2 && a[first] == b[first + 1] && a[first + 1] == b[first]);
}

/* Whether name holds the word as a word, letters of any case. */
static bool name_holds(const char *name, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = name; n && *p; p++)
        if (!strncasecmp(p, word, n) && (p == name || !isalpha((unsigned char)p[-1])) &&
            !isalpha((unsigned char)p[n]))
            return true;
    return false;
}

static bool suspense_may_be(const struct sql_receipt_suspense_row *row, const struct group *g)
{
    const struct sql_group_people_row *payer = group_person(g, g->pp);
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = row->remittance; (at = owner_next_reference(at, ref));) {
        if (reference_nearly(payer->ref, ref)) return true;
        for (size_t i = 0; i < g->arrangement_count; i++)
            if (reference_nearly(g->arrangements[i].ref, ref)) return true;
    }
    return name_holds(row->payer_name, payer->family) || name_holds(row->remittance, payer->family);
}

bool receipt_maybe(struct store *store, struct arena *arena, const struct group *g, money *amount,
                   struct fail *fail)
{
    struct sql_receipt_suspense_row *rows;
    size_t n;

    *amount = MONEY_NONE;
    if (!sql_receipt_suspense(store, arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (suspense_may_be(&rows[i], g)) *amount = money_add(*amount, rows[i].amount);
    return true;
}
