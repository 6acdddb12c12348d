/* announced_record.c: recording announced deductions. */
#include "app/announced_record.h"

#include "app/chunk.h"
#include "app/day.h"
#include "app/owner_names.h"
#include "law/law.h"
#include "ledger/earnings.h"

#include <stdlib.h>
#include <string.h>

enum { FIXED_SCHEME = 1993 };
#define EMPLOYER_OWN "50" /* begins an employer's own reference (B-339) */

/* A line whose family is known. */
struct arrival {
    const struct announcement *a;
    struct announced_result *result;
    int64_t pp;
    size_t order; /* of its line */
};

/* --- whose it is (B-220) --- */

static bool numbers_look_up(const struct setting *s, const struct announcement *a, size_t n,
                            struct owner_names *names, struct fail *fail)
{
    const char **texts = ARENA_MANY(s->arena, const char *, n);
    size_t count       = 0;

    for (size_t i = 0; i < n; i++)
        if (*a[i].nino) texts[count++] = a[i].nino;
    return owner_numbers_read(s, (struct store_texts){ texts, count }, names, fail);
}

/* An employee's reference is looked at where nobody has it as their own. */
static bool references_look_up(const struct setting *s, const struct announcement *a, size_t n,
                               struct owner_names *names, struct fail *fail)
{
    const char **texts = ARENA_MANY(s->arena, const char *, n);
    const char **left  = ARENA_MANY(s->arena, const char *, n);
    size_t count = 0, rest = 0;

    for (size_t i = 0; i < n; i++)
        if (*a[i].reference) texts[count++] = a[i].reference;
    if (!owner_references_read(s, (struct store_texts){ texts, count }, names, fail)) return false;
    for (size_t i = 0; i < count; i++)
        if (!owner_by_reference(names, texts[i])) left[rest++] = texts[i];
    return owner_employees_read(s, (struct store_texts){ left, rest }, names, fail);
}

/* Where reference and number are both given they must not be two people's. */
static int64_t announced_owner(const struct owner_names *names, const struct announcement *a,
                               const char **refused)
{
    int64_t pp     = *a->reference ? owner_by_reference(names, a->reference) : 0;
    int64_t number = *a->nino ? owner_by_number(names, a->nino) : 0;

    if (!pp && *a->reference) pp = owner_by_employee(names, a->reference, a->day);
    if (pp && number && pp != number) {
        *refused = "The reference and the National Insurance number are two people's.";
        return 0;
    }
    if (!pp) pp = number;
    if (!pp) *refused = "Nobody here has that reference or National Insurance number.";
    return pp;
}

static int by_family(const void *a, const void *b)
{
    const struct arrival *x = a, *y = b;

    if (x->pp != y->pp) return x->pp < y->pp ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Those whose family is known, by family. */
static bool owners_find(const struct setting *s, const struct announcement *a, size_t n,
                        struct announced_result *results, struct arrival *arrivals, size_t *count,
                        struct fail *fail)
{
    struct owner_names names = { 0 };

    *count = 0;
    if (!references_look_up(s, a, n, &names, fail) || !numbers_look_up(s, a, n, &names, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        results[i]    = (struct announced_result){ .what = ANNOUNCED_NEW };
        int64_t pp    = announced_owner(&names, &a[i], &results[i].refused);
        results[i].pp = pp;
        if (pp) arrivals[(*count)++] = (struct arrival){ &a[i], &results[i], pp, i };
    }
    if (*count) qsort(arrivals, *count, sizeof *arrivals, by_family);
    return true;
}

static struct store_ints families_of(const struct arrival *arrivals, size_t n, struct arena *arena)
{
    int64_t *pps = ARENA_MANY(arena, int64_t, n);
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        if (i == 0 || arrivals[i].pp != arrivals[i - 1].pp) pps[count++] = arrivals[i].pp;
    return (struct store_ints){ pps, count };
}

/* --- what is known already --- */

/* An employer's line is told from others by its sender too. */
static bool is_same(const struct announcement *a, const struct sql_announced_between_row *row)
{
    return date_same(row->day, a->day) && !strcmp(row->source, a->source) &&
           !strcmp(row->period, a->period) &&
           (strcmp(a->source, "employer") != 0 || !strcmp(row->sender, a->sender));
}

static void tell_same(const struct setting *s, const struct arrival *x, money amount,
                      const char *reason)
{
    char before[MONEY_TEXT];

    x->result->what = ANNOUNCED_BEFORE;
    if (amount.p == x->a->amount.p && !strcmp(reason, x->a->reason)) return;
    x->result->refused = arena_print(
        s->arena,
        "An earlier file said %s (%s) for that employee and day; ask the sender which is right.",
        money_text(amount, before), *reason ? reason : "no reason");
}

static bool row_is_before(const struct sql_announced_between_row *row, int64_t pp, date day)
{
    return row->pp != pp ? row->pp < pp : date_before(row->day, day);
}

static const struct sql_announced_between_row *row_of(const struct sql_announced_between_row *rows,
                                                      size_t n, const struct arrival *x)
{
    size_t from = 0, to = n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (row_is_before(&rows[middle], x->pp, x->a->day))
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < n && rows[from].pp == x->pp && date_same(rows[from].day, x->a->day); from++)
        if (is_same(x->a, &rows[from])) return &rows[from];
    return NULL;
}

/* Leaves those that were not recorded before. */
static bool known_settle(const struct setting *s, struct arrival *arrivals, size_t *n,
                         struct fail *fail)
{
    struct sql_announced_between_in in = { .pps = families_of(arrivals, *n, s->arena) };
    struct sql_announced_between_row *rows;
    size_t count, left = 0;

    in.first = in.last = arrivals[0].a->day;
    for (size_t i = 1; i < *n; i++) {
        in.first = date_min(in.first, arrivals[i].a->day);
        in.last  = date_max(in.last, arrivals[i].a->day);
    }
    if (!sql_announced_between(s->store, &in, s->arena, &rows, &count, fail)) return false;
    for (size_t i = 0; i < *n; i++) {
        const struct sql_announced_between_row *row = row_of(rows, count, &arrivals[i]);
        if (row)
            tell_same(s, &arrivals[i], row->amount, row->reason);
        else
            arrivals[left++] = arrivals[i];
    }
    *n = left;
    return true;
}

/* --- what somebody should ask about --- */

/* The terms that hold on the day: of the sender's order, else of any other (*named false); NULL
 * where none holds. */
static const struct sql_earnings_order_list_row *order_that_holds(
    const struct sql_earnings_order_list_row *rows, size_t n, const struct arrival *x, bool *named)
{
    const struct sql_earnings_order_list_row *other = NULL;

    *named = false;
    for (size_t i = 0; i < n && rows[i].pp == x->pp; i++) {
        const struct sql_earnings_order_list_row *o = &rows[i];
        bool is_last = i + 1 == n || rows[i + 1].pp != o->pp || rows[i + 1].id != o->id ||
                       date_before(x->a->day, rows[i + 1].starts);
        if (date_before(x->a->day, o->starts) || !is_last || o->ended) continue;
        *named = !strcmp(o->employer, x->a->sender);
        if (*named) return o;
        other = o;
    }
    return other;
}

/* Money was taken from somebody's pay, so it is recorded whatever is wrong with the taking.  An
 * agent (51) sends for other employers; an order of 1993 protects an amount of its own. */
static const char *remark_on(const struct setting *s, const struct arrival *x,
                             const struct sql_earnings_order_list_row *rows, size_t n)
{
    const struct announcement *a = x->a;
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, date_max(a->day, law_scheme.opens));
    char taken[MONEY_TEXT], net[MONEY_TEXT], most[MONEY_TEXT];
    bool named;
    const struct sql_earnings_order_list_row *o = order_that_holds(rows, n, x, &named);

    if (a->has_net && a->amount.p > earnings_unprotected(law, a->net).p &&
        !(o && o->scheme == FIXED_SCHEME))
        return arena_print(s->arena,
                           "%s was deducted of %s net pay; protected earnings leave %s. It is "
                           "recorded; ask the employer.",
                           money_pounds(a->amount, taken), money_pounds(a->net, net),
                           money_pounds(earnings_unprotected(law, a->net), most));
    if (o && !named && !strncmp(a->sender, EMPLOYER_OWN, strlen(EMPLOYER_OWN)))
        return arena_print(s->arena,
                           "No order of that parent that holds on that day names the employer %s. "
                           "It is recorded; ask who employs them.",
                           a->sender);
    return NULL;
}

static bool remarks_find(const struct setting *s, const struct arrival *arrivals, size_t n,
                         struct fail *fail)
{
    struct sql_earnings_order_list_in in = { .pps   = families_of(arrivals, n, s->arena),
                                             .known = KNOWN_NOW };
    struct sql_earnings_order_list_row *rows;
    size_t count, from = 0;

    if (!sql_earnings_order_list(s->store, &in, s->arena, &rows, &count, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        const struct announcement *a = arrivals[i].a;
        while (from < count && rows[from].pp < arrivals[i].pp)
            from++;
        if (!strcmp(a->source, "employer") && a->amount.p)
            arrivals[i].result->remark = remark_on(s, &arrivals[i], rows + from, count - from);
    }
    return true;
}

/* --- what is new --- */

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

static void arrival_record(struct chunk *c, struct family *f, const struct announcement *a,
                           int64_t id)
{
    struct verb v;

    day_missed(c, f);
    chunk_open(c, f, "announced", arena_print(c->setting.arena, "announced %lld", (long long)id),
               &v);
    struct sql_announced_insert_in in = {
        .pp        = v.pp,
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
    verb_add(&v, DRAFT_ANNOUNCED, &in);
    chunk_close(c, f, &v);
}

/* One family's new lines, in their order; the last number of what was announced for it. */
static void family_record(struct chunk *c, struct arrival *arrivals, size_t n, int64_t last)
{
    struct family *f  = chunk_family(c, arrivals->pp);
    size_t written    = c->draft.rows[DRAFT_ANNOUNCED].n;
    bool is_past      = !f->is_new && date_before(c->setting.today, f->head.day);
    const char *wrong = "This case was last changed on a later day than the one given; work on "
                        "that day or after it.";

    for (size_t i = 0; i < n; i++) {
        const struct sql_announced_insert_in *same = NULL;
        if (is_past) {
            arrivals[i].result->refused = wrong;
            continue;
        }
        for (size_t k = written; !same && k < c->draft.rows[DRAFT_ANNOUNCED].n; k++) {
            const struct sql_announced_insert_in *r = draft_at(&c->draft, DRAFT_ANNOUNCED, k);
            if (is_same(arrivals[i].a, &(struct sql_announced_between_row){ .source = r->source,
                                                                            .sender = r->sender,
                                                                            .period = r->period,
                                                                            .day    = r->day }))
                same = r;
        }
        if (same)
            tell_same(&c->setting, &arrivals[i], same->amount, same->reason);
        else
            arrival_record(c, f, arrivals[i].a, ++last);
    }
}

static bool arrivals_record(const struct setting *s, struct arrival *arrivals, size_t n,
                            struct fail *fail)
{
    struct sql_announced_last_in in = { .pps = families_of(arrivals, n, s->arena) };
    struct sql_announced_last_row *last;
    size_t count, k = 0;
    struct chunk c;

    if (!sql_announced_last(s->store, &in, s->arena, &last, &count, fail) ||
        !chunk_load(&c, s, in.pps, fail))
        return false;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && arrivals[end].pp == arrivals[i].pp; end++)
            continue;
        bool found = k < count && last[k].pp == arrivals[i].pp;
        family_record(&c, &arrivals[i], end - i, found ? last[k].id : 0);
        k += found;
    }
    return chunk_write(&c, fail);
}

bool announced_record(const struct setting *s, const struct announcement *announcements, size_t n,
                      struct announced_result *results, struct fail *fail)
{
    struct arrival *arrivals = ARENA_MANY(s->arena, struct arrival, n);
    size_t count;

    if (!owners_find(s, announcements, n, results, arrivals, &count, fail)) return false;
    if (count && !known_settle(s, arrivals, &count, fail)) return false;
    return count == 0 ||
           (remarks_find(s, arrivals, count, fail) && arrivals_record(s, arrivals, count, fail));
}
