/* command_post.c: upkeep post: the day's letters as files, a printer's answers, and a printer that
 * is made up. */
#include "app/post.h"
#include "cli/clock.h"
#include "cli/options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct post_call {
    struct options o;
    const char *answers, *simulate;
    struct arena *arena;
};

/* --- the files --- */

static bool file_failed(const char *name, struct fail *fail)
{
    return FAIL(fail, FAIL_SYSTEM, "file_unwritable", "%s cannot be written: %s.", name,
                strerror(errno));
}

/* There whole or not at all. */
static bool put_file(void *context, const char *name, const char *bytes, size_t n,
                     struct fail *fail)
{
    const struct post_call *c = context;
    struct arena scratch      = { 0 };
    const char *path          = arena_print(&scratch, "%s/%s", c->o.out, name);
    const char *part          = arena_print(&scratch, "%s.part", path);
    FILE *to                  = fopen(part, "wb");
    bool fine = to && fwrite(bytes, 1, n, to) == n && fflush(to) == 0 && fsync(fileno(to)) == 0;

    if (to && fclose(to) != 0) fine = false;
    fine = fine && rename(part, path) == 0;
    if (!fine) file_failed(path, fail);
    arena_free(&scratch);
    return fine;
}

static bool folder_sync(void *context, struct fail *fail)
{
    const struct post_call *c = context;
    int folder                = open(c->o.out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine                 = folder >= 0 && fsync(folder) == 0;

    if (!fine) file_failed(c->o.out, fail);
    if (folder >= 0) close(folder);
    return fine;
}

static void print_kept(void *context, const char *reference, int64_t letter, const char *why)
{
    (void)context;
    if (*reference)
        fprintf(stderr, "kept: %s, letter %lld: %s\n", reference, (long long)letter, why);
    else
        fprintf(stderr, "kept: case %lld: %s\n", (long long)letter, why);
}

static bool one_at_a_time(struct store *store, struct fail *fail)
{
    bool held;

    return store_hold(store, POST_HOLD, &held, fail) &&
           (held ||
            REFUSE(fail, "another_run",
                   "Another run is writing letters just now. Run again when it has ended."));
}

static int post(struct post_call *c, struct store *store)
{
    struct setting s = { .store = store, .arena = c->arena, .today = c->o.today, .actor = "post" };
    struct post_run run = { c, print_kept, put_file, folder_sync };
    struct post_result r;
    struct fail f = { 0 };

    if (mkdir(c->o.out, 0700) != 0 && errno != EEXIST) {
        file_failed(c->o.out, &f);
        return (int)options_fail(&c->o, &f);
    }
    if (!one_at_a_time(store, &f) || !post_out(&s, &run, &r, &f) ||
        (r.batch && !folder_sync(c, &f)))
        return (int)options_fail(&c->o, &f);
    if (r.resumed) printf("%zu letters in a file that an earlier run had begun\n", r.resumed);
    if (r.written)
        printf("%zu letters written; the newest list: %s/%06lld.csv\n", r.written, c->o.out,
               (long long)r.batch);
    else
        printf("nothing to send\n");
    if (r.account) printf("%zu in the account alone\n", r.account);
    if (r.overtaken) printf("%zu not sent: what is owed has changed\n", r.overtaken);
    if (r.merged) printf("%zu not sent: a later notice tells of it\n", r.merged);
    if (r.sampled) printf("%zu wait for a look at the decision\n", r.sampled);
    if (r.kept) printf("%zu kept back\n", r.kept);
    return r.kept || r.overtaken ? EXIT_SOME_REFUSED : EXIT_DONE;
}

/* --- answers --- */

static void print_fault(void *context, int line, const char *sentence)
{
    fprintf(stderr, "%s:%d: %s\n", (const char *)context, line, sentence);
}

static int take_answers(struct post_call *c, struct store *store)
{
    struct setting s = {
        .store = store, .arena = c->arena, .today = c->o.today, .actor = "printer"
    };
    char *name            = arena_text(c->arena, c->answers, strlen(c->answers));
    FILE *file            = options_file(&c->o, name);
    struct post_answers a = { .source  = { .file = file, .name = name },
                              .fault   = print_fault,
                              .context = name };
    struct post_taking t;
    struct fail f = { 0 };

    if (!file) return EXIT_WRONG_CALL;
    bool fine = post_answer(&s, &a, &t, &f);
    fclose(file);
    if (!fine) return (int)options_fail(&c->o, &f);
    printf("%s: %zu accepted, %zu delivered, %zu came back; %zu known before, %zu bad\n", name,
           t.accepted, t.delivered, t.returned, t.known, t.faults);
    return t.faults ? EXIT_SOME_REFUSED : EXIT_DONE;
}

/* --- a printer that is made up --- */

/* Of twenty letters the seventh comes back, by its number in the list; the others are delivered. */
static int simulate(struct post_call *c)
{
    enum { OF = 20, BACK = 7 };
    char *name = arena_text(c->arena, c->simulate, strlen(c->simulate));
    FILE *list = options_file(&c->o, name);
    char line[512], today[DATE_TEXT];
    int n = 0;

    if (!list) return EXIT_WRONG_CALL;
    date_text(c->o.today, today);
    puts("letter,outcome,date,reason");
    while (fgets(line, sizeof line, list)) {
        const char *back_as        = strstr(line, ",text_message,") ? "no_such_number"
                                     : strstr(line, ",email,")      ? "no_such_mailbox"
                                                                    : "gone_away";
        line[strcspn(line, ",\n")] = 0;
        if (!strcmp(line, "letter")) continue;
        bool back = ++n % OF == BACK;
        printf("%s,accepted,%s,\n", line, today);
        printf("%s,%s,%s,%s\n", line, back ? "returned" : "delivered", today, back ? back_as : "");
    }
    fclose(list);
    return EXIT_DONE;
}

/* --- the call --- */

static const struct option option_names[] = {
    { "db", required_argument, NULL, 'd' },       { "today", required_argument, NULL, 't' },
    { "out", required_argument, NULL, 'O' },      { "answers", required_argument, NULL, 'a' },
    { "simulate", required_argument, NULL, 's' }, { NULL, 0, NULL, 0 },
};

static bool call_read(struct post_call *c, int argc, char **argv)
{
    c->o   = (struct options){ .command  = "post",
                               .database = getenv("UPKEEP_DB"),
                               .today    = clock_today() };
    optind = 1;
    for (int option; (option = options_next(argc, argv, option_names)) != -1;)
        switch (option) {
        case 'd': c->o.database = optarg; break;
        case 'O': c->o.out = optarg; break;
        case 'a': c->answers = optarg; break;
        case 's': c->simulate = optarg; break;
        case 't':
            if (date_parse(optarg, strlen(optarg), &c->o.today)) break;
            fprintf(stderr, "upkeep post: --today needs a date such as 2026-11-22, not %s.\n",
                    optarg);
            return false;
        default: return false;
        }
    if ((c->o.out != NULL) + (c->answers != NULL) + (c->simulate != NULL) == 1 && optind == argc)
        return true;
    fprintf(stderr, "upkeep post: give one of --out FOLDER, --answers FILE and --simulate LIST.\n");
    return false;
}

static int run_post(int argc, char **argv)
{
    struct arena arena = { 0 };
    struct post_call c = { .arena = &arena };
    struct store *store;
    int status = EXIT_WRONG_CALL;

    if (call_read(&c, argc, argv)) {
        if (c.simulate)
            status = simulate(&c);
        else if ((store = options_open(&c.o, STORE_WRITE))) {
            status = c.answers ? take_answers(&c, store) : post(&c, store);
            store_close(store);
        }
    }
    arena_free(&arena);
    return status;
}

const struct command command_post = {
    .name = "post",
    .line = "writes the day's letters for the printer, and takes the printer's answers",
    .help =
        "Usage: upkeep post [--db DATABASE] [--today DATE] --out FOLDER\n"
        "       upkeep post [--db DATABASE] [--today DATE] --answers FILE\n"
        "       upkeep post [--today DATE] --simulate LIST\n\n"
        "The first form writes every letter that waits into FOLDER as a PDF, 000012-000345.pdf,\n"
        "and then the list 000012.csv (letter,file,language,size,bytes,sha256). No name, "
        "reference\n"
        "or address is in a file's name or in the list. What is not on a list is not to be\n"
        "printed. Who asked to be told by text message or e-mail has a file 000012-000346.txt\n"
        "instead: that there is something to read in their account, and between which times it\n"
        "may reach them. Cut off anywhere and run again, it finishes the file that was begun: no "
        "letter\n"
        "is in two files. A letter whose figure is no longer what is owed does not go; one to an\n"
        "address from which a letter came back is kept until somebody has looked (exit status 1).\n"
        "The second takes what the printer answers: letter,outcome,date,reason with the outcomes\n"
        "accepted, delivered and returned. The same file twice changes nothing; bad lines are\n"
        "listed (exit status 1). The third answers as a printer might, on standard output.\n",
    .run = run_post,
};
