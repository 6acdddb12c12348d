/* message.c: writing and answering. */
#include "app/message.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/notice.h"
#include "base/say.h"
#include "flow/clock_kind.h"

#include <string.h>

const struct message_kind_entry message_kind_table[MESSAGE_KINDS] = {
    [MESSAGE_QUESTION]  = { "question", SAY("A question") },
    [MESSAGE_PAYMENT]   = { "payment", SAY("About a payment") },
    [MESSAGE_CHANGE]    = { "change", SAY("About a change") },
    [MESSAGE_COMPLAINT] = { "complaint", SAY("A complaint") },
    [MESSAGE_REPLY]     = { "reply", SAY("A reply") },
    [MESSAGE_ANSWER]    = { "answer", SAY("An answer") },
    [MESSAGE_TOLD]      = { "told", "What they told us another way" },
};

enum message_kind message_kind_find(const char *name)
{
    enum message_kind k = MESSAGE_QUESTION;

    while (k < MESSAGE_KINDS && strcmp(message_kind_table[k].name, name) != 0)
        k++;
    return k;
}

int64_t message_person(const struct group *g, int64_t arrangement)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);

    return !arrangement ? g->pp : a ? a->rp : 0;
}

/* --- what is refused --- */

static bool parent_check(const struct verb *v, const struct message_order *o, struct fail *fail)
{
    struct sql_message_count_in in = { .pp          = v->pp,
                                       .arrangement = o->arrangement,
                                       .day         = v->today };
    struct sql_message_count_row row;
    bool found;

    if (!sql_message_count(v->store, &in, v->arena, &row, &found, fail)) return false;
    return row.n < MESSAGES_A_DAY ||
           REFUSE(
               fail, "too_many",
               "You have written to us many times today, and we have all of it. Telephone us if it "
               "cannot wait until tomorrow.");
}

/* What we write to one parent tells nothing that is kept sealed of somebody else, nor ever was. */
static bool service_check(const struct verb *v, const struct group *g,
                          const struct message_order *o, struct fail *fail)
{
    struct group ever;

    if (o->has_reply_by && !date_before(v->today, o->reply_by))
        return REFUSE(fail, "reply_by_past", "The day to answer by is still to come."),
               fail_field(fail, "reply_by");
    if (!group_load_history(v->store, v->arena, v->pp, &ever, fail)) return false;
    return !access_words_tell(&ever, message_person(g, o->arrangement), o->words) ||
           (REFUSE(
                fail, "tells_sealed",
                "This tells something that is kept sealed of somebody else: say it without that."),
            fail_field(fail, "words"));
}

/* A conversation goes on with the same parent. */
static bool talk_check(const struct verb *v, const struct message_order *o, struct fail *fail)
{
    struct sql_message_list_row *rows;
    size_t n;

    if (!o->talk) return true;
    if (!sql_message_list(v->store, &(struct sql_message_list_in){ .pp = v->pp }, v->arena, &rows,
                          &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].event == o->talk && rows[i].talk == o->talk &&
            rows[i].arrangement == o->arrangement)
            return true;
    return REFUSE(fail, "no_such_message", "There is no such message to answer.");
}

static bool order_check(const struct verb *v, const struct group *g, const struct message_order *o,
                        struct fail *fail)
{
    if (!o->words || !*o->words)
        return REFUSE(fail, "words_missing", "Write what you want to say."),
               fail_field(fail, "words");
    if (!message_person(g, o->arrangement))
        return REFUSE(fail, "nobody", "Choose whom to write to."), fail_field(fail, "to");
    return talk_check(v, o, fail) &&
           (o->from_parent ? parent_check(v, o, fail) : service_check(v, g, o, fail));
}

/* --- writing --- */

static void about_write(struct verb *v, const struct group *g, const struct message_order *o)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, o->arrangement);

    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "%s %s%s%s", o->from_parent ? "Message from" : "Message to",
              a ? "the receiving parent of arrangement " : "the paying parent", a ? a->ref : "",
              o->file ? ", with a file" : "");
    out_print(&v->about, ": %s", message_kind_table[o->kind].label);
}

bool message_add(struct verb *v, const struct group *g, const struct message_order *o,
                 struct fail *fail)
{
    bool waits                      = o->from_parent && o->kind != MESSAGE_COMPLAINT;
    struct sql_message_insert_in in = {
        .pp           = v->pp,
        .event        = v->seq,
        .arrangement  = o->arrangement,
        .from_parent  = o->from_parent,
        .kind         = message_kind_table[o->kind].name,
        .day          = v->today,
        .talk         = o->talk ? o->talk : v->seq,
        .has_reply_by = waits || (!o->from_parent && o->has_reply_by),
        .reply_by     = waits ? clock_dates_from(CLOCK_MESSAGE, v->today).due : o->reply_by,
        .words        = o->words,
    };

    if (!order_check(v, g, o, fail)) return false;
    about_write(v, g, o);
    return (!o->from_parent || alert_hear(v, message_person(g, o->arrangement), ALERT_MESSAGE,
                                          (const char *[]){ o->words, NULL }, fail)) &&
           sql_message_insert(v->store, &in, fail) &&
           (!o->file || evidence_add(v, 0, o->file, fail));
}

bool message_send(const struct setting *s, int64_t pp, const char *key,
                  const struct message_order *o, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;

    BUG_UNLESS(o->kind != MESSAGE_COMPLAINT);
    if (!verb_open(s, pp, "message", key, &v, &done, fail)) return false;
    if (done) return true;
    return group_load_record(s->store, s->arena, pp, KNOWN_NOW, &g, fail) &&
           message_add(&v, &g, o, fail) && notice_message(&v, &g, o, fail) && verb_close(&v, fail);
}

/* --- reading --- */

bool message_words(struct store *store, struct arena *arena, const struct group *g,
                   const struct sql_message_list_row *m, struct sealed *words, struct fail *fail)
{
    struct sql_message_words_in in = { .pp = g->pp, .event = m->event };
    struct sql_message_words_row row;
    bool found;

    *words = (struct sealed){ NULL, 0, 0 };
    if (!sql_message_words(store, &in, arena, &row, &found, fail)) return false;
    if (found) *words = sealed_make(row.words, ACCESS_WORDS, message_person(g, m->arrangement));
    return true;
}
