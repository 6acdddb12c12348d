/* arena.h: memory by lifetime.  An arena lives as long as a chunk, a request or a case; everything
 * taken from it is zeroed and goes with it.  malloc and free appear only here and in the libraries.
 */
#pragma once
#include <stddef.h>

struct arena_block;
struct arena {
    struct arena_block *blocks;
    char *at, *end;
    size_t used, limit; /* bytes; limit 0 stands for ARENA_LIMIT */
};

#define ARENA_LIMIT ((size_t)1 << 30)

/* Zeroed memory, aligned for any type.  Never returns NULL: passing the limit or the machine's
 * memory stops the process with a message; bound what comes from outside before you take for it. */
void *arena_take(struct arena *a, size_t size);
/* A grown copy of an array: the first `have` bytes of `old`, then zeroes up to `want` bytes. */
void *arena_grow(struct arena *a, const void *old, size_t have, size_t want);
/* A NUL-terminated copy of the n bytes at s. */
char *arena_text(struct arena *a, const char *s, size_t n);
/* Formats into the arena. */
char *arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Gives everything back but keeps one block for use again. */
void arena_reset(struct arena *a);
void arena_free(struct arena *a);

#define ARENA_NEW(a, type)     ((type *)arena_take((a), sizeof(type)))
#define ARENA_MANY(a, type, n) ((type *)arena_take((a), sizeof(type) * (size_t)(n)))
