/* own.c: whose pages they are: the one place that decides it. */
#include "web/own.h"

#include "app/authority.h"
#include "base/say.h"

#include <string.h>

/* The references of a person's own. */
struct own_refs {
    int64_t person;
    const char *ref; /* the person's */
    struct sql_own_arrangements_row *rows;
    size_t n;
};

/* A parent with an account of their own, or who acts for one; nobody else stands on any side. */
static bool stands(const struct session *s)
{
    return s->signed_in && s->person &&
           (!strcmp(s->role, "receiving_parent") || !strcmp(s->role, "paying_parent") ||
            own_is_acting(s));
}

bool own_is_acting(const struct session *s)
{
    return s->signed_in && !strcmp(s->role, ROLE_OF_REPRESENTATIVE);
}

/* Whether the route is for speaking: sending something, or a page that is nothing but a form. */
static bool route_speaks(const struct route *route)
{
    static const char *const forms[] = { "/home/write/{}", "/home/change/{}/{}",
                                         "/home/reconsider/{}" };
    bool speaks                      = route->method == METHOD_POST;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        speaks |= !strcmp(route->path, forms[i]);
    return speaks;
}

/* A representative's page is about the person they turned to, while the authority lasts; that it
 * was read is written down.  False: answered. */
static bool act_for(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct acting *list;
    size_t n;

    if (r->is_program) return true; /* a token turns to nobody */
    if (!authority_acting(&s, r->session.account, &list, &n, &f)) return respond_fail(r, &f), false;
    for (size_t i = 0; i < n; i++) {
        if (list[i].person != r->session.acts_for) continue;
        if (route_speaks(r->route) && list[i].scope != AUTHORITY_ACT) {
            respond_refused(r, 403, "You may see this case, not speak in it",
                            "Whoever let you act for them did not allow that. They can.");
            return false;
        }
        r->session.person = list[i].person;
        r->looked         = list[i].pp;
        r->frame.acting =
            arena_print(r->arena, "%s %s, %s", list[i].given, list[i].family, list[i].ref);
        return true;
    }
    respond_redirect(r, "/acting");
    return false;
}

static bool refs_read(struct request *r, struct own_refs *o)
{
    struct sql_person_get_row person;
    struct fail f = { 0 };
    bool found;

    *o = (struct own_refs){ .ref = "" };
    if (own_is_acting(&r->session) && !act_for(r)) return false;
    o->person = r->session.person;
    if (!stands(&r->session)) return true;
    if (!sql_own_arrangements(r->store, &(struct sql_own_arrangements_in){ .person = o->person },
                              r->arena, &o->rows, &o->n, &f) ||
        !sql_person_get(r->store, &(struct sql_person_get_in){ .id = o->person }, r->arena, &person,
                        &found, &f)) {
        respond_fail(r, &f);
        return false;
    }
    if (found) o->ref = person.ref;
    return true;
}

static struct own_side side_of(const struct own_refs *o, const struct sql_own_arrangements_row *row)
{
    if (row->pp == o->person) return (struct own_side){ .pp = row->pp, .ref = o->ref };
    BUG_UNLESS(row->rp == o->person);
    return (struct own_side){ .pp = row->pp, .reader = row->id, .ref = row->ref };
}

bool own_sides(struct request *r, struct own_side **sides, size_t *n)
{
    struct own_refs o;
    bool pays = false;

    *n = 0;
    if (!refs_read(r, &o)) return false;
    *sides = ARENA_MANY(r->arena, struct own_side, o.n);
    for (size_t i = 0; i < o.n; i++) {
        bool is_payer = o.rows[i].pp == o.person;
        if (is_payer && pays) continue;
        (*sides)[(*n)++] = side_of(&o, &o.rows[i]);
        pays |= is_payer;
    }
    return true;
}

bool own_is_child(const struct session *s)
{
    return s->signed_in && !strcmp(s->role, "child_in_scotland");
}

bool own_sides_of_parent(struct request *r, struct own_side **sides, size_t *n)
{
    if (!own_is_child(&r->session)) return own_sides(r, sides, n);
    respond_missing(r);
    return false;
}

bool own_read(struct request *r, const struct own_side *side, struct own_view *v)
{
    *v = (struct own_view){ .side = *side, .about = side->reader };
    return case_read(r, side->pp, &v->c);
}

static bool find(struct request *r, bool whole, struct own_view *v)
{
    const char *ref = r->params[0];
    struct own_refs o;

    if (!refs_read(r, &o)) return false;
    for (size_t i = 0; i < o.n; i++) {
        struct own_side side = side_of(&o, &o.rows[i]);
        if (strcmp(whole ? side.ref : o.rows[i].ref, ref)) continue;
        if (!own_read(r, &side, v)) return false;
        v->about = whole ? side.reader : o.rows[i].id;
        return true;
    }
    respond_missing(r);
    return false;
}

bool own_open(struct request *r, struct own_view *v)
{
    return find(r, true, v);
}

bool own_open_arrangement(struct request *r, struct own_view *v)
{
    return find(r, false, v);
}

const char *own_actor(const struct request *r)
{
    return arena_print(r->arena, "%s%s",
                       own_is_acting(&r->session) ? ACTOR_REPRESENTATIVE : ACTOR_PARENT,
                       r->session.account);
}

bool own_alone(struct request *r)
{
    if (!own_is_acting(&r->session)) return true;
    respond_refused(r, 403, "This is for the person themselves",
                    "Who acts for somebody cannot open it.");
    return false;
}

struct page_frame *own_frame(struct request *r, const char *here, const char *back)
{
    struct page_frame *frame = frame_with_form(r);

    frame->here = here;
    frame->back = back;
    frame->exit = true;
    return frame;
}

/* text with every `name` as `instead`. */
static const char *replaced(const char *text, const char *name, const char *instead,
                            struct arena *a)
{
    struct out o = { .arena = a };
    size_t n     = strlen(name);

    for (const char *at; n && (at = strstr(text, name)); text = at + n) {
        out_bytes(&o, text, (size_t)(at - text));
        out_text(&o, instead);
    }
    out_text(&o, text);
    return out_string(&o);
}

const char *own_words(const struct own_view *v, const char *text, struct arena *a)
{
    const struct group *g = &v->c.g;
    int64_t self          = v->side.pp;

    for (size_t i = 0; i < g->arrangement_count; i++)
        if (g->arrangements[i].id == v->side.reader) self = g->arrangements[i].rp;
    if (self != g->pp) text = replaced(text, case_name(g, g->pp, a), SAY("the other parent"), a);
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (g->arrangements[i].rp != self)
            text = replaced(text, case_name(g, g->arrangements[i].rp, a),
                            arena_print(a, SAY("of arrangement %s"), g->arrangements[i].ref), a);
    return text;
}
