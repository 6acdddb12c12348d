/* explain_words.c: see explain_words.h.  The order is that of note.h; every sentence here is said
 * to people, in Welsh too (page/welsh). */
#include "rule/explain_words.h"

const char *const circumstance_sentences[CIRCUMSTANCES] = {
    [CIRCUMSTANCE_NONE]                    = "",
    [CIRCUMSTANCE_CHILD]                   = "is a child",
    [CIRCUMSTANCE_PRISONER]                = "is a prisoner",
    [CIRCUMSTANCE_YOUTH_TRAINEE]           = "is on work-based training for young people",
    [CIRCUMSTANCE_CARE_HOME_RESIDENT]      = "lives in a care home or hospital",
    [CIRCUMSTANCE_YOUNG_PERSON_ON_BENEFIT] = "is 16 or 17 and on an income-related benefit",
};
const char *const explain_phrases[EXPLAIN_PHRASES] = {
    [PHRASE_CHILD]          = "%d child",
    [PHRASE_CHILDREN]       = "%d children",
    [PHRASE_OTHER_CHILD]    = "%d other child",
    [PHRASE_OTHER_CHILDREN] = "%d other children",
    [PHRASE_RECEIVER]       = "Receiving parent %d",
    [PHRASE_ONE_CHILD]      = "Child %d",
    [PHRASE_AT_LEAST]       = "is at least",
    [PHRASE_MORE_THAN]      = "is more than",
    [PHRASE_LESS_THAN]      = "is less than",
    [PHRASE_NOT_MORE_THAN]  = "is not more than",
};
const char *const benefit_sentences[BENEFITS] = {
    [BENEFIT_NONE] = "",
    [BENEFIT_OWN]  = "the paying parent receives a benefit listed in regulation 44(1)",
    [BENEFIT_OWN_OR_PARTNER] =
        "the paying parent or the partner receives a benefit listed in regulation 44(2)",
};
const char *const ground_sentences[GROUNDS] = {
    [GROUND_CONTACT_COSTS]                 = "Costs of contact",
    [GROUND_ILLNESS_OR_DISABILITY]         = "Costs of a child's illness or disability",
    [GROUND_PRIOR_DEBTS]                   = "Debts from when the parents were a couple",
    [GROUND_BOARDING_SCHOOL_FEES]          = "Boarding school fees",
    [GROUND_MORTGAGE]                      = "Mortgage or loan on the former home",
    [GROUND_UNEARNED_INCOME]               = "Unearned income",
    [GROUND_ASSETS]                        = "Assets",
    [GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT] = "Income not otherwise taken into account",
    [GROUND_DIVERTED_INCOME]               = "Diverted income",
};

/* clang-format off: one sentence under each note, as text and not as an array. */
const struct explain_note explain_notes[STEP_NOTES] = {
    [NOTE_EQUAL_CARE] = { RULE_A_6, "{who}: the paying parent cares for these children as much or "
                                    "more, so nothing is "
                                    "payable here and they do not count." },
    [NOTE_NOBODY_TO_PAY]     = { RULE_R_13, "Nobody is left to pay to: nothing is payable." },
    [NOTE_DEFAULT_AMOUNT]    = { RULE_A_85, "No information, so a default decision: {after} a week "
                                               "for {counted}." },
    [NOTE_DEFAULT_NO_GROUND] = { RULE_A_70,
                                 "{ground}: no effect while a default decision stands." },
    [NOTE_INCOME_GIVEN]      = { RULE_A_10, "Gross weekly income, as given: {after}." },
    [NOTE_INCOME_NONE] = { RULE_R_2, "No income figure was given: income counts as {after}." },
    [NOTE_CONTRIBUTIONS_HISTORIC] = { RULE_A_17, "Historic income {before} a year less pension "
                                                 "contributions {contributions}: {after}." },
    [NOTE_CONTRIBUTIONS_CURRENT]  = { RULE_A_17, "Current income {before} a year less pension "
                                                  "contributions {contributions}: {after}." },
    [NOTE_CONTRIBUTIONS_EXCEED] = { RULE_R_4, "Pension contributions {contributions} are more than "
                                              "the income of {before} a year: "
                                              "{after} is left." },
    [NOTE_ONLY_HISTORIC]    = { RULE_A_10, "There is no current income figure: historic income of "
                                              "{before} a year is used." },
    [NOTE_ONLY_CURRENT]     = { RULE_A_10, "There is no historic income figure: current income of "
                                               "{before} a year is used." },
    [NOTE_TOLERANCE_PASSED] = { RULE_A_12, "Current income {after} a year differs from historic "
                                           "{before} by {gap}, at least "
                                           "{tolerance} of historic: current income is used." },
    [NOTE_TOLERANCE_KEPT]   = { RULE_A_12, "Current income {after} a year differs from historic "
                                             "{before} by {gap}, less than "
                                             "{tolerance} of historic: historic income is used." },
    [NOTE_NIL_HISTORIC]     = { RULE_A_11, "Historic income is nil and current income is {after} a "
                                               "year: current income is used." },
    [NOTE_NIL_BOTH]         = { RULE_A_11,
                                "Historic and current income are both nil: historic income is used." },
    [NOTE_WEEKLY_HISTORIC]  = { RULE_A_13, "Historic income {before} a year ÷ {year_days} × "
                                            "{week_days}: {after} a week." },
    [NOTE_WEEKLY_CURRENT]   = { RULE_A_18, "Current income {before} a year ÷ {year_days} × "
                                             "{week_days}: {after} a week." },
    [NOTE_GROUND_BENEFIT]   = { RULE_A_70, "{ground}: no effect, because the rate follows from an "
                                             "income-related benefit." },
    [NOTE_EXPENSE_POSITION] = { RULE_A_74, "{ground}: no effect at a nil or flat rate." },
    [NOTE_OTHER_POSITION]   = { RULE_A_77, "{ground}: no effect, because the parent is neither at "
                                             "the nil rate as a child, "
                                             "prisoner, youth trainee or care home resident nor at the "
                                             "flat rate by a benefit of "
                                             "their own." },
    [NOTE_GROUND_WEEKLY] = { RULE_A_13, "{ground}: {before} a year ÷ {year_days} × {week_days}: "
                                        "{after} a week." },
    [NOTE_EXPENSE_SMALL] = { RULE_A_72,
                             "{ground}: {before} a week is below {after}, so it has no effect." },
    [NOTE_EXPENSE_MET] = { RULE_A_72, "{ground}: {before} a week is at least {after}, so the whole "
                                      "of it counts." },
    [NOTE_EXPENSE_NO_LIMIT] = { RULE_A_72, "{ground}: {before} a week counts; this ground has no "
                                           "least amount." },
    [NOTE_UNEARNED_SMALL]   = { RULE_A_75,
                                "{ground}: {before} a year is below {after}, so it has no effect." },
    [NOTE_UNEARNED_MET] = { RULE_A_75, "{ground}: {before} a year is at least {unearned_limit}, so "
                                       "the whole of it counts; ÷ "
                                       "{year_days} × {week_days}: {after} a week." },
    [NOTE_ASSETS_EARLY] = { RULE_A_76,
                            "{ground}: no effect, because this ground was not yet in force." },
    [NOTE_ASSETS_SMALL] = { RULE_A_76,
                            "{ground}: {before} is not more than {after}, so it has no effect." },
    [NOTE_ASSETS_MET]  = { RULE_A_76, "{ground}: {before} is more than {asset_limit}, so it counts "
                                       "as income; × {yield} ÷ "
                                       "{year_weeks}: {after} a week." },
    [NOTE_OTHER_SMALL] = { RULE_A_77, "{ground}: {before} a week {is_not_over} {after}, so it has "
                                      "no effect." },
    [NOTE_OTHER_MET] = { RULE_A_77, "{ground}: {before} a week {is_over} {after}, so the whole of "
                                    "it counts." },
    [NOTE_DIVERTED_MET]  = { RULE_A_78, "{ground}: {before} a week counts." },
    [NOTE_LESS_EXPENSES] = { RULE_A_73, "Income {before} less special expenses {gap}: {after}." },
    [NOTE_PLUS_ADDITION] = { RULE_A_79, "Income {before} plus additional income {gap}: {after}." },
    [NOTE_INCOME_NOT_BELOW_NOTHING] = { RULE_R_5, "Income below nothing counts as {after}." },
    [NOTE_INCOME_CAPPED] = { RULE_A_20, "Income above {after} a week is ignored: {before} counts "
                                        "as {after}." },
    [NOTE_NIL_CIRCUMSTANCE] = { RULE_A_31, "Nil rate: the paying parent {circumstance}." },
    [NOTE_BENEFIT_UNKNOWN]  = { RULE_R_1, "The amount of the benefit is not given: with it, income "
                                           "counts as {nil} or more for the "
                                           "nil test." },
    [NOTE_BENEFIT_COUNTED]  = { RULE_A_21, "For the nil test alone, income {before} plus benefit "
                                            "{benefit_weekly}: {after}." },
    [NOTE_NIL_INCOME]       = { RULE_A_31, "Nil rate: {before} a week is below {after}." },
    [NOTE_FLAT_BENEFIT]     = { RULE_A_32, "Flat rate: {benefit}." },
    [NOTE_FLAT_INCOME]      = { RULE_A_32, "Flat rate: {before} a week is not more than {after}." },
    [NOTE_FLAT_AMOUNT]      = { RULE_A_42,
                                "The flat rate is {after} a week, however many children there are." },
    [NOTE_HALF_AMOUNT]      = { RULE_A_33, "Half the flat rate, because the partner is liable too: "
                                                "{after} a week." },
    [NOTE_REDUCED_CHOSEN] = { RULE_A_34, "Reduced rate: {before} a week is more than {flat_limit} "
                                         "and less than {after}." },
    [NOTE_BASIC_CHOSEN]   = { RULE_A_34, "Basic rate: {before} a week is at least {after}, before "
                                           "anything is taken off for other "
                                           "children." },
    [NOTE_REDUCED_AMOUNT] = { RULE_A_43, "{flat} plus {reduced_percent} of {over}, the income "
                                         "above {flat_limit}, for "
                                         "{rate_children} and {others}: {after}." },
    [NOTE_OTHER_CHILDREN] = { RULE_A_44, "{before} less {others_percent} for {others}: {after}." },
    [NOTE_BASIC_AMOUNT]   = { RULE_A_45,
                              "{basic_percent} of {before} for {rate_children}: {after}." },
    [NOTE_PLUS_AMOUNT]    = { RULE_A_46, "Basic plus rate: {basic_percent} of {basic_limit} and "
                                            "{plus_percent} of {over}, the "
                                            "income above it, for {rate_children}: {after}." },
    [NOTE_ARRANGEMENT_SHARE] = { RULE_A_55, "{before} ÷ {counted}, of whom {arrangement} under "
                                            "another arrangement, × {children} "
                                            "here: {after}." },
    [NOTE_ARRANGEMENT_FLOOR] = { RULE_A_55,
                                 "{before} is less than the flat rate, so it is {after}." },
    [NOTE_ADDITION_ALONE]    = { RULE_R_6, "What follows is worked out on the additional income of "
                                              "{after} a week alone." },
    [NOTE_ADDITION_CAPPED] = { RULE_A_20, "Income above {after} a week is ignored: {before} counts "
                                          "as {after}." },
    [NOTE_FLAT_PLUS_ADDITION] = { RULE_A_79, "{before} plus the flat rate {flat}: {after}; the "
                                             "rate stays flat." },
    [NOTE_APPORTIONED]        = { RULE_A_50, "{who}: {before} ÷ {counted} × {own}: {after}." },
    [NOTE_NIGHTS_FEW]  = { RULE_A_62, "{who}: {nights} nights a year with the paying parent, fewer "
                                       "than {first_nights}: "
                                       "nothing off." },
    [NOTE_NIGHTS_BAND] = { RULE_A_62,
                           "{who}: {nights} nights a year with the paying parent: {share} off." },
    [NOTE_AUTHORITY_FEW] = { RULE_A_66, "{who}: {authority} nights a year in local-authority care, "
                                        "fewer than {authority_first}: "
                                        "nothing off." },
    [NOTE_AUTHORITY_BAND]  = { RULE_A_66, "{who}: {authority} nights a year in local-authority "
                                           "care: {share} off." },
    [NOTE_AUTHORITY_WHOLE] = { RULE_A_66, "{who}: {authority} nights a year in local-authority "
                                          "care, {authority_last} or more: "
                                          "nothing is payable for this child." },
    [NOTE_FRACTION_WHOLE] = { RULE_R_10, "{who}: both together make {share_before} off, counted as "
                                         "the whole." },
    [NOTE_SHARED]         = { RULE_A_63,
                              "{who}: {before} less {part_off}, the fractions off added up and divided by "
                                      "{own_counted}: {after}." },
    [NOTE_SHARED_EXTRA]   = { RULE_A_63, "{who}: {before} less {extra} for each of {counted} with "
                                           "{last_nights} nights or more: "
                                           "{after}." },
    [NOTE_SHARE_NOT_BELOW_NOTHING] = { RULE_R_10,
                                       "{who}: an amount below nothing counts as {after}." },
    [NOTE_FLOOR_CHOSEN] = { RULE_A_64, "That makes {before} in total, less than the flat rate: "
                                       "{after} is payable in total." },
    [NOTE_FLOOR_SHARE]  = { RULE_A_64, "{who}: {flat} ÷ {counted} × {own_payable}: {after}." },
    [NOTE_FLOOR_NOBODY] = { RULE_R_10, "Every child is in local-authority care for "
                                       "{authority_last} nights or more: nothing is "
                                       "payable." },
    [NOTE_FLAT_SHARED_CARE]    = { RULE_A_65,
                                   "{who}: a child is with the paying parent {first_nights} nights or "
                                      "more, and the flat "
                                      "rate follows from a benefit: nothing is payable here." },
    [NOTE_FLAT_NIGHTS_IGNORED] = { RULE_A_65, "{who}: {nights} nights a year with the paying "
                                              "parent take nothing off a flat rate that "
                                              "follows from income." },
    [NOTE_FLAT_NOTHING_LEFT]   = { RULE_R_8, "That leaves nothing to pay; the rate stays flat." },
    [NOTE_VARIATION_FLOOR]     = { RULE_A_80, "A variation does not take the amount below the flat "
                                                  "rate: {after}." },
    [NOTE_VARIATION_NO_FLOOR]  = { RULE_R_8, "Every child is in local-authority care for "
                                              "{authority_last} nights or more, so the flat "
                                              "rate is no floor: nothing is payable." },
    [NOTE_TOTAL_ROUNDED]       = { RULE_A_90,
                                   "Total {before}, to the penny, half a penny up: {after} a week." },
    [NOTE_PART_ROUNDED]        = { RULE_A_91, "{who}: {before}, rounded down: {after} a week." },
    [NOTE_PART_PENNY] = { RULE_R_11, "{who}: the parts are short of the total, and the largest "
                                     "remainders get a penny each: "
                                     "{after} a week." },
};
