/* bug.h: assertions that stay on in release.  A false assertion is a bug of ours, never bad input.
 */
#pragma once
#include <stdbool.h>

/* Prints where and what, then aborts.  Never returns. */
_Noreturn void bug_report(const char *what, const char *file, int line);

#ifdef UPKEEP_COVERAGE /* evaluated, but no branch that a test would have to take */
#define BUG_UNLESS(condition) ((void)(condition))
#else
#define BUG_UNLESS(condition)                                                                      \
    (__builtin_expect(!!(condition), 1) ? (void)0 : bug_report(#condition, __FILE__, __LINE__))
#endif
