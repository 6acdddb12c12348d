/* invite.c: invitations to open an account, made and used. */
#include "app/invite.h"

#include "law/law.h"

enum { DAY_SECONDS = 24 * 60 * 60, YEAR_MONTHS = 12 };

static bool last_find(struct store *store, struct arena *arena, int64_t person, int64_t now,
                      struct sql_invitation_last_row *row, bool *is_out, struct fail *fail)
{
    struct sql_invitation_last_in in = { .person = person };

    if (!sql_invitation_last(store, &in, arena, row, is_out, fail)) return false;
    *is_out = *is_out && !row->used && row->until > now;
    return true;
}

/* The role in which somebody of a family may have an account; NULL: in none. */
static const char *role_of(const struct setting *s, const struct sql_invitee_get_row *row)
{
    if (row->pays) return "paying_parent";
    if (row->receives) return "receiving_parent";
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, s->today);
    bool old_enough =
        row->has_born && law->child_applies_years &&
        !date_before(s->today, date_add_months(row->born, law->child_applies_years * YEAR_MONTHS));
    return old_enough ? "child_in_scotland" : NULL;
}

bool invite_find(const struct setting *s, int64_t pp, int64_t person, int64_t now,
                 struct invitee *invitee, struct fail *fail)
{
    struct store *store                   = s->store;
    struct arena *arena                   = s->arena;
    struct sql_invitee_get_in in          = { .pp = pp, .person = person };
    struct sql_account_of_person_in whose = { .person = person };
    struct sql_account_of_person_row account;
    struct sql_invitation_last_row last;
    struct sql_invitee_get_row row;
    bool found, has, is_out;

    if (!sql_invitee_get(store, &in, arena, &row, &found, fail) ||
        !sql_account_of_person(store, &whose, arena, &account, &has, fail) ||
        !last_find(store, arena, person, now, &last, &is_out, fail))
        return false;
    if (!found) return REFUSE(fail, "no_such_person", "There is no such person in this case.");
    *invitee = (struct invitee){
        .ref   = row.ref,
        .role  = role_of(s, &row),
        .until = is_out ? last.until : 0,
        .state = has      ? INVITE_ACCOUNT
                 : is_out ? INVITE_WAITING
                          : INVITE_NONE,
    };
    return true;
}

bool invite_make(const struct setting *s, int64_t pp, int64_t person, struct blob code, int64_t now,
                 struct fail *fail)
{
    struct invitee who;
    struct verb v;
    bool done;

    if (!invite_find(s, pp, person, now, &who, fail)) return false;
    if (!who.role)
        return REFUSE(fail, "not_a_parent",
                      "%s is not a parent of this case, nor a child of an age to apply.", who.ref);
    if (who.state == INVITE_ACCOUNT)
        return REFUSE(fail, "has_account",
                      "%s has an account already. An administrator can set a new password for it.",
                      who.ref);
    if (!verb_open(s, pp, "invite", NULL, &v, &done, fail)) return false;
    struct sql_invitation_insert_in in = { .pp     = pp,
                                           .event  = v.seq,
                                           .person = person,
                                           .role   = who.role,
                                           .code   = code,
                                           .at     = now,
                                           .until  = now + INVITATION_DAYS * DAY_SECONDS };
    out_print(&v.about, "%s was invited to open an account", who.ref);
    return sql_invitation_insert(s->store, &in, fail) && verb_close(&v, fail);
}

bool invite_open(struct store *store, struct arena *arena, const char *ref, int64_t now,
                 struct invitation *invitation, bool *found, struct fail *fail)
{
    struct sql_person_by_ref_row person;
    struct sql_account_of_person_row account;
    struct sql_invitation_last_row last;
    bool has;

    if (!sql_person_by_ref(store, &(struct sql_person_by_ref_in){ .ref = ref }, arena, &person,
                           found, fail))
        return false;
    if (!*found) return true;
    struct sql_account_of_person_in whose = { .person = person.id };
    if (!last_find(store, arena, person.id, now, &last, found, fail) ||
        !sql_account_of_person(store, &whose, arena, &account, &has, fail))
        return false;
    *found = *found && !has;
    if (*found)
        *invitation = (struct invitation){ .pp     = last.pp,
                                           .event  = last.event,
                                           .person = person.id,
                                           .role   = last.role,
                                           .code   = last.code };
    return true;
}

bool invite_use(const struct setting *s, const struct invitation *invitation, const char *account,
                struct fail *fail)
{
    struct verb v;
    bool done;

    if (!verb_open(s, invitation->pp, "activate", NULL, &v, &done, fail)) return false;
    struct sql_invitation_use_insert_in in = {
        .pp = invitation->pp, .event = v.seq, .invitation = invitation->event, .account = account
    };
    out_text(&v.about, "An invitation was used to open an account");
    return sql_invitation_use_insert(s->store, &in, fail) && verb_close(&v, fail);
}
