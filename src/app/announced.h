/* announced.h: money that an employer or a benefit office says it deducted (B-335).  It is kept on
 * the family's record, with the reason where it is short; the ledger waits for the bank.  When the
 * money comes, the announced deductions that it settles are marked. */
#pragma once
#include "app/verb.h"

/* What was announced for families, by family. */
struct announced_rows {
    struct sql_announced_list_row *at;
    size_t n;
};
bool announced_load(const struct setting *setting, struct store_ints pps,
                    struct announced_rows *rows, struct fail *fail);
/* A receipt is recorded for the verb's family: marks the one announced deduction of its amount, the
 * oldest of several, or else all that a sender announced for one batch if they come to it; in the
 * rows too. */
void announced_settle(struct verb *verb, const struct announced_rows *rows, int64_t receipt,
                      money amount);
/* What was announced for a family and has not arrived. */
bool announced_open(struct store *store, struct arena *arena, int64_t pp, money *amount,
                    struct fail *fail);
