/* fuzz_form.c: any bytes as a form.  The first byte picks the form; what is read must hold to its
 * declaration, and can be shown. */
#include "fuzz.h"

#include "web/escape.h"
#include "web/form.h"

#include <string.h>

static const struct field_rule many_fields[] = {
    { .name     = "d",
      .kind     = FIELD_DATE,
      .required = true,
      .least    = -1,
      .most     = -1,
      .missing  = "m",
      .wrong    = "w" },
    { .name = "t", .kind = FIELD_TEXT, .least = -1, .most = 10, .missing = "", .wrong = "w" },
    { .name = "c", .kind = FIELD_COUNT, .least = 2, .most = 9, .missing = "", .wrong = "w" },
    { .name = "m", .kind = FIELD_MONEY, .least = 1, .most = 50, .missing = "", .wrong = "w" },
};
static const struct form_rule many = { "many", many_fields, 4 };

static void check_value(const struct form *form, int i)
{
    const struct field_rule *rule   = &form->rule->fields[i];
    const struct field_value *value = &form->values[i];

    if (!form_has(form, i)) {
        BUG_UNLESS(!value->given || value->error);
        BUG_UNLESS(!rule->required || value->error);
        return;
    }
    switch (rule->kind) {
    case FIELD_TEXT: BUG_UNLESS(*form_text(form, i)); break;
    case FIELD_MONEY:
        BUG_UNLESS(form_money(form, i).p >= 0 && form_money(form, i).p <= MONEY_MOST.p);
        BUG_UNLESS(rule->most < 0 || form_money(form, i).p <= rule->most * 100);
        break;
    case FIELD_COUNT:
        BUG_UNLESS(form_count(form, i) >= rule->least &&
                   (rule->most < 0 || form_count(form, i) <= rule->most));
        break;
    case FIELD_DATE: {
        struct date_ymd d = date_split(form_date(form, i));
        BUG_UNLESS(date_exists(d.year, d.month, d.day));
        break;
    }
    case FIELD_CHOICE:
    case FIELD_TICKS:
    case FIELD_FILE: break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct form_rule *const forms[] = { &many, &form_ask_special, &form_ask_nights,
                                                     &form_sign_in };
    struct arena a                               = { 0 };
    struct out o                                 = { .arena = &a };
    struct form form;
    struct fail f = { 0 };

    if (length > 0) {
        form_new(&form, &a, forms[bytes[0] % 4]);
        if (form_read(&form, (const char *)bytes + 1, length - 1, bytes[0] & 4, &f)) {
            int errors = 0;
            for (int i = 0; i < form.rule->field_count; i++) {
                check_value(&form, i);
                struct view_field view = form_view(&form, i);
                errors += view.error != NULL;
                escape_text(&o, view.value);
                escape_part(&o, view.value);
                escape_local(&o, view.value);
            }
            BUG_UNLESS(errors == form.errors);
            BUG_UNLESS(!strpbrk(out_string(&o), "<>\"'"));
        } else {
            BUG_UNLESS(f.kind == FAIL_INPUT && *f.code && *f.text);
        }
    }
    arena_free(&a);
    return 0;
}
