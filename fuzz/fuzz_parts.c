/* fuzz_parts.c: bodies sent as multipart/form-data, as the upload of a bank statement is. */
#include "fuzz.h"

#include "base/bug.h"
#include "page.h"
#include "web/form.h"

#include <string.h>

#define CONTENT_TYPE "multipart/form-data; boundary=XX"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a = { 0 };
    struct form form;
    struct fail f = { 0 };

    form_new(&form, &a, &form_case_bank);
    if (!form_read_parts(&form, (struct span){ (const char *)bytes, length }, CONTENT_TYPE, &f))
        BUG_UNLESS(f.kind == FAIL_INPUT && *f.code && *f.text);
    arena_free(&a);
    return 0;
}
