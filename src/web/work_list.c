/* work_list.c: what waits, ordered by clock and harm. */
#include "app/clock.h"
#include "app/online.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

enum { WORK_SHOWN = 25 };

static const char *const whose_words[][2] = { { "mine", "Mine" },
                                              { "all", "Everybody's" },
                                              { "nobody", "Nobody's yet" } };
enum { WHOSE = sizeof whose_words / sizeof *whose_words };

/* The rows of one page of the list, one more than are shown if there is a later page. */
static bool rows_read(struct request *r, const char *whose, const char *kind, int64_t first,
                      struct sql_clock_work_all_row **rows, size_t *n, struct fail *f)
{
    const char *owner                     = !strcmp(whose, "mine") ? request_opener(r).account : "";
    int64_t most                          = WORK_SHOWN + 1;
    struct sql_clock_work_all_in all      = { .first = first, .most = most };
    struct sql_clock_work_kind_in by_kind = { .kind = kind, .first = first, .most = most };
    struct sql_clock_work_owner_in by_owner     = { .owner = owner, .first = first, .most = most };
    struct sql_clock_work_owner_kind_in by_both = {
        .owner = owner, .kind = kind, .first = first, .most = most
    };
    bool anybody = !strcmp(whose, "all");

    if (anybody && !*kind) return sql_clock_work_all(r->store, &all, r->arena, rows, n, f);
    if (anybody)
        return sql_clock_work_kind(r->store, &by_kind, r->arena,
                                   (struct sql_clock_work_kind_row **)rows, n, f);
    if (!*kind)
        return sql_clock_work_owner(r->store, &by_owner, r->arena,
                                    (struct sql_clock_work_owner_row **)rows, n, f);
    return sql_clock_work_owner_kind(r->store, &by_both, r->arena,
                                     (struct sql_clock_work_owner_kind_row **)rows, n, f);
}
_Static_assert(sizeof(struct sql_clock_work_all_row) == sizeof(struct sql_clock_work_kind_row) &&
                   sizeof(struct sql_clock_work_all_row) ==
                       sizeof(struct sql_clock_work_owner_row) &&
                   sizeof(struct sql_clock_work_all_row) ==
                       sizeof(struct sql_clock_work_owner_kind_row),
               "the four lists have one form");

/* "Due 2 December 2026; harm 5 of 9 puts it 25 days further up." */
static const char *why_words(struct request *r, const struct sql_clock_work_all_row *w,
                             enum clock_kind kind)
{
    int32_t harm = clock_kind_table[kind].harm;

    if (clock_kind_table[kind].first)
        return arena_print(r->arena, "Waits since %s. It comes before everything else.",
                           case_day_words(r->arena, w->started));
    return arena_print(r->arena, "Waits since %s. Harm %d of 9 puts it %d days further up.",
                       case_day_words(r->arena, w->started), harm, harm * clock_harm_days);
}

/* The online application a clock of the service's own chain is about; 0: none. */
static bool application_of(struct request *r, const struct sql_clock_work_all_row *w,
                           enum clock_kind kind, int64_t *application, struct fail *f)
{
    struct sql_online_step_of_in in = { .pp = SERVICE_PP, .event = w->subject };
    struct sql_online_step_of_row step;
    bool found = false;

    *application = kind == CLOCK_ONLINE_APPLICATION || kind == CLOCK_ONLINE_ASKED ? w->subject : 0;
    if (w->pp != SERVICE_PP || (kind != CLOCK_ALERT && kind != CLOCK_ALERT_WATCH)) return true;
    if (!sql_online_step_of(r->store, &in, r->arena, &step, &found, f)) return false;
    if (found) *application = step.application;
    return true;
}

static const char *link_of(struct request *r, const struct sql_clock_work_all_row *w,
                           enum clock_kind kind, int64_t application)
{
    const char *link = clock_kind_table[kind].link;

    if (application && (kind == CLOCK_ALERT || kind == CLOCK_ALERT_WATCH))
        return arena_print(r->arena, "/application/online/%lld/alert/%lld", (long long)application,
                           (long long)w->subject);
    if (application)
        return arena_print(r->arena, "/application/online/%lld", (long long)application);
    if (w->pp == SERVICE_PP) return "/suspense";
    return arena_print(r->arena, "/case/%lld%s%s", (long long)w->pp, *link ? "/" : "", link);
}

static bool row_fill(struct request *r, const struct sql_clock_work_all_row *w,
                     struct view_work_row *row, struct fail *f)
{
    enum clock_kind kind = clock_kind_find(w->kind);
    struct listed_family family;

    if (!case_listed(r, w->pp, &family, f)) return false;
    *row = (struct view_work_row){ .pp = w->pp, .ref = family.ref, .shut = family.shut };
    if (row->shut || kind == CLOCK_KINDS) return true;
    const struct clock_kind_entry *e = &clock_kind_table[kind];
    bool late = date_before(w->due, r->today), near = !date_before(r->today, w->near);
    int64_t application;
    if (!application_of(r, w, kind, &application, f)) return false;
    row->name   = *family.name  ? family.name
                  : application ? arena_print(r->arena, "Application %s",
                                              online_reference(application, r->arena))
                                : "Money in suspense";
    row->title  = e->title;
    row->action = e->action;
    row->link   = link_of(r, w, kind, application);
    row->who    = case_plain(r->arena, e->who);
    row->owner  = w->owner;
    row->due    = w->due;
    row->state  = late ? "Late" : near ? "Near" : "";
    row->colour = late ? "red" : "yellow";
    row->why    = why_words(r, w, kind);
    return true;
}

static struct view_option *kind_options(struct request *r, const char *chosen)
{
    struct view_option *o = ARENA_MANY(r->arena, struct view_option, CLOCK_KINDS + 1);

    o[0] = (struct view_option){ .value = "", .label = "Every kind", .chosen = !*chosen };
    for (int k = 0; k < CLOCK_KINDS; k++)
        o[k + 1] = (struct view_option){ .value  = clock_kind_table[k].name,
                                         .label  = clock_kind_table[k].title,
                                         .chosen = !strcmp(chosen, clock_kind_table[k].name) };
    return o;
}

bool work_list_fill(struct request *r, struct page_work_list *p)
{
    const char *whose = form_text(&r->form, FORM_WORK_LIST_WHOSE);
    const char *kind  = form_text(&r->form, FORM_WORK_LIST_KIND);
    int64_t page =
        form_has(&r->form, FORM_WORK_LIST_PAGE) ? form_count(&r->form, FORM_WORK_LIST_PAGE) : 1;
    struct sql_clock_work_all_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!*whose) whose = "all";
    if (clock_kind_find(kind) == CLOCK_KINDS) kind = "";
    if (!rows_read(r, whose, kind, (page - 1) * WORK_SHOWN, &found, &n, &f))
        return respond_fail(r, &f), false;
    size_t shown               = n > WORK_SHOWN ? WORK_SHOWN : n;
    struct view_work_row *rows = ARENA_MANY(r->arena, struct view_work_row, shown + 1);
    for (size_t i = 0; i < shown; i++)
        if (!row_fill(r, &found[i], &rows[i], &f)) return respond_fail(r, &f), false;
    *p = (struct page_work_list){
        .whose         = form_view(&r->form, FORM_WORK_LIST_WHOSE),
        .kind          = form_view(&r->form, FORM_WORK_LIST_KIND),
        .whose_value   = whose,
        .kind_value    = kind,
        .choices       = case_options(r, whose_words, WHOSE, whose),
        .choices_count = WHOSE,
        .kinds         = kind_options(r, kind),
        .kinds_count   = CLOCK_KINDS + 1,
        .rows          = rows,
        .rows_count    = (int32_t)shown,
        .first         = (page - 1) * WORK_SHOWN + 1,
        .earlier       = page > 1 ? page - 1 : 0,
        .later         = n > WORK_SHOWN ? page + 1 : 0,
    };
    return true;
}

void work_list(struct request *r)
{
    struct page_work_list p;

    frame_of(r)->here = "list";
    if (work_list_fill(r, &p)) page_work_list(&r->out, frame_with_form(r), &p);
}
