/* scenario_form.c: the table of steps. */
#include "app/scenario_form.h"

#include <string.h>

#define FROM(required)                                                                             \
    {                                                                                              \
        CLAUSE_FROM, CLAUSE_IS_DATE, (required)                                                    \
    }
#define TO_DATE                                                                                    \
    {                                                                                              \
        CLAUSE_TO, CLAUSE_IS_DATE, false                                                           \
    }
#define TO_NAME(needed)                                                                            \
    {                                                                                              \
        CLAUSE_TO, CLAUSE_IS_NAME, (needed)                                                        \
    }
#define OF                                                                                         \
    {                                                                                              \
        CLAUSE_OF, CLAUSE_IS_NAME, false                                                           \
    }
#define ON                                                                                         \
    {                                                                                              \
        CLAUSE_ON, CLAUSE_IS_DATE, false                                                           \
    }
#define AT                                                                                         \
    {                                                                                              \
        CLAUSE_AT, CLAUSE_IS_DATE, false                                                           \
    }
#define KNOWN                                                                                      \
    {                                                                                              \
        CLAUSE_KNOWN, CLAUSE_IS_DATE, false                                                        \
    }
#define SAID                                                                                       \
    {                                                                                              \
        CLAUSE_SAID, CLAUSE_IS_TEXT, false                                                         \
    }
#define EVIDENCE                                                                                   \
    {                                                                                              \
        CLAUSE_EVIDENCE, CLAUSE_IS_TEXT, false                                                     \
    }
#define HAPPENED                                                                                   \
    {                                                                                              \
        CLAUSE_HAPPENED, CLAUSE_IS_DATE, false                                                     \
    }
#define BECAUSE(needed)                                                                            \
    {                                                                                              \
        CLAUSE_BECAUSE, CLAUSE_IS_TEXT, (needed)                                                   \
    }
#define BY                                                                                         \
    {                                                                                              \
        CLAUSE_BY, CLAUSE_IS_NAME, true                                                            \
    }
#define WELFARE                                                                                    \
    {                                                                                              \
        CLAUSE_WELFARE, CLAUSE_IS_TEXT, false                                                      \
    }
#define DUE                                                                                        \
    {                                                                                              \
        CLAUSE_DUE, CLAUSE_IS_DATE, true                                                           \
    }
#define ASKS                                                                                       \
    { CLAUSE_RECEIVING, CLAUSE_IS_NAME, false },                                                   \
    {                                                                                              \
        CLAUSE_PAYING, CLAUSE_IS_NAME, false                                                       \
    }
#define RULED                                                                                      \
    OF, ON, BECAUSE(true), EVIDENCE, { CLAUSE_KIND, CLAUSE_IS_NAME, false },                       \
        { CLAUSE_WEEKLY, CLAUSE_IS_AMOUNT, false }, { CLAUSE_BASIS, CLAUSE_IS_NAME, false },       \
        { CLAUSE_ABOUT, CLAUSE_IS_NAME, false }, { CLAUSE_CHILDREN, CLAUSE_IS_TEXT, false },       \
        WELFARE
/* Events of case_service that have no step of their own. */
#define TAKEN                                                                                      \
    "warn withdraw paid_up decide_unlikely decide_likely ask_collection show_abuse "               \
    "single_service_begins receiving_asks_direct paying_asks_direct ask_stop"
#define CLAUSES_OF(...) .clauses = { __VA_ARGS__ }

const struct step_form step_form_table[PLAY_KINDS] = {
    [STEP_TODAY]   = { "today", .value = STEP_DATE },
    [STEP_FAMILY]  = { "family", .value = STEP_NAME },
    [STEP_BY]      = { "by", .value = STEP_TEXT },
    [STEP_APPLY]   = { "apply", CLAUSES_OF({ CLAUSE_EFFECTIVE, CLAUSE_IS_DATE, true },
                                           { CLAUSE_APPLIED, CLAUSE_IS_DATE, false },
                                           { CLAUSE_SERVICE, CLAUSE_IS_NAME, false },
                                           { CLAUSE_PAYS, CLAUSE_IS_NAME, false },
                                           { CLAUSE_DAY, CLAUSE_IS_COUNT, false },
                                           { CLAUSE_JURISDICTION, CLAUSE_IS_NAME, false },
                                           { CLAUSE_CASE, CLAUSE_IS_NAME, false }, SAID) },
    [STEP_FACT]    = { "fact", WORD_FACT, .value = STEP_FACT_VALUE, .value_optional = true,
                       CLAUSES_OF(OF, FROM(true), TO_DATE, HAPPENED, SAID, EVIDENCE) },
    [STEP_CORRECT] = { "correct", WORD_FACT, .value = STEP_FACT_VALUE, .value_optional = true,
                       CLAUSES_OF(OF, FROM(true), TO_DATE, HAPPENED, SAID, EVIDENCE) },
    [STEP_END]     = { "end", WORD_FACT,
                       CLAUSES_OF(OF, FROM(true), TO_DATE, HAPPENED, SAID, EVIDENCE) },
    [STEP_REPORT]  = { "report", WORD_FACT, .value = STEP_FACT_VALUE, .value_optional = true,
                       CLAUSES_OF(OF, HAPPENED, SAID, EVIDENCE) },
    [STEP_DISPUTE] = { "dispute", .value = STEP_TEXT, CLAUSES_OF(OF, FROM(false), TO_DATE, SAID) },
    [STEP_HOLD]    = { "hold", .value = STEP_TEXT, CLAUSES_OF(OF, FROM(false), TO_DATE, SAID) },
    [STEP_DECIDE]  = { "decide", WORD_DECISION,
                       CLAUSES_OF(FROM(false), BECAUSE(true),
                                  { CLAUSE_LATE, CLAUSE_IS_TEXT, false }) },
    [STEP_PREVIEW] = { "preview", WORD_DECISION, CLAUSES_OF(FROM(false), BECAUSE(false)) },
    [STEP_RECEIVE] = { "receive", .value = STEP_AMOUNT_OR_DUE,
                       CLAUSES_OF({ CLAUSE_FROM, CLAUSE_IS_TEXT, false },
                                  { CLAUSE_ACCOUNT, CLAUSE_IS_TEXT, false },
                                  { CLAUSE_REFERENCE, CLAUSE_IS_TEXT, false }, ON,
                                  { CLAUSE_FOR, CLAUSE_IS_NAME, false },
                                  { CLAUSE_SINCE, CLAUSE_IS_DATE, false },
                                  { CLAUSE_UNTIL, CLAUSE_IS_DATE, false },
                                  { CLAUSE_AS, CLAUSE_IS_NAME, false }) },
    [STEP_RECEIVE_FILE]     = { "receive file", .value = STEP_TEXT },
    [STEP_RECEIVE_EMPLOYER] = { "receive employer", .value = STEP_TEXT },
    [STEP_RECEIVE_BENEFIT]  = { "receive benefit", .value = STEP_TEXT },
    [STEP_RETURN]           = { "return", .value = STEP_NAME, CLAUSES_OF(ON, BECAUSE(false)) },
    [STEP_MATCH]            = { "match", .value = STEP_NAME, CLAUSES_OF(TO_NAME(true)) },
    [STEP_DAY]              = { "day", .value = STEP_NO_VALUE },
    [STEP_DAYS]             = { "days until", .value = STEP_DATE },
    [STEP_CHOOSE]           = { "choose service",
                                CLAUSES_OF(OF, ASKS, { CLAUSE_REFUSES, CLAUSE_IS_TEXT, false }, WELFARE,
                                           EVIDENCE) },
    [STEP_TAKE]             = { "take", WORD_CHOICE, TAKEN,
                                CLAUSES_OF(OF, BY, BECAUSE(true), ASKS, WELFARE, EVIDENCE,
                                           { CLAUSE_LIKELY, CLAUSE_IS_NAME, false },
                                           { CLAUSE_PURSUE, CLAUSE_IS_NAME, false }) },
    [STEP_REPORT_UNPAID]    = { "report unpaid",
                                CLAUSES_OF(OF, DUE, BY, { CLAUSE_PAID, CLAUSE_IS_AMOUNT, false }, ON,
                                           BECAUSE(true), EVIDENCE) },
    [STEP_TELL_PAID] = { "tell paid", .value = STEP_AMOUNT, CLAUSES_OF(OF, DUE, BY, ON, EVIDENCE) },
    [STEP_AGREE_THEMSELVES] = { "agree themselves", .value = STEP_AMOUNT,
                                CLAUSES_OF(OF, { CLAUSE_PAYS, CLAUSE_IS_NAME, true }, FROM(true),
                                           { CLAUSE_ALSO, CLAUSE_IS_TEXT, false }, BECAUSE(true)) },
    [STEP_AGREE_ARREARS]    = { "agree arrears", .value = STEP_TEXT, CLAUSES_OF(OF) },
    [STEP_LETTER]      = { "letter", WORD_CHOICE, "arrears refund plan", .value = STEP_NO_VALUE,
                           CLAUSES_OF(OF) },
    [STEP_SENDER]      = { "sender", .value = STEP_TEXT },
    [STEP_PAY]         = { "pay", .value = STEP_NO_VALUE },
    [STEP_INSTRUCTION] = { "instruction", .value = STEP_TEXT },
    [STEP_CANCEL_INSTRUCTION] = { "cancel instruction", .value = STEP_TEXT },
    [STEP_COLLECT_AGAIN]      = { "collect again", .value = STEP_TEXT },
    [STEP_COLLECT]            = { "collect", .value = STEP_NO_VALUE },
    [STEP_ADVICE]       = { "advice", WORD_CHOICE, "auddis addacs arudd arucs", .value = STEP_TEXT,
                            CLAUSES_OF(OF, { CLAUSE_ACCOUNT, CLAUSE_IS_TEXT, false }) },
    [STEP_RULING]       = { "ruling", WORD_CHOICE,
                            "enforcement_fee waiver legacy_debt legacy_state_debt voluntary_payment "
                                  "payment_for_home set_off set_off_end spread spread_end refund "
                                  "reimbursement recovery receiver_repaid redress",
                            .value = STEP_AMOUNT, .value_optional = true,
                            CLAUSES_OF(RULED, { CLAUSE_AS, CLAUSE_IS_NAME, false }) },
    [STEP_ORDER]        = { "order", WORD_CHOICE, "set change end benefit benefit_end",
                            .value = STEP_COUNT, .value_optional = true,
                            CLAUSES_OF(FROM(true), ON, BECAUSE(true), EVIDENCE,
                                       { CLAUSE_EMPLOYER, CLAUSE_IS_NAME, false },
                                       { CLAUSE_EMPLOYEE, CLAUSE_IS_NAME, false },
                                       { CLAUSE_KIND, CLAUSE_IS_NAME, false },
                                       { CLAUSE_PAYS, CLAUSE_IS_NAME, false },
                                       { CLAUSE_WEEKLY, CLAUSE_IS_AMOUNT, false },
                                       { CLAUSE_ARREARS, CLAUSE_IS_AMOUNT, false },
                                       { CLAUSE_FEES, CLAUSE_IS_AMOUNT, false },
                                       { CLAUSE_PROTECT, CLAUSE_IS_AMOUNT, false },
                                       { CLAUSE_FOR, CLAUSE_IS_NAME, false },
                                       { CLAUSE_CHILDREN, CLAUSE_IS_TEXT, false },
                                       { CLAUSE_WELFARE, CLAUSE_IS_TEXT, false }) },
    [STEP_MESSAGE]      = { "message", WORD_CHOICE,
                            "question payment change complaint reply ask answer told",
                            .value = STEP_TEXT,
                            CLAUSES_OF({ CLAUSE_BY, CLAUSE_IS_NAME, false }, TO_NAME(false), OF,
                                       { CLAUSE_DUE, CLAUSE_IS_DATE, false }, EVIDENCE) },
    [STEP_COMPLAINT]    = { "complaint", WORD_CHOICE,
                            "open extend resolve answer go_examiner settle report go_ombudsman "
                               "carry_out",
                            .value = STEP_TEXT, .value_optional = true,
                            CLAUSES_OF({ CLAUSE_DUE, CLAUSE_IS_DATE, false }) },
    [STEP_NOTICE]       = { "notice", WORD_CHOICE,
                            "self_harm self_harm_other threat child abuse pressure", .value = STEP_TEXT,
                            CLAUSES_OF(OF) },
    [STEP_ALERT]        = { "alert", WORD_CHOICE, "watch answer", .value = STEP_TEXT,
                            CLAUSES_OF(BECAUSE(true)) },
    [STEP_PATTERN]      = { "pattern", WORD_CHOICE, "nothing call consider", .value = STEP_TEXT },
    [STEP_SAMPLE_BEGIN] = { "sample begin", CLAUSES_OF({ CLAUSE_BEFORE, CLAUSE_IS_COUNT, false },
                                                       { CLAUSE_AFTER, CLAUSE_IS_COUNT, false }) },
    [STEP_SAMPLE]       = { "sample", WORD_CHOICE, "right unclear wrong any",
                            CLAUSES_OF({ CLAUSE_WEEKLY, CLAUSE_IS_AMOUNT, false },
                                       { CLAUSE_AS, CLAUSE_IS_NAME, true }, BECAUSE(true)) },
    [STEP_TELL_CHANGE]  = { "tell change", .value = STEP_NAME,
                            CLAUSES_OF(BY, OF, HAPPENED, SAID, BECAUSE(false)) },
    [STEP_DECLINE_CHANGE] = { "decline change", CLAUSES_OF(BECAUSE(true)) },
    [STEP_EMPLOYER_SAYS]  = { "employer says", WORD_CHOICE, "not_employed left started",
                              .value = STEP_COUNT,
                              CLAUSES_OF(ON, { CLAUSE_OF, CLAUSE_IS_NAME, true }) },
    [STEP_CARD]           = { "card", WORD_CHOICE, "started paid refused cancelled expired",
                              .value = STEP_AMOUNT },
    [STEP_ASK_RULING] = { "ask ruling", WORD_CHOICE, "waiver refund reimbursement recovery redress",
                          .value = STEP_AMOUNT, .value_optional = true, CLAUSES_OF(RULED) },
    [STEP_ASK_UNLIKELY] = { "ask unlikely", CLAUSES_OF(OF, BECAUSE(true), EVIDENCE, WELFARE) },
    [STEP_ASK_DEMAND]   = { "ask demand", CLAUSES_OF(BECAUSE(true)) },
    [STEP_APPROVE] = { "approve", CLAUSES_OF({ CLAUSE_AS, CLAUSE_IS_NAME, true }, BECAUSE(false)) },
    [STEP_REFUSE]  = { "refuse", CLAUSES_OF({ CLAUSE_AS, CLAUSE_IS_NAME, true }, BECAUSE(true)) },
    [STEP_WITHDRAW]    = { "withdraw", CLAUSES_OF(BECAUSE(true)) },
    [STEP_SHOW]        = { "show", WORD_CHOICE, "balance statement decision timeline facts",
                           CLAUSES_OF(OF, ON, AT, KNOWN) },
    [EXPECT_REFUSED]   = { "expect refused", .value = STEP_NAME },
    [EXPECT_WEEKLY]    = { "expect weekly", .value = STEP_AMOUNT,
                           CLAUSES_OF(TO_NAME(false), ON, KNOWN) },
    [EXPECT_RATE]      = { "expect rate", WORD_RATE, CLAUSES_OF(ON, KNOWN) },
    [EXPECT_BASIS]     = { "expect basis", WORD_BASIS, CLAUSES_OF(ON, KNOWN) },
    [EXPECT_INCOME]    = { "expect income", .value = STEP_AMOUNT, CLAUSES_OF(ON, KNOWN) },
    [EXPECT_DECISION]  = { "expect decision", WORD_DECISION, CLAUSES_OF(FROM(true), ON, KNOWN) },
    [EXPECT_DECISIONS] = { "expect decisions", .value = STEP_COUNT, CLAUSES_OF(KNOWN) },
    [EXPECT_REPLACED]  = { "expect replaced", .value = STEP_COUNT },
    [EXPECT_OWED] = { "expect owed", .value = STEP_AMOUNT, CLAUSES_OF(TO_NAME(false), AT, KNOWN) },
    [EXPECT_CREDIT]  = { "expect credit", .value = STEP_AMOUNT, CLAUSES_OF(AT, KNOWN) },
    [EXPECT_HELD]    = { "expect held", .value = STEP_AMOUNT, CLAUSES_OF(AT, KNOWN) },
    [EXPECT_FEES]    = { "expect fees", .value = STEP_AMOUNT, CLAUSES_OF(AT, KNOWN) },
    [EXPECT_ACCOUNT] = { "expect account", WORD_CHOICE,
                         "bank suspense clearing pp_credit maintenance rp_due rp_payable pp_fee "
                         "enforcement_fee fee_income advance legacy legacy_due legacy_payable "
                         "legacy_state state_legacy pp_repay pp_ahead rp_ahead rp_debt redress "
                         "pp_payable",
                         .value = STEP_AMOUNT, CLAUSES_OF(TO_NAME(false), AT, KNOWN) },
    [EXPECT_OVERDUE] = { "expect overdue", .value = STEP_AMOUNT, CLAUSES_OF(AT, KNOWN) },
    [EXPECT_ARREARS] = { "expect arrears", .value = STEP_AMOUNT,
                         CLAUSES_OF({ CLAUSE_AGED, CLAUSE_IS_TEXT, false }, AT, KNOWN) },
    [EXPECT_PAID] = { "expect paid", .value = STEP_AMOUNT, CLAUSES_OF(TO_NAME(true), AT, KNOWN) },
    [EXPECT_SUSPENSE]   = { "expect suspense", .value = STEP_AMOUNT },
    [EXPECT_MISSED]     = { "expect missed", .value = STEP_AMOUNT,
                            CLAUSES_OF({ CLAUSE_DUE, CLAUSE_IS_DATE, true }, TO_NAME(false)) },
    [EXPECT_MISSES]     = { "expect misses", .value = STEP_COUNT },
    [EXPECT_INSTALMENT] = { "expect instalment", .value = STEP_AMOUNT,
                            CLAUSES_OF({ CLAUSE_DUE, CLAUSE_IS_DATE, true }, TO_NAME(false)) },
    [EXPECT_LETTER]     = { "expect letter", WORD_CHOICE, "sent refused", .value = STEP_NAME,
                            .value_optional = true },
    [EXPECT_STATEMENT]  = { "expect statement", .value = STEP_TEXT,
                            CLAUSES_OF(OF, { CLAUSE_CHANGE, CLAUSE_IS_AMOUNT, false },
                                       { CLAUSE_OWED, CLAUSE_IS_AMOUNT, false }, AT, KNOWN) },
    [EXPECT_RECEIVED]   = { "expect received", WORD_CHOICE,
                            "matched suspense returned before not_ours nothing",
                            .value = STEP_NO_VALUE },
    [EXPECT_FILE]       = { "expect file", .value = STEP_TEXT },
    [EXPECT_ANNOUNCED]  = { "expect announced", .value = STEP_AMOUNT },
    [EXPECT_SHORTFALL]  = { "expect shortfall", .value = STEP_AMOUNT, CLAUSES_OF(BECAUSE(false)) },
    [EXPECT_CHANGE]  = { "expect change", WORD_CHOICE, "counts ignored", CLAUSES_OF(FROM(false)) },
    [EXPECT_FACT]    = { "expect fact", WORD_FACT, .value = STEP_FACT_VALUE, .value_optional = true,
                         CLAUSES_OF(OF, ON, KNOWN) },
    [EXPECT_SERVICE] = { "expect service", WORD_CHOICE,
                         "applied direct_pay default collect_and_pay nil arrears_only family_based "
                         "closed",
                         CLAUSES_OF(OF, ON) },
    [EXPECT_ENQUIRY] = { "expect enquiry", WORD_CHOICE,
                         "none enquiry decide closed_likely unlikely likely", CLAUSES_OF(OF) },
    [EXPECT_APPROVAL]    = { "expect approval", WORD_CHOICE,
                             "needless asked approved refused withdrawn overtaken" },
    [EXPECT_DIRECT]      = { "expect direct", WORD_CHOICE, "unknown confirmed disputed found",
                             CLAUSES_OF(OF, DUE, { CLAUSE_UNPAID, CLAUSE_IS_AMOUNT, false },
                                        { CLAUSE_OPEN, CLAUSE_IS_AMOUNT, false }) },
    [EXPECT_NORMAL]      = { "expect normal", .value = STEP_AMOUNT,
                             CLAUSES_OF({ CLAUSE_PAYS, CLAUSE_IS_NAME, true },
                                        { CLAUSE_ORDER, CLAUSE_IS_COUNT, false }, ON) },
    [EXPECT_DEDUCTION]   = { "expect deduction", .value = STEP_AMOUNT,
                             CLAUSES_OF({ CLAUSE_NET, CLAUSE_IS_AMOUNT, true },
                                        { CLAUSE_PAYS, CLAUSE_IS_NAME, true },
                                        { CLAUSE_ORDER, CLAUSE_IS_COUNT, false },
                                        { CLAUSE_PERIODS, CLAUSE_IS_COUNT, false }, ON) },
    [EXPECT_REQUEST]     = { "expect request", .value = STEP_AMOUNT, CLAUSES_OF(ON) },
    [EXPECT_REVIEW]      = { "expect review", .value = STEP_TEXT, CLAUSES_OF(ON) },
    [EXPECT_EMPLOYER]    = { "expect employer", WORD_CHOICE, "waiting late silent",
                             .value = STEP_AMOUNT, CLAUSES_OF({ CLAUSE_OF, CLAUSE_IS_NAME, true }) },
    [EXPECT_COMPLAINT]   = { "expect complaint", WORD_CHOICE,
                             "open extended resolved answered examiner settled reported ombudsman "
                               "closed",
                             .value = STEP_NO_VALUE,
                             CLAUSES_OF({ CLAUSE_DUE, CLAUSE_IS_DATE, false }, ON) },
    [EXPECT_CLOCKS]      = { "expect clocks", .value = STEP_COUNT,
                             CLAUSES_OF({ CLAUSE_OF, CLAUSE_IS_NAME, true },
                                        { CLAUSE_DUE, CLAUSE_IS_DATE, false }) },
    [EXPECT_PATTERNS]    = { "expect patterns", .value = STEP_COUNT,
                             CLAUSES_OF({ CLAUSE_OF, CLAUSE_IS_NAME, false }) },
    [EXPECT_SAMPLES]     = { "expect samples", .value = STEP_COUNT,
                             CLAUSES_OF({ CLAUSE_OF, CLAUSE_IS_NAME, false }) },
    [EXPECT_UNSENT]      = { "expect unsent", .value = STEP_COUNT,
                             CLAUSES_OF({ CLAUSE_TO, CLAUSE_IS_NAME, false }) },
    [EXPECT_LETTERS]     = { "expect letters", .value = STEP_COUNT,
                             CLAUSES_OF({ CLAUSE_OF, CLAUSE_IS_NAME, true },
                                        { CLAUSE_TO, CLAUSE_IS_NAME, false }) },
    [EXPECT_CHECK]       = { "expect check", WORD_CHOICE, "clean", .value = STEP_NO_VALUE },
    [EXPECT_SENT]        = { "expect sent", .value = STEP_AMOUNT },
    [EXPECT_KEPT]        = { "expect kept", .value = STEP_AMOUNT },
    [EXPECT_INSTRUCTION] = { "expect instruction", WORD_CHOICE,
                             "none asked lodged cancelled ending", .value = STEP_NO_VALUE },
    [EXPECT_ADVICE] = { "expect advice", WORD_CHOICE, "done known fault", .value = STEP_NO_VALUE },
};

const char *const clause_words[CLAUSES] = {
    [CLAUSE_NONE]         = "",
    [CLAUSE_FROM]         = "from",
    [CLAUSE_TO]           = "to",
    [CLAUSE_ON]           = "on",
    [CLAUSE_AT]           = "at",
    [CLAUSE_KNOWN]        = "known",
    [CLAUSE_OF]           = "of",
    [CLAUSE_AS]           = "as",
    [CLAUSE_HAPPENED]     = "happened",
    [CLAUSE_SAID]         = "said",
    [CLAUSE_EVIDENCE]     = "evidence",
    [CLAUSE_BECAUSE]      = "because",
    [CLAUSE_LATE]         = "late",
    [CLAUSE_ACCOUNT]      = "account",
    [CLAUSE_REFERENCE]    = "reference",
    [CLAUSE_DUE]          = "due",
    [CLAUSE_CHANGE]       = "change",
    [CLAUSE_OWED]         = "owed",
    [CLAUSE_AGED]         = "aged",
    [CLAUSE_EFFECTIVE]    = "effective",
    [CLAUSE_APPLIED]      = "applied",
    [CLAUSE_SERVICE]      = "service",
    [CLAUSE_PAYS]         = "pays",
    [CLAUSE_DAY]          = "day",
    [CLAUSE_JURISDICTION] = "jurisdiction",
    [CLAUSE_CASE]         = "case",
    [CLAUSE_KIND]         = "kind",
    [CLAUSE_WEEKLY]       = "weekly",
    [CLAUSE_BASIS]        = "basis",
    [CLAUSE_ABOUT]        = "about",
    [CLAUSE_CHILDREN]     = "children",
    [CLAUSE_WELFARE]      = "welfare",
    [CLAUSE_FOR]          = "for",
    [CLAUSE_SINCE]        = "since",
    [CLAUSE_UNTIL]        = "until",
    [CLAUSE_BY]           = "by",
    [CLAUSE_RECEIVING]    = "receiving",
    [CLAUSE_PAYING]       = "paying",
    [CLAUSE_REFUSES]      = "refuses",
    [CLAUSE_PAID]         = "paid",
    [CLAUSE_LIKELY]       = "likely",
    [CLAUSE_PURSUE]       = "pursue",
    [CLAUSE_ALSO]         = "also",
    [CLAUSE_UNPAID]       = "unpaid",
    [CLAUSE_OPEN]         = "open",
    [CLAUSE_EMPLOYER]     = "employer",
    [CLAUSE_EMPLOYEE]     = "employee",
    [CLAUSE_ARREARS]      = "arrears",
    [CLAUSE_FEES]         = "fees",
    [CLAUSE_PROTECT]      = "protect",
    [CLAUSE_ORDER]        = "order",
    [CLAUSE_NET]          = "net",
    [CLAUSE_PERIODS]      = "periods",
    [CLAUSE_BEFORE]       = "before",
    [CLAUSE_AFTER]        = "after",
};

const struct clause_form *step_clause(const struct step_form *form, const char *word)
{
    for (size_t i = 0; i < STEP_CLAUSES && form->clauses[i].clause; i++)
        if (!strcmp(clause_words[form->clauses[i].clause], word)) return &form->clauses[i];
    return NULL;
}

enum { WORD_MOST = 40 };

/* How many letters must be put in, left out or changed to turn a into b. */
static size_t word_distance(const char *a, const char *b)
{
    size_t row[WORD_MOST + 1], n = strlen(b);

    if (n > WORD_MOST) return n;
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 0; a[i]; i++) {
        size_t corner = row[0];
        row[0]        = i + 1;
        for (size_t k = 0; k < n; k++) {
            size_t change = corner + (a[i] != b[k]);
            corner        = row[k + 1];
            row[k + 1]    = row[k + 1] < row[k] ? row[k + 1] + 1 : row[k] + 1;
            row[k + 1]    = change < row[k + 1] ? change : row[k + 1];
        }
    }
    return row[n];
}

const char *word_nearest(const char *word, const char *const *list, size_t n)
{
    size_t least      = strlen(word) / 2 < 3 ? strlen(word) / 2 : 3;
    const char *found = NULL;

    for (size_t i = 0; strlen(word) <= WORD_MOST && i < n; i++) {
        size_t d = word_distance(word, list[i]);
        if (d <= least && (!found || d < least)) {
            least = d;
            found = list[i];
        }
    }
    return found;
}
