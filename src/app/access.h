/* access.h: the only door to what is kept sealed (base/sealed.h, B-1002).
 *
 * Who may be told what is law/flow/access.flow, table disclosure; what it does not list is never
 * told.  Where it asks for a reason, opening is an event of the family (doc/access.md). */
#pragma once
#include "app/group.h"

/* What a sealed value is of that is no fact: a message's words (app/message.h). */
enum { ACCESS_WORDS = FACT_KINDS };

/* Who reads: a person or an office, about which family, on which day. */
struct reader {
    enum disclosure_reader as;
    int64_t person; /* whose account it is, whom a letter is to; 0 of staff and offices */
    const struct group *group;
    date day;
    struct arena *arena;
    struct verb *verb; /* open; its event is to tell who was told what, and why; NULL: no reason */
    bool reason_given; /* that event tells it already, for another part of the same thing */
};

/* The reader that an account's role makes; false for a role the table does not know. */
bool access_reader_of(const char *role, enum disclosure_reader *as);

/* What the table answers. */
enum disclosure_result access_ask(const struct reader *who, struct sealed s);

/* Tells the text.  why: for whom it is or, where a reason is asked for, that reason, which goes
 * into the event.  Refused: sealed_nothing, sealed_never, reason_short. */
bool access_open(const struct reader *who, const char *why, struct sealed s, const char **text,
                 struct fail *fail);

/* Whether words meant for one person give away what is kept sealed of anybody else among the facts
 * of the group (0: of anybody). */
bool access_words_tell(const struct group *g, int64_t person, const char *words);

/* The lines of a person's own address for a letter to them, at most LETTER_ADDRESS_LINES; false
 * where none is recorded. */
bool access_address(const struct group *g, int64_t person, date day, struct arena *arena,
                    const char **lines);

/* How a person can be reached safely, a fact of class contact, opened to reach them; "" where none
 * is recorded. */
const char *access_contact(const struct group *g, enum fact_kind kind, int64_t person, date day,
                           struct arena *arena);

/* The same for somebody of a role who is about to reach them; "" where the role is not told. */
const char *access_reach(const struct group *g, enum fact_kind kind, int64_t person,
                         const char *role, date day, struct arena *arena);

/* What the law's table says of an act where domestic abuse was told to us of that person, or not.
 */
enum abuse_result access_abuse(const struct group *g, enum abuse_act act, int64_t person, date day);

/* The paying parent's National Insurance number, for an office that the table tells it; "" where
 * there is none. */
const char *access_nino(const struct group *g, enum disclosure_reader office, date day,
                        struct arena *arena);

/* What was shown to somebody who works here. */
struct access_shown {
    enum fact_kind kind;
    const char *of; /* the name of whose it is */
    const char *text;
};
/* Shows a sealed fact, one believed no longer too, as an event of the family.  Refused as
 * access_open, and no_such_fact. */
bool access_show(const struct setting *s, int64_t pp, int64_t fact, const char *role,
                 const char *why, struct access_shown *shown, struct fail *fail);
