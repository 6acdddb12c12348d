/* explain.h: a trace in words.  Pages, letters and the JSON `steps` all read the same lines, so no
 * channel can explain a figure differently from another. */
#pragma once
#include "base/arena.h"
#include "base/text.h"
#include "rule/explain_words.h"
#include "rule/facts.h"
#include "rule/trace.h"

struct law;

struct explain_line {
    enum step_note note;
    const char *rule;  /* "A-45" or "reading 7" */
    const char *cite;  /* "CSA 1991 Sch 1 para 2(1)" */
    const char *label; /* a sentence with the numbers in it, enough to redo it with a pencil */
    const char
        *amount; /* pounds as exact_text writes them; NULL where no amount stands after the step */
    size_t label_length, amount_length;
    struct who who;
    bool moved; /* false: a choice, or a rule that has no effect */
};
/* The names people know the receiving parents and children by; NULL: numbered from 1. */
struct explain_names {
    const struct span *receivers, *children;
};
struct explained {
    const struct explain_line *lines;
    int32_t count;
};

/* What is explained. */
struct explain_of {
    const struct rule_facts *facts;
    const struct law *law;
    const struct trace *trace;
    const struct explain_names *names;
};

/* The lines live in a. */
struct explained explain_in(enum explain_language language, struct arena *a,
                            const struct explain_of *of);
/* In English. */
struct explained explain(struct arena *a, const struct rule_facts *facts, const struct law *law,
                         const struct trace *trace, const struct explain_names *names);
