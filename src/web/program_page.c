/* program_page.c: the page of program.h. */
#include "web/program_page.h"

#include "base/say.h"
#include "sql.h"
#include "web/account_page.h"
#include "web/case_view.h"
#include "web/moment.h"

#include <string.h>

enum { DAYS_USUAL = 90 };

static bool rows_fill(struct request *r, struct page_account_tokens *p)
{
    struct sql_program_list_in in = { .account = r->session.account };
    struct sql_program_list_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!sql_program_list(r->store, &in, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return false;
    }
    struct view_token_row *rows = ARENA_MANY(r->arena, struct view_token_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_token_row){
            .number = found[i].number,
            .name   = found[i].name,
            .scopes = found[i].scopes,
            .ends   = moment_day(r->arena, found[i].ends_at),
            .seen   = found[i].seen ? moment_words(r->arena, found[i].seen) : SAY("Never"),
            .state  = found[i].ended               ? SAY("Revoked")
                      : found[i].ends_at <= r->now ? SAY("Ended")
                                                   : SAY("In use"),
            .open   = !found[i].ended && found[i].ends_at > r->now,
        };
    p->rows       = rows;
    p->rows_count = (int32_t)n;
    return true;
}

/* token: just made, shown this once; "" otherwise. */
static void tokens_page(struct request *r, const char *token)
{
    struct view_token_scope *offers = ARENA_MANY(r->arena, struct view_token_scope, SCOPES);
    struct page_account_tokens p    = { .account  = r->session.account,
                                        .token    = token,
                                        .offers   = offers,
                                        .name     = form_view(&r->form, FORM_ACCOUNT_TOKEN_NAME),
                                        .chosen   = form_view(&r->form, FORM_ACCOUNT_TOKEN_SCOPES),
                                        .days     = form_view(&r->form, FORM_ACCOUNT_TOKEN_DAYS),
                                        .password = form_view(&r->form, FORM_ACCOUNT_TOKEN_PASSWORD) };

    for (int i = 0; i < SCOPES; i++)
        if (r->session.rights & 1u << scope_table[i].access)
            offers[p.offers_count++] =
                (struct view_token_scope){ scope_table[i].name, scope_table[i].sentence };
    p.password.value = "";
    if (!rows_fill(r, &p)) return;
    frame_of(r)->here = "account";
    frame_of(r)->back = "/account";
    page_account_tokens(&r->out, frame_with_form(r), &p);
}

void token_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_token);
    form_put_count(&r->form, FORM_ACCOUNT_TOKEN_DAYS, DAYS_USUAL);
    tokens_page(r, "");
}

void token_do(struct request *r)
{
    struct program_new new = { .account = r->session.account };
    const char *token      = "";
    struct fail f          = { 0 };

    if (!account_asks(r, FORM_ACCOUNT_TOKEN_PASSWORD)) {
        if (!r->status) tokens_page(r, "");
        return;
    }
    new.name = form_text(&r->form, FORM_ACCOUNT_TOKEN_NAME);
    new.days = form_count(&r->form, FORM_ACCOUNT_TOKEN_DAYS);
    for (int i = 0; i < SCOPES; i++)
        if (form_ticked(&r->form, FORM_ACCOUNT_TOKEN_SCOPES, scope_table[i].name))
            new.scopes |= 1u << i;
    bool done = store_begin(r->store, STORE_WRITING, &f) &&
                program_add(r->store, r->arena, &new, r->now, &token, &f) &&
                store_commit(r->store, &f);
    store_rollback(r->store);
    if (!done && f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return;
    }
    if (!done)
        form_refuse(&r->form,
                    !strcmp(f.code, "token_scope") ? FORM_ACCOUNT_TOKEN_SCOPES
                                                   : FORM_ACCOUNT_TOKEN_NAME,
                    case_sentence(r, &f));
    tokens_page(r, done ? token : "");
}

void token_end_do(struct request *r)
{
    struct fail f = { 0 };
    bool done     = store_begin(r->store, STORE_WRITING, &f) &&
                program_revoke(r->store, r->session.account,
                               form_count(&r->form, FORM_ACCOUNT_TOKEN_END_NUMBER), r->now, &f) &&
                store_commit(r->store, &f);

    store_rollback(r->store);
    if (done)
        respond_redirect(r, "/account/tokens");
    else
        respond_fail(r, &f);
}
