/* name.c: words without case, accents and apostrophes, by utf8proc. */
#include "base/name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* How many bytes at s stand for an apostrophe, straight or curled. */
static size_t apostrophe(const char *s)
{
    if (*s == '\'' || *s == '`') return 1;
    return !strncmp(s, "\xE2\x80\x98", 3) || !strncmp(s, "\xE2\x80\x99", 3) ? 3 : 0;
}

/* How many bytes at s stand between words: ASCII that is no letter or figure, and the dashes,
 * spaces and quotes of U+2000 to U+203F.  0 within a word and at the end. */
static size_t between(const char *s)
{
    unsigned char c = (unsigned char)*s;

    if (c && c < 0x80) return !isalnum(c);
    return !strncmp(s, "\xE2\x80", 2) && s[2] ? 3 : 0;
}

bool words_have(const char *const *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(words[i], word)) return true;
    return false;
}

const char **text_words(struct arena *arena, const char *text, size_t *n)
{
    utf8proc_uint8_t *folded = NULL;

    *n = 0;
    if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                         UTF8PROC_IGNORE | UTF8PROC_STRIPMARK | UTF8PROC_DECOMPOSE) < 0)
        return NULL;
    size_t length = strlen((char *)folded), skip;
    char *s       = arena_text(arena, (char *)folded, length);
    free(folded);
    const char **words = ARENA_MANY(arena, const char *, length / 2 + 1);
    for (;;) {
        while ((skip = between(s)))
            s += skip;
        if (!*s) return words;
        char *to  = s;
        words[*n] = s;
        while (*s && ((skip = apostrophe(s)) || !between(s)))
            if (skip)
                s += skip;
            else
                *to++ = *s++;
        s += between(s);
        *to = '\0';
        if (*words[*n]) ++*n;
    }
}

size_t name_words(struct arena *arena, const char *text, const char **words, size_t most)
{
    size_t count, n = 0;
    const char **all = text_words(arena, text, &count);

    for (size_t i = 0; i < count && n < most; i++)
        if (!words_have(words, n, all[i])) words[n++] = all[i];
    return n;
}
