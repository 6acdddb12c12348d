/* approval_act.h: what may be asked of a second person (law/flow/approval.flow), as particulars
 * that can be kept and done later, and what it would do in words. */
#pragma once
#include "app/ruling.h"
#include "app/service.h"
#include "flow_data.h"

struct approval_field {
    const char *name, *value;
};
enum { APPROVAL_FIELDS = 12 };
struct approval_act {
    enum second_person_act kind;
    struct approval_field fields[APPROVAL_FIELDS]; /* none is empty */
    size_t count;
};

/* A ruling, the finding that somebody is unlikely to pay.  Words are copied into the arena. */
struct approval_act approval_act_of_ruling(struct arena *arena, const struct ruling_order *order);
struct approval_act approval_act_of_finding(struct arena *arena, const struct service_order *order);
/* The arrears notice that nobody sends alone. */
struct approval_act approval_act_of_demand(void);
/* Its word in the table, "redress", and for a page: "Pay for a mistake of the service". */
const char *approval_act_name(enum second_person_act kind);
bool approval_act_find(const char *name, enum second_person_act *kind);
const char *approval_act_words(enum second_person_act kind);

/* What it came to, and what it did: lines of text without days and numbers of rows, so that the
 * same thing done on another day says the same. */
struct approval_effect {
    int64_t event; /* that did it */
    money amount;
    const char *text;
};
/* Does it, by the verb that a page would call, in the caller's transaction; to look what it would
 * do the caller rolls back.  Refused as the verb refuses; a demand that the guard holds back is
 * refused too. */
bool approval_act_do(const struct setting *setting, int64_t pp, const struct approval_act *act,
                     struct approval_effect *effect, struct fail *fail);
/* What an act just done, by event, amounts to: for a page that did it itself. */
bool approval_effect_of(const struct setting *setting, int64_t pp, enum second_person_act kind,
                        int64_t event, money amount, struct approval_effect *effect,
                        struct fail *fail);

/* What the law's table says of an act. */
struct approval_weight {
    bool second;  /* it wants a second person */
    bool limited; /* only where it comes to more than limit, with what was done before */
    money limit;
    money before; /* of its kind, by anybody, in the days that are added up (second_person_days) */
};
/* Weighs an act of a family that came to an amount; event: that did it, in the transaction;
 * KNOWN_NOW: none did yet. */
bool approval_weigh(const struct setting *setting, int64_t pp, enum second_person_act kind,
                    int64_t event, money amount, struct approval_weight *weight, struct fail *fail);
/* The days that are added up. */
int32_t approval_days(date day);
/* Whether somebody of a role may approve it. */
bool approval_may(enum second_person_act kind, const char *role);
