/* feed.h: what happened in the whole caseload, in one order that does not change, for programs that
 * follow it.
 *
 * The record has an order in each family and none across them: many write at a time.  So events get
 * a number of the feed when a program asks, a run of one family's events under each, and keep it. A
 * program keeps the last number it was told and loses nothing, however long it stays away. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"

enum {
    FEED_PAGE = 200, /* events in an answer, or a run more */
    FEED_RUN  = 100, /* events under one number, at most */
    FEED_TAKE = 500  /* runs that get a number at a time */
};

/* Gives numbers to what has none yet.  `read` may be a store that cannot write.  Looking for it
 * reads the head of every family: it is left out for twenty times as long as it took, so that many
 * who ask often do not keep the database busy. */
bool feed_number(struct store *read, struct store *write, struct fail *f);
