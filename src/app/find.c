/* find.c: cases that somebody looks for. */
#include "app/find.h"

#include "base/name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 3, TYPED = 20 };

static int by_length(const void *a, const void *b)
{
    size_t x = strlen(*(const char *const *)a), y = strlen(*(const char *const *)b);

    return (x < y) - (x > y);
}

/* A reference as people copy it: spaces and hyphens go when only figures are left; NULL when it is
 * none. */
static const char *reference_typed(struct arena *arena, const char *typed)
{
    char *text = arena_text(arena, typed, strlen(typed)), *to = text;

    if (strspn(typed, "0123456789 -") != strlen(typed)) return NULL;
    for (const char *p = typed; *p; p++)
        if (isdigit((unsigned char)*p)) *to++ = *p;
    *to = '\0';
    return text;
}

bool find_cases(struct store *store, struct arena *arena, const char *text,
                struct sql_find_cases_row **rows, size_t *n, struct fail *fail)
{
    const char *ref         = reference_typed(arena, text), *words[TYPED];
    const char *from[WORDS] = { "", "", "" },
               *to[WORDS]   = { NAME_BEHIND, NAME_BEHIND, NAME_BEHIND };
    size_t typed            = ref ? 0 : name_words(arena, text, words, TYPED);

    *n = 0;
    if (!ref && !typed) return true;
    qsort(words, typed, sizeof *words, by_length);
    for (size_t i = 0; i < typed && i < WORDS; i++) {
        from[i] = words[i];
        to[i]   = arena_print(arena, "%s" NAME_BEHIND, words[i]);
    }
    struct sql_find_cases_in in = { .ref       = ref ? ref : "",
                                    .one       = from[0],
                                    .one_end   = typed ? to[0] : "",
                                    .two       = from[1],
                                    .two_end   = to[1],
                                    .three     = from[2],
                                    .three_end = to[2],
                                    .most      = FIND_MOST };
    return sql_find_cases(store, &in, arena, rows, n, fail);
}
