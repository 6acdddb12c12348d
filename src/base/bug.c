/* bug.c: what happens when an assertion is false: say where, stop at once. */
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug_report(const char *what, const char *file, int line)
{
    fprintf(stderr, "upkeep: bug: %s:%d: %s is not true. Nothing was committed.\n", file, line,
            what);
    abort();
}
