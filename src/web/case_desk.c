/* case_desk.c: the parts of a case's page. */
#include "web/case_desk.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/approval.h"
#include "app/debit.h"
#include "app/letter.h"
#include "app/order.h"
#include "app/pattern.h"
#include "app/sample.h"
#include "web/dispatch.h"
#include "web/own.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 64 };

/* Where a part of the case is; "" for who may not go there. */
static const char *case_link(struct request *r, const struct case_view *v, const char *part)
{
    return path_open(r, arena_print(r->arena, "/case/%lld/%s", (long long)v->g.pp, part));
}

/* ---- what each parent can be told ---- */

/* How they asked to be reached, and what a marker of abuse asks for before anybody speaks. */
static void first_fill(struct request *r, const struct case_view *v, int64_t person,
                       struct view_say_side *s)
{
    static const struct {
        enum fact_kind kind;
        const char *label;
    } table[]               = { { FACT_SAFE_CHANNEL, "By" },
                                { FACT_SAFE_WORDS, "Words" },
                                { FACT_SAFE_HOURS, "When" } };
    const int rows          = sizeof table / sizeof *table;
    struct view_pair *pairs = ARENA_MANY(r->arena, struct view_pair, rows);

    s->reach = pairs;
    for (int i = 0; i < rows; i++) {
        const char *text =
            access_reach(&v->g, table[i].kind, person, r->session.role, r->today, r->arena);
        if (*text)
            pairs[s->reach_count++] =
                (struct view_pair){ .label = table[i].label, .text = case_plain(r->arena, text) };
    }
    s->alone   = access_abuse(&v->g, ABUSE_ACT_CALL, person, r->today) == ABUSE_RESULT_ALONE;
    s->ask_how = access_abuse(&v->g, ABUSE_ACT_REACH, person, r->today) == ABUSE_RESULT_ASK_HOW
                     ? case_link(r, v, "fact/safe_channel")
                     : "";
}

static bool side_add(struct request *r, const struct case_view *v, struct own_side side,
                     struct view_say_side *s)
{
    struct own_view view = { .side = side, .about = side.reader, .c = *v };
    const char *name     = side.reader ? case_receiver(&v->g, side.reader, r->arena)
                                       : case_name(&v->g, v->g.pp, r->arena);

    s->title = arena_print(r->arena, "%s, who %s", name, side.reader ? "receives" : "pays");
    s->to    = name;
    first_fill(r, v, side.reader ? group_arrangement(&v->g, side.reader)->rp : v->g.pp, s);
    return own_side_fill(r, &view, &s->side);
}

static bool is_paused(const struct group *g, int64_t arrangement, date day)
{
    return group_fact(g, FACT_DISPUTE, arrangement, day) ||
           group_fact(g, FACT_HOLD, arrangement, day);
}

/* refusal: what keeps a demand back.  What no letter may ask for, nobody asks for on the telephone.
 */
static bool sides_fill(struct request *r, const struct case_view *v, enum demand_refusal refusal,
                       struct page_case_summary *p)
{
    size_t n                    = v->g.arrangement_count;
    struct view_say_side *sides = ARENA_MANY(r->arena, struct view_say_side, n + 1);

    p->sides = sides;
    if (!n) return true;
    if (!side_add(r, v, (struct own_side){ .pp = v->g.pp, .ref = v->family.ref },
                  &sides[p->sides_count++]))
        return false;
    sides[0].quiet = !strcmp(sides[0].side.owed, "owes") && refusal != DEMAND_MAY_GO &&
                     refusal != DEMAND_NOTHING_OVERDUE;
    for (size_t i = 0; i < n; i++) {
        const struct sql_arrangement_list_row *a = &v->g.arrangements[i];
        struct own_side side    = { .pp = v->g.pp, .reader = a->id, .ref = a->ref };
        struct view_say_side *s = &sides[p->sides_count++];
        if (!side_add(r, v, side, s)) return false;
        s->quiet = !strcmp(s->side.owed, "owes") && is_paused(&v->g, a->id, r->today);
    }
    return true;
}

/* ---- what runs ---- */

static const char *paid_words(const struct group *g, int64_t arrangement, date day, struct arena *a)
{
    static const char *const weekday[]    = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday" };
    const struct sql_fact_list_row *every = group_fact(g, FACT_PAY_INTERVAL, arrangement, day);
    const struct sql_fact_list_row *on    = group_fact(g, FACT_PAY_DAY, arrangement, day);
    long number                           = on ? strtol(on->value, NULL, 10) : 0;

    if (!every || number < 1) return "not recorded";
    if (!strcmp(every->value, "monthly")) return arena_print(a, "every month on day %ld", number);
    const char *name = number <= DATE_WEEK ? weekday[number - 1] : "";
    return arena_print(a, "every %s on %s",
                       !strcmp(every->value, "weekly")       ? "week"
                       : !strcmp(every->value, "two_weekly") ? "two weeks"
                                                             : "four weeks",
                       name);
}

static const struct sql_award_list_row *award_at(const struct group *g, int64_t arrangement,
                                                 date day)
{
    const struct sql_decision_list_row *d = group_decision_at(g, day);

    for (size_t i = 0; d && i < g->award_count; i++)
        if (g->awards[i].decision == d->id && g->awards[i].arrangement == arrangement)
            return &g->awards[i];
    return NULL;
}

/* "£84.00 a week from 25 November 2026", without its day when it has begun. */
static const char *weekly_words(struct request *r, const struct group *g,
                                const struct sql_arrangement_list_row *a)
{
    date day                               = date_max(r->today, a->effective_from);
    const struct sql_award_list_row *award = award_at(g, a->id, day);

    if (!award) {
        for (size_t i = 0; i < g->award_count; i++)
            if (g->awards[i].arrangement == a->id) return "£0.00";
        return "not decided yet";
    }
    if (!date_before(r->today, day)) return case_pounds(r->arena, award->weekly);
    return arena_print(r->arena, "%s a week from %s", case_pounds(r->arena, award->weekly),
                       case_day_words(r->arena, day));
}

/* The service, and the other one from the day on which it is to follow. */
static const char *service_words(struct request *r, const struct group *g,
                                 const struct sql_arrangement_list_row *a)
{
    static const char *const names[] = {
        [SERVICE_DIRECT_PAY] = "Direct Pay", [SERVICE_COLLECT_AND_PAY] = "Collect and Pay"
    };
    date day = date_max(r->today, a->effective_from), then = DATE_OPEN;
    enum service now = group_service(g, a->id, day);

    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (f->subject == a->id && !strcmp(f->kind, fact_kind_table[FACT_SERVICE].name) &&
            date_before(day, f->valid_from) && group_service(g, a->id, f->valid_from) != now)
            then = date_min(then, f->valid_from);
    }
    if (date_same(then, DATE_OPEN))
        return now == SERVICE_DIRECT_PAY ? "Direct Pay: one parent pays the other"
                                         : "Collect and Pay: we collect and pass on";
    return arena_print(r->arena, "%s; %s from %s", names[now], names[group_service(g, a->id, then)],
                       case_day_words(r->arena, then));
}

static void running_add(struct page_case_summary *p, struct view_running_row row)
{
    struct view_running_row *rows = (struct view_running_row *)p->running;

    if (p->running_count < ROWS_MOST) rows[p->running_count++] = row;
}

static void arrangement_add(struct request *r, const struct case_view *v,
                            const struct sql_arrangement_list_row *a, struct page_case_summary *p)
{
    const struct group *g                   = &v->g;
    date day                                = date_max(r->today, a->effective_from);
    const struct sql_instalment_list_row *i = case_instalment_next(g, a->id, r->today, r->arena);
    const char *children                    = case_children(g, a->id, day, r->arena);

    running_add(
        p,
        (struct view_running_row){
            .what = arena_print(r->arena, "With %s, %s", case_name(g, a->rp, r->arena), a->ref),
            .text = arena_print(r->arena, "%s a week. %s. Paid %s; next payment: %s. Children: %s.",
                                weekly_words(r, g, a), service_words(r, g, a),
                                paid_words(g, a->id, day, r->arena),
                                i ? case_payment(g, i, r->arena) : "none planned",
                                *children ? children : "none today"),
            .link = case_link(r, v, "service"),
            .label = "Open" });
}

static void debit_add(struct request *r, const struct case_view *v, const struct instruction *i,
                      struct page_case_summary *p)
{
    static const char *const words[] = {
        [INSTRUCTION_NONE]      = "None",
        [INSTRUCTION_ASKED]     = "Signed, and not at the bank yet",
        [INSTRUCTION_LODGED]    = "At the bank",
        [INSTRUCTION_CANCELLED] = "Ended",
        [INSTRUCTION_ENDING]    = "Ending",
    };

    running_add(p, (struct view_running_row){
                       .what  = "Direct Debit",
                       .text  = i->state == INSTRUCTION_NONE
                                    ? words[i->state]
                                    : arena_print(r->arena, "%s, since %s", words[i->state],
                                                  case_day_words(r->arena, i->day)),
                       .link  = case_link(r, v, "debit"),
                       .label = "Open" });
}

static void order_add(struct request *r, const struct case_view *v, const struct order *o,
                      struct page_case_summary *p)
{
    running_add(p, (struct view_running_row){
                       .what  = arena_print(r->arena, "Order %lld", (long long)o->number),
                       .text  = arena_print(r->arena, "%s a week from pay",
                                            case_pounds(r->arena, earnings_weekly(&o->parts))),
                       .link  = case_link(r, v, "deductions"),
                       .label = "Open" });
}

static bool running_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct setting s = case_setting(r);
    struct order_list orders;
    struct request_now asked;
    struct instruction debit;
    struct fail f = { 0 };

    p->running = ARENA_MANY(r->arena, struct view_running_row, ROWS_MOST);
    if (!order_read(&s, &v->g, r->today, &orders, &f) ||
        !request_read(&s, v->g.pp, v->g.known, r->today, &asked, &f) ||
        !instruction_load(r->store, r->arena, v->g.pp, &debit, &f)) {
        respond_fail(r, &f);
        return false;
    }
    for (size_t i = 0; i < v->g.arrangement_count; i++)
        arrangement_add(r, v, &v->g.arrangements[i], p);
    debit_add(r, v, &debit, p);
    for (size_t i = 0; i < orders.n; i++)
        order_add(r, v, &orders.at[i], p);
    if (asked.row)
        running_add(p, (struct view_running_row){
                           .what  = "Benefit office",
                           .text  = arena_print(r->arena, "%s a week from %s",
                                                case_pounds(r->arena, asked.row->week),
                                                case_plain(r->arena, asked.row->benefit)),
                           .link  = case_link(r, v, "deductions"),
                           .label = "Open" });
    return true;
}

/* ---- what is dangerous ---- */

static void danger_add(struct page_case_summary *p, struct view_danger_row row)
{
    struct view_danger_row *rows = (struct view_danger_row *)p->dangers;

    if (p->dangers_count < ROWS_MOST) rows[p->dangers_count++] = row;
    p->dangers_number = p->dangers_count;
}

/* Facts that stand in the way, of each arrangement; with: "with Dana Frost". */
static void facts_add(struct request *r, const struct case_view *v, int64_t arrangement,
                      struct page_case_summary *p)
{
    static const struct {
        enum fact_kind kind;
        const char *what, *colour, *words;
    } table[] = {
        { FACT_ABUSE, "Domestic abuse", "red",
          "was told to us. Tell neither parent anything of the other, and ask each whether it is "
          "safe "
          "to talk." },
        { FACT_DISPUTE, "Disputed", "yellow", "Nothing disputed may be asked for." },
        { FACT_HOLD, "On hold", "purple", "No demand may go." },
    };
    const char *with = case_receiver(&v->g, arrangement, r->arena);

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct sql_fact_list_row *f = group_fact(&v->g, table[i].kind, arrangement, r->today);
        if (!f) continue;
        bool abuse = table[i].kind == FACT_ABUSE;
        danger_add(p, (struct view_danger_row){
                          .what   = table[i].what,
                          .colour = table[i].colour,
                          .text   = abuse ? arena_print(r->arena, "In the case with %s it %s", with,
                                                        table[i].words)
                                          : arena_print(r->arena, "With %s since %s: %s. %s", with,
                                                        case_day_words(r->arena, f->valid_from),
                                                        f->value, table[i].words),
                          .link   = case_link(r, v, "facts"),
                          .label  = "Look at it" });
    }
}

/* What keeps a demand back, unless it is said above. */
static void guard_add(struct request *r, const struct case_view *v, enum demand_refusal refusal,
                      struct page_case_summary *p)
{
    if (refusal == DEMAND_MAY_GO || refusal == DEMAND_NOTHING_OVERDUE ||
        refusal == DEMAND_DISPUTED || refusal == DEMAND_ON_HOLD || refusal == DEMAND_PERSON_FIRST)
        return;
    danger_add(p, (struct view_danger_row){ .what   = "No demand may go",
                                            .colour = "orange",
                                            .text   = demand_refusal_sentences[refusal],
                                            .link   = case_link(r, v, "letters"),
                                            .label  = "Look at it" });
}

static bool bars_add(struct request *r, const struct case_view *v, struct page_case_summary *p,
                     struct fail *f)
{
    struct sql_bar_count_row bars;
    bool found;

    if (!sql_bar_count(r->store, &(struct sql_bar_count_in){ .pp = v->g.pp }, r->arena, &bars,
                       &found, f))
        return false;
    if (bars.number)
        danger_add(p, (struct view_danger_row){
                          .what   = "Somebody here is close",
                          .colour = "purple",
                          .text   = bars.number == 1
                                        ? "1 person who works here is close to this family, and may "
                                          "not open it or have it."
                                        : arena_print(r->arena,
                                                      "%lld people who work here are close to this "
                                                        "family, and may not open it or have it.",
                                                      (long long)bars.number),
                          .link   = case_link(r, v, "looks"),
                          .label  = "Look at it" });
    return true;
}

static bool asked_add(struct request *r, const struct case_view *v, struct page_case_summary *p,
                      struct fail *f)
{
    struct sql_approval_list_row *rows;
    enum second_person_act kind = SECOND_PERSON_ACT_OTHER;
    size_t n;

    if (!sql_approval_list(r->store, &(struct sql_approval_list_in){ .pp = v->g.pp }, r->arena,
                           &rows, &n, f))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].state || !approval_act_find(rows[i].act, &kind)) continue;
        danger_add(p, (struct view_danger_row){
                          .what   = "Second person",
                          .colour = "yellow",
                          .text   = arena_print(r->arena, "%s waits to be approved, asked by %s.",
                                                approval_act_words(kind), rows[i].asker),
                          .link   = case_link(r, v, "approvals"),
                          .label  = "Look at it" });
    }
    return true;
}

/* Alerts that are open, before everything else. */
static bool alerts_add(struct request *r, const struct case_view *v, struct page_case_summary *p,
                       struct fail *f)
{
    struct alert *list;
    size_t n;

    if (!alert_list(r->store, r->arena, v->g.pp, &list, &n, f)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!alert_is_open(&list[i])) continue;
        bool noticed  = list[i].source == ALERT_NOTICED;
        p->next       = "Somebody may come to harm: look at that before anything else.";
        p->next_link  = case_link(r, v, "alerts");
        p->next_label = "Look at it now";
        danger_add(
            p, (struct view_danger_row){
                   .what   = alert_risk_labels[list[i].risk],
                   .colour = "red",
                   .text   = arena_print(r->arena, "%s %s, %s. %s.", noticed ? "About" : "Heard in",
                                       noticed ? case_name(&v->g, list[i].row.person, r->arena)
                                                 : alert_source_labels[list[i].source],
                                         case_day_words(r->arena, list[i].row.day),
                                         machine_alert.states[list[i].state].label),
                   .link   = case_link(
                         r, v, arena_print(r->arena, "alert/%lld", (long long)list[i].row.event)),
                   .label = "Look at it" });
    }
    return true;
}

/* Patterns that nobody has looked at. */
static bool patterns_add(struct request *r, const struct case_view *v, struct page_case_summary *p,
                         struct fail *f)
{
    struct pattern *list;
    size_t n;

    if (!pattern_list(r->store, r->arena, v->g.pp, &list, &n, f)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!pattern_is_open(&list[i])) continue;
        danger_add(
            p, (struct view_danger_row){
                   .what   = "Again and again",
                   .colour = "orange",
                   .text = arena_print(r->arena, "%s: %s. A rule found it; nobody has looked yet.",
                                       list[i].rule ? list[i].rule->title : list[i].row.rule,
                                       case_name(&v->g, list[i].row.person, r->arena)),
                   .link = case_link(
                       r, v, arena_print(r->arena, "pattern/%lld", (long long)list[i].row.event)),
                   .label = "Look at it" });
    }
    return true;
}

/* Picked decisions whose notices wait for a look, and those found wrong. */
static bool samples_add(struct request *r, const struct case_view *v, struct page_case_summary *p,
                        struct fail *f)
{
    struct setting s = case_setting(r);
    struct sample_held held;

    if (!sample_holds(&s, v->g.pp, &held, f)) return false;
    for (size_t i = 0; i < held.n; i++)
        danger_add(p,
                   (struct view_danger_row){
                       .what   = "Notices wait",
                       .colour = "yellow",
                       .text   = arena_print(r->arena,
                                             "What was decided on %s was picked to be looked at by "
                                               "somebody else. The parents were not told of it yet.",
                                             case_day_words(r->arena, held.days[i])),
                       .link   = case_link(r, v, "samples"),
                       .label  = "Look at it" });
    return true;
}

static bool dangers_fill(struct request *r, const struct case_view *v, enum demand_refusal refusal,
                         struct page_case_summary *p)
{
    struct fail f = { 0 };

    p->dangers = ARENA_MANY(r->arena, struct view_danger_row, ROWS_MOST);
    if (!alerts_add(r, v, p, &f)) {
        respond_fail(r, &f);
        return false;
    }
    for (size_t i = 0; i < v->g.arrangement_count; i++)
        facts_add(r, v, v->g.arrangements[i].id, p);
    guard_add(r, v, refusal, p);
    if (patterns_add(r, v, p, &f) && samples_add(r, v, p, &f) && bars_add(r, v, p, &f) &&
        asked_add(r, v, p, &f))
        return true;
    respond_fail(r, &f);
    return false;
}

bool case_desk_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct setting s            = case_setting(r);
    struct fail f               = { 0 };
    enum demand_refusal refusal = DEMAND_NOTHING_OVERDUE;

    if (v->s.overdue.p > 0 && !letter_guard(&s, v->g.pp, &refusal, &f)) {
        respond_fail(r, &f);
        return false;
    }
    return sides_fill(r, v, refusal, p) && running_fill(r, v, p) && dangers_fill(r, v, refusal, p);
}
