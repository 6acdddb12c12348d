/* letter_page.h: a letter shown in a page of ours. */
#pragma once
#include "letter/document.h"
#include "web/request.h"

/* Answers with a page whose template has as many empty elements data-letter="here" as there are
 * letters, and each letter in its own. */
void letter_page(struct request *r, struct out *page, const struct letter_document *letters,
                 size_t n);
