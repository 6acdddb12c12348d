/* sqlc_input.h: reading the files of sql/: schema statements, statement headers, columns, plain SQL
 * text. */
#pragma once
#include <ctype.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 64, COLUMNS = 64, STATEMENTS = 2048, TABLES = 256, COMMENT = 256 };

enum verb { VERB_DO, VERB_ONE, VERB_MANY, VERB_EACH, VERB_HASH, VERBS };
enum type {
    TYPE_INT,
    TYPE_DATE,
    TYPE_MONEY,
    TYPE_BOOL,
    TYPE_TEXT,
    TYPE_BLOB,
    TYPE_INTS,
    TYPE_TEXTS,
    TYPES
};

static const char *const verb_names[VERBS] = { "do", "one", "many", "each", "hash" };
static const char *const type_names[TYPES] = { "int",  "date", "money", "bool",
                                               "text", "blob", "ints",  "texts" };

struct column {
    char name[NAME];
    enum type type;
    bool nullable, used;
    char zipped_with[NAME]; /* the list this list is zipped with, in `IN (:first, :this)` */
};

struct names {
    char at[COLUMNS][NAME];
    int count;
};

/* A plain INSERT or UPDATE: which parameter becomes which column. */
struct writing {
    char table[NAME];
    struct names columns, parameters;
    int sets; /* of an UPDATE: the first of them are SET, the others the WHERE */
    bool is_insert;
};

struct columns {
    struct column *at;
    int count;
};

struct statement {
    const char *file;
    int line, sql_line; /* of the header, of the first line of SQL */
    char name[NAME], comment[COMMENT];
    enum verb verb;
    struct columns in, out;
    int result_count;     /* columns the SQL gives; `hash` need not declare them */
    struct names results; /* their names */
    bool is_across, is_bulk, writes, has_writing;
    struct writing writing;
    char of[NAME], first[NAME], row[NAME];
    struct statement *of_statement, *first_statement;
    char in_struct[2 * NAME + 8]; /* what its parameters are a struct of */
    char *sql, *lite;             /* as written; as SQLite takes it */
};

struct piece { /* a statement of the schema */
    char *text;
    int line;
};

static struct statement statements[STATEMENTS];
static int statement_count;
static struct piece pieces[TABLES * 4];
static int piece_count, schema_version = 1;
static int faults;

__attribute__((format(printf, 3, 4))) static void fault(const char *file, int line,
                                                        const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    faults++;
}

static void *grown(void *old, size_t size)
{
    void *p = realloc(old, size);

    if (!p) {
        fprintf(stderr, "sqlc: out of memory\n");
        exit(2);
    }
    return p;
}

static void append(char **text, const char *more)
{
    size_t have = *text ? strlen(*text) : 0;

    *text = grown(*text, have + strlen(more) + 1);
    memcpy(*text + have, more, strlen(more) + 1);
}

/* The end of the comment or quoted text that begins at s; s itself if none does. */
static const char *skip_special(const char *s)
{
    if (s[0] == '-' && s[1] == '-') return s + strcspn(s, "\n");
    if (s[0] == '/' && s[1] == '*') {
        const char *end = strstr(s + 2, "*/");
        return end ? end + 2 : s + strlen(s);
    }
    if (*s == '\'' || *s == '"') {
        const char *end = strchr(s + 1, *s);
        return end ? end + 1 : s + strlen(s);
    }
    return s;
}

/* The SQL without comments, runs of white space as one blank, no ';' at the end. */
static char *plain_sql(const char *sql)
{
    char *text = grown(NULL, strlen(sql) + 2), *to = text;

    for (const char *s = sql; *s;) {
        const char *end = skip_special(s);
        bool is_gap     = isspace((unsigned char)*s) || *s == '-' || *s == '/';
        if (end != s && (*s == '\'' || *s == '"')) {
            while (s < end)
                *to++ = *s++;
        } else if (is_gap && (end != s || isspace((unsigned char)*s))) {
            if (to > text && to[-1] != ' ') *to++ = ' ';
            s = end != s ? end : s + 1;
        } else {
            *to++ = *s++;
        }
    }
    while (to > text && (to[-1] == ' ' || to[-1] == ';'))
        to--;
    *to = '\0';
    return text;
}

static bool is_blank(const char *s)
{
    return s[strspn(s, " \t\r\n")] == '\0';
}

static bool is_name(const char *s)
{
    return islower((unsigned char)*s) && strlen(s) < NAME &&
           s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static int name_index(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], name)) return i;
    return -1;
}

static FILE *open_input(const char *file)
{
    FILE *f = fopen(file, "r");

    if (!f) {
        fprintf(stderr, "%s: %s\n", file, strerror(errno));
        exit(2);
    }
    return f;
}

/* `-- name: verb`: exactly two words. */
static bool read_header(const char *line, char name[NAME], char verb[NAME])
{
    char rest[2];

    if (sscanf(line, "-- %63[^: \n]: %63s %1s", name, verb, rest) != 2) return false;
    return is_name(name) && is_name(verb);
}

static bool find_column(const struct columns *list, const char *name, int *index)
{
    for (int i = 0; i < list->count; i++)
        if (!strcmp(list->at[i].name, name)) {
            *index = i;
            return true;
        }
    return false;
}

/* name:type or name:type? */
static void read_column(const struct statement *st, int line, struct columns *list,
                        const char *word)
{
    static const char *const keywords[] = {
        "auto",     "break",  "case",   "char",     "const",    "continue", "default",  "do",
        "double",   "else",   "enum",   "extern",   "float",    "for",      "goto",     "if",
        "inline",   "int",    "long",   "register", "restrict", "return",   "short",    "signed",
        "sizeof",   "static", "struct", "switch",   "typedef",  "union",    "unsigned", "void",
        "volatile", "while",  "bool",   "true",     "false",    "date",     "money"
    };
    char name[NAME] = "", type[NAME] = "";
    struct column c = { .used = false };
    int at;

    if (sscanf(word, "%63[^:]:%63s", name, type) != 2 || !is_name(name)) {
        fault(st->file, line, "%s: a column is written name:type, not %s", st->name, word);
        return;
    }
    size_t n = strlen(type);
    if (type[n - 1] == '?') {
        c.nullable  = true;
        type[n - 1] = '\0';
    }
    int index = name_index(type_names, TYPES, type);
    if (index < 0) {
        fault(st->file, line,
              "%s: %s has no type %s; there are int, date, money, bool, text, blob, ints, texts",
              st->name, name, type);
        return;
    }
    if (name_index(keywords, sizeof keywords / sizeof *keywords, name) >= 0 &&
        strcmp(name, "date") && strcmp(name, "money")) {
        fault(st->file, line, "%s: %s means something in C; choose another name", st->name, name);
        return;
    }
    if (find_column(list, name, &at)) {
        fault(st->file, line, "%s: %s is declared twice", st->name, name);
        return;
    }
    if ((index == TYPE_INTS || index == TYPE_TEXTS) && (c.nullable || list != &st->in)) {
        fault(st->file, line, "%s: a list (%s) is given with `in`, and is never NULL", st->name,
              name);
        return;
    }
    if (list->count == COLUMNS) {
        fault(st->file, line, "%s: more than %d columns", st->name, COLUMNS);
        return;
    }
    c.type = (enum type)index;
    snprintf(c.name, sizeof c.name, "%s", name);
    list->at                = grown(list->at, sizeof c * (size_t)(list->count + 1));
    list->at[list->count++] = c;
}

static void read_columns(const struct statement *st, int line, struct columns *list,
                         const char *text)
{
    char word[2 * NAME + 2];
    int n;

    for (; sscanf(text, "%129s%n", word, &n) == 1; text += n)
        read_column(st, line, list, word);
}

/* A comment line between the header and the SQL. */
static void read_note(struct statement *st, int line, const char *text)
{
    char name[NAME], verb[NAME];
    const char *s = text + 2 + strspn(text + 2, " ");

    if (!strncmp(s, "in ", 3)) {
        read_columns(st, line, &st->in, s + 3);
    } else if (!strncmp(s, "out ", 4)) {
        read_columns(st, line, &st->out, s + 4);
    } else if (!strncmp(s, "across:", 7)) {
        st->is_across = !is_blank(s + 7);
        if (is_blank(s + 7)) fault(st->file, line, "%s: across needs its reason", st->name);
    } else if (!strncmp(s, "bulk", 4) && is_blank(s + 4)) {
        st->is_bulk = true;
    } else if (!strncmp(s, "of ", 3) && sscanf(s, "of %63s%1s", name, verb) == 1) {
        snprintf(st->of, sizeof st->of, "%s", name);
    } else if (!strncmp(s, "first ", 6) && sscanf(s, "first %63s%1s", name, verb) == 1) {
        snprintf(st->first, sizeof st->first, "%s", name);
    } else if (!strncmp(s, "row ", 4) && sscanf(s, "row %63s%1s", name, verb) == 1) {
        snprintf(st->row, sizeof st->row, "%s", name);
    } else if (read_header(text, name, verb) && name_index(verb_names, VERBS, verb) >= 0) {
        fault(st->file, line, "%s: the statement before has no SQL", st->name);
    } else if (!st->comment[0]) {
        snprintf(st->comment, sizeof st->comment, "%.*s", (int)strcspn(s, "\n"), s);
    }
}

static struct statement *begin_statement(const char *file, int line, const char *name,
                                         const char *verb)
{
    int index = name_index(verb_names, VERBS, verb);

    if (index < 0)
        fault(file, line, "%s: there is no verb %s; there are do, one, many, each, hash", name,
              verb);
    for (int i = 0; i < statement_count; i++)
        if (!strcmp(statements[i].name, name))
            fault(file, line, "%s is the name of another statement already (%s:%d)", name,
                  statements[i].file, statements[i].line);
    if (statement_count == STATEMENTS) {
        fprintf(stderr, "sqlc: more than %d statements\n", STATEMENTS);
        exit(2);
    }
    struct statement *st = &statements[statement_count++];
    *st                  = (struct statement){ .file = file,
                                               .line = line,
                                               .verb = index < 0 ? VERB_DO : (enum verb)index };
    snprintf(st->name, sizeof st->name, "%s", name);
    return st;
}

static void read_statements(const char *file)
{
    struct statement *st = NULL;
    FILE *f              = open_input(file);
    char *text           = NULL, name[NAME], verb[NAME];
    size_t room          = 0;

    for (int line = 1; getline(&text, &room, f) >= 0; line++) {
        bool in_sql = st && st->sql;
        if (!in_sql && is_blank(text)) {
            if (st)
                fault(file, line, "%s: the SQL must follow its header without an empty line",
                      st->name);
            st = NULL;
        } else if (!in_sql && !strncmp(text, "--", 2)) {
            if (st)
                read_note(st, line, text);
            else if (read_header(text, name, verb))
                st = begin_statement(file, line, name, verb);
        } else {
            if (!st) {
                fault(file, line, "SQL without a header line `-- name: verb` above it");
                st = begin_statement(file, line, "", "do");
            }
            if (!st->sql) st->sql_line = line;
            append(&st->sql, text);
            if (sqlite3_complete(st->sql)) st = NULL;
        }
    }
    if (st) fault(file, st->line, "%s: no SQL ending in `;`", st->name);
    free(text);
    fclose(f);
}

static void read_schema(const char *file)
{
    FILE *f     = open_input(file);
    char *text  = NULL;
    size_t room = 0;
    int line = 0, from = 0;
    char *sql = NULL;

    while (getline(&text, &room, f) >= 0) {
        line++;
        if (!sql && sscanf(text, "-- version %d", &schema_version) == 1) continue;
        if (!sql && (is_blank(text) || !strncmp(text, "--", 2))) continue;
        if (!sql) from = line;
        append(&sql, text);
        if (!sqlite3_complete(sql)) continue;
        if (piece_count == sizeof pieces / sizeof *pieces) {
            fprintf(stderr, "sqlc: the schema has too many statements\n");
            exit(2);
        }
        pieces[piece_count++] = (struct piece){ .text = plain_sql(sql), .line = from };
        free(sql);
        sql = NULL;
    }
    if (sql) fault(file, from, "this statement has no end: `;` is missing");
    free(text);
    fclose(f);
}
