/* scan.h: a strict reader of JSON (RFC 8259) for forms with known keys: no tree, one pass, and
 * every fault told with a code, a sentence and the JSON pointer of the place.  A fault of the text
 * itself (no JSON, no UTF-8) has an empty pointer, and its sentence begins with line and character.
 *
 * Refused besides what the grammar refuses: a byte-order mark, invalid UTF-8, lone surrogates, a
 * key not in the form, a key given twice.  Nothing recurses: nesting is what the caller asks for,
 * at most SCAN_DEPTH.  All functions return false with *fail filled; after that the reader is not
 * used again.
 *
 * Ownership: spans point into the text where it has no escapes, otherwise into the arena. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"

#include <stdint.h>

enum { SCAN_DEPTH = 8, SCAN_KEYS = 32 };

struct scan_place { /* a step of the pointer: a key, or an index into a list */
    struct span key;
    int32_t index; /* -1: key counts */
};
struct scan {
    const char *start, *at, *end;
    struct arena *arena;
    struct fail *fail;
    struct scan_place places[SCAN_DEPTH];
    int32_t depth;
};
enum scan_type {
    SCAN_NULL,
    SCAN_BOOL,
    SCAN_NUMBER,
    SCAN_STRING,
    SCAN_ARRAY,
    SCAN_OBJECT,
    SCAN_TYPES
};

/* The keys of one object of the form; at most SCAN_KEYS. */
struct scan_form {
    const struct span *keys;
    int32_t count;
};
/* An object being read: which keys were seen, by their place in the form. */
struct scan_object {
    const struct scan_form *form;
    uint32_t seen;
    int32_t next; /* the place after the last one read */
    bool begun;
};

/* Starts on a whole text: refuses a byte-order mark and a text of white space only. */
bool scan_start(struct scan *j, struct arena *a, struct span text, struct fail *f);
/* Only white space may follow. */
bool scan_finish(struct scan *j);
/* What comes next, from its first character; false if no value can start so. */
bool scan_peek(struct scan *j, enum scan_type *type);

/* The opening brace, then each member: *key is its place in the form, -1 after the last one.  The
 * reader stands before the value, and the pointer names it. */
bool scan_object_begin(struct scan *j, const struct scan_form *form, struct scan_object *object);
bool scan_object_next(struct scan *j, struct scan_object *object, int32_t *key);
static inline bool scan_object_has(const struct scan_object *object, int32_t key)
{
    return object->seen >> key & 1;
}
/* Refuses the object if the key was not seen; for use after the last member. */
bool scan_object_needs(struct scan *j, const struct scan_object *object, int32_t key);

/* The opening bracket, then each element: *index counts from 0, -1 after the last one. */
bool scan_array_begin(struct scan *j);
bool scan_array_next(struct scan *j, int32_t *index);

bool scan_string(struct scan *j, struct span *value);
bool scan_bool(struct scan *j, bool *value);
bool scan_null(struct scan *j);
/* A whole number of 0 to most, without point or exponent. */
bool scan_count(struct scan *j, int32_t most, int32_t *value);

/* Refuses the value the pointer names, with a sentence of the caller's. */
bool scan_refuse(struct scan *j, const char *code, const char *sentence);
/* The same for a member of the place the pointer names. */
bool scan_refuse_member(struct scan *j, struct span key, const char *code, const char *sentence);
/* For faults found after the reading: the pointer is set to this. */
void scan_point(struct scan *j, const struct scan_place *places, int32_t depth);

/* What can be said of a text that was refused.  False if it is no JSON at all; fail then says
 * where. has_value: the top level is an object with the key once, and its value is a string. */
struct scan_survey {
    bool has_value;
    struct span value;
    struct fail fail;
};
bool scan_survey(struct arena *a, struct span text, struct span key, struct scan_survey *survey);
