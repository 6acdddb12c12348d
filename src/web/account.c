/* account.c: accounts and passwords. */
#include "web/account.h"

#include "page.h"
#include "sql.h"
#include "web/session.h"

#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <string.h>

enum { PASS_MEMORY = 64 << 20, PASS_ROUNDS = 2, AT_ONCE = 2, GROUPS = 6, GROUP = 4 };

/* Two at a time, so that signing in cannot eat the machine's memory. */
static sem_t places;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void places_make(void)
{
    BUG_UNLESS(sodium_init() >= 0);
    sem_init(&places, 0, AT_ONCE);
}

static bool password_hash(const char *password, char *hash, struct fail *f)
{
    pthread_once(&once, places_make);
    sem_wait(&places);
    int failed = crypto_pwhash_str(hash, password, strlen(password), PASS_ROUNDS, PASS_MEMORY);
    sem_post(&places);
    return !failed || FAIL(f, FAIL_SYSTEM, "memory", "There is not enough memory for a password.");
}

static bool password_fits(const char *password, const char *hash)
{
    pthread_once(&once, places_make);
    sem_wait(&places);
    bool fits = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
    sem_post(&places);
    return fits;
}

static bool password_check(const char *password, struct fail *f)
{
    if (strlen(password) < PASSWORD_LEAST)
        return REFUSE(f, "password_short", "A password needs at least %d characters.",
                      PASSWORD_LEAST);
    if (strlen(password) > PASSWORD_MOST)
        return REFUSE(f, "password_long", "A password has at most %d characters.", PASSWORD_MOST);
    return true;
}

static bool name_check(const char *name, struct fail *f)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";

    if (!*name || strlen(name) > ACCOUNT_NAME_MOST || strspn(name, good) != strlen(name))
        return REFUSE(f, "account_name",
                      "A name has 1 to %d small letters, digits, points and hyphens.",
                      ACCOUNT_NAME_MOST);
    return true;
}

static bool end(struct store *s, bool done, struct fail *f)
{
    done = done && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

bool account_add(struct store *s, const struct account_new *account, int64_t now, struct fail *f)
{
    char hash[crypto_pwhash_STRBYTES];
    uint32_t rights                 = role_rights(account->role);
    struct sql_account_insert_in in = { .name     = account->name,
                                        .role     = account->role,
                                        .password = hash,
                                        .made_at  = now,
                                        .person   = account->person };

    if (!name_check(account->name, f) || !password_check(account->password, f)) return false;
    if (!(rights & 1u << ACCESS_ACCOUNT))
        return REFUSE(f, "account_role", "There is no role %s. `upkeep help account` lists them.",
                      account->role);
    if (!(rights & 1u << ACCESS_OWN) != !account->person)
        return REFUSE(f, "account_person",
                      account->person ? "Someone who works here has no case of their own."
                                      : "Say whose account it is: the reference of the person.");
    if (!password_hash(account->password, hash, f)) return false;
    if (end(s, store_begin(s, STORE_WRITING, f) && sql_account_insert(s, &in, f), f)) return true;
    if (!strcmp(f->code, "exists"))
        REFUSE(f, "exists", "There is an account called %s already.", account->name);
    return false;
}

static bool wrong(struct store *s, const char *name, int64_t failures, int64_t now, struct fail *f)
{
    struct sql_account_failed_in in = { .name = name, .failures = failures + 1 };

    if (in.failures >= FAILURES_MOST) {
        in.failures     = 0;
        in.locked_until = now + LOCK_SECONDS;
    }
    if (!end(s, store_begin(s, STORE_WRITING, f) && sql_account_failed(s, &in, f), f)) return false;
    return REFUSE(f, "sign_in_wrong",
                  "The name or the password is not right. Check both and try again.");
}

bool account_check(struct store *s, const char *name, const char *password, int64_t now,
                   struct fail *f)
{
    static char nobody[crypto_pwhash_STRBYTES]; /* a password no one has */
    static pthread_mutex_t lock  = PTHREAD_MUTEX_INITIALIZER;
    struct arena a               = { 0 };
    struct sql_account_get_in in = { .name = name };
    struct sql_account_get_row row;
    bool found, done = false;

    pthread_mutex_lock(&lock);
    bool ready = *nobody || password_hash(account_password_new(&a), nobody, f);
    pthread_mutex_unlock(&lock);
    if (!ready || strlen(password) > PASSWORD_MOST ||
        !sql_account_get(s, &in, &a, &row, &found, f)) {
        done = ready && strlen(password) > PASSWORD_MOST
                   ? REFUSE(f, "sign_in_wrong",
                            "The name or the password is not right. Check both and try again.")
                   : false;
    } else if (found && row.locked_until > now) {
        REFUSE(f, "sign_in_locked",
               "The password was wrong %d times. This account can be used again in %d minutes, or "
               "when an administrator sets a new password.",
               FAILURES_MOST, (int)((row.locked_until - now + 59) / 60));
    } else if (!password_fits(password, found ? row.password : nobody) || !found || !row.active) {
        if (found)
            wrong(s, name, row.failures, now, f);
        else
            REFUSE(f, "sign_in_wrong",
                   "The name or the password is not right. Check both and try again.");
    } else {
        struct sql_account_failed_in clear = { .name = name };
        done                               = !row.failures ||
               end(s, store_begin(s, STORE_WRITING, f) && sql_account_failed(s, &clear, f), f);
    }
    arena_free(&a);
    return done;
}

bool account_password_set(struct store *s, const char *name, const char *password, struct fail *f)
{
    char hash[crypto_pwhash_STRBYTES];
    struct sql_account_password_in in  = { .name = name, .password = hash };
    struct sql_session_end_all_in ends = { .account = name };

    if (!password_check(password, f) || !password_hash(password, hash, f)) return false;
    bool done = store_begin(s, STORE_WRITING, f) && sql_account_password(s, &in, f);
    if (done && !store_changed(s))
        done = REFUSE(f, "account_name", "There is no account called %s.", name);
    return end(s, done && sql_session_end_all(s, &ends, f), f);
}

bool account_active_set(struct store *s, const char *name, bool active, struct fail *f)
{
    struct sql_account_active_in in    = { .name = name, .active = active };
    struct sql_session_end_all_in ends = { .account = name };

    bool done = store_begin(s, STORE_WRITING, f) && sql_account_active(s, &in, f);
    if (done && !store_changed(s))
        done = REFUSE(f, "account_name", "There is no account called %s.", name);
    return end(s, done && sql_session_end_all(s, &ends, f), f);
}

const char *account_password_new(struct arena *a)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    char *text                  = arena_take(a, GROUPS * (GROUP + 1));

    BUG_UNLESS(sodium_init() >= 0);
    for (int i = 0; i < GROUPS * (GROUP + 1) - 1; i++)
        text[i] = (i + 1) % (GROUP + 1) ? letters[randombytes_uniform(sizeof letters - 1)] : '-';
    return text;
}
