/* escape.c: the escapes page templates use. */
#include "web/escape.h"

#include "letter/document.h"
#include "web/said.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void escape_text(struct out *o, const char *s)
{
    if (s) out_html(o, s);
}

void escape_pounds(struct out *o, money m)
{
    char buffer[MONEY_TEXT];
    out_text(o, money_pounds(m, buffer));
}

void escape_words(struct out *o, date d)
{
    char buffer[DATE_WORDS];
    out_text(o, date_words(d, buffer));
}

void escape_words_welsh(struct out *o, date d)
{
    char buffer[DATE_WORDS];
    out_text(o, letter_date_words(d, LETTER_WELSH, buffer));
}

/* "PDF" and "B-201" are in no language. */
static bool has_letters(const char *s)
{
    for (; *s; s++)
        if (islower((unsigned char)*s)) return true;
    return false;
}

void escape_said(struct out *o, const char *s)
{
    const char *welsh = s ? said_find(o->arena, s) : NULL;

    if (!welsh && escape_given(s) && has_letters(s)) {
        out_text(o, "<span class=\"upkeep-english\" lang=\"en\">");
        out_html(o, s);
        out_text(o, "</span>");
    } else {
        escape_text(o, welsh ? welsh : s);
    }
}

void escape_said_plain(struct out *o, const char *s)
{
    escape_text(o, said(o->arena, s));
}

void escape_int(struct out *o, int64_t n)
{
    out_print(o, "%" PRId64, n);
}

void escape_part(struct out *o, const char *s)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    for (; s && *s; s++) {
        size_t n = strspn(s, plain);
        out_bytes(o, s, n);
        s += n;
        if (!*s) return;
        out_print(o, "%%%02X", (unsigned)(unsigned char)*s);
    }
}

void escape_local(struct out *o, const char *s)
{
    bool local = s && s[0] == '/' && s[1] != '/' && !strchr(s, '\\');

    for (const char *p = s; local && *p; p++)
        local = (unsigned char)*p > ' ' && *p != 0x7f;
    out_html(o, local ? s : "/");
}

bool escape_given(const char *s)
{
    return s && *s;
}

bool escape_same(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}
