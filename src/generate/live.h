/* live.h: a family's life through the verbs that screens and the day's run call, day by day. */
#pragma once
#include "app/apply.h"
#include "app/chunk.h"
#include "people/family.h"

/* Where lives go: the chunk that keeps them, what is emptied as a life goes on, and the numbers of
 * the people and arrangements to come. */
struct live_place {
    struct chunk *chunk;
    struct arena *scratch;
    struct application_numbers *numbers;
};
/* Lives family f from its first application to the caseload's last day, in memory: home is its
 * place in the chunk, a family without an event; its paying parent's number is home->head.pp. */
bool live_family(const struct live_place *place, struct family *home, const struct caseload *load,
                 const struct kin *f, struct fail *fail);
/* The key of the event by which a family's household applied. */
const char *live_key(const struct kin *f, int32_t household, struct arena *arena);
