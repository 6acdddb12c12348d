/* owner.c: the order of B-220, one question after another. */
#include "app/owner.h"

#include "app/owner_names.h"
#include "base/nino.h"

#include <ctype.h>
#include <string.h>

enum { TEXTS_FIRST = 64 };

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

/* --- the questions: each sets the owner if it has an answer --- */

static void by_reference(const struct owner_names *names, const struct feed_line *line,
                         struct owner *o)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = line->remittance; !o->pp && (at = owner_next_reference(at, ref));)
        o->pp = owner_by_reference(names, ref);
    o->how = "reference";
}

static void by_number(const struct owner_names *names, const struct feed_line *line,
                      struct owner *o)
{
    char nino[NINO_LENGTH + 1];

    for (const char *at = line->remittance; !o->pp && (at = nino_next(at, nino));)
        o->pp = owner_by_number(names, nino);
    o->how = "number";
}

static void by_employee(const struct owner_names *names, const struct feed_line *line,
                        struct owner *o)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = line->remittance; !o->pp && (at = owner_next_reference(at, ref));)
        o->pp = owner_by_employee(names, ref, line->booked);
    o->how = "employee";
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

/* --- what can be asked of all lines at once --- */

struct texts {
    struct arena *arena;
    const char **at;
    size_t n, room;
};

static void texts_add(struct texts *t, const char *text, size_t n)
{
    if (t->n == t->room) {
        t->room = t->room ? 2 * t->room : TEXTS_FIRST;
        t->at   = arena_grow(t->arena, t->at, t->n * sizeof *t->at, t->room * sizeof *t->at);
    }
    t->at[t->n++] = arena_text(t->arena, text, n);
}

static void references_add(struct texts *t, const struct feed_line *line)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = line->remittance; (at = owner_next_reference(at, ref));)
        texts_add(t, ref, REFERENCE_DIGITS);
}

static void numbers_add(struct texts *t, const struct feed_line *line)
{
    char nino[NINO_LENGTH + 1];

    for (const char *at = line->remittance; (at = nino_next(at, nino));)
        texts_add(t, nino, NINO_LENGTH);
}

static bool by_names(const struct setting *s, const struct feed_line *lines, size_t n,
                     struct owner *owners, struct fail *fail)
{
    struct owner_names names = { 0 };
    struct texts refs = { .arena = s->arena }, left = refs, numbers = refs;

    for (size_t i = 0; i < n; i++)
        references_add(&refs, &lines[i]);
    if (!owner_references_read(s, (struct store_texts){ refs.at, refs.n }, &names, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        owners[i] = (struct owner){ .how = "" };
        by_reference(&names, &lines[i], &owners[i]);
        if (owners[i].pp) continue;
        references_add(&left, &lines[i]);
        numbers_add(&numbers, &lines[i]);
    }
    if (!owner_numbers_read(s, (struct store_texts){ numbers.at, numbers.n }, &names, fail) ||
        !owner_employees_read(s, (struct store_texts){ left.at, left.n }, &names, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!owners[i].pp) by_number(&names, &lines[i], &owners[i]);
        if (!owners[i].pp) by_employee(&names, &lines[i], &owners[i]);
    }
    return true;
}

bool owner_of_lines(const struct setting *s, const struct feed_line *lines, size_t n,
                    struct owner *owners, struct fail *fail)
{
    if (!by_names(s, lines, n, owners, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        struct owner *o = &owners[i];
        if (!o->pp && !by_schedule(s, &lines[i], o, fail)) return false;
        if (!o->pp && !o->share_count && !by_account(s, &lines[i], o, fail)) return false;
        if (!o->pp && !o->share_count) o->how = "";
    }
    return true;
}
