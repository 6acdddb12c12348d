/* decision_letter_work.h: a notice of decision being made, or held against the record; for
 * app/decision_letter*.c only. */
#pragma once
#include "app/decision_letter.h"

/* One decision that a notice tells of. */
struct told {
    const struct group *then; /* the family as known at its event */
    struct decision_replay r;
    struct explained said[LETTER_LANGUAGES];
    int32_t receiver; /* the reader's place in the calculation; -1: none */
    money now;        /* what it gives the reader's arrangement, or all of them */
    bool had;         /* before it something was decided for the reader's days from then on */
    const struct sql_decision_list_row *old;
    money was;
};
/* A notice being made. */
struct telling {
    struct store *store;
    struct arena *arena;
    int64_t pp, arrangement; /* 0: the paying parent reads it, about all */
    date day;                /* of the notice */
    const struct group *now; /* the decisions of event seq are in here, and nowhere else yet */
    int64_t seq;             /* 0: every decision is in the database */
    struct group before;     /* as known before the first event of what is told */
    struct told *told;       /* by effective date */
    size_t n;
    bool differs; /* one does not come out the same when it is worked out again */
};

/* Works out again what is told: of the decisions in force those that are wanted, each at its place
 * in telling->now. */
bool telling_read(struct telling *w, const bool *wanted, struct fail *fail);
/* What the notice says of it. */
bool telling_fill(const struct telling *w, struct letter_decision_notice *notice,
                  struct fail *fail);
