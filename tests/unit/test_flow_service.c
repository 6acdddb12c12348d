/* test_flow_service.c: each guard of a case's service and of the finding, passing and stopping by
 * one thing in the record at a time; table B-110 over every combination. */
#include "flow/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define GUARD(name)    (UINT32_C(1) << CASE_SERVICE_GUARD_##name)
#define UNLIKELY(name) (UINT32_C(1) << UNLIKELY_TO_PAY_GUARD_##name)

static const struct law *law_of(enum jurisdiction jurisdiction)
{
    return law_at(jurisdiction, date_make(2026, 6, 1));
}

/* A family nobody has said or done anything about: only what needs nothing holds. */
static struct service_record quiet(void)
{
    return (struct service_record){
        .law        = law_of(JURISDICTION_GREAT_BRITAIN),
        .day        = date_make(2026, 6, 1),
        .wishes     = { .receiving = SERVICE_TYPE_RECEIVING_ASKS_DIRECT_PAY,
                        .paying    = SERVICE_TYPE_PAYING_ASKS_DIRECT_PAY,
                        .unlikely  = SERVICE_TYPE_UNLIKELY_NOT_TESTED },
        .compliance = { .collected_since = date_make(2026, 5, 1) },
    };
}
enum { QUIET = GUARD(DIRECT_PAY_OPEN) | GUARD(NOTHING_UNPAID) };

static void holds(struct service_record r, uint32_t expected)
{
    assert_int_equal(service_holds(&r), expected);
}

/* ---- B-110 ---------------------------------------------------------------------------------- */

/* Every combination of the inputs, against the sentence of the rule. */
static void an_application_gets_what_b_110_says(void **state)
{
    (void)state;
    for (int single = 0; single < 2; single++)
        for (int receiving = 0; receiving < 3; receiving++)
            for (int paying = 0; paying < 3; paying++)
                for (int unlikely = 0; unlikely < 3; unlikely++) {
                    struct law law          = *law_of(JURISDICTION_GREAT_BRITAIN);
                    struct service_wishes w = { (enum service_type_receiving_asks)receiving,
                                                (enum service_type_paying_asks)paying,
                                                (enum service_type_unlikely)unlikely };
                    bool asks          = w.receiving == SERVICE_TYPE_RECEIVING_ASKS_COLLECT_AND_PAY;
                    bool agreed        = w.paying == SERVICE_TYPE_PAYING_ASKS_COLLECT_AND_PAY;
                    bool found         = w.unlikely == SERVICE_TYPE_UNLIKELY_YES;
                    law.single_service = single;
                    assert_int_equal(service_choose(&law, w), single || (asks && (agreed || found))
                                                                  ? SERVICE_COLLECT_AND_PAY
                                                                  : SERVICE_DIRECT_PAY);
                }
}

static void wishes_alone_open_collection(void **state)
{
    struct service_record r = quiet();

    (void)state;
    holds(r, QUIET);
    r.wishes.receiving = SERVICE_TYPE_RECEIVING_ASKS_COLLECT_AND_PAY;
    holds(r, QUIET); /* one parent's wish is not both's */
    r.wishes.paying = SERVICE_TYPE_PAYING_ASKS_COLLECT_AND_PAY;
    holds(r, QUIET | GUARD(BOTH_ASK) | GUARD(TABLE_COLLECTS));
    r.wishes.receiving = SERVICE_TYPE_RECEIVING_ASKS_NOTHING;
    holds(r, QUIET); /* the paying parent's alone neither */
    r                  = quiet();
    r.wishes.receiving = SERVICE_TYPE_RECEIVING_ASKS_COLLECT_AND_PAY;
    r.wishes.unlikely  = SERVICE_TYPE_UNLIKELY_YES;
    holds(r, QUIET | GUARD(TABLE_COLLECTS)); /* against the paying parent's wish */
    r.wishes.unlikely = SERVICE_TYPE_UNLIKELY_NO;
    holds(r, QUIET | GUARD(LIKELY));
}

/* ---- B-111 ---------------------------------------------------------------------------------- */

static void each_evidence_alone_supports_a_finding(void **state)
{
    static const struct payment_evidence evidence[] = {
        { .failed = 1 }, { .late = 1 }, { .will_not_pay = true }, { .earlier_debt = true }
    };

    (void)state;
    for (size_t i = 0; i < sizeof evidence / sizeof *evidence; i++) {
        struct service_record r = quiet();
        r.evidence              = evidence[i];
        holds(r, QUIET | GUARD(UNLIKELY_SUPPORTED));
        assert_int_equal(service_unlikely_holds(&r), UNLIKELY(EVIDENCE) | UNLIKELY(NOTHING_UNPAID));
    }
}

/* ---- B-112 ---------------------------------------------------------------------------------- */

/* The day exactly twelve months before is out, the day after it is in, and so is the day itself. */
static void a_warning_counts_for_twelve_months(void **state)
{
    struct service_record r = quiet();

    (void)state;
    r.has_warning = true;
    r.warned      = date_make(2025, 6, 1);
    holds(r, QUIET);
    assert_int_equal(service_unlikely_holds(&r), UNLIKELY(NOTHING_UNPAID));
    r.warned = date_make(2025, 6, 2);
    holds(r, QUIET | GUARD(WARNED));
    assert_int_equal(service_unlikely_holds(&r), UNLIKELY(NOTHING_UNPAID) | UNLIKELY(WARNED));
    r.warned = r.day;
    holds(r, QUIET | GUARD(WARNED));
    r.warned = date_add_days(r.day, 1); /* not given yet */
    holds(r, QUIET);
    r.has_warning = false; /* a day without a warning says nothing */
    r.warned      = date_make(2026, 1, 1);
    holds(r, QUIET);
}

static void a_payment_fails_after_the_warning(void **state)
{
    struct service_record r = quiet();
    uint32_t unpaid         = GUARD(DIRECT_PAY_OPEN);

    (void)state;
    r.failed = date_make(2026, 5, 3); /* without an amount there is no failure */
    holds(r, QUIET);
    r.unpaid = (money){ 1 };
    holds(r, unpaid | GUARD(PAYMENT_FAILED)); /* never warned: any failure */
    r.has_warning = true;
    r.warned      = date_make(2026, 5, 4);
    holds(r, unpaid | GUARD(WARNED));
    r.warned = r.failed; /* fails at the end of the day */
    holds(r, unpaid | GUARD(WARNED) | GUARD(PAYMENT_FAILED));
    r.warned = date_make(2026, 5, 2);
    holds(r, unpaid | GUARD(WARNED) | GUARD(PAYMENT_FAILED));
}

/* Northern Ireland: no such notice was read, none is asked for. */
static void northern_ireland_asks_for_no_warning(void **state)
{
    struct service_record r = quiet();

    (void)state;
    r.law = law_of(JURISDICTION_NORTHERN_IRELAND);
    holds(r, QUIET | GUARD(WARNED));
    assert_int_equal(service_unlikely_holds(&r), UNLIKELY(NOTHING_UNPAID) | UNLIKELY(WARNED));
    r.has_warning = true;
    r.warned      = date_make(2026, 5, 4);
    r.failed      = date_make(2026, 5, 3);
    r.unpaid      = (money){ 1 };
    holds(r, GUARD(DIRECT_PAY_OPEN) | GUARD(WARNED) | GUARD(PAYMENT_FAILED));
}

/* ---- B-114 ---------------------------------------------------------------------------------- */

static void a_penny_unpaid_or_open_is_not_nothing(void **state)
{
    struct service_record r = quiet();

    (void)state;
    assert_int_equal(service_unlikely_holds(&r), UNLIKELY(NOTHING_UNPAID));
    r.open = (money){ 1 };
    holds(r, GUARD(DIRECT_PAY_OPEN));
    assert_int_equal(service_unlikely_holds(&r), 0);
    r.open   = MONEY_NONE;
    r.unpaid = (money){ 1 };
    holds(r, GUARD(DIRECT_PAY_OPEN) | GUARD(PAYMENT_FAILED));
    assert_int_equal(service_unlikely_holds(&r), 0);
}

/* ---- B-115 ---------------------------------------------------------------------------------- */

/* Six months from the start of collection, or from the day after the last failure since. */
static void six_clean_months_open_the_way_back(void **state)
{
    struct service_record r = quiet();
    uint32_t met            = UNLIKELY(NOTHING_UNPAID) | UNLIKELY(CLEAN_MONTHS);

    (void)state;
    r.compliance.collected_since = date_make(2025, 12, 2);
    holds(r, QUIET);
    assert_int_equal(service_unlikely_holds(&r), UNLIKELY(NOTHING_UNPAID));
    r.compliance.collected_since = date_make(2025, 12, 1);
    holds(r, QUIET | GUARD(COMPLIANCE_MET));
    assert_int_equal(service_unlikely_holds(&r), met);
    r.compliance.has_failure = true;
    r.compliance.failed      = date_make(2025, 11, 30); /* the months begin on 1 December */
    holds(r, QUIET | GUARD(COMPLIANCE_MET));
    r.compliance.failed = date_make(2025, 12, 1);
    holds(r, QUIET);
}

/* ---- B-117, B-120, B-140 -------------------------------------------------------------------- */

static void a_debt_is_more_than_nothing(void **state)
{
    struct service_record r = quiet();

    (void)state;
    r.debt = (money){ 1 };
    holds(r, QUIET | GUARD(DEBT));
    r.debt = (money){ -1 }; /* we owe them */
    holds(r, QUIET);
}

static void switches_of_the_law_are_guards(void **state)
{
    struct service_record r = quiet();
    struct law changed      = *r.law;

    (void)state;
    r.law                             = &changed;
    changed.domestic_abuse_collection = true;
    holds(r, QUIET | GUARD(ABUSE_IN_FORCE));
    changed.domestic_abuse_collection = false;
    changed.single_service            = true;
    holds(r, GUARD(NOTHING_UNPAID) | GUARD(TABLE_COLLECTS) | GUARD(SINGLE_SERVICE_IN_FORCE));
}

/* ---- A1 ------------------------------------------------------------------------------------- */

/* The enquiry from the question to the finding and back, on one record. */
static void the_enquiry_goes_its_way(void **state)
{
    struct service_record r = quiet();
    static const struct {
        int from, event;
        enum machine_result result;
        int to;
        const char *why;
    } steps[] = {
        { UNLIKELY_TO_PAY_STATE_NONE, UNLIKELY_TO_PAY_EVENT_ASKED, MACHINE_TAKEN,
          UNLIKELY_TO_PAY_STATE_ENQUIRY, "" },
        { UNLIKELY_TO_PAY_STATE_ENQUIRY, UNLIKELY_TO_PAY_EVENT_PROVED, MACHINE_STOPPED, 0,
          "nobody knows yet" },
        { UNLIKELY_TO_PAY_STATE_ENQUIRY, UNLIKELY_TO_PAY_EVENT_NOT_PROVED, MACHINE_TAKEN,
          UNLIKELY_TO_PAY_STATE_DECIDE, "" },
        { UNLIKELY_TO_PAY_STATE_DECIDE, UNLIKELY_TO_PAY_EVENT_FOUND_UNLIKELY, MACHINE_TAKEN,
          UNLIKELY_TO_PAY_STATE_UNLIKELY, "" },
        { UNLIKELY_TO_PAY_STATE_UNLIKELY, UNLIKELY_TO_PAY_EVENT_PAID_CLEAN, MACHINE_STOPPED, 0,
          "are not over" },
        { UNLIKELY_TO_PAY_STATE_NONE, UNLIKELY_TO_PAY_EVENT_PAID_CLEAN, MACHINE_NOT_HERE, 0,
          "cannot happen" },
    };

    (void)state;
    r.unpaid      = (money){ 1 };
    r.evidence    = (struct payment_evidence){ .failed = 1 };
    r.has_warning = true;
    r.warned      = date_make(2026, 1, 5);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct machine_answer a = machine_take(&machine_unlikely_to_pay, steps[i].from,
                                               steps[i].event, service_unlikely_holds(&r));
        assert_int_equal(a.result, steps[i].result);
        assert_non_null(strstr(machine_why(&machine_unlikely_to_pay, a), steps[i].why));
        if (a.result == MACHINE_TAKEN) assert_int_equal(a.step->to, steps[i].to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_application_gets_what_b_110_says),
        cmocka_unit_test(wishes_alone_open_collection),
        cmocka_unit_test(each_evidence_alone_supports_a_finding),
        cmocka_unit_test(a_warning_counts_for_twelve_months),
        cmocka_unit_test(a_payment_fails_after_the_warning),
        cmocka_unit_test(northern_ireland_asks_for_no_warning),
        cmocka_unit_test(a_penny_unpaid_or_open_is_not_nothing),
        cmocka_unit_test(six_clean_months_open_the_way_back),
        cmocka_unit_test(a_debt_is_more_than_nothing),
        cmocka_unit_test(switches_of_the_law_are_guards),
        cmocka_unit_test(the_enquiry_goes_its_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
