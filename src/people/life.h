/* life.h: the changes in a family's life. */
#pragma once
#include "people/family.h"

/* Fills the family's changes, and what follows from them (service at first, ended). */
void life_make(const struct caseload *load, struct kin *f, struct arena *arena);
/* A number of nights a year, as the weights "nights" have it. */
int32_t family_nights(const struct caseload *load, struct draw *d);
