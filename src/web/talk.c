/* talk.c: conversations put into words. */
#include "web/talk.h"

#include "base/say.h"
#include "web/case_view.h"
#include "web/own.h"

#include <string.h>

bool talks_read(struct request *r, const struct group *g, struct talks *t)
{
    struct fail f = { 0 };

    *t = (struct talks){ .group = g };
    if (sql_message_list(r->store, &(struct sql_message_list_in){ .pp = g->pp }, r->arena, &t->rows,
                         &t->n, &f) &&
        complaint_list(r->store, r->arena, g->pp, r->today, &t->complaints, &f))
        return true;
    respond_fail(r, &f);
    return false;
}

const struct sql_message_list_row *talk_message(const struct talks *t, int64_t number)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->rows[i].event == number) return &t->rows[i];
    return NULL;
}

const struct complaint *talk_complaint(const struct talks *t, int64_t talk)
{
    for (size_t i = t->complaints.n; i > 0; i--) {
        const struct complaint *c            = &t->complaints.at[i - 1];
        const struct sql_message_list_row *m = talk_message(t, c->number);
        if (m && m->talk == talk) return c;
    }
    return NULL;
}

const struct sql_message_list_row *talk_waiting(const struct talks *t, int64_t talk,
                                                bool from_parent)
{
    const struct sql_message_list_row *found = NULL;

    for (size_t i = 0; i < t->n; i++) {
        const struct sql_message_list_row *m = &t->rows[i];
        if (m->talk == talk && m->from_parent == from_parent && m->has_reply_by && !m->answered &&
            !m->complaint)
            found = m;
    }
    return found;
}

struct view_talk_state talk_state(const struct request *r, const struct talks *t, int64_t talk,
                                  bool staff)
{
    const struct sql_message_list_row *ours   = talk_waiting(t, talk, false),
                                      *theirs = talk_waiting(t, talk, true),
                                      *first  = talk_message(t, talk);
    const struct complaint *c                 = talk_complaint(t, talk);
    struct view_talk_state s                  = { .asks = ours != NULL, .waits = theirs != NULL };
    enum machine_side side = first && first->arrangement ? TOLD_RECEIVING : TOLD_PAYING;

    if (ours) s.ask_by = ours->reply_by;
    if (theirs) {
        s.wait_by = theirs->reply_by;
        s.late    = date_before(theirs->reply_by, r->today);
    }
    if (!c) return s;
    s.complaint = staff ? machine_complaint.states[c->state].label
                        : machine_complaint.states[c->state]
                              .says[side][r->frame.welsh ? MACHINE_WELSH : MACHINE_ENGLISH];
    s.has_due   = date_before(c->due, DATE_OPEN) &&
                (staff || c->state == COMPLAINT_STATE_OPEN || c->state == COMPLAINT_STATE_EXTENDED);
    s.due = c->due;
    return s;
}

/* What began it. */
static const char *label_of(const struct sql_message_list_row *m, bool staff)
{
    enum message_kind k = message_kind_find(m->kind);

    if (m->complaint) return message_kind_table[MESSAGE_COMPLAINT].label;
    if (m->from_parent) return k == MESSAGE_KINDS ? "" : message_kind_table[k].label;
    return k == MESSAGE_QUESTION ? SAY("Our question")
           : staff               ? "Our message"
                                 : SAY("A message from us");
}

struct view_talk_line talk_line(const struct request *r, const struct talks *t, int64_t talk,
                                bool staff)
{
    const struct sql_message_list_row *first = talk_message(t, talk);
    struct view_talk_line line               = { .who   = "",
                                                 .label = talk_complaint(t, talk) ? SAY("A complaint")
                                                                                  : label_of(first, staff),
                                                 .first = first->day,
                                                 .last  = first->day,
                                                 .state = talk_state(r, t, talk, staff) };

    for (size_t i = 0; i < t->n; i++)
        if (t->rows[i].talk == talk) line.last = t->rows[i].day;
    return line;
}

const char *talk_file_words(struct arena *a, const char *kind, int64_t size)
{
    enum { KILO = 1000, MEGA = 1000000, TENTH = 100000, TEN = 10 };
    enum evidence_kind k = evidence_kind_find(kind);
    const char *label    = k == EVIDENCE_KINDS ? "" : evidence_kind_table[k].label;

    if (size < KILO) return arena_print(a, SAY("%s, %lld bytes"), label, (long long)size);
    if (size < MEGA) return arena_print(a, SAY("%s, %lld kB"), label, (long long)(size / KILO));
    return arena_print(a, SAY("%s, %lld.%lld MB"), label, (long long)(size / MEGA),
                       (long long)(size / TENTH % TEN));
}

static const char *who_words(struct request *r, const struct talks *t,
                             const struct sql_message_list_row *m, bool staff)
{
    if (!m->from_parent) return staff ? m->actor : SAY("Us");
    if (actor_is_representative(m->actor))
        return staff ? arena_print(
                           r->arena, "Who acts for %s",
                           case_name(t->group, message_person(t->group, m->arrangement), r->arena))
                     : SAY("Who acts for you");
    if (actor_is_parent(m->actor))
        return staff ? case_name(t->group, message_person(t->group, m->arrangement), r->arena)
                     : SAY("You");
    return staff ? arena_print(
                       r->arena, "%s, written down by %s",
                       case_name(t->group, message_person(t->group, m->arrangement), r->arena),
                       m->actor)
                 : SAY("You, written down by us");
}

static bool reader_find(const struct request *r, const struct talks *t, struct reader *who)
{
    *who = (struct reader){ .as     = own_is_acting(&r->session) ? DISCLOSURE_READER_REPRESENTATIVE
                                                                 : DISCLOSURE_READER_OWN,
                            .person = r->session.person,
                            .group  = t->group,
                            .day    = r->today,
                            .arena  = r->arena,
                            .verb   = t->telling };
    return r->session.person || access_reader_of(r->session.role, &who->as);
}

bool talk_is_sealed(const struct request *r, const struct talks *t)
{
    struct reader who;
    struct sealed words = { .kind = ACCESS_WORDS };

    return !t->telling && reader_find(r, t, &who) &&
           access_ask(&who, words) == DISCLOSURE_RESULT_ASKED_FOR_REASON;
}

/* again: the reason is in the event already. */
static bool words_open(struct request *r, const struct talks *t,
                       const struct sql_message_list_row *m, bool again, const char **words)
{
    struct fail f = { 0 };
    struct reader who;
    struct sealed sealed;

    if (!reader_find(r, t, &who) || !message_words(r->store, r->arena, t->group, m, &sealed, &f)) {
        respond_fail(r, &f);
        return false;
    }
    if (access_ask(&who, sealed) == DISCLOSURE_RESULT_NEVER) {
        *words = "Kept for the person themselves.";
        return true;
    }
    who.reason_given = again;
    *words           = "Kept sealed.";
    if (talk_is_sealed(r, t) || access_open(&who, t->why ? t->why : "", sealed, words, &f))
        return true;
    if (t->telling && f.kind == FAIL_REFUSED) {
        form_refuse(&r->form, FORM_CASE_SEALED_WHY, case_sentence(r, &f));
        return true;
    }
    respond_fail(r, &f);
    return false;
}

bool talk_rows(struct request *r, const struct talks *t, int64_t talk, bool staff,
               struct view_talk_row **rows, int32_t *n)
{
    *rows = ARENA_MANY(r->arena, struct view_talk_row, t->n);
    *n    = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct sql_message_list_row *m = &t->rows[i];
        struct view_talk_row *row            = &(*rows)[*n];
        if (m->talk != talk) continue;
        if (!words_open(r, t, m, *n > 0, &row->words)) return false;
        row->mine      = m->from_parent != staff;
        row->who       = who_words(r, t, m, staff);
        row->day       = m->day;
        row->label     = label_of(m, staff);
        row->file      = m->file_kind ? talk_file_words(r->arena, m->file_kind, m->file_size) : "";
        row->file_link = r->frame.works && m->file_kind
                             ? arena_print(r->arena, "/case/%lld/file/%lld",
                                           (long long)t->group->pp, (long long)m->event)
                             : "";
        row->asks      = !m->from_parent && m->has_reply_by && !m->answered;
        row->reply_by  = m->reply_by;
        (*n)++;
    }
    return true;
}

const char *talk_file_name(struct arena *a, const char *ref, int64_t number, const char *kind)
{
    return arena_print(a, "file-%s-%lld.%s", ref, (long long)number, kind);
}

void talk_file_answer(struct request *r, int64_t pp, int64_t event, const char *ref, int64_t number)
{
    struct evidence_bytes file;
    struct fail f = { 0 };
    bool found;

    if (!evidence_get(r->store, r->arena, pp, event, &file, &found, &f)) {
        respond_fail(r, &f);
        return;
    }
    if (!found) {
        respond_missing(r);
        return;
    }
    out_bytes(&r->out, file.bytes.at, file.bytes.n);
    respond_as(r, "application/octet-stream",
               talk_file_name(r->arena, ref, number, evidence_kind_table[file.kind].name));
}

const struct evidence_file *talk_file(const struct request *r, int field)
{
    const struct field_value *v = &r->form.values[field];

    if (!v->given) return NULL;
    struct evidence_file *file = ARENA_NEW(r->arena, struct evidence_file);
    *file = (struct evidence_file){ v->text, v->type, { v->bytes, v->length } };
    return file;
}
