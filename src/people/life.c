/* life.c: what changes in a family's life, and how they pay. */
#include "people/life.h"

enum stream_of_life {
    STREAM_CHANGES = 100, /* at: the month */
    STREAM_SWITCH,
    STREAM_END,
    STREAM_REVIEW,    /* at: the year */
    STREAM_BEHAVIOUR, /* at: the month */
    STREAM_PAYMENT,   /* at: the due day */
    STREAM_ARREARS    /* at: the month */
};
enum {
    YEAR_MONTHS    = 12,
    QUARTER_DAYS   = 91,
    CHANGES_MOST   = 400,
    SETTLED_DAYS   = 40, /* after the decision before anything changes */
    SWITCH_AFTER   = 45,
    END_AFTER      = 75,
    FIGURE_AFTER   = 60, /* days from a default decision to the figure, and up to as many more */
    REVIEW_AHEAD   = 8,  /* the review is decided so many days before it counts, and up to ... */
    REVIEW_SPREAD  = 12,
    SUSPENSE_DAYS  = 60,
    RETURN_LEAST   = 2,
    RETURN_SPREAD  = 4,
    QUARTERS_MOST  = 60,
    MONTH_PAY_DAYS = 28,
    POUND          = 100,
};

/* --- changes --- */

static void change_add(struct kin *f, struct family_change change)
{
    size_t i = f->change_count;

    if (f->change_count == CHANGES_MOST) return;
    f->change_count++;
    for (; i > 0 && date_before(change.day, f->changes[i - 1].day); i--)
        f->changes[i] = f->changes[i - 1];
    f->changes[i] = change;
}

/* The day on which a case now collected came from Direct Pay, looked for backwards. */
static void switch_make(const struct caseload *load, struct kin *f)
{
    const struct assumptions *a = load->assumptions;
    struct draw d               = draw_start(load->seed, f->number, STREAM_SWITCH, 0);
    date day                    = load->last;

    if (f->service != FAMILY_COLLECTED) return;
    for (int i = 0; i < QUARTERS_MOST && !assumed_chance(a, ASSUME_SWITCH, &d); i++)
        day = date_add_days(day, -QUARTER_DAYS);
    day = date_add_days(day, -(int32_t)draw_below(&d, QUARTER_DAYS));
    if (date_before(day, date_add_days(f->households[0].decided, SWITCH_AFTER))) return;
    f->began = FAMILY_DIRECT_PAY;
    change_add(f, (struct family_change){ .kind = CHANGE_TO_COLLECTION, .day = day });
}

static date last_decided(const struct kin *f)
{
    date day = f->households[0].decided;
    for (int32_t i = 1; i < f->household_count; i++)
        day = date_max(day, f->households[i].decided);
    return day;
}

/* The day on which the children of a case that is arrears by now ceased to qualify. */
static void end_make(const struct caseload *load, struct kin *f)
{
    struct draw d = draw_start(load->seed, f->number, STREAM_END, 0);
    date from     = date_add_days(last_decided(f), END_AFTER);

    for (size_t i = 0; i < f->change_count; i++)
        from = date_max(from, date_add_days(f->changes[i].day, END_AFTER));
    f->ended &= date_before(from, load->last);
    if (!f->ended) return;
    date day = date_add_days(from, (int32_t)draw_below(&d, date_days(from, load->last)));
    for (int32_t i = 0; i < f->household_count; i++)
        change_add(
            f, (struct family_change){ .kind = CHANGE_CHILDREN_GO, .day = day, .household = i });
}

static date end_of(const struct caseload *load, const struct kin *f)
{
    for (size_t i = 0; i < f->change_count; i++)
        if (f->changes[i].kind == CHANGE_CHILDREN_GO) return f->changes[i].day;
    return date_add_days(load->last, 1);
}

/* Where the first decision is a default decision; the day on which it is replaced. */
static date figure_make(const struct caseload *load, struct kin *f, struct draw *d)
{
    date day = date_add_days(f->households[0].decided,
                             FIGURE_AFTER + (int32_t)draw_below(d, FIGURE_AFTER));
    if (!f->default_first || f->on_benefit || f->prisoner) {
        f->default_first = false;
        return f->households[0].decided;
    }
    if (!date_before(load->last, day))
        change_add(f, (struct family_change){
                          .kind = CHANGE_FIGURE_FOUND, .day = day, .value = f->income });
    return day;
}

static bool monthly(const struct assumptions *a, enum assumption which, struct draw *d)
{
    return draw_chance(d, assumed_number(a, which), (int64_t)PER_MILLE * YEAR_MONTHS);
}

static void month_make(const struct caseload *load, struct kin *f, date day)
{
    const struct assumptions *a = load->assumptions;
    struct draw d               = draw_start(load->seed, f->number, STREAM_CHANGES, day.d);
    struct family_change c      = { .day = day };
    bool lost = monthly(a, ASSUME_JOB_LOSS, &d), raised = monthly(a, ASSUME_INCOME_CHANGE, &d);
    bool nights  = monthly(a, ASSUME_NIGHTS_CHANGE, &d);
    bool born    = monthly(a, ASSUME_OTHER_CHILD, &d);
    bool dispute = monthly(a, ASSUME_DISPUTED, &d);

    if (lost && !f->on_benefit && !f->prisoner && f->method != METHOD_EARNINGS) {
        c.kind = CHANGE_JOB_LOST;
        change_add(f, c);
    } else if (raised && !f->on_benefit && !f->prisoner) {
        c.kind  = CHANGE_INCOME;
        c.value = f->income / PER_MILLE * assumed_curve(a, ASSUME_INCOME_FACTOR, &d);
        change_add(f, c);
    }
    if (nights) {
        c.kind      = CHANGE_NIGHTS;
        c.household = (int32_t)draw_below(&d, f->household_count);
        c.child     = (int32_t)draw_below(&d, f->households[c.household].child_count);
        c.value     = family_nights(load, &d);
        if (!date_before(day, date_add_days(f->households[c.household].decided, SETTLED_DAYS)))
            change_add(f, c);
        c.household = 0;
    }
    if (born) {
        c.kind  = CHANGE_OTHER_CHILD;
        c.value = f->other_children + 1;
        change_add(f, c);
    }
    if (dispute) {
        c.kind = CHANGE_DISPUTE;
        change_add(f, c);
    }
}

static void reviews_make(const struct caseload *load, struct kin *f, date end)
{
    const struct household *h = &f->households[0];
    int64_t income            = f->income;

    for (int year = 1;; year++) {
        struct draw d = draw_start(load->seed, f->number, STREAM_REVIEW, year);
        date counts   = date_add_months(h->effective, year * YEAR_MONTHS);
        date day = date_add_days(counts, -REVIEW_AHEAD - (int32_t)draw_below(&d, REVIEW_SPREAD));
        income   = income / PER_MILLE * assumed_curve(load->assumptions, ASSUME_REVIEW_FACTOR, &d);
        if (date_before(load->last, day) || !date_before(counts, end)) return;
        if (date_before(day, date_add_days(h->decided, 1))) continue;
        change_add(f,
                   (struct family_change){
                       .kind = CHANGE_REVIEW, .day = day, .anniversary = counts, .value = income });
    }
}

void life_make(const struct caseload *load, struct kin *f, struct arena *arena)
{
    struct draw spread = draw_start(load->seed, f->number, STREAM_CHANGES, 0);

    f->changes = ARENA_MANY(arena, struct family_change, CHANGES_MOST);
    switch_make(load, f);
    end_make(load, f);
    date end = end_of(load, f);
    date day = date_add_days(figure_make(load, f, &spread),
                             SETTLED_DAYS + (int32_t)draw_below(&spread, MONTH_PAY_DAYS));
    for (; date_before(day, end) && !date_before(load->last, day); day = date_add_months(day, 1))
        month_make(load, f, day);
    reviews_make(load, f, end);
}

/* --- paying --- */

static int32_t month_of(date day)
{
    struct date_ymd s = date_split(day);
    return s.year * YEAR_MONTHS + s.month;
}

static enum behaviour behaviour_drawn(const struct caseload *load, const struct kin *f,
                                      struct draw *d)
{
    enum { TRIES = 40 };
    static const enum assumption of_method[] = {
        [METHOD_DIRECT_DEBIT]           = ASSUME_BEHAVIOUR_DEBIT,
        [METHOD_STANDING_ORDER]         = ASSUME_BEHAVIOUR_ORDER,
        [METHOD_STANDING_ORDER_DEFAULT] = ASSUME_BEHAVIOUR_DEFAULT,
        [METHOD_CARD]                   = ASSUME_BEHAVIOUR_CARD,
        [METHOD_EARNINGS]               = ASSUME_BEHAVIOUR_EARNINGS,
        [METHOD_BENEFITS]               = ASSUME_BEHAVIOUR_BENEFITS,
    };

    for (int i = 0; i < TRIES; i++) {
        int32_t b = assumed_row(load->assumptions, of_method[f->method], d);
        if (!f->ended || b > BEHAVIOUR_LATE) return (enum behaviour)b;
    }
    return BEHAVIOUR_NEVER;
}

enum behaviour family_behaviour(const struct caseload *load, const struct kin *f, date day)
{
    int32_t first = month_of(f->households[0].applied);

    for (int32_t month = month_of(day);; month--) {
        struct draw d = draw_start(load->seed, f->number, STREAM_BEHAVIOUR, month);
        bool changes  = assumed_chance(load->assumptions, ASSUME_BEHAVIOUR_CHANGE, &d);
        if (changes || month <= first) return behaviour_drawn(load, f, &d);
    }
}

/* Days from the due day on which somebody who pays on time pays, by method. */
static int32_t usual_delay(const struct kin *f, struct draw *d)
{
    switch (f->method) {
    case METHOD_DIRECT_DEBIT: return 0;
    case METHOD_EARNINGS: return 2 + (int32_t)draw_below(d, DATE_WEEK);
    case METHOD_BENEFITS: return (int32_t)draw_below(d, 3);
    case METHOD_STANDING_ORDER:
    case METHOD_STANDING_ORDER_DEFAULT:
    case METHOD_CARD: break;
    }
    return (int32_t)draw_below(d, 3) - 2;
}

struct family_payment family_payment(const struct caseload *load, const struct kin *f, date due)
{
    const struct assumptions *a = load->assumptions;
    struct draw d               = draw_start(load->seed, f->number, STREAM_PAYMENT, due.d);
    struct family_payment p     = { .pays = true, .part = PER_MILLE };
    enum behaviour b            = family_behaviour(load, f, due);
    int32_t late                = (int32_t)assumed_curve(a, ASSUME_LATE_DAYS, &d);

    p.delay = usual_delay(f, &d);
    if (b == BEHAVIOUR_LATE) p.delay = late;
    if (b == BEHAVIOUR_IRREGULAR) p.delay = late / 2;
    if (b == BEHAVIOUR_SHORT) p.part = (int32_t)assumed_curve(a, ASSUME_SHORT_PART, &d);
    if (b == BEHAVIOUR_IRREGULAR) p.pays = assumed_chance(a, ASSUME_IRREGULAR_PAYS, &d);
    if (b == BEHAVIOUR_NEVER) p.pays = false;
    if (f->method == METHOD_DIRECT_DEBIT && assumed_chance(a, ASSUME_RETURNED, &d))
        p.returned = RETURN_LEAST + (int32_t)draw_below(&d, RETURN_SPREAD);
    p.unreadable = date_before(date_add_days(load->last, -SUSPENSE_DAYS), due) &&
                   assumed_chance(a, ASSUME_SUSPENSE, &d);
    if (p.unreadable) p.returned = 0;
    return p;
}

int64_t family_arrears_payment(const struct caseload *load, const struct kin *f, date month,
                               date *day)
{
    struct date_ymd s = date_split(month);
    struct draw d     = draw_start(load->seed, f->number, STREAM_ARREARS, month_of(month));

    *day = date_make(s.year, s.month, 1 + (int)draw_below(&d, MONTH_PAY_DAYS));
    if (!assumed_chance(load->assumptions, ASSUME_ARREARS_PAYS, &d)) return 0;
    return assumed_curve(load->assumptions, ASSUME_ARREARS_AMOUNT, &d) * POUND;
}
