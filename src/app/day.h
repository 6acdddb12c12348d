/* day.h: a day goes by for one family, or for all (B-201 to B-235). */
#pragma once
#include "app/account.h"

/* Charges, uses, finds what was missed, pays out.  An event is written only if something happened;
 * running it again on the same day does nothing.  In the caller's transaction. */
bool day_run(const struct setting *setting, int64_t pp, bool *changed, struct fail *fail);
/* Every family, each in a transaction of its own: cut off anywhere, it can be run again.  progress
 * may be NULL; done and all count families. */
typedef void day_progress(void *context, size_t done, size_t all);
bool day_run_all(const struct setting *setting, day_progress *progress, void *context,
                 struct fail *fail);
