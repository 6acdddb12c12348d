/* debit_ask.c: what a caseworker asks of Direct Debit: an end, or an unpaid collection once more.
 */
#include "app/account.h"
#include "app/debit.h"
#include "app/debit_work.h"
#include "law/working_day.h"

#include <string.h>

#define NO_MONEY "refer to payer" /* the reason of ARUDD that allows presenting again */

/* --- the end of an instruction --- */

bool instruction_cancel(const struct setting *s, int64_t pp, const char *why, struct fail *fail)
{
    struct instruction i;
    struct verb v;
    bool done;

    if (!*why)
        return REFUSE(fail, "reason_missing", "Say why the instruction ends."),
               fail_field(fail, "why");
    if (!verb_open(s, pp, "instruction", NULL, &v, &done, fail) ||
        !instruction_load(s->store, s->arena, pp, &i, fail))
        return false;
    if (i.state != INSTRUCTION_ASKED && i.state != INSTRUCTION_LODGED)
        return REFUSE(fail, "instruction_missing",
                      "There is no Direct Debit instruction that could be cancelled.");
    bool lodged                         = i.state == INSTRUCTION_LODGED;
    struct sql_instruction_insert_in in = {
        .pp        = pp,
        .event     = v.seq,
        .day       = s->today,
        .state     = instruction_word(lodged ? INSTRUCTION_ENDING : INSTRUCTION_CANCELLED),
        .sort_code = arena_text(v.arena, i.account.sort_code, SORT_CODE_DIGITS),
        .account   = arena_text(v.arena, i.account.number, ACCOUNT_DIGITS),
        .name      = i.name,
        .why       = why,
    };
    verb_add(&v, DRAFT_INSTRUCTION, &in);
    out_print(&v.about, "Direct Debit instruction cancelled: %s", why);
    return verb_close(&v, fail);
}

/* --- once more --- */

/* Why a collection came back; NULL if it did not. */
static bool came_back(struct store *store, struct arena *arena, int64_t pp,
                      const struct sql_payment_list_row *line, const char **why, struct fail *fail)
{
    const char *key = arena_print(arena, "%s back", debit_key(line->batch, pp, line->kind, arena));
    struct sql_receipt_list_row *rows;
    size_t n;

    *why = NULL;
    if (!sql_receipt_list(store, &(struct sql_receipt_list_in){ .pp = pp, .known = KNOWN_NOW },
                          arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].bank_ref, key)) *why = rows[i].remittance;
    return true;
}

bool debit_last_read(struct store *store, struct arena *arena, int64_t pp, struct debit_last *last,
                     struct fail *fail)
{
    struct sql_payment_list_row *rows;
    struct sql_debit_again_list_row *again;
    struct instruction i;
    size_t n, m;

    *last = (struct debit_last){ 0 };
    if (!sql_payment_list(store, &(struct sql_payment_list_in){ .pp = pp }, arena, &rows, &n,
                          fail) ||
        !sql_debit_again_list(store, &(struct sql_debit_again_list_in){ .pps = { &pp, 1 } }, arena,
                              &again, &m, fail) ||
        !instruction_load(store, arena, pp, &i, fail))
        return false;
    last->pending = m && !again[m - 1].done && !date_before(again[m - 1].day, i.day);
    for (size_t k = 0; k < n; k++) {
        const struct sql_payment_list_row *r = &rows[k];
        if (!payment_is_collection(r->kind) || !money_is_owed(r->amount)) continue;
        if (!last->line) last->line = r;
        if (!date_same(r->due, last->line->due)) break;
        last->times += r->kind == PAYMENT_AGAIN;
        last->first = r->processing;
    }
    return !last->line || came_back(store, arena, pp, last->line, &last->why, fail);
}

static bool again_allowed(const struct setting *s, const struct debit_last *last,
                          const struct instruction *i, struct fail *fail)
{
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, s->today);

    if (i->state != INSTRUCTION_LODGED)
        return REFUSE(fail, "instruction_missing",
                      "There is no Direct Debit instruction at the bank.");
    if (last->pending)
        return REFUSE(fail, "again_already", "It is presented again with the next file already.");
    if (!last->why)
        return REFUSE(fail, "not_unpaid", "The last collection has not come back unpaid.");
    if (strcmp(last->why, NO_MONEY) != 0)
        return REFUSE(fail, "not_for_want_of_money",
                      "It came back because of: %s. Only what came back for want of money may be "
                      "presented again.",
                      last->why);
    if (last->times >= law->debit_again_times)
        return REFUSE(fail, "again_too_often",
                      "It has been presented again as often as is allowed; ask the paying parent "
                      "to pay in another way.");
    if (date_days(last->first, s->today) > law->debit_again_days)
        return REFUSE(fail, "again_too_late",
                      "Too long has passed since it was first presented; ask the paying parent to "
                      "pay in another way.");
    return true;
}

bool debit_again(const struct setting *s, int64_t pp, const char *why, struct fail *fail)
{
    struct instruction i;
    struct debit_last last;
    struct verb v;
    bool done;

    if (!*why)
        return REFUSE(fail, "reason_missing", "Say why it should be paid this time."),
               fail_field(fail, "why");
    if (!verb_open(s, pp, "collect again", NULL, &v, &done, fail) ||
        !instruction_load(s->store, s->arena, pp, &i, fail) ||
        !debit_last_read(s->store, s->arena, pp, &last, fail) || !again_allowed(s, &last, &i, fail))
        return false;
    struct sql_debit_again_insert_in in = {
        .pp     = pp,
        .event  = v.seq,
        .batch  = last.line->batch,
        .kind   = last.line->kind,
        .day    = s->today,
        .due    = last.line->due,
        .amount = last.line->amount,
        .why    = why,
    };
    verb_add(&v, DRAFT_DEBIT_AGAIN, &in);
    out_text(&v.about, "An unpaid collection is to be presented again: ");
    out_money(&v.about, in.amount);
    out_print(&v.about, " (%s)", why);
    return verb_close(&v, fail);
}

/* --- beside deductions --- */

bool debit_beside_read(struct store *store, struct arena *arena, int64_t pp,
                       struct debit_beside beside, const char **words, struct fail *fail)
{
    struct instruction i;

    *words = "";
    if (!instruction_load(store, arena, pp, &i, fail)) return false;
    if (i.state != INSTRUCTION_ASKED && i.state != INSTRUCTION_LODGED) return true;
    *words =
        beside.ends
            ? "There is a Direct Debit instruction: from that day on it collects again what falls "
              "due, after a new notice."
            : arena_print(arena,
                          "There is a Direct Debit instruction: what the %s takes of maintenance "
                          "that falls due while it is in force is not collected by Direct Debit.",
                          beside.what);
    return true;
}

/* --- what comes next --- */

bool debit_next_read(struct store *store, struct arena *arena, const struct group *g, date today,
                     struct debit_next *next, struct fail *fail)
{
    struct outstanding items = account_items(g, today, arena);
    struct sql_debit_notice_list_row *notices;
    struct sql_collected_list_row *collected;
    struct instruction i;
    struct taken taken;
    struct due due;
    size_t n, m;
    int64_t pp = g->pp;

    *next = (struct debit_next){ 0 };
    if (!instruction_load(store, arena, pp, &i, fail) ||
        !taken_load(store, arena, pp, &taken, fail) ||
        !sql_debit_notice_list(store, &(struct sql_debit_notice_list_in){ .pps = { &pp, 1 } },
                               arena, &notices, &n, fail) ||
        !sql_collected_list(store, &(struct sql_collected_list_in){ .pps = { &pp, 1 } }, arena,
                            &collected, &m, fail))
        return false;
    bool is_left = taken_any(&taken, today);
    next->taken  = is_left;
    date from    = i.day;
    if (m && collected[0].has_due && !date_before(collected[0].due, from))
        from = date_add_days(collected[0].due, 1);
    while (due_next(g, &items, &taken, from, &due) && due.open.p == 0)
        from = date_add_days(due.day, 1);
    if (!date_before(due.day, DATE_OPEN)) return true;
    *next = (struct debit_next){ .known  = true,
                                 .taken  = is_left,
                                 .due    = due.day,
                                 .day    = working_day_next(HOLIDAY_BACS, due.day),
                                 .amount = due.open };
    for (size_t k = 0; k < n; k++)
        if (!date_before(due.day, notices[k].due_from) && !date_before(notices[k].day, i.day) &&
            !due_was_left(g, &taken, notices[k].due_from, due.day)) {
            next->told    = notices[k].amount.p == due.amount.p;
            next->told_on = notices[k].day;
            next->day     = date_max(working_day_next(HOLIDAY_BACS, due.day), notices[k].earliest);
        }
    return true;
}
