/* batch_file.h: the two commands that send a file: its writing, and the account tables. */
#pragma once
#include "app/payment.h"
#include "cli/options.h"

/* Reads --account-tables into the arena; *tables stays NULL without the option. */
bool batch_tables(const struct options *o, struct arena *arena, struct account_tables **tables,
                  struct fail *fail);
/* Before anything is booked: no other run is at a file of this kind until the store is closed, and
 * --out is free.  *is_there: there is a file that may be the very one this run will write; then
 * nothing new may be booked (only_again). */
bool batch_begin(const struct options *o, const struct setting *setting, int64_t kind,
                 bool *is_there, struct fail *fail);
/* --again: an earlier file, the same bytes, and prints which it is. */
bool batch_write_again(const struct options *o, const struct setting *setting, int64_t kind,
                       struct fail *fail);
/* Writes a file that was made to --out: there whole, or not at all, and not over another one. */
bool batch_save(const struct options *o, const struct setting *setting, int64_t batch,
                struct fail *fail);
/* Sets --user and --account. */
bool batch_sender(const struct options *o, struct store *store, struct fail *fail);
