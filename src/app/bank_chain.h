/* bank_chain.h: each statement of an account begins where the one before it ended. */
#pragma once
#include "app/verb.h"
#include "feed/feed.h"

/* Refuses a statement that does not begin where the account's last one closed: `before` of the same
 * file, else the last that was read (NULL).  *older: it is from before the first that was read, and
 * closes where that one begins; when the first began with nothing that says too little. */
bool bank_chain_check(const struct setting *setting, const struct feed_statement *statement,
                      const struct feed_statement *before, bool *older, struct fail *fail);
