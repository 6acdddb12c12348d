/* passkey_page.c: passkeys asked for, made, listed and removed. */
#include "web/passkey_page.h"

#include "web/account_page.h"
#include "web/case_view.h"
#include "web/dispatch.h"
#include "web/moment.h"
#include "web/passkey_check.h"
#include "web/place.h"
#include "web/provider_link.h"
#include "web/provider_page.h"
#include "web/rate.h"
#include "web/sign_in.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PASSKEYS_MOST = 10, BEGUN_IN_A_MINUTE = 30 };

/* In the place of a provider's short name, which has no such letter. */
#define WAY "*passkey"

bool passkey_ready(void)
{
    return *place_origin();
}

static const char *text_of(struct arena *a, struct blob bytes)
{
    size_t n = sodium_base64_ENCODED_LEN(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

    return sodium_bin2base64(arena_take(a, n), n, bytes.at, bytes.n,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* ---- a question, once ---- */

static struct passkey_asked asked_with(struct request *r, const char *token)
{
    return (struct passkey_asked){
        .challenge = *token ? token_for(r->arena, token, "upkeep passkey challenge") : "",
        .origin    = place_origin(),
        .rp        = place_host(),
    };
}

static bool begin(struct request *r, const struct provider_start *start, const char **challenge)
{
    char *token   = token_new(arena_take(r->arena, TOKEN_TEXT));
    struct fail f = { 0 };

    if (!provider_start_put(r->store, token, start, r->now, &f)) {
        respond_fail(r, &f);
        return false;
    }
    respond_cookie(r, PROVIDER_COOKIE, token);
    *challenge = asked_with(r, token).challenge;
    return true;
}

/* Takes the question that this browser was asked: it is not good a second time. */
static bool question_take(struct request *r, struct provider_start *start, struct fail *f)
{
    bool found = false, taken = false;

    if (*r->leaving &&
        !provider_start_find(r->store, r->arena, r->leaving, r->now, start, &found, f))
        return false;
    if (found && strcmp(start->provider, WAY) != 0) found = false;
    if (found && !provider_start_take(r->store, r->leaving, &taken, f)) return false;
    respond_cookie(r, PROVIDER_COOKIE, NULL);
    return taken || REFUSE(f, "passkey_late", "This was begun too long ago. Begin again.");
}

/* ---- signing in ---- */

static void stopped(struct request *r, const struct fail *f)
{
    struct page_provider_stopped page = { .why = case_sentence(r, f) };

    if (f->kind != FAIL_REFUSED) {
        respond_fail(r, f);
        return;
    }
    r->status = 422;
    page_provider_stopped(&r->out, frame_of(r), &page);
}

void passkey_begin_do(struct request *r)
{
    const char *next             = form_text(&r->form, FORM_SIGN_IN_NEXT_NEXT);
    struct page_passkey_use page = { .rp = place_host() };
    struct provider_start start  = { .provider = WAY,
                                     .account  = "",
                                     .next     = path_is_local(next) ? next : "" };
    struct fail f                = { 0 };
    int64_t wait;

    if (!passkey_ready()) {
        respond_missing(r);
        return;
    }
    if (*r->address && !rate_take(arena_print(r->arena, "passkey %s", r->address), r->now,
                                  BEGUN_IN_A_MINUTE, &wait)) {
        REFUSE(&f, "passkey_often", "There were too many attempts. Try again in a minute.");
        stopped(r, &f);
        return;
    }
    if (begin(r, &start, &page.challenge)) page_passkey_use(&r->out, frame_of(r), &page);
}

/* Whose it is, when all is as it must be. */
static bool used(struct request *r, const char **account, struct fail *f)
{
    struct passkey_asked asked = asked_with(r, r->leaving);
    struct passkey_sent sent   = { .client_data        = form_text(&r->form, FORM_PASSKEY_USE_CLIENT),
                                   .authenticator_data = form_text(&r->form, FORM_PASSKEY_USE_DATA),
                                   .signature = form_text(&r->form, FORM_PASSKEY_USE_PROOF) };
    struct blob id             = passkey_bytes(r->arena, form_text(&r->form, FORM_PASSKEY_USE_ID));
    struct sql_passkey_get_row row = { 0 };
    bool found                     = false;

    if (id.at && !sql_passkey_get(r->store, &(struct sql_passkey_get_in){ .id = id }, r->arena,
                                  &row, &found, f))
        return false;
    if (!found) return REFUSE(f, "passkey_unknown", "No account here has that passkey.");
    struct passkey_key key          = { id, row.key, row.algorithm, row.counter };
    struct sql_passkey_seen_in seen = { .id = id, .before = row.counter, .now = r->now };
    if (!passkey_use_check(r->arena, &asked, &sent, &key, &seen.counter, f)) return false;
    if (!row.active) return REFUSE(f, "account_closed", "The account of this passkey is closed.");
    bool done = store_begin(r->store, STORE_WRITING, f) && sql_passkey_seen(r->store, &seen, f);
    if (done && !store_changed(r->store))
        done = REFUSE(f, "passkey_wrong", "The passkey was used twice at once.");
    done = done && store_commit(r->store, f);
    if (!done) store_rollback(r->store);
    *account = row.account;
    return done;
}

void passkey_end_do(struct request *r)
{
    struct provider_start start = { 0 };
    const char *account         = NULL;
    struct fail f               = { 0 };

    if (question_take(r, &start, &f) && *start.account)
        REFUSE(&f, "passkey_late", "This was begun for something else. Begin again.");
    if (!f.kind && used(r, &account, &f))
        sign_in_end(r, account, start.next);
    else
        stopped(r, &f);
}

/* ---- one's own ---- */

static bool rows_read(struct request *r, struct page_account_passkeys *page, const char **ids,
                      struct fail *f)
{
    struct sql_passkey_list_in in = { .account = r->session.account };
    struct out all                = { .arena = r->arena };
    struct sql_passkey_list_row *list;
    size_t n;

    if (!sql_passkey_list(r->store, &in, r->arena, &list, &n, f)) return false;
    struct view_passkey_row *rows = ARENA_MANY(r->arena, struct view_passkey_row, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct view_passkey_row){
            .number = list[i].number,
            .name   = list[i].name,
            .made   = moment_day(r->arena, list[i].made_at),
            .seen   = list[i].seen ? moment_day(r->arena, list[i].seen) : "",
        };
        out_print(&all, "%s%s", i ? " " : "", text_of(r->arena, list[i].id));
    }
    page->rows       = rows;
    page->rows_count = (int32_t)n;
    *ids             = out_string(&all);
    return true;
}

static void passkeys_page(struct request *r)
{
    struct page_account_passkeys page = {
        .account  = r->session.account,
        .ready    = passkey_ready(),
        .act      = form_view(&r->form, FORM_ACCOUNT_PASSKEYS_ACT),
        .name     = form_view(&r->form, FORM_ACCOUNT_PASSKEYS_NAME),
        .password = form_view(&r->form, FORM_ACCOUNT_PASSKEYS_PASSWORD),
    };
    const char *ids;
    struct fail f = { 0 };

    if (!rows_read(r, &page, &ids, &f)) {
        respond_fail(r, &f);
        return;
    }
    page.password.value = "";
    frame_of(r)->here   = "account";
    frame_of(r)->back   = "/account";
    page_account_passkeys(&r->out, frame_with_form(r), &page);
}

void passkeys_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_passkeys);
    passkeys_page(r);
}

/* What a device files the account under: nothing that tells who it is. */
static const char *handle_of(struct request *r)
{
    unsigned char hash[crypto_generichash_BYTES];
    const char *account = r->session.account;

    crypto_generichash(hash, sizeof hash, (const unsigned char *)account, strlen(account),
                       (const unsigned char *)WAY, strlen(WAY));
    return text_of(r->arena, (struct blob){ hash, sizeof hash });
}

/* With the password, the page from which the browser makes one. */
static void make(struct request *r)
{
    struct provider_start start      = { .provider = WAY,
                                         .account  = r->session.account,
                                         .next     = form_text(&r->form, FORM_ACCOUNT_PASSKEYS_NAME) };
    struct page_account_passkey page = { .rp      = place_host(),
                                         .account = r->session.account,
                                         .handle  = handle_of(r) };
    struct page_account_passkeys all = { 0 };
    struct fail f                    = { 0 };

    if (!rows_read(r, &all, &page.others, &f)) {
        respond_fail(r, &f);
        return;
    }
    if (all.rows_count >= PASSKEYS_MOST) {
        form_refuse(&r->form, FORM_ACCOUNT_PASSKEYS_NAME, "Ten is the most: remove one first");
        return;
    }
    frame_of(r)->here = "account";
    frame_of(r)->back = "/account/passkeys";
    if (begin(r, &start, &page.challenge)) {
        r->status = 200;
        page_account_passkey(&r->out, frame_of(r), &page);
    }
}

static void end(struct request *r, int64_t number)
{
    struct sql_passkey_end_in in = { .account = r->session.account, .number = number };
    struct fail f                = { 0 };

    if (store_begin(r->store, STORE_WRITING, &f) && sql_passkey_end(r->store, &in, &f) &&
        store_commit(r->store, &f))
        respond_redirect(r, "/account/passkeys");
    else
        respond_fail(r, &f);
}

void passkeys_do(struct request *r)
{
    const char *act = form_text(&r->form, FORM_ACCOUNT_PASSKEYS_ACT);
    bool makes      = !strcmp(act, "make");
    int64_t number  = strncmp(act, "end-", 4) ? 0 : strtoll(act + 4, NULL, 10);

    if (!passkey_ready()) {
        respond_missing(r);
        return;
    }
    if (!r->form.errors && !makes && number <= 0)
        form_refuse(&r->form, FORM_ACCOUNT_PASSKEYS_ACT, "Choose what to do");
    if (!r->form.errors && makes && !*form_text(&r->form, FORM_ACCOUNT_PASSKEYS_NAME))
        form_refuse(&r->form, FORM_ACCOUNT_PASSKEYS_NAME, "Enter a name for it, such as telephone");
    if (account_asks(r, FORM_ACCOUNT_PASSKEYS_PASSWORD)) {
        if (makes)
            make(r);
        else
            end(r, number);
    }
    if (!r->status) passkeys_page(r);
}

static bool kept(struct request *r, const struct provider_start *start, struct fail *f)
{
    struct passkey_asked asked = asked_with(r, r->leaving);
    struct passkey_sent sent   = { .client_data = form_text(&r->form, FORM_PASSKEY_MAKE_CLIENT),
                                   .authenticator_data = form_text(&r->form, FORM_PASSKEY_MAKE_DATA),
                                   .algorithm = strtoll(form_text(&r->form, FORM_PASSKEY_MAKE_WAY),
                                                        NULL, 10) };
    struct sql_passkey_count_in whose = { .account = r->session.account };
    struct sql_passkey_count_row count;
    struct passkey_key key;
    bool found;

    if (!passkey_new_check(r->arena, &asked, &sent, &key, f)) return false;
    bool done = store_begin(r->store, STORE_WRITING, f) &&
                sql_passkey_count(r->store, &whose, r->arena, &count, &found, f);
    if (done) {
        struct sql_passkey_insert_in in = { .id        = key.id,
                                            .account   = r->session.account,
                                            .number    = count.last + 1,
                                            .name      = start->next,
                                            .algorithm = key.algorithm,
                                            .key       = key.key,
                                            .counter   = key.counter,
                                            .made_at   = r->now };
        done                            = (count.n < PASSKEYS_MOST ||
                REFUSE(f, "passkey_most", "Ten is the most: remove one first.")) &&
               sql_passkey_insert(r->store, &in, f) && store_commit(r->store, f);
    }
    if (!done) store_rollback(r->store);
    if (!done && !strcmp(f->code, "exists"))
        REFUSE(f, "passkey_there", "This device has a passkey here already.");
    return done;
}

void passkeys_end_do(struct request *r)
{
    struct provider_start start = { 0 };
    struct fail f               = { 0 };

    if (question_take(r, &start, &f) && strcmp(start.account, r->session.account) != 0)
        REFUSE(&f, "passkey_late", "This was begun for something else. Begin again.");
    if (!f.kind && kept(r, &start, &f))
        respond_redirect(r, "/account/passkeys");
    else
        respond_fail(r, &f);
}
