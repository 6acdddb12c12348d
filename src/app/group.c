/* group.c: reading a family, and looking things up in it. */
#include "app/group.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

struct entry group_entry(const struct sql_entry_list_row *r)
{
    return (struct entry){
        .debit  = (enum account)r->debit,
        .credit = (enum account)r->credit,
        .amount = r->amount,
        .reason = (enum reason)r->reason,
        .about  = { .arrangement = r->arrangement,
                    .day         = r->day,
                    .known       = r->recorded,
                    .instalment  = r->instalment,
                    .receipt     = r->receipt,
                    .decision    = r->decision },
    };
}

static int by_due(const void *a, const void *b)
{
    const struct sql_instalment_list_row *x = a, *y = b;

    if (!date_same(x->due, y->due)) return date_before(x->due, y->due) ? -1 : 1;
    if (x->arrangement != y->arrangement) return x->arrangement < y->arrangement ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

void group_order_instalments(struct sql_instalment_list_row *rows, size_t n)
{
    if (n > 1) qsort(rows, n, sizeof *rows, by_due);
}

static void group_entries(struct group *g, struct arena *arena)
{
    g->entries = ARENA_MANY(arena, struct entry, g->entry_count);
    for (size_t i = 0; i < g->entry_count; i++)
        g->entries[i] = group_entry(&g->rows[i]);
}

/* --- sealed kinds --- */

void group_seal(struct group *g, struct sql_fact_list_row *facts, size_t n, struct arena *arena)
{
    size_t more = 0;

    for (size_t i = 0; i < n; i++)
        more += fact_kind_is_sealed(facts[i].kind);
    if (!more) return;
    g->sealed = arena_grow(arena, g->sealed, g->sealed_count * sizeof *g->sealed,
                           (g->sealed_count + more) * sizeof *g->sealed);
    for (size_t i = 0; i < n; i++) {
        if (!fact_kind_is_sealed(facts[i].kind)) continue;
        enum fact_kind kind = fact_kind_find(facts[i].kind);
        g->sealed[g->sealed_count++] =
            (struct sealed_fact){ facts[i].id,
                                  sealed_make(facts[i].value, kind,
                                              fact_kind_whose(kind, g->pp, facts[i].subject)) };
        facts[i].value = SEALED_WORDS;
    }
}

struct sealed group_sealed(const struct group *g, const struct sql_fact_list_row *fact)
{
    for (size_t i = 0; fact && i < g->sealed_count; i++)
        if (g->sealed[i].fact == fact->id) return g->sealed[i].value;
    return (struct sealed){ NULL, 0, 0 };
}

/* --- reading --- */

/* What is read of families: as known at an event, the closed part of their money or the whole. */
struct reading {
    struct store *store;
    struct arena *arena;
    struct store_ints pps;
    int64_t known;
    bool whole, with_money;
    struct store_rows people, arrangements, facts, decisions, awards, instalments, rows, carried,
        missed, clocks, owner;
};

static bool record_ask(struct reading *r, struct fail *f)
{
    struct store *s = r->store;
    struct arena *a = r->arena;

    return (!r->whole || sql_group_people_ask(s, &(struct sql_group_people_in){ .pps = r->pps }, a,
                                              &r->people, f)) &&
           sql_arrangement_list_ask(s, &(struct sql_arrangement_list_in){ r->pps, r->known }, a,
                                    &r->arrangements, f) &&
           sql_fact_list_ask(s, &(struct sql_fact_list_in){ r->pps, r->known }, a, &r->facts, f) &&
           sql_decision_list_ask(s, &(struct sql_decision_list_in){ r->pps, r->known }, a,
                                 &r->decisions, f) &&
           sql_award_list_ask(s, &(struct sql_award_list_in){ r->pps, r->known }, a, &r->awards, f);
}

static bool clocks_ask(struct reading *r, struct fail *f)
{
    struct sql_clock_live_in c     = { .pps = r->pps };
    struct sql_case_owner_now_in o = { .pps = r->pps };

    return sql_clock_live_ask(r->store, &c, r->arena, &r->clocks, f) &&
           sql_case_owner_now_ask(r->store, &o, r->arena, &r->owner, f);
}

static bool money_ask(struct reading *r, struct fail *f)
{
    struct sql_instalment_list_in i = { .pps = r->pps, .known = r->known, .whole = r->whole };
    struct sql_entry_list_in e      = { .pps = r->pps, .known = r->known, .whole = r->whole };
    struct sql_missed_list_in m     = { .pps = r->pps, .known = r->known };

    return sql_instalment_list_ask(r->store, &i, r->arena, &r->instalments, f) &&
           sql_entry_list_ask(r->store, &e, r->arena, &r->rows, f) &&
           (r->whole || sql_carried_list_ask(r->store, &(struct sql_carried_list_in){ r->pps },
                                             r->arena, &r->carried, f)) &&
           sql_missed_list_ask(r->store, &m, r->arena, &r->missed, f) && clocks_ask(r, f);
}

static bool reading_ask(void *context, struct store *store, struct fail *f)
{
    (void)store;
    return record_ask(context, f) &&
           (!((struct reading *)context)->with_money || money_ask(context, f));
}

/* Gives each group its part of one table: rows come by paying parent, as do the groups. */
#define SHARE(name, rows, number)                                                                  \
    static void share_##rows(const struct reading *r, struct group *groups)                        \
    {                                                                                              \
        struct sql_##name##_row *at = r->rows.at;                                                  \
        size_t n = r->rows.count, i = 0;                                                           \
        for (size_t k = 0; k < r->pps.n; k++) {                                                    \
            while (i < n && at[i].pp < groups[k].pp)                                               \
                i++;                                                                               \
            groups[k].rows = at ? at + i : NULL;                                                   \
            while (i < n && at[i].pp == groups[k].pp)                                              \
                i++, groups[k].number++;                                                           \
        }                                                                                          \
    }
SHARE(group_people, people, people_count)
SHARE(arrangement_list, arrangements, arrangement_count)
SHARE(fact_list, facts, fact_count)
SHARE(decision_list, decisions, decision_count)
SHARE(award_list, awards, award_count)
SHARE(instalment_list, instalments, instalment_count)
SHARE(entry_list, rows, entry_count)
SHARE(missed_list, missed, missed_count)
SHARE(clock_live, clocks, clock_count)
SHARE(case_owner_now, owner, owner_count)
#undef SHARE

/* Puts what was carried forward before the rows that came after. */
static void group_carry(struct group *g, const struct sql_carried_list_row *rows, size_t n,
                        struct arena *arena)
{
    struct sql_entry_list_row *all =
        ARENA_MANY(arena, struct sql_entry_list_row, n + g->entry_count);

    for (size_t i = 0; i < n; i++)
        all[i] = (struct sql_entry_list_row){
            .pp          = rows[i].pp,
            .recorded    = rows[i].known,
            .day         = rows[i].day,
            .debit       = rows[i].debit,
            .credit      = rows[i].credit,
            .arrangement = rows[i].arrangement,
            .amount      = rows[i].amount,
            .reason      = rows[i].reason,
            .instalment  = rows[i].instalment,
            .receipt     = rows[i].receipt,
        };
    if (g->entry_count) memcpy(all + n, g->rows, g->entry_count * sizeof *all);
    g->rows          = all;
    g->carried_count = n;
    g->entry_count += n;
}

static void share_carried(const struct reading *r, struct group *groups)
{
    const struct sql_carried_list_row *at = r->carried.at;
    size_t n = r->carried.count, i = 0;

    for (size_t k = 0, from; k < r->pps.n; k++) {
        for (from = i; i < n && at[i].pp == groups[k].pp; i++)
            ;
        if (i > from) group_carry(&groups[k], at + from, i - from, r->arena);
    }
}

/* All tables are asked for at once. */
static bool reading_do(struct reading *r, struct group *groups, struct fail *f)
{
    if (!store_together(r->store, reading_ask, r, f)) return false;
    for (size_t k = 0; k < r->pps.n; k++)
        groups[k] =
            (struct group){ .pp = r->pps.at[k], .known = r->known, .closed_on = DATE_NEVER };
    share_people(r, groups), share_arrangements(r, groups), share_facts(r, groups);
    share_decisions(r, groups), share_awards(r, groups), share_instalments(r, groups);
    share_rows(r, groups), share_carried(r, groups), share_missed(r, groups);
    for (size_t k = 0; k < r->pps.n; k++)
        group_seal(&groups[k], groups[k].facts, groups[k].fact_count, r->arena);
    share_clocks(r, groups), share_owner(r, groups);
    for (size_t k = 0; k < r->pps.n && r->with_money; k++) {
        group_order_instalments(groups[k].instalments, groups[k].instalment_count);
        group_entries(&groups[k], r->arena);
    }
    return true;
}

bool group_load_record(struct store *store, struct arena *arena, int64_t pp, int64_t known,
                       struct group *g, struct fail *fail)
{
    struct reading r = { store, arena, { &pp, 1 }, known, .whole = true };
    return reading_do(&r, g, fail);
}

bool group_load_records(struct store *store, struct arena *arena, struct store_ints pps,
                        struct group *groups, struct fail *fail)
{
    struct reading r = { store, arena, pps, KNOWN_NOW, .whole = true };
    return reading_do(&r, groups, fail);
}

bool group_load(struct store *store, struct arena *arena, int64_t pp, int64_t known,
                struct group *g, struct fail *fail)
{
    struct reading r = { store, arena, { &pp, 1 }, known, .whole = true, .with_money = true };
    return reading_do(&r, g, fail);
}

bool group_load_open(struct store *store, struct arena *arena, struct store_ints pps,
                     struct group *groups, struct fail *fail)
{
    struct reading r = { store, arena, pps, KNOWN_NOW, .with_money = true };
    return reading_do(&r, groups, fail);
}

bool group_load_facts(struct store *store, struct arena *arena, int64_t pp, int64_t known,
                      struct group *g, struct fail *fail)
{
    struct sql_fact_list_in in = { .pps = { &pp, 1 }, .known = known };

    *g = (struct group){ .pp = pp, .known = known, .closed_on = DATE_NEVER };
    if (!sql_fact_list(store, &in, arena, &g->facts, &g->fact_count, fail)) return false;
    group_seal(g, g->facts, g->fact_count, arena);
    return true;
}

bool group_load_history(struct store *store, struct arena *arena, int64_t pp, struct group *g,
                        struct fail *fail)
{
    struct sql_fact_history_row *all;

    *g = (struct group){ .pp = pp, .known = KNOWN_NOW, .closed_on = DATE_NEVER };
    if (!sql_fact_history(store, &(struct sql_fact_history_in){ .pp = pp }, arena, &all,
                          &g->fact_count, fail))
        return false;
    g->facts = ARENA_MANY(arena, struct sql_fact_list_row, g->fact_count);
    for (size_t i = 0; i < g->fact_count; i++)
        g->facts[i] = (struct sql_fact_list_row){
            .pp          = pp,
            .id          = all[i].id,
            .event       = all[i].event,
            .known_to    = all[i].known_to,
            .kind        = all[i].kind,
            .subject     = all[i].subject,
            .value       = all[i].value,
            .valid_from  = all[i].valid_from,
            .valid_to    = all[i].valid_to,
            .happened_on = all[i].happened_on,
            .said_by     = all[i].said_by,
            .evidence    = all[i].evidence,
        };
    group_seal(g, g->facts, g->fact_count, arena);
    return true;
}

bool group_load_clocks(struct store *store, struct arena *arena, struct group *g, struct fail *fail)
{
    struct store_ints pps = { &g->pp, 1 };

    return sql_clock_live(store, &(struct sql_clock_live_in){ .pps = pps }, arena, &g->clocks,
                          &g->clock_count, fail) &&
           sql_case_owner_now(store, &(struct sql_case_owner_now_in){ .pps = pps }, arena,
                              &g->owner, &g->owner_count, fail);
}

bool group_known_on(struct store *store, int64_t pp, date day, int64_t *known, struct fail *fail)
{
    struct sql_event_known_row row;
    struct arena scratch = { 0 };
    bool found;
    bool fine = sql_event_known(store, &(struct sql_event_known_in){ .pp = pp, .day = day },
                                &scratch, &row, &found, fail);

    arena_free(&scratch);
    if (fine) *known = found ? row.seq : 0;
    return fine;
}

const struct sql_fact_list_row *group_fact(const struct group *g, enum fact_kind kind,
                                           int64_t subject, date day)
{
    const char *name = fact_kind_table[kind].name;

    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (f->subject == subject && !date_before(day, f->valid_from) &&
            date_before(day, f->valid_to) && !strcmp(f->kind, name))
            return f;
    }
    return NULL;
}

const struct sql_arrangement_list_row *group_arrangement(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (g->arrangements[i].id == id) return &g->arrangements[i];
    return NULL;
}

const struct sql_group_people_row *group_person(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->people_count; i++)
        if (g->people[i].id == id) return &g->people[i];
    return NULL;
}

date group_first_effective(const struct group *g)
{
    date first = DATE_OPEN;

    for (size_t i = 0; i < g->arrangement_count; i++)
        first = date_min(first, g->arrangements[i].effective_from);
    return first;
}

const struct sql_decision_list_row *group_decision_at(const struct group *g, date day)
{
    const struct sql_decision_list_row *in_force = NULL;

    for (size_t i = 0; i < g->decision_count; i++)
        if (!date_before(day, g->decisions[i].effective_from)) in_force = &g->decisions[i];
    return in_force;
}

money group_award(const struct group *g, int64_t decision, int64_t arrangement)
{
    for (size_t i = 0; i < g->award_count; i++)
        if (g->awards[i].decision == decision && g->awards[i].arrangement == arrangement)
            return g->awards[i].weekly;
    return MONEY_NONE;
}

struct timeline group_timeline(const struct group *g, int64_t arrangement, struct arena *arena)
{
    struct liability *at = ARENA_MANY(arena, struct liability, g->decision_count + 1);
    size_t n             = 0;

    for (size_t i = 0; i < g->decision_count; i++) {
        const struct sql_decision_list_row *d = &g->decisions[i];
        struct liability l = { d->effective_from, group_award(g, d->id, arrangement) };
        if (n && at[n - 1].weekly.p == l.weekly.p) continue;
        at[n++] = l;
    }
    return (struct timeline){ at, n };
}

enum service group_service(const struct group *g, int64_t arrangement, date day)
{
    const struct sql_fact_list_row *f = group_fact(g, FACT_SERVICE, arrangement, day);
    return f && !strcmp(f->value, "direct_pay") ? SERVICE_DIRECT_PAY : SERVICE_COLLECT_AND_PAY;
}

/* --- from facts to the calculation's input --- */

static bool payer_money(const struct group *g, enum fact_kind kind, date day, money *amount)
{
    const struct sql_fact_list_row *f = group_fact(g, kind, 0, day);

    if (f) BUG_UNLESS(money_parse(f->value, strlen(f->value), amount));
    return f != NULL;
}

static int32_t fact_count(const struct group *g, enum fact_kind kind, int64_t subject, date day)
{
    const struct sql_fact_list_row *f = group_fact(g, kind, subject, day);
    return f ? (int32_t)strtol(f->value, NULL, 10) : 0;
}

static int fact_choice(const struct group *g, enum fact_kind kind, date day)
{
    const struct sql_fact_list_row *f = group_fact(g, kind, 0, day);
    return f ? fact_choice_index(fact_kind_table[kind].choices, f->value) : 0;
}

static void calculation_payer(const struct group *g, date day, struct rule_facts *r)
{
    r->default_decision    = group_fact(g, FACT_NO_INFORMATION, 0, day) != NULL;
    r->circumstance        = (enum circumstance)fact_choice(g, FACT_CIRCUMSTANCE, day);
    r->benefit             = (enum benefit)fact_choice(g, FACT_BENEFIT, day);
    r->partner_also_liable = r->benefit == BENEFIT_OWN_OR_PARTNER &&
                             group_fact(g, FACT_PARTNER_ALSO_LIABLE, 0, day) != NULL;
    r->has_benefit_weekly =
        r->benefit != BENEFIT_NONE && payer_money(g, FACT_BENEFIT_WEEKLY, day, &r->benefit_weekly);
    r->income.has_weekly = payer_money(g, FACT_INCOME_WEEKLY, day, &r->income.weekly);
    if (!r->income.has_weekly) {
        r->income.has_historic =
            payer_money(g, FACT_INCOME_HISTORIC, day, &r->income.historic_annual);
        r->income.has_current = payer_money(g, FACT_INCOME_CURRENT, day, &r->income.current_annual);
        payer_money(g, FACT_PENSION_CONTRIBUTIONS, day, &r->income.pension_contributions_annual);
    }
    r->relevant_other_children    = fact_count(g, FACT_OTHER_CHILDREN, 0, day);
    r->other_arrangement_children = fact_count(g, FACT_OTHER_ARRANGEMENT_CHILDREN, 0, day);
    for (int i = 0; i < GROUNDS; i++) {
        const struct sql_fact_list_row *f =
            group_fact(g, (enum fact_kind)(FACT_VARIATION_FIRST + i), 0, day);
        if (f) BUG_UNLESS(fact_value_variation(f->value, &r->variations[i]));
    }
}

/* Children of one arrangement on a day, added at *n; the calculation's arrays are large enough. */
static int32_t calculation_children(const struct group *g, int64_t arrangement, date day,
                                    struct rule_child *child, int64_t *person)
{
    int32_t n = 0;

    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (strcmp(f->kind, fact_kind_table[FACT_LIVES_WITH].name) ||
            date_before(day, f->valid_from) || !date_before(day, f->valid_to) ||
            strtoll(f->value, NULL, 10) != arrangement)
            continue;
        person[n]  = f->subject;
        child[n++] = (struct rule_child){
            .nights                 = fact_count(g, FACT_NIGHTS, f->subject, day),
            .local_authority_nights = fact_count(g, FACT_LOCAL_AUTHORITY_NIGHTS, f->subject, day),
        };
    }
    return n;
}

static struct span person_span(const struct group *g, int64_t id)
{
    const struct sql_group_people_row *p = group_person(g, id);
    return (struct span){ p->ref, strlen(p->ref) };
}

static void calculation_receivers(const struct group *g, date day, struct arena *arena,
                                  struct calculation *c)
{
    struct rule_facts *r            = &c->input.facts;
    struct rule_child *children     = ARENA_MANY(arena, struct rule_child, g->fact_count + 1);
    int64_t *persons                = ARENA_MANY(arena, int64_t, g->fact_count + 1);
    struct span *child_ids          = ARENA_MANY(arena, struct span, g->fact_count + 1);
    struct rule_receiver *receivers = ARENA_MANY(arena, struct rule_receiver, g->arrangement_count);
    int64_t *ids                    = ARENA_MANY(arena, int64_t, g->arrangement_count);
    struct span *names              = ARENA_MANY(arena, struct span, g->arrangement_count);

    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &g->arrangements[i];
        int32_t n = calculation_children(g, a->id, day, children + r->child_count,
                                         persons + r->child_count);
        if (n == 0 || group_fact(g, FACT_STOPPED, a->id, day)) continue;
        int32_t at    = r->receiver_count++;
        ids[at]       = a->id;
        names[at]     = (struct span){ a->ref, strlen(a->ref) };
        receivers[at] = (struct rule_receiver){
            .equal_care  = group_fact(g, FACT_EQUAL_CARE, a->id, day) != NULL,
            .first_child = r->child_count,
            .child_count = n,
        };
        r->child_count += n;
    }
    for (int32_t i = 0; i < r->child_count; i++)
        child_ids[i] = person_span(g, persons[i]);
    r->receivers          = receivers;
    r->children           = children;
    c->arrangements       = ids;
    c->children           = persons;
    c->input.receiver_ids = names;
    c->input.child_ids    = child_ids;
}

struct calculation group_calculation(const struct group *g, date day, struct arena *arena)
{
    struct calculation c = { .input = { .effective_date = day } };
    struct out o         = { .arena = arena };
    struct digest d;

    BUG_UNLESS(g->arrangement_count > 0);
    c.law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, day);
    calculation_payer(g, day, &c.input.facts);
    calculation_receivers(g, day, arena, &c);
    if (c.input.facts.receiver_count > 0) assess_json_write_input(&o, &c.input);
    c.json = out_string(&o);
    digest_begin(&d);
    digest_bytes(&d, c.json, o.length);
    digest_end(&d, c.digest.bytes);
    return c;
}

bool group_is_closed(const struct group *g, const struct sql_instalment_list_row *r)
{
    return !date_before(g->closed_on, r->due);
}
