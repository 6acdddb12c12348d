/* fuzz_pain002.c: any bytes as a payment status report. */
#include "fuzz.h"

#include "feed/pain.h"

#include <string.h>

static bool hear_result(void *context, const struct pain_result *r, struct fail *f)
{
    (void)f;
    BUG_UNLESS(*r->end_to_end && r->line > 0 && r->status < PAIN_STATUSES && r->message);
    BUG_UNLESS(feed_text_valid(r->reason, strlen(r->reason)));
    BUG_UNLESS(feed_text_valid(r->text, strlen(r->text)));
    ++*(size_t *)context;
    return true;
}
static void hear_fault(void *context, const struct feed_fault *fault)
{
    (void)context;
    BUG_UNLESS(fault->line > 0 && *fault->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a            = { 0 };
    size_t told               = 0;
    struct pain_sink sink     = { &told, hear_result, hear_fault };
    struct feed_source source = { .bytes = (const char *)bytes, .length = length };
    struct pain_summary s;
    struct fail f = { 0 };

    if (length > 0) {
        if (pain002_read(&source, &sink, &a, &s, &f))
            BUG_UNLESS(s.results == told && s.message && s.reason);
        else
            BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    }
    arena_free(&a);
    return 0;
}
