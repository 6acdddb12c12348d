/* totp.c: RFC 6238 over RFC 4226. */
#include "web/totp.h"

#include "base/bug.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <string.h>

enum { COUNTER = 8, MAC = 20, GROUP = 4, BASE32_BITS = 5 };

int64_t totp_step(int64_t now)
{
    return now / TOTP_SECONDS;
}

const char *totp_code(struct arena *a, const unsigned char *secret, size_t n, int64_t step,
                      int digits)
{
    unsigned char counter[COUNTER], mac[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    uint64_t left   = (uint64_t)step;
    uint32_t most   = 1;

    for (int i = COUNTER - 1; i >= 0; i--, left >>= 8)
        counter[i] = (unsigned char)left;
    BUG_UNLESS(HMAC(EVP_sha1(), secret, (int)n, counter, sizeof counter, mac, &length));
    BUG_UNLESS(length == MAC);
    const unsigned char *at = mac + (mac[MAC - 1] & 0x0f);
    uint32_t number =
        ((uint32_t)(at[0] & 0x7f) << 24) | ((uint32_t)at[1] << 16) | ((uint32_t)at[2] << 8) | at[3];
    for (int i = 0; i < digits; i++)
        most *= 10;
    return arena_print(a, "%0*u", digits, number % most);
}

int64_t totp_find(const unsigned char secret[TOTP_SECRET], const char *typed, int64_t now)
{
    struct arena scratch    = { 0 };
    char plain[TOTP_DIGITS] = { 0 };
    size_t n                = 0;
    int64_t found           = 0;

    for (; *typed; typed++) {
        if (*typed == ' ') continue;
        if (n == TOTP_DIGITS) return 0;
        plain[n++] = *typed;
    }
    if (n != TOTP_DIGITS) return 0;
    for (int64_t drift = -TOTP_DRIFT; drift <= TOTP_DRIFT; drift++) {
        const char *code =
            totp_code(&scratch, secret, TOTP_SECRET, totp_step(now) + drift, TOTP_DIGITS);
        if (sodium_memcmp(code, plain, TOTP_DIGITS) == 0) found = totp_step(now) + drift;
    }
    arena_free(&scratch);
    return found;
}

/* 20 bytes are 32 letters: nothing is left over. */
static const char *base32(struct arena *a, const unsigned char secret[TOTP_SECRET], int group)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = arena_take(a, TOTP_SECRET * 2 + TOTP_SECRET), *at = text;
    unsigned held = 0, bits = 0;

    for (int i = 0, n = 0; i < TOTP_SECRET; i++) {
        held = (held << 8) | secret[i];
        for (bits += 8; bits >= BASE32_BITS; bits -= BASE32_BITS, n++) {
            if (group && n && n % group == 0) *at++ = ' ';
            *at++ = letters[held >> (bits - BASE32_BITS) & 31];
        }
        held &= (1u << bits) - 1;
    }
    return text;
}

const char *totp_words(struct arena *a, const unsigned char secret[TOTP_SECRET])
{
    return base32(a, secret, GROUP);
}

const char *totp_uri(struct arena *a, const unsigned char secret[TOTP_SECRET], const char *account)
{
    return arena_print(
        a, "otpauth://totp/Upkeep:%s?secret=%s&issuer=Upkeep&algorithm=SHA1&digits=%d&period=%d",
        account, base32(a, secret, 0), TOTP_DIGITS, TOTP_SECONDS);
}
