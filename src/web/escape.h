/* escape.h: what a page template may do with a value.  Called by generated code only. */
#pragma once
#include "base/out.h"

/* A text between elements or in a quoted attribute; NULL is nothing. */
void escape_text(struct out *o, const char *s);
void escape_pounds(struct out *o, money m);     /* £1,234.56 */
void escape_words(struct out *o, date d);       /* 22 November 2026 */
void escape_words_welsh(struct out *o, date d); /* 22 Tachwedd 2026 */
/* A sentence of ours in Welsh (said.h); one without Welsh is marked as English. */
void escape_said(struct out *o, const char *s);
/* The same where no element may stand: in an attribute or a title. */
void escape_said_plain(struct out *o, const char *s);
void escape_int(struct out *o, int64_t n);
/* A part of an address: everything but letters, digits and -._~ becomes %XX. */
void escape_part(struct out *o, const char *s);
/* A whole address: only a path of our own ("/…", not "//…"); anything else becomes "/". */
void escape_local(struct out *o, const char *s);
/* Conditions. */
bool escape_given(const char *s);
bool escape_same(const char *a, const char *b);
