/* letterc_emit.h: the C that tools/letterc.c writes for a checked template. */
#pragma once

static const char *const type_code[TYPES] = {
    "const char *", "struct letter_words ", "money ", "date ", "int64_t ", "bool ", NULL
};
static const char *const type_say[TYPES] = {
    "text", "words", "money", "date", "count", NULL, NULL
};

static void emit_upper(FILE *f, const char *s)
{
    for (; *s; s++)
        fputc(toupper((unsigned char)*s), f);
}

static void emit_string(FILE *f, const char *s, size_t n)
{
    fputc('"', f);
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"' || s[i] == '\\') fputc('\\', f);
        fputc(s[i], f);
    }
    fputc('"', f);
}

static void emit_struct(FILE *f, const struct template *t)
{
    fprintf(f, "\n/* %s */\n", t->file);
    for (int i = 0; i < t->field_count; i++) {
        if (t->fields[i].type != ROWS) continue;
        fprintf(f, "struct letter_%s_%s {\n", t->name, t->fields[i].name);
        for (int k = 0; k < t->field_count; k++)
            if (t->fields[k].rows == i)
                fprintf(f, "    %s%s; /* %s */\n", type_code[t->fields[k].type], t->fields[k].name,
                        t->fields[k].note);
        fprintf(f, "};\n");
    }
    fprintf(f, "struct letter_%s {\n", t->name);
    for (int i = 0; i < t->field_count; i++) {
        const struct field *e = &t->fields[i];
        if (e->rows >= 0) continue;
        if (e->type == ROWS)
            fprintf(f, "    const struct letter_%s_%s *%s; /* %s */\n    size_t %s_count;\n",
                    t->name, e->name, e->name, e->note, e->name);
        else
            fprintf(f, "    %s%s; /* %s */\n", type_code[e->type], e->name, e->note);
    }
    fprintf(f,
            "};\nbool letter_%s(const struct letter_%s *data, const struct letter_head *head,\n"
            "    struct arena *arena, struct letter_document *result, struct fail *fail);\n",
            t->name, t->name);
}

static bool emit_header(const char *path, const struct template *templates, int n)
{
    FILE *f = fopen(path, "w");
    if (!f) return perror(path), false;
    fprintf(f, "/* letters.h: written by tools/letterc from letter/NAME.letter; do not change. */\n"
               "#pragma once\n#include \"letter/document.h\"\n\n#include <stdint.h>\n\n"
               "enum letter_name {\n");
    for (int i = 0; i < n; i++) {
        fprintf(f, "    LETTER_");
        emit_upper(f, templates[i].name);
        fprintf(f, ",\n");
    }
    fprintf(
        f,
        "    LETTER_NAMES\n};\n"
        "extern const struct letter_template letter_templates[LETTER_NAMES];\n\n"
        "/* Each letter: its data, and the function that makes its document in the language of\n"
        " * the head.  False with a refusal if the head is incomplete, the lines do not add up,\n"
        " * or a demand has no clearance for exactly its figure.  The data is copied; the head is "
        "kept. */\n");
    for (int i = 0; i < n; i++)
        emit_struct(f, &templates[i]);
    return fclose(f) == 0;
}

/* A text with its placeholders, said piece by piece. */
static void emit_say(FILE *f, const struct template *t, const char *text)
{
    char name[NAME];
    const char *end, *s;

    while ((s = placeholder(text, name, &end))) {
        if (s > text) {
            fprintf(f, "    letter_say(b, ");
            emit_string(f, text, (size_t)(s - text));
            fprintf(f, ");\n");
        }
        int i = standard_find(name);
        if (i >= 0)
            fprintf(f, "    %s;\n", standard[i].code);
        else
            fprintf(f, "    letter_say_%s(b, d->%s);\n",
                    type_say[t->fields[field_find(t, name, -1)].type], name);
        text = end;
    }
    if (*text) {
        fprintf(f, "    letter_say(b, ");
        emit_string(f, text, strlen(text));
        fprintf(f, ");\n");
    }
}

/* The table's columns are said; now its rows, from the columns that follow block `at`. */
static void emit_rows(FILE *f, const struct template *t, int at)
{
    const char *rows_name = t->blocks[at].argument;
    int rows              = field_find(t, rows_name, -1);

    fprintf(f, "    for (size_t i = 0; i < d->%s_count; i++) {\n", rows_name);
    for (int k = at + 1; k < t->block_count && t->blocks[k].kind == COLUMN; k++) {
        const char *name = t->blocks[k].argument;
        fprintf(f, "        letter_say_%s(b, d->%s[i].%s);\n        letter_cell(b);\n",
                type_say[t->fields[field_find(t, name, rows)].type], rows_name, name);
    }
    fprintf(f, "    }\n");
}

static void emit_total(FILE *f, const struct template *t, int at, int language)
{
    int columns = 0;
    for (int k = at - 1; t->blocks[k].kind == COLUMN; k--)
        columns++;
    fprintf(f, "    letter_total(b);\n");
    emit_say(f, t, t->blocks[at].text[language]);
    for (int k = 0; k < columns - 1; k++)
        fprintf(f, "    letter_cell(b);\n");
    fprintf(f, "    letter_say_money(b, d->%s);\n    letter_cell(b);\n", t->blocks[at].argument);
}

static void emit_column(FILE *f, const struct template *t, int at, int language)
{
    int table = at;
    while (t->blocks[table].kind == COLUMN)
        table--;
    int rows       = field_find(t, t->blocks[table].argument, -1);
    enum type type = t->fields[field_find(t, t->blocks[at].argument, rows)].type;
    emit_say(f, t, t->blocks[at].text[language]);
    fprintf(f, "    letter_column(b, %s);\n", type == MONEY || type == COUNT ? "true" : "false");
    if (at + 1 == t->block_count || t->blocks[at + 1].kind != COLUMN) emit_rows(f, t, table);
}

static void emit_block(FILE *f, const struct template *t, int at, int language)
{
    static const char *const opens[KINDS] = {
        [AMOUNT] = "AMOUNT",       [ACTION] = "HEADING",  [HELP] = "HEADING",
        [CONSEQUENCE] = "HEADING", [HEADING] = "HEADING", [PARAGRAPH] = "PARAGRAPH",
        [ITEM] = "LIST",           [TABLE] = "TABLE"
    };
    const struct block *b = &t->blocks[at];

    if (b->kind == IF) {
        fprintf(f, "    if (%sd->%s) {\n", b->negated ? "!" : "", b->argument);
        return;
    }
    if (b->kind == END) {
        fprintf(f, "    }\n");
        return;
    }
    if (b->kind == COLUMN) {
        emit_column(f, t, at, language);
        return;
    }
    if (b->kind == TOTAL) {
        emit_total(f, t, at, language);
        return;
    }
    if (opens[b->kind]) fprintf(f, "    letter_open(b, LETTER_%s);\n", opens[b->kind]);
    if (b->kind == AMOUNT)
        fprintf(f, "    letter_say_money(b, d->%s);\n    letter_figure(b);\n", b->argument);
    emit_say(f, t, b->text[language]);
    fprintf(f, "    letter_%s(b);\n",
            b->kind == TITLE  ? "title"
            : b->kind == ITEM ? "cell"
                              : "text");
}

static void emit_letter(FILE *f, const struct template *t)
{
    for (int language = 0; language < LANGUAGES; language++) {
        fprintf(f,
                "\nstatic void %s_%s(struct letter_builder *b, const struct letter_%s *d)\n{\n"
                "    (void)d;\n",
                t->name, language_words[language], t->name);
        for (int i = 0; i < t->block_count; i++)
            emit_block(f, t, i, language);
        fprintf(f, "}\n");
    }
    fprintf(f,
            "\nbool letter_%s(const struct letter_%s *data, const struct letter_head *head,\n"
            "    struct arena *arena, struct letter_document *result, struct fail *fail)\n{\n"
            "    struct letter_builder builder;\n\n"
            "    if (!letter_head_check(head, fail))\n        return false;\n",
            t->name, t->name);
    if (t->sum_rows >= 0) {
        const char *rows = t->fields[t->sum_rows].name, *field = t->fields[t->sum_field].name;
        fprintf(f,
                "    money sum = MONEY_NONE;\n"
                "    for (size_t i = 0; i < data->%s_count; i++)\n"
                "        sum = money_add(sum, data->%s[i].%s);\n"
                "    if (!letter_adds_up(sum, data->%s, \"%s\", fail))\n        return false;\n",
                rows, rows, field, t->fields[t->sum_total].name, rows);
    }
    if (t->demand >= 0)
        fprintf(f, "    if (!letter_cleared(head, data->%s, fail))\n        return false;\n",
                t->fields[t->demand].name);
    fprintf(f, "    letter_start(&builder, &letter_templates[LETTER_");
    emit_upper(f, t->name);
    fprintf(f,
            "], head, arena, result);\n"
            "    if (head->language == LETTER_WELSH)\n        %s_cy(&builder, data);\n"
            "    else\n        %s_en(&builder, data);\n    return true;\n}\n",
            t->name, t->name);
}

static bool emit_source(const char *path, const struct template *templates, int n)
{
    FILE *f = fopen(path, "w");
    if (!f) return perror(path), false;
    fprintf(f, "/* letters.c: written by tools/letterc from letter/NAME.letter; do not change. */\n"
               "#include \"letters.h\"\n\n#include \"letter/build.h\"\n\n"
               "const struct letter_template letter_templates[LETTER_NAMES] = {\n");
    for (int i = 0; i < n; i++) {
        const struct template *t = &templates[i];
        fprintf(f, "    [LETTER_");
        emit_upper(f, t->name);
        fprintf(f, "] = { \"%s\", \"%s\",\n        \"%s\",\n        ", t->name, t->rule, t->digest);
        if (*t->welsh)
            emit_string(f, t->welsh, strlen(t->welsh));
        else
            fprintf(f, "NULL");
        fprintf(f, ", %s },\n", t->demand >= 0 ? "true" : "false");
    }
    fprintf(f, "};\n");
    for (int i = 0; i < n; i++)
        emit_letter(f, &templates[i]);
    return fclose(f) == 0;
}
