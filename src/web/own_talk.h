/* own_talk.h: what is written between a parent and the service, for the parent's pages and for a
 * program of theirs. */
#pragma once
#include "web/own.h"
#include "web/talk.h"

/* Whether a message is with the parent of this side and nobody else. */
bool own_talk_is_theirs(const struct own_view *v, const struct sql_message_list_row *message);
/* A message's number among their own: how many there are in the family is not told. */
int64_t own_talk_place(const struct own_view *v, const struct talks *t, int64_t number);
/* The conversation of theirs whose message has that number among their own; 0: none. */
int64_t own_talk_at(const struct own_view *v, const struct talks *t, int64_t place);
/* Sends a message of theirs, once for the key; a complaint is taken up as one. */
bool own_talk_send(struct request *r, const struct own_view *v, struct message_order *order,
                   const char *key, struct fail *f);
