/* benefit_file.h: what a benefit office says it deducted, as CSV (doc/employer-files.md): our own
 * format, the department's was not at hand.  As with an employer's schedule, the money itself comes
 * by the bank. */
#pragma once
#include "feed/feed.h"

/* Why less than was asked for, or nothing, was deducted. */
enum benefit_reason {
    BENEFIT_REASON_NONE,
    BENEFIT_REASON_NO_ROOM, /* the least that must stay payable, or the cap */
    BENEFIT_REASON_OTHER_DEDUCTIONS,
    BENEFIT_REASON_ENDED,   /* the award ended */
    BENEFIT_REASON_UNKNOWN, /* no such claimant */
    BENEFIT_REASON_OTHER,
    BENEFIT_REASONS
};
struct benefit_line {
    const char *payment;   /* twelve digits that the office quotes when it pays the file's money */
    const char *reference; /* the paying parent's twelve digits, or "" */
    const char *nino;      /* or ""; one of the two is there */
    const char *benefit;   /* esa, jsa, universal_credit, older_benefit */
    date from, to;         /* the period, half open; the file names its last day */
    money amount;
    enum benefit_reason reason; /* BENEFIT_REASON_NONE only with an amount */
    int line;
};
struct benefit_sink {
    void *context;
    bool (*line)(void *context, const struct benefit_line *line, struct fail *f);
    void (*fault)(void *context, const struct feed_fault *fault);
};
struct benefit_summary {
    size_t lines, faults;
    money deducted; /* of the good lines */
    bool agreed;    /* the control total was compared; false if an amount could not be read */
};

/* False with f filled: the file is refused as a whole, also because its control total is missing or
 * does not agree. */
bool benefit_read_csv(const struct feed_source *source, const struct benefit_sink *sink,
                      struct benefit_summary *summary, struct fail *f);
bool benefit_write_csv(FILE *to, const struct benefit_line *lines, size_t count, struct fail *f);

/* "no_room", ...: for files. */
const char *benefit_reason_name(enum benefit_reason reason);
