/* changec: what a parent can tell us has changed, as C tables.  Usage: changec OUTPUT_DIR LIST
 * LAW...
 *
 * Reads law/change/changes.txt (its head says what a field means), refuses with file and line what
 * is not whole, and writes change_data.c.  LAW files say which rules there are.  That facts and
 * their words are those of src/flow/fact_kind.c is tests/unit/test_flow_change_kind.c's. */
#include "kindc.h"

enum { GROUPS_MOST = 10, CHOICES_MOST = 8, DAYS_MOST = 1000 };
enum field {
    TITLE,
    WHO,
    ABOUT,
    FACT,
    EVIDENCE,
    TOLD,
    NEXT,
    RULE,
    MUST, /* those before this one must be there */
    ENDS = MUST,
    KEEPS,
    STRAIGHT,
    ALONE,
    ASK,
    HINT,
    WHEN,
    DUTY,
    PREVIEW,
    FIELDS,
    CHOICE = FIELDS /* several */
};
static const char *const field_names[] = {
    "title", "who",      "about", "fact", "evidence", "told", "next", "rule",    "ends",
    "keeps", "straight", "alone", "ask",  "hint",     "when", "duty", "preview", "choice"
};
static const char *const parents[] = { "receiving_parent", "paying_parent" };
static const char *const abouts[]  = { "self", "payer", "child", "arrangement", "case" };
enum {
    NAMES   = sizeof field_names / sizeof *field_names,
    PARENTS = sizeof parents / sizeof *parents,
    ABOUTS  = sizeof abouts / sizeof *abouts
};

struct group {
    char title[100];
    int first; /* of its kinds */
};
struct choices {
    char word[CHOICES_MOST][40], text[CHOICES_MOST][200];
    int n;
};
static struct group groups[GROUPS_MOST];
static struct choices choices[KINDS_MOST];
static int group_count;

/* --- reading --- */

static bool group_read(const char *text)
{
    if (strncmp(text, "group ", 6) != 0) return false;
    if (group_count == GROUPS_MOST) return fault(line_now, "at most %d groups", GROUPS_MOST), true;
    struct group *g = &groups[group_count++];
    g->first        = kind_count;
    snprintf(g->title, sizeof g->title, "%s", text + 6);
    return true;
}

static void choice_read(struct kind *k, int field, const char *text)
{
    struct choices *c = &choices[k - kinds];

    (void)field;
    if (c->n == CHOICES_MOST)
        fault(line_now, "at most %d choices", CHOICES_MOST);
    else if (sscanf(text, "%39s %199[^\n]", c->word[c->n], c->text[c->n]) != 2)
        fault(line_now, "choice is: WORD what a parent reads");
    else
        c->n++;
}

/* --- checking --- */

static bool is_yes(const struct kind *k, enum field f)
{
    return k->given[f] && !strcmp(k->text[f], "yes");
}

static bool is_none(const struct kind *k, enum field f)
{
    return !k->given[f] || !strcmp(k->text[f], "-");
}

static int word_find(const char *const *words, int n, const char *word)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(words[i], word)) return i;
    return -1;
}

/* The parents a field names, as bits; what follows them goes to `rest`. */
static unsigned parents_of(const struct kind *k, enum field f, const char **rest)
{
    const char *at = k->text[f];
    unsigned bits  = 0;
    char word[40];
    int n;

    for (; sscanf(at, " %39s%n", word, &n) == 1; at += n) {
        int i = word_find(parents, PARENTS, word);
        if (i < 0) break;
        bits |= 1u << i;
    }
    *rest = at + strspn(at, " ");
    return bits;
}

static void parents_check(const struct kind *k, enum field f)
{
    const char *rest;

    if (!k->given[f]) return;
    if (!parents_of(k, f, &rest) || *rest)
        fault(k->line[f], "%s is receiving_parent, paying_parent or both", field_names[f]);
}

static void duty_check(const struct kind *k)
{
    const char *rest;

    if (!k->given[DUTY]) return;
    unsigned bits = parents_of(k, DUTY, &rest);
    int days      = atoi(rest);
    if (!bits || days < 1 || days > DAYS_MOST || rest[strspn(rest, "0123456789")])
        fault(k->line[DUTY], "duty is: receiving_parent or paying_parent or both, and days");
}

static void kind_check(const struct kind *k)
{
    static const enum field yes[] = { ENDS, STRAIGHT, ALONE };

    for (int f = 0; f < MUST; f++)
        if (!k->given[f]) fault(k->at, "change %s has no %s", k->name, field_names[f]);
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (k->given[yes[i]] && !is_yes(k, yes[i]))
            fault(k->line[yes[i]], "%s is yes, or left out", field_names[yes[i]]);
    if (k->given[RULE] && !rule_is(k->text[RULE]))
        fault(k->line[RULE], "there is no rule %s in law/", k->text[RULE]);
    if (k->given[ABOUT] && word_find(abouts, ABOUTS, k->text[ABOUT]) < 0)
        fault(k->line[ABOUT], "nothing is about \"%s\"", k->text[ABOUT]);
    parents_check(k, WHO);
    parents_check(k, PREVIEW);
    duty_check(k);
    if (is_yes(k, STRAIGHT) && is_none(k, FACT))
        fault(k->line[STRAIGHT], "what goes straight through becomes a fact");
    if (is_yes(k, STRAIGHT) && (k->given[KEEPS] || k->given[PREVIEW]))
        fault(k->line[STRAIGHT], "what goes straight through waits for nobody");
    if (is_yes(k, ENDS) && (k->given[ASK] || is_none(k, FACT)))
        fault(k->line[ENDS], "what ends is a fact, and no value is asked for");
    if (k->given[KEEPS] && !k->given[ASK]) fault(k->line[KEEPS], "there is nothing to keep");
    if (k->given[HINT] && !k->given[ASK]) fault(k->line[HINT], "a hint without a question");
    if (choices[k - kinds].n && !k->given[ASK])
        fault(k->at, "change %s: choices of what?", k->name);
    if (!group_count || groups[0].first > k - kinds) fault(k->at, "a change stands under a group");
}

/* --- writing --- */

/* A sentence that parents read: its Welsh is in page/welsh. */
static void put_said(FILE *to, const char *text)
{
    fputs("SAY(", to);
    put_text(to, text);
    fputc(')', to);
}

static void put_field(FILE *to, const struct kind *k, enum field f)
{
    bool word = f == RULE || f == FACT || f == KEEPS;

    (word ? put_text : put_said)(to, is_none(k, f) ? "" : k->text[f]);
    fputs(", ", to);
}

static void kind_write(FILE *to, const struct kind *k)
{
    static const enum field texts[] = { TITLE, RULE, FACT,     KEEPS, ASK,
                                        HINT,  WHEN, EVIDENCE, TOLD,  NEXT };
    const char *rest                = "";
    unsigned who                    = parents_of(k, WHO, &rest);
    unsigned preview                = parents_of(k, PREVIEW, &rest);
    unsigned duty                   = parents_of(k, DUTY, &rest);

    fputs("    { ", to);
    put_text(to, k->name);
    fputs(", ", to);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_field(to, k, texts[i]);
    fputs("CHANGE_ABOUT_", to);
    put_upper(to, k->text[ABOUT]);
    fprintf(to, ", %uu, %uu, %uu, %d, %s, %s, %s, choices_%s, %d },\n", who, preview, duty,
            atoi(rest), is_yes(k, ENDS) ? "true" : "false", is_yes(k, STRAIGHT) ? "true" : "false",
            is_yes(k, ALONE) ? "true" : "false", k->name, choices[k - kinds].n);
}

static void tables_write(FILE *to)
{
    fputs("/* made by changec */\n#include \"base/say.h\"\n#include \"flow/change_kind.h\"\n\n",
          to);
    for (int i = 0; i < kind_count; i++) {
        fprintf(to, "static const struct change_choice choices_%s[] = {\n", kinds[i].name);
        for (int c = 0; c < choices[i].n; c++) {
            fputs("    { ", to);
            put_text(to, choices[i].word[c]);
            fputs(", ", to);
            put_said(to, choices[i].text[c]);
            fputs(" },\n", to);
        }
        fputs("    { \"\", \"\" }\n};\n", to);
    }
    fputs("const struct change_kind_entry change_kind_table[] = {\n", to);
    for (int i = 0; i < kind_count; i++)
        kind_write(to, &kinds[i]);
    fprintf(to, "};\nconst int32_t change_kind_count = %d;\n", kind_count);
    fputs("const struct change_group change_group_table[] = {\n", to);
    for (int i = 0; i < group_count; i++) {
        fputs("    { ", to);
        put_said(to, groups[i].title);
        fprintf(to, ", %d, %d },\n", groups[i].first,
                i + 1 < group_count ? groups[i + 1].first : kind_count);
    }
    fprintf(to, "};\nconst int32_t change_group_count = %d;\n", group_count);
}

int main(int argc, char **argv)
{
    static const struct list_form form = { .word    = "change",
                                           .fields  = field_names,
                                           .names   = NAMES,
                                           .single  = FIELDS,
                                           .several = choice_read,
                                           .line    = group_read,
                                           .lines   = "change, group" };

    if (argc < 4) return fputs("usage: changec OUTPUT_DIR LIST LAW...\n", stderr), 2;
    if (!list_open(&form, argv + 2, argc - 2)) return 2;
    if (!kind_count) fault(line_now, "there is no change in the list");
    for (int i = 0; i < kind_count; i++)
        kind_check(&kinds[i]);
    if (faults) return 1;
    return output_write(argv[1], "change_data.c", tables_write) ? 0 : 2;
}
