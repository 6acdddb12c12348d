/* employer_session.c: sessions without an account. */
#include "web/employer_session.h"

#include "sql.h"

/* What there is of a token, at one moment. */
struct look {
    struct sql_employer_session_get_row row;
    struct blob kept;
    bool holds;
};

static bool look_up(struct store *s, struct arena *a, const char *token, int64_t now,
                    struct look *l, struct fail *f)
{
    struct sql_employer_session_get_in in = { .token = session_token_kept(a, token) };
    bool found;

    l->kept = in.token;
    if (!sql_employer_session_get(s, &in, a, &l->row, &found, f)) return false;
    l->holds = found && now - l->row.started < SESSION_MOST && now - l->row.seen < SESSION_IDLE;
    return true;
}

bool employer_session_find(struct store *s, struct arena *a, const char *token, int64_t now,
                           struct session *session, struct fail *f)
{
    struct look l;

    if (!look_up(s, a, token, now, &l, f)) return false;
    if (!l.holds) return true;
    *session = (struct session){ .signed_in = true,
                                 .account   = arena_print(a, "employer %s", l.row.employer),
                                 .role      = "employer",
                                 .rights    = role_rights("employer"),
                                 .token     = token,
                                 .employer  = l.row.employer,
                                 .family    = l.row.family,
                                 .order     = l.row.number };
    return true;
}

static bool end(struct store *s, bool done, struct fail *f)
{
    done = done && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

bool employer_session_touch(struct store *s, const char *token, int64_t now, struct fail *f)
{
    struct arena a = { 0 };
    struct look l;
    bool done = look_up(s, &a, token, now, &l, f);

    if (done && l.holds && now - l.row.seen >= SESSION_TOUCH) {
        struct sql_employer_session_seen_in seen = { .token = l.kept, .seen = now };
        done =
            end(s, store_begin(s, STORE_WRITING, f) && sql_employer_session_seen(s, &seen, f), f);
    }
    arena_free(&a);
    return done;
}

bool employer_session_start(struct request *r, const char *employer, const struct employer_key *key,
                            const char **token, struct fail *f)
{
    char *text                               = token_new(arena_take(r->arena, TOKEN_TEXT));
    struct sql_employer_session_sweep_in old = { .started = r->now - SESSION_MOST,
                                                 .seen    = r->now - SESSION_IDLE };
    struct sql_employer_session_insert_in in = { .token    = session_token_kept(r->arena, text),
                                                 .employer = employer,
                                                 .family   = key->pp,
                                                 .number   = key->order,
                                                 .code     = key->code,
                                                 .started  = r->now };

    *token = text;
    return end(r->store,
               store_begin(r->store, STORE_WRITING, f) &&
                   sql_employer_session_sweep(r->store, &old, f) &&
                   sql_employer_session_insert(r->store, &in, f),
               f);
}

bool employer_session_end(struct store *s, const char *token, struct fail *f)
{
    struct arena a                        = { 0 };
    struct sql_employer_session_end_in in = { .token = session_token_kept(&a, token) };
    bool done = end(s, store_begin(s, STORE_WRITING, f) && sql_employer_session_end(s, &in, f), f);

    arena_free(&a);
    return done;
}
