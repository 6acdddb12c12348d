/* csv.h: records of cells out of a source of any size (RFC 4180 quoting; LF or CRLF; UTF-8, with or
 * without a byte order mark; empty lines passed over).  What is wrong with one record is a problem
 * the caller makes a fault of; a wrong header, a quotation mark never closed or a record without an
 * end is a refusal. */
#pragma once
#include "feed/feed.h"

enum { CSV_RECORD_MOST = 65536, CSV_CELLS_MOST = 32, CSV_CHUNK = 65536 };

struct csv {
    const struct feed_source *source;
    struct fail *fail;
    size_t at, have, next; /* the source; bytes in the chunk; the next of them */
    int line;              /* of the byte read next */
    char chunk[CSV_CHUNK];

    /* The record being read: its cells lie one after the other, each with a NUL. */
    char text[CSV_RECORD_MOST];
    size_t used;
    const char *cells[CSV_CELLS_MOST];
    size_t count;
    int began;           /* the line it began on */
    const char *problem; /* what is wrong with its form, or NULL */

    const char *const *names; /* the columns a header may name */
    int columns;
    int place[CSV_CELLS_MOST]; /* which cell holds the column, -1 none */
    size_t width;              /* cells in the header */
};

enum csv_found { CSV_RECORD, CSV_NO_MORE, CSV_STOP };

/* Large: take it from an arena, zeroed. */
void csv_begin(struct csv *csv, const struct feed_source *source, struct fail *fail);
/* Reads the header: any order, any case; the first `required` of the names must be there, others
 * than the names may not.  False with the refusal. */
bool csv_header(struct csv *csv, const char *const *names, int count, int required);
/* Reads the next record that is not empty. */
enum csv_found csv_next(struct csv *csv);
/* What is wrong with the form of the record, one sentence; NULL if nothing is. */
const char *csv_problem(const struct csv *csv);
/* The column's cell, tidied in place; "" if the file has no such column. */
const char *csv_cell(struct csv *csv, int column);
/* Writes one cell as it is and the byte after it. */
void csv_write_cell(FILE *to, const char *text, char after);

/* A refusal of the file as a whole. */
#define CSV_REFUSE(f, code, ...) (REFUSE((f), code, __VA_ARGS__), fail_field((f), "csv"))
