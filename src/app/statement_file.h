/* statement_file.h: a statement as a file: CSV and JSON for programs (doc/statements.md), a
 * document for the PDF and for reading. */
#pragma once
#include "app/statement.h"
#include "base/out.h"

/* The columns of doc/statements.md; the first and last rows are the opening and closing balance. */
void statement_csv(const struct statement *s, enum letter_language language, struct out *out);
void statement_json(const struct statement *s, enum letter_language language, struct out *out);

struct statement_letter {
    enum letter_language language;
    bool large;
    date today;
    const char *owner; /* who answers for it */
};
/* The document, addressed to the parent whose statement it is: the only address in it is their own,
 * and where none is recorded it says so in the place of one. */
bool statement_document(struct store *store, const struct statement *s,
                        const struct statement_letter *letter, struct arena *arena,
                        struct letter_document *document, struct fail *fail);
/* "You owe", "We owe you", "Still to come to you", "Paid to you too much": what the closing balance
 * is, spoken to the reader. */
struct letter_words statement_owed_words(const struct statement *s);
