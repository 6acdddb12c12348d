/* own_world.h: a story played into a database in memory, and its parents signed in, for tests of
 * parents' own pages and of what staff see of them. */
#pragma once
#include "app/database.h"
#include "app/find.h"
#include "app/scenario_run.h"
#include "fresh.h"
#include "web/account.h"
#include "web/dispatch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOW = 1795400000, SEEN_MOST = 400, FILE_MOST = 100000 };

static struct arena arena;
static struct store *store;
static date today; /* of the server, once it is asked */

/* ---- the parents ---- */

struct parent {
    const char *name, *role, *cookies, *csrf;
    const char *paths[SEEN_MOST]; /* read with success, the query with them */
    const char *text[SEEN_MOST];  /* what was there, as a reader sees it */
    bool page[SEEN_MOST];         /* a page of ours without a letter in it */
    int n;
};

static const char *file_text(const char *path)
{
    FILE *f = fopen(path, "rb");

    if (!f) fail_msg("%s cannot be read", path);
    char *text = arena_take(&arena, FILE_MOST);
    size_t n   = fread(text, 1, FILE_MOST - 1, f);
    fclose(f);
    text[n] = '\0';
    return text;
}

static void told(void *context, enum play_says what, const char *text)
{
    (void)context;
    if (what == PLAY_WRONG) fail_msg("%s", text);
}

static void story_play(const char *path)
{
    const char *text = file_text(path);
    struct scenario scenario;
    struct play_order order = {
        .store = store, .scenario = &scenario, .name = "story", .tell = told
    };
    struct fail f = { 0 };

    if (!scenario_parse(path, text, strlen(text), &arena, &scenario, &f)) fail_msg("%s", f.text);
    struct play *play = play_open(&order, &f);
    assert_non_null(play);
    while (!play_is_over(play))
        if (!play_step(play, &f)) fail_msg("%s", f.text);
    play_close(play);
}

static int64_t person_of(const char *given)
{
    struct sql_find_cases_row *cases;
    struct sql_group_people_row *people;
    struct fail f = { 0 };
    size_t n, count;

    assert_true(find_cases(store, &arena, given, &cases, &n, &f));
    for (size_t i = 0; i < n; i++) {
        struct sql_group_people_in in = { .pps = { &cases[i].pp, 1 } };
        assert_true(sql_group_people(store, &in, &arena, &people, &count, &f));
        for (size_t k = 0; k < count; k++)
            if (!strcmp(people[k].given, given)) return people[k].id;
    }
    fail_msg("nobody is called %s", given);
    return 0;
}

static void sign_in(struct parent *p, int64_t person)
{
    struct fail f = { 0 };
    const char *token;
    char *name = arena_text(&arena, p->name, strlen(p->name));

    name[0] = (char)(name[0] + 32);
    assert_true(account_add(
        store, &(struct account_new){ name, p->role, "long enough now", person }, NOW, &f));
    assert_true(session_start(store, &arena, name, NOW, &token, &f));
    p->cookies = arena_print(&arena, "session=%s", token);
    p->csrf    = token_for_forms(&arena, token);
}

/* ---- beginning and ending ---- */

/* The world after a story, on a day. */
static void world_begin(const char *story, date day)
{
    struct fail f = { 0 };

    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    story_play(story);
    today = day;
}

__attribute__((unused)) static int world_close(void **state)
{
    (void)state;
    store_close(store);
    arena_free(&arena);
    return 0;
}

/* ---- requests ---- */

static struct request ask(struct arrival a, const char *cookies)
{
    struct request r = { .arena = &arena };

    a.cookies = cookies;
    a.now     = NOW;
    a.today   = today;
    a.fixed   = true;
    a.read = a.write = store;
    dispatch(&r, &a);
    store_rollback(store);
    return r;
}

static struct request get(const char *path, const char *cookies)
{
    size_t n = strcspn(path, "?");

    return ask((struct arrival){ .method = "GET",
                                 .path   = arena_text(&arena, path, n),
                                 .query  = path[n] ? path + n + 1 : NULL },
               cookies);
}

__attribute__((unused)) static struct request post(const struct parent *p, const char *path,
                                                   const char *fields)
{
    const char *body = arena_print(&arena, "csrf=%s&%s", p->csrf, fields);

    return ask((struct arrival){ .method       = "POST",
                                 .path         = path,
                                 .content_type = "application/x-www-form-urlencoded",
                                 .body         = body,
                                 .body_length  = strlen(body) },
               p->cookies);
}
