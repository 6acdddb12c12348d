/* doing.c: how the service does, for anybody: what the last day's run kept (app/published.h). */
#include "app/published.h"
#include "app/sample_rates.h"
#include "web/dispatch.h"
#include "web/public.h"

/* Numbers below it tell one family from another. */
enum { FEW = 5 };

static bool is_few(int64_t number)
{
    return number > 0 && number < FEW;
}

static struct view_doing_row row_of(const char *part, const struct published_wait *w)
{
    return (struct view_doing_row){ part,           w->open,         is_few(w->open),
                                    w->near,        is_few(w->near), w->late,
                                    is_few(w->late) };
}

static void figures_fill(struct request *r, const int64_t *figures, struct page_doing *p)
{
    char text[SAMPLE_PERCENT];
    int64_t looked = figures[PUBLISHED_LOOKED], families = figures[PUBLISHED_FAMILIES];

    p->owned       = families >= FEW;
    p->days        = families ? figures[PUBLISHED_DAYS] / families : 0;
    p->enough      = looked >= FEW;
    p->looked      = looked;
    p->wrong       = figures[PUBLISHED_WRONG];
    p->unclear     = figures[PUBLISHED_UNCLEAR];
    p->rate        = arena_print(r->arena, "%s", sample_percent(p->wrong, looked, text));
    p->telling     = !is_few(p->wrong);
    p->unclear_few = is_few(p->unclear);
    p->weekly      = (money){ figures[PUBLISHED_WEEKLY] };
    p->error       = (money){ figures[PUBLISHED_ERROR] };
}

void public_doing(struct request *r)
{
    struct view_doing_row *rows = ARENA_MANY(r->arena, struct view_doing_row, PUBLISHED_PARTS);
    struct page_doing p         = { .rows = rows, .rows_count = PUBLISHED_PARTS - 1 };
    struct published published;
    struct fail f = { 0 };

    if (!published_read(r->store, r->arena, &published, &f)) {
        respond_fail(r, &f);
        return;
    }
    for (int part = PUBLISHED_NONE + 1; part < PUBLISHED_PARTS; part++)
        rows[part - 1] = row_of(published_part_names[part], &published.waits[part]);
    p.is_there = published.is_there;
    p.day      = published.day;
    figures_fill(r, published.figures, &p);
    frame_of(r)->exit = true;
    page_doing(&r->out, frame_of(r), &p);
}
