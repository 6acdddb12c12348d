/* online.h: applications that come online, from people without an account.  Each waits in the
 * service's own chain, with a clock, until somebody takes it into the record, refuses it, or asks
 * for something; its number is the event that sent it (doc/apply.md).
 *
 * What protects people is kept sealed, as it will be in the record; nothing of it is in an event.
 */
#pragma once
#include "app/apply.h"
#include "base/sealed.h"
#include "flow_data.h"

enum online_applicant { ONLINE_RECEIVING, ONLINE_PAYING, ONLINE_CHILD, ONLINE_APPLICANTS };
/* Their words in forms and the database; ONLINE_APPLICANTS when there is none. */
extern const char *const online_applicant_words[ONLINE_APPLICANTS];
enum online_applicant online_applicant_find(const char *word);

/* At most this many wait at once: what comes then is asked to telephone. */
enum { ONLINE_WAITING_MOST = 20000 };

struct online_answer {
    const char *field, *value;
};
/* What a field is sealed as: a kind of fact, or ACCESS_WORDS; false when it is open. */
bool online_field_sealed(const char *field, int32_t *as);

struct online_order {
    enum online_applicant applicant;
    const struct online_answer *answers;
    size_t n;
    struct blob code; /* the hash that opens it again */
};
/* Sends it, in a transaction that is open.  *number: its own.  Refused: online_full. */
bool online_send(const struct setting *s, const struct online_order *order, int64_t *number,
                 struct fail *fail);

struct online_kept {
    const char *field;
    struct sealed value;
};
struct online_step {
    int32_t event; /* of the machine online_application */
    date day;
    const char *said;        /* what we said; "" of the applicant's answer */
    struct sealed answer;    /* what the applicant wrote */
    const char *arrangement; /* the reference of what it became; "" */
};
struct online {
    int64_t number;
    enum online_applicant applicant;
    date day;
    int32_t state; /* of the machine online_application */
    struct online_answer *open;
    size_t open_count;
    struct online_kept *kept;
    size_t kept_count;
    struct online_step *steps; /* the oldest first */
    size_t step_count;
};
bool online_read(struct store *store, struct arena *arena, int64_t number, struct online *online,
                 bool *found, struct fail *fail);
/* The number that the hash of a code opens. */
bool online_find(struct store *store, struct arena *arena, struct blob code, int64_t *number,
                 bool *found, struct fail *fail);
/* The number of the one that became an arrangement, by its reference; 0 for none. */
bool online_find_taken(struct store *store, struct arena *arena, const char *arrangement,
                       int64_t *number, struct fail *fail);
/* "A-000017", for talking about it: it opens nothing. */
const char *online_reference(int64_t number, struct arena *arena);
/* An open answer; "" when there is none. */
const char *online_open(const struct online *online, const char *field);
bool online_is_waiting(const struct online *online);

/* Takes a step of the machine.  said: what the applicant reads, or writes; "" where nothing need be
 * said.  Refused: not_here, said_missing; private_first, where whoever asked to withdraw is first
 * spoken with alone (app/withdrawal.h). */
bool online_do(const struct setting *s, int64_t number, int32_t event, const char *said,
               struct fail *fail);
/* The step by which who applied withdraws it: who would pay, at once; everybody else asks for it.
 */
int32_t online_withdrawal_event(enum online_applicant applicant);
/* It has become an application of the record, in the same transaction: what it says is recorded
 * there as what the applicant said of themselves.  Who was known already keeps what the record has;
 * what was told of the other parent stays here, to be verified. */
bool online_take(const struct setting *s, int64_t number, const struct application *application,
                 const struct application_result *made, struct fail *fail);

struct online_shown {
    const char *field, *text;
};
/* Shows what is kept sealed to somebody who works here and says why: an event.  Refused as
 * access_open.  In a transaction that is open. */
bool online_show(const struct setting *s, const struct online *online, const char *role,
                 const char *why, struct online_shown **shown, size_t *n, struct fail *fail);
/* What those who work on cases are told without a reason, their own words and how to reach them
 * safely; "" of everything else, and for everybody else. */
const char *online_words(const struct online *online, struct sealed words, const char *role,
                         struct arena *arena);
