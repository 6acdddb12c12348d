/* invite_page.c: a caseworker makes a one-time code, a parent opens an account with it. */
#include "web/invite_page.h"

#include "app/authority.h"
#include "app/invite.h"
#include "app/notice.h"
#include "letter/pdf.h"
#include "web/account.h"
#include "web/authority_page.h"
#include "web/case_view.h"
#include "web/code.h"
#include "web/moment.h"
#include "web/sign_in.h"

#include <sodium.h>
#include <string.h>

/* ---- the invitation ---- */

static const char *state_words(struct request *r, const struct invitee *who)
{
    switch (who->state) {
    case INVITE_ACCOUNT: return "Has an account";
    case INVITE_WAITING:
        return arena_print(r->arena, "Has a code that works until %s; a new one ends it",
                           moment_day(r->arena, who->until));
    case INVITE_NONE: break;
    }
    return "Has no account and no code";
}

/* The parents of the family. */
static bool parents_fill(struct request *r, const struct case_view *v, struct page_case_invite *p)
{
    struct view_invite_row *rows = ARENA_MANY(r->arena, struct view_invite_row, v->g.people_count);
    struct setting s             = case_setting(r);
    struct fail f                = { 0 };
    int32_t n                    = 0;

    for (size_t i = 0; i < v->g.people_count; i++) {
        struct invitee who;
        int64_t id = v->g.people[i].id;
        if (!invite_find(&s, v->g.pp, id, r->now, &who, &f)) return respond_fail(r, &f), false;
        if (!who.role) continue;
        rows[n++] = (struct view_invite_row){
            .person = arena_print(r->arena, "%lld", (long long)id),
            .label  = arena_print(r->arena, "%s, %s", case_name(&v->g, id, r->arena),
                                  case_plain(r->arena, who.role)),
            .state  = state_words(r, &who),
            .may    = who.state != INVITE_ACCOUNT,
        };
        p->any |= rows[n - 1].may;
    }
    p->parents       = rows;
    p->parents_count = n;
    return true;
}

static void invite_page(struct request *r, struct case_view *v)
{
    struct page_case_invite p = { .c      = v->family,
                                  .path   = r->path,
                                  .person = form_view(&r->form, FORM_CASE_INVITE_PERSON) };

    if (parents_fill(r, v, &p)) page_case_invite(&r->out, frame_with_form(r), &p);
}

void case_invite(struct request *r)
{
    struct case_view v;

    form_new(&r->form, r->arena, &form_case_invite);
    if (case_open(r, &v)) invite_page(r, &v);
}

/* What is to be told to the parent, once. */
static void invited_page(struct request *r, const struct case_view *v, int64_t person,
                         const char *code)
{
    struct page_case_invited p = { .c    = v->family,
                                   .name = case_name(&v->g, person, r->arena),
                                   .code = code };
    struct setting s           = case_setting(r);
    struct invitee who;
    struct fail f = { 0 };

    if (!invite_find(&s, v->g.pp, person, r->now, &who, &f)) {
        respond_fail(r, &f);
        return;
    }
    p.ref   = who.ref;
    p.until = moment_day(r->arena, who.until);
    page_case_invited(&r->out, frame_of(r), &p);
}

/* The letter with the code in it: in this answer and nowhere else. */
static void invited_letter(struct request *r, const struct case_view *v, int64_t person,
                           const char *code)
{
    struct setting s = case_setting(r);
    struct letter_document document;
    struct invitee who;
    struct fail f = { 0 };

    if (!invite_find(&s, v->g.pp, person, r->now, &who, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct letter_invitation data = { .code = code, .until = moment_date(who.until) };
    if (notice_invitation(&s, &v->g, person, &data, &document, &f) &&
        letter_pdf(&document, &r->out, &f))
        respond_as(r, "application/pdf", arena_print(r->arena, "invitation-%s.pdf", who.ref));
    else
        respond_fail(r, &f);
}

/* No code is made for a letter that may not be printed. */
static bool letter_may(struct request *r, const struct case_view *v, int64_t person, struct fail *f)
{
    struct setting s   = case_setting(r);
    struct invitee who = { .role = NULL };

    if (!form_is(&r->form, FORM_CASE_INVITE_AS, "letter")) return true;
    if (!invite_find(&s, v->g.pp, person, r->now, &who, f)) return false;
    bool parent =
        who.role && (!strcmp(who.role, "paying_parent") || !strcmp(who.role, "receiving_parent"));
    if (!parent)
        return REFUSE(f, "not_a_parent", "The letter is written for parents: tell them the code.");
    return notice_may(&s, &v->g, person, f);
}

void case_invite_do(struct request *r)
{
    unsigned char hash[CODE_HASH];
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct case_view v;

    if (!case_open(r, &v)) return;
    int64_t person   = case_number(form_text(&r->form, FORM_CASE_INVITE_PERSON));
    const char *code = code_new(r->arena);
    bool done        = !r->form.errors && letter_may(r, &v, person, &f);
    if (done) {
        code_hash(code, INVITATION_USE, arena_print(r->arena, "%lld", (long long)person), hash);
        done = store_begin(r->store, STORE_WRITING, &f) &&
               invite_make(&s, v.g.pp, person, (struct blob){ hash, CODE_HASH }, r->now, &f) &&
               store_commit(r->store, &f);
        store_rollback(r->store);
    }
    if (!done && f.kind == FAIL_REFUSED)
        form_refuse(&r->form, FORM_CASE_INVITE_PERSON, case_sentence(r, &f));
    if (done && form_is(&r->form, FORM_CASE_INVITE_AS, "letter"))
        invited_letter(r, &v, person, code);
    else if (done)
        invited_page(r, &v, person, code);
    else if (r->form.errors)
        invite_page(r, &v);
    else
        respond_fail(r, &f);
}

/* ---- the account ---- */

static void activate_page(struct request *r)
{
    struct page_activate p = { .reference = form_view(&r->form, FORM_ACTIVATE_REFERENCE),
                               .code      = form_view(&r->form, FORM_ACTIVATE_CODE),
                               .name      = form_view(&r->form, FORM_ACTIVATE_NAME),
                               .password  = form_view(&r->form, FORM_ACTIVATE_PASSWORD),
                               .least     = PASSWORD_LEAST,
                               .days      = INVITATION_DAYS };

    p.password.value = "";
    page_activate(&r->out, frame_with_form(r), &p);
}

void activate_show(struct request *r)
{
    if (r->session.signed_in) {
        respond_redirect(r, home_of(r));
        return;
    }
    form_new(&r->form, r->arena, &form_activate);
    activate_page(r);
}

/* What a reference and a code open: a parent's own account, or a representative's. */
struct opening {
    struct invitation invitation;
    const struct authority *authority; /* NULL: a parent's own */
};

/* Of a parent's invitation: whether the code opens it. */
static bool invitation_opens(struct request *r, const char *ref, struct invitation *found,
                             bool *opens, struct fail *f)
{
    unsigned char hash[CODE_HASH], nothing[CODE_HASH] = { 0 };
    bool is_out;

    if (!invite_open(r->store, r->arena, ref, r->now, found, &is_out, f)) return false;
    bool could =
        code_hash(form_text(&r->form, FORM_ACTIVATE_CODE), INVITATION_USE,
                  arena_print(r->arena, "%lld", (long long)(is_out ? found->person : 0)), hash);
    const void *kept = is_out && found->code.n == CODE_HASH ? found->code.at : nothing;
    *opens           = sodium_memcmp(hash, kept, CODE_HASH) == 0 && could && is_out;
    return true;
}

/* Refused, whatever is wrong: invitation_wrong. */
static bool opening_find(struct request *r, const char *ref, struct opening *o, struct fail *f)
{
    bool opens;

    *o = (struct opening){ .authority = NULL };
    if (!invitation_opens(r, ref, &o->invitation, &opens, f) ||
        (!opens &&
         !authority_of_code(r, ref, form_text(&r->form, FORM_ACTIVATE_CODE), &o->authority, f)))
        return false;
    return opens || o->authority ||
           REFUSE(f, "invitation_wrong",
                  "The reference or the code is not right, or the code was used or is more than "
                  "%d days old. Check both, or ask us for a new code.",
                  INVITATION_DAYS);
}

static bool opening_use(struct request *r, const char *ref, const struct opening *o,
                        const char *account, struct fail *f)
{
    struct setting s = { r->store, r->arena, r->today, ref };

    if (!o->authority) return invite_use(&s, &o->invitation, account, f);
    s.actor = arena_print(r->arena, ACTOR_REPRESENTATIVE "%s", account);
    return authority_take(&s, o->authority, account, f);
}

static bool activate(struct request *r, const char *ref, const char *name, struct fail *f)
{
    struct attempt who = {
        .kind = "invitation", .subject = ref, .address = r->address, .now = r->now
    };
    struct account_new account = { .name     = name,
                                   .password = form_text(&r->form, FORM_ACTIVATE_PASSWORD) };
    char hash[ACCOUNT_HASH];
    struct opening o;

    if (!attempt_begin(r->store, &who, f) || !opening_find(r, ref, &o, f) ||
        !attempt_undo(r->store, &who, f))
        return false;
    account.role   = o.authority ? ROLE_OF_REPRESENTATIVE : o.invitation.role;
    account.person = o.authority ? 0 : o.invitation.person;
    bool done = account_prepare(&account, hash, f) && store_begin(r->store, STORE_WRITING, f) &&
                opening_find(r, ref, &o, f) &&
                account_insert(r->store, &account, hash, r->now, f) &&
                opening_use(r, ref, &o, name, f) && store_commit(r->store, f);
    store_rollback(r->store);
    return done && attempt_pass(r->store, &who, f);
}

static int activate_field(const struct fail *f)
{
    if (!strcmp(f->code, "account_name") || !strcmp(f->code, "exists")) return FORM_ACTIVATE_NAME;
    return strncmp(f->code, "password", 8) ? FORM_ACTIVATE_REFERENCE : FORM_ACTIVATE_PASSWORD;
}

void activate_do(struct request *r)
{
    struct fail f    = { 0 };
    const char *name = account_name_typed(r->arena, form_text(&r->form, FORM_ACTIVATE_NAME));
    const char *ref  = reference_typed(r->arena, form_text(&r->form, FORM_ACTIVATE_REFERENCE));

    if (!r->form.errors && activate(r, ref, name, &f)) {
        sign_in_begin(r, name, "");
        return;
    }
    if (f.kind == FAIL_REFUSED) form_refuse(&r->form, activate_field(&f), case_sentence(r, &f));
    if (r->form.errors)
        activate_page(r);
    else
        respond_fail(r, &f);
}
