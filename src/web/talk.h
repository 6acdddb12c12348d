/* talk.h: the conversations of a family with the service, for the pages of either side. */
#pragma once
#include "app/access.h"
#include "app/complaint.h"
#include "web/request.h"

struct talks {
    const struct group *group;
    struct sql_message_list_row *rows; /* oldest first */
    size_t n;
    struct complaints complaints;
    struct verb
        *telling; /* an open event that tells who reads it and why; NULL: no reason was given */
    const char *why;
};
/* Reads what was written in a family.  False: answered. */
bool talks_read(struct request *r, const struct group *group, struct talks *t);

/* The message with a number; NULL when there is none. */
const struct sql_message_list_row *talk_message(const struct talks *t, int64_t number);
/* The newest complaint in a conversation; NULL when it has none. */
const struct complaint *talk_complaint(const struct talks *t, int64_t talk);
/* The newest message of one side in a conversation that waits for an answer of the other. */
const struct sql_message_list_row *talk_waiting(const struct talks *t, int64_t talk,
                                                bool from_parent);
/* How a conversation stands, in the words of a parent, or of those who work on the case. */
struct view_talk_state talk_state(const struct request *r, const struct talks *t, int64_t talk,
                                  bool staff);
/* It as a line of a list: without who and link. */
struct view_talk_line talk_line(const struct request *r, const struct talks *t, int64_t talk,
                                bool staff);
/* All that was written in it, opened for a reader; what they are told with a reason only, and gave
 * none, is words that say so.  A reason that
 * is refused is said at the form's field.  False: answered. */
bool talk_rows(struct request *r, const struct talks *t, int64_t talk, bool staff,
               struct view_talk_row **rows, int32_t *n);
/* Whether that reader is told with a reason only. */
bool talk_is_sealed(const struct request *r, const struct talks *t);
/* Our name for a file: a reference, and its number there. */
const char *talk_file_name(struct arena *a, const char *ref, int64_t number, const char *kind);
/* Answers with the file of an event under such a name: always to be saved, as bytes of no kind, so
 * that whatever is in it, no browser opens it as a page of ours.  404 where there is none. */
void talk_file_answer(struct request *r, int64_t pp, int64_t event, const char *ref,
                      int64_t number);
/* "PDF, 213 kB" */
const char *talk_file_words(struct arena *a, const char *kind, int64_t size);

/* The file of a form as the record layer takes it; NULL where none was sent. */
const struct evidence_file *talk_file(const struct request *r, int field);
