/* pdf.h: a document as an A4 PDF that a screen reader can read: tagged, with language and title. */
#pragma once
#include "base/out.h"
#include "letter/document.h"

/* Appends the PDF's bytes to out.  The same document gives the same bytes on any day: every date in
 * the file is the letter's own.  False with a reason if the typeface is missing, a text is not
 * UTF-8 or a library fails; then nothing was appended.  One call at a time per thread; threads may
 * run it side by side. */
bool letter_pdf(const struct letter_document *document, struct out *out, struct fail *fail);
