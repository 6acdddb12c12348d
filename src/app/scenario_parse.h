/* scenario_parse.h: reading a scenario: a text file of dated steps and expectations in plain words
 * (doc/scenarios.md).  Pure: text in, steps out.  Names of people are not looked up here. */
#pragma once
#include "app/scenario_form.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"
#include "flow/decision_kind.h"
#include "flow/fact_kind.h"

/* What is given after a clause's word, as its type says. */
struct clause_value {
    bool given;
    const char *text;
    date day;
    money amount;
    int32_t count;
};

enum person_role { ROLE_PAYING, ROLE_RECEIVING, ROLE_CHILD };
/* Somebody in an application: one word is somebody known already, or a mistake. */
struct scenario_person {
    enum person_role role;
    const char *given, *family; /* family NULL: known by `given` */
    const char *as;             /* what the file calls them; NULL: their first name */
    bool has_born;
    date born;
};

struct play_step {
    enum play_kind kind;
    int line;
    const char *text; /* as written, one space between words: part of the step's identity */
    enum fact_kind fact;
    enum decision_kind decision;
    const char *word;  /* the fact's, decision's or choice's word; NULL: none */
    const char *value; /* NULL: none */
    money amount;      /* STEP_AMOUNT; may be below zero */
    bool what_is_due;  /* instead of an amount: what the balance says when the step is played */
    int32_t count;
    date day;
    struct clause_value clauses[CLAUSES];
    struct scenario_person *people; /* of STEP_APPLY */
    size_t people_count;
};

struct scenario {
    const char *file; /* for messages */
    const char *title;
    struct play_step *steps;
    size_t count;
    size_t expectations;
};

enum { SCENARIO_BYTES_MOST = 1 << 20, SCENARIO_STEPS_MOST = 20000, STEP_WORDS_MOST = 400 };

/* False with a sentence that begins with file:line. */
bool scenario_parse(const char *file, const char *text, size_t length, struct arena *arena,
                    struct scenario *scenario, struct fail *fail);
/* "£1,234.56", "1234.56", "-3.00", "nothing". */
bool scenario_amount(const char *text, money *amount);
/* Whether a step only looks or only sets the stage: it leaves nothing in the database. */
bool step_is_quiet(enum play_kind kind);
