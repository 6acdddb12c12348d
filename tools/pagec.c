/* pagec.c: compiles page templates to C.
 * Usage: pagec ASSETS.txt OUT.h OUT.c TEMPLATE.html... [CATALOGUE.po... SOURCE.c...]
 *
 * With a catalogue the pages that people outside see are in Welsh too: a sentence of theirs, or of
 * the sources, without its Welsh is refused (pagec_run.h, pagec_source.h).
 * doc/web.md describes the templates.  Values are escaped for the place they stand in, which is
 * followed at compile time (pagec_html.h); what can never be safe is refused with file and line. */
#include "pagec_html.h"
#include "pagec_source.h"
#include "pagec_write.h"

static char *file_read(const char *name)
{
    FILE *f = fopen(name, "rb");
    char *text;
    size_t size;

    if (!f) stop(name, 0, "cannot be read");
    FILE *to = open_memstream(&text, &size);
    for (int c; (c = fgetc(f)) != EOF;)
        fputc(c, to);
    fclose(f);
    fclose(to);
    if (strlen(text) != size) stop(name, 0, "has a NUL byte");
    return text;
}

static enum sort sort_of(const char *s, bool *declares)
{
    static const char *const sorts[] = { "struct", "page", "partial", "layout", "form" };

    while (isspace((unsigned char)*s))
        s++;
    size_t n  = strcspn(s, " \n}");
    *declares = false;
    for (int i = 0; i < 5; i++)
        if (strlen(sorts[i]) == n && !strncmp(sorts[i], s, n)) {
            *declares = true;
            return (enum sort)i;
        }
    return SORT_STRUCT;
}

static void file_declare(const char *name)
{
    char *text          = file_read(name);
    int line            = 1;
    struct record *open = NULL;
    const char *base    = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;

    for (const char *p = text; *p; p++) {
        bool declares  = false;
        enum sort sort = !strncmp(p, "{{", 2) ? sort_of(p + 2, &declares) : SORT_STRUCT;
        if (!declares) {
            if (!open && !strncmp(p, "{{!", 3) && strstr(p, "}}"))
                for (; strncmp(p, "}}", 2); p++)
                    line += *p == '\n';
            else if (!open && !isspace((unsigned char)*p) && *p != '}')
                stop(name, line, "text before any declaration");
            line += *p == '\n';
            continue;
        }
        const char *end = strstr(p, "}}");
        if (!end) stop(name, line, "{{ is not closed");
        if (open) open->body_end = p;
        open = record_read(sort, name, line, p + 2, end);
        if (sort == SORT_PAGE && (strncmp(open->name, base, strlen(open->name)) ||
                                  strcmp(base + strlen(open->name), ".html")))
            stop(name, line, "the page %s belongs in the file %s.html", open->name, open->name);
        if (sort == SORT_PAGE && open->access < 0)
            stop(name, line,
                 "the page %s declares no access; say `access public` or `access caseworker`",
                 open->name);
        for (; p < end; p++)
            line += *p == '\n';
        p++;
        open->body = p + 1, open->body_line = line;
        open->body_end = text + strlen(text);
        if (sort == SORT_STRUCT || sort == SORT_FORM) open = NULL;
    }
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), k = strlen(end);
    return n > k && !strcmp(name + n - k, end);
}

static void file_take(const char *name)
{
    if (ends_with(name, ".po"))
        catalogue_read(name, file_read(name));
    else if (!ends_with(name, ".c"))
        file_declare(name);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: pagec ASSETS.txt OUT.h OUT.c FILE...\n");
        return 2;
    }
    assets = file_read(argv[1]);
    for (int i = 4; i < argc; i++)
        file_take(argv[i]);
    for (int i = 0; i < record_count; i++) {
        if (records[i]->sort == SORT_LAYOUT) layout = records[i];
        for (int j = 0; j < records[i]->field_count; j++)
            field_resolve(records[i], &records[i]->fields[j]);
    }
    if (!layout) stop(argv[4], 0, "no template declares the layout");
    welsh_mark(layout);
    for (int i = 4; has_welsh && i < argc; i++)
        if (ends_with(argv[i], ".c")) source_scan(argv[i], file_read(argv[i]));
    char *texts[2];
    size_t sizes[2];
    FILE *h = open_memstream(&texts[0], &sizes[0]), *c = open_memstream(&texts[1], &sizes[1]);
    header_write(h);
    source_write(h, c, argv[2]);
    fclose(h);
    fclose(c);
    welsh_end();
    for (int i = 0; i < 2; i++) {
        FILE *to = fopen(argv[2 + i], "wb");
        if (!to || fwrite(texts[i], 1, sizes[i], to) != sizes[i] || fclose(to))
            stop(argv[2 + i], 0, "cannot be written");
    }
    return 0;
}
