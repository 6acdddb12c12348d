/* case_online_known.c: who in an online application is known already, in words. */
#include "web/case_online_known.h"

#include "app/known.h"

/* Of a family that is shut to who asks nothing is told but that there is one. */
static bool row_fill(struct request *r, const struct known *k, struct view_online_known *row,
                     struct fail *f)
{
    struct opener who = request_opener(r);
    enum door door    = DOOR_OPEN;

    if (k->pp && !door_find(r->store, r->arena, &who, k->pp, &door, f)) return false;
    *row = (struct view_online_known){
        .name  = k->name,
        .born  = k->born,
        .same  = k->same_born,
        .ref   = k->ref,
        .link  = k->pp
                     ? arena_print(r->arena, "/case/%lld", (long long)k->pp)
                     : arena_print(r->arena, "/application/online/%lld", (long long)k->application),
        .state = k->pp ? "" : machine_online_application.states[k->state].label,
        .shut  = door == DOOR_BARRED,
    };
    return true;
}

bool case_online_known(struct request *r, const struct online *o, int64_t but,
                       struct view_online_known **rows, int32_t *n, struct fail *f)
{
    struct known *list;
    size_t count;

    *n = 0;
    if (!known_find(r->store, r->arena, o, &list, &count, f)) return false;
    *rows = ARENA_MANY(r->arena, struct view_online_known, count + 1);
    for (size_t i = 0; i < count; i++)
        if ((!but || list[i].pp != but) && !row_fill(r, &list[i], &(*rows)[(*n)++], f))
            return false;
    return true;
}
