/* apply_home.c: applications online at the home of whoever has an account. */
#include "web/apply_home.h"

#include "web/apply.h"
#include "web/moment.h"
#include "web/own.h"

#include <sodium.h>
#include <string.h>

bool apply_home_is(const struct request *r)
{
    return r->session.signed_in && r->session.person &&
           r->session.rights & UINT32_C(1) << ACCESS_OWN && !own_is_acting(&r->session);
}

bool apply_home_put(struct request *r, struct blob code, struct fail *f)
{
    struct sql_application_home_put_in put     = { .account = r->session.account, .code = code };
    struct sql_application_home_sweep_in sweep = { .account = r->session.account, .now = r->now };

    return !apply_home_is(r) || (sql_application_home_sweep(r->store, &sweep, f) &&
                                 sql_application_home_put(r->store, &put, f));
}

/* ---- reading ---- */

static bool list_read(struct request *r, struct sql_application_home_list_row **rows, size_t *n,
                      struct fail *f)
{
    struct sql_application_home_list_in in = { .account = r->session.account, .now = r->now };

    *n = 0;
    return !apply_home_is(r) || sql_application_home_list(r->store, &in, r->arena, rows, n, f);
}

bool apply_home_has(struct request *r, int64_t number, bool *has, struct fail *f)
{
    struct sql_application_home_list_row *rows;
    size_t n;

    *has = false;
    if (!list_read(r, &rows, &n, f)) return false;
    for (size_t i = 0; i < n; i++)
        *has |= number > 0 && rows[i].event == number;
    return true;
}

bool apply_home_mine(struct request *r, const char *arrangement, bool *mine)
{
    struct sql_own_arrangements_in in = { .person = r->session.person };
    struct sql_own_arrangements_row *rows;
    struct fail f = { 0 };
    size_t n      = 0;

    *mine = false;
    if (!*arrangement || !apply_home_is(r)) return true;
    if (!sql_own_arrangements(r->store, &in, r->arena, &rows, &n, &f)) {
        respond_fail(r, &f);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        *mine |= !strcmp(rows[i].ref, arrangement);
    return true;
}

static const char *which_of(struct request *r, struct blob code)
{
    char *hex = arena_take(r->arena, 2 * code.n + 1);

    return sodium_bin2hex(hex, 2 * code.n + 1, code.at, code.n);
}

/* Whether this browser holds its code, and so can go on with it at once. */
static bool is_here(struct request *r, struct blob code)
{
    return *r->applying &&
           !strcmp(which_of(r, apply_code_kept(r->arena, r->applying)), which_of(r, code));
}

/* One that was sent; *shown false: it came to an end too long ago. */
static bool sent_fill(struct request *r, const struct online *o, struct view_apply_home *row,
                      bool *shown)
{
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, r->today);
    date since            = o->step_count ? o->steps[o->step_count - 1].day : o->day;

    row->number    = o->number;
    row->reference = online_reference(o->number, r->arena);
    row->at        = machine_online_application.states[o->state].name;
    row->says      = apply_says(r, o);
    row->due       = apply_due(o);
    row->late      = date_before(row->due, r->today);
    row->waits     = online_is_waiting(o);
    row->case_ref  = o->step_count ? o->steps[o->step_count - 1].arrangement : "";
    *shown =
        row->waits || !date_before(date_add_days(since, law->application_shown_days), r->today);
    return apply_home_mine(r, row->case_ref, &row->mine);
}

static bool row_fill(struct request *r, const struct sql_application_home_list_row *from,
                     struct view_apply_home *row, bool *shown)
{
    struct fail f = { 0 };
    struct online o;
    bool found;

    *row   = (struct view_apply_home){ .which    = which_of(r, from->code),
                                       .at       = "",
                                       .says     = "",
                                       .case_ref = "",
                                       .until    = moment_day(r->arena, from->expires),
                                       .kept     = from->kept,
                                       .here     = is_here(r, from->code) };
    *shown = true;
    if (!from->event) return true;
    if (!online_read(r->store, r->arena, from->event, &o, &found, &f)) {
        respond_fail(r, &f);
        return false;
    }
    *shown = found;
    return !found || sent_fill(r, &o, row, shown);
}

bool apply_home_rows(struct request *r, struct view_apply_home **rows, int32_t *n)
{
    struct sql_application_home_list_row *list;
    struct fail f = { 0 };
    bool shown;
    size_t count;

    *n = 0;
    if (!list_read(r, &list, &count, &f)) {
        respond_fail(r, &f);
        return false;
    }
    *rows = ARENA_MANY(r->arena, struct view_apply_home, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!row_fill(r, &list[i], &(*rows)[*n], &shown)) return false;
        *n += shown;
    }
    return true;
}

/* ---- the page of all of them ---- */

static void show(struct request *r)
{
    struct page_apply_home p = { .code = form_view(&r->form, FORM_APPLY_RETURN_CODE) };
    struct view_apply_home *rows;

    if (!apply_home_rows(r, &rows, &p.rows_count)) return;
    p.rows = rows;
    page_apply_home(&r->out, own_frame(r, "home", "/home"), &p);
}

void apply_home(struct request *r)
{
    form_new(&r->form, r->arena, &form_apply_return);
    if (own_alone(r)) show(r);
}

/* A code as it was typed, if it opens something: then that is at their home. */
static bool code_take(struct request *r, bool *found, struct fail *f)
{
    const char *code  = apply_code_plain(r->arena, form_text(&r->form, FORM_APPLY_RETURN_CODE));
    const char *where = NULL;

    *found = false;
    if (!*code) return true;
    if (!apply_code_find(r, code, &where, f)) return false;
    *found = where != NULL;
    if (!where) return true;
    bool done = store_begin(r->store, STORE_WRITING, f) &&
                apply_home_put(r, apply_code_kept(r->arena, code), f) && store_commit(r->store, f);
    store_rollback(r->store);
    return done;
}

void apply_home_do(struct request *r)
{
    struct fail f = { 0 };
    bool found;

    if (!own_alone(r)) return;
    if (!r->form.errors) {
        if (!code_take(r, &found, &f)) {
            respond_fail(r, &f);
            return;
        }
        if (found) {
            respond_redirect(r, "/home");
            return;
        }
        form_refuse(&r->form, FORM_APPLY_RETURN_CODE, form_apply_return_says_nothing);
    }
    show(r);
}

void apply_home_out(struct request *r)
{
    struct sql_application_home_out_in out = { .account = r->session.account };
    const char *which                      = form_text(&r->form, FORM_APPLY_HOME_OUT_WHICH);
    struct sql_application_home_list_row *list;
    struct fail f = { 0 };
    size_t n;

    if (!own_alone(r)) return;
    bool done = list_read(r, &list, &n, &f);
    for (size_t i = 0; i < n && done; i++) {
        if (strcmp(which_of(r, list[i].code), which) != 0) continue;
        out.code = list[i].code;
        done     = store_begin(r->store, STORE_WRITING, &f) &&
               sql_application_home_out(r->store, &out, &f) && store_commit(r->store, &f);
        store_rollback(r->store);
    }
    if (done)
        respond_redirect(r, "/home/application");
    else
        respond_fail(r, &f);
}
