/* sqlc.c: makes typed C functions of the statements in sql/.  Usage: sqlc OUTPUT SCHEMA FILE...
 *
 * Every statement is prepared against a real database made from the schema: what is wrong with it
 * stops the build here, with file and line.  OUTPUT.h and OUTPUT.c are written only if nothing is
 * wrong; the last part of OUTPUT is the prefix of every name in them.  The grammar is in
 * doc/storage.md. */
#include "sqlc_check.h"
#include "sqlc_tables.h"

static const char *prefix;

static const char *const c_types[TYPES]        = { "int64_t ",
                                                   "date ",
                                                   "money ",
                                                   "bool ",
                                                   "const char *",
                                                   "struct blob ",
                                                   "struct store_ints ",
                                                   "struct store_texts " };
static const char *const type_constants[TYPES] = { "STORE_INT",  "STORE_DATE", "STORE_MONEY",
                                                   "STORE_BOOL", "STORE_TEXT", "STORE_BLOB",
                                                   "STORE_INTS", "STORE_TEXTS" };

#define BULK                                                                                       \
    "bool %s_%s_bulk(struct store *store, const struct %s *rows, size_t count,\n        "          \
    "struct fail *f)"
#define KEEP "void %s_%s_keep(struct %s *row, struct arena *arena)"
#define OF   "void %s_%s_of(const struct %s *row,%sstruct digest *digest)"

static bool has_flag(const struct column *c)
{
    return c->nullable && c->type != TYPE_TEXT && c->type != TYPE_BLOB;
}

static void put_struct(FILE *to, const struct statement *st, const char *kind,
                       const struct columns *list)
{
    fprintf(to, "struct %s_%s_%s {\n", prefix, st->name, kind);
    for (int i = 0; i < list->count; i++) {
        const struct column *c = &list->at[i];
        bool is_pointer        = c->type == TYPE_TEXT || c->type == TYPE_BLOB;
        fprintf(to, "    %s%s;%s\n", c_types[c->type], c->name,
                c->nullable && is_pointer ? " /* may be NULL */" : "");
        if (has_flag(c)) fprintf(to, "    bool has_%s;\n", c->name);
    }
    fprintf(to, "};\n");
}

/* `many` with parameters may be asked together with others. */
static bool may_be_asked(const struct statement *st)
{
    return st->verb == VERB_MANY && st->in.count;
}

static void put_ask(FILE *to, const struct statement *st)
{
    fprintf(to,
            "bool %s_%s_ask(struct store *store, const struct %s *in, struct arena *arena,\n"
            "        struct store_rows *rows, struct fail *f)",
            prefix, st->name, st->in_struct);
}

/* The declaration without its end: `;` or a body follows. */
static void put_prototype(FILE *to, const struct statement *st)
{
    fprintf(to, "bool %s_%s(struct store *store", prefix, st->name);
    if (st->in.count) fprintf(to, ", const struct %s *in", st->in_struct);
    switch (st->verb) {
    case VERB_DO:
    case VERBS: break;
    case VERB_ONE:
        fprintf(to, ",\n        struct arena *arena, struct %s_%s_row *row, bool *found", prefix,
                st->name);
        break;
    case VERB_MANY:
        fprintf(to, ",\n        struct arena *arena, struct %s_%s_row **rows, size_t *count",
                prefix, st->name);
        break;
    case VERB_EACH:
        fprintf(to, ",\n        %s_%s_visit *visit, void *context", prefix, st->name);
        break;
    case VERB_HASH: fprintf(to, ",\n        struct digest *digest, size_t *rows"); break;
    }
    fprintf(to, ", struct fail *f)");
}

static void put_header(FILE *to, const char *schema)
{
    fprintf(to,
            "/* Made by sqlc from %s and the statements beside it. */\n"
            "#pragma once\n"
            "#include \"store/statement.h\"\n\n"
            "extern const struct store_set %s_set;\n",
            schema, prefix);
    for (int i = 0; i < statement_count; i++) {
        const struct statement *st = &statements[i];
        fprintf(to, "\n/* %s:%d: %s */\n", st->file, st->line, st->comment);
        if (st->in.count && !*st->row) put_struct(to, st, "in", &st->in);
        if (*st->row) fprintf(to, "struct %s;\n", st->in_struct);
        if (st->out.count && st->verb != VERB_HASH) put_struct(to, st, "row", &st->out);
        if (st->verb == VERB_EACH)
            fprintf(to,
                    "typedef bool %s_%s_visit(void *context, const struct %s_%s_row *row, "
                    "struct fail *f);\n",
                    prefix, st->name, prefix, st->name);
        put_prototype(to, st);
        fprintf(to, ";\n");
        if (may_be_asked(st)) put_ask(to, st), fprintf(to, ";\n");
        if (!st->is_bulk) continue;
        fprintf(to, BULK ";\n", prefix, st->name, st->in_struct);
        fprintf(to, KEEP ";\n", prefix, st->name, st->in_struct);
    }
    fprintf(
        to,
        "\n/* What a hash statement would feed for the row that an `of` statement writes. */\n");
    for (int i = 0; i < statement_count; i++)
        if (statements[i].of_statement)
            fprintf(to, OF ";\n", prefix, statements[i].name, statements[i].of_statement->in_struct,
                    "\n        ");
}

static void put_string(FILE *to, const char *s)
{
    fputc('"', to);
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') fputc('\\', to);
        if (*s == '\n')
            fputs("\\n", to);
        else
            fputc(*s, to);
    }
    fputc('"', to);
}

/* owner: the struct that the column is in; NULL: none. */
static void put_column(FILE *to, const char *owner, const struct column *c)
{
    fprintf(to, "    { \"%s\", %s, %s, ", c->name,
            c->zipped_with[0] ? "STORE_ZIPPED" : type_constants[c->type],
            c->nullable ? "true" : "false");
    if (owner)
        fprintf(to, "offsetof(struct %s, %s), ", owner, c->name);
    else
        fprintf(to, "0, ");
    if (owner && c->zipped_with[0])
        fprintf(to, "offsetof(struct %s, %s) },\n", owner, c->zipped_with);
    else if (owner && has_flag(c))
        fprintf(to, "offsetof(struct %s, has_%s) },\n", owner, c->name);
    else
        fprintf(to, "0 },\n");
}

static void put_columns(FILE *to, const struct statement *st, const char *kind, const char *owner,
                        const struct columns *list)
{
    fprintf(to, "static const struct store_column %s_%s[] = {\n", kind, st->name);
    for (int i = 0; i < list->count; i++)
        put_column(to, owner, &list->at[i]);
    fprintf(to, "};\n");
}

static void put_many(FILE *to, const struct statement *st)
{
    char *many = postgres_many(st), *copy = st->writing.is_insert ? postgres_copy(st) : NULL;

    fprintf(to, "    .postgres_many = ");
    put_string(to, many);
    fprintf(to, ",\n");
    if (copy) {
        fprintf(to, "    .postgres_copy = ");
        put_string(to, copy);
        fprintf(to, ",\n");
    }
    free(many);
    free(copy);
}

/* The statement `body`, called kind_NAME, taking the `in` struct of st. */
static void put_statement(FILE *to, const struct statement *st, const char *kind,
                          const struct statement *body)
{
    bool has_row   = st->out.count && st->verb != VERB_HASH;
    char *plain    = plain_sql(body->lite);
    char *postgres = postgres_sql(statement_called(body->name));

    fprintf(to,
            "static const struct store_statement %s_%s = {\n"
            "    .name = \"%s\", .slot = STORE_OWN_SLOTS + %d, .writes = %s,\n    .sql = ",
            kind, st->name, body->name, (int)(body - statements), body->writes ? "true" : "false");
    put_string(to, plain);
    fprintf(to, ",\n    .postgres = ");
    put_string(to, postgres);
    fprintf(to, ",\n");
    if (body->is_bulk) put_many(to, body);
    if (body->verb == VERB_EACH) fprintf(to, "    .is_streamed = true,\n");
    if (!body->in.count) fprintf(to, "    .is_whole = true,\n");
    if (body->in.count)
        fprintf(to, "    .in = %sin_%s, .ins = %d, .in_size = sizeof(struct %s),\n",
                body == st ? "" : "first_", st->name, body->in.count, st->in_struct);
    if (body->out.count) fprintf(to, "    .out = out_%s,\n", st->name);
    fprintf(to, "    .outs = %d,\n", body->result_count);
    if (has_row) fprintf(to, "    .row_size = sizeof(struct %s_%s_row),\n", prefix, st->name);
    fprintf(to, "};\n");
    free(postgres);
    free(plain);
}

static void put_description(FILE *to, const struct statement *st)
{
    bool has_row = st->out.count && st->verb != VERB_HASH;
    char row[2 * NAME + 8];

    snprintf(row, sizeof row, "%s_%s_row", prefix, st->name);
    if (st->in.count) put_columns(to, st, "in", st->in_struct, &st->in);
    if (st->out.count) put_columns(to, st, "out", has_row ? row : NULL, &st->out);
    put_statement(to, st, "st", st);
    if (!st->first_statement) return;
    put_columns(to, st, "first_in", st->in_struct, &st->first_statement->in);
    put_statement(to, st, "first", st->first_statement);
}

static void put_function(FILE *to, const struct statement *st)
{
    const char *in = st->in.count ? "in" : "NULL", *name = st->name;

    if (st->verb == VERB_EACH)
        fprintf(to,
                "struct visitor_%s {\n    %s_%s_visit *visit;\n    void *context;\n};\n"
                "static bool visit_%s(void *context, const void *row, struct fail *f)\n{\n"
                "    const struct visitor_%s *v = context;\n"
                "    return v->visit(v->context, row, f);\n}\n",
                name, prefix, name, name, name);
    put_prototype(to, st);
    fprintf(to, "\n{\n");
    switch (st->verb) {
    case VERB_DO:
        if (st->first_statement)
            fprintf(to, "    if (!store_do(store, &first_%s, in, f)) return false;\n", name);
        fprintf(to, "    return store_do(store, &st_%s, %s, f);\n", name, in);
        break;
    case VERB_ONE:
        fprintf(to, "    return store_one(store, &st_%s, %s, arena, row, found, f);\n", name, in);
        break;
    case VERB_MANY:
        fprintf(to,
                "    struct store_rows all = { .count = 0 };\n"
                "    if (!store_many(store, &st_%s, %s, arena, &all, f))\n        return false;\n"
                "    *rows  = all.at;\n    *count = all.count;\n    return true;\n",
                name, in);
        break;
    case VERB_EACH:
        fprintf(to,
                "    struct visitor_%s v = { visit, context };\n"
                "    return store_each(store, &st_%s, %s, &(struct store_visitor){ visit_%s, &v }, "
                "f);\n",
                name, name, in, name);
        break;
    case VERB_HASH:
        fprintf(to, "    return store_hash(store, &st_%s, %s, digest, rows, f);\n", name, in);
        break;
    case VERBS: break;
    }
    fprintf(to, "}\n");
    if (!may_be_asked(st)) return;
    put_ask(to, st);
    fprintf(to, "\n{\n    return store_ask(store, &st_%s, in, arena, rows, f);\n}\n", name);
}

static void put_bulk(FILE *to, const struct statement *st)
{
    fprintf(to, BULK "\n{\n", prefix, st->name, st->in_struct);
    if (st->first_statement)
        fprintf(to, "    if (!store_bulk(store, &first_%s, rows, count, f)) return false;\n",
                st->name);
    fprintf(to, "    return store_bulk(store, &st_%s, rows, count, f);\n}\n", st->name);
    fprintf(to, KEEP "\n{\n", prefix, st->name, st->in_struct);
    fprintf(to, "    store_keep(&st_%s, row, arena);\n}\n", st->name);
}

/* The columns of the row a plain INSERT or UPDATE writes, in the order the hash feeds them. */
static void put_of(FILE *to, const struct statement *st)
{
    struct columns list = { .count = 0 };

    list.at = grown(NULL, sizeof *list.at * COLUMNS);
    for (int i = 0; i < st->results.count; i++)
        list.at[list.count++] = *writes_column(st, st->of_statement, st->results.at[i]);
    fprintf(to, "static const struct store_column of_%s[] = {\n", st->name);
    for (int i = 0; i < list.count; i++)
        put_column(to, st->of_statement->in_struct, &list.at[i]);
    fprintf(to, "};\n");
    fprintf(to, OF "\n{\n", prefix, st->name, st->of_statement->in_struct, " ");
    fprintf(to, "    store_absorb(of_%s, %d, row, digest);\n}\n", st->name, list.count);
    free(list.at);
}

/* The two statements of a table; their slots come after all the others. */
static void put_table(FILE *to, const struct table *t)
{
    int slot      = statement_count + 2 * (int)(t - tables);
    char *columns = list_text(&t->columns, false, ""), *key = list_text(&t->key, false, "");
    char *marks = list_text(&t->columns, true, "?"), *numbers = list_text(&t->columns, true, "$");
    char *copy = postgres_copy(&t->lay), *many = postgres_many(&t->lay);

    fprintf(to, "static const struct store_column columns_%s[] = {\n", t->name);
    for (int i = 0; i < t->lay.in.count; i++)
        put_column(to, NULL, &t->lay.in.at[i]);
    fprintf(to,
            "};\nstatic const struct store_statement all_%s = {\n    .name = \"%s\", .slot = "
            "STORE_OWN_SLOTS + %d,\n    .sql = \"SELECT %s FROM %s ORDER BY %s\",\n"
            "    .postgres = \"SELECT %s FROM %s ORDER BY %s\",\n"
            "    .outs = %d, .is_streamed = true,\n};\n",
            t->name, t->name, slot, columns, t->name, key, columns, t->name, key, t->columns.count);
    fprintf(to,
            "static const struct store_statement lay_%s = {\n    .name = \"%s\", .slot = "
            "STORE_OWN_SLOTS + %d, .writes = true,\n"
            "    .sql = \"INSERT INTO %s (%s) VALUES (%s)\",\n"
            "    .postgres = \"INSERT INTO %s (%s) VALUES (%s)\",\n    .postgres_copy = \"%s\",\n"
            "    .postgres_many = \"%s\",\n    .in = columns_%s, .ins = %d,\n};\n",
            t->name, t->name, slot + 1, t->name, columns, marks, t->name, columns, numbers, copy,
            many, t->name, t->columns.count);
    free(columns), free(key), free(marks), free(numbers), free(copy), free(many);
}

static uint64_t fingerprint(void)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (int i = 0; i < piece_count; i++)
        for (const char *s = pieces[i].text;; s++) {
            h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
            if (!*s) break;
        }
    return h;
}

static void put_source(FILE *to, const char *schema)
{
    fprintf(to, "/* Made by sqlc from %s and the statements beside it. */\n#include \"%s.h\"\n\n",
            schema, prefix);
    fprintf(to, "static const char *const schema[] = {\n");
    for (int i = 0; i < piece_count; i++) {
        fprintf(to, "    ");
        put_string(to, pieces[i].text);
        fprintf(to, ",\n");
    }
    fprintf(to, "};\n");
    for (int i = 0; i < statement_count; i++) {
        fprintf(to, "\n");
        put_description(to, &statements[i]);
        put_function(to, &statements[i]);
        if (statements[i].is_bulk) put_bulk(to, &statements[i]);
        if (statements[i].of_statement) put_of(to, &statements[i]);
    }
    fprintf(to, "\nstatic const struct store_statement *const statements[] = {\n");
    for (int i = 0; i < statement_count; i++)
        fprintf(to, "    &st_%s,\n", statements[i].name);
    fprintf(to, "};\n");
    for (int i = 0; i < table_count; i++)
        put_table(to, &tables[i]);
    fprintf(to, "static const struct store_table tables[] = {\n");
    for (int i = 0; i < table_count; i++)
        fprintf(to, "    { \"%s\", &all_%s, &lay_%s },\n", tables[i].name, tables[i].name,
                tables[i].name);
    fprintf(to,
            "};\nconst struct store_set %s_set = {\n    .schema = schema,\n"
            "    .schema_count = %d,\n    .version = %d,\n    .fingerprint = \"%016llx\",\n"
            "    .slots = STORE_OWN_SLOTS + %d,\n    .statements = statements,\n"
            "    .statement_count = %d,\n    .tables = tables,\n    .table_count = %d,\n};\n",
            prefix, piece_count, schema_version, (unsigned long long)fingerprint(),
            statement_count + 2 * table_count, statement_count, table_count);
}

static void write_output(const char *output, const char *ending, const char *schema,
                         void put(FILE *, const char *))
{
    char name[4096];
    FILE *to;

    snprintf(name, sizeof name, "%s%s", output, ending);
    to = fopen(name, "w");
    if (to) put(to, schema);
    if (!to || ferror(to) || fclose(to)) {
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
        exit(2);
    }
}

int main(int argc, char **argv)
{
    sqlite3 *db;

    if (argc < 3) {
        fprintf(stderr, "Usage: sqlc OUTPUT SCHEMA FILE...\n");
        return 2;
    }
    prefix = strrchr(argv[1], '/') ? strrchr(argv[1], '/') + 1 : argv[1];
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) return 2;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    read_schema(argv[2]);
    make_schema(db, argv[2]);
    read_tables(db, argv[2]);
    for (int i = 3; i < argc; i++)
        read_statements(argv[i]);
    for (int i = 0; i < statement_count; i++)
        take_row(&statements[i], prefix);
    for (int i = 0; i < statement_count; i++)
        check_statement(db, &statements[i]);
    for (int i = 0; i < statement_count; i++)
        check_of(&statements[i]), check_first(&statements[i]);
    sqlite3_close(db);
    if (faults) {
        fprintf(stderr, "sqlc: %d faults\n", faults);
        return 1;
    }
    write_output(argv[1], ".h", argv[2], put_header);
    write_output(argv[1], ".c", argv[2], put_source);
    return 0;
}
