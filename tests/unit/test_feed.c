/* test_feed.c: bank files.  Each file of tests/feed has a sidecar NAME.expect that says in plain
 * lines what must be read from it, or why it must be refused; the rest is made here. */
#include "base/out.h"
#include "feed/camt053.h"
#include "feed/camt053_write.h"
#include "feed/statement_csv.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

#define FOLDER "tests/feed/"

static const char *kind_words(const struct feed_line *l)
{
    return l->credit ? l->returned ? "in, returned" : "in" : l->returned ? "out, returned" : "out";
}

static void show_text(struct out *o, const char *name, const char *text)
{
    if (*text) out_print(o, " | %s: %s", name, text);
}

static void show_result(struct out *o, const struct feed_result *r)
{
    char a[MONEY_TEXT], b[MONEY_TEXT];

    for (size_t i = 0; i < r->summary.statements; i++) {
        const struct feed_statement *s = &r->statements[i];
        out_print(o, "statement %s | account: %s", s->id, s->account);
        if (s->has_balances)
            out_print(o, " | opening %s closing %s", money_text(s->opening, a),
                      money_text(s->closing, b));
        out_text(o, "\n");
    }
    for (size_t i = 0; i < r->summary.lines; i++) {
        const struct feed_line *l = &r->lines[i];
        char day[DATE_TEXT];
        out_print(o, "line %d | %s | %s %s | reference: %s", l->line, date_text(l->booked, day),
                  money_text(l->amount, a), kind_words(l), l->reference);
        show_text(o, "original", l->original);
        show_text(o, "reason", l->reason);
        show_text(o, "end to end", l->end_to_end);
        show_text(o, "party", l->payer_name);
        show_text(o, "party's account", l->payer_account);
        show_text(o, "remittance", l->remittance);
        out_text(o, "\n");
    }
    for (size_t i = 0; i < r->summary.faults; i++)
        out_print(o, "fault on line %d: %s\n", r->faults[i].line, r->faults[i].text);
    out_print(o, "in %s out %s, pending %zu, %s\n", money_text(r->summary.money_in, a),
              money_text(r->summary.money_out, b), r->summary.pending,
              r->summary.balanced ? "balanced" : "not balanced");
}

static feed_reader *reader_for(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (dot && !strcmp(dot, ".xml")) return feed_read_camt053;
    if (dot && !strcmp(dot, ".csv")) return feed_read_statement_csv;
    return NULL;
}

/* What a source says, as text in the arena. */
static const char *read_as_text(struct arena *a, feed_reader *reader, struct feed_source source)
{
    struct feed_result result;
    struct fail f = { 0 };
    struct out o  = { .arena = a };

    source.name    = "FILE";
    source.account = "20201555555555";
    if (feed_gather(reader, &source, a, &result, &f))
        show_result(&o, &result);
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

/* From memory and from a file the same must be read.  FEED_TEST_WRITE=1 writes the sidecars anew.
 */
static void check_file(const char *name)
{
    struct arena a = { 0 };
    char path[512];
    size_t length, ignored;

    snprintf(path, sizeof path, FOLDER "%s", name);
    char *bytes     = file_text(&a, path, &length);
    FILE *file      = fopen(path, "rb");
    const char *got = read_as_text(&a, reader_for(name),
                                   (struct feed_source){ .bytes = bytes, .length = length });
    assert_string_equal(got,
                        read_as_text(&a, reader_for(name), (struct feed_source){ .file = file }));
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
    for (struct dirent *e; (e = readdir(d));)
        if (reader_for(e->d_name)) {
            check_file(e->d_name);
            files++;
        }
    closedir(d);
    assert_true(files >= 30);
}

/* --- writing and reading again --- */

static const struct feed_statement ours = { .id      = "S<1>&",
                                            .account = "GB33BUKB20201555555555",
                                            .opening = { -5000 } };

static struct feed_line line_of(int n, struct arena *a)
{
    bool returned = n % 5 == 4;
    return (struct feed_line){ .statement     = &ours,
                               .reference     = arena_print(a, "REF-%d", n),
                               .booked        = date_add_days(date_make(2026, 11, 1), n % 30),
                               .amount        = { 1 + n * 37 },
                               .credit        = n % 3 != 0,
                               .returned      = returned,
                               .original      = returned ? arena_print(a, "E2E-%d", n - 1) : "",
                               .reason        = "",
                               .end_to_end    = "",
                               .payer_name    = n % 7 ? "Zoë \"Ann\" O'Hara, & <Co>" : "",
                               .payer_account = n % 2 ? "20304012345678" : "GB29NWBK60161331926819",
                               .remittance    = arena_print(a, "paid, \"%d\"", n) };
}

static void assert_lines_same(const struct feed_line *x, const struct feed_line *y)
{
    assert_string_equal(x->reference, y->reference);
    assert_int_equal(x->booked.d, y->booked.d);
    assert_int_equal(x->amount.p, y->amount.p);
    assert_int_equal(x->credit, y->credit);
    assert_int_equal(x->returned, y->returned);
    assert_string_equal(x->original, y->original);
    assert_string_equal(x->payer_name, y->payer_name);
    assert_string_equal(x->payer_account, y->payer_account);
    assert_string_equal(x->remittance, y->remittance);
}

enum { SOME = 200 };

static void check_round_trip(bool xml)
{
    struct arena a          = { 0 };
    struct feed_line *lines = ARENA_MANY(&a, struct feed_line, SOME);
    struct feed_result result;
    struct fail f;
    FILE *file = tmpfile();

    for (int i = 0; i < SOME; i++)
        lines[i] = line_of(i, &a);
    struct camt053_page page = {
        .statement = &ours, .day = date_make(2026, 11, 30), .lines = lines, .count = SOME
    };
    assert_true(xml ? feed_write_camt053(file, &page, &f)
                    : feed_write_statement_csv(file, lines, SOME, &f));
    rewind(file);
    struct feed_source source = { .file = file };
    assert_true(
        feed_gather(xml ? feed_read_camt053 : feed_read_statement_csv, &source, &a, &result, &f));
    assert_int_equal(result.summary.lines, SOME);
    assert_int_equal(result.summary.faults, 0);
    assert_int_equal(result.summary.balanced, xml);
    for (int i = 0; i < SOME; i++)
        assert_lines_same(&lines[i], &result.lines[i]);
    if (xml) assert_string_equal(result.statements[0].id, ours.id);
    fclose(file);
    arena_free(&a);
}

static void camt053_written_reads_back(void **state)
{
    (void)state;
    check_round_trip(true);
}

static void csv_written_reads_back(void **state)
{
    (void)state;
    check_round_trip(false);
}

static void a_long_remittance_takes_several_parts(void **state)
{
    struct arena a        = { 0 };
    struct out o          = { .arena = &a };
    struct feed_line line = line_of(1, &a);
    struct fail f;
    FILE *file = tmpfile();

    (void)state;
    for (int i = 0; i < 150; i++)
        out_print(&o, "%sword%d", i ? " " : "", i);
    line.remittance           = out_string(&o);
    struct camt053_page page  = { .statement = &ours, .lines = &line, .count = 1 };
    struct feed_source source = { .file = file };
    struct feed_result result;
    assert_true(feed_write_camt053(file, &page, &f));
    rewind(file);
    assert_true(feed_gather(feed_read_camt053, &source, &a, &result, &f));
    assert_string_equal(result.lines[0].remittance, line.remittance);
    fclose(file);
    arena_free(&a);
}

/* --- hostile files, made here because they are large --- */

/* The file must be refused, and soon.  Closes it. */
static void check_refused_soon(FILE *file, const char *code)
{
    struct arena a            = { 0 };
    struct feed_source source = { .file = file };
    struct feed_result result;
    struct fail f = { 0 };
    clock_t begun = clock();

    rewind(file);
    assert_false(feed_gather(feed_read_camt053, &source, &a, &result, &f));
    assert_string_equal(f.code, code);
    assert_true((clock() - begun) / CLOCKS_PER_SEC < 5);
    fclose(file);
    arena_free(&a);
}

/* A file that is all head and then one piece again and again. */
static void check_hostile(const char *head, const char *piece, size_t bytes, const char *code)
{
    FILE *file = tmpfile();

    fputs(head, file);
    for (size_t n = strlen(piece), i = 0; i < bytes; i += n)
        fwrite(piece, 1, n, file);
    check_refused_soon(file, code);
}

static void many_names(FILE *file)
{
    for (int i = 0; i < 2000000; i++)
        fprintf(file, "<n%d/>", i);
}

static void many_attributes(FILE *file)
{
    for (int tag = 0; tag < 20000; tag++) {
        fputs("<a", file);
        for (int i = 100; i < 600; i++)
            fprintf(file, " a%d=''", i);
        fputs("/>", file);
    }
}

#define DOC "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'>"
#define STMT                                                                                       \
    DOC "<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>G</IBAN></Id></Acct><Bal><Tp><CdOrPrtry>"  \
        "<Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy='GBP'>0</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"    \
        "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy='GBP'>0</Amt><CdtDbtInd>CRDT"  \
        "</CdtDbtInd></Bal>"
#define NTRY "<Ntry><Amt Ccy='GBP'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"

static void hostile_files_are_refused_soon(void **state)
{
    enum { MUCH = 20 << 20 };
    (void)state;
    check_hostile(DOC, "<a>", MUCH, "xml_hostile");
    check_hostile(DOC "<a>", "xxxxxxxxxxxxxxxx", MUCH, "xml_hostile");
    check_hostile(DOC "<!--", "xxxxxxxxxxxxxxxx", MUCH, "xml_hostile");
    check_hostile(DOC "<![CDATA[", "xxxxxxxxxxxxxxxx", MUCH, "xml_hostile");
    check_hostile(DOC "<a ", "b='1' ", MUCH, "xml_hostile");
    check_hostile(DOC "<a ", "b='>' ", MUCH, "xml_hostile");
    check_hostile(DOC "<?", "x", MUCH, "xml_hostile");
    check_hostile("", "<!DOCTYPE a [", MUCH, "xml_hostile");
    check_hostile("", "<\0", 4, "xml_broken");
    check_hostile(STMT NTRY "<NtryDtls>", "<TxDtls></TxDtls>", MUCH, "too_many_lines");
    check_hostile(STMT, NTRY "</Ntry>", MUCH, "too_many_faults");
    check_hostile(DOC "<BkToCstmrStmt>", "<Stmt/>", MUCH, "statement_incomplete");
    check_hostile(STMT NTRY, "<AddtlNtryInf>xxxxxxxxxxxxxxxx</AddtlNtryInf>", MUCH, "xml_cut_off");
}

/* --- a large file needs no more memory than a small one --- */

struct count {
    size_t lines;
    money sum;
};

static void count_statement(void *context, const struct feed_statement *s)
{
    (void)context, (void)s;
}
static void count_fault(void *context, const struct feed_fault *fault)
{
    (void)context, (void)fault;
}
static bool count_line(void *context, const struct feed_line *line, struct fail *f)
{
    struct count *c = context;
    (void)f;
    c->lines++;
    c->sum = money_add(c->sum, line->amount);
    return true;
}

static long peak_kilobytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

static void names_and_attributes_have_a_limit(void **state)
{
    void (*const writers[])(FILE *) = { many_names, many_attributes };
    (void)state;
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        FILE *file = tmpfile();
        fputs(DOC, file);
        writers[i](file);
        check_refused_soon(file, "xml_hostile");
    }
}

static void a_large_file_streams(void **state)
{
    enum { ENTRIES = 30000 };
    struct count c        = { 0 };
    struct feed_sink sink = { &c, count_statement, count_line, count_fault };
    struct feed_summary summary;
    struct fail f;
    FILE *file                = tmpfile();
    struct feed_source source = { .file = file };

    (void)state;
    fputs(STMT, file);
    for (int i = 0; i < ENTRIES; i++)
        fprintf(
            file,
            "\n<Ntry><Amt Ccy='GBP'>1</Amt><CdtDbtInd>%s</CdtDbtInd><Sts>BOOK</Sts><BookgDt>"
            "<Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>R%d</AcctSvcrRef><NtryDtls><TxDtls><Refs>"
            "<EndToEndId>E%d</EndToEndId></Refs><RmtInf><Ustrd>%0200d</Ustrd></RmtInf></TxDtls>"
            "</NtryDtls></Ntry>",
            i % 2 ? "CRDT" : "DBIT", i, i, i);
    fputs("</Stmt></BkToCstmrStmt></Document>", file);
    rewind(file);
    long before = peak_kilobytes();
    assert_true(feed_read_camt053(&source, &sink, &summary, &f));
    assert_int_equal(c.lines, ENTRIES);
    assert_int_equal(c.sum.p, ENTRIES * 100);
    assert_true(summary.balanced);
#ifndef __SANITIZE_ADDRESS__ /* the sanitizer keeps freed memory back for a while */
    assert_true(peak_kilobytes() - before < 8192);
#endif
    (void)before;
    fclose(file);
}

static bool refuse_line(void *context, const struct feed_line *line, struct fail *f)
{
    (void)context;
    return REFUSE(f, "enough", "No more after line %d.", line->line);
}

static void a_sink_can_stop_the_reading(void **state)
{
    static const char csv[]   = "date,amount,reference,type\n2026-11-20,1.00,A,credit\n";
    struct feed_sink sink     = { NULL, count_statement, refuse_line, count_fault };
    struct feed_source source = { .bytes = csv, .length = sizeof csv - 1 };
    struct feed_summary summary;
    struct fail f = { 0 };
    FILE *file    = fopen(FOLDER "good-08.xml", "rb");

    (void)state;
    assert_false(feed_read_statement_csv(&source, &sink, &summary, &f));
    assert_string_equal(f.code, "enough");
    f      = (struct fail){ 0 };
    source = (struct feed_source){ .file = file };
    assert_false(feed_read_camt053(&source, &sink, &summary, &f));
    assert_string_equal(f.code, "enough");
    fclose(file);
}

static void text_is_utf8_or_it_is_refused(void **state)
{
    static const char *const wrong[] = {
        "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF8", "\xE2\x82", "a\x01",        "\x7F"
    };
    char text[] = "  a \t\n b  ";
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(feed_text_valid(wrong[i], strlen(wrong[i])));
    assert_true(feed_text_valid("é€𐍈\t\r\n", strlen("é€𐍈\t\r\n")));
    assert_int_equal(feed_text_tidy(text, strlen(text)), 3);
    assert_memory_equal(text, "a b", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_reads_as_its_sidecar_says),
        cmocka_unit_test(camt053_written_reads_back),
        cmocka_unit_test(csv_written_reads_back),
        cmocka_unit_test(a_long_remittance_takes_several_parts),
        cmocka_unit_test(hostile_files_are_refused_soon),
        cmocka_unit_test(names_and_attributes_have_a_limit),
        cmocka_unit_test(a_large_file_streams),
        cmocka_unit_test(a_sink_can_stop_the_reading),
        cmocka_unit_test(text_is_utf8_or_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
