/* bacs_text.h: text in the Bacs character set: A to Z, 0 to 9, full stop, ampersand, slash, hyphen
 * and space.  Names and references are 18 characters. */
#pragma once
#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>

enum { BACS_TEXT = 18 };

/* Puts UTF-8 text into the set: capitals; letters of European languages without their marks (Ŵ as
 * W, ß as SS, Æ as AE); apostrophes go, every other sign becomes a space; runs of spaces become
 * one; cut to `most` characters.  `to` holds most + 1 bytes.  Returns the length: 0 if nothing is
 * left. */
size_t bacs_text_clean(const char *utf8, char *to, size_t most);
/* Only characters of the set. */
bool bacs_text_valid(const char *s, size_t n);
/* What is wrong with a reference of a Direct Debit instruction, or NULL: at least six letters or
 * digits, not all the same, not beginning with a space or "DDIC", at most 18 characters of the set.
 */
const char *bacs_reference_fault(const char *reference);
