/* known.c: people of an application looked for. */
#include "app/known.h"

#include "app/find.h"
#include "base/name.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 10, WORDS_MOST = 8, CHILDREN = 6, OTHERS_MOST = 20 };

/* Somebody an application names. */
struct named {
    const char *given, *family;
    bool has_born;
    date born;
};

struct finding {
    struct store *store;
    struct arena *arena;
    const struct online *online;
    struct named people[PEOPLE];
    size_t people_count;
    struct known *list;
    size_t n;
};

/* ---- who is named ---- */

static void named_add(const struct online *o, const char *whose, struct arena *a,
                      struct named *people, size_t *n)
{
    const char *born = online_open(o, arena_print(a, "%s_born", whose));
    struct named one = { .given  = online_open(o, arena_print(a, "%s_given", whose)),
                         .family = online_open(o, arena_print(a, "%s_family", whose)) };

    one.has_born = date_parse(born, strlen(born), &one.born);
    if (*one.given && *one.family) people[(*n)++] = one;
}

static size_t named_all(const struct online *o, struct arena *a, struct named people[PEOPLE])
{
    static const char *const whose[] = { "own", "other", "carer" };
    size_t n                         = 0;

    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++)
        named_add(o, whose[i], a, people, &n);
    for (int i = 1; i <= CHILDREN; i++)
        named_add(o, arena_print(a, "child%d", i), a, people, &n);
    return n;
}

/* ---- alike ---- */

static bool words_share(struct arena *a, const char *one, const char *other)
{
    const char *x[WORDS_MOST], *y[WORDS_MOST];
    size_t n = name_words(a, one, x, WORDS_MOST), m = name_words(a, other, y, WORDS_MOST);

    for (size_t i = 0; i < n; i++)
        if (words_have(y, m, x[i])) return true;
    return false;
}

static bool is_alike(struct arena *a, const struct named *one, const struct named *other)
{
    if (one->has_born && other->has_born && !date_same(one->born, other->born)) return false;
    return words_share(a, one->given, other->given) && words_share(a, one->family, other->family);
}

/* Puts one in once, those with the same date of birth first. */
static void known_put(struct finding *d, const struct known *one)
{
    size_t at = d->n;

    for (size_t i = 0; i < d->n; i++)
        if (d->list[i].application == one->application && d->list[i].pp == one->pp &&
            !strcmp(d->list[i].ref, one->ref) && !strcmp(d->list[i].name, one->name))
            return;
    if (d->n == KNOWN_MOST) return;
    while (one->same_born && at > 0 && !d->list[at - 1].same_born)
        at--;
    memmove(&d->list[at + 1], &d->list[at], (d->n - at) * sizeof *d->list);
    d->list[at] = *one;
    d->n++;
}

static const char *name_of(struct arena *a, const struct named *one)
{
    return arena_print(a, "%s %s", one->given, one->family);
}

/* ---- in the record ---- */

static void person_compare(struct finding *d, const struct named *sought,
                           const struct sql_group_people_row *row)
{
    struct named there = { row->given, row->family, row->has_born, row->born };
    struct known one   = { .pp        = row->pp,
                           .ref       = row->ref,
                           .name      = name_of(d->arena, &there),
                           .same_born = sought->has_born && there.has_born,
                           .born      = row->born };

    if (is_alike(d->arena, sought, &there)) known_put(d, &one);
}

static int ascending(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

/* Found by the first word of the first name and by the last name. */
static bool record_find(struct finding *d, const struct named *sought, struct fail *fail)
{
    const char *word[1];
    struct sql_find_cases_row *cases;
    struct sql_group_people_row *people;
    size_t n, count;

    if (!name_words(d->arena, sought->given, word, 1)) return true;
    if (!find_cases(d->store, d->arena, arena_print(d->arena, "%s %s", word[0], sought->family),
                    &cases, &n, fail))
        return false;
    if (!n) return true;
    int64_t *pps = ARENA_MANY(d->arena, int64_t, n);
    for (size_t i = 0; i < n; i++)
        pps[i] = cases[i].pp;
    qsort(pps, n, sizeof *pps, ascending); /* cases come by name */
    struct sql_group_people_in in = { .pps = { pps, n } };
    if (!sql_group_people(d->store, &in, d->arena, &people, &count, fail)) return false;
    for (size_t i = 0; i < count; i++)
        person_compare(d, sought, &people[i]);
    return true;
}

/* ---- in other applications ---- */

static bool application_compare(struct finding *d, const struct named *sought, int64_t number,
                                struct fail *fail)
{
    struct named people[PEOPLE];
    struct online other;
    bool found;

    if (!online_read(d->store, d->arena, number, &other, &found, fail)) return false;
    size_t n = found ? named_all(&other, d->arena, people) : 0;
    for (size_t i = 0; i < n; i++) {
        struct known one = { .application = number,
                             .ref         = online_reference(number, d->arena),
                             .name        = name_of(d->arena, &people[i]),
                             .same_born   = true,
                             .born        = people[i].born,
                             .state       = other.state };
        if (people[i].has_born && is_alike(d->arena, sought, &people[i])) known_put(d, &one);
    }
    return true;
}

/* Found by a day of birth, which every application has of its children. */
static bool applications_find(struct finding *d, const struct named *sought, struct fail *fail)
{
    char born[DATE_TEXT];
    struct sql_online_born_row *rows;
    size_t n;

    if (!sought->has_born) return true;
    struct sql_online_born_in in = { .pp    = SERVICE_PP,
                                     .value = date_text(sought->born, born),
                                     .other = d->online->number,
                                     .most  = OTHERS_MOST };
    if (!sql_online_born(d->store, &in, d->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (!application_compare(d, sought, rows[i].event, fail)) return false;
    return true;
}

bool known_find(struct store *store, struct arena *arena, const struct online *online,
                struct known **list, size_t *n, struct fail *fail)
{
    struct finding d = { .store = store, .arena = arena, .online = online };

    d.list         = ARENA_MANY(arena, struct known, KNOWN_MOST + 1);
    d.people_count = named_all(online, arena, d.people);
    for (size_t i = 0; i < d.people_count; i++)
        if (!record_find(&d, &d.people[i], fail) || !applications_find(&d, &d.people[i], fail))
            return false;
    *list = d.list;
    *n    = d.n;
    return true;
}
