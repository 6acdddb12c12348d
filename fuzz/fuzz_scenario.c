/* fuzz_scenario.c: any bytes as a scenario; what is read must be read the same again from its own
 * words, and what is refused must say where. */
#include "fuzz.h"

#include "app/scenario_parse.h"
#include "base/bug.h"
#include "base/out.h"

#include <string.h>

static void read_again(const struct scenario *s, struct arena *a)
{
    struct out o = { .arena = a };
    struct scenario again;
    struct fail f = { 0 };

    out_text(&o, "scenario: again\n");
    for (size_t i = 0; i < s->count; i++)
        out_print(&o, "%s\n", s->steps[i].text);
    if (o.length > SCENARIO_BYTES_MOST) return; /* nearly too long before */
    const char *text = out_string(&o);
    BUG_UNLESS(scenario_parse("again", text, o.length, a, &again, &f));
    BUG_UNLESS(again.count == s->count && again.expectations == s->expectations);
    for (size_t i = 0; i < s->count; i++) {
        BUG_UNLESS(again.steps[i].kind == s->steps[i].kind);
        BUG_UNLESS(!strcmp(again.steps[i].text, s->steps[i].text));
        BUG_UNLESS(again.steps[i].people_count == s->steps[i].people_count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a = { 0 };
    struct scenario s;
    struct fail f = { 0 };

    if (scenario_parse("f", (const char *)bytes, length, &a, &s, &f))
        read_again(&s, &a);
    else
        BUG_UNLESS(f.kind == FAIL_INPUT && !strncmp(f.text, "f:", 2));
    arena_free(&a);
    return 0;
}
