/* own_change.h: a change of circumstances that a parent tells: what is asked of it, what is wrong
 * with the answers, and what it would do; for their pages and for a program of theirs. */
#pragma once
#include "app/asking.h"
#include "web/own.h"

struct own_change {
    struct own_view v;
    const struct change_kind_entry *kind;
    enum fact_kind answer;      /* FACT_KINDS: it has none */
    struct view_option *abouts; /* whom it can be about: numbers of children or arrangements */
    int32_t about_count;
    struct asking_change change;
    struct asking_effect effect;
    struct page_own_change_preview would;
};
enum own_ask { ASK_ABOUT, ASK_VALUE, ASK_WHEN, ASK_NOTE, OWN_ASKS };

/* A kind of change, of the side that the path names; 404 where they are not asked it.  False:
 * answered. */
bool own_change_open(struct request *r, const char *kind, struct own_change *c);
/* Turns to another kind of the same side; false: it is not one that they are asked. */
bool own_change_turn(struct request *r, const struct change_kind_entry *kind, struct own_change *c);
/* Whether a question is asked, and the field of form_own_change that its answer is in. */
bool own_change_is_asked(const struct own_change *c, enum own_ask ask);
int own_change_field(const struct own_change *c, enum own_ask ask);
/* What r->form, a form_own_change, says. */
void own_change_read(struct request *r, struct own_change *c);
/* What is wrong with the answer to one question is said at its field; false: something is. */
bool own_change_check(struct request *r, const struct own_change *c, enum own_ask ask);
/* What it would do, into c->would: in a transaction of its own, rolled back. */
bool own_change_would(struct request *r, struct own_change *c, struct fail *f);
/* Sends it, under a key that may be NULL: once.  *event as of asking_tell. */
bool own_change_send(struct request *r, const struct own_change *c, const char *key, int64_t *event,
                     struct fail *f);
