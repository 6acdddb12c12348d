/* employer_code.c: making and checking the codes of orders. */
#include "app/employer_code.h"

#include "app/employer_people.h"
#include "base/bug.h"

#include <sodium.h>
#include <string.h>

enum { LETTERS = 16, GROUP = 4 };
static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

const char *employer_code_new(struct arena *arena)
{
    char *text  = arena_take(arena, LETTERS + LETTERS / GROUP);
    size_t used = 0;

    BUG_UNLESS(sodium_init() >= 0);
    for (int i = 0; i < LETTERS; i++) {
        if (i && i % GROUP == 0) text[used++] = '-';
        text[used++] = letters[randombytes_uniform(sizeof letters - 1)];
    }
    return text;
}

/* As it is typed: hyphens, spaces and small letters are forgiven.  "" when it cannot be a code. */
static const char *code_plain(struct arena *arena, const char *typed)
{
    char *plain = arena_take(arena, LETTERS + 1);
    size_t n    = 0;

    for (; *typed; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        if (c == '-' || c == ' ') continue;
        if (!strchr(letters, c) || n == LETTERS) return "";
        plain[n++] = c;
    }
    return n == LETTERS ? plain : "";
}

/* The employer's reference is in it: a code opens nothing for anybody else. */
static struct blob code_hash(struct arena *arena, const char *employer, const char *code)
{
    static const char use[] = "upkeep employer code";
    unsigned char *hash     = arena_take(arena, DIGEST_BYTES);
    struct digest d;

    digest_begin(&d);
    digest_value(&d, 't', use, sizeof use - 1);
    digest_value(&d, 't', employer, strlen(employer));
    digest_value(&d, 't', code, strlen(code));
    digest_end(&d, hash);
    return (struct blob){ hash, DIGEST_BYTES };
}

bool employer_code_set(const struct setting *s, int64_t pp, int64_t number, const char *code,
                       struct fail *fail)
{
    const char *plain = code_plain(s->arena, code);
    struct order_list orders;
    struct verb v;
    struct group g;
    bool done;

    BUG_UNLESS(*plain);
    if (!verb_open(s, pp, "employer_code", NULL, &v, &done, fail) ||
        !group_load_record(s->store, s->arena, pp, v.seq, &g, fail) ||
        !employee_orders_read(s, &g, &orders, fail))
        return false;
    const struct order *o = order_find(&orders, number);
    if (!o) return REFUSE(fail, "no_such_order", "No order of that number holds.");
    struct sql_employer_code_insert_in in = { .pp       = pp,
                                              .event    = v.seq,
                                              .id       = number,
                                              .employer = o->row->employer,
                                              .hash =
                                                  code_hash(s->arena, o->row->employer, plain) };
    out_print(&v.about, "A new code for employer %s to open order %lld", o->row->employer,
              (long long)number);
    return sql_employer_code_insert(s->store, &in, fail) && verb_close(&v, fail);
}

bool employer_code_made(const struct sql_employer_code_days_row *rows, size_t n, int64_t order,
                        date *made)
{
    bool found = false;

    for (size_t i = 0; i < n; i++)
        if (rows[i].id == order) {
            *made = rows[i].day;
            found = true;
        }
    return found;
}

/* --- what is typed --- */

static bool wrong(struct fail *fail)
{
    return REFUSE(fail, "code_wrong",
                  "The employer's reference or the code is not right. Both stand in the order; a "
                  "code ends with its order, and when a new one is made.");
}

bool employer_code_check(struct store *store, struct arena *arena,
                         const struct employer_code *typed, struct employer_key *key,
                         struct fail *fail)
{
    struct sql_employer_code_find_in find = { .hash = code_hash(arena, typed->employer,
                                                                code_plain(arena, typed->code)) };
    struct sql_employer_code_find_row row;
    bool found;

    if (!sql_employer_code_find(store, &find, arena, &row, &found, fail)) return false;
    *key = (struct employer_key){ .pp = 0 };
    if (found) *key = (struct employer_key){ row.pp, row.id, row.event };
    return found || wrong(fail);
}
