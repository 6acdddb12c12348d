/* test_decision_letter.c: what each parent is told of a decision, and what not; a figure that the
 * record does not say any more is not printed. */
#include "app/decision_letter.h"
#include "app/letter.h"
#include "letter/plain.h"
#include "own_world.h"

#define SAYS(text, words)     assert_non_null(strstr(text, words))
#define SAYS_NOT(text, words) assert_null(strstr(text, words))

static int world_open(void **state)
{
    (void)state;
    world_begin("tests/own/decision_letter.play", date_make(2026, 3, 2));
    return 0;
}

static struct sql_letter_list_row *letters_of(int64_t pp, size_t *n)
{
    struct sql_letter_list_row *rows;
    struct fail f = { 0 };

    assert_true(sql_letter_list(store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW },
                                &arena, &rows, n, &f));
    return rows;
}

/* The notice of decision of a family to a person, as text on one line; "" when there is none. */
static const char *notice(const char *payer, const char *to, enum letter_language language)
{
    int64_t pp = person_of(payer), person = person_of(to);
    struct out o  = { .arena = &arena };
    struct fail f = { 0 };
    struct letter_document d;
    size_t n;
    struct sql_letter_list_row *rows = letters_of(pp, &n);

    for (size_t i = 0; i < n; i++) {
        struct letter_want want = { .language = language };
        if (rows[i].person != person || strcmp(rows[i].kind, "decision_notice") != 0) continue;
        if (!letter_again(store, &arena, pp, rows[i].id, want, &d, &f)) fail_msg("%s", f.text);
        letter_plain(&d, &o);
    }
    char *text = arena_text(&arena, out_string(&o), strlen(out_string(&o))), *to_at = text;
    for (const char *at = text; *at; at++) /* lines joined, so that a sentence can be looked for */
        if (*at != '\n')
            *to_at++ = *at;
        else if (to_at > text && to_at[-1] != ' ') {
            *to_at++ = ' ';
            while (at[1] == ' ' || at[1] == '\n')
                at++;
        }
    *to_at = '\0';
    return text;
}

static void the_paying_parent_is_told_all(void **state)
{
    const char *text = notice("Marcus", "Marcus", LETTER_ENGLISH);

    (void)state;
    SAYS(text, "What you pay each week for Ella, Owen and Noor, from 4 March 2026");
    SAYS(text, "Children this is for, of all who get maintenance in it: 3.");
    SAYS(text, "Boarding school fees: £50.00 a week");
    SAYS(text, "Current income £30,000.00 a year differs from historic £36,500.00");
    SAYS(text, "Receiving parent Dana Frost:");
    SAYS(text, "To: Rhian Bevan; For: Noor;");
    SAYS(text, "Variation: something out of the ordinary counts");
    SAYS(text, "Ask us to look at the decision again by 1 April 2026.");
    SAYS_NOT(text, "Some steps are about the other parent alone.");
}

static void a_receiving_parent_is_told_what_the_notice_has_to_say(void **state)
{
    const char *text = notice("Marcus", "Dana", LETTER_ENGLISH);

    (void)state;
    SAYS(text, "What you should get each week for Ella and Owen, from 4 March 2026");
    SAYS(text, "Gross weekly income of the other parent: £");
    SAYS(text, "Children this is for, of all who get maintenance in it: 3.");
    SAYS(text, "Child Ella: 60 nights a year with the paying parent: 1/7 off.");
    SAYS(text, "less special expenses £50.00");
    SAYS(text, "÷ 3 children × 2");
    SAYS(text, "Some steps are about the other parent alone.");
    /* Nothing of the other receiving parent, the paying parent's name, what stands behind the
     * variation, or the income that was not used. */
    SAYS_NOT(text, "Rhian");
    SAYS_NOT(text, "Noor");
    SAYS_NOT(text, "110 nights");
    SAYS_NOT(text, "Marcus");
    SAYS_NOT(text, "Boarding");
    SAYS_NOT(text, "differs from");
    SAYS_NOT(notice("Marcus", "Rhian", LETTER_ENGLISH), "Ella");
    SAYS_NOT(notice("Marcus", "Rhian", LETTER_ENGLISH), "60 nights");
}

static void welsh_has_the_same_figures(void **state)
{
    const char *text = notice("Marcus", "Dana", LETTER_WELSH);

    (void)state;
    SAYS(text, "Yr hyn y dylech ei gael bob wythnos ar gyfer Ella ac Owen, o 4 Mawrth 2026 ymlaen");
    SAYS(text, "Plentyn Ella: 60 noson y flwyddyn gyda’r rhiant sy’n talu: tynnir 1/7.");
    SAYS(text, "llai treuliau arbennig o £50.00");
    SAYS(text, "erbyn 1 Ebrill 2026");
    SAYS_NOT(text, "children");
    SAYS_NOT(text, " week");
}

/* The letter stands in the account of whom it is to. */
static void it_is_read_in_the_account(void **state)
{
    struct parent dana = { .name = "Dana", .role = "receiving_parent" };

    (void)state;
    sign_in(&dana, person_of("Dana"));
    struct request list = get("/home/letters", dana.cookies);
    const char *link    = strstr(out_string(&list.out), "/home/letter/");
    assert_non_null(link);
    struct request r = get(arena_text(&arena, link, strcspn(link, "\"")), dana.cookies);
    assert_int_equal(r.status, 0);
    SAYS(out_string(&r.out), "Your child maintenance decision");
    SAYS(out_string(&r.out), "Each step, and the law it follows");
}

static void where_somebody_is_is_not_told(void **state)
{
    const char *his = notice("Karl", "Karl", LETTER_ENGLISH),
               *her = notice("Karl", "Petra", LETTER_ENGLISH);

    (void)state;
    SAYS(his, "Nil rate: the paying parent is a prisoner.");
    SAYS(her, "Rate: nil");
    SAYS_NOT(her, "prison");
    SAYS_NOT(notice("Karl", "Petra", LETTER_WELSH), "garchar");
}

static void a_default_notice_says_what_is_missing(void **state)
{
    const char *his = notice("Jon", "Jon", LETTER_ENGLISH),
               *her = notice("Jon", "Sara", LETTER_ENGLISH);

    (void)state;
    SAYS(his, "this is a default decision");
    SAYS(his, "What is missing: your income.");
    SAYS(her, "What is missing: the income of the other parent.");
    SAYS(her, "Rate: default");
    SAYS_NOT(her, "Gross weekly income");
}

/* The nth notice to a person as it was kept, and whether it would be printed now with a weekly
 * amount and an income that are this much more. */
static bool would_print(const char *payer, const char *to, size_t nth, int64_t weekly,
                        int64_t income)
{
    int64_t pp = person_of(payer), person = person_of(to);
    struct setting s             = { store, &arena, today, "ann" };
    struct letter_frozen *frozen = ARENA_NEW(&arena, struct letter_frozen);
    struct fail f                = { 0 };
    struct group g;
    bool holds = false;
    size_t n;
    struct sql_letter_list_row *rows = letters_of(pp, &n);

    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].person != person || strcmp(rows[i].kind, "decision_notice") != 0 || nth--)
            continue;
        assert_true(letter_thaw(rows[i].data, &arena, frozen, &f));
        frozen->person      = rows[i].person;
        frozen->arrangement = rows[i].arrangement;
        frozen->decision.weekly.p += weekly;
        frozen->decision.income.p += income;
        if (!letter_holds(&s, &g, frozen, &holds, &f)) fail_msg("%s", f.text);
        return holds;
    }
    fail_msg("no such notice to %s", to);
    return false;
}

static void a_figure_that_the_record_does_not_say_is_not_printed(void **state)
{
    (void)state;
    assert_true(would_print("Marcus", "Marcus", 0, 0, 0));
    assert_true(would_print("Marcus", "Dana", 0, 0, 0));
    assert_true(would_print("Karl", "Petra", 0, 0, 0));
    assert_false(would_print("Karl", "Petra", 0, 1, 0));
    assert_false(would_print("Marcus", "Marcus", 0, 0, 1));
}

/* Decided again on the same day: the new letter tells it, and the old one does not go. */
static void a_decision_that_was_replaced_is_not_printed(void **state)
{
    struct setting s        = { store, &arena, today, "ann" };
    struct decision_order o = { .kind   = DECISION_CORRECTION,
                                .from   = date_make(2026, 3, 4),
                                .reason = "a slip" };
    struct fail f           = { 0 };
    struct verb v;
    struct group g;
    bool done;

    (void)state;
    assert_true(store_begin(store, STORE_WRITING, &f));
    if (!verb_open(&s, person_of("Karl"), "decide", NULL, &v, &done, &f) ||
        !group_load(store, &arena, v.pp, v.seq, &g, &f) || !decision_make(&v, &g, &o, &f) ||
        !verb_close(&v, &f) || !store_commit(store, &f))
        fail_msg("%s", f.text);
    assert_false(would_print("Karl", "Petra", 0, 0, 0));
    assert_true(would_print("Karl", "Petra", 1, 0, 0));
    SAYS(notice("Karl", "Petra", LETTER_ENGLISH), "There was a slip in a decision of ours");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_paying_parent_is_told_all),
        cmocka_unit_test(a_receiving_parent_is_told_what_the_notice_has_to_say),
        cmocka_unit_test(welsh_has_the_same_figures),
        cmocka_unit_test(it_is_read_in_the_account),
        cmocka_unit_test(where_somebody_is_is_not_told),
        cmocka_unit_test(a_default_notice_says_what_is_missing),
        cmocka_unit_test(a_figure_that_the_record_does_not_say_is_not_printed),
        cmocka_unit_test(a_decision_that_was_replaced_is_not_printed),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
