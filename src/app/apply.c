/* apply.c: opening an arrangement. */
#include "app/apply.h"

#include "app/fact.h"
#include "app/person.h"
#include "base/bug.h"
#include "flow/born.h"

#include <string.h>

/* People and arrangements take their references from one sequence, so that none is both. */
enum { PERSON_STEP = 2 };

/* Twelve digits: 121, eight of the number, a check digit (Luhn), which catches a slip of the pen.
 */
static char *reference_make(int64_t number, struct arena *arena)
{
    char *text = arena_print(arena, "121%08lld0", (long long)number);
    int sum    = 0;

    for (size_t i = 0, n = strlen(text) - 1; i < n; i++) {
        int digit = text[n - 1 - i] - '0';
        digit     = i % 2 == 0 ? digit * 2 : digit;
        sum += digit > 9 ? digit - 9 : digit;
    }
    text[strlen(text) - 1] = (char)('0' + (10 - sum % 10) % 10);
    return text;
}

/* A slip of the pen in a year would stay in the record: nothing here can have happened later than
 * today. */
static bool application_days_check(const struct application *a, date today, struct fail *fail)
{
    if (date_before(today, a->applied_on))
        return REFUSE(fail, "applied_later", "The day of the application has not come yet."),
               fail_field(fail, "applied_on");
    int32_t most = law_at(a->jurisdiction, a->effective_from)->effective_ahead_months;
    if (date_before(date_add_months(today, most), a->effective_from))
        return REFUSE(fail, "effective_too_late",
                      "The effective date is the one the notice of application gives (A-100); it "
                      "is at most %d months ahead.",
                      most),
               fail_field(fail, "effective_from");
    return true;
}

static bool later_refuse(const char *field, struct fail *fail)
{
    REFUSE(fail, "born_later", "This date of birth has not come yet.");
    return fail_field(fail, field);
}

static bool beside_check(const struct law *law, const struct applicant *parent,
                         const struct applicant *child, struct fail *fail)
{
    if (parent->has_born && born_beside(law, parent->born, false, child->born) == BORN_AFTER)
        return REFUSE(fail, "parent_younger",
                      "A parent was born before the child. Check the dates of birth."),
               fail_field(fail, "children");
    return true;
}

static bool child_born_check(const struct application *a, const struct applicant *child, date today,
                             struct fail *fail)
{
    const struct law *law = law_at(a->jurisdiction, a->effective_from);

    if (!child->has_born) return true;
    if (date_before(today, child->born)) return later_refuse("children", fail);
    if (born_is_aged(child->born, law->child_under_years, a->effective_from))
        return REFUSE(fail, "child_too_old",
                      "A qualifying child is under %d on the effective date (A-2). Check the date "
                      "of birth.",
                      law->child_under_years),
               fail_field(fail, "children");
    return beside_check(law, &a->paying, child, fail) &&
           beside_check(law, &a->receiving, child, fail);
}

static bool parent_born_check(const struct applicant *p, const struct law *law, const char *field,
                              date today, struct fail *fail)
{
    switch (p->has_born ? born_parent(law, p->born, today) : BORN_FINE) {
    case BORN_LATER: return later_refuse(field, fail);
    case BORN_YOUNG:
        return REFUSE(fail, "parent_young",
                      "By this date of birth the parent is under %d. Check the year, and that "
                      "parent and child are not exchanged.",
                      law->parent_least_years),
               fail_field(fail, field);
    case BORN_OLD:
        return REFUSE(fail, "parent_old",
                      "By this date of birth the parent is over %d. Check the year.",
                      law->parent_most_years),
               fail_field(fail, field);
    case BORN_AFTER:
    case BORN_NEAR:
    case BORN_FINE: break;
    }
    return true;
}

static bool application_births_check(const struct application *a, date today, struct fail *fail)
{
    const struct law *law = law_at(a->jurisdiction, a->effective_from);

    if (!parent_born_check(&a->paying, law, "paying_parent", today, fail) ||
        !parent_born_check(&a->receiving, law, "receiving_parent", today, fail))
        return false;
    for (size_t i = 0; i < a->child_count; i++)
        if (!child_born_check(a, &a->children[i], today, fail)) return false;
    return true;
}

static bool application_check(const struct application *a, struct fail *fail)
{
    if (a->child_count == 0)
        return REFUSE(fail, "children_missing",
                      "Name at least one child who lives with the receiving "
                      "parent."),
               fail_field(fail, "children");
    if (!law_at(a->jurisdiction, a->effective_from))
        return REFUSE(fail, "before_scheme",
                      "The 2012 scheme began on 10 December 2012; give an effective date from then "
                      "on."),
               fail_field(fail, "effective_from");
    if (date_before(a->effective_from, a->applied_on))
        return REFUSE(fail, "effective_too_early",
                      "The effective date comes after the application, not before it (A-100)."),
               fail_field(fail, "effective_from");
    if (a->paying.id && a->paying.id == a->receiving.id)
        return REFUSE(fail, "same_person", "The paying and the receiving parent are two people."),
               fail_field(fail, "receiving_parent");
    return true;
}

static bool applicant_name_check(const struct applicant *p, const char *field, struct fail *fail)
{
    if (p->id == 0 && (!p->given || !*p->given || !p->family || !*p->family))
        return REFUSE(fail, "name_missing", "Give a first name and a last name."),
               fail_field(fail, field);
    return true;
}

/* The person's id: the one given, or a new row. */
static void applicant_record(struct verb *v, const struct applicant *p, int64_t id)
{
    struct sql_person_insert_in in = {
        .pp       = v->pp,
        .id       = id,
        .event    = v->seq,
        .ref      = reference_make(id * PERSON_STEP, v->arena),
        .given    = p->given,
        .family   = p->family,
        .has_born = p->has_born,
        .born     = p->born,
    };
    struct sql_person_reference_in reference = { .ref = in.ref, .pp = v->pp, .id = id };
    person_record(v, &in);
    verb_add(v, DRAFT_REFERENCE, &reference);
}

/* Somebody another family knows has a row in this one too, with the same number and reference. */
static bool applicant_known(struct verb *v, const struct group *g, int64_t id, struct fail *fail)
{
    struct sql_person_get_row row;
    bool found;

    if (group_person(g, id)) return true;
    if (!sql_person_get(v->store, &(struct sql_person_get_in){ .id = id }, v->arena, &row, &found,
                        fail))
        return false;
    if (!found) return REFUSE(fail, "person_missing", "There is no person with that number.");
    person_record(v, &(struct sql_person_insert_in){ .pp       = v->pp,
                                                     .id       = id,
                                                     .event    = v->seq,
                                                     .ref      = row.ref,
                                                     .given    = row.given,
                                                     .family   = row.family,
                                                     .has_born = row.has_born,
                                                     .born     = row.born });
    return true;
}

/* Where new numbers come from: the caller's, or (NULL) the counters. */
static bool number_take(struct verb *v, const char *counter, int64_t *own, int64_t *number,
                        struct fail *fail)
{
    if (!own) return counter_next(v->store, counter, number, fail);
    *number = (*own)++;
    return true;
}

static bool applicant_place(struct verb *v, struct group *g, const struct applicant *p,
                            struct application_numbers *numbers, int64_t *id, struct fail *fail)
{
    *id = p->id;
    if (p->id) return applicant_known(v, g, p->id, fail);
    if (!number_take(v, "person", numbers ? &numbers->person : NULL, id, fail)) return false;
    applicant_record(v, p, *id);
    return true;
}

static bool application_facts(struct verb *v, struct group *g, const struct application *a,
                              const struct application_result *r, struct fail *fail)
{
    struct fact_order order = { .from        = a->effective_from,
                                .to          = DATE_OPEN,
                                .happened_on = a->applied_on,
                                .said_by     = a->said_by,
                                .evidence    = "application" };

    order.subject = r->arrangement;
    order.kind    = FACT_SERVICE;
    order.value   = a->service;
    if (!fact_assert(v, g, &order, fail)) return false;
    order.kind  = FACT_PAY_INTERVAL;
    order.value = a->pay_interval;
    if (!fact_assert(v, g, &order, fail)) return false;
    order.kind  = FACT_PAY_DAY;
    order.value = arena_print(v->arena, "%d", a->pay_day);
    if (!fact_assert(v, g, &order, fail)) return false;
    order.kind  = FACT_LIVES_WITH;
    order.value = arena_print(v->arena, "%lld", (long long)r->arrangement);
    for (size_t i = 0; i < a->child_count; i++) {
        order.subject = r->children[i];
        if (group_fact(g, FACT_LIVES_WITH, order.subject, a->effective_from))
            return REFUSE(fail, "child_in_case",
                          "That child is in an arrangement of this paying "
                          "parent already; report where they live now.");
        if (!fact_assert(v, g, &order, fail)) return false;
    }
    return true;
}

static bool application_rows(struct verb *v, struct group *g, const struct application *a,
                             struct application_numbers *numbers, struct application_result *r,
                             struct fail *fail)
{
    int64_t number;
    struct sql_arrangement_list_row in = { .pp             = v->pp,
                                           .event          = v->seq,
                                           .jurisdiction   = a->jurisdiction,
                                           .applied_on     = a->applied_on,
                                           .effective_from = a->effective_from };

    if (!applicant_place(v, g, &a->receiving, numbers, &r->rp, fail) ||
        !number_take(v, "arrangement", numbers ? &numbers->arrangement : NULL, &number, fail))
        return false;
    in.id          = number;
    in.rp          = r->rp;
    in.ref         = reference_make(number * PERSON_STEP + 1, v->arena);
    r->arrangement = number;
    r->children    = ARENA_MANY(v->arena, int64_t, a->child_count);
    for (size_t i = 0; i < a->child_count; i++)
        if (!applicant_place(v, g, &a->children[i], numbers, &r->children[i], fail)) return false;
    out_print(&v->about, "Application %s", in.ref);
    verb_add(v, DRAFT_ARRANGEMENT, &in);
    group_refresh(v, g);
    return true;
}

bool application_write(struct verb *v, struct group *g, const struct application *a,
                       struct application_numbers *numbers, struct application_result *r,
                       struct fail *fail)
{
    if (a->paying.id == 0)
        applicant_record(v, &a->paying, r->pp);
    else if (!applicant_known(v, g, a->paying.id, fail))
        return false;
    return application_rows(v, g, a, numbers, r, fail) && application_facts(v, g, a, r, fail);
}

bool application_make(const struct setting *s, const struct application *a, const char *key,
                      struct application_result *r, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;

    *r = (struct application_result){ .pp = a->paying.id };
    if (!application_check(a, fail) || !application_days_check(a, s->today, fail) ||
        !application_births_check(a, s->today, fail) ||
        !applicant_name_check(&a->paying, "paying_parent", fail) ||
        !applicant_name_check(&a->receiving, "receiving_parent", fail))
        return false;
    for (size_t i = 0; i < a->child_count; i++)
        if (!applicant_name_check(&a->children[i], "children", fail)) return false;
    if (r->pp == 0 && !counter_next(s->store, "person", &r->pp, fail)) return false;
    if (!verb_open(s, r->pp, "apply", key, &v, &done, fail)) return false;
    BUG_UNLESS(!done);
    if (!group_load(v.store, v.arena, v.pp, v.seq, &g, fail)) return false;
    return application_write(&v, &g, a, NULL, r, fail) && verb_close(&v, fail);
}
