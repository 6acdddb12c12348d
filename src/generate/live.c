/* live.c: the days of a life on which something happens. */
#include "generate/live.h"

#include "app/account.h"
#include "app/day.h"
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
struct lines {
    struct feed_line *at;
    size_t n, room;
};
struct life {
    struct live live;
    struct lines pending;  /* payments to come */
    struct looked *looked; /* newest last */
    size_t looked_count, looked_room;
    date next_due; /* the next day on which an instalment falls due; DATE_OPEN: none */
    date next_look;
    date missed; /* the day after the latest due day */
    date next_arrears;
    size_t change; /* the next */
    int32_t applied, decided;
};

static void pending_add(struct life *l, const struct feed_line *line)
{
    struct lines *p = &l->pending;

    if (p->n == p->room) {
        size_t room = p->room ? p->room * 2 : 8;
        p->at       = arena_grow(l->live.arena, p->at, p->n * sizeof *p->at, room * sizeof *p->at);
        p->room     = room;
    }
    p->at[p->n++] = *line;
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
        l->looked      = arena_grow(l->live.arena, l->looked, l->looked_count * sizeof *l->looked,
                                    room * sizeof *l->looked);
        l->looked_room = room;
    }
    l->looked[l->looked_count++] = (struct looked){ arrangement, due };
}

/* --- payments --- */

static void payment_plan(struct life *l, const struct group *g, date due, money asked)
{
    struct live *v            = &l->live;
    struct bank_payment p     = { .reference = group_person(g, g->pp)->ref, .due = due };
    struct family_payment how = family_payment(v->load, v->family, due);
    struct feed_line line, back;

    p.reference = arena_text(v->arena, p.reference, strlen(p.reference));
    p.asked     = asked;
    if (how.unreadable || !bank_line(v->load, v->family, &p, v->arena, &line)) return;
    line.booked = date_max(line.booked, v->today);
    pending_add(l, &line);
    if (bank_return(v->load, v->family, due, &line, v->arena, &back)) pending_add(l, &back);
}

/* Settles what comes of the instalments that fall due by a day and were not looked at: those of one
 * day are one payment. */
static void look(struct life *l, const struct group *g)
{
    struct live *v = &l->live;
    date until = date_add_days(v->today, LOOK_AHEAD), day = DATE_OPEN;
    money asked = MONEY_NONE;

    l->next_look = DATE_OPEN;
    l->next_due  = DATE_OPEN;
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r  = &g->instalments[i];
        const struct sql_arrangement_list_row *a = group_arrangement(g, r->arrangement);
        if (group_service(g, r->arrangement, r->due) != SERVICE_COLLECT_AND_PAY) continue;
        if (date_before(v->today, r->due)) l->next_due = date_min(l->next_due, r->due);
        if (date_before(until, r->due)) {
            l->next_look = date_min(l->next_look, date_add_days(r->due, -LOOK_AHEAD));
            continue;
        }
        if (was_looked(l, r->arrangement, r->due)) continue;
        look_add(l, r->arrangement, r->due);
        if (day.d != DATE_OPEN.d && !date_same(day, date_max(r->due, v->today))) {
            payment_plan(l, g, day, asked);
            asked = MONEY_NONE;
        }
        day   = date_max(r->due, v->today); /* what was due before it was told is asked today */
        asked = money_add(asked, bank_asked((enum jurisdiction)a->jurisdiction, r->due, r->amount));
    }
    if (asked.p > 0) payment_plan(l, g, day, asked);
}

static bool receive_pending(struct life *l, struct fail *fail)
{
    struct live *v = &l->live;
    struct receipt_result r;

    for (size_t i = 0; i < l->pending.n;) {
        struct feed_line *line = &l->pending.at[i];
        if (date_before(v->today, line->booked)) {
            i++;
            continue;
        }
        struct setting s = live_setting(v, "bank");
        if (!receipt_record(&s, line, &r, fail)) return false;
        *line = l->pending.at[--l->pending.n];
    }
    return true;
}

/* --- arrears after the end --- */

static date month_first(date day, int months)
{
    struct date_ymd s = date_split(day);
    return date_add_months(date_make(s.year, s.month, 1), months);
}

/* Once the children are gone, something may be paid each month of what is still owed. */
static bool pay_arrears(struct life *l, const struct group *g, struct fail *fail)
{
    struct live *v           = &l->live;
    struct bank_payment p    = { .reference = group_person(g, g->pp)->ref,
                                 .due       = month_first(v->today, 0),
                                 .arrears   = true };
    struct setting s         = live_setting(v, "bank");
    struct standing standing = account_standing_of(g, v->today, v->today, s.arena);
    struct feed_line line;
    struct receipt_result r;

    p.asked         = standing.owed;
    l->next_arrears = month_first(v->today, 1);
    family_arrears_payment(v->load, v->family, l->next_arrears, &l->next_arrears);
    if (p.asked.p <= 0 || !bank_line(v->load, v->family, &p, v->arena, &line) ||
        date_before(line.booked, v->today))
        return true;
    line.booked = v->today;
    return receipt_record(&s, &line, &r, fail);
}

/* --- the days --- */

static date review_next(const struct life *l)
{
    enum { YEAR_MONTHS = 12 };
    date next = DATE_OPEN;

    for (int32_t i = 0; i < l->decided; i++) {
        date day = l->live.family->households[i].effective;
        while (!date_before(l->live.today, day))
            day = date_add_months(day, YEAR_MONTHS);
        next = date_min(next, day);
    }
    return next;
}

/* The next day on which there is something to do. */
static date next_day(const struct life *l)
{
    const struct family *f = l->live.family;
    date next              = DATE_OPEN;

    if (l->applied < f->household_count)
        for (int32_t i = 0; i < f->household_count; i++)
            if (!l->live.made[i].arrangement) next = date_min(next, f->households[i].applied);
    if (l->decided < l->applied)
        for (int32_t i = 0; i < f->household_count; i++)
            if (l->live.made[i].arrangement && !l->live.decided[i])
                next = date_min(next, f->households[i].decided);
    if (l->change < f->change_count) next = date_min(next, f->changes[l->change].day);
    for (size_t i = 0; i < l->pending.n; i++)
        next = date_min(next, l->pending.at[i].booked);
    if (l->decided) {
        next = date_min(next, date_min(l->next_due, l->next_look));
        next = date_min(next, date_min(l->missed, review_next(l)));
        next = date_min(next, l->next_arrears);
    }
    return next;
}

static bool change_now(struct life *l, struct fail *fail)
{
    struct live *v         = &l->live;
    const struct family *f = v->family;

    while (l->change < f->change_count && !date_before(v->today, f->changes[l->change].day)) {
        const struct family_change *c = &f->changes[l->change++];
        if (!step_change(v, c, fail)) return false;
        if (c->kind == CHANGE_CHILDREN_GO)
            family_arrears_payment(v->load, f, month_first(v->today, 1), &l->next_arrears);
    }
    return true;
}

static bool households_now(struct life *l, struct fail *fail)
{
    struct live *v         = &l->live;
    const struct family *f = v->family;

    for (int32_t i = 0; i < f->household_count; i++)
        if (!v->made[i].arrangement && !date_before(v->today, f->households[i].applied)) {
            if (!step_apply(v, i, fail)) return false;
            l->applied++;
        }
    for (int32_t i = 0; i < f->household_count; i++)
        if (v->made[i].arrangement && !v->decided[i] &&
            !date_before(v->today, f->households[i].decided)) {
            if (!step_decide(v, i, fail)) return false;
            l->decided++;
        }
    return true;
}

static bool live_day(struct life *l, struct fail *fail)
{
    struct live *v = &l->live;
    struct group g;
    bool changed, due = date_same(v->today, l->next_due);

    live_step(v);
    if (date_same(v->today, l->next_arrears)) {
        if (!live_look(v, &g, fail) || !pay_arrears(l, &g, fail)) return false;
    }
    if (!receive_pending(l, fail) || !households_now(l, fail) || !change_now(l, fail)) return false;
    if (!l->decided) return true;
    l->missed        = due ? date_add_days(v->today, 1) : DATE_OPEN;
    struct setting s = live_setting(v, "day");
    if (!day_run(&s, v->pp, &changed, fail) || !live_look(v, &g, fail)) return false;
    look(l, &g);
    return receive_pending(l, fail);
}

bool live_family(const struct setting *setting, const struct caseload *load, const struct family *f,
                 struct fail *fail)
{
    struct life l = {
        .live     = { .store = setting->store, .arena = setting->arena, .load = load, .family = f },
        .next_due = DATE_OPEN,
        .next_look    = DATE_OPEN,
        .missed       = DATE_OPEN,
        .next_arrears = DATE_OPEN,
    };
    bool fine = true;

    l.live.today = date_add_days(f->households[0].applied, -1);
    while (fine) {
        date day = next_day(&l);
        if (date_before(load->last, day)) break;
        l.live.today = day;
        fine         = live_day(&l, fail);
    }
    arena_free(&l.live.step);
    return fine;
}
