/* receive_match.c: what is in suspense finds its family, or its families; and whose it may be. */
#include "app/account.h"
#include "app/announced.h"
#include "app/receive_work.h"
#include "app/spend.h"

#include <ctype.h>
#include <string.h>

bool receipt_in_suspense(const struct setting *s, int64_t receipt,
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

    if (!receipt_in_suspense(s, receipt, &row, fail)) return false;
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
    receipt_row_add(v, in);
    entry_add(&list, REASON_PASS_IN, in->amount,
              (struct entry_about){ .day = in->booked, .known = v->today, .receipt = in->id });
    out_text(&v->about, "Found in suspense: ");
    out_money(&v->about, in->amount);
    receipt_fence_add(v, g, in->id, fence);
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

    if (!receipt_in_suspense(s, receipt, &row, fail) || !suspense_fence(s, receipt, &fence, fail))
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
bool receipt_share(const struct setting *s, const struct arrived *a, struct fail *fail)
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

/* --- whose it may be --- */

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
        if (!rows[i].came_back && suspense_may_be(&rows[i], g))
            *amount = money_add(*amount, rows[i].amount);
    return true;
}
