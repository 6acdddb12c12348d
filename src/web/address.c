/* address.c: addresses as they are counted. */
#include "web/address.h"

#include <arpa/inet.h>
#include <string.h>

enum { HALF = 8, MAPPED = 12 };

const char *address_counted(struct arena *a, const char *text, int length)
{
    static const unsigned char mapped[MAPPED] = { [10] = 0xff, [11] = 0xff };
    const char *one                           = arena_print(a, "%.*s", length, text);
    unsigned char at[sizeof(struct in6_addr)];

    if (inet_pton(AF_INET, one, at) == 1) return one;
    if (inet_pton(AF_INET6, one, at) != 1) return "";
    if (!memcmp(at, mapped, MAPPED))
        return arena_print(a, "%d.%d.%d.%d", at[MAPPED], at[MAPPED + 1], at[MAPPED + 2],
                           at[MAPPED + 3]);
    memset(at + HALF, 0, HALF);
    return inet_ntop(AF_INET6, at, arena_take(a, INET6_ADDRSTRLEN), INET6_ADDRSTRLEN);
}

const char *address_forwarded(struct arena *a, const char *header)
{
    const char *last = header ? strrchr(header, ',') : NULL;
    const char *from = last ? last + 1 : header ? header : "";

    from += strspn(from, " ");
    return address_counted(a, from, (int)strcspn(from, " "));
}
