/* bank_file.c: recording a whole bank statement. */
#include "app/bank_file.h"

#include "feed/camt053.h"
#include "feed/statement_csv.h"

struct reading {
    const struct bank_file *file;
    struct setting setting; /* its arena holds one line */
    struct bank_taking *taking;
};

/* Whose account it is stands in each line. */
static void take_statement(void *context, const struct feed_statement *statement)
{
    (void)context, (void)statement;
}

static void take_fault(void *context, const struct feed_fault *fault)
{
    const struct reading *r = context;

    r->taking->faults++;
    r->file->fault(r->file->context, fault->line, fault->text);
}

/* A line is refused before anything of it is written. */
static bool take_line(void *context, const struct feed_line *line, struct fail *fail)
{
    const struct reading *r = context;
    struct receipt_result result;

    arena_reset(r->setting.arena);
    if (!receipt_record(&r->setting, line, &result, fail)) {
        if (fail->kind != FAIL_REFUSED) return false;
        take_fault(context, &(struct feed_fault){ .line = line->line, .text = fail->text });
        return true;
    }
    r->taking->number[result.what]++;
    r->taking->amount[result.what] = money_add(r->taking->amount[result.what], line->amount);
    return true;
}

bool bank_file_record(const struct setting *setting, const struct bank_file *file,
                      struct bank_taking *taking, struct fail *fail)
{
    struct arena arena    = { 0 };
    struct store *store   = setting->store;
    struct reading r      = { .file = file, .setting = *setting, .taking = taking };
    struct feed_sink sink = { &r, take_statement, take_line, take_fault };
    feed_reader *read     = file->xml ? feed_read_camt053 : feed_read_statement_csv;
    struct feed_summary summary;

    *taking         = (struct bank_taking){ .faults = 0 };
    r.setting.arena = &arena;
    bool fine       = store_begin(store, STORE_WRITING, fail) &&
                read(&file->source, &sink, &summary, fail) && store_commit(store, fail);
    store_rollback(store);
    arena_free(&arena);
    return fine;
}
