/* assumptions.h: what is assumed about a caseload, read from a text file that a statistician can
 * read and change (data/caseload.assumptions, compiled in; doc/generate.md has the form).  Each
 * number in it says where it comes from.
 *
 * The program fixes which assumptions there are, of what kind, and the words of their rows; the
 * file gives all of them, each once, or is refused with its name and line. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/text.h"
#include "people/draw.h"

#include <stddef.h>
#include <stdint.h>

/* A number; shares that are drawn from; a curve of quantiles; words; a day. */
enum assumption_kind { ASSUMED_NUMBER, ASSUMED_WEIGHTS, ASSUMED_CURVE, ASSUMED_WORDS, ASSUMED_DAY };

#define PER_MILLE 1000

/* ASSUMPTION(constant, name in the file, kind, words of the rows or unit of the value) */
#define ASSUMPTION_TABLE                                                                           \
    ASSUMPTION(LAST_DAY, "last_day", DAY, "")                                                      \
    ASSUMPTION(RECEIVERS, "receiving_parents", WEIGHTS, "one two three four")                      \
    ASSUMPTION(CHILDREN_DIRECT, "children_direct_pay", WEIGHTS, "one two three four five")         \
    ASSUMPTION(CHILDREN_COLLECT, "children_collect_and_pay", WEIGHTS, "one two three four five")   \
    ASSUMPTION(CHILDREN_MORE, "children_of_further_parents", WEIGHTS, "one two three four five")   \
    ASSUMPTION(CHILD_AGE, "age_of_child", CURVE, "months")                                         \
    ASSUMPTION(PAYER_AGE, "age_of_paying_parent", CURVE, "years")                                  \
    ASSUMPTION(PAYER_MALE, "paying_parent_male", NUMBER, "per_mille")                              \
    ASSUMPTION(CASE_AGE, "age_of_case", CURVE, "days")                                             \
    ASSUMPTION(DECISION_DAYS, "application_to_decision", CURVE, "days")                            \
    ASSUMPTION(REGION, "region", WEIGHTS,                                                          \
               "north_east north_west yorkshire east_midlands west_midlands east london "          \
               "south_east south_west wales scotland")                                             \
    ASSUMPTION(NORTHERN, "northern_ireland", NUMBER, "per_mille")                                  \
    ASSUMPTION(SERVICE, "service", WEIGHTS, "direct_pay collect_and_pay")                          \
    ASSUMPTION(ARREARS_ONLY, "collection_ended_with_arrears", NUMBER, "per_mille")                 \
    ASSUMPTION(METHOD, "method", WEIGHTS,                                                          \
               "direct_debit standing_order standing_order_default card earnings benefits")        \
    ASSUMPTION(SWITCH, "direct_pay_to_collection", NUMBER, "per_mille_a_quarter")                  \
    ASSUMPTION(FREQUENCY, "frequency", WEIGHTS, "monthly weekly two_weekly four_weekly")           \
    ASSUMPTION(NIGHTS, "nights", WEIGHTS,                                                          \
               "none under_52 one_in_seven two_in_seven three_in_seven half")                      \
    ASSUMPTION(OTHER_CHILDREN, "other_children", WEIGHTS, "none one two three")                    \
    ASSUMPTION(BENEFIT_DIRECT, "benefit_direct_pay", NUMBER, "per_mille")                          \
    ASSUMPTION(BENEFIT_COLLECT, "benefit_collect_and_pay", NUMBER, "per_mille")                    \
    ASSUMPTION(INCOME_DIRECT, "income_direct_pay", CURVE, "pounds_a_year")                         \
    ASSUMPTION(INCOME_COLLECT, "income_collect_and_pay", CURVE, "pounds_a_year")                   \
    ASSUMPTION(INCOME_DEFAULT, "income_standing_order_default", NUMBER, "per_mille")               \
    ASSUMPTION(BENEFIT_WEEKLY, "benefit_weekly", NUMBER, "pence_a_week")                           \
    ASSUMPTION(PRISONER, "prisoner", NUMBER, "per_mille")                                          \
    ASSUMPTION(PENSION, "pension_contributions", NUMBER, "per_mille")                              \
    ASSUMPTION(PENSION_PART, "pension_part_of_income", CURVE, "per_mille")                         \
    ASSUMPTION(DEFAULT_FIRST, "default_decision_first", NUMBER, "per_mille")                       \
    ASSUMPTION(BEHAVIOUR_DEBIT, "behaviour_direct_debit", WEIGHTS,                                 \
               "on_time late short irregular never")                                               \
    ASSUMPTION(BEHAVIOUR_ORDER, "behaviour_standing_order", WEIGHTS,                               \
               "on_time late short irregular never")                                               \
    ASSUMPTION(BEHAVIOUR_DEFAULT, "behaviour_standing_order_default", WEIGHTS,                     \
               "on_time late short irregular never")                                               \
    ASSUMPTION(BEHAVIOUR_CARD, "behaviour_card", WEIGHTS, "on_time late short irregular never")    \
    ASSUMPTION(BEHAVIOUR_EARNINGS, "behaviour_earnings", WEIGHTS,                                  \
               "on_time late short irregular never")                                               \
    ASSUMPTION(BEHAVIOUR_BENEFITS, "behaviour_benefits", WEIGHTS,                                  \
               "on_time late short irregular never")                                               \
    ASSUMPTION(BEHAVIOUR_CHANGE, "behaviour_changes", NUMBER, "per_mille_a_month")                 \
    ASSUMPTION(LATE_DAYS, "days_late", CURVE, "days")                                              \
    ASSUMPTION(SHORT_PART, "short_part", CURVE, "per_mille")                                       \
    ASSUMPTION(IRREGULAR_PAYS, "irregular_pays", NUMBER, "per_mille")                              \
    ASSUMPTION(ARREARS_PAYS, "arrears_only_pays", NUMBER, "per_mille_a_month")                     \
    ASSUMPTION(ARREARS_AMOUNT, "arrears_only_amount", CURVE, "pounds_a_month")                     \
    ASSUMPTION(RETURNED, "returned_payments", NUMBER, "per_mille")                                 \
    ASSUMPTION(SUSPENSE, "payments_to_suspense", NUMBER, "per_mille")                              \
    ASSUMPTION(MATCHED, "suspense_matched", NUMBER, "per_mille")                                   \
    ASSUMPTION(DISPUTED, "disputes", NUMBER, "per_mille_a_year")                                   \
    ASSUMPTION(ABUSE, "domestic_abuse", NUMBER, "per_mille")                                       \
    ASSUMPTION(INCOME_CHANGE, "income_changes", NUMBER, "per_mille_a_year")                        \
    ASSUMPTION(INCOME_FACTOR, "income_change_to", CURVE, "per_mille")                              \
    ASSUMPTION(REVIEW_FACTOR, "review_income_to", CURVE, "per_mille")                              \
    ASSUMPTION(NIGHTS_CHANGE, "nights_changes", NUMBER, "per_mille_a_year")                        \
    ASSUMPTION(OTHER_CHILD, "other_child_born", NUMBER, "per_mille_a_year")                        \
    ASSUMPTION(JOB_LOSS, "job_losses", NUMBER, "per_mille_a_year")                                 \
    ASSUMPTION(WELSH, "letters_in_welsh", NUMBER, "per_mille")                                     \
    ASSUMPTION(ACCOUNT_KNOWN, "receiving_account_known", NUMBER, "per_mille")                      \
    ASSUMPTION(ROLL, "building_society_account", NUMBER, "per_mille")                              \
    ASSUMPTION(REPORTED, "direct_pay_default_reported", NUMBER, "per_mille")                       \
    ASSUMPTION(AGREED, "default_agreed_to_collection", NUMBER, "per_mille")                        \
    ASSUMPTION(GIVEN_MALE, "given_names_male", WORDS, "")                                          \
    ASSUMPTION(GIVEN_FEMALE, "given_names_female", WORDS, "")                                      \
    ASSUMPTION(NAME_BEGIN, "family_name_beginnings", WORDS, "")                                    \
    ASSUMPTION(NAME_END, "family_name_endings", WORDS, "")                                         \
    ASSUMPTION(STREETS, "streets", WORDS, "")                                                      \
    ASSUMPTION(TOWNS, "towns", WORDS, "")

enum assumption {
#define ASSUMPTION(constant, name, kind, words) ASSUME_##constant,
    ASSUMPTION_TABLE
#undef ASSUMPTION
        ASSUMPTIONS
};

struct assumption_form {
    const char *name;
    enum assumption_kind kind;
    const char *words; /* of weights: one for each row, parted by spaces; else the unit */
};
extern const struct assumption_form assumption_table[ASSUMPTIONS];

/* Where a number comes from. */
enum source_kind { SOURCE_NONE, SOURCE_PUBLISHED, SOURCE_DERIVED, SOURCE_ASSUMED };
struct source {
    enum source_kind kind;
    const char *text; /* the series, its period and who published it; or how it was worked out */
};

struct assumption_row {
    int64_t at, value; /* of weights, at is the row's place; of a curve, per mille of cases */
};
struct assumed {
    int line; /* of the record in the file; 0: not given */
    struct source source;
    const struct assumption_row *rows;
    const char **words;
    size_t n;
    int64_t total; /* of weights: their sum; of a number: it; of a day: it */
};

/* What can be measured of a caseload, and so be a target: MEASURE(constant, name in the file) */
#define MEASURE_TABLE                                                                              \
    MEASURE(DIRECT_PAY, "direct_pay")                                                              \
    MEASURE(COLLECT_AND_PAY, "collect_and_pay")                                                    \
    MEASURE(NOT_DECIDED, "not_decided")                                                            \
    MEASURE(ARRANGEMENTS, "arrangements_per_payer")                                                \
    MEASURE(CHILDREN_DIRECT, "children_direct_pay")                                                \
    MEASURE(CHILDREN_COLLECT, "children_collect_and_pay")                                          \
    MEASURE(ONE_CHILD, "one_child")                                                                \
    MEASURE(ONE_ARRANGEMENT, "one_arrangement")                                                    \
    MEASURE(AGED, "aged_30_to_50")                                                                 \
    MEASURE(LOW_INCOME, "low_income")                                                              \
    MEASURE(ON_BENEFIT, "on_benefit")                                                              \
    MEASURE(NORTHERN, "northern_ireland")                                                          \
    MEASURE(INTAKE, "intake")                                                                      \
    MEASURE(FROM_DIRECT, "from_direct_pay")                                                        \
    MEASURE(DUE_TO_PAY, "due_to_pay")                                                              \
    MEASURE(PAID_NOTHING, "paid_nothing")                                                          \
    MEASURE(PAID_SOME, "paid_up_to_90")                                                            \
    MEASURE(PAID_OVER, "paid_over_90")                                                             \
    MEASURE(PAID_OF_DUE, "paid_of_due")                                                            \
    MEASURE(DUE_A_PAYER, "due_a_payer")                                                            \
    MEASURE(ARRANGED, "arranged_direct_pay")                                                       \
    MEASURE(METHOD_EARNINGS, "method_earnings")                                                    \
    MEASURE(METHOD_BENEFITS, "method_benefits")                                                    \
    MEASURE(METHOD_OTHER, "method_other")                                                          \
    MEASURE(NOTHING_EARNINGS, "nothing_earnings")                                                  \
    MEASURE(NOTHING_BENEFITS, "nothing_benefits")                                                  \
    MEASURE(NOTHING_OTHER, "nothing_other")                                                        \
    MEASURE(OWED_OF_DUE, "owed_of_due")                                                            \
    MEASURE(ABUSE, "abuse")

enum measure {
#define MEASURE(constant, name) MEASURE_##constant,
    MEASURE_TABLE
#undef MEASURE
        MEASURES
};
extern const char *const measure_names[MEASURES];

/* A published figure the caseload is held against.  Figure and tolerance in thousandths. */
struct target {
    enum measure measure;
    const char *label, *unit;
    int64_t figure, tolerance;
    struct source source;
    int line;
};
enum { TARGETS_MOST = 64 };

struct assumptions {
    struct assumed at[ASSUMPTIONS];
    struct target targets[TARGETS_MOST];
    size_t target_count;
};

extern const struct span assumptions_builtin; /* the text of data/caseload.assumptions */

/* Reads a text; `name` stands in front of what is wrong.  Everything is the arena's. */
bool assumptions_read(const char *name, struct span text, struct arena *arena,
                      struct assumptions *result, struct fail *fail);

int64_t assumed_number(const struct assumptions *a, enum assumption which);
/* The place of a row, as often as its weight says. */
int32_t assumed_row(const struct assumptions *a, enum assumption which, struct draw *d);
/* A value of a curve, in a straight line between its points. */
int64_t assumed_curve(const struct assumptions *a, enum assumption which, struct draw *d);
const char *assumed_word(const struct assumptions *a, enum assumption which, struct draw *d);
/* True in so many of a thousand cases as the number says. */
bool assumed_chance(const struct assumptions *a, enum assumption which, struct draw *d);
