/* case_code.c: the code by which an employer without an account opens an order. */
#include "app/employer_code.h"
#include "app/employer_notice.h"
#include "app/notice.h"
#include "letter/pdf.h"
#include "web/case.h"
#include "web/case_view.h"

static const struct order *order_of_path(struct request *r, struct case_view *v)
{
    struct setting s = case_setting(r);
    struct order_list orders;
    struct fail f = { 0 };

    if (!case_open(r, v)) return NULL;
    if (!employee_orders_read(&s, &v->g, &orders, &f)) {
        respond_fail(r, &f);
        return NULL;
    }
    const struct order *o = order_find(&orders, case_number(r->params[1]));
    if (!o) respond_missing(r);
    return o;
}

static const char *made_words(struct request *r, const struct case_view *v, const struct order *o,
                              bool *fine)
{
    struct sql_employer_code_days_row *rows;
    struct fail f = { 0 };
    size_t n;
    date made;

    *fine = sql_employer_code_days(r->store, &(struct sql_employer_code_days_in){ .pp = v->g.pp },
                                   r->arena, &rows, &n, &f);
    if (!*fine) {
        respond_fail(r, &f);
        return "";
    }
    if (!employer_code_made(rows, n, o->number, &made)) return "This order has no code yet.";
    return arena_print(r->arena, "A code was made on %s; a new one ends it.",
                       case_day_words(r->arena, made));
}

static void code_show(struct request *r, const struct case_view *v, const struct order *o,
                      const char *code)
{
    bool fine               = true;
    struct page_case_code p = {
        .c        = v->family,
        .employer = o->row->employer,
        .order    = o->number,
        .path     = arena_print(r->arena, "/case/%lld/order/%lld/code", (long long)v->g.pp,
                                (long long)o->number),
        .made     = *code ? "" : made_words(r, v, o, &fine),
        .code     = code,
    };

    if (fine) page_case_code(&r->out, frame_of(r), &p);
}

void case_code(struct request *r)
{
    struct case_view v;
    const struct order *o = order_of_path(r, &v);

    if (o) code_show(r, &v, o, "");
}

/* The employer's copy of the order, with the code in it. */
static void letter_show(struct request *r, const struct case_view *v, const struct order *o,
                        const char *code)
{
    struct setting s = case_setting(r);
    struct letter_document document;
    struct fail f = { 0 };

    if (notice_employer(&s, &v->g, o, code, &document, &f) && letter_pdf(&document, &r->out, &f))
        respond_as(r, "application/pdf",
                   arena_print(r->arena, "order-%s-%lld.pdf", v->family.ref, (long long)o->number));
    else
        respond_fail(r, &f);
}

/* The code is in this answer and nowhere else. */
void case_code_do(struct request *r)
{
    struct case_view v;
    const struct order *o = order_of_path(r, &v);
    struct setting s      = case_setting(r);
    struct fail f         = { 0 };

    if (!o) return;
    const char *code = employer_code_new(r->arena);
    bool done        = store_begin(r->store, STORE_WRITING, &f) &&
                employer_code_set(&s, v.g.pp, o->number, code, &f) && store_commit(r->store, &f);
    store_rollback(r->store);
    if (!done)
        respond_fail(r, &f);
    else if (form_is(&r->form, FORM_CASE_CODE_AS, "letter"))
        letter_show(r, &v, o, code);
    else
        code_show(r, &v, o, code);
}
