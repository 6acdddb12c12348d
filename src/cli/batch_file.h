/* batch_file.h: the two commands that send a file: its writing, and the account tables. */
#pragma once
#include "app/payment.h"
#include "cli/options.h"

/* Reads --account-tables into the arena; *tables stays NULL without the option. */
bool batch_tables(const struct options *o, struct arena *arena, struct account_tables **tables,
                  struct fail *fail);
/* Writes a file that was made to --out: there whole, or not at all. */
bool batch_save(const struct options *o, const struct setting *setting, int64_t batch,
                struct fail *fail);
/* Sets --user and --account. */
bool batch_sender(const struct options *o, struct store *store, struct fail *fail);
