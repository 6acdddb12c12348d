/* born.h: days of birth that cannot be right, in an application: a slip of the pen, or a
 * child in a parent's place.  The ages are dated values of the law's files. */
#pragma once
#include "base/date.h"
#include "law/law.h"

enum born_wrong {
    BORN_FINE,
    BORN_LATER, /* the day has not come yet */
    BORN_YOUNG, /* too young to be a parent, or to have a child in their care */
    BORN_OLD,
    BORN_AFTER, /* younger than the child */
    BORN_NEAR   /* who pays is the child's parent, and hardly older than the child */
};

/* Whole years of age, from 0, on a day not before the birth. */
bool born_is_aged(date born, int32_t years, date day);
/* A parent, or whoever has the care of a child, as of today. */
enum born_wrong born_parent(const struct law *law, date born, date today);
/* One of them beside a child; pays: the paying parent, who is the child's parent.  Whoever has the
 * care may be a brother or sister, and only was born before. */
enum born_wrong born_beside(const struct law *law, date born, bool pays, date child);
