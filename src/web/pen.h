/* pen.h: an answer for a program being written as JSON.  Commas look after themselves; key NULL
 * inside a list.  Money is a decimal text in pounds, a day ISO 8601, as in doc/assess.md. */
#pragma once
#include "base/out.h"

#include <stdbool.h>
#include <stdint.h>

/* An object '{' or a list '['; closed by the same. */
void pen_open(struct out *o, const char *key, char bracket);
void pen_close(struct out *o, char bracket);

void pen_text(struct out *o, const char *key, const char *text);
/* The same, null when the text is NULL or "". */
void pen_text_or_null(struct out *o, const char *key, const char *text);
void pen_money(struct out *o, const char *key, money m);
void pen_date(struct out *o, const char *key, date d);
void pen_date_if(struct out *o, const char *key, bool has, date d); /* null when there is none */
void pen_count(struct out *o, const char *key, int64_t n);
void pen_flag(struct out *o, const char *key, bool flag);
void pen_null(struct out *o, const char *key);
/* JSON that something else wrote. */
void pen_json(struct out *o, const char *key, const char *json);
