/* case_request.c: setting, changing and ending what a benefit office is asked for. */
#include "web/case.h"
#include "web/case_deduction.h"

#include <string.h>

static bool is_end(const struct request *r)
{
    return r->params[1] && !strcmp(r->params[1], "end");
}

static const char *title_of(const struct request *r)
{
    return is_end(r) ? "Ask the benefit office for nothing more"
                     : "Set what a benefit office is asked for";
}

static const char *path_of(const struct request *r)
{
    return is_end(r) ? "benefit-request/end" : "benefit-request";
}

static void request_show(struct request *r, struct case_view *v)
{
    const struct form *f       = &r->form;
    struct page_case_request p = {
        .c         = v->family,
        .title     = title_of(r),
        .action    = arena_print(r->arena, "/case/%lld/%s", (long long)v->g.pp, path_of(r)),
        .ends      = is_end(r),
        .now       = case_debit_beside(r, v->g.pp, "request", is_end(r)),
        .benefit   = form_view(f, FORM_CASE_REQUEST_BENEFIT),
        .purpose   = form_view(f, FORM_CASE_REQUEST_PURPOSE),
        .earnings  = form_view(f, FORM_CASE_REQUEST_EARNINGS),
        .from      = form_view(f, FORM_CASE_REQUEST_FROM),
        .reason    = form_view(f, FORM_CASE_REQUEST_REASON),
        .children  = form_view(f, FORM_CASE_REQUEST_CHILDREN),
        .known     = form_view(f, FORM_CASE_REQUEST_KNOWN),
        .reasoning = form_view(f, FORM_CASE_REQUEST_REASONING),
    };

    p.benefits =
        case_benefit_options(r, form_text(f, FORM_CASE_REQUEST_BENEFIT), &p.benefits_count);
    page_case_request(&r->out, frame_with_form(r), &p);
}

void case_request(struct request *r)
{
    struct case_view v;

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_request);
    form_put_text(&r->form, FORM_CASE_REQUEST_EARNINGS, "no");
    form_put_text(&r->form, FORM_CASE_REQUEST_CHILDREN,
                  case_children_all(&v.g, r->today, r->arena));
    form_put_date(&r->form, FORM_CASE_REQUEST_FROM, r->today);
    request_show(r, &v);
}

static bool request_run(struct request *r, struct case_view *v, struct fail *fail)
{
    const struct form *f   = &r->form;
    struct setting s       = case_setting(r);
    struct request_terms t = {
        .ends     = is_end(r),
        .purpose  = form_is(f, FORM_CASE_REQUEST_PURPOSE, "arrears") ? PURPOSE_ARREARS
                                                                     : PURPOSE_MAINTENANCE,
        .earnings = form_is(f, FORM_CASE_REQUEST_EARNINGS, "yes"),
        .from     = form_date(f, FORM_CASE_REQUEST_FROM),
        .reason   = form_text(f, FORM_CASE_REQUEST_REASON),
        .welfare  = { form_text(f, FORM_CASE_REQUEST_CHILDREN),
                      form_text(f, FORM_CASE_REQUEST_KNOWN),
                      form_text(f, FORM_CASE_REQUEST_REASONING) },
    };

    if (!t.ends && !form_has(f, FORM_CASE_REQUEST_PURPOSE))
        return REFUSE(fail, "no_purpose", "Say whether it is for maintenance or for arrears.");
    if (!t.ends && !benefit_find(form_text(f, FORM_CASE_REQUEST_BENEFIT), &t.benefit))
        return REFUSE(fail, "no_benefit", "Choose the benefit.");
    return request_set(&s, v->g.pp, &t, NULL, fail);
}

static int field_of(const struct fail *f)
{
    static const struct case_field fields[] = {
        { "welfare_missing", FORM_CASE_REQUEST_CHILDREN },
        { "reason_missing", FORM_CASE_REQUEST_REASON },
        { "day_too_early", FORM_CASE_REQUEST_FROM },
        { "earned_income", FORM_CASE_REQUEST_EARNINGS },
        { "no_benefit", FORM_CASE_REQUEST_BENEFIT },
        { "not_from_universal_credit", FORM_CASE_REQUEST_BENEFIT },
        { "no_such_request", FORM_CASE_REQUEST_FROM },
        { "done_before", FORM_CASE_REQUEST_REASON },
    };

    return case_field_find(fields, sizeof fields / sizeof *fields, f->code,
                           FORM_CASE_REQUEST_PURPOSE);
}

static const char *asked_words(struct request *r, const struct request_now *now)
{
    if (!now->row) return "nothing";
    return arena_print(r->arena, "%s a week from %s, for %s",
                       case_pounds(r->arena, now->request.week),
                       case_plain(r->arena, now->row->benefit), now->row->purpose);
}

static void request_preview(struct request *r, struct case_view *before)
{
    struct setting s = case_setting(r);
    struct case_view after;
    struct request_now was, is;
    struct fail f = { 0 };
    date from     = form_date(&r->form, FORM_CASE_REQUEST_FROM);

    if (!case_read(r, before->g.pp, &after)) return;
    if (!request_read(&s, before->g.pp, (int64_t)before->event_count, from, &was, &f) ||
        !request_read(&s, before->g.pp, after.g.known, from, &is, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct case_deduction_change c = {
        .label    = title_of(r),
        .path     = path_of(r),
        .from     = from,
        .row      = case_change_row("Asked for", asked_words(r, &was), asked_words(r, &is)),
        .has_card = is.row != NULL,
    };
    if (is.row) c.card = case_request_card(r, &after.g, &is);
    case_deduction_preview(r, before, &c);
}

void case_request_do(struct request *r)
{
    static const struct case_change change = {
        .run     = request_run,
        .show    = request_show,
        .preview = request_preview,
        .done    = "deductions?done=set",
        .field   = field_of,
    };
    struct case_view v;

    if (case_open(r, &v)) case_change_do(r, &v, &change);
}
