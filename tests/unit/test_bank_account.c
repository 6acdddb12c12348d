/* test_bank_account.c: account details, their modulus check with a made-up table, and the Bacs
 * character set.  The table's sort codes and weights are nobody's. */
#include "feed/account_check.h"
#include "feed/bacs_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct account_tables tables_of(struct arena *a, const char *text)
{
    struct account_tables t = { 0 };
    struct fail f           = { 0 };
    FILE *file              = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
    if (!account_tables_read(file, a, &t, &f)) fail_msg("%s", f.text);
    fclose(file);
    return t;
}

static enum account_verdict check(const struct account_tables *t, const char *text)
{
    struct bank_account account;
    struct fail f = { 0 };
    char sort_code[7];

    snprintf(sort_code, sizeof sort_code, "%s", text);
    if (!bank_account_read(sort_code, text + 7, &account, &f)) fail_msg("%s: %s", text, f.text);
    return bank_account_check(t, &account);
}

static void details_are_read_as_people_write_them(void **state)
{
    static const struct {
        const char *sort_code, *number, *wrong;
    } cases[] = {
        { "01-02-03", "12345678", NULL },
        { "01 02 03", "1234 5678", NULL },
        { "010203", "345678", NULL },
        { "01-02-0", "12345678", "sort_code" },
        { "01-02-0A", "12345678", "sort_code" },
        { "01-02-034", "12345678", "sort_code" },
        { "010203", "12345", "account_number" },
        { "010203", "123456789", "account_number" },
        { "010203", "1234567x", "account_number" },
        { "", "", "sort_code" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bank_account account;
        struct fail f = { 0 };
        char text[SORT_CODE_TEXT];
        bool ok = bank_account_read(cases[i].sort_code, cases[i].number, &account, &f);
        assert_int_equal(ok, cases[i].wrong == NULL);
        if (!ok) assert_string_equal(f.field, cases[i].wrong);
        if (ok) assert_string_equal(sort_code_text(&account, text), "01-02-03");
        if (ok && i == 2) assert_string_equal(account.number, "00345678");
    }
}

static void roll_numbers_have_a_form(void **state)
{
    (void)state;
    assert_true(roll_number_valid("D/12345678-9"));
    assert_true(roll_number_valid("1"));
    assert_false(roll_number_valid(""));
    assert_false(roll_number_valid("ABC"));
    assert_false(roll_number_valid(" 123"));
    assert_false(roll_number_valid("123 "));
    assert_false(roll_number_valid("1234567890123456789"));
    assert_false(roll_number_valid("12;34"));
}

static void without_a_table_nothing_passes(void **state)
{
    struct account_tables none = { 0 };
    (void)state;
    assert_int_equal(check(NULL, "010203 12345678"), ACCOUNT_NOT_CHECKED);
    assert_int_equal(check(&none, "010203 12345678"), ACCOUNT_NOT_CHECKED);
}

/* A line for sort codes of one hundred, weights on the account's number only unless said. */
#define ACCOUNT_ONLY "0 0 0 0 0 0 1 2 3 4 5 6 7 8"
static const char table[] = "# nobody's\n"
                            "900000 900099 MOD10 " ACCOUNT_ONLY "\r\n"
                            "900100 900199 MOD11 " ACCOUNT_ONLY "\n"
                            "900200 900299 DBLAL 0 0 0 0 0 0 2 1 2 1 2 1 2 1\n"
                            "900300 900399 MOD10 " ACCOUNT_ONLY "\n"
                            "900300 900399 MOD11 " ACCOUNT_ONLY "\n"
                            "901000 901099 DBLAL 0 0 0 0 0 0 2 1 2 1 2 1 2 1 1\n"
                            "902000 902099 MOD11 " ACCOUNT_ONLY " 2\n"
                            "902000 902099 MOD11 0 0 0 0 0 0 0 0 0 0 0 0 0 1 9\n"
                            "903000 903099 MOD10 " ACCOUNT_ONLY "\n"
                            "903000 903099 DBLAL 0 0 0 0 0 0 2 1 2 1 2 1 2 1 3\n"
                            "904000 904099 MOD11 0 0 0 0 0 0 1 1 1 1 1 1 0 0 4\n"
                            "905000 905099 MOD11 1 0 0 0 0 0 1 0 0 0 0 0 0 0 5\n"
                            "905000 905099 DBLAL 1 0 0 0 0 0 1 0 0 0 0 0 0 0 5\n"
                            "905001 800000\n"
                            "906000 906099 MOD10 " ACCOUNT_ONLY " 6\n"
                            "907000 907099 MOD10 9 0 0 0 0 0 1 2 3 4 5 6 7 8 7\n"
                            "908000 908099 MOD10 0 0 0 0 0 1 0 0 0 0 0 0 0 1 8\n"
                            "910000 910099 MOD11 9 0 0 0 0 0 1 2 3 4 5 6 7 8 10\n"
                            "910000 910099 MOD11 0 0 0 0 0 0 0 0 0 0 0 0 0 1 11\n"
                            "912000 912099 MOD11 0 0 0 0 0 0 0 0 0 0 0 0 0 1 12\n"
                            "912000 912099 MOD10 0 0 0 0 0 0 1 0 0 0 0 0 0 0 13\n"
                            "914000 914099 MOD11 0 0 0 0 0 0 1 2 3 4 5 6 7 8 14\n"
                            "non-geographic 09-01-28 090130\n";

static void the_modulus_check_follows_the_table(void **state)
{
    static const struct {
        const char *account;
        enum account_verdict verdict;
    } cases[] = {
        { "800000 12345678", ACCOUNT_NOT_CHECKED }, /* not listed */
        /* 1+4+9+16+25+36+49+64 = 204; with h = 0: 140; 140 % 11 = 8 */
        { "900050 12345670", ACCOUNT_PASSED },
        { "900050 12345678", ACCOUNT_FAILED },
        { "900150 12345671", ACCOUNT_FAILED }, /* 148 = 13 * 11 + 5 */
        { "900150 12345679", ACCOUNT_FAILED }, /* 212 = 19 * 11 + 3 */
        { "900150 10000004", ACCOUNT_PASSED }, /* 1 + 32 = 33 */
        /* doubled: 2 2 6 4 (10 = 1+0) 6 (14 = 1+4) 8 = 34; h = 4: 30 */
        { "900250 12345674", ACCOUNT_PASSED },
        { "900250 12345678", ACCOUNT_FAILED },
        /* both: a sum that 10 and 11 divide, 110: 5+0+15+20+25+30+7+8 */
        { "900300 50555511", ACCOUNT_PASSED },
        { "900300 12345670", ACCOUNT_FAILED }, /* the second fails */
        { "900300 10000004", ACCOUNT_FAILED }, /* the first fails */
        /* 1: 27 added: 23 wanted; 2 2 6 4 1 6 0 + h = 21 + h */
        { "901000 12345602", ACCOUNT_PASSED },
        { "901000 12345601", ACCOUNT_FAILED },
        /* 2 with 9: a = 0, the table's weights: 3 + 8 = 11 */
        { "902000 00100001", ACCOUNT_PASSED },
        /* a not 0, g not 9: 0 0 1 2 5 3 6 4 8 7 10 9 3 1: w 2, a 6 and h 3 make 11 */
        { "902000 10000003", ACCOUNT_PASSED },
        { "902000 10000006", ACCOUNT_FAILED },
        /* a not 0, g = 9: only from c on: 3 * 9 + h = 27 + 6 */
        { "902000 10000096", ACCOUNT_PASSED },
        { "902000 10000095", ACCOUNT_FAILED },
        /* second check, exception 9: h alone must be 0 */
        { "902000 10000090", ACCOUNT_PASSED },
        /* 3: the second is left out when c is 6 or 9 */
        { "903000 00600004", ACCOUNT_PASSED }, /* 18 + 32 = 50 */
        { "903000 00500000", ACCOUNT_FAILED }, /* 15 */
        { "903000 00400001", ACCOUNT_FAILED }, /* 12 + 8 = 20, but DBLAL 8 + 1 */
        /* 4: the remainder is gh */
        { "904000 11111106", ACCOUNT_PASSED },
        { "904000 11111105", ACCOUNT_FAILED },
        { "904000 55000010", ACCOUNT_PASSED },
        /* 5: first digit of the substitute 8; MOD11: 8 + a; g = 11 - rest; DBLAL: h = 10 - rest */
        { "905001 00000032", ACCOUNT_PASSED },
        { "905001 00000033", ACCOUNT_FAILED },
        { "905001 00000042", ACCOUNT_FAILED },
        { "905001 40000018", ACCOUNT_FAILED }, /* MOD11 leaves 1 */
        { "905001 30000009", ACCOUNT_PASSED }, /* 11: g = 0; DBLAL 11: h = 9 */
        { "905000 00000021", ACCOUNT_PASSED }, /* no substitute: 9 */
        /* 6: foreign currency */
        { "906000 41111122", ACCOUNT_NOT_CHECKED },
        { "906000 31111122", ACCOUNT_FAILED },
        /* 7: g = 9 cuts u to b: c = 9: 27 + 63 = 90 */
        { "907000 55900090", ACCOUNT_PASSED },
        { "907000 55900080", ACCOUNT_FAILED },
        /* 8: sort code 090126: z = 6, h = 4 */
        { "908000 00000004", ACCOUNT_PASSED },
        { "908000 00000005", ACCOUNT_FAILED },
        /* 10: ab = 09 or 99 and g = 9 cut u to b: 63 + 3c + 8h = 66 for c = 1 */
        { "910000 99100091", ACCOUNT_FAILED }, /* 74 */
        { "910000 99100092", ACCOUNT_FAILED },
        { "910000 09100090", ACCOUNT_PASSED },
        { "910000 08100091", ACCOUNT_FAILED },
        { "910000 08100090", ACCOUNT_PASSED }, /* 11: h = 0 */
        /* 12 or 13 suffices */
        { "912000 50000000", ACCOUNT_PASSED },
        { "912000 00000005", ACCOUNT_PASSED },
        { "912000 50000005", ACCOUNT_FAILED },
        /* 14: once more with the last digit let go */
        { "914000 41000001", ACCOUNT_PASSED }, /* 4 + 2 + 8 = 14; shifted 8 + 3 = 11 */
        { "914000 41000002", ACCOUNT_PASSED }, /* 22 as it is */
        { "914000 41000003", ACCOUNT_FAILED },
        { "914000 42000001", ACCOUNT_FAILED }, /* shifted 8 + 6 */
    };
    struct arena a          = { 0 };
    struct account_tables t = tables_of(&a, table);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (check(&t, cases[i].account) != cases[i].verdict)
            print_error("%s gives %d\n", cases[i].account, check(&t, cases[i].account));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(check(&t, cases[i].account), cases[i].verdict);
    arena_free(&a);
}

static void safe_sort_codes_are_the_operators_list(void **state)
{
    struct arena a          = { 0 };
    struct account_tables t = tables_of(&a, table);
    (void)state;
    assert_true(sort_code_non_geographic(&t, "090128"));
    assert_true(sort_code_non_geographic(&t, "09-01-30"));
    assert_false(sort_code_non_geographic(&t, "090131"));
    assert_false(sort_code_non_geographic(&t, "rubbish"));
    assert_false(sort_code_non_geographic(NULL, "090128"));
    arena_free(&a);
}

static void a_wrong_table_is_refused_with_its_line(void **state)
{
    static const char *const wrong[] = {
        "900000 900099 MOD10 1 2 3\n",
        "900000 900099 MOD12 " ACCOUNT_ONLY "\n",
        "900099 900000 MOD10 " ACCOUNT_ONLY "\n",
        "9000 900099 MOD10 " ACCOUNT_ONLY "\n",
        "900000 900099 MOD10 " ACCOUNT_ONLY " 15\n",
        "900000 900099 MOD10 " ACCOUNT_ONLY " 1 1\n",
        "900000 900099 MOD10 0 0 0 0 0 0 1 2 3 4 5 6 7 x\n",
        "900000 9000x9\n",
        "non-geographic 090128 09\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena a          = { 0 };
        struct account_tables t = { 0 };
        struct fail f           = { 0 };
        char text[200];
        int n      = snprintf(text, sizeof text, "# first\n%s", wrong[i]);
        FILE *file = fmemopen(text, (size_t)n, "r");
        assert_false(account_tables_read(file, &a, &t, &f));
        assert_string_equal(f.code, "account_table_wrong");
        assert_non_null(strstr(f.text, "Line 2 "));
        fclose(file);
        arena_free(&a);
    }
}

static void a_second_file_adds_to_the_first(void **state)
{
    static const char more[] = "800000 800000 MOD10 " ACCOUNT_ONLY "\n";
    struct arena a           = { 0 };
    struct account_tables t  = tables_of(&a, table);
    struct fail f            = { 0 };
    FILE *file               = fmemopen((void *)(uintptr_t)more, sizeof more - 1, "r");
    (void)state;
    assert_true(account_tables_read(file, &a, &t, &f));
    fclose(file);
    assert_int_equal(check(&t, "800000 12345670"), ACCOUNT_PASSED);
    assert_int_equal(check(&t, "900050 12345670"), ACCOUNT_PASSED);
    arena_free(&a);
}

static void names_become_bacs_text(void **state)
{
    static const struct {
        const char *utf8, *bacs;
    } cases[] = {
        { "Siân O'Neill-Smith", "SIAN ONEILL-SMITH" },
        { "Gŵyn ap Rhys & Co. Ltd", "GWYN AP RHYS & CO." },
        { "  Łukasz   Żółć_2 ", "LUKASZ ZOLC 2" },
        { "Müller/Weiß", "MULLER/WEISS" },
        { "Æthel Þórr", "AETHEL THORR" },
        { "O’Brien — x", "OBRIEN - X" },
        { "e\xCC\x81t\xC3\xA9", "ETE" },
        { "Ẁ ẅ Ỳ ẞ", "W W Y SS" },
        { "王小明", "" },
        { "a\tb\x01"
          "c",
          "A B C" },
        { "bad \xFF\xC3", "BAD" },
        { "×÷", "" },
        { "ĲSSEL Œ ſ", "IJSSEL OE S" },
        { "Đžura Ğ Ħ ı Ķ ŋ Ő ŗ ș", "DZURA G H I K N O " },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char to[BACS_TEXT + 1];
        size_t n = bacs_text_clean(cases[i].utf8, to, BACS_TEXT);
        size_t w = strlen(cases[i].bacs);
        while (w > 0 && cases[i].bacs[w - 1] == ' ')
            w--;
        assert_int_equal(n, strlen(to));
        assert_true(bacs_text_valid(to, n));
        if (n != w || memcmp(to, cases[i].bacs, w) != 0) fail_msg("%s: [%s]", cases[i].utf8, to);
    }
}

static void references_have_a_form(void **state)
{
    (void)state;
    assert_null(bacs_reference_fault("123456789012"));
    assert_null(bacs_reference_fault("ABC-123 X"));
    assert_non_null(bacs_reference_fault("12345"));
    assert_non_null(bacs_reference_fault("111111111111"));
    assert_non_null(bacs_reference_fault("DDIC123456"));
    assert_non_null(bacs_reference_fault(" 123456"));
    assert_non_null(bacs_reference_fault("abcdef"));
    assert_non_null(bacs_reference_fault("1234567890123456789"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(details_are_read_as_people_write_them),
        cmocka_unit_test(roll_numbers_have_a_form),
        cmocka_unit_test(without_a_table_nothing_passes),
        cmocka_unit_test(the_modulus_check_follows_the_table),
        cmocka_unit_test(safe_sort_codes_are_the_operators_list),
        cmocka_unit_test(a_wrong_table_is_refused_with_its_line),
        cmocka_unit_test(a_second_file_adds_to_the_first),
        cmocka_unit_test(names_become_bacs_text),
        cmocka_unit_test(references_have_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
