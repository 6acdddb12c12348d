/* fuzz_camt053.c: any bytes as a camt.053; what is read must hold, and be the same once written and
 * read again. */
#include "feed_checks.h"
#include "fuzz.h"

#include "feed/camt053.h"
#include "feed/camt053_write.h"

#include <stdlib.h>

enum { REFERENCE_MOST = 140 }; /* a made-up reference can be longer than the format allows */

static void write_and_read(const struct feed_result *r, struct arena *a)
{
    struct camt053_page page = { .statement = &r->statements[0],
                                 .day       = date_make(2026, 11, 20),
                                 .lines     = r->lines };
    struct feed_result again;
    struct fail f;
    char *bytes   = NULL;
    size_t length = 0;

    for (; page.count < r->summary.lines; page.count++)
        if (r->lines[page.count].statement != page.statement ||
            strlen(r->lines[page.count].reference) > REFERENCE_MOST)
            break;
    FILE *to = open_memstream(&bytes, &length);
    BUG_UNLESS(feed_write_camt053(to, &page, &f));
    fclose(to);
    struct feed_source source = { .bytes = bytes, .length = length };
    BUG_UNLESS(feed_gather(feed_read_camt053, &source, a, &again, &f));
    BUG_UNLESS(again.summary.faults == 0 && again.summary.lines == page.count);
    BUG_UNLESS(again.summary.balanced);
    for (size_t i = 0; i < page.count; i++)
        check_same(&r->lines[i], &again.lines[i]);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a            = { 0 };
    struct feed_source source = { .bytes = (const char *)bytes, .length = length };
    struct feed_result result;
    struct fail f = { 0 };

    if (length > 0 && feed_gather(feed_read_camt053, &source, &a, &result, &f)) {
        check_result(&result);
        write_and_read(&result, &a);
    } else if (length > 0) {
        BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    }
    arena_free(&a);
    return 0;
}
