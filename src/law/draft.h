/* draft.h: law that is announced but not in force.  Its own table, reached by no function of law.h:
 * only what shows or tries out reforms may include this. */
#pragma once
#include "law/law.h"

struct law_draft {
    const char *name, *title, *status, *mark;
    const struct law_source *source;
    const char *provision;
    const struct law_parameter *parameters; /* ends with a NULL name */
    const struct law_rule *rules;           /* ends with a NULL name */
};
extern const struct law_draft draft_table[]; /* ends with a NULL name */
