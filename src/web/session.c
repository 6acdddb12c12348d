/* session.c: tokens and sessions. */
#include "web/session.h"

#include "flow_data.h"
#include "page.h"
#include "sql.h"
#include "web/employer_session.h"
#include "web/second.h"

#include <sodium.h>
#include <string.h>

/* The kinds of page are declared twice: to the templates and to the table. */
_Static_assert(ACCESS_PUBLIC == (int)PAGE_ACCESS_PAGE_PUBLIC &&
                   ACCESS_CASEWORKER == (int)PAGE_ACCESS_PAGE_CASEWORKER &&
                   ACCESS_ADMIN == (int)PAGE_ACCESS_PAGE_ADMIN &&
                   ACCESS_EMPLOYER == (int)PAGE_ACCESS_PAGE_EMPLOYER &&
                   ACCESSES == (int)PAGE_ACCESS_PAGE_EMPLOYER + 1,
               "law/flow/access.flow and the templates name the same kinds of page");

static uint32_t rights_of(int32_t role)
{
    uint32_t rights = 0;

    for (int32_t page = 0; page < ACCESSES; page++) {
        const int32_t values[] = { [PAGE_ACCESS_ROLE] = role, [PAGE_ACCESS_PAGE] = page };
        if (machine_table_result(&machine_table_page_access, values) == PAGE_ACCESS_RESULT_ENTER)
            rights |= 1u << page;
    }
    return rights;
}

uint32_t role_rights(const char *role)
{
    const struct machine_input *roles = &machine_table_page_access.inputs[PAGE_ACCESS_ROLE];

    for (int32_t i = PAGE_ACCESS_ROLE_NOBODY + 1; i < roles->value_count; i++)
        if (!strcmp(roles->values[i], role)) return rights_of(i);
    return 0;
}

char *token_new(char *buffer)
{
    unsigned char bytes[TOKEN_BYTES];

    BUG_UNLESS(sodium_init() >= 0);
    randombytes_buf(bytes, sizeof bytes);
    return sodium_bin2hex(buffer, TOKEN_TEXT, bytes, sizeof bytes);
}

/* use keeps the hashes for different ends apart. */
static void token_hash(const char *token, const char *use, unsigned char hash[TOKEN_BYTES])
{
    crypto_generichash(hash, TOKEN_BYTES, (const unsigned char *)token, strlen(token),
                       (const unsigned char *)use, strlen(use));
}

const char *token_for(struct arena *a, const char *token, const char *use)
{
    unsigned char hash[TOKEN_BYTES];
    char *text = arena_take(a, TOKEN_TEXT);

    token_hash(token, use, hash);
    return sodium_bin2hex(text, TOKEN_TEXT, hash, sizeof hash);
}

const char *token_for_forms(struct arena *a, const char *token)
{
    return token_for(a, token, "upkeep form token");
}

bool token_same(const char *a, const char *b)
{
    size_t n = strlen(a);
    return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}

static struct blob token_key(const char *token, unsigned char hash[TOKEN_BYTES])
{
    token_hash(token, "upkeep session", hash);
    return (struct blob){ hash, TOKEN_BYTES };
}

struct blob session_token_kept(struct arena *a, const char *token)
{
    return token_key(token, arena_take(a, TOKEN_BYTES));
}

bool session_find(struct store *s, struct arena *a, const char *token, int64_t now,
                  struct session *session, struct fail *f)
{
    unsigned char hash[TOKEN_BYTES];
    struct sql_session_get_in in = { .token = token_key(token, hash) };
    struct sql_session_get_row row;
    bool found;

    *session = (struct session){ .signed_in = false };
    if (!sql_session_get(s, &in, a, &row, &found, f)) return false;
    if (!found) return employer_session_find(s, a, token, now, session, f);
    if (!row.active || now - row.started >= SESSION_MOST || now - row.seen >= SESSION_IDLE)
        return true;
    if (row.waits) {
        session->waits   = now - row.started < SESSION_WAIT;
        session->account = row.account;
        session->token   = token;
        return true;
    }
    *session =
        (struct session){ .signed_in = true,
                          .overdue   = second_is_overdue(row.person, row.second, row.made_at, now),
                          .account   = row.account,
                          .role      = row.role,
                          .person    = row.person,
                          .acts_for  = row.acts_for,
                          .rights    = role_rights(row.role),
                          .token     = token };
    if (session->overdue) session->rights = 1u << ACCESS_ACCOUNT;
    return true;
}

bool session_touch(struct store *s, const char *token, int64_t now, struct fail *f)
{
    unsigned char hash[TOKEN_BYTES];
    struct arena a                  = { 0 };
    struct sql_session_get_in in    = { .token = token_key(token, hash) };
    struct sql_session_seen_in seen = { .token = in.token, .seen = now };
    struct sql_session_get_row row;
    bool found;
    bool done = sql_session_get(s, &in, &a, &row, &found, f);

    if (done && !found)
        done = employer_session_touch(s, token, now, f);
    else if (done && now - row.seen >= SESSION_TOUCH && now - row.seen < SESSION_IDLE)
        done =
            store_begin(s, STORE_WRITING, f) && sql_session_seen(s, &seen, f) && store_commit(s, f);
    if (!done) store_rollback(s);
    arena_free(&a);
    return done;
}

static bool start(struct store *s, struct arena *a, struct sql_session_insert_in in,
                  const char **token, struct fail *f)
{
    unsigned char hash[TOKEN_BYTES];
    struct sql_session_sweep_in old = { .started = in.started - SESSION_MOST,
                                        .seen    = in.started - SESSION_IDLE };
    char *text                      = token_new(arena_take(a, TOKEN_TEXT));

    in.token = token_key(text, hash);
    *token   = text;
    if (store_begin(s, STORE_WRITING, f) && sql_session_sweep(s, &old, f) &&
        sql_session_insert(s, &in, f) && store_commit(s, f))
        return true;
    store_rollback(s);
    return false;
}

bool session_start(struct store *s, struct arena *a, const char *account, int64_t now,
                   const char **token, struct fail *f)
{
    return start(s, a, (struct sql_session_insert_in){ .account = account, .started = now }, token,
                 f);
}

bool session_wait(struct store *s, struct arena *a, const char *account, int64_t now,
                  const char **token, struct fail *f)
{
    return start(
        s, a, (struct sql_session_insert_in){ .account = account, .started = now, .waits = true },
        token, f);
}

bool session_act(struct store *s, const char *token, int64_t person, struct fail *f)
{
    unsigned char hash[TOKEN_BYTES];
    struct sql_session_act_in in = { .token = token_key(token, hash), .acts_for = person };

    if (store_begin(s, STORE_WRITING, f) && sql_session_act(s, &in, f) && store_commit(s, f))
        return true;
    store_rollback(s);
    return false;
}

bool session_end(struct store *s, const char *token, struct fail *f)
{
    unsigned char hash[TOKEN_BYTES];
    struct sql_session_end_in in = { .token = token_key(token, hash) };

    if (store_begin(s, STORE_WRITING, f) && sql_session_end(s, &in, f) && store_commit(s, f))
        return true;
    store_rollback(s);
    return false;
}

bool session_end_all(struct store *s, const char *account, struct fail *f)
{
    struct sql_session_end_all_in in = { .account = account };

    if (store_begin(s, STORE_WRITING, f) && sql_session_end_all(s, &in, f) && store_commit(s, f))
        return true;
    store_rollback(s);
    return false;
}

bool session_list(struct store *s, struct arena *a, const struct session *session, int64_t now,
                  struct session_open **open, size_t *n, struct fail *f)
{
    unsigned char hash[TOKEN_BYTES];
    struct sql_session_list_in in = { .account = session->account,
                                      .started = now - SESSION_MOST,
                                      .seen    = now - SESSION_IDLE };
    struct sql_session_list_row *rows;

    token_key(session->token, hash);
    if (!sql_session_list(s, &in, a, &rows, n, f)) return false;
    *open = ARENA_MANY(a, struct session_open, *n);
    for (size_t i = 0; i < *n; i++)
        (*open)[i] = (struct session_open){
            .started = rows[i].started,
            .seen    = rows[i].seen,
            .is_this = rows[i].token.n == TOKEN_BYTES &&
                       !sodium_memcmp(rows[i].token.at, hash, TOKEN_BYTES),
        };
    return true;
}
