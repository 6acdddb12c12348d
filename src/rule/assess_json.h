/* assess_json.h: the calculation's input and answer as JSON, exactly as doc/assess.md says.  Stored
 * calculations are kept in the same form, so this is also how they are read back.
 *
 * Ownership: what is read lives in the arena given; it does not point into the text. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/out.h"
#include "base/text.h"
#include "rule/explain.h"
#include "rule/facts.h"

struct assess_input {
    bool has_id;
    struct span id;
    date effective_date;
    struct rule_facts facts;
    const struct span *receiver_ids; /* one for each facts.receivers */
    const struct span *child_ids;    /* one for each facts.children */
};

/* Limits of the form; not law. */
#define ASSESS_NIGHTS_MOST 366
#define ASSESS_COUNT_MOST  1000
#define ASSESS_BYTES_MOST  4194304

/* Reads one object that fills the whole text (white space around it is allowed).  False with code,
 * sentence and JSON pointer (f->field) for anything doc/assess.md refuses; input->id is then set if
 * it could be read.  assess_check is part of it: what is read can be assessed. */
bool assess_json_read(struct arena *a, const char *text, size_t length, struct assess_input *input,
                      struct fail *f);

/* The input as canonical JSON: keys in the order of doc/assess.md, defaults left out. */
void assess_json_write_input(struct out *o, const struct assess_input *input);
/* The reply; steps NULL leaves them out. */
void assess_json_write_reply(struct out *o, const struct assess_input *input,
                             const struct award *award, const struct explained *steps);
/* The error object; input may have an id or not. */
void assess_json_write_error(struct out *o, const struct assess_input *input, const struct fail *f);
