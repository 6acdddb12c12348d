/* case_letter_preview.c: the verb that makes a letter is run, shown and rolled back: what is shown
 * is the letter itself. */
#include "web/case_letter_preview.h"

#include "app/letter.h"
#include "web/case_change.h"
#include "web/case_post.h"
#include "web/letter_page.h"

#include <string.h>

/* The case as it stands: what was looked at before it was sent. */
static const char *seen_now(struct request *r, const struct case_view *v)
{
    return arena_print(r->arena, "%zu-%s", v->event_count,
                       date_text(r->today, arena_take(r->arena, DATE_TEXT)));
}

static bool is_confirm(const struct request *r, const struct letter_preview *p)
{
    return form_is(&r->form, p->act, "confirm");
}

bool case_letter_confirmed(struct request *r, const struct case_view *v,
                           const struct letter_preview *p)
{
    return is_confirm(r, p) && !strcmp(form_text(&r->form, p->seen), seen_now(r, v));
}

/* The letters of the family; of them those since `before` are new. */
static bool list_read(struct request *r, int64_t pp, struct sql_letter_list_row **rows, size_t *n,
                      struct fail *f)
{
    struct sql_letter_list_in in = { .pp = pp, .known = KNOWN_OPEN - 1 };

    return sql_letter_list(r->store, &in, r->arena, rows, n, f);
}

enum { LANGUAGES = 2 };

/* Each new letter as it goes and, after it, in the other language. */
static bool documents_read(struct request *r, int64_t pp, const struct sql_letter_list_row *row,
                           struct letter_document *to, struct fail *f)
{
    bool welsh               = !strncmp(row->language, "cy", 2);
    struct letter_want first = { .as_sent = true },
                       other = { .language = welsh ? LETTER_ENGLISH : LETTER_WELSH };

    return letter_again(r->store, r->arena, pp, row->id, first, &to[0], f) &&
           letter_again(r->store, r->arena, pp, row->id, other, &to[1], f);
}

static bool letters_fill(struct request *r, const struct case_view *v,
                         struct page_case_letter_preview *page, struct letter_document **documents,
                         struct fail *f)
{
    struct sql_letter_list_row *rows;
    size_t n;

    if (!list_read(r, v->g.pp, &rows, &n, f)) return false;
    struct view_letter_shown *shown = ARENA_MANY(r->arena, struct view_letter_shown, n + 1);
    *documents = ARENA_MANY(r->arena, struct letter_document, LANGUAGES * n + 1);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].event <= (int64_t)v->event_count || rows[i].refused) continue;
        bool welsh = !strncmp(rows[i].language, "cy", 2);
        if (!documents_read(r, v->g.pp, &rows[i], &(*documents)[LANGUAGES * page->letters_count],
                            f))
            return false;
        shown[page->letters_count++] = (struct view_letter_shown){
            .kind  = case_letter_kind(rows[i].kind),
            .to    = case_name(&v->g, rows[i].person, r->arena),
            .goes  = welsh ? "Welsh" : "English",
            .other = welsh ? "English" : "Welsh",
        };
    }
    page->letters = shown;
    return true;
}

bool case_letter_preview(struct request *r, const struct case_view *v,
                         const struct letter_preview *p)
{
    struct page_case_letter_preview page = {
        .c       = v->family,
        .part    = p->part,
        .label   = p->label,
        .back    = p->back,
        .changed = is_confirm(r, p),
        .seen    = seen_now(r, v),
    };
    struct letter_document *documents;
    struct out whole = { .arena = r->arena };
    struct fail f    = { 0 };

    bool fine = letters_fill(r, v, &page, &documents, &f);
    if (fine && !page.letters_count) return false;
    store_rollback(r->store);
    if (!fine) {
        respond_fail(r, &f);
        return true;
    }
    page.fields = case_hidden(r, "act seen", &page.fields_count);
    page_case_letter_preview(&whole, frame_of(r), &page);
    letter_page(r, &whole, documents, (size_t)page.letters_count * LANGUAGES);
    return true;
}
