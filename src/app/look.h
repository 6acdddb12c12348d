/* look.h: what the day's run leaves behind in a family: when it has to look again, and up to where
 * its instalments need not be read again. */
#pragma once
#include "app/group.h"

/* The first day after today on which time alone gives the day's run something to do: an instalment
 * falls due, one that is owed is missed, a plan ends, a fact begins or ends.  DATE_OPEN: none. */
date look_next(const struct group *g, date today, struct arena *arena);
/* The number up to which instalments need not be read again: those that fell due and are not of an
 * arrangement's latest plan. */
int64_t look_instalments_done(const struct group *g, date today);
