/* post.h: letters leave the house: the outbox, a day's file of them, what became of each.
 *
 * A letter that was made waits (law/flow/post.flow).  A run puts what waits into a day's file:
 * first rows, a family at a time, each a transaction; then the files, from the rows, the same bytes
 * each time.  Cut off anywhere, the next run finishes the file that was begun, and begins another
 * for the rest: no letter is in two files, none in no file.
 *
 * Just before it is put in, a letter that says what is owed is held against the balance; one to an
 * address from which a letter came back is kept until somebody has looked; one to a person whom no
 * letter is safe for goes into their account alone. */
#pragma once
#include "app/group.h"
#include "feed/feed.h"

/* What a run is given: whom it tells of letters kept back (by the family's reference), and to whom
 * the files go.  A name tells nothing of who gets the letter.  file returns false with fail filled.
 * before_list: every letter was handed over; make them safe before the list goes. */
struct post_run {
    void *context;
    void (*kept)(void *context, const char *reference, int64_t letter, const char *why);
    bool (*file)(void *context, const char *name, const char *bytes, size_t n, struct fail *fail);
    bool (*before_list)(void *context, struct fail *fail);
};
struct post_result {
    int64_t batch;  /* the last file written; 0: nothing to send */
    size_t written; /* letters in the files of this run */
    size_t resumed; /* of them in a file that an earlier run had begun */
    size_t account, overtaken, kept;
    size_t merged;  /* notices of decision that a later one of the day stands for */
    size_t sampled; /* that wait for a look at their decision */
};

/* What one run at a time does (store_hold); 1 and 2 are files of money. */
enum { POST_HOLD = 3 };
/* The day's letters.  Begins and ends its transactions; the caller holds POST_HOLD. */
bool post_out(const struct setting *setting, const struct post_run *run, struct post_result *result,
              struct fail *fail);

/* What a printer's answers came to. */
struct post_answers {
    struct feed_source source; /* CSV: letter, outcome, date, reason */
    void (*fault)(void *context, int line, const char *sentence);
    void *context;
};
struct post_taking {
    size_t accepted, delivered, returned;
    size_t known;  /* nothing new */
    size_t faults; /* lines not acted on */
};
/* Takes the answers line by line, each a transaction: the same file twice changes nothing.  Refused
 * as a whole only when it is not such a file. */
bool post_answer(const struct setting *setting, const struct post_answers *answers,
                 struct post_taking *taking, struct fail *fail);

/* Somebody looked at a letter that came back: whether the person is safe ("yes", "no", "unknown"),
 * how that was found out, and whether the letter goes again.  Refused: not_returned, found_missing,
 * not_safe (to send again while they are not known to be safe). */
struct post_look {
    int64_t letter;
    const char *safe, *found;
    bool again;
};
bool post_look(const struct setting *setting, int64_t pp, const struct post_look *look,
               struct fail *fail);

/* Why a letter is kept back, the reason of its step hold_back: a sentence for the screen; the word
 * itself where there is none. */
const char *post_kept_sentence(const char *word);
/* Somebody else looks at the decision first (app/sample.h): the letter goes on waiting, and no step
 * says so. */
#define POST_SAMPLED "sampled"
/* The word for a letter of a family's steps; "" while it is not kept. */
const char *post_kept_word(const struct sql_step_list_row *steps, size_t n, int64_t letter);

/* "000012-000345": how a letter is called in a file, its answers and its name. */
enum { POST_CODE = 32 };
char *post_code(int64_t batch, int64_t item, char code[POST_CODE]);

/* Holds the letters' states against their steps; tell is called with each fault. */
typedef void post_fault(void *context, const char *sentence);
bool post_check(struct store *store, struct arena *arena, int64_t pp, post_fault *tell,
                void *context, struct fail *fail);

/* For app/post*.c: adds the step an event takes from a letter's state and sets the new one; false
 * (nothing filled) when it has no place there. */
struct post_step {
    int64_t letter;
    int32_t state, event;
    const char *reason, *evidence;
};
bool post_take(struct verb *verb, const struct post_step *step, bool *taken, struct fail *fail);
