/* ruling_work.h: what the kinds of ruling share; for app/ruling*.c only. */
#pragma once
#include "app/ruling.h"

/* A ruling being made on one family. */
struct ruling_work {
    struct verb v;
    struct group g;
    struct entry_list list; /* rows to post */
    const struct ruling_order *order;
    struct sql_ruling_list_row *before; /* the family's rulings so far */
    size_t before_count;
    money counted; /* what it came to, of order->amount where that is given */
    int64_t other_pp, refers;
    bool is_twin; /* of a set-off: the family of the other parent */
};

/* Each adds its rows to the list, or refuses. */
typedef bool ruling_verb(struct ruling_work *w, struct fail *fail);
ruling_verb ruling_enforcement_fee, ruling_waiver, ruling_legacy_debt, ruling_voluntary_payment,
    ruling_payment_for_home, ruling_set_off, ruling_set_off_end, ruling_spread, ruling_spread_end,
    ruling_refund, ruling_reimbursement, ruling_recovery, ruling_receiver_repaid, ruling_redress;

/* Opens a ruling on a family. */
bool ruling_open(const struct setting *setting, int64_t pp, const struct ruling_order *order,
                 const char *key, struct ruling_work *work, struct fail *fail);
/* Posts its rows, brings the account up and writes the event. */
bool ruling_close(struct ruling_work *work, struct fail *fail);

/* What a row of it is about; instalment 0: none. */
struct entry_about ruling_about(const struct ruling_work *w, int64_t arrangement,
                                int64_t instalment, int64_t receipt);
/* The law on a day where the ruling's arrangement is; NULL before the scheme opened. */
const struct law *ruling_law(const struct ruling_work *w, date day);
/* An account of an arrangement as it stands. */
money ruling_balance(const struct ruling_work *w, int64_t arrangement, enum account account);
/* The amount asked for, or all of `most` when none was named; never more than `most`. */
money ruling_amount(const struct ruling_work *w, money most);
/* Whether maintenance is payable to an arrangement today. */
bool ruling_is_payable(const struct ruling_work *w, int64_t arrangement);
/* Asserts or (value NULL) ends a fact about the arrangement from today. */
bool ruling_fact(struct ruling_work *w, enum fact_kind kind, int64_t arrangement, money value,
                 bool holds, struct fail *fail);
/* Adds two rows that are halves of a pair. */
void ruling_pair(struct ruling_work *w, enum reason first, enum reason second, money amount,
                 struct entry_about about);
