/* complaint.c: a complaint from its first day to its last word. */
#include "app/complaint.h"

#include "app/notice.h"
#include "flow/clock_kind.h"

#include <string.h>

/* --- reading --- */

static struct complaint *complaint_of(struct complaints *list, int64_t number)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].number == number) return &list->at[i];
    return NULL;
}

static void step_read(struct complaint *c, const struct sql_complaint_steps_row *s)
{
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, s->day);

    c->steps[c->step_count++] = s;
    c->state = (enum complaint_state)machine_state_find(&machine_complaint, s->became);
    c->due   = s->has_due ? s->due : DATE_OPEN;
    if (c->state == COMPLAINT_STATE_ANSWERED)
        c->window = date_add_months(s->day, law->examiner_months);
}

bool complaint_list(struct store *store, struct arena *arena, int64_t pp, date day,
                    struct complaints *list, struct fail *fail)
{
    struct sql_complaint_steps_row *rows;
    size_t n;

    if (!sql_complaint_steps(store, &(struct sql_complaint_steps_in){ .pp = pp }, arena, &rows, &n,
                             fail))
        return false;
    *list = (struct complaints){ .at = ARENA_MANY(arena, struct complaint, n) };
    for (size_t i = 0; i < n; i++) {
        struct complaint *c = complaint_of(list, rows[i].complaint);
        if (!c) {
            c  = &list->at[list->n++];
            *c = (struct complaint){ .number = rows[i].complaint,
                                     .opened = rows[i].day,
                                     .window = DATE_NEVER,
                                     .steps  = ARENA_MANY(
                                          arena, const struct sql_complaint_steps_row *, n) };
        }
        step_read(c, &rows[i]);
    }
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].state == COMPLAINT_STATE_ANSWERED && date_before(list->at[i].window, day))
            list->at[i].state = COMPLAINT_STATE_CLOSED;
    return true;
}

/* --- steps --- */

static bool step_add(struct verb *v, int64_t number, const char *taken, int32_t became, date due,
                     struct fail *fail)
{
    const struct machine_state *state      = &machine_complaint.states[became];
    struct sql_complaint_step_insert_in in = {
        .pp        = v->pp,
        .event     = v->seq,
        .complaint = number,
        .taken     = taken,
        .became    = state->name,
        .day       = v->today,
        .has_due   = date_before(due, DATE_OPEN),
        .due       = due,
    };

    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "Complaint: %s", state->label);
    if (in.has_due) {
        out_text(&v->about, ", due ");
        out_date(&v->about, due);
    }
    return sql_complaint_step_insert(v->store, &in, fail);
}

/* That it was taken down, and by when it is answered. */
static bool received_tell(struct verb *v, const struct group *g, int64_t arrangement, date came,
                          struct fail *fail)
{
    struct notice_complaint n = { .arrangement = arrangement,
                                  .state       = COMPLAINT_STATE_OPEN,
                                  .opened      = came,
                                  .due         = clock_dates_from(CLOCK_COMPLAINT, came).due,
                                  .words       = "" };
    return notice_complaint(v, g, &n, fail);
}

bool complaint_make(const struct setting *s, int64_t pp, const char *key,
                    const struct message_order *o, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;

    BUG_UNLESS(o->kind == MESSAGE_COMPLAINT && o->from_parent);
    if (!verb_open(s, pp, "complaint", key, &v, &done, fail)) return false;
    if (done) return true;
    date due = clock_dates_from(CLOCK_COMPLAINT, s->today).due;
    return group_load_record(s->store, s->arena, pp, KNOWN_NOW, &g, fail) &&
           message_add(&v, &g, o, fail) &&
           step_add(&v, v.seq, "", COMPLAINT_STATE_OPEN, due, fail) &&
           received_tell(&v, &g, o->arrangement, s->today, fail) && verb_close(&v, fail);
}

bool complaint_open(const struct setting *s, int64_t pp, int64_t message, struct fail *fail)
{
    struct sql_message_list_row *rows;
    struct verb v;
    struct group g;
    bool done;
    size_t n;

    if (!verb_open(s, pp, "complaint", NULL, &v, &done, fail) ||
        !group_load_record(s->store, s->arena, pp, KNOWN_NOW, &g, fail) ||
        !sql_message_list(s->store, &(struct sql_message_list_in){ .pp = pp }, s->arena, &rows, &n,
                          fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].event != message || !rows[i].from_parent) continue;
        if (rows[i].complaint)
            return REFUSE(fail, "complaint_already", "This is a complaint already.");
        return step_add(&v, message, "", COMPLAINT_STATE_OPEN,
                        clock_dates_from(CLOCK_COMPLAINT, rows[i].day).due, fail) &&
               received_tell(&v, &g, rows[i].arrangement, rows[i].day, fail) &&
               verb_close(&v, fail);
    }
    return REFUSE(fail, "no_such_message", "There is no such message from a parent.");
}

/* By when we must act in the state a step leads to. */
static bool due_of(const struct complaint_order *o, int32_t to, date today, date *due,
                   struct fail *fail)
{
    *due = DATE_OPEN;
    if (o->event == COMPLAINT_EVENT_EXTEND) {
        if (!o->has_due || !date_before(today, o->due))
            return REFUSE(fail, "due_missing", "Say by which day to come you will answer."),
                   fail_field(fail, "due");
        *due = o->due;
    } else if (machine_complaint.states[to].person != MACHINE_NOTHING) {
        *due = clock_dates_from(CLOCK_COMPLAINT_AFTER, today).due;
    }
    return true;
}

/* What the parent is told; while the complaint is ours they are told something at each step. */
static bool told(struct verb *v, const struct complaint *c, const struct complaint_order *o,
                 struct notice_complaint *said, struct fail *fail)
{
    bool ours = c->state == COMPLAINT_STATE_OPEN || c->state == COMPLAINT_STATE_EXTENDED;
    struct message_order m = { .kind = MESSAGE_ANSWER, .words = o->words };
    struct sql_message_list_row *rows;
    struct group g;
    size_t n;

    if (!ours && !*o->words) return true;
    if (!group_load_record(v->store, v->arena, v->pp, KNOWN_NOW, &g, fail) ||
        !sql_message_list(v->store, &(struct sql_message_list_in){ .pp = v->pp }, v->arena, &rows,
                          &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].event == c->number) {
            m.arrangement = rows[i].arrangement;
            m.talk        = rows[i].talk;
        }
    said->arrangement = m.arrangement;
    return message_add(v, &g, &m, fail) && notice_complaint(v, &g, said, fail);
}

bool complaint_take(const struct setting *s, int64_t pp, const struct complaint_order *o,
                    struct fail *fail)
{
    struct complaints list;
    struct verb v;
    bool done;
    date due;

    if (!verb_open(s, pp, "complaint", NULL, &v, &done, fail) ||
        !complaint_list(s->store, s->arena, pp, s->today, &list, fail))
        return false;
    const struct complaint *c = complaint_of(&list, o->number);
    if (!c) return REFUSE(fail, "no_such_complaint", "There is no such complaint.");
    struct machine_answer a =
        machine_take(&machine_complaint, (int32_t)c->state, (int32_t)o->event, 0);
    if (a.result != MACHINE_TAKEN)
        return REFUSE(fail, "not_here", "The complaint is \"%s\": that is not its next step.",
                      machine_complaint.states[c->state].label),
               fail_field(fail, "step");
    if (!due_of(o, a.step->to, s->today, &due, fail)) return false;
    struct notice_complaint said = { .state  = (enum complaint_state)a.step->to,
                                     .opened = c->opened,
                                     .due    = due,
                                     .words  = o->words };
    return told(&v, c, o, &said, fail) &&
           step_add(&v, c->number, machine_complaint.events[o->event].name, a.step->to, due,
                    fail) &&
           verb_close(&v, fail);
}
