/* case_view.c: reading a family and putting it into words. */
#include "web/case_view.h"

#include "app/collect.h"
#include "app/plan.h"
#include "base/say.h"

#include "web/escape.h"

#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

const char *case_pounds(struct arena *a, money m)
{
    return money_pounds(m, arena_take(a, MONEY_TEXT));
}

const char *case_day_words(struct arena *a, date d)
{
    return date_words(d, arena_take(a, DATE_WORDS));
}

const char *case_owed(struct arena *a, money owed)
{
    if (owed.p > 0) return arena_print(a, "Owes %s", case_pounds(a, owed));
    if (owed.p < 0) return arena_print(a, "We owe them %s", case_pounds(a, money_negate(owed)));
    return "Nothing owed";
}

const char *case_change(struct arena *a, money change)
{
    if (change.p > 0) return arena_print(a, SAY("%s more"), case_pounds(a, change));
    if (change.p < 0) return arena_print(a, SAY("%s less"), case_pounds(a, money_negate(change)));
    return SAY("no change");
}

const char *case_plain(struct arena *a, const char *word)
{
    char *text = arena_text(a, word, strlen(word));
    for (char *p = text; *p; p++)
        if (*p == '_') *p = ' ';
    return text;
}

struct view_option *case_options(struct request *r, const char *const (*words)[2], int32_t n,
                                 const char *chosen)
{
    struct view_option *at = ARENA_MANY(r->arena, struct view_option, n);

    for (int32_t i = 0; i < n; i++)
        at[i] = (struct view_option){ words[i][0], words[i][1], !strcmp(words[i][0], chosen) };
    return at;
}

const char *case_said(const struct request *r, const char *const (*words)[2], size_t n)
{
    const char *said = form_text(&r->form, FORM_CASE_SAID_DONE);

    for (size_t i = 0; i < n; i++)
        if (!strcmp(words[i][0], said)) return words[i][1];
    return "";
}

const char *case_sentence(struct request *r, const struct fail *f)
{
    return arena_text(r->arena, f->text, strlen(f->text));
}

bool case_listed(struct request *r, int64_t pp, struct listed_family *l, struct fail *f)
{
    struct opener who = request_opener(r);
    struct sql_person_get_row person;
    enum door door;
    bool found;

    *l = (struct listed_family){ .ref = "", .name = "" };
    if (pp == SERVICE_PP) return true;
    if (!door_find(r->store, r->arena, &who, pp, &door, f) ||
        !sql_person_get(r->store, &(struct sql_person_get_in){ .id = pp }, r->arena, &person,
                        &found, f))
        return false;
    l->shut = door == DOOR_BARRED;
    if (found) l->ref = person.ref;
    if (found && !l->shut) l->name = arena_print(r->arena, "%s %s", person.given, person.family);
    return true;
}

bool case_answered(struct request *r, bool done, const struct fail *f, const char *where)
{
    store_rollback(r->store);
    if (done)
        respond_redirect(r, where);
    else if (f->kind != FAIL_REFUSED)
        respond_fail(r, f);
    return done || f->kind != FAIL_REFUSED;
}

const char *case_name(const struct group *g, int64_t person, struct arena *a)
{
    const struct sql_group_people_row *p = group_person(g, person);
    return p ? arena_print(a, "%s %s", p->given, p->family) : "";
}

const char *case_receiver(const struct group *g, int64_t arrangement, struct arena *a)
{
    const struct sql_arrangement_list_row *r = group_arrangement(g, arrangement);
    return r ? case_name(g, r->rp, a) : "";
}

/* "2026-11-22" at s, as words; false when no date stands there. */
static bool about_date(struct out *o, const char *s, struct arena *a)
{
    date day;

    if (strspn(s, "0123456789-") != DATE_TEXT - 1 || !date_parse(s, DATE_TEXT - 1, &day))
        return false;
    out_text(o, case_day_words(a, day));
    return true;
}

/* "1234.56" at s, in pounds; *n is its length.  False when no amount stands there. */
static bool about_money(struct out *o, const char *s, size_t n, struct arena *a)
{
    money m;

    if (n < 4 || s[n - 3] != '.' || !money_parse(s, n, &m)) return false;
    out_text(o, case_pounds(a, m));
    return true;
}

const char *case_about(const struct group *g, const char *about, struct arena *a)
{
    static const char lives[] = "Lives with: ";
    struct out o              = { .arena = a };

    for (const char *p = about; *p;) {
        bool begins = p == about || strchr(" (:;,", p[-1]);
        size_t n    = strspn(p, "0123456789.");
        while (n && p[n - 1] == '.')
            n--;
        if (begins && about_date(&o, p, a)) {
            p += DATE_TEXT - 1;
        } else if (begins && about_money(&o, p, n, a)) {
            p += n;
        } else if (!strncmp(p, lives, sizeof lives - 1)) {
            p += sizeof lives - 1;
            out_print(&o, "%s%s", lives, case_receiver(g, strtoll(p, NULL, 10), a));
            p += strspn(p, "0123456789");
        } else {
            n = n ? n : 1;
            out_bytes(&o, *p == '_' ? " " : p, n);
            p += n;
        }
    }
    return out_string(&o);
}

/* Puts "A, B and C" together, one name at a time. */
static void join(struct out *o, const char *name, size_t i, size_t n)
{
    if (i) out_text(o, i + 1 == n ? " and " : ", ");
    out_text(o, name);
}

static const char *receivers_of(const struct group *g, struct arena *a)
{
    struct out o = { .arena = a };
    for (size_t i = 0; i < g->arrangement_count; i++)
        join(&o, case_name(g, g->arrangements[i].rp, a), i, g->arrangement_count);
    return out_string(&o);
}

/* arrangement 0: of any. */
static const char *children_of(const struct group *g, int64_t arrangement, date day,
                               struct arena *a)
{
    struct out o      = { .arena = a };
    const char **name = ARENA_MANY(a, const char *, g->people_count + 1);
    size_t n          = 0;

    for (size_t i = 0; i < g->people_count; i++) {
        const struct sql_fact_list_row *f = group_fact(g, FACT_LIVES_WITH, g->people[i].id, day);
        if (f && (!arrangement || strtoll(f->value, NULL, 10) == arrangement))
            name[n++] = case_name(g, g->people[i].id, a);
    }
    for (size_t i = 0; i < n; i++)
        join(&o, name[i], i, n);
    return out_string(&o);
}

const char *case_children(const struct group *g, int64_t arrangement, date day, struct arena *a)
{
    return children_of(g, arrangement, day, a);
}

const char *case_children_all(const struct group *g, date day, struct arena *a)
{
    return children_of(g, 0, day, a);
}

const struct sql_instalment_list_row *case_instalment_next(const struct group *g,
                                                           int64_t arrangement, date day,
                                                           struct arena *a)
{
    struct sql_instalment_list_row coming;
    struct sql_instalment_list_row *next = NULL;

    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *of = &g->arrangements[i];
        if ((arrangement && of->id != arrangement) || !account_plan_first(g, of, a, &coming) ||
            date_before(coming.due, day) || (next && !date_before(coming.due, next->due)))
            continue;
        if (!next) next = ARENA_MANY(a, struct sql_instalment_list_row, 1);
        *next = coming;
    }
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (!date_before(r->due, day) && r->amount.p > 0 &&
            (!arrangement || r->arrangement == arrangement))
            return next && date_before(next->due, r->due) ? next : r;
    }
    return next;
}

const char *case_payment(const struct group *g, const struct sql_instalment_list_row *i,
                         struct arena *a)
{
    money fee = collect_fee(g, i, i->amount);

    if (!fee.p)
        return arena_print(a, "%s on %s", case_pounds(a, i->amount), case_day_words(a, i->due));
    return arena_print(a, "%s on %s (%s and %s fee)", case_pounds(a, money_add(i->amount, fee)),
                       case_day_words(a, i->due), case_pounds(a, i->amount), case_pounds(a, fee));
}

/* ---- facts ---- */

static const char *variation_words(const char *value, struct arena *a)
{
    static const char *const units[] = { [VARIATION_WEEKLY]      = "a week",
                                         [VARIATION_ANNUAL]      = "a year",
                                         [VARIATION_ASSET_VALUE] = "in assets" };
    struct rule_variation v;

    if (!fact_value_variation(value, &v)) return value;
    return arena_print(a, "%s %s", case_pounds(a, v.amount), units[v.unit]);
}

static const char *value_words(const struct group *g, enum fact_kind kind, const char *value,
                               struct arena *a)
{
    money m;

    if (kind == FACT_LIVES_WITH) return case_receiver(g, strtoll(value, NULL, 10), a);
    switch (fact_kind_table[kind].value) {
    case VALUE_MONEY: return money_parse(value, strlen(value), &m) ? case_pounds(a, m) : value;
    case VALUE_CHOICE: return case_plain(a, value);
    case VALUE_VARIATION: return variation_words(value, a);
    case VALUE_COUNT:
    case VALUE_YES:
    case VALUE_ACCOUNT:
    case VALUE_TEXT: break;
    }
    return value;
}

static const char *subject_words(const struct group *g, enum fact_kind kind, int64_t subject,
                                 struct arena *a)
{
    switch (fact_kind_table[kind].subject) {
    case SUBJECT_PAYER: return "";
    case SUBJECT_RECEIPT: return arena_print(a, "receipt %lld", (long long)subject);
    case SUBJECT_ARRANGEMENT: return arena_print(a, "for %s", case_receiver(g, subject, a));
    case SUBJECT_CHILD:
    case SUBJECT_PERSON: break;
    }
    return case_name(g, subject, a);
}

struct view_fact_row case_fact_row(const struct case_view *v, const struct sql_fact_list_row *f,
                                   struct arena *a)
{
    enum fact_kind kind = fact_kind_find(f->kind);
    bool open           = !date_before(f->valid_to, DATE_OPEN);
    size_t event        = (size_t)f->event;
    bool sealed         = fact_kind_is_sealed(f->kind);

    if (kind == FACT_KINDS) return (struct view_fact_row){ .what = f->kind, .value = f->value };
    return (struct view_fact_row){
        .what     = fact_kind_table[kind].label,
        .about    = subject_words(&v->g, kind, f->subject, a),
        .value    = sealed ? "Kept sealed" : value_words(&v->g, kind, f->value, a),
        .sealed   = sealed ? f->id : 0,
        .from     = case_day_words(a, f->valid_from),
        .to       = open ? "until further notice"
                         : arena_print(a, "to %s inclusive",
                                       case_day_words(a, date_add_days(f->valid_to, -1))),
        .said_by  = case_plain(a, f->said_by),
        .evidence = f->evidence,
        .known =
            event && event <= v->event_count ? case_day_words(a, v->events[event - 1].day) : "",
    };
}

/* ---- reading ---- */

int64_t case_number(const char *part)
{
    size_t n = strspn(part, "0123456789");
    return n && n < 18 && !part[n] ? strtoll(part, NULL, 10) : 0;
}

struct setting case_setting(struct request *r)
{
    return (struct setting){
        .store = r->store, .arena = r->arena, .today = r->today, .actor = r->session.account
    };
}

/* What a marker of any arrangement says today. */
static const char *marker(const struct group *g, enum fact_kind kind, date today)
{
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_fact_list_row *f = group_fact(g, kind, g->arrangements[i].id, today);
        if (f) return f->value;
    }
    return "";
}

/* The event of the newest decision. */
static int64_t last_decided(const struct group *g)
{
    int64_t last = 0;
    for (size_t i = 0; i < g->decision_count; i++)
        last = g->decisions[i].event > last ? g->decisions[i].event : last;
    return last;
}

bool case_read(struct request *r, int64_t pp, struct case_view *v)
{
    struct fail f = { 0 };

    *v = (struct case_view){ 0 };
    if (!group_load(r->store, r->arena, pp, KNOWN_OPEN - 1, &v->g, &f) ||
        !sql_event_list(r->store, &(struct sql_event_list_in){ .pp = pp, .upto = KNOWN_OPEN - 1 },
                        r->arena, &v->events, &v->event_count, &f) ||
        !group_load_facts(r->store, r->arena, pp, last_decided(&v->g), &v->decided, &f)) {
        respond_fail(r, &f);
        return false;
    }
    v->s                                 = account_standing_of(&v->g, r->today, r->today, r->arena);
    const struct sql_group_people_row *p = group_person(&v->g, pp);
    v->family                            = (struct view_family){ .pp = pp, .ref = p ? p->ref : "" };
    v->family.name                       = case_name(&v->g, pp, r->arena);
    v->family.receivers                  = receivers_of(&v->g, r->arena);
    v->family.owed                       = case_owed(r->arena, v->s.owed);
    v->family.disputed                   = marker(&v->g, FACT_DISPUTE, r->today);
    v->family.held                       = marker(&v->g, FACT_HOLD, r->today);
    if (v->s.overdue.p > 0)
        v->family.missed =
            arena_print(r->arena, "%s was missed", case_pounds(r->arena, v->s.overdue));
    return true;
}

bool case_open(struct request *r, struct case_view *v)
{
    int64_t pp = case_number(r->params[0]);

    if (!pp) {
        respond_missing(r);
        return false;
    }
    if (!case_read(r, pp, v)) return false;
    if (v->g.arrangement_count == 0) {
        respond_missing(r);
        return false;
    }
    frame_of(r)->here = "work";
    return true;
}

/* ---- what next ---- */

/* Whether the newest decision knew a fact already: when a fact is recorded for a part of another's
 * days, the rest of those days is recorded again. */
static bool was_decided(const struct case_view *v, const struct sql_fact_list_row *f)
{
    for (size_t i = 0; i < v->decided.fact_count; i++) {
        const struct sql_fact_list_row *d = &v->decided.facts[i];
        if (d->subject == f->subject && !strcmp(d->kind, f->kind) && !strcmp(d->value, f->value) &&
            !date_before(f->valid_from, d->valid_from) && !date_before(d->valid_to, f->valid_to))
            return true;
    }
    return false;
}

/* A fact of the calculation recorded after the last decision; NULL when there is none. */
static const struct sql_fact_list_row *fact_waiting(const struct case_view *v)
{
    const struct sql_fact_list_row *first = NULL;
    int64_t last                          = last_decided(&v->g);

    for (size_t i = 0; i < v->g.fact_count; i++) {
        const struct sql_fact_list_row *f = &v->g.facts[i];
        if (f->event > last && fact_kind_counts(fact_kind_find(f->kind)) && !was_decided(v, f) &&
            (!first || date_before(f->valid_from, first->valid_from)))
            first = f;
    }
    return first;
}

/* An arrangement opened after the last decision; NULL when there is none. */
static const struct sql_arrangement_list_row *arrangement_waiting(const struct group *g)
{
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (g->arrangements[i].event > last_decided(g)) return &g->arrangements[i];
    return NULL;
}

bool case_waits(const struct case_view *v)
{
    return fact_waiting(v) || arrangement_waiting(&v->g);
}

static const char *decide_link(struct arena *a, int64_t pp, const char *kind, date from)
{
    struct date_ymd d = date_split(from);
    return arena_print(a, "/case/%lld/decide?kind=%s&from-day=%d&from-month=%d&from-year=%d",
                       (long long)pp, kind, d.day, d.month, d.year);
}

static struct next_step next_decision(struct arena *a, const struct case_view *v)
{
    const struct group *g             = &v->g;
    const struct sql_fact_list_row *f = fact_waiting(v);
    date first                        = group_first_effective(g);

    if (!g->decision_count)
        return (
            struct next_step){ arena_print(a, "Decide the application; maintenance is due from %s.",
                                           case_day_words(a, first)),
                               decide_link(a, g->pp, "initial", first), "Make the first decision" };
    const struct sql_arrangement_list_row *new = arrangement_waiting(g);
    if (new)
        return (struct next_step){
            arena_print(a, "Decide the application of %s; maintenance is due from %s.",
                        case_name(g, new->rp, a), case_day_words(a, new->effective_from)),
            decide_link(a, g->pp, "new_application", new->effective_from),
            "Decide the new application"
        };
    if (f)
        return (struct next_step){
            arena_print(a, "Decide on what was recorded since the last decision: %s, from %s.",
                        fact_kind_table[fact_kind_find(f->kind)].label,
                        case_day_words(a, f->valid_from)),
            decide_link(a, g->pp, "change", date_max(first, f->valid_from)),
            "Make a decision from that day"
        };
    return (struct next_step){ "", "", "" };
}

/* The last anniversary, when no decision stands from it or later and the case goes on. */
static struct next_step next_review(struct arena *a, const struct group *g, date today)
{
    const struct law *law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, today);
    const struct sql_decision_list_row *last = &g->decisions[g->decision_count - 1];
    date first = group_first_effective(g), review = first;

    for (int n = 1; !date_before(today, date_add_months(first, n * law->review_months)); n++)
        review = date_add_months(first, n * law->review_months);
    if (!date_before(first, review) || !date_before(last->effective_from, review) ||
        !strcmp(last->rate, "ended"))
        return (struct next_step){ "", "", "" };
    return (struct next_step){
        arena_print(a, "The annual review of %s has not been decided.", case_day_words(a, review)),
        decide_link(a, g->pp, "annual_review", review), "Make the annual review"
    };
}

/* Of what is owed and not missed: what fell due under Direct Pay and was brought over. */
static money brought_over(const struct case_view *v, date today)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < v->s.items.n; i++) {
        const struct item *it = &v->s.items.at[i];
        bool is_brought       = false;
        if (it->cause != ITEM_BACKDATED || date_before(it->due, today)) continue;
        for (size_t k = 0; k < v->g.entry_count && !is_brought; k++)
            is_brought = v->g.entries[k].reason == REASON_TAKEN_OVER &&
                         v->g.entries[k].about.instalment == it->instalment;
        if (is_brought) sum = money_add(sum, item_outstanding(it));
    }
    return sum;
}

/* "£2.00 was brought over from Direct Pay and is due now; £1.00 is due and not missed yet." */
static const char *due_words(struct arena *a, const struct case_view *v, date today)
{
    money brought = brought_over(v, today), rest = money_subtract(v->s.owed, brought);
    const char *over = brought.p ? arena_print(a, "%s was brought over from Direct Pay, due now",
                                               case_pounds(a, brought))
                                 : "";

    if (rest.p <= 0) return arena_print(a, "%s.", over);
    return arena_print(a, "%s%s%s is due and not missed yet.", over, *over ? "; " : "",
                       case_pounds(a, rest));
}

/* What is on the account and can still be paid in time, then the next instalment. */
static struct next_step next_payment(struct arena *a, const struct case_view *v, date today)
{
    date after                              = date_add_days(today, v->s.owed.p > 0);
    const struct sql_instalment_list_row *i = case_instalment_next(&v->g, 0, after, a);
    const char *next = i ? arena_print(a, "Next payment: %s.", case_payment(&v->g, i, a)) : "";

    if (v->s.owed.p > 0)
        return (struct next_step){ arena_print(a, "%s %s", due_words(a, v, today), next), "", "" };
    return (struct next_step){ *next ? next : "Nothing needs to be done now.", "", "" };
}

struct next_step case_next(struct arena *a, const struct case_view *v, date today)
{
    const struct group *g = &v->g;
    struct next_step step = next_decision(a, v);
    const char *letters   = arena_print(a, "/case/%lld/letters", (long long)g->pp);

    if (*step.text) return step;
    if (*v->family.disputed || *v->family.held)
        return (struct next_step){ *v->family.disputed
                                       ? "Decide the dispute; nothing may be asked for meanwhile."
                                       : "Look whether the hold is still needed.",
                                   arena_print(a, "/case/%lld/facts", (long long)g->pp),
                                   "Look at the facts" };
    if (v->s.owed.p < 0)
        return (struct next_step){ arena_print(a, "Tell the paying parent that we owe them %s.",
                                               case_pounds(a, money_negate(v->s.owed))),
                                   letters, "Go to letters" };
    if (v->s.overdue.p > 0)
        return (struct next_step){
            arena_print(a, "%s was missed: get in touch, then send an arrears notice.",
                        case_pounds(a, v->s.overdue)),
            letters, "Go to letters"
        };
    step = next_review(a, g, today);
    if (*step.text) return step;
    return next_payment(a, v, today);
}

const char *case_lines(struct arena *a, const char *typed)
{
    char *text = arena_text(a, typed, strlen(typed)), *to = text;
    for (const char *p = typed; *p; p++)
        if (*p != '\r') *to++ = *p;
    *to = '\0';
    return text;
}
