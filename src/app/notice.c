/* notice.c: letters of what was done. */
#include "app/notice.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/letter.h"
#include "app/office.h"
#include "app/ruling_work.h"
#include "app/service.h"
#include "base/exact.h"
#include "flow/clock_kind.h"

#include <string.h>

static struct setting setting_of(const struct verb *v)
{
    return (struct setting){ v->store, v->arena, v->today, v->actor };
}

static const char *name_of(const struct group *g, int64_t person, struct arena *arena)
{
    const struct sql_group_people_row *p = group_person(g, person);
    return arena_print(arena, "%s %s", p->given, p->family);
}

bool notice_send(struct verb *v, const struct group *g, struct letter_frozen *f, bool *sent,
                 int64_t *letter, struct fail *fail)
{
    struct setting s = setting_of(v);
    struct office office;
    struct letter_result r;

    *sent = group_fact(g, FACT_ADDRESS, f->person, v->today) != NULL;
    if (!*sent) {
        if (v->about.length) out_text(&v->about, "; ");
        out_print(&v->about, "Letter %s not sent: %s has no address",
                  letter_templates[f->kind].name, name_of(g, f->person, v->arena));
        return true;
    }
    if (!letter_head_make(&s, g, f, &office, fail) || !letter_write(v, f, NULL, &r, fail))
        return false;
    if (letter) *letter = r.letter;
    return true;
}

static bool send(struct verb *v, const struct group *g, struct letter_frozen *f, struct fail *fail)
{
    bool sent;
    return notice_send(v, g, f, &sent, NULL, fail);
}

/* --- orders to employers --- */

static void amounts_fill(const struct verb *v, const struct group *g,
                         const struct sql_earnings_order_insert_in *o,
                         struct letter_earnings_notice *n)
{
    const struct law *law        = order_law(g, o->starts);
    struct rate_parts parts      = { o->maintenance, o->fee, o->arrears, o->fees };
    struct deduction_rates rates = earnings_rates(law, earnings_weekly(&parts));
    char text[EXACT_TEXT];

    n->takes       = !o->ended;
    n->weekly      = rates.of[PLAN_WEEKLY];
    n->two_weekly  = rates.of[PLAN_TWO_WEEKLY];
    n->four_weekly = rates.of[PLAN_FOUR_WEEKLY];
    n->monthly     = rates.of[PLAN_MONTHLY];
    n->arrears     = money_add(o->arrears, o->fees);
    n->has_arrears = n->takes && n->arrears.p > 0;
    n->has_kept    = n->takes && o->protect.p == 0;
    n->kept        = arena_print(v->arena, "%s", ratio_text(law->protected_proportion, text));
    n->latest      = arena_print(v->arena, "%d", (int)law->deduction_pay_over_day);
}

static bool receivers_tell(struct verb *v, const struct group *g, struct letter_frozen *f,
                           struct fail *fail)
{
    bool ended  = f->earnings.ended;
    f->earnings = (struct letter_earnings_notice){
        .other_changed = !ended,
        .other_ended   = ended,
        .from          = f->earnings.from,
        .kept          = "",
        .latest        = "",
    };
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &g->arrangements[i];
        if (group_service(g, a->id, f->earnings.from) != SERVICE_COLLECT_AND_PAY) continue;
        f->person      = a->rp;
        f->arrangement = a->id;
        if (!send(v, g, f, fail)) return false;
    }
    return true;
}

bool notice_order(struct verb *v, const struct group *g,
                  const struct sql_earnings_order_insert_in *o, bool is_new, struct fail *fail)
{
    struct letter_frozen f = { .kind     = LETTER_EARNINGS_NOTICE,
                               .person   = g->pp,
                               .earnings = { .made    = is_new,
                                             .changed = !is_new && !o->ended,
                                             .ended   = o->ended,
                                             .from    = o->starts } };

    amounts_fill(v, g, o, &f.earnings);
    return send(v, g, &f, fail) && (is_new || receivers_tell(v, g, &f, fail));
}

/* --- set-off --- */

bool notice_set_off(struct ruling_work *w, struct fail *fail)
{
    int64_t arrangement                      = w->order->arrangement;
    const struct sql_arrangement_list_row *a = group_arrangement(&w->g, arrangement);
    bool ends                                = w->order->kind == RULING_SET_OFF_END;
    bool spread                              = !ends && w->order->weekly.p > 0;
    struct letter_frozen f                   = {
                          .kind        = LETTER_SET_OFF_NOTICE,
                          .person      = w->g.pp,
                          .arrangement = arrangement,
                          .set_off     = { .amount     = w->counted,
                                           .at_once    = !ends && !spread,
                                           .meets      = spread && !w->is_twin,
                                           .spares     = spread && w->is_twin,
                                           .ends       = ends,
                                           .owes_again = ends && !w->is_twin,
                                           .owed_again = ends && w->is_twin,
                                           .weekly     = w->order->weekly,
                                           .day        = w->v.today,
                                           .other      = name_of(&w->g, a->rp, w->v.arena),
                                           .as_at      = w->v.today },
    };

    if (!w->v.store) return true; /* a family that is made up, in memory alone */
    f.set_off.owed =
        money_max(service_debt(&w->g, arrangement, w->v.today, w->v.arena), MONEY_NONE);
    return send(&w->v, &w->g, &f, fail);
}

/* --- complaints, changes, messages --- */

bool notice_complaint(struct verb *v, const struct group *g, const struct notice_complaint *c,
                      struct fail *fail)
{
    const struct law *law  = law_at(JURISDICTION_GREAT_BRITAIN, v->today);
    struct letter_frozen f = {
        .kind        = LETTER_COMPLAINT_NOTICE,
        .person      = message_person(g, c->arrangement),
        .arrangement = c->arrangement,
        .complaint   = { .received    = c->state == COMPLAINT_STATE_OPEN,
                         .later       = c->state == COMPLAINT_STATE_EXTENDED,
                         .put_right   = c->state == COMPLAINT_STATE_RESOLVED,
                         .final       = c->state == COMPLAINT_STATE_ANSWERED,
                         .told        = *c->words != '\0',
                         .complained  = c->opened,
                         .answer_by   = c->due,
                         .examiner_by = date_add_months(v->today, law->examiner_months),
                         .words       = c->words },
    };
    const struct letter_complaint_notice *n = &f.complaint;

    return !(n->received || n->later || n->put_right || n->final) || send(v, g, &f, fail);
}

bool notice_asking(struct verb *v, const struct group *g, const struct asking *a, int32_t event,
                   const char *said, struct fail *fail)
{
    const struct law *law  = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, v->today);
    bool again             = a->kind == NULL;
    struct letter_frozen f = {
        .kind   = LETTER_ASKING_NOTICE,
        .person = a->row.person,
        .asking = { .evidence  = !again && event == CHANGE_REPORT_EVENT_ASK,
                    .declined  = !again && event == CHANGE_REPORT_EVENT_DECLINE,
                    .stands    = again && event == RECONSIDERATION_EVENT_REFUSE,
                    .told_on   = a->row.day,
                    .reply_by  = clock_dates_from(CLOCK_CHANGE_EVIDENCE, v->today).due,
                    .appeal_by = date_add_months(v->today, law->appeal_months),
                    .said      = said,
                    .has_said  = *said != '\0' },
    };
    const struct letter_asking_notice *n = &f.asking;

    return !(n->evidence || n->declined || n->stands) || send(v, g, &f, fail);
}

/* Whether a person reads what we write on pages of their own, without being told by letter. */
static bool reads_online(const struct verb *v, const struct group *g, int64_t person, bool *reads,
                         struct fail *fail)
{
    const char *way = access_contact(g, FACT_SAFE_CHANNEL, person, v->today, v->arena);
    struct sql_account_of_person_row account;
    bool told = !strcmp(way, "text_message") || !strcmp(way, "email");

    if (!sql_account_of_person(v->store, &(struct sql_account_of_person_in){ .person = person },
                               v->arena, &account, reads, fail))
        return false;
    *reads = *reads && !told;
    return true;
}

bool notice_message(struct verb *v, const struct group *g, const struct message_order *o,
                    struct fail *fail)
{
    struct letter_frozen f = {
        .kind        = LETTER_MESSAGE_NOTICE,
        .person      = message_person(g, o->arrangement),
        .arrangement = o->arrangement,
        .message     = { .asks = o->has_reply_by, .reply_by = o->reply_by, .words = o->words },
    };
    bool reads;

    if (o->from_parent || (o->kind != MESSAGE_QUESTION && o->kind != MESSAGE_ANSWER)) return true;
    return reads_online(v, g, f.person, &reads, fail) && (reads || send(v, g, &f, fail));
}

/* --- with a code --- */

/* The head of a letter that is not kept; NULL: fail is filled. */
static struct letter_head *head_make(const struct setting *s, const struct group *g, int64_t person,
                                     struct fail *fail)
{
    struct letter_frozen *f = ARENA_NEW(s->arena, struct letter_frozen);
    struct office office;

    *f = (struct letter_frozen){ .person = person };
    if (!letter_head_make(s, g, f, &office, fail)) return NULL;
    f->head.office = &f->office;
    return &f->head;
}

bool notice_may(const struct setting *s, const struct group *g, int64_t person, struct fail *fail)
{
    const char *way = access_contact(g, FACT_SAFE_CHANNEL, person, s->today, s->arena);
    date kept;

    if (!alert_keeps(s->store, s->arena, g->pp, person, &kept, fail)) return false;
    if (date_before(kept, DATE_OPEN))
        return REFUSE(fail, "person_first", "Somebody has to look at the case first.");
    if (*way && strcmp(way, "letter") != 0)
        return REFUSE(fail, "not_by_letter",
                      "They did not say that a letter is safe: reach them as they asked.");
    return group_fact(g, FACT_ADDRESS, person, s->today) ||
           REFUSE(fail, "no_address",
                  "There is no postal address: tell them the code when you know who they are.");
}

bool notice_invitation(const struct setting *s, const struct group *g, int64_t person,
                       const struct letter_invitation *data, struct letter_document *document,
                       struct fail *fail)
{
    struct letter_head *head = head_make(s, g, person, fail);

    return head && letter_invitation(data, head, s->arena, document, fail);
}

bool notice_employer(const struct setting *s, const struct group *g, const struct order *o,
                     const char *code, struct letter_document *document, struct fail *fail)
{
    const struct law *law    = order_law(g, s->today);
    struct letter_head *head = head_make(s, g, g->pp, fail);
    char text[EXACT_TEXT];

    if (!head) return false;
    struct letter_employer_order data = {
        .employee    = head->recipient,
        .works       = o->row->employee,
        .known       = *o->row->employee != '\0',
        .employer    = o->row->employer,
        .order       = o->number,
        .made        = o->row->made,
        .from        = date_max(o->row->starts, s->today),
        .service     = o->forces,
        .ended       = o->row->ended,
        .takes       = !o->row->ended,
        .binds       = !o->row->ended && !o->forces,
        .weekly      = o->rates.of[PLAN_WEEKLY],
        .two_weekly  = o->rates.of[PLAN_TWO_WEEKLY],
        .four_weekly = o->rates.of[PLAN_FOUR_WEEKLY],
        .monthly     = o->rates.of[PLAN_MONTHLY],
        .shares      = !o->row->ended && o->row->protect.p == 0,
        .kept        = arena_print(s->arena, "%s", ratio_text(law->protected_proportion, text)),
        .fixed       = !o->row->ended && o->row->protect.p > 0,
        .protect     = o->row->protect,
        .latest      = arena_print(s->arena, "%d", (int)law->deduction_pay_over_day),
        .charge      = law->deduction_charge,
        .code        = code,
    };
    memset(head->address, 0, sizeof head->address);
    head->language   = LETTER_ENGLISH;
    head->recipient  = "Payroll";
    head->address[0] = arena_print(s->arena, "Employer %s", o->row->employer);
    return letter_employer_order(&data, head, s->arena, document, fail);
}
