/* advices.c: reports taken line by line; what each reason asks for is done. */
#include "app/advices.h"

#include "app/debit.h"
#include "app/stop.h"
#include "feed/bacs_report.h"
#include "feed/pain.h"

#include <stdlib.h>
#include <string.h>

struct taking {
    struct setting setting; /* its arena lasts one line */
    const struct advices_file *file;
    struct advices_taking *result;
    struct arena kept;
    const char *user; /* our service user number, or "" */
    bool foreign;     /* the report is for another user */
    date day;         /* of the report */
};

static void tell(const struct taking *t, int line, const char *sentence)
{
    t->result->faults++;
    t->file->fault(t->file->context, line, sentence);
}

static void take_fault(void *context, const struct feed_fault *fault)
{
    tell(context, fault->line, fault->text);
}

/* A refusal is told with its line and the others go on; a failure stops everything. */
static bool settle(struct taking *t, int line, bool fine, const struct fail *fail)
{
    if (fine) return true;
    if (fail->kind != FAIL_REFUSED) return false;
    tell(t, line, fail->text);
    return true;
}

static void count_changed(struct taking *t, bool changed, size_t *counter)
{
    if (changed)
        ++*counter;
    else
        t->result->known++;
}

/* --- reports of Bacs --- */

static void report_head(void *context, const struct bacs_report_head *head)
{
    struct taking *t = context;

    if (head->has_day) t->day = head->day;
    t->foreign = *head->user && *t->user && strcmp(head->user, t->user) != 0;
}

/* The paying parent whose reference an instruction has. */
static bool payer_find(struct taking *t, const char *reference, int64_t *pp, struct fail *fail)
{
    struct sql_person_by_ref_row row;
    bool found;

    if (!sql_person_by_ref(t->setting.store, &(struct sql_person_by_ref_in){ .ref = reference },
                           t->setting.arena, &row, &found, fail))
        return false;
    *pp = found ? row.id : 0;
    return found ||
           REFUSE(fail, "reference_unknown", "%s is the reference of nobody here.", reference);
}

/* What is done about an instruction happens once for each report, day and reference. */
static const char *advice_key(const struct taking *t, const struct bacs_advice *a)
{
    char day[DATE_TEXT];
    return arena_print(t->setting.arena, "%s %s %c", bacs_report_name(a->report),
                       date_text(a->has_day ? a->day : t->day, day), a->reason->code);
}

static bool instruction_advice(struct taking *t, const struct bacs_advice *a, struct fail *fail)
{
    const struct setting *s = &t->setting;
    const char *key         = advice_key(t, a);
    unsigned follows        = a->reason->follows;
    bool changed = false, moved = follows & BACS_DETAILS_CHANGE && a->has_changed;
    int64_t pp;

    if (!payer_find(t, a->reference, &pp, fail)) return false;
    if (moved || follows & BACS_INSTRUCTION_BACK) {
        if (!instruction_move(s, pp, moved ? &a->changed : NULL, key, &changed, fail)) return false;
        count_changed(t, changed, &t->result->instructions_changed);
    } else if (follows & BACS_INSTRUCTION_ENDS) {
        if (!instruction_end(s, pp, a->reason->meaning, key, &changed, fail)) return false;
        count_changed(t, changed, &t->result->instructions_ended);
    }
    if (follows & (BACS_ASK_PAYER | BACS_PAYER_DIED)) {
        t->result->noted++;
        return REFUSE(fail, "person_must_look", "%s: %s. %s", a->reference, a->reason->meaning,
                      a->reason->what_next);
    }
    return true;
}

static bool unpaid_advice(struct taking *t, const struct bacs_advice *a, struct fail *fail)
{
    struct debit_return back = { .reference  = a->reference,
                                 .processing = a->day,
                                 .day        = t->day,
                                 .amount     = a->amount,
                                 .reason     = a->reason->meaning };
    bool before;

    if (!debit_come_back(&t->setting, &back, &before, fail)) return false;
    count_changed(t, !before, &t->result->collections_back);
    if (!before) t->result->amount = money_add(t->result->amount, a->amount);
    return !(a->reason->follows & (BACS_INSTRUCTION_ENDS | BACS_ASK_PAYER)) ||
           instruction_advice(t, a, fail);
}

static bool payment_back(struct taking *t, const struct payment_return *back, struct fail *fail)
{
    bool before;

    if (!payment_come_back(&t->setting, back, &before, fail)) return false;
    count_changed(t, !before, &t->result->payments_back);
    if (!before) t->result->amount = money_add(t->result->amount, back->amount);
    return true;
}

static bool credit_advice(struct taking *t, const struct bacs_advice *a, struct fail *fail)
{
    struct sql_payment_by_reference_row *rows;
    struct sql_payment_by_reference_in in = { .reference = a->reference, .processing = a->day };
    size_t n;

    if (!sql_payment_by_reference(t->setting.store, &in, t->setting.arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].kind == payment_kind_of(rows[i].arrangement) && rows[i].amount.p == a->amount.p)
            return payment_back(t,
                                &(struct payment_return){ .pp          = rows[i].pp,
                                                          .batch       = rows[i].batch,
                                                          .arrangement = rows[i].arrangement,
                                                          .amount      = a->amount,
                                                          .day         = t->day,
                                                          .told_by     = "ARUCS",
                                                          .reason      = a->reason->meaning },
                                fail);
    return REFUSE(fail, "payment_missing", "No payment of ours has the reference %s on that day.",
                  a->reference);
}

static bool take_advice(void *context, const struct bacs_advice *a, struct fail *fail)
{
    struct taking *t = context;
    bool fine;

    if (t->foreign)
        return REFUSE(fail, "report_of_another",
                      "The report is for another service user number than ours.");
    switch (a->report) {
    case BACS_ARUDD: fine = unpaid_advice(t, a, fail); break;
    case BACS_ARUCS: fine = credit_advice(t, a, fail); break;
    default: fine = instruction_advice(t, a, fail); break;
    }
    fine = settle(t, a->line, fine, fail);
    arena_reset(t->setting.arena);
    return fine;
}

/* --- pain.002 --- */

static bool rejected(struct taking *t, const char *id, const char *reason, struct fail *fail)
{
    struct payment_return back = { .day = t->setting.today, .told_by = "pain.002" };
    struct sql_payment_get_row row;
    bool found;

    back.reason = *reason ? reason : "rejected by the bank";
    if (!payment_id_read(id, &back.batch, &back.pp, &back.arrangement))
        return REFUSE(fail, "payment_missing", "%s is no payment of ours.", id);
    struct sql_payment_get_in in = { .pp          = back.pp,
                                     .batch       = back.batch,
                                     .kind        = payment_kind_of(back.arrangement),
                                     .arrangement = back.arrangement };
    if (!sql_payment_get(t->setting.store, &in, t->setting.arena, &row, &found, fail)) return false;
    if (found) back.amount = row.amount;
    return payment_back(t, &back, fail);
}

static bool take_result(void *context, const struct pain_result *r, struct fail *fail)
{
    struct taking *t = context;
    bool fine        = true;

    if (r->status == PAIN_REJECTED)
        fine = settle(t, r->line, rejected(t, r->end_to_end, *r->text ? r->text : r->reason, fail),
                      fail);
    else
        t->result->noted++;
    arena_reset(t->setting.arena);
    return fine;
}

struct batch_ids {
    struct arena *arena;
    int64_t batch;
    const char **ids;
    size_t n, room;
};

static bool keep_id(void *context, const struct sql_payment_of_batch_row *r, struct fail *fail)
{
    struct batch_ids *b = context;

    (void)fail;
    if (b->n == b->room) {
        b->room = b->room ? b->room * 2 : 64;
        b->ids  = arena_grow(b->arena, b->ids, b->n * sizeof *b->ids, b->room * sizeof *b->ids);
    }
    b->ids[b->n++] = payment_id(b->batch, r->pp, r->arrangement, b->arena);
    return true;
}

/* The bank took nothing of a message: every payment of that file comes back. */
static bool whole_rejected(struct taking *t, const struct pain_summary *s, struct fail *fail)
{
    static const char ours[] = PAYMENT_PAIN_MARK;
    struct batch_ids b       = { .arena = &t->kept };
    bool fine                = true;

    if (strncmp(s->message, ours, sizeof ours - 1) != 0)
        return REFUSE(fail, "message_unknown",
                      "The report is about a message that is not ours: %s.", s->message);
    b.batch = strtoll(s->message + sizeof ours - 1, NULL, 10);
    if (!sql_payment_of_batch(t->setting.store,
                              &(struct sql_payment_of_batch_in){ .batch = b.batch }, keep_id, &b,
                              fail))
        return false;
    for (size_t i = 0; fine && i < b.n; i++) {
        fine = settle(t, 1, rejected(t, b.ids[i], s->reason, fail), fail);
        arena_reset(t->setting.arena);
    }
    return fine;
}

static bool pain_take(struct taking *t, struct fail *fail)
{
    struct pain_sink sink = { t, take_result, take_fault };
    struct pain_summary s;

    return pain002_read(&t->file->source, &sink, &t->kept, &s, fail) &&
           (!s.has_whole || s.whole != PAIN_REJECTED || s.results > 0 ||
            whole_rejected(t, &s, fail));
}

/* --- the file --- */

/* Told apart by the namespace near the beginning. */
static bool is_pain(const struct feed_source *source)
{
    enum { LOOK = 2048 };
    char start[LOOK + 1];
    size_t n = source->length < LOOK ? source->length : LOOK;

    if (source->bytes) {
        memcpy(start, source->bytes, n);
    } else {
        long at = ftell(source->file);
        n       = fread(start, 1, LOOK, source->file);
        if (fseek(source->file, at, SEEK_SET) != 0) return false;
    }
    return memmem(start, n, "pain.002", strlen("pain.002")) != NULL;
}

static bool report_take(struct taking *t, struct fail *fail)
{
    struct bacs_report_sink sink = { t, report_head, take_advice, take_fault };
    struct bacs_report_summary s;

    return bacs_report_read(&t->file->source, &sink, &s, fail);
}

bool advices_record(const struct setting *setting, const struct advices_file *file,
                    struct advices_taking *taking, struct fail *fail)
{
    struct arena arena = { .limit = (size_t)1 << 30 };
    struct taking t    = {
           .setting = *setting, .file = file, .result = taking, .day = setting->today, .user = ""
    };
    struct sender sender;
    bool inside = store_is_working(setting->store);

    *taking         = (struct advices_taking){ .faults = 0 };
    t.setting.arena = &arena;
    bool fine       = sender_load(setting->store, &t.kept, &sender, fail);
    if (fine) t.user = sender.user;
    fine = fine && part_begin(setting->store, inside, fail) && stop_check(setting->store, fail) &&
           debit_settle(&t.setting, true, fail) &&
           (is_pain(&file->source) ? pain_take(&t, fail) : report_take(&t, fail)) &&
           part_commit(setting->store, inside, fail);
    part_undo(setting->store, inside);
    arena_free(&arena);
    arena_free(&t.kept);
    return fine;
}
