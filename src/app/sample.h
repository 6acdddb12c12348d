/* sample.h: a part of all decisions is looked at by somebody who did not make them (B-1007,
 * doc/samples.md, machine sample).
 *
 * Which are picked is worked out from the hash of the event that decided and from a seed, the hash
 * of the service's own event by which sampling began: nobody chooses, and everybody who has the
 * record can pick the same again.  The day's run picks.  Of what is picked before the parents are
 * told, the notices wait until somebody has looked or the clock's day is past; nothing
 * else waits.
 *
 * What is picked is what one event decided: the decision that was ordered, first in its event, and
 * those that followed from it. */
#pragma once
#include "app/group.h"
#include "flow/machine.h"

/* --- picking (sample_pick.c) --- */

/* In thousandths of all decisions; both below 0: as law/service.law says on the decision's day; one
 * of them: none. */
struct sample_shares {
    int32_t before, after;
};
/* From now on decisions are picked, with a new seed.  Refused: shares_wrong (more than all, or
 * given in a database that is no rehearsal). */
bool sample_begin(const struct setting *s, struct sample_shares shares, struct fail *fail);

/* The shares on a day, of what was begun last. */
struct sample_shares sample_shares_on(const struct sql_sampling_list_row *begun, date day);
/* Where a hash falls: before, after, or none.  The shares of what is not below 0. */
enum sample_state sample_side(const struct blob *seed, const struct blob *hash,
                              const struct sample_shares *shares);
/* Picks of what was decided in families, ascending, after their day was written; in the
 * transaction that is open. */
bool sample_pick(const struct setting *s, struct store_ints touched, struct fail *fail);

/* The decisions of a family whose notices wait on setting->today: their events. */
struct sample_held {
    int64_t *events;
    date *days;
    size_t n;
};
bool sample_holds(const struct setting *s, int64_t pp, struct sample_held *held, struct fail *fail);
/* Whether a letter waits for them: a notice of decision that has not gone, made on such a day, in
 * or after the event (the notices of one day are one letter). */
bool sample_holds_letter(const struct sample_held *held, const struct sql_letter_list_row *letter);

/* Picks of a family again: tell is called where one is not what the hashes say, or is missing. */
typedef void sample_fault(void *context, const char *sentence);
bool sample_check(struct store *store, struct arena *arena, int64_t pp, sample_fault *tell,
                  void *context, struct fail *fail);

/* --- looking (sample.c) --- */

/* What was picked, as it stands. */
struct sample {
    struct sql_sample_picked_row row;
    const struct sql_decision_history_row *decision; /* that was ordered */
    enum sample_state state;
    const struct sql_sample_looks_row *look; /* NULL: nobody has looked */
};
/* All of a family, the newest decision first. */
bool sample_list(struct store *store, struct arena *arena, int64_t pp, struct sample **list,
                 size_t *n, struct fail *fail);
const struct sample *sample_of(const struct sample *list, size_t n, int64_t event);
bool sample_is_open(const struct sample *sample);
/* Whether an actor and role may look: SAMPLE_GUARDS, the number of them, where they may. */
enum sample_guard sample_guard_of(const struct sample *sample, const char *actor, const char *role);

struct sample_answer {
    int64_t event;           /* that decided; 0: the oldest that waits */
    enum sample_event found; /* right, unclear or wrong */
    const char *role, *reason;
    bool has_should;
    money should; /* what it should give a week in all; of wrong only */
};
/* Refused: reason_missing, no_sample, not_here, amount_missing; another, right_role (the guards of
 * the machine). */
bool sample_take(const struct setting *s, int64_t pp, const struct sample_answer *answer,
                 struct fail *fail);
