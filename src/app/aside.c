/* aside.c: families set aside. */
#include "app/aside.h"

#include "app/clock.h"

bool aside_put(const struct setting *s, int64_t pp, const char *reason, struct fail *fail)
{
    struct sql_aside_of_row *rows;
    size_t n;

    if (!sql_aside_of(s->store, &(struct sql_aside_of_in){ .pp = pp }, s->arena, &rows, &n, fail))
        return false;
    if (n && rows[n - 1].cleared == 0) return true;
    struct sql_aside_put_in in = {
        .pp = pp, .number = (int64_t)n + 1, .since = s->today, .reason = reason, .said_by = s->actor
    };
    return sql_aside_put(s->store, &in, fail) && clock_aside(s, pp, in.number, fail);
}

bool aside_return(const struct setting *s, int64_t pp, struct fail *fail)
{
    struct sql_aside_of_row *rows;
    struct verb v;
    size_t n;
    bool done;

    if (!sql_aside_of(s->store, &(struct sql_aside_of_in){ .pp = pp }, s->arena, &rows, &n, fail))
        return false;
    if (n == 0 || rows[n - 1].cleared)
        return REFUSE(fail, "not_aside", "That case is not set aside.");
    if (!verb_open(s, pp, "put back", NULL, &v, &done, fail)) return false;
    out_print(&v.about, "Put back into the day's run; set aside because: %s", rows[n - 1].reason);
    struct sql_aside_clear_in in = {
        .pp = pp, .cleared = v.seq, .cleared_on = s->today, .cleared_by = s->actor
    };
    return sql_aside_clear(s->store, &in, fail) && verb_close(&v, fail);
}
