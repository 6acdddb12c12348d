/* group.h: everything of one paying parent, as known at one event: read once, worked on in memory.
 * All that must be worked out together is here. */
#pragma once
#include "app/verb.h"
#include "base/sealed.h"
#include "flow/fact_kind.h"
#include "law/law.h"
#include "ledger/accrual.h"
#include "ledger/balance.h"
#include "ledger/item.h"
#include "rule/assess.h"
#include "rule/assess_json.h"

/* The text of a fact whose kind is kept sealed. */
struct sealed_fact {
    int64_t fact;
    struct sealed value;
};

struct group {
    int64_t pp;
    int64_t known; /* the event up to which it is known, that one included */
    struct sql_group_people_row *people;
    size_t people_count;
    struct sql_arrangement_list_row *arrangements;
    size_t arrangement_count;
    struct sql_fact_list_row *facts; /* the value of a sealed kind is SEALED_WORDS */
    size_t fact_count;
    struct sealed_fact *sealed; /* the sealed texts beside them */
    size_t sealed_count;
    struct sql_decision_list_row *decisions; /* in force, by effective date */
    size_t decision_count;
    struct sql_award_list_row *awards; /* of all decisions */
    size_t award_count;
    struct sql_instalment_list_row *instalments; /* by due date */
    size_t instalment_count;
    struct sql_entry_list_row *rows;    /* the ledger's rows as stored */
    struct entry *entries;              /* the same, as the ledger reads them */
    size_t entry_count, carried_count;  /* the first of them carried forward */
    struct sql_missed_list_row *missed; /* found so far */
    size_t missed_count;
    struct sql_clock_live_row *clocks; /* what waits now, whatever `known` is; with money */
    size_t clock_count;
    struct sql_case_owner_now_row *owner; /* who has the family now */
    size_t owner_count;                   /* 0: nobody */
    date closed_on;            /* see group_load_open; DATE_NEVER when everything is here */
    size_t seen[DRAFT_TABLES]; /* rows of the verb's draft that are in here */
};

/* Reads a family as known at an event. */
bool group_load(struct store *store, struct arena *arena, int64_t pp, int64_t known,
                struct group *group, struct fail *fail);
/* The same without instalments and ledger: all that a decision rests on. */
bool group_load_record(struct store *store, struct arena *arena, int64_t pp, int64_t known,
                       struct group *group, struct fail *fail);
/* The same of many families as they are now, each into its place; pps ascending. */
bool group_load_records(struct store *store, struct arena *arena, struct store_ints pps,
                        struct group *groups, struct fail *fail);
/* Reads many families as they are now, each into its place; pps ascending.  Of their money only
 * what is not closed, and not their people: on closed_on the books were closed, every instalment
 * that was due by then was charged, and what was carried forward (carry.h) stands for the rows from
 * before. */
bool group_load_open(struct store *store, struct arena *arena, struct store_ints pps,
                     struct group *groups, struct fail *fail);
/* Reads facts only, into a group that has nothing else: those known at an event, or all that were
 * ever believed. */
bool group_load_facts(struct store *store, struct arena *arena, int64_t pp, int64_t known,
                      struct group *group, struct fail *fail);
bool group_load_history(struct store *store, struct arena *arena, int64_t pp, struct group *group,
                        struct fail *fail);
/* Reads clocks and owner alone of the family that the group says. */
bool group_load_clocks(struct store *store, struct arena *arena, struct group *group,
                       struct fail *fail);
/* Whether an instalment fell due before the books were closed: charged, if it was to be. */
bool group_is_closed(const struct group *g, const struct sql_instalment_list_row *r);
/* Takes in what the verb has added since.  What was read from the group before stays where it was,
 * as it was. */
void group_refresh(const struct verb *verb, struct group *group);
/* Puts instalments into the order a group has them in: by due day, arrangement, number. */
void group_order_instalments(struct sql_instalment_list_row *rows, size_t n);
/* A stored ledger row as the ledger reads it. */
struct entry group_entry(const struct sql_entry_list_row *row);
/* The last event recorded on or before a day: "as known on a day". */
bool group_known_on(struct store *store, int64_t pp, date day, int64_t *known, struct fail *fail);

/* The fact of a kind about a subject that is valid on a day; NULL when there is none. */
const struct sql_fact_list_row *group_fact(const struct group *g, enum fact_kind kind,
                                           int64_t subject, date day);
/* What is sealed of a fact; empty of a kind that is not.  app/access.h opens it. */
struct sealed group_sealed(const struct group *g, const struct sql_fact_list_row *fact);
/* For group_refresh: puts facts' sealed texts into the group, words in their place. */
void group_seal(struct group *g, struct sql_fact_list_row *facts, size_t n, struct arena *arena);
const struct sql_arrangement_list_row *group_arrangement(const struct group *g, int64_t id);
const struct sql_group_people_row *group_person(const struct group *g, int64_t id);
/* The earliest effective date of the family's applications; DATE_OPEN without any. */
date group_first_effective(const struct group *g);
/* The decision in force on a day; NULL before the first. */
const struct sql_decision_list_row *group_decision_at(const struct group *g, date day);
/* What a decision gives an arrangement a week. */
money group_award(const struct group *g, int64_t decision, int64_t arrangement);
/* What an arrangement's maintenance was over time, for the ledger. */
struct timeline group_timeline(const struct group *g, int64_t arrangement, struct arena *arena);
/* The service an arrangement uses on a day. */
enum service group_service(const struct group *g, int64_t arrangement, date day);

/* The calculation's input, read from the facts valid on a day.  arrangements[i] is the arrangement
 * of receiving parent i.  Without any qualifying child receiver_count is 0: there is nothing to
 * assess. */
struct calculation {
    struct assess_input input;
    const int64_t *arrangements; /* of each receiving parent */
    const int64_t *children;     /* person of each child */
    const char *json;            /* the input in the interface's canonical form */
    struct fingerprint digest;   /* over json */
    const struct law *law;
};
struct calculation group_calculation(const struct group *g, date day, struct arena *arena);
