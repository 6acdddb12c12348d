/* provider.c: the settings file: a line "provider ID", then lines of a word and what it is. */
#include "web/provider.h"

#include "base/arena.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct provider list[PROVIDERS_MOST];
static size_t count;
static struct arena memory;

struct reading {
    const char *path;
    int line;
    struct fail *fail;
};

static bool wrong(const struct reading *r, const char *what)
{
    return FAIL(r->fail, FAIL_INPUT, "provider_file", "%.200s, line %d: %s", r->path, r->line,
                what);
}

static bool is_https(const char *s)
{
    return !strncmp(s, "https://", 8) && s[8] && s[8] != '/' && !strpbrk(s, " \t\"<>\\#?@");
}

static bool id_take(const struct reading *r, const char *value)
{
    if (!*value || strlen(value) > 20 ||
        strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(value))
        return wrong(r, "a provider's short name has 1 to 20 small letters, digits and hyphens");
    if (provider_find(value)) return wrong(r, "this provider is there already");
    if (count == PROVIDERS_MOST) return wrong(r, "there are too many providers");
    list[count++] = (struct provider){ .id = value };
    return true;
}

static bool for_take(const struct reading *r, struct provider *p, const char *value)
{
    bool everyone = !strcmp(value, "everyone");

    p->staff   = everyone || !strcmp(value, "staff");
    p->parents = everyone || !strcmp(value, "parents");
    return p->staff || p->parents || wrong(r, "\"for\" is staff, parents or everyone");
}

/* "asked", or "not-with acr|amr VALUE...". */
static bool second_take(const struct reading *r, struct provider *p, const char *value)
{
    static const char usage[] =
        "\"second-step\" is asked, or not-with acr VALUE..., or not-with amr VALUE...";
    size_t n = 0;

    if (!strcmp(value, "asked")) return true;
    if (!strncmp(value, "not-with acr ", 13))
        p->asks = ASKS_ACR;
    else if (!strncmp(value, "not-with amr ", 13))
        p->asks = ASKS_AMR;
    else
        return wrong(r, usage);
    for (const char *at = value + 13; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (n == PROVIDER_PROOFS) return wrong(r, "there are too many values");
        p->proofs[n++] = arena_text(&memory, at, length);
        at += length;
    }
    return n || wrong(r, usage);
}

static bool secret_way_take(const struct reading *r, struct provider *p, const char *value)
{
    p->secret_in_form = !strcmp(value, "form");
    return p->secret_in_form || !strcmp(value, "header") ||
           wrong(r, "\"secret-in\" is header or form");
}

/* A word that is said once, with a text. */
static bool text_take(const struct reading *r, const char **at, const char *value)
{
    if (*at) return wrong(r, "this is said twice");
    if (!*value) return wrong(r, "a word stands alone: what is it?");
    *at = value;
    return true;
}

static bool word_take(const struct reading *r, const char *word, const char *value)
{
    struct provider *p = count ? &list[count - 1] : NULL;

    if (!strcmp(word, "provider")) return id_take(r, value);
    if (!p) return wrong(r, "begin with a line \"provider NAME\"");
    if (!strcmp(word, "name")) return text_take(r, &p->name, value);
    if (!strcmp(word, "client")) return text_take(r, &p->client, value);
    if (!strcmp(word, "secret")) return text_take(r, &p->secret, value);
    if (!strcmp(word, "certificates")) return text_take(r, &p->certificates, value);
    if (!strcmp(word, "for")) return for_take(r, p, value);
    if (!strcmp(word, "second-step")) return second_take(r, p, value);
    if (!strcmp(word, "secret-in")) return secret_way_take(r, p, value);
    if (strcmp(word, "issuer"))
        return wrong(r, "a line begins with provider, name, issuer, client, secret, for, "
                        "second-step, secret-in or certificates");
    return text_take(r, &p->issuer, value) &&
           (is_https(value) || wrong(r, "an issuer is an address that begins with https://"));
}

/* One provider is whole. */
static bool whole(const struct reading *r, const struct provider *p)
{
    FILE *file = p->certificates ? fopen(p->certificates, "rb") : NULL;

    if (file) fclose(file);
    if (!p->name || !p->issuer || !p->client || !p->secret || !(p->staff || p->parents))
        return FAIL(r->fail, FAIL_INPUT, "provider_file", "%.200s: provider %s has no %s.", r->path,
                    p->id,
                    !p->name     ? "name"
                    : !p->issuer ? "issuer"
                    : !p->client ? "client"
                    : !p->secret ? "secret"
                                 : "\"for\"");
    return !p->certificates || file ||
           FAIL(r->fail, FAIL_INPUT, "provider_file",
                "%.200s: the certificates of provider %s cannot be read.", r->path, p->id);
}

static bool lines_take(struct reading *r, char *text)
{
    for (char *at = text; at; r->line++) {
        char *line = at, *end = strchr(at, '\n');

        at = end ? end + 1 : NULL;
        if (end) *end = 0;
        line += strspn(line, " \t\r");
        for (size_t n = strlen(line); n && strchr(" \t\r", line[n - 1]); n--)
            line[n - 1] = 0;
        if (!*line || *line == '#') continue;
        char *value = line + strcspn(line, " \t");
        if (*value) *value++ = 0;
        if (!word_take(r, line, value + strspn(value, " \t"))) return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!whole(r, &list[i])) return false;
    return count ||
           FAIL(r->fail, FAIL_INPUT, "provider_file", "%.200s names no provider.", r->path);
}

bool provider_load(const char *path, struct fail *f)
{
    struct reading r = { .path = path, .line = 1, .fail = f };
    struct stat about;

    provider_forget();
    char *text = arena_take(&memory, PROVIDER_FILE_MOST + 1);
    FILE *file = fopen(path, "rb");
    size_t n   = file ? fread(text, 1, PROVIDER_FILE_MOST + 1, file) : 0;
    bool open  = file && (fstat(fileno(file), &about) || (about.st_mode & 077));

    if (file) fclose(file);
    if (!file || !n || n > PROVIDER_FILE_MOST || memchr(text, 0, n))
        return FAIL(f, FAIL_INPUT, "provider_file",
                    "The file of sign-in providers %.200s cannot be read, is empty or too long.",
                    path);
    if (open)
        return FAIL(f, FAIL_INPUT, "provider_file",
                    "Others may read the file of sign-in providers %.200s: say `chmod 600` to it.",
                    path);
    bool good = lines_take(&r, text);
    if (!good) provider_forget();
    return good;
}

void provider_forget(void)
{
    count = 0;
    memset(list, 0, sizeof list);
    arena_free(&memory);
}

size_t provider_count(void)
{
    return count;
}

const struct provider *provider_at(size_t i)
{
    return &list[i];
}

const struct provider *provider_find(const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(list[i].id, id)) return &list[i];
    return NULL;
}
