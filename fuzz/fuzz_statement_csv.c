/* fuzz_statement_csv.c: any bytes as a CSV statement; what is read must hold, and be the same once
 * written and read again. */
#include "feed_checks.h"
#include "fuzz.h"

#include "feed/statement_csv.h"

#include <stdlib.h>

static void write_and_read(const struct feed_result *r, struct arena *a)
{
    struct feed_result again;
    struct fail f;
    char *bytes   = NULL;
    size_t length = 0;
    FILE *to      = open_memstream(&bytes, &length);

    BUG_UNLESS(feed_write_statement_csv(to, r->lines, r->summary.lines, &f));
    fclose(to);
    struct feed_source source = { .bytes = bytes, .length = length };
    BUG_UNLESS(feed_gather(feed_read_statement_csv, &source, a, &again, &f));
    BUG_UNLESS(again.summary.faults == 0 && again.summary.lines == r->summary.lines);
    for (size_t i = 0; i < r->summary.lines; i++)
        check_same(&r->lines[i], &again.lines[i]);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a            = { 0 };
    struct feed_source source = { .bytes = (const char *)bytes, .length = length };
    struct feed_result result;
    struct fail f = { 0 };

    if (length > 0 && feed_gather(feed_read_statement_csv, &source, &a, &result, &f)) {
        check_result(&result);
        write_and_read(&result, &a);
    } else if (length > 0) {
        BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    }
    arena_free(&a);
    return 0;
}
