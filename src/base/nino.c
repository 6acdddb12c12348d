/* nino.c: the form of a National Insurance number; which prefixes are given out is not looked at.
 */
#include "base/nino.h"

#include <ctype.h>
#include <stddef.h>

enum { LETTERS = 2, DIGITS = 6 };

/* Reads the number that begins at `text`; what follows it, or NULL. */
static const char *nino_scan(const char *text, char *to)
{
    size_t n = 0;

    for (; *text && n < NINO_LENGTH; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == ' ' && n > 0) continue;
        bool digit = n >= LETTERS && n < LETTERS + DIGITS;
        if (digit ? !isdigit(c) : !isalpha(c)) return NULL;
        to[n++] = (char)toupper(c);
    }
    to[n] = '\0';
    return n == NINO_LENGTH && to[n - 1] <= 'D' ? text : NULL;
}

bool nino_read(const char *text, char *to)
{
    while (*text == ' ')
        text++;
    const char *rest = nino_scan(text, to);
    while (rest && *rest == ' ')
        rest++;
    return rest && !*rest;
}

const char *nino_next(const char *text, char *to)
{
    for (bool inside = false; *text; inside = isalnum((unsigned char)*text) != 0, text++) {
        const char *rest = inside ? NULL : nino_scan(text, to);
        if (rest && !isalnum((unsigned char)*rest)) return rest;
    }
    return NULL;
}
