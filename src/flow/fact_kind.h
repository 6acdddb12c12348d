/* fact_kind.h: the kinds of fact a family's record holds, in one table: what each is about, how its
 * value is written, and from which day a reported change of it counts. */
#pragma once
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"
#include "flow_data.h"
#include "rule/facts.h"

enum fact_kind {
    FACT_INCOME_HISTORIC,
    FACT_INCOME_CURRENT,
    FACT_INCOME_WEEKLY,
    FACT_PENSION_CONTRIBUTIONS,
    FACT_CIRCUMSTANCE,
    FACT_BENEFIT,
    FACT_BENEFIT_WEEKLY,
    FACT_PARTNER_ALSO_LIABLE,
    FACT_OTHER_CHILDREN,
    FACT_OTHER_ARRANGEMENT_CHILDREN,
    FACT_NO_INFORMATION,
    FACT_VARIATION_FIRST, /* one kind for each ground, in the order of enum ground */
    FACT_VARIATION_LAST = FACT_VARIATION_FIRST + GROUNDS - 1,
    FACT_LIVES_WITH,
    FACT_NIGHTS,
    FACT_LOCAL_AUTHORITY_NIGHTS,
    FACT_EQUAL_CARE,
    FACT_STOPPED, /* the last kind that counts: see fact_kind_counts */
    FACT_SERVICE,
    FACT_PAY_INTERVAL,
    FACT_PAY_DAY,
    FACT_PAY_METHOD,
    FACT_DISPUTE,
    FACT_HOLD,
    FACT_ABUSE,
    FACT_ADDRESS,
    FACT_LANGUAGE,
    FACT_LARGE_PRINT,
    FACT_BANK_ACCOUNT,
    FACT_ROLL_NUMBER,
    FACT_PAYEE_HOLD,
    FACT_AHEAD_WEEKLY, /* most a week of what is kept for payments to come (B-240, B-242) */
    FACT_RECOVERY,     /* most of each payment kept for what a receiving parent owes (B-244) */
    FACT_RING_FENCE,   /* what a receipt is for (B-230, step 0) */
    FACT_NINO,
    FACT_EMPLOYER_REFERENCE,
    FACT_EMPLOYEE_REFERENCE,
    FACT_PHONE,
    FACT_EMAIL,
    FACT_WORKPLACE,
    FACT_NEW_NAME,
    FACT_SCHOOL,
    FACT_SAFE_CHANNEL, /* how, with which words and when somebody can be reached safely */
    FACT_SAFE_WORDS,
    FACT_SAFE_HOURS,
    FACT_BANK_ACCOUNT_TOLD, /* told by its holder, and not checked: no money goes there */
    FACT_RECEIVING_ASKS,    /* from here on written by the verbs of app/service.h alone */
    FACT_PAYING_ASKS,
    FACT_WILL_NOT_PAY,
    FACT_UNLIKELY,
    FACT_WARNING,
    FACT_DEFAULT_REPORT,
    FACT_ARREARS_AGREEMENT,
    FACT_COMPLIANCE,
    FACT_KINDS
};
enum fact_subject {
    SUBJECT_PAYER,
    SUBJECT_CHILD,
    SUBJECT_ARRANGEMENT,
    SUBJECT_PERSON,
    SUBJECT_RECEIPT
};
enum fact_value {
    VALUE_MONEY,
    VALUE_COUNT,
    VALUE_CHOICE,
    VALUE_YES,
    VALUE_TEXT,
    VALUE_VARIATION,
    VALUE_ACCOUNT /* 01-02-03 12345678 NAME OF ITS HOLDER */
};
/* From when a reported change counts. */
enum fact_effect {
    EFFECT_HAPPENED, /* the day it happened */
    EFFECT_REPORTED, /* the day it was reported (A-106, Act s.17(4)) */
    EFFECT_INCOME,   /* as say: see change_income */
    EFFECT_NONE      /* no part of the calculation: from the day given */
};

struct fact_kind_entry {
    const char *name;  /* in files, forms and the database */
    const char *label; /* for a page */
    enum fact_subject subject;
    enum fact_value value;
    enum fact_effect starts, ends; /* a value beginning or changing; a value ending */
    const char *choices;           /* VALUE_CHOICE: the words, parted by spaces */
    int32_t least, most;           /* VALUE_COUNT */
    /* What is kept sealed (base/sealed.h) and told as law/flow/access.flow says; it is the paying
     * parent's, or the person's or child's that the fact is about. */
    enum disclosure_class seal;
};

extern const struct fact_kind_entry fact_kind_table[FACT_KINDS];

enum service { SERVICE_COLLECT_AND_PAY, SERVICE_DIRECT_PAY };

/* The kind with a name; FACT_KINDS when there is none. */
enum fact_kind fact_kind_find(const char *name);
/* Whether the calculation reads the kind. */
bool fact_kind_counts(enum fact_kind kind);
/* Whether a kind of that name is kept sealed. */
bool fact_kind_is_sealed(const char *name);
/* Whose a sealed kind's value is: the paying parent or the person the fact is about. */
int64_t fact_kind_whose(enum fact_kind kind, int64_t pp, int64_t subject);
/* Whether words beside a sealed value, such as its evidence, give it away: they have the whole of
 * it, a line of it with a digit, or a word of it with six digits. */
bool fact_words_tell(const char *value, const char *words);
/* Checks a value's form; a refusal names what is expected. */
bool fact_value_check(enum fact_kind kind, const char *value, struct fail *fail);
/* Reads the checked value of a variation: "weekly 12.50", "annual 2600.00", "asset_value 40000.00".
 */
bool fact_value_variation(const char *value, struct rule_variation *result);
/* The position of a word in a list parted by spaces; -1 when it is not there. */
int fact_choice_index(const char *choices, const char *word);
