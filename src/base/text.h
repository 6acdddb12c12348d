/* text.h: a piece of text that belongs to someone else: not NUL-terminated, may hold any bytes. */
#pragma once
#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
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

/* How many of the n bytes at s come before the first that stands for something else in a JSON text:
 * a quote, a backslash, a control character; with `ascii`, any byte of a longer character too.
 * Eight at a time: the lowest top bit set in `found` is the first such byte. */
static inline size_t text_plain(const char *s, size_t n, bool ascii)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    size_t i = 0;

    for (uint64_t w; i + sizeof w <= n; i += sizeof w) {
        memcpy(&w, s + i, sizeof w);
        w              = le64toh(w);
        uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
        uint64_t found = ((w - ones * 0x20) & ~w) | ((quote - ones) & ~quote) |
                         ((slash - ones) & ~slash) | (ascii ? w : 0);
        if (found & high) return i + (size_t)__builtin_ctzll(found & high) / 8;
    }
    while (i < n && (unsigned char)s[i] >= 0x20 && s[i] != '"' && s[i] != '\\' &&
           !(ascii && (unsigned char)s[i] >= 0x80))
        i++;
    return i;
}

/* Whether the n bytes are UTF-8 without control characters other than tab and line ends. */
bool text_is_sound(const char *s, size_t n);
