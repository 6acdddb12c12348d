/* fact_kind.c: the table of fact kinds.  The design's rule that flow does not see rule is kept for
 * behaviour; the enums of the calculation's input are shared so that one word stays one thing. */
#include "flow/fact_kind.h"

#include "base/nino.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_COUNT = 1000, MOST_NIGHTS = 366, MOST_DAY = 31 };

#define MONEY_KIND .subject = SUBJECT_PAYER, .value = VALUE_MONEY
#define GROUND_KIND                                                                                \
    .subject = SUBJECT_PAYER, .value = VALUE_VARIATION, .starts = EFFECT_REPORTED,                 \
    .ends = EFFECT_HAPPENED

#define SEALED_KIND SUBJECT_PERSON, VALUE_TEXT, EFFECT_NONE, EFFECT_NONE

#define ASKED_KIND                                                                                 \
    SUBJECT_ARRANGEMENT, VALUE_CHOICE, EFFECT_NONE, EFFECT_NONE,                                   \
        .choices = "direct_pay collect_and_pay"

const struct fact_kind_entry fact_kind_table[FACT_KINDS] = {
    [FACT_INCOME_HISTORIC]       = { "income_historic", "Yearly income from HMRC", MONEY_KIND,
                                     .starts = EFFECT_NONE, .ends = EFFECT_NONE },
    [FACT_INCOME_CURRENT]        = { "income_current", "Current yearly income", MONEY_KIND,
                                     .starts = EFFECT_INCOME, .ends = EFFECT_REPORTED },
    [FACT_INCOME_WEEKLY]         = { "income_weekly", "Gross weekly income as decided", MONEY_KIND,
                                     .starts = EFFECT_REPORTED, .ends = EFFECT_REPORTED },
    [FACT_PENSION_CONTRIBUTIONS] = { "pension_contributions", "Yearly pension contributions",
                                     MONEY_KIND, .starts = EFFECT_REPORTED,
                                     .ends = EFFECT_REPORTED },
    [FACT_CIRCUMSTANCE]          = { "circumstance", "Circumstance", SUBJECT_PAYER, VALUE_CHOICE,
                                     EFFECT_REPORTED, EFFECT_REPORTED,
                                     .choices = "none child prisoner youth_trainee care_home_resident "
                                                         "young_person_on_benefit" },
    [FACT_BENEFIT]        = { "benefit", "Benefit", SUBJECT_PAYER, VALUE_CHOICE, EFFECT_HAPPENED,
                              EFFECT_HAPPENED, .choices = "none own own_or_partner" },
    [FACT_BENEFIT_WEEKLY] = { "benefit_weekly", "Weekly amount of benefit", MONEY_KIND,
                              .starts = EFFECT_HAPPENED, .ends = EFFECT_HAPPENED },
    [FACT_PARTNER_ALSO_LIABLE] = { "partner_also_liable", "Partner pays child maintenance too",
                                   SUBJECT_PAYER, VALUE_YES, EFFECT_HAPPENED, EFFECT_HAPPENED,
                                   .choices = NULL },
    [FACT_OTHER_CHILDREN] = { "relevant_other_children", "Other children supported", SUBJECT_PAYER,
                              VALUE_COUNT, EFFECT_REPORTED, EFFECT_HAPPENED, .most = MOST_COUNT },
    [FACT_OTHER_ARRANGEMENT_CHILDREN] = { "other_arrangement_children",
                                          "Children under other arrangements", SUBJECT_PAYER,
                                          VALUE_COUNT, EFFECT_REPORTED, EFFECT_HAPPENED,
                                          .most = MOST_COUNT },
    [FACT_NO_INFORMATION] = { "no_information", "No information about income", SUBJECT_PAYER,
                              VALUE_YES, EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_VARIATION_FIRST + GROUND_CONTACT_COSTS]         = { "variation_contact_costs",
                                                              "Variation: costs of contact", GROUND_KIND },
    [FACT_VARIATION_FIRST + GROUND_ILLNESS_OR_DISABILITY] = { "variation_illness_or_disability",
                                                              "Variation: illness or disability",
                                                              GROUND_KIND },
    [FACT_VARIATION_FIRST +
        GROUND_PRIOR_DEBTS] = { "variation_prior_debts", "Variation: earlier debts", GROUND_KIND },
    [FACT_VARIATION_FIRST + GROUND_BOARDING_SCHOOL_FEES] = { "variation_boarding_school_fees",
                                                             "Variation: boarding school",
                                                             GROUND_KIND },
    [FACT_VARIATION_FIRST + GROUND_MORTGAGE]             = { "variation_mortgage",
                                                             "Variation: mortgage of the former home",
                                                             GROUND_KIND },
    [FACT_VARIATION_FIRST + GROUND_UNEARNED_INCOME]      = { "variation_unearned_income",
                                                             "Variation: unearned income", GROUND_KIND },
    [FACT_VARIATION_FIRST +
        GROUND_ASSETS] = { "variation_assets", "Variation: assets", GROUND_KIND },
    [FACT_VARIATION_FIRST +
        GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT]       = { "variation_income_not_taken_into_account",
                                                        "Variation: income not counted", GROUND_KIND },
    [FACT_VARIATION_FIRST + GROUND_DIVERTED_INCOME] = { "variation_diverted_income",
                                                        "Variation: diverted income", GROUND_KIND },
    [FACT_LIVES_WITH] = { "lives_with", "Lives with", SUBJECT_CHILD, VALUE_COUNT, EFFECT_REPORTED,
                          EFFECT_HAPPENED, .least = 1, .most = INT32_MAX },
    [FACT_NIGHTS] = { "nights", "Nights a year with the paying parent", SUBJECT_CHILD, VALUE_COUNT,
                      EFFECT_REPORTED, EFFECT_REPORTED, .most = MOST_NIGHTS },
    [FACT_LOCAL_AUTHORITY_NIGHTS] = { "local_authority_nights", "Nights a year in care",
                                      SUBJECT_CHILD, VALUE_COUNT, EFFECT_REPORTED, EFFECT_REPORTED,
                                      .most = MOST_NIGHTS },
    [FACT_EQUAL_CARE] = { "equal_care", "Paying parent cares as much or more", SUBJECT_ARRANGEMENT,
                          VALUE_YES, EFFECT_REPORTED, EFFECT_REPORTED, .choices = NULL },
    [FACT_STOPPED]    = { "stopped", "Maintenance stopped", SUBJECT_ARRANGEMENT, VALUE_CHOICE,
                          EFFECT_HAPPENED, EFFECT_HAPPENED,
                          .choices = "asked not_pursued own_arrangement withdrawn no_jurisdiction" },
    [FACT_SERVICE]    = { "service", "Service", SUBJECT_ARRANGEMENT, VALUE_CHOICE, EFFECT_NONE,
                          EFFECT_NONE, .choices = "collect_and_pay direct_pay" },
    [FACT_PAY_INTERVAL] = { "pay_interval", "Paid every", SUBJECT_ARRANGEMENT, VALUE_CHOICE,
                            EFFECT_NONE, EFFECT_NONE,
                            .choices = "monthly weekly two_weekly four_weekly" },
    [FACT_PAY_DAY] = { "pay_day", "Day of payment", SUBJECT_ARRANGEMENT, VALUE_COUNT, EFFECT_NONE,
                       EFFECT_NONE, .least = 1, .most = MOST_DAY },
    [FACT_PAY_METHOD] = { "pay_method", "Way of paying", SUBJECT_PAYER, VALUE_CHOICE, EFFECT_NONE,
                          EFFECT_NONE,
                          .choices = "direct_debit standing_order standing_order_default card "
                                     "earnings benefits" },
    [FACT_DISPUTE]    = { "dispute", "Disputed", SUBJECT_ARRANGEMENT, VALUE_TEXT, EFFECT_NONE,
                          EFFECT_NONE, .choices = NULL },
    [FACT_HOLD]  = { "hold", "On hold", SUBJECT_ARRANGEMENT, VALUE_TEXT, EFFECT_NONE, EFFECT_NONE,
                     .choices = NULL },
    [FACT_ABUSE] = { "domestic_abuse", "Domestic abuse told to us", SUBJECT_ARRANGEMENT, VALUE_YES,
                     EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_ADDRESS]      = { "address", "Postal address", SUBJECT_PERSON, VALUE_TEXT, EFFECT_NONE,
                            EFFECT_NONE, .seal = DISCLOSURE_CLASS_ADDRESS },
    [FACT_LANGUAGE]     = { "language", "Language of letters", SUBJECT_PERSON, VALUE_CHOICE,
                            EFFECT_NONE, EFFECT_NONE, .choices = "english welsh" },
    [FACT_LARGE_PRINT]  = { "large_print", "Letters in large print", SUBJECT_PERSON, VALUE_YES,
                            EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_BANK_ACCOUNT] = { "bank_account", "Bank account", SUBJECT_PERSON, VALUE_ACCOUNT,
                            EFFECT_NONE, EFFECT_NONE, .seal = DISCLOSURE_CLASS_ACCOUNT },
    [FACT_ROLL_NUMBER]  = { "roll_number", "Building society roll number", SUBJECT_PERSON,
                            VALUE_TEXT, EFFECT_NONE, EFFECT_NONE, .seal = DISCLOSURE_CLASS_ACCOUNT },
    [FACT_PAYEE_HOLD]   = { "payee_hold", "Payments kept back", SUBJECT_PERSON, VALUE_TEXT,
                            EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_AHEAD_WEEKLY] = { "ahead_weekly", "Most a week of what was paid ahead",
                            SUBJECT_ARRANGEMENT, VALUE_MONEY, EFFECT_NONE, EFFECT_NONE,
                            .choices = NULL },
    [FACT_RECOVERY]     = { "recovery", "Most of each payment kept for what they owe",
                            SUBJECT_ARRANGEMENT, VALUE_MONEY, EFFECT_NONE, EFFECT_NONE,
                            .choices = NULL },
    [FACT_RING_FENCE]   = { "ring_fence", "What a payment is for", SUBJECT_RECEIPT, VALUE_TEXT,
                            EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_NINO] = { "national_insurance_number", "National Insurance number", SUBJECT_PERSON,
                    VALUE_TEXT, EFFECT_NONE, EFFECT_NONE, .seal = DISCLOSURE_CLASS_NUMBER },
    [FACT_EMPLOYER_REFERENCE] = { "employer_reference", "Employer's reference", SUBJECT_PAYER,
                                  VALUE_TEXT, EFFECT_NONE, EFFECT_NONE,
                                  .seal = DISCLOSURE_CLASS_WORK },
    [FACT_EMPLOYEE_REFERENCE] = { "employee_reference", "Employee's reference", SUBJECT_PAYER,
                                  VALUE_TEXT, EFFECT_NONE, EFFECT_NONE,
                                  .seal = DISCLOSURE_CLASS_WORK },
    [FACT_PHONE] = { "phone", "Telephone number", SEALED_KIND, .seal = DISCLOSURE_CLASS_CONTACT },
    [FACT_EMAIL] = { "email", "E-mail address", SEALED_KIND, .seal = DISCLOSURE_CLASS_CONTACT },
    [FACT_WORKPLACE]    = { "workplace", "Workplace", SEALED_KIND, .seal = DISCLOSURE_CLASS_WORK },
    [FACT_NEW_NAME]     = { "new_name", "New name", SEALED_KIND, .seal = DISCLOSURE_CLASS_NAME },
    [FACT_SCHOOL]       = { "school", "School or nursery", SUBJECT_CHILD, VALUE_TEXT, EFFECT_NONE,
                            EFFECT_NONE, .seal = DISCLOSURE_CLASS_SCHOOL },
    [FACT_SAFE_CHANNEL] = { "safe_channel", "Safe way to reach them", SUBJECT_PERSON, VALUE_CHOICE,
                            EFFECT_NONE, EFFECT_NONE,
                            .choices = "letter telephone text_message email account_only",
                            .seal    = DISCLOSURE_CLASS_REACH },
    [FACT_SAFE_WORDS]   = { "safe_words", "Words that are safe when we reach them", SEALED_KIND,
                            .seal = DISCLOSURE_CLASS_REACH },
    [FACT_SAFE_HOURS]   = { "safe_hours", "When it is safe to reach them", SEALED_KIND,
                            .seal = DISCLOSURE_CLASS_REACH },
    [FACT_BANK_ACCOUNT_TOLD] = { "bank_account_told", "Bank account told to us, not checked",
                                 SUBJECT_PERSON, VALUE_ACCOUNT, EFFECT_NONE, EFFECT_NONE,
                                 .seal = DISCLOSURE_CLASS_ACCOUNT },
    [FACT_RECEIVING_ASKS]    = { "receiving_asks", "The receiving parent asks for", ASKED_KIND },
    [FACT_PAYING_ASKS]       = { "paying_asks", "The paying parent asks for", ASKED_KIND },
    [FACT_WILL_NOT_PAY]      = { "will_not_pay", "The paying parent said they will not pay",
                                 SUBJECT_ARRANGEMENT, VALUE_YES, EFFECT_NONE, EFFECT_NONE,
                                 .choices = NULL },
    [FACT_UNLIKELY] = { "unlikely", "Found unlikely to pay without collection", SUBJECT_ARRANGEMENT,
                        VALUE_CHOICE, EFFECT_NONE, EFFECT_NONE, .choices = "yes no" },
    [FACT_WARNING]  = { "warning", "Warned that collection can start", SUBJECT_ARRANGEMENT,
                        VALUE_CHOICE, EFFECT_NONE, EFFECT_NONE, .choices = "plan review default" },
    [FACT_DEFAULT_REPORT]    = { "default_report", "Payment reported missing", SUBJECT_ARRANGEMENT,
                                 VALUE_TEXT, EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_ARREARS_AGREEMENT] = { "arrears_agreement", "Agreed about arrears", SUBJECT_ARRANGEMENT,
                                 VALUE_TEXT, EFFECT_NONE, EFFECT_NONE, .choices = NULL },
    [FACT_COMPLIANCE]        = { "compliance", "Compliance of the paying parent", SUBJECT_PAYER,
                                 VALUE_CHOICE, EFFECT_NONE, EFFECT_NONE,
                                 .choices = "complies does_not_comply" },
};

enum fact_kind fact_kind_find(const char *name)
{
    for (int k = 0; k < FACT_KINDS; k++)
        if (!strcmp(fact_kind_table[k].name, name)) return (enum fact_kind)k;
    return FACT_KINDS;
}

bool fact_kind_counts(enum fact_kind kind)
{
    return kind <= FACT_STOPPED;
}

/* Every family's every fact is asked about: the few sealed kinds are told apart by their first
 * letter before anything is compared. */
bool fact_kind_is_sealed(const char *name)
{
    static const enum fact_kind sealed[] = {
        FACT_ADDRESS,
        FACT_BANK_ACCOUNT,
        FACT_BANK_ACCOUNT_TOLD,
        FACT_ROLL_NUMBER,
        FACT_NINO,
        FACT_EMPLOYER_REFERENCE,
        FACT_PHONE,
        FACT_EMAIL,
        FACT_WORKPLACE,
        FACT_NEW_NAME,
        FACT_EMPLOYEE_REFERENCE,
        FACT_SCHOOL,
        FACT_SAFE_WORDS,
        FACT_SAFE_HOURS,
        FACT_SAFE_CHANNEL,
    };

    for (size_t i = 0; i < sizeof sealed / sizeof *sealed; i++) {
        const char *one = fact_kind_table[sealed[i]].name;
        if (*one == *name && !strcmp(one, name)) return true;
    }
    return false;
}

int64_t fact_kind_whose(enum fact_kind kind, int64_t pp, int64_t subject)
{
    return fact_kind_table[kind].subject == SUBJECT_PAYER ? pp : subject;
}

static bool words_have(const char *words, const char *part, size_t n)
{
    for (; *words; words++)
        if (!strncasecmp(words, part, n)) return true;
    return false;
}

static size_t digits_in(const char *part, size_t n)
{
    size_t digits = 0;

    for (size_t i = 0; i < n; i++)
        digits += part[i] >= '0' && part[i] <= '9';
    return digits;
}

bool fact_words_tell(const char *value, const char *words)
{
    enum { SHORT = 3, NUMBER = 6 }; /* digits of a sort code */

    if (!words || !*words) return false;
    if (strlen(value) > SHORT && words_have(words, value, strlen(value))) return true;
    for (const char *p = value; *p; p += strspn(p, "\n")) {
        size_t n = strcspn(p, "\n");
        if (n > SHORT && digits_in(p, n) && words_have(words, p, n)) return true;
        p += n;
    }
    for (const char *p = value; *p; p += strspn(p, " \n")) {
        size_t n = strcspn(p, " \n");
        if (digits_in(p, n) >= NUMBER && words_have(words, p, n)) return true;
        p += n;
    }
    return false;
}

int fact_choice_index(const char *choices, const char *word)
{
    size_t n = strlen(word);

    for (int i = 0; n && *choices; i++) {
        size_t w = strcspn(choices, " ");
        if (w == n && !memcmp(choices, word, n)) return i;
        choices += w + strspn(choices + w, " ");
    }
    return -1;
}

bool fact_value_variation(const char *value, struct rule_variation *result)
{
    static const char *const units = "weekly annual asset_value";
    char unit[16];
    size_t n = strcspn(value, " ");

    if (n >= sizeof unit || value[n] != ' ') return false;
    memcpy(unit, value, n);
    unit[n]   = '\0';
    int index = fact_choice_index(units, unit);
    if (index < 0 || !money_parse(value + n + 1, strlen(value + n + 1), &result->amount))
        return false;
    result->unit = (enum variation_unit)(VARIATION_WEEKLY + index);
    return true;
}

/* The one unit the two grounds with a yearly or capital test take (reading R-3). */
static bool variation_unit_fits(enum fact_kind kind, enum variation_unit unit)
{
    if (kind == FACT_VARIATION_FIRST + GROUND_ASSETS) return unit == VARIATION_ASSET_VALUE;
    if (kind == FACT_VARIATION_FIRST + GROUND_UNEARNED_INCOME) return unit == VARIATION_ANNUAL;
    return unit != VARIATION_ASSET_VALUE;
}

static bool count_check(const struct fact_kind_entry *k, const char *value, struct fail *fail)
{
    size_t n    = strspn(value, "0123456789");
    long number = n && n < 11 && !value[n] ? strtol(value, NULL, 10) : -1;

    if (number < k->least || number > k->most)
        return REFUSE(fail, "value_wrong", "%s: give a whole number from %d to %d, not \"%s\".",
                      k->label, k->least, k->most, value);
    return true;
}

/* "01-02-03 12345678 NAME". */
static bool account_check(const char *value, struct fail *fail)
{
    static const char form[] = "99-99-99 99999999 ";

    for (size_t i = 0; form[i]; i++) {
        bool digit = value[i] >= '0' && value[i] <= '9';
        if (form[i] == '9' ? !digit : value[i] != form[i])
            return REFUSE(
                fail, "value_wrong",
                "Bank account: give sort code, account number and the name of its holder, "
                "like \"01-02-03 12345678 Nicola Carer\".");
    }
    if (value[sizeof form - 1]) return true;
    return REFUSE(fail, "value_wrong", "Bank account: the name of its holder is missing.");
}

/* Texts by which payments are recognised are kept in one form only. */
static bool text_check(enum fact_kind kind, const char *value, struct fail *fail)
{
    enum { REFERENCE = 12 };
    const struct fact_kind_entry *k = &fact_kind_table[kind];
    char nino[NINO_LENGTH + 1];
    bool digits = strlen(value) == REFERENCE && strspn(value, "0123456789") == REFERENCE;

    switch (kind) {
    case FACT_NINO:
        if (nino_read(value, nino) && !strcmp(nino, value)) return true;
        return REFUSE(fail, "value_wrong",
                      "%s: give two letters, six digits and A, B, C or D, in capitals and without "
                      "spaces, such as QQ123456C.",
                      k->label);
    case FACT_EMPLOYER_REFERENCE:
        if (digits && value[0] == '5' && (value[1] == '0' || value[1] == '1')) return true;
        return REFUSE(fail, "value_wrong",
                      "%s: give twelve digits that begin with 50, or an agent's with 51.",
                      k->label);
    case FACT_EMPLOYEE_REFERENCE:
        if (digits) return true;
        return REFUSE(fail, "value_wrong", "%s: give twelve digits.", k->label);
    case FACT_PHONE:
        if (strspn(value, "+0123456789 ") == strlen(value) && strlen(value) > REFERENCE / 2)
            return true;
        return REFUSE(fail, "value_wrong", "%s: give it in digits, such as 01632 960 001.",
                      k->label);
    case FACT_EMAIL:
        if (strchr(value, '@') && !strpbrk(value, " \n")) return true;
        return REFUSE(fail, "value_wrong", "%s: give it like name@example.com.", k->label);
    default:
        if (*value) return true;
        return REFUSE(fail, "value_wrong", "%s: say something.", k->label);
    }
}

static bool too_much(struct fail *fail)
{
    char most[MONEY_TEXT];

    return REFUSE(fail, "value_wrong", MONEY_TOO_MUCH ".", money_pounds(MONEY_MOST, most));
}

bool fact_value_check(enum fact_kind kind, const char *value, struct fail *fail)
{
    const struct fact_kind_entry *k = &fact_kind_table[kind];
    struct rule_variation v;
    money m;

    switch (k->value) {
    case VALUE_MONEY:
        if (money_parse(value, strlen(value), &m)) return true;
        if (money_is_beyond(value, strlen(value))) return too_much(fail);
        return REFUSE(fail, "value_wrong",
                      "%s: give an amount in pounds such as 27000.00, not \"%s\".", k->label,
                      value);
    case VALUE_COUNT: return count_check(k, value, fail);
    case VALUE_CHOICE:
        if (fact_choice_index(k->choices, value) >= 0) return true;
        return REFUSE(fail, "value_wrong", "%s: choose one of: %s.", k->label, k->choices);
    case VALUE_YES:
        if (!strcmp(value, "yes")) return true;
        return REFUSE(fail, "value_wrong", "%s: the value is yes; end the fact to say no.",
                      k->label);
    case VALUE_TEXT: return text_check(kind, value, fail);
    case VALUE_ACCOUNT: return account_check(value, fail);
    default: /* VALUE_VARIATION */
        if (fact_value_variation(value, &v) && variation_unit_fits(kind, v.unit)) return true;
        if (strchr(value, ' ') &&
            money_is_beyond(strchr(value, ' ') + 1, strlen(strchr(value, ' ') + 1)))
            return too_much(fail);
        return REFUSE(fail, "value_wrong",
                      "%s: give \"weekly 12.50\" or \"annual 650.00\" (assets: \"asset_value "
                      "40000.00\"; unearned income: annual only), not \"%s\".",
                      k->label, value);
    }
}
