/* message.h: what a parent and the service write to each other.  Each message belongs to one parent
 * and is shown to that parent and to the service, never to the other (doc/messages.md).
 *
 * A message that wants an answer says by when; the next one of the other side in the same
 * conversation ends the wait (law/clock: message, question).  Its words are free text: they are
 * in the row alone, in no event, title or log, and are read through app/access.h. */
#pragma once
#include "app/evidence.h"
#include "app/group.h"

enum message_kind {
    MESSAGE_QUESTION, /* of a parent to us, or of us to a parent */
    MESSAGE_PAYMENT,
    MESSAGE_CHANGE,
    MESSAGE_COMPLAINT,
    MESSAGE_REPLY,  /* a parent's, to something we wrote */
    MESSAGE_ANSWER, /* ours; it asks nothing */
    MESSAGE_TOLD,   /* ours: what they told us another way, which ends our question */
    MESSAGE_KINDS
};
struct message_kind_entry {
    const char *name;  /* in forms and the database */
    const char *label; /* for a page */
};
extern const struct message_kind_entry message_kind_table[MESSAGE_KINDS];
/* MESSAGE_KINDS when there is none. */
enum message_kind message_kind_find(const char *name);

enum { MESSAGES_A_DAY = 20 }; /* of one parent */

struct message_order {
    int64_t arrangement; /* with whom: 0 the paying parent, else that one's receiving parent */
    bool from_parent;
    enum message_kind kind;
    int64_t talk;      /* the conversation it goes on with; 0: it begins one */
    bool has_reply_by; /* of ours: an answer is asked for by that day */
    date reply_by;
    const char *words;
    const struct evidence_file *file; /* NULL: none */
};
/* Adds a message to an open verb; a parent's gets its reply-by day, but for a complaint, which has
 * its own clock.  Refused: words_missing, too_many, no_such_message, reply_by_past, tells_sealed
 * (ours would tell something of another person), and as evidence_check. */
bool message_add(struct verb *verb, const struct group *group, const struct message_order *order,
                 struct fail *fail);
/* A verb of its own; with a key that is done already nothing is done again.  Not for complaints
 * (app/complaint.h). */
bool message_send(const struct setting *s, int64_t pp, const char *key,
                  const struct message_order *order, struct fail *fail);

/* Who is written with: the paying parent, or an arrangement's receiving parent; 0 for nobody. */
int64_t message_person(const struct group *group, int64_t arrangement);
/* What a message says, sealed; empty where there is no such message. */
bool message_words(struct store *store, struct arena *arena, const struct group *group,
                   const struct sql_message_list_row *message, struct sealed *words,
                   struct fail *fail);
