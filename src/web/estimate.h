/* estimate.h: answers as a calculation's input, and estimates kept under a code.
 *
 * A code is eight letters and digits that cannot be mistaken for each other, K7QF-29DM.  What is
 * kept is the input of `upkeep assess`: figures, no names. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "rule/assess_json.h"
#include "store/store.h"
#include "web/calculator_answers.h"

#include <stdint.h>

enum { ESTIMATE_DAYS = 30, ESTIMATES_MOST = 200000 };

/* The input these answers make; every question must be answered. */
struct assess_input estimate_input(struct arena *a, const struct answers *answers, date today);
/* Keeps an input; *code is the new code.  Refused: estimates_full. */
bool estimate_keep(struct store *s, struct arena *a, const struct assess_input *input, int64_t now,
                   const char **code, struct fail *f);
/* What was kept under a code, as a person types it (small letters, spaces, no hyphen are forgiven).
 * Refused: estimate_missing, when there is none or its 30 days are over. */
bool estimate_find(struct store *s, struct arena *a, const char *code, int64_t now,
                   const char **json, struct fail *f);
/* Keeps what is under a code for ESTIMATE_DAYS from now, because an application names it; begins
 * and commits a transaction.  Refused: estimate_missing. */
bool estimate_renew(struct store *s, struct arena *a, const char *code, int64_t now,
                    struct fail *f);
