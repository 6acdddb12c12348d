/* text.c: what is text. */
#include "base/text.h"

bool text_is_sound(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;

    for (size_t i = 0; i < n;) {
        unsigned c = s[i++], more = c < 0x80   ? 0
                                    : c < 0xc2 ? 9
                                    : c < 0xe0 ? 1
                                    : c < 0xf0 ? 2
                                    : c < 0xf5 ? 3
                                               : 9;
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f || more > n - i)
            return false;
        uint32_t point = more ? c & (0x3fu >> more) : c;
        for (unsigned k = 0; k < more; k++, i++) {
            if ((s[i] & 0xc0) != 0x80) return false;
            point = point << 6 | (s[i] & 0x3f);
        }
        if ((more == 2 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) ||
            (more == 3 && (point < 0x10000 || point > 0x10ffff)))
            return false;
    }
    return true;
}
