/* bank_file.h: a bank statement recorded as a whole: in one transaction, every line once (B-220).
 */
#pragma once
#include "app/receive.h"
#include "feed/feed.h"

enum { RECEIVED_KINDS = RECEIVED_NOT_OURS + 1 };

struct bank_file {
    struct feed_source source;
    bool xml; /* camt.053; otherwise CSV */
    /* Told of each line that was not recorded; the sentence lasts until it returns. */
    void (*fault)(void *context, int line, const char *sentence);
    void *context;
};
/* What became of its lines. */
struct bank_taking {
    size_t number[RECEIVED_KINDS];
    money amount[RECEIVED_KINDS];
    size_t faults;
};

/* Begins and ends the transaction.  A line that cannot be read, or that a rule refuses, is a fault
 * and the others stand.  False with fail filled: the file is refused as a whole, or the store
 * failed, and nothing was recorded. */
bool bank_file_record(const struct setting *setting, const struct bank_file *file,
                      struct bank_taking *taking, struct fail *fail);
