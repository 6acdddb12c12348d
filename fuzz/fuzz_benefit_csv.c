/* fuzz_benefit_csv.c: any bytes as a benefit office's file. */
#include "fuzz.h"

#include "base/bug.h"
#include "feed/benefit_file.h"

#include <string.h>

static bool check_line(void *context, const struct benefit_line *l, struct fail *f)
{
    money *sum = context;

    (void)f;
    BUG_UNLESS((*l->reference || *l->nino) && *l->benefit && l->line > 0);
    BUG_UNLESS(date_before(l->from, l->to) && l->amount.p >= 0);
    BUG_UNLESS(l->amount.p > 0 || l->reason != BENEFIT_REASON_NONE);
    *sum = money_add(*sum, l->amount);
    return true;
}

static void check_fault(void *context, const struct feed_fault *fault)
{
    (void)context;
    BUG_UNLESS(fault->line > 0 && *fault->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct feed_source source = { .bytes = (const char *)bytes, .length = length };
    money sum                 = MONEY_NONE;
    struct benefit_sink sink  = { &sum, check_line, check_fault };
    struct benefit_summary s;
    struct fail f = { 0 };

    if (length == 0) return 0;
    if (benefit_read_csv(&source, &sink, &s, &f))
        BUG_UNLESS(sum.p == s.deducted.p);
    else
        BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    return 0;
}
