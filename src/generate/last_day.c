/* last_day.c: the verbs of an office on one day. */
#include "generate/last_day.h"

#include "app/order.h"
#include "app/service.h"

#include <stdlib.h>
#include <string.h>

#define CASEWORKER "generated caseworker"
#define KEY        "generate/"

enum { FAMILIES = 2000 };

struct office {
    struct setting setting;
    const struct caseload *load;
    const struct kin *family;
    int64_t pp;
};

static bool is_decided(const struct office *o, int32_t household)
{
    return !date_before(o->load->last, o->family->households[household].decided);
}

/* What was refused because there is nothing to do is no failure. */
static bool done_or(bool fine, const char *code, const struct fail *fail)
{
    return fine || (fail->kind == FAIL_REFUSED && !strcmp(fail->code, code));
}

/* --- orders to employers --- */

static bool order_make(struct office *o, struct fail *fail)
{
    static const enum plan_interval intervals[] = { PLAN_MONTHLY, PLAN_WEEKLY, PLAN_TWO_WEEKLY,
                                                    PLAN_FOUR_WEEKLY };
    const struct kin *f                         = o->family;
    struct arena *arena                         = o->setting.arena;
    struct order_terms t                        = {
                               .scheme   = SCHEME_2012,
                               .employer = arena_print(arena, "50%010d", (int)family_employer(f)),
                               .employee = arena_print(arena, "7%011lld", (long long)f->number),
                               .made     = o->load->last,
                               .from     = date_add_days(o->load->last, 1),
                               .period   = intervals[f->households[0].frequency],
                               .reason   = "paid from earnings",
                               .welfare  = { "the qualifying children and those of the household",
                                             "nothing is known that speaks against it",
                                             "the paying parent has paid in this way so far" },
    };
    int64_t number;

    o->setting.actor = CASEWORKER;
    return done_or(order_set(&o->setting, o->pp, &t, NULL, &number, fail), "nothing_asked", fail);
}

/* --- Direct Pay --- */

/* The newest payment that was due directly and is past; false when there is none. */
static bool due_last(const struct group *g, int64_t arrangement, date today, date *due)
{
    bool found = false;

    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != arrangement || !date_before(r->due, today) || r->amount.p == 0 ||
            group_service(g, arrangement, r->due) != SERVICE_DIRECT_PAY)
            continue;
        *due  = r->due;
        found = true;
    }
    return found;
}

static bool service_step(struct office *o, const struct service_order *order, struct fail *fail)
{
    struct setting *s = &o->setting;
    struct verb v;
    struct group g;
    bool done;

    s->actor = CASEWORKER;
    return verb_open(s, o->pp, "service", NULL, &v, &done, fail) &&
           group_load(s->store, s->arena, o->pp, v.seq, &g, fail) &&
           service_take(&v, &g, order, fail) && verb_close(&v, fail);
}

static bool default_report(struct office *o, int64_t arrangement, date due, struct fail *fail)
{
    struct direct_order missing = { .arrangement = arrangement,
                                    .due         = due,
                                    .teller      = TELLER_RECEIVING };
    struct service_order order  = { .arrangement = arrangement,
                                    .event       = CASE_SERVICE_EVENT_REPORT_DEFAULT,
                                    .asked_by    = ROLE_RECEIVING_PARENT,
                                    .reason      = "the payment did not come",
                                    .report      = &missing };
    return service_step(o, &order, fail);
}

static bool collection_ask(struct office *o, int64_t arrangement, struct fail *fail)
{
    struct service_order order = { .arrangement    = arrangement,
                                   .event          = CASE_SERVICE_EVENT_ASK_COLLECTION,
                                   .asked_by       = ROLE_RECEIVING_PARENT,
                                   .reason         = "both parents ask for collection",
                                   .receiving_asks = "collect_and_pay",
                                   .paying_asks    = "collect_and_pay" };
    return service_step(o, &order, fail);
}

static bool direct_pay(struct office *o, int32_t household, struct fail *fail)
{
    struct family_report r = family_report(o->load, o->family, household);
    struct group g;
    date due;

    if (!r.reported) return true;
    if (!group_load(o->setting.store, o->setting.arena, o->pp, KNOWN_NOW, &g, fail)) return false;
    if ((size_t)household >= g.arrangement_count) return true;
    int64_t arrangement = g.arrangements[household].id;
    return service_state_at(&g, arrangement, o->setting.today, o->setting.arena) !=
               CASE_SERVICE_STATE_DIRECT_PAY ||
           !due_last(&g, arrangement, o->setting.today, &due) ||
           (default_report(o, arrangement, due, fail) &&
            (!r.agreed || collection_ask(o, arrangement, fail)));
}

/* --- family by family --- */

static bool family_do(struct office *o, struct fail *fail)
{
    const struct kin *f = o->family;
    bool fine           = true;

    if (f->service == FAMILY_COLLECTED)
        return f->method != METHOD_EARNINGS || !is_decided(o, 0) || order_make(o, fail);
    for (int32_t i = 0; fine && i < f->household_count; i++)
        fine = !is_decided(o, i) || direct_pay(o, i, fail);
    return fine;
}

bool last_day_make(struct store *store, const struct caseload *load, int64_t *after, bool *all,
                   struct fail *fail)
{
    struct arena list = { 0 }, arena = { 0 };
    struct sql_generate_families_in in = { .after = *after, .most = FAMILIES };
    struct sql_generate_families_row *rows;
    size_t n  = 0;
    bool fine = sql_generate_families(store, &in, &list, &rows, &n, fail);

    for (size_t i = 0; fine && i < n; i++) {
        const char *key = rows[i].key;
        if (!key || strncmp(key, KEY, strlen(KEY)) != 0) continue;
        arena_reset(&arena);
        struct office o = {
            .setting = { .store = store, .arena = &arena, .today = load->last },
            .load    = load,
            .family  = family_make(load, strtoll(key + strlen(KEY), NULL, 10), &arena),
            .pp      = rows[i].pp,
        };
        fine   = family_do(&o, fail);
        *after = rows[i].pp;
    }
    *all = n < FAMILIES;
    arena_free(&arena);
    arena_free(&list);
    return fine;
}
