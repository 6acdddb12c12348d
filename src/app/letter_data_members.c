/* letter_data_members.c: each letter's own data, member by member: one table, read both ways. */
#include "app/letter_json.h"

#include <string.h>

enum member_kind {
    MEMBER_TEXT,
    MEMBER_MONEY,
    MEMBER_DATE,
    MEMBER_FLAG,
    MEMBER_COUNT,
    MEMBER_WORDS,
    MEMBER_ROWS
};
struct member {
    const char *key;
    enum member_kind kind;
    size_t at;               /* in its struct; of rows, where their pointer is */
    size_t count_at;         /* of rows: where their number is */
    const struct shape *row; /* of rows */
};
struct shape {
    size_t size;
    const struct member *members;
    size_t n;
};

/* --- what each letter holds; in this order it is kept --- */

#define KIND_OF(of, field)                                                                         \
    _Generic(((struct of *)NULL)->field,                                                           \
        const char *: MEMBER_TEXT,                                                                 \
        money: MEMBER_MONEY,                                                                       \
        date: MEMBER_DATE,                                                                         \
        bool: MEMBER_FLAG,                                                                         \
        int64_t: MEMBER_COUNT,                                                                     \
        struct letter_words: MEMBER_WORDS)
#define NAMED(key, of, field)                                                                      \
    {                                                                                              \
        key, KIND_OF(of, field), offsetof(struct of, field), 0, NULL                               \
    }
#define MEMBER(of, field) NAMED(#field, of, field)
#define ROWS(key, of, field, row)                                                                  \
    {                                                                                              \
        key, MEMBER_ROWS, offsetof(struct of, field), offsetof(struct of, field##_count), &row     \
    }
#define SHAPE(of, members)                                                                         \
    {                                                                                              \
        sizeof(struct of), members, sizeof(members) / sizeof *(members)                            \
    }

static const struct member arrears_payment_members[] = {
    MEMBER(letter_arrears_notice_payment, due),
    MEMBER(letter_arrears_notice_payment, owed),
    MEMBER(letter_arrears_notice_payment, paid),
    MEMBER(letter_arrears_notice_payment, unpaid),
};
static const struct shape arrears_payment =
    SHAPE(letter_arrears_notice_payment, arrears_payment_members);
static const struct member arrears_members[] = {
    MEMBER(letter_arrears_notice, total),
    MEMBER(letter_arrears_notice, maintenance),
    MEMBER(letter_arrears_notice, fee),
    MEMBER(letter_arrears_notice, as_at),
    MEMBER(letter_arrears_notice, reply_by),
    ROWS("payments", letter_arrears_notice, payment, arrears_payment),
    MEMBER(letter_arrears_notice, ongoing),
    MEMBER(letter_arrears_notice, next_due),
    MEMBER(letter_arrears_notice, next_amount),
    MEMBER(letter_arrears_notice, pay_name),
    MEMBER(letter_arrears_notice, pay_sort_code),
    MEMBER(letter_arrears_notice, pay_account),
};

static const struct member refund_line_members[] = {
    MEMBER(letter_refund_due_line, day),
    MEMBER(letter_refund_due_line, what),
    MEMBER(letter_refund_due_line, amount),
};
static const struct shape refund_line       = SHAPE(letter_refund_due_line, refund_line_members);
static const struct member refund_members[] = {
    MEMBER(letter_refund_due, total),          ROWS("lines", letter_refund_due, line, refund_line),
    MEMBER(letter_refund_due, demanded),       MEMBER(letter_refund_due, demand_date),
    MEMBER(letter_refund_due, pay_on),         MEMBER(letter_refund_due, account_known),
    MEMBER(letter_refund_due, account_ending),
};

static const struct member plan_payment_members[] = {
    MEMBER(letter_payment_plan_payment, due),
    MEMBER(letter_payment_plan_payment, amount),
};
static const struct shape plan_payment = SHAPE(letter_payment_plan_payment, plan_payment_members);
static const struct member plan_members[] = {
    MEMBER(letter_payment_plan, weekly),
    MEMBER(letter_payment_plan, receiver),
    ROWS("payments", letter_payment_plan, payment, plan_payment),
    MEMBER(letter_payment_plan, first),
    MEMBER(letter_payment_plan, direct),
    MEMBER(letter_payment_plan, pay_name),
    MEMBER(letter_payment_plan, pay_sort_code),
    MEMBER(letter_payment_plan, pay_account),
    MEMBER(letter_payment_plan, months),
};

static const struct member agreement_members[] = {
    MEMBER(letter_family_agreement, paying),     MEMBER(letter_family_agreement, receiving),
    MEMBER(letter_family_agreement, children),   MEMBER(letter_family_agreement, agreed),
    MEMBER(letter_family_agreement, every),      MEMBER(letter_family_agreement, first),
    MEMBER(letter_family_agreement, worked_out), MEMBER(letter_family_agreement, figure),
    MEMBER(letter_family_agreement, other),      MEMBER(letter_family_agreement, has_other),
};

static const struct member notice_payment_members[] = {
    MEMBER(letter_service_notice_payment, due),
    MEMBER(letter_service_notice_payment, amount),
};
static const struct shape notice_payment =
    SHAPE(letter_service_notice_payment, notice_payment_members);
static const struct member notice_members[] = {
    MEMBER(letter_service_notice, from),
    MEMBER(letter_service_notice, reply_by),
    ROWS("payments", letter_service_notice, payment, notice_payment),
    MEMBER(letter_service_notice, owed),
    MEMBER(letter_service_notice, fee_paying),
    MEMBER(letter_service_notice, fee_receiving),
    MEMBER(letter_service_notice, asked),
    MEMBER(letter_service_notice, proved),
    MEMBER(letter_service_notice, collects_paying),
    MEMBER(letter_service_notice, collects_receiving),
    MEMBER(letter_service_notice, direct_paying),
    MEMBER(letter_service_notice, direct_receiving),
    MEMBER(letter_service_notice, nothing),
    MEMBER(letter_service_notice, ended),
    MEMBER(letter_service_notice, owed_some),
};

static const struct member collection_members[] = {
    NAMED("due", letter_debit_notice_collection, day),
    NAMED("amount", letter_debit_notice_collection, taken),
};
static const struct shape collection = SHAPE(letter_debit_notice_collection, collection_members);
static const struct member debit_members[] = {
    MEMBER(letter_debit_notice, amount),
    MEMBER(letter_debit_notice, first),
    ROWS("collections", letter_debit_notice, collection, collection),
    MEMBER(letter_debit_notice, days),
    MEMBER(letter_debit_notice, account_name),
    MEMBER(letter_debit_notice, account_ending),
};

static const struct member expected_members[] = {
    NAMED("due", letter_receiver_plan_payment, expected),
    MEMBER(letter_receiver_plan_payment, amount),
};
static const struct shape expected = SHAPE(letter_receiver_plan_payment, expected_members);
static const struct member receiver_members[] = {
    MEMBER(letter_receiver_plan, weekly),
    MEMBER(letter_receiver_plan, payer),
    ROWS("payments", letter_receiver_plan, payment, expected),
    MEMBER(letter_receiver_plan, first),
    MEMBER(letter_receiver_plan, direct),
    MEMBER(letter_receiver_plan, fee),
    MEMBER(letter_receiver_plan, days),
};

static const struct member set_off_members[] = {
    MEMBER(letter_set_off_notice, amount),     MEMBER(letter_set_off_notice, at_once),
    MEMBER(letter_set_off_notice, meets),      MEMBER(letter_set_off_notice, spares),
    MEMBER(letter_set_off_notice, ends),       MEMBER(letter_set_off_notice, owes_again),
    MEMBER(letter_set_off_notice, owed_again), MEMBER(letter_set_off_notice, weekly),
    MEMBER(letter_set_off_notice, day),        MEMBER(letter_set_off_notice, other),
    MEMBER(letter_set_off_notice, owed),       MEMBER(letter_set_off_notice, as_at),
};

static const struct member earnings_members[] = {
    MEMBER(letter_earnings_notice, made),        MEMBER(letter_earnings_notice, changed),
    MEMBER(letter_earnings_notice, ended),       MEMBER(letter_earnings_notice, other_changed),
    MEMBER(letter_earnings_notice, other_ended), MEMBER(letter_earnings_notice, takes),
    MEMBER(letter_earnings_notice, from),        MEMBER(letter_earnings_notice, weekly),
    MEMBER(letter_earnings_notice, two_weekly),  MEMBER(letter_earnings_notice, four_weekly),
    MEMBER(letter_earnings_notice, monthly),     MEMBER(letter_earnings_notice, arrears),
    MEMBER(letter_earnings_notice, has_arrears), MEMBER(letter_earnings_notice, kept),
    MEMBER(letter_earnings_notice, has_kept),    MEMBER(letter_earnings_notice, latest),
};

static const struct member complaint_members[] = {
    MEMBER(letter_complaint_notice, received),  MEMBER(letter_complaint_notice, later),
    MEMBER(letter_complaint_notice, put_right), MEMBER(letter_complaint_notice, final),
    MEMBER(letter_complaint_notice, told),      MEMBER(letter_complaint_notice, complained),
    MEMBER(letter_complaint_notice, answer_by), MEMBER(letter_complaint_notice, examiner_by),
    MEMBER(letter_complaint_notice, words),
};

static const struct member decision_period_members[] = {
    MEMBER(letter_decision_notice_period, from),
    MEMBER(letter_decision_notice_period, before),
    MEMBER(letter_decision_notice_period, now),
};
static const struct shape decision_period =
    SHAPE(letter_decision_notice_period, decision_period_members);
static const struct member decision_fact_members[] = {
    MEMBER(letter_decision_notice_fact, from),
    MEMBER(letter_decision_notice_fact, income),
    MEMBER(letter_decision_notice_fact, rate),
    MEMBER(letter_decision_notice_fact, children),
};
static const struct shape decision_fact = SHAPE(letter_decision_notice_fact, decision_fact_members);
static const struct member decision_step_members[] = {
    MEMBER(letter_decision_notice_step, what),
    MEMBER(letter_decision_notice_step, law),
};
static const struct shape decision_step = SHAPE(letter_decision_notice_step, decision_step_members);
static const struct member decision_share_members[] = {
    MEMBER(letter_decision_notice_share, receiver),
    MEMBER(letter_decision_notice_share, children),
    MEMBER(letter_decision_notice_share, weekly),
};
static const struct shape decision_share =
    SHAPE(letter_decision_notice_share, decision_share_members);
static const struct member decision_members[] = {
    MEMBER(letter_decision_notice, pays),
    MEMBER(letter_decision_notice, gets),
    MEMBER(letter_decision_notice, ends),
    MEMBER(letter_decision_notice, weekly),
    MEMBER(letter_decision_notice, effective),
    MEMBER(letter_decision_notice, children),
    MEMBER(letter_decision_notice, first),
    MEMBER(letter_decision_notice, review),
    MEMBER(letter_decision_notice, law),
    MEMBER(letter_decision_notice, changed),
    MEMBER(letter_decision_notice, revised),
    MEMBER(letter_decision_notice, corrected),
    MEMBER(letter_decision_notice, informed),
    MEMBER(letter_decision_notice, estimated),
    MEMBER(letter_decision_notice, missing_yours),
    MEMBER(letter_decision_notice, missing_theirs),
    MEMBER(letter_decision_notice, replaces),
    MEMBER(letter_decision_notice, was_made),
    MEMBER(letter_decision_notice, was),
    MEMBER(letter_decision_notice, several),
    MEMBER(letter_decision_notice, single),
    MEMBER(letter_decision_notice, facts),
    MEMBER(letter_decision_notice, income_yours),
    MEMBER(letter_decision_notice, income_theirs),
    MEMBER(letter_decision_notice, income),
    MEMBER(letter_decision_notice, historic),
    MEMBER(letter_decision_notice, current),
    MEMBER(letter_decision_notice, given),
    MEMBER(letter_decision_notice, alone),
    MEMBER(letter_decision_notice, divided),
    MEMBER(letter_decision_notice, child_count),
    MEMBER(letter_decision_notice, other_count),
    MEMBER(letter_decision_notice, rate),
    MEMBER(letter_decision_notice, shared),
    MEMBER(letter_decision_notice, not_shared),
    MEMBER(letter_decision_notice, varied),
    MEMBER(letter_decision_notice, explained),
    MEMBER(letter_decision_notice, left_out),
    MEMBER(letter_decision_notice, parts),
    MEMBER(letter_decision_notice, challenge_by),
    MEMBER(letter_decision_notice, appeal_by),
    ROWS("periods", letter_decision_notice, period, decision_period),
    ROWS("days", letter_decision_notice, fact, decision_fact),
    ROWS("steps", letter_decision_notice, step, decision_step),
    ROWS("shares", letter_decision_notice, share, decision_share),
};

static const struct member asking_members[] = {
    MEMBER(letter_asking_notice, evidence), MEMBER(letter_asking_notice, declined),
    MEMBER(letter_asking_notice, stands),   MEMBER(letter_asking_notice, told_on),
    MEMBER(letter_asking_notice, reply_by), MEMBER(letter_asking_notice, appeal_by),
    MEMBER(letter_asking_notice, said),     MEMBER(letter_asking_notice, has_said),
};

static const struct member message_members[] = {
    MEMBER(letter_message_notice, asks),
    MEMBER(letter_message_notice, reply_by),
    MEMBER(letter_message_notice, words),
};

static const struct {
    const char *key; /* NULL: a letter that is never kept */
    size_t at;
    struct shape shape;
} letters[LETTER_NAMES] = {
#define LETTER(name, of)                                                                           \
    {                                                                                              \
#name, offsetof(struct letter_frozen, name), SHAPE(of, name##_members)                     \
    }
    [LETTER_ARREARS_NOTICE]   = LETTER(arrears, letter_arrears_notice),
    [LETTER_REFUND_DUE]       = LETTER(refund, letter_refund_due),
    [LETTER_PAYMENT_PLAN]     = LETTER(plan, letter_payment_plan),
    [LETTER_FAMILY_AGREEMENT] = LETTER(agreement, letter_family_agreement),
    [LETTER_SERVICE_NOTICE]   = LETTER(notice, letter_service_notice),
    [LETTER_DEBIT_NOTICE]     = LETTER(debit, letter_debit_notice),
    [LETTER_RECEIVER_PLAN]    = LETTER(receiver, letter_receiver_plan),
    [LETTER_SET_OFF_NOTICE]   = LETTER(set_off, letter_set_off_notice),
    [LETTER_EARNINGS_NOTICE]  = LETTER(earnings, letter_earnings_notice),
    [LETTER_COMPLAINT_NOTICE] = LETTER(complaint, letter_complaint_notice),
    [LETTER_DECISION_NOTICE]  = LETTER(decision, letter_decision_notice),
    [LETTER_ASKING_NOTICE]    = LETTER(asking, letter_asking_notice),
    [LETTER_MESSAGE_NOTICE]   = LETTER(message, letter_message_notice),
#undef LETTER
};

/* --- writing --- */

static json_t *object_value(const struct shape *shape, const char *from);

static json_t *rows_value(const struct member *m, const char *from)
{
    json_t *array = json_array();
    const char *rows;
    size_t n;

    memcpy(&rows, from + m->at, sizeof rows);
    memcpy(&n, from + m->count_at, sizeof n);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, object_value(m->row, rows + i * m->row->size));
    return array;
}

static json_t *member_value(const struct member *m, const char *from)
{
    const void *at = from + m->at;

    switch (m->kind) {
    case MEMBER_TEXT: return letter_json_text(*(const char *const *)at);
    case MEMBER_MONEY: return json_integer(((const money *)at)->p);
    case MEMBER_DATE: return letter_json_date(*(const date *)at);
    case MEMBER_FLAG: return json_boolean(*(const bool *)at);
    case MEMBER_COUNT: return json_integer(*(const int64_t *)at);
    case MEMBER_WORDS: return letter_json_words(*(const struct letter_words *)at);
    case MEMBER_ROWS: return rows_value(m, from);
    }
    return NULL;
}

static json_t *object_value(const struct shape *shape, const char *from)
{
    json_t *o = json_object();

    for (size_t i = 0; i < shape->n; i++)
        json_object_set_new(o, shape->members[i].key, member_value(&shape->members[i], from));
    return o;
}

void letter_members_freeze(json_t *root, const struct letter_frozen *f)
{
    if (letters[f->kind].key)
        json_object_set_new(
            root, letters[f->kind].key,
            object_value(&letters[f->kind].shape, (const char *)f + letters[f->kind].at));
}

/* --- reading --- */

static void thaw_object(struct letter_thawing *t, const json_t *o, const struct shape *shape,
                        char *to);

static void thaw_rows(struct letter_thawing *t, const json_t *o, const struct member *m, char *to)
{
    const json_t *array = json_object_get(o, m->key);
    size_t n            = json_array_size(array);
    char *rows          = arena_take(t->arena, (n + 1) * m->row->size);

    for (size_t i = 0; i < n; i++)
        thaw_object(t, json_array_get(array, i), m->row, rows + i * m->row->size);
    memcpy(to + m->at, &rows, sizeof rows);
    memcpy(to + m->count_at, &n, sizeof n);
}

static void thaw_member(struct letter_thawing *t, const json_t *o, const struct member *m, char *to)
{
    void *at = to + m->at;

    switch (m->kind) {
    case MEMBER_TEXT: *(const char **)at = letter_thaw_text(t, o, m->key); break;
    case MEMBER_MONEY: *(money *)at = letter_thaw_money(t, o, m->key); break;
    case MEMBER_DATE: *(date *)at = letter_thaw_date(t, o, m->key); break;
    case MEMBER_FLAG: *(bool *)at = letter_thaw_flag(t, o, m->key); break;
    case MEMBER_COUNT: *(int64_t *)at = letter_thaw_money(t, o, m->key).p; break;
    case MEMBER_WORDS: *(struct letter_words *)at = letter_thaw_words(t, o, m->key); break;
    case MEMBER_ROWS: thaw_rows(t, o, m, to); break;
    }
}

static void thaw_object(struct letter_thawing *t, const json_t *o, const struct shape *shape,
                        char *to)
{
    for (size_t i = 0; i < shape->n; i++)
        thaw_member(t, o, &shape->members[i], to);
}

void letter_members_thaw(struct letter_thawing *t, const json_t *root, struct letter_frozen *f)
{
    if (f->kind == LETTER_NAMES || !letters[f->kind].key) {
        t->fine = false;
        return;
    }
    thaw_object(t, json_object_get(root, letters[f->kind].key), &letters[f->kind].shape,
                (char *)f + letters[f->kind].at);
}
