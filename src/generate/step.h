/* step.h: the steps of a life: each is the verb a screen would call. */
#pragma once
#include "app/apply.h"
#include "app/chunk.h"
#include "people/family.h"

/* A household's ids, once it has applied. */
struct live_household {
    int64_t arrangement, rp;
    int64_t children[CHILDREN_MOST];
};
/* A family being lived, in memory. */
struct live {
    struct chunk *chunk;
    struct family *home; /* in the chunk: its record */
    const struct caseload *load;
    const struct kin *family;
    struct application_numbers *numbers;
    struct live_household made[HOUSEHOLDS_MOST];
    bool decided[HOUSEHOLDS_MOST];
    bool account_told[HOUSEHOLDS_MOST], mandate_signed; /* once the service collects */
};
static inline date live_today(const struct live *l)
{
    return l->chunk->setting.today;
}
static inline struct arena *live_arena(const struct live *l)
{
    return l->chunk->setting.arena;
}

bool step_apply(struct live *l, int32_t household, struct fail *fail);
/* The facts that the office finds out, and the decision. */
bool step_decide(struct live *l, int32_t household, struct fail *fail);
bool step_change(struct live *l, const struct family_change *change, struct fail *fail);
/* What the service needs to collect: the receiving parent's bank account (a fact of an open verb),
 * and a Direct Debit instruction, signed and not yet sent to the bank. */
bool step_account(struct live *l, struct verb *verb, struct group *group, int32_t household,
                  struct fail *fail);
void step_mandate(struct live *l);
/* The day's run. */
void step_day(struct live *l);
