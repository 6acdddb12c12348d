/* scenario_feed.h: a scenario's money: what banks send, made up or read from a file. */
#pragma once
#include "app/scenario_play.h"

/* The steps receive, receive file, return and match. */
bool play_feed(struct play *play, const struct play_step *step, const char **result,
               struct fail *fail);
/* Binds the name of a receipt. */
bool play_feed_recall(struct play *play, const struct play_step *step, const char *result,
                      struct fail *fail);
