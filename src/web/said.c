/* said.c: the catalogue while the program runs.  Only Welsh pages ask it. */
#include "web/said.h"

#include "base/bug.h"
#include "law/law.h"
#include "ledger/entry_welsh.h"
#include "letter/document.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 12, NESTED = 5 };

struct slot {
    const char *name; /* "s", or the name in {name} */
    size_t name_length;
    const char *at; /* what fills it */
    size_t length;
};
struct filled {
    struct slot slots[SLOTS];
    int n;
    size_t literal; /* letters of the pattern itself that were found */
};

static const char *said_deep(struct arena *a, const char *english, int depth);

/* ---- patterns ---- */

/* Whether a slot begins at p: %s, %d, %lld, %2$s or {name}; its length, and its name. */
static size_t slot_at(const char *p, struct slot *slot)
{
    if (*p == '{') {
        size_t n = strcspn(p, "}");
        *slot    = (struct slot){ .name = p + 1, .name_length = n - 1 };
        return p[n] ? n + 1 : 0;
    }
    if (*p != '%') return 0;
    size_t n = 1 + strspn(p + 1, "0123456789$.*lz");
    if (p[n] != 's' && p[n] != 'd' && p[n] != 'u') return 0;
    *slot = (struct slot){ .name = strchr(p, '$') && strchr(p, '$') < p + n ? p + 1 : "" };
    slot->name_length = strspn(slot->name, "0123456789");
    return n + 1;
}

static bool has_slots(const char *pattern)
{
    struct slot slot;

    for (; *pattern; pattern++)
        if (slot_at(pattern, &slot)) return true;
    return false;
}

/* The length of the literal text at p, up to a slot or the end. */
static size_t literal_at(const char *p)
{
    struct slot slot;
    size_t n = 0;

    while (p[n] && !slot_at(p + n, &slot))
        n++;
    return n;
}

/* Whether `text` is the pattern filled in. */
static bool pattern_fits(const char *pattern, const char *text, struct filled *f)
{
    size_t n = literal_at(pattern);

    *f = (struct filled){ .literal = n };
    if (strncmp(text, pattern, n) != 0) return false;
    pattern += n, text += n;
    while (*pattern) {
        struct slot *slot = &f->slots[f->n];
        if (f->n == SLOTS) return false;
        pattern += slot_at(pattern, slot);
        n               = literal_at(pattern);
        const char *end = text + strlen(text);
        const char *to  = !n           ? (*pattern ? text : end)
                          : pattern[n] ? memmem(text, (size_t)(end - text), pattern, n)
                          : (size_t)(end - text) >= n ? end - n
                                                      : NULL;
        if (!to || strncmp(to, pattern, n) != 0) return false;
        slot->at     = text;
        slot->length = (size_t)(to - text);
        f->n++;
        f->literal += n;
        pattern += n, text = to + n;
    }
    return !*text;
}

static const struct slot *slot_find(const struct filled *f, const struct slot *wanted, int nth)
{
    bool numbered = wanted->name_length && isdigit((unsigned char)*wanted->name);
    int number    = numbered ? (int)strtol(wanted->name, NULL, 10) - 1 : nth;

    if (numbered || !wanted->name_length) return number < f->n ? &f->slots[number] : NULL;
    for (int i = 0; i < f->n; i++)
        if (f->slots[i].name_length == wanted->name_length &&
            !memcmp(f->slots[i].name, wanted->name, wanted->name_length))
            return &f->slots[i];
    return NULL;
}

static const char *pattern_fill(struct arena *a, const char *welsh, const struct filled *f,
                                int depth)
{
    struct out o = { .arena = a };
    struct slot wanted;
    int nth = 0;

    while (*welsh) {
        size_t n = literal_at(welsh);
        out_bytes(&o, welsh, n);
        welsh += n;
        if (!*welsh) break;
        welsh += slot_at(welsh, &wanted);
        const struct slot *slot = slot_find(f, &wanted, nth++);
        BUG_UNLESS(slot);
        out_text(&o, said_deep(a, arena_text(a, slot->at, slot->length), depth + 1));
    }
    return out_string(&o);
}

/* ---- lookup ---- */

static int compare(const void *english, const void *entry)
{
    return strcmp(english, ((const struct said_entry *)entry)->english);
}

/* "22 November 2026", "November 2026" or "22 November 2026, 10:30" in Welsh; NULL for anything
 * else. */
static const char *day_said(struct arena *a, const char *text)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    char word[16]                     = "", welsh[DATE_WORDS];
    int day = 1, year, end = 0;
    bool whole = sscanf(text, "%2d %15[A-Za-z] %4d%n", &day, word, &year, &end) == 3;

    if (!whole && sscanf(text, "%15[A-Za-z] %4d%n", word, &year, &end) != 2) return NULL;
    for (int m = 1; m <= 12; m++)
        if ((!text[end] || (text[end] == ',' && whole)) && !strcmp(months[m - 1], word) &&
            date_exists(year, m, whole ? day : 1)) {
            letter_date_words(date_make(year, m, whole ? day : 1), LETTER_WELSH, welsh);
            return arena_print(a, "%s%s", whole ? welsh : strchr(welsh, ' ') + 1, text + end);
        }
    return NULL;
}

/* A reason's sentence, alone or with its amount: "A payment was used for maintenance: £2.00." */
static const char *reason_said(struct arena *a, const char *english)
{
    const char *amount = strstr(english, ": £");

    for (int i = 0; i < REASON_COUNT; i++) {
        const char *own   = reason_sentence((enum reason)i),
                   *welsh = reason_sentence_welsh((enum reason)i);
        if (!strcmp(own, english)) return welsh;
        size_t n = strlen(own) - 1; /* without its full stop */
        if (welsh && amount && amount == english + n && !strncmp(own, english, n))
            return arena_print(a, "%.*s%s", (int)strlen(welsh) - 1, welsh, amount);
    }
    return NULL;
}

/* What is in both languages at its own place: the reasons of entries, and the rules of the law. */
static const char *elsewhere_said(struct arena *a, const char *english)
{
    const char *reason = reason_said(a, english);

    if (reason) return reason;
    for (int i = RULE_NONE + 1; i < RULES; i++)
        if (!strcmp(rule_table[i].english, english))
            return *rule_table[i].welsh ? rule_table[i].welsh : NULL;
    return NULL;
}

static const char *find_deep(struct arena *a, const char *english, int depth)
{
    const struct said_entry *exact =
        bsearch(english, said_table, (size_t)said_count, sizeof *said_table, compare);
    const struct said_entry *best = NULL;
    struct filled f, most = { .n = 0 };

    if (exact) return exact->welsh;
    const char *elsewhere = elsewhere_said(a, english);
    if (elsewhere) return elsewhere;
    if (depth == NESTED) return NULL;
    for (int32_t i = 0; i < said_count; i++) {
        const struct said_entry *e = &said_table[i];
        if (has_slots(e->english) && pattern_fits(e->english, english, &f) && f.n &&
            f.literal > most.literal)
            best = e, most = f;
    }
    return best ? pattern_fill(a, best->welsh, &most, depth) : day_said(a, english);
}

static const char *said_deep(struct arena *a, const char *english, int depth)
{
    const char *welsh = find_deep(a, english, depth);
    return welsh ? welsh : english;
}

/* A sentence that begins with a capital only because it stands first is found all the same. */
const char *said_find(struct arena *a, const char *english)
{
    const char *welsh = find_deep(a, english, 0);
    char *small       = arena_text(a, english, strlen(english)), *first;

    if (welsh || !isupper((unsigned char)*small)) return welsh;
    *small = (char)tolower((unsigned char)*small);
    if (!(welsh = find_deep(a, small, 0))) return NULL;
    first  = arena_text(a, welsh, strlen(welsh));
    *first = (char)toupper((unsigned char)*first);
    return first;
}

const char *said(struct arena *a, const char *english)
{
    const char *welsh = english ? said_find(a, english) : NULL;
    return welsh ? welsh : english;
}
