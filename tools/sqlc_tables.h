/* sqlc_tables.h: for every table of the schema a statement that reads all of it in the order of its
 * key and one that writes a row: what moving a database needs. */
#pragma once
#include "sqlc_expand.h"

struct table {
    char name[NAME];
    struct names columns, key;
    struct statement lay; /* its INSERT */
};

static struct table tables[TABLES];
static int table_count;

static enum type column_type(const char *declared)
{
    return !strcmp(declared, "TEXT") ? TYPE_TEXT : !strcmp(declared, "BLOB") ? TYPE_BLOB : TYPE_INT;
}

static void add_column(struct table *t, const char *name, const char *declared)
{
    struct columns *in = &t->lay.in;
    struct column c    = { .type = column_type(declared), .nullable = true };

    snprintf(c.name, sizeof c.name, "%s", name);
    in->at              = grown(in->at, sizeof c * (size_t)(in->count + 1));
    in->at[in->count++] = c;
    snprintf(t->columns.at[t->columns.count++], NAME, "%s", name);
}

/* Columns in order; the key's in the key's order. */
static void read_table(sqlite3 *db, struct table *t)
{
    sqlite3_stmt *s;

    if (sqlite3_prepare_v2(db, "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid", -1,
                           &s, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_text(s, 1, t->name, -1, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW && t->columns.count < COLUMNS) {
        int place = sqlite3_column_int(s, 2);
        add_column(t, (const char *)sqlite3_column_text(s, 0),
                   (const char *)sqlite3_column_text(s, 1));
        if (place) {
            snprintf(t->key.at[place - 1], NAME, "%s", sqlite3_column_text(s, 0));
            if (place > t->key.count) t->key.count = place;
        }
    }
    sqlite3_finalize(s);
    t->lay.writing = (struct writing){ .columns = t->columns, .parameters = t->columns };
    snprintf(t->lay.writing.table, NAME, "%s", t->name);
    snprintf(t->lay.name, NAME, "%s", t->name);
    t->lay.writing.is_insert = true;
}

/* In the order of the schema, so that a table comes after those it refers to. */
static void read_tables(sqlite3 *db, const char *file)
{
    for (int i = 0; i < piece_count; i++) {
        struct table *t = &tables[table_count];
        if (sscanf(pieces[i].text, "CREATE TABLE %63[a-z0-9_]", t->name) != 1) continue;
        table_count++;
        read_table(db, t);
        if (!t->key.count)
            fault(file, pieces[i].line, "%s has no PRIMARY KEY: its rows have no order", t->name);
    }
}

/* "a, b, c" with `mark` before each; to be freed. */
static char *list_text(const struct names *names, bool is_numbered, const char *mark)
{
    char *to = NULL, number[NAME];

    append(&to, "");
    for (int i = 0; i < names->count; i++) {
        snprintf(number, sizeof number, "%s%s%d", i ? ", " : "", mark, i + 1);
        if (!is_numbered) snprintf(number, sizeof number, "%s", i ? ", " : "");
        append(&to, number);
        if (!is_numbered) append(&to, names->at[i]);
    }
    return to;
}
