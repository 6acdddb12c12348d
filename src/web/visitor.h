/* visitor.h: what a person without an account has told the calculator.  In memory only, so that it
 * never reaches a disk; wiped by "Exit this page", by VISITOR_IDLE seconds of silence and when the
 * program ends. */
#pragma once
#include "web/calculator_answers.h"

#include <stdbool.h>
#include <stdint.h>

enum { VISITORS = 8192, VISITOR_IDLE = 60 * 60 };

struct visitor {
    const char *token; /* "" before the first form */
    bool known;        /* answers are kept under the token */
    struct answers answers;
};

/* The answers kept under a token; false when there are none. */
bool visitor_load(const char *token, int64_t now, struct answers *answers);
/* Keeps answers.  When the table is full the one silent longest gives way. */
void visitor_save(const char *token, int64_t now, const struct answers *answers);
void visitor_wipe(const char *token);
