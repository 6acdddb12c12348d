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

/* The digest of a file; *found is false when there is none. */
static bool file_digest(const char *path, char digest[DIGEST_TEXT], bool *found, struct fail *fail)
{
    enum { BLOCK = 65536 };
    unsigned char hash[DIGEST_BYTES];
    char block[BLOCK];
    struct digest d;
    FILE *file = fopen(path, "rb");
    size_t n;

    *found = file || errno != ENOENT;
    if (!*found) return true;
    digest_begin(&d);
    while (file && (n = fread(block, 1, sizeof block, file)) > 0)
        digest_bytes(&d, block, n);
    bool fine = file && !ferror(file);
    digest_end(&d, hash);
    digest_hex(hash, digest);
    if (!fine)
        FAIL(fail, FAIL_SYSTEM, "file_unwritable", "%s is there already and cannot be read.", path);
    if (file) fclose(file);
    return fine;
}

bool batch_begin(const struct options *o, const struct setting *s, int64_t kind, bool *is_there,
                 struct fail *fail)
{
    char digest[DIGEST_TEXT];
    struct batch_there there = { .kind = kind, .name = o->out, .digest = digest };
    bool held;

    if (!store_hold(s->store, (int)kind, &held, fail)) return false;
    if (!held)
        return REFUSE(fail, "another_run",
                      "Another run is putting such a file together, or writing it, just now. "
                      "Nothing was booked; run again when it has ended.");
    return file_digest(o->out, digest, is_there, fail) &&
           (!*is_there || o->again || batch_is_there(s, &there, fail));
}

/* What is there already is left as it is, unless it is the very same. */
static bool place_check(const struct options *o, const char *digest, struct fail *fail)
{
    char there[DIGEST_TEXT];
    bool found;

    if (!file_digest(o->out, there, &found, fail)) return false;
    return !found || !strcmp(there, digest) ||
           REFUSE(fail, "file_there",
                  "%s is there already and is another file; it was left as it is. Name a file that "
                  "is not there: nothing more is booked for what is written to it.",
                  o->out);
}

bool batch_write_again(const struct options *o, const struct setting *s, int64_t kind,
                       struct fail *fail)
{
    struct sql_pay_batch_get_row row;
    char sum[MONEY_TEXT];

    if (!batch_find(s, kind, o->again, &row, fail) || !batch_save(o, s, o->again, fail))
        return false;
    printf("file %d: %lld %s, %s, made before: %s\n", o->again, (long long)row.number,
           kind == BATCH_PAYMENTS ? "payments" : "lines", money_text(row.amount, sum), o->out);
    return true;
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
    fine = fine && place_check(o, digest, fail);
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
