/* place.c: the service's own address. */
#include "web/place.h"

#include <stdio.h>
#include <string.h>

enum { PLACE_MOST = 200 };

static char origin[PLACE_MOST + 1], host[PLACE_MOST + 1];

static bool is_own_machine(const char *name)
{
    return !strcmp(name, "localhost") || !strcmp(name, "127.0.0.1");
}

static bool port_good(const char *s)
{
    return !*s ||
           (*s == ':' && s[1] && strlen(s) <= 6 && strspn(s + 1, "0123456789") == strlen(s) - 1);
}

bool place_set(const char *address, struct fail *f)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    bool secure                 = !strncmp(address, "https://", 8);
    const char *name            = strstr(address, "://");
    size_t n                    = name ? strspn(name + 3, letters) : 0;

    if (strlen(address) > PLACE_MOST || (!secure && strncmp(address, "http://", 7)) || !n ||
        !port_good(name + 3 + n))
        return FAIL(f, FAIL_INPUT, "address",
                    "%.100s is no address of this service, such as https://upkeep.example (small "
                    "letters, no path).",
                    address);
    snprintf(host, sizeof host, "%.*s", (int)n, name + 3);
    if (!secure && !is_own_machine(host))
        return FAIL(f, FAIL_INPUT, "address",
                    "%.100s is not encrypted: say https://, or localhost.", address);
    snprintf(origin, sizeof origin, "%s", address);
    return true;
}

void place_forget(void)
{
    *origin = *host = 0;
}

const char *place_origin(void)
{
    return origin;
}

const char *place_host(void)
{
    return host;
}
