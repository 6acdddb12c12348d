/* letterc_tone.h: how a letter speaks: a part of tools/letterc.c.  The rules that are figures stand
 * here; doc/letters.md says them in words. */
#pragma once
#include "letterc.h"

enum {
    SENTENCE_WORDS = 30, /* at most, in either language */
    READING_AGE    = 9,  /* of the English as a whole, at most (automated readability index) */
    READING_WORDS  = 40  /* a shorter letter has no reading age */
};
/* Words by which a letter with bad news says how it can be challenged: one of them. */
static const char *const challenges[] = { "wrong", "disagree" };

/* What a letter's English comes to. */
struct reading {
    int words, letters, sentences;
};

static bool ends_sentence(const char *s)
{
    return (*s == '.' || *s == '?' || *s == ':') && (s[1] == ' ' || !s[1]);
}

/* Whether the words [from, to) say by which day: "by {day}" or "before {day}". */
static bool says_by_when(const struct template *t, const char *from, const char *to)
{
    for (const char *s = from; s < to; s++) {
        char name[NAME];
        if (sscanf(s, "by {%63[a-z_]}", name) != 1 && sscanf(s, "before {%63[a-z_]}", name) != 1)
            continue;
        int i = field_find(t, name, -1);
        if (i >= 0 && t->fields[i].type == DATE) return true;
    }
    return false;
}

static void check_sentence(const struct template *t, int line, const char *from, const char *to)
{
    int words = 0;

    for (const char *s = from; s < to; s++) {
        words += *s != ' ' && (s == from || s[-1] == ' ');
        bool begins = s == from || s[-1] == ' ';
        if (begins && !strncmp(s, "must", 4) && !isalpha((unsigned char)s[4]) &&
            !says_by_when(t, from, to))
            fault(t, line, "\"must\" without the day by which: say \"by {day}\"");
    }
    if (words > SENTENCE_WORDS)
        fault(t, line, "a sentence of %d words; at most %d", words, SENTENCE_WORDS);
}

static void check_sentences(const struct template *t, int line, const char *text)
{
    const char *from = text;

    for (const char *s = text; *s; s++)
        if (ends_sentence(s) || !s[1]) {
            while (*from == ' ')
                from++;
            check_sentence(t, line, from, s + 1);
            from = s + 1;
        }
}

static void read_aloud(struct reading *r, const char *text)
{
    bool inside = false, name = false;

    for (const char *s = text; *s; s++) {
        name = *s == '{' || (name && *s != '}');
        r->words += *s != ' ' && !inside;
        inside = *s != ' ';
        r->letters += !name && isalnum((unsigned char)*s);
        r->sentences += ends_sentence(s) || !s[1];
    }
}

/* The index is a school year; a child is five when the first begins. */
static void check_reading(const struct template *t)
{
    enum { PER_LETTER = 471, PER_WORD = 50, LESS = 2143, HUNDRED = 100, FIRST_YEAR = 5 };
    struct reading r = { 0 };

    for (int i = 0; i < t->block_count; i++)
        if ((t->blocks[i].kind == PARAGRAPH || t->blocks[i].kind == ITEM) && t->blocks[i].text[0])
            read_aloud(&r, t->blocks[i].text[0]);
    if (r.words < READING_WORDS) return;
    int age =
        (PER_LETTER * r.letters / r.words + PER_WORD * r.words / r.sentences - LESS) / HUNDRED +
        FIRST_YEAR;
    if (age > READING_AGE)
        fault(t, 1, "the English asks for a reader of %d years; at most %d", age, READING_AGE);
}

/* Bad news says whom to call and how to challenge it. */
static void check_way_out(const struct template *t)
{
    bool telephone = false, challenge = false;

    for (int i = 0; i < t->block_count; i++) {
        const char *text = t->blocks[i].text[0];
        if (!text) continue;
        telephone |= strstr(text, "{telephone}") != NULL;
        for (size_t k = 0; k < sizeof challenges / sizeof *challenges; k++)
            challenge |= strstr(text, challenges[k]) != NULL;
    }
    if (t->demand >= 0 && !telephone) fault(t, 1, "a letter with bad news says {telephone}");
    if (t->demand >= 0 && !challenge)
        fault(t, 1, "a letter with bad news says what to do if it is wrong");
}
