/* letter_page.c: a letter in its place.
 *
 * Templates have no way to write markup that was made elsewhere, on purpose; a letter's fragment
 * (letter_html, which escapes everything) is the one case, and nothing but a template can write
 * this element: quotes and < are escaped in values. */
#include "web/letter_page.h"

#include "letter/html.h"

#include <string.h>

void letter_page(struct request *r, struct out *page, const struct letter_document *letters,
                 size_t n)
{
    static const char place[] = " data-letter=\"here\">";
    const char *text          = out_string(page);

    for (size_t i = 0; i < n; i++) {
        const char *at = strstr(text, place);
        BUG_UNLESS(at);
        at += sizeof place - 1;
        out_bytes(&r->out, text, (size_t)(at - text));
        letter_html(&letters[i], &r->out);
        text = at;
    }
    out_text(&r->out, text);
}
