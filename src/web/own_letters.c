/* own_letters.c: the letters that went to this person; who looked at their case. */
#include "web/own.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/authority.h"
#include "app/letter.h"
#include "app/nudge.h"
#include "app/sample.h"
#include "base/say.h"
#include "letter/pdf.h"
#include "letter/plain.h"
#include "web/letter_page.h"

#include <stdlib.h>
#include <string.h>

enum { LOOKS_MOST = 500, DAY_SECONDS = 24 * 60 * 60 };

/* What was sent to them; not one whose figure was overtaken before it could go. */
static bool is_theirs(const struct request *r, const struct sql_letter_list_row *l)
{
    return l->person == r->session.person && !l->refused &&
           strcmp(l->state, machine_post.states[POST_STATE_OVERTAKEN].name) != 0;
}

static bool has_not_gone(const struct sql_letter_list_row *l)
{
    return !strcmp(l->state, machine_post.states[POST_STATE_WAITING].name) ||
           !strcmp(l->state, machine_post.states[POST_STATE_KEPT].name);
}

/* Without those that wait while somebody has to speak with this person first (app/alert.h), or
 * looks at the decision first (app/sample.h). */
static bool list_read(struct request *r, int64_t pp, struct sql_letter_list_row **rows, size_t *n)
{
    struct fail f    = { 0 };
    struct setting s = { r->store, r->arena, r->today, "" };
    struct sample_held held;
    size_t count, kept = 0;
    date since;

    if (!sql_letter_list(r->store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW },
                         r->arena, rows, &count, &f) ||
        !alert_keeps(r->store, r->arena, pp, r->session.person, &since, &f) ||
        !sample_holds(&s, pp, &held, &f)) {
        respond_fail(r, &f);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if ((date_before((*rows)[i].day, since) || !has_not_gone(&(*rows)[i])) &&
            !sample_holds_letter(&held, &(*rows)[i]))
            (*rows)[kept++] = (*rows)[i];
    *n = kept;
    return true;
}

/* Which letters of a family somebody was told of by a message, and not by post, when last they
 * went. */
static bool told_read(struct request *r, int64_t pp, struct sql_post_item_of_row **items, size_t *n)
{
    struct fail f = { 0 };

    if (sql_post_item_of(r->store, &(struct sql_post_item_of_in){ .pp = pp }, r->arena, items, n,
                         &f))
        return true;
    respond_fail(r, &f);
    return false;
}

static bool was_told(const struct sql_post_item_of_row *items, size_t n, int64_t letter)
{
    bool told = false;

    for (size_t i = 0; i < n; i++)
        if (items[i].letter == letter)
            told = strcmp(items[i].way, post_way_words[POST_WAY_POST]) != 0;
    return told;
}

/* ---- the list ---- */

struct letters {
    struct arena *arena;
    struct view_own_letter_row *at;
    size_t n, room;
};

static void letters_add(struct letters *l, const struct view_own_letter_row *row)
{
    enum { FIRST_ROOM = 16 };

    if (l->n == l->room) {
        size_t room = l->room ? l->room * 2 : FIRST_ROOM;
        l->at       = arena_grow(l->arena, l->at, l->n * sizeof *l->at, room * sizeof *l->at);
        l->room     = room;
    }
    l->at[l->n++] = *row;
}

static int newest_first(const void *left, const void *right)
{
    const struct view_own_letter_row *a = left, *b = right;
    if (a->day.d != b->day.d) return a->day.d < b->day.d ? 1 : -1;
    return a->id < b->id ? 1 : a->id > b->id ? -1 : strcmp(a->ref, b->ref);
}

bool own_letters_fill(struct request *r, struct page_own_letters *p)
{
    struct letters l = { .arena = r->arena };
    struct own_side *sides;
    struct sql_letter_list_row *rows;
    struct sql_post_item_of_row *items;
    size_t n, count, item_count;

    *p = (struct page_own_letters){ .back = false };
    if (!own_sides_of_parent(r, &sides, &n)) return false;
    for (size_t i = 0; i < n; i++) {
        if (i && sides[i].pp == sides[i - 1].pp) continue; /* of one family once */
        if (!list_read(r, sides[i].pp, &rows, &count) ||
            !told_read(r, sides[i].pp, &items, &item_count))
            return false;
        for (size_t k = 0; k < count; k++) {
            if (!is_theirs(r, &rows[k])) continue;
            p->back |= !strcmp(rows[k].state, machine_post.states[POST_STATE_RETURNED].name);
            letters_add(&l, &(struct view_own_letter_row){
                                .ref   = sides[i].ref,
                                .id    = rows[k].id,
                                .kind  = rows[k].kind,
                                .day   = rows[k].day,
                                .state = rows[k].state,
                                .told  = was_told(items, item_count, rows[k].id) });
        }
    }
    if (l.n) qsort(l.at, l.n, sizeof *l.at, newest_first);
    p->rows       = l.at;
    p->rows_count = (int32_t)l.n;
    return true;
}

void own_letters(struct request *r)
{
    struct page_own_letters p;

    if (own_letters_fill(r, &p)) page_own_letters(&r->out, own_frame(r, "letters", NULL), &p);
}

/* ---- one letter ---- */

struct look {
    struct own_view v;
    const struct sql_letter_list_row *row;
    struct letter_document document;
    bool welsh;
};

/* A letter has its reader's own address in it: not for a representative who is not told that. */
static bool may_read(struct request *r, const struct look *l)
{
    const struct group *g             = &l->v.c.g;
    const struct sql_fact_list_row *f = group_fact(g, FACT_ADDRESS, r->session.person, r->today);
    struct reader who                 = { .as     = DISCLOSURE_READER_REPRESENTATIVE,
                                          .person = r->session.person,
                                          .group  = g,
                                          .day    = r->today,
                                          .arena  = r->arena };

    if (!own_is_acting(&r->session) || !f ||
        access_ask(&who, group_sealed(g, f)) == DISCLOSURE_RESULT_TOLD)
        return true;
    return own_alone(r);
}

static bool look_open(struct request *r, struct look *l)
{
    int64_t id    = case_number(r->params[1]);
    bool asked    = form_has(&r->form, FORM_CASE_LETTER_LOOK_LANGUAGE);
    struct fail f = { 0 };
    struct sql_letter_list_row *rows;
    size_t n;

    *l = (struct look){ .row = NULL };
    if (!own_open(r, &l->v) || !list_read(r, l->v.side.pp, &rows, &n)) return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == id && is_theirs(r, &rows[i])) l->row = &rows[i];
    if (!l->row) {
        respond_missing(r);
        return false;
    }
    l->welsh                = asked ? form_is(&r->form, FORM_CASE_LETTER_LOOK_LANGUAGE, "welsh")
                                    : !strncmp(l->row->language, "cy", 2);
    struct letter_want want = { .language = l->welsh ? LETTER_WELSH : LETTER_ENGLISH,
                                .as_sent  = !asked,
                                .large    = form_is(&r->form, FORM_CASE_LETTER_LOOK_LARGE, "yes") };
    if (!may_read(r, l)) return false;
    if (letter_again(r->store, r->arena, l->v.side.pp, id, want, &l->document, &f)) return true;
    respond_fail(r, &f);
    return false;
}

void own_letter(struct request *r)
{
    struct out whole = { .arena = r->arena };
    struct look l;

    if (!look_open(r, &l)) return;
    struct page_own_letter p = {
        .ref         = l.v.side.ref,
        .id          = l.row->id,
        .kind        = l.row->kind,
        .day         = l.row->day,
        .language    = l.welsh ? "welsh" : "english",
        .other       = l.welsh ? "english" : "welsh",
        .other_label = l.welsh ? SAY("In English") : SAY("In Welsh"),
    };
    page_own_letter(&whole, own_frame(r, "letters", "/home/letters"), &p);
    letter_page(r, &whole, &l.document, 1);
}

static const char *file_name(struct request *r, const struct look *l, const char *end)
{
    char day[DATE_TEXT];
    return arena_print(r->arena, "letter-%s.%s", date_text(l->row->day, day), end);
}

void own_letter_pdf(struct request *r)
{
    struct look l;
    struct fail f = { 0 };

    if (!look_open(r, &l)) return;
    if (!letter_pdf(&l.document, &r->out, &f))
        respond_fail(r, &f);
    else
        respond_as(r, "application/pdf", file_name(r, &l, "pdf"));
}

void own_letter_plain(struct request *r)
{
    struct look l;

    if (!look_open(r, &l)) return;
    letter_plain(&l.document, &r->out);
    respond_as(r, "text/plain; charset=utf-8", file_name(r, &l, "txt"));
}

/* ---- who looked ---- */

static bool role_told(const struct view_own_look_row *rows, size_t n, const char *role, date day)
{
    for (size_t i = 0; i < n; i++)
        if (date_same(rows[i].day, day) && !strcmp(rows[i].role, role)) return true;
    return false;
}

/* Who acts for the other parent is not told. */
static bool look_is_told(const struct sql_look_list_row *look, const struct authority *own,
                         size_t n)
{
    bool acts = false;

    for (size_t i = 0; i < n; i++)
        acts |= own[i].row.account && !strcmp(own[i].row.account, look->account);
    return acts || strcmp(look->role, ROLE_OF_REPRESENTATIVE) != 0;
}

static bool looks_add(struct request *r, int64_t pp, struct view_own_look_row *rows, size_t *n)
{
    struct setting s = case_setting(r);
    struct sql_look_list_row *found;
    struct authority *own;
    struct fail f = { 0 };
    size_t count, owns;

    if (!authority_list(&s, r->session.person, r->now, &own, &owns, &f) ||
        !sql_look_list(r->store, &(struct sql_look_list_in){ .pp = pp, .most = LOOKS_MOST },
                       r->arena, &found, &count, &f)) {
        respond_fail(r, &f);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        date day = { (int32_t)(found[i].at / DAY_SECONDS) };
        if (!look_is_told(&found[i], own, owns)) continue;
        if (!role_told(rows, *n, found[i].role, day))
            rows[(*n)++] = (struct view_own_look_row){ .day = day, .role = found[i].role };
    }
    return true;
}

static int newest_look(const void *left, const void *right)
{
    const struct view_own_look_row *a = left, *b = right;
    if (a->day.d != b->day.d) return a->day.d < b->day.d ? 1 : -1;
    return strcmp(a->role, b->role);
}

void own_looks(struct request *r)
{
    struct own_side *sides;
    size_t n, count = 0;

    if (!own_alone(r) || !own_sides_of_parent(r, &sides, &n)) return;
    struct view_own_look_row *rows =
        ARENA_MANY(r->arena, struct view_own_look_row, n * LOOKS_MOST + 1);
    for (size_t i = 0; i < n; i++)
        if (!looks_add(r, sides[i].pp, rows, &count)) return;
    qsort(rows, count, sizeof *rows, newest_look);
    struct page_own_looks p = { .rows = rows, .rows_count = (int32_t)count };
    page_own_looks(&r->out, own_frame(r, "looks", NULL), &p);
}
