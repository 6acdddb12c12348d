/* sqlc_expand.h: lists in statements (`pp IN (:pps)`) written out for the database, and the parts
 * of an INSERT or UPDATE that bulk work and `of` need. */
#pragma once
#include "sqlc_input.h"

/* Where a parameter stands in text: the end of `:name` at s, its name in word; NULL if none. */
static const char *parameter_at(const char *s, char word[NAME])
{
    size_t n = 1;

    if (*s != ':' || !islower((unsigned char)s[1])) return NULL;
    while (islower((unsigned char)s[n]) || isdigit((unsigned char)s[n]) || s[n] == '_')
        n++;
    snprintf(word, NAME, "%.*s", (int)(n - 1), s + 1);
    return s + n;
}

static struct column *list_column(struct statement *st, const char *name)
{
    int at;

    if (!find_column(&st->in, name, &at)) return NULL;
    return st->in.at[at].type == TYPE_INTS || st->in.at[at].type == TYPE_TEXTS ? &st->in.at[at]
                                                                               : NULL;
}

/* Whether text, which ends where a list begins, ends in `IN (`. */
static bool ends_in(const char *text)
{
    size_t n = strlen(text);

    while (n && isspace((unsigned char)text[n - 1]))
        n--;
    if (!n || text[--n] != '(') return false;
    while (n && isspace((unsigned char)text[n - 1]))
        n--;
    return n > 2 && !strncasecmp(text + n - 2, "IN", 2) && isspace((unsigned char)text[n - 3]);
}

/* The select that stands for a list in SQLite; a list that is zipped comes as [first, second]. */
static void append_lite(char **to, const char *name, bool is_zipped)
{
    char text[COMMENT];

    snprintf(text, sizeof text, "SELECT value%s FROM json_each(:%s)",
             is_zipped ? " ->> 0, value ->> 1" : "", name);
    append(to, text);
}

/* Writes the list that begins at s; the end of it, or NULL with a fault. */
static const char *expand_list(struct statement *st, const char *s, char **to)
{
    char first[NAME], second[NAME] = "";
    const char *end       = parameter_at(s, first);
    const char *comma     = end + strspn(end, " \t\n");
    struct column *zipped = NULL;

    if (*comma == ',') {
        const char *next = comma + 1 + strspn(comma + 1, " \t\n");
        end              = parameter_at(next, second);
        zipped           = end ? list_column(st, second) : NULL;
    }
    if (!ends_in(*to) || (second[0] && !zipped) || !end || end[strspn(end, " \t\n")] != ')') {
        fault(st->file, st->sql_line, "%s: a list is used as `IN (:%s)` or `IN (:%s, :other)` only",
              st->name, first, first);
        return NULL;
    }
    if (zipped) snprintf(zipped->zipped_with, sizeof zipped->zipped_with, "%s", first);
    list_column(st, first)->used = true;
    append_lite(to, zipped ? second : first, zipped != NULL);
    return end;
}

/* The statement for SQLite, line for line as it was written: st->lite.  False with a fault. */
static bool expand_statement(struct statement *st)
{
    char word[NAME], letter[2] = "";

    append(&st->lite, "");
    for (const char *s = st->sql; *s;) {
        const char *end = skip_special(s);
        if (end == s && parameter_at(s, word) && list_column(st, word)) {
            s = expand_list(st, s, &st->lite);
        } else {
            if (end == s) end = s + 1;
            for (; s < end; s++) {
                letter[0] = *s;
                append(&st->lite, letter);
            }
        }
        if (!s) return false;
    }
    return true;
}

static const char *const array_types[TYPES] = { "bigint[]", "bigint[]", "bigint[]", "bigint[]",
                                                "text[]",   "bytea[]",  "bigint[]", "text[]" };

/* `$3` for the parameter called name. */
static void append_number(char **to, const struct statement *st, const char *name)
{
    char text[NAME];
    int at = -1;

    if (!find_column(&st->in, name, &at)) return; /* told by check_parameters */
    snprintf(text, sizeof text, "$%d", at + 1);
    append(to, text);
}

/* The statement for PostgreSQL on one line, once `in` has its order; to be freed. */
static char *postgres_sql(struct statement *st)
{
    char *plain = plain_sql(st->sql), *to = NULL, word[NAME], letter[2] = "";

    append(&to, "");
    for (const char *s = plain; *s;) {
        const char *end  = skip_special(s);
        const char *next = end == s ? parameter_at(s, word) : NULL;
        if (next && list_column(st, word)) {
            append(&to, *next == ',' ? "SELECT * FROM unnest(" : "SELECT unnest(");
            append_number(&to, st, word);
            if (*next == ',') {
                append(&to, ", ");
                next = parameter_at(next + 1 + strspn(next + 1, " "), word);
                append_number(&to, st, word);
            }
            append(&to, ")");
        } else if (next) {
            append_number(&to, st, word);
        }
        if (next) s = next;
        for (end = end == s ? s + 1 : end; !next && s < end; s++) {
            letter[0] = *s;
            append(&to, letter);
        }
    }
    free(plain);
    return to;
}

/* Reads `( a, b, c )` or `( :a, :b, :c )` at s; the end of it, or NULL. */
static const char *read_names(const char *s, const char *mark, struct names *list)
{
    char name[NAME];
    int n;

    list->count = 0;
    if (sscanf(s, " ( %n", &n) != 0 || s[strspn(s, " ")] != '(') return NULL;
    for (s += n; list->count < COLUMNS; s++) {
        n = 0;
        if (strncmp(s, mark, strlen(mark)) != 0) return NULL;
        s += strlen(mark);
        if (sscanf(s, "%63[a-z0-9_]%n", name, &n) != 1) return NULL;
        snprintf(list->at[list->count++], NAME, "%s", name);
        s += n;
        s += strspn(s, " ");
        if (*s == ')') return s + 1;
        if (*s != ',') return NULL;
        s += strspn(s + 1, " ");
    }
    return NULL;
}

/* `INSERT INTO table (columns) VALUES (:parameters)` and nothing more: what COPY can do too. */
static bool read_insert(const char *plain, struct writing *w)
{
    const char *s;
    int n = 0;

    if (sscanf(plain, "INSERT INTO %63[a-z0-9_]%n", w->table, &n) != 1) return false;
    s = read_names(plain + n, "", &w->columns);
    if (!s || strncmp(s, " VALUES ", strlen(" VALUES ")) != 0) return false;
    s            = read_names(s + strlen(" VALUES"), ":", &w->parameters);
    w->is_insert = s && !*s && w->columns.count == w->parameters.count;
    for (int i = 0; i < w->parameters.count; i++)
        for (int k = 0; k < i; k++) /* a value for two columns is not plain */
            if (!strcmp(w->parameters.at[i], w->parameters.at[k])) w->is_insert = false;
    return w->is_insert;
}

/* `a = :b` at s; adds both names; the end, or NULL. */
static const char *read_equal(const char *s, struct writing *w)
{
    char column[NAME], parameter[NAME];
    int n = 0;

    if (w->columns.count == COLUMNS ||
        sscanf(s, " %63[a-z0-9_] = :%63[a-z0-9_]%n", column, parameter, &n) != 2)
        return NULL;
    snprintf(w->columns.at[w->columns.count++], NAME, "%s", column);
    snprintf(w->parameters.at[w->parameters.count++], NAME, "%s", parameter);
    return s + n;
}

/* `UPDATE table SET a = :a, ... WHERE b = :b AND ...`: what one statement can do for many rows. */
static bool read_update(const char *plain, struct writing *w)
{
    const char *s;
    int n = 0;

    w->columns.count = w->parameters.count = 0;
    if (sscanf(plain, "UPDATE %63[a-z0-9_] SET%n", w->table, &n) != 1 || !n) return false;
    for (s = read_equal(plain + n, w); s && *s == ','; s = read_equal(s + 1, w))
        ;
    if (!s || strncmp(s, " WHERE ", strlen(" WHERE ")) != 0) return false;
    w->sets = w->columns.count;
    for (s = read_equal(s + strlen(" WHERE"), w); s && !strncmp(s, " AND ", strlen(" AND "));)
        s = read_equal(s + strlen(" AND"), w);
    return s && !*s;
}

static void read_writing(struct statement *st)
{
    char *plain = plain_sql(st->sql);

    st->has_writing = read_insert(plain, &st->writing) || read_update(plain, &st->writing);
    if (st->is_bulk && (!st->has_writing || st->verb != VERB_DO))
        fault(st->file, st->line,
              "%s: bulk is for a `do` of the form INSERT INTO t (a) VALUES (:a) or "
              "UPDATE t SET a = :a WHERE b = :b",
              st->name);
    free(plain);
}

static void append_list(char **to, const struct names *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (i) append(to, ", ");
        append(to, names->at[i]);
    }
}

/* `unnest($1::bigint[], ...)`, a list for each parameter. */
static void append_unnest(char **to, const struct statement *st)
{
    char text[NAME];

    append(to, " FROM unnest(");
    for (int i = 0; i < st->in.count; i++) {
        snprintf(text, sizeof text, "%s$%d::%s", i ? ", " : "", i + 1,
                 array_types[st->in.at[i].type]);
        append(to, text);
    }
    append(to, ")");
}

/* `t.a = u.b` for the pairs [from, to) of columns and parameters. */
static void append_pairs(char **to, const struct writing *w, int from, int upto)
{
    for (int i = from; i < upto; i++) {
        append(to, i == from ? "" : from ? " AND " : ", ");
        append(to, from ? "t." : "");
        append(to, w->columns.at[i]);
        append(to, " = u.");
        append(to, w->parameters.at[i]);
    }
}

/* One statement for many rows in PostgreSQL, with a list for each parameter; to be freed. */
static char *postgres_many(const struct statement *st)
{
    const struct writing *w = &st->writing;
    char *to                = NULL;

    append(&to, w->is_insert ? "INSERT INTO " : "UPDATE ");
    append(&to, w->table);
    if (w->is_insert) {
        append(&to, " (");
        append_list(&to, &w->columns, w->columns.count);
        append(&to, ") SELECT *");
        append_unnest(&to, st);
        return to;
    }
    append(&to, " t SET ");
    append_pairs(&to, w, 0, w->sets);
    append_unnest(&to, st);
    append(&to, " AS u(");
    for (int i = 0; i < st->in.count; i++) {
        append(&to, i ? ", " : "");
        append(&to, st->in.at[i].name);
    }
    append(&to, ") WHERE ");
    append_pairs(&to, w, w->sets, w->columns.count);
    return to;
}

/* COPY for a plain INSERT, in the order of the parameters; to be freed. */
static char *postgres_copy(const struct statement *st)
{
    char *to = NULL;

    append(&to, "COPY ");
    append(&to, st->writing.table);
    append(&to, " (");
    append_list(&to, &st->writing.columns, st->writing.columns.count);
    append(&to, ") FROM STDIN (FORMAT binary)");
    return to;
}

/* The parameter of `of` that becomes column `name` of its table; NULL with a fault if none does. */
static const struct column *writes_column(const struct statement *st, const struct statement *of,
                                          const char *name)
{
    int at;

    for (int i = 0; i < of->writing.columns.count; i++)
        if (!strcmp(of->writing.columns.at[i], name) &&
            find_column(&of->in, of->writing.parameters.at[i], &at))
            return &of->in.at[at];
    fault(st->file, st->line, "%s: %s does not say what %s becomes", st->name, of->name, name);
    return NULL;
}

static struct statement *statement_called(const char *name)
{
    for (int i = 0; i < statement_count; i++)
        if (!strcmp(statements[i].name, name)) return &statements[i];
    return NULL;
}

/* Before they are checked: st->row names a statement whose rows are what st is given. */
static void take_row(struct statement *st, const char *prefix)
{
    const struct statement *of = statement_called(st->row);

    snprintf(st->in_struct, sizeof st->in_struct, "%s_%s_%s", prefix, *st->row ? st->row : st->name,
             *st->row ? "row" : "in");
    if (!*st->row) return;
    if (!of || !of->out.count || of->verb == VERB_HASH || st->in.count) {
        fault(st->file, st->line,
              "%s: `row` stands instead of `in` and names a statement that gives rows", st->name);
        return;
    }
    st->in =
        (struct columns){ grown(NULL, sizeof *st->in.at * (size_t)of->out.count), of->out.count };
    memcpy(st->in.at, of->out.at, sizeof *st->in.at * (size_t)of->out.count);
}

/* After all statements are checked: st->of names one whose rows the hash st can be fed with. */
static void check_of(struct statement *st)
{
    if (!st->of[0]) return;
    st->of_statement = statement_called(st->of);
    if (!st->of_statement || !st->of_statement->has_writing || st->verb != VERB_HASH) {
        fault(st->file, st->line, "%s: `of` stands at a hash and names a plain INSERT or UPDATE",
              st->name);
        return;
    }
    for (int i = 0; i < st->results.count; i++)
        writes_column(st, st->of_statement, st->results.at[i]);
}

/* The same for st->first, which is run before st with what st is given. */
static void check_first(struct statement *st)
{
    int at;

    if (!st->first[0]) return;
    st->first_statement = statement_called(st->first);
    if (!st->first_statement || st->verb != VERB_DO || st->first_statement->verb != VERB_DO ||
        (st->is_bulk && !st->first_statement->is_bulk)) {
        fault(st->file, st->line, "%s: `first` stands at a `do` and names a `do`, both bulk or not",
              st->name);
        return;
    }
    for (int i = 0; i < st->first_statement->in.count; i++) {
        const struct column *c = &st->first_statement->in.at[i];
        if (!find_column(&st->in, c->name, &at) || st->in.at[at].type != c->type ||
            st->in.at[at].nullable != c->nullable)
            fault(st->file, st->line, "%s: %s needs %s, which `in` does not declare the same way",
                  st->name, st->first, c->name);
    }
}
