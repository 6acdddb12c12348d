/* prove.c: from a statement's line to its rule, its ledger rows and the event that wrote them.
 * Every text of a row here reaches parents, in Welsh too: every sentence here is said. */
#include "app/prove_part.h"

#include "base/bug.h"

#include <string.h>

/* --- putting a proof together --- */

void proof_part_add(struct proving *p, const char *title)
{
    BUG_UNLESS(p->proof->n < PROOF_PARTS);
    p->proof->parts[p->proof->n++].title = title;
}

void proof_link_add(struct proving *p, const char *label, const char *text, enum proof_link link,
                    int64_t id)
{
    enum { FIRST_ROOM = 8 };
    struct proof_part *part = &p->proof->parts[p->proof->n - 1];

    if (part->n == part->room) {
        size_t room = part->room ? part->room * 2 : FIRST_ROOM;
        part->rows  = arena_grow(p->arena, part->rows, part->n * sizeof *part->rows,
                                 room * sizeof *part->rows);
        part->room  = room;
    }
    part->rows[part->n++] =
        (struct proof_row){ .label = label, .text = text, .link = link, .id = id };
}

void proof_row_add(struct proving *p, const char *label, const char *text)
{
    proof_link_add(p, label, text, PROOF_NO_LINK, 0);
}

void proof_agrees(struct proving *p, bool agrees, const char *yes, const char *no)
{
    proof_row_add(p, agrees ? "Agrees" : "Does not agree", agrees ? yes : no);
    p->proof->holds &= agrees;
}

const char *proof_pounds(struct proving *p, money m)
{
    return money_pounds(m, arena_take(p->arena, MONEY_TEXT));
}

const char *proof_day(struct proving *p, date d)
{
    return date_words(d, arena_take(p->arena, DATE_WORDS));
}

/* --- the line and its rule --- */

static void prove_statement(struct proving *p)
{
    const struct statement_line *l = &p->proof->line;

    proof_part_add(p, "The line");
    proof_row_add(p, "What happened", l->sentence.text[LETTER_ENGLISH]);
    proof_row_add(p, "Counts from", proof_day(p, l->day));
    proof_row_add(p, "Written on", proof_day(p, l->known));
    proof_row_add(p, "Change",
                  l->change.p ? proof_pounds(p, l->change) : "none: it says how money was used");
    proof_row_add(p, "Balance after it", proof_pounds(p, l->owed));
}

static void prove_rule(struct proving *p)
{
    const char *name = reason_cite(p->proof->line.reason);
    enum rule_id id  = rule_find(name);
    enum jurisdiction place =
        p->now.arrangement_count ? (enum jurisdiction)p->now.arrangements[0].jurisdiction : 0;

    proof_part_add(p, "The rule");
    if (id == RULE_NONE) {
        proof_row_add(p, name, "A rule of the service's own books.");
        return;
    }
    proof_row_add(p, name, rule_table[id].title);
    proof_row_add(p, "It says", rule_table[id].english);
    proof_row_add(p, "Law", rule_cite(id, place));
    if (law_mark_unverified(rule_table[id].mark))
        proof_row_add(p, "Take care",
                      "Part of this provision was not read in the original; it must be checked "
                      "before it is relied on.");
}

/* --- the ledger --- */

static void ledger_row(struct proving *p, const struct sql_entry_list_row *r)
{
    const char *text =
        arena_print(p->arena, "%s from %s (%s) to %s (%s)", proof_pounds(p, r->amount),
                    account_name((enum account)r->credit), account_words((enum account)r->credit),
                    account_name((enum account)r->debit), account_words((enum account)r->debit));
    bool own = r->id == p->proof->line.entry;

    proof_link_add(p, arena_print(p->arena, "Row %lld", (long long)r->id), text,
                   own ? PROOF_NO_LINK : PROOF_LINE, r->id);
}

/* The line's row, and the rows of the same event about the same thing: its mirror, its fee. */
static void prove_ledger(struct proving *p)
{
    const struct sql_entry_list_row *own = &p->now.rows[p->row];

    proof_part_add(p, "In the ledger");
    ledger_row(p, own);
    for (size_t i = 0; i < p->now.entry_count; i++) {
        const struct sql_entry_list_row *r = &p->now.rows[i];
        if (r->id != own->id && r->event == own->event && r->arrangement == own->arrangement &&
            r->instalment == own->instalment && r->receipt == own->receipt &&
            statement_shows(&p->now.entries[i], p->arrangement))
            ledger_row(p, r);
    }
    proof_row_add(p, "Pairs",
                  "Each row takes its amount from one account and gives it to another, so the "
                  "accounts always balance. A row is never changed.");
}

/* --- the event --- */

/* A parent is told whether a person or the program did it, not who. */
static const char *actor_words(const struct proving *p, const char *actor)
{
    if (!p->arrangement && !p->parent) return actor;
    if (actor_is_parent(actor)) return "a parent, on their own page";
    if (!strcmp(actor, "day")) return "the program, in the day's run";
    if (!strcmp(actor, "bank")) return "the program, from the bank's file";
    return "a caseworker";
}

static const char *hex(struct proving *p, const void *bytes)
{
    return digest_hex(bytes, arena_take(p->arena, DIGEST_TEXT));
}

static bool prove_event(struct proving *p, struct fail *fail)
{
    int64_t seq = p->now.rows[p->row].event;
    struct sql_event_list_row *events;
    struct fingerprint previous = { { 0 } }, rows, hash;
    size_t n;

    if (!sql_event_list(p->store, &(struct sql_event_list_in){ .pp = p->now.pp, .upto = seq },
                        p->arena, &events, &n, fail) ||
        !event_rows_fingerprint(p->store, p->now.pp, seq, &rows, fail))
        return false;
    if (n == 0 || events[n - 1].seq != seq || events[n - 1].hash.n != sizeof hash.bytes)
        return FAIL(fail, FAIL_INTEGRITY, "no_event",
                    "The event that wrote this row is missing. Run `upkeep check`.");
    const struct sql_event_list_row *e = &events[n - 1];
    if (n > 1 && events[n - 2].hash.n == sizeof previous.bytes)
        memcpy(previous.bytes, events[n - 2].hash.at, sizeof previous.bytes);
    hash        = event_fingerprint(&previous, p->now.pp, e);
    bool agrees = e->rows.n == sizeof rows.bytes && !memcmp(e->rows.at, rows.bytes, e->rows.n) &&
                  !memcmp(e->hash.at, hash.bytes, sizeof hash.bytes);
    proof_part_add(p, "The event that wrote it");
    proof_link_add(p, "Event", arena_print(p->arena, "%lld of this family's chain", (long long)seq),
                   PROOF_EVENT, seq);
    proof_row_add(p, "Done on", proof_day(p, e->day));
    proof_row_add(p, "By", actor_words(p, e->actor));
    if (!p->arrangement && !p->parent)
        proof_row_add(p, "What was done", *e->about ? e->about : e->verb);
    proof_row_add(p, "Its seal", hex(p, e->hash.at));
    proof_row_add(p, "The seal before it", hex(p, previous.bytes));
    proof_agrees(p, agrees,
                 "The rows it wrote and the seal before it give the same seal, worked out again "
                 "just now.",
                 "What it wrote does not give its seal any more: something was changed.");
    return true;
}

/* --- the whole --- */

static bool row_find(struct proving *p, int64_t entry, struct fail *fail)
{
    for (size_t i = 0; i < p->now.entry_count; i++)
        if (p->now.rows[i].id == entry) {
            p->row = i;
            return true;
        }
    return REFUSE(fail, "no_line", "There is no line with that number on this statement.");
}

static bool proving_open(struct proving *p, int64_t pp, int64_t entry, struct fail *fail)
{
    struct statement s;
    struct statement_want want = {
        .pp = pp, .arrangement = p->arrangement, .to = DATE_OPEN, .known_on = DATE_OPEN
    };

    if (!group_load(p->store, p->arena, pp, KNOWN_OPEN - 1, &p->now, fail) ||
        !statement_of(&p->now, &want, p->arena, &s, fail))
        return false;
    const struct statement_line *l = statement_line_of(&s, entry);
    if (!l) return REFUSE(fail, "no_line", "There is no line with that number on this statement.");
    p->proof->line = *l;
    return row_find(p, entry, fail) && group_load(p->store, p->arena, pp, l->event, &p->then, fail);
}

static bool prove(struct proving *p, int64_t pp, int64_t entry, struct fail *fail)
{
    *p->proof = (struct proof){ .holds = true };
    if (!proving_open(p, pp, entry, fail)) return false;
    prove_statement(p);
    prove_rule(p);
    prove_fee(p);
    prove_pay_out(p);
    prove_instalment(p);
    if (!prove_decision(p, fail) || !prove_receipt(p, fail)) return false;
    prove_ledger(p);
    return prove_event(p, fail);
}

bool prove_line(struct store *store, struct arena *arena, int64_t pp, int64_t arrangement,
                int64_t entry, struct proof *proof, struct fail *fail)
{
    struct proving p = {
        .store = store, .arena = arena, .proof = proof, .arrangement = arrangement
    };
    return prove(&p, pp, entry, fail);
}

bool prove_line_for_parent(struct store *store, struct arena *arena, int64_t pp,
                           int64_t arrangement, int64_t entry, struct proof *proof,
                           struct fail *fail)
{
    struct proving p = {
        .store = store, .arena = arena, .proof = proof, .arrangement = arrangement, .parent = true
    };
    return prove(&p, pp, entry, fail);
}
