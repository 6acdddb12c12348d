/* code.h: codes that people type from paper: 16 letters and digits in four groups, 78 bits, so that
 * a plain hash keeps them. */
#pragma once
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { CODE_LETTERS = 16, CODE_GROUP = 4, CODE_HASH = 32 };

/* A new code: "K7QF-29DM-4TXZ-W8HB". */
const char *code_new(struct arena *a);
/* The hash of a code as typed: capitals or not, with or without spaces and hyphens.  use and whose
 * keep the codes for different ends and people apart.  False: that cannot be a code; the hash is
 * then of nothing anybody has. */
bool code_hash(const char *typed, const char *use, const char *whose,
               unsigned char hash[CODE_HASH]);
