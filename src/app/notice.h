/* notice.h: the letters that follow from what was done, each made inside the event that calls for
 * it (doc/letters.md, the catalogue), and those that carry a one-time code, which are printed where
 * the code is made and kept nowhere. */
#pragma once
#include "app/asking.h"
#include "app/complaint.h"
#include "app/letter_data.h"
#include "app/message.h"
#include "app/order.h"

struct ruling_work;

/* Sends a letter whose data are frozen to frozen->person.  Without an address nothing goes, *sent
 * is false and the timeline says so.  letter: its number; may be NULL. */
bool notice_send(struct verb *verb, const struct group *group, struct letter_frozen *frozen,
                 bool *sent, int64_t *letter, struct fail *fail);

/* An order to an employer was made, changed or ended (N-31, N-32): to the paying parent, and of a
 * change or an end to those whose maintenance is collected. */
bool notice_order(struct verb *verb, const struct group *group,
                  const struct sql_earnings_order_insert_in *order, bool is_new, struct fail *fail);
/* What two parents owe each other was set off, or no longer is (N-70): to the one who pays in this
 * family. */
bool notice_set_off(struct ruling_work *work, struct fail *fail);
/* A complaint came or took a step (N-80); arrangement: with whom, as of a message. */
struct notice_complaint {
    int64_t arrangement;
    enum complaint_state state; /* that it came to */
    date opened, due;
    const char *words; /* what they are told; "" at first */
};
bool notice_complaint(struct verb *verb, const struct group *group,
                      const struct notice_complaint *complaint, struct fail *fail);
/* We ask for what shows a change, decline it, or have looked at a decision again, and it stands. */
bool notice_asking(struct verb *verb, const struct group *group, const struct asking *asking,
                   int32_t event, const char *said, struct fail *fail);
/* A message of ours, to a parent who has no pages of their own to read it on, or who asked to be
 * told there by a text message or an e-mail. */
bool notice_message(struct verb *verb, const struct group *group, const struct message_order *order,
                    struct fail *fail);

/* Whether a letter to a person may be printed here and now.  Refused: no_address, person_first,
 * not_by_letter. */
bool notice_may(const struct setting *setting, const struct group *group, int64_t person,
                struct fail *fail);
/* The letter with the code of an invitation, to a parent's own address. */
bool notice_invitation(const struct setting *setting, const struct group *group, int64_t person,
                       const struct letter_invitation *data, struct letter_document *document,
                       struct fail *fail);
/* The copy of an order for the employer (N-30).  We keep no addresses of employers: the window has
 * the reference, for whoever sends it. */
bool notice_employer(const struct setting *setting, const struct group *group,
                     const struct order *order, const char *code, struct letter_document *document,
                     struct fail *fail);
