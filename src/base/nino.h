/* nino.h: National Insurance numbers: two letters, six digits and A, B, C or D. */
#pragma once
#include <stdbool.h>

enum { NINO_LENGTH = 9 };

/* Reads a text that is nothing else; spaces and the case of letters do not matter.  `to`
 * (NINO_LENGTH bytes and a NUL) gets it as it is kept: "QQ123456C". */
bool nino_read(const char *text, char *to);
/* The next number in a text, as a word of its own, spaces inside it allowed; what follows it, or
 * NULL when there is none. */
const char *nino_next(const char *text, char *to);
