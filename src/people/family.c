/* family.c: who a family is.  Each group of traits has a stream of draws of its own, so that a
 * change of one leaves the others as they were. */
#include "people/family.h"

#include "people/life.h"

#include <ctype.h>

enum stream_of_traits {
    STREAM_SIZE,
    STREAM_SERVICE,
    STREAM_CHILDREN, /* at: which household */
    STREAM_CASE,
    STREAM_PAYER,
    STREAM_INCOME,
    STREAM_HOUSEHOLD, /* at: which */
    STREAM_ACCOUNT,   /* at: which */
    STREAM_REPORT     /* at: which */
};
enum {
    YEAR_DAYS      = 365,
    YEAR_MONTHS    = 12,
    POUND          = 100,
    NOTICE_LEAST   = 8, /* days from the application to the first day of maintenance */
    NOTICE_SPREAD  = 14,
    PARENT_YEARS   = 17, /* a parent is so much older than the eldest child */
    PARTNERS_APART = 13,
    MONTH_DAYS     = 28,
    POSTCODES      = 9,
    WALES          = 9 /* the row of the weights "region" */
};

void caseload_cut(struct caseload *load, int64_t arrangements)
{
    load->families = INT64_MAX; /* none is the last yet */
    for (int64_t number = 1; load->families == INT64_MAX; number++) {
        int32_t size = family_size(load, number);
        if (size >= arrangements) {
            load->last_size = (int32_t)arrangements;
            load->families  = number;
        }
        arrangements -= size;
    }
}

int32_t family_size(const struct caseload *load, int64_t number)
{
    struct draw d = draw_start(load->seed, number, STREAM_SIZE, 0);
    if (number == load->families) return load->last_size;
    return assumed_row(load->assumptions, ASSUME_RECEIVERS, &d) + 1;
}

static enum family_service service_of(const struct caseload *load, int64_t number)
{
    struct draw d = draw_start(load->seed, number, STREAM_SERVICE, 0);
    return (enum family_service)assumed_row(load->assumptions, ASSUME_SERVICE, &d);
}

static int32_t children_of(const struct caseload *load, int64_t number, int32_t household)
{
    struct draw d         = draw_start(load->seed, number, STREAM_CHILDREN, household);
    enum assumption which = household                                      ? ASSUME_CHILDREN_MORE
                            : service_of(load, number) == FAMILY_COLLECTED ? ASSUME_CHILDREN_COLLECT
                                                                           : ASSUME_CHILDREN_DIRECT;
    return assumed_row(load->assumptions, which, &d) + 1;
}

int32_t family_people(const struct caseload *load, int64_t number)
{
    int32_t households = family_size(load, number), people = 1 + households;

    for (int32_t i = 0; i < households; i++)
        people += children_of(load, number, i);
    return people;
}

/* --- names and places --- */

static const char *last_name(const struct assumptions *a, struct draw *d, struct arena *arena)
{
    const char *begin = assumed_word(a, ASSUME_NAME_BEGIN, d);
    return arena_print(arena, "%s%s", begin, assumed_word(a, ASSUME_NAME_END, d));
}

static const char *first_name(const struct assumptions *a, struct draw *d, bool male)
{
    return assumed_word(a, male ? ASSUME_GIVEN_MALE : ASSUME_GIVEN_FEMALE, d);
}

static const char *address(const struct assumptions *a, struct draw *d, int32_t region,
                           struct arena *arena)
{
    enum { HOUSES = 180, LETTERS = 26 };
    int house          = (int)draw_below(d, HOUSES) + 1;
    const char *street = assumed_word(a, ASSUME_STREETS, d);
    const char *town   = assumed_word(a, ASSUME_TOWNS, d);
    int district       = (int)draw_below(d, POSTCODES) + 1;

    return arena_print(arena, "%d %s, %s, ZZ%d %d%c%c", house, street, town, region + 1, district,
                       'A' + (int)draw_below(d, LETTERS), 'A' + (int)draw_below(d, LETTERS));
}

/* --- a household --- */

static int32_t nights_of(const struct assumptions *a, struct draw *d)
{
    static const struct {
        int32_t least, spread;
    } bands[]    = { { 0, 1 }, { 1, 51 }, { 52, 52 }, { 104, 52 }, { 156, 19 }, { 175, 8 } };
    int32_t band = assumed_row(a, ASSUME_NIGHTS, d);
    return bands[band].least + (int32_t)draw_below(d, bands[band].spread);
}

int32_t family_nights(const struct caseload *load, struct draw *d)
{
    return nights_of(load->assumptions, d);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void household_dates(const struct caseload *load, const struct kin *f, struct household *h,
                            struct draw *d)
{
    int32_t lived = date_days(f->households[0].applied, load->last);

    if (h != f->households) /* a further receiving parent applies some time later */
        h->applied =
            date_add_days(load->last, -(int32_t)least(lived, draw_below(d, f->true_age + 1)));
    h->effective = date_add_days(h->applied, NOTICE_LEAST + (int32_t)draw_below(d, NOTICE_SPREAD));
    h->effective = date_max(h->effective, f->households[0].effective);
    h->decided   = date_add_days(h->applied,
                                 (int32_t)assumed_curve(load->assumptions, ASSUME_DECISION_DAYS, d));
    if (h != f->households)
        h->decided = date_max(h->decided, date_add_days(f->households[0].decided, 1));
    if (h != f->households && !date_before(load->last, f->households[0].decided))
        h->decided = date_min(h->decided, load->last); /* nothing is left half done */
}

static void household_children(const struct caseload *load, const struct kin *f,
                               struct household *h, struct draw *d)
{
    const struct assumptions *a = load->assumptions;
    const char *other_name      = h->receiving.family;

    h->child_count = children_of(load, f->number, (int32_t)(h - f->households));
    for (int32_t i = 0; i < h->child_count; i++) {
        struct somebody *c = &h->children[i];
        c->given           = first_name(a, d, draw_chance(d, 1, 2));
        c->family          = draw_chance(d, 2, 3) ? f->paying.family : other_name;
        c->born = date_add_months(load->last, -(int)assumed_curve(a, ASSUME_CHILD_AGE, d));
        c->born = date_add_days(c->born, -(int32_t)draw_below(d, MONTH_DAYS));
        if (!date_before(c->born, h->applied))
            c->born = date_add_days(h->applied, -1 - (int32_t)draw_below(d, YEAR_DAYS));
        h->nights[i] = i ? h->nights[0] : nights_of(a, d);
    }
}

/* As banks write names: M WEBB. */
static const char *holder(const struct somebody *p, struct arena *arena)
{
    char *text = arena_print(arena, "%c %s", p->given[0], p->family);
    for (char *c = text; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return text;
}

static void household_account(const struct caseload *load, const struct kin *f, int32_t which,
                              struct household *h, struct arena *arena)
{
    enum { ACCOUNTS = 100000000, CENTURY = 100, ROLLS = 1000000 };
    struct draw d = draw_start(load->seed, f->number, STREAM_ACCOUNT, which);
    bool known    = assumed_chance(load->assumptions, ASSUME_ACCOUNT_KNOWN, &d);
    bool society  = assumed_chance(load->assumptions, ASSUME_ROLL, &d);
    int first = (int)draw_below(&d, CENTURY), second = (int)draw_below(&d, CENTURY);
    int number = (int)draw_below(&d, ACCOUNTS), roll = (int)draw_below(&d, ROLLS);

    if (!known) return;
    h->account = arena_print(arena, "99-%02d-%02d %08d %s", first, second, number,
                             holder(&h->receiving, arena));
    if (society) h->roll = arena_print(arena, "R/%06d", roll);
}

int32_t family_employer(const struct kin *f)
{
    struct draw d = draw_start(f->seed, f->number, -1, 0);
    return (int32_t)draw_below(&d, FAMILY_EMPLOYERS) + 1;
}

struct family_report family_report(const struct caseload *load, const struct kin *f,
                                   int32_t household)
{
    struct draw d = draw_start(load->seed, f->number, STREAM_REPORT, household);
    struct family_report r;

    r.reported = assumed_chance(load->assumptions, ASSUME_REPORTED, &d);
    r.agreed   = assumed_chance(load->assumptions, ASSUME_AGREED, &d) && r.reported;
    return r;
}

static void household_make(const struct caseload *load, struct kin *f, int32_t which,
                           struct arena *arena)
{
    const struct assumptions *a = load->assumptions;
    struct household *h         = &f->households[which];
    struct draw d               = draw_start(load->seed, f->number, STREAM_HOUSEHOLD, which);

    h->receiving.given  = first_name(a, &d, !f->male);
    h->receiving.family = last_name(a, &d, arena);
    household_dates(load, f, h, &d);
    household_children(load, f, h, &d);
    h->frequency = assumed_row(a, ASSUME_FREQUENCY, &d);
    h->pay_day   = (int32_t)draw_below(&d, h->frequency ? DATE_WEEK : MONTH_DAYS) + 1;
    h->address   = address(a, &d, f->region, arena);
    household_account(load, f, which, h, arena);
    if (which) { /* one pay day for the whole family: it is one wage */
        h->frequency = f->households[0].frequency;
        h->pay_day   = f->households[0].pay_day;
    }
}

/* --- the paying parent --- */

static void case_make(const struct caseload *load, struct kin *f)
{
    const struct assumptions *a = load->assumptions;
    struct draw d               = draw_start(load->seed, f->number, STREAM_CASE, 0);
    int32_t age                 = (int32_t)assumed_curve(a, ASSUME_CASE_AGE, &d);
    int32_t shortened           = (int32_t)draw_below(&d, YEAR_DAYS);

    f->true_age = age;
    if (age > (load->years + 1) * YEAR_DAYS) age = load->years * YEAR_DAYS + shortened;
    f->households[0].applied = date_add_days(load->last, -age);
    f->northern_ireland      = assumed_chance(a, ASSUME_NORTHERN, &d);
    f->region                = assumed_row(a, ASSUME_REGION, &d);
    f->service               = service_of(load, f->number);
    f->began                 = f->service;
    f->method                = (enum family_method)assumed_row(a, ASSUME_METHOD, &d);
    f->abuse                 = assumed_chance(a, ASSUME_ABUSE, &d);
    f->default_first         = assumed_chance(a, ASSUME_DEFAULT_FIRST, &d);
    f->ended = assumed_chance(a, ASSUME_ARREARS_ONLY, &d) && f->service == FAMILY_COLLECTED;
    f->welsh = assumed_chance(a, ASSUME_WELSH, &d) && f->region == WALES && !f->northern_ireland;
}

static void income_make(const struct caseload *load, struct kin *f)
{
    const struct assumptions *a = load->assumptions;
    struct draw d               = draw_start(load->seed, f->number, STREAM_INCOME, 0);
    bool direct                 = f->service == FAMILY_DIRECT_PAY;
    bool by_chance = assumed_chance(a, direct ? ASSUME_BENEFIT_DIRECT : ASSUME_BENEFIT_COLLECT, &d);

    f->income =
        assumed_curve(a, direct ? ASSUME_INCOME_DIRECT : ASSUME_INCOME_COLLECT, &d) * POUND +
        draw_below(&d, POUND);
    if (!direct && f->method == METHOD_STANDING_ORDER_DEFAULT)
        f->income = f->income * assumed_number(a, ASSUME_INCOME_DEFAULT) / PER_MILLE;
    if (assumed_chance(a, ASSUME_PENSION, &d))
        f->pension = f->income / PER_MILLE * assumed_curve(a, ASSUME_PENSION_PART, &d);
    f->other_children = assumed_row(a, ASSUME_OTHER_CHILDREN, &d);
    f->prisoner       = assumed_chance(a, ASSUME_PRISONER, &d);
    f->benefit_weekly = assumed_number(a, ASSUME_BENEFIT_WEEKLY);
    f->on_benefit     = by_chance;
    if (!direct && f->method == METHOD_BENEFITS) f->on_benefit = true;
    if (!direct && f->method == METHOD_EARNINGS) f->on_benefit = false;
    if (f->on_benefit) f->prisoner = false;
}

static void payer_make(const struct caseload *load, struct kin *f, struct arena *arena)
{
    enum { ACCOUNTS = 100000000, SORT_CODES = 10000 };
    const struct assumptions *a = load->assumptions;
    struct draw d               = draw_start(load->seed, f->number, STREAM_PAYER, 0);
    int32_t months              = (int32_t)assumed_curve(a, ASSUME_PAYER_AGE, &d) * YEAR_MONTHS +
                     (int32_t)draw_below(&d, YEAR_MONTHS);

    f->male          = assumed_chance(a, ASSUME_PAYER_MALE, &d);
    f->paying.given  = first_name(a, &d, f->male);
    f->paying.family = last_name(a, &d, arena);
    f->paying.born =
        date_add_days(date_add_months(load->last, -months), -(int32_t)draw_below(&d, MONTH_DAYS));
    f->address = address(a, &d, f->region, arena);
    f->account = arena_print(arena, "99%04d%08d", (int)draw_below(&d, SORT_CODES),
                             (int)draw_below(&d, ACCOUNTS));
}

/* Parents are older than their children. */
static void ages_settle(struct kin *f)
{
    for (int32_t i = 0; i < f->household_count; i++) {
        struct household *h = &f->households[i];
        date eldest         = h->children[0].born;
        for (int32_t k = 1; k < h->child_count; k++)
            eldest = date_min(eldest, h->children[k].born);
        date adult = date_add_months(eldest, -PARENT_YEARS * YEAR_MONTHS);
        if (date_before(adult, f->paying.born)) f->paying.born = adult;
        struct draw d = draw_start(f->seed, f->number, STREAM_PAYER, 1 + i);
        int apart =
            (int)draw_below(&d, PARTNERS_APART * YEAR_MONTHS) - PARTNERS_APART * YEAR_MONTHS / 2;
        h->receiving.born = date_add_months(f->paying.born, apart);
        if (date_before(adult, h->receiving.born)) h->receiving.born = adult;
    }
}

struct kin *family_make(const struct caseload *load, int64_t number, struct arena *arena)
{
    struct kin *f = ARENA_NEW(arena, struct kin);

    f->seed   = load->seed;
    f->number = number;
    case_make(load, f);
    income_make(load, f);
    payer_make(load, f, arena);
    f->household_count = family_size(load, number);
    for (int32_t i = 0; i < f->household_count; i++)
        household_make(load, f, i, arena);
    ages_settle(f);
    life_make(load, f, arena);
    return f;
}
