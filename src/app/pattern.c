/* pattern.c: patterns found in the record, looked at and answered. */
#include "app/pattern.h"

#include "app/chunk.h"
#include "app/step.h"

#include <stdlib.h>
#include <string.h>

/* --- looking --- */

/* What rules found in the families of a chunk, by family. */
struct finding {
    int64_t pp, person;
    const struct pattern_rule *rule;
    const struct pattern_sign *signs;
    size_t n;
};
struct search {
    const struct sql_pattern_signs_row *rows;
    const struct sql_pattern_counted_row *counted;
    size_t row_count, counted_count;
    struct finding *found;
    size_t found_count, found_room;
};

static date counted_upto(const struct search *s, int64_t pp, const char *rule, int64_t person)
{
    for (size_t i = 0; i < s->counted_count; i++)
        if (s->counted[i].pp == pp && s->counted[i].person == person &&
            !strcmp(s->counted[i].rule, rule))
            return s->counted[i].upto;
    return DATE_NEVER;
}

static void found_add(struct search *s, struct arena *arena, const struct finding *f)
{
    if (s->found_count == s->found_room) {
        size_t room   = s->found_room ? s->found_room * 2 : 8;
        s->found      = arena_grow(arena, s->found, s->found_room * sizeof *f, room * sizeof *f);
        s->found_room = room;
    }
    s->found[s->found_count++] = *f;
}

/* The rows [from, to) are one person's of one signal. */
static void rules_try(struct search *s, size_t from, size_t to, date today, struct arena *arena)
{
    const struct sql_pattern_signs_row *row = &s->rows[from];
    struct pattern_sign *signs              = ARENA_MANY(arena, struct pattern_sign, to - from);

    for (size_t i = from; i < to; i++)
        signs[i - from] = (struct pattern_sign){
            s->rows[i].day, s->rows[i].due, { s->rows[i].amount }, s->rows[i].measure
        };
    for (int32_t k = 0; k < pattern_rule_count; k++) {
        const struct pattern_rule *rule = &pattern_rules[k];
        if (strcmp(rule->signal, row->signal) != 0 ||
            to - from < (size_t)pattern_term_at(rule, today)->times)
            continue;
        struct pattern_sign *counted = ARENA_MANY(arena, struct pattern_sign, to - from);
        struct finding f = { .pp = row->pp, .person = row->person, .rule = rule, .signs = counted };
        if (pattern_finds(rule, signs, to - from, counted_upto(s, row->pp, rule->name, row->person),
                          today, counted, &f.n))
            found_add(s, arena, &f);
    }
}

static bool is_same(const struct sql_pattern_signs_row *a, const struct sql_pattern_signs_row *b)
{
    return a->pp == b->pp && a->person == b->person && !strcmp(a->signal, b->signal);
}

static void rows_try(struct search *s, date today, struct arena *arena)
{
    for (size_t from = 0, to; from < s->row_count; from = to) {
        for (to = from + 1; to < s->row_count && is_same(&s->rows[from], &s->rows[to]);)
            to++;
        rules_try(s, from, to, today, arena);
    }
}

/* An event of its own. */
static bool finding_record(struct chunk *c, const struct finding *f, struct fail *fail)
{
    const struct machine *m = &machine_pattern;
    struct family *family   = chunk_family(c, f->pp);
    struct out facts        = { .arena = c->setting.arena };
    struct step_order found = { .machine = m,
                                .was     = m->start,
                                .answer  = machine_take(m, m->start, PATTERN_EVENT_FIND, 0),
                                .by      = ROLE_SERVICE };
    struct verb v;

    chunk_open(c, family, "pattern", NULL, &v);
    out_text(&v.about, "Something was noted for whoever has the case");
    pattern_signs_write(&facts, f->signs, f->n);
    struct sql_pattern_insert_in in = { .pp     = f->pp,
                                        .event  = v.seq,
                                        .rule   = f->rule->name,
                                        .person = f->person,
                                        .facts  = out_string(&facts),
                                        .upto   = f->signs[f->n - 1].day };
    verb_add(&v, DRAFT_PATTERN, &in);
    found.subject = v.seq;
    if (!step_add(&v, &found, fail)) return false;
    chunk_close(c, family, &v);
    chunk_look(c, family);
    return true;
}

static int by_family(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;

    if (x->pp != y->pp) return x->pp < y->pp ? -1 : 1;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

/* Families are read again, where something was found: that is rare. */
static bool findings_record(const struct setting *s, const struct search *search, struct fail *fail)
{
    int64_t *pps = ARENA_MANY(s->arena, int64_t, search->found_count);
    struct chunk c;
    size_t n = 0;

    qsort(search->found, search->found_count, sizeof *search->found, by_family);
    for (size_t i = 0; i < search->found_count; i++)
        if (!n || pps[n - 1] != search->found[i].pp) pps[n++] = search->found[i].pp;
    if (!chunk_load(&c, s, (struct store_ints){ pps, n }, fail)) return false;
    for (size_t i = 0; i < search->found_count; i++)
        if (!finding_record(&c, &search->found[i], fail)) return false;
    return chunk_write(&c, fail);
}

/* What the rules find in families' signs. */
static bool signs_try(const struct setting *s, struct store_ints pps, struct search *search,
                      struct fail *fail)
{
    struct sql_pattern_counted_in in = { .pps = pps };
    struct sql_pattern_counted_row *counted;

    if (!search->row_count) return true;
    if (!sql_pattern_counted(s->store, &in, s->arena, &counted, &search->counted_count, fail))
        return false;
    search->counted = counted;
    rows_try(search, s->today, s->arena);
    return true;
}

bool pattern_look(const struct setting *s, struct store_ints touched, struct store_ints missed,
                  struct fail *fail)
{
    date since                      = pattern_since(s->today);
    struct sql_pattern_signs_in all = { .pps = touched, .since = since };
    struct sql_pattern_money_in of  = { .pps = missed, .since = since };
    struct search search            = { 0 };
    struct sql_pattern_signs_row *signs;
    struct sql_pattern_money_row *paid;

    if (touched.n) {
        if (!sql_pattern_signs(s->store, &all, s->arena, &signs, &search.row_count, fail))
            return false;
        search.rows = signs;
        if (!signs_try(s, touched, &search, fail)) return false;
    }
    if (missed.n) {
        if (!sql_pattern_money(s->store, &of, s->arena, &paid, &search.row_count, fail))
            return false;
        search.rows = (struct sql_pattern_signs_row *)paid;
        if (!signs_try(s, missed, &search, fail)) return false;
    }
    return !search.found_count || findings_record(s, &search, fail);
}
_Static_assert(sizeof(struct sql_pattern_signs_row) == sizeof(struct sql_pattern_money_row),
               "both have one form");

/* --- reading --- */

static void pattern_fill(struct pattern *p, const struct sql_step_list_row *steps, size_t n,
                         struct arena *arena)
{
    size_t most = strlen(p->row.facts) / 2 + 1;

    p->rule       = pattern_rule_find(p->row.rule);
    p->signs      = ARENA_MANY(arena, struct pattern_sign, most);
    p->sign_count = pattern_signs_read(p->row.facts, p->signs, most);
    p->state      = PATTERN_STATE_NONE;
    for (size_t i = 0; i < n; i++) {
        if (steps[i].subject != p->row.event || strcmp(steps[i].machine, machine_pattern.name) != 0)
            continue;
        p->state = (enum pattern_state)machine_state_find(&machine_pattern, steps[i].became);
        if (steps[i].event != p->row.event) p->answer = &steps[i];
    }
}

bool pattern_list(struct store *store, struct arena *arena, int64_t pp, struct pattern **list,
                  size_t *n, struct fail *fail)
{
    struct sql_pattern_list_row *rows;
    struct sql_step_list_row *steps = NULL;
    size_t count                    = 0;

    if (!sql_pattern_list(store, &(struct sql_pattern_list_in){ .pp = pp }, arena, &rows, n,
                          fail) ||
        (*n && !sql_step_list(store, &(struct sql_step_list_in){ .pp = pp, .known = KNOWN_NOW },
                              arena, &steps, &count, fail)))
        return false;
    *list = ARENA_MANY(arena, struct pattern, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*list)[i] = (struct pattern){ .row = rows[i] };
        pattern_fill(&(*list)[i], steps, count, arena);
    }
    return true;
}

const struct pattern *pattern_of(const struct pattern *list, size_t n, int64_t event)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].row.event == event) return &list[i];
    return NULL;
}

bool pattern_is_open(const struct pattern *p)
{
    return !machine_pattern.states[p->state].final;
}

/* --- answering --- */

bool pattern_take(const struct setting *s, int64_t pp, const struct pattern_answer *answer,
                  struct fail *fail)
{
    struct pattern *list;
    struct verb v;
    size_t n;
    bool done;

    if (!answer->reason || !*answer->reason)
        return REFUSE(fail, "reason_missing", "Say what you saw, and why you answer so."),
               fail_field(fail, "reason");
    if (!verb_open(s, pp, "pattern", NULL, &v, &done, fail) ||
        !pattern_list(s->store, s->arena, pp, &list, &n, fail))
        return false;
    const struct pattern *p = pattern_of(list, n, answer->pattern);
    if (!p) return REFUSE(fail, "no_pattern", "There is no such pattern.");
    struct step_order step = {
        .machine = &machine_pattern,
        .subject = p->row.event,
        .was     = (int32_t)p->state,
        .answer  = machine_take(&machine_pattern, (int32_t)p->state, (int32_t)answer->event, 0),
        .by      = ROLE_CASEWORKER,
        .reason  = answer->reason,
    };
    out_text(&v.about, "What was noted for whoever has the case was looked at");
    return step_add(&v, &step, fail) && verb_close(&v, fail);
}
