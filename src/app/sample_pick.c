/* sample_pick.c: which decisions somebody else looks at, and what waits for it. */
#include "app/sample.h"

#include "app/chunk.h"
#include "app/database.h"
#include "app/day.h"
#include "app/letter_data.h"
#include "app/step.h"
#include "flow/clock_kind.h"

#include <stdio.h>
#include <string.h>

enum { WHOLE = 1000 }; /* thousandths */

/* --- since when, and how many --- */

bool sample_begin(const struct setting *s, struct sample_shares shares, struct fail *fail)
{
    bool given = shares.before >= 0 || shares.after >= 0, is_rehearsal, done;
    struct verb v;

    if (given && shares.before < 0) shares.before = 0;
    if (given && shares.after < 0) shares.after = 0;
    if (!database_is_rehearsal(s->store, &is_rehearsal, fail)) return false;
    if (given && !is_rehearsal)
        return REFUSE(fail, "shares_wrong",
                      "The shares stand in law/service.law; only a rehearsal takes others.");
    if (shares.before > WHOLE || shares.after > WHOLE || shares.before + shares.after > WHOLE)
        return REFUSE(fail, "shares_wrong", "More than all decisions cannot be looked at.");
    if (!verb_open(s, SERVICE_PP, "sample_begin", NULL, &v, &done, fail)) return false;
    out_text(&v.about, "From here on decisions are picked to be looked at by somebody else");
    struct sql_sampling_insert_in in = {
        .pp = SERVICE_PP, .event = v.seq, .before_share = shares.before, .after_share = shares.after
    };
    return sql_sampling_insert(s->store, &in, fail) && verb_close(&v, fail);
}

/* Since when decisions are picked. */
struct sampling {
    struct sql_sampling_list_row *at;
    size_t n;
};

static bool sampling_read(struct store *store, struct arena *arena, struct sampling *s,
                          struct fail *fail)
{
    return sql_sampling_list(store, &(struct sql_sampling_list_in){ .pp = SERVICE_PP }, arena,
                             &s->at, &s->n, fail);
}

/* What was begun last up to a day; NULL: nothing. */
static const struct sql_sampling_list_row *sampling_at(const struct sampling *s, date day)
{
    const struct sql_sampling_list_row *found = NULL;

    for (size_t i = 0; i < s->n; i++)
        if (!date_before(day, s->at[i].day)) found = &s->at[i];
    return found;
}

static int32_t thousandths(ratio r)
{
    return (int32_t)((int64_t)r.n * WHOLE / r.d);
}

struct sample_shares sample_shares_on(const struct sql_sampling_list_row *begun, date day)
{
    const struct law *law  = law_at(JURISDICTION_GREAT_BRITAIN, day);
    struct sample_shares s = { (int32_t)begun->before_share, (int32_t)begun->after_share };

    if (s.before < 0) s.before = thousandths(law->sample_before);
    if (s.after < 0) s.after = thousandths(law->sample_after);
    return s;
}

/* --- the lot --- */

enum sample_state sample_side(const struct blob *seed, const struct blob *hash,
                              const struct sample_shares *shares)
{
    unsigned char bytes[DIGEST_BYTES];
    struct digest d;
    uint64_t lot = 0;

    digest_begin(&d);
    digest_value(&d, 's', seed->at, seed->n);
    digest_value(&d, 'd', hash->at, hash->n);
    digest_end(&d, bytes);
    for (size_t i = 0; i < sizeof(uint32_t); i++)
        lot = lot << 8 | bytes[i];
    lot = lot * WHOLE >> 32;
    if (lot < (uint64_t)shares->before) return SAMPLE_STATE_BEFORE;
    return lot < (uint64_t)shares->before + (uint64_t)shares->after ? SAMPLE_STATE_AFTER
                                                                    : SAMPLE_STATE_NONE;
}

static enum sample_state side_of(const struct sampling *s, date day, const struct blob *hash)
{
    const struct sql_sampling_list_row *begun = sampling_at(s, day);
    struct sample_shares shares;

    if (!begun) return SAMPLE_STATE_NONE;
    shares = sample_shares_on(begun, day);
    return sample_side(&begun->hash, hash, &shares);
}

/* --- the day's run --- */

struct candidates {
    struct sampling sampling;
    struct sql_sample_candidates_row *at;
    size_t n;
};

/* What was decided in families and is not picked, as far as it should be; up to a day. */
static bool candidates_read(struct store *store, struct arena *arena, struct store_ints pps,
                            date upto, struct candidates *c, struct fail *fail)
{
    struct sql_sample_candidates_row *rows;
    size_t n;

    *c = (struct candidates){ .n = 0 };
    if (!sampling_read(store, arena, &c->sampling, fail)) return false;
    if (!c->sampling.n || !pps.n) return true;
    struct sql_sample_candidates_in in = { .pps = pps, .since = c->sampling.at->day };
    if (!sql_sample_candidates(store, &in, arena, &rows, &n, fail)) return false;
    c->at = rows;
    for (size_t i = 0; i < n; i++)
        if (!date_before(upto, rows[i].day) &&
            side_of(&c->sampling, rows[i].day, &rows[i].hash) != SAMPLE_STATE_NONE)
            c->at[c->n++] = rows[i];
    return true;
}

/* An event of its own. */
static bool pick_record(struct chunk *c, const struct candidates *all,
                        const struct sql_sample_candidates_row *row, struct fail *fail)
{
    const struct machine *m = &machine_sample;
    struct family *family   = chunk_family(c, row->pp);
    enum sample_state side  = side_of(&all->sampling, row->day, &row->hash);
    enum sample_event happens =
        side == SAMPLE_STATE_BEFORE ? SAMPLE_EVENT_PICK_BEFORE : SAMPLE_EVENT_PICK_AFTER;
    struct step_order step = { .machine = m,
                               .subject = row->event,
                               .was     = m->start,
                               .answer  = machine_take(m, m->start, (int32_t)happens, 0),
                               .by      = ROLE_SERVICE };
    struct verb v;

    chunk_open(c, family, "sample", NULL, &v);
    out_print(&v.about, "A decision of event %lld is to be looked at by somebody else",
              (long long)row->event);
    if (!step_add(&v, &step, fail)) return false;
    chunk_close(c, family, &v);
    chunk_look(c, family);
    return true;
}

/* Families are read again, where something was picked: that is a part of those touched. */
bool sample_pick(const struct setting *s, struct store_ints touched, struct fail *fail)
{
    struct candidates all;
    struct chunk c;
    size_t n = 0;

    if (!candidates_read(s->store, s->arena, touched, s->today, &all, fail)) return false;
    if (!all.n) return true;
    int64_t *pps = ARENA_MANY(s->arena, int64_t, all.n);
    for (size_t i = 0; i < all.n; i++)
        if (!n || pps[n - 1] != all.at[i].pp) pps[n++] = all.at[i].pp;
    if (!chunk_load(&c, s, (struct store_ints){ pps, n }, fail)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (!pick_record(&c, &all, &all.at[i], fail)) return false;
    return chunk_write(&c, fail);
}

/* --- what waits --- */

static void hold_add(struct sample_held *held, enum clock_kind kind, date since, date today,
                     int64_t event, date decided)
{
    if (date_before(clock_dates_from(kind, since).due, today)) return;
    held->events[held->n] = event;
    held->days[held->n++] = decided;
}

/* Whether something was decided after an event. */
static bool decided_since(const struct sql_decision_history_row *all, size_t n, int64_t event)
{
    return n && all[n - 1].event > event;
}

static bool holds_fill(const struct setting *s, int64_t pp, const struct candidates *c,
                       struct sample_held *held, struct fail *fail)
{
    struct sql_decision_history_row *all;
    struct sample *list;
    size_t n, count;

    if (!sample_list(s->store, s->arena, pp, &list, &n, fail) ||
        !sql_decision_history(s->store, &(struct sql_decision_history_in){ .pp = pp }, s->arena,
                              &all, &count, fail))
        return false;
    held->events = ARENA_MANY(s->arena, int64_t, n + c->n + 1);
    held->days   = ARENA_MANY(s->arena, date, n + c->n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct sample *p = &list[i];
        if (p->state == SAMPLE_STATE_BEFORE)
            hold_add(held, CLOCK_SAMPLE_BEFORE, p->row.picked_on, s->today, p->row.event,
                     p->row.day);
        if (p->state == SAMPLE_STATE_WRONG && !decided_since(all, count, p->look->event))
            hold_add(held, CLOCK_SAMPLE_WRONG, p->look->day, s->today, p->row.event, p->row.day);
    }
    for (size_t i = 0; i < c->n; i++)
        if (side_of(&c->sampling, c->at[i].day, &c->at[i].hash) == SAMPLE_STATE_BEFORE)
            hold_add(held, CLOCK_SAMPLE_BEFORE, c->at[i].day, s->today, c->at[i].event,
                     c->at[i].day);
    return true;
}

bool sample_holds(const struct setting *s, int64_t pp, struct sample_held *held, struct fail *fail)
{
    struct candidates c;

    *held = (struct sample_held){ .n = 0 };
    return candidates_read(s->store, s->arena, (struct store_ints){ &pp, 1 }, s->today, &c, fail) &&
           (!c.sampling.n || holds_fill(s, pp, &c, held, fail));
}

bool sample_holds_letter(const struct sample_held *held, const struct sql_letter_list_row *letter)
{
    const struct machine_state *post = machine_post.states;
    bool holds                       = false;

    if (strcmp(letter->kind, letter_templates[LETTER_DECISION_NOTICE].name) != 0 ||
        letter->refused ||
        (strcmp(letter->state, post[POST_STATE_WAITING].name) != 0 &&
         strcmp(letter->state, post[POST_STATE_KEPT].name) != 0))
        return false;
    for (size_t i = 0; i < held->n; i++)
        holds |= date_same(letter->day, held->days[i]) && letter->event >= held->events[i];
    return holds;
}

/* --- proof --- */

/* What the last finished day should have picked and did not. */
static bool missing_tell(struct store *store, struct arena *arena, int64_t pp, sample_fault *tell,
                         void *context, struct fail *fail)
{
    struct sql_job_last_good_row good;
    struct sql_aside_among_row *aside;
    struct candidates c;
    char text[100];
    size_t n;
    bool found;

    if (!sql_job_last_good(store, &(struct sql_job_last_good_in){ .name = DAY_JOB }, arena, &good,
                           &found, fail) ||
        !sql_aside_among(store, &(struct sql_aside_among_in){ .pps = { &pp, 1 } }, arena, &aside,
                         &n, fail))
        return false;
    if (!found || n) return true;
    if (!candidates_read(store, arena, (struct store_ints){ &pp, 1 }, date_add_days(good.day, -1),
                         &c, fail))
        return false;
    for (size_t i = 0; i < c.n; i++) {
        snprintf(text, sizeof text, "What event %lld decided should have been picked.",
                 (long long)c.at[i].event);
        tell(context, text);
    }
    return true;
}

bool sample_check(struct store *store, struct arena *arena, int64_t pp, sample_fault *tell,
                  void *context, struct fail *fail)
{
    struct sql_sample_picked_row *rows;
    struct sampling sampling;
    char text[100];
    size_t n;

    if (!sampling_read(store, arena, &sampling, fail)) return false;
    if (!sampling.n) return true;
    if (!sql_sample_picked(store, &(struct sql_sample_picked_in){ .pp = pp }, arena, &rows, &n,
                           fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        enum sample_state side = side_of(&sampling, rows[i].day, &rows[i].hash);
        if (!strcmp(machine_sample.states[side].name, rows[i].side)) continue;
        snprintf(text, sizeof text, "What event %lld decided is not to be picked so.",
                 (long long)rows[i].event);
        tell(context, text);
    }
    return missing_tell(store, arena, pp, tell, context, fail);
}
