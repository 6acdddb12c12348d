/* service.h: which service a case uses and what may change it (B-110 to B-117), pure.  The machine
 * is law/flow/case_service.flow; here is what its guards ask. */
#pragma once
#include "base/money.h"
#include "flow/fact_kind.h"
#include "flow_data.h"

/* --- B-110: what an application gets --- */

struct service_wishes {
    enum service_type_receiving_asks receiving;
    enum service_type_paying_asks paying;
    enum service_type_unlikely unlikely;
};
enum service service_choose(const struct law *law, struct service_wishes wishes);

/* --- B-112: the warning --- */

/* Whether a warning given on a day lets collection start on another: given not after it and within
 * the months before, the boundary day itself not within.  Where the law asks for no warning it
 * always does. */
bool service_warning_counts(const struct law *law, date given, date day);
/* The first day on which a warning no longer counts; DATE_OPEN where none is asked for. */
date service_warning_ends(const struct law *law, date given);

/* --- B-114: what was paid under Direct Pay --- */

/* One payment: what each parent and, last, a decision maker says was paid. */
struct direct_word {
    bool said;
    money paid;
};
enum direct_standing { DIRECT_UNKNOWN, DIRECT_CONFIRMED, DIRECT_DISPUTED, DIRECT_FOUND };
extern const char *const direct_standing_words[]; /* names for files and tests */
struct direct_outcome {
    enum direct_standing standing;
    money unpaid; /* shown not to have been paid: may be asked for */
    money open;   /* nobody knows: is never asked for */
};
/* What a receiving parent says came has been paid; what a paying parent says was all they paid
 * leaves the rest unpaid; between the two it is open.  A finding settles it. */
struct direct_outcome direct_outcome(money amount, struct direct_word paying,
                                     struct direct_word receiving, struct direct_word found);

/* --- B-111: unlikely to pay --- */

struct payment_evidence {
    int32_t failed, late, partial; /* payments confirmed or found so; partial is of failed */
    bool will_not_pay;             /* the paying parent said that they do not intend to pay */
    bool earlier_debt;             /* arrears on the account of this arrangement */
};
/* Whether there is anything to rest a finding on.  No payment was due yet: only will_not_pay. */
bool service_unlikely_supported(const struct payment_evidence *e);

/* --- B-115: back to Direct Pay --- */

struct compliance_record {
    date collected_since; /* of the present time of collection */
    bool has_failure;
    date failed; /* due day of the newest payment not made in full on its day, or made under an
                    order */
};
struct compliance {
    date since;  /* clean from this day on */
    date met_on; /* the first day on which the months are over, if all goes on so */
    bool met;
};
struct compliance service_compliance(const struct law *law, struct compliance_record r, date day);

/* --- B-117: the machine --- */

/* What the record says about an arrangement on a day. */
struct service_record {
    const struct law *law;
    date day;
    struct service_wishes wishes;
    bool has_warning;
    date warned;        /* the newest */
    money unpaid, open; /* of the payments under Direct Pay that fell due */
    date failed;        /* the due day of the newest of them with something unpaid */
    struct payment_evidence evidence;
    struct compliance_record compliance; /* only while the service collects */
    money debt;                          /* on the account of the arrangement */
};
/* The guards of machine_case_service that hold, one bit each. */
uint32_t service_holds(const struct service_record *r);
/* The same for machine_unlikely_to_pay. */
uint32_t service_unlikely_holds(const struct service_record *r);

/* What a state is read off. */
struct service_standing {
    bool decided;  /* a decision has been made about it */
    bool ended;    /* the decision in force gives it no award: no child qualifies, or it stopped */
    bool stopped;  /* its maintenance was stopped, or its application closed */
    bool families; /* by the parents' own arrangement */
    money weekly;
    enum service service;
    bool reported; /* a payment under Direct Pay is reported and not settled */
    money debt;
};
enum case_service_state service_state(const struct service_standing *s);
