/* hearc: words of danger, as a C table.  Usage: hearc OUTPUT_DIR LIST FLOW
 *
 * Reads law/safety/words.txt (its head says what a field means), refuses with file and line what is
 * not whole, and writes hear_data.c.  FLOW says which risks there are: the values of an input
 * "risk". */
#include "kindc.h"

enum { PHRASES_MOST = 60, PHRASE_MOST = 80, RISKS_MOST = 16 };
enum field { TITLE, RISK, SINGLE, EN = SINGLE, CY, NAMES };
static const char *const field_names[] = { "title", "risk", "en", "cy" };

struct phrases {
    char text[PHRASES_MOST][PHRASE_MOST];
    int n, of[NAMES];
};
static struct phrases phrases[KINDS_MOST];
static char risks[RISKS_MOST][40];
static int risk_count;

/* --- reading --- */

static bool line_none(const char *text)
{
    (void)text;
    return false;
}

/* A word: small letters and digits, at its end perhaps ~; or .. between two words. */
static bool word_fits(const char *at, size_t n, bool edge)
{
    size_t plain = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789");

    if (n == 2 && !strncmp(at, "..", 2)) return !edge;
    return n > 0 && (plain >= n || (plain == n - 1 && plain > 0 && at[plain] == '~'));
}

static bool phrase_fits(const char *text)
{
    for (const char *at = text;;) {
        size_t n = strcspn(at, " ");
        if (!word_fits(at, n, at == text || !at[n])) return false;
        if (!at[n]) return true;
        at += n + 1;
    }
}

static void phrase_read(struct kind *k, int field, const char *text)
{
    struct phrases *p = &phrases[k - kinds];

    if (p->n == PHRASES_MOST || strlen(text) >= PHRASE_MOST)
        fault(line_now, "at most %d phrases of %d letters", PHRASES_MOST, PHRASE_MOST - 1);
    else if (!phrase_fits(text))
        fault(line_now, "a phrase is words of small letters without apostrophes or accents, parted "
                        "by one space, with ~ at a word's end or .. between two");
    else {
        snprintf(p->text[p->n++], PHRASE_MOST, "%s", text);
        p->of[field]++;
    }
}

/* The values of "input risk ..." in a file of tables. */
static bool risks_read(const char *file)
{
    char text[LINE_MOST], word[40];
    FILE *from = fopen(file, "r");
    int n;

    if (!from) return perror(file), false;
    while (!risk_count && fgets(text, sizeof text, from)) {
        const char *at = text;
        if (sscanf(at, " input %39s%n", word, &n) != 1 || strcmp(word, "risk") != 0) continue;
        for (at += n; risk_count < RISKS_MOST && sscanf(at, " %39s%n", word, &n) == 1; at += n)
            snprintf(risks[risk_count++], sizeof *risks, "%s", word);
    }
    fclose(from);
    return true;
}

/* --- checking --- */

static void kind_check(const struct kind *k)
{
    const struct phrases *p = &phrases[k - kinds];
    bool is_risk            = false;

    for (int f = 0; f < SINGLE; f++)
        if (!k->given[f]) fault(k->at, "%s has no %s", k->name, field_names[f]);
    for (int f = SINGLE; f < NAMES; f++)
        if (!p->of[f]) fault(k->at, "%s hears nothing in one of the languages", k->name);
    for (int i = 0; i < risk_count; i++)
        is_risk |= !strcmp(risks[i], k->text[RISK]);
    if (k->given[RISK] && !is_risk)
        fault(k->line[RISK], "there is no risk \"%s\" in the table", k->text[RISK]);
    for (int i = 0; i < p->n; i++)
        for (int j = 0; j < i; j++)
            if (!strcmp(p->text[i], p->text[j]))
                fault(k->at, "%s hears \"%s\" twice", k->name, p->text[i]);
}

/* --- writing --- */

static void tables_write(FILE *to)
{
    fputs("/* made by hearc */\n#include \"flow/hear.h\"\n\n", to);
    for (int i = 0; i < kind_count; i++) {
        fprintf(to, "static const char *const phrases_%s[] = {\n", kinds[i].name);
        for (int p = 0; p < phrases[i].n; p++) {
            fputs("    ", to);
            put_text(to, phrases[i].text[p]);
            fputs(",\n", to);
        }
        fputs("};\n", to);
    }
    fputs("const struct hear_rule hear_rules[] = {\n", to);
    for (int i = 0; i < kind_count; i++) {
        fprintf(to, "    { \"%s\", ", kinds[i].name);
        put_text(to, kinds[i].text[TITLE]);
        fputs(", ALERT_DOES_RISK_", to);
        put_upper(to, kinds[i].text[RISK]);
        fprintf(to, ", phrases_%s, %d },\n", kinds[i].name, phrases[i].n);
    }
    fprintf(to, "};\nconst int32_t hear_rule_count = %d;\n", kind_count);
}

int main(int argc, char **argv)
{
    static const struct list_form form = { .word    = "heard",
                                           .fields  = field_names,
                                           .names   = NAMES,
                                           .single  = SINGLE,
                                           .several = phrase_read,
                                           .line    = line_none,
                                           .lines   = "heard" };

    if (argc != 4) return fputs("usage: hearc OUTPUT_DIR LIST FLOW\n", stderr), 2;
    if (!risks_read(argv[3]) || !list_open(&form, argv + 2, 1)) return 2;
    if (!kind_count) fault(line_now, "there are no words in the list");
    for (int i = 0; i < kind_count; i++)
        kind_check(&kinds[i]);
    if (faults) return 1;
    return output_write(argv[1], "hear_data.c", tables_write) ? 0 : 2;
}
