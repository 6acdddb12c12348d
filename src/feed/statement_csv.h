/* statement_csv.h: a bank statement as CSV, for banks and back offices that cannot send XML.
 *
 * RFC 4180 quoting, LF or CRLF, UTF-8 with or without a byte order mark.  The first record names
 * the columns, in any order and any case: date, amount, reference, type are required; payer name,
 * payer account, remittance, original are optional.  type is credit, debit, credit returned (an
 * earlier credit bounced: money out) or debit returned (an earlier payment came back: money in). */
#pragma once
#include "feed/feed.h"

/* A feed_reader.  The statement's id and account are those of the source.  Refusals (field "csv"):
 * header_wrong, quote_open, record_too_long, too_many_faults, too_many_lines, total_too_large;
 * FAIL_SYSTEM read_failed. */
bool feed_read_statement_csv(const struct feed_source *source, const struct feed_sink *sink,
                             struct feed_summary *summary, struct fail *f);

/* Writes lines as such a file, LF ends.  Cells are exact, not defused for spreadsheets (out_csv):
 * this is a file between programs. */
bool feed_write_statement_csv(FILE *to, const struct feed_line *lines, size_t count,
                              struct fail *f);
