/* fuzz.h: what a fuzz target is: fuzz/fuzz_NAME.c defines this one function, its seeds are in
 * fuzz/corpus/NAME/ and, if there is one, its words in fuzz/NAME.dict.  fuzz/run does the rest. */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Any input must be survived; a property that does not hold is BUG_UNLESS.  Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
