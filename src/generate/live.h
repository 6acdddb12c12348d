/* live.h: a family's life through the verbs that screens and the day's run call, day by day. */
#pragma once
#include "app/verb.h"
#include "people/family.h"

/* Lives family f from its first application to the caseload's last day, in the caller's
 * transaction.  The setting's arena is used up by it; its today and actor are not read. */
bool live_family(const struct setting *setting, const struct caseload *load, const struct family *f,
                 struct fail *fail);
/* The key of the event by which a family's household applied. */
const char *live_key(const struct family *f, int32_t household, struct arena *arena);
