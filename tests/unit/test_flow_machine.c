/* test_flow_machine.c: walking a machine and a decision table, on small ones made here; then that
 * the machines in force are whole. */
#include "flow/machine.h"

#include "flow_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ONLY(n)  (UINT32_C(1) << (n))

/* A door: shut, open, locked. */
enum { SHUT, OPEN, LOCKED, DOOR_STATES };
enum { PUSH, TURN, KICK, DOOR_EVENTS };
enum { HAS_KEY, OILED, JAMMED, DOOR_GUARDS };

static const struct machine_state door_states[] = {
    [SHUT] = { "shut", "Shut" }, [OPEN] = { "open", "Open" }, [LOCKED] = { "locked", "Locked" }
};
static const struct machine_event door_events[] = {
    [PUSH] = { "push", "Push" }, [TURN] = { "turn", "Turn" }, [KICK] = { "kick", "Kick" }
};
static const struct machine_guard door_guards[] = { [HAS_KEY] = { "has_key", "No key." },
                                                    [OILED]   = { "oiled", "Rusty." },
                                                    [JAMMED]  = { "jammed", "Not jammed." } };
static const struct machine_step door_steps[]   = {
      { .from = ONLY(SHUT) | ONLY(OPEN), .event = PUSH, .to = OPEN, .bars = ONLY(JAMMED) },
      { .from = ONLY(LOCKED), .event = TURN, .to = OPEN, .needs = ONLY(HAS_KEY) | ONLY(OILED) },
      { .from = ONLY(LOCKED), .event = TURN, .to = SHUT, .needs = ONLY(HAS_KEY) },
      { .from = ONLY(SHUT), .event = TURN, .to = LOCKED, .needs = ONLY(HAS_KEY) },
      { .from = ONLY(SHUT), .event = TURN, .to = OPEN, .needs = ONLY(OILED) },
      { .from = ONLY(LOCKED), .event = KICK, .to = OPEN, .needs = ONLY(OILED), .bars = ONLY(JAMMED) },
};
static const struct machine door = {
    .name        = "door",
    .states      = door_states,
    .events      = door_events,
    .guards      = door_guards,
    .steps       = door_steps,
    .state_count = DOOR_STATES,
    .event_count = DOOR_EVENTS,
    .guard_count = DOOR_GUARDS,
    .step_count  = COUNT(door_steps),
};

static void the_first_step_that_fits_is_taken(void **state)
{
    struct machine_answer a;

    (void)state;
    a = machine_take(&door, OPEN, PUSH, 0); /* a step has several states to go from */
    assert_int_equal(a.result, MACHINE_TAKEN);
    assert_ptr_equal(a.step, &door_steps[0]);
    a = machine_take(&door, LOCKED, TURN, ONLY(HAS_KEY) | ONLY(OILED)); /* both fit */
    assert_int_equal(a.result, MACHINE_TAKEN);
    assert_ptr_equal(a.step, &door_steps[1]);
    a = machine_take(&door, LOCKED, TURN, ONLY(HAS_KEY)); /* after one that is stopped */
    assert_int_equal(a.result, MACHINE_TAKEN);
    assert_ptr_equal(a.step, &door_steps[2]);
    assert_int_equal(a.missing | a.barring, 0);
    assert_string_equal(machine_why(&door, a), "");
}

static void an_event_may_have_no_place(void **state)
{
    struct machine_answer a = machine_take(&door, OPEN, TURN, ONLY(HAS_KEY));

    (void)state;
    assert_int_equal(a.result, MACHINE_NOT_HERE);
    assert_null(a.step);
    assert_string_equal(machine_why(&door, a),
                        "This cannot happen while the case stands as it does.");
}

static void the_nearest_stopped_step_says_why(void **state)
{
    struct machine_answer a;

    (void)state;
    a = machine_take(&door, LOCKED, TURN, 0); /* two guards in the first one's way, one here */
    assert_int_equal(a.result, MACHINE_STOPPED);
    assert_ptr_equal(a.step, &door_steps[2]);
    assert_int_equal(a.missing, ONLY(HAS_KEY));
    assert_string_equal(machine_why(&door, a), "No key.");
    a = machine_take(&door, LOCKED, TURN, ONLY(OILED)); /* one each: the first is named */
    assert_int_equal(a.result, MACHINE_STOPPED);
    assert_ptr_equal(a.step, &door_steps[1]);
    a = machine_take(&door, SHUT, TURN, 0);
    assert_ptr_equal(a.step, &door_steps[3]);
    a = machine_take(&door, LOCKED, KICK, ONLY(JAMMED)); /* missing is said before barring */
    assert_int_equal(a.result, MACHINE_STOPPED);
    assert_int_equal(a.missing, ONLY(OILED));
    assert_int_equal(a.barring, ONLY(JAMMED));
    assert_string_equal(machine_why(&door, a), "Rusty.");
    a = machine_take(&door, LOCKED, KICK, ONLY(JAMMED) | ONLY(OILED)); /* only barred */
    assert_int_equal(a.result, MACHINE_STOPPED);
    assert_int_equal(a.missing, 0);
    assert_string_equal(machine_why(&door, a), "The record says otherwise already.");
    a = machine_take(&door, LOCKED, KICK, ONLY(OILED));
    assert_int_equal(a.result, MACHINE_TAKEN);
}

static void states_and_events_are_found_by_name(void **state)
{
    (void)state;
    for (int32_t i = 0; i < door.state_count; i++)
        assert_int_equal(machine_state_find(&door, door_states[i].name), i);
    for (int32_t i = 0; i < door.event_count; i++)
        assert_int_equal(machine_event_find(&door, door_events[i].name), i);
    assert_int_equal(machine_state_find(&door, "push"), MACHINE_NOTHING);
    assert_int_equal(machine_event_find(&door, "shut"), MACHINE_NOTHING);
}

/* ---- tables --------------------------------------------------------------------------------- */

static void the_first_row_that_fits_gives_the_result(void **state)
{
    static const struct machine_row rows[] = {
        { .fits = { ONLY(0), ONLY(1) }, .result = 7 },
        { .fits = { ONLY(0) | ONLY(1), ONLY(1) }, .result = 8 }, /* less special: comes second */
        { .fits = { ONLY(0) | ONLY(1), ONLY(0) | ONLY(1) }, .result = 9 },
    };
    static const struct machine_table table = { .rows = rows, .input_count = 2, .row_count = 3 };

    (void)state;
    assert_int_equal(machine_table_result(&table, (const int32_t[]){ 0, 1 }), 7);
    assert_int_equal(machine_table_result(&table, (const int32_t[]){ 1, 1 }), 8);
    assert_int_equal(machine_table_result(&table, (const int32_t[]){ 0, 0 }), 9);
    assert_int_equal(machine_table_result(&table, (const int32_t[]){ 1, 0 }), 9);
}

/* ---- the machines in force ------------------------------------------------------------------ */

static void the_machines_in_force_are_whole(void **state)
{
    (void)state;
    assert_true(machine_count > 0);
    for (int32_t i = 0; i < machine_count; i++) {
        const struct machine *m = machine_list[i];
        uint32_t states = 0, events = 0, guards = 0;
        assert_true(m->states[m->start].start);
        for (int32_t k = 0; k < m->step_count; k++) {
            const struct machine_step *s = &m->steps[k];
            assert_int_equal(s->needs & s->bars, 0);
            states |= s->from | ONLY(s->to);
            events |= ONLY(s->event);
            guards |= s->needs | s->bars;
        }
        assert_int_equal(states, ONLY(m->state_count) - 1); /* nothing is declared in vain */
        assert_int_equal(events, ONLY(m->event_count) - 1);
        assert_int_equal(guards, ONLY(m->guard_count) - 1);
        for (int32_t k = 0; k < m->event_count; k++)
            assert_true(m->events[k].who && m->events[k].who < ONLY(MACHINE_ROLES));
    }
}

static void every_role_has_words_of_its_own(void **state)
{
    (void)state;
    for (enum machine_role r = 0; r < MACHINE_ROLES; r++)
        for (enum machine_role other = 0; other < r; other++)
            assert_string_not_equal(machine_role_words(r), machine_role_words(other));
    assert_string_equal(machine_role_words(ROLE_RECEIVING_PARENT), "the receiving parent");
    assert_string_equal(machine_role_words(ROLE_PAYING_PARENT), "the paying parent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_step_that_fits_is_taken),
        cmocka_unit_test(an_event_may_have_no_place),
        cmocka_unit_test(the_nearest_stopped_step_says_why),
        cmocka_unit_test(states_and_events_are_found_by_name),
        cmocka_unit_test(the_first_row_that_fits_gives_the_result),
        cmocka_unit_test(the_machines_in_force_are_whole),
        cmocka_unit_test(every_role_has_words_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
