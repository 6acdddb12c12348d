/* second.c: second factors kept and checked. */
#include "web/second.h"

#include "sql.h"
#include "web/code.h"
#include "web/key.h"

#include <sodium.h>
#include <string.h>

#define SECRET_USE   "upkeep totp secret"
#define RECOVERY_USE "upkeep recovery code"

static bool end(struct store *s, bool done, struct fail *f)
{
    done = done && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

static bool wrong(struct fail *f)
{
    return REFUSE(f, "code_wrong",
                  "The code is not right, or was used already. Wait for the next one and try "
                  "again.");
}

bool second_is_overdue(int64_t person, bool has, int64_t made_at, int64_t now)
{
    return key_ready() && !person && !has && now - made_at >= SECOND_GRACE;
}

bool second_get(struct store *s, const char *account, struct second *second, struct fail *f)
{
    struct sql_second_get_in in         = { .account = account, .active = true };
    struct sql_recovery_count_in left   = { .account = account };
    struct sql_recovery_count_row count = { 0 };
    struct sql_second_get_row row       = { 0 };
    struct arena a                      = { 0 };
    bool found                          = false, counted;
    bool done                           = sql_second_get(s, &in, &a, &row, &found, f) &&
                (!found || sql_recovery_count(s, &left, &a, &count, &counted, f));

    *second = (struct second){ .active = found, .since = row.since, .left = count.n };
    arena_free(&a);
    return done;
}

bool second_start(struct store *s, const char *account, int64_t now, struct fail *f)
{
    unsigned char secret[TOTP_SECRET];
    struct arena a = { 0 };

    if (!key_ready())
        return REFUSE(f, "no_key",
                      "This cannot be set up now: the service was started without its key.");
    randombytes_buf(secret, sizeof secret);
    struct sql_second_put_in in = {
        .account = account,
        .since   = now,
        .seal    = key_seal(&a, SECRET_USE, account, secret, sizeof secret),
    };
    sodium_memzero(secret, sizeof secret);
    bool done = end(s, store_begin(s, STORE_WRITING, f) && sql_second_put(s, &in, f), f);
    arena_free(&a);
    return done;
}

static bool secret_find(struct store *s, const char *account, bool active,
                        unsigned char secret[TOTP_SECRET], bool *found, struct fail *f)
{
    struct sql_second_get_in in = { .account = account, .active = active };
    struct sql_second_get_row row;
    struct arena a = { 0 };
    bool done      = sql_second_get(s, &in, &a, &row, found, f);

    if (done && *found) *found = key_open(SECRET_USE, account, row.seal, secret, TOTP_SECRET);
    arena_free(&a);
    return done;
}

bool second_waiting(struct store *s, const char *account, unsigned char secret[TOTP_SECRET],
                    bool *found, struct fail *f)
{
    return secret_find(s, account, false, secret, found, f);
}

/* In the caller's transaction. */
static bool codes_put(struct store *s, struct arena *a, const char *account,
                      const char *codes[RECOVERY_CODES], struct fail *f)
{
    unsigned char hash[CODE_HASH];
    struct sql_recovery_insert_in in = { .account = account, .code = { hash, sizeof hash } };

    if (!sql_recovery_end(s, &(struct sql_recovery_end_in){ .account = account }, f)) return false;
    for (int i = 0; i < RECOVERY_CODES; i++) {
        codes[i] = code_new(a);
        code_hash(codes[i], RECOVERY_USE, account, hash);
        if (!sql_recovery_insert(s, &in, f)) return false;
    }
    return true;
}

bool second_confirm(struct store *s, struct arena *a, const char *account, const char *typed,
                    int64_t now, const char *codes[RECOVERY_CODES], struct fail *f)
{
    struct sql_second_end_in old     = { .account = account };
    struct sql_second_confirm_in new = { .account = account, .since = now };
    unsigned char secret[TOTP_SECRET];
    bool found;

    if (!secret_find(s, account, false, secret, &found, f)) return false;
    new.step = found ? totp_find(secret, typed, now) : 0;
    sodium_memzero(secret, sizeof secret);
    if (!new.step) return wrong(f);
    return end(s,
               store_begin(s, STORE_WRITING, f) && sql_second_end(s, &old, f) &&
                   sql_second_confirm(s, &new, f) && codes_put(s, a, account, codes, f),
               f);
}

/* A statement that changes one row when the code had not been taken. */
static bool taken(struct store *s, bool done, struct fail *f)
{
    if (done && !store_changed(s)) done = wrong(f);
    return end(s, done, f);
}

bool second_check(struct store *s, const char *account, const char *typed, int64_t now,
                  struct fail *f)
{
    unsigned char secret[TOTP_SECRET], hash[CODE_HASH];
    struct sql_recovery_take_in paper = { .account = account, .code = { hash, sizeof hash } };
    struct sql_second_take_in app     = { .account = account };
    bool found;

    if (code_hash(typed, RECOVERY_USE, account, hash))
        return taken(s, store_begin(s, STORE_WRITING, f) && sql_recovery_take(s, &paper, f), f);
    if (!key_ready())
        return REFUSE(f, "no_key",
                      "Codes of an app cannot be checked now: the service was started without "
                      "its key. Use a recovery code.");
    if (!secret_find(s, account, true, secret, &found, f)) return false;
    app.step = found ? totp_find(secret, typed, now) : 0;
    sodium_memzero(secret, sizeof secret);
    if (!app.step) return wrong(f);
    return taken(s, store_begin(s, STORE_WRITING, f) && sql_second_take(s, &app, f), f);
}

bool second_codes(struct store *s, struct arena *a, const char *account,
                  const char *codes[RECOVERY_CODES], struct fail *f)
{
    return end(s, store_begin(s, STORE_WRITING, f) && codes_put(s, a, account, codes, f), f);
}

bool second_end(struct store *s, const char *account, struct fail *f)
{
    struct sql_second_forget_in in   = { .account = account };
    struct sql_recovery_end_in codes = { .account = account };

    return end(s,
               store_begin(s, STORE_WRITING, f) && sql_second_forget(s, &in, f) &&
                   sql_recovery_end(s, &codes, f),
               f);
}
