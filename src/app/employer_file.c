/* employer_file.c: lines of files as announcements. */
#include "app/employer_file.h"

#include "app/stop.h"
#include "feed/benefit_file.h"
#include "feed/employer.h"
#include "law/law.h"
#include "ledger/earnings.h"

struct reading {
    const struct employer_file *file;
    struct setting setting; /* its arena holds one line */
    struct announced_taking *taking;
    size_t *told; /* faults that were told, when it is read anew too */
};

static void take_fault(void *context, const struct feed_fault *fault)
{
    const struct reading *r = context;

    if (++r->taking->faults <= *r->told) return;
    ++*r->told;
    r->file->fault(r->file->context, fault->line, fault->text);
}

/* A line is refused before anything of it is written. */
static bool take_line(struct reading *r, const struct announcement *a, int line, struct fail *fail)
{
    enum announced what;

    if (date_before(r->setting.today, a->day)) {
        take_fault(r, &(struct feed_fault){ line, "Its day is still to come." });
        return true;
    }
    if (!announced_record(&r->setting, a, &what, fail)) {
        if (fail->kind != FAIL_REFUSED) return false;
        take_fault(r, &(struct feed_fault){ line, fail->text });
        return true;
    }
    r->taking->number[what]++;
    r->taking->amount[what] = money_add(r->taking->amount[what], a->amount);
    r->taking->short_count += what == ANNOUNCED_NEW && *a->reason;
    return true;
}

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

    arena_reset(r->setting.arena);
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

    arena_reset(r->setting.arena);
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
    struct arena arena = { 0 };
    struct reading r   = { .file = file, .setting = *setting, .taking = taking, .told = told };

    *taking         = (struct announced_taking){ .faults = 0 };
    r.setting.arena = &arena;
    bool fine       = file_read(&r, fail);
    arena_free(&arena);
    return fine;
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
