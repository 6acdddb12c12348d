/* post_work.h: what app/post*.c share. */
#pragma once
#include "app/letter_data.h"
#include "app/post.h"

/* The address a letter goes to: the person's as it is known, or the office's where it is handed
 * over there; false when there is none. */
bool post_address(const struct group *group, const struct letter_frozen *frozen, int64_t person,
                  date day, struct arena *arena, const char **lines);
/* Puts everything that waits into a file. */
bool post_gather(const struct setting *setting, const struct post_run *run, int64_t batch,
                 struct post_result *result, struct fail *fail);
