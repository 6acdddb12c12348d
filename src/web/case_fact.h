/* case_fact.h: recording a fact as the form case_fact has it. */
#pragma once
#include "flow/fact_kind.h"
#include "web/case_view.h"

/* The family, and a key that makes it happen once only (NULL: none); *done: it had happened. */
struct case_fact_once {
    int64_t pp;
    const char *key;
    bool *done;
};

/* Whether people record facts of a kind themselves. */
bool case_fact_is_offered(enum fact_kind kind);
/* Says in r->form what it lacks that its declaration cannot say. */
void case_fact_check(struct request *r, enum fact_kind kind);
/* Records what r->form says, in the transaction that is open. */
bool case_fact_run(struct request *r, const struct case_fact_once *once, enum fact_kind kind,
                   struct verb *v, struct fail *f);
