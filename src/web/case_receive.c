/* case_receive.c: money that came in: by hand, from a bank file, out of suspense. */
#include "app/bank_file.h"
#include "app/find.h"
#include "app/suspense_settle.h"
#include "web/case.h"
#include "web/case_view.h"

#include <ctype.h>
#include <string.h>

#define BY_HAND "by hand"

/* ---- by hand ---- */

static void receipt_show(struct request *r, const struct case_view *v)
{
    struct page_case_receipt_form p = {
        .c             = v->family,
        .booked        = form_view(&r->form, FORM_CASE_RECEIPT_BOOKED),
        .amount        = form_view(&r->form, FORM_CASE_RECEIPT_AMOUNT),
        .payer_name    = form_view(&r->form, FORM_CASE_RECEIPT_PAYER_NAME),
        .payer_account = form_view(&r->form, FORM_CASE_RECEIPT_PAYER_ACCOUNT),
        .bank_ref      = form_view(&r->form, FORM_CASE_RECEIPT_BANK_REF),
    };
    page_case_receipt_form(&r->out, frame_with_form(r), &p);
}

void case_receipt_form(struct request *r)
{
    struct case_view v;

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_receipt);
    form_put_date(&r->form, FORM_CASE_RECEIPT_BOOKED, r->today);
    form_put_text(&r->form, FORM_CASE_RECEIPT_PAYER_NAME, v.family.name);
    receipt_show(r, &v);
}

static bool receipt_run(struct request *r, const struct case_view *v, struct receipt_result *result,
                        struct fail *f)
{
    struct setting s                = case_setting(r);
    struct feed_statement statement = { .id = BY_HAND, .account = BY_HAND };
    struct feed_line line           = {
                  .statement     = &statement,
                  .reference     = form_text(&r->form, FORM_CASE_RECEIPT_BANK_REF),
                  .booked        = form_date(&r->form, FORM_CASE_RECEIPT_BOOKED),
                  .amount        = form_money(&r->form, FORM_CASE_RECEIPT_AMOUNT),
                  .credit        = true,
                  .original      = "",
                  .reason        = "",
                  .end_to_end    = "",
                  .payer_name    = form_text(&r->form, FORM_CASE_RECEIPT_PAYER_NAME),
                  .payer_account = form_text(&r->form, FORM_CASE_RECEIPT_PAYER_ACCOUNT),
                  .remittance    = v->family.ref,
    };
    return store_begin(r->store, STORE_WRITING, f) && receipt_record(&s, &line, result, f) &&
           (result->what == RECEIVED_BEFORE || store_commit(r->store, f));
}

void case_receipt_do(struct request *r)
{
    struct case_view v;
    struct receipt_result result;
    struct fail f = { 0 };

    if (!case_open(r, &v)) return;
    if (form_has(&r->form, FORM_CASE_RECEIPT_AMOUNT) &&
        form_money(&r->form, FORM_CASE_RECEIPT_AMOUNT).p == 0)
        form_refuse(&r->form, FORM_CASE_RECEIPT_AMOUNT, "The amount is more than nothing");
    if (form_has(&r->form, FORM_CASE_RECEIPT_BOOKED) &&
        date_before(r->today, form_date(&r->form, FORM_CASE_RECEIPT_BOOKED)))
        form_refuse(&r->form, FORM_CASE_RECEIPT_BOOKED, "The bank cannot have booked it yet");
    if (!r->form.errors) {
        bool done = receipt_run(r, &v, &result, &f);
        store_rollback(r->store);
        if (done && result.what != RECEIVED_BEFORE) {
            respond_redirect(r,
                             arena_print(r->arena, "/case/%lld?done=receipt", (long long)v.g.pp));
            return;
        }
        if (!done && f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_CASE_RECEIPT_BANK_REF,
                    done ? "A payment with that reference was recorded before; nothing was changed"
                         : case_sentence(r, &f));
    }
    receipt_show(r, &v);
}

/* ---- a bank file ---- */

struct fault_list {
    struct arena *arena;
    struct view_fault_row *rows;
    int32_t count, room;
};

static void fault_add(void *context, int line, const char *sentence)
{
    struct fault_list *l = context;

    if (l->count == l->room) {
        size_t have = (size_t)l->room * sizeof *l->rows;
        l->room     = l->room ? 2 * l->room : 16;
        l->rows     = arena_grow(l->arena, l->rows, have, (size_t)l->room * sizeof *l->rows);
    }
    l->rows[l->count++] =
        (struct view_fault_row){ arena_print(l->arena, "%d", line),
                                 arena_text(l->arena, sentence, strlen(sentence)) };
}

static void taken_fill(struct request *r, const struct bank_taking *t, struct page_case_bank *p)
{
    static const char *const label[RECEIVED_KINDS] = {
        [RECEIVED_MATCHED]  = "Matched to a parent and used",
        [RECEIVED_SUSPENSE] = "In suspense: nobody's yet",
        [RECEIVED_RETURNED] = "Taken back by the bank",
        [RECEIVED_BEFORE]   = "Read before, not counted again",
        [RECEIVED_NOT_OURS] = "Not a receipt, left alone",
    };
    struct view_taken_row *rows = ARENA_MANY(r->arena, struct view_taken_row, RECEIVED_KINDS);

    for (int i = 0; i < RECEIVED_KINDS; i++)
        rows[i] = (struct view_taken_row){ label[i], (int64_t)t->number[i], t->amount[i] };
    p->taken       = rows;
    p->taken_count = RECEIVED_KINDS;
}

static bool suspense_fill(struct request *r, struct page_case_bank *p, struct fail *f)
{
    struct sql_find_suspense_row found;
    bool one;

    if (!sql_find_suspense(r->store, r->arena, &found, &one, f)) return false;
    p->suspense = found.number == 1
                      ? "1 payment waits for somebody to be found"
                      : arena_print(r->arena, "%lld payments wait for somebody to be found",
                                    (long long)found.number);
    return true;
}

static void bank_show(struct request *r, struct page_case_bank *p)
{
    struct fail f = { 0 };

    frame_of(r)->here = "bank";
    if (!suspense_fill(r, p, &f))
        respond_fail(r, &f);
    else
        page_case_bank(&r->out, frame_with_form(r), p);
}

void case_bank(struct request *r)
{
    struct page_case_bank p = { 0 };

    form_new(&r->form, r->arena, &form_case_bank);
    p.file = form_view(&r->form, FORM_CASE_BANK_FILE);
    bank_show(r, &p);
}

void case_bank_do(struct request *r)
{
    const struct field_value *file = &r->form.values[FORM_CASE_BANK_FILE];
    struct fault_list faults       = { .arena = r->arena };
    struct setting setting         = case_setting(r);
    struct fail f                  = { 0 };
    struct page_case_bank p        = { .name = file->text };
    struct bank_taking taking;

    if (!r->form.errors) {
        size_t blank = 0;
        while (blank < file->length && strchr(" \t\r\n\xef\xbb\xbf", file->bytes[blank]))
            blank++;
        struct bank_file bank = {
            .source  = { .bytes   = file->bytes,
                         .length  = file->length,
                         .name    = file->text,
                         .account = "" },
            .xml     = blank < file->length && file->bytes[blank] == '<',
            .fault   = fault_add,
            .context = &faults,
        };
        bool done = bank_file_record(&setting, &bank, &taking, &f);
        if (!done && f.kind == FAIL_INTEGRITY) {
            respond_fail(r, &f);
            return;
        }
        if (done) {
            taken_fill(r, &taking, &p);
            p.faults       = faults.rows;
            p.faults_count = faults.count;
        } else
            form_refuse(
                &r->form, FORM_CASE_BANK_FILE,
                arena_print(r->arena, "The file was refused and nothing was counted. %s", f.text));
    }
    p.file = form_view(&r->form, FORM_CASE_BANK_FILE);
    bank_show(r, &p);
}

/* ---- out of suspense ---- */

enum { REFERENCE_DIGITS = 12 };

static bool reference_owner(struct request *r, const char *typed, int64_t *pp, struct fail *f)
{
    struct sql_find_cases_row *found;
    size_t n, digits = 0;

    for (const char *p = typed; *p; p++)
        digits += isdigit((unsigned char)*p) != 0;
    *pp = 0;
    if (strspn(typed, "0123456789 -") != strlen(typed) || digits != REFERENCE_DIGITS) return true;
    if (!find_cases(r->store, r->arena, typed, &found, &n, f)) return false;
    if (n == 1) *pp = found[0].pp;
    return true;
}

static void match_show(struct request *r)
{
    struct fail f            = { 0 };
    struct page_case_match p = { .ref = form_view(&r->form, FORM_CASE_MATCH_REF) };
    struct sql_receipt_suspense_row *found;
    size_t n;

    if (!sql_receipt_suspense(r->store, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    p.receipt = form_has(&r->form, FORM_CASE_MATCH_RECEIPT)
                    ? form_count(&r->form, FORM_CASE_MATCH_RECEIPT)
                    : 0;
    p.what    = "That payment is not in suspense (any more).";
    for (size_t i = 0; i < n; i++)
        if (found[i].id == p.receipt)
            p.what = arena_print(r->arena, "%s booked %s, from %s. They wrote: “%s”.",
                                 case_pounds(r->arena, found[i].amount),
                                 case_day_words(r->arena, found[i].booked), found[i].payer_name,
                                 found[i].remittance);
    frame_of(r)->here = "bank";
    frame_of(r)->back = "/suspense";
    page_case_match(&r->out, frame_with_form(r), &p);
}

/* Matched to a parent; or, pp 0, found to be a payment of ours that came back. */
static bool match_work(struct request *r, int64_t pp, struct fail *f)
{
    struct setting s = case_setting(r);
    int64_t receipt  = form_count(&r->form, FORM_CASE_MATCH_RECEIPT);

    return pp ? receipt_match(&s, receipt, pp, f)
              : suspense_settle_payment(&s, receipt, form_text(&r->form, FORM_CASE_MATCH_REF), f);
}

void case_match_do(struct request *r)
{
    const char *typed = r->form.errors ? "" : form_text(&r->form, FORM_CASE_MATCH_REF);
    struct fail f     = { 0 };
    int64_t pp        = 0;

    if (!r->form.errors && *typed != 'P') {
        if (!reference_owner(r, typed, &pp, &f)) {
            respond_fail(r, &f);
            return;
        }
        if (!pp)
            form_refuse(&r->form, FORM_CASE_MATCH_REF,
                        "No one case has that reference. Check all twelve digits.");
    }
    if (!r->form.errors) {
        bool done = store_begin(r->store, STORE_WRITING, &f) && match_work(r, pp, &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f, "/suspense?done=matched")) return;
        form_refuse(&r->form, FORM_CASE_MATCH_REF, case_sentence(r, &f));
    }
    match_show(r);
}
