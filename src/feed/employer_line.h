/* employer_line.h: from the texts of a schedule's line to its values; shared by the CSV and the XML
 * reader, for feed/employer_*.c only. */
#pragma once
#include "feed/employer.h"

/* A line's texts, tidied, never NULL. */
enum schedule_text {
    TEXT_EMPLOYER,
    TEXT_MONTH,
    TEXT_EMPLOYEE,
    TEXT_NINO,
    TEXT_PAY_DATE,
    TEXT_PERIOD,
    TEXT_NET,
    TEXT_NORMAL,
    TEXT_DEDUCTED,
    TEXT_REASON,
    SCHEDULE_TEXTS
};
struct schedule_texts {
    const char *at[SCHEDULE_TEXTS];
    int line;
    const char *problem; /* what is wrong with its form, or NULL */
};

/* A reading of schedules, whatever the format. */
struct schedule_reading {
    const struct schedule_sink *sink;
    struct schedule_summary *summary;
    struct fail *fail;
    const char *format; /* for the refusal's field: "csv", "xml" */
    struct schedule schedule;
    bool open, mute; /* a schedule is open; an amount of it could not be read */
    char employer[EMPLOYER_REFERENCE + 1];
    money sum;             /* of every amount that could be read since the schedule opened */
    struct feed_seen seen; /* employees and pay dates */
    size_t entries;
    char nino[NINO_LENGTH + 1];
};

/* Opens a schedule; refuses an employer's reference or a month that is none. */
bool schedule_open(struct schedule_reading *r, const char *employer, const char *month, int line);
/* Whether a line names the employer and the month of the open schedule. */
bool schedule_is(const struct schedule_reading *r, const struct schedule_texts *texts);
/* Takes one line: to the sink, or as a fault. */
bool schedule_take(struct schedule_reading *r, const struct schedule_texts *texts);
/* Closes the schedule; refuses a total that does not agree. */
bool schedule_close(struct schedule_reading *r, const char *total, int line);
/* The end of the file: a schedule still open is refused, and a file without any. */
bool schedule_finish(struct schedule_reading *r);
bool schedule_fault(struct schedule_reading *r, int line, const char *sentence);

#define SCHEDULE_REFUSE(r, code, ...)                                                              \
    (REFUSE((r)->fail, code, __VA_ARGS__), fail_field((r)->fail, (r)->format))
