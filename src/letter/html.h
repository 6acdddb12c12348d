/* html.h: a document as a fragment of a page (an article with GOV.UK classes and its own language).
 */
#pragma once
#include "base/out.h"
#include "letter/document.h"

/* The fragment holds one h1; the page around it must not have another. */
void letter_html(const struct letter_document *document, struct out *out);
