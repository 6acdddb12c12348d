/* step.h: the steps of a life: each is the verb a screen would call. */
#pragma once
#include "app/group.h"
#include "people/family.h"

/* A household's ids, once it has applied. */
struct live_household {
    int64_t arrangement, rp;
    int64_t children[CHILDREN_MOST];
};
/* A family being lived. */
struct live {
    struct store *store;
    struct arena *arena; /* of the life */
    struct arena step;   /* of the day */
    const struct caseload *load;
    const struct family *family;
    date today;
    int64_t pp;
    struct live_household made[HOUSEHOLDS_MOST];
    bool decided[HOUSEHOLDS_MOST];
};

/* A day begins: what the last one left in memory goes. */
void live_step(struct live *l);
struct setting live_setting(struct live *l, const char *actor);
/* The family as it stands. */
bool live_look(struct live *l, struct group *g, struct fail *fail);

bool step_apply(struct live *l, int32_t household, struct fail *fail);
/* The facts that the office finds out, and the decision. */
bool step_decide(struct live *l, int32_t household, struct fail *fail);
bool step_change(struct live *l, const struct family_change *change, struct fail *fail);
