/* fail.h: a failure (disk, database, limits, refused input) told to the person who can act.
 *
 * Three kinds of wrong, never mixed: a bug is an assertion (bug.h); a failure is `false` with a
 * filled struct fail; a refusal (not eligible, form wrong) is a failure of kind FAIL_REFUSED with a
 * code and a sentence. */
#pragma once
#include <stdbool.h>

enum fail_kind { FAIL_NONE, FAIL_REFUSED, FAIL_INPUT, FAIL_SYSTEM, FAIL_INTEGRITY };

struct fail {
    enum fail_kind kind;
    char code[48];  /* short name for programs, e.g. "income_missing" */
    char text[400]; /* one sentence a person can act on */
    char field[96]; /* the form field, JSON path or fact kind meant; may be empty */
    const char *file;
    int line;
};

/* Fills f and returns false, so that `return fail_set(...)` reads well. */
bool fail_at(struct fail *f, const char *file, int line, enum fail_kind kind, const char *code,
             const char *format, ...) __attribute__((format(printf, 6, 7)));

#define FAIL(f, kind, code, ...) fail_at((f), __FILE__, __LINE__, (kind), (code), __VA_ARGS__)
#define REFUSE(f, code, ...)     fail_at((f), __FILE__, __LINE__, FAIL_REFUSED, (code), __VA_ARGS__)

/* Names the field of a failure already filled; returns false. */
bool fail_field(struct fail *f, const char *field);
