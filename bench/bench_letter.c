/* bench_letter.c: finished letters a second on one core.  Usage: bench_letter [HOW-MANY]
 *
 * Each letter is a file of its own with its fonts: composed, drawn, sealed; English and Welsh by
 * turns.  "page" is one A4 page (address, heading, two paragraphs, 12 rows), to compare with other
 * ways to make a PDF; "notice" is a whole arrears notice with three rows, two pages. */
#include "../tests/unit/letter_sample.h"
#include "letter/build.h"
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

static bool one_page(const struct letter_head *head, struct arena *arena,
                     struct letter_document *result, struct fail *fail)
{
    struct letter_builder b;

    (void)fail;
    letter_start(&b, &letter_templates[LETTER_ARREARS_NOTICE], head, arena, result);
    letter_say(&b, "Eich taliadau hyd at ddiwedd y flwyddyn");
    letter_title(&b);
    for (int i = 0; i < 2; i++) {
        letter_open(&b, LETTER_PARAGRAPH);
        letter_say(&b,
                   "Byddwn yn gwirio pob taliad gyda chi, ac ni fyddwn yn gofyn am arian sydd mewn "
                   "anghydfod nes i ni edrych arno. Dŵr, tŷ, gŵyl a thân.");
        letter_text(&b);
    }
    letter_open(&b, LETTER_TABLE);
    for (int i = 0; i < 3; i++) {
        letter_say(&b, i ? "Swm" : "Dyddiad");
        letter_column(&b, i > 0);
    }
    for (int i = 0; i < 12; i++) {
        letter_say_date(&b, date_add_months(head->sent, i));
        letter_cell(&b);
        letter_say_money(&b, (money){ 20800 + i });
        letter_cell(&b);
        letter_say_money(&b, (money){ 10000 - i });
        letter_cell(&b);
    }
    return true;
}

static bool notice(const struct letter_head *head, struct arena *arena,
                   struct letter_document *result, struct fail *fail)
{
    return sample_arrears(head, 3, arena, result, fail);
}

static bool measure(const char *name, long n,
                    bool (*make)(const struct letter_head *, struct arena *,
                                 struct letter_document *, struct fail *))
{
    struct arena arena = { 0 };
    size_t bytes       = 0;
    double from        = 0;

    for (long i = -10; i < n; i++) { /* the first ten fill the font caches */
        struct letter_head head = sample_head(i & 1 ? LETTER_WELSH : LETTER_ENGLISH, false);
        struct letter_document d;
        struct fail fail = { 0 };
        struct out o     = { .arena = &arena };
        if (i == 0) from = cpu_seconds();
        if (!make(&head, &arena, &d, &fail) || !letter_pdf(&d, &o, &fail))
            return fprintf(stderr, "%s\n", fail.text), false;
        bytes += i >= 0 ? o.length : 0;
        arena_reset(&arena);
    }
    double took = cpu_seconds() - from;
    printf("letter %s: %.0f a second on one core (%.2f ms each, %.1f kB)\n", name, (double)n / took,
           took / (double)n * 1e3, (double)bytes / (double)n / 1e3);
    arena_free(&arena);
    return true;
}

int main(int argc, char **argv)
{
    long n = argc > 1 ? strtol(argv[1], NULL, 10) : 300;
    return measure("page", n, one_page) && measure("notice", n, notice) ? 0 : 1;
}
