/* sqlite_hold.c: what one run at a time does on a SQLite file (store_hold): a lock on a file beside
 * it, which the system takes back from who has died. */
#include "store/backend.h"
#include "store/sqlite_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_TEXT = 4200, PRIVATE_FILE = 0600 };

/* The same name whichever way the database was named. */
static bool path_of(const struct store *s, int what, char path[PATH_TEXT])
{
    char *real = realpath(s->name, NULL);
    int n      = real ? snprintf(path, PATH_TEXT, "%s-hold%d", real, what) : -1;

    free(real);
    return n > 0 && n < PATH_TEXT;
}

bool sqlite_hold(struct store *s, int what, bool *held, struct fail *f)
{
    char path[PATH_TEXT];
    struct stat about;

    *held        = true;
    s->hold_file = -1;
    if (!strcmp(s->name, ":memory:")) return true;
    if (!path_of(s, what, path)) return file_fail(errno, s->name, f);
    for (;;) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, PRIVATE_FILE);
        if (fd < 0) return file_fail(errno, path, f);
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            int code = errno;
            close(fd);
            *held = false;
            return code == EWOULDBLOCK || file_fail(code, path, f);
        }
        if (fstat(fd, &about) == 0 && about.st_nlink > 0) {
            s->hold_file = fd;
            return true;
        }
        close(fd); /* who held it has just taken the file away */
    }
}

void sqlite_hold_end(struct store *s)
{
    char path[PATH_TEXT];

    if (!s->hold || s->hold_file < 0) return;
    if (path_of(s, s->hold, path)) unlink(path);
    close(s->hold_file);
    s->hold_file = -1;
}
