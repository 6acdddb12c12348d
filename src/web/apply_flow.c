/* apply_flow.c: which questions, in which order. */
#include "web/apply_flow.h"

#include <string.h>

enum {
    RECEIVING = 1 << ONLINE_RECEIVING,
    PAYING    = 1 << ONLINE_PAYING,
    CHILD     = 1 << ONLINE_CHILD,
    PARENTS   = RECEIVING | PAYING,
    ALL       = PARENTS | CHILD
};

static const struct apply_question questions[] = {
    { "name", "you", &form_apply_name, ALL },
    { "nation", "you", &form_apply_nation, ALL },
    { "nino", "you", &form_apply_nino, PARENTS },
    { "address", "reach", &form_apply_address, PARENTS },
    { "reach", "reach", &form_apply_reach, ALL },
    { "safe", "reach", &form_apply_safe, ALL },
    { "abuse", "safety", &form_apply_abuse, ALL },
    { "helper", "safety", &form_apply_helper, CHILD },
    { "carer", "other", &form_apply_carer, CHILD },
    { "other", "other", &form_apply_other, ALL },
    { "find", "other", &form_apply_find, RECEIVING },
    { "contact", "other", &form_apply_contact, PAYING },
    { "children", "children", NULL, PARENTS },
    { "court", "children", &form_apply_court, PARENTS },
    { "abroad", "children", &form_apply_abroad, PARENTS },
    { "service", "pay", &form_apply_service, PARENTS },
    { "often", "pay", &form_apply_often, PARENTS },
    { "estimate", "pay", &form_apply_estimate, PARENTS },
    { "words", "words", &form_apply_words, ALL },
};
enum { QUESTIONS = sizeof questions / sizeof *questions };
static const char apply_root[] = "/apply/";

static bool is_asked(const struct apply_question *q, enum online_applicant who)
{
    return (q->who >> who & 1) != 0;
}

const struct apply_question *apply_question_find(const char *path, enum online_applicant who)
{
    if (strncmp(path, apply_root, sizeof apply_root - 1) != 0) return NULL;
    for (size_t i = 0; i < QUESTIONS; i++)
        if (!strcmp(questions[i].word, path + sizeof apply_root - 1))
            return is_asked(&questions[i], who) ? &questions[i] : NULL;
    return NULL;
}

const char *apply_question_path(struct arena *a, const struct apply_question *q)
{
    return arena_print(a, "%s%s", apply_root, q->word);
}

const char *apply_question_mark(struct arena *a, const struct apply_question *q)
{
    return arena_print(a, "?%s", q->word);
}

bool apply_question_done(const struct apply_draft *d, const struct apply_question *q)
{
    if (!q->form) return *apply_answer(d, "child1_given") != '\0';
    for (size_t i = 0; i < d->n; i++)
        if (d->answers[i].field[0] == '?' && !strcmp(d->answers[i].field + 1, q->word)) return true;
    return false;
}

const char *apply_question_next(struct arena *a, const struct apply_draft *d,
                                const struct apply_question *q)
{
    for (q++; q < questions + QUESTIONS && !strcmp(q->task, q[-1].task); q++)
        if (is_asked(q, d->applicant) && !apply_question_done(d, q))
            return apply_question_path(a, q);
    return "/apply/tasks";
}

/* ---- tasks ---- */

/* The task that begins with a question: how far it is, and where it goes on; the question after. */
static size_t task_view(struct arena *a, const struct apply_draft *d, size_t first,
                        struct view_apply_task *t)
{
    int asked = 0, done = 0;
    size_t i = first;

    *t = (struct view_apply_task){ .word = questions[first].task, .path = "" };
    for (; i < QUESTIONS && !strcmp(questions[i].task, t->word); i++) {
        const struct apply_question *q = &questions[i];
        if (!is_asked(q, d->applicant)) continue;
        bool is_done = apply_question_done(d, q);
        if (!asked++ || (!is_done && done == asked - 1)) t->path = apply_question_path(a, q);
        done += is_done;
    }
    if (asked && done == asked) {
        while (!is_asked(&questions[first], d->applicant))
            first++;
        t->path = apply_question_path(a, &questions[first]);
    }
    t->state = asked == 0 ? "" : done == asked ? "done" : done ? "partly" : "open";
    return i;
}

struct view_apply_task *apply_tasks_view(struct arena *a, const struct apply_draft *d, int32_t *n,
                                         int32_t *done)
{
    struct view_apply_task *t = ARENA_MANY(a, struct view_apply_task, QUESTIONS);

    *n = *done = 0;
    for (size_t i = 0; i < QUESTIONS;) {
        i = task_view(a, d, i, &t[*n]);
        *done += !strcmp(t[*n].state, "done");
        *n += *t[*n].state != '\0';
    }
    return t;
}

/* ---- children ---- */

const char *apply_child_field(struct arena *a, int number, const char *name)
{
    return arena_print(a, "child%d_%s", number, name);
}

int apply_child_count(struct arena *a, const struct apply_draft *d)
{
    int n = 0;

    while (n < APPLY_CHILDREN && *apply_answer(d, apply_child_field(a, n + 1, "given")))
        n++;
    return n;
}

const char *apply_day_words(struct arena *a, const char *iso)
{
    char *words = arena_take(a, DATE_WORDS);
    date day;

    return date_parse(iso, strlen(iso), &day) ? date_words(day, words) : iso;
}

struct view_apply_child_row *apply_children_view(struct arena *a, const struct apply_draft *d,
                                                 int32_t *n)
{
    struct view_apply_child_row *rows = ARENA_MANY(a, struct view_apply_child_row, APPLY_CHILDREN);

    *n = apply_child_count(a, d);
    for (int i = 1; i <= *n; i++)
        rows[i - 1] = (struct view_apply_child_row){
            .number = i,
            .name   = arena_print(a, "%s %s", apply_answer(d, apply_child_field(a, i, "given")),
                                  apply_answer(d, apply_child_field(a, i, "family"))),
            .born   = apply_day_words(a, apply_answer(d, apply_child_field(a, i, "born"))),
            .nights = apply_answer(d, apply_child_field(a, i, "nights")),
        };
    return rows;
}

/* ---- every answer ---- */

struct view_apply_answer *apply_answers_view(struct arena *a, const struct apply_draft *d,
                                             int32_t *n)
{
    struct view_apply_answer *rows = ARENA_MANY(a, struct view_apply_answer, APPLY_ANSWERS);

    *n = 0;
    for (size_t i = 0; i < QUESTIONS; i++) {
        const struct apply_question *q = &questions[i];
        for (int32_t k = 0; q->form && is_asked(q, d->applicant) && k < q->form->field_count; k++) {
            const struct field_rule *field = &q->form->fields[k];
            const char *value              = apply_answer(d, field->name);
            int32_t as;
            rows[(*n)++] = (struct view_apply_answer){
                .field  = field->name,
                .value  = field->kind == FIELD_DATE ? apply_day_words(a, value) : value,
                .change = apply_question_path(a, q),
                .sealed = *value && online_field_sealed(field->name, &as),
            };
        }
    }
    return rows;
}
