/* database.c: a database's first rows. */
#include "app/database.h"

#include "sql.h"

#include <string.h>

#define READY "counters"

static bool counters_start(struct store *store, struct fail *fail)
{
    static const char *const names[] = { "person", "arrangement" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!sql_counter_start(store, &(struct sql_counter_start_in){ .name = names[i], .next = 1 },
                               fail))
            return false;
    return sql_meta_put(store, &(struct sql_meta_put_in){ .key = READY, .value = "started" }, fail);
}

bool database_prepare(struct store *store, struct fail *fail)
{
    struct arena arena = { 0 };
    struct sql_meta_get_row row;
    bool found = false;
    bool fine  = store_begin(store, STORE_WRITING, fail) &&
                sql_meta_get(store, &(struct sql_meta_get_in){ .key = READY }, &arena, &row, &found,
                             fail) &&
                (found || counters_start(store, fail));

    arena_free(&arena);
    if (fine && !found) return store_commit(store, fail);
    store_rollback(store);
    return fine;
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
    if (store && !database_prepare(store, fail)) {
        store_close(store);
        return NULL;
    }
    return store;
}

static bool create(const char *name, enum store_mode mode, struct fail *fail)
{
    struct store *store = store_open(name, mode, fail);
    bool fine           = store && database_prepare(store, fail);

    store_close(store);
    return fine;
}

bool database_create(const char *name, struct fail *fail)
{
    return create(name, STORE_CREATE, fail);
}

bool database_spread(const char *name, struct fail *fail)
{
    return create(name, STORE_SPREAD, fail);
}
