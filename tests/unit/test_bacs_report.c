/* test_bacs_report.c: reports of Bacs.  Each file of tests/feed/bacs has a sidecar NAME.expect that
 * says what must be read from it, or why it is refused; ACCEPT=1 writes them anew, to be read over.
 */
#include "base/out.h"
#include "feed/bacs_report.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#define FOLDER "tests/feed/bacs/"

struct heard {
    struct arena arena;
    struct out out;
    size_t advices, heads;
    struct bacs_advice last;
};

static void hear_head(void *context, const struct bacs_report_head *h)
{
    struct heard *heard = context;
    char day[DATE_TEXT];
    heard->heads++;
    out_print(&heard->out, "report %s of %s for %s (%s)\n", h->number,
              h->has_day ? date_text(h->day, day) : "no day", h->user, h->user_name);
}
static bool hear_advice(void *context, const struct bacs_advice *a, struct fail *f)
{
    struct heard *heard = context;
    char text[MONEY_TEXT];
    (void)f;
    heard->advices++;
    heard->last = *a;
    out_print(&heard->out, "line %d: %s %c %s | %s %s | %s", a->line, bacs_report_name(a->report),
              a->reason->code, a->reason->meaning, a->reference, a->code, a->name);
    if (a->has_day) out_print(&heard->out, " | %s", date_text(a->day, text));
    if (a->has_amount) out_print(&heard->out, " | %s", money_text(a->amount, text));
    if (a->has_account)
        out_print(&heard->out, " | %s %s", sort_code_text(&a->account, text), a->account.number);
    if (a->has_changed)
        out_print(&heard->out, " -> %s %s", sort_code_text(&a->changed, text), a->changed.number);
    out_text(&heard->out, "\n");
    return true;
}
static void hear_fault(void *context, const struct feed_fault *fault)
{
    struct heard *heard = context;
    out_print(&heard->out, "fault on line %d: %s\n", fault->line, fault->text);
}

static bool read_source(struct feed_source source, struct heard *heard,
                        struct bacs_report_summary *summary, struct fail *f)
{
    struct bacs_report_sink sink = { heard, hear_head, hear_advice, hear_fault };
    heard->out.arena             = &heard->arena;
    return bacs_report_read(&source, &sink, summary, f);
}

static char *slurp(const char *path, size_t *length)
{
    FILE *file  = fopen(path, "rb");
    char *bytes = NULL;
    if (!file) return NULL;
    FILE *to = open_memstream(&bytes, length);
    for (int c; (c = fgetc(file)) != EOF;)
        fputc(c, to);
    fclose(to);
    fclose(file);
    return bytes;
}

static void sample_check(const char *name)
{
    char path[400];
    size_t length, expect_length = 0;
    struct heard heard = { 0 };
    struct bacs_report_summary s;
    struct fail f = { 0 };

    snprintf(path, sizeof path, FOLDER "%s", name);
    char *bytes = slurp(path, &length);
    snprintf(path, sizeof path, FOLDER "%s.expect", name);
    char *want = slurp(path, &expect_length), text[MONEY_TEXT];
    if (read_source((struct feed_source){ .bytes = bytes, .length = length }, &heard, &s, &f))
        out_print(&heard.out, "%zu told, %zu faults, %s; instructions %zu taken, %zu not%s\n",
                  s.advices, s.faults, money_text(s.amount, text), s.accepted, s.rejected,
                  s.file_rejected ? "; a submission was rejected" : "");
    else
        out_print(&heard.out, "refused %s (%s): %s\n", f.code, f.field, f.text);
    if (getenv("ACCEPT")) {
        FILE *to = fopen(path, "w");
        fputs(out_string(&heard.out), to);
        fclose(to);
    } else if (!want || strcmp(want, out_string(&heard.out)) != 0) {
        fail_msg("%s gives:\n%s", name, out_string(&heard.out));
    }
    free(bytes);
    free(want);
    arena_free(&heard.arena);
}

static void every_sample_reads_as_its_sidecar_says(void **state)
{
    DIR *folder = opendir(FOLDER);
    size_t n    = 0;
    (void)state;
    assert_non_null(folder);
    for (struct dirent *e; (e = readdir(folder));) {
        size_t length = strlen(e->d_name);
        if (length < 4 || strcmp(e->d_name + length - 4, ".xml") != 0) continue;
        if (strncmp(e->d_name, "pain", 4) == 0) continue;
        sample_check(e->d_name);
        n++;
    }
    closedir(folder);
    assert_true(n >= 9);
}

static void every_reason_says_what_follows(void **state)
{
    size_t n = 0;
    (void)state;
    for (const struct bacs_reason *r; (r = bacs_reason_at(n)); n++) {
        assert_ptr_equal(bacs_reason_find(r->report, r->code), r);
        assert_true(r->follows && *r->meaning && *r->what_next);
        assert_int_equal(r->what_next[strlen(r->what_next) - 1], '.');
        assert_int_equal(r->report == BACS_ARUCS, (r->follows & BACS_PAYEE_HELD) != 0);
    }
    assert_int_equal(n, 46);
    assert_null(bacs_reason_find(BACS_AUDDIS, 'Z'));
    assert_null(bacs_reason_find(BACS_ARUDD, 'C'));
}

static void every_reason_is_written_and_read_back(void **state)
{
    struct bacs_report_head head = { "123456", "UPKEEP", "007", true, { 20780 } };
    (void)state;
    for (size_t i = 0; bacs_reason_at(i); i++) {
        const struct bacs_reason *r = bacs_reason_at(i);
        bool money_back             = r->report == BACS_ARUDD || r->report == BACS_ARUCS;
        struct bacs_advice a        = { .report      = r->report,
                                        .reason      = r,
                                        .reference   = "100000000017",
                                        .name        = "A & B <C>",
                                        .code        = money_back ? "17" : "",
                                        .has_account = true,
                                        .account     = { "010203", "12345678" },
                                        .has_changed = !money_back,
                                        .changed     = { "010204", "12345679" },
                                        .has_day     = true,
                                        .day         = { 20770 },
                                        .has_amount  = money_back,
                                        .amount      = { money_back ? 1234 : 0 } };
        struct heard heard          = { 0 };
        struct bacs_report_summary s;
        struct fail f = { 0 };
        char *bytes   = NULL;
        size_t length;
        FILE *to = open_memstream(&bytes, &length);
        assert_true(bacs_report_write(to, &head, &a, 1, &f));
        fclose(to);
        if (!read_source((struct feed_source){ .bytes = bytes, .length = length }, &heard, &s, &f))
            fail_msg("%s", f.text);
        assert_int_equal(heard.advices, 1);
        assert_int_equal(heard.heads, 1);
        assert_ptr_equal(heard.last.reason, r);
        assert_memory_equal(&heard.last.account, &a.account, sizeof a.account);
        assert_int_equal(heard.last.has_changed, a.has_changed);
        if (a.has_changed) assert_memory_equal(&heard.last.changed, &a.changed, sizeof a.changed);
        assert_int_equal(heard.last.amount.p, a.amount.p);
        assert_int_equal(heard.last.day.d, a.day.d);
        free(bytes);
        arena_free(&heard.arena);
    }
}

static bool count_only(void *context, const struct bacs_advice *a, struct fail *f)
{
    (void)a, (void)f;
    ++*(size_t *)context;
    return true;
}
static void head_only(void *context, const struct bacs_report_head *h)
{
    (void)context, (void)h;
}
static void fault_only(void *context, const struct feed_fault *fault)
{
    (void)context;
    fail_msg("%d: %s", fault->line, fault->text);
}

/* A report of 100 MB, in the release flavour. */
static void a_large_report_streams(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    enum { ITEMS = 20000 };
#else
    enum { ITEMS = 300000 };
#endif
    size_t told                  = 0;
    struct bacs_report_sink sink = { &told, head_only, count_only, fault_only };
    struct bacs_report_summary s;
    struct fail f             = { 0 };
    FILE *file                = tmpfile();
    struct feed_source source = { .file = file };

    (void)state;
    fputs("<BACSDocument><Data><ARUDD><Advice><OriginatingAccountRecords>"
          "<OriginatingAccountRecord>\n",
          file);
    for (int i = 0; i < ITEMS; i++)
        fprintf(file,
                "<ReturnedDebitItem ref=\"%012d\" transCode=\"17\" returnCode=\"0273\" "
                "returnDescription=\"REFER TO PAYER\" originalProcessingDate=\"2026-11-16\" "
                "valueOf=\"1.00\" currency=\"GBP\">\n<PayerAccount number=\"12345678\" "
                "ref=\"%012d\" name=\"ALAN PAYER\" sortCode=\"20-00-00\" bankName=\"B BANK\" "
                "branchName=\"TOWN\"></PayerAccount>\n</ReturnedDebitItem>\n",
                i, i);
    fprintf(file,
            "<Totals numberOf=\"%d\" valueOf=\"%d.00\"/></OriginatingAccountRecord>"
            "</OriginatingAccountRecords></Advice></ARUDD></Data></BACSDocument>",
            ITEMS, ITEMS);
    rewind(file);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    if (!bacs_report_read(&source, &sink, &s, &f)) fail_msg("%s", f.text);
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(told, ITEMS);
#ifndef __SANITIZE_ADDRESS__
    /* 16 to 32 bytes for each line told, so that none is told twice */
    assert_true(after.ru_maxrss - before.ru_maxrss < 32768);
#endif
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_reads_as_its_sidecar_says),
        cmocka_unit_test(every_reason_says_what_follows),
        cmocka_unit_test(every_reason_is_written_and_read_back),
        cmocka_unit_test(a_large_report_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
