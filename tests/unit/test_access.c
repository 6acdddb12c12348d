/* test_access.c: who is told what is kept sealed (B-1002): the law's table asked about a family,
 * the door's refusals, and words that give a sealed value away. */
#include "app/access.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

enum { WALT = 1, ROSE = 2, LILY = 3, CARL = 4, ARRANGEMENT = 7, ROSES_ADDRESS = 12 };

static struct sql_group_people_row people[] = {
    { .pp = WALT, .id = WALT, .ref = "1", .given = "Walt", .family = "Finch" },
    { .pp = WALT, .id = ROSE, .ref = "2", .given = "Rose", .family = "Wren" },
    { .pp = WALT, .id = LILY, .ref = "3", .given = "Lily", .family = "Finch" },
};
static struct sql_arrangement_list_row arrangements[] = {
    { .pp = WALT, .id = ARRANGEMENT, .rp = ROSE }
};

static date today(void)
{
    return date_make(2026, 11, 22);
}

static void fact_put(struct sql_fact_list_row *f, int64_t id, enum fact_kind kind, int64_t subject,
                     const char *value)
{
    *f = (struct sql_fact_list_row){ .pp         = WALT,
                                     .id         = id,
                                     .kind       = fact_kind_table[kind].name,
                                     .subject    = subject,
                                     .value      = value,
                                     .valid_from = date_make(2025, 1, 1),
                                     .valid_to   = DATE_OPEN };
}

/* A family of three; marked: domestic abuse was told to us. */
static struct group family(struct arena *a, bool marked)
{
    struct group g = { .pp                = WALT,
                       .people            = people,
                       .people_count      = 3,
                       .arrangements      = arrangements,
                       .arrangement_count = 1 };

    g.facts = ARENA_MANY(a, struct sql_fact_list_row, 4);
    fact_put(&g.facts[g.fact_count++], 11, FACT_LIVES_WITH, LILY, "7");
    fact_put(&g.facts[g.fact_count++], ROSES_ADDRESS, FACT_ADDRESS, ROSE, "3 Xylophone Close");
    if (marked) fact_put(&g.facts[g.fact_count++], 13, FACT_ABUSE, ARRANGEMENT, "yes");
    group_seal(&g, g.facts, g.fact_count, a);
    return g;
}

/* ---- the table ---- */

#define TOLD  DISCLOSURE_RESULT_TOLD
#define ASKED DISCLOSURE_RESULT_ASKED_FOR_REASON
#define NEVER DISCLOSURE_RESULT_NEVER

static const struct {
    enum fact_kind kind;
    int64_t whose;
    const char *role; /* or an office */
    int64_t person;
    enum disclosure_result unmarked, marked;
} asked[] = {
    /* One's own, whatever it is; never another's. */
    { FACT_ADDRESS, ROSE, "receiving_parent", ROSE, TOLD, TOLD },
    { FACT_ADDRESS, ROSE, "paying_parent", WALT, NEVER, NEVER },
    { FACT_ADDRESS, WALT, "receiving_parent", ROSE, NEVER, NEVER },
    { FACT_WORKPLACE, WALT, "receiving_parent", ROSE, NEVER, NEVER },
    { FACT_BANK_ACCOUNT, ROSE, "paying_parent", WALT, NEVER, NEVER },
    { FACT_NEW_NAME, ROSE, "paying_parent", WALT, NEVER, NEVER },
    { FACT_SCHOOL, LILY, "paying_parent", WALT, NEVER, NEVER },
    { FACT_SCHOOL, LILY, "child_in_scotland", LILY, TOLD, TOLD },
    { FACT_ADDRESS, ROSE, "child_in_scotland", LILY, NEVER, NEVER },
    /* Nobody is nobody's own. */
    { FACT_ADDRESS, ROSE, "receiving_parent", 0, NEVER, NEVER },
    { FACT_ADDRESS, 0, "receiving_parent", 0, NEVER, NEVER },
    /* Who acts for Rose, and who acts for another. */
    { FACT_PHONE, ROSE, "representative", ROSE, TOLD, NEVER },
    { FACT_PHONE, ROSE, "representative", WALT, NEVER, NEVER },
    /* Staff say why. */
    { FACT_ADDRESS, ROSE, "caseworker", 0, ASKED, ASKED },
    { FACT_PHONE, ROSE, "team_leader", 0, ASKED, ASKED },
    /* How she can be reached safely is told to those who are about to, and to nobody else. */
    { FACT_SAFE_WORDS, ROSE, "team_leader", 0, TOLD, TOLD },
    { FACT_SAFE_CHANNEL, ROSE, "caseworker", 0, TOLD, TOLD },
    { FACT_SAFE_HOURS, ROSE, "enforcement_officer", 0, TOLD, TOLD },
    { FACT_SAFE_WORDS, ROSE, "receiving_parent", ROSE, TOLD, TOLD },
    { FACT_SAFE_WORDS, ROSE, "paying_parent", WALT, NEVER, NEVER },
    { FACT_SAFE_CHANNEL, ROSE, "representative", ROSE, TOLD, NEVER },
    { FACT_SAFE_HOURS, ROSE, "examiner", 0, NEVER, NEVER },
    { FACT_SAFE_WORDS, ROSE, "auditor", 0, NEVER, NEVER },
    { FACT_BANK_ACCOUNT, WALT, "enforcement_officer", 0, ASKED, ASKED },
    { FACT_SCHOOL, LILY, "enforcement_officer", 0, NEVER, NEVER },
    { FACT_NEW_NAME, ROSE, "enforcement_officer", 0, NEVER, NEVER },
    { FACT_ADDRESS, ROSE, "complaints_officer", 0, ASKED, NEVER },
    { FACT_EMAIL, ROSE, "examiner", 0, ASKED, NEVER },
    { FACT_BANK_ACCOUNT, ROSE, "examiner", 0, NEVER, NEVER },
    { FACT_SCHOOL, LILY, "examiner", 0, NEVER, NEVER },
    { FACT_ADDRESS, ROSE, "statistician", 0, NEVER, NEVER },
    { FACT_ADDRESS, ROSE, "auditor", 0, NEVER, NEVER },
    { FACT_NINO, WALT, "administrator", 0, NEVER, NEVER },
    /* What is needed elsewhere, and nothing else. */
    { FACT_BANK_ACCOUNT, ROSE, "bank", 0, TOLD, TOLD },
    { FACT_ROLL_NUMBER, ROSE, "bank", 0, TOLD, TOLD },
    { FACT_ADDRESS, ROSE, "bank", 0, NEVER, NEVER },
    { FACT_NINO, WALT, "employer", 0, TOLD, TOLD },
    { FACT_EMPLOYEE_REFERENCE, WALT, "employer", 0, TOLD, TOLD },
    { FACT_ADDRESS, WALT, "employer", 0, NEVER, NEVER },
    { FACT_NINO, WALT, "benefit_office", 0, TOLD, TOLD },
    { FACT_WORKPLACE, WALT, "benefit_office", 0, NEVER, NEVER },
    /* What is not sealed. */
    { FACT_PAY_DAY, WALT, "examiner", 0, TOLD, TOLD },
};

static enum disclosure_reader reader_named(const char *name)
{
    const struct machine_input *known = &machine_table_disclosure.inputs[DISCLOSURE_READER];
    enum disclosure_reader as;

    if (access_reader_of(name, &as)) return as;
    for (int32_t i = 0; i < known->value_count; i++)
        if (!strcmp(known->values[i], name)) return (enum disclosure_reader)i;
    fail_msg("no reader %s", name);
    return DISCLOSURE_READER_OWN;
}

static void who_is_told_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        for (int marked = 0; marked < 2; marked++) {
            struct arena a    = { 0 };
            struct group g    = family(&a, marked);
            struct reader who = { .as     = reader_named(asked[i].role),
                                  .person = asked[i].person,
                                  .group  = &g,
                                  .day    = today(),
                                  .arena  = &a };
            enum disclosure_result found =
                access_ask(&who, sealed_make("x", asked[i].kind, asked[i].whose));
            if (found != (marked ? asked[i].marked : asked[i].unmarked))
                fail_msg("%s of %d asked by %s %d, marked %d: %s",
                         fact_kind_table[asked[i].kind].name, (int)asked[i].whose, asked[i].role,
                         (int)asked[i].person, marked, machine_table_disclosure.results[found]);
            arena_free(&a);
        }
}

/* What was written between a parent and us: theirs, and who works on the case's. */
static void who_is_told_what_a_message_says(void **state)
{
    static const struct {
        const char *role;
        int64_t person;
        enum disclosure_result result;
    } table[] = {
        { "receiving_parent", ROSE, TOLD },
        { "paying_parent", WALT, NEVER },
        { "child_in_scotland", LILY, NEVER },
        { "caseworker", 0, TOLD },
        { "team_leader", 0, TOLD },
        { "enforcement_officer", 0, TOLD },
        { "complaints_officer", 0, ASKED },
        { "examiner", 0, ASKED },
        { "auditor", 0, NEVER },
        { "administrator", 0, NEVER },
        { "employer", 0, NEVER },
        { "bank", 0, NEVER },
    };
    struct arena a = { 0 };
    struct group g = family(&a, true);

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct reader who = { .as     = reader_named(table[i].role),
                              .person = table[i].person,
                              .group  = &g,
                              .day    = today(),
                              .arena  = &a };
        if (access_ask(&who, sealed_make("x", ACCESS_WORDS, ROSE)) != table[i].result)
            fail_msg("%s", table[i].role);
    }
    assert_true(access_words_tell(&g, WALT, "she lives at 3 Xylophone Close now"));
    assert_false(access_words_tell(&g, ROSE, "you live at 3 Xylophone Close now"));
    assert_true(access_words_tell(&g, 0, "she lives at 3 Xylophone Close now"));
    assert_false(access_words_tell(&g, WALT, "she lives somewhere"));
    arena_free(&a);
}

static void an_account_is_nobody_it_does_not_say(void **state)
{
    enum disclosure_reader as;

    (void)state;
    assert_false(access_reader_of("own", &as));
    assert_false(access_reader_of("bank", &as));
    assert_false(access_reader_of("employer", &as));
    assert_false(access_reader_of("nobody", &as));
    assert_false(access_reader_of("", &as));
}

/* ---- the door ---- */

static void a_family_shows_words_in_place_of_it(void **state)
{
    struct arena a                    = { 0 };
    struct group g                    = family(&a, false);
    const struct sql_fact_list_row *f = group_fact(&g, FACT_ADDRESS, ROSE, today());
    struct sealed s                   = group_sealed(&g, f);

    (void)state;
    assert_string_equal(f->value, SEALED_WORDS);
    assert_int_equal(s.whose, ROSE);
    assert_true(sealed_equals(s, "3 Xylophone Close"));
    assert_false(sealed_equals(s, SEALED_WORDS));
    assert_null(group_sealed(&g, group_fact(&g, FACT_LIVES_WITH, LILY, today())).text);
    assert_null(group_sealed(&g, NULL).text);
    arena_free(&a);
}

static void the_door_asks_why(void **state)
{
    struct arena a    = { 0 };
    struct group g    = family(&a, true);
    struct verb v     = { .actor = "pat", .about = { .arena = &a } };
    struct reader who = { DISCLOSURE_READER_CASEWORKER, 0, &g, today(), &a, NULL, false };
    struct sealed s   = group_sealed(&g, group_fact(&g, FACT_ADDRESS, ROSE, today()));
    struct fail f     = { 0 };
    const char *text  = NULL;

    (void)state;
    assert_false(access_open(&who, "The court asks for it, page 4", s, &text, &f));
    assert_string_equal(f.code, "sealed_never"); /* nowhere to write it down */
    who.verb = &v;
    assert_false(access_open(&who, "because", s, &text, &f));
    assert_string_equal(f.code, "reason_short");
    assert_false(access_open(&who, NULL, s, &text, &f));
    assert_false(access_open(&who, "She lives at 3 xylophone close now", s, &text, &f));
    assert_string_equal(f.code, "reason_short");
    assert_null(strstr(f.text, "ylophone"));
    assert_null(text);
    assert_int_equal(v.about.length, 0);
    assert_true(access_open(&who, "The court asks for it, page 4", s, &text, &f));
    assert_string_equal(text, "3 Xylophone Close");
    assert_string_equal(out_string(&v.about),
                        "Postal address of Rose Wren shown to pat: The court asks for it, page 4");
    who.as = DISCLOSURE_READER_STATISTICIAN;
    assert_false(access_open(&who, "The court asks for it, page 4", s, &text, &f));
    assert_string_equal(f.code, "sealed_never");
    assert_null(strstr(f.text, "ylophone"));
    assert_false(access_open(&who, "x", (struct sealed){ NULL, 0, 0 }, &text, &f));
    assert_string_equal(f.code, "sealed_nothing");
    arena_free(&a);
}

static void a_letter_has_its_own_readers_address(void **state)
{
    const char *lines[6] = { NULL };
    struct arena a       = { 0 };
    struct group g       = family(&a, true);

    (void)state;
    assert_true(access_address(&g, ROSE, today(), &a, lines));
    assert_string_equal(lines[0], "3 Xylophone Close");
    assert_null(lines[1]);
    lines[0] = NULL;
    assert_false(access_address(&g, WALT, today(), &a, lines)); /* none of his is recorded */
    assert_null(lines[0]);
    arena_free(&a);
}

/* ---- kinds ---- */

static void the_quick_question_is_the_tables(void **state)
{
    (void)state;
    for (int k = 0; k < FACT_KINDS; k++)
        if (fact_kind_is_sealed(fact_kind_table[k].name) !=
            (fact_kind_table[k].seal != DISCLOSURE_CLASS_OPEN))
            fail_msg("%s", fact_kind_table[k].name);
    assert_false(fact_kind_is_sealed(""));
    assert_false(fact_kind_is_sealed("addresses"));
    assert_int_equal(fact_kind_whose(FACT_EMPLOYER_REFERENCE, WALT, 0), WALT);
    assert_int_equal(fact_kind_whose(FACT_SCHOOL, WALT, LILY), LILY);
}

static void words_that_give_it_away(void **state)
{
    static const struct {
        const char *value, *words;
        bool tell;
    } cases[] = {
        { "12 Gimble Lane\nLeeds\nLS1 1AA", "a letter from Leeds", false },
        { "12 Gimble Lane\nLeeds\nLS1 1AA", "lives at 12 gimble lane", true },
        { "12 Gimble Lane\nLeeds\nLS1 1AA", "postcode ls1 1aa, she says", true },
        { "20-73-91 55660011 Rose Wren", "ends in 55660011", true },
        { "20-73-91 55660011 Rose Wren", "said by Rose Wren", false },
        { "Frumious Primary", "it is FRUMIOUS PRIMARY", true },
        { "Frumious Primary", "the school's letter", false },
        { "1", "call 1", false },
        { "Frumious Primary", "", false },
        { "Frumious Primary", NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (fact_words_tell(cases[i].value, cases[i].words) != cases[i].tell)
            fail_msg("%s: %s", cases[i].value, cases[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_told_what),
        cmocka_unit_test(who_is_told_what_a_message_says),
        cmocka_unit_test(an_account_is_nobody_it_does_not_say),
        cmocka_unit_test(a_family_shows_words_in_place_of_it),
        cmocka_unit_test(the_door_asks_why),
        cmocka_unit_test(a_letter_has_its_own_readers_address),
        cmocka_unit_test(the_quick_question_is_the_tables),
        cmocka_unit_test(words_that_give_it_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
