/* fail.c: filling a failure. */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>

bool fail_at(struct fail *f, const char *file, int line, enum fail_kind kind, const char *code,
             const char *format, ...)
{
    va_list args;

    *f = (struct fail){ .kind = kind, .file = file, .line = line };
    snprintf(f->code, sizeof f->code, "%s", code);
    va_start(args, format);
    vsnprintf(f->text, sizeof f->text, format, args);
    va_end(args);
    return false;
}

bool fail_field(struct fail *f, const char *field)
{
    snprintf(f->field, sizeof f->field, "%s", field);
    return false;
}
