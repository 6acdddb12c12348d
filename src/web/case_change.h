/* case_change.h: what every change that is shown before it is done is made of: the preview
 * (page/case_change.html) says how things stand now and then, and has the form that does it with
 * what was typed before. */
#pragma once
#include "app/approval.h"
#include "web/case_view.h"

struct view_change_row case_change_row(const char *what, const char *before, const char *after);

/* A preview without its parties; before: as read before the verb.  action, back: paths below the
 * case's own.  Every field of the request's form is sent again, but `act` and `seen`; its `reason`
 * is shown.  When the person confirmed an earlier preview, it says that somebody was first. */
struct view_preview case_preview_of(struct request *r, const struct case_view *before,
                                    const char *label, const char *action, const char *back);

/* What was typed into the request's form, to be sent again by the next one; without: names of
 * fields that are not, parted by spaces. */
struct view_hidden_field *case_hidden(struct request *r, const char *without, int32_t *n);

/* What a verb that has run is to the law's table of a second person. */
struct case_asked {
    struct approval_act act;
    int64_t event; /* that did it */
    money amount;
    const char *why;
};
/* For a preview: that a second person will be asked, and why; "" when one person may do it.  NULL:
 * answered. */
const char *case_second_words(struct request *r, int64_t pp, const struct case_asked *asked);
/* What was done in the family of a kind of act, in the days that are added up, before an event:
 * "£60.00 in the last 30 days"; "" for nothing. */
const char *case_before_words(struct request *r, const struct approval_weight *weight);

/* A page that changes a family.  What its functions share begins with the family. */
struct case_change {
    /* Reads it again inside the transaction.  False: answered.  NULL: the family is all of it. */
    bool (*read)(struct request *r, struct case_view *v);
    /* The verb, in the transaction that is open. */
    bool (*run)(struct request *r, struct case_view *v, struct fail *f);
    /* The page with its form, and what is wrong at the fields. */
    void (*show)(struct request *r, struct case_view *v);
    /* Answers with what it would do: the verb has run, and is rolled back afterwards. */
    void (*preview)(struct request *r, struct case_view *v);
    /* Where it leads when it is done, a path below the case's own; or how that is found. */
    const char *done;
    const char *(*done_at)(struct request *r, const struct case_view *v);
    /* The field of the form that a refusal is about. */
    int (*field)(const struct fail *f);
    /* What the verb that has run is, where a second person may be wanted: if so it is asked for
     * instead of done.  False, or NULL: never. */
    bool (*asked)(struct request *r, const struct case_view *v, struct case_asked *asked);
};
/* Answers a form with fields `act` (preview or confirm) and `seen`: does it if it was previewed on
 * this very state of the case, else shows what it would do.  v: as read. */
void case_change_do(struct request *r, struct case_view *v, const struct case_change *change);

/* The field that a word of a refusal, its code or its field, stands for. */
struct case_field {
    const char *word;
    int field;
};
int case_field_find(const struct case_field *table, size_t n, const char *word, int otherwise);

/* Where a receiving parent asks for what they may not be free to ask for (app/withdrawal.h):
 * somebody is called to speak with them first, and the request is answered with that page.  False:
 * it can go on. */
struct withdrawal_wish;
bool case_private_first(struct request *r, const struct case_view *v,
                        const struct withdrawal_wish *wish);
/* The same where the form asks whether they want it and feel safe (page case_ask_free), in that
 * field: it has to be answered, or the form has a mistake. */
bool case_free_first(struct request *r, const struct case_view *v, int field,
                     struct withdrawal_wish *wish);
