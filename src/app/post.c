/* post.c: what goes into a day's file, and the steps of a letter on its way. */
#include "app/post.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/letter.h"
#include "app/nudge.h"
#include "app/post_work.h"
#include "app/sample.h"
#include "app/stop.h"
#include "base/bug.h"

#include <stdio.h>
#include <string.h>

enum { FAMILIES = 500 };

char *post_code(int64_t batch, int64_t item, char code[POST_CODE])
{
    snprintf(code, POST_CODE, "%06lld-%06lld", (long long)batch, (long long)item);
    return code;
}

/* --- steps --- */

bool post_take(struct verb *v, const struct post_step *s, bool *taken, struct fail *fail)
{
    const struct machine *m      = &machine_post;
    struct machine_answer answer = machine_take(m, s->state, s->event, 0);
    struct sql_letter_state_in in;

    *taken = answer.result == MACHINE_TAKEN;
    if (!*taken) return true;
    in                             = (struct sql_letter_state_in){ .pp    = v->pp,
                                                                   .id    = s->letter,
                                                                   .state = m->states[answer.step->to].name };
    struct sql_step_insert_in step = {
        .pp        = v->pp,
        .event     = v->seq,
        .id        = (int64_t)v->draft.rows[DRAFT_STEP].n + 1,
        .machine   = m->name,
        .subject   = s->letter,
        .happening = m->events[s->event].name,
        .was       = m->states[s->state].name,
        .became    = in.state,
        .day       = v->today,
        .asked_by  = v->actor,
        .reason    = s->reason,
        .evidence  = s->evidence,
    };
    verb_add(v, DRAFT_STEP, &step);
    return sql_letter_state(v->store, &in, fail);
}

/* --- where a letter goes --- */

struct place {
    int64_t person;
    enum post_way way;
    const char *const *lines; /* by post */
    const char *to;           /* by the others */
};

static bool same_lines(const char *const *a, const char *const *b)
{
    for (size_t i = 0; i < LETTER_ADDRESS_LINES; i++) {
        if (!a[i] || !b[i]) return a[i] == b[i];
        if (strcmp(a[i], b[i]) != 0) return false;
    }
    return true;
}

bool post_address(const struct group *g, const struct letter_frozen *f, int64_t person, date day,
                  struct arena *arena, const char **lines)
{
    memset(lines, 0, sizeof *lines * LETTER_ADDRESS_LINES);
    if (access_address(g, person, day, arena, lines)) return true;
    /* What is handed over at the office says so in its window. */
    for (size_t i = 0; i < LETTER_OFFICE_LINES; i++)
        lines[i] = f->office.address[i];
    return f->head.address[0] && lines[0] && !strcmp(f->head.address[0], lines[0]);
}

/* Whether it came back from where it would go now. */
static bool is_there(const struct setting *s, const struct group *then,
                     const struct sql_post_back_row *row, const struct place *to)
{
    const char *lines[LETTER_ADDRESS_LINES] = { NULL };

    if (post_way_find(row->way) != to->way) return false;
    if (to->way != POST_WAY_POST)
        return !strcmp(nudge_to(then, to->person, to->way, row->made, s->arena), to->to);
    return access_address(then, to->person, row->made, s->arena, lines) &&
           same_lines(lines, to->lines);
}

/* Whether something to this person came back from there and nobody has looked. */
static bool place_is_held(const struct setting *s, const struct place *to, bool *held,
                          struct fail *fail)
{
    struct sql_post_back_row *rows;
    size_t n;

    *held = false;
    if (!sql_post_back(s->store, &(struct sql_post_back_in){ .person = to->person }, s->arena,
                       &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n && !*held; i++) {
        struct group g;
        if (!group_load_facts(s->store, s->arena, rows[i].pp, rows[i].event, &g, fail))
            return false;
        *held = is_there(s, &g, &rows[i], to);
    }
    return true;
}

/* --- what becomes of one that waits --- */

/* Nobody has to do anything about it: a later notice tells what holds. */
#define OVERTAKEN_BY_DECISION "a later notice tells of it"

#define KEPT_NO_ADDRESS "no_address"
#define KEPT_RETURNED   "came_back"
#define KEPT_PERSON     "person_first"
#define KEPT_NO_WAY     "no_way"

const char *post_kept_sentence(const char *word)
{
    static const char *const table[][2] = {
        { KEPT_NO_ADDRESS, "there is no address to send it to" },
        { KEPT_RETURNED, "something came back from there and nobody has looked yet" },
        { KEPT_PERSON, "somebody has to look at the case first" },
        { POST_SAMPLED, "somebody else looks at the decision first" },
        { KEPT_NO_WAY,
          "no letter is safe for them and they have no account: reach them as they asked" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i][0], word)) return table[i][1];
    return word;
}

const char *post_kept_word(const struct sql_step_list_row *steps, size_t n, int64_t letter)
{
    const char *word = "";

    for (size_t i = 0; i < n; i++)
        if (steps[i].subject == letter && !strcmp(steps[i].machine, machine_post.name))
            word = !strcmp(steps[i].became, machine_post.states[POST_STATE_KEPT].name)
                       ? steps[i].reason
                       : "";
    return word;
}

struct fate {
    int32_t event;   /* MACHINE_NOTHING: it waits as it is, for a look at its decision */
    const char *why; /* of POST_EVENT_HOLD_BACK: one of the words above */
    bool large;
    enum post_way way;
    const char *was; /* why it was kept until now; "" where it was not */
};

/* Whoever wants no letter reads it in their account; who chose a text message or an e-mail is told
 * by it that it is there, where that is safe. */
static bool way_of(const struct setting *s, const struct group *g, int64_t person,
                   struct fate *fate, struct fail *fail)
{
    const char *said  = access_contact(g, FACT_SAFE_CHANNEL, person, s->today, s->arena);
    enum post_way way = post_way_find(said);
    struct nudge_window window;
    struct sql_account_of_person_row account;
    bool found;

    if (!*said || !strcmp(said, "letter")) return true;
    if (!sql_account_of_person(s->store, &(struct sql_account_of_person_in){ .person = person },
                               s->arena, &account, &found, fail))
        return false;
    if (!found)
        *fate = (struct fate){ .event = POST_EVENT_HOLD_BACK, .why = KEPT_NO_WAY };
    else if (way < POST_WAYS && nudge_may(g, person, way, s->today, s->arena, &window))
        fate->way = way;
    else
        *fate = (struct fate){ .event = POST_EVENT_KEEP, .why = "no letter is safe" };
    return true;
}

static bool fate_of(const struct setting *s, const struct group *g,
                    const struct sql_letter_list_row *l, struct fate *fate, struct fail *fail)
{
    struct letter_frozen *f = ARENA_NEW(s->arena, struct letter_frozen);
    const char *lines[LETTER_ADDRESS_LINES];
    bool holds, held;
    date kept;

    *fate = (struct fate){ .event = POST_EVENT_HOLD_BACK, .why = KEPT_PERSON };
    if (!alert_keeps(s->store, s->arena, g->pp, l->person, &kept, fail)) return false;
    if (date_before(kept, DATE_OPEN)) return true;
    *fate = (struct fate){ .event = POST_EVENT_WRITE, .why = "" };
    if (!letter_thaw(l->data, s->arena, f, fail)) return false;
    f->person      = l->person;
    f->arrangement = l->arrangement;
    if (!letter_holds(s, g, f, &holds, fail) || !way_of(s, g, l->person, fate, fail)) return false;
    if (!holds) {
        *fate =
            (struct fate){ .event = POST_EVENT_OVERTAKE,
                           .why   = f->kind == LETTER_DECISION_NOTICE ? OVERTAKEN_BY_DECISION
                                                                      : "what is owed has changed" };
        return true;
    }
    if (fate->event != POST_EVENT_WRITE) return true;
    struct place to = { .person = l->person, .way = fate->way, .lines = lines };
    if (to.way != POST_WAY_POST)
        to.to = nudge_to(g, l->person, to.way, s->today, s->arena);
    else if (!post_address(g, f, l->person, s->today, s->arena, lines)) {
        *fate = (struct fate){ .event = POST_EVENT_HOLD_BACK, .why = KEPT_NO_ADDRESS };
        return true;
    }
    if (!place_is_held(s, &to, &held, fail)) return false;
    if (held) *fate = (struct fate){ .event = POST_EVENT_HOLD_BACK, .why = KEPT_RETURNED };
    fate->large = group_fact(g, FACT_LARGE_PRINT, l->person, s->today) != NULL;
    return true;
}

static bool is_waiting(const struct sql_letter_list_row *l)
{
    return !l->refused && (!strcmp(l->state, machine_post.states[POST_STATE_WAITING].name) ||
                           !strcmp(l->state, machine_post.states[POST_STATE_KEPT].name));
}

/* --- a family --- */

/* What a transaction of one family does; counted only when it is committed. */
struct family_post {
    struct setting setting;
    const struct post_run *run;
    int64_t pp, batch, before, item; /* before: the last number used when the job began */
    size_t written, account, overtaken, merged, kept, sampled;
};

static bool item_add(struct verb *v, struct family_post *p, int64_t letter, const struct fate *fate,
                     struct fail *fail)
{
    struct sql_post_item_insert_in in = { .pp     = p->pp,
                                          .batch  = p->batch,
                                          .item   = ++p->item,
                                          .event  = v->seq,
                                          .letter = letter,
                                          .large  = fate->large,
                                          .way    = post_way_words[fate->way] };

    p->written++;
    return sql_post_item_insert(v->store, &in, fail);
}

/* Kept again for the same reason it stays as it is, without a step. */
static bool letter_go(struct verb *v, const struct group *g, struct family_post *p, int64_t letter,
                      struct fate fate, struct fail *fail)
{
    const struct sql_group_people_row *payer = group_person(g, g->pp);
    char code[POST_CODE]                     = "";
    bool taken;

    if (fate.event == MACHINE_NOTHING) {
        p->sampled++;
        return true;
    }
    if (fate.event == POST_EVENT_HOLD_BACK) {
        p->kept++;
        p->run->kept(p->run->context, payer->ref, letter, post_kept_sentence(fate.why));
        if (!strcmp(fate.why, fate.was)) return true;
    }
    p->account += fate.event == POST_EVENT_KEEP;
    if (fate.event == POST_EVENT_OVERTAKE)
        *(strcmp(fate.why, OVERTAKEN_BY_DECISION) ? &p->overtaken : &p->merged) += 1;
    if (fate.event == POST_EVENT_WRITE) {
        if (!item_add(v, p, letter, &fate, fail)) return false;
        post_code(p->batch, p->item, code);
        fate.why = fate.way == POST_WAY_TEXT    ? "by text message"
                   : fate.way == POST_WAY_EMAIL ? "by e-mail"
                   : fate.large                 ? "in large print"
                                                : "in print";
    }
    struct post_step step = { .letter   = letter,
                              .state    = *fate.was ? POST_STATE_KEPT : POST_STATE_WAITING,
                              .event    = fate.event,
                              .reason   = fate.why,
                              .evidence = arena_print(v->arena, "%s", code) };
    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "Letter %lld: %s", (long long)letter,
              machine_post.events[fate.event].label);
    return post_take(v, &step, &taken, fail);
}

/* What becomes of each is found out before anything is written: a letter is held against the whole
 * record. */
static bool fates_read(const struct setting *s, const struct group *g,
                       const struct sql_letter_list_row *rows, size_t n, struct fate *fates,
                       struct fail *fail)
{
    struct sample_held held;

    if (!sample_holds(s, g->pp, &held, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_waiting(&rows[i])) continue;
        if (!fate_of(s, g, &rows[i], &fates[i], fail)) return false;
        if (fates[i].event != POST_EVENT_OVERTAKE && sample_holds_letter(&held, &rows[i]))
            fates[i] = (struct fate){ .event = MACHINE_NOTHING, .why = "" };
    }
    return true;
}

static bool family_job(void *context, struct store *store, struct fail *fail)
{
    struct family_post *p = context;
    struct setting s      = p->setting;
    struct verb v;
    struct group g;
    struct sql_letter_list_row *rows;
    struct sql_step_list_row *steps;
    size_t n, m;
    bool done;

    p->written = p->account = p->overtaken = p->merged = p->kept = p->sampled = 0;
    p->item                                                                   = p->before;
    if (!stop_check(store, fail) || !verb_open(&s, p->pp, "post", NULL, &v, &done, fail) ||
        !group_load(store, s.arena, p->pp, KNOWN_NOW, &g, fail) ||
        !sql_letter_list(store, &(struct sql_letter_list_in){ .pp = p->pp, .known = KNOWN_NOW },
                         s.arena, &rows, &n, fail) ||
        !sql_step_list(store, &(struct sql_step_list_in){ .pp = p->pp, .known = KNOWN_NOW },
                       s.arena, &steps, &m, fail))
        return false;
    struct fate *fates = ARENA_MANY(s.arena, struct fate, n + 1);
    if (!fates_read(&s, &g, rows, n, fates, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        fates[i].was = post_kept_word(steps, m, rows[i].id);
        if (is_waiting(&rows[i]) && !letter_go(&v, &g, p, rows[i].id, fates[i], fail)) return false;
    }
    return v.draft.rows[DRAFT_STEP].n == 0 || verb_close(&v, fail);
}

/* One family's letters; a refusal of the family keeps them and the run goes on. */
static bool family_post(struct family_post *p, struct post_result *result, struct fail *fail)
{
    struct family_post work = *p;
    struct fail none        = { 0 };

    if (store_work(p->setting.store, STORE_WRITING, family_job, &work, &none)) {
        p->before = work.item;
        result->written += work.written;
        result->account += work.account;
        result->overtaken += work.overtaken;
        result->merged += work.merged;
        result->kept += work.kept;
        result->sampled += work.sampled;
        return true;
    }
    if (none.kind != FAIL_REFUSED || !strcmp(none.code, STOPPED)) {
        *fail = none;
        return false;
    }
    p->run->kept(p->run->context, "", p->pp, none.text);
    result->kept++;
    return true;
}

/* --- the run --- */

bool post_gather(const struct setting *s, const struct post_run *run, int64_t batch,
                 struct post_result *result, struct fail *fail)
{
    struct arena arena            = { 0 };
    struct family_post p          = { .setting = *s, .run = run, .batch = batch };
    struct sql_post_waiting_in in = { .most = FAMILIES };
    struct sql_post_waiting_row *rows;
    size_t n;
    bool fine = true;

    p.setting.arena = &arena;
    do {
        struct arena page = { 0 };
        fine              = sql_post_waiting(s->store, &in, &page, &rows, &n, fail);
        for (size_t i = 0; fine && i < n; i++) {
            arena_reset(&arena);
            in.after = p.pp = rows[i].pp;
            fine            = family_post(&p, result, fail);
        }
        arena_free(&page);
    } while (fine && n == FAMILIES);
    arena_free(&arena);
    return fine;
}
