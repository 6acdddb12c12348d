/* test_letter.c: letters as documents, plain text against golden files, deterministic PDFs. */
#include "letter/html.h"
#include "letter/pdf.h"
#include "letter/plain.h"
#include "letter_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool sample_make(enum letter_name name, const struct letter_head *head, struct arena *arena,
                        struct letter_document *d)
{
    struct fail fail = { 0 };
    bool made        = name == LETTER_ARREARS_NOTICE     ? sample_arrears(head, 3, arena, d, &fail)
                       : name == LETTER_REFUND_DUE       ? sample_refund(head, arena, d, &fail)
                       : name == LETTER_STATEMENT_PAYING ? sample_paying(head, arena, d, &fail)
                       : name == LETTER_STATEMENT_RECEIVING ? sample_receiving(head, arena, d, &fail)
                       : name == LETTER_PAYMENT_PLAN        ? sample_plan(head, arena, d, &fail)
                       : name == LETTER_FAMILY_AGREEMENT ? sample_agreement(head, arena, d, &fail)
                       : name == LETTER_SERVICE_NOTICE   ? sample_notice(head, arena, d, &fail)
                       : name == LETTER_DEBIT_NOTICE     ? sample_debit(head, arena, d, &fail)
                       : name == LETTER_RECEIVER_PLAN    ? sample_receiver(head, arena, d, &fail)
                       : name == LETTER_SET_OFF_NOTICE   ? sample_set_off(head, arena, d, &fail)
                       : name == LETTER_EARNINGS_NOTICE  ? sample_earnings(head, arena, d, &fail)
                       : name == LETTER_COMPLAINT_NOTICE ? sample_complaint(head, arena, d, &fail)
                       : name == LETTER_ASKING_NOTICE    ? sample_asking(head, arena, d, &fail)
                       : name == LETTER_MESSAGE_NOTICE   ? sample_message(head, arena, d, &fail)
                       : name == LETTER_ACCOUNT_NUDGE    ? sample_nudge(head, arena, d, &fail)
                       : name == LETTER_INVITATION       ? sample_invitation(head, arena, d, &fail)
                       : name == LETTER_EMPLOYER_ORDER   ? sample_employer(head, arena, d, &fail)
                                                         : sample_decision(head, arena, d, &fail);
    if (!made) print_error("%s\n", fail.text);
    return made;
}

static char *file_text(const char *path)
{
    static char text[1 << 16];
    FILE *f  = fopen(path, "r");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f) fclose(f);
    text[n] = '\0';
    return text;
}

/* With UPKEEP_GOLDEN=write the files are written instead, to be read before they are kept. */
static void plain_text_is_the_golden_one(void **state)
{
    static const char *const tongue[] = { "en", "cy" };
    struct arena arena                = { 0 };
    (void)state;
    for (int name = 0; name < LETTER_NAMES; name++)
        for (int language = 0; language < LETTER_LANGUAGES; language++) {
            struct letter_head head = sample_head((enum letter_language)language, false);
            struct letter_document d;
            struct out o = { .arena = &arena };
            char path[200];
            assert_true(sample_make((enum letter_name)name, &head, &arena, &d));
            letter_plain(&d, &o);
            snprintf(path, sizeof path, "tests/golden/letter/%s.%s.txt",
                     letter_templates[name].name, tongue[language]);
            if (getenv("UPKEEP_GOLDEN")) {
                FILE *f = fopen(path, "w");
                assert_non_null(f);
                fputs(out_string(&o), f);
                fclose(f);
            }
            assert_string_equal(out_string(&o), file_text(path));
        }
    arena_free(&arena);
}

static void a_demand_needs_its_exact_clearance(void **state)
{
    struct arena arena                                    = { 0 };
    struct fail fail                                      = { 0 };
    static const struct letter_arrears_notice_payment one = { .owed = { 100 }, .unpaid = { 100 } };
    struct letter_arrears_notice data = { .total = { 100 }, .payment = &one, .payment_count = 1 };
    struct letter_head head           = sample_head(LETTER_ENGLISH, false);
    struct letter_clearance clear     = { .owed = { 100 }, .as_at = head.sent };
    struct letter_document d;
    (void)state;
    head.cleared = NULL;
    assert_false(letter_arrears_notice(&data, &head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_not_cleared");
    head.cleared = &clear;
    assert_true(letter_arrears_notice(&data, &head, &arena, &d, &fail));
    clear.owed.p = 99;
    assert_false(letter_arrears_notice(&data, &head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_balance_differs");
    clear = (struct letter_clearance){ .owed = { 100 }, .as_at = date_add_days(head.sent, 1) };
    assert_false(letter_arrears_notice(&data, &head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_cleared_later");
    data.payment_count = 0;
    assert_false(letter_arrears_notice(&data, &head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_does_not_add_up");
    data.total = clear.owed = MONEY_NONE;
    clear.as_at             = head.sent;
    assert_false(letter_arrears_notice(&data, &head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_nothing_owed");
    arena_free(&arena);
}

static void a_letter_needs_somebody_and_somewhere(void **state)
{
    struct arena arena = { 0 };
    struct fail fail   = { 0 };
    struct letter_document d;
    struct letter_head head = sample_head(LETTER_WELSH, false);
    (void)state;
    head.owner = "";
    assert_false(sample_refund(&head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_no_owner");
    head            = sample_head(LETTER_WELSH, false);
    head.address[0] = NULL;
    assert_false(sample_refund(&head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_no_address");
    head           = sample_head(LETTER_WELSH, false);
    head.reference = NULL;
    assert_false(sample_refund(&head, &arena, &d, &fail));
    assert_string_equal(fail.code, "letter_no_reference");
    arena_free(&arena);
}

static void html_escapes_and_names_its_language(void **state)
{
    struct arena arena      = { 0 };
    struct letter_head head = sample_head(LETTER_WELSH, false);
    struct letter_document d;
    struct out o = { .arena = &arena };
    (void)state;
    head.owner = "<b>A & B</b>\n";
    assert_true(sample_make(LETTER_REFUND_DUE, &head, &arena, &d));
    letter_html(&d, &o);
    const char *html = out_string(&o);
    assert_non_null(strstr(html, "<article class=\"letter\" lang=\"cy-GB\">"));
    assert_non_null(strstr(html, "16 Tachwedd 2026"));
    assert_non_null(strstr(html, "&lt;b&gt;A &amp; B"));
    assert_null(strstr(html, "<b>"));
    assert_non_null(
        strstr(html, "<th scope=\"row\" class=\"govuk-table__header\">Yr hyn sydd arnom i chi"));
    assert_non_null(strstr(html, "minws £125.00"));
    arena_free(&arena);
}

static void the_same_letter_gives_the_same_bytes(void **state)
{
    struct arena arena = { 0 };
    (void)state;
    for (int i = 0; i < LETTER_NAMES * 4; i++) {
        struct letter_head head = sample_head(i & 1 ? LETTER_WELSH : LETTER_ENGLISH, i & 2);
        struct letter_document d;
        struct fail fail = { 0 };
        struct out a = { .arena = &arena }, b = { .arena = &arena };
        assert_true(sample_make((enum letter_name)(i / 4), &head, &arena, &d));
        assert_true(letter_pdf(&d, &a, &fail));
        assert_true(letter_pdf(&d, &b, &fail));
        assert_int_equal(a.length, b.length);
        assert_memory_equal(a.at, b.at, a.length);
        assert_memory_equal(a.at, "%PDF-1.7", 8);
        assert_true(a.length < 100000);
    }
    arena_free(&arena);
}

static void text_that_is_no_text_is_refused(void **state)
{
    struct arena arena      = { 0 };
    struct fail fail        = { 0 };
    struct letter_head head = sample_head(LETTER_ENGLISH, false);
    struct letter_document d;
    struct out o = { .arena = &arena };
    (void)state;
    head.owner = "\xff\xfe";
    assert_true(sample_make(LETTER_REFUND_DUE, &head, &arena, &d));
    assert_false(letter_pdf(&d, &o, &fail));
    assert_string_equal(fail.code, "letter_text");
    assert_int_equal(o.length, 0);
    arena_free(&arena);
}

static void templates_carry_their_version_and_review(void **state)
{
    (void)state;
    for (int i = 0; i < LETTER_NAMES; i++) {
        assert_int_equal(strlen(letter_templates[i].digest), 64);
        assert_null(letter_templates[i].welsh); /* until a translator has seen it */
        assert_int_equal(letter_templates[i].demand, i == LETTER_ARREARS_NOTICE);
    }
}

/* Writes NAME.LANGUAGE[.large][.ROWS].pdf of every sample into a directory, for tests/letter.sh. */
static int samples_write(const char *directory)
{
    struct arena arena = { 0 };
    for (int i = 0; i < (LETTER_NAMES + 2) * 4; i++) {
        static const size_t rows[] = { 1, 40 };
        struct letter_head head    = sample_head(i & 1 ? LETTER_WELSH : LETTER_ENGLISH, i & 2);
        struct letter_document d;
        struct fail fail = { 0 };
        struct out o     = { .arena = &arena };
        int name         = i / 4 < LETTER_NAMES ? i / 4 : LETTER_ARREARS_NOTICE;
        size_t many      = i / 4 < LETTER_NAMES ? 0 : rows[i / 4 - LETTER_NAMES];
        char path[300], tail[32] = "";
        if (many) snprintf(tail, sizeof tail, ".%zu", many);
        if (!(many ? sample_arrears(&head, many, &arena, &d, &fail)
                   : sample_make((enum letter_name)name, &head, &arena, &d)) ||
            !letter_pdf(&d, &o, &fail)) {
            fprintf(stderr, "%s\n", fail.text);
            return 1;
        }
        snprintf(path, sizeof path, "%s/%s.%s%s%s.pdf", directory, letter_templates[name].name,
                 i & 1 ? "cy" : "en", i & 2 ? ".large" : "", tail);
        FILE *f = fopen(path, "wb");
        if (!f || fwrite(o.at, 1, o.length, f) != o.length || fclose(f)) return 1;
        arena_reset(&arena);
    }
    arena_free(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_is_the_golden_one),
        cmocka_unit_test(a_demand_needs_its_exact_clearance),
        cmocka_unit_test(a_letter_needs_somebody_and_somewhere),
        cmocka_unit_test(html_escapes_and_names_its_language),
        cmocka_unit_test(the_same_letter_gives_the_same_bytes),
        cmocka_unit_test(text_that_is_no_text_is_refused),
        cmocka_unit_test(templates_carry_their_version_and_review),
    };
    if (argc > 1) return samples_write(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
