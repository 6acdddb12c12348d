/* postgres_integrity.c: whether what is in the tables can be read and holds together. */
#include "store/postgres.h"

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
