/* database.c: a database's first rows. */
#include "app/database.h"

#include "sql.h"

#include <string.h>

#define READY     "counters"
#define REHEARSAL "rehearsal"

static bool put(struct store *store, const char *key, const char *value, struct fail *fail)
{
    return sql_meta_put(store, &(struct sql_meta_put_in){ .key = key, .value = value }, fail);
}

static bool has(struct store *store, const char *key, bool *found, struct fail *fail)
{
    struct arena arena = { 0 };
    struct sql_meta_get_row row;
    bool fine =
        sql_meta_get(store, &(struct sql_meta_get_in){ .key = key }, &arena, &row, found, fail);

    arena_free(&arena);
    return fine;
}

static bool start(struct store *store, bool is_rehearsal, struct fail *fail)
{
    static const char *const names[] = { "person", "arrangement", "feed" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!sql_counter_start(store, &(struct sql_counter_start_in){ .name = names[i], .next = 1 },
                               fail))
            return false;
    return (!is_rehearsal || put(store, REHEARSAL, "yes", fail)) &&
           put(store, READY, "started", fail);
}

/* Starts what nothing has started: of a database just made, or one whose making was cut off. */
static bool prepare(struct store *store, bool is_rehearsal, struct fail *fail)
{
    bool found = false;
    bool fine  = store_begin(store, STORE_WRITING, fail) && has(store, READY, &found, fail) &&
                (found || start(store, is_rehearsal, fail));

    if (fine && !found) return store_commit(store, fail);
    store_rollback(store);
    return fine;
}

bool database_is_rehearsal(struct store *store, bool *is, struct fail *fail)
{
    return has(store, REHEARSAL, is, fail);
}

static bool rehearsal_only(struct store *store, const char *name, struct fail *fail)
{
    bool is = false;

    return database_is_rehearsal(store, &is, fail) &&
           (is || REFUSE(fail, "not_rehearsal",
                         "%s is a database of the service, and families that are made up do not "
                         "belong in it. Name one that is new, or a rehearsal.",
                         name));
}

struct store *database_open(const char *name, struct fail *fail)
{
    bool memory         = !strcmp(name, ":memory:");
    struct fail left    = { 0 };
    struct store *store = memory ? NULL : store_open(name, STORE_WRITE, fail);

    if (!store && (memory || !strcmp(fail->code, "missing")))
        store = store_open(name, STORE_CREATE, fail);
    else if (!store && !strcmp(fail->code, "not_upkeep"))
        store =
            store_open(name, STORE_CREATE, &left); /* takes what a cut making left, else fails */
    if (store && (!prepare(store, true, fail) || !rehearsal_only(store, name, fail))) {
        store_close(store);
        return NULL;
    }
    return store;
}

bool database_create(const char *name, struct database_kind kind, struct fail *fail)
{
    struct store *store = store_open(name, kind.is_spread ? STORE_SPREAD : STORE_CREATE, fail);
    bool fine           = store && prepare(store, kind.is_rehearsal, fail);

    store_close(store);
    return fine;
}
