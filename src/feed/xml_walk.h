/* xml_walk.h: one pass over XML from outside, element by element, guarded: the screen sees the
 * bytes first (xml_screen.h), nothing is fetched because a file says so, and depth, attributes and
 * names are bounded.  What is read is told at once; the tree is never kept. */
#pragma once
#include "feed/feed.h"
#include "feed/xml_screen.h"

enum { XML_DEPTH_MOST = 64 };

/* The caller fills the first part and zeroes the rest.  Each call returns false, with fail filled
 * and `refused` set (XML_REFUSE does both), to stop. */
struct xml_walk {
    const struct feed_source *source;
    struct fail *fail;
    const char *format; /* for the refusal's field: "camt.053" */
    bool western;       /* a file that declares ISO-8859-1 is read as that, not as UTF-8 */
    void *context;
    bool (*begin)(void *context, int depth); /* an element; its name by xml_walk_name */
    bool (*text)(void *context, int depth);  /* text inside the element of depth - 1 */
    bool (*end)(void *context, int depth);   /* the element, an empty one too */

    bool refused, is_western;
    char declaration[128]; /* the file's first bytes, up to its first > */
    size_t declared;       /* how many */
    size_t at;
    int open; /* elements begun and not ended */
    bool has_begun;
    struct xml_screen screen;
    void *reader; /* an xmlTextReader */
};

/* False with fail filled: the file is refused, or could not be read to its end. */
bool xml_walk_run(struct xml_walk *walk);

/* Of the place where the walk stands.  Names and values last until the call returns. */
const char *xml_walk_name(struct xml_walk *walk);  /* without prefix */
const char *xml_walk_space(struct xml_walk *walk); /* the namespace, or NULL */
const char *xml_walk_value(struct xml_walk *walk); /* of a text, or NULL */
/* An attribute's value in the arena, at most `most` bytes and one more; NULL when there is none. */
const char *xml_walk_attribute(struct xml_walk *walk, const char *name, size_t most,
                               struct arena *arena);
/* Exact up to line 65,535; after that the parser's place, some lines further on at most. */
int xml_walk_line(struct xml_walk *walk);

#define XML_REFUSE(w, code, ...)                                                                   \
    ((w)->refused = true, REFUSE((w)->fail, code, __VA_ARGS__), fail_field((w)->fail, (w)->format))
