/* case_account.c: the account line by line, and each line's cause. */
#include "app/statement.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

/* ---- the statement ---- */

static const char *reader_owed(struct request *r, int64_t arrangement, const struct group *g,
                               money owed)
{
    if (!arrangement)
        return owed.p > 0
                   ? arena_print(r->arena, "The paying parent owes %s", case_pounds(r->arena, owed))
               : owed.p < 0 ? arena_print(r->arena, "We owe the paying parent %s",
                                          case_pounds(r->arena, money_negate(owed)))
                            : "Nothing is owed";
    const char *name = case_receiver(g, arrangement, r->arena);
    return owed.p > 0
               ? arena_print(r->arena, "%s is still to get %s", name, case_pounds(r->arena, owed))
           : owed.p < 0 ? arena_print(r->arena, "%s has got %s too much", name,
                                      case_pounds(r->arena, money_negate(owed)))
                        : arena_print(r->arena, "%s has got everything that fell due", name);
}

static void readers_fill(struct request *r, const struct case_view *v, int64_t arrangement,
                         struct page_case_account *p)
{
    struct view_reader_row *rows =
        ARENA_MANY(r->arena, struct view_reader_row, v->g.arrangement_count + 1);

    rows[0] =
        (struct view_reader_row){ .id    = 0,
                                  .label = arena_print(r->arena, "For %s (paying)", v->family.name),
                                  .chosen = arrangement == 0 };
    for (size_t i = 0; i < v->g.arrangement_count; i++)
        rows[i + 1] = (struct view_reader_row){
            .id     = v->g.arrangements[i].id,
            .label  = arena_print(r->arena, "For %s (receiving)",
                                  case_name(&v->g, v->g.arrangements[i].rp, r->arena)),
            .chosen = arrangement == v->g.arrangements[i].id,
        };
    p->readers       = rows;
    p->readers_count = (int32_t)v->g.arrangement_count + 1;
}

/* "in credit £5.00" where a figure is below zero. */
static const char *after_words(struct arena *a, money owed)
{
    return owed.p < 0 ? arena_print(a, "in credit %s", case_pounds(a, money_negate(owed)))
                      : case_pounds(a, owed);
}

static void lines_fill(struct request *r, const struct statement *s, struct page_case_account *p)
{
    struct view_line_row *rows = ARENA_MANY(r->arena, struct view_line_row, s->n + 1);

    for (size_t i = 0; i < s->n; i++)
        rows[i] = (struct view_line_row){
            .day      = s->at[i].day,
            .sentence = s->at[i].sentence.text[LETTER_ENGLISH],
            .cause    = s->at[i].cause.text[LETTER_ENGLISH],
            .change   = s->at[i].change.p ? case_change(r->arena, s->at[i].change) : "",
            .owed     = after_words(r->arena, s->at[i].owed),
            .entry    = s->at[i].entry,
        };
    p->lines       = rows;
    p->lines_count = (int32_t)s->n;
}

void case_account(struct request *r)
{
    struct case_view v;
    struct statement s;
    struct fail f       = { 0 };
    int64_t arrangement = 0;
    date as_at, known_on;

    if (!case_open(r, &v)) return;
    v.family.frozen = case_days(r, &as_at, &known_on);
    if (form_has(&r->form, FORM_CASE_DAYS_ARRANGEMENT))
        arrangement = form_count(&r->form, FORM_CASE_DAYS_ARRANGEMENT);
    if (arrangement && !group_arrangement(&v.g, arrangement)) {
        respond_missing(r);
        return;
    }
    if (!statement_make(r->store, r->arena, v.g.pp, arrangement, as_at, known_on, &s, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_account p = {
        .c           = v.family,
        .as_at       = form_view(&r->form, FORM_CASE_DAYS_AS_AT),
        .known_on    = form_view(&r->form, FORM_CASE_DAYS_KNOWN_ON),
        .arrangement = arrangement ? arena_print(r->arena, "%lld", (long long)arrangement) : "",
        .title       = arrangement ? arena_print(r->arena, "Account of %s",
                                                 case_receiver(&v.g, arrangement, r->arena))
                                   : "Account of the paying parent",
        .owed        = reader_owed(r, arrangement, &v.g, s.owed),
    };
    readers_fill(r, &v, arrangement, &p);
    lines_fill(r, &s, &p);
    page_case_account(&r->out, frame_with_form(r), &p);
}

/* ---- one line ---- */

struct pairs {
    struct view_pair *at;
    int32_t n;
};

static void pair_add(struct pairs *p, const char *label, const char *text, const char *link)
{
    p->at[p->n++] = (struct view_pair){ .label = label, .text = text, .link = link };
}

static void entry_links(struct request *r, const struct case_view *v,
                        const struct sql_entry_list_row *e, struct pairs *p)
{
    struct arena *a = r->arena;
    long long pp    = v->g.pp;

    if (e->arrangement) pair_add(p, "For", case_receiver(&v->g, e->arrangement, a), "");
    for (size_t i = 0; i < v->g.instalment_count; i++) {
        const struct sql_instalment_list_row *t = &v->g.instalments[i];
        if (t->id == e->instalment)
            pair_add(p, "Payment",
                     arena_print(a, "due %s, for %s to %s inclusive", case_day_words(a, t->due),
                                 case_day_words(a, t->cover_from),
                                 case_day_words(a, date_add_days(t->cover_to, -1))),
                     "");
    }
    if (e->decision)
        pair_add(p, "Decision", arena_print(a, "Decision %lld", (long long)e->decision),
                 arena_print(a, "/case/%lld/decision/%lld", pp, (long long)e->decision));
    if (e->receipt)
        pair_add(p, "Receipt", arena_print(a, "Receipt %lld", (long long)e->receipt),
                 arena_print(a, "/case/%lld/receipt/%lld", pp, (long long)e->receipt));
    pair_add(p, "Rule", reason_cite((enum reason)e->reason), "");
    pair_add(p, "Counts from", case_day_words(a, e->day), "");
    pair_add(p, "Written on", case_day_words(a, e->recorded), "");
    if (e->event > 0 && (size_t)e->event <= v->event_count) {
        const struct sql_event_list_row *event = &v->events[e->event - 1];
        pair_add(p, "Written by", event->actor, "");
        pair_add(p, "With",
                 arena_print(a, "Entry %lld of the timeline%s%s", (long long)e->event,
                             *event->about ? ": " : "", case_about(&v->g, event->about, a)),
                 arena_print(a, "/case/%lld/timeline", pp));
    }
}

void case_entry(struct request *r)
{
    enum { PAIRS = 12 };
    struct case_view v;
    int64_t id = case_number(r->params[1]);

    if (!case_open(r, &v)) return;
    for (size_t i = 0; i < v.g.entry_count; i++) {
        const struct sql_entry_list_row *e = &v.g.rows[i];
        if (e->id != id) continue;
        struct pairs pairs = { ARENA_MANY(r->arena, struct view_pair, PAIRS), 0 };
        entry_links(r, &v, e, &pairs);
        struct page_case_entry p = {
            .c           = v.family,
            .id          = id,
            .sentence    = reason_sentence((enum reason)e->reason),
            .amount      = e->amount,
            .taken       = account_words((enum account)e->credit),
            .given       = account_words((enum account)e->debit),
            .pairs       = pairs.at,
            .pairs_count = pairs.n,
        };
        page_case_entry(&r->out, frame_of(r), &p);
        return;
    }
    respond_missing(r);
}

/* ---- one receipt ---- */

static void receipt_pairs(struct request *r, const struct sql_receipt_list_row *row,
                          struct pairs *p)
{
    static const char *const how[][2] = { { "reference", "The reference the payer wrote" },
                                          { "account", "The account it came from, known already" },
                                          { "returned", "The payment the bank took back" } };
    const char *matched               = row->matched_by;

    for (size_t i = 0; i < sizeof how / sizeof *how; i++)
        if (!strcmp(how[i][0], matched)) matched = how[i][1];
    pair_add(p, "Booked by the bank", case_day_words(r->arena, row->booked), "");
    pair_add(p, "From", row->payer_name, "");
    if (*row->payer_account) pair_add(p, "Account", row->payer_account, "");
    if (*row->remittance) pair_add(p, "They wrote", row->remittance, "");
    pair_add(p, "Matched by", matched, "");
    pair_add(p, "The bank's reference", row->bank_ref, "");
}

void case_receipt(struct request *r)
{
    enum { PAIRS = 8 };
    struct case_view v;
    struct fail f = { 0 };
    struct sql_receipt_list_row *rows;
    size_t n;
    int64_t id = case_number(r->params[1]);

    if (!case_open(r, &v)) return;
    if (!sql_receipt_list(r->store,
                          &(struct sql_receipt_list_in){ .pp = v.g.pp, .known = KNOWN_OPEN - 1 },
                          r->arena, &rows, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id != id) continue;
        struct pairs pairs = { ARENA_MANY(r->arena, struct view_pair, PAIRS), 0 };
        struct view_line_row *line =
            ARENA_MANY(r->arena, struct view_line_row, v.g.entry_count + 1);
        struct page_case_receipt p = {
            .c = v.family, .id = id, .amount = rows[i].amount, .lines = line
        };
        receipt_pairs(r, &rows[i], &pairs);
        p.pairs       = pairs.at;
        p.pairs_count = pairs.n;
        for (size_t k = 0; k < v.g.entry_count; k++)
            if (v.g.rows[k].receipt == id)
                line[p.lines_count++] = (struct view_line_row){
                    .day      = v.g.rows[k].day,
                    .sentence = reason_sentence((enum reason)v.g.rows[k].reason),
                    .change   = case_pounds(r->arena, v.g.rows[k].amount),
                    .entry    = v.g.rows[k].id,
                };
        page_case_receipt(&r->out, frame_of(r), &p);
        return;
    }
    respond_missing(r);
}
