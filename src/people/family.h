/* family.h: who is in family i of a seed, what will happen to them, and how they pay: a function of
 * (assumptions, seed, i) and of nothing else.  Nothing here knows what is owed: the law and the
 * ledger say that. */
#pragma once
#include "people/assumptions.h"

enum { HOUSEHOLDS_MOST = 4, CHILDREN_MOST = 5 };

enum family_service { FAMILY_DIRECT_PAY, FAMILY_COLLECTED };
/* In the order of the weights "method", "frequency" and "behaviour_...". */
enum family_method {
    METHOD_DIRECT_DEBIT,
    METHOD_STANDING_ORDER,
    METHOD_STANDING_ORDER_DEFAULT,
    METHOD_CARD,
    METHOD_EARNINGS,
    METHOD_BENEFITS
};
enum behaviour {
    BEHAVIOUR_ON_TIME,
    BEHAVIOUR_LATE,
    BEHAVIOUR_SHORT,
    BEHAVIOUR_IRREGULAR,
    BEHAVIOUR_NEVER
};

struct somebody {
    const char *given, *family;
    date born;
};

/* A receiving parent and the children with them: one arrangement. */
struct household {
    struct somebody receiving;
    date applied, effective, decided;
    struct somebody children[CHILDREN_MOST];
    int32_t nights[CHILDREN_MOST];
    int32_t child_count;
    int32_t frequency; /* a row of the weights "frequency" */
    int32_t pay_day;   /* day of the month, or of the week from Monday, 1 */
    const char *address;
    const char *account; /* "99-12-34 12345678 M WEBB"; NULL: the service does not know it */
    const char *roll;    /* a building society's number; NULL: none */
};

/* Something that changes, on the day the service is told. */
enum family_change_kind {
    CHANGE_INCOME,      /* value: current yearly income in pence */
    CHANGE_JOB_LOST,    /* a benefit from now on */
    CHANGE_NIGHTS,      /* value: nights of household's child */
    CHANGE_OTHER_CHILD, /* value: how many there are now */
    CHANGE_TO_COLLECTION,
    CHANGE_FIGURE_FOUND, /* value: yearly income in pence, where a default decision stood */
    CHANGE_DISPUTE,
    CHANGE_CHILDREN_GO, /* the household's children cease to qualify; day: the day they do */
    CHANGE_REVIEW /* value: HMRC's yearly figure in pence; anniversary: the day it counts from */
};
struct family_change {
    enum family_change_kind kind;
    date day, anniversary;
    int64_t value;
    int32_t household, child;
};

struct kin {
    uint64_t seed;
    int64_t number;
    struct somebody paying;
    const char *address, *account;
    bool male, northern_ireland, welsh, abuse, prisoner, default_first, on_benefit;
    int32_t region;
    int32_t true_age;            /* days; the case is lived for fewer if it is old */
    enum family_service service; /* now */
    enum family_service began;   /* at first */
    enum family_method method;   /* when collected */
    bool ended;                  /* the children ceased to qualify and arrears are owed */
    int64_t income, pension;     /* pence a year */
    int64_t benefit_weekly;      /* pence */
    int32_t other_children;
    struct household households[HOUSEHOLDS_MOST];
    int32_t household_count;
    struct family_change *changes; /* by day */
    size_t change_count;
};

struct caseload {
    const struct assumptions *assumptions;
    uint64_t seed;
    date last;     /* the last day lived */
    int32_t years; /* older cases begin in the year before so many */
    int64_t families;
    int32_t last_size; /* arrangements of the last family, cut to make the number asked for */
};

/* Works out how many families make so many arrangements (at least 1), and the last one's size. */
void caseload_cut(struct caseload *load, int64_t arrangements);
/* How many arrangements family number (from 1) has. */
int32_t family_size(const struct caseload *load, int64_t number);
/* How many people it has, everybody. */
int32_t family_people(const struct caseload *load, int64_t number);
/* Which employer pays somebody whose maintenance comes from earnings: 1 to FAMILY_EMPLOYERS. */
enum { FAMILY_EMPLOYERS = 900 };
int32_t family_employer(const struct kin *f);
/* On the last day: whether the receiving parent of a household reports a missed payment of Direct
 * Pay, and whether both parents then ask for collection. */
struct family_report {
    bool reported, agreed;
};
struct family_report family_report(const struct caseload *load, const struct kin *f,
                                   int32_t household);
struct kin *family_make(const struct caseload *load, int64_t number, struct arena *arena);

enum behaviour family_behaviour(const struct caseload *load, const struct kin *f, date day);

/* What comes of an instalment (or several, that fall due on one day). */
struct family_payment {
    bool pays;
    int32_t delay;    /* days after the due day, or below zero before it */
    int32_t part;     /* per mille of what is due */
    bool unreadable;  /* no reference, no known account: suspense */
    int32_t returned; /* days after which the bank takes it back; 0: never */
};
struct family_payment family_payment(const struct caseload *load, const struct kin *f, date due);
/* What somebody whose liability has ended pays in a month (any day of it): pence, or 0, and on
 * which day. */
int64_t family_arrears_payment(const struct caseload *load, const struct kin *f, date month,
                               date *day);
