/* prove_part.h: a proof being put together; only prove*.c. */
#pragma once
#include "app/prove.h"

struct proving {
    struct store *store;
    struct arena *arena;
    struct proof *proof;
    struct group now;    /* the family as known now */
    struct group then;   /* and as known when the line was written, that event included */
    int64_t arrangement; /* the reader: 0 the paying parent */
    bool parent;         /* shown to the parent: no names of staff and none of their words */
    size_t row;          /* the line's place in now.rows */
};

/* Opens a part; rows that follow are in it. */
void proof_part_add(struct proving *p, const char *title);
void proof_row_add(struct proving *p, const char *label, const char *text);
void proof_link_add(struct proving *p, const char *label, const char *text, enum proof_link link,
                    int64_t id);
/* A sentence under no label: whether something came out the same. */
void proof_agrees(struct proving *p, bool agrees, const char *yes, const char *no);
const char *proof_pounds(struct proving *p, money m);
const char *proof_day(struct proving *p, date d);

/* The parts; each adds nothing where the line has none of it. */
void prove_instalment(struct proving *p);
bool prove_decision(struct proving *p, struct fail *fail);
bool prove_receipt(struct proving *p, struct fail *fail);
void prove_fee(struct proving *p);
void prove_pay_out(struct proving *p);
