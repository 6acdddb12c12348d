/* receive.c: recording money that came in. */
#include "app/card.h"
#include "app/receive_work.h"

#include "app/account.h"
#include "app/announced.h"
#include "app/day.h"
#include "app/debit.h"
#include "app/fact.h"
#include "app/payment.h"
#include "app/spend.h"
#include "base/bug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define REFERENCE_USED                                                                             \
    "It was not booked. Ask the %s; then read the file again with this payment's own "             \
    "reference, "                                                                                  \
    "or book it by hand."

/* --- what a record is made of --- */

const char *receipt_key(const struct feed_line *line, struct arena *arena)
{
    return arena_print(arena, "%s/%s", line->statement ? line->statement->account : "",
                       line->reference);
}

void receipt_row_add(struct verb *v, struct sql_receipt_insert_in *in)
{
    in->pp    = v->pp;
    in->id    = verb_number(v, DRAFT_RECEIPT);
    in->event = v->seq;
    verb_add(v, DRAFT_RECEIPT, in);
}

/* What the receipt is for is a fact about it, so that it is used so whenever it is looked at. */
void receipt_fence_add(struct verb *v, struct group *g, int64_t receipt, const struct fence *fence)
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

/* --- recording --- */

static int by_family(const void *a, const void *b)
{
    const struct arrived *x = a, *y = b;

    if (x->result->pp != y->result->pp) return x->result->pp < y->result->pp ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
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
        .matched_by    = a->owner.pp      ? a->owner.how
                         : line->returned ? "came back" /* see receipt_suspense */
                                          : "",
    };
    struct entry_list list   = { .arena = c->setting.arena };
    struct entry_about about = { .day = line->booked, .known = c->setting.today };

    chunk_open(c, f, "receive", NULL, &v);
    receipt_row_add(&v, &in);
    about.receipt = in.id;
    entry_receipt(&list, line->amount, about);
    if (v.pp) entry_match(&list, line->amount, about);
    out_text(&v.about, "Received ");
    out_money(&v.about, line->amount);
    out_print(&v.about, " from %s", line->payer_name);
    a->result->what    = v.pp ? RECEIVED_MATCHED : RECEIVED_SUSPENSE;
    a->result->receipt = in.id;
    receipt_fence_add(&v, &f->group, in.id, a->fence);
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
                               .key    = receipt_key(line, c->setting.arena),
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

/* The letters and digits of a text, in capitals. */
static const char *plain(const char *text, struct arena *arena)
{
    char *to = arena_text(arena, text, strlen(text));
    size_t n = 0;

    for (const char *at = to; *at; at++)
        if (isalnum((unsigned char)*at)) to[n++] = (char)toupper((unsigned char)*at);
    to[n] = '\0';
    return to;
}

/* An IBAN ends with the account number; a name may be cut short in one of two files. */
static bool payer_is_same(const struct feed_line *line, const struct sql_bank_lines_known_row *was,
                          struct arena *arena)
{
    const char *a = plain(line->payer_account, arena), *b = plain(was->payer_account, arena);
    size_t n = strlen(a), m = strlen(b);

    if (n >= ACCOUNT_DIGITS && m >= ACCOUNT_DIGITS)
        return !strcmp(a + n - ACCOUNT_DIGITS, b + m - ACCOUNT_DIGITS);
    a = plain(line->payer_name, arena);
    b = plain(was->payer_name, arena);
    n = strlen(a);
    m = strlen(b);
    return !strncmp(a, b, n < m ? n : m);
}

/* A reference is of one payment: used for another it would be money that belongs to nobody.  NULL,
 * or the sentence. */
static const char *reference_used(const struct feed_line *line,
                                  const struct sql_bank_lines_known_row *was, struct arena *arena)
{
    money amount = line->credit ? line->amount : money_negate(line->amount);
    char sum[2][MONEY_TEXT], day[2][DATE_WORDS];
    bool online = card_is_file(line) && !strcmp(was->matched_by, RECEIPT_ONLINE);

    if (online && was->amount.p == amount.p) return NULL;
    if (was->amount.p != amount.p || !date_same(was->booked, line->booked))
        return arena_print(arena,
                           "The reference %.60s was used before for another payment: %s booked on "
                           "%s; this one is %s on %s. " REFERENCE_USED,
                           line->reference, money_pounds(was->amount, sum[0]),
                           date_words(was->booked, day[0]), money_pounds(amount, sum[1]),
                           date_words(line->booked, day[1]), card_sender(line));
    if (!payer_is_same(line, was, arena))
        return arena_print(arena,
                           "The reference %.60s was used before for another payment of %s on %s, "
                           "from another payer. " REFERENCE_USED,
                           line->reference, money_pounds(amount, sum[0]),
                           date_words(line->booked, day[0]), card_sender(line));
    return NULL;
}

/* Why a line that is new may not be recorded; NULL: it may. */
static const char *line_wrong(const struct setting *s, const struct feed_line *line)
{
    char most[MONEY_TEXT];

    if (date_before(s->today, line->booked))
        return arena_print(s->arena, "The %s cannot have booked it on a day to come.",
                           card_sender(line));
    if (date_before(line->booked, law_scheme.opens))
        return arena_print(s->arena, "The %s cannot have booked it before the scheme opened.",
                           card_sender(line));
    if (line->credit && line->amount.p > RECEIPT_MOST.p)
        return arena_print(s->arena, "It is more than a payment can be, %s. Ask the %s.",
                           money_pounds(RECEIPT_MOST, most), card_sender(line));
    return NULL;
}

/* Which lines were recorded before, or may not be at all. */
static bool lines_settled(const struct setting *s, const struct feed_line *lines, size_t n,
                          struct receipt_result *results, const char **refused, struct fail *fail)
{
    const char **keys = ARENA_MANY(s->arena, const char *, n), *provider;
    struct sql_bank_lines_known_row *known;
    size_t count;

    for (size_t i = 0; i < n; i++)
        keys[i] = receipt_key(&lines[i], s->arena);
    if (!card_provider(s->store, s->arena, &provider, fail) ||
        !sql_bank_lines_known(s->store, &(struct sql_bank_lines_known_in){ .refs = { keys, n } },
                              s->arena, &known, &count, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_bank_lines_known_row *was =
            count ? bsearch(keys[i], known, count, sizeof *known, by_key) : NULL;
        int64_t file = 0;
        if (lines[i].credit &&
            !debit_is_ours(s->store, s->arena, lines[i].remittance, lines[i].amount, &file, fail))
            return false;
        if (was && !file) refused[i] = reference_used(&lines[i], was, s->arena);
        if (!was && card_is_payout(provider, &lines[i]))
            results[i].what = RECEIVED_NOT_OURS;
        else if (file || (was && !refused[i]))
            results[i].what = RECEIVED_BEFORE;
        else if (!was)
            refused[i] = line_wrong(s, &lines[i]);
    }
    return true;
}

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
        if (results[i].what != RECEIVED_MATCHED || refused[i]) continue;
        if (lines[i].returned) owners[i] = (struct owner){ .how = "" };
        results[i].pp    = owners[i].pp;
        arrived[count++] = (struct arrived){ .line    = &lines[i],
                                             .result  = &results[i],
                                             .refused = &refused[i],
                                             .key     = receipt_key(&lines[i], s->arena),
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

bool receipt_record_online(const struct setting *s, const struct feed_line *line, int64_t pp,
                           struct receipt_result *r, struct fail *fail)
{
    const char *key     = receipt_key(line, s->arena), *refused;
    struct arrived here = {
        .line = line, .result = r, .refused = &refused, .key = key, .owner = { pp, RECEIPT_ONLINE }
    };
    struct sql_bank_lines_known_row *was;
    size_t n;

    *r      = (struct receipt_result){ .what = RECEIVED_MATCHED, .pp = pp, .amount = line->amount };
    refused = line_wrong(s, line);
    if (!sql_bank_lines_known(s->store, &(struct sql_bank_lines_known_in){ .refs = { &key, 1 } },
                              s->arena, &was, &n, fail))
        return false;
    if (n && was->amount.p != line->amount.p) refused = reference_used(line, was, s->arena);
    if (refused) return REFUSE(fail, "line_refused", "%s", refused);
    if (n) {
        r->what    = RECEIVED_BEFORE;
        r->pp      = was->pp;
        r->receipt = was->receipt;
        return true;
    }
    return arrivals_record(s, &here, 1, fail) &&
           (!refused || REFUSE(fail, "line_refused", "%s", refused));
}

bool receipt_record_credits(const struct setting *s, const struct feed_line *lines, size_t n,
                            struct receipt_result *results, const char **refused, struct fail *fail)
{
    return credits_record(s, lines, n, NULL, results, refused, fail);
}

bool receipt_record(const struct setting *s, const struct feed_line *line, struct receipt_result *r,
                    struct fail *fail)
{
    return receipt_record_for(s, line, NULL, r, fail);
}

/* Which payment of ours a line says came back, by its id or as the only one that it can be; a card
 * provider's file tells of none. */
static bool payment_find(const struct setting *s, const struct feed_line *line,
                         struct payment_return *back, bool *found, struct fail *fail)
{
    const struct payment_alike alike = { line->amount, line->remittance, line->booked };
    const struct sql_payment_sent_alike_row *it;
    struct sql_payment_sent_alike_row *rows;
    size_t n;

    *back  = (struct payment_return){ .amount  = line->amount,
                                      .line    = receipt_key(line, s->arena),
                                      .day     = line->booked,
                                      .told_by = "statement",
                                      .reason  = *line->reason ? line->reason : "returned" };
    *found = false;
    if (card_is_file(line)) return true;
    *found = payment_id_read(line->original, &back->batch, &back->pp, &back->arrangement);
    if (*found) return true;
    if (!payment_list_alike(s, &alike, &rows, &n, fail)) return false;
    it     = payment_choose(rows, n, back->line, line->booked);
    *found = it != NULL;
    if (!it) return true;
    back->batch       = it->batch;
    back->pp          = it->pp;
    back->arrangement = it->arrangement;
    return true;
}

/* Money that comes back to us: a payment of ours where it can be told which; else nobody's yet, and
 * never a paying parent's, whose payment it is not. */
static bool paid_back_record(const struct setting *s, const struct feed_line *line,
                             struct receipt_result *r, struct fail *fail)
{
    const char *refused = NULL;
    struct payment_return back;
    bool found, before;

    if (!lines_settled(s, line, 1, r, &refused, fail) ||
        !payment_find(s, line, &back, &found, fail))
        return false;
    if (refused) return REFUSE(fail, "line_refused", "%s", refused);
    if (r->what == RECEIVED_BEFORE) return true;
    if (!found)
        return credits_record(s, line, 1, NULL, r, &refused, fail) &&
               (!refused || REFUSE(fail, "line_refused", "%s", refused));
    if (!payment_come_back(s, &back, &before, fail)) return false;
    r->what       = before ? RECEIVED_BEFORE : RECEIVED_RETURNED;
    r->pp         = back.pp;
    r->is_payment = true;
    return true;
}

bool receipt_record_for(const struct setting *s, const struct feed_line *line,
                        const struct fence *fence, struct receipt_result *r, struct fail *fail)
{
    const char *refused = NULL;

    *r = (struct receipt_result){ .what = RECEIVED_NOT_OURS, .amount = line->amount };
    if (line->credit && line->returned) return paid_back_record(s, line, r, fail);
    if (line->credit)
        return credits_record(s, line, 1, fence, r, &refused, fail) &&
               (!refused || REFUSE(fail, "line_refused", "%s", refused));
    if (!lines_settled(s, line, 1, r, &refused, fail)) return false;
    if (refused) return REFUSE(fail, "line_refused", "%s", refused);
    if (r->what == RECEIVED_BEFORE || !line->returned) return true;
    return receipt_debit(s, line, r, fail);
}
