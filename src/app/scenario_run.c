/* scenario_run.c: the order of things: transactions, what was done before, refusals. */
#include "app/scenario_run.h"

#include "app/scenario_play.h"
#include "base/bug.h"
#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_ACTOR "caseworker"
enum { IDENTITY_DIGITS = 16 };

static bool played_get(struct play *p, size_t step, const char **result, bool *found,
                       struct fail *fail)
{
    struct sql_played_get_row row;

    if (!sql_played_get(
            p->order.store,
            &(struct sql_played_get_in){ .scenario = p->order.name, .step = (int64_t)step + 1 },
            &p->step, &row, found, fail))
        return false;
    *result = *found ? row.result : "";
    return true;
}

/* What a step is recognised by: its words. */
static const char *step_identity(const struct play_step *s, struct arena *arena)
{
    unsigned char bytes[DIGEST_BYTES];
    char hex[DIGEST_TEXT];
    struct digest d;

    digest_begin(&d);
    digest_bytes(&d, s->text, strlen(s->text));
    digest_end(&d, bytes);
    return arena_text(arena, digest_hex(bytes, hex), IDENTITY_DIGITS);
}

static bool play_find_done(struct play *p, struct fail *fail)
{
    const char *result;
    bool found;

    for (size_t i = 0; i < p->order.scenario->count; i++) {
        arena_reset(&p->step);
        if (step_is_quiet(p->order.scenario->steps[i].kind)) continue;
        if (!played_get(p, i, &result, &found, fail)) return false;
        if (found) p->done = i + 1;
    }
    return true;
}

struct play *play_open(const struct play_order *order, struct fail *fail)
{
    struct arena life = { 0 };
    struct play *p    = ARENA_NEW(&life, struct play);

    p->order    = *order;
    p->life     = life;
    p->actor    = DEFAULT_ACTOR;
    p->received = p->letter = p->change = "nothing yet";
    p->refused                          = "";
    if (play_find_done(p, fail)) return p;
    play_close(p);
    return NULL;
}

void play_close(struct play *p)
{
    if (!p) return;
    struct arena life = p->life; /* the play itself lies in it */
    arena_free(&p->step);
    arena_free(&life);
}

bool play_is_over(const struct play *p)
{
    return p->stopped || p->next == p->order.scenario->count;
}

/* A step that sets the day belongs to that day. */
date play_day(const struct play *p)
{
    const struct play_step *s = &p->order.scenario->steps[p->next];
    return s->kind == STEP_TODAY ? s->day : p->today;
}

size_t play_next(const struct play *p)
{
    return p->next + 1;
}

struct play_count play_count(const struct play *p)
{
    return p->count;
}

struct setting play_setting(struct play *p)
{
    return (struct setting){
        .store = p->order.store, .arena = &p->step, .today = p->today, .actor = p->actor
    };
}

static void tell_wrong(struct play *p, const struct play_step *s, const struct fail *why)
{
    const char *text = arena_print(
        &p->step, "%s:%d: step %zu, \"%s\": %s%s%s%s", p->order.scenario->file, s->line,
        p->next + 1, s->text, why->text, *why->code ? " [" : "", why->code, *why->code ? "]" : "");
    p->count.wrong++;
    p->order.tell(p->order.context, PLAY_WRONG, text);
}

static bool refusal_is_expected(const struct play *p)
{
    const struct scenario *sc = p->order.scenario;
    return p->next + 1 < sc->count && sc->steps[p->next + 1].kind == EXPECT_REFUSED;
}

/* A step was refused: right if the next step says so, else the end of this scenario. */
static bool play_refused(struct play *p, const struct play_step *s, struct fail *why)
{
    if (why->kind == FAIL_SYSTEM) return false;
    p->refusal = *why;
    p->refused = p->refusal.code;
    if (!refusal_is_expected(p)) {
        tell_wrong(p, s, why);
        p->stopped = true;
    }
    return true;
}

struct play_job {
    struct play *play;
    const struct play_step *step;
    const char *result;
};

/* The work and the note of it. */
static bool play_job(void *context, struct store *store, struct fail *fail)
{
    struct play_job *job = context;
    struct play *p       = job->play;

    job->result = "";
    if (!play_do(p, job->step, &job->result, fail)) return false;
    struct sql_played_put_in note = {
        .scenario = p->order.name,
        .step     = (int64_t)p->next + 1,
        .result   = arena_print(&p->step, "%s %s", step_identity(job->step, &p->step), job->result),
    };
    return sql_played_put(store, &note, fail);
}

static bool play_work(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct play_job job = { p, s, "" };

    p->refused = "";
    if (!store_work(p->order.store, STORE_WRITING, play_job, &job, fail))
        return play_refused(p, s, fail);
    p->count.steps++;
    return play_recall(p, s, job.result, fail);
}

static bool expect_refused(const struct play *p, const struct play_step *s, struct fail *fail)
{
    if (!strcmp(p->refused, s->value)) return true;
    if (*p->refused)
        return FAIL(fail, FAIL_REFUSED, "", "it was refused with %s, not %s: %s", p->refused,
                    s->value, p->refusal.text);
    return FAIL(fail, FAIL_REFUSED, "", "it was not refused.");
}

static bool play_look(struct play *p, const struct play_step *s, struct fail *fail)
{
    bool fine, preview = s->kind == STEP_PREVIEW;

    if (!store_begin(p->order.store, preview ? STORE_WRITING : STORE_READING, fail)) return false;
    if (preview) {
        p->refused = "";
        fine       = play_preview(p, s, fail);
    } else if (s->kind == STEP_SHOW) {
        fine = play_show(p, s, fail);
    } else {
        fine = s->kind == EXPECT_REFUSED ? expect_refused(p, s, fail) : play_expect(p, s, fail);
        p->count.expectations++;
    }
    store_rollback(p->order.store);
    if (fine) return true;
    if (fail->kind == FAIL_SYSTEM) return false;
    if (preview) return play_refused(p, s, fail);
    tell_wrong(p, s, fail);
    return true;
}

/* The stage: the day, the family in view, who works. */
static bool play_set(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct play_name *name;

    switch (s->kind) {
    case STEP_TODAY: p->today = s->day; return true;
    case STEP_BY: p->actor = s->value; return true;
    default: break;
    }
    name = play_name_find(p, s->value, fail);
    if (!name) {
        tell_wrong(p, s, fail);
        p->stopped = true;
        return true;
    }
    p->pp = name->pp;
    return true;
}

static bool is_stage(enum play_kind kind)
{
    return kind == STEP_TODAY || kind == STEP_FAMILY || kind == STEP_BY;
}

/* A step that was played before this play began. */
static bool play_again(struct play *p, const struct play_step *s, struct fail *fail)
{
    const char *result;
    bool found;

    if (is_stage(s->kind)) return play_set(p, s, fail);
    if (step_is_quiet(s->kind)) return true;
    if (!played_get(p, p->next, &result, &found, fail)) return false;
    if (!found) return true; /* it was refused, as expected */
    if (strncmp(result, step_identity(s, &p->step), IDENTITY_DIGITS) != 0)
        return FAIL(fail, FAIL_INPUT, "scenario_changed",
                    "%s:%d: this step was other words when it was played into this database; play "
                    "the changed scenario into a new one.",
                    p->order.scenario->file, s->line);
    p->count.before++;
    return play_recall(p, s, result + IDENTITY_DIGITS + 1, fail);
}

bool play_step(struct play *p, struct fail *fail)
{
    const struct play_step *s = &p->order.scenario->steps[p->next];
    bool fine;

    arena_reset(&p->step);
    *fail = (struct fail){ 0 };
    if (p->next < p->done)
        fine = play_again(p, s, fail);
    else if (is_stage(s->kind))
        fine = play_set(p, s, fail);
    else if (step_is_quiet(s->kind))
        fine = play_look(p, s, fail);
    else
        fine = play_work(p, s, fail);
    p->next += fine;
    return fine;
}
