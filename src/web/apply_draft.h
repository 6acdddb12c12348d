/* apply_draft.h: an online application while it is filled in.
 *
 * The browser holds a code (cookie "application"); the database holds a hash of it and the answers,
 * sealed with another hash of it.  So nobody can read what was not sent, whoever has the database,
 * and the same code, once it was told to the person, brings them back.  One that was not kept is
 * forgotten after an hour of silence, one that was after APPLY_DAYS. */
#pragma once
#include "app/online.h"
#include "web/attempt.h"
#include "web/code.h"
#include "web/request.h"

enum {
    APPLY_IDLE    = 60 * 60,
    APPLY_DAYS    = 28,
    APPLY_DRAFTS  = 20000, /* at once */
    APPLY_ANSWERS = 96,
    APPLY_BYTES   = 32 * 1024,
    APPLY_STARTS  = 20, /* from one address in a quarter of an hour */
    APPLY_SENDS   = 5,  /* likewise */
    CODE_TEXT     = CODE_LETTERS + CODE_LETTERS / CODE_GROUP
};
#define APPLY_COOKIE "application"

struct apply_draft {
    const char *code;
    bool begun; /* just now: it is put at the home of who is signed in (apply_home.h) */
    bool kept;
    enum online_applicant applicant;
    struct online_answer *answers; /* APPLY_ANSWERS of room */
    size_t n;
};

/* Whether a cookie can be a code. */
bool apply_code_like(const char *text);
/* The hash by which an application is found, being filled in or sent. */
struct blob apply_code_kept(struct arena *a, const char *code);

/* Begins one: makes the code and gives it to the browser.  Refused: attempts_many, online_full. */
bool apply_draft_begin(struct request *r, enum online_applicant applicant, struct fail *f);
/* The one of this browser, or of a code. */
bool apply_draft_read(struct request *r, const char *code, struct apply_draft *d, bool *found,
                      struct fail *f);
/* Keeps it as it is now; begins and commits a transaction. */
bool apply_draft_write(struct request *r, const struct apply_draft *d, struct fail *f);
/* Forgets it, in a transaction that is open. */
bool apply_draft_end(struct request *r, const char *code, struct fail *f);

/* "" when there is none. */
const char *apply_answer(const struct apply_draft *d, const char *field);
/* Value "" takes it out.  Texts live as long as the draft's arena. */
void apply_answer_put(struct apply_draft *d, const char *field, const char *value);

/* Counts what anybody may do only so often from one address, or with an account of their own.
 * Refused: attempts_many. */
bool apply_quota(struct request *r, const char *kind, int most, struct fail *f);
/* What is counted against one application that is being filled in, whatever the address. */
struct attempt apply_draft_attempt(struct request *r, const struct apply_draft *d,
                                   const char *kind);
