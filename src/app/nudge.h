/* nudge.h: a text message or an e-mail that tells somebody that there is something to read in their
 * account (doc/letters.md, "By text message and e-mail").  It goes only to who chose that way,
 * where no words are asked for that a program cannot weigh, and within the hours that are safe. */
#pragma once
#include "app/group.h"
#include "letter/document.h"

enum post_way { POST_WAY_POST, POST_WAY_TEXT, POST_WAY_EMAIL, POST_WAYS };
extern const char *const post_way_words[POST_WAYS]; /* "post", "text_message", "email" */
/* POST_WAYS when there is none. */
enum post_way post_way_find(const char *word);

/* Between which times of which day it may reach them: minutes of a day here, [from, until). */
struct nudge_window {
    date day;
    int32_t from, until;
};
/* The hours somebody said are safe: "[weekdays|weekends|every day] 09:00-15:00", "9am to 3pm", in
 * Welsh too, hours alone too ("9-15"); "" is any.  False where they are said in words that a
 * program cannot weigh. */
struct nudge_hours {
    bool weekdays, weekends;
    int32_t from, until;
};
bool nudge_hours_read(const char *said, struct nudge_hours *hours);
/* The first window after a day: inside the quiet hours' other side and the hours that are safe;
 * false where there is none. */
bool nudge_window_after(date day, const struct nudge_hours *hours, struct nudge_window *window);

/* Where a person is told, by a way other than the post, on a day; false where nobody may be told
 * so. */
bool nudge_may(const struct group *g, int64_t person, enum post_way way, date day,
               struct arena *arena, struct nudge_window *window);
/* Their number or address for it, as the facts have it; "" for none. */
const char *nudge_to(const struct group *g, int64_t person, enum post_way way, date day,
                     struct arena *arena);

/* The whole file for whoever sends it. */
struct nudge {
    enum post_way way;
    const char *to;
    enum letter_language language;
    struct nudge_window window;
};
bool nudge_write(const struct nudge *nudge, struct arena *arena, struct out *out,
                 struct fail *fail);
