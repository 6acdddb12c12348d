/* api_feed.c: following what happens. */
#include "app/door.h"
#include "sql.h"
#include "web/api.h"
#include "web/feed.h"
#include "web/pen.h"

bool api_feed_number(struct request *r, struct store *read, struct store *write)
{
    struct fail f = { 0 };

    if (feed_number(read, write, &f)) return true;
    respond_fail(r, &f);
    return false;
}

/* The events of one run; none of a barred family. */
static bool run_write(struct request *r, const struct sql_feed_read_row *run, int64_t *n,
                      struct fail *f)
{
    struct sql_feed_events_in in = { .pp = run->pp, .first = run->first, .last = run->last };
    struct opener who            = request_opener(r);
    struct sql_feed_events_row *events;
    enum door door;
    size_t count;

    if (!door_find(r->store, r->arena, &who, run->pp, &door, f) ||
        !sql_feed_events(r->store, &in, r->arena, &events, &count, f))
        return false;
    for (size_t i = 0; door != DOOR_BARRED && i < count; i++) {
        pen_open(&r->out, NULL, '{');
        pen_text(&r->out, "case", run->ref);
        pen_count(&r->out, "number", events[i].seq);
        pen_text(&r->out, "kind", events[i].verb);
        pen_date(&r->out, "day", events[i].day);
        pen_close(&r->out, '{');
    }
    *n += (int64_t)count;
    return true;
}

void api_events(struct request *r)
{
    int64_t after =
        form_has(&r->form, FORM_API_EVENTS_AFTER) ? form_count(&r->form, FORM_API_EVENTS_AFTER) : 0;
    struct sql_feed_read_in in = { .after = after, .most = FEED_PAGE };
    struct sql_feed_read_row *runs;
    struct fail f = { 0 };
    size_t count, i;
    int64_t n = 0;

    if (!sql_feed_read(r->store, &in, r->arena, &runs, &count, &f)) {
        respond_fail(r, &f);
        return;
    }
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "events", '[');
    for (i = 0; i < count && n < FEED_PAGE; i++) {
        if (!run_write(r, &runs[i], &n, &f)) {
            respond_fail(r, &f);
            return;
        }
        after = runs[i].number;
    }
    pen_close(&r->out, '[');
    pen_count(&r->out, "next", after);
    pen_flag(&r->out, "more", i < count || count == FEED_PAGE);
    pen_close(&r->out, '{');
    api_answer(r);
}
