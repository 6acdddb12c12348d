/* case_online.c: applications that came online, for the caseworker: read on one page, taken into
 * the record after a preview, asked about, or refused. */
#include "web/case_online.h"

#include "app/access.h"
#include "flow/clock_kind.h"
#include "web/apply.h"
#include "web/case.h"
#include "web/case_alerts.h"
#include "web/case_change.h"
#include "web/case_online_known.h"

#include <string.h>

enum { ONLINE_SHOWN = 100 };

/* ---- the list ---- */

void case_online_list(struct request *r)
{
    struct sql_online_waiting_in in = { .pp = SERVICE_PP, .most = ONLINE_SHOWN };
    struct sql_online_waiting_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!sql_online_waiting(r->store, &in, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_online_row *rows = ARENA_MANY(r->arena, struct view_online_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_online_row){
            .number    = found[i].event,
            .reference = online_reference(found[i].event, r->arena),
            .who       = found[i].applicant,
            .on        = found[i].day,
            .due       = found[i].due,
            .asked     = clock_kind_find(found[i].kind) == CLOCK_ONLINE_ASKED,
            .late      = date_before(found[i].due, r->today),
        };
    struct page_case_online_list p = { .rows = rows, .rows_count = (int32_t)n };
    frame_of(r)->here              = "apply";
    page_case_online_list(&r->out, frame_of(r), &p);
}

/* ---- one ---- */

static bool online_get(struct request *r, int64_t number, struct online *o)
{
    struct fail f = { 0 };
    bool found;

    if (!online_read(r->store, r->arena, number, o, &found, &f)) {
        respond_fail(r, &f);
        return false;
    }
    if (!found) respond_missing(r);
    return found;
}

static const struct online_kept *kept_of(const struct online *o, const char *field)
{
    for (size_t i = 0; i < o->kept_count; i++)
        if (!strcmp(o->kept[i].field, field)) return &o->kept[i];
    return NULL;
}

/* What was answered, in the order it was asked. */
static struct view_online_answer *answers_view(struct request *r, const struct online *o,
                                               int32_t *n)
{
    struct apply_draft d = { .applicant = o->applicant, .answers = o->open, .n = o->open_count };
    int32_t asked;
    struct view_apply_answer *all   = apply_answers_view(r->arena, &d, &asked);
    struct view_online_answer *rows = ARENA_MANY(r->arena, struct view_online_answer, asked + 1);

    *n = 0;
    for (int32_t i = 0; i < asked; i++) {
        const struct online_kept *kept = kept_of(o, all[i].field);
        if (!kept && !*all[i].value) continue;
        rows[(*n)++] = (struct view_online_answer){
            .field  = all[i].field,
            .value  = kept ? online_words(o, kept->value, r->session.role, r->arena) : all[i].value,
            .sealed = kept != NULL,
        };
    }
    return rows;
}

/* What was shown to somebody who said why, in the place of "kept sealed". */
static void shown_put(struct view_online_answer *rows, int32_t n, const struct online_shown *shown,
                      size_t shown_count)
{
    for (size_t i = 0; i < shown_count; i++)
        for (int32_t k = 0; k < n; k++)
            if (!strcmp(rows[k].field, shown[i].field)) rows[k].value = shown[i].text;
}

static struct view_apply_child_row *children_view(struct request *r, const struct online *o,
                                                  int32_t *n)
{
    struct apply_draft d = { .answers = o->open, .n = o->open_count };

    return apply_children_view(r->arena, &d, n);
}

static struct view_apply_told *steps_view(struct request *r, const struct online *o, int32_t *n)
{
    struct view_apply_told *rows = ARENA_MANY(r->arena, struct view_apply_told, o->step_count + 1);

    *n = (int32_t)o->step_count;
    for (size_t i = 0; i < o->step_count; i++) {
        const struct online_step *s = &o->steps[i];
        rows[i]                     = (struct view_apply_told){
                                .on   = s->day,
                                .what = machine_online_application.events[s->event].name,
                                .said =
                s->answer.text ? online_words(o, s->answer, r->session.role, r->arena) : s->said,
        };
    }
    return rows;
}

/* The alerts of the application by what called somebody. */
static bool alerts_fill(struct request *r, struct page_case_online *p)
{
    struct fail f = { 0 };
    struct alert *list;
    size_t n;

    if (!alert_list_online(r->store, r->arena, p->number, &list, &n, &f)) {
        respond_fail(r, &f);
        return false;
    }
    struct view_online_alert *rows = ARENA_MANY(r->arena, struct view_online_alert, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct view_alert_row a = case_alert_row(r, SERVICE_PP, p->reference, &list[i]);
        struct out title        = { .arena = r->arena };
        for (int32_t k = 0; k < a.heard_count; k++)
            out_print(&title, "%s%s", k ? "; " : "", a.heard[k].label);
        rows[i] = (struct view_online_alert){
            .event = a.event,
            .title = a.heard_count ? out_string(&title) : a.risk,
            .open  = a.open,
        };
    }
    p->alerts       = rows;
    p->alerts_count = (int32_t)n;
    return true;
}

static bool known_fill(struct request *r, const struct online *o, struct page_case_online *p)
{
    struct view_online_known *rows;
    struct fail f = { 0 };
    bool done     = case_online_known(r, o, 0, &rows, &p->known_count, &f);

    if (done)
        p->known = rows;
    else
        respond_fail(r, &f);
    return done;
}

/* Whose account it stands at: they said who they are by signing in. */
static bool senders_fill(struct request *r, struct page_case_online *p)
{
    struct sql_application_home_people_in in = { .pp = SERVICE_PP, .event = p->number };
    struct sql_application_home_people_row *people;
    struct sql_person_get_row person;
    struct fail f = { 0 };
    bool found;
    size_t n = 0;

    bool done = sql_application_home_people(r->store, &in, r->arena, &people, &n, &f);
    struct view_online_sender *rows = ARENA_MANY(r->arena, struct view_online_sender, n + 1);
    for (size_t i = 0; i < n && done; i++) {
        struct sql_person_get_in one = { .id = people[i].person };
        done = sql_person_get(r->store, &one, r->arena, &person, &found, &f);
        if (done && found) rows[p->senders_count++].ref = person.ref;
    }
    p->senders = rows;
    if (!done) respond_fail(r, &f);
    return done;
}

static const char *name_of(struct request *r, const struct online *o, const char *whose)
{
    const char *given = online_open(o, arena_print(r->arena, "%s_given", whose));
    const char *last  = online_open(o, arena_print(r->arena, "%s_family", whose));

    return *given || *last
               ? arena_print(r->arena, "%s%s%s", given, *given && *last ? " " : "", last)
               : "";
}

/* What the page has beside its forms' fields. */
struct one {
    struct online o;
    const struct online_shown *shown;
    size_t shown_count;
    struct view_field deed, said, why;
};

static void one_fields(struct one *v, const struct request *r)
{
    bool does = r->form.rule == &form_case_online, asks = r->form.rule == &form_case_online_why;

    v->deed = does ? form_view(&r->form, FORM_CASE_ONLINE_DEED)
                   : (struct view_field){ .name = "deed", .value = "", .error = "" };
    v->said = does ? form_view(&r->form, FORM_CASE_ONLINE_SAID)
                   : (struct view_field){ .name = "said", .value = "", .error = "" };
    v->why  = asks ? form_view(&r->form, FORM_CASE_ONLINE_WHY_WHY)
                   : (struct view_field){ .name = "why", .value = "", .error = "" };
}

static void one_show(struct request *r, struct one *v)
{
    const struct online *o = &v->o;
    size_t last            = o->step_count;

    one_fields(v, r);
    struct page_frame *frame  = frame_with_form(r);
    struct page_case_online p = {
        .number    = o->number,
        .reference = online_reference(o->number, r->arena),
        .who       = online_applicant_words[o->applicant],
        .on        = o->day,
        .state     = machine_online_application.states[o->state].label,
        .waits     = online_is_waiting(o),
        .leaves    = o->state == ONLINE_APPLICATION_STATE_WITHDRAWING,
        .pays      = o->applicant == ONLINE_PAYING,
        .abuse     = !strcmp(online_open(o, "abuse"), "yes"),
        .court     = !strcmp(online_open(o, "court"), "order") ||
                 !strcmp(online_open(o, "court"), "agreement"),
        .abroad = !strcmp(online_open(o, "abroad"), "yes") ||
                  !strcmp(online_open(o, "own_nation"), "abroad"),
        .arrangement = last ? o->steps[last - 1].arrangement : "",
        .own_name    = name_of(r, o, "own"),
        .other_name  = name_of(r, o, "other"),
        .shown       = v->shown_count > 0,
        .deed        = v->deed,
        .said        = v->said,
        .why         = v->why,
    };
    p.answers = answers_view(r, o, &p.answers_count);
    shown_put((struct view_online_answer *)p.answers, p.answers_count, v->shown, v->shown_count);
    p.children = children_view(r, o, &p.children_count);
    p.steps    = steps_view(r, o, &p.steps_count);
    if (!alerts_fill(r, &p) || (p.waits && (!known_fill(r, o, &p) || !senders_fill(r, &p)))) return;
    if (p.waits && !p.leaves && case_online_fill(r, o->number))
        p.fields = case_hidden(r, "act", &p.fields_count);
    frame->here = "apply";
    frame->back = "/application/online";
    page_case_online(&r->out, frame, &p);
}

void case_online(struct request *r)
{
    struct one v = { .shown = NULL };

    if (online_get(r, case_number(r->params[0]), &v.o)) one_show(r, &v);
}

void case_online_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct one v     = { .shown = NULL };
    struct fail f    = { 0 };

    if (!online_get(r, case_number(r->params[0]), &v.o)) return;
    if (!r->form.errors) {
        int32_t event    = machine_event_find(&machine_online_application,
                                              form_text(&r->form, FORM_CASE_ONLINE_DEED));
        const char *said = case_lines(r->arena, form_text(&r->form, FORM_CASE_ONLINE_SAID));
        bool done        = store_begin(r->store, STORE_WRITING, &f) &&
                    online_do(&s, v.o.number, event, said, &f) && store_commit(r->store, &f);
        if (case_answered(r, done, &f, r->path)) return;
        form_refuse(&r->form,
                    strcmp(f.field, "deed") ? FORM_CASE_ONLINE_SAID : FORM_CASE_ONLINE_DEED,
                    case_sentence(r, &f));
    }
    one_show(r, &v);
}

/* What is shown is the answer itself: it stands under no address that could be opened again. */
void case_online_show(struct request *r)
{
    struct setting s = case_setting(r);
    struct one v     = { .shown = NULL };
    struct fail f    = { 0 };
    struct online_shown *shown;

    if (!online_get(r, case_number(r->params[0]), &v.o)) return;
    if (!r->form.errors) {
        bool done =
            store_begin(r->store, STORE_WRITING, &f) &&
            online_show(&s, &v.o, r->session.role, form_text(&r->form, FORM_CASE_ONLINE_WHY_WHY),
                        &shown, &v.shown_count, &f) &&
            store_commit(r->store, &f);
        store_rollback(r->store);
        if (done) {
            v.shown = shown;
        } else {
            v.shown_count = 0;
            if (f.kind != FAIL_REFUSED) {
                respond_fail(r, &f);
                return;
            }
            form_refuse(&r->form, FORM_CASE_ONLINE_WHY_WHY, case_sentence(r, &f));
        }
    }
    one_show(r, &v);
}

/* ---- into the record ---- */

static void put_born(struct form *form, int field, const char *iso)
{
    date day;

    if (date_parse(iso, strlen(iso), &day)) form_put_date(form, field, day);
}

/* A person's name and day of birth, from the answers that begin with `whose`. */
static void put_person(struct request *r, const struct online *o, int field, const char *whose)
{
    form_put_text(&r->form, field, online_open(o, arena_print(r->arena, "%s_given", whose)));
    form_put_text(&r->form, field + 1, online_open(o, arena_print(r->arena, "%s_family", whose)));
    put_born(&r->form, field + 2, online_open(o, arena_print(r->arena, "%s_born", whose)));
}

static const char *known_or(const char *answer, const char *otherwise)
{
    return *answer && strcmp(answer, "unknown") != 0 ? answer : otherwise;
}

static void put_people(struct request *r, const struct online *o)
{
    static const struct {
        const char *paying, *receiving;
    } whose[ONLINE_APPLICANTS] = { [ONLINE_RECEIVING] = { "other", "own" },
                                   [ONLINE_PAYING]    = { "own", "other" },
                                   [ONLINE_CHILD]     = { "other", "carer" } };
    enum { CHILD_FIELDS = 3 };

    put_person(r, o, FORM_CASE_APPLY_PAYING_GIVEN, whose[o->applicant].paying);
    put_person(r, o, FORM_CASE_APPLY_RECEIVING_GIVEN, whose[o->applicant].receiving);
    for (int i = 0; i < APPLY_CHILDREN; i++)
        put_person(r, o, FORM_CASE_APPLY_CHILD1_GIVEN + i * CHILD_FIELDS,
                   o->applicant == ONLINE_CHILD && !i ? "own"
                                                      : arena_print(r->arena, "child%d", i + 1));
}

bool case_online_fill(struct request *r, int64_t number)
{
    static const char *const who[ONLINE_APPLICANTS] = { "receiving parent", "paying parent",
                                                        "child" };
    const struct law *law                           = law_at(JURISDICTION_GREAT_BRITAIN, r->today);
    struct online o;

    if (!online_get(r, number, &o)) return false;
    form_new(&r->form, r->arena, &form_case_apply);
    form_put_count(&r->form, FORM_CASE_APPLY_ONLINE, number);
    put_people(r, &o);
    form_put_date(&r->form, FORM_CASE_APPLY_APPLIED_ON, o.day);
    form_put_date(&r->form, FORM_CASE_APPLY_EFFECTIVE_FROM,
                  date_add_days(r->today, law->notice_days_post));
    form_put_text(&r->form, FORM_CASE_APPLY_SERVICE,
                  known_or(online_open(&o, "service"), "collect_and_pay"));
    form_put_text(&r->form, FORM_CASE_APPLY_PAY_INTERVAL,
                  known_or(online_open(&o, "often"), "monthly"));
    form_put_count(&r->form, FORM_CASE_APPLY_PAY_DAY, 1);
    form_put_text(&r->form, FORM_CASE_APPLY_CODE, online_open(&o, "estimate"));
    form_put_text(&r->form, FORM_CASE_APPLY_SAID_BY,
                  arena_print(r->arena, "%s, online application %s", who[o.applicant],
                              online_reference(number, r->arena)));
    return true;
}

bool case_online_jurisdiction(struct request *r, int64_t number, enum jurisdiction *j,
                              struct fail *f)
{
    struct online o;
    bool found;

    if (!online_read(r->store, r->arena, number, &o, &found, f)) return false;
    if (found && !strcmp(online_open(&o, "own_nation"), "northern_ireland"))
        *j = JURISDICTION_NORTHERN_IRELAND;
    return true;
}

void case_online_preview(struct request *r, int64_t pp, int64_t number)
{
    struct page_case_online_preview p = { .number    = number,
                                          .reference = online_reference(number, r->arena) };
    struct view_online_known *known;
    struct fail f = { 0 };
    struct case_view v;
    struct online o;

    if (!case_read(r, pp, &v) || !online_get(r, number, &o)) return;
    if (!case_online_known(r, &o, pp, &known, &p.known_count, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_online_person *people =
        ARENA_MANY(r->arena, struct view_online_person, v.g.people_count + 1);
    struct view_fact_row *facts = ARENA_MANY(r->arena, struct view_fact_row, v.g.fact_count + 1);
    int64_t last                = (int64_t)v.event_count;
    for (size_t i = 0; i < v.g.people_count; i++) {
        const struct sql_group_people_row *one = &v.g.people[i];
        people[p.people_count++]               = (struct view_online_person){
                          .name = case_name(&v.g, one->id, r->arena),
                          .role = one->id == pp ? "paying"
                                  : one->id == v.g.arrangements[v.g.arrangement_count - 1].rp ? "receiving"
                                                                                              : "child",
        };
    }
    for (size_t i = 0; i < v.g.fact_count; i++)
        if (v.g.facts[i].event > last - 3)
            facts[p.facts_count++] = case_fact_row(&v, &v.g.facts[i], r->arena);
    p.known           = known;
    p.people          = people;
    p.facts           = facts;
    p.fields          = case_hidden(r, "act", &p.fields_count);
    frame_of(r)->here = "apply";
    page_case_online_preview(&r->out, frame_of(r), &p);
}
