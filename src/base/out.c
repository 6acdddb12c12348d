/* out.c: appending to a growing text, one escape for each medium. */
#include "base/out.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 1024 };

void out_grow(struct out *o, size_t n)
{
    if (o->length + n + 1 <= o->room) return;
    size_t room = o->room ? o->room * 2 : FIRST_ROOM;
    while (room < o->length + n + 1)
        room *= 2;
    char *grown = arena_grow(o->arena, o->at, o->length, room);
    o->at       = grown;
    o->room     = room;
}

void out_print(struct out *o, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    BUG_UNLESS(n >= 0);
    out_grow(o, (size_t)n);
    va_start(args, format);
    vsnprintf(o->at + o->length, (size_t)n + 1, format, args);
    va_end(args);
    o->length += (size_t)n;
}

void out_html(struct out *o, const char *s)
{
    for (; *s; s++) {
        size_t plain = strcspn(s, "&<>\"'");
        out_bytes(o, s, plain);
        s += plain;
        switch (*s) {
        case '&': out_text(o, "&amp;"); break;
        case '<': out_text(o, "&lt;"); break;
        case '>': out_text(o, "&gt;"); break;
        case '"': out_text(o, "&quot;"); break;
        case '\'': out_text(o, "&#39;"); break;
        default: return;
        }
    }
}

void out_json(struct out *o, const char *s, size_t n)
{
    out_bytes(o, "\"", 1);
    while (n > 0) {
        size_t plain = text_plain(s, n, false);
        out_bytes(o, s, plain);
        if (plain == n) break;
        unsigned char c = (unsigned char)s[plain];
        if (c == '"' || c == '\\')
            out_print(o, "\\%c", c);
        else if (c == '\n')
            out_text(o, "\\n");
        else if (c == '\t')
            out_text(o, "\\t");
        else
            out_print(o, "\\u%04x", c);
        s += plain + 1;
        n -= plain + 1;
    }
    out_bytes(o, "\"", 1);
}

void out_csv(struct out *o, const char *s)
{
    bool risky = *s && strchr("=+-@\t\r", *s) != NULL;
    if (!risky && !strpbrk(s, ",\"\r\n")) {
        out_text(o, s);
        return;
    }
    out_text(o, risky ? "\"'" : "\"");
    for (; *s; s++) {
        if (*s == '"') out_bytes(o, "\"", 1);
        out_bytes(o, s, 1);
    }
    out_text(o, "\"");
}

void out_number(struct out *o, int64_t n)
{
    char digits[MONEY_TEXT], *at = digits + sizeof digits;
    uint64_t size = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;

    do
        *--at = (char)('0' + size % 10);
    while (size /= 10);
    if (n < 0) *--at = '-';
    out_bytes(o, at, (size_t)(digits + sizeof digits - at));
}

void out_money(struct out *o, money m)
{
    char buffer[MONEY_TEXT];
    out_text(o, money_text(m, buffer));
}

void out_date(struct out *o, date d)
{
    char buffer[DATE_TEXT];
    out_text(o, date_text(d, buffer));
}

const char *out_string(struct out *o)
{
    out_grow(o, 1);
    o->at[o->length] = '\0';
    return o->at;
}
