/* facts.c: the interface's words for the enums of facts.h. */
#include "rule/facts.h"

const char *const circumstance_words[CIRCUMSTANCES] = {
    [CIRCUMSTANCE_NONE]                    = "none",
    [CIRCUMSTANCE_CHILD]                   = "child",
    [CIRCUMSTANCE_PRISONER]                = "prisoner",
    [CIRCUMSTANCE_YOUTH_TRAINEE]           = "youth_trainee",
    [CIRCUMSTANCE_CARE_HOME_RESIDENT]      = "care_home_resident",
    [CIRCUMSTANCE_YOUNG_PERSON_ON_BENEFIT] = "young_person_on_benefit",
};
const char *const benefit_words[BENEFITS] = {
    [BENEFIT_NONE]           = "none",
    [BENEFIT_OWN]            = "own",
    [BENEFIT_OWN_OR_PARTNER] = "own_or_partner",
};
const char *const ground_words[GROUNDS] = {
    [GROUND_CONTACT_COSTS]                 = "contact_costs",
    [GROUND_ILLNESS_OR_DISABILITY]         = "illness_or_disability",
    [GROUND_PRIOR_DEBTS]                   = "prior_debts",
    [GROUND_BOARDING_SCHOOL_FEES]          = "boarding_school_fees",
    [GROUND_MORTGAGE]                      = "mortgage",
    [GROUND_UNEARNED_INCOME]               = "unearned_income",
    [GROUND_ASSETS]                        = "assets",
    [GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT] = "income_not_taken_into_account",
    [GROUND_DIVERTED_INCOME]               = "diverted_income",
};
const char *const income_basis_words[INCOME_BASES] = {
    [INCOME_BASIS_NONE] = "none",         [INCOME_BASIS_GIVEN] = "given",
    [INCOME_BASIS_HISTORIC] = "historic", [INCOME_BASIS_CURRENT] = "current",
    [INCOME_BASIS_DEFAULT] = "default",
};
const char *const rate_words[RATES] = {
    [RATE_NIL]          = "nil",
    [RATE_FLAT]         = "flat",
    [RATE_REDUCED]      = "reduced",
    [RATE_BASIC]        = "basic",
    [RATE_BASIC_PLUS]   = "basic_plus",
    [RATE_DEFAULT]      = "default",
    [RATE_NO_LIABILITY] = "no_liability",
};
