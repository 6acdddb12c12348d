/* fresh.h: where a test's database is: in memory or in a file, or, with UPKEEP_TEST_SERVER
 * (tests/with_postgres.sh), a new one of that server. */
#pragma once
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static inline bool on_server(void)
{
    return getenv("UPKEEP_TEST_SERVER") != NULL;
}

/* Runs SQL on a database of the server; 0 when it worked. */
static inline int server_exec(const char *address, const char *sql)
{
    PGconn *c   = PQconnectdb(address);
    PGresult *r = PQexec(c, sql);
    int status  = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;

    if (!status) fprintf(stderr, "%s: %s", sql, PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
    return !status;
}

static inline const char *server_database(const char *template)
{
    static char names[8][300];
    static unsigned number;
    char *name = names[number % 8], sql[200];

    snprintf(name, sizeof names[0], "%spostgres", getenv("UPKEEP_TEST_SERVER"));
    snprintf(sql, sizeof sql, "CREATE DATABASE t%d_%u TEMPLATE %s", (int)getpid(), ++number,
             template);
    if (server_exec(name, sql)) abort();
    snprintf(name, sizeof names[0], "%st%d_%u", getenv("UPKEEP_TEST_SERVER"), (int)getpid(),
             number);
    return name;
}

/* The name of a database that is not there yet, or empty; on no server: `otherwise`. */
static inline const char *fresh_database(const char *otherwise)
{
    return on_server() ? server_database("template0") : otherwise;
}

/* The same for the program's own database: a copy of one that `upkeep init --rehearsal` has made,
 * where UPKEEP_TEST_READY names one (a copy takes a tenth of the time); to be opened by
 * database_open. */
static inline const char *ready_database(const char *otherwise)
{
    const char *ready = getenv("UPKEEP_TEST_READY");

    return on_server() ? server_database(ready ? ready : "template0") : otherwise;
}

/* The name of a copy of a database of the server that nobody has open. */
static inline const char *fresh_copy(const char *address)
{
    return server_database(address + strlen(getenv("UPKEEP_TEST_SERVER")));
}
