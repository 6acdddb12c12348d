/* case_summary.c: a family's first page, its timeline, its applications, and the day's run. */
#include "app/clock.h"
#include "app/day.h"
#include "app/employer_notice.h"
#include "app/online.h"
#include "web/case.h"
#include "web/case_desk.h"
#include "web/case_view.h"
#include "web/dispatch.h"

#include <stdlib.h>
#include <string.h>

enum { SEAL_SHOWN = 6, DUE_SHOWN = 12 };

/* ---- summary ---- */

static void people_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct view_person_row *rows = ARENA_MANY(r->arena, struct view_person_row, v->g.people_count);

    for (size_t i = 0; i < v->g.people_count; i++) {
        const struct sql_group_people_row *who = &v->g.people[i];
        const char *part                       = "Child";
        for (size_t k = 0; k < v->g.arrangement_count; k++)
            if (v->g.arrangements[k].rp == who->id) part = "Receiving parent";
        if (who->id == v->g.pp) part = "Paying parent";
        rows[i] = (struct view_person_row){
            .name = case_name(&v->g, who->id, r->arena),
            .part = part,
            .ref  = who->ref,
            .born = who->has_born ? case_day_words(r->arena, who->born) : "not recorded",
        };
    }
    p->people       = rows;
    p->people_count = (int32_t)v->g.people_count;
}

/* What waits, and who has the case. */
static void clocks_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct view_clock_row *rows = ARENA_MANY(r->arena, struct view_clock_row, v->g.clock_count + 1);

    for (size_t i = 0; i < v->g.clock_count; i++) {
        const struct sql_clock_live_row *w = &v->g.clocks[i];
        enum clock_kind kind               = clock_kind_find(w->kind);
        if (kind == CLOCK_KINDS || !clock_is_open(w)) continue;
        const struct clock_kind_entry *e = &clock_kind_table[kind];
        bool late = date_before(w->due, r->today), near = !date_before(r->today, w->near);
        rows[p->clocks_count++] = (struct view_clock_row){
            .title   = e->title,
            .action  = e->action,
            .link    = path_open(r, arena_print(r->arena, "/case/%lld%s%s", (long long)v->g.pp,
                                             *e->link ? "/" : "", e->link)),
            .due     = w->due,
            .owner   = w->owner,
            .state   = late   ? "Late"
                       : near ? "Near"
                              : "",
            .colour  = late ? "red" : "yellow",
            .by_hand = r->frame.works && clock_kind_answered(kind, "by_hand"),
            .kind    = e->name,
            .subject = w->subject,
        };
    }
    p->clocks = rows;
    p->owner = p->deputy = p->owner_note = "";
    if (!v->g.owner_count) return;
    p->owner       = v->g.owner->owner;
    p->deputy      = v->g.owner->deputy;
    p->owner_note  = v->g.owner->note;
    p->owner_since = v->g.owner->day;
    p->owner_days  = r->today.d - v->g.owner->day.d;
}

static int due_order(const void *left, const void *right)
{
    const struct view_due_row *a = left, *b = right;
    return a->due.d < b->due.d ? -1 : a->due.d > b->due.d;
}

/* The row of an instalment; a new one where none is yet. */
static struct view_due_row *due_row(struct view_due_row *rows, int64_t *instalments, int32_t *n,
                                    int64_t instalment)
{
    for (int32_t i = 0; i < *n; i++)
        if (instalments[i] == instalment) return &rows[i];
    instalments[*n] = instalment;
    return &rows[(*n)++];
}

/* The day an instalment was planned for, when it fell due on another: it was then past before
 * anybody was told.  "" otherwise. */
static const char *planned_words(struct request *r, const struct group *g, const struct item *it)
{
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].id == it->instalment && !date_same(g->instalments[i].due, it->due))
            return case_day_words(r->arena, g->instalments[i].due);
    return "";
}

/* One row for each payment with something unpaid, its fee in it; the oldest are shown. */
static void due_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct view_due_row *rows = ARENA_MANY(r->arena, struct view_due_row, v->s.items.n + 1);
    int64_t *instalments      = ARENA_MANY(r->arena, int64_t, v->s.items.n + 1);

    for (size_t i = 0; i < v->s.items.n; i++) {
        const struct item *it = &v->s.items.at[i];
        money unpaid          = item_outstanding(it);
        if (date_before(r->today, it->due) || unpaid.p == 0) continue;
        struct view_due_row *row = due_row(rows, instalments, &p->due_count, it->instalment);
        row->due                 = it->due;
        row->planned             = planned_words(r, &v->g, it);
        row->receiver            = case_receiver(&v->g, it->arrangement, r->arena);
        row->charged             = money_add(row->charged, money_add(it->charged, it->adjusted));
        row->paid                = money_add(row->paid, it->paid);
        row->unpaid              = money_add(row->unpaid, unpaid);
    }
    qsort(rows, (size_t)p->due_count, sizeof *rows, due_order);
    for (int32_t i = DUE_SHOWN; i < p->due_count; i++)
        p->due_rest = money_add(p->due_rest, rows[i].unpaid);
    p->due_more = p->due_count > DUE_SHOWN ? p->due_count - DUE_SHOWN : 0;
    p->due_count -= (int32_t)p->due_more;
    p->due     = rows;
    p->overdue = v->s.overdue;
}

static void ages_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct view_age_row *ages = ARENA_MANY(r->arena, struct view_age_row, AGE_BANDS);

    for (int i = 0; i < AGE_BANDS; i++)
        ages[i] = (struct view_age_row){ age_words((enum age_band)i), v->s.ages.band[i] };
    p->ages       = ages;
    p->ages_count = AGE_BANDS;
    p->arrears    = v->s.ages.total;
    p->aged       = v->s.ages.total.p != 0;
    if (date_before(v->s.ages.oldest, DATE_OPEN))
        p->oldest = case_day_words(r->arena, v->s.ages.oldest);
}

/* Whether some parent is paid directly on a day: then the account does not show what is paid. */
static bool has_direct_pay(const struct group *g, date day)
{
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (group_service(g, g->arrangements[i].id, day) == SERVICE_DIRECT_PAY) return true;
    return false;
}

/* What an employer said and nobody has dealt with. */
static bool said_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    int64_t order;

    if (!employer_notice_open(&s, &v->g, &order, &p->said, &f)) {
        respond_fail(r, &f);
        return false;
    }
    p->said_link = path_open(r, arena_print(r->arena, "/case/%lld/order/%lld/end",
                                            (long long)v->g.pp, (long long)order));
    return true;
}

bool case_summary_fill(struct request *r, const struct case_view *v, struct page_case_summary *p)
{
    struct next_step next = case_next(r->arena, v, r->today);

    *p         = (struct page_case_summary){ .next       = next.text,
                                             .next_link  = next.link,
                                             .next_label = next.label };
    p->c       = v->family;
    p->decided = v->g.decision_count > 0;
    p->direct  = has_direct_pay(&v->g, r->today);
    clocks_fill(r, v, p);
    people_fill(r, v, p);
    due_fill(r, v, p);
    ages_fill(r, v, p);
    return case_desk_fill(r, v, p) && said_fill(r, v, p);
}

void case_summary(struct request *r)
{
    static const char *const said[][2] = {
        { "day", "Brought up to date: the timeline says what happened." },
        { "same", "There was nothing to do: the case is up to date." },
        { "receipt", "The receipt was recorded and used." },
        { "opened", "The case was opened." },
        { "matched", "The payment was matched and used." },
        { "handed_over", "The case was handed over." },
    };
    struct page_case_summary p;
    struct case_view v;

    if (!case_open(r, &v)) return;
    v.family.done = case_said(r, said, sizeof said / sizeof *said);
    if (case_summary_fill(r, &v, &p)) page_case_summary(&r->out, frame_of(r), &p);
}

/* ---- timeline ---- */

static const char *seal_text(struct arena *a, struct blob hash)
{
    const unsigned char *bytes = hash.at;
    struct out o               = { .arena = a };
    for (size_t i = 0; i < SEAL_SHOWN && i < hash.n; i++)
        out_print(&o, "%02x", bytes[i]);
    return out_string(&o);
}

static const char *verb_words(struct arena *a, const char *verb)
{
    static const char *const table[][2] = {
        { "apply", "Application" },
        { "fact", "Facts recorded" },
        { "report", "Change reported" },
        { "decide", "Decision" },
        { "day", "Day's run" },
        { "letter", "Letter" },
        { "employer_code", "Code for an employer" },
        { "employer_notice", "An employer told us" },
        { "receive", "Money received" },
        { "match", "Payment matched" },
        { "returned", "Payment returned" },
        { "payment back", "Our payment came back" },
        { "no receipt", "Taken out of suspense" },
        { "correct", "Fact corrected" },
        { "end", "Fact ended" },
        { "invite", "Invitation to an account" },
        { "activate", "Account opened" },
        { "hand_over", "Handed over" },
        { "approval_ask", "Asked of a second person" },
        { "approval", "A second person's answer" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i][0], verb)) return table[i][1];
    char *words = arena_text(a, case_plain(a, verb), strlen(verb));
    if (*words >= 'a' && *words <= 'z') *words = (char)(*words - 'a' + 'A');
    return words;
}

void case_timeline(struct request *r)
{
    struct case_view v;

    if (!case_open(r, &v)) return;
    struct view_event_row *rows = ARENA_MANY(r->arena, struct view_event_row, v.event_count + 1);
    for (size_t i = 0; i < v.event_count; i++) {
        const struct sql_event_list_row *e = &v.events[v.event_count - 1 - i];
        rows[i] = (struct view_event_row){ .what  = verb_words(r->arena, e->verb),
                                           .about = case_about(&v.g, e->about, r->arena),
                                           .day   = e->day,
                                           .actor = e->actor,
                                           .hash  = seal_text(r->arena, e->hash),
                                           .seq   = e->seq };
    }
    struct page_case_timeline p = { .c            = v.family,
                                    .events       = rows,
                                    .events_count = (int32_t)v.event_count };
    page_case_timeline(&r->out, frame_of(r), &p);
}

/* ---- applications ---- */

void case_applications(struct request *r)
{
    struct case_view v;
    enum { PAIRS = 6 };
    struct fail f = { 0 };

    if (!case_open(r, &v)) return;
    struct view_applied_row *rows =
        ARENA_MANY(r->arena, struct view_applied_row, v.g.arrangement_count);
    for (size_t i = 0; i < v.g.arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &v.g.arrangements[i];
        const struct sql_fact_list_row *service =
            group_fact(&v.g, FACT_SERVICE, a->id, a->effective_from);
        struct view_pair *pairs = ARENA_MANY(r->arena, struct view_pair, PAIRS + 1);
        pairs[0]                = (struct view_pair){ .label = "Reference", .text = a->ref };
        pairs[1]                = (struct view_pair){ .label = "Applied on",
                                                      .text  = case_day_words(r->arena, a->applied_on) };
        pairs[2]                = (struct view_pair){ .label = "Maintenance due from",
                                                      .text  = case_day_words(r->arena, a->effective_from) };
        pairs[3] =
            (struct view_pair){ .label = "Children in the application",
                                .text  = case_children(&v.g, a->id, a->effective_from, r->arena) };
        pairs[4] =
            (struct view_pair){ .label = "Service then",
                                .text  = service ? case_plain(r->arena, service->value) : "" };
        pairs[5] =
            (struct view_pair){ .label = "Who applied",
                                .text  = service ? case_plain(r->arena, service->said_by) : "" };
        int64_t online = 0;
        if (!online_find_taken(r->store, r->arena, a->ref, &online, &f)) {
            respond_fail(r, &f);
            return;
        }
        pairs[PAIRS] = (struct view_pair){ .label = "Came online",
                                           .text  = online_reference(online, r->arena),
                                           .link = arena_print(r->arena, "/application/online/%lld",
                                                               (long long)online) };
        rows[i]      = (struct view_applied_row){
                 .title =
                     arena_print(r->arena, "%s and %s", v.family.name, case_name(&v.g, a->rp, r->arena)),
                 .pairs       = pairs,
                 .pairs_count = online ? PAIRS + 1 : PAIRS,
        };
    }
    struct page_case_applications p = { .c          = v.family,
                                        .rows       = rows,
                                        .rows_count = (int32_t)v.g.arrangement_count };
    page_case_applications(&r->out, frame_of(r), &p);
}

/* ---- the day ---- */

void case_day(struct request *r)
{
    struct case_view v;
    struct fail f    = { 0 };
    struct setting s = case_setting(r);
    bool changed     = false;

    if (!case_open(r, &v)) return;
    bool done = store_begin(r->store, STORE_WRITING, &f) && day_run(&s, v.g.pp, &changed, &f) &&
                (!changed || store_commit(r->store, &f));
    store_rollback(r->store);
    if (!done) {
        respond_fail(r, &f);
        return;
    }
    respond_redirect(r, arena_print(r->arena, "/case/%lld?done=%s", (long long)v.g.pp,
                                    changed ? "day" : "same"));
}
