/* arena.c: a chain of blocks, each twice the one before, taken from by moving a pointer. */
#include "base/arena.h"

#include "base/bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024, ALIGNMENT = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size;
};

static _Noreturn void arena_full(size_t size)
{
    fprintf(stderr,
            "upkeep: out of memory (%zu bytes more were asked for). Nothing was committed.\n",
            size);
    exit(2);
}

static void arena_add_block(struct arena *a, size_t size)
{
    size_t want = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;

    if (want > LARGEST_BLOCK) want = LARGEST_BLOCK;
    if (want < size + ALIGNMENT + sizeof(struct arena_block))
        want = size + ALIGNMENT + sizeof(struct arena_block);
    if (a->used + want > (a->limit ? a->limit : ARENA_LIMIT)) arena_full(size);
    struct arena_block *b = malloc(want);
    if (!b) arena_full(size);
    *b        = (struct arena_block){ .next = a->blocks, .size = want };
    a->blocks = b;
    a->used += want;
    a->at  = (char *)b + ((sizeof *b + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1));
    a->end = (char *)b + want;
}

void *arena_take(struct arena *a, size_t size)
{
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(a->end - a->at) < size) arena_add_block(a, size);
    void *p = a->at;
    a->at += size;
    return size ? memset(p, 0, size) : p;
}

void *arena_grow(struct arena *a, const void *old, size_t have, size_t want)
{
    BUG_UNLESS(want >= have);
    void *p = arena_take(a, want);
    if (have) memcpy(p, old, have);
    return p;
}

char *arena_text(struct arena *a, const char *s, size_t n)
{
    char *p = arena_take(a, n + 1);
    if (n) memcpy(p, s, n);
    return p;
}

char *arena_print(struct arena *a, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    BUG_UNLESS(n >= 0);
    char *p = arena_take(a, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    return p;
}

void arena_reset(struct arena *a)
{
    if (!a->blocks) return;
    struct arena_block *keep = a->blocks;
    for (struct arena_block *b = keep->next, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    keep->next = NULL;
    a->used    = keep->size;
    a->at      = (char *)keep + ((sizeof *keep + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1));
    a->end     = (char *)keep + keep->size;
}

void arena_free(struct arena *a)
{
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    *a = (struct arena){ .limit = a->limit };
}
