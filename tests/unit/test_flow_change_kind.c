/* test_flow_change_kind.c: the table of changes (law/change) and the table of facts fit each other.
 */
#include "flow/change_kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static enum fact_subject subject_of(enum change_about about)
{
    static const enum fact_subject of[] = { [CHANGE_ABOUT_SELF]        = SUBJECT_PERSON,
                                            [CHANGE_ABOUT_PAYER]       = SUBJECT_PAYER,
                                            [CHANGE_ABOUT_CHILD]       = SUBJECT_CHILD,
                                            [CHANGE_ABOUT_ARRANGEMENT] = SUBJECT_ARRANGEMENT };
    return of[about];
}

static void fact_fits(const struct change_kind_entry *k, const char *name)
{
    enum fact_kind fact = fact_kind_find(name);

    if (fact == FACT_KINDS) fail_msg("%s: there is no kind of fact %s", k->name, name);
    if (k->about == CHANGE_ABOUT_CASE)
        fail_msg("%s is about the case, and becomes a fact", k->name);
    if (subject_of(k->about) != fact_kind_table[fact].subject)
        fail_msg("%s is about another than %s", k->name, name);
    for (int32_t i = 0; i < k->choice_count; i++)
        if (fact_choice_index(fact_kind_table[fact].choices, k->choices[i].word) < 0)
            fail_msg("%s: %s is no word of %s", k->name, k->choices[i].word, name);
    if (*k->ask && fact_kind_table[fact].value == VALUE_CHOICE && !k->choice_count)
        fail_msg("%s has no choices", k->name);
    if (!*k->ask && !k->ends && fact_kind_table[fact].value != VALUE_YES)
        fail_msg("%s asks for no value", k->name);
}

static void every_change_fits_its_facts(void **state)
{
    (void)state;
    for (int32_t i = 0; i < change_kind_count; i++) {
        const struct change_kind_entry *k = &change_kind_table[i];
        if (*k->fact) fact_fits(k, k->fact);
        if (*k->keeps) fact_fits(k, k->keeps);
        if (*k->ask && change_kind_answer(k) == FACT_KINDS)
            fail_msg("%s: where does the answer go?", k->name);
        assert_true(change_kind_find(k->name) == k);
        assert_true(k->who != 0);
    }
    assert_null(change_kind_find("nonsense"));
}

/* What is kept sealed goes into no row of what was told: it is a fact at once. */
static void what_is_sealed_is_a_fact_at_once(void **state)
{
    (void)state;
    for (int32_t i = 0; i < change_kind_count; i++) {
        const struct change_kind_entry *k = &change_kind_table[i];
        enum fact_kind fact               = fact_kind_find(k->fact);
        if (fact != FACT_KINDS && fact_kind_table[fact].seal != DISCLOSURE_CLASS_OPEN &&
            !k->straight && !*k->keeps)
            fail_msg("%s would wait unsealed", k->name);
        if (*k->keeps && fact_kind_table[fact_kind_find(k->keeps)].seal == DISCLOSURE_CLASS_OPEN)
            fail_msg("%s keeps what is not sealed", k->name);
        if (fact != FACT_KINDS && fact_kind_table[fact].seal != DISCLOSURE_CLASS_OPEN &&
            strcmp(k->told, "") != 0)
            fail_msg("%s: the other parent would be told", k->name);
    }
    for (int i = 0; i < FACT_KINDS; i++)
        if (fact_kind_is_sealed(fact_kind_table[i].name) !=
            (fact_kind_table[i].seal != DISCLOSURE_CLASS_OPEN))
            fail_msg("%s: sealed or not?", fact_kind_table[i].name);
}

/* A receiving parent tells nothing of the paying parent's own money as a figure, and is shown
 * nothing worked out from it. */
static void a_receiving_parent_is_not_asked_for_the_other_ones_money(void **state)
{
    (void)state;
    for (int32_t i = 0; i < change_kind_count; i++) {
        const struct change_kind_entry *k = &change_kind_table[i];
        if (k->about != CHANGE_ABOUT_PAYER) continue;
        if (change_kind_is_for(k, ROLE_RECEIVING_PARENT) ||
            (k->preview & UINT32_C(1) << ROLE_RECEIVING_PARENT) != 0)
            fail_msg("%s is open to a receiving parent", k->name);
    }
}

static void groups_hold_every_change_once(void **state)
{
    int32_t next = 0;

    (void)state;
    for (int32_t i = 0; i < change_group_count; i++) {
        assert_int_equal(change_group_table[i].first, next);
        assert_true(change_group_table[i].end > next);
        next = change_group_table[i].end;
    }
    assert_int_equal(next, change_kind_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_fits_its_facts),
        cmocka_unit_test(what_is_sealed_is_a_fact_at_once),
        cmocka_unit_test(a_receiving_parent_is_not_asked_for_the_other_ones_money),
        cmocka_unit_test(groups_hold_every_change_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
