/* own.c: whose pages they are: the one place that decides it. */
#include "web/own.h"

#include <string.h>

/* The references of a person's own. */
struct own_refs {
    int64_t person;
    const char *ref; /* the person's */
    struct sql_own_arrangements_row *rows;
    size_t n;
};

/* A parent with an account of their own; nobody else stands on any side. */
static bool is_parent(const struct session *s)
{
    return s->signed_in && s->person &&
           (!strcmp(s->role, "receiving_parent") || !strcmp(s->role, "paying_parent"));
}

static bool refs_read(struct request *r, struct own_refs *o)
{
    struct sql_person_get_row person;
    struct fail f = { 0 };
    bool found;

    *o = (struct own_refs){ .person = r->session.person, .ref = "" };
    if (!is_parent(&r->session)) return true;
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
    if (self != g->pp) text = replaced(text, case_name(g, g->pp, a), "the other parent", a);
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (g->arrangements[i].rp != self)
            text = replaced(text, case_name(g, g->arrangements[i].rp, a),
                            arena_print(a, "of arrangement %s", g->arrangements[i].ref), a);
    return text;
}
