/* waiver.c: fees and waivers as tables. */
#include "flow/waiver.h"

#include <string.h>

static const struct {
    const char *name, *words;
} fees[FEE_KINDS] = {
    [FEE_EARNINGS]        = { "earnings", "a deduction from earnings order" },
    [FEE_ARMED_FORCES]    = { "armed_forces", "a deduction from earnings request" },
    [FEE_REGULAR]         = { "regular", "a regular deduction order" },
    [FEE_LUMP_SUM]        = { "lump_sum", "a lump sum deduction order" },
    [FEE_LIABILITY]       = { "liability", "a liability order" },
    [FEE_EARNINGS_CHOSEN] = { "earnings_chosen",
                              "a deduction from earnings the paying parent chose" },
};

#define OF(kind) (1u << (kind))
enum {
    ORDERS   = OF(FEE_EARNINGS) | OF(FEE_REGULAR) | OF(FEE_LUMP_SUM),
    REPEATED = OF(FEE_EARNINGS) | OF(FEE_REGULAR),
    ANY      = OF(FEE_KINDS) - 1
};

/* of: the kinds of fee the ground is open to. */
static const struct {
    const char *name, *words;
    unsigned of;
} grounds[WAIVER_GROUNDS] = {
    [WAIVER_1A] = { "W1A", "a case of an earlier scheme was being closed", ANY },
    [WAIVER_2]  = { "W2", "orders to several employers or accounts were made at once", ORDERS },
    [WAIVER_3]  = { "W3", "only the employer, the account or the amount has changed", REPEATED },
    [WAIVER_4A] = { "W4A", "no liability order was made", OF(FEE_LIABILITY) },
    [WAIVER_4B] = { "W4B", "the order was appealed or reviewed with success", ORDERS },
    [WAIVER_4C] = { "W4C", "the order lapsed or was discharged by our mistake", ANY },
    [WAIVER_5]  = { "W5", "the paying parent was on operations when the request was made",
                    OF(FEE_ARMED_FORCES) },
    [WAIVER_6]  = { "W6", "another ground the regulations list", ANY },
};

bool fee_kind_find(const char *name, enum fee_kind *kind)
{
    for (enum fee_kind k = 0; k < FEE_KINDS; k++)
        if (!strcmp(fees[k].name, name)) {
            *kind = k;
            return true;
        }
    return false;
}

const char *fee_kind_words(enum fee_kind kind)
{
    return fees[kind].words;
}

bool waiver_find(const char *name, enum waiver_ground *ground)
{
    for (enum waiver_ground w = 0; w < WAIVER_GROUNDS; w++)
        if (!strcmp(grounds[w].name, name)) {
            *ground = w;
            return true;
        }
    return false;
}

const char *waiver_name(enum waiver_ground ground)
{
    return grounds[ground].name;
}

const char *waiver_words(enum waiver_ground ground)
{
    return grounds[ground].words;
}

static bool others_have(const struct waiver_case *c, bool same_day)
{
    bool found = false;

    for (size_t i = 0; i < c->n; i++)
        found |= c->others[i].kind == c->fee.kind &&
                 (same_day ? date_same(c->others[i].made_on, c->fee.made_on)
                           : date_before(c->others[i].made_on, c->fee.made_on));
    return found;
}

bool waiver_check(enum waiver_ground ground, const struct waiver_case *c, struct fail *fail)
{
    if (!(grounds[ground].of & OF(c->fee.kind)))
        return REFUSE(fail, "ground_other_order",
                      "%s (%s) is no ground for the fee of %s; choose another ground or leave "
                      "the fee.",
                      grounds[ground].name, grounds[ground].words, fees[c->fee.kind].words);
    if (ground == WAIVER_1A && !c->law->fee_waiver_case_closure)
        return REFUSE(fail, "ground_not_in_force",
                      "W1A covers orders made from 23 May 2016 to 21 May 2021 in Great Britain; "
                      "this one was not.");
    if (ground == WAIVER_2 && !others_have(c, true))
        return REFUSE(fail, "ground_needs_twin",
                      "W2 needs another fee of the same kind for an order made on the same day; "
                      "record that order first.");
    if (ground == WAIVER_3 && !others_have(c, false))
        return REFUSE(fail, "ground_needs_earlier",
                      "W3 needs a fee for an earlier order of the same kind; there is none.");
    return true;
}
