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

bool owner_senders_read(const struct setting *s, struct store_texts references,
                        struct owner_names *names, struct fail *fail)
{
    struct sql_announced_by_sender_in in = { .senders = references };

    return sql_announced_by_sender(s->store, &in, s->arena, &names->announced,
                                   &names->announced_count, fail);
}

bool owner_accounts_read(const struct setting *s, struct store_texts accounts,
                         struct owner_names *names, struct fail *fail)
{
    struct sql_receipt_payer_in in = { .accounts = accounts };

    return sql_receipt_payer(s->store, &in, s->arena, &names->payers_before,
                             &names->payer_before_count, fail);
}

/* --- answering --- */

/* Of rows in the order of their first member, a text, those with this text: the place of the first,
 * and of the one after the last. */
struct places {
    size_t from, to;
};

static const char *text_at(const void *rows, size_t size, size_t i)
{
    return *(const char *const *)(const void *)((const char *)rows + i * size);
}

static struct places places_of(const void *rows, size_t n, size_t size, const char *text)
{
    struct places p = { .from = 0, .to = n };

    while (p.from < p.to) {
        size_t middle = p.from + (p.to - p.from) / 2;
        if (strcmp(text_at(rows, size, middle), text) < 0)
            p.from = middle + 1;
        else
            p.to = middle;
    }
    while (p.to < n && !strcmp(text_at(rows, size, p.to), text))
        p.to++;
    return p;
}
#define PLACES_OF(rows, n, text) places_of(rows, n, sizeof *(rows), text)

static int by_pp(const void *key, const void *row)
{
    return by_id(key, &((const struct sql_payer_list_row *)row)->pp);
}

int64_t owner_by_reference(const struct owner_names *names, const char *ref)
{
    struct places p = PLACES_OF(names->references, names->reference_count, ref);

    if (p.from == p.to) return 0;
    const struct sql_reference_list_row *row = &names->references[p.from];
    if (row->has_arrangement) return row->pp;
    return row->has_person && names->payer_count &&
                   bsearch(&row->person, names->payers, names->payer_count, sizeof *names->payers,
                           by_pp)
               ? row->person
               : 0;
}

int64_t owner_by_number(const struct owner_names *names, const char *nino)
{
    struct places p = PLACES_OF(names->numbers, names->number_count, nino);

    return p.to - p.from == 1 ? names->numbers[p.from].pp : 0;
}

int64_t owner_by_employee(const struct owner_names *names, const char *ref, date day)
{
    struct places p = PLACES_OF(names->employees, names->employee_count, ref);
    int64_t pp      = 0;

    for (size_t i = p.from; i < p.to; i++) {
        const struct sql_owner_by_employee_row *row = &names->employees[i];
        if (date_before(day, row->valid_from) || !date_before(day, row->valid_to)) continue;
        if (pp && pp != row->pp) return 0;
        pp = row->pp;
    }
    return pp;
}

int64_t owner_by_account(const struct owner_names *names, const char *account)
{
    struct places p = PLACES_OF(names->payers_before, names->payer_before_count, account);

    return p.to - p.from == 1 ? names->payers_before[p.from].pp : 0;
}

const struct sql_announced_by_sender_row *owner_announced(const struct owner_names *names,
                                                          const char *sender, size_t *n)
{
    struct places p = PLACES_OF(names->announced, names->announced_count, sender);

    *n = p.to - p.from;
    return *n ? &names->announced[p.from] : NULL;
}
