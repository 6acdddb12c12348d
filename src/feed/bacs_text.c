/* bacs_text.c: one table for the letters from U+00C0 to U+017F, exceptions beyond. */
#include "feed/bacs_text.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* Two capitals for each letter from U+00C0; a dot stands for nothing, two for a space. */
static const char latin[][3] = {
    "A.", "A.", "A.", "A.", "A.", "A.", "AE", "C.", "E.", "E.", "E.", "E.", "I.", "I.", "I.", "I.",
    "D.", "N.", "O.", "O.", "O.", "O.", "O.", "..", "O.", "U.", "U.", "U.", "U.", "Y.", "TH", "SS",
    "A.", "A.", "A.", "A.", "A.", "A.", "AE", "C.", "E.", "E.", "E.", "E.", "I.", "I.", "I.", "I.",
    "D.", "N.", "O.", "O.", "O.", "O.", "O.", "..", "O.", "U.", "U.", "U.", "U.", "Y.", "TH", "Y.",
    "A.", "A.", "A.", "A.", "A.", "A.", "C.", "C.", "C.", "C.", "C.", "C.", "C.", "C.", "D.", "D.",
    "D.", "D.", "E.", "E.", "E.", "E.", "E.", "E.", "E.", "E.", "E.", "E.", "G.", "G.", "G.", "G.",
    "G.", "G.", "G.", "G.", "H.", "H.", "H.", "H.", "I.", "I.", "I.", "I.", "I.", "I.", "I.", "I.",
    "I.", "I.", "IJ", "IJ", "J.", "J.", "K.", "K.", "K.", "L.", "L.", "L.", "L.", "L.", "L.", "L.",
    "L.", "L.", "L.", "N.", "N.", "N.", "N.", "N.", "N.", "N.", "N.", "N.", "O.", "O.", "O.", "O.",
    "O.", "O.", "OE", "OE", "R.", "R.", "R.", "R.", "R.", "R.", "S.", "S.", "S.", "S.", "S.", "S.",
    "S.", "S.", "T.", "T.", "T.", "T.", "T.", "T.", "U.", "U.", "U.", "U.", "U.", "U.", "U.", "U.",
    "U.", "U.", "U.", "U.", "W.", "W.", "Y.", "Y.", "Y.", "Z.", "Z.", "Z.", "Z.", "Z.", "Z.", "S.",
};
enum { LATIN_FIRST = 0xC0 };

/* The character at s and its length; what is no UTF-8 counts as one unknown character. */
static uint32_t character(const unsigned char *s, size_t *length)
{
    static const uint32_t lead[] = { 0, 0, 0x1F, 0x0F, 0x07 };
    size_t n                     = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    uint32_t c                   = n == 1 ? s[0] : s[0] & lead[n];

    *length = 1;
    if (s[0] >= 0x80 && s[0] < 0xC2) return 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
        c = c << 6 | (s[i] & 0x3F);
    }
    *length = n;
    return c;
}

/* The capitals that stand for a character: "" for nothing, " " for a space. */
static const char *capitals(uint32_t c, char buffer[3])
{
    bool plain = c < 0x80 && (isalnum((int)c) || (c && strchr(".&/- ", (int)c)));

    if (plain) return buffer[0] = (char)toupper((int)c), buffer[1] = '\0', buffer;
    if (c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x02BC) return "";
    if (c >= 0x0300 && c < 0x0370) return ""; /* a mark that combines with the letter before it */
    if (c >= 0x1E80 && c <= 0x1E85) return "W";
    if (c == 0x1EF2 || c == 0x1EF3) return "Y";
    if (c == 0x1E9E) return "SS";
    if (c >= 0x2010 && c <= 0x2014) return "-";
    if (c < LATIN_FIRST || c >= LATIN_FIRST + sizeof latin / sizeof *latin) return " ";
    const char *pair = latin[c - LATIN_FIRST];
    if (pair[0] == '.') return " ";
    buffer[0] = pair[0];
    buffer[1] = pair[1] == '.' ? '\0' : pair[1];
    buffer[2] = '\0';
    return buffer;
}

size_t bacs_text_clean(const char *utf8, char *to, size_t most)
{
    const unsigned char *s = (const unsigned char *)utf8;
    size_t n               = 0;
    char buffer[3];

    for (size_t step; *s && n < most; s += step) {
        uint32_t c = character(s, &step);
        for (const char *p = capitals(c, buffer); *p && n < most; p++)
            if (*p != ' ' || (n > 0 && to[n - 1] != ' ')) to[n++] = *p;
    }
    if (n > 0 && to[n - 1] == ' ') n--;
    to[n] = '\0';
    return n;
}

bool bacs_text_valid(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool fine = (s[i] >= 'A' && s[i] <= 'Z') || (s[i] >= '0' && s[i] <= '9') ||
                    (s[i] && strchr(".&/- ", s[i]));
        if (!fine) return false;
    }
    return true;
}

const char *bacs_reference_fault(const char *reference)
{
    enum { ALNUM_LEAST = 6 };
    size_t n = strlen(reference), alnum = 0;
    bool all_same = true;
    char first    = '\0';

    if (n > BACS_TEXT) return "A reference has at most 18 characters.";
    if (!bacs_text_valid(reference, n))
        return "A reference has only capitals, digits, spaces and . & / -.";
    if (reference[0] == ' ' || !strncmp(reference, "DDIC", 4))
        return "A reference does not begin with a space or with DDIC.";
    for (size_t i = 0; i < n; i++) {
        if (!isalnum((unsigned char)reference[i])) continue;
        if (!alnum++) first = reference[i];
        all_same &= reference[i] == first;
    }
    if (alnum < ALNUM_LEAST) return "A reference has at least six letters or digits.";
    return all_same ? "A reference is not the same character over and over." : NULL;
}
