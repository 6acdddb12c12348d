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

/* Names under which the service itself writes events. */
static bool name_reserved(const char *name)
{
    static const char *const taken[] = { "administrator", "bank", "day", "night", "upkeep" };

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (!strcmp(name, taken[i])) return true;
    return false;
}

static bool name_check(const char *name, struct fail *f)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";

    if (!*name || strlen(name) > ACCOUNT_NAME_MOST || strspn(name, good) != strlen(name))
        return REFUSE(f, "account_name",
                      "A name has 1 to %d small letters, digits, points and hyphens.",
                      ACCOUNT_NAME_MOST);
    return !name_reserved(name) || REFUSE(f, "account_name", "Choose another name.");
}

static bool end(struct store *s, bool done, struct fail *f)
{
    done = done && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

bool account_prepare(const struct account_new *account, char hash[ACCOUNT_HASH], struct fail *f)
{
    uint32_t rights = role_rights(account->role);

    _Static_assert(ACCOUNT_HASH >= crypto_pwhash_STRBYTES, "a hash has room");
    if (!name_check(account->name, f) || !password_check(account->password, f)) return false;
    if (!(rights & 1u << ACCESS_ACCOUNT))
        return REFUSE(f, "account_role", "There is no role %s. `upkeep help account` lists them.",
                      account->role);
    bool acts = !strcmp(account->role, ROLE_OF_REPRESENTATIVE);
    bool own  = rights & 1u << ACCESS_OWN && !acts;
    if (own != (account->person != 0))
        return REFUSE(f, "account_person",
                      acts
                          ? "A representative has no case of their own: a parent gives them a code."
                      : account->person ? "Someone who works here has no case of their own."
                                        : "Say whose account it is: the reference of the person.");
    return password_hash(account->password, hash, f);
}

bool account_insert(struct store *s, const struct account_new *account, const char *hash,
                    int64_t now, struct fail *f)
{
    struct sql_account_insert_in in = { .name     = account->name,
                                        .role     = account->role,
                                        .password = hash,
                                        .made_at  = now,
                                        .person   = account->person };

    if (sql_account_insert(s, &in, f)) return true;
    if (!strcmp(f->code, "exists"))
        REFUSE(f, "exists", "There is an account called %s already.", account->name);
    return false;
}

bool account_add(struct store *s, const struct account_new *account, int64_t now, struct fail *f)
{
    char hash[ACCOUNT_HASH];

    return account_prepare(account, hash, f) &&
           end(s, store_begin(s, STORE_WRITING, f) && account_insert(s, account, hash, now, f), f);
}

const char *account_name_typed(struct arena *a, const char *typed)
{
    char *name = arena_text(a, typed, strlen(typed));

    for (char *p = name; *p; p++)
        if (*p >= 'A' && *p <= 'Z') *p = (char)(*p - 'A' + 'a');
    return name;
}

/* The hash of a password no one has: what an unknown name is compared with. */
static bool nobody_find(const char **hash, struct fail *f)
{
    static char nobody[crypto_pwhash_STRBYTES];
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct arena a              = { 0 };

    pthread_mutex_lock(&lock);
    bool ready = *nobody || password_hash(account_password_new(&a), nobody, f);
    pthread_mutex_unlock(&lock);
    arena_free(&a);
    *hash = nobody;
    return ready;
}

bool account_check(struct store *s, const struct attempt *who, const char *password, struct fail *f)
{
    struct sql_account_get_in in = { .name = who->subject };
    struct sql_account_get_row row;
    struct arena a = { 0 };
    const char *nobody;
    bool found, fits;

    if (!attempt_begin(s, who, f) || !nobody_find(&nobody, f)) return false;
    if (!sql_account_get(s, &in, &a, &row, &found, f)) {
        arena_free(&a);
        return false;
    }
    fits = strlen(password) <= PASSWORD_MOST &&
           password_fits(password, found ? row.password : nobody) && found && row.active;
    arena_free(&a);
    if (!fits)
        return REFUSE(f, "sign_in_wrong",
                      "The name or the password is not right. Check both and try again.");
    return attempt_undo(s, who, f);
}

bool account_password_set(struct store *s, const char *name, const char *password, struct fail *f)
{
    char hash[crypto_pwhash_STRBYTES];
    struct sql_account_password_in in   = { .name = name, .password = hash };
    struct sql_session_end_all_in ends  = { .account = name };
    struct sql_attempt_forget_in forget = { .kind = "account", .subject = name };

    if (!password_check(password, f) || !password_hash(password, hash, f)) return false;
    bool done = store_begin(s, STORE_WRITING, f) && sql_account_password(s, &in, f);
    if (done && !store_changed(s))
        done = REFUSE(f, "account_name", "There is no account called %s.", name);
    return end(s, done && sql_session_end_all(s, &ends, f) && sql_attempt_forget(s, &forget, f), f);
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
