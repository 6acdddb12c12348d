/* case_apply.c: an application on one page, with the figures of an estimate if there is a code. */
#include "app/apply.h"
#include "app/fact.h"
#include "web/case.h"
#include "web/case_online.h"
#include "web/case_view.h"
#include "web/estimate.h"

#include <string.h>

enum { CHILDREN = 6, CHILDREN_FIRST = 2, CHILD_FIELDS = 3 };

/* ---- the form ---- */

static struct view_child_entry child_entry(const struct form *form, int number)
{
    int field = FORM_CASE_APPLY_CHILD1_GIVEN + (number - 1) * CHILD_FIELDS;

    return (struct view_child_entry){ .number = number,
                                      .given  = form_view(form, field),
                                      .family = form_view(form, field + 1),
                                      .born   = form_view(form, field + 2) };
}

/* What a code brings, read and put in words.  True also without a code; false: refused, and the
 * form says why. */
static bool estimate_read(struct request *r, const char *code, struct assess_input *input,
                          bool *found)
{
    struct fail f = { 0 };
    const char *json;

    *found = false;
    if (!*code) return true;
    if (estimate_find(r->store, r->arena, code, r->now, &json, &f) &&
        assess_json_read(r->arena, json, strlen(json), input, &f)) {
        *found = true;
        return true;
    }
    form_refuse(&r->form, FORM_CASE_APPLY_CODE, case_sentence(r, &f));
    return false;
}

static const char *estimate_words(struct request *r, const struct assess_input *input)
{
    const struct rule_facts *facts = &input->facts;
    const struct rule_income *i    = &facts->income;
    money income                   = i->has_weekly    ? i->weekly
                                     : i->has_current ? i->current_annual
                                                      : i->historic_annual;

    return arena_print(r->arena,
                       "The estimate was for %d %s with %d receiving %s and an income of %s a %s. "
                       "Its figures, and the nights of each child in the order below, are recorded "
                       "with the application as what the applicant said.",
                       facts->child_count, facts->child_count == 1 ? "child" : "children",
                       facts->receiver_count, facts->receiver_count == 1 ? "parent" : "parents",
                       case_pounds(r->arena, income), i->has_weekly ? "week" : "year");
}

static int64_t online_of(const struct request *r)
{
    return form_has(&r->form, FORM_CASE_APPLY_ONLINE) ? form_count(&r->form, FORM_CASE_APPLY_ONLINE)
                                                      : 0;
}

static void form_show(struct request *r, const char *code_says)
{
    int64_t online                 = online_of(r);
    const struct form *f           = &r->form;
    struct view_child_entry *child = ARENA_MANY(r->arena, struct view_child_entry, CHILDREN);

    for (int i = 0; i < CHILDREN; i++)
        child[i] = child_entry(f, i + 1);
    struct page_case_apply p = {
        .online           = online ? arena_print(r->arena, "%lld", (long long)online) : "",
        .online_ref       = online ? online_reference(online, r->arena) : "",
        .code             = form_view(f, FORM_CASE_APPLY_CODE),
        .code_says        = code_says,
        .paying_ref       = form_view(f, FORM_CASE_APPLY_PAYING_REF),
        .paying_given     = form_view(f, FORM_CASE_APPLY_PAYING_GIVEN),
        .paying_family    = form_view(f, FORM_CASE_APPLY_PAYING_FAMILY),
        .paying_born      = form_view(f, FORM_CASE_APPLY_PAYING_BORN),
        .receiving_ref    = form_view(f, FORM_CASE_APPLY_RECEIVING_REF),
        .receiving_given  = form_view(f, FORM_CASE_APPLY_RECEIVING_GIVEN),
        .receiving_family = form_view(f, FORM_CASE_APPLY_RECEIVING_FAMILY),
        .receiving_born   = form_view(f, FORM_CASE_APPLY_RECEIVING_BORN),
        .first            = child,
        .first_count      = CHILDREN_FIRST,
        .more             = child + CHILDREN_FIRST,
        .more_count       = CHILDREN - CHILDREN_FIRST,
        .applied_on       = form_view(f, FORM_CASE_APPLY_APPLIED_ON),
        .effective_from   = form_view(f, FORM_CASE_APPLY_EFFECTIVE_FROM),
        .service          = form_view(f, FORM_CASE_APPLY_SERVICE),
        .pay_interval     = form_view(f, FORM_CASE_APPLY_PAY_INTERVAL),
        .pay_day          = form_view(f, FORM_CASE_APPLY_PAY_DAY),
        .said_by          = form_view(f, FORM_CASE_APPLY_SAID_BY),
    };
    frame_of(r)->here = "apply";
    page_case_apply(&r->out, frame_with_form(r), &p);
}

void case_apply(struct request *r)
{
    const char *paying = form_text(&r->form, FORM_CASE_APPLY_START_PAYING);
    const char *code   = form_text(&r->form, FORM_CASE_APPLY_START_CODE);
    struct assess_input input;
    bool found;

    if (form_has(&r->form, FORM_CASE_APPLY_START_ONLINE)) {
        if (case_online_fill(r, form_count(&r->form, FORM_CASE_APPLY_START_ONLINE)))
            form_show(r, "");
        return;
    }
    form_new(&r->form, r->arena, &form_case_apply);
    form_put_text(&r->form, FORM_CASE_APPLY_PAYING_REF, paying);
    form_put_text(&r->form, FORM_CASE_APPLY_CODE, code);
    form_put_date(&r->form, FORM_CASE_APPLY_APPLIED_ON, r->today);
    form_put_text(&r->form, FORM_CASE_APPLY_SERVICE, "collect_and_pay");
    form_put_text(&r->form, FORM_CASE_APPLY_PAY_INTERVAL, "monthly");
    form_put_count(&r->form, FORM_CASE_APPLY_PAY_DAY, 1);
    form_show(r, estimate_read(r, code, &input, &found) && found ? estimate_words(r, &input) : "");
}

/* ---- from the form to the application ---- */

/* Fills id from a typed reference; a reference nobody has is refused at the field. */
static bool applicant_known(struct request *r, int field, int64_t *id, struct fail *f)
{
    const char *typed = form_text(&r->form, field);
    char *ref = arena_text(r->arena, typed, strlen(typed)), *to = ref;
    struct sql_person_by_ref_row row;
    bool found = false;

    for (const char *p = typed; *p; p++)
        if (*p != ' ' && *p != '-') *to++ = *p;
    *to = '\0';
    if (!*ref) return true;
    if (!sql_person_by_ref(r->store, &(struct sql_person_by_ref_in){ .ref = ref }, r->arena, &row,
                           &found, f))
        return false;
    if (found)
        *id = row.id;
    else
        form_refuse(&r->form, field, "Nobody has that reference. Check all twelve digits.");
    return true;
}

static struct applicant applicant_named(const struct form *form, int given)
{
    return (struct applicant){ .given    = form_text(form, given),
                               .family   = form_text(form, given + 1),
                               .has_born = form_has(form, given + 2),
                               .born     = form_has(form, given + 2) ? form_date(form, given + 2)
                                                                     : DATE_OPEN };
}

/* Of somebody known the record's name counts; beside an online application theirs may stand there.
 */
static void name_check(struct request *r, const struct applicant *a, int given)
{
    if (a->id && !online_of(r) && (*a->given || *a->family || a->has_born))
        form_refuse(&r->form, given,
                    "With a reference leave name and date of birth empty; they are known");
    if (a->id) return;
    if (!*a->given) form_refuse(&r->form, given, "Enter the first name");
    if (!*a->family) form_refuse(&r->form, given + 1, "Enter the last name");
}

/* The application the form makes; mistakes are left in the form. */
static bool application_of(struct request *r, struct application *a, struct fail *f)
{
    struct form *form       = &r->form;
    struct applicant *child = ARENA_MANY(r->arena, struct applicant, CHILDREN);

    *a = (struct application){
        .paying         = applicant_named(form, FORM_CASE_APPLY_PAYING_GIVEN),
        .receiving      = applicant_named(form, FORM_CASE_APPLY_RECEIVING_GIVEN),
        .children       = child,
        .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
        .applied_on     = form_date(form, FORM_CASE_APPLY_APPLIED_ON),
        .effective_from = form_date(form, FORM_CASE_APPLY_EFFECTIVE_FROM),
        .service        = form_text(form, FORM_CASE_APPLY_SERVICE),
        .pay_interval   = form_text(form, FORM_CASE_APPLY_PAY_INTERVAL),
        .pay_day        = (int32_t)form_count(form, FORM_CASE_APPLY_PAY_DAY),
        .said_by        = form_text(form, FORM_CASE_APPLY_SAID_BY),
    };
    if (!applicant_known(r, FORM_CASE_APPLY_PAYING_REF, &a->paying.id, f) ||
        !applicant_known(r, FORM_CASE_APPLY_RECEIVING_REF, &a->receiving.id, f))
        return false;
    name_check(r, &a->paying, FORM_CASE_APPLY_PAYING_GIVEN);
    name_check(r, &a->receiving, FORM_CASE_APPLY_RECEIVING_GIVEN);
    for (int i = 0; i < CHILDREN; i++) {
        int given            = FORM_CASE_APPLY_CHILD1_GIVEN + i * CHILD_FIELDS;
        struct applicant one = applicant_named(form, given);
        bool named           = *one.given || *one.family || one.has_born;
        if (i && !named) continue;
        name_check(r, &one, given);
        child[a->child_count++] = one;
    }
    if (!form_is(form, FORM_CASE_APPLY_PAY_INTERVAL, "monthly") && a->pay_day > DATE_WEEK)
        form_refuse(form, FORM_CASE_APPLY_PAY_DAY,
                    "The day of the week is 1 (Monday) to 7 (Sunday)");
    return true;
}

static int field_of(const char *name)
{
    static const struct {
        const char *name;
        int field;
    } table[] = { { "children", FORM_CASE_APPLY_CHILD1_GIVEN },
                  { "effective_from", FORM_CASE_APPLY_EFFECTIVE_FROM },
                  { "receiving_parent", FORM_CASE_APPLY_RECEIVING_REF },
                  { "paying_parent", FORM_CASE_APPLY_PAYING_REF } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i].name, name)) return table[i].field;
    return FORM_CASE_APPLY_APPLIED_ON;
}

/* ---- the figures of an estimate ---- */

struct recording {
    struct verb verb;
    struct group group;
    struct fact_order order;
    struct fail *fail;
    bool fine;
};

static void record(struct recording *c, enum fact_kind kind, int64_t subject, const char *value)
{
    c->order.kind    = kind;
    c->order.subject = subject;
    c->order.value   = value;
    c->fine          = c->fine && fact_assert(&c->verb, &c->group, &c->order, c->fail);
}

static void record_money(struct recording *c, bool given, enum fact_kind kind, money m)
{
    if (given) record(c, kind, 0, money_text(m, arena_take(c->verb.arena, MONEY_TEXT)));
}

static void record_count(struct recording *c, enum fact_kind kind, int64_t subject, int32_t count)
{
    if (count) record(c, kind, subject, arena_print(c->verb.arena, "%d", count));
}

static void record_payer(struct recording *c, const struct rule_facts *f)
{
    static const char *const unit[] = { [VARIATION_WEEKLY]      = "weekly",
                                        [VARIATION_ANNUAL]      = "annual",
                                        [VARIATION_ASSET_VALUE] = "asset_value" };
    char text[MONEY_TEXT];

    record_money(c, f->income.has_weekly, FACT_INCOME_WEEKLY, f->income.weekly);
    record_money(c, f->income.has_historic, FACT_INCOME_HISTORIC, f->income.historic_annual);
    record_money(c, f->income.has_current, FACT_INCOME_CURRENT, f->income.current_annual);
    record_money(c, f->income.pension_contributions_annual.p > 0, FACT_PENSION_CONTRIBUTIONS,
                 f->income.pension_contributions_annual);
    if (f->circumstance) record(c, FACT_CIRCUMSTANCE, 0, circumstance_words[f->circumstance]);
    if (f->benefit) record(c, FACT_BENEFIT, 0, benefit_words[f->benefit]);
    record_money(c, f->has_benefit_weekly, FACT_BENEFIT_WEEKLY, f->benefit_weekly);
    if (f->partner_also_liable) record(c, FACT_PARTNER_ALSO_LIABLE, 0, "yes");
    record_count(c, FACT_OTHER_CHILDREN, 0, f->relevant_other_children);
    record_count(c, FACT_OTHER_ARRANGEMENT_CHILDREN, 0, f->other_arrangement_children);
    for (int i = 0; i < GROUNDS; i++)
        if (f->variations[i].unit)
            record(c, (enum fact_kind)(FACT_VARIATION_FIRST + i), 0,
                   arena_print(c->verb.arena, "%s %s", unit[f->variations[i].unit],
                               money_text(f->variations[i].amount, text)));
}

/* One event with the estimate's figures: those of its first receiving parent, for the children in
 * the order of the form. */
static bool estimate_record(struct request *r, const struct application *a,
                            const struct application_result *made, const struct assess_input *input,
                            struct fail *fail)
{
    struct setting s               = case_setting(r);
    const struct rule_facts *f     = &input->facts;
    const struct rule_receiver *to = f->receivers;
    struct recording c             = {
                    .order = { .from        = a->effective_from,
                               .to          = DATE_OPEN,
                               .happened_on = a->applied_on,
                               .said_by     = a->said_by,
                               .evidence    = "estimate made before applying" },
                    .fail  = fail,
                    .fine  = true,
    };
    bool done;

    if (!verb_open(&s, made->pp, "fact", NULL, &c.verb, &done, fail) ||
        !group_load(s.store, s.arena, made->pp, c.verb.seq, &c.group, fail))
        return false;
    record_payer(&c, f);
    if (to->equal_care) record(&c, FACT_EQUAL_CARE, made->arrangement, "yes");
    for (int32_t i = 0; i < to->child_count && i < (int32_t)a->child_count; i++) {
        const struct rule_child *child = &f->children[to->first_child + i];
        record_count(&c, FACT_NIGHTS, made->children[i], child->nights);
        record_count(&c, FACT_LOCAL_AUTHORITY_NIGHTS, made->children[i],
                     child->local_authority_nights);
    }
    return c.fine && verb_close(&c.verb, fail);
}

/* ---- doing it ---- */

/* The application and what comes with it, in the transaction that is open. */
static bool apply_write(struct request *r, struct application *a,
                        const struct assess_input *estimate, int64_t *pp, struct fail *f)
{
    struct setting s = case_setting(r);
    int64_t online   = online_of(r);
    struct application_result made;

    if (online && !case_online_jurisdiction(r, online, &a->jurisdiction, f)) return false;
    if (!application_make(&s, a, NULL, &made, f) ||
        (online && !online_take(&s, online, a, &made, f)) ||
        (estimate && !estimate_record(r, a, &made, estimate, f)))
        return false;
    *pp = made.pp;
    return true;
}

/* Done and answered, or shown as it would be; false: refused or failed. */
static bool apply_run(struct request *r, struct application *a, const struct assess_input *estimate,
                      struct fail *f)
{
    bool preview = online_of(r) && !form_is(&r->form, FORM_CASE_APPLY_ACT, "confirm");
    int64_t pp;
    bool done = store_begin(r->store, STORE_WRITING, f) && apply_write(r, a, estimate, &pp, f);

    if (done && preview)
        case_online_preview(r, pp, online_of(r));
    else if (done)
        done = store_commit(r->store, f);
    store_rollback(r->store);
    if (done && !preview)
        respond_redirect(r, arena_print(r->arena, "/case/%lld?done=opened", (long long)pp));
    return done;
}

void case_apply_do(struct request *r)
{
    struct application a;
    struct assess_input estimate;
    struct fail f = { 0 };
    bool found    = false;

    estimate_read(r, form_text(&r->form, FORM_CASE_APPLY_CODE), &estimate, &found);
    if (!application_of(r, &a, &f)) {
        respond_fail(r, &f);
        return;
    }
    if (!r->form.errors && !form_is(&r->form, FORM_CASE_APPLY_ACT, "change")) {
        if (apply_run(r, &a, found ? &estimate : NULL, &f)) return;
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, field_of(f.field), case_sentence(r, &f));
    }
    form_show(r, found ? estimate_words(r, &estimate) : "");
}
