/* scan.c: see scan.h. */
#include "base/scan.h"

#include "base/bug.h"

#include <stdio.h>

enum {
    FIRST_PRINTABLE  = 0x20,
    FIRST_NOT_ASCII  = 0x80,
    SURROGATE_HIGH   = 0xD800,
    SURROGATE_LOW    = 0xDC00,
    SURROGATE_END    = 0xE000,
    SUPPLEMENTARY    = 0x10000,
    CODE_POINT_END   = 0x110000,
    ESCAPE_DIGITS    = 4,
    CONTINUATION     = 6, /* bits in a continuation byte */
    CONTINUATION_MAX = 3,
    NESTING_MOST     = 1024,
};

/* ---- telling what is wrong ---------------------------------------------------------------- */

/* One step of a pointer, escaped (RFC 6901), shortened to whole characters, controls blanked. */
static size_t pointer_add(char *to, size_t room, struct span key)
{
    size_t used = 0;

    for (size_t i = 0; i < key.length;) {
        unsigned char c = (unsigned char)key.at[i];
        size_t length   = c < FIRST_NOT_ASCII ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (used + length + 2 > room) break;
        if (c == '~' || c == '/') {
            to[used++] = '~';
            to[used++] = c == '~' ? '0' : '1';
        } else if (c < FIRST_PRINTABLE) {
            to[used++] = '?';
        } else {
            memcpy(to + used, key.at + i, length);
            used += length;
        }
        i += length;
    }
    return used;
}

static void pointer_write(const struct scan *j, char *to, size_t room)
{
    size_t used = 0;

    for (int32_t k = 0; k < j->depth; k++) {
        const struct scan_place *p = &j->places[k];
        if (used + 16 > room) break;
        to[used++] = '/';
        if (p->index >= 0)
            used += (size_t)snprintf(to + used, room - used, "%d", (int)p->index);
        else
            used += pointer_add(to + used, room - used - 1, p->key);
    }
    to[used] = '\0';
}

bool scan_refuse(struct scan *j, const char *code, const char *sentence)
{
    REFUSE(j->fail, code, "%s", sentence);
    pointer_write(j, j->fail->field, sizeof j->fail->field);
    return false;
}

bool scan_refuse_member(struct scan *j, struct span key, const char *code, const char *sentence)
{
    BUG_UNLESS(j->depth < SCAN_DEPTH);
    j->places[j->depth++] = (struct scan_place){ key, -1 };
    return scan_refuse(j, code, sentence);
}

void scan_point(struct scan *j, const struct scan_place *places, int32_t depth)
{
    BUG_UNLESS(depth <= SCAN_DEPTH);
    memcpy(j->places, places, (size_t)depth * sizeof *places);
    j->depth = depth;
}

/* A fault of the text itself: there is no document to point into, so the sentence names the place.
 */
static bool faulty(struct scan *j, const char *code, const char *sentence)
{
    int line = 1, column = 1;

    for (const char *c = j->start; c < j->at; c++) {
        column = *c == '\n' ? 1 : column + (((unsigned char)*c & 0xC0) != 0x80);
        line += *c == '\n';
    }
    return REFUSE(j->fail, code, "Line %d, character %d: %s", line, column, sentence);
}

static bool malformed(struct scan *j)
{
    return faulty(
        j, "json_malformed",
        "this is not JSON. Look here and just before for a missing or stray comma, quote, "
        "bracket or value.");
}

static bool wrong_type(struct scan *j, enum scan_type wanted)
{
    static const char *const sentences[SCAN_TYPES] = {
        [SCAN_NULL]   = "Give null here.",
        [SCAN_BOOL]   = "Give true or false here, without quotes.",
        [SCAN_NUMBER] = "Give a whole number here, without quotes.",
        [SCAN_STRING] = "Give a text in double quotes here.",
        [SCAN_ARRAY]  = "Give a list in square brackets here.",
        [SCAN_OBJECT] = "Give an object in braces here.",
    };
    enum scan_type is;

    if (!scan_peek(j, &is)) return false;
    if (is == SCAN_NULL) {
        if (!scan_null(j)) return false;
        return scan_refuse(j, "null_not_allowed",
                           "Leave this key out instead of giving null: only historic_annual and "
                           "current_annual may be null.");
    }
    return scan_refuse(j, "type_wrong", sentences[wanted]);
}

/* ---- the grammar -------------------------------------------------------------------------- */

static void skip_space(struct scan *j)
{
    while (j->at < j->end && (*j->at == ' ' || *j->at == '\n' || *j->at == '\t' || *j->at == '\r'))
        j->at++;
}

static bool next_is(struct scan *j, char c)
{
    skip_space(j);
    if (j->at == j->end || *j->at != c) return false;
    j->at++;
    return true;
}

static bool expect_char(struct scan *j, char c)
{
    return next_is(j, c) || malformed(j);
}

bool scan_start(struct scan *j, struct arena *a, struct span text, struct fail *f)
{
    *j = (struct scan){
        .start = text.at, .at = text.at, .end = text.at + text.length, .arena = a, .fail = f
    };
    if (text.length >= 3 && !memcmp(text.at, "\xEF\xBB\xBF", 3))
        return faulty(j, "byte_order_mark",
                      "save the text as UTF-8 without a byte-order mark: it begins with one.");
    skip_space(j);
    if (j->at == j->end)
        return scan_refuse(j, "input_empty", "Give one JSON object: there is nothing here.");
    return true;
}

bool scan_finish(struct scan *j)
{
    skip_space(j);
    if (j->at == j->end) return true;
    return faulty(
        j, "json_trailing",
        "take away what follows the object, or put each object on a line of its own and use "
        "--lines.");
}

bool scan_peek(struct scan *j, enum scan_type *type)
{
    skip_space(j);
    switch (j->at < j->end ? *j->at : '\0') {
    case '"': *type = SCAN_STRING; return true;
    case '{': *type = SCAN_OBJECT; return true;
    case '[': *type = SCAN_ARRAY; return true;
    case 't':
    case 'f': *type = SCAN_BOOL; return true;
    case 'n': *type = SCAN_NULL; return true;
    case '-': *type = SCAN_NUMBER; return true;
    default:
        if (j->at == j->end || *j->at < '0' || *j->at > '9') return malformed(j);
        *type = SCAN_NUMBER;
        return true;
    }
}

static bool expect(struct scan *j, enum scan_type wanted)
{
    enum scan_type is;

    if (!scan_peek(j, &is)) return false;
    return is == wanted || wrong_type(j, wanted);
}

/* The literal word, not followed by a letter or digit. */
static bool word(struct scan *j, const char *text)
{
    size_t length = strlen(text);

    if ((size_t)(j->end - j->at) < length || memcmp(j->at, text, length)) return malformed(j);
    j->at += length;
    return true;
}

bool scan_null(struct scan *j)
{
    return word(j, "null");
}

bool scan_bool(struct scan *j, bool *value)
{
    if (!expect(j, SCAN_BOOL)) return false;
    *value = *j->at == 't';
    return word(j, *value ? "true" : "false");
}

/* ---- strings ------------------------------------------------------------------------------ */

/* The length of the valid UTF-8 sequence at s, 0 if there is none (Unicode 15, table 3-7). */
static size_t utf8_length(const char *s, const char *end)
{
    unsigned char lead = (unsigned char)*s, low = 0x80, high = 0xBF;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

    if (lead < 0xC2 || lead > 0xF4 || (size_t)(end - s) < length) return 0;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    for (size_t i = 1; i < length; i++, low = 0x80, high = 0xBF)
        if ((unsigned char)s[i] < low || (unsigned char)s[i] > high) return 0;
    return length;
}

static bool hex_read(struct scan *j, uint32_t *value)
{
    *value = 0;
    if (j->end - j->at < ESCAPE_DIGITS) return malformed(j);
    for (int i = 0; i < ESCAPE_DIGITS; i++) {
        char c    = *j->at++;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return malformed(j);
        *value = *value * 16 + (uint32_t)digit;
    }
    return true;
}

static char *utf8_write(char *to, uint32_t c)
{
    int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < SUPPLEMENTARY ? 2 : CONTINUATION_MAX;
    static const unsigned char leads[CONTINUATION_MAX + 1] = { 0, 0xC0, 0xE0, 0xF0 };

    *to++ = (char)(leads[more] | c >> (CONTINUATION * more));
    while (more-- > 0)
        *to++ = (char)(0x80 | (c >> (CONTINUATION * more) & 0x3F));
    return to;
}

/* After "\u": one code point, a surrogate pair being one. */
static bool unicode_read(struct scan *j, uint32_t *c)
{
    uint32_t low;

    if (!hex_read(j, c)) return false;
    if (*c < SURROGATE_HIGH || *c >= SURROGATE_END) return true;
    if (*c < SURROGATE_LOW && j->end - j->at >= 2 && j->at[0] == '\\' && j->at[1] == 'u') {
        j->at += 2;
        if (!hex_read(j, &low)) return false;
        if (low >= SURROGATE_LOW && low < SURROGATE_END) {
            *c = SUPPLEMENTARY + ((*c - SURROGATE_HIGH) << 10) + (low - SURROGATE_LOW);
            return true;
        }
    }
    return faulty(j, "surrogate_alone",
                  "write characters beyond U+FFFF as themselves or as both halves of a surrogate "
                  "pair: one half stands alone here.");
}

/* After the backslash. */
static bool escape_read(struct scan *j, char **to)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    uint32_t c;

    if (j->at == j->end) return malformed(j);
    char name = *j->at++;
    if (name == 'u') {
        if (!unicode_read(j, &c)) return false;
        *to = utf8_write(*to, c);
        return true;
    }
    const char *found = name ? strchr(names, name) : NULL;
    if (!found) return malformed(j);
    *(*to)++ = values[found - names];
    return true;
}

/* Moves past characters that stand for themselves. */
static bool plain_skip(struct scan *j)
{
    for (;;) {
        j->at += text_plain(j->at, (size_t)(j->end - j->at), true);
        if (j->at == j->end) return malformed(j);
        unsigned char c = (unsigned char)*j->at;
        if (c == '"' || c == '\\') return true;
        if (c < FIRST_PRINTABLE)
            return faulty(j, "control_character",
                          "write control characters (line breaks and tabs too) inside a text as "
                          "escapes such as \\n.");
        size_t length = utf8_length(j->at, j->end);
        if (length == 0)
            return faulty(j, "utf8_invalid",
                          "save the text as UTF-8: there are bytes here that are not.");
        j->at += length;
    }
}

/* A string with escapes: start is after the quote, the reader at the first backslash. */
static bool string_unescape(struct scan *j, const char *start, struct span *value)
{
    const char *close = j->at;

    while (close < j->end && *close != '"')
        close += *close == '\\' && close + 1 < j->end ? 2 : 1;
    /* No escape is shorter than what it stands for. */
    char *text = arena_take(j->arena, (size_t)(close - start) + 1), *to = text;
    size_t plain = (size_t)(j->at - start);
    memcpy(to, start, plain);
    to += plain;
    while (*j->at == '\\') {
        j->at++;
        if (!escape_read(j, &to)) return false;
        const char *from = j->at;
        if (!plain_skip(j)) return false;
        memcpy(to, from, (size_t)(j->at - from));
        to += j->at - from;
    }
    j->at++;
    *value = (struct span){ text, (size_t)(to - text) };
    return true;
}

/* The reader stands at the opening quote. */
static bool string_read(struct scan *j, struct span *value)
{
    const char *start = ++j->at;

    if (!plain_skip(j)) return false;
    if (*j->at == '\\') return string_unescape(j, start, value);
    *value = (struct span){ start, (size_t)(j->at - start) };
    j->at++;
    return true;
}

bool scan_string(struct scan *j, struct span *value)
{
    return expect(j, SCAN_STRING) && string_read(j, value);
}

/* ---- numbers ------------------------------------------------------------------------------ */

static size_t digits_skip(struct scan *j)
{
    const char *start = j->at;
    while (j->at < j->end && *j->at >= '0' && *j->at <= '9')
        j->at++;
    return (size_t)(j->at - start);
}

/* A number by the grammar; *whole: digits only. */
static bool number_skip(struct scan *j, bool *whole)
{
    *whole = *j->at != '-';
    if (!*whole) j->at++;
    bool zero     = j->at < j->end && *j->at == '0';
    size_t digits = digits_skip(j);
    if (digits == 0 || (zero && digits > 1)) return malformed(j);
    if (j->at < j->end && *j->at == '.') {
        j->at++;
        *whole = false;
        if (digits_skip(j) == 0) return malformed(j);
    }
    if (j->at < j->end && (*j->at == 'e' || *j->at == 'E')) {
        j->at++;
        *whole = false;
        if (j->at < j->end && (*j->at == '+' || *j->at == '-')) j->at++;
        if (digits_skip(j) == 0) return malformed(j);
    }
    return true;
}

bool scan_count(struct scan *j, int32_t most, int32_t *value)
{
    bool whole;

    if (!expect(j, SCAN_NUMBER)) return false;
    const char *start = j->at;
    if (!number_skip(j, &whole)) return false;
    int64_t count = 0;
    for (const char *p = start; whole && p < j->at && count <= most; p++)
        count = count * 10 + (*p - '0');
    if (whole && count <= most) {
        *value = (int32_t)count;
        return true;
    }
    REFUSE(j->fail, "count_wrong",
           "Give a whole number from 0 to %d here, without sign, point or exponent.", (int)most);
    pointer_write(j, j->fail->field, sizeof j->fail->field);
    return false;
}

/* ---- objects and arrays ------------------------------------------------------------------- */

static void push(struct scan *j, struct scan_place place)
{
    BUG_UNLESS(j->depth < SCAN_DEPTH);
    j->places[j->depth++] = place;
}

bool scan_object_begin(struct scan *j, const struct scan_form *form, struct scan_object *object)
{
    BUG_UNLESS(form->count <= SCAN_KEYS);
    if (!expect(j, SCAN_OBJECT)) return false;
    j->at++;
    *object = (struct scan_object){ .form = form };
    return true;
}

/* The place of a key in the form, looked for from `next` on: most give their keys in its order. */
static int32_t form_find(const struct scan_form *form, int32_t next, struct span key)
{
    for (int32_t k = next; k < form->count; k++)
        if (span_same(form->keys[k], key)) return k;
    for (int32_t k = 0; k < next; k++)
        if (span_same(form->keys[k], key)) return k;
    return -1;
}

/* A key and its colon; its place in the form. */
static bool key_read(struct scan *j, struct scan_object *object, int32_t *key)
{
    struct span name;

    skip_space(j);
    if (j->at == j->end || *j->at != '"') return malformed(j);
    if (!string_read(j, &name)) return false;
    push(j, (struct scan_place){ name, -1 });
    if (!expect_char(j, ':')) return false;
    *key = form_find(object->form, object->next, name);
    if (*key < 0)
        return scan_refuse(j, "key_unknown",
                           "Remove this key or correct its spelling: the form has no such key.");
    if (scan_object_has(object, *key))
        return scan_refuse(j, "key_twice",
                           "Give this key once: it stands twice in the same object.");
    object->seen |= 1u << *key;
    object->next = *key + 1;
    return true;
}

bool scan_object_next(struct scan *j, struct scan_object *object, int32_t *key)
{
    if (object->begun) j->depth--;
    skip_space(j);
    if (j->at < j->end && *j->at == '}') {
        j->at++;
        *key = -1;
        return true;
    }
    if (object->begun) {
        if (j->at == j->end || *j->at != ',') return malformed(j);
        j->at++;
    }
    object->begun = true;
    return key_read(j, object, key);
}

bool scan_object_needs(struct scan *j, const struct scan_object *object, int32_t key)
{
    if (scan_object_has(object, key)) return true;
    return scan_refuse_member(j, object->form->keys[key], "key_missing",
                              "Give this key: it is required.");
}

bool scan_array_begin(struct scan *j)
{
    if (!expect(j, SCAN_ARRAY)) return false;
    j->at++;
    push(j, (struct scan_place){ { NULL, 0 }, -1 });
    return true;
}

bool scan_array_next(struct scan *j, int32_t *index)
{
    struct scan_place *place = &j->places[j->depth - 1];
    bool first               = place->index < 0;

    skip_space(j);
    if (j->at < j->end && *j->at == ']') {
        j->at++;
        j->depth--;
        *index = -1;
        return true;
    }
    if (!first) {
        if (j->at == j->end || *j->at != ',') return malformed(j);
        j->at++;
    }
    *index = ++place->index;
    return true;
}

/* ---- looking for one string --------------------------------------------------------------- */

/* The kinds of the brackets open around a place: a bit each, 1 for an object. */
struct nesting {
    uint64_t kinds[NESTING_MOST / 64];
    int32_t depth;
};

static bool nesting_is_object(const struct nesting *n)
{
    int32_t top = n->depth - 1;
    return n->kinds[top / 64] >> (top % 64) & 1;
}

static bool nesting_open(struct scan *j, struct nesting *n, bool object)
{
    if (n->depth == NESTING_MOST)
        return faulty(j, "nesting_too_deep", "take away brackets: the form needs far fewer.");
    uint64_t bit = (uint64_t)1 << (n->depth % 64), *kinds = &n->kinds[n->depth / 64];
    *kinds = object ? *kinds | bit : *kinds & ~bit;
    n->depth++;
    return true;
}

/* A key and its colon. */
static bool key_check(struct scan *j, struct span *name)
{
    skip_space(j);
    if (j->at == j->end || *j->at != '"') return malformed(j);
    return string_read(j, name) && expect_char(j, ':');
}

/* A string, number, true, false or null. */
static bool scalar_check(struct scan *j, enum scan_type type)
{
    struct span ignored;
    bool whole;

    if (type == SCAN_STRING) return string_read(j, &ignored);
    if (type == SCAN_NUMBER) return number_skip(j, &whole);
    return word(j, type == SCAN_NULL ? "null" : *j->at == 't' ? "true" : "false");
}

/* After a value: closes what closes here.  *more: another value follows. */
static bool close_check(struct scan *j, struct nesting *n, bool *more)
{
    struct span ignored;

    for (*more = false; n->depth > 0; n->depth--) {
        bool object = nesting_is_object(n);
        if (next_is(j, ',')) {
            *more = true;
            return !object || key_check(j, &ignored);
        }
        if (!expect_char(j, object ? '}' : ']')) return false;
    }
    return true;
}

/* Moves past one value of any kind; false if it is not JSON or nested too deep to tell. */
static bool value_check(struct scan *j)
{
    struct nesting n = { .depth = 0 };
    enum scan_type type;
    struct span ignored;
    bool more = true;

    while (more) {
        if (!scan_peek(j, &type)) return false;
        bool object = type == SCAN_OBJECT;
        if (object || type == SCAN_ARRAY) {
            j->at++;
            if (!next_is(j, object ? '}' : ']')) {
                if (!nesting_open(j, &n, object) || (object && !key_check(j, &ignored)))
                    return false;
                continue;
            }
        } else if (!scalar_check(j, type)) {
            return false;
        }
        if (!close_check(j, &n, &more)) return false;
    }
    return true;
}

/* The members of the top-level object, whose brace is passed; *found counts those named key. */
static bool members_check(struct scan *j, struct span key, struct span *value, int *found)
{
    struct span name;
    enum scan_type type;

    if (next_is(j, '}')) return true;
    do {
        if (!key_check(j, &name) || !scan_peek(j, &type)) return false;
        bool same = span_same(name, key);
        *found += same ? 1 + (type != SCAN_STRING) : 0;
        if (!(same && type == SCAN_STRING ? string_read(j, value) : value_check(j))) return false;
    } while (next_is(j, ','));
    return expect_char(j, '}');
}

bool scan_survey(struct arena *a, struct span text, struct span key, struct scan_survey *survey)
{
    struct scan j;
    int found = 0;

    *survey = (struct scan_survey){ .has_value = false };
    if (!scan_start(&j, a, text, &survey->fail)) return false;
    bool read = next_is(&j, '{') ? members_check(&j, key, &survey->value, &found) : value_check(&j);
    if (!read || !scan_finish(&j)) return false;
    survey->has_value = found == 1;
    return true;
}
