/* stop.c: the line stopped. */
#include "app/stop.h"

#include "sql.h"

#include <string.h>

bool stop_read(struct store *store, struct arena *arena, struct stop *stop, struct fail *fail)
{
    struct sql_line_stop_now_row row;
    bool found;

    if (!sql_line_stop_now(store, arena, &row, &found, fail)) return false;
    *stop = (struct stop){ 0 };
    if (found) *stop = (struct stop){ true, row.reason, row.stopped_by, row.stopped_at };
    return true;
}

bool stop_check(struct store *store, struct fail *fail)
{
    struct arena scratch = { 0 };
    struct stop stop;
    bool fine = stop_read(store, &scratch, &stop, fail) &&
                (!stop.is_stopped ||
                 REFUSE(fail, STOPPED,
                        "The line was stopped by %s: %s. `upkeep go` lets it go on once that is "
                        "settled.",
                        stop.by, stop.reason));

    arena_free(&scratch);
    return fine;
}

bool stop_line(struct store *store, const char *reason, const char *by, int64_t at,
               struct fail *fail)
{
    struct arena scratch           = { 0 };
    struct sql_line_stop_put_in in = { .stopped_by = by, .stopped_at = at };
    size_t n                       = strlen(reason);

    while (n && strchr(". \t\r\n", reason[n - 1]))
        n--;
    in.reason = arena_text(&scratch, reason, n);
    bool fine =
        sql_line_stop_put(store, &in, fail) &&
        (store_changed(store) == 1 ||
         REFUSE(fail, "stopped_before", "The line is stopped already; see `upkeep status`."));
    arena_free(&scratch);
    return fine;
}

bool stop_go(struct store *store, const char *by, int64_t at, struct fail *fail)
{
    struct sql_line_stop_go_in in = { .gone_by = by, .gone_at = at };

    return sql_line_stop_go(store, &in, fail) &&
           (store_changed(store) > 0 || REFUSE(fail, "not_stopped", "The line is not stopped."));
}
