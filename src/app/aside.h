/* aside.h: a family that the day's run leaves out, because it failed in it or somebody said so.  It
 * is never left out in silence: it stands on a list, with the reason, until it is put back. */
#pragma once
#include "app/verb.h"

/* Sets a family aside, in the caller's transaction; nothing when it is aside already. */
bool aside_put(const struct setting *setting, int64_t pp, const char *reason, struct fail *fail);
/* Puts it back, in the caller's transaction: its chain then has an event that says why it was
 * aside. Days that were finished without it stay as they are; what they would have found is found
 * next. */
bool aside_return(const struct setting *setting, int64_t pp, struct fail *fail);
