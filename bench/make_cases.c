/* make_cases.c: writes calculation inputs, one on each line, for timing `upkeep assess --lines`.
 * Usage: make_cases [COUNT [SEED]] > FILE */
#include "cases.h"
#include "rule/assess_json.h"

#include <stdio.h>
#include <stdlib.h>

enum { FLUSH = 1 << 16 };

int main(int argc, char **argv)
{
    static const char *const dates[] = { "2013-04-01", "2016-10-02", "2019-01-31", "2026-04-06" };
    long count                       = argc > 1 ? strtol(argv[1], NULL, 10) : 100000;
    uint64_t seed                    = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    struct arena memory              = { 0 };
    struct out o                     = { .arena = &memory };

    for (long i = 0; i < count; i++) {
        static const struct span receivers[CASE_RECEIVERS] = { SPAN("A"), SPAN("B"), SPAN("C") };
        static const struct span children[CASE_CHILDREN]   = { SPAN("a"), SPAN("b"), SPAN("c"),
                                                               SPAN("d"), SPAN("e"), SPAN("f"),
                                                               SPAN("g"), SPAN("h"), SPAN("i") };
        struct bench_case c;
        char id[32];
        struct assess_input input = { .has_id       = true,
                                      .receiver_ids = receivers,
                                      .child_ids    = children };
        case_fill(&c, &seed);
        input.facts     = c.facts;
        input.id        = (struct span){ id, (size_t)snprintf(id, sizeof id, "case-%ld", i) };
        const char *day = dates[case_pick(&seed, 4)];
        date_parse(day, DATE_TEXT - 1, &input.effective_date);
        assess_json_write_input(&o, &input);
        out_text(&o, "\n");
        if (o.length > FLUSH || i + 1 == count) {
            fwrite(o.at, 1, o.length, stdout);
            o.length = 0;
        }
    }
    arena_free(&memory);
    return fflush(stdout) == 0 ? 0 : 2;
}
