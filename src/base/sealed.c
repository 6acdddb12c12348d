/* sealed.c: the lock of sealed values. */
#include "base/sealed.h"

#include <string.h>

struct sealed sealed_make(const char *text, int32_t kind, int64_t whose)
{
    return (
        struct sealed){ .text = (const struct sealed_text *)text, .kind = kind, .whose = whose };
}

bool sealed_equals(struct sealed s, const char *text)
{
    return s.text && text && !strcmp(sealed_text(s), text);
}

const char *sealed_text(struct sealed s)
{
    return (const char *)s.text;
}
