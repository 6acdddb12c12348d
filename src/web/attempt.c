/* attempt.c: attempts counted. */
#include "web/attempt.h"

#include "base/arena.h"
#include "sql.h"

static bool end(struct store *s, bool done, struct fail *f)
{
    done = done && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

/* *wait: seconds to wait; 0: may be tried. */
static bool count(struct store *s, const struct attempt *a, bool of_address, int64_t *wait,
                  struct fail *f)
{
    int64_t most = of_address ? ATTEMPTS_ADDRESS : a->most ? a->most : ATTEMPTS_SUBJECT;
    struct sql_attempt_count_in in   = { .kind    = of_address ? "address" : a->kind,
                                         .subject = of_address ? a->address : a->subject,
                                         .now     = a->now,
                                         .most    = most };
    struct sql_attempt_count_row row = { 0 };
    struct arena scratch             = { 0 };
    bool found                       = false;
    bool done                        = sql_attempt_count(s, &in, &scratch, &row, &found, f);

    arena_free(&scratch);
    if (done && found && row.failures > most && *wait < row.since + ATTEMPT_SECONDS - a->now)
        *wait = row.since + ATTEMPT_SECONDS - a->now;
    return done;
}

bool attempt_begin(struct store *s, const struct attempt *a, struct fail *f)
{
    struct sql_attempt_sweep_in old = { .before = a->now - ATTEMPT_SECONDS };
    int64_t wait                    = 0;

    if (!end(s,
             store_begin(s, STORE_WRITING, f) && sql_attempt_sweep(s, &old, f) &&
                 count(s, a, false, &wait, f) && (!*a->address || count(s, a, true, &wait, f)),
             f))
        return false;
    return wait <= 0 ||
           REFUSE(f, "attempts_many", "There were too many attempts. Try again in %d minutes.",
                  (int)((wait + 59) / 60));
}

static bool undo(struct store *s, const char *kind, const char *subject, struct fail *f)
{
    return sql_attempt_undo(s, &(struct sql_attempt_undo_in){ .kind = kind, .subject = subject },
                            f);
}

bool attempt_undo(struct store *s, const struct attempt *a, struct fail *f)
{
    return end(s,
               store_begin(s, STORE_WRITING, f) && undo(s, a->kind, a->subject, f) &&
                   undo(s, "address", a->address, f),
               f);
}

bool attempt_pass(struct store *s, const struct attempt *a, struct fail *f)
{
    struct sql_attempt_forget_in in = { .kind = a->kind, .subject = a->subject };

    return end(s, store_begin(s, STORE_WRITING, f) && sql_attempt_forget(s, &in, f), f);
}
