/* authority.c: authorities given, taken up, ended. */
#include "app/authority.h"

#include "base/bug.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

const char *const authority_basis_words[AUTHORITY_BASES] = {
    [AUTHORITY_FAMILY] = "family",       [AUTHORITY_ADVISER] = "adviser",
    [AUTHORITY_SOLICITOR] = "solicitor", [AUTHORITY_ATTORNEY] = "attorney",
    [AUTHORITY_APPOINTEE] = "appointee",
};
const char *const authority_basis_labels[AUTHORITY_BASES] = {
    [AUTHORITY_FAMILY]    = "A relative or friend",
    [AUTHORITY_ADVISER]   = "An adviser or support worker",
    [AUTHORITY_SOLICITOR] = "A solicitor",
    [AUTHORITY_ATTORNEY]  = "By a power of attorney or a court order",
    [AUTHORITY_APPOINTEE] = "An appointee for benefits",
};
const char *const authority_scope_words[AUTHORITY_SCOPES] = {
    [AUTHORITY_READ] = "read",
    [AUTHORITY_ACT]  = "act",
};

/* --- giving --- */

static bool order_is_good(const struct setting *s, int64_t pp, const struct authority_order *o,
                          struct sql_invitee_get_row *who, struct fail *fail)
{
    struct sql_invitee_get_in in = { .pp = pp, .person = o->person };
    bool found;

    if (!sql_invitee_get(s->store, &in, s->arena, who, &found, fail)) return false;
    if (!found || !(who->pays || who->receives))
        return REFUSE(fail, "no_such_person", "There is no such parent in this case.");
    if (o->months < 1 || o->months > AUTHORITY_MONTHS)
        return REFUSE(fail, "months_wrong",
                      "It can be given for 1 to %d months, and given again when they are over.",
                      AUTHORITY_MONTHS);
    if (o->evidence && !*o->evidence)
        return REFUSE(fail, "evidence_missing",
                      "Say what you saw that shows it: a signed letter, a power of attorney, a "
                      "court's order, or that the parent told you themselves.");
    return true;
}

bool authority_give(const struct setting *s, int64_t pp, const struct authority_order *o,
                    struct fail *fail)
{
    struct sql_invitee_get_row who;
    struct verb v;
    bool done;

    if (!order_is_good(s, pp, o, &who, fail) ||
        !verb_open(s, pp, "authority_give", NULL, &v, &done, fail))
        return false;
    struct sql_authority_insert_in in = {
        .pp         = pp,
        .event      = v.seq,
        .person     = o->person,
        .name       = o->name,
        .basis      = authority_basis_words[o->basis],
        .scope      = authority_scope_words[o->scope],
        .until      = date_add_months(s->today, (int)o->months),
        .code       = o->code,
        .code_until = o->now + (int64_t)AUTHORITY_CODE_DAYS * DAY_SECONDS,
        .evidence   = o->evidence ? o->evidence : "",
    };
    out_print(&v.about, "Somebody may %s for %s until ",
              o->scope == AUTHORITY_ACT ? "act" : "read what is shown", who.ref);
    out_date(&v.about, in.until);
    return sql_authority_insert(s->store, &in, fail) && verb_close(&v, fail);
}

/* --- what there is --- */

static size_t word_of(const char *word, const char *const *words, size_t n)
{
    size_t i = 0;

    while (i < n && strcmp(words[i], word) != 0)
        i++;
    BUG_UNLESS(i < n);
    return i;
}

static enum authority_scope scope_of(const char *word)
{
    return (enum authority_scope)word_of(word, authority_scope_words, AUTHORITY_SCOPES);
}

static enum authority_state state_of(const struct sql_authority_list_row *r, date today,
                                     int64_t now)
{
    if (r->ended) return AUTHORITY_ENDED;
    if (!date_before(today, r->until)) return AUTHORITY_OVER;
    if (r->account) return AUTHORITY_LIVE;
    return r->code_until > now ? AUTHORITY_OUT : AUTHORITY_LATE;
}

bool authority_list(const struct setting *s, int64_t person, int64_t now, struct authority **list,
                    size_t *n, struct fail *fail)
{
    struct sql_authority_list_row *rows;

    if (!sql_authority_list(s->store, &(struct sql_authority_list_in){ .person = person }, s->arena,
                            &rows, n, fail))
        return false;
    *list = ARENA_MANY(s->arena, struct authority, *n);
    for (size_t i = 0; i < *n; i++)
        (*list)[i] = (struct authority){
            .row   = rows[i],
            .basis = (enum authority_basis)word_of(rows[i].basis, authority_basis_words,
                                                   AUTHORITY_BASES),
            .scope = scope_of(rows[i].scope),
            .state = state_of(&rows[i], s->today, now),
        };
    return true;
}

bool authority_list_of(const struct setting *s, const char *ref, int64_t now,
                       struct authority **list, size_t *n, struct fail *fail)
{
    struct sql_person_by_ref_row person;
    bool found;

    *n = 0;
    return sql_person_by_ref(s->store, &(struct sql_person_by_ref_in){ .ref = ref }, s->arena,
                             &person, &found, fail) &&
           (!found || authority_list(s, person.id, now, list, n, fail));
}

/* --- taking up and ending --- */

bool authority_take(const struct setting *s, const struct authority *a, const char *account,
                    struct fail *fail)
{
    struct verb v;
    bool done;

    if (a->state != AUTHORITY_OUT)
        return REFUSE(fail, "authority_gone", "This code was used, or its time is over.");
    if (!verb_open(s, a->row.pp, "authority_take", NULL, &v, &done, fail)) return false;
    struct sql_authority_use_insert_in in = {
        .pp = a->row.pp, .event = v.seq, .authority = a->row.event, .account = account
    };
    out_text(&v.about, "A representative took up their authority");
    return sql_authority_use_insert(s->store, &in, fail) && verb_close(&v, fail);
}

bool authority_end(const struct setting *s, const struct authority *a, struct fail *fail)
{
    struct verb v;
    bool done;

    if (a->state == AUTHORITY_ENDED || a->state == AUTHORITY_OVER)
        return REFUSE(fail, "authority_gone", "It is over already.");
    if (!verb_open(s, a->row.pp, "authority_end", NULL, &v, &done, fail)) return false;
    struct sql_authority_end_insert_in in = { .pp        = a->row.pp,
                                              .event     = v.seq,
                                              .authority = a->row.event };
    out_text(&v.about, "A representative's authority was ended");
    return sql_authority_end_insert(s->store, &in, fail) && verb_close(&v, fail);
}

/* --- acting --- */

static struct acting *acting_find(struct acting *list, size_t n, int64_t person)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].person == person) return &list[i];
    return NULL;
}

/* One line for each person; of several authorities the one that allows most, then longest. */
bool authority_acting(const struct setting *s, const char *account, struct acting **list, size_t *n,
                      struct fail *fail)
{
    struct sql_authority_of_account_row *rows;
    size_t count;

    if (!sql_authority_of_account(s->store,
                                  &(struct sql_authority_of_account_in){ .account = account },
                                  s->arena, &rows, &count, fail))
        return false;
    *list = ARENA_MANY(s->arena, struct acting, count);
    *n    = 0;
    for (size_t i = 0; i < count; i++) {
        const struct sql_authority_of_account_row *r = &rows[i];
        enum authority_scope scope                   = scope_of(r->scope);
        struct acting *had                           = acting_find(*list, *n, r->person);
        if (r->ended || !date_before(s->today, r->until)) continue;
        if (had &&
            (scope < had->scope || (scope == had->scope && !date_before(had->until, r->until))))
            continue;
        if (!had) had = &(*list)[(*n)++];
        *had = (struct acting){ .pp     = r->pp,
                                .person = r->person,
                                .ref    = r->ref,
                                .given  = r->given_name,
                                .family = r->family,
                                .scope  = scope,
                                .until  = r->until };
    }
    return true;
}
