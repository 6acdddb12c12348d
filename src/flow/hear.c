/* hear.c: phrases found in a text, word by word. */
#include "flow/hear.h"

#include <stddef.h>
#include <string.h>

enum { WORD_MOST = 40, GAP_MOST = 3, ASCII = 0x80 };

/* --- letters --- */

/* A letter of two bytes without its accent; 0: it is none of Welsh. */
static char plain_of(const unsigned char *at)
{
    static const struct {
        unsigned char lead, first, last;
        char plain;
    } table[] = {
        { 0xC3, 0x80, 0x85, 'a' }, { 0xC3, 0x88, 0x8B, 'e' }, { 0xC3, 0x8C, 0x8F, 'i' },
        { 0xC3, 0x92, 0x96, 'o' }, { 0xC3, 0x99, 0x9C, 'u' }, { 0xC3, 0x9D, 0x9D, 'y' },
        { 0xC3, 0xA0, 0xA5, 'a' }, { 0xC3, 0xA8, 0xAB, 'e' }, { 0xC3, 0xAC, 0xAF, 'i' },
        { 0xC3, 0xB2, 0xB6, 'o' }, { 0xC3, 0xB9, 0xBC, 'u' }, { 0xC3, 0xBD, 0xBF, 'y' },
        { 0xC5, 0xB4, 0xB5, 'w' }, { 0xC5, 0xB6, 0xB8, 'y' },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (at[0] == table[i].lead && at[1] >= table[i].first && at[1] <= table[i].last)
            return table[i].plain;
    return '\0';
}

/* How many bytes an apostrophe here has, typed or set; 0: there is none. */
static size_t apostrophe(const unsigned char *at)
{
    if (*at == '\'' || *at == '`') return 1;
    return at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0x98 || at[2] == 0x99) ? 3 : 0;
}

/* The letter here in small; '\0': what is here parts words.  *bytes: how long it is. */
static char letter_of(const unsigned char *at, size_t *bytes)
{
    *bytes = 1;
    if (*at >= 'A' && *at <= 'Z') return (char)(*at - 'A' + 'a');
    if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')) return (char)*at;
    if (*at < ASCII) return '\0';
    char plain = plain_of(at);
    if (plain) *bytes = 2;
    return plain;
}

/* The next word of a text; what is longer than a word can be is cut.  False: there is none. */
static bool word_next(const char **text, char word[WORD_MOST])
{
    const unsigned char *at = (const unsigned char *)*text;
    size_t n                = 0, bytes;

    while (*at && !letter_of(at, &bytes))
        at++;
    while (*at) {
        size_t skip = apostrophe(at);
        char c      = skip ? '\0' : letter_of(at, &bytes);
        if (!skip && !c) break;
        if (c && n < WORD_MOST - 1) word[n++] = c;
        at += skip ? skip : bytes;
    }
    word[n] = '\0';
    *text   = (const char *)at;
    return n > 0;
}

/* --- phrases --- */

/* The next word of a phrase: its length, 0 at the end. */
static size_t phrase_next(const char **phrase, const char **word)
{
    size_t n = strcspn(*phrase, " ");

    *word = *phrase;
    *phrase += n + ((*phrase)[n] == ' ');
    return n;
}

static bool fits(const char *want, size_t n, const char *word)
{
    if (want[n - 1] == '~') return !strncmp(word, want, n - 1);
    return !strncmp(word, want, n) && !word[n];
}

/* Whether the rest of a phrase comes here, after at most so many other words. */
static bool comes(const char *phrase, const char *text, int gap)
{
    char word[WORD_MOST];
    const char *want;
    size_t n = phrase_next(&phrase, &want);

    if (n == 0) return true;
    if (n == 2 && !strncmp(want, "..", 2)) return comes(phrase, text, GAP_MOST);
    for (; gap >= 0 && word_next(&text, word); gap--)
        if (fits(want, n, word) && comes(phrase, text, 0)) return true;
    return false;
}

bool hear_rule_hears(const struct hear_rule *rule, const char *text)
{
    char word[WORD_MOST];

    for (const char *at = text; *at;) {
        const char *here = at;
        for (int32_t i = 0; i < rule->phrase_count; i++)
            if (comes(rule->phrases[i], here, 0)) return true;
        if (!word_next(&at, word)) return false;
    }
    return false;
}

const struct hear_rule *hear_rule_find(const char *name, size_t length)
{
    for (int32_t i = 0; i < hear_rule_count; i++)
        if (strlen(hear_rules[i].name) == length && !strncmp(hear_rules[i].name, name, length))
            return &hear_rules[i];
    return NULL;
}
