/* clock.h: the machine's clock, which only the faces know: verbs are given their day.
 *
 * A day that is mistyped as one to come would be worked as if all days up to it had gone by, and no
 * earlier day can be worked after it.  So a day after today's is refused, but in a rehearsal
 * (app/database.h).  Nothing on the call's side says otherwise: a switch would be typed by habit.
 */
#pragma once
#include "base/date.h"
#include "base/fail.h"
#include "store/store.h"

/* Days are those of the United Kingdom.  Once, before any thread is started. */
void clock_start(void);
/* Today's date by the machine's clock: the only place that asks it for one. */
date clock_today(void);
/* Refuses, with code "day_to_come", a day after today's in a database that is no rehearsal; NULL is
 * one that is not made yet, the service's own. */
bool clock_allows(struct store *store, date day, struct fail *fail);
