/* form.h: a form as it arrived, checked against its declaration.  Handlers read typed values only.
 */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"
#include "base/text.h"
#include "page.h"
#include "web/form_rule.h"

enum { FORM_BYTES = 64 * 1024, FORM_PAIRS = 512 };

struct field_value {
    const char *text;               /* as typed, trimmed; "" when not given; a choice's word */
    const char *day, *month, *year; /* as typed */
    bool given, good;               /* good: of the declared kind and within its bounds */
    money amount;
    date day_value;
    int64_t count;
    uint64_t ticks;    /* bit i: the i-th choice is ticked */
    const char *bytes; /* of a file; text is its name */
    size_t length;
    const char *type;  /* of a file: what it was declared as; "" when it was not */
    const char *error; /* NULL: none */
};
struct form {
    const struct form_rule *rule;
    struct arena *arena;
    struct field_value *values; /* one for each field of the rule */
    int errors;
    const char *unknown; /* a name in a query that the page does not have; NULL: none */
    const char *csrf;    /* the token that came with it; "" when none */
};

/* An empty form. */
void form_new(struct form *form, struct arena *a, const struct form_rule *rule);
/* Decodes application/x-www-form-urlencoded and checks every field.  False with a filled f for what
 * no browser sends from our pages: broken escapes, NUL or wrong UTF-8, a field that is not declared
 * (unless `lenient`, for query strings: then `unknown` has it) or is given twice, too many pairs.
 * Mistakes of the person are in the values' errors. */
bool form_read(struct form *form, const char *text, size_t length, bool lenient, struct fail *f);

/* The same for multipart/form-data, of which only forms with a file make use. */
bool form_read_parts(struct form *form, struct span body, const char *content_type, struct fail *f);
/* The most bytes a file of this form may have; 0: it has none. */
size_t form_file_most(const struct form_rule *rule);

/* Typed access; the field must be of that kind. */
const char *form_text(const struct form *form, int field);
bool form_has(const struct form *form, int field); /* given and good */
money form_money(const struct form *form, int field);
date form_date(const struct form *form, int field);
int64_t form_count(const struct form *form, int field);
bool form_is(const struct form *form, int field, const char *choice);
bool form_ticked(const struct form *form, int field, const char *choice);

/* Fills a field, for a form shown with what is known already. */
void form_put_text(struct form *form, int field, const char *text); /* text and choice */
void form_put_money(struct form *form, int field, money amount);
void form_put_date(struct form *form, int field, date day);
void form_put_count(struct form *form, int field, int64_t count);
void form_put_tick(struct form *form, int field, const char *choice);

/* Says what is wrong with a field; the first sentence stays. */
void form_refuse(struct form *form, int field, const char *sentence);

/* For the page: the field as it stands, and the list for the error summary. */
struct view_field form_view(const struct form *form, int field);
void form_problems(const struct form *form, struct page_frame *frame);
