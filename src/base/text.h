/* text.h: a piece of text that belongs to someone else: not NUL-terminated, may hold any bytes. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *at;
    size_t length;
};

#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

static inline bool span_same(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || !memcmp(a.at, b.at, a.length));
}
