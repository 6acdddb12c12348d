/* welsh_seen.h: whether a page is in Welsh and in nothing else, for tests: it is searched for the
 * sentences of the catalogue (page/welsh) and for the small words no English sentence does without.
 * Wants `arena`. */
#pragma once
#include <ctype.h>
#include <glob.h>

enum { FRAGMENTS = 8000 };
static struct arena catalogue; /* outlives a test */
static const char *fragments[FRAGMENTS];
static int fragment_count;

/* ---- the catalogue ---- */

/* A piece of an English sentence between values and elements, when it is long enough to be known
 * by. */
static void fragment_add(const char *s, size_t n)
{
    int words = 0;

    for (size_t i = 0; i + 1 < n; i++)
        words += s[i] == ' ' && isalpha((unsigned char)s[i + 1]);
    if (words < 2) return;
    assert_true(fragment_count < FRAGMENTS);
    fragments[fragment_count++] = arena_text(&catalogue, s, n);
}

static void english_add(const char *s)
{
    while (*s && *s != '"') {
        size_t n = strcspn(s, "{<%\"");
        fragment_add(s, n);
        s += n;
        if (*s == '{' || *s == '<') s += strcspn(s, *s == '{' ? "}" : ">") + 1;
        if (*s == '%') s += strcspn(s, "sd") + 1;
    }
}

static const char *catalogue_text(const char *path)
{
    enum { MOST = 400000 };
    FILE *f    = fopen(path, "rb");
    char *text = arena_take(&catalogue, MOST);

    assert_non_null(f);
    size_t n = fread(text, 1, MOST - 1, f);
    fclose(f);
    assert_true(n < MOST - 1);
    return text;
}

static void catalogue_open(void)
{
    glob_t found;

    assert_int_equal(glob("page/welsh/*.po", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        for (const char *at = catalogue_text(found.gl_pathv[i]); (at = strstr(at, "\nmsgid \""));) {
            bool same = !strncmp(at - 6, ", same", 6);
            at += 8;
            if (!same) english_add(at);
        }
    globfree(&found);
    assert_true(fragment_count > 500);
}

/* ---- looking ---- */

/* What a reader sees: no tags, no script, nothing that says it is in English; words parted by
 * single spaces, one before and one after. */
static const char *seen_of(const char *html)
{
    struct out o = { .arena = &arena };

    out_text(&o, " ");
    for (const char *s = html; *s; s++) {
        if (*s == '<') {
            bool skip =
                !strncmp(s, "<script", 7) || !strncmp(s, "<pre", 4) || !strncmp(s, "<code", 5);
            const char *close = strchr(s, '>');
            if (!close) break;
            const char *lang = strstr(s, "lang=\"en\"");
            skip |= lang && lang < close;
            s = skip ? strstr(close, "</") : close;
            s = skip ? strchr(s, '>') : s;
            if (o.at[o.length - 1] != ' ') out_text(&o, " ");
        } else if (!isspace((unsigned char)*s)) {
            out_bytes(&o, s, 1);
        } else if (o.at[o.length - 1] != ' ') {
            out_text(&o, " ");
        }
    }
    out_text(&o, " ");
    return out_string(&o);
}

/* A sentence that found no Welsh is marked; names of laws and seals have none. */
static const char *marked_in(const char *html)
{
    static const char mark[]        = "upkeep-english\" lang=\"en\">";
    static const char *const laws[] = { "CS", "Upkeep practice", "SS", "CR", "MPA", "FA ", "AEA" };

    while ((html = strstr(html, mark))) {
        html += sizeof mark - 1;
        size_t n  = strcspn(html, "<");
        bool fine = strspn(html, "0123456789abcdef") == n || *html == '/';
        for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
            fine |= !strncmp(html, laws[i], strlen(laws[i]));
        if (!fine) return arena_text(&arena, html, n);
    }
    return NULL;
}

/* Where a word stands, but for "(5) and (6)" of a law's name. */
static const char *word_in(const char *seen, const char *word)
{
    const char *at = strcasestr(seen, word);

    while (at && at > seen && at[-1] == ')' && at[strlen(word)] == '(')
        at = strcasestr(at + 1, word);
    return at;
}

static const char *english_in(const char *html)
{
    static const char *const small[] = { " the ",    " you ",     " your ",    " and ",  " with ",
                                         " this ",   " that ",    " for ",     " from ", " by ",
                                         " are ",    " was ",     " have ",    " not ",  " we ",
                                         " of ",     " is ",      " in ",      " paid ", " says ",
                                         " week ",   " child ",   " parent ",  " June ", " July ",
                                         " August ", " October ", " November " };
    const char *letter = strstr(html, "data-letter=\"here\">"); /* in the language it was sent in */
    if (letter) html = arena_text(&arena, html, (size_t)(letter - html));
    const char *seen = seen_of(html), *at;

    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if ((at = word_in(seen, small[i]))) {
            size_t before = (size_t)(at - seen) < 40 ? (size_t)(at - seen) : 40;
            return arena_text(&arena, at - before, strnlen(at - before, 90));
        }
    for (int i = 0; i < fragment_count; i++)
        if (strstr(seen, fragments[i])) return fragments[i];
    return marked_in(html);
}

static int welsh_faults, welsh_pages;

static void page_check(const char *who, const char *path, const struct request *r)
{
    const char *html = out_string((struct out *)&r->out), *english;

    if (r->type || r->location) return;
    if (!fragment_count) catalogue_open();
    welsh_pages++;
    if (!strstr(html, "<html lang=\"cy\"")) {
        print_error("%s: %s: not in Welsh\n", who, path);
        welsh_faults++;
    } else if ((english = english_in(html))) {
        print_error("%s: %s: %s\n", who, path, english);
        welsh_faults++;
    }
}
