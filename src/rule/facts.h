/* facts.h: what the calculation is given and what it answers.  Rule numbers: law/rules.law; the
 * meaning of each member is contracts of `upkeep assess` (doc/assess.md). */
#pragma once
#include "base/money.h"

#include <stdbool.h>
#include <stdint.h>

enum circumstance { /* */
                    CIRCUMSTANCE_NONE,
                    CIRCUMSTANCE_CHILD,
                    CIRCUMSTANCE_PRISONER,
                    CIRCUMSTANCE_YOUTH_TRAINEE,
                    CIRCUMSTANCE_CARE_HOME_RESIDENT,
                    CIRCUMSTANCE_YOUNG_PERSON_ON_BENEFIT,
                    CIRCUMSTANCES
};
enum benefit { BENEFIT_NONE, BENEFIT_OWN, BENEFIT_OWN_OR_PARTNER, BENEFITS }; /* */
enum ground {                                                                 /* */
              GROUND_CONTACT_COSTS,
              GROUND_ILLNESS_OR_DISABILITY,
              GROUND_PRIOR_DEBTS,
              GROUND_BOARDING_SCHOOL_FEES,
              GROUND_MORTGAGE,
              GROUND_UNEARNED_INCOME,
              GROUND_ASSETS,
              GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT,
              GROUND_DIVERTED_INCOME,
              GROUNDS
};
enum variation_unit { VARIATION_NONE, VARIATION_WEEKLY, VARIATION_ANNUAL, VARIATION_ASSET_VALUE };
enum income_basis {
    INCOME_BASIS_NONE,
    INCOME_BASIS_GIVEN,
    INCOME_BASIS_HISTORIC,
    INCOME_BASIS_CURRENT,
    INCOME_BASIS_DEFAULT,
    INCOME_BASES
};
enum rate {
    RATE_NIL,
    RATE_FLAT,
    RATE_REDUCED,
    RATE_BASIC,
    RATE_BASIC_PLUS,
    RATE_DEFAULT,
    RATE_NO_LIABILITY,
    RATES
};

struct rule_child {
    int32_t nights;                 /* with the paying parent, 0 to 366 */
    int32_t local_authority_nights; /* 0 to 366 */
};
struct rule_receiver {
    bool equal_care;     /* the paying parent cares as much or more */
    int32_t first_child; /* index into rule_facts.children */
    int32_t child_count; /* at least 1 */
};
struct rule_variation {
    enum variation_unit unit; /* VARIATION_NONE: the ground is not given */
    money amount;
};
struct rule_income {
    bool has_weekly, has_historic, has_current;
    money weekly, historic_annual, current_annual, pension_contributions_annual;
};
struct rule_facts {
    bool default_decision; /* */
    enum circumstance circumstance;
    enum benefit benefit;
    bool partner_also_liable; /* */
    bool has_benefit_weekly;
    money benefit_weekly; /* */
    struct rule_income income;
    int32_t relevant_other_children;       /* */
    int32_t other_arrangement_children;    /* */
    const struct rule_receiver *receivers; /* order is kept */
    int32_t receiver_count;
    const struct rule_child *children;
    int32_t child_count;
    struct rule_variation variations[GROUNDS];
};

/* The answer.  weekly[] belongs to the caller: one place for each receiver, in their order. */
struct award {
    enum income_basis basis;
    bool has_income;           /* false for a default decision */
    money gross_weekly_income; /* rounded half up for display; after variations and cap */
    enum rate rate;
    money weekly_total;
    money *weekly;
};

/* The words of the interface for each enum value, e.g. "basic_plus". */
extern const char *const circumstance_words[CIRCUMSTANCES];
extern const char *const benefit_words[BENEFITS];
extern const char *const ground_words[GROUNDS];
extern const char *const income_basis_words[INCOME_BASES];
extern const char *const rate_words[RATES];
