/* decision_letter.h: the notice of a decision, to both parents, by itself, in the event
 * that decides.  What is decided on one day and not yet on its way is one letter. */
#pragma once
#include "app/decide.h"
#include "app/letter_data.h"

/* Sends it for the decisions that the verb has made: to the paying parent about all, to each
 * receiving parent about their own arrangement.  Who has no address gets none, and the timeline
 * says so (notice_send).  A family that is made up, in memory alone, is sent none. */
bool decision_notify(struct verb *verb, struct group *group, struct fail *fail);

/* Just before printing: whether every decision that a notice tells of is in force, is worked out
 * again to the penny, and gives the figures of the notice, and no later notice of that day, to the
 * same person, tells of it too.  frozen->person and ->arrangement are those of its row. */
bool decision_letter_holds(const struct setting *setting, const struct group *group,
                           const struct letter_frozen *frozen, bool *holds, struct fail *fail);

/* First names of the children of an arrangement (0: of all) in a calculation, as a sentence has
 * them: "Ella and Tom". */
const char *decision_children(const struct group *group, const struct calculation *calculation,
                              int64_t arrangement, enum letter_language language,
                              struct arena *arena);
