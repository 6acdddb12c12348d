/* pagec_compile.h: one template to C: literal text, values, conditions, loops, calls, sections. */
#pragma once
#include "pagec_html.h"
#include "pagec_run.h"

enum { DEPTH = 16, SECTIONS = 8 };
struct variable {
    const char *name, *c;
    struct type type;
};
struct section {
    const char *name;
    char *code;
    bool used;
};
/* One template being compiled. */
struct unit {
    struct record *r;
    const char *at, *end;
    bool welsh;                   /* its Welsh body */
    int line, loops, calls, part; /* part: of a layout or a wrapping partial */
    struct html html;
    struct variable variables[DEPTH];
    int variable_count, control;
    FILE *code, *plain; /* plain: literal text not yet written to code */
    char *plain_text;
    size_t plain_size;
};
struct value {
    char c[256];
    struct type type;
};
static struct record *layout;
static struct section slots[SECTIONS]; /* the layout's slots in their order */
static int slot_count;
static char *assets; /* lines "NAME ADDRESS" */

/* ---- writing C ---- */

static const char *language_suffix(const struct unit *u)
{
    return u->welsh ? "_cy" : "";
}

static void write_text_c(FILE *to, const char *s, size_t n)
{
    fputc('"', to);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '\n')
            fputs(i + 1 < n ? "\\n\"\n        \"" : "\\n", to);
        else if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '?')
            fprintf(to, "\\%03o", c);
        else
            fputc(c, to);
    }
    fputc('"', to);
}

static void plain_open(struct unit *u)
{
    u->plain = open_memstream(&u->plain_text, &u->plain_size);
}

static void plain_flush(struct unit *u)
{
    fclose(u->plain);
    if (u->plain_size) {
        fputs("    out_bytes(o, ", u->code);
        write_text_c(u->code, u->plain_text, u->plain_size);
        fprintf(u->code, ", %zu);\n", u->plain_size);
    }
    free(u->plain_text);
    plain_open(u);
}

static void unit_stop(struct unit *u, const char *what, const char *detail)
{
    stop(u->r->file, u->line, "%s%s%s", what, *detail ? ": " : "", detail);
}

static void feed(struct unit *u, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) { /* line by line, so that a fault names its line */
        const char *newline = memchr(s + i, '\n', n - i);
        size_t part         = newline ? (size_t)(newline - s) + 1 - i : n - i;
        html_feed(&u->html, s + i, part, u->plain);
        if (u->html.wrong) unit_stop(u, u->html.wrong, "");
        u->line += newline != NULL;
        i += part;
    }
}

/* ---- expressions ---- */

static const struct field *field_find(const struct record *r, const char *name, size_t n)
{
    for (int i = 0; i < r->field_count; i++)
        if (strlen(r->fields[i].name) == n && !memcmp(r->fields[i].name, name, n))
            return &r->fields[i];
    return NULL;
}

/* The first name of a path: a loop's variable, `frame`, or a field of the template. */
static const char *path_start(struct unit *u, const char *path, struct value *v,
                              const struct record **r)
{
    size_t n = strcspn(path, ".");

    for (int i = u->variable_count; i-- > 0;) {
        const struct variable *x = &u->variables[i];
        if (strlen(x->name) != n || memcmp(x->name, path, n)) continue;
        snprintf(v->c, sizeof v->c, "%s", x->c);
        v->type = x->type;
        *r      = x->type.record;
        return path + n;
    }
    if (n == 5 && !memcmp(path, "frame", n)) {
        snprintf(v->c, sizeof v->c, "f");
        *r = layout;
        return path + n;
    }
    snprintf(v->c, sizeof v->c, "%s", u->r->sort == SORT_LAYOUT ? "f" : "p");
    *r = u->r;
    return path - 1;
}

static struct value path_read(struct unit *u, const char *path)
{
    struct value v         = { .c = "" };
    const struct record *r = NULL;
    bool pointer           = true;
    const char *at         = path_start(u, path, &v, &r);

    while (at < path || *at == '.') {
        size_t n              = strcspn(++at, ".");
        const struct field *f = r ? field_find(r, at, n) : NULL;
        if (!f) unit_stop(u, "there is no such value here", path);
        size_t used = strlen(v.c);
        snprintf(v.c + used, sizeof v.c - used, "%s%s", pointer ? "->" : ".", f->name);
        v.type = f->type;
        /* What a partial was given is in the reader's language already. */
        if (r == u->r && r->sort == SORT_PARTIAL && v.type.kind == KIND_WORDS && !v.type.list)
            v.type.kind = KIND_TEXT;
        r       = f->type.list ? NULL : f->type.record;
        pointer = false;
        at += n;
    }
    return v;
}

static bool is_text(const struct type *t)
{
    return t->kind == KIND_TEXT || t->kind == KIND_WORDS;
}

static const char *condition_read(struct unit *u, const struct words *w, int from)
{
    char *text = take(1024);
    bool not   = from < w->count && !strcmp(w->word[from], "not");

    from += not ;
    if (from >= w->count) unit_stop(u, "a condition needs a value", "");
    struct value v = path_read(u, w->word[from]);
    if (w->count == from + 3 && !strcmp(w->word[from + 1], "is") && !v.type.list) {
        const char *other = w->word[from + 2];
        if (is_text(&v.type) && *other == '"') {
            snprintf(text, 1024, "%sescape_same(%s, %s)", not ? "!" : "", v.c, other);
            return text;
        }
        struct value second = is_text(&v.type) ? path_read(u, other) : v;
        if (is_text(&second.type)) {
            snprintf(text, 1024, "%sescape_same(%s, %s)", not ? "!" : "", v.c, second.c);
            return text;
        }
        if (v.type.kind == KIND_INT && strspn(other, "0123456789") == strlen(other)) {
            snprintf(text, 1024, "%s %s %s", v.c, not ? "!=" : "==", other);
            return text;
        }
        unit_stop(u, "`is` compares a text with a text or an int with a number", w->word[from]);
    }
    if (w->count != from + 1) unit_stop(u, "a condition is [not] VALUE [is VALUE]", w->word[from]);
    if (v.type.list)
        snprintf(text, 1024, "%s(%s_count > 0)", not ? "!" : "", v.c);
    else if (is_text(&v.type))
        snprintf(text, 1024, "%sescape_given(%s)", not ? "!" : "", v.c);
    else if (v.type.kind == KIND_BOOL)
        snprintf(text, 1024, "%s%s", not ? "!" : "", v.c);
    else if (v.type.kind == KIND_INT)
        snprintf(text, 1024, "%s %s 0", v.c, not ? "==" : "!=");
    else
        unit_stop(u, "a condition is a bool, a text, an int or a list; let the handler decide",
                  v.c);
    return text;
}

/* ---- directives ---- */

/* Only text between elements can say that it is in English after all. */
static const char *welsh_escape(const struct unit *u, enum kind kind, enum html_place place,
                                const char *plain)
{
    const char *in = u->html.depth ? u->html.open[u->html.depth - 1] : "";
    bool tags      = place == PLACE_TEXT && !html_listed("title option textarea", in);

    if (kind == KIND_DATE) return "escape_words_welsh";
    return kind == KIND_WORDS ? tags ? "escape_said" : "escape_said_plain" : plain;
}

static void value_write(struct unit *u, const char *path, const char *filter)
{
    static const char *const plain[KINDS] = {
        "escape_text", "escape_text", "escape_pounds", "escape_words", "escape_int", NULL, NULL
    };
    static const char *const inside[KINDS] = { "escape_part", NULL, NULL, "out_date",
                                               "escape_int",  NULL, NULL };
    enum html_place place                  = html_place(&u->html);

    if (place == PLACE_NONE) unit_stop(u, u->html.wrong, "");
    struct value v   = path_read(u, path);
    bool url         = place == PLACE_URL_PART || place == PLACE_URL_WHOLE;
    const char *with = v.type.list ? NULL : url ? inside[v.type.kind] : plain[v.type.kind];
    if (place == PLACE_URL_WHOLE)
        with = v.type.kind == KIND_TEXT && !v.type.list ? "escape_local" : NULL;
    if (u->welsh && !url && !v.type.list) with = welsh_escape(u, v.type.kind, place, with);
    if (!strcmp(filter, "plain") && v.type.kind == KIND_MONEY)
        with = "out_money";
    else if (!strcmp(filter, "iso") && v.type.kind == KIND_DATE)
        with = "out_date";
    else if (*filter)
        unit_stop(u, "the filters are money|plain and date|iso, not", filter);
    if (!with) unit_stop(u, "a value of this type cannot be written here", path);
    plain_flush(u);
    fprintf(u->code, "    %s(o, %s);\n", with, v.c);
}

static void asset_write(struct unit *u, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = assets; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
        if (!strncmp(p, name, n) && p[n] == ' ') {
            feed(u, p + n + 1, strcspn(p + n + 1, "\n"));
            return;
        }
    unit_stop(u, "there is no asset", name);
}

static const char *block(struct unit *u);

/* Where a control directive stands inside an address, what came before it must already be good; an
 * attribute without a value ends there. */
static void branch_check(struct unit *u)
{
    if (u->html.state == HTML_ATTRIBUTE) {
        fputc(' ', u->plain);
        u->html.state = HTML_TAG;
    }
    if ((u->html.state == HTML_DOUBLE || u->html.state == HTML_SINGLE) && !u->html.dynamic)
        html_check_prefix(&u->html);
    if (u->html.wrong) unit_stop(u, u->html.wrong, "");
}

static void if_write(struct unit *u, const struct words *first)
{
    struct html before = u->html, after = { .depth = -1 };
    struct words w = *first;
    int line       = u->line;
    bool rest      = false;
    const char *ended;

    branch_check(u);
    plain_flush(u);
    fprintf(u->code, "    if (%s) {\n", condition_read(u, &w, 1));
    u->control++;
    for (;;) {
        ended = block(u);
        branch_check(u);
        plain_flush(u);
        if (after.depth >= 0 && !html_same(&u->html, &after))
            stop(u->r->file, line, "the branches of this if end at different places in the HTML");
        after = u->html;
        w     = words_split(u->r->file, u->line, ended, strlen(ended));
        if (!strcmp(w.word[0], "/if")) break;
        if (rest || (strcmp(w.word[0], "else") && strcmp(w.word[0], "elif")))
            unit_stop(u, "an if is closed by /if, not by", ended);
        u->html = before;
        if (!strcmp(w.word[0], "else"))
            rest = true, fputs("    } else {\n", u->code);
        else
            fprintf(u->code, "    } else if (%s) {\n", condition_read(u, &w, 1));
    }
    u->control--;
    if (!rest && !html_same(&before, &after))
        stop(u->r->file, line,
             "this if without else ends at another place in the HTML than it began");
    u->html.at_space = false;
    fputs("    }\n", u->code);
}

/* {{each NAME in LIST [number NAME]}} */
static void each_write(struct unit *u, const struct words *w)
{
    struct html before = u->html;
    int line = u->line, n = u->loops++;
    char *item = take(64), *number = take(64);

    if ((w->count != 4 && w->count != 6) || strcmp(w->word[2], "in") ||
        (w->count == 6 && strcmp(w->word[4], "number")))
        unit_stop(u, "a loop is {{each NAME in LIST}} or {{each NAME in LIST number NAME}}", "");
    struct value v = path_read(u, w->word[3]);
    if (!v.type.list || u->variable_count + 2 > DEPTH)
        unit_stop(u, "this is not a list", w->word[3]);
    branch_check(u);
    plain_flush(u);
    snprintf(item, 64, v.type.kind == KIND_RECORD ? "v%d" : "(*v%d)", n);
    snprintf(number, 64, "(n%d + 1)", n);
    fprintf(u->code, "    for (int32_t n%d = 0; n%d < %s_count; n%d++) {\n", n, n, v.c, n);
    if (v.type.kind == KIND_RECORD)
        fprintf(u->code, "    const struct view_%s *v%d = &%s[n%d];\n", v.type.record->name, n, v.c,
                n);
    else
        fprintf(u->code, "    %s%s *v%d = &%s[n%d];\n", is_text(&v.type) ? "" : "const ",
                is_text(&v.type) ? "const char *const" : kind_c[v.type.kind], n, v.c, n);
    fprintf(u->code, "    (void)v%d;\n", n);
    v.type.list                       = false;
    u->variables[u->variable_count++] = (struct variable){ w->word[1], item, v.type };
    if (w->count == 6)
        u->variables[u->variable_count++] =
            (struct variable){ w->word[5], number, { .kind = KIND_INT } };
    u->html.at_space = false;
    u->control++;
    const char *ended = block(u);
    u->control--;
    if (strcmp(ended, "/each")) unit_stop(u, "an each is closed by /each, not by", ended);
    branch_check(u);
    plain_flush(u);
    u->variable_count -= w->count == 6 ? 2 : 1;
    if (!html_same(&before, &u->html))
        stop(u->r->file, line, "this each ends at another place in the HTML than it began");
    fputs("    }\n", u->code);
}

static void argument_write(struct unit *u, const struct record *part, const char *word, bool *given)
{
    size_t n              = strcspn(word, "=");
    const struct field *f = word[n] == '=' ? field_find(part, word, n) : NULL;
    const char *value     = word + n + 1;

    if (!f) unit_stop(u, "the partial has no such field", word);
    if (given[f - part->fields]) unit_stop(u, "given twice", word);
    given[f - part->fields] = true;
    if (*value == '"' && is_text(&f->type) && !f->type.list) {
        value = unquote(u->r->file, u->line, value);
        fprintf(u->code, "        .%s = ", f->name);
        write_text_c(u->code, value, strlen(value));
        fputs(",\n", u->code);
        return;
    }
    bool boolean = f->type.kind == KIND_BOOL && (!strcmp(value, "true") || !strcmp(value, "false"));
    bool number =
        f->type.kind == KIND_INT && *value && strspn(value, "0123456789") == strlen(value);
    if (boolean || number) {
        fprintf(u->code, "        .%s = %s,\n", f->name, value);
        return;
    }
    struct value v = path_read(u, value);
    bool texts     = is_text(&v.type) && is_text(&f->type) && !v.type.list;
    if ((v.type.kind != f->type.kind && !texts) || v.type.list != f->type.list ||
        v.type.record != f->type.record)
        unit_stop(u, "the value is not of the type the partial declares", word);
    bool item = v.type.kind == KIND_RECORD && !v.type.list && !strstr(v.c, "->"); /* of a loop */
    bool says = u->welsh && v.type.kind == KIND_WORDS && !v.type.list;
    fprintf(u->code, "        .%s = %s%s%s,\n", f->name,
            item   ? "*"
            : says ? "said(o->arena, "
                   : "",
            v.c, says ? ")" : "");
    if (v.type.list) fprintf(u->code, "        .%s_count = %s_count,\n", f->name, v.c);
}

/* {{call PARTIAL field=value …}} and {{wrap PARTIAL …}} … {{/wrap}} */
static void call_write(struct unit *u, const struct words *w, bool wrap)
{
    struct record *part = w->count > 1 ? record_find(SORT_PARTIAL, w->word[1]) : NULL;
    bool given[FIELDS]  = { false };
    int n               = u->calls++;

    if (!part) unit_stop(u, "there is no partial", w->count > 1 ? w->word[1] : "");
    if (html_place(&u->html) != PLACE_TEXT)
        unit_stop(u, "a partial may only stand between elements", part->name);
    if (wrap != (strstr(part->body, "{{body}}") && strstr(part->body, "{{body}}") < part->body_end))
        unit_stop(u,
                  wrap ? "a partial without {{body}} is called, not wrapped"
                       : "a partial with {{body}} is wrapped, not called",
                  part->name);
    plain_flush(u);
    fprintf(u->code, "    {\n    const struct part_%s a%d = {\n", part->name, n);
    for (int i = 2; i < w->count; i++)
        argument_write(u, part, w->word[i], given);
    for (int i = 0; i < part->field_count; i++)
        if (!given[i] && !part->fields[i].optional)
            unit_stop(u, "the partial needs the field", part->fields[i].name);
    fputs("    };\n", u->code);
    fprintf(u->code, "    part_%s%s%s(o, f, &a%d);\n", part->name, language_suffix(u),
            wrap ? "_open" : "", n);
    if (wrap) {
        struct html before = u->html;
        u->control++;
        const char *ended = block(u);
        u->control--;
        if (strcmp(ended, "/wrap") || !html_same(&before, &u->html))
            unit_stop(u, "a wrap is closed by /wrap at the same place in the HTML", part->name);
        plain_flush(u);
        fprintf(u->code, "    part_%s%s_close(o, f, &a%d);\n", part->name, language_suffix(u), n);
    }
    fputs("    }\n", u->code);
}

static void part_end(struct unit *u)
{
    if (u->control || u->html.state != HTML_TEXT)
        unit_stop(u, "a body or a slot stands between elements, outside if and each", "");
    plain_flush(u);
    fputs("}\n", u->code);
    u->part++;
    u->html.at_space = false;
}

static void body_write(struct unit *u)
{
    if (u->r->sort != SORT_PARTIAL || u->part)
        unit_stop(u, "only a partial has a body, and only one", "");
    part_end(u);
    fprintf(u->code,
            "static __attribute__((unused)) void part_%s%s_close(struct out *o, const struct "
            "page_frame *f, const struct part_%s *p)\n{\n    (void)o; (void)f; (void)p;\n",
            u->r->name, language_suffix(u), u->r->name);
}

static void slot_write(struct unit *u, const char *name)
{
    if (u->r->sort != SORT_LAYOUT || slot_count == SECTIONS)
        unit_stop(u, "only the layout has slots, and few", name);
    if (!u->welsh) slots[slot_count++].name = name;
    part_end(u);
    fprintf(u->code,
            "static void layout_%d%s(struct out *o, const struct page_frame *f)\n{\n    (void)o; "
            "(void)f;\n",
            u->part, language_suffix(u));
}

static void section_write(struct unit *u, const char *name)
{
    FILE *outer = u->code;

    for (int i = 0; i < slot_count; i++) {
        if (strcmp(slots[i].name, name)) continue;
        size_t size;
        if (slots[i].used || u->control)
            unit_stop(u, "a section stands once, outside everything else", name);
        plain_flush(u);
        slots[i].used = true;
        u->code       = open_memstream(&slots[i].code, &size);
        u->control++;
        const char *ended = block(u);
        u->control--;
        if (strcmp(ended, "/section") || u->html.state != HTML_TEXT || u->html.depth)
            unit_stop(u, "a section is closed by /section with every element closed", name);
        plain_flush(u);
        fclose(u->code);
        u->code = outer;
        return;
    }
    unit_stop(u, "the layout has no slot", name);
}

/* {{let NAME if CONDITION "one text" "the other"}}: until the end of the block. */
static void let_write(struct unit *u, struct words *w)
{
    char *c = take(64);

    if (w->count < 6 || strcmp(w->word[2], "if") || u->variable_count == DEPTH)
        unit_stop(u, "a text is chosen by {{let NAME if CONDITION \"…\" \"…\"}}", "");
    name_check(u->r->file, u->line, w->word[1]);
    const char *one   = unquote(u->r->file, u->line, w->word[w->count - 2]);
    const char *other = unquote(u->r->file, u->line, w->word[w->count - 1]);
    w->count -= 2;
    snprintf(c, 64, "l%d", u->calls++);
    plain_flush(u);
    fprintf(u->code, "    const char *const %s = %s ? ", c, condition_read(u, w, 3));
    write_text_c(u->code, one, strlen(one));
    fputs(" : ", u->code);
    write_text_c(u->code, other, strlen(other));
    fputs(";\n", u->code);
    u->variables[u->variable_count++] = (struct variable){ w->word[1], c, { .kind = KIND_TEXT } };
}

static void directive(struct unit *u, const char *text, struct words *w)
{
    const char *verb = w->word[0], *second = w->count > 1 ? w->word[1] : "";

    if (!strcmp(verb, "if")) {
        if_write(u, w);
    } else if (!strcmp(verb, "each")) {
        each_write(u, w);
    } else if (!strcmp(verb, "call") || !strcmp(verb, "wrap")) {
        call_write(u, w, *verb == 'w');
    } else if (!strcmp(verb, "let")) {
        let_write(u, w);
    } else if (!strcmp(text, "body")) {
        body_write(u);
    } else if (!strcmp(text, "language")) {
        feed(u, u->welsh ? "cy" : "en", 2);
    } else if (!strcmp(verb, "slot") && w->count == 2) {
        slot_write(u, second);
    } else if (!strcmp(verb, "section") && w->count == 2) {
        section_write(u, second);
    } else if (!strcmp(verb, "asset") && w->count == 2) {
        asset_write(u, unquote(u->r->file, u->line, second));
    } else if (w->count == 1) {
        char *path = copy(verb, strcspn(verb, "|"));
        value_write(u, path, verb[strlen(path)] ? verb + strlen(path) + 1 : "");
    } else {
        unit_stop(u, "not understood", text);
    }
}

/* Compiles up to a closing directive, which is returned, or the end (""). */
static const char *block(struct unit *u)
{
    int outer = u->variable_count;

    while (u->at < u->end) {
        const char *open = strstr(u->at, "{{");
        if (!open || open > u->end) open = u->end;
        if (u->r->sort == SORT_PAGE && !u->control && open > u->at) {
            for (const char *p = u->at; p < open; u->line += *p++ == '\n')
                if (!isspace((unsigned char)*p))
                    unit_stop(u, "the text of a page stands in its sections", "");
        } else {
            feed(u, u->at, (size_t)(open - u->at));
        }
        if (open == u->end) break;
        const char *close = strstr(open, "}}");
        if (!close || close > u->end) unit_stop(u, "{{ is not closed", "");
        const char *text = open + 2;
        while (text < close && isspace((unsigned char)*text))
            text++;
        const char *last = close;
        while (last > text && isspace((unsigned char)last[-1]))
            last--;
        const char *whole = copy(text, (size_t)(last - text));
        struct words w = words_split(u->r->file, u->line, whole, *whole == '!' ? 0 : strlen(whole));
        u->at          = close + 2;
        if (*whole == '!') continue;
        if (!w.count) unit_stop(u, "an empty {{ }}", "");
        if (u->r->sort == SORT_PAGE && !u->control && strcmp(w.word[0], "section"))
            unit_stop(u, "a page is made of sections", whole);
        if (*whole == '/' || !strcmp(w.word[0], "else") || !strcmp(w.word[0], "elif")) {
            u->variable_count = outer;
            return whole;
        }
        directive(u, whole, &w);
    }
    return "";
}

static void unit_compile(struct record *r, FILE *code, bool welsh)
{
    size_t n         = 0;
    const char *body = welsh ? welsh_body(r, &n) : NULL;
    struct unit u    = { .r     = r,
                         .at    = welsh ? body : r->body,
                         .end   = welsh ? body + n : r->body_end,
                         .line  = r->body_line,
                         .code  = code,
                         .welsh = welsh };

    u.html.at_space = r->sort == SORT_LAYOUT;
    plain_open(&u);
    const char *ended = block(&u);
    if (*ended) unit_stop(&u, "closes nothing", ended);
    if (u.html.state != HTML_TEXT || u.html.depth)
        unit_stop(&u, "the template ends inside an element",
                  u.html.depth ? u.html.open[u.html.depth - 1] : u.html.tag);
    plain_flush(&u);
    fclose(u.plain);
    free(u.plain_text);
    r->wraps = r->sort == SORT_PARTIAL && u.part;
}
