/* postgres_schema.c: the tables of sql/schema.sql as PostgreSQL has them. */
#include "store/postgres.h"

#include "base/bug.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTITIONS = 16, PARTITIONS_MOST = 100, PART_TEXT = 256 };

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

/* Into how many parts tables go: 16, or what the database, the server or the address says. */
static bool partitions_read(struct store *s, int *count, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(
        l->conn, "SELECT coalesce(nullif(current_setting('upkeep.partitions', true), ''), '0')");
    bool done = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    if (done) *count = (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    if (done && *count == 0) *count = PARTITIONS;
    return done && ((*count > 0 && *count <= PARTITIONS_MOST) ||
                    FAIL(f, FAIL_INPUT, "partitions_wrong",
                         "upkeep.partitions is set to %d on %.120s; it can be 1 to %d.", *count,
                         s->name, PARTITIONS_MOST));
}

static void partitions_put(struct bytes *text, const char *table, int count)
{
    char part[PART_TEXT];

    for (int i = 0; i < count; i++) {
        snprintf(part, sizeof part,
                 ";CREATE TABLE %s_p%02d PARTITION OF %s FOR VALUES WITH (MODULUS %d, "
                 "REMAINDER %d)",
                 table, i, table, count, i);
        bytes_add(text, part, strlen(part));
    }
}

static bool is_table(const char *sql)
{
    return !strncmp(sql, create_table, strlen(create_table));
}

/* --- spread over machines by Citus --- */

/* Whether the extension is made in this database, and if not, what is missing. */
static bool citus_ready(struct store *s, struct fail *f)
{
    struct link *l = s->link;
    PGresult *result =
        PQexec(l->conn, "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus'), "
                        "EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'citus')");
    bool done = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);
    bool made = done && *PQgetvalue(result, 0, 0) == 't';
    bool here = done && *PQgetvalue(result, 0, 1) == 't';

    PQclear(result);
    if (!done || made)
        return done && postgres_exec(s,
                                     "SET LOCAL citus.multi_shard_modify_mode = "
                                     "'sequential'",
                                     f);
    return FAIL(f, FAIL_SYSTEM, "citus_missing",
                here ? "%.120s has the Citus extension at hand, but not in this database: put "
                       "citus in shared_preload_libraries, start the server again, run CREATE "
                       "EXTENSION citus, and add the other machines with citus_add_node."
                     : "%.120s is served without the Citus extension, which spreads tables over "
                       "machines. Install it on every machine (it is not part of Debian), or make "
                       "the database without --distributed.",
                s->name);
}

/* A table kept by paying parent goes where its pp is; one that only names a pp goes by its key;
 * the rest is small and copied to every machine. */
static bool table_spread(struct store *s, const char *sql, struct fail *f)
{
    char name[64], first[64], text[PART_TEXT];
    static const char parent[] = "event"; /* the first of them: the others lie beside it */

    if (sscanf(sql, "CREATE TABLE %63[a-z0-9_] ( %63[a-z0-9_]", name, first) != 2) return true;
    if (!strcmp(first, "pp"))
        snprintf(text, sizeof text, "SELECT create_distributed_table('%s', 'pp'%s%s%s)", name,
                 strcmp(name, parent) ? ", colocate_with => '" : "",
                 strcmp(name, parent) ? parent : "", strcmp(name, parent) ? "'" : "");
    else if (strstr(sql, " pp INTEGER"))
        snprintf(text, sizeof text,
                 "SELECT create_distributed_table('%s', '%s', colocate_with => 'none')", name,
                 first);
    else
        snprintf(text, sizeof text, "SELECT create_reference_table('%s')", name);
    return postgres_exec(s, text, f);
}

/* Where the references of a table begin in its CREATE (", FOREIGN KEY"): they come last. */
static const char *references_at(const char *sql)
{
    const char *at = strstr(sql, ", FOREIGN KEY");

    return at ? at : sql + strlen(sql);
}

/* The table without its references: they are made when it has its place, and its rows. */
static void table_put(const char *sql, int partitions, struct bytes *text)
{
    static const char by_parent[] = ") PARTITION BY HASH (pp)";
    char name[64], *bare = strndup(sql, (size_t)(references_at(sql) - sql));

    BUG_UNLESS(bare);
    table_by_parent(sql, name);
    bool is_split = *name && partitions;
    if (!*references_at(sql)) bare[strlen(bare) - 1] = '\0'; /* its closing bracket */
    type_words(bare, text);
    bytes_add(text, is_split ? by_parent : ")", is_split ? strlen(by_parent) : 1);
    free(bare);
    if (is_split) partitions_put(text, name, partitions);
    bytes_add(text, ";", 1);
}

/* `, FOREIGN KEY (a) REFERENCES t (a) ...` one by one. */
static bool references_make(struct store *s, const char *sql, struct bytes *text, struct fail *f)
{
    static const char separator[] = ", FOREIGN KEY";
    char name[64];

    sscanf(sql, "CREATE TABLE %63[a-z0-9_]", name);
    for (const char *at = references_at(sql); *at;) {
        const char *next = strstr(at + 1, separator);
        size_t n         = next ? (size_t)(next - at) : strlen(at) - 1; /* without the bracket */
        text->n          = 0;
        bytes_add(text, "ALTER TABLE ", strlen("ALTER TABLE "));
        bytes_add(text, name, strlen(name));
        bytes_add(text, " ADD", strlen(" ADD"));
        bytes_add(text, at + 1, n - 1);
        bytes_add(text, "", 1);
        if (!postgres_exec(s, text->at, f)) return false;
        at = next ? next : "";
    }
    return true;
}

/* Indexes, then references. */
static bool schema_end(struct store *s, struct fail *f)
{
    struct bytes text           = { .n = 0 };
    const struct store_set *set = s->set;
    bool done                   = true;

    for (size_t i = 0; i < set->schema_count && done; i++)
        if (!is_table(set->schema[i])) done = postgres_exec(s, set->schema[i], f);
    for (size_t i = 0; i < set->schema_count && done; i++)
        if (is_table(set->schema[i])) done = references_make(s, set->schema[i], &text, f);
    free(text.at);
    return done;
}

/* One by one, each put in its place on the machines. */
static bool schema_spread(struct store *s, struct fail *f)
{
    struct bytes text = { .n = 0 };
    bool done         = citus_ready(s, f);

    for (size_t i = 0; i < s->set->schema_count && done; i++) {
        if (!is_table(s->set->schema[i])) continue;
        text.n = 0;
        table_put(s->set->schema[i], 0, &text);
        bytes_add(&text, "", 1);
        done = postgres_exec(s, text.at, f) && table_spread(s, s->set->schema[i], f);
    }
    free(text.at);
    return done;
}

/* All at once: hundreds of tables are one way there and back. */
static bool schema_begin(struct store *s, struct fail *f)
{
    struct bytes text = { .n = 0 };
    int partitions    = 0;

    if (!partitions_read(s, &partitions, f)) return false;
    for (size_t i = 0; i < s->set->schema_count; i++)
        if (is_table(s->set->schema[i])) table_put(s->set->schema[i], partitions, &text);
    bytes_add(&text, "", 1);
    bool done = postgres_exec(s, text.at, f);
    free(text.at);
    return done;
}

bool postgres_schema_make(struct store *s, struct fail *f)
{
    return (s->mode == STORE_SPREAD ? schema_spread(s, f) : schema_begin(s, f)) &&
           (s->mode == STORE_FILL || schema_end(s, f));
}

bool postgres_fill_end(struct store *s, struct fail *f)
{
    bool done =
        postgres_exec(s, "SET maintenance_work_mem = '256MB'; SET enable_seqscan = on", f) &&
        store_begin(s, STORE_WRITING, f) && schema_end(s, f) && store_commit(s, f);

    store_rollback(s);
    return done && postgres_exec(s, "ANALYZE", f) &&
           postgres_exec(s, "RESET maintenance_work_mem; SET enable_seqscan = off", f);
}

bool postgres_schema_drop(struct store *s, struct fail *f)
{
    char text[PART_TEXT];

    for (int i = s->set->table_count - 1; i >= 0; i--) {
        snprintf(text, sizeof text, "DROP TABLE IF EXISTS %s CASCADE", s->set->tables[i].name);
        if (!postgres_exec(s, text, f)) return false;
    }
    return true;
}
