/* bench_letter.c: finished letters a second on one core.  Usage: bench_letter [HOW-MANY]
 *
 * An arrears notice with three rows, English and Welsh by turns, each a file of its own with its
 * fonts: composed, drawn, sealed. */
#include "../test/unit/letter_sample.h"
#include "letter/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    long         n     = argc > 1 ? strtol(argv[1], NULL, 10) : 300;
    struct arena arena = { 0 };
    size_t       bytes = 0;
    double       from  = 0;

    for (long i = -10; i < n; i++) { /* the first ten fill the font caches */
        struct letter_head     head = sample_head(i & 1 ? LETTER_WELSH : LETTER_ENGLISH, false);
        struct letter_document d;
        struct fail            fail = { 0 };
        struct out             o    = { .arena = &arena };
        if (i == 0)
            from = cpu_seconds();
        if (!sample_arrears(&head, 3, &arena, &d, &fail) || !letter_pdf(&d, &o, &fail)) {
            fprintf(stderr, "%s\n", fail.text);
            return 1;
        }
        bytes += i >= 0 ? o.length : 0;
        arena_reset(&arena);
    }
    double took = cpu_seconds() - from;
    printf("letters: %.0f a second on one core (%.2f ms each, %.1f kB)\n", (double)n / took,
           took / (double)n * 1e3, (double)bytes / (double)n / 1e3);
    arena_free(&arena);
    return 0;
}
