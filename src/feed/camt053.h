/* camt053.h: reading the ISO 20022 bank statement, camt.053.
 *
 * Namespace urn:iso:std:iso:20022:tech:xsd:camt.053.001.NN, NN from 02; UTF-8; several statements
 * in one file; sterling only.  The source is hostile until shown otherwise: a DOCTYPE, a reference
 * to an entity of its own, tags, texts or depth beyond all custom stop the reading at once, nothing
 * is fetched, and memory stays the same whatever the size of the file.  doc/bank-files.md says what
 * is read from which element. */
#pragma once
#include "feed/feed.h"

/* A feed_reader.  Refusals (code, field "camt.053"): xml_broken, xml_hostile, not_camt053,
 * statement_incomplete, currency_not_gbp, balance_mismatch (both figures in the text),
 * too_many_faults, too_many_lines, total_too_large; FAIL_SYSTEM read_failed if the file itself
 * cannot be read. */
bool feed_read_camt053(const struct feed_source *source, const struct feed_sink *sink,
                       struct feed_summary *summary, struct fail *f);
