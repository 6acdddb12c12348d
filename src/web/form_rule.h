/* form_rule.h: what a form may contain, declared in page templates ({{form …}}) and compiled to
 * const tables.  A field that is not declared never reaches a handler. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum field_kind {
    FIELD_TEXT,   /* least and most are lengths in characters */
    FIELD_MONEY,  /* pounds with optional pence; commas, spaces and £ are forgiven; least, most in
                     pounds */
    FIELD_DATE,   /* NAME-day, NAME-month, NAME-year */
    FIELD_COUNT,  /* a whole number from least to most */
    FIELD_CHOICE, /* one of the choices */
    FIELD_TICKS,  /* any of the choices; at least one when required */
    FIELD_FILE,   /* a file of at most `most` bytes; its form is sent as multipart/form-data */
};
struct field_rule {
    const char *name;
    enum field_kind kind;
    bool required;
    int64_t least, most;         /* -1: no bound declared */
    const char *missing, *wrong; /* the sentence for the person */
    const char *const *choices;
    int32_t choice_count;
};
struct form_rule {
    const char *name;
    const struct field_rule *fields;
    int32_t field_count;
};
