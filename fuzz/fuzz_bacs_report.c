/* fuzz_bacs_report.c: any bytes as a report of Bacs; what is told must hold, and be told again once
 * written. */
#include "fuzz.h"

#include "feed/bacs_report.h"

#include <stdlib.h>
#include <string.h>

struct heard {
    struct arena arena;
    struct bacs_advice first;
    size_t advices, faults, heads;
};

static void check_text(const char *s)
{
    BUG_UNLESS(feed_text_valid(s, strlen(s)));
}
static const char *keep(struct heard *h, const char *s)
{
    check_text(s);
    return arena_text(&h->arena, s, strlen(s));
}
static void hear_head(void *context, const struct bacs_report_head *head)
{
    struct heard *h = context;
    BUG_UNLESS(h->heads++ == 0);
    check_text(head->user), check_text(head->user_name), check_text(head->number);
}
static bool hear_advice(void *context, const struct bacs_advice *a, struct fail *f)
{
    struct heard *h = context;
    (void)f;
    BUG_UNLESS(h->heads == 1 && a->line > 0 && *a->reference && a->reason->report == a->report);
    BUG_UNLESS(!a->has_amount || money_is_owed(a->amount));
    if (h->advices++ > 0) return true;
    h->first           = *a;
    h->first.reference = keep(h, a->reference);
    h->first.name      = keep(h, a->name);
    h->first.code      = keep(h, a->code);
    return true;
}
static void hear_fault(void *context, const struct feed_fault *fault)
{
    struct heard *h = context;
    BUG_UNLESS(fault->line > 0 && *fault->text);
    h->faults++;
}

static bool read_into(struct heard *h, const char *bytes, size_t n, struct fail *f)
{
    struct bacs_report_sink sink = { h, hear_head, hear_advice, hear_fault };
    struct feed_source source    = { .bytes = bytes, .length = n };
    struct bacs_report_summary s;
    bool ok = bacs_report_read(&source, &sink, &s, f);
    if (ok) BUG_UNLESS(s.advices == h->advices && s.faults == h->faults);
    return ok;
}

static void write_and_read(const struct heard *h)
{
    struct bacs_report_head head = { "123456", "", "1", false, { 0 } };
    struct heard again           = { 0 };
    struct fail f                = { 0 };
    char *bytes                  = NULL;
    size_t length                = 0;
    FILE *to                     = open_memstream(&bytes, &length);

    BUG_UNLESS(bacs_report_write(to, &head, &h->first, 1, &f));
    fclose(to);
    BUG_UNLESS(read_into(&again, bytes, length, &f));
    BUG_UNLESS(again.advices == 1 && again.first.reason == h->first.reason);
    BUG_UNLESS(!strcmp(again.first.reference, h->first.reference));
    BUG_UNLESS(again.first.amount.p == h->first.amount.p);
    arena_free(&again.arena);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct heard heard = { 0 };
    struct fail f      = { 0 };

    if (length > 0 && read_into(&heard, (const char *)bytes, length, &f)) {
        if (heard.advices > 0) write_and_read(&heard);
    } else if (length > 0) {
        BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    }
    arena_free(&heard.arena);
    return 0;
}
