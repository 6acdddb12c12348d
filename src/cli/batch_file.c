/* batch_file.c: files of payments and collections on the disk. */
#include "cli/batch_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool batch_tables(const struct options *o, struct arena *arena, struct account_tables **tables,
                  struct fail *fail)
{
    *tables = NULL;
    if (!o->tables) return true;
    FILE *file = fopen(o->tables, "r");
    if (!file)
        return FAIL(fail, FAIL_INPUT, "file_missing", "%s cannot be opened: %s.", o->tables,
                    strerror(errno));
    *tables   = ARENA_NEW(arena, struct account_tables);
    bool fine = account_tables_read(file, arena, *tables, fail);
    fclose(file);
    return fine;
}

/* After this a file that was given its name keeps it, also through a power cut. */
static bool folder_sync(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name  = !slash          ? "."
                        : slash == path ? "/"
                                        : arena_text(arena, path, (size_t)(slash - path));
    int folder        = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine         = folder >= 0 && fsync(folder) == 0;

    if (folder >= 0) close(folder);
    return fine;
}

bool batch_save(const struct options *o, const struct setting *s, int64_t batch, struct fail *fail)
{
    const char *part = arena_print(s->arena, "%s.part", o->out);
    FILE *to         = fopen(part, "wb");
    char digest[DIGEST_TEXT];

    if (!to)
        return FAIL(fail, FAIL_SYSTEM, "file_unwritable", "%s cannot be written: %s.", part,
                    strerror(errno));
    bool fine = batch_write(s, batch, to, digest, fail);
    if (fine && (fflush(to) != 0 || fsync(fileno(to)) != 0))
        fine = FAIL(fail, FAIL_SYSTEM, "file_unwritable", "%s could not be written: %s.", part,
                    strerror(errno));
    fclose(to);
    if (fine && (rename(part, o->out) != 0 || !folder_sync(o->out, s->arena)))
        fine = FAIL(fail, FAIL_SYSTEM, "file_unwritable", "%s could not be put in its place: %s.",
                    o->out, strerror(errno));
    if (!fine) remove(part);
    return fine && batch_written(s, batch, digest, fail);
}

static bool sender_job(void *context, struct store *store, struct fail *fail)
{
    const struct options *o = context;
    return sender_set(store, o->user, o->account, fail);
}

bool batch_sender(const struct options *o, struct store *store, struct fail *fail)
{
    if (!o->user || !o->account)
        return FAIL(fail, FAIL_INPUT, "sender_half", "Give --user and --account together.");
    struct options order = *o;
    return store_work(store, STORE_WRITING, sender_job, &order, fail);
}
