/* form_parts.c: multipart/form-data (RFC 7578), as browsers send forms with a file. */
#include "base/out.h"
#include "web/form.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY_MOST = 70, PARTS_MOST = 32, HEADERS_MOST = 2000 };

size_t form_file_most(const struct form_rule *rule)
{
    for (int i = 0; i < rule->field_count; i++)
        if (rule->fields[i].kind == FIELD_FILE) return (size_t)rule->fields[i].most;
    return 0;
}

static bool broken(struct fail *f)
{
    return FAIL(f, FAIL_INPUT, "form_broken", "The form did not arrive whole.");
}

/* The value of a quoted parameter such as name="x" in the headers of a part; NULL when it has none.
 */
static const char *parameter(struct arena *a, struct span headers, const char *name)
{
    const char *wanted = arena_print(a, " %s=\"", name);
    const char *at     = memmem(headers.at, headers.length, wanted, strlen(wanted));

    if (!at) return NULL;
    at += strlen(wanted);
    const char *end = memchr(at, '"', headers.length - (size_t)(at - headers.at));
    return end ? arena_text(a, at, (size_t)(end - at)) : NULL;
}

/* What a part is declared to be; "" when it is not. */
static const char *type_of(struct arena *a, struct span headers)
{
    static const char wanted[] = "content-type:";
    const char *end            = headers.at + headers.length;

    for (const char *at = headers.at; at < end;) {
        const char *line = memmem(at, (size_t)(end - at), "\r\n", 2), *stop = line ? line : end;
        if ((size_t)(stop - at) >= strlen(wanted) && !strncasecmp(at, wanted, strlen(wanted))) {
            for (at += strlen(wanted); at < stop && *at == ' ';)
                at++;
            return arena_text(a, at, (size_t)(stop - at));
        }
        at = line ? line + 2 : end;
    }
    return "";
}

static void pair_encode(struct out *o, const char *name, struct span value)
{
    for (const char *p = name; *p; p++)
        out_print(o, "%%%02X", (unsigned)(unsigned char)*p);
    out_text(o, "=");
    for (size_t i = 0; i < value.length; i++)
        out_print(o, "%%%02X", (unsigned)(unsigned char)value.at[i]);
    out_text(o, "&");
}

static struct field_value *file_named(struct form *form, const char *name)
{
    for (int i = 0; i < form->rule->field_count; i++)
        if (form->rule->fields[i].kind == FIELD_FILE && !strcmp(form->rule->fields[i].name, name))
            return &form->values[i];
    return NULL;
}

static bool part_take(struct form *form, struct out *rest, struct span part, struct fail *f)
{
    const char *blank = memmem(part.at, part.length, "\r\n\r\n", 4);

    if (!blank || blank - part.at > HEADERS_MOST) return broken(f);
    struct span headers = { part.at, (size_t)(blank - part.at) };
    struct span value   = { blank + 4, part.length - headers.length - 4 };
    const char *name    = parameter(form->arena, headers, "name");
    if (!name) return broken(f);
    struct field_value *file = file_named(form, name);
    if (!file) {
        if (value.length > FORM_BYTES) return broken(f);
        pair_encode(rest, name, value);
        return true;
    }
    const char *typed = parameter(form->arena, headers, "filename");
    if (file->given) return broken(f);
    file->text   = typed ? typed : "";
    file->given  = *file->text || value.length;
    file->type   = type_of(form->arena, headers);
    file->bytes  = value.at;
    file->length = value.length;
    return true;
}

bool form_read_parts(struct form *form, struct span body, const char *content_type, struct fail *f)
{
    const char *at = strcasestr(content_type, "boundary="), *end = body.at + body.length;
    struct out rest = { .arena = form->arena };

    if (!at) return broken(f);
    at += strlen("boundary=");
    at += *at == '"';
    size_t n = strcspn(at, "\"; ");
    if (!n || n > BOUNDARY_MOST) return broken(f);
    const char *mark = arena_print(form->arena, "\r\n--%.*s", (int)n, at);
    size_t length    = n + 4;
    const char *from = body.at;
    if (body.length < length || memcmp(from, mark + 2, length - 2)) return broken(f);
    from += length - 2;
    for (int parts = 0;; parts++) {
        if (end - from >= 2 && !memcmp(from, "--", 2)) break;
        if (end - from < 2 || memcmp(from, "\r\n", 2) || parts == PARTS_MOST) return broken(f);
        from += 2;
        const char *to = memmem(from, (size_t)(end - from), mark, length);
        if (!to || !part_take(form, &rest, (struct span){ from, (size_t)(to - from) }, f))
            return to ? false : broken(f);
        from = to + length;
    }
    const char *text = out_string(&rest);
    return form_read(form, text, rest.length, false, f);
}
