/* test_employer.c: employers' payment schedules and benefit offices' files.  Each file of
 * tests/employer has a sidecar NAME.expect that says in plain lines what must be read from it, or
 * why it must be refused; what is large is made here. */
#include "base/out.h"
#include "feed/benefit_file.h"
#include "feed/deduction_write.h"
#include "feed/employer.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#define FOLDER "tests/employer/"

/* --- what a file says, as text --- */

static bool show_line(void *context, const struct schedule_line *l, struct fail *f)
{
    struct out *o = context;
    char month[DATE_TEXT], day[DATE_TEXT], net[MONEY_TEXT], a[MONEY_TEXT], b[MONEY_TEXT];

    (void)f;
    out_print(o, "line %d | employer %s %.7s | employee %s %s | %s %s", l->line,
              l->schedule->employer, date_text(l->schedule->month, month), l->employee, l->nino,
              date_text(l->pay_date, day), pay_period_name(l->period));
    if (l->has_net) out_print(o, " | net %s", money_text(l->net, net));
    out_print(o, " | %s of %s %s\n", money_text(l->deducted, a), money_text(l->normal, b),
              short_reason_name(l->reason));
    return true;
}

static bool show_total(void *context, const struct schedule *s, money total, struct fail *f)
{
    char a[MONEY_TEXT], month[DATE_TEXT];

    (void)f;
    out_print(context, "total of %s %.7s: %s\n", s->employer, date_text(s->month, month),
              money_text(total, a));
    return true;
}

static void show_fault(void *context, const struct feed_fault *fault)
{
    out_print(context, "fault on line %d: %s\n", fault->line, fault->text);
}

static bool show_benefit(void *context, const struct benefit_line *l, struct fail *f)
{
    char from[DATE_TEXT], to[DATE_TEXT], a[MONEY_TEXT];

    (void)f;
    out_print(context, "line %d | %s %s | %s from %s to before %s | %s %s\n", l->line, l->reference,
              l->nino, l->benefit, date_text(l->from, from), date_text(l->to, to),
              money_text(l->amount, a), benefit_reason_name(l->reason));
    return true;
}

static const char *read_as_text(struct arena *a, const char *name, struct feed_source source)
{
    struct out o = { .arena = a };
    struct fail f;
    bool fine, agreed;
    size_t lines;
    char sum[MONEY_TEXT];

    if (!strncmp(name, "benefit", strlen("benefit"))) {
        struct benefit_summary s;
        struct benefit_sink sink = { &o, show_benefit, show_fault };
        fine                     = benefit_read_csv(&source, &sink, &s, &f);
        agreed = s.agreed, lines = s.lines;
        money_text(s.deducted, sum);
    } else {
        struct schedule_summary s;
        struct schedule_sink sink = { &o, show_line, show_total, show_fault };
        schedule_reader *read =
            strcmp(strrchr(name, '.'), ".xml") ? employer_read_csv : employer_read_xml;
        fine   = read(&source, &sink, &s, &f);
        agreed = s.agreed, lines = s.lines;
        money_text(s.deducted, sum);
    }
    if (fine)
        out_print(&o, "%zu lines, %s, %s\n", lines, sum, agreed ? "agreed" : "not agreed");
    else
        out_print(&o, "refused, %s: %s\n", f.code, f.text);
    return out_string(&o);
}

static char *file_text(struct arena *a, const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    *length    = (size_t)ftell(f);
    char *text = arena_take(a, *length + 1);
    rewind(f);
    assert_int_equal(fread(text, 1, *length, f), *length);
    fclose(f);
    return text;
}

/* FEED_TEST_WRITE=1 writes the sidecars anew. */
static void check_file(const char *name)
{
    struct arena a = { 0 };
    char path[512];
    size_t length, ignored;

    snprintf(path, sizeof path, FOLDER "%s", name);
    char *bytes = file_text(&a, path, &length);
    FILE *file  = fopen(path, "rb");
    const char *got =
        read_as_text(&a, name, (struct feed_source){ .bytes = bytes, .length = length });
    assert_string_equal(got, read_as_text(&a, name, (struct feed_source){ .file = file }));
    fclose(file);
    snprintf(path, sizeof path, FOLDER "%s.expect", name);
    if (getenv("FEED_TEST_WRITE")) {
        FILE *to = fopen(path, "w");
        fputs(got, to);
        fclose(to);
    }
    const char *want = file_text(&a, path, &ignored);
    if (!want || strcmp(got, want) != 0) print_message("%s\n", name);
    assert_non_null(want);
    assert_string_equal(got, want);
    arena_free(&a);
}

static void every_sample_reads_as_its_sidecar_says(void **state)
{
    DIR *d    = opendir(FOLDER);
    int files = 0;

    (void)state;
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        const char *dot = strrchr(e->d_name, '.');
        if (!dot || (strcmp(dot, ".csv") != 0 && strcmp(dot, ".xml") != 0)) continue;
        check_file(e->d_name);
        files++;
    }
    closedir(d);
    assert_true(files >= 28);
}

/* --- written and read again --- */

enum { SOME = 300 };
static const struct schedule ours = { "500000000017", { 0 } };

static struct schedule ours_of(void)
{
    struct schedule s = ours;
    s.month           = date_make(2026, 11, 1);
    return s;
}

static struct schedule_line line_of(int n, struct arena *a)
{
    bool few = n % 4 == 0;
    return (struct schedule_line){
        .employee = n % 3 ? arena_print(a, "1%011d", n) : "",
        .nino     = n % 3 != 1 ? arena_print(a, "QQ%06d%c", n, 'A' + n % 4) : "",
        .pay_date = date_make(2026, 11, 1 + n % 30),
        .period   = (enum pay_period)(n % PERIODS),
        .has_net  = n % 2,
        .net      = { n % 2 ? 50000 + n : 0 },
        .normal   = { 2500 + n },
        .deducted = { few ? n : 2500 + n + n % 5 },
        .reason   = few ? (enum short_reason)(1 + n % (SHORT_REASONS - 1)) : SHORT_NONE
    };
}

struct compared {
    const struct schedule_line *lines;
    size_t at;
    const char *path;
};

static bool compare_line(void *context, const struct schedule_line *l, struct fail *f)
{
    struct compared *c              = context;
    const struct schedule_line *was = &c->lines[c->at++];

    (void)f;
    assert_string_equal(l->schedule->employer, ours.employer);
    assert_string_equal(l->employee, was->employee);
    assert_string_equal(l->nino, was->nino);
    assert_int_equal(l->pay_date.d, was->pay_date.d);
    assert_int_equal(l->period, was->period);
    assert_int_equal(l->has_net, was->has_net);
    assert_int_equal(l->net.p, was->net.p);
    assert_int_equal(l->normal.p, was->normal.p);
    assert_int_equal(l->deducted.p, was->deducted.p);
    assert_int_equal(l->reason, was->reason);
    return true;
}

static bool any_total(void *context, const struct schedule *s, money total, struct fail *f)
{
    (void)context, (void)s, (void)total, (void)f;
    return true;
}

static void no_fault(void *context, const struct feed_fault *fault)
{
    (void)context;
    print_error("line %d: %s\n", fault->line, fault->text);
    fail();
}

static void what_is_written_reads_back(void **state)
{
    struct arena a              = { 0 };
    struct schedule s           = ours_of();
    struct schedule_line *lines = ARENA_MANY(&a, struct schedule_line, SOME);
    (void)state;

    for (int i = 0; i < SOME; i++)
        lines[i] = line_of(i, &a);
    for (int xml = 0; xml < 2; xml++) {
        FILE *file                = tmpfile();
        struct compared c         = { .lines = lines };
        struct schedule_sink sink = { &c, compare_line, any_total, no_fault };
        struct feed_source source = { .file = file };
        struct schedule_summary sum;
        struct fail f;
        assert_true((xml ? employer_write_xml : employer_write_csv)(file, &s, lines, SOME, &f));
        rewind(file);
        assert_true((xml ? employer_read_xml : employer_read_csv)(&source, &sink, &sum, &f));
        assert_int_equal(c.at, SOME);
        assert_true(sum.agreed && sum.schedules == 1);
        fclose(file);
    }
    arena_free(&a);
}

static bool compare_benefit(void *context, const struct benefit_line *l, struct fail *f)
{
    const struct benefit_line *was = context;

    (void)f;
    was += l->line - 2;
    assert_string_equal(l->payment, was->payment);
    assert_string_equal(l->reference, was->reference);
    assert_string_equal(l->nino, was->nino);
    assert_string_equal(l->benefit, was->benefit);
    assert_int_equal(l->from.d, was->from.d);
    assert_int_equal(l->to.d, was->to.d);
    assert_int_equal(l->amount.p, was->amount.p);
    assert_int_equal(l->reason, was->reason);
    return true;
}

static void benefit_lines_read_back(void **state)
{
    struct benefit_line lines[] = {
        { .reference = "100000000123",
          .nino      = "QQ123456C",
          .benefit   = "esa",
          .from      = { 20000 },
          .to        = { 20007 },
          .amount    = { 840 } },
        { .reference = "",
          .nino      = "QQ123456C",
          .benefit   = "universal_credit",
          .from      = { 20000 },
          .to        = { 20030 },
          .amount    = { 3640 } },
        { .reference = "100000000131",
          .nino      = "",
          .benefit   = "jsa",
          .from      = { 20000 },
          .to        = { 20001 },
          .reason    = BENEFIT_REASON_UNKNOWN },
    };
    for (size_t i = 0; i < 3; i++)
        lines[i].payment = "990000000011";
    struct benefit_sink sink  = { lines, compare_benefit, no_fault };
    FILE *file                = tmpfile();
    struct feed_source source = { .file = file };
    struct benefit_summary sum;
    struct fail f;
    (void)state;

    assert_true(benefit_write_csv(file, lines, 3, &f));
    rewind(file);
    assert_true(benefit_read_csv(&source, &sink, &sum, &f));
    assert_int_equal(sum.lines, 3);
    assert_true(sum.agreed);
    fclose(file);
}

static void what_we_send_is_plain(void **state)
{
    struct arena a                  = { 0 };
    struct employer_rates rate      = { "500000000017",
                                        "100000000123",
                                        "QQ123456C",
                                        date_make(2026, 4, 1),
                                        date_make(2026, 4, 30),
                                        { { 12000 }, { 24000 }, { 48000 }, { 52000 } },
                                        "60%" };
    struct benefit_request_line ask = {
        "100000000123",         "QQ123456C", "universal_credit", "maintenance",
        date_make(2026, 4, 30), { 840 },     { 3640 },           "monthly"
    };
    char *text    = NULL;
    size_t length = 0;
    struct fail f;
    FILE *to = open_memstream(&text, &length);
    (void)state;

    assert_true(employer_rates_write(to, &rate, 1, &f));
    assert_true(benefit_request_write(to, &ask, 1, &f));
    fclose(to);
    assert_string_equal(
        text,
        "employer reference,employee reference,national insurance number,made,from,a week,"
        "two weeks,four weeks,a month,protected\n"
        "500000000017,100000000123,QQ123456C,2026-04-01,2026-04-30,120.00,240.00,480.00,520.00,60%"
        "\n"
        "reference,national insurance number,benefit,purpose,from,a week,amount,period\n"
        "100000000123,QQ123456C,universal_credit,maintenance,2026-04-30,8.40,36.40,monthly\n");
    free(text);
    arena_free(&a);
}

static void numbers_have_a_form(void **state)
{
    static const char *const good[] = { "QQ123456C", "qq 12 34 56 c", "AB000000A", " QQ123456D " };
    static const char *const bad[]  = { "",           "QQ123456",      "QQ1234567C",
                                        "Q1123456C",  "QQ12345EC",     "QQ123456E",
                                        "QQ1234566C", "QQ-12-34-56-C", "QQ123456\xC3" };
    char nino[NINO_LENGTH + 1];
    (void)state;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(nino_read(good[i], nino));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(nino_read(bad[i], nino));
    assert_true(nino_read("qq 12 34 56 c", nino));
    assert_string_equal(nino, "QQ123456C");
    const char *rest =
        nino_next("ref AQQ123456C QQ123456CC 12QQ123456C qq 12 34 56 a, QQ123456D", nino);
    assert_non_null(rest);
    assert_string_equal(nino, "QQ123456A");
    assert_non_null(rest = nino_next(rest, nino));
    assert_string_equal(nino, "QQ123456D");
    assert_null(nino_next(rest, nino));
}

/* --- large and hostile --- */

#define XML_HEAD                                                                                   \
    "<EmployerSchedules xmlns='urn:upkeep:employer-schedule:1'><Schedule><EmployerReference>"      \
    "500000000017</EmployerReference><Month>2026-11</Month>"
#define XML_PAYMENT                                                                                \
    "<Payment><EmployeeReference>1%011d</EmployeeReference><PayDate>2026-11-06</PayDate><Period>"  \
    "weekly</Period><NormalDeduction>1.00</NormalDeduction><Deducted>1.00</Deducted></Payment>\n"
#define CSV_HEAD                                                                                   \
    "record,employer reference,month,employee reference,national insurance number,pay date,"       \
    "period,normal deduction,deducted,reason\n"
#define CSV_PAYMENT "payment,500000000017,2026-11,1%011d,,2026-11-06,weekly,1.00,1.00,\n"

static bool count_line(void *context, const struct schedule_line *l, struct fail *f)
{
    (void)l, (void)f;
    ++*(size_t *)context;
    return true;
}

static void ignore_fault(void *context, const struct feed_fault *fault)
{
    (void)context, (void)fault;
}

static long peak_kilobytes(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

static void a_large_file_needs_little_memory(void **state)
{
    enum { MANY = 60000 };
    (void)state;

    for (int xml = 0; xml < 2; xml++) {
        FILE *file                = tmpfile();
        size_t lines              = 0;
        struct schedule_sink sink = { &lines, count_line, any_total, no_fault };
        struct feed_source source = { .file = file };
        struct schedule_summary sum;
        struct fail f;
        fputs(xml ? XML_HEAD : CSV_HEAD, file);
        for (int i = 0; i < MANY; i++)
            xml ? fprintf(file, XML_PAYMENT, i) : fprintf(file, CSV_PAYMENT, i);
        fputs(xml ? "<Total>60000.00</Total></Schedule></EmployerSchedules>"
                  : "total,500000000017,2026-11,,,,,,60000.00,\n",
              file);
        rewind(file);
        long before = peak_kilobytes();
        assert_true((xml ? employer_read_xml : employer_read_csv)(&source, &sink, &sum, &f));
        assert_int_equal(lines, MANY);
#ifndef __SANITIZE_ADDRESS__ /* the sanitizer keeps freed memory back for a while */
        assert_true(peak_kilobytes() - before < 48 * 1024);
#endif
        (void)before;
        fclose(file);
    }
}

static void check_refused(schedule_reader *read, const char *head, const char *piece,
                          const char *code)
{
    enum { TIMES = 70000 };
    FILE *file                = tmpfile();
    size_t lines              = 0;
    struct schedule_sink sink = { &lines, count_line, any_total, ignore_fault };
    struct feed_source source = { .file = file };
    struct schedule_summary sum;
    struct fail f = { 0 };

    fputs(head, file);
    for (int i = 0; i < TIMES; i++)
        fputs(piece, file);
    rewind(file);
    assert_false(read(&source, &sink, &sum, &f));
    assert_string_equal(f.code, code);
    fclose(file);
}

static void hostile_files_are_refused(void **state)
{
    (void)state;
    check_refused(employer_read_xml, XML_HEAD, "<Payment/>", "too_many_faults");
    check_refused(employer_read_xml, XML_HEAD, "<Payment>", "element_unknown");
    check_refused(employer_read_xml, XML_HEAD "<Payment><Deducted>", "1", "xml_hostile");
    check_refused(employer_read_xml, XML_HEAD "<Payment><Deducted>", "<!-- -->", "xml_cut_off");
    check_refused(employer_read_xml, XML_HEAD "<Payment ", "a='1' ", "xml_hostile");
    check_refused(employer_read_xml, "<!DOCTYPE", " x", "xml_hostile");
    check_refused(employer_read_xml, "<EmployerSchedules xmlns='urn:upkeep:employer-schedule:1'>",
                  "<Schedule><EmployerReference>500000000017</EmployerReference><Month>2026-11"
                  "</Month><Total>0</Total></Schedule>",
                  "too_many_lines");
    check_refused(employer_read_csv, CSV_HEAD "payment,500000000017,2026-11,", "x",
                  "record_too_long");
    check_refused(employer_read_csv, CSV_HEAD "\"", "x\n", "record_too_long");
    check_refused(employer_read_csv, CSV_HEAD, "total,500000000017,2026-11,,,,,,0,\n",
                  "too_many_lines");
    check_refused(employer_read_csv,
                  CSV_HEAD "payment,500000000017,2026-11,x,,2026-11-06,weekly,1.00,1.00,\n",
                  "payment,500000000017,2026-11,x,,2026-11-06,weekly,1,999999999999.99,\n",
                  "total_too_large");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_reads_as_its_sidecar_says),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(benefit_lines_read_back),
        cmocka_unit_test(what_we_send_is_plain),
        cmocka_unit_test(numbers_have_a_form),
        cmocka_unit_test(a_large_file_needs_little_memory),
        cmocka_unit_test(hostile_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
