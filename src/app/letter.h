/* letter.h: letters are made from frozen data, or refused with the reason; either is an event. */
#pragma once
#include "app/account.h"
#include "app/letter_data.h"
#include "flow/guard.h"
#include "letter/document.h"

struct letter_result {
    int64_t letter; /* its number in the family */
    bool sent;
    const char *refused;  /* a word of demand_refusal_words, when not sent */
    const char *sentence; /* the reason for the screen */
    int64_t event;        /* of an arrears notice: its event, and what it asks for */
    money demanded;
};

/* For the verbs that send letters of their own (service_letter.h).  The head of a letter to
 * f->person, in their language; and its row: sent, or refused with a word. */
struct office;
bool letter_head_make(const struct setting *setting, const struct group *group,
                      struct letter_frozen *f, struct office *office, struct fail *fail);
bool letter_write(struct verb *verb, const struct letter_frozen *f, const char *refused,
                  struct letter_result *result, struct fail *fail);

/* The same for verbs on many families: the head with the office already read, and the row, which
 * the verb adds to its draft (DRAFT_LETTER); id: the next of the family's letters. */
void letter_head_fill(const struct setting *setting, const struct group *group,
                      struct letter_frozen *f, const struct office *office);
bool letter_row(struct verb *verb, const struct letter_frozen *f, const char *refused, int64_t id,
                struct sql_letter_insert_in *row, struct fail *fail);

/* The arrears notice (B-701) to the paying parent, if the demand guard lets it go. */
bool letter_arrears(const struct setting *setting, int64_t pp, struct letter_result *result,
                    struct fail *fail);
/* The same with a second person's word for the figure (app/approval.h).  What else stands in its
 * way refuses the whole verb. */
bool letter_arrears_seen(const struct setting *setting, int64_t pp, struct letter_result *result,
                         struct fail *fail);
/* Tells the paying parent about the money we owe them; refused ("nothing_owed_to_them") unless they
 * are in credit, or when the account does not re-derive. */
bool letter_refund(const struct setting *setting, int64_t pp, struct letter_result *result,
                   struct fail *fail);
/* The guard alone, for the screen: what stands in the way now. */
bool letter_guard(const struct setting *setting, int64_t pp, enum demand_refusal *refusal,
                  struct fail *fail);
/* Before an order to an employer is made or takes more: refuses the verb with the word of the
 * reason. debts: it takes what is owed from before. */
bool letter_guard_order(const struct verb *verb, const struct group *group, bool debts,
                        struct fail *fail);
/* Just before printing: whether a letter that says what is owed still says what the balance says,
 * and the guard would let it go; and whether a notice of decision still says what is decided
 * (decision_letter.h).  Other letters always hold.  frozen->person and ->arrangement are set. */
bool letter_holds(const struct setting *setting, const struct group *group,
                  const struct letter_frozen *frozen, bool *holds, struct fail *fail);
/* A stored letter as a document, in the language it was sent in or the other one. */
struct letter_want {
    enum letter_language language;
    bool as_sent; /* the language it was sent in, whatever `language` says */
    bool large;
    bool posted; /* with the addressee's address; without, words stand in its place */
};
bool letter_again(struct store *store, struct arena *arena, int64_t pp, int64_t letter,
                  struct letter_want want, struct letter_document *document, struct fail *fail);
