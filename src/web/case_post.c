/* case_post.c: a letter that came back: what somebody who looked found, and whether it goes again.
 */
#include "web/case_post.h"

#include "app/post.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

const char *case_post_label(const char *state)
{
    int32_t found = machine_state_find(&machine_post, state);
    return found == MACHINE_NOTHING ? state : machine_post.states[found].label;
}

bool case_post_is_back(const char *state)
{
    return !strcmp(state, machine_post.states[POST_STATE_RETURNED].name);
}

static const char *back_words(const char *reason)
{
    static const char *const table[][2] = {
        { "gone_away", "nobody of that name is there any more" },
        { "no_such_address", "there is no such address" },
        { "incomplete", "the address is not complete" },
        { "refused", "it was not taken in" },
        { "not_called_for", "nobody fetched it" },
        { "deceased", "it was marked that they have died" },
        { "no_such_number", "the number is not in use" },
        { "no_such_mailbox", "the e-mail address does not exist or takes nothing" },
        { "too_late", "it could not be sent within the hours that are safe" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i][0], reason)) return table[i][1];
    return "no reason was given";
}

/* The letter of the address, if it came back; else the answer is written. */
static const struct sql_letter_list_row *letter_back(struct request *r, int64_t pp)
{
    int64_t id    = case_number(r->params[1]);
    struct fail f = { 0 };
    struct sql_letter_list_row *rows;
    size_t n;

    if (!sql_letter_list(r->store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW },
                         r->arena, &rows, &n, &f)) {
        respond_fail(r, &f);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == id && case_post_is_back(rows[i].state)) return &rows[i];
    respond_missing(r);
    return NULL;
}

static bool why_read(struct request *r, int64_t pp, int64_t letter, const char **why)
{
    struct fail f = { 0 };
    struct sql_step_list_row *steps;
    size_t n;

    if (!sql_step_list(r->store, &(struct sql_step_list_in){ .pp = pp, .known = KNOWN_NOW },
                       r->arena, &steps, &n, &f)) {
        respond_fail(r, &f);
        return false;
    }
    *why = "";
    for (size_t i = 0; i < n; i++)
        if (steps[i].subject == letter && !strcmp(steps[i].machine, machine_post.name))
            *why = steps[i].reason;
    return true;
}

static void post_page(struct request *r)
{
    struct case_view v;
    const struct sql_letter_list_row *l;
    const char *why;

    if (!case_open(r, &v) || !(l = letter_back(r, v.g.pp)) || !why_read(r, v.g.pp, l->id, &why))
        return;
    struct page_case_post p = {
        .c       = v.family,
        .id      = l->id,
        .kind    = case_letter_kind(l->kind),
        .to      = case_name(&v.g, l->person, r->arena),
        .day     = l->day,
        .why     = back_words(why),
        .message = !strcmp(why, "no_such_number") || !strcmp(why, "no_such_mailbox") ||
                   !strcmp(why, "too_late"),
        .part  = arena_print(r->arena, "letter/%lld/back", (long long)l->id),
        .safe  = form_view(&r->form, FORM_CASE_POST_SAFE),
        .found = form_view(&r->form, FORM_CASE_POST_FOUND),
        .again = form_view(&r->form, FORM_CASE_POST_AGAIN),
    };
    page_case_post(&r->out, frame_with_form(r), &p);
}

void case_post(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_post);
    post_page(r);
}

static void look_refuse(struct request *r, const struct fail *f)
{
    int field = !strcmp(f->code, "not_safe") ? FORM_CASE_POST_AGAIN : FORM_CASE_POST_FOUND;
    form_refuse(&r->form, field, case_sentence(r, f));
}

void case_post_do(struct request *r)
{
    struct setting s      = case_setting(r);
    struct fail f         = { 0 };
    int64_t pp            = case_number(r->params[0]);
    struct post_look look = { .letter = case_number(r->params[1]) };

    if (!r->form.errors) {
        look.safe  = form_text(&r->form, FORM_CASE_POST_SAFE);
        look.found = form_text(&r->form, FORM_CASE_POST_FOUND);
        look.again = form_is(&r->form, FORM_CASE_POST_AGAIN, "yes");
        bool done  = store_begin(r->store, STORE_WRITING, &f) && post_look(&s, pp, &look, &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f, arena_print(r->arena, "/case/%lld/letters", (long long)pp)))
            return;
        look_refuse(r, &f);
    }
    post_page(r);
}
