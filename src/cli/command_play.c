/* command_play.c: playing scenarios, each alone or many in one database in the order of their days.
 */
#include "app/database.h"
#include "app/scenario_run.h"
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct play_options {
    const char *db;
    bool quiet;
    size_t until; /* 0: to the end */
    char **files;
    int file_count;
};

/* One file on its way. */
struct player {
    struct arena arena;
    struct scenario scenario;
    const char *name;
    struct play *play;
    bool broken; /* the database failed */
    bool quiet;
};

static void player_tell(void *context, enum play_says what, const char *text)
{
    const struct player *p = context;

    if (what == PLAY_WRONG)
        printf("%s\n", text);
    else if (!p->quiet)
        printf("%s", text);
}

/* "tests/scenario/annual-review.play" is called annual-review. */
static const char *file_name(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *base  = slash ? slash + 1 : path;
    const char *dot   = strrchr(base, '.');

    return arena_text(arena, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

static bool file_read(const char *path, struct arena *arena, const char **text, size_t *length)
{
    FILE *f = fopen(path, "rb");

    if (!f) {
        fprintf(stderr, "upkeep play: %s cannot be read: %s.\n", path, strerror(errno));
        return false;
    }
    char *all = arena_take(arena, SCENARIO_BYTES_MOST + 2);
    *length   = fread(all, 1, SCENARIO_BYTES_MOST + 1, f);
    *text     = all;
    fclose(f);
    return true;
}

static bool player_read(struct player *p, const char *path)
{
    const char *text;
    size_t length;
    struct fail fail = { 0 };

    p->name = file_name(path, &p->arena);
    if (!file_read(path, &p->arena, &text, &length)) return false;
    if (scenario_parse(path, text, length, &p->arena, &p->scenario, &fail)) return true;
    fprintf(stderr, "upkeep play: %s\n", fail.text);
    return false;
}

static bool player_start(struct player *p, struct store *store)
{
    struct fail fail        = { 0 };
    struct play_order order = {
        .store = store, .scenario = &p->scenario, .name = p->name, .tell = player_tell, .context = p
    };

    p->play = play_open(&order, &fail);
    if (!p->play) fprintf(stderr, "upkeep play: %s\n", fail.text);
    return p->play != NULL;
}

static bool player_waits(const struct player *p, size_t until)
{
    return !p->broken && p->play && !play_is_over(p->play) &&
           (!until || play_next(p->play) <= until);
}

static void player_go(struct player *p)
{
    struct fail fail;

    if (play_step(p->play, &fail)) return;
    printf("%s: %s\n", p->name, fail.text);
    p->broken = true;
}

/* Prints the scenario's line; true if all went as expected. */
static bool player_report(struct player *p)
{
    struct play_count c = { 0 };

    if (p->play) c = play_count(p->play);
    bool fine = !p->broken && p->play && c.wrong == 0;
    printf("%s  %s: %zu steps, %zu expectations", fine ? "ok" : "FAILED", p->name, c.steps,
           c.expectations);
    if (c.before) printf(", %zu steps done before", c.before);
    if (c.wrong) printf(", %zu not as expected", c.wrong);
    putchar('\n');
    return fine;
}

static void player_end(struct player *p)
{
    play_close(p->play);
    arena_free(&p->arena);
}

/* Each file in a database of its own, in memory. */
static int play_alone(const struct play_options *o, struct player *players)
{
    int failed = 0;

    for (int i = 0; i < o->file_count; i++) {
        struct player *p    = &players[i];
        struct fail fail    = { 0 };
        struct store *store = database_open(":memory:", &fail);
        if (!store) fprintf(stderr, "upkeep play: %s\n", fail.text);
        p->broken = !store || !player_start(p, store);
        while (player_waits(p, o->until))
            player_go(p);
        failed += !player_report(p);
        player_end(p);
        store_close(store);
    }
    return failed;
}

/* The player whose day is the earliest; the first of them. */
static struct player *player_next(struct player *players, int n, size_t until)
{
    struct player *next = NULL;

    for (int i = 0; i < n; i++)
        if (player_waits(&players[i], until) &&
            (!next || date_before(play_day(players[i].play), play_day(next->play))))
            next = &players[i];
    return next;
}

static void progress_show(const struct player *players, int n, bool end)
{
    int over = 0;

    if (!isatty(STDERR_FILENO)) return;
    for (int i = 0; i < n; i++)
        over += players[i].play && play_is_over(players[i].play);
    fprintf(stderr, "\r%d of %d scenarios played%s", over, n, end ? "\n" : "");
}

static bool names_differ(const struct player *players, int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            if (!strcmp(players[i].name, players[k].name)) {
                fprintf(stderr,
                        "upkeep play: two files are called %s; in one database each needs "
                        "its own name.\n",
                        players[i].name);
                return false;
            }
    return true;
}

/* All files in one database, in the order of their days, as life would have it; -1 without one. */
static int play_together(const struct play_options *o, struct player *players)
{
    struct fail fail    = { 0 };
    struct store *store = database_open(o->db, &fail);
    int failed          = 0;
    unsigned turns      = 0;

    if (!store) {
        fprintf(stderr, "upkeep play: %s\n", fail.text);
        return -1;
    }
    for (int i = 0; i < o->file_count; i++)
        players[i].broken = !player_start(&players[i], store);
    for (struct player *p; (p = player_next(players, o->file_count, o->until));) {
        if (turns++ % 16 == 0) progress_show(players, o->file_count, false);
        player_go(p);
    }
    progress_show(players, o->file_count, true);
    for (int i = 0; i < o->file_count; i++) {
        failed += !player_report(&players[i]);
        player_end(&players[i]);
    }
    store_close(store);
    return failed;
}

static bool until_read(const char *text, size_t *steps)
{
    char *end;

    *steps = strtoul(text, &end, 10);
    if (*text >= '0' && *text <= '9' && !*end && *steps > 0) return true;
    fprintf(stderr, "upkeep play: --until needs a number of steps from 1, not %s.\n", text);
    return false;
}

static bool play_options_read(int argc, char **argv, struct play_options *o)
{
    *o = (struct play_options){ .files = argv };
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--db") && i + 1 < argc)
            o->db = argv[++i];
        else if (!strcmp(argv[i], "--until") && i + 1 < argc) {
            if (!until_read(argv[++i], &o->until)) return false;
        } else if (!strcmp(argv[i], "--quiet"))
            o->quiet = true;
        else if (argv[i][0] == '-')
            return fprintf(stderr, "upkeep play: %s is not understood; see `upkeep help play`.\n",
                           argv[i]),
                   false;
        else
            argv[o->file_count++] = argv[i];
    }
    if (o->file_count == 0)
        fputs("upkeep play: name at least one scenario; see `upkeep help play`.\n", stderr);
    return o->file_count > 0;
}

/* All of them can be played, or nothing is. */
static bool players_read(const struct play_options *o, struct player *players)
{
    bool fine = true;

    for (int i = 0; i < o->file_count; i++) {
        players[i].quiet = o->quiet;
        fine             = player_read(&players[i], o->files[i]) && fine;
    }
    return fine && (!o->db || names_differ(players, o->file_count));
}

static int run_play(int argc, char **argv)
{
    struct play_options o;
    struct arena arena = { 0 };

    if (!play_options_read(argc, argv, &o)) return EXIT_WRONG_CALL;
    struct player *players = ARENA_MANY(&arena, struct player, o.file_count);
    int failed             = -1;
    if (players_read(&o, players))
        failed = o.db ? play_together(&o, players) : play_alone(&o, players);
    for (int i = 0; failed < 0 && i < o.file_count; i++)
        player_end(&players[i]);
    arena_free(&arena);
    if (failed < 0) return EXIT_WRONG_CALL;
    printf("play: %d passed, %d failed\n", o.file_count - failed, failed);
    return failed ? EXIT_SOME_REFUSED : EXIT_DONE;
}

const struct command command_play = {
    .name = "play",
    .line = "play scenarios: dated steps and expectations in plain words",
    .help = "Usage: upkeep play [--db FILE] [--quiet] [--until STEP] FILE...\n\n"
            "Plays each FILE (doc/scenarios.md) through the same verbs as the screens, and says\n"
            "which expectations did not hold.  Without --db each FILE has a database of its own\n"
            "in memory.  With --db all of them are played in that one, which is made if it is\n"
            "missing, in the order of their days; a play that was cut off goes on where it\n"
            "stopped when it is started again.\n\n"
            "  --db FILE     play into this database and keep it\n"
            "  --quiet       print no `show` steps and previews\n"
            "  --until STEP  stop after this many steps of each FILE\n\n"
            "Exit status: 0 all as expected; 1 some not; 2 the call or a FILE was wrong, none "
            "played.\n",
    .run  = run_play,
};
