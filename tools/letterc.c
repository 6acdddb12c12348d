/* letterc.c: letters in two languages, as a caseworker and a translator read them, to C.
 * Usage: letterc OUT.h OUT.c FILE.letter...      The format is described in doc/letters.md.
 *
 * Refused with file and line: a block without its Welsh, a placeholder that is not declared, a
 * declaration that is not used, and a tone that frightens (what is said first, capitals, a threat
 * before help, an amount typed by hand). */
#include "letterc.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/sha.h>

static int faults;
static const char *const type_words[TYPES] = { "text",  "words", "money", "date",
                                               "count", "flag",  "rows" };
static const char *const kind_words[KINDS] = { "title",       "amount",  "action",    "help",
                                               "consequence", "heading", "paragraph", "item",
                                               "table",       "column",  "total",     "if",
                                               "end" };
static const char *const language_words[LANGUAGES] = { "en", "cy" };

/* What every letter knows without declaring it: from its head. */
static const struct {
    const char *name, *code;
} standard[] = {
    { "telephone", "letter_say_text(b, b->head->office->telephone)" },
    { "web", "letter_say_text(b, b->head->office->web)" },
    { "owner", "letter_say_text(b, b->head->owner)" },
    { "reference", "letter_say_text(b, b->head->reference)" },
    { "sent", "letter_say_date(b, b->head->sent)" },
};
/* Not before the help in a letter: beginnings of words, in small letters. */
static const char *const threats[] = { "court",    "bailiff",    "prison",   "enforce",   "deduct",
                                       "passport", "disqual",    "sanction", "liability", "penalt",
                                       "llys",     "beili",      "carchar",  "gorfodi",   "didyn",
                                       "pasbort",  "anghymhwys", "cosb" };

__attribute__((format(printf, 3, 4))) static void fault(const struct template *t, int line,
                                                        const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fprintf(stderr, "%s:%d: ", t->file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    faults++;
}

static int word_index(const char *const *words, int n, const char *word)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(words[i], word)) return i;
    return -1;
}

/* Fields of a table's rows are found only with their rows; rows -1 looks among the letter's own. */
static int field_find(const struct template *t, const char *name, int rows)
{
    for (int i = 0; i < t->field_count; i++)
        if (t->fields[i].rows == rows && !strcmp(t->fields[i].name, name)) return i;
    return -1;
}

static int standard_find(const char *name)
{
    for (int i = 0; i < (int)(sizeof standard / sizeof *standard); i++)
        if (!strcmp(standard[i].name, name)) return i;
    return -1;
}

/* The field named, of a type; says what is wrong and gives -1 otherwise. */
static int field_use(struct template *t, int line, const char *name, int rows, enum type type)
{
    int i = field_find(t, name, rows);
    if (i < 0) {
        fault(t, line, "\"%s\" is not declared", name);
        return -1;
    }
    if (type != TYPES && t->fields[i].type != type) {
        fault(t, line, "\"%s\" must be declared as %s", name, type_words[type]);
        return -1;
    }
    t->fields[i].used = true;
    return i;
}

/* ---- reading ---- */

static void read_field(struct template *t, int line, enum type type, const char *rest,
                       bool indented)
{
    struct field *f = &t->fields[t->field_count];
    int n = 0, rows = -1;

    if (t->field_count == FIELDS) {
        fault(t, line, "too many declarations");
        return;
    }
    *f = (struct field){ .type = type, .line = line };
    if (sscanf(rest, "%63[a-z0-9_]%n", f->name, &n) != 1 || !islower((unsigned char)*f->name)) {
        fault(t, line, "a declaration needs a name in small letters");
        return;
    }
    for (int i = t->field_count - 1; indented && i >= 0 && rows < 0; i--)
        if (t->fields[i].type == ROWS) rows = i;
    if (indented && (rows < 0 || type == ROWS))
        fault(t, line, "only the fields of rows are indented");
    f->rows = rows;
    snprintf(f->note, sizeof f->note, "%s", rest + n + strspn(rest + n, " "));
    if (field_find(t, f->name, rows) >= 0 || (rows < 0 && standard_find(f->name) >= 0))
        fault(t, line,
              "\"%s\" is declared twice (telephone, web, owner, reference and sent always are)",
              f->name);
    t->field_count++;
}

static void read_sum(struct template *t, int line, const char *rest)
{
    char rows[NAME], field[NAME], total[NAME];

    if (sscanf(rest, "%63[a-z0-9_].%63[a-z0-9_] %63s", rows, field, total) != 3) {
        fault(t, line, "write: sum ROWS.FIELD TOTAL");
        return;
    }
    t->sum_rows  = field_use(t, line, rows, -1, ROWS);
    t->sum_field = t->sum_rows < 0 ? -1 : field_use(t, line, field, t->sum_rows, MONEY);
    t->sum_total = field_use(t, line, total, -1, MONEY);
    if (t->sum_field < 0 || t->sum_total < 0)
        t->sum_rows = -1;
    else /* adding up is not showing: the column and the total must still be used */
        t->fields[t->sum_field].used = t->fields[t->sum_total].used = false;
}

/* The lines at the top that are not declarations; false if this is none of them. */
static bool read_header(struct template *t, int line, const char *word, const char *rest)
{
    if (!strcmp(word, "letter"))
        snprintf(t->name, sizeof t->name, "%.63s", rest);
    else if (!strcmp(word, "rule"))
        snprintf(t->rule, sizeof t->rule, "%.63s", rest);
    else if (!strcmp(word, "demand"))
        t->demand = field_use(t, line, rest, -1, MONEY);
    else if (!strcmp(word, "sum"))
        read_sum(t, line, rest);
    else if (!strcmp(word, "welsh")) {
        t->has_welsh = !strcmp(rest, "unreviewed") || !strncmp(rest, "reviewed ", 9);
        snprintf(t->welsh, sizeof t->welsh, "%s", strcmp(rest, "unreviewed") ? rest : "");
    } else
        return false;
    return true;
}

static void read_block(struct template *t, int line, enum kind kind, const char *rest)
{
    struct block *b = &t->blocks[t->block_count];

    if (t->block_count == BLOCKS) {
        fault(t, line, "too many blocks");
        return;
    }
    *b         = (struct block){ .kind = kind, .line = line };
    b->negated = kind == IF && !strncmp(rest, "not ", 4);
    rest += b->negated ? 4 : 0;
    if (kind == AMOUNT && *rest == '{') rest++;
    sscanf(rest, "%63[a-z0-9_]", b->argument);
    bool wants = kind == AMOUNT || kind == TABLE || kind == COLUMN || kind == TOTAL || kind == IF;
    if (wants != (*b->argument != '\0'))
        fault(t, line, wants ? "%s needs a name" : "%s stands alone on its line", kind_words[kind]);
    t->block_count++;
}

/* `more`: the text goes on from the line before. */
static void read_text(struct template *t, int line, int language, const char *text, bool more)
{
    struct block *b = t->block_count ? &t->blocks[t->block_count - 1] : NULL;

    if (!b || b->kind == IF || b->kind == END || (more && !b->text[language])) {
        fault(t, line, "text that belongs to no block");
        return;
    }
    if (!more && b->text[language])
        fault(t, line, "a second \"%s\" in one block", language_words[language]);
    if (!more) b->text_line[language] = line;
    size_t have = more ? strlen(b->text[language]) : 0;
    char *grown = realloc(b->text[language], have + strlen(text) + 2);
    if (!grown) abort();
    snprintf(grown + have, strlen(text) + 2, "%s%s", more ? " " : "", text);
    b->text[language] = grown;
}

static void read_line(struct template *t, int line, char *s, int *language)
{
    char word[NAME] = "";
    bool indented   = *s == ' ' || *s == '\t';
    int n           = 0, which;

    for (char *end = s + strlen(s); end > s && isspace((unsigned char)end[-1]);)
        *--end = '\0';
    if (*s == '#') return;
    char *text = s + strspn(s, " \t");
    if (!*text) {
        *language = -1;
        return;
    }
    if (indented && *language >= 0) {
        read_text(t, line, *language, text, true);
        return;
    }
    sscanf(text, "%63s%n", word, &n);
    char *rest = text + n + strspn(text + n, " \t");
    if ((which = word_index(language_words, LANGUAGES, word)) >= 0) {
        read_text(t, line, which, rest, false);
        *language = which;
        return;
    }
    *language = -1;
    if ((which = word_index(type_words, TYPES, word)) >= 0)
        read_field(t, line, (enum type)which, rest, indented);
    else if ((which = word_index(kind_words, KINDS, word)) >= 0)
        read_block(t, line, (enum kind)which, rest);
    else if (!read_header(t, line, word, rest))
        fault(t, line, "\"%s\" is not a word of this format", word);
}

static void read_file(struct template *t)
{
    static char bytes[1 << 20];
    unsigned char hash[SHA256_DIGEST_LENGTH];
    FILE *f      = fopen(t->file, "rb");
    size_t n     = f ? fread(bytes, 1, sizeof bytes - 1, f) : 0;
    int language = -1, line = 0;

    if (f) fclose(f);
    if (n == 0 || n == sizeof bytes - 1) {
        fault(t, 0, "cannot be read, or is empty or too long");
        return;
    }
    bytes[n] = '\0';
    SHA256((unsigned char *)bytes, n, hash);
    for (size_t i = 0; i < sizeof hash; i++)
        snprintf(t->digest + 2 * i, 3, "%02x", hash[i]);
    for (char *s = bytes, *next; s && *s; s = next) {
        if ((next = strchr(s, '\n'))) *next++ = '\0';
        read_line(t, ++line, s, &language);
    }
}

/* ---- checking ---- */

/* The next {name} at or after s, or NULL; *end is set after it. */
static const char *placeholder(const char *s, char *name, const char **end)
{
    int n = 0;
    while ((s = strchr(s, '{'))) {
        if (sscanf(s, "{%63[a-z0-9_]}%n", name, &n) == 1 && n > 0) {
            *end = s + n;
            return s;
        }
        s++;
    }
    return NULL;
}

static int placeholder_count(const char *text, const char *wanted)
{
    char name[NAME];
    const char *end;
    int n = 0;
    for (const char *s = text; (s = placeholder(s, name, &end)); s = end)
        n += !strcmp(name, wanted);
    return n;
}

static void check_placeholders(struct template *t, const struct block *b, int language)
{
    char name[NAME];
    const char *end, *other = b->text[!language];

    for (const char *s = b->text[language]; (s = placeholder(s, name, &end)); s = end) {
        int i = field_find(t, name, -1);
        if (standard_find(name) < 0 && i < 0)
            fault(t, b->text_line[language], "{%s} is not declared", name);
        else if (i >= 0 && (t->fields[i].type == FLAG || t->fields[i].type == ROWS))
            fault(t, b->text_line[language], "{%s} cannot be printed", name);
        else if (i >= 0)
            t->fields[i].used = true;
        if (placeholder_count(other, name) != placeholder_count(b->text[language], name))
            fault(t, b->text_line[language], "{%s} is not said as often in the other language",
                  name);
    }
    for (const char *s = b->text[language]; (s = strpbrk(s, "{}")); s++) {
        if (*s == '{' && placeholder(s, name, &end) == s)
            s = end - 1;
        else
            fault(t, b->text_line[language], "a brace that is not part of a {name}");
    }
}

static void check_tone(const struct template *t, int line, const char *text)
{
    int capitals = 0;

    for (const char *s = text; *s; s++) {
        capitals = isupper((unsigned char)*s) ? capitals + 1 : 0;
        if (capitals == 5) fault(t, line, "a word in capitals shouts");
    }
    if (strstr(text, "£")) fault(t, line, "an amount typed by hand; amounts come from the data");
    if (strchr(text, '!')) fault(t, line, "an exclamation mark shouts");
}

static void check_threat(const struct template *t, int line, const char *text)
{
    char small[4096];
    int n = snprintf(small, sizeof small, " %s ", text);

    for (int i = 0; i < n && i < (int)sizeof small; i++)
        small[i] = (char)tolower((unsigned char)small[i]);
    for (size_t i = 0; i < sizeof threats / sizeof *threats; i++) {
        for (char *p = small + 1; (p = strstr(p, threats[i])); p++)
            if (!isalpha((unsigned char)p[-1]))
                fault(t, line, "\"%s...\" comes before the help: help first, consequences after",
                      threats[i]);
    }
}

#include "letterc_tone.h"

/* Both languages there, not the same words, sane placeholders and tone. */
static void check_text(struct template *t, const struct block *b, bool helped)
{
    for (int language = 0; language < LANGUAGES; language++)
        if (!b->text[language] || !*b->text[language]) {
            fault(t, b->line, "this %s has no %s text", kind_words[b->kind],
                  language ? "Welsh" : "English");
            return;
        }
    if (!strcmp(b->text[0], b->text[1]))
        fault(t, b->text_line[1], "the Welsh is the English again");
    for (int language = 0; language < LANGUAGES; language++) {
        check_placeholders(t, b, language);
        check_tone(t, b->text_line[language], b->text[language]);
        check_sentences(t, b->text_line[language], b->text[language]);
        if (!helped) check_threat(t, b->text_line[language], b->text[language]);
    }
}

/* The fields a block names by itself. */
static void check_argument(struct template *t, const struct block *b, int *rows)
{
    if (b->kind == AMOUNT || b->kind == TOTAL) field_use(t, b->line, b->argument, -1, MONEY);
    if (b->kind == TABLE) *rows = field_use(t, b->line, b->argument, -1, ROWS);
    if (b->kind == COLUMN && *rows < 0)
        fault(t, b->line, "a column outside a table");
    else if (b->kind == COLUMN)
        field_use(t, b->line, b->argument, *rows, TYPES);
    if (b->kind == IF) field_use(t, b->line, b->argument, -1, FLAG);
    if (b->kind != TABLE && b->kind != COLUMN) *rows = -1;
}

/* What comes first, one action, help before consequence, if and end in pairs. */
static void check_order(struct template *t)
{
    int seen[KINDS] = { 0 };
    bool inside = false, spoken = false;

    for (int i = 0; i < t->block_count; i++) {
        const struct block *b = &t->blocks[i];
        seen[b->kind]++;
        if ((b->kind == IF && inside) || (b->kind == END && !inside))
            fault(t, b->line, "if and end come in pairs, one pair at a time");
        inside = b->kind == IF || (inside && b->kind != END);
        if ((b->kind == TITLE) != (i == 0)) fault(t, b->line, "the title comes first, and once");
        if (i > 0 && !spoken && b->kind != IF && b->kind != AMOUNT && b->kind != ACTION)
            fault(t, b->line, "the amount, or what we ask, comes straight after the title");
        spoken |= i > 0 && b->kind != IF;
        if (b->kind == ACTION && seen[ACTION] > 1)
            fault(t, b->line, "a letter asks one thing: a second action");
        if (b->kind == CONSEQUENCE && !seen[HELP])
            fault(t, b->line, "help comes before consequences");
        if (b->kind == CONSEQUENCE && t->demand < 0)
            fault(t, b->line, "a letter with consequences must say \"demand FIELD\" at the top");
        if (b->kind == TOTAL && t->blocks[i - 1].kind != COLUMN)
            fault(t, b->line, "a total comes straight after the columns");
    }
    if (inside) fault(t, t->blocks[t->block_count - 1].line, "an if without its end");
    if (!seen[ACTION]) fault(t, 1, "the letter does not say what to do: no action");
}

static void check_template(struct template *t)
{
    const char *slash = strrchr(t->file, '/'), *base = slash ? slash + 1 : t->file;
    size_t n    = strlen(t->name);
    bool helped = false;
    int rows    = -1;

    if (n == 0 || strncmp(base, t->name, n) || strcmp(base + n, ".letter"))
        fault(t, 1, "\"letter NAME\" must be the name of the file");
    if (!*t->rule) fault(t, 1, "no \"rule\": every letter is sent under one");
    if (!t->has_welsh) fault(t, 1, "no \"welsh unreviewed\" or \"welsh reviewed NAME DATE\"");
    check_order(t);
    for (int i = 0; i < t->block_count; i++) {
        const struct block *b = &t->blocks[i];
        helped |= b->kind == HELP;
        check_argument(t, b, &rows);
        if (b->kind != IF && b->kind != END) check_text(t, b, helped);
    }
    check_reading(t);
    check_way_out(t);
    for (int i = 0; i < t->field_count; i++)
        if (!t->fields[i].used)
            fault(t, t->fields[i].line, "\"%s\" is declared but not used", t->fields[i].name);
}

#include "letterc_emit.h"

int main(int argc, char **argv)
{
    int n                      = argc - 3;
    struct template *templates = n > 0 ? calloc((size_t)n, sizeof *templates) : NULL;

    if (!templates) {
        fprintf(stderr, "usage: letterc OUT.h OUT.c FILE.letter...\n");
        return 2;
    }
    for (int i = 0; i < n; i++) {
        struct template *t = &templates[i];
        t->file            = argv[i + 3];
        t->demand = t->sum_rows = t->sum_field = t->sum_total = -1;
        read_file(t);
        check_template(t);
    }
    if (faults) {
        fprintf(stderr, "letterc: %d faults\n", faults);
        return 1;
    }
    return emit_header(argv[1], templates, n) && emit_source(argv[2], templates, n) ? 0 : 1;
}
