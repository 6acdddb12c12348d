/* owner.c: the order of B-220, one question after another. */
#include "app/owner.h"

#include "base/nino.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *owner_next_reference(const char *s, char found[REFERENCE_DIGITS + 1])
{
    while (*s) {
        size_t n = 0;
        while (*s && !isdigit((unsigned char)*s))
            s++;
        for (; isdigit((unsigned char)*s) || ((*s == ' ' || *s == '-') && n); s++) {
            if (!isdigit((unsigned char)*s)) continue;
            if (n < REFERENCE_DIGITS) found[n] = *s;
            n++;
        }
        if (n == REFERENCE_DIGITS) {
            found[REFERENCE_DIGITS] = '\0';
            return s;
        }
    }
    return NULL;
}

bool owner_of_reference(const struct setting *s, const char *ref, int64_t *pp, struct fail *fail)
{
    struct sql_person_by_ref_row person;
    struct sql_arrangement_by_ref_row arrangement;
    struct sql_person_groups_row *groups;
    size_t n;
    bool found;

    *pp = 0;
    if (!sql_arrangement_by_ref(s->store, &(struct sql_arrangement_by_ref_in){ .ref = ref },
                                s->arena, &arrangement, &found, fail))
        return false;
    if (found) {
        *pp = arrangement.pp;
        return true;
    }
    if (!sql_person_by_ref(s->store, &(struct sql_person_by_ref_in){ .ref = ref }, s->arena,
                           &person, &found, fail))
        return false;
    if (!found) return true;
    if (!sql_person_groups(s->store, &(struct sql_person_groups_in){ .person = person.id },
                           s->arena, &groups, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (groups[i].pp == person.id) *pp = person.id;
    return true;
}

bool owner_of_number(const struct setting *s, const char *nino, int64_t *pp, struct fail *fail)
{
    struct sql_owner_by_nino_row *found;
    size_t n;

    if (!sql_owner_by_nino(s->store,
                           &(struct sql_owner_by_nino_in){ .value = nino, .open = KNOWN_OPEN },
                           s->arena, &found, &n, fail))
        return false;
    *pp = n == 1 ? found[0].pp : 0;
    return true;
}

bool owner_of_employee(const struct setting *s, const char *reference, date day, int64_t *pp,
                       struct fail *fail)
{
    struct sql_owner_by_employee_in in = { .value = reference, .open = KNOWN_OPEN, .day = day };
    struct sql_owner_by_employee_row *found;
    size_t n;

    if (!sql_owner_by_employee(s->store, &in, s->arena, &found, &n, fail)) return false;
    *pp = n == 1 ? found[0].pp : 0;
    return true;
}

/* --- the questions: each sets the owner if it has an answer --- */

static bool by_number(const struct setting *s, const struct feed_line *line, struct owner *o,
                      struct fail *fail)
{
    char nino[NINO_LENGTH + 1];

    for (const char *at = line->remittance; !o->pp && (at = nino_next(at, nino));)
        if (!owner_of_number(s, nino, &o->pp, fail)) return false;
    o->how = "number";
    return true;
}

static bool by_employee(const struct setting *s, const struct feed_line *line, struct owner *o,
                        struct fail *fail)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = line->remittance; !o->pp && (at = owner_next_reference(at, ref));)
        if (!owner_of_employee(s, ref, line->booked, &o->pp, fail)) return false;
    o->how = "employee";
    return true;
}

/* The one announced deduction of just this amount, else the one batch that comes to it. */
static void announced_choose(const struct sql_announced_by_sender_row *rows, size_t n, money amount,
                             struct owner *o)
{
    size_t alike = 0, batches = 0;

    for (size_t i = 0; i < n; i++)
        if (rows[i].amount.p == amount.p && alike++ == 0) o->pp = rows[i].pp;
    if (alike == 1) return;
    o->pp = 0;
    for (size_t i = 0, end; i < n; i = end) {
        money sum = MONEY_NONE;
        for (end = i; end < n && !strcmp(rows[end].batch, rows[i].batch); end++)
            sum = money_add(sum, rows[end].amount);
        if (sum.p != amount.p || batches++) continue;
        o->shares      = &rows[i];
        o->share_count = end - i;
    }
    if (batches != 1) o->share_count = 0;
    if (o->share_count && o->shares[0].pp == o->shares[o->share_count - 1].pp) {
        o->pp          = o->shares[0].pp;
        o->share_count = 0;
    }
}

static bool by_schedule(const struct setting *s, const struct feed_line *line, struct owner *o,
                        struct fail *fail)
{
    char ref[REFERENCE_DIGITS + 1];
    struct sql_announced_by_sender_row *rows;
    size_t n;

    for (const char *at = line->remittance; (at = owner_next_reference(at, ref));) {
        if (!sql_announced_by_sender(s->store,
                                     &(struct sql_announced_by_sender_in){
                                         .sender = arena_text(s->arena, ref, REFERENCE_DIGITS) },
                                     s->arena, &rows, &n, fail))
            return false;
        announced_choose(rows, n, line->amount, o);
        if (o->pp || o->share_count) break;
    }
    o->how = "schedule";
    return true;
}

static bool by_account(const struct setting *s, const struct feed_line *line, struct owner *o,
                       struct fail *fail)
{
    struct sql_receipt_payer_row *known;
    size_t n;

    if (!sql_receipt_payer(s->store,
                           &(struct sql_receipt_payer_in){ .payer_account = line->payer_account },
                           s->arena, &known, &n, fail))
        return false;
    if (n == 1) o->pp = known[0].pp;
    o->how = "account";
    return true;
}

/* --- references, all at once --- */

struct references {
    struct sql_reference_list_row *at; /* by reference */
    size_t n;
    struct sql_payer_list_row *payers; /* of the people among them, by number */
    size_t payer_count;
};

static int by_ref(const void *key, const void *row)
{
    return strcmp(key, ((const struct sql_reference_list_row *)row)->ref);
}

static int by_pp(const void *key, const void *row)
{
    const int64_t *a = key, *b = &((const struct sql_payer_list_row *)row)->pp;
    return *a < *b ? -1 : *a > *b;
}

static int by_number_order(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The people that references name who are paying parents. */
static bool payers_read(const struct setting *s, struct references *r, struct fail *fail)
{
    int64_t *people = ARENA_MANY(s->arena, int64_t, r->n);
    size_t n        = 0;

    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].has_person) people[n++] = r->at[i].person;
    if (n) qsort(people, n, sizeof *people, by_number_order);
    return sql_payer_list(s->store, &(struct sql_payer_list_in){ .pps = { people, n } }, s->arena,
                          &r->payers, &r->payer_count, fail);
}

static bool references_read(const struct setting *s, const struct feed_line *lines, size_t n,
                            struct references *r, struct fail *fail)
{
    char ref[REFERENCE_DIGITS + 1];
    const char **refs = NULL;
    size_t count = 0, room = 0;

    *r = (struct references){ 0 };
    for (size_t i = 0; i < n; i++)
        for (const char *at = lines[i].remittance; (at = owner_next_reference(at, ref));) {
            if (count == room) {
                room = room ? 2 * room : n;
                refs = arena_grow(s->arena, refs, count * sizeof *refs, room * sizeof *refs);
            }
            refs[count++] = arena_text(s->arena, ref, REFERENCE_DIGITS);
        }
    return sql_reference_list(s->store, &(struct sql_reference_list_in){ .refs = { refs, count } },
                              s->arena, &r->at, &r->n, fail) &&
           payers_read(s, r, fail);
}

static int64_t references_owner(const struct references *r, const char *ref)
{
    const struct sql_reference_list_row *row =
        r->n ? bsearch(ref, r->at, r->n, sizeof *r->at, by_ref) : NULL;

    if (!row) return 0;
    if (row->has_arrangement) return row->pp;
    return row->has_person && r->payer_count &&
                   bsearch(&row->person, r->payers, r->payer_count, sizeof *r->payers, by_pp)
               ? row->person
               : 0;
}

static void by_reference(const struct references *r, const struct feed_line *line, struct owner *o)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = line->remittance; !o->pp && (at = owner_next_reference(at, ref));)
        o->pp = references_owner(r, ref);
    o->how = "reference";
}

bool owner_of_lines(const struct setting *s, const struct feed_line *lines, size_t n,
                    struct owner *owners, struct fail *fail)
{
    static bool (*const questions[])(const struct setting *, const struct feed_line *,
                                     struct owner *, struct fail *) = { by_number, by_employee,
                                                                        by_schedule, by_account };
    struct references references;

    if (!references_read(s, lines, n, &references, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        struct owner *o = &owners[i];
        *o              = (struct owner){ .how = "" };
        by_reference(&references, &lines[i], o);
        for (size_t q = 0; !o->pp && !o->share_count && q < sizeof questions / sizeof *questions;
             q++)
            if (!questions[q](s, &lines[i], o, fail)) return false;
        if (!o->pp && !o->share_count) o->how = "";
    }
    return true;
}
