/* allocate.c: sharing a payment between debts. */
#include "ledger/allocate.h"

#include "ledger/share.h"

#include <stdlib.h>
#include <string.h>

/* The debts to one receiving parent (arrangement 0: debts to the state), in order of id, so that a
 * penny left over goes to the lowest (B-230). */
struct leg {
    int64_t arrangement;
    date latest; /* the latest instalment due by the day; far in the past if there is none */
};

struct place {
    const struct item *item;
    size_t index, leg;
};

struct work {
    const struct allocate_order *order;
    const struct allocate_request *request;
    date window_end;      /* first day that is too far ahead */
    struct place *places; /* the items, oldest first */
    money *open;          /* outstanding of each place */
    struct leg *legs;
    money *need, *share; /* of each leg, or of each place of a group */
    size_t n_legs;
    struct allocated result;
};

static const date long_ago = { INT32_MIN };

static bool is_due(const struct work *w, const struct item *i)
{
    return !date_before(w->request->day, i->due);
}

static bool wants_fenced(const struct work *w, const struct place *p)
{
    (void)w;
    return p->item->fenced && p->item->kind != ITEM_ENFORCEMENT;
}

static bool wants_ongoing(const struct work *w, const struct place *p)
{
    const struct item *i = p->item;
    return i->cause == ITEM_INSTALMENT &&
           (i->kind == ITEM_MAINTENANCE ||
            (i->kind == ITEM_FEE && w->order->fee_with_maintenance)) &&
           !date_before(i->due, w->legs[p->leg].latest) && date_before(i->due, w->window_end);
}

static bool wants_arrears(const struct work *w, const struct place *p)
{
    (void)w;
    return p->item->kind == ITEM_MAINTENANCE;
}

static bool wants_legacy(const struct work *w, const struct place *p)
{
    (void)w;
    return p->item->kind == ITEM_LEGACY;
}

static bool wants_fees(const struct work *w, const struct place *p)
{
    (void)w;
    return p->item->kind == ITEM_FEE || p->item->kind == ITEM_REPAY;
}

static bool wants_legacy_state(const struct work *w, const struct place *p)
{
    (void)w;
    return p->item->kind == ITEM_LEGACY_STATE;
}

static bool wants_enforcement(const struct work *w, const struct place *p)
{
    (void)w;
    return p->item->kind == ITEM_ENFORCEMENT;
}

/* rank: where the step stands among the cells of the law's allocation parameters; -1: in none. */
static const struct {
    const char *name;
    bool (*wants)(const struct work *w, const struct place *p);
    int rank;
} steps[ALLOCATE_STEPS] = {
    [ALLOCATE_FENCED]       = { "fenced", wants_fenced, -1 },
    [ALLOCATE_ONGOING]      = { "ongoing", wants_ongoing, 0 },
    [ALLOCATE_ARREARS]      = { "arrears", wants_arrears, 1 },
    [ALLOCATE_LEGACY]       = { "legacy", wants_legacy, 2 },
    [ALLOCATE_FEES]         = { "fees", wants_fees, 3 },
    [ALLOCATE_LEGACY_STATE] = { "legacy_state", wants_legacy_state, 4 },
    [ALLOCATE_ENFORCEMENT]  = { "enforcement", wants_enforcement, -1 },
};

struct allocate_order allocate_order_at(const struct law *law)
{
    struct allocate_order o = { .window_days          = law->allocation_window,
                                .largest_remainder    = law->allocation_largest_remainder,
                                .fee_with_maintenance = law->allocation_fee_with_maintenance,
                                .pro_rata             = { [ALLOCATE_FENCED] = true } };

    for (int32_t rank = 1; rank < ALLOCATE_STEPS; rank++)
        for (enum allocate_step s = 0; s < ALLOCATE_STEPS; s++) {
            if (steps[s].rank < 0 || law->allocation_rank[steps[s].rank] != rank) continue;
            o.step[o.n++] = s;
            o.pro_rata[s] = law->allocation_pro_rata[steps[s].rank];
        }
    o.step[o.n++] = ALLOCATE_ENFORCEMENT; /* B-229 */
    return o;
}

const char *allocate_step_name(enum allocate_step s)
{
    BUG_UNLESS(s < ALLOCATE_STEPS);
    return steps[s].name;
}

bool allocate_step_find(const char *name, enum allocate_step *result)
{
    for (enum allocate_step s = 0; s < ALLOCATE_STEPS; s++)
        if (!strcmp(steps[s].name, name)) {
            *result = s;
            return true;
        }
    return false;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Whether two items are one line of the schedule (an instalment and the fee on it), and if not,
 * which comes first. */
static int compare_line(const struct item *a, const struct item *b)
{
    int c = compare(a->due.d, b->due.d);
    if (!c) c = compare(a->arrangement, b->arrangement);
    if (!c) c = compare(a->instalment, b->instalment);
    return c;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = compare_line(x->item, y->item);
    if (!c) c = compare((int64_t)x->item->kind, (int64_t)y->item->kind);
    return c ? c : compare((int64_t)x->index, (int64_t)y->index);
}

/* The leg of an arrangement, made if it is not there yet. */
static size_t leg_of(struct work *w, int64_t arrangement)
{
    size_t i = 0;
    while (i < w->n_legs && w->legs[i].arrangement < arrangement)
        i++;
    if (i == w->n_legs || w->legs[i].arrangement != arrangement) {
        memmove(w->legs + i + 1, w->legs + i, (w->n_legs - i) * sizeof *w->legs);
        w->legs[i] = (struct leg){ .arrangement = arrangement, .latest = long_ago };
        w->n_legs++;
    }
    return i;
}

static void work_open(struct work *w, struct arena *a)
{
    const struct allocate_request *r = w->request;

    w->places    = ARENA_MANY(a, struct place, r->n + 1);
    w->open      = ARENA_MANY(a, money, r->n + 1);
    w->legs      = ARENA_MANY(a, struct leg, r->n + 1);
    w->need      = ARENA_MANY(a, money, r->n + 1);
    w->share     = ARENA_MANY(a, money, r->n + 1);
    w->result.at = ARENA_MANY(a, struct allocation, r->n + 1);
    for (size_t i = 0; i < r->n; i++) {
        w->places[i] = (struct place){ .item = &r->items[i], .index = i };
        leg_of(w, r->items[i].arrangement);
    }
    qsort(w->places, r->n, sizeof *w->places, compare_places);
    for (size_t i = 0; i < r->n; i++) {
        struct place *p      = &w->places[i];
        const struct item *t = p->item;
        p->leg               = leg_of(w, t->arrangement);
        w->open[i]           = item_outstanding(t);
        if (t->cause == ITEM_INSTALMENT && t->kind == ITEM_MAINTENANCE && is_due(w, t))
            w->legs[p->leg].latest = t->due; /* places are in order of day */
    }
}

static void take(struct work *w, enum allocate_step step, size_t place, money amount)
{
    struct allocated *r = &w->result;
    if (money_is_zero(amount)) return;
    const struct place *p = &w->places[place];
    r->at[r->n]           = (struct allocation){
                  .item = p->index, .amount = amount, .step = step, .ahead = !is_due(w, p->item)
    };
    w->open[place] = money_subtract(w->open[place], amount);
    r->remainder   = money_subtract(r->remainder, amount);
    if (r->at[r->n++].ahead)
        r->reserved = money_add(r->reserved, amount);
    else
        r->used = money_add(r->used, amount);
}

/* Which places a pass is about: the step's, of one leg or of all. */
struct pass {
    enum allocate_step step;
    bool ahead; /* what is not due yet, rather than what is */
    bool all_legs;
    size_t leg;
};

static bool pass_wants(const struct work *w, const struct pass *s, const struct place *p)
{
    return (s->all_legs || s->leg == p->leg) && is_due(w, p->item) != s->ahead &&
           steps[s->step].wants(w, p);
}

/* Uses `pool` for the places of the pass, oldest line first; within a line the instalment and its
 * fee together, pro rata (of each 1.20 received 1.00 and 0.20, B-230). */
static void pay_oldest_first(struct work *w, const struct pass *s, money pool)
{
    size_t end;
    for (size_t i = 0; i < w->request->n && !money_is_zero(pool); i = end) {
        money line = MONEY_NONE, need[ITEM_KINDS] = { 0 }, share[ITEM_KINDS];
        size_t n = 0, at[ITEM_KINDS];
        for (end = i; end < w->request->n && n < ITEM_KINDS &&
                      !compare_line(w->places[i].item, w->places[end].item);
             end++)
            if (pass_wants(w, s, &w->places[end])) {
                at[n]     = end;
                need[n++] = w->open[end];
                line      = money_add(line, w->open[end]);
            }
        money paid = money_min(pool, line);
        share_pro_rata(paid, need, n, share);
        for (size_t k = 0; k < n; k++)
            take(w, s->step, at[k], share[k]);
        pool = money_subtract(pool, paid);
    }
}

static void run_pass(struct work *w, enum allocate_step step, bool ahead)
{
    struct pass s = { .step = step, .ahead = ahead, .all_legs = !w->order->pro_rata[step] };
    money total   = MONEY_NONE;

    memset(w->need, 0, w->n_legs * sizeof *w->need);
    for (size_t i = 0; i < w->request->n; i++)
        if (pass_wants(w, &(struct pass){ .step = step, .ahead = ahead, .all_legs = true },
                       &w->places[i])) {
            money *need = &w->need[w->places[i].leg];
            *need       = money_add(*need, w->open[i]);
            total       = money_add(total, w->open[i]);
        }
    money pool = money_min(w->result.remainder, total);
    if (s.all_legs) {
        pay_oldest_first(w, &s, pool);
        return;
    }
    if (w->order->largest_remainder)
        share_pro_rata(pool, w->need, w->n_legs, w->share);
    else
        share_pro_rata_first(pool, w->need, w->n_legs, w->share);
    for (s.leg = 0; s.leg < w->n_legs; s.leg++)
        pay_oldest_first(w, &s, w->share[s.leg]);
}

/* What is due comes before what will be: nobody misses a payment to one parent because the payment
 * to another is near. */
static void run_step(struct work *w, enum allocate_step step)
{
    run_pass(w, step, false);
    if (step == ALLOCATE_ONGOING) run_pass(w, step, true);
}

struct allocated allocate(const struct allocate_order *order,
                          const struct allocate_request *request, struct arena *a)
{
    struct work w    = { .order            = order,
                         .request          = request,
                         .window_end       = date_add_days(request->day, order->window_days + 1),
                         .result.remainder = request->money };
    bool enforcement = false;

    BUG_UNLESS(request->money.p >= 0 && order->n <= ALLOCATE_STEPS);
    work_open(&w, a);
    if (request->fenced) run_step(&w, ALLOCATE_FENCED);
    for (size_t i = 0; i < order->n; i++) {
        enum allocate_step step = order->step[i];
        if (step == ALLOCATE_ENFORCEMENT)
            enforcement = true;
        else if (step != ALLOCATE_FENCED)
            run_step(&w, step);
    }
    if (enforcement) run_step(&w, ALLOCATE_ENFORCEMENT); /* B-229: whatever the order says */
    return w.result;
}
