/* watch.c: child processes at the day's work. */
#include "batch/watch.h"

#include "app/stop.h"
#include "base/bug.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    TICK_MS        = 100,
    ANONYMOUS_MOST = 5,
    OPEN_TRIES     = 600,
    OPEN_PAUSE_US  = 200000,
    HOUR           = 3600,
    MS             = 1000,
    NS             = 1000000000
};

int64_t watch_now(void)
{
    return time(NULL);
}

static int64_t milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * MS + t.tv_nsec / (NS / MS);
}

bool watch_open(struct watch *w, const struct crew *crew, struct fail *fail)
{
    size_t size = sizeof(struct berth) * WORKERS_MOST;
    struct berth *berth =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    *w = (struct watch){ .crew = crew };
    signal(SIGXFSZ, SIG_IGN); /* a file too large is a full disk, and no fault of a family */
    if (berth == MAP_FAILED)
        return FAIL(fail, FAIL_SYSTEM, "no_memory", "There is no memory to share with workers.");
    for (size_t i = 0; i < WORKERS_MOST; i++)
        w->at[i].berth = &berth[i];
    return true;
}

void watch_close(struct watch *w)
{
    if (w->at[0].berth) munmap(w->at[0].berth, sizeof(struct berth) * WORKERS_MOST);
}

/* --- the child --- */

/* For bulk work; a server that is starting again, or goes away meanwhile, is waited for. */
static struct store *open_patiently(const char *name, struct fail *fail)
{
    for (int tries = 0;; tries++) {
        struct store *s = store_open(name, STORE_WRITE, fail);
        if (s && store_set_bulk(s, true, fail)) return s;
        store_close(s);
        if (tries == OPEN_TRIES ||
            (strcmp(fail->code, "cannot_open") != 0 && strcmp(fail->code, "locked") != 0 &&
             strcmp(fail->code, "gone") != 0))
            return NULL;
        usleep(OPEN_PAUSE_US);
    }
}

static _Noreturn void child_run(const struct watch *w, const struct worker *me, pid_t parent)
{
    struct day_worker work = {
        .setting = { .today = w->day, .actor = "day" },
        .name    = me->name,
        .now     = watch_now,
        .lease   = w->crew->lease,
        .most    = w->crew->most,
        .sign    = &me->berth->sign,
    };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(EXIT_FAILURE);
    work.setting.store = open_patiently(w->crew->database, &me->berth->fail);
    if (work.setting.store) store_be_patient(work.setting.store, store_notice_print, NULL);
    bool fine = work.setting.store != NULL && day_work(&work, &me->berth->fail);
    store_close(work.setting.store);
    _exit(fine ? EXIT_SUCCESS : EXIT_FAILURE);
}

static bool child_start(struct watch *w, struct worker *me, struct fail *fail)
{
    char host[48] = "";
    int pipes[2];
    pid_t parent = getpid();

    if (pipe(pipes) < 0)
        return FAIL(fail, FAIL_SYSTEM, "no_process", "No pipe can be made: %s.", strerror(errno));
    gethostname(host, sizeof host - 1);
    me->length            = 0;
    me->text[0]           = '\0';
    me->berth->sign.pp    = 0;
    me->berth->fail       = (struct fail){ 0 };
    me->berth->sign.chunk = 0;
    fflush(NULL);
    me->pid = fork();
    if (me->pid == 0) {
        snprintf(me->name, sizeof me->name, "%s/%d", host, (int)getpid());
        dup2(pipes[1], STDERR_FILENO);
        close(pipes[0]);
        close(pipes[1]);
        child_run(w, me, parent);
    }
    close(pipes[1]);
    me->said = pipes[0];
    snprintf(me->name, sizeof me->name, "%s/%d", host, (int)me->pid);
    if (me->pid > 0) return true;
    close(pipes[0]);
    me->pid = 0;
    return FAIL(fail, FAIL_SYSTEM, "no_process", "No process can be started: %s.", strerror(errno));
}

/* --- the parent --- */

/* Keeps the last line, and passes all of it on. */
static void child_hear(struct worker *me)
{
    char bytes[SAID];
    ssize_t n = read(me->said, bytes, sizeof bytes);

    if (n <= 0) return;
    if (write(STDERR_FILENO, bytes, (size_t)n) < 0) return;
    for (ssize_t i = 0; i < n; i++) {
        if (bytes[i] == '\n') {
            me->line_done = true;
            continue;
        }
        if (me->line_done) me->length = 0;
        me->line_done = false;
        if (me->length + 1 < sizeof me->text) me->text[me->length++] = bytes[i];
        me->text[me->length] = '\0';
    }
}

static void hear_all(struct watch *w, int wait_ms)
{
    struct pollfd at[WORKERS_MOST];
    struct worker *who[WORKERS_MOST];
    nfds_t n = 0;

    for (int i = 0; i < w->crew->workers; i++)
        if (w->at[i].pid) {
            who[n]  = &w->at[i];
            at[n++] = (struct pollfd){ .fd = w->at[i].said, .events = POLLIN };
        }
    if (poll(at, n, wait_ms) <= 0) return;
    for (nfds_t i = 0; i < n; i++)
        if (at[i].revents & POLLIN) child_hear(who[i]);
}

void watch_count(const struct watch *w, size_t *done, size_t *aside)
{
    *done = *aside = 0;
    for (int i = 0; i < w->crew->workers; i++) {
        *done += (size_t)w->at[i].berth->sign.done;
        *aside += (size_t)w->at[i].berth->sign.aside;
    }
}

static void show(const struct watch *w, bool is_last)
{
    char day[DATE_TEXT];
    size_t done, aside;
    int64_t gone = milliseconds() - w->started + 1;

    if (!w->crew->show) return;
    watch_count(w, &done, &aside);
    int64_t now = (int64_t)done - w->done_before, rest = w->total - now;
    int64_t left = now > 0 && rest > 0 ? rest * gone / now / MS : 0;
    fprintf(
        stderr,
        "\r%s  %lld of %lld families, %lld a second, %lld:%02lld:%02lld left, %zu set aside, %d "
        "more days%s",
        date_text(w->day, day), (long long)now, (long long)w->total, (long long)(now * MS / gone),
        (long long)(left / HOUR), (long long)(left / 60 % 60), (long long)(left % 60), aside,
        w->until.d - w->day.d, is_last ? "\n" : "  ");
}

static struct store *own_store(const struct watch *w, struct setting *s, struct arena *arena,
                               struct fail *fail)
{
    *s = (struct setting){ open_patiently(w->crew->database, fail), arena, w->day, "day" };
    return s->store;
}

/* More families fail than can be their own fault. */
static bool stop_for_many(struct watch *w, struct fail *fail)
{
    struct arena arena = { 0 };
    struct setting s;
    char why[160];

    snprintf(why, sizeof why,
             "More than %zu cases were set aside in one run: look for what they have in common.",
             w->crew->aside_most);
    bool fine = own_store(w, &s, &arena, fail) && store_begin(s.store, STORE_WRITING, fail) &&
                (stop_line(s.store, why, "day", watch_now(), fail) || fail->kind == FAIL_REFUSED) &&
                store_commit(s.store, fail);
    store_close(s.store);
    arena_free(&arena);
    w->is_stopped = true;
    return fine;
}

/* A worker is no more: what it was at is set aside, what it held is given free.  One that was ended
 * from outside is believed innocent the first time. */
static bool bury(struct watch *w, struct worker *me, int status, struct fail *fail)
{
    struct arena arena    = { 0 };
    struct day_sign *sign = &me->berth->sign;
    int by                = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    bool is_outside       = by == SIGKILL || by == SIGTERM || by == SIGINT || by == SIGHUP;
    int64_t pp            = sign->pp;
    struct setting s;
    char why[SAID + 100];

    if (pp == 0 && ++w->anonymous > ANONYMOUS_MOST)
        return FAIL(fail, FAIL_SYSTEM, "workers_die",
                    "Workers die again and again, at no case in particular. The last said: %s",
                    me->text);
    if (pp == 0 && sign->chunk) sign->careful = (int64_t)sign->chunk;
    if (is_outside && pp != me->last_ended) {
        me->last_ended = pp;
        pp             = 0;
    }
    snprintf(why, sizeof why, "The day's run broke off at this case (%s): %s",
             by ? strsignal(by) : "it ended itself", me->text[0] ? me->text : "it said nothing.");
    bool fine = own_store(w, &s, &arena, fail) != NULL;
    if (fine) {
        struct job job = day_job(&s, watch_now());
        fine           = day_bury(&job, me->name, pp, why, fail);
    }
    store_close(s.store);
    arena_free(&arena);
    sign->aside += pp != 0;
    return fine;
}

/* Whether it has ended; a failure that is the machine's stays in fail. */
static bool child_ended(struct watch *w, struct worker *me, bool *again, struct fail *fail)
{
    int status;

    *again = false;
    if (waitpid(me->pid, &status, WNOHANG) != me->pid) return false;
    struct pollfd last = { .fd = me->said, .events = POLLIN };
    while (poll(&last, 1, 0) > 0 && (last.revents & POLLIN))
        child_hear(me);
    close(me->said);
    me->pid = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS) return true;
    if (WIFEXITED(status) && me->berth->fail.kind != FAIL_NONE) {
        *fail = me->berth->fail;
        return true;
    }
    *again = bury(w, me, status, fail);
    return true;
}

bool watch_day(struct watch *w, date day, int64_t total, struct fail *fail)
{
    int alive     = 0;
    struct fail f = { 0 };
    size_t done, aside;

    w->day     = day;
    w->total   = total;
    w->started = milliseconds();
    watch_count(w, &done, &aside);
    w->done_before = (int64_t)done;
    for (int i = 0; i < w->crew->workers; i++)
        alive += child_start(w, &w->at[i], &f);
    while (alive) {
        hear_all(w, TICK_MS);
        show(w, false);
        for (int i = 0; i < w->crew->workers; i++) {
            bool again = false;
            if (!w->at[i].pid || !child_ended(w, &w->at[i], &again, &f)) continue;
            alive--;
            if (again && f.kind == FAIL_NONE) alive += child_start(w, &w->at[i], &f);
        }
        watch_count(w, &done, &aside);
        if (aside > w->crew->aside_most && !w->is_stopped) stop_for_many(w, &f);
    }
    show(w, true);
    if (f.kind == FAIL_NONE) return true;
    *fail = f;
    return false;
}

/* --- the dead of an earlier run --- */

bool watch_free_dead(const struct job *job, struct fail *fail)
{
    struct sql_job_part_list_row *parts;
    char host[48] = "";
    size_t n;

    gethostname(host, sizeof host - 1);
    if (!sql_job_part_list(
            job->setting.store,
            &(struct sql_job_part_list_in){ .name = job->name, .day = job->setting.today },
            job->setting.arena, &parts, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(parts[i].worker, '/');
        size_t length     = slash ? (size_t)(slash - parts[i].worker) : 0;
        if (!slash || length != strlen(host) || strncmp(parts[i].worker, host, length) != 0)
            continue;
        if (kill((pid_t)strtol(slash + 1, NULL, 10), 0) == 0 || errno != ESRCH) continue;
        if (!job_free(job, parts[i].worker, fail)) return false;
    }
    return true;
}
