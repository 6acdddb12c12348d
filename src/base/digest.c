/* digest.c: SHA-256 through libcrypto. */
#include "base/digest.h"

#include "base/bug.h"

#include <openssl/evp.h>
#include <string.h>

enum { WORD = 8 };

void digest_begin(struct digest *d)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();

    BUG_UNLESS(state && EVP_DigestInit_ex(state, EVP_sha256(), NULL) == 1);
    d->state = state;
}

void digest_bytes(struct digest *d, const void *at, size_t n)
{
    BUG_UNLESS(d->state);
    if (n) BUG_UNLESS(EVP_DigestUpdate(d->state, at, n) == 1);
}

static void word_write(unsigned char *to, uint64_t value)
{
    for (int i = WORD - 1; i >= 0; i--, value >>= 8)
        to[i] = (unsigned char)(value & 0xff);
}

void digest_value(struct digest *d, char kind, const void *at, size_t n)
{
    unsigned char head[1 + WORD] = { (unsigned char)kind };

    word_write(head + 1, n);
    digest_bytes(d, head, sizeof head);
    digest_bytes(d, at, n);
}

void digest_number(struct digest *d, char kind, int64_t n)
{
    unsigned char text[1 + WORD + WORD] = { (unsigned char)kind };

    word_write(text + 1, WORD);
    word_write(text + 1 + WORD, (uint64_t)n);
    digest_bytes(d, text, sizeof text);
}

void digest_end(struct digest *d, unsigned char result[DIGEST_BYTES])
{
    unsigned int n = 0;

    BUG_UNLESS(d->state && EVP_DigestFinal_ex(d->state, result, &n) == 1 && n == DIGEST_BYTES);
    EVP_MD_CTX_free(d->state);
    d->state = NULL;
}

char *digest_hex(const unsigned char result[DIGEST_BYTES], char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        text[2 * i]     = digits[result[i] >> 4];
        text[2 * i + 1] = digits[result[i] & 0xf];
    }
    text[DIGEST_TEXT - 1] = '\0';
    return text;
}
