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

static void by_schedule(const struct owner_names *names, const struct feed_line *line,
                        struct owner *o)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = line->remittance;
         !o->pp && !o->share_count && (at = owner_next_reference(at, ref));) {
        size_t n;
        const struct sql_announced_by_sender_row *rows = owner_announced(names, ref, &n);
        announced_choose(rows, n, line->amount, o);
    }
    o->how = "schedule";
}

static void by_account(const struct owner_names *names, const struct feed_line *line,
                       struct owner *o)
{
    o->pp  = owner_by_account(names, line->payer_account);
    o->how = "account";
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

static bool is_owned(const struct owner *o)
{
    return o->pp || o->share_count;
}

/* What is asked only of lines that no name tells the owner of. */
static bool by_senders(const struct setting *s, const struct feed_line *lines, size_t n,
                       struct owner *owners, struct fail *fail)
{
    struct owner_names names = { 0 };
    struct texts refs = { .arena = s->arena }, accounts = refs;

    for (size_t i = 0; i < n; i++)
        if (!is_owned(&owners[i])) references_add(&refs, &lines[i]);
    if (!owner_senders_read(s, (struct store_texts){ refs.at, refs.n }, &names, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        if (is_owned(&owners[i])) continue;
        by_schedule(&names, &lines[i], &owners[i]);
        if (!is_owned(&owners[i]))
            texts_add(&accounts, lines[i].payer_account, strlen(lines[i].payer_account));
    }
    if (!owner_accounts_read(s, (struct store_texts){ accounts.at, accounts.n }, &names, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_owned(&owners[i])) by_account(&names, &lines[i], &owners[i]);
        if (!is_owned(&owners[i])) owners[i].how = "";
    }
    return true;
}

bool owner_of_lines(const struct setting *s, const struct feed_line *lines, size_t n,
                    struct owner *owners, struct fail *fail)
{
    return by_names(s, lines, n, owners, fail) && by_senders(s, lines, n, owners, fail);
}
