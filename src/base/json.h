/* json.h: a strict reader of JSON (RFC 8259) for forms with known keys: no tree, one pass, and
 * every fault told with a code, a sentence and the JSON pointer of the place.  A fault of the text
 * itself (no JSON, no UTF-8) has an empty pointer, and its sentence begins with line and character.
 *
 * Refused besides what the grammar refuses: a byte-order mark, invalid UTF-8, lone surrogates, a
 * key not in the form, a key given twice.  Nothing recurses: nesting is what the caller asks for,
 * at most JSON_DEPTH.  All functions return false with *fail filled; after that the reader is not
 * used again.
 *
 * Ownership: spans point into the text where it has no escapes, otherwise into the arena. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"

#include <stdint.h>

enum { JSON_DEPTH = 8, JSON_KEYS = 32 };

struct json_place { /* a step of the pointer: a key, or an index into a list */
    struct span key;
    int32_t index; /* -1: key counts */
};
struct json {
    const char *start, *at, *end;
    struct arena *arena;
    struct fail *fail;
    struct json_place places[JSON_DEPTH];
    int32_t depth;
};
enum json_type {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
    JSON_TYPES
};

/* The keys of one object of the form; at most JSON_KEYS. */
struct json_form {
    const struct span *keys;
    int32_t count;
};
/* An object being read: which keys were seen, by their place in the form. */
struct json_object {
    const struct json_form *form;
    uint32_t seen;
    bool begun;
};

/* Starts on a whole text: refuses a byte-order mark and a text of white space only. */
bool json_start(struct json *j, struct arena *a, struct span text, struct fail *f);
/* Only white space may follow. */
bool json_finish(struct json *j);
/* What comes next, from its first character; false if no value can start so. */
bool json_peek(struct json *j, enum json_type *type);

/* The opening brace, then each member: *key is its place in the form, -1 after the last one.  The
 * reader stands before the value, and the pointer names it. */
bool json_object_begin(struct json *j, const struct json_form *form, struct json_object *object);
bool json_object_next(struct json *j, struct json_object *object, int32_t *key);
static inline bool json_object_has(const struct json_object *object, int32_t key)
{
    return object->seen >> key & 1;
}
/* Refuses the object if the key was not seen; for use after the last member. */
bool json_object_needs(struct json *j, const struct json_object *object, int32_t key);

/* The opening bracket, then each element: *index counts from 0, -1 after the last one. */
bool json_array_begin(struct json *j);
bool json_array_next(struct json *j, int32_t *index);

bool json_string(struct json *j, struct span *value);
bool json_bool(struct json *j, bool *value);
bool json_null(struct json *j);
/* A whole number of 0 to most, without point or exponent. */
bool json_count(struct json *j, int32_t most, int32_t *value);

/* Refuses the value the pointer names, with a sentence of the caller's. */
bool json_refuse(struct json *j, const char *code, const char *sentence);
/* The same for a member of the place the pointer names. */
bool json_refuse_member(struct json *j, struct span key, const char *code, const char *sentence);
/* For faults found after the reading: the pointer is set to this. */
void json_point(struct json *j, const struct json_place *places, int32_t depth);

/* What can be said of a text that was refused.  False if it is no JSON at all; fail then says where.
 * has_value: the top level is an object with the key once, and its value is a string. */
struct json_survey {
    bool        has_value;
    struct span value;
    struct fail fail;
};
bool json_survey(struct arena *a, struct span text, struct span key, struct json_survey *survey);
