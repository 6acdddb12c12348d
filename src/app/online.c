/* online.c: applications that come online. */
#include "app/online.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/fact.h"
#include "app/withdrawal.h"
#include "base/bug.h"

#include <stdio.h>
#include <string.h>

const char *const online_applicant_words[ONLINE_APPLICANTS] = { "receiving", "paying", "child" };
static const char *const said_by[ONLINE_APPLICANTS]         = { "receiving parent", "paying parent",
                                                                "child" };

enum online_applicant online_applicant_find(const char *word)
{
    enum online_applicant a = ONLINE_RECEIVING;

    while (a < ONLINE_APPLICANTS && strcmp(online_applicant_words[a], word) != 0)
        a++;
    return a;
}

/* ---- what is sealed ---- */

static const struct {
    const char *field;
    int32_t as;
    bool other; /* the other parent's, not the applicant's */
} sealed_fields[] = {
    { "own_address", FACT_ADDRESS, false },  { "own_channel", FACT_SAFE_CHANNEL, false },
    { "own_phone", FACT_PHONE, false },      { "own_email", FACT_EMAIL, false },
    { "own_words", FACT_SAFE_WORDS, false }, { "own_hours", FACT_SAFE_HOURS, false },
    { "own_nino", FACT_NINO, false },        { "other_address", FACT_ADDRESS, true },
    { "other_phone", FACT_PHONE, true },     { "other_email", FACT_EMAIL, true },
    { "other_work", FACT_WORKPLACE, true },  { "helper", ACCESS_WORDS, false },
    { "words", ACCESS_WORDS, false },
};
enum { SEALED_FIELDS = sizeof sealed_fields / sizeof *sealed_fields };

static int sealed_find(const char *field)
{
    for (int i = 0; i < SEALED_FIELDS; i++)
        if (!strcmp(sealed_fields[i].field, field)) return i;
    return -1;
}

bool online_field_sealed(const char *field, int32_t *as)
{
    int i = sealed_find(field);

    if (i >= 0) *as = sealed_fields[i].as;
    return i >= 0;
}

/* ---- reading ---- */

const char *online_reference(int64_t number, struct arena *arena)
{
    return arena_print(arena, "A-%06lld", (long long)number);
}

const char *online_open(const struct online *o, const char *field)
{
    for (size_t i = 0; i < o->open_count; i++)
        if (!strcmp(o->open[i].field, field)) return o->open[i].value;
    return "";
}

bool online_is_waiting(const struct online *o)
{
    return !machine_online_application.states[o->state].final;
}

static void answers_part(struct online *o, const struct sql_online_answers_row *rows, size_t n,
                         struct arena *arena)
{
    o->open = ARENA_MANY(arena, struct online_answer, n + 1);
    o->kept = ARENA_MANY(arena, struct online_kept, n + 1);
    for (size_t i = 0; i < n; i++) {
        int32_t as;
        if (online_field_sealed(rows[i].field, &as))
            o->kept[o->kept_count++] =
                (struct online_kept){ rows[i].field, sealed_make(rows[i].value, as, 0) };
        else
            o->open[o->open_count++] = (struct online_answer){ rows[i].field, rows[i].value };
    }
}

static void steps_read(struct online *o, const struct sql_online_steps_row *rows, size_t n,
                       struct arena *arena)
{
    const struct machine *m = &machine_online_application;

    o->steps = ARENA_MANY(arena, struct online_step, n + 1);
    o->state = m->start;
    for (size_t i = 0; i < n; i++) {
        struct online_step *s = &o->steps[o->step_count++];
        s->event              = machine_event_find(m, rows[i].taken);
        s->day                = rows[i].day;
        s->arrangement        = rows[i].arrangement;
        s->said               = "";
        if (s->event == ONLINE_APPLICATION_EVENT_ANSWER)
            s->answer = sealed_make(rows[i].said, ACCESS_WORDS, 0);
        else
            s->said = rows[i].said;
        o->state = machine_state_find(m, rows[i].became);
        BUG_UNLESS(o->state != MACHINE_NOTHING && s->event != MACHINE_NOTHING);
    }
}

bool online_read(struct store *store, struct arena *arena, int64_t number, struct online *o,
                 bool *found, struct fail *fail)
{
    struct sql_online_get_in get         = { .pp = SERVICE_PP, .event = number };
    struct sql_online_answers_in answers = { .pp = SERVICE_PP, .event = number };
    struct sql_online_steps_in steps     = { .pp = SERVICE_PP, .application = number };
    struct sql_online_get_row row;
    struct sql_online_answers_row *said;
    struct sql_online_steps_row *taken;
    size_t said_count, taken_count;

    *o = (struct online){ .number = number };
    if (!sql_online_get(store, &get, arena, &row, found, fail)) return false;
    if (!*found) return true;
    if (!sql_online_answers(store, &answers, arena, &said, &said_count, fail) ||
        !sql_online_steps(store, &steps, arena, &taken, &taken_count, fail))
        return false;
    o->applicant = online_applicant_find(row.applicant);
    o->day       = row.day;
    BUG_UNLESS(o->applicant != ONLINE_APPLICANTS);
    answers_part(o, said, said_count, arena);
    steps_read(o, taken, taken_count, arena);
    return true;
}

bool online_find(struct store *store, struct arena *arena, struct blob code, int64_t *number,
                 bool *found, struct fail *fail)
{
    struct sql_online_by_code_in in = { .code = code };
    struct sql_online_by_code_row row;

    if (!sql_online_by_code(store, &in, arena, &row, found, fail)) return false;
    if (*found) *number = row.event;
    return true;
}

bool online_find_taken(struct store *store, struct arena *arena, const char *arrangement,
                       int64_t *number, struct fail *fail)
{
    struct sql_online_by_arrangement_in in = { .pp = SERVICE_PP, .arrangement = arrangement };
    struct sql_online_by_arrangement_row row;
    bool found;

    *number = 0;
    if (!sql_online_by_arrangement(store, &in, arena, &row, &found, fail)) return false;
    if (found) *number = row.application;
    return true;
}

/* ---- steps ---- */

struct online_step_order {
    int64_t number;
    int32_t was, event;
    const char *said, *arrangement;
};

static bool online_step_add(struct verb *v, const struct online_step_order *o, struct fail *fail)
{
    const struct machine *m      = &machine_online_application;
    struct machine_answer answer = machine_take(m, o->was, o->event, 0);

    if (answer.result != MACHINE_TAKEN)
        return REFUSE(fail, "not_here", "That was dealt with already. Look at it again.");
    struct sql_online_step_insert_in in = {
        .pp          = v->pp,
        .application = o->number,
        .event       = v->seq,
        .taken       = m->events[o->event].name,
        .became      = m->states[answer.step->to].name,
        .day         = v->today,
        .said        = o->said,
        .arrangement = o->arrangement,
    };
    out_print(&v->about, "Online application %s: %s", online_reference(o->number, v->arena),
              m->states[answer.step->to].label);
    if (*o->arrangement) out_print(&v->about, ", arrangement %s", o->arrangement);
    return sql_online_step_insert(v->store, &in, fail);
}

/* Whether a field is free words, which are heard for danger. */
static bool field_is_heard(const char *field)
{
    int i = sealed_find(field);

    return i >= 0 &&
           (sealed_fields[i].as == ACCESS_WORDS || sealed_fields[i].as == FACT_SAFE_WORDS);
}

static bool order_hear(struct verb *v, const struct online_order *o, struct fail *fail)
{
    const char **texts = ARENA_MANY(v->arena, const char *, o->n + 1);
    size_t n           = 0;

    for (size_t i = 0; i < o->n; i++)
        if (field_is_heard(o->answers[i].field)) texts[n++] = o->answers[i].value;
    texts[n] = NULL;
    return alert_hear(v, 0, ALERT_APPLICATION, texts, fail);
}

static bool room_check(struct store *store, struct arena *arena, struct fail *fail)
{
    struct sql_online_waiting_count_in in = { .pp = SERVICE_PP };
    struct sql_online_waiting_count_row row;
    bool found;

    if (!sql_online_waiting_count(store, &in, arena, &row, &found, fail)) return false;
    return row.number < ONLINE_WAITING_MOST ||
           REFUSE(fail, "online_full",
                  "We cannot take more applications online today. Nothing you wrote is lost: come "
                  "back tomorrow, or telephone us.");
}

bool online_send(const struct setting *s, const struct online_order *o, int64_t *number,
                 struct fail *fail)
{
    struct verb v;
    bool done;

    if (!room_check(s->store, s->arena, fail) ||
        !verb_open(s, SERVICE_PP, "online_send", NULL, &v, &done, fail))
        return false;
    *number                                    = v.seq;
    struct sql_online_application_insert_in in = { .pp    = SERVICE_PP,
                                                   .event = v.seq,
                                                   .code  = o->code,
                                                   .applicant =
                                                       online_applicant_words[o->applicant],
                                                   .day = s->today };
    struct online_step_order step              = { .number      = v.seq,
                                                   .was         = machine_online_application.start,
                                                   .event       = ONLINE_APPLICATION_EVENT_SEND,
                                                   .said        = "",
                                                   .arrangement = "" };
    if (!sql_online_application_insert(s->store, &in, fail)) return false;
    for (size_t i = 0; i < o->n; i++) {
        struct sql_online_answer_insert_in answer = { .pp    = SERVICE_PP,
                                                      .event = v.seq,
                                                      .field = o->answers[i].field,
                                                      .value = o->answers[i].value };
        if (!sql_online_answer_insert(s->store, &answer, fail)) return false;
    }
    return online_step_add(&v, &step, fail) && order_hear(&v, o, fail) && verb_close(&v, fail);
}

/* Whoever asks to withdraw is first spoken with alone where the table says so; a child always. */
static bool wish_call(struct verb *v, const struct online *o, const struct alert *alerts, size_t n,
                      struct fail *fail)
{
    static const struct alert_noticed noticed = {
        .risk   = ALERT_DOES_RISK_PRESSURE,
        .source = ALERT_WITHDRAWAL,
        .note   = "To withdraw the application they sent online",
    };
    bool marked = o->applicant == ONLINE_CHILD || !strcmp(online_open(o, "abuse"), "yes");
    bool open   = false;

    for (size_t i = 0; i < n; i++)
        open |= alert_is_open(&alerts[i]);
    const struct withdrawal_signs signs = { .marked = marked, .alert_open = open };
    return !withdrawal_is_private(&signs) || alert_raise(v, &noticed, fail);
}

static bool withdraw_check(const struct online *o, const struct alert *alerts, size_t n,
                           struct fail *fail)
{
    bool waits = o->applicant != ONLINE_PAYING && o->state != ONLINE_APPLICATION_STATE_WITHDRAWING;

    if (waits)
        return REFUSE(fail, "not_here", "Write down first that they ask for it."),
               fail_field(fail, "deed");
    for (size_t i = 0; i < n; i++)
        if (alerts[i].source == ALERT_WITHDRAWAL && alert_is_open(&alerts[i]))
            return REFUSE(fail, "private_first",
                          "Somebody first speaks with them alone (B-1005), and says at the alert "
                          "that they ask for it freely."),
                   fail_field(fail, "deed");
    return true;
}

/* What a step brings with it: alerts heard, raised, or gone into the case. */
static bool step_alerts(struct verb *v, const struct online *online,
                        const struct online_step_order *o, struct fail *fail)
{
    struct alert *alerts;
    size_t n;

    if (o->event == ONLINE_APPLICATION_EVENT_ANSWER) {
        const char *const texts[] = { o->said, NULL };
        return alert_hear(v, 0, ALERT_APPLICATION, texts, fail);
    }
    if (!alert_list_online(v->store, v->arena, online->number, &alerts, &n, fail)) return false;
    switch (o->event) {
    case ONLINE_APPLICATION_EVENT_WISH: return wish_call(v, online, alerts, n, fail);
    case ONLINE_APPLICATION_EVENT_WITHDRAW: return withdraw_check(online, alerts, n, fail);
    case ONLINE_APPLICATION_EVENT_TAKE: return alert_carried(v, alerts, n, fail);
    default: return true;
    }
}

int32_t online_withdrawal_event(enum online_applicant applicant)
{
    return applicant == ONLINE_PAYING ? ONLINE_APPLICATION_EVENT_WITHDRAW
                                      : ONLINE_APPLICATION_EVENT_WISH;
}

static bool step_do(const struct setting *s, struct online_step_order *o, const char *verb,
                    struct fail *fail)
{
    struct online online;
    struct verb v;
    bool found, done;

    if (!verb_open(s, SERVICE_PP, verb, NULL, &v, &done, fail) ||
        !online_read(s->store, s->arena, o->number, &online, &found, fail))
        return false;
    if (!found) return REFUSE(fail, "no_such_application", "There is no such application.");
    o->was = online.state;
    return online_step_add(&v, o, fail) && step_alerts(&v, &online, o, fail) &&
           verb_close(&v, fail);
}

bool online_do(const struct setting *s, int64_t number, int32_t event, const char *said,
               struct fail *fail)
{
    struct online_step_order o = {
        .number = number, .event = event, .said = said, .arrangement = ""
    };

    bool says = event == ONLINE_APPLICATION_EVENT_ASK || event == ONLINE_APPLICATION_EVENT_ANSWER ||
                event == ONLINE_APPLICATION_EVENT_REFUSE;

    if (says && !*said)
        return REFUSE(fail, "said_missing", "Write what you want to say."),
               fail_field(fail, "said");
    return step_do(s, &o, "online_step", fail);
}

/* ---- into the record ---- */

/* What is recorded of an application that was taken, in one event of the new family. */
struct taking {
    struct verb verb;
    struct group group;
    struct fact_order order;
    struct fail *fail;
};

static bool take_fact(struct taking *t, enum fact_kind kind, int64_t subject, const char *value)
{
    t->order.kind    = kind;
    t->order.subject = subject;
    t->order.value   = value;
    return fact_assert(&t->verb, &t->group, &t->order, t->fail);
}

static int64_t applicant_person(enum online_applicant who, const struct application_result *made)
{
    return who == ONLINE_PAYING ? made->pp : who == ONLINE_CHILD ? made->children[0] : made->rp;
}

/* Whose the fields own_… are; 0: somebody the record knew already. */
static int64_t applicant_of(enum online_applicant who, const struct application *a,
                            const struct application_result *made)
{
    const struct applicant *one = who == ONLINE_PAYING  ? &a->paying
                                  : who == ONLINE_CHILD ? &a->children[0]
                                                        : &a->receiving;

    return one->id ? 0 : applicant_person(who, made);
}

/* What was told of the other parent stays in the application: an address that somebody else gave is
 * no address for letters before it is verified (reg 11(3)). */
static bool take_own(struct taking *t, int64_t person, const struct sql_online_answers_row *row)
{
    int i = sealed_find(row->field);

    return !person || i < 0 || sealed_fields[i].as == ACCESS_WORDS || sealed_fields[i].other ||
           take_fact(t, (enum fact_kind)sealed_fields[i].as, person, row->value);
}

static const char *answer_of(const struct sql_online_answers_row *rows, size_t n, const char *field)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].field, field)) return rows[i].value;
    return "";
}

/* The nights of a child, found by its first name: the list may have been corrected. */
static const char *nights_of(const struct sql_online_answers_row *rows, size_t n, const char *given)
{
    enum { CHILDREN = 6 };
    char field[24];

    for (int i = 1; given && i <= CHILDREN; i++) {
        snprintf(field, sizeof field, "child%d_given", i);
        if (strcmp(answer_of(rows, n, field), given) != 0) continue;
        snprintf(field, sizeof field, "child%d_nights", i);
        return answer_of(rows, n, field);
    }
    return "";
}

static bool take_facts(struct taking *t, const struct application *a,
                       const struct application_result *made, enum online_applicant who,
                       const struct sql_online_answers_row *rows, size_t n)
{
    int64_t person = applicant_of(who, a, made);

    for (size_t i = 0; i < n; i++)
        if (!take_own(t, person, &rows[i])) return false;
    if (!strcmp(answer_of(rows, n, "abuse"), "yes") &&
        !take_fact(t, FACT_ABUSE, made->arrangement, "yes"))
        return false;
    t->order.from = a->effective_from;
    for (size_t i = 0; i < a->child_count; i++) {
        const char *nights = nights_of(rows, n, a->children[i].given);
        if (*nights && strcmp(nights, "0") != 0 &&
            !take_fact(t, FACT_NIGHTS, made->children[i], nights))
            return false;
    }
    return true;
}

/* Who told us of abuse and asks to be paid directly is spoken with alone (B-1005), as they would be
 * in a case; where an alert goes with the application somebody looks anyway. */
static bool direct_pay_call(struct taking *t, const struct application *a,
                            const struct application_result *made, const struct online *o,
                            const struct alert *alerts, size_t n)
{
    const struct alert_noticed noticed = { .person = made->rp,
                                           .risk   = ALERT_DOES_RISK_PRESSURE,
                                           .source = ALERT_WITHDRAWAL,
                                           .note   = "Direct Pay, in the application they sent "
                                                     "online, where they told us of abuse" };
    struct withdrawal_signs signs      = { .marked = !strcmp(online_open(o, "abuse"), "yes") };

    for (size_t i = 0; i < n; i++)
        if (alert_is_open(&alerts[i])) return true;
    return o->applicant != ONLINE_RECEIVING || strcmp(a->service, "direct_pay") != 0 ||
           !withdrawal_is_private(&signs) || alert_raise(&t->verb, &noticed, t->fail);
}

static const char *arrangement_ref(const struct group *g, int64_t arrangement)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);

    BUG_UNLESS(a);
    return a->ref;
}

bool online_take(const struct setting *s, int64_t number, const struct application *a,
                 const struct application_result *made, struct fail *fail)
{
    struct sql_online_answers_in in = { .pp = SERVICE_PP, .event = number };
    struct sql_online_answers_row *rows;
    struct online online;
    struct taking t = { .fail = fail };
    struct alert *alerts;
    bool found, done;
    size_t n, alert_count;

    if (!online_read(s->store, s->arena, number, &online, &found, fail)) return false;
    if (!found) return REFUSE(fail, "no_such_application", "There is no such application.");
    t.order = (struct fact_order){ .from        = a->applied_on,
                                   .to          = DATE_OPEN,
                                   .happened_on = a->applied_on,
                                   .said_by     = said_by[online.applicant],
                                   .evidence    = "Told in the online application" };
    if (!sql_online_answers(s->store, &in, s->arena, &rows, &n, fail) ||
        !verb_open(s, made->pp, "fact", NULL, &t.verb, &done, fail) ||
        !group_load(s->store, s->arena, made->pp, t.verb.seq, &t.group, fail) ||
        !take_facts(&t, a, made, online.applicant, rows, n))
        return false;
    if (!alert_list_online(s->store, s->arena, number, &alerts, &alert_count, fail) ||
        !alert_carry(&t.verb, applicant_person(online.applicant, made), alerts, alert_count,
                     fail) ||
        !direct_pay_call(&t, a, made, &online, alerts, alert_count))
        return false;
    out_print(&t.verb.about, "%sFrom online application %s", t.verb.about.length ? "; " : "",
              online_reference(number, s->arena));
    struct online_step_order o = { .number      = number,
                                   .event       = ONLINE_APPLICATION_EVENT_TAKE,
                                   .said        = "",
                                   .arrangement = arrangement_ref(&t.group, made->arrangement) };
    return verb_close(&t.verb, fail) && step_do(s, &o, "online_step", fail);
}

/* ---- shown ---- */

bool online_show(const struct setting *s, const struct online *o, const char *role, const char *why,
                 struct online_shown **shown, size_t *n, struct fail *fail)
{
    struct group none = { .pp = SERVICE_PP };
    struct verb v;
    struct reader who = { .day = s->today, .arena = s->arena, .group = &none, .verb = &v };
    bool done;

    *n = 0;
    if (!access_reader_of(role, &who.as))
        return REFUSE(fail, "sealed_never", "Nobody in your role is told what is kept sealed.");
    if (!verb_open(s, SERVICE_PP, "sealed_shown", NULL, &v, &done, fail)) return false;
    *shown = ARENA_MANY(s->arena, struct online_shown, o->kept_count + 1);
    out_print(&v.about, "Online application %s", online_reference(o->number, s->arena));
    for (size_t i = 0; i < o->kept_count; i++) {
        struct online_shown *one = &(*shown)[*n];
        if (access_ask(&who, o->kept[i].value) != DISCLOSURE_RESULT_ASKED_FOR_REASON) continue;
        out_text(&v.about, "; ");
        one->field = o->kept[i].field;
        if (!access_open(&who, why, o->kept[i].value, &one->text, fail)) return false;
        ++*n;
    }
    if (!*n) return REFUSE(fail, "sealed_nothing", "Nothing more is kept sealed there for you.");
    return verb_close(&v, fail);
}

const char *online_words(const struct online *o, struct sealed words, const char *role,
                         struct arena *arena)
{
    struct group none = { .pp = SERVICE_PP };
    struct reader who = { .day = o->day, .arena = arena, .group = &none };
    struct fail f     = { 0 };
    const char *text;

    return access_reader_of(role, &who.as) && access_open(&who, NULL, words, &text, &f) ? text : "";
}
