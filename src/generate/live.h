/* live.h: a family's life through the verbs that screens and the day's run call, day by day. */
#pragma once
#include "app/apply.h"
#include "app/chunk.h"
#include "people/family.h"

/* Lives family f from its first application to the caseload's last day, in memory: home is its
 * place in the chunk, a family without an event; its paying parent's number is home->head.pp, the
 * numbers of the others are taken from `numbers`.  The chunk's setting has the last day's date
 * afterwards. */
bool live_family(struct chunk *chunk, struct family *home, const struct caseload *load,
                 const struct kin *f, struct application_numbers *numbers, struct fail *fail);
/* The key of the event by which a family's household applied. */
const char *live_key(const struct kin *f, int32_t household, struct arena *arena);
