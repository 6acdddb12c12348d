/* api_input.c: what a program sent, as the fields of a declared form. */
#include "web/api.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- one pair ---- */

static void escaped(struct out *o, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out_print(o, "%%%02X", (unsigned)(unsigned char)text[i]);
}

static void pair(struct out *o, const char *name, const char *end, const char *value, size_t n)
{
    if (o->length) out_text(o, "&");
    escaped(o, name, strlen(name));
    out_print(o, "%s=", end);
    escaped(o, value, n);
}

/* A day is three fields of a form. */
static bool day_pairs(struct out *o, const char *name, const char *value, size_t n, struct fail *f)
{
    date day;

    if (!date_parse(value, n, &day)) {
        FAIL(f, FAIL_INPUT, "date_wrong", "A day is written as 2026-11-22, and exists");
        return fail_field(f, name);
    }
    pair(o, name, "-day", value + 8, 2);
    pair(o, name, "-month", value + 5, 2);
    pair(o, name, "-year", value, 4);
    return true;
}

static bool value_pair(const struct form_rule *rule, const char *name, const char *value, size_t n,
                       struct out *o, struct fail *f)
{
    for (int i = 0; i < rule->field_count; i++)
        if (!strcmp(rule->fields[i].name, name)) {
            if (rule->fields[i].kind == FIELD_DATE) return day_pairs(o, name, value, n, f);
            pair(o, name, "", value, n);
            return true;
        }
    FAIL(f, FAIL_INPUT, "key_unknown", "There is nothing of this name here");
    return fail_field(f, name);
}

/* ---- JSON ---- */

static bool member_pair(struct arena *a, const struct form_rule *rule, const char *name,
                        const json_t *value, struct out *o, struct fail *f)
{
    const char *text = "";
    size_t n;

    switch (json_typeof(value)) {
    case JSON_NULL: return true;
    case JSON_STRING:
        return value_pair(rule, name, json_string_value(value), json_string_length(value), o, f);
    case JSON_INTEGER: text = arena_print(a, "%lld", (long long)json_integer_value(value)); break;
    case JSON_TRUE: text = "yes"; break;
    case JSON_FALSE: text = "no"; break;
    case JSON_REAL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        FAIL(f, FAIL_INPUT, "type_wrong",
             "Give a text, a whole number, true or false; money is a text such as \"517.81\"");
        return fail_field(f, name);
    }
    n = strlen(text);
    return value_pair(rule, name, text, n, o, f);
}

bool api_pairs_of_json(struct arena *a, const struct form_rule *rule, const char *text,
                       size_t length, struct out *pairs, struct fail *f)
{
    json_error_t error;
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    const char *name;
    json_t *value;
    bool fine = true;

    if (!root || !json_is_object(root)) {
        json_decref(root);
        return FAIL(f, FAIL_INPUT, "json_malformed", "Send one JSON object%s%s", root ? "" : ": ",
                    root ? "" : error.text);
    }
    json_object_foreach(root, name, value)
    {
        fine = member_pair(a, rule, name, value, pairs, f);
        if (!fine) break;
    }
    json_decref(root);
    return fine;
}

/* ---- a query ---- */

static int hex(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | ' ') : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The text of one part of a query, whose escapes are undone; NULL when one is broken. */
static const char *unescaped(struct arena *a, const char *text, size_t n, size_t *length)
{
    char *to = arena_take(a, n + 1);

    *length = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] != '%') {
            to[(*length)++] = text[i] == '+' ? ' ' : text[i];
            continue;
        }
        int high = i + 1 < n ? hex(text[i + 1]) : -1, low = i + 2 < n ? hex(text[i + 2]) : -1;
        if (high < 0 || low < 0 || !(high | low)) return NULL;
        to[(*length)++] = (char)(high << 4 | low);
        i += 2;
    }
    to[*length] = '\0';
    return to;
}

bool api_pairs_of_query(struct arena *a, const struct form_rule *rule, const char *query,
                        struct out *pairs, struct fail *f)
{
    for (const char *at = query; *at;) {
        size_t whole = strcspn(at, "&"), n = strcspn(at, "=&"), length, name_length;
        const char *name  = unescaped(a, at, n, &name_length);
        const char *value = n < whole ? unescaped(a, at + n + 1, whole - n - 1, &length) : NULL;

        if (whole && (!name || !value))
            return FAIL(f, FAIL_INPUT, "query_wrong", "The query has a broken escape");
        if (whole && !value_pair(rule, name, value, length, pairs, f)) return false;
        at += whole + (at[whole] == '&');
    }
    return true;
}
