/* html.c: a document as a fragment of a page. */
#include "letter/html.h"

static void html_element(struct out *o, const char *tag, const char *class, const char *text)
{
    out_print(o, "<%s class=\"%s\">", tag, class);
    out_html(o, text);
    out_print(o, "</%s>\n", tag);
}

static void html_row(struct out *o, const struct letter_block *b, size_t row, bool total)
{
    out_text(o, total ? "<tr class=\"govuk-table__row letter-total\">\n"
                      : "<tr class=\"govuk-table__row\">\n");
    for (size_t i = 0; i < b->width; i++) {
        bool head         = total && i == 0;
        const char *right = b->columns[i].figures ? " govuk-table__cell--numeric" : "";
        out_print(o,
                  head ? "<th scope=\"row\" class=\"govuk-table__header%s\">"
                       : "<td class=\"govuk-table__cell%s\">",
                  head ? "" : right);
        out_html(o, b->cells[row * b->width + i]);
        out_text(o, head ? "</th>\n" : "</td>\n");
    }
    out_text(o, "</tr>\n");
}

static void html_table(struct out *o, const struct letter_block *b)
{
    size_t rows = b->count / b->width;

    out_text(o, "<table class=\"govuk-table\">\n");
    if (b->text && *b->text)
        html_element(o, "caption", "govuk-table__caption govuk-table__caption--s", b->text);
    out_text(o, "<thead class=\"govuk-table__head\">\n<tr class=\"govuk-table__row\">\n");
    for (size_t i = 0; i < b->width; i++) {
        out_print(o, "<th scope=\"col\" class=\"govuk-table__header%s\">",
                  b->columns[i].figures ? " govuk-table__header--numeric" : "");
        out_html(o, b->columns[i].head);
        out_text(o, "</th>\n");
    }
    out_text(o, "</tr>\n</thead>\n<tbody class=\"govuk-table__body\">\n");
    for (size_t row = 0; row < rows; row++)
        html_row(o, b, row, b->total && row + 1 == rows);
    out_text(o, "</tbody>\n</table>\n");
}

static void html_block(struct out *o, const struct letter_block *b)
{
    switch (b->kind) {
    case LETTER_HEADING: html_element(o, "h2", "govuk-heading-m", b->text); break;
    case LETTER_PARAGRAPH: html_element(o, "p", "govuk-body", b->text); break;
    case LETTER_AMOUNT:
        out_text(o, "<div class=\"govuk-inset-text letter-amount\">\n");
        html_element(o, "p", "govuk-body govuk-!-margin-bottom-1", b->text);
        html_element(o, "p", "govuk-heading-xl govuk-!-margin-bottom-0", b->figure);
        out_text(o, "</div>\n");
        break;
    case LETTER_LIST:
        out_text(o, "<ul class=\"govuk-list govuk-list--bullet\">\n");
        for (size_t i = 0; i < b->count; i++) {
            out_text(o, "<li>");
            out_html(o, b->cells[i]);
            out_text(o, "</li>\n");
        }
        out_text(o, "</ul>\n");
        break;
    case LETTER_TABLE: html_table(o, b); break;
    }
}

void letter_html(const struct letter_document *document, struct out *out)
{
    const struct letter_head *h = document->head;
    char day[DATE_WORDS];

    out_print(out, "<article class=\"letter\" lang=\"%s\">\n", letter_language_tag(h->language));
    out_text(out, "<p class=\"govuk-caption-l\">");
    out_html(out, h->office->name.text[h->language]);
    out_text(out, ", ");
    out_html(out, letter_date_words(h->sent, h->language, day));
    out_text(out, "</p>\n");
    html_element(out, "h1", "govuk-heading-l", document->title);
    for (size_t i = 0; i < document->count; i++)
        html_block(out, &document->blocks[i]);
    out_text(out, "<p class=\"govuk-body\">");
    out_html(out, h->owner);
    out_text(out, "<br>");
    out_html(out, letter_label(LETTER_LABEL_SIGNED, h->language));
    out_text(out, "</p>\n</article>\n");
}
