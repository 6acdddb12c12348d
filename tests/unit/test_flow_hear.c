/* test_flow_hear.c: the open rules of law/safety/words.txt, and what is nearly one of their
 * phrases. */
#include "base/name.h"
#include "flow/hear.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_heard(const char *rule, const char *text)
{
    const struct hear_rule *r = hear_rule_find(rule, strlen(rule));

    struct arena arena = { 0 };
    size_t n;

    assert_non_null(r);
    const char **words = text_words(&arena, text, &n);
    bool heard         = hear_rule_hears(r, words, n);
    arena_free(&arena);
    return heard;
}

static void words_are_heard_as_people_write_them(void **state)
{
    (void)state;
    assert_true(is_heard("end_own_life", "I want to KILL\nmyself."));
    assert_true(is_heard("end_own_life", "I can\xe2\x80\x99t go on"));
    assert_true(is_heard("end_own_life", "I can't go on"));
    assert_true(is_heard("end_own_life", "thinking of suicide, really"));
    assert_true(is_heard("end_own_life", "They'd be better off without me"));
    assert_true(is_heard("end_own_life", "I will take my own life"));
    assert_true(is_heard("end_own_life", "Rwy\xe2\x80\x99n ystyried hunanladdiad"));
    assert_true(is_heard("end_own_life", "I do not want to live any more"));
    assert_true(is_heard("harm_self", "I self-harm"));
    assert_true(is_heard("harm_self", "hunan-niweidio"));
    assert_true(is_heard("violence", "Mae hi ei \xc3\xb4"
                                     "fn"));
    assert_true(is_heard("threat_to_life", "make her pay for all of this"));
    /* Nearly. */
    assert_false(is_heard("end_own_life", "I skill myself in French"));
    assert_false(is_heard("end_own_life", "kill"));
    assert_false(is_heard("end_own_life", ""));
    assert_false(is_heard("end_own_life", "myself kill"));
    assert_false(is_heard("threat_to_life", "make her pay for one two three four this"));
    assert_false(is_heard("violence", "the washing machine hit the wall"));
    assert_null(hear_rule_find("violenc", strlen("violenc")));
}

/* Whatever the rules are: an exact word, a longer form, a gap. */
static void phrases_fit_word_by_word(void **state)
{
    static const char *const phrases[] = { "red .. door", "blu~ sky" };
    const struct hear_rule rule        = { .phrases = phrases, .phrase_count = 2 };
    static const struct {
        const char *words[6];
        size_t n;
        bool heard;
    } cases[] = {
        { { "red", "door" }, 2, true },
        { { "a", "red", "old", "front", "door" }, 5, true },
        { { "red", "a", "b", "c", "door" }, 5, true },
        { { "red", "a", "b", "c", "d", "door" }, 6, false },
        { { "red", "doors" }, 2, false },
        { { "red" }, 1, false },
        { { "blue", "sky" }, 2, true },
        { { "blu", "sky" }, 2, true },
        { { "bl", "sky" }, 2, false },
        { { "blue", "sk" }, 2, false },
        { { NULL }, 0, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(hear_rule_hears(&rule, cases[i].words, cases[i].n), cases[i].heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_heard_as_people_write_them),
        cmocka_unit_test(phrases_fit_word_by_word),
    };

    return cmocka_run_group_tests_name("hear", tests, NULL, NULL);
}
