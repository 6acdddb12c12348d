/* sealed.h: text that may not be shown to just anyone: an address, an account, a workplace.
 *
 * A sealed value is a struct round a pointer to a type that nobody defines: no function that prints
 * takes it, and the compiler says so.  It is opened through app/access.h, which asks the law's
 * table who may be told.  sealed_text is the lock itself: tools/tidy refuses it everywhere but in
 * the door and in the writer of facts. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct sealed {
    const struct sealed_text *text; /* NULL: nothing is sealed here */
    int32_t kind;                   /* what it is, as its maker counts kinds */
    int64_t whose;                  /* the person it is about */
};

/* What stands in the place of a sealed text. */
#define SEALED_WORDS "kept sealed"

/* The text must live as long as the value. */
struct sealed sealed_make(const char *text, int32_t kind, int64_t whose);
/* Whether it is that text, without telling it; nothing is no text. */
bool sealed_equals(struct sealed s, const char *text);
/* The text; NULL for nothing.  Only for the door and for writing a fact anew. */
const char *sealed_text(struct sealed s);
