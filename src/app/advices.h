/* advices.h: what Bacs and the bank tell of our files: returned and rejected payments, unpaid
 * collections, instructions that ended or changed.  The same report twice changes nothing. */
#pragma once
#include "app/payment.h"
#include "feed/feed.h"

struct advices_file {
    struct feed_source source;
    /* Told of each line that was not acted on; the sentence lasts until it returns. */
    void (*fault)(void *context, int line, const char *sentence);
    void *context;
};
struct advices_taking {
    size_t payments_back, collections_back, instructions_ended, instructions_changed, noted;
    size_t known; /* nothing new */
    size_t faults;
    money amount; /* that came back */
};

/* A report of Bacs (AUDDIS, ADDACS, ARUDD, ARUCS) or a pain.002, told apart by what it says.  One
 * transaction: false with fail filled means that nothing was recorded. */
bool advices_record(const struct setting *setting, const struct advices_file *file,
                    struct advices_taking *taking, struct fail *fail);
