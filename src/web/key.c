/* key.c: libsodium's secretbox with a key derived for each end and person. */
#include "web/key.h"

#include "base/bug.h"
#include "store/statement.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static unsigned char master[crypto_generichash_KEYBYTES];
static bool ready;

bool key_load(const char *path, struct fail *f)
{
    unsigned char bytes[KEY_MOST + 1];
    struct stat about;
    FILE *file = fopen(path, "rb");
    size_t n   = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    bool open  = file && (fstat(fileno(file), &about) || (about.st_mode & 077));

    if (file) fclose(file);
    if (!file) return FAIL(f, FAIL_INPUT, "key_file", "The key file %s cannot be read.", path);
    if (open)
        return FAIL(f, FAIL_INPUT, "key_file",
                    "Others may read the key file %s: say `chmod 600` to it.", path);
    if (n < KEY_LEAST || n > KEY_MOST)
        return FAIL(f, FAIL_INPUT, "key_file",
                    "The key file %s must have %d to %d bytes, such as `head -c 32 /dev/urandom` "
                    "makes.",
                    path, KEY_LEAST, KEY_MOST);
    BUG_UNLESS(sodium_init() >= 0);
    crypto_generichash(master, sizeof master, bytes, n, NULL, 0);
    sodium_memzero(bytes, sizeof bytes);
    ready = true;
    return true;
}

bool key_ready(void)
{
    return ready;
}

void key_forget(void)
{
    ready = false;
    sodium_memzero(master, sizeof master);
}

static void key_for(const char *use, const char *whose,
                    unsigned char key[crypto_secretbox_KEYBYTES])
{
    crypto_generichash_state state;

    BUG_UNLESS(ready);
    crypto_generichash_init(&state, master, sizeof master, crypto_secretbox_KEYBYTES);
    crypto_generichash_update(&state, (const unsigned char *)use, strlen(use) + 1);
    crypto_generichash_update(&state, (const unsigned char *)whose, strlen(whose));
    crypto_generichash_final(&state, key, crypto_secretbox_KEYBYTES);
}

struct blob key_seal(struct arena *a, const char *use, const char *whose, const void *plain,
                     size_t n)
{
    unsigned char key[crypto_secretbox_KEYBYTES];
    size_t length       = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + n;
    unsigned char *seal = arena_take(a, length);

    key_for(use, whose, key);
    randombytes_buf(seal, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(seal + crypto_secretbox_NONCEBYTES, plain, n, seal, key);
    sodium_memzero(key, sizeof key);
    return (struct blob){ seal, length };
}

bool key_open(const char *use, const char *whose, struct blob sealed, void *plain, size_t n)
{
    unsigned char key[crypto_secretbox_KEYBYTES];
    const unsigned char *at = sealed.at;

    if (!ready || sealed.n != crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + n)
        return false;
    key_for(use, whose, key);
    bool opened = crypto_secretbox_open_easy(plain, at + crypto_secretbox_NONCEBYTES,
                                             sealed.n - crypto_secretbox_NONCEBYTES, at, key) == 0;
    sodium_memzero(key, sizeof key);
    return opened;
}
