/* debit.c: Direct Debit instructions, and the file of collections. */
#include "app/debit.h"

#include "app/account.h"
#include "app/chunk.h"
#include "app/collect.h"
#include "app/day.h"
#include "app/debit_work.h"
#include "app/job.h"
#include "app/stop.h"
#include "feed/bacs_text.h"
#include "law/working_day.h"

#include <stdlib.h>
#include <string.h>

enum { FAMILIES = 1000 };

static const char *const state_words[] = { "none", "asked", "lodged", "cancelled", "ending" };

const char *instruction_word(enum instruction_state state)
{
    return state_words[state];
}

static enum instruction_state state_find(const char *word)
{
    for (int i = INSTRUCTION_ASKED; i <= INSTRUCTION_ENDING; i++)
        if (!strcmp(state_words[i], word)) return (enum instruction_state)i;
    return INSTRUCTION_NONE;
}

static struct instruction instruction_of(const struct sql_instruction_list_row *row)
{
    struct instruction i = {
        .state = state_find(row->state), .day = row->day, .name = row->name, .why = row->why
    };
    snprintf(i.account.sort_code, sizeof i.account.sort_code, "%s", row->sort_code);
    snprintf(i.account.number, sizeof i.account.number, "%s", row->account);
    return i;
}

bool instruction_load(struct store *store, struct arena *arena, int64_t pp, struct instruction *i,
                      struct fail *fail)
{
    struct sql_instruction_list_row *rows;
    size_t n;

    *i = (struct instruction){ .name = "", .why = "" };
    if (!sql_instruction_list(store, &(struct sql_instruction_list_in){ .pps = { &pp, 1 } }, arena,
                              &rows, &n, fail))
        return false;
    if (n) *i = instruction_of(&rows[n - 1]);
    return true;
}

/* --- the collections of one family --- */

struct collecting {
    struct setting setting;
    bool inside, only_again;
    struct debit_result *result;
    int64_t batch;
    date processing; /* the day on which all of this file is collected */
    struct office office;
};

/* What is known of a family's Direct Debit besides its group. */
struct debtor {
    const char *reference; /* the paying parent's */
    int64_t letter_last;   /* the number of the family's newest letter */
    struct instruction instruction;
    const struct sql_debit_notice_list_row *notices;
    size_t notice_count;
    struct sql_debit_notice_list_row given; /* in this run */
    bool has_given;
    struct sql_group_people_row *people;
    size_t people_count;
    bool has_collected;
    date collected;
    bool has_again; /* a collection is to be presented once more */
    struct sql_debit_again_list_row again;
    bool first;          /* nothing was collected under the instruction yet */
    struct taken *taken; /* by orders and requests; NULL: there never were any */
};

static money instalment_open(const struct group *g, const struct outstanding *items,
                             const struct sql_instalment_list_row *r, money amount)
{
    money open = MONEY_NONE;

    if (!group_is_closed(g, r) && !account_is_charged(g, r->id)) return amount;
    for (size_t i = 0; i < items->n; i++)
        if (items->at[i].instalment == r->id && items->at[i].kind <= ITEM_FEE)
            open = money_add(open, item_outstanding(&items->at[i]));
    return money_min(open, amount);
}

static bool is_collected(const struct group *g, const struct sql_instalment_list_row *r)
{
    return group_service(g, r->arrangement, r->due) == SERVICE_COLLECT_AND_PAY;
}

bool due_was_left(const struct group *g, const struct taken *taken, date from, date until)
{
    for (size_t i = 0; taken && i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (!date_before(r->due, from) && date_before(r->due, until) && is_collected(g, r) &&
            money_is_owed(r->amount) && taken_left(taken, g, r->due, r->amount).p == 0)
            return true;
    }
    return false;
}

bool due_next(const struct group *g, const struct outstanding *items, const struct taken *taken,
              date from, struct due *due)
{
    *due = (struct due){ .day = DATE_OPEN };
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (date_before(r->due, from) || date_before(due->day, r->due) || !is_collected(g, r))
            continue;
        money left   = taken_left(taken, g, r->due, r->amount);
        money amount = money_add(left, collect_fee(g, r, left));
        if (left.p == 0 && money_is_owed(r->amount)) continue;
        if (date_before(r->due, due->day)) *due = (struct due){ .day = r->due };
        due->amount = money_add(due->amount, amount);
        due->open   = money_add(due->open, instalment_open(g, items, r, amount));
    }
    return date_before(due->day, DATE_OPEN);
}

/* The notice that holds for what falls due on a day, given under the instruction that holds; NULL
 * if there is none. */
static const struct sql_debit_notice_list_row *notice_for(const struct group *g,
                                                          const struct debtor *d, date due)
{
    const struct sql_debit_notice_list_row *found = NULL;

    for (size_t i = 0; i < d->notice_count; i++)
        if (!date_before(due, d->notices[i].due_from) &&
            !date_before(d->notices[i].day, d->instruction.day) &&
            !due_was_left(g, d->taken, d->notices[i].due_from, due))
            found = &d->notices[i];
    if (d->has_given && !date_before(due, d->given.due_from) &&
        !due_was_left(g, d->taken, d->given.due_from, due))
        found = &d->given;
    return found;
}

/* Law in force where the family's first arrangement is. */
static const struct law *law_for(const struct group *g, date day)
{
    enum jurisdiction j = g->arrangement_count ? (enum jurisdiction)g->arrangements[0].jurisdiction
                                               : JURISDICTION_GREAT_BRITAIN;
    return law_at(j, day);
}

/* Notice is given by being posted; false if it cannot be: then nothing is collected. */
static bool notice_give(struct collecting *c, struct verb *v, const struct group *g,
                        struct debtor *d, const struct due *due)
{
    int32_t days                         = law_for(g, v->today)->debit_notice_days;
    struct sql_debit_notice_insert_in in = {
        .pp       = v->pp,
        .event    = v->seq,
        .due_from = due->day,
        .day      = v->today,
        .amount   = due->amount,
        .earliest = working_day_add(HOLIDAY_BACS, v->today, days),
    };
    struct debit_letter letter = {
        .notice       = &in,
        .account_name = d->instruction.name,
        .account      = d->instruction.account.number,
        .days         = days,
        .office       = &c->office,
        .last         = &d->letter_last,
        .taken        = d->taken,
    };
    struct fail ignored = { 0 };

    if (!group_fact(g, FACT_ADDRESS, g->pp, v->today) ||
        !debit_letter_add(v, g, &letter, &ignored)) {
        c->result->not_told++;
        return false;
    }
    verb_add(v, DRAFT_DEBIT_NOTICE, &in);
    d->has_given = true;
    d->given =
        (struct sql_debit_notice_list_row){ in.pp, in.due_from, in.day, in.amount, in.earliest };
    out_text(&v->about, "; notice of Direct Debit: ");
    out_money(&v->about, due->amount);
    c->result->notices++;
    return true;
}

static void row_add(const struct collecting *c, struct verb *v, const struct debtor *d,
                    struct sql_payment_insert_in in)
{
    char *reference = arena_take(v->arena, BACS_TEXT + 1);

    bacs_text_clean(d->reference, reference, BACS_TEXT);
    in.pp         = v->pp;
    in.batch      = c->batch;
    in.event      = v->seq;
    in.processing = c->processing;
    in.sort_code  = arena_text(v->arena, d->instruction.account.sort_code, SORT_CODE_DIGITS);
    in.account    = arena_text(v->arena, d->instruction.account.number, ACCOUNT_DIGITS);
    in.name       = d->instruction.name;
    in.reference  = reference;
    verb_add(v, DRAFT_PAYMENT, &in);
}

/* The instruction changes its state, and the bank hears of it by a line of a kind. */
static void instruction_tell(const struct collecting *c, struct verb *v, const struct debtor *d,
                             enum payment_kind kind)
{
    struct sql_instruction_insert_in i = {
        .pp        = v->pp,
        .event     = v->seq,
        .day       = v->today,
        .state     = state_words[d->instruction.state],
        .sort_code = arena_text(v->arena, d->instruction.account.sort_code, SORT_CODE_DIGITS),
        .account   = arena_text(v->arena, d->instruction.account.number, ACCOUNT_DIGITS),
        .name      = d->instruction.name,
        .why       = d->instruction.why,
    };
    row_add(c, v, d, (struct sql_payment_insert_in){ .kind = kind, .due = c->processing });
    verb_add(v, DRAFT_INSTRUCTION, &i);
}

static void lodge(const struct collecting *c, struct verb *v, struct debtor *d)
{
    d->instruction.state = INSTRUCTION_LODGED;
    d->instruction.day   = v->today;
    d->first             = true;
    instruction_tell(c, v, d, PAYMENT_LODGE);
    out_text(&v->about, "Direct Debit instruction sent to the bank");
    c->result->lodged++;
}

static void cancel(const struct collecting *c, struct verb *v, struct debtor *d)
{
    d->instruction.state = INSTRUCTION_CANCELLED;
    d->instruction.day   = v->today;
    instruction_tell(c, v, d, PAYMENT_CANCEL);
    out_text(&v->about, "The bank is told that the Direct Debit instruction has ended");
    c->result->cancelled++;
}

/* The same amount as the first time; not at all, if less than it is owed by now. */
static void present_again(const struct collecting *c, struct verb *v, const struct debtor *d,
                          const struct balances *b)
{
    bool owed    = d->again.amount.p <= b->group.owed.p;
    money amount = owed ? d->again.amount : MONEY_NONE;

    row_add(c, v, d,
            (struct sql_payment_insert_in){
                .kind = PAYMENT_AGAIN, .amount = amount, .due = d->again.due });
    c->result->collections += owed;
    if (v->about.length) out_text(&v->about, "; ");
    out_text(&v->about, owed ? "An unpaid collection is presented again: "
                             : "An unpaid collection is not presented again, less is owed: ");
    out_money(&v->about, d->again.amount);
}

/* Takes everything due that may be collected with this file; gives notice of what will be. */
static money dues_collect(struct collecting *c, struct verb *v, const struct group *g,
                          struct debtor *d, date *last)
{
    const struct law *law = law_for(g, v->today);
    date lead = working_day_add(HOLIDAY_BACS, c->processing, law->debit_notice_days + 1);
    date from = d->instruction.day;
    struct outstanding items = account_items(g, v->today, v->arena);
    money sum                = MONEY_NONE;
    struct due due;

    if (d->has_collected && !date_before(d->collected, from)) from = date_add_days(d->collected, 1);
    for (; due_next(g, &items, d->taken, from, &due); from = date_add_days(due.day, 1)) {
        const struct sql_debit_notice_list_row *n = notice_for(g, d, due.day);
        date nominal                              = working_day_next(HOLIDAY_BACS, due.day);
        if (date_before(lead, nominal)) break;
        if (due.open.p == 0 && !date_before(c->processing, nominal)) {
            *last = due.day; /* paid in another way */
            continue;
        }
        if ((!n || n->amount.p != due.amount.p) && !notice_give(c, v, g, d, &due)) break;
        if (date_before(c->processing, nominal)) break;
        if (!n || n->amount.p != due.amount.p || date_before(c->processing, n->earliest)) {
            c->result->waiting++;
            break;
        }
        sum   = money_add(sum, due.open);
        *last = due.day;
    }
    return sum;
}

static void family_collect(struct collecting *c, struct chunk *chunk, struct family *f,
                           struct debtor *d)
{
    const struct group *g = &f->group;
    date today = chunk->setting.today, last = { 0 };
    struct balances b =
        balance_fold(g->entries, g->entry_count, today, today, chunk->setting.arena);
    struct verb v;

    if (d->instruction.state == INSTRUCTION_NONE || d->instruction.state == INSTRUCTION_CANCELLED)
        return;
    f->group.people       = d->people;
    f->group.people_count = d->people_count;
    chunk_open(chunk, f, "collect",
               arena_print(chunk->setting.arena, "collect %lld", (long long)c->batch), &v);
    if (d->instruction.state == INSTRUCTION_ENDING) {
        cancel(c, &v, d);
        chunk_close(chunk, f, &v);
        return;
    }
    if (d->instruction.state == INSTRUCTION_ASKED) lodge(c, &v, d);
    money sum    = dues_collect(c, &v, g, d, &last);
    money credit = b.group.account[ACCOUNT_PP_CREDIT];
    if (last.d != 0) {
        if (money_is_owed(credit)) sum = money_max(money_subtract(sum, credit), MONEY_NONE);
        row_add(c, &v, d,
                (struct sql_payment_insert_in){
                    .kind = d->first ? PAYMENT_FIRST : PAYMENT_DEBIT, .amount = sum, .due = last });
        c->result->collections += money_is_owed(sum);
        out_text(&v.about, v.about.length ? "; to be collected: " : "To be collected: ");
        out_money(&v.about, sum);
    }
    if (d->has_again) present_again(c, &v, d, &b);
    if (v.about.length) chunk_close(chunk, f, &v);
}

/* --- the run --- */

/* Fills one debtor for each family of the chunk. */
static bool debtors_load(const struct setting *s, struct store_ints pps, struct debtor *debtors,
                         struct fail *fail)
{
    struct sql_instruction_list_row *instructions;
    struct sql_debit_notice_list_row *notices;
    struct sql_collected_list_row *collected;
    struct sql_group_people_row *people;
    struct sql_letter_lasts_row *letters;
    struct sql_debit_again_list_row *again;
    size_t in, nn, cn, pn, ln, an, i = 0, n = 0, c = 0, p = 0, l = 0, a = 0;

    if (!sql_instruction_list(s->store, &(struct sql_instruction_list_in){ .pps = pps }, s->arena,
                              &instructions, &in, fail) ||
        !sql_debit_notice_list(s->store, &(struct sql_debit_notice_list_in){ .pps = pps }, s->arena,
                               &notices, &nn, fail) ||
        !sql_collected_list(s->store, &(struct sql_collected_list_in){ .pps = pps }, s->arena,
                            &collected, &cn, fail) ||
        !sql_debit_again_list(s->store, &(struct sql_debit_again_list_in){ .pps = pps }, s->arena,
                              &again, &an, fail) ||
        !sql_letter_lasts(s->store, &(struct sql_letter_lasts_in){ .pps = pps }, s->arena, &letters,
                          &ln, fail) ||
        !sql_group_people(s->store, &(struct sql_group_people_in){ .pps = pps }, s->arena, &people,
                          &pn, fail))
        return false;
    for (size_t k = 0; k < pps.n; k++) {
        struct debtor *d = &debtors[k];
        d->people        = people + p;
        for (; p < pn && people[p].pp <= pps.at[k]; p++, d->people_count++)
            if (people[p].id == pps.at[k]) d->reference = people[p].ref;
        for (; l < ln && letters[l].pp <= pps.at[k]; l++)
            if (letters[l].pp == pps.at[k]) d->letter_last = letters[l].id;
        while (i < in && instructions[i].pp == pps.at[k])
            d->instruction = instruction_of(&instructions[i++]);
        d->notices = notices + n;
        while (n < nn && notices[n].pp == pps.at[k])
            n++, d->notice_count++;
        if (c < cn && collected[c].pp == pps.at[k]) {
            d->has_collected = collected[c].has_due;
            d->collected     = collected[c++].due;
        }
        for (; a < an && again[a].pp <= pps.at[k]; a++)
            if (again[a].pp == pps.at[k] &&
                (d->has_again = !again[a].done && !date_before(again[a].day, d->instruction.day)))
                d->again = again[a];
        d->first = !d->has_collected || date_before(d->collected, d->instruction.day);
    }
    return true;
}

static bool taken_fill(const struct setting *s, struct store_ints pps, struct debtor *debtors,
                       struct fail *fail)
{
    struct taken *taken = ARENA_MANY(s->arena, struct taken, pps.n);

    if (!taken_load_many(s->store, s->arena, pps, taken, fail)) return false;
    for (size_t i = 0; i < pps.n; i++)
        if (taken[i].order_count || taken[i].request_count) debtors[i].taken = &taken[i];
    return true;
}

static bool collect_chunk(struct collecting *c, int64_t *after, size_t *n, struct fail *fail)
{
    struct sql_instruction_families_row *rows;
    const struct setting *s                 = &c->setting;
    struct sql_instruction_families_in next = { .after = *after, .most = FAMILIES };
    struct chunk chunk;

    if (!sql_instruction_families(s->store, &next, s->arena, &rows, n, fail) || *n == 0)
        return *n == 0;
    int64_t *pps           = ARENA_MANY(s->arena, int64_t, *n);
    struct debtor *debtors = ARENA_MANY(s->arena, struct debtor, *n);
    for (size_t i = 0; i < *n; i++)
        pps[i] = rows[i].pp;
    struct store_ints all = { pps, *n };
    if (!office_load(s->store, s->arena, &c->office, fail) ||
        !debtors_load(s, all, debtors, fail) || !taken_fill(s, all, debtors, fail) ||
        !chunk_load(&chunk, s, all, fail))
        return false;
    for (size_t i = 0; i < chunk.n; i++)
        if (!date_before(s->today, chunk.families[i].head.day) && !chunk.families[i].is_aside)
            family_collect(c, &chunk, &chunk.families[i], &debtors[i]);
    *after = pps[*n - 1];
    return batch_nothing_new(c->only_again, &chunk, fail) && chunk_write(&chunk, fail);
}

static bool collect_chunks(struct collecting *c, struct fail *fail)
{
    struct store *store = c->setting.store;
    int64_t after       = 0, next;
    size_t n;
    bool fine;
    int tries = 0;

    do {
        struct debit_result before = *c->result;
        arena_reset(c->setting.arena);
        next = after;
        fine = part_begin(store, c->inside, fail) && stop_check(store, fail) &&
               batch_hold(&c->setting, c->batch, fail) && collect_chunk(c, &next, &n, fail) &&
               part_commit(store, c->inside, fail);
        part_undo(store, c->inside);
        if (fine)
            after = next, tries = 0;
        else
            *c->result = before;
    } while (fine ? n > 0 : part_again(store, c->inside, fail, &tries));
    return fine;
}

/* A file that was made: one that was cut off, or, when nothing is new, today's. */
static bool batch_again(struct collecting *c, int64_t last, struct fail *fail)
{
    struct sql_pay_batch_get_row row;
    bool found;

    if (!sql_pay_batch_get(c->setting.store, &(struct sql_pay_batch_get_in){ .id = last },
                           c->setting.arena, &row, &found, fail))
        return false;
    if (!found || (!c->result->cut_off && !date_same(row.made, c->setting.today))) return true;
    c->result->batch       = last;
    c->result->again       = true;
    c->result->collections = (size_t)row.number;
    c->result->amount      = row.amount;
    return true;
}

bool debit_collect(const struct setting *s, struct debit_run run, struct debit_result *result,
                   struct fail *fail)
{
    bool inside         = run.inside;
    struct arena arena  = { .limit = (size_t)4 << 30 };
    struct collecting c = {
        .setting = *s, .inside = inside, .only_again = run.only_again, .result = result
    };
    const struct law *law            = law_at(JURISDICTION_GREAT_BRITAIN, s->today);
    struct sql_payment_sums_row sums = { 0 };
    struct sender sender;
    int64_t last = 0;

    *result         = (struct debit_result){ .batch = 0 };
    c.setting.arena = &arena;
    if (!law) return REFUSE(fail, "before_scheme", "The scheme had not opened on that day.");
    c.processing                      = working_day_after_input(s->today, law->debit_input_days);
    struct sql_pay_batch_insert_in in = {
        .kind = BATCH_COLLECTIONS, .format = "bacs", .made = s->today, .processing = c.processing
    };
    bool fine = stop_check(s->store, fail) && job_day_open(&c.setting, DAY_JOB, fail) &&
                debit_settle(s, inside, fail) && sender_load(s->store, &arena, &sender, fail) &&
                (sender.by_file ||
                 REFUSE(fail, "sender_missing",
                        "Collections need a service user number and our account: upkeep pay --user "
                        "NUMBER --account \"01-02-03 12345678 NAME\".")) &&
                batch_open(&c.setting, inside, &in, &c.batch, &last, fail);
    if (fine && !c.batch) {
        result->cut_off = true;
        fine            = batch_again(&c, last, fail);
    } else if (fine) {
        fine = collect_chunks(&c, fail) && batch_close(&c.setting, inside, c.batch, &sums, fail);
    }
    if (fine && sums.number) {
        result->batch  = c.batch;
        result->amount = sums.amount;
    } else if (fine && last && !result->cut_off) {
        fine = batch_again(&c, last, fail);
    }
    arena_free(&arena);
    return fine;
}
