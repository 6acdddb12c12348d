/* letter_page.h: a letter shown in a page of ours. */
#pragma once
#include "letter/document.h"
#include "web/request.h"

/* Answers with a page whose template has the empty element id="letter", and the letter in it. */
void letter_page(struct request *r, struct out *page, const struct letter_document *document);
