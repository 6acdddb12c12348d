/* return_shared.h: the bank takes back a payment that was shared among several families (B-221). */
#pragma once
#include "app/chunk.h"
#include "feed/feed.h"

/* A line by which the bank takes back, whole, a receipt that was found in suspense and shared out:
 * in each family its part is undone exactly as it was used there, the parts are gathered, and the
 * whole leaves.  key: of the original payment and of the line, as receipts have it.  Refused before
 * anything is written if one of the families cannot be worked on today.  In the caller's
 * transaction. */
struct shared_return {
    int64_t receipt; /* the service's */
    money amount;    /* of it, which must be the line's */
    const char *original_key, *key;
    const struct feed_line *line;
};
bool receipt_return_shared(const struct setting *setting, const struct shared_return *back,
                           struct fail *fail);
