/* employer_file.h: an employer's payment schedules, or a benefit office's file, recorded as a whole
 * (B-335): every good line once, as money announced. */
#pragma once
#include "app/announced_record.h"
#include "feed/feed.h"

enum employer_format { EMPLOYER_CSV, EMPLOYER_XML, EMPLOYER_BENEFIT };
struct employer_file {
    struct feed_source source;
    enum employer_format format;
    /* Told of each line that was not recorded; the sentence lasts until it returns. */
    void (*fault)(void *context, int line, const char *sentence);
    void *context;
    /* NULL, or: told of each line that was recorded and about which somebody should ask. */
    void (*remark)(void *context, int line, const char *sentence);
    /* NULL, or: answers why a line may not be recorded, NULL when it may; may say otherwise whose
     * it is. */
    const char *(*refuse)(void *context, struct announcement *line);
};
/* What became of its lines. */
struct announced_taking {
    size_t number[ANNOUNCED_KINDS];
    money amount[ANNOUNCED_KINDS];
    size_t faults, short_count; /* short_count: new lines with a reason */
    size_t remarks;             /* new lines about which somebody should ask */
    bool agreed;                /* the control totals were compared */
};

/* In the caller's transaction, which must be rolled back when this returns false: the file is
 * refused as a whole, or the store failed. */
bool employer_file_take(const struct setting *setting, const struct employer_file *file,
                        struct announced_taking *taking, struct fail *fail);
/* The same in a transaction of its own: after false nothing was recorded. */
bool employer_file_record(const struct setting *setting, const struct employer_file *file,
                          struct announced_taking *taking, struct fail *fail);
