/* pattern.h: what comes again and again in a family and may be economic abuse (B-1006,
 * law/safety/patterns.txt, doc/safety.md).
 *
 * The day's run looks at the families that were touched.  What a rule finds is an event of its own,
 * and calls a person by a clock; it stops nothing and decides nothing.  No parent is told of it: no
 * event, title or log has a word of what was found. */
#pragma once
#include "app/group.h"
#include "flow/machine.h"
#include "flow/pattern.h"

/* Looks at families after their day was written, in the transaction that is open.  missed: those
 * with a payment found missed that day, which is when what became of earlier ones is counted;
 * touched: those that any verb changed, for the rest.  Each ascending. */
bool pattern_look(const struct setting *s, struct store_ints touched, struct store_ints missed,
                  struct fail *fail);

/* What was found, as it stands. */
struct pattern {
    struct sql_pattern_list_row row;
    const struct pattern_rule *rule; /* NULL: no longer among the rules */
    struct pattern_sign *signs;
    size_t sign_count;
    enum pattern_state state;
    const struct sql_step_list_row *answer; /* NULL: nobody has looked */
};
/* All of a family, the newest first. */
bool pattern_list(struct store *store, struct arena *arena, int64_t pp, struct pattern **list,
                  size_t *n, struct fail *fail);
const struct pattern *pattern_of(const struct pattern *list, size_t n, int64_t event);
bool pattern_is_open(const struct pattern *pattern);

/* Somebody looked. */
struct pattern_answer {
    int64_t pattern;
    enum pattern_event event; /* nothing, call or consider */
    const char *reason;
};
/* Refused: reason_missing, no_pattern, not_here. */
bool pattern_take(const struct setting *s, int64_t pp, const struct pattern_answer *answer,
                  struct fail *fail);
