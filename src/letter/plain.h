/* plain.h: a document as plain text of at most 76 columns, for reading aloud, e-mail and tests. */
#pragma once
#include "base/out.h"
#include "letter/document.h"

void letter_plain(const struct letter_document *document, struct out *out);
