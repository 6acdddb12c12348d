/* postgres_fail.c: what PostgreSQL says, as sentences that say what to do. */
#include "store/postgres.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *state; /* an SQLSTATE, or the first two characters of its class */
    enum fail_kind kind;
    const char *name, *text; /* text takes the database's name */
} known[] = {
    { "23505", FAIL_INPUT, "exists", "%s already holds a row with this key." },
    { "23", FAIL_INTEGRITY, "constraint",
      "%s refused a row that breaks one of its rules; nothing was committed." },
    { "40", FAIL_SYSTEM, "again",
      "Someone else changed the same rows of %s meanwhile. Nothing was committed: run it again." },
    { "55P03", FAIL_SYSTEM, "locked",
      "Someone else is writing the same rows of %s. Wait until they have finished, then run it "
      "again." },
    { "53100", FAIL_SYSTEM, "disk_full",
      "No room is left on the disk of %s. Nothing was committed: make room and run it again." },
    { "58030", FAIL_SYSTEM, "disk_error",
      "The disk of %s failed to read or write. Nothing was committed: check the disk first." },
    { "25006", FAIL_SYSTEM, "read_only",
      "%s may not be written: it is opened to read, or is a replica. Name the primary server." },
    { "42501", FAIL_SYSTEM, "cannot_open",
      "This user may not do that in %s. Grant the rights on its schema and tables." },
    { "42P01", FAIL_SYSTEM, "not_upkeep",
      "%s is not an Upkeep database, or not all of its tables are in the search path." },
    { "XX", FAIL_INTEGRITY, "corrupt",
      "%s is damaged. Stop using it, keep a copy, and restore the last good backup." },
};

/* What the server or the library said, on one line. */
static void words_of(const char *said, char *words, size_t size)
{
    size_t n = strcspn(said, "\n");

    if (!strncmp(said, "ERROR:  ", strlen("ERROR:  "))) {
        said += strlen("ERROR:  ");
        n -= strlen("ERROR:  ");
    }
    snprintf(words, size, "%.*s", (int)n, said);
}

bool postgres_gone(const struct store *s, struct fail *f)
{
    return FAIL(f, FAIL_SYSTEM, "gone",
                "The connection to %.180s was lost. Nothing of this work was committed: run it "
                "again when the database answers.",
                s->name);
}

bool postgres_fail(const struct store *s, const PGresult *result, struct fail *f)
{
    const struct link *l = s->link;
    const char *state    = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    char words[160], text[sizeof f->text];

    if (PQstatus(l->conn) != CONNECTION_OK || !state || !strncmp(state, "08", 2) ||
        !strncmp(state, "57P", 3))
        return postgres_gone(s, f);
    words_of(PQresultErrorMessage(result), words, sizeof words);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strncmp(state, known[i].state, strlen(known[i].state)) != 0) continue;
        const char *at = strstr(known[i].text, "%s");
        snprintf(text, sizeof text, "%.*s%.100s%s", (int)(at - known[i].text), known[i].text,
                 s->name, at + 2);
        return FAIL(f, known[i].kind, known[i].name, "%s (%s)", text, words);
    }
    return FAIL(f, FAIL_SYSTEM, "database", "%.180s: the database said: %s (%s)", s->name, words,
                state);
}
