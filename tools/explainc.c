/* explainc: cuts the sentences of src/rule/explain_words.c, and their Welsh in the catalogue of the
 * pages, at their slots, so that saying one is copying pieces of known length.
 * Usage: explainc OUTPUT.c CATALOGUE.po
 *
 * A slot {basic_percent} becomes SLOT_BASIC_PERCENT of rule/explain_parts.h; one that is not there
 * stops the compiler.  A sentence, phrase or name without Welsh, or whose Welsh has not the same
 * slots, stops the build here.  That the catalogue is sound is for pagec to say. */
#include "rule/explain_words.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 400, LINE = 2000 };

static struct {
    char *english, *welsh;
} entries[ENTRIES];
static int entry_count, faults;
static const char *catalogue;

/* ---- the catalogue ---- */

/* The text between the quotes of a line, added to what there is. */
static char *quoted_add(char *have, const char *line)
{
    const char *from = strchr(line, '"');
    size_t n         = have ? strlen(have) : 0;
    char *text       = realloc(have, n + strlen(line) + 1);

    if (!text || !from) exit(2);
    for (from++; *from && *from != '"'; from++) {
        if (*from == '\\' && from[1]) from++;
        text[n++] = *from;
    }
    text[n] = '\0';
    return text;
}

static bool catalogue_read(void)
{
    FILE *f      = fopen(catalogue, "r");
    char **going = NULL; /* what a line that is only a text goes on */
    char line[LINE];

    if (!f) return false;
    while (fgets(line, sizeof line, f)) {
        if (!strncmp(line, "msgid ", 6)) {
            if (entry_count == ENTRIES) exit(2);
            going = &entries[entry_count++].english;
        } else if (!strncmp(line, "msgstr ", 7) && entry_count > 0)
            going = &entries[entry_count - 1].welsh;
        else if (*line != '"')
            going = NULL;
        if (going) *going = quoted_add(*going, line);
    }
    return fclose(f) == 0;
}

/* How often a slot, with its braces, is in a sentence. */
static int slot_count(const char *sentence, const char *slot, size_t length)
{
    int n = 0;

    for (; *sentence; sentence++)
        n += !strncmp(sentence, slot, length);
    return n;
}

/* Whether each slot of one is as often in the other. */
static bool slots_same(const char *one, const char *other)
{
    for (const char *open = one; (open = strchr(open, '{')); open++) {
        const char *close = strchr(open, '}');
        size_t length     = close ? (size_t)(close - open) + 1 : strlen(open);
        if (slot_count(one, open, length) != slot_count(other, open, length)) return false;
    }
    return true;
}

static const char *welsh_of(const char *english)
{
    if (!*english) return "";
    for (int i = 0; i < entry_count; i++) {
        const char *welsh = entries[i].welsh;
        if (!entries[i].english || strcmp(entries[i].english, english) != 0) continue;
        if (!welsh || !*welsh) break;
        if (slots_same(english, welsh) && slots_same(welsh, english)) return welsh;
        fprintf(stderr, "%s: not the same slots: msgid \"%s\"\n", catalogue, english);
        faults++;
        return "";
    }
    fprintf(stderr, "%s: no Welsh for a sentence of the explanation:\nmsgid \"%s\"\nmsgstr \"\"\n",
            catalogue, english);
    faults++;
    return "";
}

/* ---- the output ---- */

static void emit_text(FILE *f, const char *text, size_t n)
{
    fputc('"', f);
    for (size_t i = 0; i < n; i++)
        fprintf(f, text[i] == '"' || text[i] == '\\' ? "\\%c" : "%c", text[i]);
    fputc('"', f);
}

/* One piece of a sentence: n bytes as they are, then a slot ("" for none). */
static void emit_part(FILE *f, const char *text, size_t n, const char *slot, size_t slot_length)
{
    fputs("    { ", f);
    emit_text(f, text, n);
    fprintf(f, ", %zu, SLOT_", n);
    for (size_t i = 0; i < slot_length; i++)
        fputc(toupper((unsigned char)slot[i]), f);
    fputs(slot_length > 0 ? " },\n" : "NONE },\n", f);
}

static void emit_sentence(FILE *f, const char *language, int note, const char *sentence)
{
    fprintf(f, "static const struct explain_part %s_%d[] = {\n", language, note);
    for (const char *open; (open = strchr(sentence, '{'));) {
        const char *close = strchr(open, '}');
        if (!close) {
            fprintf(stderr, "explainc: no } after: %s\n", open);
            faults++;
            break;
        }
        emit_part(f, sentence, (size_t)(open - sentence), open + 1, (size_t)(close - open) - 1);
        sentence = close + 1;
    }
    emit_part(f, sentence, strlen(sentence), "", 0);
    fputs("};\n", f);
}

/* A phrase as what stands before and after its %d. */
static void emit_phrase(FILE *f, const char *phrase)
{
    const char *hole = strstr(phrase, "%d");
    size_t before    = hole ? (size_t)(hole - phrase) : strlen(phrase);
    const char *rest = hole ? hole + 2 : "";

    fputs("        { ", f);
    emit_text(f, phrase, before);
    fputs(", ", f);
    emit_text(f, rest, strlen(rest));
    fprintf(f, ", %zu, %zu },\n", before, strlen(rest));
}

static void emit_names(FILE *f, const char *member, const char *const *names, int n, bool welsh)
{
    fprintf(f, "      .%s = {\n", member);
    for (int i = 0; i < n; i++) {
        const char *text = welsh ? welsh_of(names[i]) : names[i];
        fputs("        ", f);
        emit_text(f, text, strlen(text));
        fputs(",\n", f);
    }
    fputs("      },\n", f);
}

static void emit_tongue(FILE *f, const char *language, bool welsh)
{
    fprintf(f, "    { .sentences = {\n");
    for (int note = 0; note < STEP_NOTES; note++)
        fprintf(f, "        { %s_%d, sizeof %s_%d / sizeof *%s_%d },\n", language, note, language,
                note, language, note);
    fputs("      },\n      .phrases = {\n", f);
    for (int i = 0; i < EXPLAIN_PHRASES; i++)
        emit_phrase(f, welsh ? welsh_of(explain_phrases[i]) : explain_phrases[i]);
    fputs("      },\n", f);
    emit_names(f, "circumstances", circumstance_sentences, CIRCUMSTANCES, welsh);
    emit_names(f, "benefits", benefit_sentences, BENEFITS, welsh);
    emit_names(f, "grounds", ground_sentences, GROUNDS, welsh);
    fputs("    },\n", f);
}

int main(int argc, char **argv)
{
    FILE *f = argc == 3 ? fopen(argv[1], "w") : NULL;

    if (!f) return fputs("usage: explainc OUTPUT.c CATALOGUE.po\n", stderr), 2;
    catalogue = argv[2];
    if (!catalogue_read()) return perror(catalogue), 2;
    fprintf(f,
            "/* Generated by tools/explainc from src/rule/explain_words.c and %s; edit those "
            "instead. */\n#include \"rule/explain_parts.h\"\n\n",
            catalogue);
    for (int note = 0; note < STEP_NOTES; note++) {
        emit_sentence(f, "english", note, explain_notes[note].sentence);
        emit_sentence(f, "welsh", note, welsh_of(explain_notes[note].sentence));
    }
    fputs("\nconst struct explain_tongue explain_tongues[EXPLAIN_LANGUAGES] = {\n", f);
    emit_tongue(f, "english", false);
    emit_tongue(f, "welsh", true);
    fputs("};\n", f);
    if (fclose(f) != 0) return 2;
    if (faults) remove(argv[1]);
    return faults ? 1 : 0;
}
