/* bacs_report.h: what Bacs tells its users, as XML:
 *     AUDDIS  instructions that were not accepted
 *     ADDACS  instructions that payers or their banks cancelled or amended
 *     ARUDD   collections that came back unpaid
 *     ARUCS   payments of ours that could not be put to an account
 * Each line comes with its reason, and each reason with what follows from it.  doc/bank-files.md
 * says which elements are confirmed.  The source is hostile until shown otherwise (xml_walk.h). */
#pragma once
#include "feed/account_check.h"
#include "feed/bacs_text.h"
#include "feed/feed.h"

enum bacs_report { BACS_AUDDIS, BACS_ADDACS, BACS_ARUDD, BACS_ARUCS, BACS_REPORTS };
/* "AUDDIS" */
const char *bacs_report_name(enum bacs_report report);

/* What follows, as bits. */
enum bacs_follows {
    BACS_INSTRUCTION_ENDS  = 1,  /* it is no more: collect nothing under it, obtain a new one */
    BACS_DETAILS_CHANGE    = 2,  /* the line has the new account: go on with it */
    BACS_PAYER_DIED        = 4,  /* stop, and let a person look */
    BACS_MAY_COLLECT_AGAIN = 8,  /* the same collection may be presented once more */
    BACS_INSTRUCTION_BACK  = 16, /* a cancelled instruction holds again */
    BACS_ASK_PAYER         = 32, /* the payer disputes it: speak with them before collecting */
    BACS_PAYEE_HELD        = 64  /* nothing more is paid to this account until it is put right */
};

struct bacs_reason {
    enum bacs_report report;
    char code;
    unsigned follows;
    const char *meaning;   /* "refer to payer" */
    const char *what_next; /* one sentence for a caseworker */
};
/* NULL if there is no such code in that report. */
const struct bacs_reason *bacs_reason_find(enum bacs_report report, char code);
/* The i-th of all, or NULL past the last. */
const struct bacs_reason *bacs_reason_at(size_t i);

/* Texts are never NULL; "" where the report does not say. */
struct bacs_report_head {
    const char *user, *user_name, *number; /* service user number; the report's number */
    bool has_day;
    date day; /* of processing, or when the report was made */
};

struct bacs_advice {
    enum bacs_report report;
    const struct bacs_reason *reason;
    const char *reference; /* of the instruction or payment: ours */
    const char *name;      /* of the account */
    const char *code;      /* transaction code of what came back, or the record type */
    struct bank_account account, changed; /* changed: the new one, see has_changed */
    bool has_account, has_changed, has_day, has_amount;
    date day;     /* processing day of what came back; from when an amendment holds */
    money amount; /* of ARUDD and ARUCS */
    int line;
};

/* Who is told; none of the three may be NULL.  `head` comes before the first advice.  Texts last
 * until the call returns. */
struct bacs_report_sink {
    void *context;
    void (*head)(void *context, const struct bacs_report_head *head);
    bool (*advice)(void *context, const struct bacs_advice *advice, struct fail *f);
    void (*fault)(void *context, const struct feed_fault *fault);
};

struct bacs_report_summary {
    size_t advices, faults;
    size_t accepted, rejected; /* instructions, as AUDDIS counts them */
    bool file_rejected;        /* Bacs took none of a submission's instructions */
    money amount;              /* of all lines that have one */
};

/* Refusals (field "bacs report"): xml_broken, xml_hostile, not_bacs_report, report_totals_wrong,
 * too_many_faults, too_many_lines, total_too_large; FAIL_SYSTEM read_failed.  A line told twice in
 * the same report, of an unknown reason or without a reference is a fault. */
bool bacs_report_read(const struct feed_source *source, const struct bacs_report_sink *sink,
                      struct bacs_report_summary *summary, struct fail *f);

/* Writes such a report, for tests and simulated banks; the lines are of one report. */
bool bacs_report_write(FILE *to, const struct bacs_report_head *head,
                       const struct bacs_advice *advices, size_t count, struct fail *f);
