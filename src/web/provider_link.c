/* provider_link.c: connections and journeys, kept. */
#include "web/provider_link.h"

#include "sql.h"
#include "web/provider_token.h"
#include "web/session.h"

#include <string.h>

static bool end(struct store *s, bool done, struct fail *f)
{
    done = done && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

/* ---- journeys ---- */

bool provider_start_put(struct store *s, const char *token, const struct provider_start *start,
                        int64_t now, struct fail *f)
{
    struct sql_provider_wait_sweep_in old = { .before = now - PROVIDER_AWAY };
    struct arena a                        = { 0 };
    struct sql_provider_wait_put_in in    = { .token    = session_token_kept(&a, token),
                                              .provider = start->provider,
                                              .account  = start->account,
                                              .next     = start->next,
                                              .started  = now };

    bool done = store_begin(s, STORE_WRITING, f) && sql_provider_wait_sweep(s, &old, f) &&
                sql_provider_wait_put(s, &in, f);
    done = end(s, done, f);
    arena_free(&a);
    return done;
}

bool provider_start_find(struct store *s, struct arena *a, const char *token, int64_t now,
                         struct provider_start *start, bool *found, struct fail *f)
{
    struct sql_provider_wait_get_in in = { .token = session_token_kept(a, token),
                                           .after = now - PROVIDER_AWAY };
    struct sql_provider_wait_get_row row;

    if (!sql_provider_wait_get(s, &in, a, &row, found, f)) return false;
    if (*found)
        *start = (struct provider_start){ .provider = row.provider,
                                          .account  = row.account,
                                          .next     = row.next };
    return true;
}

bool provider_start_take(struct store *s, const char *token, bool *taken, struct fail *f)
{
    struct arena a                     = { 0 };
    struct sql_provider_wait_end_in in = { .token = session_token_kept(&a, token) };
    bool done = store_begin(s, STORE_WRITING, f) && sql_provider_wait_end(s, &in, f);

    *taken = done && store_changed(s);
    arena_free(&a);
    return end(s, done, f);
}

/* ---- connections ---- */

bool link_find(struct store *s, struct arena *a, const char *issuer, const char *subject,
               struct linked *linked, bool *found, struct fail *f)
{
    struct sql_account_link_get_in in = { .issuer = issuer, .subject = subject };
    struct sql_account_link_get_row row;

    if (!sql_account_link_get(s, &in, a, &row, found, f)) return false;
    if (*found)
        *linked =
            (struct linked){ .account = row.account, .active = row.active, .staff = !row.person };
    return true;
}

/* An account that is there, and neither it nor the subject is connected. */
static bool may_link(struct store *s, struct arena *a, const struct link_new *link, struct fail *f)
{
    struct sql_account_link_of_in in = { .account = link->account };
    struct sql_account_link_of_row *rows;
    struct sql_account_get_row account;
    struct linked other;
    size_t n;
    bool found;

    if (!sql_account_get(s, &(struct sql_account_get_in){ .name = link->account }, a, &account,
                         &found, f))
        return false;
    if (!found) return REFUSE(f, "account_name", "There is no account called %s.", link->account);
    if (!sql_account_link_of(s, &in, a, &rows, &n, f)) return false;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].issuer, link->issuer))
            return REFUSE(
                f, "linked_already",
                "The account is connected to that provider already. Disconnect it first.");
    if (!link_find(s, a, link->issuer, link->subject, &other, &found, f)) return false;
    return !found ||
           REFUSE(f, "linked_elsewhere", "Another account is connected with that sign-in already.");
}

static bool subject_is_good(const char *subject, struct fail *f)
{
    bool good = *subject && strlen(subject) <= SUBJECT_MOST;

    for (const char *c = subject; *c; c++)
        good = good && *c >= ' ' && *c <= '~';
    return good || REFUSE(f, "link_subject",
                          "A subject has 1 to %d printable characters, as the provider says it.",
                          SUBJECT_MOST);
}

bool link_put(struct store *s, const struct link_new *link, struct fail *f)
{
    struct sql_account_link_put_in in = { .issuer  = link->issuer,
                                          .subject = link->subject,
                                          .account = link->account,
                                          .made_at = link->now,
                                          .made_by = link->by };
    struct arena a                    = { 0 };
    bool done = subject_is_good(link->subject, f) && store_begin(s, STORE_WRITING, f) &&
                may_link(s, &a, link, f) && sql_account_link_put(s, &in, f);

    arena_free(&a);
    return end(s, done, f);
}

bool link_end(struct store *s, const struct link_new *link, struct fail *f)
{
    struct sql_account_link_end_in in = {
        .issuer = link->issuer, .account = link->account, .ended = link->now, .ended_by = link->by
    };
    bool done = store_begin(s, STORE_WRITING, f) && sql_account_link_end(s, &in, f);

    if (done && !store_changed(s))
        done = REFUSE(f, "not_linked", "The account is not connected to that provider.");
    return end(s,
               done && sql_session_end_all(
                           s, &(struct sql_session_end_all_in){ .account = link->account }, f),
               f);
}
