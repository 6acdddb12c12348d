/* command_hand_over.c: upkeep hand-over: who has which case. */
#include "app/case_owner.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

static int wrong_call(void)
{
    fprintf(stderr, "upkeep hand-over: say --case REF OWNER [DEPUTY] or FROM OWNER, with --reason "
                    "NOTE. See `upkeep help hand-over`.\n");
    return EXIT_WRONG_CALL;
}

static bool hand_one(const struct options *o, const struct setting *s, int64_t pp,
                     struct fail *fail)
{
    const char *deputy = o->word_count == 2 ? o->words[1] : NULL;
    bool done          = store_begin(s->store, STORE_WRITING, fail) &&
                case_owner_set(s, pp, o->words[0], deputy, o->reason, fail) &&
                store_commit(s->store, fail);

    store_rollback(s->store);
    return done;
}

static int run_hand_over(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    int64_t families = 0, arrangement, pp = 0;
    bool done = true;

    if (!options_read(&o, "trRb", 2, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count < (o.reference ? 1 : 2)) return wrong_call();
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = { store, &arena, o.today, o.by };
    if (o.reference) {
        pp   = options_case(&o, store, &arena, o.reference, &arrangement);
        done = pp && hand_one(&o, &s, pp, &f);
        if (done) puts("1 case handed over.");
    } else {
        done = case_owner_move(&s,
                               &(struct case_owner_moving){
                                   .from = o.words[0], .owner = o.words[1], .note = o.reason },
                               &families, &f);
        printf("%lld cases handed over.\n", (long long)families);
    }
    int status = done                 ? EXIT_DONE
                 : o.reference && !pp ? EXIT_WRONG_CALL
                                      : (int)options_fail(&o, &f);
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_hand_over = {
    .name = "hand-over",
    .line = "give a case, or all that somebody has, to another owner, with a note",
    .help =
        "Usage: upkeep hand-over [--db DATABASE] --case REF [--reason NOTE] OWNER [DEPUTY]\n"
        "       upkeep hand-over [--db DATABASE] --reason NOTE FROM OWNER\n\n"
        "OWNER, DEPUTY and FROM are accounts of people who work on cases. A case that has an "
        "owner\n"
        "changes hands only with a note that says what the next one must know. The second form\n"
        "hands over every case FROM has, one by one; cut off, it goes on when called again.\n",
    .run = run_hand_over,
};
