/* person.c: somebody of a family, recorded. */
#include "app/person.h"

#include "base/name.h"

#include <string.h>

enum { WORDS = 40 };

/* The words that a name is found by. */
static size_t words_of(struct arena *arena, const char *given, const char *family,
                       const char **words)
{
    return name_words(arena, arena_print(arena, "%s %s", given, family), words, WORDS);
}

void person_record(struct verb *v, const struct sql_person_insert_in *in)
{
    const char *words[WORDS];
    size_t n = words_of(v->arena, in->given, in->family, words);

    verb_add(v, DRAFT_PERSON, in);
    for (size_t i = 0; i < n; i++)
        verb_add(
            v, DRAFT_NAME_WORD,
            &(struct sql_name_word_insert_in){ .pp = v->pp, .person = in->id, .word = words[i] });
}

bool person_check(struct store *store, const struct group *g, struct arena *arena,
                  person_complaint *tell, void *context, struct fail *fail)
{
    struct sql_name_word_list_row *rows;
    const char *words[WORDS];
    size_t n, proved = 0;

    if (!sql_name_word_list(store, &(struct sql_name_word_list_in){ .pp = g->pp }, arena, &rows, &n,
                            fail))
        return false;
    for (size_t i = 0; i < g->people_count; i++) {
        const struct sql_group_people_row *p = &g->people[i];
        size_t wanted = words_of(arena, p->given, p->family, words), found = 0;
        for (size_t k = 0; k < n; k++)
            found += rows[k].person == p->id && words_have(words, wanted, rows[k].word);
        if (found != wanted)
            tell(context, arena_print(arena, "Person %lld cannot be found by their name.",
                                      (long long)p->id));
        proved += found;
    }
    if (proved < n) tell(context, "Somebody can be found by a name they do not have.");
    return true;
}
