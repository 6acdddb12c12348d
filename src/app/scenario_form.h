/* scenario_form.h: the words of a scenario: which steps there are, and what may be said in each.
 * One table; the parser, the suggestions and doc/scenarios.md's list of steps read it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum play_kind {
    STEP_TODAY,
    STEP_FAMILY,
    STEP_BY,
    STEP_APPLY,
    STEP_FACT,
    STEP_CORRECT,
    STEP_END,
    STEP_REPORT,
    STEP_DISPUTE,
    STEP_HOLD,
    STEP_DECIDE,
    STEP_PREVIEW,
    STEP_RECEIVE,
    STEP_RECEIVE_FILE,
    STEP_RECEIVE_EMPLOYER,
    STEP_RECEIVE_BENEFIT,
    STEP_RETURN,
    STEP_MATCH,
    STEP_DAY,
    STEP_DAYS,
    STEP_CHOOSE,
    STEP_TAKE,
    STEP_REPORT_UNPAID,
    STEP_TELL_PAID,
    STEP_AGREE_THEMSELVES,
    STEP_AGREE_ARREARS,
    STEP_LETTER,
    STEP_SENDER,
    STEP_PAY,
    STEP_INSTRUCTION,
    STEP_CANCEL_INSTRUCTION,
    STEP_COLLECT_AGAIN,
    STEP_COLLECT,
    STEP_ADVICE,
    STEP_RULING,
    STEP_ORDER,
    STEP_MESSAGE,
    STEP_COMPLAINT,
    STEP_NOTICE,
    STEP_ALERT,
    STEP_PATTERN,
    STEP_SAMPLE_BEGIN,
    STEP_SAMPLE,
    STEP_TELL_CHANGE,
    STEP_DECLINE_CHANGE,
    STEP_EMPLOYER_SAYS,
    STEP_CARD,
    STEP_ASK_RULING,
    STEP_ASK_UNLIKELY,
    STEP_ASK_DEMAND,
    STEP_APPROVE,
    STEP_REFUSE,
    STEP_WITHDRAW,
    STEP_SHOW,
    EXPECT_REFUSED,
    EXPECT_WEEKLY,
    EXPECT_RATE,
    EXPECT_BASIS,
    EXPECT_INCOME,
    EXPECT_DECISION,
    EXPECT_DECISIONS,
    EXPECT_REPLACED,
    EXPECT_OWED,
    EXPECT_CREDIT,
    EXPECT_HELD,
    EXPECT_FEES,
    EXPECT_ACCOUNT,
    EXPECT_OVERDUE,
    EXPECT_ARREARS,
    EXPECT_PAID,
    EXPECT_SUSPENSE,
    EXPECT_MISSED,
    EXPECT_MISSES,
    EXPECT_INSTALMENT,
    EXPECT_LETTER,
    EXPECT_STATEMENT,
    EXPECT_RECEIVED,
    EXPECT_FILE,
    EXPECT_ANNOUNCED,
    EXPECT_SHORTFALL,
    EXPECT_CHANGE,
    EXPECT_FACT,
    EXPECT_SERVICE,
    EXPECT_ENQUIRY,
    EXPECT_DIRECT,
    EXPECT_SENT,
    EXPECT_KEPT,
    EXPECT_INSTRUCTION,
    EXPECT_ADVICE,
    EXPECT_NORMAL,
    EXPECT_DEDUCTION,
    EXPECT_REQUEST,
    EXPECT_REVIEW,
    EXPECT_EMPLOYER,
    EXPECT_COMPLAINT,
    EXPECT_CLOCKS,
    EXPECT_PATTERNS,
    EXPECT_SAMPLES,
    EXPECT_LETTERS,
    EXPECT_UNSENT,
    EXPECT_APPROVAL,
    EXPECT_CHECK,
    PLAY_KINDS
};

enum clause {
    CLAUSE_NONE,
    CLAUSE_FROM,
    CLAUSE_TO,
    CLAUSE_ON,
    CLAUSE_AT,    /* "at" or "as at" */
    CLAUSE_KNOWN, /* "known" or "known on" */
    CLAUSE_OF,
    CLAUSE_AS,
    CLAUSE_HAPPENED,
    CLAUSE_SAID, /* "said" or "said by" */
    CLAUSE_EVIDENCE,
    CLAUSE_BECAUSE,
    CLAUSE_LATE, /* "late because" */
    CLAUSE_ACCOUNT,
    CLAUSE_REFERENCE,
    CLAUSE_DUE,
    CLAUSE_CHANGE,
    CLAUSE_OWED,
    CLAUSE_AGED,
    CLAUSE_EFFECTIVE,
    CLAUSE_APPLIED,
    CLAUSE_SERVICE,
    CLAUSE_PAYS,
    CLAUSE_DAY, /* "on day" */
    CLAUSE_JURISDICTION,
    CLAUSE_CASE,
    CLAUSE_KIND,
    CLAUSE_WEEKLY,
    CLAUSE_BASIS,
    CLAUSE_ABOUT,
    CLAUSE_CHILDREN,
    CLAUSE_WELFARE,
    CLAUSE_FOR,
    CLAUSE_SINCE,
    CLAUSE_UNTIL,
    CLAUSE_BY,
    CLAUSE_RECEIVING,
    CLAUSE_PAYING,
    CLAUSE_REFUSES,
    CLAUSE_PAID,
    CLAUSE_LIKELY,
    CLAUSE_PURSUE,
    CLAUSE_ALSO,
    CLAUSE_UNPAID,
    CLAUSE_OPEN,
    CLAUSE_EMPLOYER,
    CLAUSE_EMPLOYEE,
    CLAUSE_ARREARS,
    CLAUSE_FEES,
    CLAUSE_PROTECT,
    CLAUSE_ORDER,
    CLAUSE_NET,
    CLAUSE_PERIODS,
    CLAUSE_BEFORE,
    CLAUSE_AFTER,
    CLAUSES
};
enum clause_type {
    CLAUSE_IS_DATE,
    CLAUSE_IS_NAME,
    CLAUSE_IS_TEXT,
    CLAUSE_IS_AMOUNT,
    CLAUSE_IS_COUNT
};

/* What the first word after the step's own words must be. */
enum step_word { WORD_NONE, WORD_FACT, WORD_DECISION, WORD_CHOICE, WORD_RATE, WORD_BASIS };
/* What comes after that, before the clauses. */
enum step_value {
    STEP_NO_VALUE,
    STEP_AMOUNT,
    STEP_AMOUNT_OR_DUE, /* an amount, or "what is due" */
    STEP_COUNT,
    STEP_DATE,
    STEP_NAME,
    STEP_TEXT,
    STEP_FACT_VALUE
};

struct clause_form {
    enum clause clause;
    enum clause_type type;
    bool required;
};

enum { STEP_CLAUSES = 16 };
struct step_form {
    const char *head; /* its words: "expect weekly" */
    enum step_word word;
    const char *choices; /* WORD_CHOICE: the words, parted by spaces */
    enum step_value value;
    bool value_optional;
    struct clause_form clauses[STEP_CLAUSES]; /* ends at CLAUSE_NONE */
};

extern const struct step_form step_form_table[PLAY_KINDS];
/* The word a clause begins with. */
extern const char *const clause_words[CLAUSES];

/* The clause of a step that a word begins; CLAUSE_NONE when it begins none. */
const struct clause_form *step_clause(const struct step_form *form, const char *word);
/* The word of a list that is nearest to one that is not in it, if near enough to be meant; else
 * NULL. */
const char *word_nearest(const char *word, const char *const *list, size_t n);
