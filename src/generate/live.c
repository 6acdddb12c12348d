/* live.c: the days of a life on which something happens. */
#include "generate/live.h"

#include "app/account.h"
#include "app/chunk_keep.h"
#include "app/receive.h"
#include "generate/bank.h"
#include "generate/step.h"

#include <string.h>

enum { LOOK_AHEAD = 2 /* days before it falls due somebody may pay an instalment */ };

/* An instalment of collection that has been looked at: whether and when it is paid is settled. */
struct looked {
    int64_t arrangement;
    date due;
};
/* A line of the bank to come; which: the payment it is or takes back. */
struct pending {
    struct feed_line line;
    size_t which;
};
struct lines {
    struct pending *at;
    size_t n, room;
};
struct life {
    struct live live;
    struct keeping keeping;
    struct lines pending; /* payments to come */
    int64_t *receipts;    /* of the payments planned so far */
    size_t payments, payment_room;
    struct looked *looked; /* newest last */
    size_t looked_count, looked_room;
    date next_due; /* the next day on which an instalment falls due; DATE_OPEN: none */
    date next_look;
    date missed; /* the day after the latest due day */
    date next_arrears;
    size_t change; /* the next */
    int32_t applied, decided;
};

/* For what lasts as long as the life; live_arena is for what a day needs. */
static struct arena *life_arena(const struct life *l)
{
    return l->keeping.kept->setting.arena;
}

static void pending_add(struct life *l, const struct feed_line *line, size_t which)
{
    struct lines *p = &l->pending;

    if (p->n == p->room) {
        size_t room = p->room ? p->room * 2 : 8;
        p->at       = arena_grow(life_arena(l), p->at, p->n * sizeof *p->at, room * sizeof *p->at);
        p->room     = room;
    }
    p->at[p->n++] = (struct pending){ *line, which };
}

static size_t payment_number(struct life *l)
{
    if (l->payments == l->payment_room) {
        size_t room     = l->payment_room ? l->payment_room * 2 : 16;
        l->receipts     = arena_grow(life_arena(l), l->receipts, l->payments * sizeof *l->receipts,
                                     room * sizeof *l->receipts);
        l->payment_room = room;
    }
    return l->payments++;
}

static bool was_looked(const struct life *l, int64_t arrangement, date due)
{
    for (size_t i = l->looked_count; i > 0; i--)
        if (l->looked[i - 1].arrangement == arrangement && date_same(l->looked[i - 1].due, due))
            return true;
    return false;
}

static void look_add(struct life *l, int64_t arrangement, date due)
{
    if (l->looked_count == l->looked_room) {
        size_t room    = l->looked_room ? l->looked_room * 2 : 64;
        l->looked      = arena_grow(life_arena(l), l->looked, l->looked_count * sizeof *l->looked,
                                    room * sizeof *l->looked);
        l->looked_room = room;
    }
    l->looked[l->looked_count++] = (struct looked){ arrangement, due };
}

/* --- payments --- */

static void payment_plan(struct life *l, const struct group *g, struct bank_payment p)
{
    struct live *v            = &l->live;
    struct family_payment how = family_payment(v->load, v->family, p.due);
    struct feed_line line, back;

    p.reference = group_person(g, g->pp)->ref;
    p.reference = arena_text(life_arena(l), p.reference, strlen(p.reference));
    if (p.asked.p == 0 || how.unreadable ||
        !bank_line(v->load, v->family, &p, life_arena(l), &line))
        return;
    line.booked  = date_max(line.booked, live_today(v));
    size_t which = payment_number(l);
    pending_add(l, &line, which);
    if (bank_return(v->load, v->family, &p, &line, life_arena(l), &back))
        pending_add(l, &back, which);
}

/* Settles what comes of one instalment that falls due soon; what was due before it was told is
 * added up to be asked for today. */
static void look_at(struct life *l, const struct group *g, const struct sql_instalment_list_row *r,
                    struct bank_payment *opening)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, r->arrangement);
    money asked           = bank_asked((enum jurisdiction)a->jurisdiction, r->due, r->amount);
    struct bank_payment p = { .arrangement = r->arrangement, .due = r->due, .asked = asked };

    look_add(l, r->arrangement, r->due);
    if (date_before(r->due, r->planned))
        opening->asked = money_add(opening->asked, p.asked);
    else
        payment_plan(l, g, p);
}

/* Settles what comes of the instalments that fall due by a day and were not looked at, and finds
 * the days on which to look again. */
static void look(struct life *l, const struct group *g)
{
    date today = live_today(&l->live), until = date_add_days(today, LOOK_AHEAD);

    l->next_look = DATE_OPEN;
    l->next_due  = DATE_OPEN;
    for (size_t k = 0; k < g->arrangement_count; k++) {
        int64_t arrangement         = g->arrangements[k].id;
        struct bank_payment opening = { .reason      = BANK_OPENING,
                                        .arrangement = arrangement,
                                        .due         = today };
        for (size_t i = g->instalment_count; i > 0; i--) { /* by due day: the latest first */
            const struct sql_instalment_list_row *r = &g->instalments[i - 1];
            if (r->arrangement != arrangement) continue;
            if (date_before(until, r->due)) {
                if (group_service(g, arrangement, r->due) != SERVICE_COLLECT_AND_PAY) continue;
                l->next_look = date_min(l->next_look, date_add_days(r->due, -LOOK_AHEAD));
                l->next_due  = date_min(l->next_due, r->due);
                continue;
            }
            bool collected = group_service(g, arrangement, r->due) == SERVICE_COLLECT_AND_PAY;
            if (collected && date_before(today, r->due))
                l->next_due = date_min(l->next_due, r->due);
            if (was_looked(l, arrangement, r->due)) break;
            if (collected) look_at(l, g, r, &opening);
        }
        payment_plan(l, g, opening);
    }
}

static void receive_pending(struct life *l)
{
    struct live *v = &l->live;

    v->chunk->setting.actor = "bank";
    for (size_t i = 0; i < l->pending.n;) {
        struct pending *p = &l->pending.at[i];
        if (date_before(live_today(v), p->line.booked)) {
            i++;
            continue;
        }
        if (p->line.credit)
            l->receipts[p->which] = receipt_take(v->chunk, v->home, &p->line, "reference");
        else
            receipt_take_returned(v->chunk, v->home, l->receipts[p->which], &p->line);
        *p = l->pending.at[--l->pending.n];
    }
}

/* --- arrears after the end --- */

static date month_first(date day, int months)
{
    struct date_ymd s = date_split(day);
    return date_add_months(date_make(s.year, s.month, 1), months);
}

/* Once the children are gone, something may be paid each month of what is still owed. */
static void pay_arrears(struct life *l, const struct group *g)
{
    struct live *v           = &l->live;
    struct bank_payment p    = { .reference = group_person(g, g->pp)->ref,
                                 .due       = month_first(live_today(v), 0),
                                 .reason    = BANK_ARREARS };
    struct standing standing = account_standing_of(g, live_today(v), live_today(v), live_arena(v));
    struct feed_line line;

    p.asked         = standing.owed;
    l->next_arrears = month_first(live_today(v), 1);
    family_arrears_payment(v->load, v->family, l->next_arrears, &l->next_arrears);
    if (p.asked.p <= 0 || !bank_line(v->load, v->family, &p, live_arena(v), &line) ||
        date_before(line.booked, live_today(v)))
        return;
    line.booked = live_today(v);
    receipt_take(v->chunk, v->home, &line, "reference");
}

/* --- the days --- */

static date review_next(const struct life *l)
{
    enum { YEAR_MONTHS = 12 };
    date next = DATE_OPEN;

    for (int32_t i = 0; i < l->decided; i++) {
        date day = l->live.family->households[i].effective;
        while (!date_before(live_today(&l->live), day))
            day = date_add_months(day, YEAR_MONTHS);
        next = date_min(next, day);
    }
    return next;
}

/* The next day on which there is something to do. */
static date next_day(const struct life *l)
{
    const struct kin *f = l->live.family;
    date next           = DATE_OPEN;

    if (l->applied < f->household_count)
        for (int32_t i = 0; i < f->household_count; i++)
            if (!l->live.made[i].arrangement) next = date_min(next, f->households[i].applied);
    if (l->decided < l->applied)
        for (int32_t i = 0; i < f->household_count; i++)
            if (l->live.made[i].arrangement && !l->live.decided[i])
                next = date_min(next, f->households[i].decided);
    if (l->change < f->change_count) next = date_min(next, f->changes[l->change].day);
    for (size_t i = 0; i < l->pending.n; i++)
        next = date_min(next, l->pending.at[i].line.booked);
    if (l->decided) {
        next = date_min(next, date_min(l->next_due, l->next_look));
        next = date_min(next, date_min(l->missed, review_next(l)));
        next = date_min(next, l->next_arrears);
    }
    return next;
}

static bool change_now(struct life *l, struct fail *fail)
{
    struct live *v      = &l->live;
    const struct kin *f = v->family;

    while (l->change < f->change_count && !date_before(live_today(v), f->changes[l->change].day)) {
        const struct family_change *c = &f->changes[l->change++];
        if (!step_change(v, c, fail)) return false;
        if (c->kind == CHANGE_CHILDREN_GO)
            family_arrears_payment(v->load, f, month_first(live_today(v), 1), &l->next_arrears);
    }
    return true;
}

static bool households_now(struct life *l, struct fail *fail)
{
    struct live *v      = &l->live;
    const struct kin *f = v->family;

    for (int32_t i = 0; i < f->household_count; i++)
        if (!v->made[i].arrangement && !date_before(live_today(v), f->households[i].applied)) {
            if (!step_apply(v, i, fail)) return false;
            l->applied++;
        }
    for (int32_t i = 0; i < f->household_count; i++)
        if (v->made[i].arrangement && !v->decided[i] &&
            !date_before(live_today(v), f->households[i].decided)) {
            if (!step_decide(v, i, fail)) return false;
            l->decided++;
        }
    return true;
}

/* Whether something happens today for which the whole record is needed. */
static bool needs_whole(const struct life *l)
{
    const struct live *v = &l->live;
    const struct kin *f  = v->family;
    date today           = live_today(v);
    bool whole           = l->applied < f->household_count || l->decided < l->applied ||
                 (l->change < f->change_count && !date_before(today, f->changes[l->change].day));

    for (size_t i = 0; i < l->pending.n; i++) {
        const struct feed_line *line = &l->pending.at[i].line;
        whole |= !line->credit && !date_before(today, line->booked);
    }
    return whole;
}

static bool live_day(struct life *l, struct fail *fail)
{
    struct live *v  = &l->live;
    struct group *g = &v->home->group;
    bool due        = date_same(live_today(v), l->next_due);

    v->chunk->setting.actor = "bank";
    if (date_same(live_today(v), l->next_arrears)) pay_arrears(l, g);
    receive_pending(l);
    if (!households_now(l, fail) || !change_now(l, fail)) return false;
    if (!l->decided) return true;
    l->missed = due ? date_add_days(live_today(v), 1) : DATE_OPEN;
    step_day(v);
    look(l, g);
    receive_pending(l);
    return true;
}

bool live_family(const struct live_place *place, struct family *home, const struct caseload *load,
                 const struct kin *f, struct fail *fail)
{
    struct life l = {
        .live         = { .home = home, .load = load, .family = f, .numbers = place->numbers },
        .keeping      = keeping_begin(place->chunk, home, place->scratch),
        .next_due     = DATE_OPEN,
        .next_look    = DATE_OPEN,
        .missed       = DATE_OPEN,
        .next_arrears = DATE_OPEN,
    };
    struct chunk *work = &l.keeping.work;
    bool fine          = true;

    l.live.chunk        = work;
    work->setting.today = date_add_days(f->households[0].applied, -1);
    while (fine) {
        date day = next_day(&l);
        if (date_before(load->last, day)) break;
        work->setting.today = day;
        if (needs_whole(&l)) keeping_open_books(&l.keeping);
        fine = live_day(&l, fail);
        keeping_tidy(&l.keeping);
        keeping_close_books(&l.keeping);
    }
    work->setting.today = load->last;
    keeping_open_books(&l.keeping);
    if (fine && l.decided) step_day(&l.live);
    if (fine) chunk_look(work, home);
    keeping_end(&l.keeping);
    return fine;
}
