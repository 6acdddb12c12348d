/* hear.c: phrases found among the words of a text. */
#include "flow/hear.h"

#include <stddef.h>
#include <string.h>

enum { GAP_MOST = 3 };

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
static bool comes(const char *phrase, const char *const *words, size_t n, int gap)
{
    const char *want;
    size_t length = phrase_next(&phrase, &want);

    if (length == 0) return true;
    if (length == 2 && !strncmp(want, "..", 2)) return comes(phrase, words, n, GAP_MOST);
    for (; gap >= 0 && n > 0; gap--, words++, n--)
        if (fits(want, length, *words) && comes(phrase, words + 1, n - 1, 0)) return true;
    return false;
}

bool hear_rule_hears(const struct hear_rule *rule, const char *const *words, size_t n)
{
    for (; n > 0; words++, n--)
        for (int32_t i = 0; i < rule->phrase_count; i++)
            if (comes(rule->phrases[i], words, n, 0)) return true;
    return false;
}

const struct hear_rule *hear_rule_find(const char *name, size_t length)
{
    for (int32_t i = 0; i < hear_rule_count; i++)
        if (strlen(hear_rules[i].name) == length && !strncmp(hear_rules[i].name, name, length))
            return &hear_rules[i];
    return NULL;
}
