/* code.c: codes for paper. */
#include "web/code.h"

#include "base/bug.h"

#include <sodium.h>
#include <string.h>

/* Without what is taken for something else: 0 and O, 1 and I and L, and U for V. */
static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

const char *code_new(struct arena *a)
{
    char *text = arena_take(a, CODE_LETTERS + CODE_LETTERS / CODE_GROUP);
    char *at   = text;

    BUG_UNLESS(sodium_init() >= 0);
    for (int i = 0; i < CODE_LETTERS; i++) {
        if (i && i % CODE_GROUP == 0) *at++ = '-';
        *at++ = letters[randombytes_uniform(sizeof letters - 1)];
    }
    return text;
}

bool code_hash(const char *typed, const char *use, const char *whose, unsigned char hash[CODE_HASH])
{
    crypto_generichash_state state;
    char plain[CODE_LETTERS] = { 0 };
    size_t n                 = 0;
    bool good                = true;

    for (; *typed; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        if (c == ' ' || c == '-') continue;
        good = good && n < CODE_LETTERS && strchr(letters, c);
        if (good) plain[n++] = c;
    }
    good = good && n == CODE_LETTERS;
    if (!good) memset(plain, 0, sizeof plain);
    BUG_UNLESS(sodium_init() >= 0);
    crypto_generichash_init(&state, (const unsigned char *)use, strlen(use), CODE_HASH);
    crypto_generichash_update(&state, (const unsigned char *)plain, sizeof plain);
    crypto_generichash_update(&state, (const unsigned char *)whose, strlen(whose));
    crypto_generichash_final(&state, hash, CODE_HASH);
    sodium_memzero(plain, sizeof plain);
    return good;
}
