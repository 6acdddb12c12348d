/* waiver.h: enforcement fees (B-132, B-133) and the grounds on which one may be taken off again
 * (B-134). */
#pragma once
#include "base/date.h"
#include "base/fail.h"
#include "law/law.h"

/* The orders that bear a fee, as the law's enforcement_fee names its cells; the numbers are stored
 * by name only. */
enum fee_kind {
    FEE_EARNINGS,
    FEE_ARMED_FORCES,
    FEE_REGULAR,
    FEE_LUMP_SUM,
    FEE_LIABILITY,
    FEE_EARNINGS_CHOSEN, /* deduction from earnings the paying parent chose (B-133) */
    FEE_KINDS
};
enum waiver_ground {
    WAIVER_1A, /* case of an earlier scheme being closed */
    WAIVER_2,  /* several employers or accounts at once */
    WAIVER_3,  /* only employer, account or amount changed */
    WAIVER_4A, /* no liability order was made */
    WAIVER_4B, /* appealed or judicially reviewed with success */
    WAIVER_4C, /* lapsed or discharged by our mistake */
    WAIVER_5,  /* on operations with the armed forces */
    WAIVER_6,  /* another ground the law lists */
    WAIVER_GROUNDS
};

/* "earnings", "armed_forces", "regular", "lump_sum", "liability", "earnings_chosen". */
bool fee_kind_find(const char *name, enum fee_kind *kind);
const char *fee_kind_words(enum fee_kind kind);
/* "W1A", "W2", ... */
bool waiver_find(const char *name, enum waiver_ground *ground);
const char *waiver_name(enum waiver_ground ground);
const char *waiver_words(enum waiver_ground ground);

/* A fee that may be waived, and the others charged to the same paying parent. */
struct waiver_fee {
    enum fee_kind kind;
    date made_on;
};
struct waiver_case {
    const struct law *law; /* of the day on which the order was made */
    struct waiver_fee fee;
    const struct waiver_fee *others; /* not waived */
    size_t n;
};
/* Whether the ground can apply to the fee; a refusal says what is missing. */
bool waiver_check(enum waiver_ground ground, const struct waiver_case *c, struct fail *fail);
