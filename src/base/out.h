/* out.h: text being written.  The conversion for each medium has its name in the call, so the right
 * escape is the short way to write it. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/money.h"

#include <stddef.h>
#include <string.h>

struct out {
    struct arena *arena; /* the text grows here */
    char *at;
    size_t length, room;
};

/* Makes room for n bytes and a NUL after them. */
void out_grow(struct out *o, size_t n);
static inline void out_bytes(struct out *o, const char *s, size_t n)
{
    if (n == 0) return;
    if (o->length + n + 1 > o->room) out_grow(o, n);
    memcpy(o->at + o->length, s, n);
    o->length += n;
}
/* Room for n bytes at the end of the text, to be written by hand up to the place that out_end is
 * told. */
static inline char *out_room(struct out *o, size_t n)
{
    if (o->length + n + 1 > o->room) out_grow(o, n);
    return o->at + o->length;
}
static inline void out_end(struct out *o, const char *end)
{
    o->length = (size_t)(end - o->at);
}
/* As it is: only for text of our own. */
static inline void out_text(struct out *o, const char *s)
{
    out_bytes(o, s, strlen(s));
}
void out_print(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_html(struct out *o, const char *s);           /* escapes & < > " ' */
void out_json(struct out *o, const char *s, size_t n); /* a JSON string, quotes included */
void out_csv(struct out *o, const char *s);            /* a CSV cell; quotes, and defuses = + - @ */
void out_number(struct out *o, int64_t n);             /* 1234, -3 */
void out_money(struct out *o, money m);                /* 1234.56 */
void out_date(struct out *o, date d);                  /* 2026-11-22 */
/* NUL-terminated; valid until the next write. */
const char *out_string(struct out *o);
