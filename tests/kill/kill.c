/* kill.c: a library to preload: it counts the calls that write to files or send to a
 * database's server, and ends the process at the nth, before it is done, as a power cut would.
 * KILL_AT=n; with FULL_AT=n nothing is ended, the nth write and all after it fail as on a full disk
 * (what is put together in memory first fails when it is synced); with KILL_COUNT=FILE nothing is
 * ended and the number of calls is written there at the end.  Calls on standard output and error do
 * not count.  The calls of child processes count with their parent's; whichever makes the nth, all
 * end.  LOSE_AT=n ends no process but the connection on which the nth call sends.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { KILLED = 137 };
static _Atomic long *counter; /* shared with the children */
static pid_t first;           /* the parent */

__attribute__((constructor)) static void begin(void)
{
    counter =
        mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    first = getpid();
}

/* Whether the disk is full by now. */
static int call(void)
{
    const char *at = getenv("KILL_AT"), *full = getenv("FULL_AT");
    long calls = ++*counter;

    if (full && calls >= atol(full)) return 1;
    if (!at || calls != atol(at)) return 0;
    if (getpid() != first) kill(first, SIGKILL);
    _exit(KILLED);
}

static int is_file(int fd)
{
    struct stat s;
    return fd > STDERR_FILENO && fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
}

static int count(int fd)
{
    int full = is_file(fd) && call();

    if (full) errno = ENOSPC;
    return full;
}

/* A database's own files are on the disk, as far as they were written. */
static int is_database(int fd)
{
    char link[64], path[4096];

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n           = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    return strstr(path, ".db") && !strstr(path, ".part");
}

#define REAL(name, ...) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))(__VA_ARGS__)

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (count(fd)) return -1;
    return REAL(write, fd, bytes, n);
}
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    if (count(fd)) return -1;
    return REAL(pwrite64, fd, bytes, n, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    if (count(fd)) return -1;
    return REAL(pwrite, fd, bytes, n, at);
}
ssize_t send(int fd, const void *bytes, size_t n, int flags)
{
    const char *at = getenv("LOSE_AT");

    call();
    if (at && *counter == atol(at)) shutdown(fd, SHUT_RDWR);
    return REAL(send, fd, bytes, n, flags);
}
int fsync(int fd)
{
    if (count(fd) && !is_database(fd)) return -1;
    return REAL(fsync, fd);
}
int fdatasync(int fd)
{
    count(fd);
    return REAL(fdatasync, fd);
}
int ftruncate(int fd, off_t n)
{
    count(fd);
    return REAL(ftruncate, fd, n);
}
int ftruncate64(int fd, off64_t n)
{
    count(fd);
    return REAL(ftruncate64, fd, n);
}
int unlink(const char *path)
{
    call();
    return REAL(unlink, path);
}
int rename(const char *from, const char *to)
{
    call();
    return REAL(rename, from, to);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("KILL_COUNT");
    FILE *f          = path ? fopen(path, "w") : NULL;
    if (!f) return;
    if (getpid() != first) return;
    fprintf(f, "%ld\n", (long)*counter);
    fclose(f);
}
