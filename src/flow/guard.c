/* guard.c: the reasons in order.  mission S3: 23,000 pounds asked of someone who was owed 3,000. */
#include "flow/guard.h"

const char *const demand_refusal_words[DEMAND_REFUSALS] = {
    [DEMAND_MAY_GO]            = "may_go",
    [DEMAND_PERSON_FIRST]      = "person_first",
    [DEMAND_DOES_NOT_REDERIVE] = "does_not_rederive",
    [DEMAND_IN_CREDIT]         = "in_credit",
    [DEMAND_NOT_AGREED]        = "not_agreed",
    [DEMAND_NOTHING_OVERDUE]   = "nothing_overdue",
    [DEMAND_DISPUTED]          = "disputed",
    [DEMAND_ON_HOLD]           = "on_hold",
    [DEMAND_UNMATCHED_MONEY]   = "unmatched_money",
    [DEMAND_ANNOUNCED]         = "announced",
    [DEMAND_RECENT_MONEY]      = "recent_money",
    [DEMAND_JUMPS]             = "jumps",
    [DEMAND_NEEDS_SECOND]      = "needs_second",
    [DEMAND_NO_ADDRESS]        = "no_address",
};
const char *const demand_refusal_sentences[DEMAND_REFUSALS] = {
    [DEMAND_MAY_GO]       = "The letter may go.",
    [DEMAND_PERSON_FIRST] = "Somebody has to speak with them before anything is asked of them "
                            "(B-1004): answer the alert "
                            "first.",
    [DEMAND_DOES_NOT_REDERIVE] =
        "The figures do not come out the same when they are worked out again from the facts. Run "
        "the check on this case and put right what it finds; nothing may be asked for until then.",
    [DEMAND_IN_CREDIT] =
        "We hold money for the paying parent, or owe them some: use it or give it back first, and "
        "ask for nothing meanwhile.",
    [DEMAND_NOT_AGREED] =
        "What is left is from before the parents went back to Direct Pay: it is collected by "
        "agreement (B-117). Record what they agreed, or leave it.",
    [DEMAND_NOTHING_OVERDUE] = "Nothing that is collected through us is overdue.",
    [DEMAND_DISPUTED] = "The account is disputed. Decide the dispute first, then send the letter.",
    [DEMAND_ON_HOLD]  = "The account is on hold. End the hold first if its reason is gone.",
    [DEMAND_UNMATCHED_MONEY] =
        "There is money in suspense that may be theirs. Match it or rule it out first.",
    [DEMAND_ANNOUNCED] =
        "Money has been deducted from their pay or benefit that has not arrived. Ask whoever "
        "deducted it first.",
    [DEMAND_RECENT_MONEY] =
        "Money came in during the last days. See that all of it is used as it should be, and ask "
        "again when those days are over.",
    [DEMAND_JUMPS] =
        "This is much more than was last asked for. A second person has to look at why.",
    [DEMAND_NEEDS_SECOND] = "A demand of this size needs a second person.",
    [DEMAND_NO_ADDRESS]   = "There is no postal address to send the letter to. Record one first.",
};

static bool is_released(const struct demand *d)
{
    return d->released.p >= d->overdue.p;
}

static bool jumps(const struct demand *d)
{
    return d->told_before && d->jump.p > 0 && d->overdue.p > money_add(d->told, d->jump).p &&
           !is_released(d);
}

enum demand_refusal demand_guard(const struct demand *d)
{
    if (d->person_first) return DEMAND_PERSON_FIRST;
    if (!d->rederives) return DEMAND_DOES_NOT_REDERIVE;
    if (d->credit.p > 0 || d->owed.p < 0) return DEMAND_IN_CREDIT;
    if (d->not_agreed) return DEMAND_NOT_AGREED;
    if (d->overdue.p <= 0) return DEMAND_NOTHING_OVERDUE;
    if (d->disputed) return DEMAND_DISPUTED;
    if (d->on_hold) return DEMAND_ON_HOLD;
    if (d->unmatched.p > 0) return DEMAND_UNMATCHED_MONEY;
    if (d->announced.p > 0) return DEMAND_ANNOUNCED;
    if (d->recent.p > 0) return DEMAND_RECENT_MONEY;
    if (jumps(d)) return DEMAND_JUMPS;
    if (d->alone.p > 0 && d->overdue.p > d->alone.p && !is_released(d)) return DEMAND_NEEDS_SECOND;
    if (!d->has_address) return DEMAND_NO_ADDRESS;
    return DEMAND_MAY_GO;
}

enum demand_refusal order_guard(const struct demand *d, bool debts)
{
    if (d->person_first) return DEMAND_PERSON_FIRST;
    if (!d->rederives) return DEMAND_DOES_NOT_REDERIVE;
    if (d->on_hold) return DEMAND_ON_HOLD;
    if (!debts) return DEMAND_MAY_GO;
    if (d->credit.p > 0 || d->owed.p < 0) return DEMAND_IN_CREDIT;
    if (d->disputed) return DEMAND_DISPUTED;
    if (d->unmatched.p > 0) return DEMAND_UNMATCHED_MONEY;
    if (d->alone.p > 0 && d->overdue.p > d->alone.p && !is_released(d)) return DEMAND_NEEDS_SECOND;
    return DEMAND_MAY_GO;
}
