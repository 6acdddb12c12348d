/* employer_file.c: lines of files as announcements. */
#include "app/employer_file.h"

#include "app/receive.h"
#include "app/stop.h"
#include "feed/benefit_file.h"
#include "feed/employer.h"
#include "law/law.h"
#include "ledger/earnings.h"

#include <string.h>

/* Lines are recorded so many at a time: each family of a batch is read and written once. */
enum { BATCH = 1000 };

/* A line of the file that waits for its batch: the next announcement, or a fault. */
struct waiting {
    int line;
    const char *fault; /* NULL: an announcement */
};

struct reading {
    const struct employer_file *file;
    struct setting setting; /* its arena holds the batch */
    struct announced_taking *taking;
    size_t *told;          /* faults and remarks that were told, when it is read anew too */
    struct feed_seen seen; /* whose deductions of which pay-day the file had */
    struct waiting *waiting;
    struct announcement *batch;
    size_t n, count; /* waiting; announcements among them */
};

/* --- the batch --- */

static bool is_told(struct reading *r)
{
    if (r->taking->faults + r->taking->remarks <= *r->told) return true;
    ++*r->told;
    return false;
}

static void tell_fault(struct reading *r, int line, const char *sentence)
{
    r->taking->faults++;
    if (!is_told(r)) r->file->fault(r->file->context, line, sentence);
}

static void tell_remark(struct reading *r, int line, const char *sentence)
{
    r->taking->remarks++;
    if (!is_told(r) && r->file->remark) r->file->remark(r->file->context, line, sentence);
}

/* The same person's pay-day twice in one file, under two references say: its total counts both, the
 * record could have one.  The line that had it first; 0: none. */
static int had_before(struct reading *r, int line, const struct announcement *a, int64_t pp)
{
    char day[DATE_TEXT];

    return pp ? feed_seen_add(&r->seen, !strcmp(a->source, "employer") ? a->sender : a->source,
                              arena_print(r->setting.arena, "%lld %s %s", (long long)pp,
                                          date_text(a->day, day), a->period),
                              line)
              : 0;
}

static void tell_line(struct reading *r, int line, const struct announcement *a,
                      const struct announced_result *result)
{
    struct announced_taking *t = r->taking;

    int first = had_before(r, line, a, result->pp);
    if (result->refused || (first && result->what == ANNOUNCED_BEFORE)) {
        tell_fault(r, line,
                   result->refused
                       ? result->refused
                       : arena_print(r->setting.arena,
                                     "Line %d has that person's deduction for that pay date and "
                                     "period already. It was not recorded; ask the sender.",
                                     first));
        return;
    }
    if (result->what == ANNOUNCED_NEW && result->remark) tell_remark(r, line, result->remark);
    t->number[result->what]++;
    t->amount[result->what] = money_add(t->amount[result->what], a->amount);
    t->short_count += result->what == ANNOUNCED_NEW && *a->reason;
}

/* Records what waits and tells what became of it, in the file's order. */
static bool record_batch(struct reading *r, struct fail *fail)
{
    struct arena *arena = r->setting.arena;
    struct announced_result *results;
    size_t n = r->n;

    r->n = 0;
    if (n == 0) return true;
    results = ARENA_MANY(arena, struct announced_result, r->count);
    if (!announced_record(&r->setting, r->batch, r->count, results, fail)) return false;
    for (size_t i = 0, k = 0; i < n; i++)
        if (r->waiting[i].fault)
            tell_fault(r, r->waiting[i].line, r->waiting[i].fault);
        else {
            tell_line(r, r->waiting[i].line, &r->batch[k], &results[k]);
            k++;
        }
    arena_reset(arena);
    return true;
}

/* There is always room for one more. */
static struct waiting *wait_next(struct reading *r, int line)
{
    if (r->n == 0) {
        r->waiting = ARENA_MANY(r->setting.arena, struct waiting, BATCH + FEED_FAULTS_MOST);
        r->batch   = ARENA_MANY(r->setting.arena, struct announcement, BATCH);
        r->count   = 0;
    }
    r->waiting[r->n].line = line;
    return &r->waiting[r->n++];
}

static const char *kept(const struct reading *r, const char *text)
{
    return arena_text(r->setting.arena, text, strlen(text));
}

static void take_fault(void *context, const struct feed_fault *fault)
{
    struct reading *r = context;

    wait_next(r, fault->line)->fault = kept(r, fault->text);
}

/* A line's texts last until the sink returns; the batch's copy lasts as long as the batch. */
static bool take_line(struct reading *r, const struct announcement *a, int line, struct fail *fail)
{
    struct waiting *w        = wait_next(r, line);
    struct announcement mine = *a;
    const char *refused      = r->file->refuse ? r->file->refuse(r->file->context, &mine) : NULL;

    if (refused) {
        w->fault = kept(r, refused);
    } else if (money_max(a->amount, money_max(a->asked, a->net)).p > RECEIPT_MOST.p) {
        w->fault = "An amount in it is more than a payment can be, £10,000,000.00.";
    } else if (date_before(r->setting.today, a->day)) {
        w->fault = "Its day is still to come.";
    } else {
        struct announcement *to = &r->batch[r->count++];
        *to                     = mine;
        to->sender              = kept(r, mine.sender);
        to->reference           = kept(r, mine.reference);
        to->nino                = kept(r, mine.nino);
    }
    return r->n < BATCH || record_batch(r, fail);
}

/* --- lines --- */

/* What is deducted before this scheme's law begins is due by the law of its first day. */
static date schedule_due(date day)
{
    return earnings_pay_by(law_at(JURISDICTION_GREAT_BRITAIN, date_max(day, law_scheme.opens)),
                           day);
}

static bool take_schedule(void *context, const struct schedule_line *l, struct fail *fail)
{
    struct reading *r = context;
    char month[DATE_TEXT];

    date_text(l->schedule->month, month);
    struct announcement a = {
        .source    = "employer",
        .sender    = l->schedule->employer,
        .batch     = arena_text(r->setting.arena, month, sizeof "2026-11" - 1),
        .reference = l->employee,
        .nino      = l->nino,
        .period    = pay_period_name(l->period),
        .day       = l->pay_date,
        .due       = schedule_due(l->pay_date),
        .has_asked = true,
        .asked     = l->normal,
        .has_net   = l->has_net,
        .net       = l->net,
        .amount    = l->deducted,
        .reason    = short_reason_name(l->reason),
    };
    return take_line(r, &a, l->line, fail);
}

static bool take_total(void *context, const struct schedule *schedule, money total,
                       struct fail *fail)
{
    (void)context, (void)schedule, (void)total, (void)fail;
    return true;
}

static bool take_benefit(void *context, const struct benefit_line *l, struct fail *fail)
{
    struct reading *r = context;
    char from[DATE_TEXT];
    date last = date_add_days(l->to, -1);

    struct announcement a = {
        .source    = "benefit",
        .sender    = l->payment,
        .batch     = "",
        .reference = l->reference,
        .nino      = l->nino,
        .period = arena_print(r->setting.arena, "%s from %s", l->benefit, date_text(l->from, from)),
        .day    = last,
        .due    = last,
        .amount = l->amount,
        .reason = benefit_reason_name(l->reason),
    };
    return take_line(r, &a, l->line, fail);
}

/* --- the file --- */

static bool file_read(struct reading *r, struct fail *fail)
{
    struct schedule_sink sink = { r, take_schedule, take_total, take_fault };
    struct benefit_sink other = { r, take_benefit, take_fault };
    struct schedule_summary s = { .agreed = false };
    struct benefit_summary b  = { .agreed = false };
    bool fine;

    if (r->file->format == EMPLOYER_BENEFIT)
        fine = benefit_read_csv(&r->file->source, &other, &b, fail);
    else
        fine = (r->file->format == EMPLOYER_XML ? employer_read_xml : employer_read_csv)(
            &r->file->source, &sink, &s, fail);
    r->taking->agreed = s.agreed || b.agreed;
    return fine;
}

static bool take_once(const struct setting *setting, const struct employer_file *file, size_t *told,
                      struct announced_taking *taking, struct fail *fail)
{
    struct arena arena = { .limit = (size_t)4 << 30 };
    struct fail last;
    struct reading r = { .file = file, .setting = *setting, .taking = taking, .told = told };

    *taking         = (struct announced_taking){ .faults = 0 };
    r.setting.arena = &arena;
    bool fine       = file_read(&r, fail);
    if (!fine && fail->kind != FAIL_REFUSED) r.n = 0;
    bool rest = record_batch(&r, fine ? fail : &last); /* a refused file's faults are told too */
    if (!rest && !fine) *fail = last;
    feed_seen_free(&r.seen);
    arena_free(&arena);
    return fine && rest;
}

bool employer_file_take(const struct setting *setting, const struct employer_file *file,
                        struct announced_taking *taking, struct fail *fail)
{
    size_t told = 0;

    return take_once(setting, file, &told, taking, fail);
}

bool employer_file_record(const struct setting *setting, const struct employer_file *file,
                          struct announced_taking *taking, struct fail *fail)
{
    struct store *store = setting->store;
    long from           = file->source.file ? ftell(file->source.file) : 0;
    size_t told         = 0;

    for (int tries = 0;;) {
        if (store_begin(store, STORE_WRITING, fail) && stop_check(store, fail) &&
            take_once(setting, file, &told, taking, fail) && store_commit(store, fail))
            return true;
        store_rollback(store);
        if (from < 0 || !store_try_again(store, fail, &tries) ||
            (file->source.file && fseek(file->source.file, from, SEEK_SET) != 0))
            return false;
    }
}
