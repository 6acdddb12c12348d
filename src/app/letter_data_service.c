/* letter_data_service.c: freezing and thawing the letters about the service of a case. */
#include "app/letter_json.h"

#include <string.h>

/* --- writing --- */

static json_t *payment_value(date due, money amount)
{
    return json_pack("{s:o,s:I}", "due", letter_json_date(due), "amount", (json_int_t)amount.p);
}

static json_t *plan_value(const struct letter_payment_plan *p)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < p->payment_count; i++)
        json_array_append_new(rows, payment_value(p->payment[i].due, p->payment[i].amount));
    return json_pack("{s:I,s:o,s:o,s:o,s:b,s:o,s:o,s:o,s:I}", "weekly", (json_int_t)p->weekly.p,
                     "receiver", letter_json_text(p->receiver), "payments", rows, "first",
                     letter_json_date(p->first), "direct", p->direct, "pay_name",
                     letter_json_text(p->pay_name), "pay_sort_code",
                     letter_json_text(p->pay_sort_code), "pay_account",
                     letter_json_text(p->pay_account), "months", (json_int_t)p->months);
}

static json_t *agreement_value(const struct letter_family_agreement *a)
{
    return json_pack("{s:o,s:o,s:o,s:I,s:o,s:o,s:b,s:I,s:o,s:b}", "paying",
                     letter_json_text(a->paying), "receiving", letter_json_text(a->receiving),
                     "children", letter_json_text(a->children), "agreed", (json_int_t)a->agreed.p,
                     "every", letter_json_words(a->every), "first", letter_json_date(a->first),
                     "worked_out", a->worked_out, "figure", (json_int_t)a->figure.p, "other",
                     letter_json_text(a->other), "has_other", a->has_other);
}

/* The flags of a notice, in one table for both ways. */
static const struct {
    const char *name;
    size_t at;
} notice_flags[] = {
#define FLAG(name)                                                                                 \
    {                                                                                              \
#name, offsetof(struct letter_service_notice, name)                                        \
    }
    FLAG(asked),         FLAG(proved),           FLAG(collects_paying), FLAG(collects_receiving),
    FLAG(direct_paying), FLAG(direct_receiving), FLAG(nothing),         FLAG(ended),
    FLAG(owed_some),
#undef FLAG
};
enum { NOTICE_FLAGS = sizeof notice_flags / sizeof *notice_flags };

static json_t *notice_value(const struct letter_service_notice *n)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < n->payment_count; i++)
        json_array_append_new(rows, payment_value(n->payment[i].due, n->payment[i].amount));
    json_t *o = json_pack("{s:o,s:o,s:o,s:I,s:o,s:o}", "from", letter_json_date(n->from),
                          "reply_by", letter_json_date(n->reply_by), "payments", rows, "owed",
                          (json_int_t)n->owed.p, "fee_paying", letter_json_text(n->fee_paying),
                          "fee_receiving", letter_json_text(n->fee_receiving));
    for (size_t i = 0; i < NOTICE_FLAGS; i++)
        json_object_set_new(o, notice_flags[i].name,
                            json_boolean(*(const bool *)((const char *)n + notice_flags[i].at)));
    return o;
}

static json_t *debit_value(const struct letter_debit_notice *d)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < d->collection_count; i++)
        json_array_append_new(rows, payment_value(d->collection[i].day, d->collection[i].taken));
    return json_pack("{s:I,s:o,s:o,s:I,s:o,s:o}", "amount", (json_int_t)d->amount.p, "first",
                     letter_json_date(d->first), "collections", rows, "days", (json_int_t)d->days,
                     "account_name", letter_json_text(d->account_name), "account_ending",
                     letter_json_text(d->account_ending));
}

static json_t *receiver_value(const struct letter_receiver_plan *p)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < p->payment_count; i++)
        json_array_append_new(rows, payment_value(p->payment[i].expected, p->payment[i].amount));
    return json_pack("{s:I,s:o,s:o,s:o,s:b,s:o,s:I}", "weekly", (json_int_t)p->weekly.p, "payer",
                     letter_json_text(p->payer), "payments", rows, "first",
                     letter_json_date(p->first), "direct", p->direct, "fee",
                     letter_json_text(p->fee), "days", (json_int_t)p->days);
}

bool letter_json_service(json_t *root, const struct letter_frozen *f)
{
    switch (f->kind) {
    case LETTER_PAYMENT_PLAN: json_object_set_new(root, "plan", plan_value(&f->plan)); return true;
    case LETTER_DEBIT_NOTICE:
        json_object_set_new(root, "debit", debit_value(&f->debit));
        return true;
    case LETTER_RECEIVER_PLAN:
        json_object_set_new(root, "receiver", receiver_value(&f->receiver));
        return true;
    case LETTER_FAMILY_AGREEMENT:
        json_object_set_new(root, "agreement", agreement_value(&f->agreement));
        return true;
    case LETTER_SERVICE_NOTICE:
        json_object_set_new(root, "notice", notice_value(&f->notice));
        return true;
    default: return false;
    }
}

/* --- reading --- */

static struct letter_payment_plan thaw_plan(struct letter_thawing *t, const json_t *o)
{
    const json_t *rows = json_object_get(o, "payments");
    size_t n           = json_array_size(rows);
    struct letter_payment_plan_payment *p =
        ARENA_MANY(t->arena, struct letter_payment_plan_payment, n + 1);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        p[i] =
            (struct letter_payment_plan_payment){ .due    = letter_thaw_date(t, row, "due"),
                                                  .amount = letter_thaw_money(t, row, "amount") };
    }
    return (struct letter_payment_plan){ .weekly        = letter_thaw_money(t, o, "weekly"),
                                         .receiver      = letter_thaw_text(t, o, "receiver"),
                                         .payment       = p,
                                         .payment_count = n,
                                         .first         = letter_thaw_date(t, o, "first"),
                                         .direct        = letter_thaw_flag(t, o, "direct"),
                                         .pay_name      = letter_thaw_text(t, o, "pay_name"),
                                         .pay_sort_code = letter_thaw_text(t, o, "pay_sort_code"),
                                         .pay_account   = letter_thaw_text(t, o, "pay_account"),
                                         .months        = letter_thaw_money(t, o, "months").p };
}

static struct letter_family_agreement thaw_agreement(struct letter_thawing *t, const json_t *o)
{
    return (struct letter_family_agreement){ .paying     = letter_thaw_text(t, o, "paying"),
                                             .receiving  = letter_thaw_text(t, o, "receiving"),
                                             .children   = letter_thaw_text(t, o, "children"),
                                             .agreed     = letter_thaw_money(t, o, "agreed"),
                                             .every      = letter_thaw_words(t, o, "every"),
                                             .first      = letter_thaw_date(t, o, "first"),
                                             .worked_out = letter_thaw_flag(t, o, "worked_out"),
                                             .figure     = letter_thaw_money(t, o, "figure"),
                                             .other      = letter_thaw_text(t, o, "other"),
                                             .has_other  = letter_thaw_flag(t, o, "has_other") };
}

static struct letter_service_notice thaw_notice(struct letter_thawing *t, const json_t *o)
{
    const json_t *rows = json_object_get(o, "payments");
    size_t n           = json_array_size(rows);
    struct letter_service_notice_payment *p =
        ARENA_MANY(t->arena, struct letter_service_notice_payment, n + 1);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        p[i] =
            (struct letter_service_notice_payment){ .due    = letter_thaw_date(t, row, "due"),
                                                    .amount = letter_thaw_money(t, row, "amount") };
    }
    struct letter_service_notice notice = {
        .from          = letter_thaw_date(t, o, "from"),
        .reply_by      = letter_thaw_date(t, o, "reply_by"),
        .payment       = p,
        .payment_count = n,
        .owed          = letter_thaw_money(t, o, "owed"),
        .fee_paying    = letter_thaw_text(t, o, "fee_paying"),
        .fee_receiving = letter_thaw_text(t, o, "fee_receiving"),
    };
    for (size_t i = 0; i < NOTICE_FLAGS; i++)
        *(bool *)((char *)&notice + notice_flags[i].at) =
            letter_thaw_flag(t, o, notice_flags[i].name);
    return notice;
}

static struct letter_debit_notice thaw_debit(struct letter_thawing *t, const json_t *o)
{
    const json_t *rows = json_object_get(o, "collections");
    size_t n           = json_array_size(rows);
    struct letter_debit_notice_collection *c =
        ARENA_MANY(t->arena, struct letter_debit_notice_collection, n + 1);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        c[i] =
            (struct letter_debit_notice_collection){ .day   = letter_thaw_date(t, row, "due"),
                                                     .taken = letter_thaw_money(t, row, "amount") };
    }
    return (struct letter_debit_notice){ .amount           = letter_thaw_money(t, o, "amount"),
                                         .first            = letter_thaw_date(t, o, "first"),
                                         .collection       = c,
                                         .collection_count = n,
                                         .days             = letter_thaw_money(t, o, "days").p,
                                         .account_name     = letter_thaw_text(t, o, "account_name"),
                                         .account_ending =
                                             letter_thaw_text(t, o, "account_ending") };
}

static struct letter_receiver_plan thaw_receiver(struct letter_thawing *t, const json_t *o)
{
    const json_t *rows = json_object_get(o, "payments");
    size_t n           = json_array_size(rows);
    struct letter_receiver_plan_payment *p =
        ARENA_MANY(t->arena, struct letter_receiver_plan_payment, n + 1);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        p[i] =
            (struct letter_receiver_plan_payment){ .expected = letter_thaw_date(t, row, "due"),
                                                   .amount = letter_thaw_money(t, row, "amount") };
    }
    return (struct letter_receiver_plan){ .weekly        = letter_thaw_money(t, o, "weekly"),
                                          .payer         = letter_thaw_text(t, o, "payer"),
                                          .payment       = p,
                                          .payment_count = n,
                                          .first         = letter_thaw_date(t, o, "first"),
                                          .direct        = letter_thaw_flag(t, o, "direct"),
                                          .fee           = letter_thaw_text(t, o, "fee"),
                                          .days          = letter_thaw_money(t, o, "days").p };
}

bool letter_thaw_service(struct letter_thawing *t, const json_t *root, struct letter_frozen *f)
{
    switch (f->kind) {
    case LETTER_PAYMENT_PLAN: f->plan = thaw_plan(t, json_object_get(root, "plan")); return true;
    case LETTER_DEBIT_NOTICE: f->debit = thaw_debit(t, json_object_get(root, "debit")); return true;
    case LETTER_RECEIVER_PLAN:
        f->receiver = thaw_receiver(t, json_object_get(root, "receiver"));
        return true;
    case LETTER_FAMILY_AGREEMENT:
        f->agreement = thaw_agreement(t, json_object_get(root, "agreement"));
        return true;
    case LETTER_SERVICE_NOTICE:
        f->notice = thaw_notice(t, json_object_get(root, "notice"));
        return true;
    default: return false;
    }
}
