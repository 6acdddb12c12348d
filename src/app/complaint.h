/* complaint.h: "this is a complaint" (A17, B-901): law/flow/complaint.flow's machine over table
 * complaint_step.  A complaint is a message of a parent, whenever somebody saw that it is one; its
 * steps say what became of it, and by when we must act next (law/clock: complaint,
 * complaint_after).  It touches nothing else: what is to be paid goes on being due. */
#pragma once
#include "app/message.h"
#include "flow/machine.h"

struct complaint {
    int64_t number; /* the message that it is */
    enum complaint_state state;
    date opened, due; /* due: by when we act; DATE_OPEN when it is not our move */
    date window;      /* the last day to go to the Examiner; DATE_NEVER before the final response */
    const struct sql_complaint_steps_row **steps; /* oldest first */
    size_t step_count;
};
struct complaints {
    struct complaint *at; /* oldest first */
    size_t n;
};
/* The complaints of a family as they stand on a day. */
bool complaint_list(struct store *store, struct arena *arena, int64_t pp, date day,
                    struct complaints *list, struct fail *fail);

/* A parent complains, or a caseworker writes down that they did: the order's kind is
 * MESSAGE_COMPLAINT.  Key and refusals as message_send. */
bool complaint_make(const struct setting *s, int64_t pp, const char *key,
                    const struct message_order *order, struct fail *fail);
/* A message turns out to be a complaint: it is one from the day it came.  Refused: no_such_message,
 * complaint_already. */
bool complaint_open(const struct setting *s, int64_t pp, int64_t message, struct fail *fail);

struct complaint_order {
    int64_t number;
    enum complaint_event event;
    const char *words; /* what the parent is told; needed while it is ours, else may be "" */
    bool has_due;
    date due; /* of COMPLAINT_EVENT_EXTEND: the new day */
};
/* Takes a step.  Refused: no_such_complaint, not_here (no step from this state), words_missing,
 * due_missing, and as message_add. */
bool complaint_take(const struct setting *s, int64_t pp, const struct complaint_order *order,
                    struct fail *fail);
