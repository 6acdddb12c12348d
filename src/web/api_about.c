/* api_about.c: what needs no case: the document, what a token is, the calculation. */
#include "web/api.h"
#include "web/pen.h"

#include "law/law.h"
#include "rule/assess.h"
#include "rule/assess_json.h"

#include <string.h>

extern const char openapi_json[], openapi_json_end[];

void api_document(struct request *r)
{
    out_bytes(&r->out, openapi_json, (size_t)(openapi_json_end - openapi_json));
    respond_as(r, "application/json", NULL);
}

void api_me(struct request *r)
{
    pen_open(&r->out, NULL, '{');
    pen_text(&r->out, "account", r->session.account);
    pen_text(&r->out, "role", r->session.role);
    pen_text(&r->out, "token", r->program.name);
    pen_count(&r->out, "number", r->program.number);
    pen_open(&r->out, "scopes", '[');
    for (int i = 0; i < SCOPES; i++)
        if (r->program.scopes & 1u << i) pen_text(&r->out, NULL, scope_table[i].name);
    pen_close(&r->out, '[');
    pen_date(&r->out, "today", r->today);
    pen_close(&r->out, '{');
    api_answer(r);
}

/* `upkeep assess` of one object: the same bytes; what it refuses is a problem with the same code,
 * sentence and place. */
void api_calculate(struct request *r)
{
    bool steps = !form_is(&r->form, FORM_API_CALCULATE_STEPS, "no");
    struct assess_input input;
    struct fail f = { 0 };

    if (!assess_json_read(r->arena, r->body.at, r->body.length, &input, &f)) {
        r->code  = arena_text(r->arena, f.code, strlen(f.code));
        r->field = arena_text(r->arena, f.field, strlen(f.field));
        api_problem(r, 422, "This cannot be worked out",
                    arena_text(r->arena, f.text, strlen(f.text)));
        return;
    }
    const struct law *law      = law_at(JURISDICTION_GREAT_BRITAIN, input.effective_date);
    struct award award         = award_new(r->arena, &input.facts);
    struct explain_names names = { input.receiver_ids, input.child_ids };
    struct trace trace         = trace_new(r->arena, &input.facts);
    assess_traced(&input.facts, law, r->arena, &award, &trace);
    struct explained lines = explain(r->arena, &input.facts, law, &trace, &names);
    assess_json_write_reply(&r->out, &input, &award, steps ? &lines : NULL);
    api_answer(r);
}
