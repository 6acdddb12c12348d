/* nudge.c: telling that there is something to read, and nothing else. */
#include "app/nudge.h"

#include "app/access.h"
#include "letters.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The service's own default: nothing reaches anybody before nine or from eight in the evening on.
 */
enum { HOUR = 60, EARLIEST = 9 * HOUR, LATEST = 20 * HOUR, DAY = 24 * HOUR, WEEK = 7, FRIDAY = 4 };

const char *const post_way_words[POST_WAYS] = { "post", "text_message", "email" };

enum post_way post_way_find(const char *word)
{
    enum post_way w = POST_WAY_POST;
    while (w < POST_WAYS && strcmp(post_way_words[w], word) != 0)
        w++;
    return w;
}

/* --- when --- */

struct said_word {
    const char *word;
    bool weekdays, weekends; /* of the days alone */
};
/* In both languages, each as people write it; the empty word is last. */
static const struct said_word said_days[]  = { { "weekdays ", true, false },
                                               { "weekends ", false, true },
                                               { "every day ", true, true },
                                               { "any day ", true, true },
                                               { "dyddiau'r wythnos ", true, false },
                                               { "dyddiau’r wythnos ", true, false },
                                               { "penwythnosau ", false, true },
                                               { "bob dydd ", true, true },
                                               { "", true, true } },
                              said_from[]  = { { .word = "between " },
                                               { .word = "from " },
                                               { .word = "rhwng " },
                                               { .word = "o " },
                                               { .word = "" } },
                              said_until[] = { { .word = "-" },    { .word = "–" },
                                               { .word = "to " },  { .word = "until " },
                                               { .word = "and " }, { .word = "tan " },
                                               { .word = "a " },   { .word = "i " },
                                               { .word = "" } };

/* The word that stands at *s, which goes on after it and its spaces. */
static const struct said_word *word_read(const char **s, const struct said_word *words)
{
    *s += strspn(*s, " ");
    while (strncasecmp(*s, words->word, strlen(words->word)) != 0)
        words++;
    *s += strlen(words->word);
    *s += strspn(*s, " ");
    return words;
}

/* "9", "09:30", "9.30", "3pm" at *s, which goes on after it. */
static bool time_read(const char **s, int32_t *minutes)
{
    enum { NOON = 12 };
    int hour = 0, minute = 0, n = 0, m = 0;

    if (sscanf(*s, "%2d%n", &hour, &n) != 1 || n == 0) return false;
    *s += n;
    if (**s == ':' || **s == '.') {
        if (sscanf(*s + 1, "%2d%n", &minute, &m) != 1 || m != 2) return false;
        *s += 1 + m;
    }
    const char *half = *s + strspn(*s, " ");
    bool am = !strncasecmp(half, "am", 2), pm = !strncasecmp(half, "pm", 2);
    if (am || pm) {
        if (hour < 1 || hour > NOON) return false;
        hour = hour % NOON + (pm ? NOON : 0);
        *s   = half + 2;
    }
    *minutes = hour * HOUR + minute;
    return hour >= 0 && minute >= 0 && minute < HOUR && *minutes <= DAY;
}

bool nudge_hours_read(const char *said, struct nudge_hours *h)
{
    *h = (struct nudge_hours){ true, true, 0, DAY };
    if (!*said) return true;
    const struct said_word *days = word_read(&said, said_days);
    h->weekdays                  = days->weekdays;
    h->weekends                  = days->weekends;
    word_read(&said, said_from);
    return time_read(&said, &h->from) && *word_read(&said, said_until)->word &&
           time_read(&said, &h->until) && !*said && h->from < h->until;
}

static bool is_day(const struct nudge_hours *h, date day)
{
    return date_weekday(day) <= FRIDAY ? h->weekdays : h->weekends;
}

bool nudge_window_after(date day, const struct nudge_hours *h, struct nudge_window *w)
{
    *w = (struct nudge_window){ .day   = date_add_days(day, 1),
                                .from  = h->from > EARLIEST ? h->from : EARLIEST,
                                .until = h->until < LATEST ? h->until : LATEST };
    for (int i = 0; i < WEEK && !is_day(h, w->day); i++)
        w->day = date_add_days(w->day, 1);
    return w->from < w->until && is_day(h, w->day);
}

/* --- where --- */

const char *nudge_to(const struct group *g, int64_t person, enum post_way way, date day,
                     struct arena *arena)
{
    return access_contact(g, way == POST_WAY_TEXT ? FACT_PHONE : FACT_EMAIL, person, day, arena);
}

bool nudge_may(const struct group *g, int64_t person, enum post_way way, date day,
               struct arena *arena, struct nudge_window *window)
{
    struct nudge_hours hours;

    return *nudge_to(g, person, way, day, arena) &&
           !*access_contact(g, FACT_SAFE_WORDS, person, day, arena) &&
           nudge_hours_read(access_contact(g, FACT_SAFE_HOURS, person, day, arena), &hours) &&
           nudge_window_after(day, &hours, window);
}

/* --- the file --- */

static void moment_write(struct out *o, const char *label, date day, int32_t minutes)
{
    char text[DATE_TEXT];
    out_print(o, "%s: %sT%02d:%02d\n", label, date_text(day, text), (int)(minutes / HOUR),
              (int)(minutes % HOUR));
}

bool nudge_write(const struct nudge *n, struct arena *arena, struct out *o, struct fail *fail)
{
    static const struct letter_office nobody = { .name = { { "-", "-" } } };
    static const struct letter_account_nudge d;
    struct letter_head head = { .language  = n->language,
                                .recipient = "-",
                                .address   = { "-" },
                                .reference = "-",
                                .sent      = n->window.day,
                                .owner     = "-",
                                .office    = &nobody };
    struct letter_document doc;

    if (!letter_account_nudge(&d, &head, arena, &doc, fail)) return false;
    out_print(o, "Way: %s\nTo: %s\nLanguage: %s\n", post_way_words[n->way], n->to,
              letter_language_tag(n->language));
    moment_write(o, "From", n->window.day, n->window.from);
    moment_write(o, "Until", n->window.day, n->window.until);
    if (n->way == POST_WAY_EMAIL) out_print(o, "Subject: %s\n", doc.title);
    for (size_t i = 0; i < doc.count; i++)
        if (doc.blocks[i].kind == LETTER_PARAGRAPH) out_print(o, "\n%s\n", doc.blocks[i].text);
    return true;
}
