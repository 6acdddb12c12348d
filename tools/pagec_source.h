/* pagec_source.h: which templates are in Welsh; and the sentences of C sources that reach people:
 * SAY("…"), and what REFUSE, FAIL and respond_refused say.  Of a source that has the comment
 * "every sentence here is said" each text with a space in it or a capital at its head. */
#pragma once
#include "pagec_welsh.h"

/* ---- templates ---- */

/* The partials that a body calls are in Welsh with it. */
static void partials_follow(const struct record *r)
{
    for (const char *p = r->body; (p = strstr(p, "{{")) && p < r->body_end; p += 2) {
        const char *s = p + 2;
        char name[64];
        while (isspace((unsigned char)*s))
            s++;
        if ((strncmp(s, "call ", 5) != 0 && strncmp(s, "wrap ", 5) != 0) ||
            sscanf(s + 5, " %63[a-z0-9_]", name) != 1)
            continue;
        struct record *part = record_find(SORT_PARTIAL, name);
        if (!part || part->in_welsh) continue;
        part->in_welsh = true;
        partials_follow(part);
    }
}

static bool access_is_welsh(int access)
{
    const char *word = access < 0 ? "-" : access_words[access];
    size_t n         = strlen(word);

    for (const char *p = access_in_welsh; (p = strstr(p, word)); p += n)
        if ((p == access_in_welsh || p[-1] == ' ') && (p[n] == ' ' || !p[n])) return true;
    return false;
}

/* Pages that people outside may see, the layout, what those are made of, and the forms of the same
 * files. */
static void welsh_mark(struct record *frame)
{
    frame->in_welsh = has_welsh;
    for (int i = 0; has_welsh && i < record_count; i++)
        if (records[i]->sort == SORT_PAGE)
            records[i]->in_welsh = access_is_welsh(records[i]->access);
    for (int i = 0; i < record_count; i++)
        if (records[i]->in_welsh) partials_follow(records[i]);
    for (int i = 0; i < record_count; i++)
        for (int k = 0; records[i]->sort == SORT_FORM && k < record_count; k++)
            records[i]->in_welsh |= records[k]->in_welsh && records[k]->file == records[i]->file;
}

/* ---- sources ---- */

/* Whether a text has words of its own besides what fills it. */
static bool is_sentence(const char *s)
{
    for (; *s; s++) {
        if (*s == '%')
            s += 1 + strspn(s + 1, "0123456789$.*lz");
        else if (*s == '{' || isalpha((unsigned char)*s))
            return true;
        if (!*s) return false;
    }
    return false;
}

/* A text of adjacent literals at s, which is at a quotation mark; s is left after it.  PRId64
 * between them is lld. */
static const char *literal_read(const char *file, int line, const char **s)
{
    char *text;
    size_t size;
    FILE *to = open_memstream(&text, &size);

    for (;;) {
        const char *p = *s + 1;
        while (*p && *p != '"') {
            if (*p == '\\') fputc(*p++, to);
            fputc(*p++, to);
        }
        if (!*p) stop(file, line, "a text has no end");
        *s = ++p;
        p += strspn(p, " \n\t");
        if (!strncmp(p, "PRId64", 6)) fputs("lld", to), p += 6 + strspn(p + 6, " \n\t");
        if (*p != '"') break;
        *s = p;
    }
    fclose(to);
    return text_unescape(file, line, text);
}

/* The texts of one call from `first` on (from 0), to its closing parenthesis. */
static void call_say(const char *file, int line, const char *s, int first)
{
    int depth = 1, n = 0;

    for (s = strchr(s, '(') + 1; *s && depth; s++) {
        depth += (*s == '(') - (*s == ')');
        if (*s == '\'') s += s[1] == '\\' ? 3 : 2;
        if (*s != '"') continue;
        const char *text = literal_read(file, line, &s);
        s--;
        if (n++ == first || first < 0) {
            if (is_sentence(text)) welsh_say(file, line, text);
            if (first >= 0) return;
        }
    }
}

static const char *comment_skip(const char *s)
{
    const char *end = !strncmp(s, "/*", 2) ? strstr(s, "*/") : NULL;
    return end ? end + 1 : s;
}

static void source_scan(const char *file, const char *text)
{
    static const struct {
        const char *word;
        int first; /* which of its texts is said; -1: all */
    } calls[] = { { "SAY(", -1 }, { "REFUSE(", 1 }, { "FAIL(", 1 }, { "respond_refused(", -1 } };
    bool all  = strstr(text, "every sentence here is said") != NULL;
    int line  = 1;

    for (const char *s = text; *s; s++) {
        const char *after = comment_skip(s);
        for (; s < after; s++)
            line += *s == '\n';
        line += *s == '\n';
        bool begins = s == text || (!isalnum((unsigned char)s[-1]) && s[-1] != '_');
        if (*s == '#') s += strcspn(s, "\n"), line++;
        for (size_t i = 0; begins && !all && i < sizeof calls / sizeof *calls; i++)
            if (!strncmp(s, calls[i].word, strlen(calls[i].word)))
                call_say(file, line, s, calls[i].first);
        if (*s == '\'') s += s[1] == '\\' ? 3 : 2;
        if (*s == '"') {
            const char *said = literal_read(file, line, &s);
            s--;
            if (all && is_sentence(said) &&
                (strchr(said, ' ') ||
                 (isupper((unsigned char)*said) && islower((unsigned char)said[1]))))
                welsh_say(file, line, said);
        }
        if (!*s) return;
    }
}
