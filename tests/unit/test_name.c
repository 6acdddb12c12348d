/* test_name.c: names as they are looked for. */
#include "base/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The words of a text, with spaces between. */
static const char *words(struct arena *arena, const char *text, size_t most)
{
    const char *found[8], *all = "";
    size_t n = name_words(arena, text, found, most);

    for (size_t i = 0; i < n; i++)
        all = arena_print(arena, "%s%s%s", all, i ? " " : "", found[i]);
    return all;
}

static void test_words(void **state)
{
    static const char *const cases[][2] = {
        { "Siân Jones", "sian jones" },
        { "SIÂN", "sian" },
        { "Sia\xCC\x82n", "sian" }, /* the accent as a character of its own */
        { "O'Brien", "obrien" },
        { "O\xE2\x80\x99"
          "Brien",
          "obrien" },
        { "Smith-Jones", "smith jones" },
        { "Mary\xE2\x80\x93"
          "Ann",
          "mary ann" }, /* a dash */
        { "  Dana  ", "dana" },
        { "Dana dana DANA", "dana" },
        { "Straße", "strasse" },
        { "Ŵyn ab Ifan", "wyn ab ifan" },
        { "Ελένη", "ελενη" },
        { "李 小龙", "李 小龙" },
        { "a.b", "a b" },
        { "- ' .", "" },
        { "", "" },
        { "\xC3", "" }, /* no UTF-8 */
        { "Ann\xE2", "" },
    };
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(words(&arena, cases[i][0], 8), cases[i][1]);
    assert_string_equal(words(&arena, "one two three", 2), "one two");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_words) };

    return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
