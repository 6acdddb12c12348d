/* change.c: the effective date of a supersession, A-104 to A-107 (CMR12 regs 18, 22, 23). */
#include "flow/change.h"

/* |a - b| is at least the tolerance of b; any income is a change from none. */
static bool income_differs(const struct law *law, money a, money b)
{
    __int128 gap = (__int128)a.p - b.p;

    if (b.p == 0) return a.p > 0;
    return (gap < 0 ? -gap : gap) * law->income_tolerance.d >=
           (__int128)b.p * law->income_tolerance.n;
}

struct change change_income(const struct law *law, struct income_in_use in_use, money annual,
                            date happened_on, date reported_on)
{
    bool known  = in_use.basis == INCOME_BASIS_HISTORIC || in_use.basis == INCOME_BASIS_CURRENT;
    bool counts = !known || income_differs(law, annual, in_use.annual);
    bool duty   = counts && in_use.basis == INCOME_BASIS_CURRENT && annual.p > in_use.annual.p;

    return (struct change){
        .counts      = counts,
        .counts_from = duty ? happened_on : reported_on,
        .had_duty    = duty,
        .cite        = duty ? "A-106, A-107" : "A-104, A-106",
    };
}

struct change change_other(enum fact_kind kind, bool ends, date happened_on, date reported_on)
{
    const struct fact_kind_entry *k = &fact_kind_table[kind];
    enum fact_effect effect         = ends ? k->ends : k->starts;

    return (struct change){
        .counts      = true,
        .counts_from = effect == EFFECT_REPORTED ? date_max(happened_on, reported_on) : happened_on,
        .cite        = effect == EFFECT_NONE ? "" : "A-106",
    };
}
