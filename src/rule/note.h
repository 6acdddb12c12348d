/* note.h: every sentence a calculation can say.  Each belongs to one rule (the table in explain.c);
 * a rule with several effects has several. */
#pragma once

enum step_note {
    /* the people */
    NOTE_EQUAL_CARE,        /* this receiving parent is out */
    NOTE_NOBODY_TO_PAY,     /* reading 13 */
    NOTE_DEFAULT_AMOUNT,    /* */
    NOTE_DEFAULT_NO_GROUND, /* a ground, while a default decision stands */
    /* income */
    NOTE_INCOME_GIVEN, /* */
    NOTE_INCOME_NONE,  /* reading 2 */
    NOTE_CONTRIBUTIONS_HISTORIC,
    NOTE_CONTRIBUTIONS_CURRENT, /* */
    NOTE_CONTRIBUTIONS_EXCEED,  /* reading 4 */
    NOTE_ONLY_HISTORIC,
    NOTE_ONLY_CURRENT, /* */
    NOTE_TOLERANCE_PASSED,
    NOTE_TOLERANCE_KEPT, /* */
    NOTE_NIL_HISTORIC,
    NOTE_NIL_BOTH,        /* */
    NOTE_WEEKLY_HISTORIC, /* */
    NOTE_WEEKLY_CURRENT,  /* */
    /* variations */
    NOTE_GROUND_BENEFIT,   /* rejected */
    NOTE_EXPENSE_POSITION, /* */
    NOTE_OTHER_POSITION,   /* */
    NOTE_GROUND_WEEKLY,    /* a year's amount as a week's */
    NOTE_EXPENSE_SMALL,
    NOTE_EXPENSE_MET,
    NOTE_EXPENSE_NO_LIMIT, /* */
    NOTE_UNEARNED_SMALL,
    NOTE_UNEARNED_MET, /* */
    NOTE_ASSETS_EARLY,
    NOTE_ASSETS_SMALL,
    NOTE_ASSETS_MET, /* */
    NOTE_OTHER_SMALL,
    NOTE_OTHER_MET,                /* */
    NOTE_DIVERTED_MET,             /* */
    NOTE_LESS_EXPENSES,            /* */
    NOTE_PLUS_ADDITION,            /* */
    NOTE_INCOME_NOT_BELOW_NOTHING, /* reading 5 */
    NOTE_INCOME_CAPPED,            /* */
    /* the rate */
    NOTE_NIL_CIRCUMSTANCE, /* */
    NOTE_BENEFIT_UNKNOWN,  /* reading 1 */
    NOTE_BENEFIT_COUNTED,  /* */
    NOTE_NIL_INCOME,       /* */
    NOTE_FLAT_BENEFIT,     /* */
    NOTE_FLAT_INCOME,      /* */
    NOTE_FLAT_AMOUNT,      /* */
    NOTE_HALF_AMOUNT,      /* */
    NOTE_REDUCED_CHOSEN,
    NOTE_BASIC_CHOSEN,   /* */
    NOTE_REDUCED_AMOUNT, /* */
    NOTE_OTHER_CHILDREN, /* */
    NOTE_BASIC_AMOUNT,   /* */
    NOTE_PLUS_AMOUNT,    /* */
    NOTE_ARRANGEMENT_SHARE,
    NOTE_ARRANGEMENT_FLOOR,  /* */
    NOTE_ADDITION_ALONE,     /* A-79 or reading 6: what follows is worked on the addition */
    NOTE_ADDITION_CAPPED,    /* */
    NOTE_FLAT_PLUS_ADDITION, /* */
    /* sharing */
    NOTE_APPORTIONED, /* */
    NOTE_NIGHTS_FEW,
    NOTE_NIGHTS_BAND, /* */
    NOTE_AUTHORITY_FEW,
    NOTE_AUTHORITY_BAND,
    NOTE_AUTHORITY_WHOLE,         /* */
    NOTE_FRACTION_WHOLE,          /* reading 10 */
    NOTE_SHARED,                  /* */
    NOTE_SHARED_EXTRA,            /* the 7 for each child at the last band */
    NOTE_SHARE_NOT_BELOW_NOTHING, /* reading 10 */
    NOTE_FLOOR_CHOSEN,
    NOTE_FLOOR_SHARE,         /* */
    NOTE_FLOOR_NOBODY,        /* reading 10 */
    NOTE_FLAT_SHARED_CARE,    /* */
    NOTE_FLAT_NIGHTS_IGNORED, /* */
    NOTE_FLAT_NOTHING_LEFT,   /* reading 8 */
    NOTE_VARIATION_FLOOR,     /* */
    NOTE_VARIATION_NO_FLOOR,  /* reading 8 */
    /* pennies */
    NOTE_TOTAL_ROUNDED, /* */
    NOTE_PART_ROUNDED,  /* */
    NOTE_PART_PENNY,    /* reading 11: the odd penny */
    STEP_NOTES
};
