/* account.h: a family's money: what falls due is charged, what came in is used, what was missed is
 * found, what is held is passed on.  All of it is one procedure that can run any number of times on
 * a day and does only what is not yet done. */
#pragma once
#include "app/group.h"
#include "ledger/age.h"
#include "ledger/allocate.h"
#include "ledger/outstanding.h"

/* Charges what fell due, releases what is too much, uses what is held, finds what was missed, makes
 * the plans of the next reference periods and, if asked, pays out (B-201 to B-235). */
struct account_work {
    bool pay_out;
    bool changed; /* answer: something was written */
};
void account_bring_up(struct verb *verb, struct group *group, struct account_work *work);
/* Charges the instalments that have fallen due. */
void account_charge(struct verb *verb, struct group *group, bool *changed);
/* Whether an instalment was charged. */
bool account_is_charged(const struct group *group, int64_t instalment);
/* Puts every plan right after a decision: `was` has one timeline for each arrangement of the group,
 * as it was before. */
void account_replan(struct verb *verb, struct group *group, const struct timeline *was);
/* Adds ledger rows. */
void account_post(struct verb *verb, struct group *group, const struct entry_list *list);

/* The outstanding things of a family on a day, as known then. */
struct outstanding account_items(const struct group *group, date day, struct arena *arena);

/* Whether something waits to be paid out to a receiving parent, or to go back to the paying one. */
bool account_holds_payable(const struct balances *balances);

/* The one balance: as at a day, as known on a day.  Every screen, letter, order and table asks
 * here. */
struct standing {
    struct balances balances;
    struct outstanding items;
    struct ages ages;
    money owed;    /* of the whole group; below zero: we owe the paying parent */
    money overdue; /* outstanding of items whose due day is past */
    int64_t known; /* the event up to which it is known */
};
bool account_standing(struct store *store, struct arena *arena, int64_t pp, date as_at,
                      date known_on, struct standing *standing, struct fail *fail);
/* The same from a group already read, for known_on not before the group's last event. */
struct standing account_standing_of(const struct group *group, date as_at, date known_on,
                                    struct arena *arena);
