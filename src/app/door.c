/* door.c: bars, cases opened against one, and who looked. */
#include "app/door.h"

#include "app/group.h"

#include <string.h>

/* --- bars --- */

/* Most accounts are barred from nobody: then nobody is read. */
static bool is_barred(struct store *store, struct arena *arena, const char *account, int64_t pp,
                      bool *barred, struct fail *fail)
{
    struct sql_bar_list_in in        = { .account = account };
    struct sql_group_people_in whose = { .pps = { &pp, 1 } };
    struct sql_group_people_row *people;
    struct sql_bar_list_row *bars;
    size_t count, n;

    *barred = false;
    if (!sql_bar_list(store, &in, arena, &bars, &count, fail)) return false;
    if (!count) return true;
    if (!sql_group_people(store, &whose, arena, &people, &n, fail)) return false;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < n; k++)
            *barred |= bars[i].person == people[k].id;
    return true;
}

bool door_find(struct store *store, struct arena *arena, const struct opener *who, int64_t pp,
               enum door *door, struct fail *fail)
{
    struct sql_glass_open_in in = { .pp = pp, .account = who->account, .now = who->now };
    struct sql_glass_open_row glass;
    bool barred, found;

    *door = DOOR_OPEN;
    if (!is_barred(store, arena, who->account, pp, &barred, fail)) return false;
    if (!barred) return true;
    if (!sql_glass_open(store, &in, arena, &glass, &found, fail)) return false;
    *door = found && glass.until > who->now ? DOOR_GLASS_OPEN : DOOR_BARRED;
    return true;
}

bool door_bar(struct store *store, const char *account, int64_t person, const char *why,
              const struct opener *said_by, struct fail *fail)
{
    struct sql_bar_put_in in = { .account = account,
                                 .person  = person,
                                 .why     = why,
                                 .said_by = said_by->account,
                                 .since   = said_by->now };

    if (!why || !*why)
        return REFUSE(fail, "reason_missing", "Say how the two know each other."),
               fail_field(fail, "why");
    return sql_bar_put(store, &in, fail);
}

bool door_lift(struct store *store, const char *account, int64_t person, struct fail *fail)
{
    struct sql_bar_lift_in in = { .account = account, .person = person };

    if (!sql_bar_lift(store, &in, fail)) return false;
    return store_changed(store) ||
           REFUSE(fail, "not_barred", "%s is not barred from that person's cases.", account);
}

/* --- opened all the same --- */

bool door_break(const struct setting *s, int64_t pp, const struct opener *who, const char *why,
                struct fail *fail)
{
    struct verb v;
    enum door door;
    bool done;

    if (!door_find(s->store, s->arena, who, pp, &door, fail)) return false;
    if (door != DOOR_BARRED)
        return REFUSE(fail, "not_barred", "You may open this case without a reason.");
    if (!why || strlen(why) < DOOR_REASON_LEAST)
        return REFUSE(fail, "reason_short",
                      "Say in a sentence why this cannot wait for someone else. It is read "
                      "tomorrow."),
               fail_field(fail, "why");
    if (!verb_open(s, pp, "break_glass", NULL, &v, &done, fail)) return false;
    struct sql_glass_insert_in glass = { .pp      = pp,
                                         .event   = v.seq,
                                         .account = who->account,
                                         .at      = who->now,
                                         .until   = who->now + DOOR_GLASS,
                                         .why     = why };
    out_print(&v.about, "Opened by someone who is close to this family: %s", why);
    return sql_glass_insert(s->store, &glass, fail) && verb_close(&v, fail);
}

static bool glass_find(const struct setting *s, int64_t pp, int64_t glass,
                       const struct sql_glass_of_row **found, struct fail *fail)
{
    struct sql_glass_of_row *rows;
    size_t n;

    if (!sql_glass_of(s->store, &(struct sql_glass_of_in){ .pp = pp }, s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].event == glass) return *found = &rows[i], true;
    return REFUSE(fail, "no_such_glass", "That case was not opened against a bar then.");
}

bool door_review(const struct setting *s, int64_t pp, int64_t glass, const struct opener *who,
                 bool fair, const char *finding, struct fail *fail)
{
    const struct sql_glass_of_row *was = NULL;
    struct verb v;
    bool done;

    if (!glass_find(s, pp, glass, &was, fail)) return false;
    if (was->reviewer)
        return REFUSE(fail, "reviewed_before", "That was looked at already, by %s.", was->reviewer);
    if (!strcmp(was->account, who->account))
        return REFUSE(fail, "own_glass", "Someone else must look at what you opened yourself.");
    if (!finding || !*finding)
        return REFUSE(fail, "finding_missing", "Say what you found."), fail_field(fail, "finding");
    if (!verb_open(s, pp, "glass_review", NULL, &v, &done, fail)) return false;
    struct sql_glass_review_insert_in in = { .pp      = pp,
                                             .event   = v.seq,
                                             .glass   = glass,
                                             .account = who->account,
                                             .fair    = fair,
                                             .finding = finding };
    out_print(&v.about, "%s opened this case against a bar, %s: %s", was->account,
              fair ? "with good reason" : "without good reason", finding);
    return sql_glass_review_insert(s->store, &in, fail) && verb_close(&v, fail);
}

/* --- who looked --- */

bool door_look(struct store *read, struct store *write, const struct opener *who, int64_t pp,
               const char *page, struct fail *fail)
{
    struct sql_look_put_in put  = { .pp      = pp,
                                    .quarter = who->now / DOOR_QUARTER,
                                    .account = who->account,
                                    .page    = page,
                                    .role    = who->role,
                                    .at      = who->now };
    struct sql_look_known_in in = {
        .pp = pp, .quarter = put.quarter, .account = who->account, .page = page
    };
    struct sql_look_known_row row = { .n = 0 };
    struct arena arena            = { 0 };
    bool found;
    bool fine = sql_look_known(read, &in, &arena, &row, &found, fail);

    arena_free(&arena);
    if (!fine || row.n) return fine;
    fine = store_begin(write, STORE_WRITING, fail) && sql_look_put(write, &put, fail) &&
           store_commit(write, fail);
    if (!fine) store_rollback(write);
    return fine;
}
