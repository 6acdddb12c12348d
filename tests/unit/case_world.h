/* case_world.h: a family as whoever works here sees it, for tests of pages; own_world.h has the
 * world. */
#pragma once
#include "own_world.h"

static int64_t pp; /* the family */

static bool has(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

static const char *shown(const struct parent *p, const char *path)
{
    struct request r = get(path, p->cookies);

    if (r.status && r.status != 200) fail_msg("%s at %s: %u", p->name, path, r.status);
    return out_string(&r.out);
}

static const char *case_path(const char *rest)
{
    return arena_print(&arena, "/case/%lld%s", (long long)pp, rest);
}

/* Where the first link that begins so goes. */
static const char *link_in(const char *text, const char *begins)
{
    const char *at = strstr(text, arena_print(&arena, "href=\"%s", begins));

    if (!at) fail_msg("no link to %s", begins);
    at += strlen("href=\"");
    return arena_text(&arena, at, strcspn(at, "\""));
}
