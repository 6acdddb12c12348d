/* pagec_run.h: the sentences of a template: runs of text, inline elements and values without
 * control between them; and the template's Welsh body.
 *
 * In the catalogue a value is {its.path} and an element <a>, <strong>, <span2>: the attributes stay
 * in the template.  What stands in an element with a `lang` of its own is left alone. */
#pragma once
#include "pagec_welsh.h"

enum { PIECES = 256, RUN = 8192 };
enum piece_kind { PIECE_TEXT, PIECE_VALUE, PIECE_OPEN, PIECE_CLOSE };
struct piece {
    enum piece_kind kind;
    const char *s;
    size_t n;
    char name[48]; /* as the catalogue says it */
    int twin;      /* of an element: its other end; -1 for none in this run */
};
struct runs {
    const struct record *r;
    int line, count;
    bool check; /* texts given to fields that are not `words` are looked at */
    struct piece pieces[PIECES];
    FILE *to;
};

static bool name_in(const char *list, const char *s, size_t n)
{
    for (const char *p = list; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && !memcmp(p, s, n)) return true;
    return false;
}

static void body_process(struct runs *w, const char *s, const char *end);

static void put(struct runs *w, const char *s, size_t n)
{
    fwrite(s, 1, n, w->to);
}

/* Text between control and elements: a sentence of its own.  Nothing else may be open. */
static void inner_process(struct runs *w, const char *s, size_t n)
{
    struct runs *inner = take(sizeof *inner);

    inner->r = w->r, inner->line = w->line, inner->to = w->to;
    body_process(inner, s, s + n);
}

/* The end of a tag that begins at s: after its >. */
static const char *tag_end(const char *s, const char *end)
{
    char quote = 0;

    for (; s < end; s++) {
        if (!strncmp(s, "{{", 2)) {
            const char *close = strstr(s, "}}");
            if (!close || close > end) return end;
            s = close + 1;
        } else if (quote) {
            if (*s == quote) quote = 0;
        } else if (*s == '"' || *s == '\'') {
            quote = *s;
        } else if (*s == '>') {
            return s + 1;
        }
    }
    return end;
}

/* A tag with the attributes that people read in Welsh. */
static void tag_put(struct runs *w, const char *s, size_t n)
{
    static const char read_out[] = "aria-label title alt placeholder data-label label";
    const char *end = s + n, *from = s;

    for (const char *p = s; p < end; p++) {
        if (p[0] != '=' || p + 1 == end || p[1] != '"') continue;
        const char *name = p;
        while (name > s && (islower((unsigned char)name[-1]) || name[-1] == '-'))
            name--;
        const char *value = p + 2, *close = value;
        while (close < end && *close != '"') {
            const char *out = !strncmp(close, "{{", 2) ? strstr(close, "}}") : NULL;
            close           = out ? out + 2 : close + 1;
        }
        if (name_in(read_out, name, (size_t)(p - name))) {
            put(w, from, (size_t)(value - from));
            inner_process(w, value, (size_t)(close - value));
            from = close;
        }
        p = close;
    }
    put(w, from, (size_t)(end - from));
}

static void piece_put(struct runs *w, const struct piece *p)
{
    if (p->kind == PIECE_OPEN)
        tag_put(w, p->s, p->n);
    else
        put(w, p->s, p->n);
}

/* ---- one sentence ---- */

static bool run_speaks(const struct runs *w, int from, int to)
{
    for (int i = from; i < to; i++)
        if (w->pieces[i].kind == PIECE_TEXT && has_letters(w->pieces[i].s, w->pieces[i].n))
            return true;
    return false;
}

static void pieces_name(struct runs *w, int from, int to)
{
    for (int i = from; i < to; i++) {
        struct piece *p = &w->pieces[i];
        int before      = 0;
        if (p->kind != PIECE_OPEN) continue;
        size_t n = 1 + strspn(p->s + 1, "abcdefghijklmnopqrstuvwxyz");
        for (int k = from; k < i; k++)
            before += w->pieces[k].kind == PIECE_OPEN &&
                      !strncmp(w->pieces[k].s + 1, p->s + 1, n - 1) &&
                      !islower((unsigned char)w->pieces[k].s[n]);
        snprintf(p->name, sizeof p->name, before ? "%.*s%d>" : "%.*s>", (int)n, p->s, before + 1);
        snprintf(w->pieces[p->twin].name, sizeof p->name, "</%s", p->name + 1);
    }
}

/* The sentence as the catalogue has it, white space folded. */
static const char *run_english(struct runs *w, int from, int to, int *newlines)
{
    char *text = take(RUN);
    size_t n   = 0;

    *newlines = 0;
    for (int i = from; i < to; i++) {
        const struct piece *p = &w->pieces[i];
        const char *s         = p->kind == PIECE_TEXT ? p->s : p->name;
        size_t length         = p->kind == PIECE_TEXT ? p->n : strlen(p->name);
        if (n + length + 2 > RUN) stop(w->r->file, w->line, "a sentence is too long");
        for (size_t k = 0; k < length; k++) {
            *newlines += s[k] == '\n';
            if (!isspace((unsigned char)s[k]))
                text[n++] = s[k];
            else if (n && text[n - 1] != ' ')
                text[n++] = ' ';
        }
    }
    text[n] = '\0';
    return text;
}

static bool run_fault(const struct entry *e, const char *what, const char *name)
{
    stop(e->file, e->line, "%s: %s", what, name);
    return false;
}

/* What stands for a name of the Welsh text, each once. */
static struct piece *piece_take(struct runs *w, int from, int to, const char *name, bool *taken)
{
    for (int i = from; i < to; i++)
        if (!taken[i] && w->pieces[i].kind != PIECE_TEXT && !strcmp(w->pieces[i].name, name)) {
            taken[i] = true;
            return &w->pieces[i];
        }
    return NULL;
}

/* Writes the Welsh of a sentence, each {name} and <name> as the template has it: all of them, and
 * elements closed in their order. */
static void run_put(struct runs *w, int from, int to, const struct entry *e, int newlines)
{
    bool taken[PIECES] = { false };
    const char *open[PLACED];
    int depth = 0;

    for (const char *s = e->welsh; *s; s++) {
        char name[48];
        if (*s != '{' && *s != '<') {
            fputc(*s == ' ' && newlines-- > 0 ? '\n' : *s, w->to);
            continue;
        }
        size_t n = strcspn(s, *s == '{' ? "}" : ">") + 1;
        if (n >= sizeof name || !s[n - 1]) run_fault(e, "this is not closed", s);
        snprintf(name, sizeof name, "%.*s", (int)n, s);
        struct piece *p = piece_take(w, from, to, name, taken);
        if (!p)
            run_fault(e, "the English has no such value or element, or has it less often", name);
        if (p->kind == PIECE_OPEN && depth < PLACED) open[depth++] = name[0] ? p->name : "";
        if (p->kind == PIECE_CLOSE && (!depth || strcmp(open[--depth] + 1, p->name + 2) != 0))
            run_fault(e, "this closes nothing that is open here", name);
        piece_put(w, p);
        s += n - 1;
    }
    for (int i = from; i < to; i++)
        if (!taken[i] && w->pieces[i].kind != PIECE_TEXT)
            run_fault(e, "the Welsh lacks", w->pieces[i].name);
}

static void run_say(struct runs *w, int from, int to)
{
    int newlines;
    struct piece *first = &w->pieces[from], *last = &w->pieces[to - 1];
    size_t lead = 0, trail = 0;

    if (first->kind == PIECE_TEXT)
        while (lead < first->n && isspace((unsigned char)first->s[lead]))
            lead++;
    put(w, first->s, lead);
    first->s += lead, first->n -= lead;
    if (last->kind == PIECE_TEXT)
        while (trail < last->n && isspace((unsigned char)last->s[last->n - 1 - trail]))
            trail++;
    last->n -= trail;
    pieces_name(w, from, to);
    const char *english   = run_english(w, from, to, &newlines);
    const struct entry *e = welsh_find(w->r->file, w->line, w->r->name, english);
    if (e) run_put(w, from, to, e, newlines);
    put(w, last->s + last->n, trail);
}

/* A run is cut at elements that end outside it, and freed of one that is around all of it. */
static void run_cut(struct runs *w, int from, int to)
{
    if (from >= to) return;
    for (int i = from; i < to; i++)
        if ((w->pieces[i].kind == PIECE_OPEN || w->pieces[i].kind == PIECE_CLOSE) &&
            (w->pieces[i].twin < from || w->pieces[i].twin >= to)) {
            run_cut(w, from, i);
            piece_put(w, &w->pieces[i]);
            run_cut(w, i + 1, to);
            return;
        }
    if (!run_speaks(w, from, to)) {
        for (int i = from; i < to; i++)
            piece_put(w, &w->pieces[i]);
        return;
    }
    int a = from, b = to;
    while (a < b && w->pieces[a].kind == PIECE_TEXT &&
           strspn(w->pieces[a].s, " \n\t") >= w->pieces[a].n)
        a++;
    while (b > a && w->pieces[b - 1].kind == PIECE_TEXT &&
           strspn(w->pieces[b - 1].s, " \n\t") >= w->pieces[b - 1].n)
        b--;
    bool around = w->pieces[a].kind == PIECE_OPEN && w->pieces[a].twin == b - 1;
    for (int i = from; i < a; i++)
        piece_put(w, &w->pieces[i]);
    if (around) piece_put(w, &w->pieces[a]);
    if (around)
        run_cut(w, a + 1, b - 1);
    else
        run_say(w, a, b);
    if (around) piece_put(w, &w->pieces[b - 1]);
    for (int i = b; i < to; i++)
        piece_put(w, &w->pieces[i]);
}

static void run_end(struct runs *w)
{
    int open[PIECES], depth = 0;

    for (int i = 0; i < w->count; i++) {
        struct piece *p = &w->pieces[i];
        if (p->kind == PIECE_OPEN) {
            open[depth++] = i;
        } else if (p->kind == PIECE_CLOSE && depth) {
            p->twin                 = open[--depth];
            w->pieces[p->twin].twin = i;
        }
    }
    run_cut(w, 0, w->count);
    w->count = 0;
}

static void piece_add(struct runs *w, enum piece_kind kind, const char *s, const char *end)
{
    if (w->count == PIECES) stop(w->r->file, w->line, "a sentence has too many parts");
    struct piece *p = &w->pieces[w->count++];
    *p              = (struct piece){ .kind = kind, .s = s, .n = (size_t)(end - s), .twin = -1 };
}

/* ---- directives ---- */

/* {{call part label="…"}} and {{let name if x "…" "…"}}: the texts that people read. */
static void texts_put(struct runs *w, const char *s, const char *end)
{
    struct words words  = words_split(w->r->file, w->line, s + 2, (size_t)(end - s - 4));
    bool let            = words.count && !strcmp(words.word[0], "let");
    struct record *part = words.count > 1 && !let ? record_find(SORT_PARTIAL, words.word[1]) : NULL;

    fputs("{{", w->to);
    for (int i = 0; i < words.count; i++) {
        const char *word = words.word[i], *quote = strchr(word, '"');
        bool says = quote && strlen(quote) > 1 && (let ? i >= words.count - 2 : i > 1);
        if (i) fputc(' ', w->to);
        for (int f = 0; says && part && f < part->field_count; f++)
            if (strlen(part->fields[f].name) == strcspn(word, "=") &&
                !strncmp(part->fields[f].name, word, strcspn(word, "=")))
                says = part->fields[f].type.kind == KIND_WORDS;
        if (!says || !has_letters(quote + 1, strlen(quote) - 2)) {
            if (quote && !let && (strchr(quote, ' ') || isupper((unsigned char)quote[1])) && i > 1)
                stop(w->r->file, w->line,
                     "a text that people read goes to a field of type words: %s", word);
            fputs(word, w->to);
            continue;
        }
        fwrite(word, 1, (size_t)(quote + 1 - word), w->to);
        inner_process(w, quote + 1, strlen(quote) - 2);
        fputc('"', w->to);
    }
    for (const char *p = s; p < end; p++)
        if (*p == '\n') fputc('\n', w->to);
    fputs("}}", w->to);
}

/* {{…}} at s; returns where it ends. */
static const char *directive_process(struct runs *w, const char *s, const char *end)
{
    const char *close = strstr(s, "}}"), *text = s + 2;

    if (!close || close >= end) stop(w->r->file, w->line, "{{ is not closed");
    close += 2;
    while (isspace((unsigned char)*text))
        text++;
    size_t n   = strcspn(text, " \n}");
    bool alone = text + n + strspn(text + n, " \n") == close - 2;
    if (*text != '!' && *text != '/' && alone && !name_in("else body language", text, n)) {
        piece_add(w, PIECE_VALUE, s, close);
        snprintf(w->pieces[w->count - 1].name, 48, "{%.*s}", (int)(n < 40 ? n : 40), text);
        return close;
    }
    run_end(w);
    if (name_in("call wrap let", text, n))
        texts_put(w, s, close);
    else
        put(w, s, (size_t)(close - s));
    return close;
}

/* What stands in an element up to its end, as it is: s is after the opening tag. */
static const char *raw_put(struct runs *w, const char *s, const char *end, const char *name)
{
    char closing[40];

    snprintf(closing, sizeof closing, "</%.30s>", name);
    const char *close = strstr(s, closing);
    if (!close || close > end) close = end;
    put(w, s, (size_t)(close - s));
    return close;
}

static const char *tag_process(struct runs *w, const char *s, const char *end)
{
    static const char inlines[] = "a abbr b code em i kbd q small span strong sub sup";
    const char *after = tag_end(s, end), *name = s + 1 + (s[1] == '/');
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
    char word[32];

    snprintf(word, sizeof word, "%.*s", (int)(n < 31 ? n : 31), name);
    const char *lang = memmem(s, (size_t)(after - s), " lang=\"", 7);
    bool raw =
        !strcmp(word, "script") || !strcmp(word, "style") || (lang && strcmp(word, "html") != 0);
    if (!raw && name_in(inlines, name, n)) {
        piece_add(w, s[1] == '/' ? PIECE_CLOSE : PIECE_OPEN, s, after);
        return after;
    }
    run_end(w);
    if (s[1] == '!')
        put(w, s, (size_t)(after - s));
    else
        tag_put(w, s, (size_t)(after - s));
    return raw && s[1] != '/' ? raw_put(w, after, end, word) : after;
}

static void body_process(struct runs *w, const char *s, const char *end)
{
    while (s < end) {
        const char *from = s;
        if (!strncmp(s, "{{", 2)) {
            s = directive_process(w, s, end);
        } else if (*s == '<') {
            s = tag_process(w, s, end);
        } else {
            while (s < end && *s != '<' && strncmp(s, "{{", 2) != 0)
                s++;
            piece_add(w, PIECE_TEXT, from, s);
        }
        for (; from < s; from++)
            w->line += *from == '\n';
    }
    run_end(w);
}

/* The template's body in Welsh. */
static const char *welsh_body(const struct record *r, size_t *n)
{
    struct runs *w = take(sizeof *w);
    char *text;

    w->r = r, w->line = r->body_line, w->to = open_memstream(&text, n);
    body_process(w, r->body, r->body_end);
    fclose(w->to);
    return text;
}
