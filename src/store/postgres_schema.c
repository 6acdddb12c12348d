/* postgres_schema.c: the tables of sql/schema.sql as PostgreSQL has them, and whether what is in
 * them holds together. */
#include "store/postgres.h"

#include "base/bug.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTITIONS = 16, PART_TEXT = 256 };

static const char create_table[] = "CREATE TABLE ";

/* Text compares byte by byte, as SQLite does, so that rows have one order everywhere. */
static const struct {
    const char *word, *instead;
} types[] = {
    { "INTEGER", "bigint" },
    { "TEXT", "text COLLATE \"C\"" },
    { "BLOB", "bytea" },
};

/* The type's word that begins at s, or NULL. */
static const char *type_at(const char *s, size_t *length)
{
    *length = 0;
    while (isalnum((unsigned char)s[*length]) || s[*length] == '_')
        ++*length;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strlen(types[i].word) == *length && !strncmp(s, types[i].word, *length))
            return types[i].instead;
    return NULL;
}

static void type_words(const char *sql, struct bytes *to)
{
    size_t n;

    while (*sql) {
        const char *instead = type_at(sql, &n);
        if (n == 0 && *sql == '\'') {
            const char *end = strchr(sql + 1, '\'');
            n               = end ? (size_t)(end - sql) + 1 : strlen(sql);
        }
        if (instead)
            bytes_add(to, instead, strlen(instead));
        else
            bytes_add(to, sql, n ? n : 1);
        sql += n ? n : 1;
    }
}

/* The name of a table kept by paying parent: its first column is pp; else "". */
static void table_by_parent(const char *sql, char name[64])
{
    char column[8] = "";

    *name = '\0';
    if (sscanf(sql, "CREATE TABLE %63[a-z0-9_] ( %7[a-z0-9_]", name, column) != 2 ||
        strcmp(column, "pp") != 0)
        *name = '\0';
}

static bool partitions_make(struct store *s, const char *table, struct fail *f)
{
    char text[PART_TEXT];

    for (int i = 0; i < PARTITIONS; i++) {
        snprintf(text, sizeof text,
                 "CREATE TABLE %s_p%02d PARTITION OF %s FOR VALUES WITH (MODULUS %d, REMAINDER %d)",
                 table, i, table, PARTITIONS, i);
        if (!postgres_exec(s, text, f)) return false;
    }
    return true;
}

static bool piece_make(struct store *s, const char *sql, struct bytes *text, struct fail *f)
{
    static const char by_parent[] = " PARTITION BY HASH (pp)";
    char name[64]                 = "";

    text->n = 0;
    type_words(sql, text);
    if (!strncmp(sql, create_table, strlen(create_table))) table_by_parent(sql, name);
    if (*name) bytes_add(text, by_parent, strlen(by_parent));
    bytes_add(text, "", 1);
    return postgres_exec(s, text->at, f) && (!*name || partitions_make(s, name, f));
}

bool postgres_schema_make(struct store *s, struct fail *f)
{
    struct bytes text = { .n = 0 };
    bool done         = true;

    for (size_t i = 0; i < s->set->schema_count && done; i++)
        done = piece_make(s, s->set->schema[i], &text, f);
    free(text.at);
    return done;
}

/* --- integrity --- */

/* Each of these gives sentences, one for each fault. */
static const char *const checks[] = {
    "SELECT 'the index ' || c.relname || ' is not usable' FROM pg_index i "
    "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = current_schema() AND NOT i.indisvalid",
    "SELECT 'the rule ' || conname || ' of ' || conrelid::regclass || ' was never proved' "
    "FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
    "WHERE n.nspname = current_schema() AND NOT convalidated",
};

/* SQL that finds rows that refer to nothing, one statement for each reference. */
static const char references[] =
    "SELECT format('SELECT ''a row of %s refers to a row of %s that is not there'' FROM %s a "
    "WHERE NOT EXISTS (SELECT 1 FROM %s b WHERE %s) AND %s', conrelid::regclass, "
    "confrelid::regclass, conrelid::regclass, confrelid::regclass, "
    "(SELECT string_agg(format('a.%I = b.%I', x.attname, y.attname), ' AND ') "
    " FROM unnest(conkey, confkey) k(i, j) "
    " JOIN pg_attribute x ON x.attrelid = conrelid AND x.attnum = k.i "
    " JOIN pg_attribute y ON y.attrelid = confrelid AND y.attnum = k.j), "
    "(SELECT string_agg(format('a.%I IS NOT NULL', x.attname), ' AND ') FROM unnest(conkey) k(i) "
    " JOIN pg_attribute x ON x.attrelid = conrelid AND x.attnum = k.i)) "
    "FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
    "WHERE contype = 'f' AND conparentid = 0 AND n.nspname = current_schema()";

/* Reads every row of every table: a page that cannot be read says so. */
static const char tables[] =
    "SELECT format('SELECT NULL::text FROM (SELECT count(*) FROM %s) x WHERE false', "
    "c.oid::regclass) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition";

struct complaint {
    store_complaint *tell;
    void *context;
    size_t count;
};

static bool check_run(struct store *s, const char *sql, struct complaint *c, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(l->conn, sql);
    bool done        = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    for (int i = 0; done && i < PQntuples(result); i++) {
        c->count++;
        c->tell(c->context, PQgetvalue(result, i, 0));
    }
    PQclear(result);
    return done;
}

/* Runs every statement that sql gives. */
static bool checks_run(struct store *s, const char *sql, struct complaint *c, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(l->conn, sql);
    bool done        = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    for (int i = 0; done && i < PQntuples(result); i++)
        done = check_run(s, PQgetvalue(result, i, 0), c, f);
    PQclear(result);
    return done;
}

bool postgres_integrity(struct store *s, store_complaint *tell, void *context, struct fail *f)
{
    struct complaint c = { tell, context, 0 };

    if (!postgres_alive(s, f) || !postgres_exec(s, "SET enable_seqscan = on", f)) return false;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (!check_run(s, checks[i], &c, f)) return false;
    if (!checks_run(s, tables, &c, f) || !checks_run(s, references, &c, f) ||
        !postgres_exec(s, "SET enable_seqscan = off", f))
        return false;
    if (c.count == 0) return true;
    return FAIL(f, FAIL_INTEGRITY, "not_intact",
                "%.180s has %zu faults. Stop using it, keep a copy, and restore the last good "
                "backup.",
                s->name, c.count);
}
