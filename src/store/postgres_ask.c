/* postgres_ask.c: statements that read, sent one after another before any answer is fetched:
 * together they cost one way there and back.
 *
 * A statement the connection has not prepared yet is prepared on the way.  The library reads while
 * it waits to send, so the two ends cannot block each other. */
#include "store/postgres.h"

#include "base/bug.h"

#include <stdio.h>
#include <sys/socket.h>

enum { BINARY = 1, NAME_TEXT = 32 };

static bool pipeline_enter(struct store *s, struct fail *f)
{
    struct link *l = s->link;

    if (PQpipelineStatus(l->conn) != PQ_PIPELINE_OFF) return true;
    if (!s->is_working && !postgres_alive(s, f)) return false;
    l->asked_count = 0;
    return postgres_whole(s, false, f) &&
           (PQenterPipelineMode(l->conn) == 1 || postgres_gone(s, f));
}

static bool prepare_send(const struct link *l, const struct store_statement *st, const char *name)
{
    unsigned types[STORE_COLUMNS];

    for (int i = 0; i < st->ins; i++)
        types[i] = column_oid(&st->in[i]);
    return PQsendPrepare(l->conn, name, st->postgres, st->ins, types) == 1;
}

bool postgres_ask(struct store *s, const struct store_statement *st, const struct cell *in,
                  struct sink *sink, struct fail *f)
{
    struct link *l = s->link;
    struct parameters p;
    char name[NAME_TEXT];

    BUG_UNLESS(st->slot >= 0 && st->slot < s->set->slots && st->postgres);
    if (!pipeline_enter(s, f)) return false;
    BUG_UNLESS(l->asked_count < STORE_ASKED);
    struct asked *a = &l->asked[l->asked_count];
    *a              = (struct asked){ st, sink, !l->prepared[st->slot] };
    snprintf(name, sizeof name, "s%d", st->slot);
    parameters_put(l, st, in, &p);
    if ((a->prepares && !prepare_send(l, st, name)) ||
        PQsendQueryPrepared(l->conn, name, st->ins, p.values, p.lengths, p.formats, BINARY) != 1)
        return postgres_gone(s, f);
    l->prepared[st->slot] = true;
    l->asked_count++;
    return true;
}

/* The next result and the NULL that ends it; NULL when there is none any more. */
static PGresult *result_next(const struct link *l)
{
    PGresult *result = PQgetResult(l->conn);

    if (result && PQresultStatus(result) != PGRES_PIPELINE_SYNC) PQclear(PQgetResult(l->conn));
    return result;
}

/* Whether the statement is prepared now. */
static bool prepared_take(struct store *s, const struct asked *a, bool is_fine, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = result_next(l);
    bool done        = PQresultStatus(result) == PGRES_COMMAND_OK;

    if (!done) l->prepared[a->st->slot] = false;
    if (!done && is_fine) postgres_fail(s, result, f);
    PQclear(result);
    return done;
}

/* After one failed the others are not run: only the first failure is told. */
static bool asked_take(struct store *s, const struct asked *a, bool is_fine, struct fail *f)
{
    struct link *l = s->link;

    if (a->prepares) is_fine = prepared_take(s, a, is_fine, f) && is_fine;
    PGresult *result = result_next(l);
    if (is_fine) return postgres_take(s, a->st, result, a->sink, f);
    PQclear(result);
    return false;
}

bool postgres_answer(struct store *s, struct fail *f)
{
    struct link *l = s->link;
    bool is_fine   = true;

    if (PQpipelineStatus(l->conn) == PQ_PIPELINE_OFF) return true;
    if (PQpipelineSync(l->conn) != 1) is_fine = postgres_gone(s, f);
    for (int i = 0; i < l->asked_count; i++)
        is_fine = asked_take(s, &l->asked[i], is_fine, f) && is_fine;
    l->asked_count = 0;
    PQclear(PQgetResult(l->conn)); /* the pipeline's end */
    if (PQexitPipelineMode(l->conn) == 1) return is_fine;
    shutdown(PQsocket(l->conn), SHUT_RDWR); /* of no use any more: found lost here, not later */
    PQconsumeInput(l->conn);
    return is_fine && postgres_gone(s, f);
}
