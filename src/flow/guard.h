/* guard.h: the demand guard.  No letter that asks for money leaves unless every answer is right. */
#pragma once
#include "base/date.h"
#include "base/money.h"

#include <stdbool.h>

/* What the shell found out just before the demand. */
struct demand {
    money owed;        /* maintenance and fees fallen due and unpaid, by the one balance */
    money credit;      /* held for the paying parent */
    money overdue;     /* the part whose due day has passed */
    bool not_agreed;   /* all that is past is old arrears of parents who pay each other now */
    bool person_first; /* somebody has to speak with them before anything goes to them (B-1004) */
    bool disputed;     /* somebody disputes it */
    bool on_hold;      /* the service itself put it on hold */
    money unmatched;   /* money in suspense that may be this paying parent's */
    money announced;   /* deducted from their pay or benefit, as a file says, and not yet here */
    money recent;      /* came in within the days in which nothing is demanded */
    bool told_before;  /* a demand went before */
    money told;        /* what the last one asked for */
    money jump;        /* how much more may be asked for without a second person; 0: any */
    money alone;       /* how much one person may ask for alone; 0: any */
    money released;    /* up to which somebody else found the figure right */
    bool rederives;    /* decisions and charges worked out again from the facts agree */
    bool has_address;  /* there is somewhere to send it */
};

enum demand_refusal {
    DEMAND_MAY_GO,
    DEMAND_PERSON_FIRST,
    DEMAND_DOES_NOT_REDERIVE,
    DEMAND_IN_CREDIT,
    DEMAND_NOT_AGREED,
    DEMAND_NOTHING_OVERDUE,
    DEMAND_DISPUTED,
    DEMAND_ON_HOLD,
    DEMAND_UNMATCHED_MONEY,
    DEMAND_ANNOUNCED,
    DEMAND_RECENT_MONEY,
    DEMAND_JUMPS,
    DEMAND_NEEDS_SECOND,
    DEMAND_NO_ADDRESS,
    DEMAND_REFUSALS
};

/* The first reason why the demand may not go, the gravest first. */
enum demand_refusal demand_guard(const struct demand *d);
/* The same before an order to an employer: the first reason why it may not be made, or raised.  It
 * may take what falls due from now on whatever is disputed, and money that was just deducted or
 * just came is no reason against the next deduction; for a debt (debts) the figure must be as sure
 * as for a demand. */
enum demand_refusal order_guard(const struct demand *d, bool debts);
/* A short name for files and a sentence for the screen. */
extern const char *const demand_refusal_words[DEMAND_REFUSALS];
extern const char *const demand_refusal_sentences[DEMAND_REFUSALS];
