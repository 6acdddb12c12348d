/* order_file.c: orders and requests of every family, chunk by chunk. */
#include "app/order_file.h"

#include "app/access.h"
#include "feed/deduction_write.h"

#include <string.h>

enum { FAMILIES = 1000 };

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
                              .nino     = access_nino(g, DISCLOSURE_READER_EMPLOYER, day, l->arena),
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

/* What is read of a chunk of families: their groups, and the lines that come of them. */
struct chapter {
    struct setting setting; /* its arena is the chunk's */
    struct store_ints pps;
    struct group *groups; /* of each */
    const char *employer; /* NULL: of all */
};
typedef bool chapter_add(struct lines *l, const struct chapter *c, struct fail *fail);

/* All families, chunk by chunk. */
static bool families_walk(const struct setting *s, struct store_ints all, const char *employer,
                          chapter_add *add, struct lines *l, struct fail *fail)
{
    struct arena arena = { 0 };
    bool fine          = true;

    for (size_t i = 0; fine && i < all.n; i += FAMILIES) {
        size_t n         = all.n - i < FAMILIES ? all.n - i : FAMILIES;
        struct chapter c = { .setting = *s, .pps = { all.at + i, n }, .employer = employer };
        arena_reset(&arena);
        c.setting.arena = &arena;
        c.groups        = ARENA_MANY(&arena, struct group, n);
        fine = group_load_records(s->store, &arena, c.pps, c.groups, fail) && add(l, &c, fail);
    }
    arena_free(&arena);
    return fine;
}

static bool rates_of(struct lines *l, const struct chapter *c, struct fail *fail)
{
    const struct setting *s              = &c->setting;
    struct sql_earnings_order_list_in in = { .pps = c->pps, .known = KNOWN_NOW };
    struct sql_earnings_order_list_row *rows;
    size_t n;

    if (!sql_earnings_order_list(s->store, &in, s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0, from = 0, to; i < c->pps.n; i++, from = to) {
        const struct group *g = &c->groups[i];
        for (to = from; to < n && rows[to].pp == g->pp; to++)
            continue;
        struct order_list o = order_list_of(g, rows + from, to - from, s->today, s->arena);
        for (size_t k = 0; k < o.n; k++)
            if (!c->employer || !strcmp(c->employer, o.at[k].row->employer))
                rates_add(l, g, &o.at[k], s->today);
    }
    return true;
}

bool order_rates_write(const struct setting *s, const char *employer, FILE *to, struct fail *fail)
{
    struct sql_earnings_order_families_row *families;
    struct lines lines = { .arena = s->arena };
    size_t n;

    if (!sql_earnings_order_families(s->store, s->arena, &families, &n, fail)) return false;
    int64_t *pps = ARENA_MANY(s->arena, int64_t, n);
    for (size_t i = 0; i < n; i++)
        pps[i] = families[i].pp;
    return families_walk(s, (struct store_ints){ pps, n }, employer && *employer ? employer : NULL,
                         rates_of, &lines, fail) &&
           employer_rates_write(to, lines.rates, lines.n, fail);
}

static void request_add(struct lines *l, const struct group *g, const struct request_now *now,
                        date day)
{
    const struct sql_group_people_row *payer = group_person(g, g->pp);

    l->requests[l->n++] = (struct benefit_request_line){
        .reference = payer ? kept(l, payer->ref) : "",
        .nino      = access_nino(g, DISCLOSURE_READER_BENEFIT_OFFICE, day, l->arena),
        .benefit   = benefit_name(now->benefit),
        .purpose   = request_purpose_name(now->request.purpose),
        .from      = now->row->starts,
        .week      = now->request.week,
        .amount    = now->request.amount,
        .period    = benefit_is_monthly(now->benefit) ? "monthly" : "weekly",
    };
}

static bool requests_of(struct lines *l, const struct chapter *c, struct fail *fail)
{
    const struct setting *s               = &c->setting;
    struct sql_benefit_request_list_in in = { .pps = c->pps, .known = KNOWN_NOW };
    struct sql_benefit_request_list_row *rows;
    size_t n;

    if (!sql_benefit_request_list(s->store, &in, s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0, from = 0, to; i < c->pps.n; i++, from = to) {
        const struct group *g = &c->groups[i];
        for (to = from; to < n && rows[to].pp == g->pp; to++)
            continue;
        struct request_now now = request_of(rows + from, to - from, s->today);
        if (now.row) request_add(l, g, &now, s->today);
    }
    return true;
}

bool order_requests_write(const struct setting *s, FILE *to, struct fail *fail)
{
    struct sql_benefit_request_families_row *families;
    struct lines lines = { .arena = s->arena };
    size_t n;

    if (!sql_benefit_request_families(s->store, s->arena, &families, &n, fail)) return false;
    int64_t *pps   = ARENA_MANY(s->arena, int64_t, n);
    lines.requests = ARENA_MANY(s->arena, struct benefit_request_line, n + 1);
    for (size_t i = 0; i < n; i++)
        pps[i] = families[i].pp;
    return families_walk(s, (struct store_ints){ pps, n }, NULL, requests_of, &lines, fail) &&
           benefit_request_write(to, lines.requests, lines.n, fail);
}
