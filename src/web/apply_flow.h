/* apply_flow.h: the questions of an online application, in order, and the tasks they make up. */
#pragma once
#include "web/apply_draft.h"

enum { APPLY_CHILDREN = 6 };

struct apply_question {
    const char *word;             /* its path is /apply/WORD */
    const char *task;             /* the task it is part of */
    const struct form_rule *form; /* NULL: the list of children */
    uint32_t who;                 /* bits of enum online_applicant who are asked */
};
/* The question of a path, if this applicant is asked it; NULL. */
const struct apply_question *apply_question_find(const char *path, enum online_applicant who);
const char *apply_question_path(struct arena *a, const struct apply_question *q);
bool apply_question_done(const struct apply_draft *d, const struct apply_question *q);
/* The answer that says a question was answered. */
const char *apply_question_mark(struct arena *a, const struct apply_question *q);
/* Where to go on after a question: the next of its task not answered, or the list of tasks. */
const char *apply_question_next(struct arena *a, const struct apply_draft *d,
                                const struct apply_question *q);

/* The tasks as they stand; true when all are done. */
struct view_apply_task *apply_tasks_view(struct arena *a, const struct apply_draft *d, int32_t *n,
                                         int32_t *done);

/* A field of a child's: "child2_given". */
const char *apply_child_field(struct arena *a, int number, const char *name);
/* The number after the last child. */
int apply_child_count(struct arena *a, const struct apply_draft *d);
struct view_apply_child_row *apply_children_view(struct arena *a, const struct apply_draft *d,
                                                 int32_t *n);
/* Every answer that was asked for, for the page that checks them. */
struct view_apply_answer *apply_answers_view(struct arena *a, const struct apply_draft *d,
                                             int32_t *n);
/* A kept date in words; as it is when it is none. */
const char *apply_day_words(struct arena *a, const char *iso);
