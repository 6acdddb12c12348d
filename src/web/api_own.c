/* api_own.c: for a program of a parent's own: the figures of their home page. */
#include "web/api_own.h"

#include "app/statement_file.h"
#include "web/api.h"
#include "web/pen.h"

/* ---- one side ---- */

static void next_write(struct out *o, const struct view_own_card *c)
{
    if (!c->has_due) {
        pen_null(o, "next_payment");
        return;
    }
    pen_open(o, "next_payment", '{');
    pen_date(o, "due", c->due_on);
    pen_flag(o, "direct", c->direct);
    pen_money(o, "maintenance", c->due);
    pen_money(o, "fee", c->fee);
    pen_money(o, "total", c->direct ? c->due : c->total);
    pen_date_if(o, "expected", !c->direct && !c->pays, c->expected);
    pen_close(o, '{');
}

static void waits_write(struct out *o, const struct view_own_card *c)
{
    pen_open(o, "waits_for", '[');
    for (int32_t i = 0; i < c->waits_for_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "what", c->waits_for[i].words);
        pen_date(o, "due", c->waits_for[i].due);
        pen_flag(o, "late", c->waits_for[i].late);
        pen_close(o, '{');
    }
    pen_close(o, '[');
}

static void card_write(struct out *o, const struct view_own_card *c)
{
    bool owned = c->owner && *c->owner;

    pen_open(o, NULL, '{');
    pen_text(o, "reference", c->ref);
    pen_text(o, "children", c->children);
    if (c->decided)
        pen_money(o, "weekly", c->weekly);
    else
        pen_null(o, "weekly");
    pen_date(o, "from", c->from);
    next_write(o, c);
    pen_text(o, "service", c->service);
    pen_flag(o, "disputed", c->disputed);
    pen_flag(o, "held", c->held);
    pen_flag(o, "change_waits", c->waits);
    pen_text_or_null(o, "next_step", c->step);
    pen_date_if(o, "next_step_on", *c->step, c->step_on);
    pen_date_if(o, "next_review", c->has_review, c->review);
    waits_write(o, c);
    pen_text_or_null(o, "owner", c->owner);
    pen_text_or_null(o, "deputy", c->deputy);
    pen_date_if(o, "owner_since", owned, c->since);
    pen_close(o, '{');
}

void api_side_write(struct out *o, const char *key, const struct view_own_side *s)
{
    pen_open(o, key, '{');
    pen_text(o, "reference", s->ref);
    pen_text(o, "side", s->pays ? "paying" : "receiving");
    pen_text(o, "owed", s->owed);
    pen_money(o, "amount", s->sum);
    pen_money(o, "late", s->has_overdue ? s->overdue : MONEY_NONE);
    pen_money(o, "paid", s->paid);
    pen_date_if(o, "last_paid_on", s->has_paid, s->paid_on);
    pen_date_if(o, "answer_by", s->asks, s->ask_by);
    pen_open(o, "arrangements", '[');
    for (int32_t i = 0; i < s->cards_count; i++)
        card_write(o, &s->cards[i]);
    pen_close(o, '[');
    pen_close(o, '{');
}

/* ---- answers ---- */

void api_own(struct request *r)
{
    struct own_side *sides;
    size_t n;

    if (!own_sides(r, &sides, &n)) return;
    pen_open(&r->out, NULL, '{');
    pen_date(&r->out, "as_at", r->today);
    pen_open(&r->out, "sides", '[');
    for (size_t i = 0; i < n; i++) {
        struct own_view v;
        struct view_own_side s;
        if (!own_read(r, &sides[i], &v) || !own_side_fill(r, &v, &s)) return;
        api_side_write(&r->out, NULL, &s);
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}

void api_own_letters(struct request *r)
{
    struct page_own_letters p;

    if (!own_letters_fill(r, &p)) return;
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "letters", '[');
    for (int32_t i = 0; i < p.rows_count; i++) {
        pen_open(&r->out, NULL, '{');
        pen_count(&r->out, "number", p.rows[i].id);
        pen_text(&r->out, "reference", p.rows[i].ref);
        pen_text(&r->out, "kind", p.rows[i].kind);
        pen_date(&r->out, "day", p.rows[i].day);
        pen_text(&r->out, "state", p.rows[i].state);
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}

void api_own_statement(struct request *r)
{
    struct fail f = { 0 };
    struct statement s;
    struct own_view v;

    if (!own_open(r, &v)) return;
    struct statement_want want = {
        .pp = v.side.pp, .arrangement = v.side.reader, .to = r->today, .known_on = r->today
    };
    if (!statement_of(&v.c.g, &want, r->arena, &s, &f)) {
        respond_fail(r, &f);
        return;
    }
    statement_json(&s, LETTER_ENGLISH, &r->out);
    api_answer(r);
}
