/* person.h: somebody of a family, recorded. */
#pragma once
#include "app/group.h"
#include "app/verb.h"

/* Records somebody, with the words they are found by. */
void person_record(struct verb *v, const struct sql_person_insert_in *in);
/* Tells of everybody in a family who cannot be found by their name, or can by another. */
typedef void person_complaint(void *context, const char *sentence);
bool person_check(struct store *store, const struct group *g, struct arena *arena,
                  person_complaint *tell, void *context, struct fail *fail);
