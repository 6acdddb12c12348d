/* find.h: cases that somebody looks for. */
#pragma once
#include "sql.h"

enum { FIND_MOST = 1000 };

/* The families (rows belong to the arena, by the paying parent's name) of a reference of a person
 * or an arrangement, with spaces and hyphens or without, or in which one person's name has words
 * that begin as those of the text do, whatever their order, accents and capitals; of a longer text
 * its three longest words count.  At most FIND_MOST; none for a text without words. */
bool find_cases(struct store *store, struct arena *arena, const char *text,
                struct sql_find_cases_row **rows, size_t *n, struct fail *fail);
