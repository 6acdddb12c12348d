/* pen.c: JSON. */
#include "web/pen.h"

static void begin(struct out *o, const char *key)
{
    char last = o->length ? o->at[o->length - 1] : '[';

    if (last != '{' && last != '[') out_text(o, ",");
    if (!key) return;
    out_json(o, key, strlen(key));
    out_text(o, ":");
}

void pen_open(struct out *o, const char *key, char bracket)
{
    begin(o, key);
    out_bytes(o, &bracket, 1);
}

void pen_close(struct out *o, char bracket)
{
    out_text(o, bracket == '{' ? "}" : "]");
}

void pen_text(struct out *o, const char *key, const char *text)
{
    begin(o, key);
    out_json(o, text, strlen(text));
}

void pen_text_or_null(struct out *o, const char *key, const char *text)
{
    if (text && *text)
        pen_text(o, key, text);
    else
        pen_null(o, key);
}

void pen_money(struct out *o, const char *key, money m)
{
    begin(o, key);
    out_text(o, "\"");
    out_money(o, m);
    out_text(o, "\"");
}

void pen_date(struct out *o, const char *key, date d)
{
    begin(o, key);
    out_text(o, "\"");
    out_date(o, d);
    out_text(o, "\"");
}

void pen_date_if(struct out *o, const char *key, bool has, date d)
{
    if (has)
        pen_date(o, key, d);
    else
        pen_null(o, key);
}

void pen_count(struct out *o, const char *key, int64_t n)
{
    begin(o, key);
    out_number(o, n);
}

void pen_flag(struct out *o, const char *key, bool flag)
{
    begin(o, key);
    out_text(o, flag ? "true" : "false");
}

void pen_null(struct out *o, const char *key)
{
    begin(o, key);
    out_text(o, "null");
}

void pen_json(struct out *o, const char *key, const char *json)
{
    begin(o, key);
    out_text(o, json);
}
