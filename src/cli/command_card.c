/* command_card.c: upkeep card: what became of the payments by card that are not finished. */
#include "cli/card_follow.h"

static int run_card(int argc, char **argv)
{
    struct options o;

    return options_read(&o, "tq", 0, argc, argv) ? card_follow(&o) : (int)EXIT_WRONG_CALL;
}

const struct command command_card = {
    .name = "card",
    .line = "asks the card provider what became of payments that are not finished",
    .help = "Usage: upkeep card [--db DATABASE] [--quiet]\n\n"
            "Asks the provider whose settings UPKEEP_CARD names (doc/card.md) about every payment\n"
            "by card that a parent started online and nobody finished, and writes down what it "
            "says.\n"
            "Again changes nothing. Ends with 1 when some still wait. Run it every few minutes;\n"
            "`upkeep day` does it too.\n",
    .run  = run_card,
};
