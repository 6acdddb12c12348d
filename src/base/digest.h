/* digest.h: SHA-256 of a sequence of values.  The typed calls put kind and length in front of the
 * bytes, so that different sequences never give the same input; digest_bytes adds bytes as they
 * are. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct digest {
    void *state; /* the library's; taken by digest_begin, given back by digest_end */
};

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65 };

void digest_begin(struct digest *d);
void digest_bytes(struct digest *d, const void *at, size_t n);
void digest_value(struct digest *d, char kind, const void *at,
                  size_t n);                                /* kind, n in 8 bytes, n bytes */
void digest_number(struct digest *d, char kind, int64_t n); /* as 8 bytes, highest first */
/* Every begin needs one end. */
void digest_end(struct digest *d, unsigned char result[DIGEST_BYTES]);
/* 64 lower-case hexadecimal digits; text holds DIGEST_TEXT bytes; returned. */
char *digest_hex(const unsigned char result[DIGEST_BYTES], char *text);
