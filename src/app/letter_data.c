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

const char *letter_freeze(const struct letter_frozen *f, struct arena *arena)
{
    json_t *root =
        json_pack("{s:s,s:o}", "letter", letter_templates[f->kind].name, "head", head_value(f));
    letter_members_freeze(root, f);
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

bool letter_thaw(const char *json, struct arena *arena, struct letter_frozen *f, struct fail *fail)
{
    struct letter_thawing t = { arena, true };
    json_t *root            = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    const char *name        = json_string_value(json_object_get(root, "letter"));

    *f = (struct letter_frozen){ .kind = LETTER_NAMES };
    for (int k = 0; name && k < LETTER_NAMES; k++)
        if (!strcmp(letter_templates[k].name, name)) f->kind = (enum letter_name)k;
    thaw_head(&t, json_object_get(root, "head"), f);
    letter_members_thaw(&t, root, f);
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
    case LETTER_SET_OFF_NOTICE:
        return letter_set_off_notice(&f->set_off, &f->head, arena, document, fail);
    case LETTER_EARNINGS_NOTICE:
        return letter_earnings_notice(&f->earnings, &f->head, arena, document, fail);
    case LETTER_COMPLAINT_NOTICE:
        return letter_complaint_notice(&f->complaint, &f->head, arena, document, fail);
    case LETTER_ASKING_NOTICE:
        return letter_asking_notice(&f->asking, &f->head, arena, document, fail);
    case LETTER_DECISION_NOTICE:
        return letter_decision_notice(&f->decision, &f->head, arena, document, fail);
    case LETTER_MESSAGE_NOTICE:
        return letter_message_notice(&f->message, &f->head, arena, document, fail);
    default: return letter_refund_due(&f->refund, &f->head, arena, document, fail);
    }
}
