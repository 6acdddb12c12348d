/* own.h: a parent's own pages.  Routes: routes.c; templates: page/own_*.html.
 *
 * Whose pages they are is the person of the account, and nothing in an address: an address names a
 * family or arrangement by its reference, and is looked for only among those in which that person
 * pays or receives.  Every other is "page not found", whether it exists or not. */
#pragma once
#include "app/statement.h"
#include "web/account.h"
#include "web/case_view.h"

handler own_home, own_worked;
handler own_account, own_account_file, own_line;
handler own_letters, own_letter, own_letter_pdf, own_letter_plain;
handler own_looks;
handler own_payments, own_payments_do;
handler own_messages, own_write, own_write_do, own_message, own_message_do, own_complaint;
handler own_changes, own_change, own_change_do;
handler own_pay, own_pay_do, own_pay_one, own_pay_go, own_pay_one_do;
handler card_back, card_notice;
handler own_told, own_told_do, own_reconsider, own_reconsider_do;

/* Whether a representative reads: for the person they turned to, never more than that person. */
bool own_is_acting(const struct session *session);
/* Who does it, for the record: the parent, or who acts for them, by the name of their account. */
const char *own_actor(const struct request *r);
/* Refuses a page that is the person's alone; false: answered. */
bool own_alone(struct request *r);

/* Where a person stands in a family: as the paying parent of all of it, or as the receiving parent
 * of one arrangement. */
struct own_side {
    int64_t pp;
    int64_t reader;  /* of statements and proofs: 0 the paying parent, else their arrangement */
    const char *ref; /* names it in addresses: their own reference, or their arrangement's */
};
struct own_view {
    struct own_side side;
    int64_t about; /* the arrangement the address names; 0: all of a paying parent's family */
    struct case_view c;
};

/* Every side on which the signed-in parent stands; none for anybody else.  False: answered. */
bool own_sides(struct request *r, struct own_side **sides, size_t *n);
/* The same for a page that parents have and a child in Scotland has not: 404 for them. */
bool own_sides_of_parent(struct request *r, struct own_side **sides, size_t *n);
/* Whether it is the account of a child in Scotland, who has one page. */
bool own_is_child(const struct session *s);
/* The family of a side.  False: answered. */
bool own_read(struct request *r, const struct own_side *side, struct own_view *v);
/* The side that the path's first {} names, if it is theirs; else 404.  False: answered. */
bool own_open(struct request *r, struct own_view *v);
/* The same where the path names one arrangement of theirs: v->about. */
bool own_open_arrangement(struct request *r, struct own_view *v);

/* The frame of an own page: `here` in the menu, a way back (may be NULL), the quick way out. */
struct page_frame *own_frame(struct request *r, const char *here, const char *back);
/* A text of the record with the names of the other parents taken out. */
const char *own_words(const struct own_view *v, const char *text, struct arena *a);

/* The letters that went to the person.  False: answered. */
bool own_letters_fill(struct request *r, struct page_own_letters *p);

/* What we asked this parent and they have not answered: by when first, and where; *link NULL where
 * nothing is asked.  False: answered. */
bool own_asked(struct request *r, const struct own_view *v, date *by, const char **link);

/* What the home page says to a side, of a family as read; v->about is set.  A caseworker reads the
 * same out.  False: answered. */
bool own_side_fill(struct request *r, struct own_view *v, struct view_own_side *s);
