/* age.h: how old arrears are.  An instalment ages from its due day, a decision about the past from
 * the day it was told. */
#pragma once
#include "ledger/item.h"

enum age_band { AGE_TO_30, AGE_TO_90, AGE_TO_365, AGE_OVER_365, AGE_BANDS };

struct ages {
    money band[AGE_BANDS];
    money total;
    date oldest; /* the day the oldest arrears age from; DATE_OPEN if there are none */
};

const char *age_words(enum age_band b); /* "31 to 90 days" */
/* The day an item ages from. */
date age_from(const struct item *i);
enum age_band age_band_of(int32_t days);
/* Adds up what is outstanding and overdue on `day` of the kinds owed to receiving parents. */
struct ages age_fold(const struct item *items, size_t n, date day);
