/* case_owner.c: families handed from one person to another. */
#include "app/case_owner.h"

#include "app/door.h"
#include "flow_data.h"

#include <string.h>

#define OWNER_BARRED "owner_barred"

static bool worker_check(const struct setting *s, const char *name, const char *field,
                         struct fail *fail)
{
    static const char *const roles[] = { "caseworker", "team_leader", "enforcement_officer" };
    struct sql_account_get_row row;
    bool found;

    if (!sql_account_get(s->store, &(struct sql_account_get_in){ .name = name }, s->arena, &row,
                         &found, fail))
        return false;
    for (size_t i = 0; found && row.active && i < sizeof roles / sizeof *roles; i++)
        if (!strcmp(row.role, roles[i])) return true;
    return REFUSE(fail, "not_a_caseworker",
                  "%s is not the open account of somebody who works on cases.", name),
           fail_field(fail, field);
}

/* Nobody is given a case they may not open; that they once opened it all the same is not enough. */
static bool door_check(const struct setting *s, int64_t pp, const char *name, const char *field,
                       struct fail *fail)
{
    struct opener who = { .account = name, .role = "", .now = INT64_MAX };
    enum door door;

    if (!door_find(s->store, s->arena, &who, pp, &door, fail)) return false;
    if (door == DOOR_OPEN) return true;
    return REFUSE(fail, OWNER_BARRED, "%s may not open this case.", name), fail_field(fail, field);
}

bool case_owner_set(const struct setting *s, int64_t pp, const char *owner, const char *deputy,
                    const char *note, struct fail *fail)
{
    struct sql_case_owner_now_row *now;
    struct verb v;
    size_t n;
    bool done;

    if (!worker_check(s, owner, "owner", fail) ||
        (deputy && *deputy && !worker_check(s, deputy, "deputy", fail)) ||
        !door_check(s, pp, owner, "owner", fail) ||
        (deputy && *deputy && !door_check(s, pp, deputy, "deputy", fail)) ||
        !verb_open(s, pp, "hand_over", NULL, &v, &done, fail) ||
        !sql_case_owner_now(s->store, &(struct sql_case_owner_now_in){ .pps = { &pp, 1 } },
                            s->arena, &now, &n, fail))
        return false;
    if (v.seq == 1) return REFUSE(fail, "no_such_case", "There is no such case.");
    if (deputy && !strcmp(owner, deputy))
        return REFUSE(fail, "own_deputy", "Owner and deputy are two people."),
               fail_field(fail, "deputy");
    if (n && (!note || strlen(note) < HAND_OVER_NOTE_LEAST))
        return REFUSE(fail, "note_missing",
                      "Write what the next person must know, so that nobody is asked twice."),
               fail_field(fail, "note");
    struct sql_case_owner_insert_in in = { .pp     = pp,
                                           .event  = v.seq,
                                           .day    = s->today,
                                           .owner  = owner,
                                           .deputy = deputy ? deputy : "",
                                           .note   = note ? note : "" };
    out_print(&v.about, "%s has this case now", owner);
    if (*in.deputy) out_print(&v.about, ", %s stands in", in.deputy);
    if (*in.note) out_print(&v.about, ": %s", in.note);
    return sql_case_owner_insert(s->store, &in, fail) && verb_close(&v, fail) &&
           sql_clock_owner_set(s->store,
                               &(struct sql_clock_owner_set_in){ .pp = pp, .owner = owner }, fail);
}

static bool moving_list(const struct setting *s, const struct case_owner_moving *m,
                        struct arena *list, struct sql_case_owned_row **rows, size_t *n,
                        struct fail *fail)
{
    int64_t most                    = m->most ? m->most : INT64_MAX;
    struct sql_case_owned_in owned  = { .owner = m->from, .most = most };
    struct sql_case_unowned_in none = { .most = most };

    if (*m->from) return sql_case_owned(s->store, &owned, list, rows, n, fail);
    return sql_case_unowned(s->store, &none, list, (struct sql_case_unowned_row **)rows, n, fail);
}
_Static_assert(sizeof(struct sql_case_owned_row) == sizeof(struct sql_case_unowned_row),
               "both lists have one form");

bool case_owner_move(const struct setting *s, const struct case_owner_moving *m, int64_t *families,
                     struct fail *fail)
{
    struct arena list = { 0 };
    struct sql_case_owned_row *rows;
    size_t n;
    bool fine = moving_list(s, m, &list, &rows, &n, fail);

    *families = 0;
    for (size_t i = 0; fine && i < n; i++) {
        arena_reset(s->arena);
        bool moved = store_begin(s->store, STORE_WRITING, fail) &&
                     case_owner_set(s, rows[i].pp, m->owner, NULL, m->note, fail) &&
                     store_commit(s->store, fail);
        store_rollback(s->store);
        *families += moved;
        fine = moved || !strcmp(fail->code, OWNER_BARRED);
    }
    arena_free(&list);
    return fine;
}
