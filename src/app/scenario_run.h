/* scenario_run.h: playing a scenario through the real verbs, one transaction for each step.
 *
 * What is done is written to table `played` in the step's own transaction, with what it bound to
 * names: a play that was cut off goes on where it stopped and ends with the database that an
 * undisturbed one leaves.  Nothing depends on the clock or on chance. */
#pragma once
#include "app/scenario_parse.h"
#include "store/store.h"

/* What a play says while it runs: what a step shows, or a sentence about what is wrong. */
enum play_says { PLAY_SHOWS, PLAY_WRONG };
typedef void play_tell(void *context, enum play_says what, const char *text);

struct play;

struct play_order {
    struct store *store;
    const struct scenario *scenario;
    const char *name; /* of the scenario in the database: unique there */
    play_tell *tell;
    void *context;
};
struct play_count {
    size_t steps, expectations; /* played now */
    size_t before;              /* steps that were done already */
    size_t wrong;               /* expectations that did not hold, steps that were refused */
};

/* Makes a play, finds how far it got before.  NULL: fail.  The caller ends it with play_close. */
struct play *play_open(const struct play_order *order, struct fail *fail);
void play_close(struct play *play);
/* Whether every step is played, or one was refused so that nothing after it makes sense. */
bool play_is_over(const struct play *play);
/* The scenario's day now: plays of one database go on in the order of their days. */
date play_day(const struct play *play);
/* The number of the next step, from 1. */
size_t play_next(const struct play *play);
/* Plays the next step.  False only when the database fails; an expectation that does not hold is
 * told and counted. */
bool play_step(struct play *play, struct fail *fail);
struct play_count play_count(const struct play *play);
