/* order_file.c: orders and requests of every family, one family at a time. */
#include "app/order_file.h"

#include "feed/deduction_write.h"

#include <string.h>

/* A growing list of lines; the texts live in `arena`. */
struct lines {
    struct arena *arena;
    struct employer_rates *rates;
    struct benefit_request_line *requests;
    size_t n, room;
};

static const char *kept(struct lines *l, const char *text)
{
    return arena_text(l->arena, text, strlen(text));
}

static const char *nino_of(struct lines *l, const struct group *g, date day)
{
    const struct sql_fact_list_row *f = group_fact(g, FACT_NINO, g->pp, day);
    return f ? kept(l, f->value) : "";
}

static void rates_add(struct lines *l, const struct group *g, const struct order *o, date day)
{
    if (l->n == l->room) {
        size_t room = l->room ? 2 * l->room : 64;
        l->rates = arena_grow(l->arena, l->rates, l->n * sizeof *l->rates, room * sizeof *l->rates);
        l->room  = room;
    }
    struct employer_rates *r = &l->rates[l->n++];
    *r                       = (struct employer_rates){
                              .employer = kept(l, o->row->employer),
                              .employee = kept(l, o->row->employee),
                              .nino     = nino_of(l, g, day),
                              .made     = o->row->made,
                              .from     = o->row->starts,
                              .protect  = "",
    };
    for (int p = 0; p < PERIODS; p++)
        r->of[p] = o->rates.of[p];
    if (o->scheme == SCHEME_1993) {
        char fixed[MONEY_TEXT];
        r->protect = arena_print(l->arena, "%s a week", money_text(o->row->protect, fixed));
    } else if (!o->forces) {
        ratio share = order_law(g, day)->protected_proportion;
        r->protect  = arena_print(l->arena, "%lld%%", (long long)(share.n * 100 / share.d));
    }
}

bool order_rates_write(const struct setting *s, const char *employer, FILE *to, struct fail *fail)
{
    struct sql_earnings_order_families_row *families;
    struct lines lines  = { .arena = s->arena };
    struct arena family = { 0 };
    struct setting one  = *s;
    size_t n;

    one.arena = &family;
    if (!sql_earnings_order_families(s->store, s->arena, &families, &n, fail)) return false;
    bool fine = true;
    for (size_t i = 0; fine && i < n; i++) {
        struct group g;
        struct order_list l = { .n = 0 };
        arena_reset(&family);
        fine = group_load_record(s->store, &family, families[i].pp, KNOWN_NOW, &g, fail) &&
               order_read(&one, &g, s->today, &l, fail);
        for (size_t k = 0; fine && k < l.n; k++)
            if (!employer || !*employer || !strcmp(employer, l.at[k].row->employer))
                rates_add(&lines, &g, &l.at[k], s->today);
    }
    fine = fine && employer_rates_write(to, lines.rates, lines.n, fail);
    arena_free(&family);
    return fine;
}

static void request_add(struct lines *l, const struct group *g, const struct request_now *now,
                        date day)
{
    const struct sql_group_people_row *payer = group_person(g, g->pp);

    l->requests[l->n++] = (struct benefit_request_line){
        .reference = payer ? kept(l, payer->ref) : "",
        .nino      = nino_of(l, g, day),
        .benefit   = benefit_name(now->benefit),
        .purpose   = request_purpose_name(now->request.purpose),
        .from      = now->row->starts,
        .week      = now->request.week,
        .amount    = now->request.amount,
        .period    = benefit_is_monthly(now->benefit) ? "monthly" : "weekly",
    };
}

bool order_requests_write(const struct setting *s, FILE *to, struct fail *fail)
{
    struct sql_benefit_request_families_row *families;
    struct lines lines  = { .arena = s->arena };
    struct arena family = { 0 };
    struct setting one  = *s;
    size_t n;

    one.arena = &family;
    if (!sql_benefit_request_families(s->store, s->arena, &families, &n, fail)) return false;
    lines.requests = ARENA_MANY(s->arena, struct benefit_request_line, n + 1);
    bool fine      = true;
    for (size_t i = 0; fine && i < n; i++) {
        struct group g;
        struct request_now now;
        arena_reset(&family);
        fine = group_load_record(s->store, &family, families[i].pp, KNOWN_NOW, &g, fail) &&
               request_read(&one, families[i].pp, KNOWN_NOW, s->today, &now, fail);
        if (fine && now.row) request_add(&lines, &g, &now, s->today);
    }
    fine = fine && benefit_request_write(to, lines.requests, lines.n, fail);
    arena_free(&family);
    return fine;
}
