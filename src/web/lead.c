/* lead.c: who has which cases: one handed over, the caseload by owner, many moved. */
#include "app/case_owner.h"
#include "flow/clock_kind.h"
#include "web/case.h"
#include "web/case_change.h"

#include <stdlib.h>
#include <string.h>

enum { MOVED_MOST = 5000 };

/* ---- choosing somebody ---- */

static bool workers_read(struct request *r, struct sql_lead_workers_row **rows, size_t *n)
{
    struct fail f = { 0 };

    if (sql_lead_workers(r->store, r->arena, rows, n, &f)) return true;
    respond_fail(r, &f);
    return false;
}

static struct view_option *worker_options(struct request *r, const struct sql_lead_workers_row *w,
                                          size_t n, const char *nobody, const char *chosen)
{
    struct view_option *o = ARENA_MANY(r->arena, struct view_option, n + 1);

    o[0] = (struct view_option){ .value = "", .label = nobody, .chosen = !*chosen };
    for (size_t i = 0; i < n; i++)
        o[i + 1] = (struct view_option){ .value  = w[i].name,
                                         .label  = arena_print(r->arena, "%s, %s", w[i].name,
                                                               case_plain(r->arena, w[i].role)),
                                         .chosen = !strcmp(w[i].name, chosen) };
    return o;
}

/* ---- one case ---- */

static void hand_over_page(struct request *r)
{
    struct sql_lead_workers_row *workers;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !workers_read(r, &workers, &n)) return;
    const struct sql_case_owner_now_row *now = v.g.owner_count ? v.g.owner : NULL;
    const char *owner                        = form_text(&r->form, FORM_CASE_HAND_OVER_OWNER);
    const char *deputy                       = form_text(&r->form, FORM_CASE_HAND_OVER_DEPUTY);
    int32_t choices                          = (int32_t)n + 1;
    struct page_case_hand_over p             = { .c = v.family, .has = "", .last = "" };
    p.owner                                  = form_view(&r->form, FORM_CASE_HAND_OVER_OWNER);
    p.deputy                                 = form_view(&r->form, FORM_CASE_HAND_OVER_DEPUTY);
    p.note                                   = form_view(&r->form, FORM_CASE_HAND_OVER_NOTE);
    p.owners                                 = worker_options(r, workers, n, "Choose", owner);
    p.deputies                               = worker_options(r, workers, n, "Nobody", deputy);
    p.owners_count = p.deputies_count = choices;
    if (now) {
        p.has   = now->owner;
        p.last  = now->note;
        p.since = now->day;
        p.days  = r->today.d - now->day.d;
    }
    page_case_hand_over(&r->out, frame_with_form(r), &p);
}

void case_hand_over(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_hand_over);
    hand_over_page(r);
}

static int field_of(const struct fail *f)
{
    static const struct case_field table[] = { { "owner", FORM_CASE_HAND_OVER_OWNER },
                                               { "deputy", FORM_CASE_HAND_OVER_DEPUTY } };
    return case_field_find(table, sizeof table / sizeof *table, f->field, FORM_CASE_HAND_OVER_NOTE);
}

void case_hand_over_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    int64_t pp       = case_number(r->params[0]);

    if (!r->form.errors) {
        bool done = store_begin(r->store, STORE_WRITING, &f) &&
                    case_owner_set(&s, pp, form_text(&r->form, FORM_CASE_HAND_OVER_OWNER),
                                   form_text(&r->form, FORM_CASE_HAND_OVER_DEPUTY),
                                   form_text(&r->form, FORM_CASE_HAND_OVER_NOTE), &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f,
                          arena_print(r->arena, "/case/%lld?done=handed_over", (long long)pp)))
            return;
        form_refuse(&r->form, field_of(&f), case_sentence(r, &f));
    }
    hand_over_page(r);
}

/* ---- the caseload ---- */

struct caseload {
    struct sql_lead_workers_row *workers;
    struct sql_lead_owners_row *owners; /* of each family, by owner and day */
    struct sql_lead_clocks_row *clocks;
    size_t worker_count, owner_count, clock_count;
};

static bool caseload_read(struct request *r, struct caseload *c, struct fail *f)
{
    struct sql_lead_clocks_in today = { .today = r->today };

    return sql_lead_workers(r->store, r->arena, &c->workers, &c->worker_count, f) &&
           sql_lead_owners(r->store, r->arena, &c->owners, &c->owner_count, f) &&
           sql_lead_clocks(r->store, &today, r->arena, &c->clocks, &c->clock_count, f);
}

static struct view_lead_row row_of(struct request *r, const struct caseload *c, const char *owner,
                                   const char *role)
{
    struct view_lead_row row = { .owner = owner, .role = role };
    size_t first             = 0;

    while (first < c->owner_count && strcmp(c->owners[first].owner, owner) != 0)
        first++;
    for (size_t i = first; i < c->owner_count && !strcmp(c->owners[i].owner, owner); i++)
        row.cases++;
    if (row.cases) row.median = r->today.d - c->owners[first + (size_t)(row.cases / 2)].day.d;
    for (size_t i = 0; i < c->clock_count; i++)
        if (!strcmp(c->clocks[i].owner, owner)) {
            row.open = c->clocks[i].open;
            row.near = c->clocks[i].near;
            row.late = c->clocks[i].late;
        }
    return row;
}

static bool is_worker(const struct caseload *c, const char *name)
{
    for (size_t i = 0; i < c->worker_count; i++)
        if (!strcmp(c->workers[i].name, name)) return true;
    return false;
}

/* Everybody who works on cases, and whoever still has cases and does not any more. */
static void owners_fill(struct request *r, const struct caseload *c, struct page_lead *p)
{
    struct view_lead_row *rows =
        ARENA_MANY(r->arena, struct view_lead_row, c->worker_count + c->owner_count + 1);

    for (size_t i = 0; i < c->worker_count; i++)
        rows[p->rows_count++] =
            row_of(r, c, c->workers[i].name, case_plain(r->arena, c->workers[i].role));
    for (size_t i = 0; i < c->owner_count; i++)
        if ((!i || strcmp(c->owners[i].owner, c->owners[i - 1].owner) != 0) &&
            !is_worker(c, c->owners[i].owner))
            rows[p->rows_count++] = row_of(r, c, c->owners[i].owner, "does not work on cases now");
    p->rows = rows;
}

static int by_day(const void *left, const void *right)
{
    const date *a = left, *b = right;
    return a->d < b->d ? -1 : a->d > b->d;
}

/* The day in the middle of all of them. */
static int32_t median_of(struct request *r, const struct caseload *c)
{
    date *days = ARENA_MANY(r->arena, date, c->owner_count + 1);

    if (!c->owner_count) return 0;
    for (size_t i = 0; i < c->owner_count; i++)
        days[i] = c->owners[i].day;
    qsort(days, c->owner_count, sizeof *days, by_day);
    return r->today.d - days[c->owner_count / 2].d;
}

static bool waiting_fill(struct request *r, struct page_lead *p, struct fail *f)
{
    struct sql_clock_counts_row *rows;
    struct sql_case_unowned_count_row none;
    size_t n;
    bool found;

    if (!sql_clock_counts(r->store, &(struct sql_clock_counts_in){ .today = r->today }, r->arena,
                          &rows, &n, f) ||
        !sql_case_unowned_count(r->store, r->arena, &none, &found, f))
        return false;
    for (size_t i = 0; i < n; i++) {
        enum clock_kind kind = clock_kind_find(rows[i].kind);
        if (kind == CLOCK_APPROVAL) p->waiting = rows[i].open;
        if (kind == CLOCK_BREAK_GLASS) p->glass = rows[i].open;
        if (kind == CLOCK_SAMPLE_BEFORE || kind == CLOCK_SAMPLE_AFTER) p->samples += rows[i].open;
    }
    p->nobody = none.number;
    return true;
}

void lead_show(struct request *r)
{
    struct page_lead p = { .done = "" };
    struct fail f      = { 0 };
    struct caseload c;

    if (!caseload_read(r, &c, &f) || !waiting_fill(r, &p, &f)) {
        respond_fail(r, &f);
        return;
    }
    owners_fill(r, &c, &p);
    struct view_lead_row nobody = row_of(r, &c, "", "");
    p.nobody_open               = nobody.open;
    p.nobody_late               = nobody.late;
    p.cases                     = (int64_t)c.owner_count;
    p.median                    = median_of(r, &c);
    if (form_has(&r->form, FORM_LEAD_MOVED))
        p.done =
            arena_print(r->arena, "Moved: %lld.", (long long)form_count(&r->form, FORM_LEAD_MOVED));
    frame_of(r)->here = "lead";
    page_lead(&r->out, frame_of(r), &p);
}

/* ---- many moved ---- */

static void move_page(struct request *r, const char *from)
{
    struct sql_lead_workers_row *workers;
    size_t n;

    if (!workers_read(r, &workers, &n)) return;
    struct page_lead_move p = {
        .from        = from,
        .number_hint = *from ? "Leave it empty to move all of them" : "Up to 5,000 at a time",
        .to          = form_view(&r->form, FORM_LEAD_MOVE_TO),
        .number      = form_view(&r->form, FORM_LEAD_MOVE_NUMBER),
        .note        = form_view(&r->form, FORM_LEAD_MOVE_NOTE),
        .owners = worker_options(r, workers, n, "Choose", form_text(&r->form, FORM_LEAD_MOVE_TO)),
        .owners_count = (int32_t)n + 1,
    };
    frame_of(r)->back = "/lead";
    page_lead_move(&r->out, frame_with_form(r), &p);
}

void lead_move_show(struct request *r)
{
    const char *from = form_text(&r->form, FORM_LEAD_MOVE_FROM_FROM);

    form_new(&r->form, r->arena, &form_lead_move);
    move_page(r, from);
}

void lead_move_do(struct request *r)
{
    struct setting s           = case_setting(r);
    struct arena each          = { 0 };
    struct case_owner_moving m = {
        .from  = form_text(&r->form, FORM_LEAD_MOVE_FROM),
        .owner = form_text(&r->form, FORM_LEAD_MOVE_TO),
        .note  = form_text(&r->form, FORM_LEAD_MOVE_NOTE),
        .most  = form_has(&r->form, FORM_LEAD_MOVE_NUMBER)
                     ? form_count(&r->form, FORM_LEAD_MOVE_NUMBER)
                     : MOVED_MOST,
    };
    struct fail f  = { 0 };
    int64_t number = 0;

    if (!r->form.errors) {
        s.arena   = &each;
        bool done = case_owner_move(&s, &m, &number, &f);
        arena_free(&each);
        if (done) {
            respond_redirect(r, arena_print(r->arena, "/lead?moved=%lld", (long long)number));
            return;
        }
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, !strcmp(f.field, "note") ? FORM_LEAD_MOVE_NOTE : FORM_LEAD_MOVE_TO,
                    case_sentence(r, &f));
    }
    move_page(r, m.from);
}
