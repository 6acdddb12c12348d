/* fuzz_assess.c: any bytes as a calculation's input.  What is refused has a code, a sentence and
 * valid UTF-8; what is read is worked out the same with and without a trace, its parts sum to the
 * whole, and written and read again it gives the same reply. */
#include "fuzz.h"

#include "base/bug.h"
#include "law/law.h"
#include "rule/assess.h"
#include "rule/assess_json.h"

#include <string.h>

static const char *reply(struct arena *a, const struct assess_input *input)
{
    const struct rule_facts *facts = &input->facts;
    const struct law *law          = law_at(JURISDICTION_GREAT_BRITAIN, input->effective_date);
    struct award fast = award_new(a, facts), slow = award_new(a, facts);
    struct trace trace         = trace_new(a, facts);
    struct explain_names names = { input->receiver_ids, input->child_ids };
    struct out o               = { .arena = a };
    int64_t sum                = 0;

    assess(facts, law, a, &fast);
    assess_traced(facts, law, a, &slow, &trace);
    for (int32_t i = 0; i < facts->receiver_count; i++) {
        BUG_UNLESS(fast.weekly[i].p == slow.weekly[i].p);
        BUG_UNLESS(fast.weekly[i].p >= 0);
        sum += fast.weekly[i].p;
    }
    BUG_UNLESS(sum == fast.weekly_total.p);
    BUG_UNLESS(fast.weekly_total.p == slow.weekly_total.p);
    BUG_UNLESS(fast.rate == slow.rate);
    BUG_UNLESS(fast.gross_weekly_income.p == slow.gross_weekly_income.p);
    struct explained steps = explain(a, facts, law, &trace, &names);
    assess_json_write_reply(&o, input, &slow, &steps);
    return out_string(&o);
}

static void check_refusal(struct arena *a, const struct assess_input *input, const struct fail *f)
{
    struct out o = { .arena = a };
    struct assess_input again;
    struct fail g;

    BUG_UNLESS(f->kind == FAIL_REFUSED);
    BUG_UNLESS(*f->code);
    BUG_UNLESS(*f->text);
    /* The error object is JSON itself: read as an input it fails by its form, not by its text. */
    assess_json_write_error(&o, input, f);
    BUG_UNLESS(!assess_json_read(a, o.at, o.length, &again, &g));
    BUG_UNLESS(!strcmp(g.code, "key_unknown") || !strcmp(g.code, "null_not_allowed"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a = { 0 };
    struct assess_input input, again;
    struct fail f = { 0 };

    if (!assess_json_read(&a, (const char *)bytes, length, &input, &f)) {
        check_refusal(&a, &input, &f);
    } else {
        struct out o = { .arena = &a };
        assess_json_write_input(&o, &input);
        BUG_UNLESS(assess_json_read(&a, o.at, o.length, &again, &f));
        BUG_UNLESS(!strcmp(reply(&a, &input), reply(&a, &again)));
    }
    arena_free(&a);
    return 0;
}
