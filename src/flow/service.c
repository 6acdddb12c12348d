/* service.c: what the guards of law/flow/case_service.flow ask. */
#include "flow/service.h"

enum service service_choose(const struct law *law, struct service_wishes w)
{
    const int32_t values[SERVICE_TYPE_INPUTS] = {
        [SERVICE_TYPE_SINGLE_SERVICE] = law->single_service,
        [SERVICE_TYPE_RECEIVING_ASKS] = (int32_t)w.receiving,
        [SERVICE_TYPE_PAYING_ASKS]    = (int32_t)w.paying,
        [SERVICE_TYPE_UNLIKELY]       = (int32_t)w.unlikely,
    };
    return machine_table_result(&machine_table_service_type, values) ==
                   SERVICE_TYPE_RESULT_COLLECT_AND_PAY
               ? SERVICE_COLLECT_AND_PAY
               : SERVICE_DIRECT_PAY;
}

bool service_warning_counts(const struct law *law, date given, date day)
{
    if (law->warning_notice_months == 0) return true;
    return !date_before(day, given) &&
           date_before(date_add_months(day, -law->warning_notice_months), given);
}

date service_warning_ends(const struct law *law, date given)
{
    if (law->warning_notice_months == 0) return DATE_OPEN;
    date end = date_add_months(given, law->warning_notice_months);
    while (service_warning_counts(law, given, end))
        end =
            date_add_days(end, 1); /* the last days of a month have one counterpart between them */
    return end;
}

const char *const direct_standing_words[] = {
    [DIRECT_UNKNOWN]   = "unknown",
    [DIRECT_CONFIRMED] = "confirmed",
    [DIRECT_DISPUTED]  = "disputed",
    [DIRECT_FOUND]     = "found",
};

struct direct_outcome direct_outcome(money amount, struct direct_word paying,
                                     struct direct_word receiving, struct direct_word found)
{
    money least = receiving.said ? money_min(receiving.paid, amount) : MONEY_NONE;
    money most  = paying.said ? money_min(paying.paid, amount) : amount;

    if (found.said) least = most = money_min(found.paid, amount);
    money low = money_min(least, most), high = money_max(least, most);
    struct direct_outcome o = { .unpaid = money_subtract(amount, high),
                                .open   = money_subtract(high, low) };
    o.standing              = found.said                        ? DIRECT_FOUND
                              : !paying.said && !receiving.said ? DIRECT_UNKNOWN
                              : o.open.p == 0                   ? DIRECT_CONFIRMED
                              : paying.said && receiving.said   ? DIRECT_DISPUTED
                                                                : DIRECT_UNKNOWN;
    return o;
}

bool service_unlikely_supported(const struct payment_evidence *e)
{
    return e->failed > 0 || e->late > 0 || e->will_not_pay || e->earlier_debt;
}

struct compliance service_compliance(const struct law *law, struct compliance_record r, date day)
{
    struct compliance c = { .since = r.collected_since };

    if (r.has_failure) c.since = date_max(c.since, date_add_days(r.failed, 1));
    c.met_on = date_add_months(c.since, law->direct_pay_return_months);
    c.met    = !date_before(day, c.met_on);
    return c;
}

/* A payment fails at the end of its day: due on the day of the warning it fails after it. */
static bool failed_since_warning(const struct service_record *r)
{
    if (r->unpaid.p == 0) return false;
    return !r->has_warning || r->law->warning_notice_months == 0 ||
           !date_before(r->failed, r->warned);
}

static bool is_warned(const struct service_record *r)
{
    if (r->law->warning_notice_months == 0) return true;
    return r->has_warning && service_warning_counts(r->law, r->warned, r->day);
}

static uint32_t bit(bool holds, int guard)
{
    return holds ? UINT32_C(1) << guard : 0;
}

uint32_t service_holds(const struct service_record *r)
{
    bool both = r->wishes.receiving == SERVICE_TYPE_RECEIVING_ASKS_COLLECT_AND_PAY &&
                r->wishes.paying == SERVICE_TYPE_PAYING_ASKS_COLLECT_AND_PAY;

    return bit(service_choose(r->law, r->wishes) == SERVICE_COLLECT_AND_PAY,
               CASE_SERVICE_GUARD_TABLE_COLLECTS) |
           bit(both, CASE_SERVICE_GUARD_BOTH_ASK) |
           bit(!r->law->single_service, CASE_SERVICE_GUARD_DIRECT_PAY_OPEN) |
           bit(service_unlikely_supported(&r->evidence), CASE_SERVICE_GUARD_UNLIKELY_SUPPORTED) |
           bit(failed_since_warning(r), CASE_SERVICE_GUARD_PAYMENT_FAILED) |
           bit(is_warned(r), CASE_SERVICE_GUARD_WARNED) |
           bit(r->unpaid.p == 0 && r->open.p == 0, CASE_SERVICE_GUARD_NOTHING_UNPAID) |
           bit(service_compliance(r->law, r->compliance, r->day).met,
               CASE_SERVICE_GUARD_COMPLIANCE_MET) |
           bit(r->wishes.unlikely == SERVICE_TYPE_UNLIKELY_NO, CASE_SERVICE_GUARD_LIKELY) |
           bit(r->debt.p > 0, CASE_SERVICE_GUARD_DEBT) |
           bit(r->law->domestic_abuse_collection, CASE_SERVICE_GUARD_ABUSE_IN_FORCE) |
           bit(r->law->single_service, CASE_SERVICE_GUARD_SINGLE_SERVICE_IN_FORCE);
}

uint32_t service_unlikely_holds(const struct service_record *r)
{
    return bit(service_unlikely_supported(&r->evidence), UNLIKELY_TO_PAY_GUARD_EVIDENCE) |
           bit(is_warned(r), UNLIKELY_TO_PAY_GUARD_WARNED) |
           bit(r->unpaid.p == 0 && r->open.p == 0, UNLIKELY_TO_PAY_GUARD_NOTHING_UNPAID) |
           bit(service_compliance(r->law, r->compliance, r->day).met,
               UNLIKELY_TO_PAY_GUARD_CLEAN_MONTHS);
}

enum case_service_state service_state(const struct service_standing *s)
{
    if (s->stopped && s->families && s->debt.p <= 0) return CASE_SERVICE_STATE_FAMILY_BASED;
    if (!s->decided && !s->stopped) return CASE_SERVICE_STATE_APPLIED;
    if (s->stopped || s->ended)
        return s->debt.p > 0 ? CASE_SERVICE_STATE_ARREARS_ONLY : CASE_SERVICE_STATE_CLOSED;
    if (s->weekly.p == 0) return CASE_SERVICE_STATE_NIL;
    if (s->service == SERVICE_COLLECT_AND_PAY) return CASE_SERVICE_STATE_COLLECT_AND_PAY;
    return s->reported ? CASE_SERVICE_STATE_DEFAULT : CASE_SERVICE_STATE_DIRECT_PAY;
}
