/* camt053_write.h: writing a camt.053.001.08, for tests, demonstrations and simulated banks. */
#pragma once
#include "feed/feed.h"

/* What goes into one statement: `day` dates it; closing is worked out from opening and the lines.
 */
struct camt053_page {
    const struct feed_statement *statement;
    date day;
    const struct feed_line *lines;
    size_t count;
};

/* Writes the file; feed_read_camt053 gives the same lines back.  The caller closes `to`. */
bool feed_write_camt053(FILE *to, const struct camt053_page *page, struct fail *f);
