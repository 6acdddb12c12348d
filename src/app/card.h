/* card.h: payments by card.
 *
 * A card provider takes them and reports each in a file of its own, in the columns of a bank
 * statement (CSV); that file is what is booked to parents.  What the provider then pays out to our
 * bank account, less its charge, is money between our own accounts: no receipt, and nobody's. */
#pragma once
#include "feed/feed.h"
#include "store/store.h"

#define CARD_FILE "card/" /* begins the account of a provider's file */

/* From now on credits from an account of this name are payouts of the card provider.  The name may
 * be corrected: the provider stays the same and what its files said stays known, unless it is_new.
 * In the caller's transaction.  Refused: provider_missing (a name without a letter or a digit);
 * provider_same (new, and the one there is was first known by that name). */
bool card_provider_set(struct store *store, const char *name, bool is_new, struct fail *fail);
/* The provider's name, as it was given; "" when none is set. */
bool card_provider(struct store *store, struct arena *arena, const char **name, struct fail *fail);
/* The account of its files: "card/" and what it was first called, which does not change with the
 * name.  Refused: provider_missing when none is set. */
bool card_account(struct store *store, struct arena *arena, const char **account,
                  struct fail *fail);
/* Whether a line is of the provider's own file: an account that is no bank's. */
bool card_is_file(const struct feed_line *line);
/* Who sends the file a line is of: "bank", "card provider". */
const char *card_sender(const struct feed_line *line);
/* Whether a line is such a payout: money in from an account of the provider's name, whatever its
 * capitals, points and spaces.  provider "": none is. */
bool card_is_payout(const char *provider, const struct feed_line *line);
