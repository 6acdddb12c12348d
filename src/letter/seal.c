/* seal.c: what PDF/UA asks for and cairo 1.16 cannot say. */
#include "letter/seal.h"

#include "letter/page.h"

#include <stdlib.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#define OPENING "/" PAGE_ARTIFACT " << /MCID "

struct seal {
    qpdf_data pdf;
    const struct letter_document *document;
    struct arena *arena;
    qpdf_oh none;    /* null */
    qpdf_oh parents; /* of the parent tree: place of a page, its marks, ... */
};

static bool seal_is(struct seal *s, qpdf_oh element, const char *name)
{
    return qpdf_oh_is_name_and_equals(s->pdf, qpdf_oh_get_key_if_dict(s->pdf, element, "/S"), name);
}

/* The way back from an artifact's mark on its page to the tree: there is none. */
static void seal_forget(struct seal *s, qpdf_oh artifact)
{
    qpdf_oh page = qpdf_oh_get_key(s->pdf, artifact, "/Pg");
    int place =
        qpdf_oh_get_int_value_as_int(s->pdf, qpdf_oh_get_key(s->pdf, page, "/StructParents"));
    int mark      = qpdf_oh_get_int_value_as_int(s->pdf, qpdf_oh_get_key(s->pdf, artifact, "/K"));
    qpdf_oh marks = qpdf_oh_get_array_item(s->pdf, s->parents, place * 2 + 1);

    qpdf_oh_set_array_item(s->pdf, marks, mark, s->none);
}

/* Takes artifacts out of the structure tree and gives every heading cell its scope: those of a
 * table's first row head columns, any other heads its row. */
static void seal_element(struct seal *s, qpdf_oh element, bool first_row)
{
    qpdf_oh kids = qpdf_oh_get_key(s->pdf, element, "/K");
    int rows     = 0;

    if (!qpdf_oh_is_array(s->pdf, kids)) {
        if (seal_is(s, element, "/TH"))
            qpdf_oh_replace_key(s->pdf, element, "/A",
                                qpdf_oh_parse(s->pdf, first_row ? "<< /O /Table /Scope /Column >>"
                                                                : "<< /O /Table /Scope /Row >>"));
        return;
    }
    for (int i = 0; i < qpdf_oh_get_array_n_items(s->pdf, kids); i++) {
        qpdf_oh kid = qpdf_oh_get_array_item(s->pdf, kids, i);
        if (!qpdf_oh_is_dictionary(s->pdf, kid)) continue;
        if (seal_is(s, kid, "/" PAGE_ARTIFACT)) {
            seal_forget(s, kid);
            qpdf_oh_erase_item(s->pdf, kids, i--);
            continue;
        }
        bool row = seal_is(s, kid, "/TR");
        rows += row;
        seal_element(s, kid, row ? rows == 1 : first_row);
    }
}

/* "/NonStruct << /MCID 7 >> BDC" on a line of its own becomes "/Artifact BMC". */
static bool seal_page(struct seal *s, qpdf_oh page)
{
    struct out made = { .arena = s->arena };
    unsigned char *bytes;
    size_t n;

    if (qpdf_oh_get_page_content_data(s->pdf, page, &bytes, &n) != QPDF_SUCCESS) return false;
    for (size_t at = 0, end; at < n; at = end) {
        const unsigned char *newline = memchr(bytes + at, '\n', n - at);
        end                          = newline ? (size_t)(newline - bytes) + 1 : n;
        bool artifact = end - at > strlen(OPENING) && !memcmp(bytes + at, OPENING, strlen(OPENING));
        if (artifact)
            out_text(&made, "/Artifact BMC\n");
        else
            out_bytes(&made, (char *)bytes + at, end - at);
    }
    free(bytes);
    qpdf_oh contents = qpdf_oh_get_key(s->pdf, page, "/Contents");
    qpdf_oh none     = qpdf_oh_new_null(s->pdf);
    qpdf_oh_replace_stream_data(s->pdf, contents, (unsigned char *)made.at, made.length, none,
                                none);
    qpdf_oh_replace_key(s->pdf, page, "/Tabs", qpdf_oh_new_name(s->pdf, "/S"));
    return true;
}

static void seal_metadata(struct seal *s, qpdf_oh root)
{
    const struct letter_head *h = s->document->head;
    const char *tag             = letter_language_tag(h->language);
    struct out xmp              = { .arena = s->arena };
    char day[DATE_TEXT];

    date_text(h->sent, day);
    out_print(&xmp,
              "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
              "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
              "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
              "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
              " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
              " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
              "<pdfuaid:part>1</pdfuaid:part>\n"
              "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
              "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
              tag);
    out_html(&xmp, s->document->title);
    out_text(&xmp, "</rdf:li></rdf:Alt></dc:title>\n<dc:creator><rdf:Seq><rdf:li>");
    out_html(&xmp, h->office->name.text[h->language]);
    out_print(&xmp,
              "</rdf:li></rdf:Seq></dc:creator>\n"
              "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n"
              "<xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n"
              "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n",
              day, day);
    qpdf_oh stream = qpdf_oh_new_stream(s->pdf), none = qpdf_oh_new_null(s->pdf);
    qpdf_oh dict = qpdf_oh_get_dict(s->pdf, stream);
    qpdf_oh_replace_stream_data(s->pdf, stream, (unsigned char *)xmp.at, xmp.length, none, none);
    qpdf_oh_replace_key(s->pdf, dict, "/Type", qpdf_oh_new_name(s->pdf, "/Metadata"));
    qpdf_oh_replace_key(s->pdf, dict, "/Subtype", qpdf_oh_new_name(s->pdf, "/XML"));
    qpdf_oh_replace_key(s->pdf, root, "/Metadata", stream);
}

static bool seal_change(struct seal *s)
{
    qpdf_oh root = qpdf_get_root(s->pdf);
    qpdf_oh tree = qpdf_oh_get_key(s->pdf, root, "/StructTreeRoot");
    int n        = qpdf_get_num_pages(s->pdf);

    qpdf_oh_replace_key(
        s->pdf, root, "/Lang",
        qpdf_oh_new_string(s->pdf, letter_language_tag(s->document->head->language)));
    qpdf_oh_replace_key(s->pdf, root, "/ViewerPreferences",
                        qpdf_oh_parse(s->pdf, "<< /DisplayDocTitle true >>"));
    seal_metadata(s, root);
    if (!qpdf_oh_is_dictionary(s->pdf, tree)) return false;
    s->none    = qpdf_oh_new_null(s->pdf);
    s->parents = qpdf_oh_get_key(s->pdf, qpdf_oh_get_key(s->pdf, tree, "/ParentTree"), "/Nums");
    if (qpdf_oh_get_array_n_items(s->pdf, s->parents) != n * 2) return false;
    qpdf_oh_replace_key(s->pdf, tree, "/ParentTreeNextKey", qpdf_oh_new_integer(s->pdf, n));
    seal_element(s, tree, false);
    for (int i = 0; i < n; i++)
        if (!seal_page(s, qpdf_get_page_n(s->pdf, (size_t)i))) return false;
    return true;
}

static bool seal_write(struct seal *s, struct out *out)
{
    if (qpdf_init_write_memory(s->pdf) != QPDF_SUCCESS) return false;
    qpdf_set_deterministic_ID(s->pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(s->pdf, qpdf_o_disable);
    qpdf_set_minimum_pdf_version(s->pdf, "1.7");
    if (qpdf_write(s->pdf) & QPDF_ERRORS) return false;
    out_bytes(out, (const char *)qpdf_get_buffer(s->pdf), qpdf_get_buffer_length(s->pdf));
    return true;
}

bool seal_pdf(const struct out *drawn, const struct letter_document *document, struct out *out,
              struct fail *fail)
{
    struct seal s = { .pdf = qpdf_init(), .document = document, .arena = out->arena };

    qpdf_silence_errors(s.pdf);
    qpdf_set_suppress_warnings(s.pdf, QPDF_TRUE);
    bool good = qpdf_read_memory(s.pdf, "letter", drawn->at, drawn->length, NULL) == QPDF_SUCCESS &&
                seal_change(&s) && seal_write(&s, out);
    if (!good)
        FAIL(fail, FAIL_SYSTEM, "letter_seal", "The letter could not be finished: %s.",
             qpdf_has_error(s.pdf) ? qpdf_get_error_full_text(s.pdf, qpdf_get_error(s.pdf))
                                   : "its structure is missing");
    qpdf_cleanup(&s.pdf);
    return good;
}
