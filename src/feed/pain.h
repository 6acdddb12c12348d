/* pain.h: payments out as ISO 20022 pain.001 (version 03 or 09), and the bank's answer, pain.002.
 *
 * Sterling, one debtor account, one day of execution, accounts by sort code (GBDSC) and number. */
#pragma once
#include "feed/account_check.h"
#include "feed/feed.h"

enum { PAIN_ID = 35, PAIN_NAME = 140, PAIN_VERSION_OLD = 3, PAIN_VERSION = 9 };

struct pain_head {
    int version;      /* 3 or 9 */
    const char *id;   /* of the message: 1 to 35 characters, unique for the sender */
    const char *name; /* ours */
    struct bank_account ours;
    date made, execution;
    size_t count; /* of the payments to come, and their sum: they stand in front */
    money sum;
};

struct pain_payment {
    const char *end_to_end; /* 1 to 35 characters */
    const char *name;       /* UTF-8, up to 140 characters */
    struct bank_account account;
    money amount;
    const char *remittance; /* up to 140 characters; may be "" */
};

struct pain_writer {
    struct pain_head head;
    void *pen;
    struct arena arena;
    size_t count;
    money sum;
};

/* Begins, adds a payment, ends.  Refusals pain_head_wrong and pain_item_wrong (the payment was not
 * written), pain_totals_wrong at the end if count or sum are not what the head says;
 * FAIL_SYSTEM write_failed.  After a begin that succeeded, call the end whatever happens. */
bool pain001_write_begin(struct pain_writer *w, FILE *to, const struct pain_head *head,
                         struct fail *f);
bool pain001_write_item(struct pain_writer *w, const struct pain_payment *payment, struct fail *f);
bool pain001_write_end(struct pain_writer *w, struct fail *f);

/* --- pain.002 --- */

enum pain_status { PAIN_PENDING, PAIN_ACCEPTED, PAIN_REJECTED, PAIN_PARTLY, PAIN_STATUSES };

/* One payment's status.  Texts last until the call returns, never NULL. */
struct pain_result {
    const char *message;    /* our message's id */
    const char *end_to_end; /* our payment's id */
    enum pain_status status;
    const char *reason; /* AC01, AM04 ..., or the bank's own word */
    const char *text;   /* what it says besides */
    int line;
};

struct pain_sink {
    void *context;
    bool (*result)(void *context, const struct pain_result *result, struct fail *f);
    void (*fault)(void *context, const struct feed_fault *fault);
};

/* `whole`: the status of the message itself; when it is PAIN_REJECTED or PAIN_ACCEPTED that is the
 * status of each payment that is not told apart.  `message` and `reason` last as long as the arena
 * given. */
struct pain_summary {
    size_t results, faults;
    const char *message, *reason;
    bool has_whole;
    enum pain_status whole;
};

/* Versions 03 to 14.  Refusals (field "pain.002"): xml_broken, xml_hostile, not_pain002,
 * too_many_faults, too_many_lines; FAIL_SYSTEM read_failed.  A payment without its id or of an
 * unknown status, or told twice, is a fault. */
bool pain002_read(const struct feed_source *source, const struct pain_sink *sink,
                  struct arena *arena, struct pain_summary *summary, struct fail *f);

/* Writes a pain.002.001.10 for tests and simulated banks; whole: the message's status. */
bool pain002_write(FILE *to, const char *message, enum pain_status whole,
                   const struct pain_result *results, size_t count, struct fail *f);
