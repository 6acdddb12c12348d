/* bank_file.c: recording a whole bank statement. */
#include "app/bank_file.h"

#include "app/bank_chain.h"
#include "app/bank_proof.h"
#include "app/debit.h"
#include "app/payment.h"
#include "app/receive_work.h"
#include "app/stop.h"
#include "feed/camt053.h"
#include "feed/statement_csv.h"

#include <stdlib.h>
#include <string.h>

/* Payments are recorded so many at a time: each family of a batch is read and written once. */
enum { BATCH = 4000 };

/* A statement and what its lines were. */
struct stated {
    struct sql_bank_statement_put_in row; /* its id is the bank's, or "ID (2)": see name_find */
    const char *id;                       /* the bank's */
    bool counts;                          /* it has balances */
    bool is_before;                       /* it was read before */
    money booked;                         /* of its receipts, what this reading recorded */
};

/* A fault that waits for its batch: they are told in the order of the lines. */
struct kept_fault {
    int line;
    const char *text;
};

struct reading {
    const struct bank_file *file;
    struct setting setting; /* its arena holds the batch */
    struct bank_taking *taking;
    size_t *told; /* faults that were told, when it is read anew too */
    struct feed_line *lines;
    size_t n;
    struct sql_bank_line_show_in *shows; /* of the batch */
    size_t show_count;
    struct kept_fault *faults; /* of the batch, in any order */
    size_t fault_count, fault_room;
    struct arena kept; /* lives as long as the reading */
    struct stated *statements;
    size_t statement_count, known_count; /* known: held against what was read before */
};

static const char *kept(struct arena *arena, const char *text)
{
    return arena_text(arena, text, strlen(text));
}

/* A statement comes before its lines. */
static void take_statement(void *context, const struct feed_statement *statement)
{
    struct reading *r = context;

    if (r->statement_count == FEED_STATEMENTS_MOST) return;
    if (!r->statements) r->statements = ARENA_MANY(&r->kept, struct stated, FEED_STATEMENTS_MOST);
    const char *id                      = kept(&r->kept, statement->id);
    r->statements[r->statement_count++] = (struct stated){
        .row    = { .account = kept(&r->kept, statement->account),
                    .id      = id,
                    .day     = r->setting.today,
                    .opening = statement->opening,
                    .closing = statement->closing },
        .id     = id,
        .counts = statement->has_balances,
    };
}

/* The lines at fault were not handed on, but the reader has proved the balances with them. */
static void count_faulty(struct sql_bank_statement_put_in *s)
{
    s->faulty = (money){ s->closing.p - s->opening.p - s->receipts.p + s->paid.p -
                         s->collections.p - s->others.p };
}

/* A statement of that name, in the file so far or read before. */
static bool name_taken(const struct reading *r, const struct stated *s, const char *id,
                       struct sql_bank_statement_get_row *was, bool *found, struct fail *fail)
{
    struct sql_bank_statement_get_in which = { .account = s->row.account, .id = id };

    *found = true;
    for (const struct stated *b = r->statements; b < s; b++)
        if (b->counts && !strcmp(b->row.account, s->row.account) && !strcmp(b->row.id, id)) {
            was->opening = b->row.opening;
            was->closing = b->row.closing;
            return true;
        }
    return sql_bank_statement_get(r->setting.store, &which, r->setting.arena, was, found, fail);
}

/* Banks begin to number anew: another statement under a number that was used is kept as "ID (2)".
 * *other: of that number, the newest with other balances. */
static bool name_find(struct reading *r, struct stated *s, struct sql_bank_statement_get_row *other,
                      bool *reused, struct fail *fail)
{
    struct sql_bank_statement_get_row was;

    *reused = false;
    for (int times = 1;; times++) {
        if (times > 1) s->row.id = arena_print(&r->kept, "%s (%d)", s->id, times);
        if (!name_taken(r, s, s->row.id, &was, &s->is_before, fail)) return false;
        if (!s->is_before ||
            (was.opening.p == s->row.opening.p && was.closing.p == s->row.closing.p))
            return true;
        *other  = was;
        *reused = true;
    }
}

static bool refuse_reused(const struct stated *s, const struct sql_bank_statement_get_row *other,
                          struct fail *fail)
{
    char was[2][MONEY_TEXT], is[2][MONEY_TEXT];

    return REFUSE(fail, "statement_differs",
                  "Statement %.35s of account %.34s was read before: then it went from %s to %s, "
                  "now from %s to %s. If the bank corrected it, ask for an entry on its next "
                  "statement instead; another statement of that number must begin where the last "
                  "one read closed.",
                  s->id, s->row.account, money_pounds(other->opening, was[0]),
                  money_pounds(other->closing, was[1]), money_pounds(s->row.opening, is[0]),
                  money_pounds(s->row.closing, is[1]));
}

/* A statement is held against those read before it ahead of its lines. */
static bool know_statement(struct reading *r, struct stated *s, struct fail *fail)
{
    struct feed_statement now = { .id      = s->id,
                                  .account = s->row.account,
                                  .opening = s->row.opening,
                                  .closing = s->row.closing },
                          last, *before = NULL;
    struct sql_bank_statement_get_row other;
    bool reused;

    if (!s->counts) return true;
    if (!name_find(r, s, &other, &reused, fail)) return false;
    if (s->is_before) return true;
    for (const struct stated *b = r->statements; b < s; b++)
        if (b->counts && !b->is_before && !b->row.older &&
            !strcmp(b->row.account, s->row.account)) {
            last   = (struct feed_statement){ .id = b->id, .closing = b->row.closing };
            before = &last;
        }
    bool fits = bank_chain_check(&r->setting, &now, before, &s->row.older, fail);
    if (reused && (s->row.older || (!fits && fail->kind == FAIL_REFUSED)))
        return refuse_reused(s, &other, fail);
    return fits;
}

static bool know_statements(struct reading *r, struct fail *fail)
{
    for (; r->known_count < r->statement_count; r->known_count++)
        if (!know_statement(r, &r->statements[r->known_count], fail)) return false;
    return true;
}

static bool write_statement(const struct reading *r, struct stated *s, struct fail *fail)
{
    const struct setting *to               = &r->setting;
    struct sql_bank_statement_get_in which = { .account = s->row.account, .id = s->row.id };
    struct sql_bank_statement_get_row was  = { 0 };
    money stated                           = MONEY_NONE;
    bool found;

    if (s->counts) {
        if (!sql_bank_statement_get(to->store, &which, to->arena, &was, &found, fail)) return false;
        count_faulty(&s->row);
        stated = money_subtract(s->row.receipts, found ? was.receipts : MONEY_NONE);
        if (!sql_bank_statement_put(to->store, &s->row, fail)) return false;
    }
    return bank_booked_record(to, s->row.account, s->booked, stated, fail);
}

static bool write_statements(const struct reading *r, struct fail *fail)
{
    for (size_t i = 0; i < r->statement_count; i++)
        if (!write_statement(r, &r->statements[i], fail)) return false;
    return true;
}

static int by_line(const void *a, const void *b)
{
    const struct kept_fault *x = a, *y = b;

    return x->line < y->line ? -1 : x->line > y->line;
}

static void tell_faults(struct reading *r)
{
    if (r->fault_count > 1) qsort(r->faults, r->fault_count, sizeof *r->faults, by_line);
    for (size_t i = 0; i < r->fault_count; i++) {
        if (++r->taking->faults <= *r->told) continue;
        ++*r->told;
        r->file->fault(r->file->context, r->faults[i].line, r->faults[i].text);
    }
    r->faults      = NULL;
    r->fault_count = r->fault_room = 0;
}

static void take_fault(void *context, const struct feed_fault *fault)
{
    struct reading *r = context;
    size_t each       = sizeof *r->faults;

    if (r->fault_count == r->fault_room) {
        size_t room   = r->fault_room ? 2 * r->fault_room : 16;
        r->faults     = arena_grow(r->setting.arena, r->faults, r->fault_room * each, room * each);
        r->fault_room = room;
    }
    r->faults[r->fault_count++] =
        (struct kept_fault){ fault->line, kept(r->setting.arena, fault->text) };
    if (r->n == 0) tell_faults(r); /* no line before it waits */
}

static void count(const struct reading *r, const struct receipt_result *result)
{
    r->taking->number[result->what]++;
    r->taking->amount[result->what] = money_add(r->taking->amount[result->what], result->amount);
}

static struct stated *statement_of(const struct reading *r, const struct feed_line *line)
{
    if (!line->statement) return NULL;
    for (size_t i = r->statement_count; i-- > 0;)
        if (!strcmp(r->statements[i].id, line->statement->id) &&
            !strcmp(r->statements[i].row.account, line->statement->account) &&
            r->statements[i].row.opening.p == line->statement->opening.p &&
            r->statements[i].row.closing.p == line->statement->closing.p)
            return &r->statements[i];
    return NULL;
}

static void add_to(money *sum, money amount)
{
    *sum = money_add(*sum, amount);
}

/* A receipt leaves the term "on no statement with balances" once: by the first that shows it. Shown
 * by another it is on that statement and not booked. */
static bool tell_receipt(struct reading *r, struct stated *s, const struct feed_line *line,
                         bool known, struct fail *fail)
{
    struct sql_bank_line_show_in show = { .bank_ref  = receipt_key(line, r->setting.arena),
                                          .statement = s->row.id };
    struct sql_bank_lines_shown_row *rows;
    money amount = line->credit ? line->amount : money_negate(line->amount);
    size_t n     = 0;

    if (!known) add_to(&s->booked, amount);
    if (!s->counts) return true;
    if (known &&
        !sql_bank_lines_shown(r->setting.store,
                              &(struct sql_bank_lines_shown_in){ .refs = { &show.bank_ref, 1 } },
                              r->setting.arena, &rows, &n, fail))
        return false;
    bool is_first = n == 0 || !strcmp(rows[0].statement, s->row.id);
    add_to(is_first ? &s->row.receipts : &s->row.others, amount);
    if (n) return true;
    if (!r->shows) r->shows = ARENA_MANY(r->setting.arena, struct sql_bank_line_show_in, BATCH);
    r->shows[r->show_count++] = show;
    return true;
}

static bool batch_end(struct reading *r, struct fail *fail)
{
    if (r->show_count && !sql_bank_line_show_bulk(r->setting.store, r->shows, r->show_count, fail))
        return false;
    tell_faults(r);
    arena_reset(r->setting.arena);
    r->n = r->show_count = 0;
    r->lines             = NULL;
    r->shows             = NULL;
    return true;
}

/* A line that was recorded, or was before, or is no receipt: what it is on its statement. */
static bool tell_kind(struct reading *r, const struct feed_line *line,
                      const struct receipt_result *result, struct fail *fail)
{
    struct stated *s = statement_of(r, line);
    money amount     = line->credit ? line->amount : money_negate(line->amount);
    int64_t batch    = 0;
    bool ours = false, known = result->what == RECEIVED_BEFORE;

    if (!s || (!s->counts && (known || result->what == RECEIVED_NOT_OURS))) return true;
    if (result->is_payment) {
        add_to(&s->row.paid, money_negate(line->amount));
        return true;
    }
    if (known && line->credit &&
        !debit_is_ours(r->setting.store, r->setting.arena, line->remittance, line->amount, &batch,
                       fail))
        return false;
    if (batch) { /* a second line of the same file's sum is nobody's */
        if (!bank_collection_seen(&r->setting, line, batch, &ours, fail)) return false;
        add_to(ours ? &s->row.collections : &s->row.others, line->amount);
        return true;
    }
    if (result->what == RECEIVED_NOT_OURS) {
        if (!line->credit && !bank_payment_seen(&r->setting, line, &ours, fail)) return false;
        add_to(ours ? &s->row.paid : &s->row.others, ours ? line->amount : amount);
        return true;
    }
    return tell_receipt(r, s, line, known, fail);
}

static bool record_batch(struct reading *r, struct fail *fail)
{
    struct arena *arena            = r->setting.arena;
    struct receipt_result *results = ARENA_MANY(arena, struct receipt_result, r->n);
    const char **refused           = ARENA_MANY(arena, const char *, r->n);

    if (!know_statements(r, fail) ||
        !receipt_record_credits(&r->setting, r->lines, r->n, results, refused, fail))
        return false;
    for (size_t i = 0; i < r->n; i++)
        if (refused[i])
            take_fault(r, &(struct feed_fault){ .line = r->lines[i].line, .text = refused[i] });
        else {
            count(r, &results[i]);
            if (!tell_kind(r, &r->lines[i], &results[i], fail)) return false;
        }
    return batch_end(r, fail);
}

/* A line's texts last until the sink returns; the batch's copy lasts as long as the batch. */
static void keep_line(struct reading *r, const struct feed_line *line)
{
    struct arena *a = r->setting.arena;

    if (!r->lines) r->lines = ARENA_MANY(a, struct feed_line, BATCH);
    struct feed_line *to = &r->lines[r->n++];
    *to                  = *line;
    to->reference        = kept(a, line->reference);
    to->payer_name       = kept(a, line->payer_name);
    to->payer_account    = kept(a, line->payer_account);
    to->remittance       = kept(a, line->remittance);
    to->original         = kept(a, line->original);
    to->reason           = kept(a, line->reason);
    to->end_to_end       = kept(a, line->end_to_end);
    if (!line->statement) return;
    struct feed_statement *statement = ARENA_NEW(a, struct feed_statement);
    *statement                       = *line->statement;
    statement->id                    = kept(a, statement->id);
    statement->account               = kept(a, statement->account);
    to->statement                    = statement;
}

/* What is not a credit may take back an earlier line: that one is recorded first. */
static bool take_other(struct reading *r, const struct feed_line *line, struct fail *fail)
{
    struct receipt_result result;

    if ((r->n && !record_batch(r, fail)) || !know_statements(r, fail)) return false;
    if (!receipt_record(&r->setting, line, &result, fail)) {
        if (fail->kind != FAIL_REFUSED) return false;
        take_fault(r, &(struct feed_fault){ .line = line->line, .text = fail->text });
        return true;
    }
    count(r, &result);
    return tell_kind(r, line, &result, fail) && batch_end(r, fail);
}

/* A line is refused before anything of it is written. */
static bool take_line(void *context, const struct feed_line *line, struct fail *fail)
{
    struct reading *r = context;

    if (!line->credit || line->returned) return take_other(r, line, fail);
    keep_line(r, line);
    return r->n < BATCH || record_batch(r, fail);
}

static bool record_once(const struct setting *setting, const struct bank_file *file, size_t *told,
                        struct bank_taking *taking, struct fail *fail)
{
    struct arena arena    = { .limit = (size_t)4 << 30 };
    struct store *store   = setting->store;
    struct reading r      = { .file = file, .setting = *setting, .taking = taking, .told = told };
    struct feed_sink sink = { &r, take_statement, take_line, take_fault };
    feed_reader *read     = file->xml ? feed_read_camt053 : feed_read_statement_csv;
    struct feed_summary summary;

    *taking         = (struct bank_taking){ .faults = 0 };
    r.setting.arena = &arena;
    bool fine       = store_begin(store, STORE_WRITING, fail) && stop_check(store, fail) &&
                read(&file->source, &sink, &summary, fail) &&
                (r.n == 0 || record_batch(&r, fail)) && know_statements(&r, fail) &&
                write_statements(&r, fail) && store_commit(store, fail);
    tell_faults(&r); /* a refused file's too */
    store_rollback(store);
    arena_free(&arena);
    arena_free(&r.kept);
    return fine;
}

bool bank_file_record(const struct setting *setting, const struct bank_file *file,
                      struct bank_taking *taking, struct fail *fail)
{
    long from   = file->source.file ? ftell(file->source.file) : 0;
    size_t told = 0;
    int tries   = 0;

    while (!record_once(setting, file, &told, taking, fail))
        if (from < 0 || !store_try_again(setting->store, fail, &tries) ||
            (file->source.file && fseek(file->source.file, from, SEEK_SET) != 0))
            return false;
    return true;
}
