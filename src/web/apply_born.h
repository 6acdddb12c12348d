/* apply_born.h: days of birth in an online application, held against each other where they are
 * typed (flow/born.h). */
#pragma once
#include "web/apply.h"

/* Refuses the day of birth of a checked form apply_name, apply_other or apply_child beside what the
 * draft has of the others; nothing of other forms. */
void apply_born_check(struct request *r, const struct apply_draft *d);
