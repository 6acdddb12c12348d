/* own_told.h: what a parent told us and asked of us, on their own pages. */
#pragma once
#include "app/asking.h"
#include "flow/clock_kind.h"
#include "web/own.h"

/* The person whose side it is, and as what they stand there. */
int64_t own_person(const struct own_view *v);
enum machine_role own_role(const struct own_view *v);
/* What that person told us, for a list; open_only: of which something is still to come. */
bool own_told_rows(struct request *r, const struct own_view *v, bool open_only,
                   struct view_own_told_row **rows, int32_t *n);

/* What was told as its page and the caseworker's show it: question and answer.  Nothing that is
 * kept sealed is in it. */
struct view_own_answer *asking_answers(struct request *r, const struct group *g,
                                       const struct asking *a, int32_t *n);
/* The steps since it was told, with the words of either side. */
struct view_own_told_step *asking_steps(struct request *r, const struct asking *a, int32_t *n);
/* A value of a kind of change in words. */
const char *change_value_words(const struct change_kind_entry *kind, const char *value,
                               struct arena *a);
/* The question a change is about, for its answer: "Arrangement 12…", a child's first name, "". */
const char *change_about_words(const struct group *g, const struct change_kind_entry *kind,
                               int64_t subject, struct arena *a);
