/* owner_names.c: names looked up as lists. */
#include "app/owner_names.h"

#include <stdlib.h>
#include <string.h>

/* --- reading --- */

static int by_id(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The people that references name who are paying parents. */
static bool payers_read(const struct setting *s, struct owner_names *names, struct fail *fail)
{
    int64_t *people = ARENA_MANY(s->arena, int64_t, names->reference_count);
    size_t n        = 0;

    for (size_t i = 0; i < names->reference_count; i++)
        if (names->references[i].has_person) people[n++] = names->references[i].person;
    if (n) qsort(people, n, sizeof *people, by_id);
    return sql_payer_list(s->store, &(struct sql_payer_list_in){ .pps = { people, n } }, s->arena,
                          &names->payers, &names->payer_count, fail);
}

bool owner_references_read(const struct setting *s, struct store_texts references,
                           struct owner_names *names, struct fail *fail)
{
    return sql_reference_list(s->store, &(struct sql_reference_list_in){ .refs = references },
                              s->arena, &names->references, &names->reference_count, fail) &&
           payers_read(s, names, fail);
}

bool owner_numbers_read(const struct setting *s, struct store_texts numbers,
                        struct owner_names *names, struct fail *fail)
{
    struct sql_owner_by_nino_in in = { .numbers = numbers, .open = KNOWN_OPEN };

    return sql_owner_by_nino(s->store, &in, s->arena, &names->numbers, &names->number_count, fail);
}

bool owner_employees_read(const struct setting *s, struct store_texts references,
                          struct owner_names *names, struct fail *fail)
{
    struct sql_owner_by_employee_in in = {
        .refs = references, .open = KNOWN_OPEN, .first = DATE_NEVER, .last = DATE_OPEN
    };

    return sql_owner_by_employee(s->store, &in, s->arena, &names->employees, &names->employee_count,
                                 fail);
}

/* --- answering --- */

static int by_ref(const void *key, const void *row)
{
    return strcmp(key, ((const struct sql_reference_list_row *)row)->ref);
}

static int by_pp(const void *key, const void *row)
{
    return by_id(key, &((const struct sql_payer_list_row *)row)->pp);
}

int64_t owner_by_reference(const struct owner_names *names, const char *ref)
{
    const struct sql_reference_list_row *row =
        names->reference_count
            ? bsearch(ref, names->references, names->reference_count, sizeof *row, by_ref)
            : NULL;

    if (!row) return 0;
    if (row->has_arrangement) return row->pp;
    return row->has_person && names->payer_count &&
                   bsearch(&row->person, names->payers, names->payer_count, sizeof *names->payers,
                           by_pp)
               ? row->person
               : 0;
}

int64_t owner_by_number(const struct owner_names *names, const char *nino)
{
    size_t from = 0, to = names->number_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(names->numbers[middle].value, nino) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == names->number_count || strcmp(names->numbers[from].value, nino) != 0) return 0;
    to = from + 1; /* somebody else's too? */
    return to < names->number_count && !strcmp(names->numbers[to].value, nino)
               ? 0
               : names->numbers[from].pp;
}

int64_t owner_by_employee(const struct owner_names *names, const char *ref, date day)
{
    size_t from = 0, to = names->employee_count;
    int64_t pp = 0;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(names->employees[middle].value, ref) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < names->employee_count; from++) {
        const struct sql_owner_by_employee_row *row = &names->employees[from];
        if (strcmp(row->value, ref) != 0) break;
        if (date_before(day, row->valid_from) || !date_before(day, row->valid_to)) continue;
        if (pp && pp != row->pp) return 0;
        pp = row->pp;
    }
    return pp;
}
