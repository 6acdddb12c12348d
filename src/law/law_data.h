/* law_data.h: the shape that tools/lawc generates into build/gen; this copy goes when it does. */
#pragma once
#include "base/date.h"
#include "base/money.h"
#include "base/ratio.h"

enum jurisdiction { JURISDICTION_GREAT_BRITAIN, JURISDICTION_NORTHERN_IRELAND, JURISDICTIONS };

enum rule_id {
    RULE_NONE,
    RULE_A_1,
    RULE_A_2,
    RULE_A_3,
    RULE_A_4,
    RULE_A_5,
    RULE_A_6,
    RULE_A_7,
    RULE_A_8,
    RULE_A_9,
    RULE_A_10,
    RULE_A_11,
    RULE_A_12,
    RULE_A_13,
    RULE_A_14,
    RULE_A_15,
    RULE_A_16,
    RULE_A_17,
    RULE_A_18,
    RULE_A_19,
    RULE_A_20,
    RULE_A_21,
    RULE_A_30,
    RULE_A_31,
    RULE_A_32,
    RULE_A_33,
    RULE_A_34,
    RULE_A_40,
    RULE_A_41,
    RULE_A_42,
    RULE_A_43,
    RULE_A_44,
    RULE_A_45,
    RULE_A_46,
    RULE_A_50,
    RULE_A_51,
    RULE_A_55,
    RULE_A_56,
    RULE_A_57,
    RULE_A_60,
    RULE_A_61,
    RULE_A_62,
    RULE_A_63,
    RULE_A_64,
    RULE_A_65,
    RULE_A_66,
    RULE_A_70,
    RULE_A_71,
    RULE_A_72,
    RULE_A_73,
    RULE_A_74,
    RULE_A_75,
    RULE_A_76,
    RULE_A_77,
    RULE_A_78,
    RULE_A_79,
    RULE_A_80,
    RULE_A_81,
    RULE_A_82,
    RULE_A_85,
    RULE_A_86,
    RULE_A_90,
    RULE_A_91,
    RULE_A_92,
    RULE_A_93,
    RULE_A_100,
    RULE_A_101,
    RULE_A_102,
    RULE_A_103,
    RULE_A_104,
    RULE_A_105,
    RULE_A_106,
    RULE_A_107,
    RULE_A_108,
    RULE_A_109,
    RULE_A_110,
    RULE_A_111,
    RULE_A_112,
    RULE_A_113,
    RULE_A_120,
    RULE_A_130,
    RULE_A_131,
    RULE_A_132,
    RULE_B_001,
    RULE_B_112,
    RULE_B_130,
    RULE_B_131,
    RULE_B_201,
    RULE_B_202,
    RULE_B_203,
    RULE_B_220,
    RULE_B_221,
    RULE_B_229,
    RULE_B_230,
    RULE_B_240,
    RULE_B_701,
    RULE_R_1,
    RULE_R_2,
    RULE_R_3,
    RULE_R_4,
    RULE_R_5,
    RULE_R_6,
    RULE_R_7,
    RULE_R_8,
    RULE_R_9,
    RULE_R_10,
    RULE_R_11,
    RULE_R_12,
    RULE_R_13,
    RULE_R_14,
    RULES
};

/* Everything in force from `from` until the next epoch begins. */
struct law {
    date              from;
    int32_t           epoch; /* the first day as YYYYMMDD: 20131125 */
    enum jurisdiction jurisdiction;

    money flat_rate, half_flat_rate, nil_threshold;
    money flat_income_limit, reduced_income_limit, basic_income_limit, income_cap;
    money shared_care_extra, default_rate[3], special_expense_threshold[5];
    money unearned_income_threshold, asset_threshold, other_income_threshold, application_fee;
    ratio reduced_percent[3][4], other_children_percent[4], basic_percent[3], basic_plus_percent[3];
    ratio shared_care_fraction[5], local_authority_fraction[7]; /* the part taken off, by band */
    ratio income_tolerance, asset_yield, collection_fee_payer, collection_fee_receiver;
    int32_t shared_care_nights[5], local_authority_nights[7]; /* the least nights of each band; [0] is 0 */
    int32_t year_days, week_days, year_weeks, reference_weeks, review_months, reconsideration_days;
    int32_t notice_days_post, current_income_check_months, duty_report_days;
    int32_t most_children, most_other_children;
    bool asset_ground_in_force, other_income_threshold_inclusive, variation_floor_in_force;
    bool universal_credit_counts, nil_historic_rule;
};
