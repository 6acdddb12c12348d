/* letter_data.c: freezing and thawing, through jansson. */
#include "app/letter_data.h"

#include "app/letter_json.h"
#include "base/bug.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* --- writing --- */

json_t *letter_json_text(const char *s)
{
    return s ? json_string(s) : json_null();
}

json_t *letter_json_date(date d)
{
    char text[DATE_TEXT];
    return json_string(date_text(d, text));
}

json_t *letter_json_words(struct letter_words w)
{
    return json_pack("[oo]", letter_json_text(w.text[LETTER_ENGLISH]),
                     letter_json_text(w.text[LETTER_WELSH]));
}

static json_t *lines_value(const char *const *lines, size_t most)
{
    json_t *array = json_array();
    for (size_t i = 0; i < most && lines[i]; i++)
        json_array_append_new(array, json_string(lines[i]));
    return array;
}

static json_t *office_value(const struct letter_office *o)
{
    return json_pack("{s:o,s:o,s:o,s:o}", "name", letter_json_words(o->name), "address",
                     lines_value(o->address, LETTER_OFFICE_LINES), "telephone",
                     letter_json_text(o->telephone), "web", letter_json_text(o->web));
}

static json_t *head_value(const struct letter_frozen *f)
{
    const struct letter_head *h = &f->head;
    return json_pack(
        "{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:I,s:o,s:o}", "language", (int)h->language, "recipient",
        letter_json_text(h->recipient), "address", lines_value(h->address, LETTER_ADDRESS_LINES),
        "reference", letter_json_text(h->reference), "sent", letter_json_date(h->sent), "owner",
        letter_json_text(h->owner), "office", office_value(&f->office), "cleared_owed",
        (json_int_t)f->cleared.owed.p, "cleared_as_at", letter_json_date(f->cleared.as_at),
        "cleared_basis", letter_json_text(f->cleared.basis));
}

static json_t *arrears_value(const struct letter_arrears_notice *a)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < a->payment_count; i++)
        json_array_append_new(rows, json_pack("{s:o,s:I,s:I,s:I}", "due",
                                              letter_json_date(a->payment[i].due), "owed",
                                              (json_int_t)a->payment[i].owed.p, "paid",
                                              (json_int_t)a->payment[i].paid.p, "unpaid",
                                              (json_int_t)a->payment[i].unpaid.p));
    return json_pack(
        "{s:I,s:I,s:I,s:o,s:o,s:o,s:b,s:o,s:I,s:o,s:o,s:o}", "total", (json_int_t)a->total.p,
        "maintenance", (json_int_t)a->maintenance.p, "fee", (json_int_t)a->fee.p, "as_at",
        letter_json_date(a->as_at), "reply_by", letter_json_date(a->reply_by), "payments", rows,
        "ongoing", a->ongoing, "next_due", letter_json_date(a->next_due), "next_amount",
        (json_int_t)a->next_amount.p, "pay_name", letter_json_text(a->pay_name), "pay_sort_code",
        letter_json_text(a->pay_sort_code), "pay_account", letter_json_text(a->pay_account));
}

static json_t *refund_value(const struct letter_refund_due *r)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < r->line_count; i++)
        json_array_append_new(rows,
                              json_pack("{s:o,s:o,s:I}", "day", letter_json_date(r->line[i].day),
                                        "what", letter_json_words(r->line[i].what), "amount",
                                        (json_int_t)r->line[i].amount.p));
    return json_pack("{s:I,s:o,s:b,s:o,s:o,s:b,s:o}", "total", (json_int_t)r->total.p, "lines",
                     rows, "demanded", r->demanded, "demand_date", letter_json_date(r->demand_date),
                     "pay_on", letter_json_date(r->pay_on), "account_known", r->account_known,
                     "account_ending", letter_json_text(r->account_ending));
}

const char *letter_freeze(const struct letter_frozen *f, struct arena *arena)
{
    json_t *root =
        json_pack("{s:s,s:o}", "letter", letter_templates[f->kind].name, "head", head_value(f));
    if (f->kind == LETTER_ARREARS_NOTICE)
        json_object_set_new(root, "arrears", arrears_value(&f->arrears));
    if (f->kind == LETTER_REFUND_DUE) json_object_set_new(root, "refund", refund_value(&f->refund));
    letter_json_service(root, f);
    char *text = json_dumps(root, JSON_COMPACT);
    BUG_UNLESS(text != NULL);
    const char *kept = arena_text(arena, text, strlen(text));
    free(text);
    json_decref(root);
    return kept;
}

/* --- reading --- */

const char *letter_thaw_text(struct letter_thawing *t, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    if (json_is_null(v)) return NULL;
    t->fine &= json_is_string(v);
    return json_is_string(v) ? arena_text(t->arena, json_string_value(v), json_string_length(v))
                             : "";
}

money letter_thaw_money(struct letter_thawing *t, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    t->fine &= json_is_integer(v);
    return (money){ json_integer_value(v) };
}

bool letter_thaw_flag(struct letter_thawing *t, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    t->fine &= json_is_boolean(v);
    return json_is_true(v);
}

date letter_thaw_date(struct letter_thawing *t, const json_t *o, const char *key)
{
    const char *text = letter_thaw_text(t, o, key);
    date d           = { 0 };
    if (text && !strcmp(text, "9999-12-31")) return DATE_OPEN;
    t->fine &= text && date_parse(text, strlen(text), &d);
    return d;
}

struct letter_words letter_thaw_words(struct letter_thawing *t, const json_t *o, const char *key)
{
    const json_t *v       = json_object_get(o, key);
    struct letter_words w = { { NULL, NULL } };
    for (size_t i = 0; i < LETTER_LANGUAGES; i++) {
        const json_t *s = json_array_get(v, i);
        if (json_is_string(s))
            w.text[i] = arena_text(t->arena, json_string_value(s), json_string_length(s));
    }
    t->fine &= json_is_array(v);
    return w;
}

static void thaw_lines(struct letter_thawing *t, const json_t *o, const char **lines, size_t most)
{
    const json_t *v = json_object_get(o, "address");
    t->fine &= json_is_array(v) && json_array_size(v) <= most;
    for (size_t i = 0; i < json_array_size(v) && i < most; i++) {
        const json_t *s = json_array_get(v, i);
        t->fine &= json_is_string(s);
        lines[i] = json_is_string(s)
                       ? arena_text(t->arena, json_string_value(s), json_string_length(s))
                       : "";
    }
}

static void thaw_head(struct letter_thawing *t, const json_t *o, struct letter_frozen *f)
{
    const json_t *office   = json_object_get(o, "office");
    const json_t *language = json_object_get(o, "language");

    t->fine &= json_is_integer(language) && json_integer_value(language) >= 0 &&
               json_integer_value(language) < LETTER_LANGUAGES;
    f->head = (struct letter_head){ .language  = (enum letter_language)json_integer_value(language),
                                    .recipient = letter_thaw_text(t, o, "recipient"),
                                    .reference = letter_thaw_text(t, o, "reference"),
                                    .sent      = letter_thaw_date(t, o, "sent"),
                                    .owner     = letter_thaw_text(t, o, "owner") };
    thaw_lines(t, o, f->head.address, LETTER_ADDRESS_LINES);
    f->cleared = (struct letter_clearance){ .owed  = letter_thaw_money(t, o, "cleared_owed"),
                                            .as_at = letter_thaw_date(t, o, "cleared_as_at"),
                                            .basis = letter_thaw_text(t, o, "cleared_basis") };
    f->office  = (struct letter_office){ .name      = letter_thaw_words(t, office, "name"),
                                         .telephone = letter_thaw_text(t, office, "telephone"),
                                         .web       = letter_thaw_text(t, office, "web") };
    thaw_lines(t, office, f->office.address, LETTER_OFFICE_LINES);
}

static struct letter_arrears_notice thaw_arrears(struct letter_thawing *t, const json_t *o)
{
    const json_t *rows = json_object_get(o, "payments");
    size_t n           = json_array_size(rows);
    struct letter_arrears_notice_payment *p =
        ARENA_MANY(t->arena, struct letter_arrears_notice_payment, n + 1);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        p[i] =
            (struct letter_arrears_notice_payment){ .due    = letter_thaw_date(t, row, "due"),
                                                    .owed   = letter_thaw_money(t, row, "owed"),
                                                    .paid   = letter_thaw_money(t, row, "paid"),
                                                    .unpaid = letter_thaw_money(t, row, "unpaid") };
    }
    return (struct letter_arrears_notice){ .total         = letter_thaw_money(t, o, "total"),
                                           .maintenance   = letter_thaw_money(t, o, "maintenance"),
                                           .fee           = letter_thaw_money(t, o, "fee"),
                                           .as_at         = letter_thaw_date(t, o, "as_at"),
                                           .reply_by      = letter_thaw_date(t, o, "reply_by"),
                                           .payment       = p,
                                           .payment_count = n,
                                           .ongoing       = letter_thaw_flag(t, o, "ongoing"),
                                           .next_due      = letter_thaw_date(t, o, "next_due"),
                                           .next_amount   = letter_thaw_money(t, o, "next_amount"),
                                           .pay_name      = letter_thaw_text(t, o, "pay_name"),
                                           .pay_sort_code = letter_thaw_text(t, o, "pay_sort_code"),
                                           .pay_account   = letter_thaw_text(t, o, "pay_account") };
}

static struct letter_refund_due thaw_refund(struct letter_thawing *t, const json_t *o)
{
    const json_t *rows = json_object_get(o, "lines");
    size_t n           = json_array_size(rows);
    struct letter_refund_due_line *line =
        ARENA_MANY(t->arena, struct letter_refund_due_line, n + 1);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        line[i]           = (struct letter_refund_due_line){ .day    = letter_thaw_date(t, row, "day"),
                                                             .what   = letter_thaw_words(t, row, "what"),
                                                             .amount = letter_thaw_money(t, row, "amount") };
    }
    return (struct letter_refund_due){ .total          = letter_thaw_money(t, o, "total"),
                                       .line           = line,
                                       .line_count     = n,
                                       .demanded       = letter_thaw_flag(t, o, "demanded"),
                                       .demand_date    = letter_thaw_date(t, o, "demand_date"),
                                       .pay_on         = letter_thaw_date(t, o, "pay_on"),
                                       .account_known  = letter_thaw_flag(t, o, "account_known"),
                                       .account_ending = letter_thaw_text(t, o, "account_ending") };
}

bool letter_thaw(const char *json, struct arena *arena, struct letter_frozen *f, struct fail *fail)
{
    struct letter_thawing t = { arena, true };
    json_t *root            = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    const char *name        = json_string_value(json_object_get(root, "letter"));

    *f = (struct letter_frozen){ .kind = LETTER_NAMES };
    for (int k = 0; name && k < LETTER_NAMES; k++)
        if (!strcmp(letter_templates[k].name, name)) f->kind = (enum letter_name)k;
    thaw_head(&t, json_object_get(root, "head"), f);
    if (f->kind == LETTER_ARREARS_NOTICE)
        f->arrears = thaw_arrears(&t, json_object_get(root, "arrears"));
    else if (f->kind == LETTER_REFUND_DUE)
        f->refund = thaw_refund(&t, json_object_get(root, "refund"));
    else
        t.fine &= letter_thaw_service(&t, root, f);
    json_decref(root);
    return t.fine || FAIL(fail, FAIL_INTEGRITY, "letter_damaged",
                          "The stored data of this letter cannot be read. Run `upkeep check`.");
}

bool letter_render(struct letter_frozen *f, struct arena *arena, struct letter_document *document,
                   struct fail *fail)
{
    f->head.office  = &f->office;
    f->head.cleared = letter_templates[f->kind].demand ? &f->cleared : NULL;
    switch (f->kind) {
    case LETTER_ARREARS_NOTICE:
        return letter_arrears_notice(&f->arrears, &f->head, arena, document, fail);
    case LETTER_PAYMENT_PLAN: return letter_payment_plan(&f->plan, &f->head, arena, document, fail);
    case LETTER_FAMILY_AGREEMENT:
        return letter_family_agreement(&f->agreement, &f->head, arena, document, fail);
    case LETTER_SERVICE_NOTICE:
        return letter_service_notice(&f->notice, &f->head, arena, document, fail);
    case LETTER_DEBIT_NOTICE:
        return letter_debit_notice(&f->debit, &f->head, arena, document, fail);
    case LETTER_RECEIVER_PLAN:
        return letter_receiver_plan(&f->receiver, &f->head, arena, document, fail);
    default: return letter_refund_due(&f->refund, &f->head, arena, document, fail);
    }
}
