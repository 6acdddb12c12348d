/* command_set_aside.c: upkeep set-aside: cases the day's run leaves out. */
#include "app/aside.h"
#include "cli/options.h"

#include <stdio.h>

static int list_aside(const struct options *o, struct store *store, struct arena *arena)
{
    struct sql_aside_list_row *rows;
    size_t n;
    struct fail f;

    if (!sql_aside_list(store, arena, &rows, &n, &f)) return options_fail(o, &f);
    for (size_t i = 0; i < n; i++) {
        struct sql_person_get_row person;
        char day[DATE_TEXT];
        bool found;
        if (!sql_person_get(store, &(struct sql_person_get_in){ .id = rows[i].pp }, arena, &person,
                            &found, &f))
            return options_fail(o, &f);
        printf("%s since %s (%s): %s\n", found ? person.ref : "?", date_text(rows[i].since, day),
               rows[i].said_by, rows[i].reason);
    }
    return EXIT_DONE;
}

struct aside_work {
    const struct options *o;
    int64_t pp;
    struct arena *arena;
};

static bool aside_job(void *context, struct store *store, struct fail *fail)
{
    const struct aside_work *w = context;
    const struct options *o    = w->o;
    struct setting s           = { store, w->arena, o->today, o->by };

    return o->back ? aside_return(&s, w->pp, fail) : aside_put(&s, w->pp, o->reason, fail);
}

static int run_set_aside(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    int64_t arrangement;

    if (!options_read(&o, "tBRbr", 0, argc, argv)) return EXIT_WRONG_CALL;
    if ((o.back && o.reference) || (o.reference && (!o.reason || !*o.reason))) {
        fprintf(stderr, "upkeep set-aside: either --return REF, or --case REF --reason TEXT.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, o.back || o.reference ? STORE_WRITE : STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    int status = EXIT_DONE;
    if (o.back || o.reference) {
        int64_t pp = options_case(&o, store, &arena, o.back ? o.back : o.reference, &arrangement);
        struct aside_work work = { &o, pp, &arena };
        bool fine              = pp && store_work(store, STORE_WRITING, aside_job, &work, &f);
        if (!fine) status = pp ? (int)options_fail(&o, &f) : EXIT_WRONG_CALL;
    } else {
        status = list_aside(&o, store, &arena);
    }
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_set_aside = {
    .name = "set-aside",
    .line = "cases the day's run leaves out: lists them, puts one back, sets one aside",
    .help =
        "Usage: upkeep set-aside [--db DATABASE]\n"
        "       upkeep set-aside [--db DATABASE] --return REF [--today DATE] [--by NAME]\n"
        "       upkeep set-aside [--db DATABASE] --case REF --reason TEXT [--by NAME]\n\n"
        "Lists the cases that are set aside, each with the day and the reason. --return puts one\n"
        "back, to be run again from the next run on; what the days would have found that were\n"
        "finished without it is found then. --case sets one aside by hand.\n",
    .run = run_set_aside,
};
