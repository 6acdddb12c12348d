/* employer.h: the payment schedules employers send (B-335): what was deducted from whose pay, when.
 * A schedule is not money: the bank payment is.  Formats of this project, CSV and XML
 * (doc/employer-files.md); the department's own were not at hand. */
#pragma once
#include "base/nino.h"
#include "feed/feed.h"

enum { EMPLOYER_REFERENCE = 12 };

enum pay_period { PERIOD_WEEKLY, PERIOD_TWO_WEEKLY, PERIOD_FOUR_WEEKLY, PERIOD_MONTHLY, PERIODS };
/* Why less than the normal deduction was taken. */
enum short_reason {
    SHORT_NONE,
    SHORT_PROTECTED, /* protected earnings */
    SHORT_OTHER_ORDER,
    SHORT_NO_PAY,
    SHORT_UNPAID_LEAVE,
    SHORT_SICK,
    SHORT_LEFT,
    SHORT_NOT_EMPLOYED,
    SHORT_OTHER,
    SHORT_REASONS
};

/* One employer's schedule of one month. */
struct schedule {
    const char *employer; /* twelve digits, 50 an employer's, 51 an agent's (B-339) */
    date month;           /* its first day */
};

/* One employee and one pay period.  Texts last until the sink returns. */
struct schedule_line {
    const struct schedule *schedule;
    const char *employee; /* twelve digits, or "" */
    const char *nino;     /* "QQ123456C", or ""; one of the two is there */
    date pay_date;        /* in the schedule's month */
    enum pay_period period;
    bool has_net;
    money net, normal, deducted;
    enum short_reason reason; /* SHORT_NONE exactly when the normal deduction was taken, or more */
    int line;                 /* in the file, from 1 */
};

/* Who is given what is read.  `line` returns false with f filled to stop the reading; `total` comes
 * at a schedule's end, its control total agreed.  A fault is one bad line, the good ones stand; a
 * refusal is the whole file, and then nothing the sink was given counts. */
struct schedule_sink {
    void *context;
    bool (*line)(void *context, const struct schedule_line *line, struct fail *f);
    bool (*total)(void *context, const struct schedule *schedule, money total, struct fail *f);
    void (*fault)(void *context, const struct feed_fault *fault);
};
struct schedule_summary {
    size_t schedules, lines, faults;
    money deducted; /* of the good lines */
    bool agreed;    /* every control total was compared; false if an amount could not be read */
};

typedef bool schedule_reader(const struct feed_source *source, const struct schedule_sink *sink,
                             struct schedule_summary *summary, struct fail *f);
schedule_reader employer_read_csv;
schedule_reader employer_read_xml;

/* Writes one schedule; the lines' schedule is the one given.  For tests and for employers' own use.
 */
bool employer_write_csv(FILE *to, const struct schedule *schedule,
                        const struct schedule_line *lines, size_t count, struct fail *f);
bool employer_write_xml(FILE *to, const struct schedule *schedule,
                        const struct schedule_line *lines, size_t count, struct fail *f);

/* "weekly", "two_weekly", ...; "protected", "left", ...: for files. */
const char *pay_period_name(enum pay_period period);
const char *short_reason_name(enum short_reason reason);
bool short_reason_find(const char *name, enum short_reason *result);
