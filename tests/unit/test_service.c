/* test_service.c: the machine of a case's service (B-117), its decision table (B-110), the warning
 * (B-112), what was paid directly (B-114), the finding (B-111) and the way back (B-115). */
#include "flow/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct law *law_now(void)
{
    return law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 11, 22));
}

/* ---- B-110 ---------------------------------------------------------------------------------- */

enum { ASKS_DIRECT, ASKS_COLLECTION, ASKS_NOTHING };
enum { NOT_TESTED, LIKELY, UNLIKELY };

static void test_wishes(void **state)
{
    static const struct {
        int receiving, paying, unlikely;
        enum service service;
    } rows[] = {
        { ASKS_DIRECT, ASKS_COLLECTION, UNLIKELY, SERVICE_DIRECT_PAY },
        { ASKS_DIRECT, ASKS_NOTHING, NOT_TESTED, SERVICE_DIRECT_PAY },
        { ASKS_COLLECTION, ASKS_COLLECTION, NOT_TESTED, SERVICE_COLLECT_AND_PAY },
        { ASKS_COLLECTION, ASKS_COLLECTION, LIKELY, SERVICE_COLLECT_AND_PAY },
        { ASKS_COLLECTION, ASKS_DIRECT, UNLIKELY, SERVICE_COLLECT_AND_PAY },
        { ASKS_COLLECTION, ASKS_NOTHING, UNLIKELY, SERVICE_COLLECT_AND_PAY },
        { ASKS_COLLECTION, ASKS_DIRECT, LIKELY, SERVICE_DIRECT_PAY },
        { ASKS_COLLECTION, ASKS_NOTHING, NOT_TESTED, SERVICE_DIRECT_PAY },
        { ASKS_NOTHING, ASKS_COLLECTION, UNLIKELY, SERVICE_DIRECT_PAY },
        { ASKS_NOTHING, ASKS_NOTHING, NOT_TESTED, SERVICE_DIRECT_PAY },
    };
    struct law reformed = *law_now();

    (void)state;
    reformed.single_service = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct service_wishes w = { (enum service_type_receiving_asks)rows[i].receiving,
                                    (enum service_type_paying_asks)rows[i].paying,
                                    (enum service_type_unlikely)rows[i].unlikely };
        assert_int_equal(service_choose(law_now(), w), rows[i].service);
        assert_int_equal(service_choose(&reformed, w), SERVICE_COLLECT_AND_PAY);
    }
    assert_false(law_now()->single_service);
    assert_false(law_now()->domestic_abuse_collection);
}

/* ---- B-112 ---------------------------------------------------------------------------------- */

static void test_warning(void **state)
{
    const struct law *law = law_now();
    date given            = date_make(2025, 3, 3);
    const struct law *ni  = law_at(JURISDICTION_NORTHERN_IRELAND, date_make(2026, 1, 1));

    (void)state;
    assert_false(service_warning_counts(law, given, date_make(2025, 3, 2)));
    assert_true(service_warning_counts(law, given, given));
    assert_true(service_warning_counts(law, given, date_make(2026, 3, 2)));
    assert_false(service_warning_counts(law, given, date_make(2026, 3, 3))); /* edge case 5 */
    assert_int_equal(service_warning_ends(law, given).d, date_make(2026, 3, 3).d);
    /* 28 February 2025 less 12 months is 28 February 2024, before the 29th; 1 March is not. */
    given = date_make(2024, 2, 29);
    assert_true(service_warning_counts(law, given, date_make(2025, 2, 28)));
    assert_false(service_warning_counts(law, given, date_make(2025, 3, 1)));
    assert_int_equal(service_warning_ends(law, given).d, date_make(2025, 3, 1).d);
    /* Northern Ireland: no such notice is known. */
    assert_true(service_warning_counts(ni, given, date_make(2026, 1, 1)));
    assert_int_equal(service_warning_ends(ni, given).d, DATE_OPEN.d);
}

/* ---- B-114 ---------------------------------------------------------------------------------- */

enum { SILENT = -1 };

static struct direct_word word(int paid)
{
    return (struct direct_word){ paid != SILENT, { paid == SILENT ? 0 : paid } };
}

static void test_direct_payments(void **state)
{
    static const struct {
        int paying, receiving, found;
        enum direct_standing standing;
        int unpaid, open;
    } rows[] = {
        { SILENT, SILENT, SILENT, DIRECT_UNKNOWN, 0, 100 },
        { SILENT, 0, SILENT, DIRECT_UNKNOWN, 0, 100 },   /* one parent's word alone */
        { SILENT, 30, SILENT, DIRECT_UNKNOWN, 0, 70 },   /* what came, came */
        { SILENT, 100, SILENT, DIRECT_CONFIRMED, 0, 0 }, /* all came: nothing is open */
        { 0, SILENT, SILENT, DIRECT_CONFIRMED, 100, 0 }, /* admitted */
        { 40, SILENT, SILENT, DIRECT_UNKNOWN, 60, 40 },  /* admitted in part */
        { 100, SILENT, SILENT, DIRECT_UNKNOWN, 0, 100 }, /* said to be paid: not assumed */
        { 0, 0, SILENT, DIRECT_CONFIRMED, 100, 0 },
        { 40, 40, SILENT, DIRECT_CONFIRMED, 60, 0 },
        { 100, 100, SILENT, DIRECT_CONFIRMED, 0, 0 },
        { 100, 0, SILENT, DIRECT_DISPUTED, 0, 100 },
        { 70, 30, SILENT, DIRECT_DISPUTED, 30, 40 }, /* both agree on 30 unpaid */
        { 30, 70, SILENT, DIRECT_DISPUTED, 30, 40 },
        { 150, 120, SILENT, DIRECT_CONFIRMED, 0, 0 }, /* more than was due */
        { 100, 0, 0, DIRECT_FOUND, 100, 0 },
        { 100, 0, 100, DIRECT_FOUND, 0, 0 },
        { SILENT, SILENT, 25, DIRECT_FOUND, 75, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct direct_outcome o = direct_outcome((money){ 100 }, word(rows[i].paying),
                                                 word(rows[i].receiving), word(rows[i].found));
        if (o.standing != rows[i].standing || o.unpaid.p != rows[i].unpaid ||
            o.open.p != rows[i].open)
            fail_msg("row %zu: %s, %d unpaid, %d open", i, direct_standing_words[o.standing],
                     (int)o.unpaid.p, (int)o.open.p);
    }
}

/* ---- B-111, B-115 --------------------------------------------------------------------------- */

static void test_finding(void **state)
{
    (void)state;
    assert_false(service_unlikely_supported(&(struct payment_evidence){ 0 }));
    assert_false(service_unlikely_supported(&(struct payment_evidence){ .partial = 1 }));
    assert_true(service_unlikely_supported(&(struct payment_evidence){ .failed = 1 }));
    assert_true(service_unlikely_supported(&(struct payment_evidence){ .late = 1 }));
    assert_true(service_unlikely_supported(&(struct payment_evidence){ .will_not_pay = true }));
    assert_true(service_unlikely_supported(&(struct payment_evidence){ .earlier_debt = true }));
}

static void test_way_back(void **state)
{
    const struct law *law      = law_now();
    struct compliance_record r = { .collected_since = date_make(2025, 1, 10) };

    (void)state;
    assert_false(service_compliance(law, r, date_make(2025, 7, 9)).met);
    assert_true(service_compliance(law, r, date_make(2025, 7, 10)).met);
    r.has_failure = true; /* before collection began: no matter */
    r.failed      = date_make(2024, 12, 1);
    assert_true(service_compliance(law, r, date_make(2025, 7, 10)).met);
    r.failed = date_make(2025, 3, 1); /* the months begin anew on the day after */
    assert_int_equal(service_compliance(law, r, date_make(2025, 7, 10)).met_on.d,
                     date_make(2025, 9, 2).d);
    assert_false(service_compliance(law, r, date_make(2025, 9, 1)).met);
    assert_true(service_compliance(law, r, date_make(2025, 9, 2)).met);
}

/* ---- B-117 ---------------------------------------------------------------------------------- */

/* A record in which every guard of the move to collection holds. */
static struct service_record record(void)
{
    return (struct service_record){
        .law         = law_now(),
        .day         = date_make(2026, 6, 1),
        .wishes      = { .receiving = SERVICE_TYPE_RECEIVING_ASKS_COLLECT_AND_PAY,
                         .paying    = SERVICE_TYPE_PAYING_ASKS_NOTHING,
                         .unlikely  = SERVICE_TYPE_UNLIKELY_NOT_TESTED },
        .has_warning = true,
        .warned      = date_make(2026, 1, 5),
        .unpaid      = { 36400 },
        .failed      = date_make(2026, 5, 3),
        .evidence    = { .failed = 1 },
        .compliance  = { .collected_since = date_make(2026, 5, 1) },
    };
}

static struct machine_answer take(int state, int event, const struct service_record *r)
{
    return machine_take(&machine_case_service, state, event, service_holds(r));
}

static void goes(int from, int event, struct service_record r, int to)
{
    struct machine_answer a = take(from, event, &r);
    assert_int_equal(a.result, MACHINE_TAKEN);
    assert_int_equal(a.step->to, to);
}

static void stops(int from, int event, struct service_record r, const char *why)
{
    struct machine_answer a = take(from, event, &r);
    assert_int_equal(a.result, MACHINE_STOPPED);
    if (!strstr(machine_why(&machine_case_service, a), why))
        fail_msg("\"%s\" is not in \"%s\"", why, machine_why(&machine_case_service, a));
}

#define STATE(name) CASE_SERVICE_STATE_##name
#define EVENT(name) CASE_SERVICE_EVENT_##name

static void test_to_collection(void **state)
{
    struct service_record r = record();

    (void)state;
    goes(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, STATE(COLLECT_AND_PAY));
    r.warned = date_make(2025, 6, 1); /* exactly twelve months: the warning is served now */
    goes(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, STATE(DEFAULT));
    r.warned = date_make(2025, 6, 2);
    goes(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, STATE(COLLECT_AND_PAY));
    r.warned = date_make(2026, 5, 4); /* after the failure: only a later one counts */
    stops(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, "since the paying parent was warned");
    r.warned = r.failed;
    goes(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, STATE(COLLECT_AND_PAY));
    r.evidence = (struct payment_evidence){ 0 };
    stops(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, "Nothing recorded shows");
    r        = record();
    r.unpaid = MONEY_NONE;
    stops(STATE(DEFAULT), EVENT(DECIDE_UNLIKELY), r, "No payment is confirmed or found");
    stops(STATE(DIRECT_PAY), EVENT(ASK_COLLECTION), r, "Both parents must ask");
    r.wishes.paying = SERVICE_TYPE_PAYING_ASKS_COLLECT_AND_PAY;
    goes(STATE(DIRECT_PAY), EVENT(ASK_COLLECTION), r, STATE(COLLECT_AND_PAY));
    assert_int_equal(take(STATE(COLLECT_AND_PAY), EVENT(ASK_COLLECTION), &r).result,
                     MACHINE_NOT_HERE);
}

static void test_switches(void **state)
{
    struct service_record r = record();
    struct law reformed     = *law_now();

    (void)state;
    stops(STATE(DIRECT_PAY), EVENT(SHOW_ABUSE), r, "not in force");
    stops(STATE(DIRECT_PAY), EVENT(SINGLE_SERVICE_BEGINS), r, "not in force");
    goes(STATE(COLLECT_AND_PAY), EVENT(RECEIVING_ASKS_DIRECT), r, STATE(DIRECT_PAY));
    reformed.domestic_abuse_collection = reformed.single_service = true;
    r.law                                                        = &reformed;
    goes(STATE(DIRECT_PAY), EVENT(SHOW_ABUSE), r, STATE(COLLECT_AND_PAY));
    goes(STATE(DIRECT_PAY), EVENT(SINGLE_SERVICE_BEGINS), r, STATE(COLLECT_AND_PAY));
    stops(STATE(COLLECT_AND_PAY), EVENT(RECEIVING_ASKS_DIRECT), r, "Direct Pay has ended");
}

static void test_back_and_out(void **state)
{
    struct service_record r = record();

    (void)state;
    stops(STATE(COLLECT_AND_PAY), EVENT(PAYING_ASKS_DIRECT), r, "are not over");
    r.compliance.collected_since = date_make(2025, 12, 1);
    stops(STATE(COLLECT_AND_PAY), EVENT(PAYING_ASKS_DIRECT), r, "must be found, with reasons");
    r.wishes.unlikely = SERVICE_TYPE_UNLIKELY_NO;
    goes(STATE(COLLECT_AND_PAY), EVENT(PAYING_ASKS_DIRECT), r, STATE(DIRECT_PAY));
    goes(STATE(COLLECT_AND_PAY), EVENT(ASK_STOP), r, STATE(CLOSED));
    goes(STATE(APPLIED), EVENT(AGREE_THEMSELVES), r, STATE(FAMILY_BASED));
    r.debt = (money){ 1 };
    goes(STATE(COLLECT_AND_PAY), EVENT(ASK_STOP), r, STATE(ARREARS_ONLY));
    goes(STATE(NIL), EVENT(LAST_CHILD_ENDS), r, STATE(ARREARS_ONLY));
    goes(STATE(DIRECT_PAY), EVENT(AGREE_THEMSELVES), r, STATE(ARREARS_ONLY));
    assert_int_equal(take(STATE(ARREARS_ONLY), EVENT(BALANCE_CLEARS), &r).result, MACHINE_STOPPED);
    assert_string_equal(
        machine_why(&machine_case_service, take(STATE(ARREARS_ONLY), EVENT(BALANCE_CLEARS), &r)),
        "The record says otherwise already.");
    r.debt = MONEY_NONE;
    goes(STATE(ARREARS_ONLY), EVENT(BALANCE_CLEARS), r, STATE(CLOSED));
    stops(STATE(DEFAULT), EVENT(PAID_UP), r, "still confirmed or found unpaid");
    r.unpaid = MONEY_NONE;
    goes(STATE(DEFAULT), EVENT(PAID_UP), r, STATE(DIRECT_PAY));
    r.open = (money){ 1 };
    stops(STATE(DEFAULT), EVENT(PAID_UP), r, "nobody knows yet");
}

/* Each step of each machine can be taken, and no notice goes without words about when. */
static void test_every_step(void **state)
{
    (void)state;
    for (int32_t i = 0; i < machine_count; i++) {
        const struct machine *m = machine_list[i];
        for (int32_t k = 0; k < m->step_count; k++) {
            const struct machine_step *s = &m->steps[k];
            int32_t from                 = __builtin_ctz(s->from);
            uint32_t all                 = (UINT32_C(1) << m->guard_count) - 1;
            struct machine_answer a      = machine_take(m, from, s->event, all & ~s->bars);
            if (a.step != s) a = machine_take(m, from, s->event, s->needs);
            if (a.step != s) fail_msg("%s:%d cannot be taken", s->file, s->line);
            if (!s->needs) continue;
            a = machine_take(m, from, s->event, s->bars);
            assert_true(a.step != s || a.result == MACHINE_STOPPED);
        }
    }
    assert_int_equal(machine_state_find(&machine_case_service, "nil"), STATE(NIL));
    assert_int_equal(machine_state_find(&machine_case_service, "nile"), MACHINE_NOTHING);
    assert_int_equal(machine_event_find(&machine_case_service, "warn"), EVENT(WARN));
    assert_int_equal(machine_event_find(&machine_case_service, ""), MACHINE_NOTHING);
}

static void test_states(void **state)
{
    struct service_standing s = { 0 };

    (void)state;
    assert_int_equal(service_state(&s), STATE(APPLIED));
    s.stopped = true;
    assert_int_equal(service_state(&s), STATE(CLOSED));
    s.families = true;
    assert_int_equal(service_state(&s), STATE(FAMILY_BASED));
    s.debt = (money){ 1 };
    assert_int_equal(service_state(&s), STATE(ARREARS_ONLY));
    s = (struct service_standing){ .decided = true };
    assert_int_equal(service_state(&s), STATE(NIL));
    s.weekly = (money){ 700 };
    assert_int_equal(service_state(&s), STATE(COLLECT_AND_PAY));
    s.service = SERVICE_DIRECT_PAY;
    assert_int_equal(service_state(&s), STATE(DIRECT_PAY));
    s.reported = true;
    assert_int_equal(service_state(&s), STATE(DEFAULT));
    s.ended = true;
    assert_int_equal(service_state(&s), STATE(CLOSED));
    s.debt = (money){ 1 };
    assert_int_equal(service_state(&s), STATE(ARREARS_ONLY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wishes),          cmocka_unit_test(test_warning),
        cmocka_unit_test(test_direct_payments), cmocka_unit_test(test_finding),
        cmocka_unit_test(test_way_back),        cmocka_unit_test(test_to_collection),
        cmocka_unit_test(test_switches),        cmocka_unit_test(test_back_and_out),
        cmocka_unit_test(test_every_step),      cmocka_unit_test(test_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
