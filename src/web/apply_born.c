/* apply_born.c: whether days of birth can be right. */
#include "web/apply_born.h"

#include "flow/born.h"

#include <string.h>

/* Which sentence of a form says what is wrong; NULL: none can. */
struct says {
    const char *later, *young, *old, *after, *near;
};

static void born_refuse(struct request *r, int field, enum born_wrong wrong,
                        const struct says *says)
{
    const char *const sentence[] = {
        [BORN_FINE] = NULL,     [BORN_LATER] = says->later, [BORN_YOUNG] = says->young,
        [BORN_OLD] = says->old, [BORN_AFTER] = says->after, [BORN_NEAR] = says->near,
    };
    if (sentence[wrong]) form_refuse(&r->form, field, sentence[wrong]);
}

static const struct law *law_today(const struct request *r)
{
    return law_at(JURISDICTION_GREAT_BRITAIN, r->today);
}

/* A day that was answered; false when it was not. */
static bool day_of(const struct apply_draft *d, const char *field, date *day)
{
    const char *iso = apply_answer(d, field);

    return date_parse(iso, strlen(iso), day);
}

/* Somebody beside every child of the draft: those listed, or the child who applies. */
static enum born_wrong beside_children(struct request *r, const struct apply_draft *d, date born,
                                       bool pays)
{
    int n                 = d->applicant == ONLINE_CHILD ? 0 : apply_child_count(r->arena, d);
    enum born_wrong wrong = BORN_FINE;
    date child;

    if (d->applicant == ONLINE_CHILD && day_of(d, "own_born", &child))
        wrong = born_beside(law_today(r), born, pays, child);
    for (int i = 1; i <= n && !wrong; i++)
        if (day_of(d, apply_child_field(r->arena, i, "born"), &child))
            wrong = born_beside(law_today(r), born, pays, child);
    return wrong;
}

/* A child beside a parent of the draft. */
static enum born_wrong beside_parent(struct request *r, const struct apply_draft *d,
                                     const char *field, bool pays, date child)
{
    date born;

    return day_of(d, field, &born) ? born_beside(law_today(r), born, pays, child) : BORN_FINE;
}

static enum born_wrong child_alone(struct request *r, const struct apply_draft *d, date born)
{
    const struct law *law = law_today(r);

    if (date_before(r->today, born)) return BORN_LATER;
    if (d->applicant == ONLINE_CHILD && !born_is_aged(born, law->child_applies_years, r->today))
        return BORN_YOUNG;
    return born_is_aged(born, law->child_under_years, r->today) ? BORN_OLD : BORN_FINE;
}

static void name_check(struct request *r, const struct apply_draft *d)
{
    static const struct says parent  = { form_apply_name_says_later,
                                         form_apply_name_says_young_parent,
                                         form_apply_name_says_aged, form_apply_name_says_after,
                                         form_apply_name_says_near },
                             a_child = { form_apply_name_says_later, form_apply_name_says_young,
                                         form_apply_name_says_old, form_apply_name_says_child,
                                         form_apply_name_says_child };
    date born                        = form_date(&r->form, FORM_APPLY_NAME_OWN_BORN);
    enum born_wrong wrong;

    if (d->applicant == ONLINE_CHILD) {
        wrong = child_alone(r, d, born);
        if (!wrong) wrong = beside_parent(r, d, "other_born", true, born);
        born_refuse(r, FORM_APPLY_NAME_OWN_BORN, wrong, &a_child);
        return;
    }
    wrong = born_parent(law_today(r), born, r->today);
    if (!wrong) wrong = beside_children(r, d, born, d->applicant == ONLINE_PAYING);
    born_refuse(r, FORM_APPLY_NAME_OWN_BORN, wrong, &parent);
}

static void other_check(struct request *r, const struct apply_draft *d)
{
    static const struct says says = { form_apply_other_says_later, form_apply_other_says_young,
                                      form_apply_other_says_aged, form_apply_other_says_after,
                                      form_apply_other_says_near };
    date born                     = form_date(&r->form, FORM_APPLY_OTHER_OTHER_BORN);
    enum born_wrong wrong         = born_parent(law_today(r), born, r->today);

    if (!wrong) wrong = beside_children(r, d, born, d->applicant != ONLINE_PAYING);
    born_refuse(r, FORM_APPLY_OTHER_OTHER_BORN, wrong, &says);
}

static void child_check(struct request *r, const struct apply_draft *d)
{
    static const struct says says = { form_apply_child_says_later, NULL, form_apply_child_says_old,
                                      form_apply_child_says_after, form_apply_child_says_near };
    date born                     = form_date(&r->form, FORM_APPLY_CHILD_BORN);
    bool pays                     = d->applicant == ONLINE_PAYING;
    enum born_wrong wrong         = child_alone(r, d, born);

    if (!wrong) wrong = beside_parent(r, d, "own_born", pays, born);
    if (!wrong) wrong = beside_parent(r, d, "other_born", !pays, born);
    born_refuse(r, FORM_APPLY_CHILD_BORN, wrong, &says);
}

void apply_born_check(struct request *r, const struct apply_draft *d)
{
    static const struct {
        const struct form_rule *form;
        int field;
        void (*check)(struct request *r, const struct apply_draft *d);
    } checks[] = {
        { &form_apply_name, FORM_APPLY_NAME_OWN_BORN, name_check },
        { &form_apply_other, FORM_APPLY_OTHER_OTHER_BORN, other_check },
        { &form_apply_child, FORM_APPLY_CHILD_BORN, child_check },
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (r->form.rule == checks[i].form && form_has(&r->form, checks[i].field))
            checks[i].check(r, d);
}
