/* scenario_message.c: steps and expectations about messages and complaints. */
#include "app/clock.h"
#include "app/complaint.h"
#include "app/scenario_play.h"

#include "base/bug.h"
#include "letters.h"

#include <string.h>

#define DIFFERS(...) FAIL(fail, FAIL_REFUSED, "", __VA_ARGS__)

static struct setting parent_setting(struct play *p)
{
    struct setting s = play_setting(p);

    s.actor = ACTOR_PARENT "play";
    return s;
}

static const char *play_key(struct play *p)
{
    return arena_print(&p->step, "play/%s/%zu", p->order.name, p->next + 1);
}

static bool messages_read(struct play *p, struct sql_message_list_row **rows, size_t *n,
                          struct fail *fail)
{
    return sql_message_list(p->order.store, &(struct sql_message_list_in){ .pp = p->pp }, &p->step,
                            rows, n, fail);
}

/* With whom: the side that is named, of the arrangement that is named or the only one. */
static bool side_of(struct play *p, const struct play_step *s, const struct group *g,
                    const char *side, int64_t *arrangement, struct fail *fail)
{
    const struct clause_value *of = &s->clauses[CLAUSE_OF];

    *arrangement = 0;
    if (!strcmp(side, "paying")) return true;
    if (!strcmp(side, "receiving"))
        return play_arrangement(p, g, of->given ? of->text : NULL, arrangement, fail);
    return FAIL(fail, FAIL_INPUT, "by_whom", "a message is with paying or receiving, not \"%s\".",
                side);
}

/* The conversation that was last gone on with; 0 where there is none. */
static bool talk_last(struct play *p, int64_t arrangement, int64_t *talk, struct fail *fail)
{
    struct sql_message_list_row *rows;
    size_t n;

    *talk = 0;
    if (!messages_read(p, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].arrangement == arrangement) *talk = rows[i].talk;
    return true;
}

bool play_message(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *by = &s->clauses[CLAUSE_BY], *to = &s->clauses[CLAUSE_TO],
                              *due = &s->clauses[CLAUSE_DUE], *text = &s->clauses[CLAUSE_EVIDENCE];
    enum message_kind kind =
        !strcmp(s->word, "ask") ? MESSAGE_QUESTION : message_kind_find(s->word);
    struct setting setting    = by->given ? parent_setting(p) : play_setting(p);
    struct evidence_file file = { "evidence.txt", "text/plain", { text->text, 0 } };
    struct message_order o    = { .from_parent  = by->given,
                                  .kind         = kind,
                                  .has_reply_by = due->given,
                                  .reply_by     = due->day,
                                  .words        = s->value };
    bool goes_on = kind == MESSAGE_REPLY || kind == MESSAGE_ANSWER || kind == MESSAGE_TOLD;
    struct group g;

    BUG_UNLESS(kind != MESSAGE_KINDS);
    if (by->given == to->given)
        return FAIL(fail, FAIL_INPUT, "by_whom",
                    "say by which parent the message is, or to which parent it is ours.");
    if (!play_group(p, &g, fail) ||
        !side_of(p, s, &g, by->given ? by->text : to->text, &o.arrangement, fail) ||
        (goes_on && !talk_last(p, o.arrangement, &o.talk, fail)))
        return false;
    if (text->given) {
        file.bytes.length = strlen(text->text);
        o.file            = &file;
    }
    return kind == MESSAGE_COMPLAINT ? complaint_make(&setting, p->pp, play_key(p), &o, fail)
                                     : message_send(&setting, p->pp, play_key(p), &o, fail);
}

static bool complaint_last(struct play *p, date on, struct complaint *c, struct fail *fail)
{
    struct complaints list;

    if (!complaint_list(p->order.store, &p->step, p->pp, on, &list, fail)) return false;
    if (!list.n) return FAIL(fail, FAIL_INPUT, "no_complaint", "there is no complaint.");
    *c = list.at[list.n - 1];
    return true;
}

bool play_complaint(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *due = &s->clauses[CLAUSE_DUE];
    struct setting setting         = play_setting(p);
    struct complaint_order o       = { .words   = s->value ? s->value : "",
                                       .has_due = due->given,
                                       .due     = due->day };
    struct sql_message_list_row *rows;
    struct complaint c;
    size_t n;

    if (!strcmp(s->word, "open")) {
        if (!messages_read(p, &rows, &n, fail)) return false;
        return complaint_open(&setting, p->pp, n ? rows[n - 1].event : 0, fail);
    }
    if (!complaint_last(p, p->today, &c, fail)) return false;
    o.number = c.number;
    o.event  = (enum complaint_event)machine_event_find(&machine_complaint, s->word);
    return complaint_take(&setting, p->pp, &o, fail);
}

/* --- expectations --- */

static bool expect_complaint(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *on = &s->clauses[CLAUSE_ON], *due = &s->clauses[CLAUSE_DUE];
    struct complaint c;
    char day[DATE_TEXT];

    if (!complaint_last(p, on->given ? on->day : p->today, &c, fail)) return false;
    const char *found = machine_complaint.states[c.state].name;
    if (strcmp(found, s->word) != 0)
        return DIFFERS("expected the complaint to be %s, but it is %s.", s->word, found);
    return !due->given || date_same(due->day, c.due) ||
           DIFFERS("the complaint is due on %s.", date_text(c.due, day));
}

static bool expect_clocks(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *due = &s->clauses[CLAUSE_DUE];
    const char *kind               = s->clauses[CLAUSE_OF].text;
    struct group g                 = { .pp = p->pp };
    int32_t found                  = 0;
    char day[DATE_TEXT]            = "no day";

    if (clock_kind_find(kind) == CLOCK_KINDS)
        return FAIL(fail, FAIL_INPUT, "clock_kind", "there is no clock \"%s\".", kind);
    if (!group_load_clocks(p->order.store, &p->step, &g, fail)) return false;
    for (size_t i = 0; i < g.clock_count; i++) {
        if (strcmp(g.clocks[i].kind, kind) != 0 || !clock_is_open(&g.clocks[i])) continue;
        found += !due->given || date_same(due->day, g.clocks[i].due);
        date_text(g.clocks[i].due, day);
    }
    return found == s->count ||
           DIFFERS("expected %d clocks of %s, but there are %d; the last is due %s.", s->count,
                   kind, found, day);
}

static bool letter_kind_is(const char *kind)
{
    for (int i = 0; i < LETTER_NAMES; i++)
        if (!strcmp(letter_templates[i].name, kind)) return true;
    return false;
}

/* How many letters of a kind were made, and not refused: to anybody, or to one of them. */
static bool expect_letters(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct sql_letter_list_in in  = { .pp = p->pp, .known = KNOWN_NOW };
    const char *kind              = s->clauses[CLAUSE_OF].text;
    const struct clause_value *to = &s->clauses[CLAUSE_TO];
    const struct play_name *name  = NULL;
    struct sql_letter_list_row *rows;
    int32_t found = 0;
    size_t n;

    if (!letter_kind_is(kind))
        return FAIL(fail, FAIL_INPUT, "letter_kind", "there is no letter \"%s\".", kind);
    if (to->given && !(name = play_name_find(p, to->text, fail))) return false;
    if (!sql_letter_list(p->order.store, &in, &p->step, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        found += !rows[i].refused && !strcmp(rows[i].kind, kind) &&
                 (!name || rows[i].person == name->id);
    return found == s->count ||
           DIFFERS("expected %d letters of %s, but there are %d.", s->count, kind, found);
}

bool play_expect_message(struct play *p, const struct play_step *s, struct fail *fail)
{
    if (s->kind == EXPECT_LETTERS) return expect_letters(p, s, fail);
    return s->kind == EXPECT_COMPLAINT ? expect_complaint(p, s, fail) : expect_clocks(p, s, fail);
}
