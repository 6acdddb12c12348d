/* case_prove.c: what a line of an account stands on; a receipt and its uses; the chart of accounts.
 */
#include "app/prove.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

struct pairs {
    struct view_pair *at;
    int32_t n;
};

static void pair_add(struct pairs *p, const char *label, const char *text, const char *link)
{
    p->at[p->n++] = (struct view_pair){ .label = label, .text = text, .link = link };
}

/* ---- one line ---- */

/* Where a row of a proof opens into.  From a receiving parent's proof only other lines of theirs
 * do. */
static const char *proof_link(struct request *r, int64_t pp, int64_t arrangement,
                              const struct proof_row *row)
{
    long long family = pp, id = row->id;

    if (row->link == PROOF_LINE)
        return arena_print(r->arena, "/case/%lld/entry/%lld?arrangement=%lld", family, id,
                           (long long)arrangement);
    if (arrangement) return "";
    switch (row->link) {
    case PROOF_DECISION: return arena_print(r->arena, "/case/%lld/decision/%lld", family, id);
    case PROOF_RECEIPT: return arena_print(r->arena, "/case/%lld/receipt/%lld", family, id);
    case PROOF_EVENT: return arena_print(r->arena, "/case/%lld/timeline", family);
    case PROOF_LINE:
    case PROOF_NO_LINK: break;
    }
    return "";
}

static void proof_fill(struct request *r, int64_t pp, int64_t arrangement,
                       const struct proof *proof, struct page_case_entry *p)
{
    struct view_proof_part *parts = ARENA_MANY(r->arena, struct view_proof_part, proof->n + 1);

    for (size_t i = 0; i < proof->n; i++) {
        const struct proof_part *part = &proof->parts[i];
        struct pairs rows             = { ARENA_MANY(r->arena, struct view_pair, part->n + 1), 0 };
        for (size_t k = 0; k < part->n; k++)
            pair_add(&rows, part->rows[k].label, part->rows[k].text,
                     proof_link(r, pp, arrangement, &part->rows[k]));
        parts[i] =
            (struct view_proof_part){ .title = part->title, .rows = rows.at, .rows_count = rows.n };
    }
    p->parts       = parts;
    p->parts_count = (int32_t)proof->n;
}

void case_entry(struct request *r)
{
    struct case_view v;
    struct proof proof;
    struct fail f       = { 0 };
    int64_t id          = case_number(r->params[1]);
    int64_t arrangement = 0;

    if (!case_open(r, &v)) return;
    if (form_has(&r->form, FORM_CASE_DAYS_ARRANGEMENT))
        arrangement = form_count(&r->form, FORM_CASE_DAYS_ARRANGEMENT);
    if ((arrangement && !group_arrangement(&v.g, arrangement)) || !id) {
        respond_missing(r);
        return;
    }
    if (!prove_line(r->store, r->arena, v.g.pp, arrangement, id, &proof, &f)) {
        if (f.kind == FAIL_REFUSED)
            respond_missing(r);
        else
            respond_fail(r, &f);
        return;
    }
    const char *name = arrangement ? case_receiver(&v.g, arrangement, r->arena) : v.family.name;
    struct page_case_entry p = {
        .c        = v.family,
        .id       = id,
        .sentence = proof.line.sentence.text[LETTER_ENGLISH],
        .change   = proof.line.change.p
                        ? arena_print(r->arena, "%s.", case_change(r->arena, proof.line.change))
                        : "It changes nothing of what is owed.",
        .reader   = arena_print(r->arena, "of %s", name),
        .back     = arena_print(r->arena, "/case/%lld/account?arrangement=%lld", (long long)v.g.pp,
                                (long long)arrangement),
        .holds    = proof.holds,
    };
    proof_fill(r, v.g.pp, arrangement, &proof, &p);
    page_case_entry(&r->out, frame_of(r), &p);
}

/* ---- one receipt ---- */

static void receipt_pairs(struct request *r, const struct sql_receipt_list_row *row,
                          struct pairs *p)
{
    static const char *const how[][2] = { { "reference", "The reference the payer wrote" },
                                          { "account", "The account it came from, known already" },
                                          { "returned", "The payment the bank took back" },
                                          { "online", "A payment online by card" } };
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

/* A row opens as a line of the account it stands on: the paying parent's, else the receiving
 * parent's; "" for one that stands on neither. */
static const char *line_link(struct request *r, const struct group *g, size_t row)
{
    const struct entry *e = &g->entries[row];
    int64_t reader        = statement_shows(e, 0) ? 0 : e->about.arrangement;

    if (!statement_shows(e, reader)) return "";
    return arena_print(r->arena, "/case/%lld/entry/%lld?arrangement=%lld", (long long)g->pp,
                       (long long)g->rows[row].id, (long long)reader);
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
                    .link     = line_link(r, &v.g, k),
                };
        page_case_receipt(&r->out, frame_of(r), &p);
        return;
    }
    respond_missing(r);
}

/* ---- the chart of accounts ---- */

void case_chart(struct request *r)
{
    struct view_chart_row *rows = ARENA_MANY(r->arena, struct view_chart_row, ACCOUNT_COUNT);

    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        rows[a] = (struct view_chart_row){ .name  = account_name(a),
                                           .kind  = account_type_name(account_type(a)),
                                           .side  = account_is_debit(a) ? "debit" : "credit",
                                           .money = account_owner_name(account_owner(a)),
                                           .rule  = account_cite(a),
                                           .words = account_words(a) };
    struct page_case_chart p = { .rows = rows, .rows_count = ACCOUNT_COUNT };
    frame_of(r)->here        = "bank";
    page_case_chart(&r->out, frame_of(r), &p);
}
