/* fuzz_program.c: any bytes as the JSON or the query that a program sends.  What is taken is a
 * form's pairs that the form itself takes. */
#include "fuzz.h"

#include "web/api.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena a   = { 0 };
    struct out pairs = { .arena = &a };
    struct fail f    = { 0 };
    struct form form;

    if (length > 0) {
        const char *text = arena_text(&a, (const char *)bytes + 1, length - 1);
        bool json        = bytes[0] & 1;
        form_new(&form, &a, bytes[0] & 2 ? &form_api_fact : &form_api_statement);
        bool taken = json ? api_pairs_of_json(&a, form.rule, text, length - 1, &pairs, &f)
                          : api_pairs_of_query(&a, form.rule, text, &pairs, &f);
        BUG_UNLESS(taken || (f.kind == FAIL_INPUT && *f.code && *f.text));
        if (taken && !form_read(&form, out_string(&pairs), pairs.length, false, &f))
            BUG_UNLESS(f.kind == FAIL_INPUT && *f.code);
    }
    arena_free(&a);
    return 0;
}
