/* amount.c: pounds with a comma after each three digits. */
#include "web/amount.h"

#include "base/out.h"

#include <string.h>

const char *amount_words(struct arena *a, const char *text)
{
    struct out o  = { .arena = a };
    size_t digits = text ? strspn(text, "0123456789") : 0;

    if (!text || !digits) return text;
    out_text(&o, "£");
    for (size_t i = 0; i < digits; i++) {
        if (i && (digits - i) % 3 == 0) out_text(&o, ",");
        out_bytes(&o, text + i, 1);
    }
    out_text(&o, text + digits);
    return out_string(&o);
}
