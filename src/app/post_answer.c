/* post_answer.c: what a printer answers, and what somebody found who looked. */
#include "app/post_work.h"
#include "base/bug.h"
#include "feed/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column { LETTER, OUTCOME, DAY, REASON, COLUMNS };
enum { REQUIRED = REASON, FOUND_LEAST = 10 };
static const char *const column_names[COLUMNS] = { "letter", "outcome", "date", "reason" };

static const struct outcome {
    const char *word;
    int32_t event, state; /* what it does, and the state it leads to */
} outcomes[] = {
    { "accepted", POST_EVENT_ACCEPT, POST_STATE_ACCEPTED },
    { "delivered", POST_EVENT_DELIVER, POST_STATE_DELIVERED },
    { "returned", POST_EVENT_COME_BACK, POST_STATE_RETURNED },
};
/* Why a letter came back, as printers say; no free text, so that nothing else comes in. */
static const char *const reasons[] = {
    "gone_away",       "no_such_address", "incomplete", "refused",
    "not_called_for",  "deceased",        "not_stated", "no_such_number",
    "no_such_mailbox", "too_late",        NULL
};

struct line {
    int64_t batch, item;
    const struct outcome *outcome;
    date day;
    const char *reason;
};
struct taking {
    struct setting setting;
    const struct post_answers *answers;
    struct post_taking *total;
    struct csv *csv;
    struct line line;
    const char *refused; /* why the line was not acted on; NULL: it was */
    bool known;          /* nothing new */
};

/* --- a line --- */

static bool code_read(const char *text, struct line *l)
{
    char *end, again[POST_CODE];

    l->batch = strtoll(text, &end, 10);
    if (*end != '-') return false;
    l->item = strtoll(end + 1, &end, 10);
    return l->batch > 0 && l->item > 0 && !strcmp(post_code(l->batch, l->item, again), text);
}

static const char *back_reason(const char *word)
{
    for (size_t i = 0; reasons[i]; i++)
        if (!strcmp(reasons[i], word)) return reasons[i];
    return NULL;
}

/* What is wrong with the line; NULL when nothing is. */
static const char *line_read(struct taking *t)
{
    struct line *l      = &t->line;
    const char *problem = csv_problem(t->csv), *word, *day, *why;

    if (problem) return problem;
    *l   = (struct line){ .reason = "not_stated" };
    word = csv_cell(t->csv, OUTCOME);
    day  = csv_cell(t->csv, DAY);
    why  = csv_cell(t->csv, REASON);
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (!strcmp(outcomes[i].word, word)) l->outcome = &outcomes[i];
    if (!code_read(csv_cell(t->csv, LETTER), l))
        return "The letter must be called as on our list, such as 000012-000345.";
    if (!l->outcome) return "The outcome must be accepted, delivered or returned.";
    if (!date_parse(day, strlen(day), &l->day))
        return "The date must be a day that exists, written as 2026-11-22.";
    if (date_before(t->setting.today, l->day)) return "The date has not come yet.";
    if (*why && !(l->reason = back_reason(why)))
        return "The reason must be gone_away, no_such_address, incomplete, refused, "
               "not_called_for, deceased, no_such_number, no_such_mailbox, too_late or "
               "not_stated.";
    return NULL;
}

/* --- taking it --- */

static bool letter_state(const struct setting *s, int64_t pp, int64_t letter, int32_t *state,
                         struct fail *fail)
{
    struct sql_letter_list_row *rows;
    size_t n;

    *state = MACHINE_NOTHING;
    if (!sql_letter_list(s->store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW },
                         s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == letter && !rows[i].refused)
            *state = machine_state_find(&machine_post, rows[i].state);
    return true;
}

/* Whether a letter that is here has been there: printed before delivered, delivered before back. */
static bool is_past(int32_t here, int32_t there)
{
    return here >= there && here <= POST_STATE_RETURNED;
}

static bool letter_answer(struct taking *t, const struct sql_post_item_find_row *i,
                          struct fail *fail)
{
    struct setting s      = t->setting;
    const struct line *l  = &t->line;
    struct post_step step = { .letter = i->letter, .event = l->outcome->event };
    char code[POST_CODE], day[DATE_TEXT];
    struct verb v;
    bool done, taken;

    post_code(l->batch, l->item, code);
    const char *key = arena_print(s.arena, "post:%s:%s", code, l->outcome->word);
    if (!verb_open(&s, i->pp, "post_answer", key, &v, &done, fail)) return false;
    if (done || i->event != i->newest) return t->known = true; /* it has gone out again since */
    if (!letter_state(&s, i->pp, i->letter, &step.state, fail)) return false;
    if (is_past(step.state, l->outcome->state)) return t->known = true;
    step.reason   = l->outcome->event == POST_EVENT_COME_BACK ? l->reason : l->outcome->word;
    step.evidence = arena_print(s.arena, "%s on %s", code, date_text(l->day, day));
    out_print(&v.about, "Letter %lld: %s", (long long)i->letter,
              machine_post.events[step.event].label);
    if (!post_take(&v, &step, &taken, fail)) return false;
    if (!taken) {
        t->refused = "The letter is not on its way any more.";
        return true;
    }
    return verb_close(&v, fail);
}

static bool line_job(void *context, struct store *store, struct fail *fail)
{
    struct taking *t                = context;
    struct sql_post_item_find_in in = { .batch = t->line.batch, .item = t->line.item };
    struct sql_post_item_find_row *rows;
    size_t n;

    t->refused = NULL;
    t->known   = false;
    if (!sql_post_item_find(store, &in, t->setting.arena, &rows, &n, fail)) return false;
    if (n == 1) return letter_answer(t, rows, fail);
    t->refused = "There is no such letter in any of our files.";
    return true;
}

static void fault_tell(struct taking *t, const char *sentence)
{
    t->total->faults++;
    t->answers->fault(t->answers->context, t->csv->began, sentence);
}

static bool line_take(struct taking *t, struct fail *fail)
{
    const char *wrong = line_read(t);
    struct fail none  = { 0 };
    size_t *count     = NULL;

    if (wrong) {
        fault_tell(t, wrong);
        return true;
    }
    if (!store_work(t->setting.store, STORE_WRITING, line_job, t, &none)) {
        if (none.kind == FAIL_REFUSED) fault_tell(t, none.text);
        if (none.kind != FAIL_REFUSED) *fail = none;
        return none.kind == FAIL_REFUSED;
    }
    if (t->refused) {
        fault_tell(t, t->refused);
        return true;
    }
    switch (t->line.outcome->event) {
    case POST_EVENT_ACCEPT: count = &t->total->accepted; break;
    case POST_EVENT_DELIVER: count = &t->total->delivered; break;
    default: count = &t->total->returned; break;
    }
    ++*(t->known ? &t->total->known : count);
    return true;
}

bool post_answer(const struct setting *s, const struct post_answers *answers,
                 struct post_taking *total, struct fail *fail)
{
    struct arena whole = { 0 }, line = { 0 };
    struct taking t = {
        .setting = *s, .answers = answers, .total = total, .csv = ARENA_NEW(&whole, struct csv)
    };
    enum csv_found found = CSV_STOP;

    *total          = (struct post_taking){ 0 };
    t.setting.arena = &line;
    csv_begin(t.csv, &answers->source, fail);
    bool fine = csv_header(t.csv, column_names, COLUMNS, REQUIRED);
    while (fine && (found = csv_next(t.csv)) == CSV_RECORD) {
        arena_reset(&line);
        fine = line_take(&t, fail);
    }
    arena_free(&line);
    arena_free(&whole);
    return fine && found == CSV_NO_MORE;
}

/* --- somebody looked --- */

static bool look_check(const struct post_look *look, struct fail *fail)
{
    static const char *const words[] = { "yes", "no", "unknown" };
    bool known                       = false;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        known |= look->safe && !strcmp(look->safe, words[i]);
    if (!known)
        return REFUSE(fail, "safe_missing", "Say whether they are safe, or that it is not known."),
               fail_field(fail, "safe");
    if (!look->found || strlen(look->found) < FOUND_LEAST)
        return REFUSE(fail, "found_missing",
                      "Say in a sentence what you did and found out, without the address."),
               fail_field(fail, "found");
    if (look->again && strcmp(look->safe, "yes") != 0)
        return REFUSE(fail, "not_safe",
                      "Nothing goes to an address while nobody knows that they are safe there. "
                      "Reach them another way, or do not send it again."),
               fail_field(fail, "again");
    return true;
}

bool post_look(const struct setting *s, int64_t pp, const struct post_look *look, struct fail *fail)
{
    struct post_step step = { .letter   = look->letter,
                              .event    = look->again ? POST_EVENT_SEND_AGAIN : POST_EVENT_STOP,
                              .reason   = look->found,
                              .evidence = arena_print(s->arena, "safe: %s", look->safe) };
    struct verb v;
    bool done, taken;

    if (!look_check(look, fail) || !verb_open(s, pp, "post_look", NULL, &v, &done, fail) ||
        !letter_state(s, pp, look->letter, &step.state, fail))
        return false;
    out_print(&v.about, "Letter %lld that came back: %s", (long long)look->letter,
              machine_post.events[step.event].label);
    if (step.state != POST_STATE_RETURNED)
        return REFUSE(fail, "not_returned", "That letter has not come back, or somebody looked.");
    return post_take(&v, &step, &taken, fail) && verb_close(&v, fail);
}

/* --- proof --- */

static const char *state_by_steps(const struct sql_step_list_row *steps, size_t n, int64_t letter)
{
    const char *state = machine_post.states[machine_post.start].name;

    for (size_t i = 0; i < n; i++)
        if (steps[i].subject == letter && !strcmp(steps[i].machine, machine_post.name))
            state = steps[i].became;
    return state;
}

bool post_check(struct store *store, struct arena *arena, int64_t pp, post_fault *tell,
                void *context, struct fail *fail)
{
    struct sql_letter_list_row *letters;
    struct sql_step_list_row *steps;
    size_t n, m;
    char text[160];

    if (!sql_letter_list(store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW }, arena,
                         &letters, &n, fail) ||
        !sql_step_list(store, &(struct sql_step_list_in){ .pp = pp, .known = KNOWN_NOW }, arena,
                       &steps, &m, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(letters[i].state, state_by_steps(steps, m, letters[i].id))) continue;
        snprintf(text, sizeof text, "Letter %lld is said to be where its steps did not take it.",
                 (long long)letters[i].id);
        tell(context, text);
    }
    return true;
}
