/* pattern.c: counting what comes again and again, and saying it. */
#include "flow/pattern.h"

#include "base/bug.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const struct pattern_rule *pattern_rule_find(const char *name)
{
    for (int32_t i = 0; i < pattern_rule_count; i++)
        if (!strcmp(pattern_rules[i].name, name)) return &pattern_rules[i];
    return NULL;
}

const struct pattern_term *pattern_term_at(const struct pattern_rule *rule, date day)
{
    const struct pattern_term *term = rule->terms;

    for (int32_t i = 1; i < rule->term_count; i++)
        if (!date_before(day, rule->terms[i].from)) term = &rule->terms[i];
    return term;
}

date pattern_since(date day)
{
    int32_t months = 0;

    for (int32_t i = 0; i < pattern_rule_count; i++) {
        int32_t n = pattern_term_at(&pattern_rules[i], day)->months;
        if (n > months) months = n;
    }
    return date_add_months(day, -months);
}

/* --- counting --- */

static bool is_same_month(date a, date b)
{
    struct date_ymd x = date_split(a), y = date_split(b);

    return x.year == y.year && x.month == y.month;
}

static bool is_counted(const struct pattern_term *t, const struct pattern_sign *s, date after,
                       date today)
{
    return date_before(after, s->day) && !date_before(today, s->day) &&
           date_before(date_add_months(today, -t->months), s->day) &&
           (t->least < 0 || (s->measure >= t->least && s->measure <= t->most));
}

bool pattern_finds(const struct pattern_rule *rule, const struct pattern_sign *signs, size_t n,
                   date after, date today, struct pattern_sign *counted, size_t *found)
{
    const struct pattern_term *t = pattern_term_at(rule, today);

    *found = 0;
    for (size_t i = 0; i < n; i++)
        if (is_counted(t, &signs[i], after, today) &&
            !(t->monthly && *found && is_same_month(counted[*found - 1].day, signs[i].day)))
            counted[(*found)++] = signs[i];
    return *found >= (size_t)t->times;
}

/* --- keeping --- */

void pattern_signs_write(struct out *out, const struct pattern_sign *signs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) out_text(out, "; ");
        out_date(out, signs[i].day);
        out_text(out, " ");
        out_date(out, signs[i].due);
        out_print(out, " %" PRId64 " %" PRId64, signs[i].amount.p, signs[i].measure);
    }
}

size_t pattern_signs_read(const char *text, struct pattern_sign *signs, size_t most)
{
    size_t n = 0;

    for (const char *at = text; at && *at && n < most; n++) {
        struct pattern_sign *s = &signs[n];
        char day[DATE_TEXT], due[DATE_TEXT];
        if (sscanf(at, "%10s %10s %" SCNd64 " %" SCNd64, day, due, &s->amount.p, &s->measure) !=
                4 ||
            !date_parse(day, strlen(day), &s->day) || !date_parse(due, strlen(due), &s->due))
            break;
        at = strstr(at, "; ");
        at = at ? at + 2 : NULL;
    }
    return n;
}

/* --- saying --- */

/* What stands for the words in braces. */
struct filling {
    const struct pattern_term *term;
    size_t times;
    const struct pattern_sign *one, *first, *last;
    money total;
};

static void day_say(struct out *o, date day)
{
    char words[DATE_WORDS];

    out_text(o, date_words(day, words));
}

static void pounds_say(struct out *o, money m)
{
    char pounds[MONEY_TEXT];

    out_text(o, money_pounds(m, pounds));
}

static void word_say(struct out *o, const char *word, const struct filling *f)
{
    if (!strncmp(word, "times}", 6))
        out_number(o, (int64_t)f->times);
    else if (!strncmp(word, "months}", 7))
        out_number(o, f->term->months);
    else if (!strncmp(word, "least}", 6))
        out_number(o, f->term->least);
    else if (!strncmp(word, "most}", 5))
        out_number(o, f->term->most);
    else if (!strncmp(word, "first}", 6))
        day_say(o, f->first->day);
    else if (!strncmp(word, "last}", 5))
        day_say(o, f->last->day);
    else if (!strncmp(word, "total}", 6))
        pounds_say(o, f->total);
    else if (!strncmp(word, "day}", 4))
        day_say(o, f->one->day);
    else if (!strncmp(word, "due}", 4))
        day_say(o, f->one->due);
    else if (!strncmp(word, "amount}", 7))
        pounds_say(o, f->one->amount);
    else {
        BUG_UNLESS(!strncmp(word, "measure}", 8));
        out_number(o, f->one->measure);
    }
}

/* patternc looked that each brace is closed and has a word that the field knows. */
static const char *fill(const char *text, const struct filling *f, struct arena *arena)
{
    struct out o = { .arena = arena };

    for (const char *at = text; *at;) {
        size_t plain = strcspn(at, "{");
        out_bytes(&o, at, plain);
        at += plain;
        if (!*at) break;
        word_say(&o, at + 1, f);
        at = strchr(at, '}') + 1;
    }
    return out_string(&o);
}

const char *pattern_looks(const struct pattern_rule *rule, const struct pattern_term *term,
                          struct arena *arena)
{
    return fill(rule->looks, &(struct filling){ .term = term, .times = (size_t)term->times },
                arena);
}

const char *pattern_tells(const struct pattern_rule *rule, const struct pattern_term *term,
                          const struct pattern_sign *signs, size_t n, struct arena *arena)
{
    static const struct pattern_sign none;
    struct filling f = {
        .term = term, .times = n, .first = n ? signs : &none, .last = n ? &signs[n - 1] : &none
    };

    for (size_t i = 0; i < n; i++)
        f.total = money_add(f.total, signs[i].amount);
    return fill(rule->tells, &f, arena);
}

const char *pattern_item(const struct pattern_rule *rule, const struct pattern_sign *sign,
                         struct arena *arena)
{
    return fill(rule->item, &(struct filling){ .one = sign }, arena);
}
