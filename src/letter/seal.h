/* seal.h: the last hand on a PDF that cairo wrote: language, title display, XMP metadata,
 * artifacts, table scopes, a deterministic identity.  Done with qpdf's C library. */
#pragma once
#include "base/out.h"
#include "letter/document.h"

/* Appends the finished PDF to out.  False if qpdf cannot read or write the file. */
bool seal_pdf(const struct out *drawn, const struct letter_document *document, struct out *out,
              struct fail *fail);
