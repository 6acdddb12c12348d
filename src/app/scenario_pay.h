/* scenario_pay.h: files of payments and collections in a scenario, and what banks say of them. */
#pragma once
#include "app/scenario_play.h"

/* The steps sender, pay, instruction, collect and advice. */
bool play_pay(struct play *play, const struct play_step *step, const char **result,
              struct fail *fail);
/* The expectations sent, kept, instruction and advice. */
bool play_pay_expect(struct play *play, const struct play_step *step, struct fail *fail);
