/* program.c: tokens of programs. */
#include "web/program.h"

#include "base/say.h"
#include "sql.h"
#include "web/second.h"

#include <sodium.h>
#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

const struct scope_entry scope_table[SCOPES] = {
    [SCOPE_CALCULATE]   = { "calculate", ACCESS_ACCOUNT,
                            SAY("Work out maintenance from facts it gives") },
    [SCOPE_CASE_READ]   = { "case.read", ACCESS_CASEWORKER, "Find and read cases and decisions" },
    [SCOPE_MONEY_READ]  = { "money.read", ACCESS_CASEWORKER, "Read statements of accounts" },
    [SCOPE_LETTER_READ] = { "letter.read", ACCESS_CASEWORKER, "Read which letters were sent" },
    [SCOPE_WORK_READ]   = { "work.read", ACCESS_CASEWORKER, "Read the work list" },
    [SCOPE_EVENTS_READ] = { "events.read", ACCESS_CASEWORKER, "Follow what happens in which case" },
    [SCOPE_FACT_WRITE]  = { "fact.write", ACCESS_CASEWORKER, "Record facts and changes" },
    [SCOPE_DECISION_WRITE] = { "decision.write", ACCESS_CASEWORKER, "Make decisions" },
    [SCOPE_MONEY_WRITE]    = { "money.write", ACCESS_CASEWORKER, "Receive bank statements" },
    [SCOPE_OWN_READ]       = { "own.read", ACCESS_OWN, SAY("Read your own case") },
    [SCOPE_OWN_WRITE]      = { "own.write", ACCESS_OWN,
                               SAY("Tell us things for you: changes, payments between you, messages") },
};

enum scope scope_find(const char *name)
{
    for (int i = 0; i < SCOPES; i++)
        if (!strcmp(scope_table[i].name, name)) return (enum scope)i;
    return SCOPES;
}

const char *scope_words(struct arena *a, uint32_t scopes)
{
    struct out o = { .arena = a };

    for (int i = 0; i < SCOPES; i++)
        if (scopes & 1u << i) out_print(&o, "%s%s", o.length ? " " : "", scope_table[i].name);
    return out_string(&o);
}

static uint32_t scopes_of(struct arena *a, const char *words)
{
    uint32_t scopes = 0;

    while (*words) {
        size_t n     = strcspn(words, " ");
        enum scope s = scope_find(arena_text(a, words, n));
        if (s != SCOPES) scopes |= 1u << s;
        words += n + strspn(words + n, " ");
    }
    return scopes;
}

static struct blob token_kept(struct arena *a, const char *token)
{
    static const char use[] = "upkeep program token";
    unsigned char *hash     = arena_take(a, TOKEN_BYTES);

    crypto_generichash(hash, TOKEN_BYTES, (const unsigned char *)token, strlen(token),
                       (const unsigned char *)use, sizeof use - 1);
    return (struct blob){ hash, TOKEN_BYTES };
}

static bool may_have(struct store *s, struct arena *a, const struct program_new *new,
                     struct fail *f)
{
    struct sql_account_get_in in = { .name = new->account };
    struct sql_account_get_row row;
    bool found;

    if (!sql_account_get(s, &in, a, &row, &found, f)) return false;
    if (!found || !row.active)
        return REFUSE(f, "account_name", "There is no open account called %s", new->account);
    for (int i = 0; i < SCOPES; i++)
        if (new->scopes & 1u << i && !(role_rights(row.role) & 1u << scope_table[i].access))
            return REFUSE(f, "token_scope", "An account of this role cannot give %s",
                          scope_table[i].name);
    return new->scopes || REFUSE(f, "token_scope", "Choose what the program may do");
}

bool program_add(struct store *s, struct arena *a, const struct program_new *new, int64_t now,
                 const char **token, struct fail *f)
{
    char *random                   = token_new(arena_take(a, TOKEN_TEXT));
    struct sql_program_count_in in = { .account = new->account, .now = now };
    struct sql_program_count_row count;
    bool found;
    int64_t number;

    if (!*new->name || strlen(new->name) > 4 * PROGRAM_NAME_MOST)
        return REFUSE(f, "token_name", "Say what the token is for, in at most %d characters",
                      PROGRAM_NAME_MOST);
    if (new->days < 1 || new->days > PROGRAM_DAYS_MOST)
        return REFUSE(f, "token_days", "A token is good for 1 to %d days", PROGRAM_DAYS_MOST);
    if (!may_have(s, a, new, f) || !sql_program_count(s, &in, a, &count, &found, f)) return false;
    if (count.n >= PROGRAM_MOST)
        return REFUSE(f, "tokens_many", "An account has at most %d tokens: revoke one first",
                      PROGRAM_MOST);
    *token = arena_print(a, PROGRAM_PREFIX "%s", random);
    number = count.last + 1;
    return sql_program_insert(s,
                              &(struct sql_program_insert_in){
                                  .token   = token_kept(a, *token),
                                  .account = new->account,
                                  .number  = number,
                                  .name    = new->name,
                                  .scopes  = scope_words(a, new->scopes),
                                  .made_at = now,
                                  .ends_at = now + new->days *DAY_SECONDS,
                              },
                              f);
}

bool program_find(struct store *s, struct arena *a, const char *token, int64_t now,
                  struct session *session, struct program *program, struct fail *f)
{
    struct sql_program_get_in in = { .token = token_kept(a, token) };
    struct sql_program_get_row row;
    bool found;

    *session = (struct session){ .signed_in = false };
    *program = (struct program){ .number = 0 };
    if (!sql_program_get(s, &in, a, &row, &found, f)) return false;
    if (!found || !row.active || row.ended || now >= row.ends_at) return true;
    *program = (struct program){ row.number, row.name, scopes_of(a, row.scopes), row.seen };
    *session = (struct session){ .signed_in = true,
                                 .overdue   = second_is_overdue(row.person, row.second,
                                                                row.account_made_at, now),
                                 .account   = row.account,
                                 .role      = row.role,
                                 .person    = row.person,
                                 .rights    = role_rights(row.role),
                                 .token     = "" };
    if (session->overdue) session->rights = 0;
    return true;
}

bool program_touch(struct store *s, const struct program *program, const char *account, int64_t now,
                   struct fail *f)
{
    struct sql_program_seen_in in = {
        .account = account, .number = program->number, .now = now, .before = now - PROGRAM_TOUCH
    };

    if (now - program->seen < PROGRAM_TOUCH) return true;
    if (store_begin(s, STORE_WRITING, f) && sql_program_seen(s, &in, f) && store_commit(s, f))
        return true;
    store_rollback(s);
    return false;
}

bool program_revoke(struct store *s, const char *account, int64_t number, int64_t now,
                    struct fail *f)
{
    struct sql_program_end_in in = { .account = account, .number = number, .now = now };
    struct sql_program_end_row row;
    bool found;
    struct arena a = { 0 };
    bool done      = sql_program_end(s, &in, &a, &row, &found, f);

    arena_free(&a);
    return done && (found || REFUSE(f, "no_such_token", "There is no such token, or it has ended"));
}
