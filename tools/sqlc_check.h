/* sqlc_check.h: what must be true of the schema and of each statement before C is made of it. */
#pragma once
#include "sqlc_expand.h"

struct touched {
    char names[TABLES][NAME];
    int count;
};

/* Words that only one database understands, and functions that do, or that ask a clock or a dice.
 */
static const char *const banned_words[] = {
    "ROWID",         "OID",          "_ROWID_",
    "AUTOINCREMENT", "STRICT",       "WITHOUT",
    "PRAGMA",        "GLOB",         "REAL",
    "FLOAT",         "NUMERIC",      "VARCHAR",
    "BOOLEAN",       "TRIGGER",      "REGEXP",
    "INDEXED",       "ATTACH",       "VACUUM",
    "CURRENT_DATE",  "CURRENT_TIME", "CURRENT_TIMESTAMP",
};
static const char *const banned_functions[] = {
    "IFNULL",
    "IIF",
    "STRFTIME",
    "DATE",
    "TIME",
    "DATETIME",
    "JULIANDAY",
    "UNIXEPOCH",
    "NOW",
    "RANDOM",
    "TOTAL",
    "GROUP_CONCAT",
    "AVG",
    "PRINTF",
    "INSTR",
    "CHANGES",
    "TYPEOF",
    "RANDOMBLOB",
    "LAST_INSERT_ROWID",
};

static void upper(char *s)
{
    for (; *s; s++)
        *s = (char)toupper((unsigned char)*s);
}

static bool word_is_banned(const char *word, bool is_call)
{
    return name_index(banned_words, sizeof banned_words / sizeof *banned_words, word) >= 0 ||
           !strncmp(word, "SQLITE_", 7) ||
           (is_call && name_index(banned_functions,
                                  sizeof banned_functions / sizeof *banned_functions, word) >= 0);
}

/* Tells each banned word; text is counted in lines from `line`. */
static void check_words(const char *file, int line, const char *text)
{
    for (const char *s = text; *s;) {
        const char *end = skip_special(s);
        if (end != s) {
            for (; s < end; s++)
                line += *s == '\n';
        } else if (isalpha((unsigned char)*s) || *s == '_' || *s == ':') {
            char word[NAME];
            size_t n = 1;
            while (isalnum((unsigned char)s[n]) || s[n] == '_')
                n++;
            snprintf(word, sizeof word, "%.*s", (int)n, s);
            upper(word);
            if (word_is_banned(word, s[n] == '('))
                fault(file, line, "%s is not portable SQL (doc/storage.md)", word);
            s += n;
        } else {
            line += *s == '\n';
            s++;
        }
    }
}

static bool has_words(const char *plain, const char *first, const char *second)
{
    char *copy = grown(NULL, strlen(plain) + 2), *at;
    bool found = false;

    memcpy(copy, plain, strlen(plain) + 1);
    upper(copy);
    for (at = copy; !found && (at = strstr(at, first)); at++)
        found = !strncmp(at + strlen(first) + 1, second, strlen(second)) &&
                (at == copy || !isalnum((unsigned char)at[-1]));
    free(copy);
    return found;
}

static bool begins(const char *plain, const char *words)
{
    return !strncasecmp(plain, words, strlen(words));
}

static void check_types(sqlite3 *db, const char *file, int line)
{
    sqlite3_stmt *s;

    if (sqlite3_prepare_v2(
            db,
            "SELECT t.name, c.name, c.type FROM pragma_table_list t, "
            "pragma_table_info(t.name) c WHERE t.type = 'table' AND t.schema = 'main' "
            "AND t.name NOT LIKE 'sqlite%' AND c.type NOT IN ('INTEGER', 'TEXT', 'BLOB')",
            -1, &s, NULL) != SQLITE_OK)
        abort();
    while (sqlite3_step(s) == SQLITE_ROW)
        fault(file, line, "%s.%s is %s; there are INTEGER, TEXT and BLOB",
              sqlite3_column_text(s, 0), sqlite3_column_text(s, 1), sqlite3_column_text(s, 2));
    sqlite3_finalize(s);
}

/* A table whose first column is pp is kept by paying parent: a database that spreads its rows over
 * partitions or machines can only keep keys unique that have pp in them. */
static void check_keys(sqlite3 *db, const char *file, int line)
{
    sqlite3_stmt *s;

    if (sqlite3_prepare_v2(
            db,
            "SELECT DISTINCT t.name FROM pragma_table_list t, pragma_table_info(t.name) c "
            "WHERE t.type = 'table' AND t.schema = 'main' AND c.cid = 0 AND c.name = 'pp' AND ("
            "NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) k WHERE k.name = 'pp' AND k.pk) "
            "OR EXISTS (SELECT 1 FROM pragma_index_list(t.name) i WHERE i.\"unique\" AND NOT "
            "EXISTS (SELECT 1 FROM pragma_index_info(i.name) x WHERE x.name = 'pp')))",
            -1, &s, NULL) != SQLITE_OK)
        abort();
    while (sqlite3_step(s) == SQLITE_ROW)
        fault(file, line,
              "%s is kept by paying parent: pp must be in its PRIMARY KEY and in "
              "every UNIQUE",
              sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
}

static void make_schema(sqlite3 *db, const char *file)
{
    for (int i = 0; i < piece_count; i++) {
        const char *text = pieces[i].text;
        bool is_table    = begins(text, "CREATE TABLE");
        int before       = faults;
        char *sql        = NULL;

        if (!is_table && !begins(text, "CREATE INDEX") && !begins(text, "CREATE UNIQUE INDEX") &&
            !begins(text, "CREATE VIEW")) {
            fault(file, pieces[i].line, "a schema holds tables, indexes and views only");
            continue;
        }
        check_words(file, pieces[i].line, text);
        append(&sql, text);
        if (is_table)
            append(&sql, strstr(text, "PRIMARY KEY (pp") ? " STRICT, WITHOUT ROWID" : " STRICT");
        if (faults == before && sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
            fault(file, pieces[i].line, "%s", sqlite3_errmsg(db));
        free(sql);
    }
    check_types(db, file, 1);
    check_keys(db, file, 1);
}

static int note_table(void *context, int action, const char *a, const char *b, const char *database,
                      const char *inner)
{
    struct touched *t = context;

    (void)b, (void)database, (void)inner;
    if (action != SQLITE_READ && action != SQLITE_INSERT && action != SQLITE_UPDATE &&
        action != SQLITE_DELETE)
        return SQLITE_OK;
    for (int i = 0; i < t->count; i++)
        if (!strcmp(t->names[i], a)) return SQLITE_OK;
    if (t->count < TABLES) snprintf(t->names[t->count++], NAME, "%s", a);
    return SQLITE_OK;
}

/* Sorts st->in into the order in which the parameters first appear. */
static void check_parameters(struct statement *st, sqlite3_stmt *s)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++) {
        const char *name = sqlite3_bind_parameter_name(s, i);
        int at;
        if (!name || *name != ':') {
            fault(st->file, st->sql_line, "%s: parameters are written :name, not %s", st->name,
                  name ? name : "?");
        } else if (!find_column(&st->in, name + 1, &at)) {
            fault(st->file, st->sql_line, "%s: the SQL uses %s, but `in` does not declare it",
                  st->name, name);
        } else {
            struct column c = st->in.at[at];
            int to          = i - 1 < st->in.count ? i - 1 : st->in.count - 1;
            c.used          = true;
            st->in.at[at]   = st->in.at[to];
            st->in.at[to]   = c;
        }
    }
    for (int i = 0; i < st->in.count; i++)
        if (!st->in.at[i].used)
            fault(st->file, st->line, "%s: `in` declares %s, but the SQL does not use it", st->name,
                  st->in.at[i].name);
}

static void check_origin(sqlite3 *db, const struct statement *st, sqlite3_stmt *s, int i)
{
    const struct column *c = &st->out.at[i];
    const char *table      = sqlite3_column_table_name(s, i);
    const char *origin     = sqlite3_column_origin_name(s, i);
    const char *type       = sqlite3_column_decltype(s, i);
    const char *want = c->type == TYPE_TEXT ? "TEXT" : c->type == TYPE_BLOB ? "BLOB" : "INTEGER";
    int not_null = 0, is_key = 0;

    if (type && strcasecmp(type, want))
        fault(st->file, st->line, "%s: %s is %s in the schema; `out` says %s", st->name, c->name,
              type, type_names[c->type]);
    if (!table || !origin || c->nullable) return;
    if (sqlite3_table_column_metadata(db, "main", table, origin, NULL, NULL, &not_null, &is_key,
                                      NULL) == SQLITE_OK &&
        !not_null && !is_key)
        fault(st->file, st->line, "%s: %s.%s may be NULL; write %s:%s?", st->name, table, origin,
              c->name, type_names[c->type]);
}

static void check_columns(sqlite3 *db, struct statement *st, sqlite3_stmt *s)
{
    int count = sqlite3_column_count(s);

    st->result_count = count;
    for (int i = 0; i < count && i < COLUMNS; i++)
        snprintf(st->results.at[st->results.count++], NAME, "%s", sqlite3_column_name(s, i));
    if (st->verb == VERB_DO && count) {
        fault(st->file, st->line, "%s: `do` gives no rows back; use `one` for RETURNING", st->name);
        return;
    }
    if (st->verb == VERB_HASH && !st->out.count) return;
    if (count != st->out.count) {
        fault(st->file, st->line, "%s: `out` declares %d columns, the SQL gives %d", st->name,
              st->out.count, count);
        return;
    }
    for (int i = 0; i < count; i++) {
        const char *name = sqlite3_column_name(s, i);
        if (is_name(name) &&
            strcmp(name, st->out.at[i].name)) /* an expression has no name of its own */
            fault(st->file, st->line, "%s: column %d is %s in the SQL and %s in `out`; use AS",
                  st->name, i + 1, name, st->out.at[i].name);
        else
            check_origin(db, st, s, i);
    }
}

/* One term of an ORDER BY: a column that may be NULL says where its NULLs come, because databases
 * differ. */
static void check_order_term(const struct statement *st, const char *term)
{
    char first[NAME] = "", rest[NAME] = "";
    int at;

    if (sscanf(term, " %63[A-Za-z0-9_.] %63[A-Za-z ]", first, rest) < 1) return;
    const char *dot = strchr(first, '.');
    const char *end = term + strspn(term, " ") + strlen(first);
    if (*end && *end != ' ') return; /* an expression */
    if (isdigit((unsigned char)*first))
        at = atoi(first) - 1;
    else if (!find_column(&st->out, dot ? dot + 1 : first, &at))
        return;
    if (at < 0 || at >= st->out.count || !st->out.at[at].nullable) return;
    upper(rest);
    if (!strstr(rest, "NULLS"))
        fault(st->file, st->sql_line,
              "%s: %s may be NULL: order it NULLS FIRST or NULLS LAST, as databases differ",
              st->name, st->out.at[at].name);
}

static void check_order(const struct statement *st, const char *plain)
{
    const char *by = NULL;
    char term[COMMENT];
    size_t n  = 0;
    int depth = 0;

    for (const char *s = plain; *s; s++) /* the last one orders the rows */
        if (!strncasecmp(s, "ORDER BY ", 9)) by = s + 9;
    for (; by && depth >= 0; by++) {
        depth += (*by == '(') - (*by == ')');
        bool is_end = !*by || *by == ';' || depth < 0 || !strncasecmp(by, " LIMIT ", 7);
        if (is_end || (*by == ',' && depth == 0)) {
            term[n] = '\0';
            n       = 0;
            check_order_term(st, term);
            if (is_end) return;
        } else if (n + 1 < sizeof term) {
            term[n++] = *by;
        }
    }
}

static void check_verb(struct statement *st, sqlite3_stmt *s, const char *plain)
{
    st->writes = !sqlite3_stmt_readonly(s);
    if (!begins(plain, "SELECT") && !begins(plain, "WITH") && !begins(plain, "INSERT") &&
        !begins(plain, "UPDATE") && !begins(plain, "DELETE"))
        fault(st->file, st->sql_line, "%s: only SELECT, WITH, INSERT, UPDATE and DELETE", st->name);
    if (st->verb == VERB_DO && !st->writes)
        fault(st->file, st->line, "%s: `do` changes rows; this SQL only reads", st->name);
    if ((st->verb == VERB_MANY || st->verb == VERB_EACH || st->verb == VERB_HASH)) {
        if (st->writes)
            fault(st->file, st->line, "%s: `%s` only reads; this SQL writes", st->name,
                  verb_names[st->verb]);
        else if (!has_words(plain, "ORDER", "BY"))
            fault(st->file, st->line, "%s: rows need an ORDER BY, or their order is chance",
                  st->name);
    }
    check_order(st, plain);
    if (has_words(plain, "INSERT", "OR") || has_words(plain, "UPDATE", "OR"))
        fault(st->file, st->sql_line, "%s: use ON CONFLICT, not OR", st->name);
}

static void check_paying_parent(sqlite3 *db, const struct statement *st, const struct touched *t)
{
    int at;

    if (st->is_across || find_column(&st->in, "pp", &at)) return;
    if (find_column(&st->in, "pps", &at) && st->in.at[at].type == TYPE_INTS) return;
    for (int i = 0; i < t->count; i++)
        if (sqlite3_table_column_metadata(db, "main", t->names[i], "pp", NULL, NULL, NULL, NULL,
                                          NULL) == SQLITE_OK) {
            fault(st->file, st->line,
                  "%s: table %s is kept by paying parent: name :pp, or say `-- across: reason`",
                  st->name, t->names[i]);
            return;
        }
}

/* The line of the file in which the last error of db lies. */
static int error_line(sqlite3 *db, const struct statement *st)
{
    int offset = sqlite3_error_offset(db), line = st->sql_line;

    for (int i = 0; i < offset; i++)
        line += st->lite[i] == '\n';
    return line;
}

static void check_statement(sqlite3 *db, struct statement *st)
{
    struct touched touched = { .count = 0 };
    sqlite3_stmt *s        = NULL;
    const char *tail       = NULL;

    if (!st->sql) return;
    if (!st->comment[0])
        fault(st->file, st->line, "%s: a line that says what it is for is missing", st->name);
    check_words(st->file, st->sql_line, st->sql);
    if (!expand_statement(st)) return;
    read_writing(st);
    sqlite3_set_authorizer(db, note_table, &touched);
    int code = sqlite3_prepare_v2(db, st->lite, -1, &s, &tail);
    sqlite3_set_authorizer(db, NULL, NULL);
    if (code != SQLITE_OK || !s) {
        fault(st->file, error_line(db, st), "%s: %s", st->name, s ? "empty" : sqlite3_errmsg(db));
        return;
    }
    char *plain = plain_sql(st->sql), *rest = plain_sql(tail);
    if (*rest) fault(st->file, st->sql_line, "%s: one statement under one header", st->name);
    check_parameters(st, s);
    check_verb(st, s, plain);
    check_columns(db, st, s);
    check_paying_parent(db, st, &touched);
    sqlite3_finalize(s);
    free(rest);
    free(plain);
}
