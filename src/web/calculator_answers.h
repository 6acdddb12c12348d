/* calculator_answers.h: what the public calculator has been told so far.  A plain struct of fixed
 * size: no pointers, no names of people. */
#pragma once
#include "base/money.h"
#include "rule/facts.h"

#include <stdbool.h>
#include <stdint.h>

enum { ANSWER_RECEIVERS = 4, ANSWER_CHILDREN = 8, ANSWER_CODE = 10 };
enum side { SIDE_NONE, SIDE_PAYING, SIDE_RECEIVING, SIDE_OTHER };
enum income_known { INCOME_UNSAID, INCOME_HISTORIC, INCOME_CURRENT, INCOME_WEEKLY };

struct answer_child {
    bool said;
    int32_t band; /* the shared-care band chosen; -1: nights were given as a number */
    int32_t nights;
};
struct answer_receiver {
    bool care_said, equal_care;
    int32_t children; /* 0: not said */
    struct answer_child child[ANSWER_CHILDREN];
};
struct answers {
    enum side side;
    bool circumstance_said, benefit_said, partner_said, pension_said, amount_said;
    enum circumstance circumstance;
    enum benefit benefit;
    bool partner_also_liable;
    enum income_known income;
    money amount, pension;
    int32_t receivers; /* 0: not said */
    struct answer_receiver receiver[ANSWER_RECEIVERS];
    bool others_said, arrangements_said, special_said;
    int32_t others, arrangements;
    uint32_t special; /* bit 1 << enum ground */
    bool ground_said[GROUNDS];
    money ground_amount[GROUNDS];
    char code[ANSWER_CODE]; /* the estimate kept of exactly these answers; "" when none */
};
