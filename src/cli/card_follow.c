/* card_follow.c: the provider asked from the command line. */
#include "cli/card_follow.h"

#include "app/card_pay.h"
#include "card/http.h"

#include <stdio.h>
#include <stdlib.h>

static int follow(const struct options *o, struct store *store, struct arena *arena)
{
    struct setting s = { .store = store, .arena = arena, .today = o->today, .actor = "card" };
    struct fail f    = { 0 };
    size_t looked, waiting;

    bool fine = card_pay_follow_all(&s, gateway_now(), &looked, &waiting, &f);
    if (looked && !o->quiet)
        fprintf(stderr, "payments by card not finished: %zu looked at, %zu wait\n", looked,
                waiting);
    if (!fine) return (int)options_fail(o, &f);
    return waiting ? EXIT_SOME_REFUSED : EXIT_DONE;
}

int card_follow(const struct options *o)
{
    const char *settings = getenv("UPKEEP_CARD");
    struct arena arena   = { 0 };
    struct fail f        = { 0 };

    if (!settings) {
        fprintf(stderr, "upkeep %s: name the settings of the card provider in UPKEEP_CARD.\n",
                o->command);
        return EXIT_WRONG_CALL;
    }
    if (!gateway_now() && !http_gateway_load(settings, &f)) return (int)options_fail(o, &f);
    struct store *store = options_open(o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    int status = follow(o, store, &arena);
    store_close(store);
    arena_free(&arena);
    return status;
}

void card_follow_before(const struct options *o)
{
    (void)card_follow(o);
}
