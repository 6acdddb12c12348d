/* decision_letter_send.c: to whom a notice of decision goes, what is told together, and whether it
 * still holds just before it is printed. */
#include "app/decision_letter_work.h"
#include "app/notice.h"

#include <stdlib.h>
#include <string.h>

/* --- sending --- */

/* The decisions that a notice tells of stand in its head, as what it was cleared by. */
static const char *basis_text(const struct telling *w)
{
    struct out o = { .arena = w->arena };

    for (size_t i = 0; i < w->n; i++) {
        if (i) out_text(&o, " ");
        out_number(&o, w->told[i].r.decision->id);
    }
    return out_string(&o);
}

static bool basis_has(const char *basis, int64_t decision)
{
    char *end = NULL;

    for (const char *at = basis; *at; at = end) {
        if (strtoll(at, &end, 10) == decision) return true;
        if (end == at) break;
    }
    return false;
}

/* Notices of the day to the same person about the same. */
struct same_day {
    const char **bases;
    size_t n;
};

static bool same_day_read(const struct telling *w, int64_t person, bool waiting,
                          struct same_day *found, struct fail *fail)
{
    const char *state = machine_post.states[POST_STATE_WAITING].name;
    struct sql_letter_list_row *rows;
    size_t n;

    if (!sql_letter_list(w->store, &(struct sql_letter_list_in){ .pp = w->pp, .known = KNOWN_NOW },
                         w->arena, &rows, &n, fail))
        return false;
    *found = (struct same_day){ ARENA_MANY(w->arena, const char *, n + 1), 0 };
    for (size_t i = 0; i < n; i++) {
        const struct sql_letter_list_row *l = &rows[i];
        if (l->refused || strcmp(l->kind, letter_templates[LETTER_DECISION_NOTICE].name) != 0 ||
            l->person != person || l->arrangement != w->arrangement || !date_same(l->day, w->day) ||
            (waiting && strcmp(l->state, state) != 0))
            continue;
        struct letter_frozen *f = ARENA_NEW(w->arena, struct letter_frozen);
        if (!letter_thaw(l->data, w->arena, f, fail)) return false;
        found->bases[found->n++] = f->cleared.basis ? f->cleared.basis : "";
    }
    return true;
}

/* One notice, to one person. */
static bool notify_one(struct verb *v, const struct group *g, int64_t arrangement, int64_t person,
                       struct fail *fail)
{
    struct telling w        = { .store       = v->store,
                                .arena       = v->arena,
                                .pp          = g->pp,
                                .arrangement = arrangement,
                                .day         = v->today,
                                .now         = g,
                                .seq         = v->seq };
    struct letter_frozen *f = ARENA_NEW(v->arena, struct letter_frozen);
    bool *wanted            = ARENA_MANY(v->arena, bool, g->decision_count + 1), sent;
    bool concerned          = arrangement == 0;
    struct same_day waits;

    *f = (struct letter_frozen){ .kind        = LETTER_DECISION_NOTICE,
                                 .person      = person,
                                 .arrangement = arrangement };
    if (!same_day_read(&w, person, true, &waits, fail)) return false;
    for (size_t i = 0; i < g->decision_count; i++) {
        wanted[i] = g->decisions[i].event == v->seq;
        for (size_t k = 0; k < waits.n; k++)
            wanted[i] |= basis_has(waits.bases[k], g->decisions[i].id);
    }
    if (!telling_read(&w, wanted, fail)) return false;
    if (w.differs)
        return FAIL(fail, FAIL_INTEGRITY, "decision_differs",
                    "A decision does not come out the same when it is worked out again. Run "
                    "`upkeep check`.");
    for (size_t i = 0; i < w.n; i++)
        concerned |= w.told[i].receiver >= 0 || w.told[i].was.p > 0;
    if (!concerned || w.n == 0) return true;
    if (!telling_fill(&w, &f->decision, fail)) return false;
    f->cleared = (struct letter_clearance){ f->decision.weekly, v->today, basis_text(&w) };
    return notice_send(v, g, f, &sent, NULL, fail);
}

bool decision_notify(struct verb *v, struct group *g, struct fail *fail)
{
    bool made = false;

    if (!v->store) return true;
    for (size_t i = 0; i < g->decision_count; i++)
        made |= g->decisions[i].event == v->seq;
    if (!made) return true;
    if (!notify_one(v, g, 0, g->pp, fail)) return false;
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (!notify_one(v, g, g->arrangements[i].id, g->arrangements[i].rp, fail)) return false;
    return true;
}

/* --- just before printing --- */

static bool figures_same(const struct letter_decision_notice *a,
                         const struct letter_decision_notice *b)
{
    bool same = a->weekly.p == b->weekly.p && date_same(a->effective, b->effective) &&
                a->replaces == b->replaces && a->was.p == b->was.p && a->ends == b->ends &&
                a->income.p == b->income.p && a->child_count == b->child_count &&
                a->other_count == b->other_count && a->period_count == b->period_count &&
                a->step_count == b->step_count && a->share_count == b->share_count;

    for (size_t i = 0; same && i < a->period_count; i++)
        same =
            date_same(a->period[i].from, b->period[i].from) &&
            a->period[i].now.p == b->period[i].now.p &&
            !strcmp(a->fact[i].income.text[LETTER_ENGLISH], b->fact[i].income.text[LETTER_ENGLISH]);
    for (size_t i = 0; same && i < a->share_count; i++)
        same = a->share[i].weekly.p == b->share[i].weekly.p;
    return same;
}

/* How many decisions a basis names, and whether they are all among another's. */
static size_t basis_count(const char *basis, const char *among, bool *all)
{
    size_t n  = 0;
    char *end = NULL;

    *all = true;
    for (const char *at = basis; *at; at = end) {
        int64_t id = strtoll(at, &end, 10);
        if (end == at) break;
        *all &= basis_has(among, id);
        n++;
    }
    return n;
}

bool decision_letter_holds(const struct setting *s, const struct group *g,
                           const struct letter_frozen *f, bool *holds, struct fail *fail)
{
    struct telling w  = { .store       = s->store,
                          .arena       = s->arena,
                          .pp          = g->pp,
                          .arrangement = f->arrangement,
                          .day         = f->head.sent,
                          .now         = g };
    const char *basis = f->cleared.basis ? f->cleared.basis : "";
    bool *wanted      = ARENA_MANY(s->arena, bool, g->decision_count + 1), all;
    struct same_day others;
    struct letter_decision_notice again;
    size_t named = basis_count(basis, basis, &all), found = 0;

    *holds = false;
    for (size_t i = 0; i < g->decision_count; i++) {
        wanted[i] = basis_has(basis, g->decisions[i].id);
        found += wanted[i];
    }
    if (found == 0 || found < named) return true;
    if (!same_day_read(&w, f->person, false, &others, fail)) return false;
    for (size_t i = 0; i < others.n; i++)
        if (basis_count(basis, others.bases[i], &all) == named && all &&
            basis_count(others.bases[i], basis, &all) > named)
            return true;
    if (!telling_read(&w, wanted, fail)) return false;
    if (w.differs) return true;
    if (!telling_fill(&w, &again, fail)) return false;
    *holds = figures_same(&again, &f->decision);
    return true;
}
