/* document.h: a letter as blocks, before it is a page.  One document gives the PDF (pdf.h), the web
 * page (html.h) and the plain text (plain.h), so that the three cannot say different things.
 *
 * Letters are written in letter/NAME.letter and compiled by tools/letterc into letters.h: a struct
 * of the data a letter needs and a function that yields its document.  Texts in a document belong
 * to the arena it was made in, or to the caller's data; both must outlive it. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"

#include <stdbool.h>
#include <stddef.h>

enum letter_language { LETTER_ENGLISH, LETTER_WELSH, LETTER_LANGUAGES };
enum { LETTER_ADDRESS_LINES = 6, LETTER_OFFICE_LINES = 4 };

/* The same words in each language. */
struct letter_words {
    const char *text[LETTER_LANGUAGES];
};

/* Who sends: one for an installation. */
struct letter_office {
    struct letter_words name;
    const char *address[LETTER_OFFICE_LINES]; /* NULL after the last */
    const char *telephone, *web;
};

/* What the app found when it worked the debt out again just before printing.  A letter that demands
 * money (template.demand) refuses to be made without one, or where its figure is not this figure.
 */
struct letter_clearance {
    money owed;
    date as_at;
    const char *basis; /* digest of the ledger entries the figure was worked out from */
};

/* What every letter has.  The address is the recipient's own, opened for this letter. */
struct letter_head {
    enum letter_language language;
    bool large; /* large print, 18 point */
    const char *recipient;
    const char *address[LETTER_ADDRESS_LINES]; /* NULL after the last */
    const char *reference;
    date sent;         /* the letter's own date; nothing here reads a clock */
    const char *owner; /* the person who answers for it: the signature line */
    const struct letter_office *office;
    const struct letter_clearance *cleared; /* NULL for letters that demand nothing */
};

struct letter_template {
    const char *name; /* "arrears_notice" */
    const char *rule; /* "B-701" */
    const char
        *digest; /* SHA-256 of the template file in hex: the version kept with a sent letter */
    const char *welsh; /* who reviewed the Welsh and when; NULL: no translator has seen it */
    bool demand;       /* asks for money: needs a clearance */
};

enum letter_kind { LETTER_HEADING, LETTER_PARAGRAPH, LETTER_LIST, LETTER_AMOUNT, LETTER_TABLE };

struct letter_column {
    const char *head;
    bool figures; /* right aligned */
};

struct letter_block {
    enum letter_kind kind;
    const char *text;                    /* heading, paragraph, caption of an amount or a table */
    const char *figure;                  /* amount: "£1,234.56" */
    const struct letter_column *columns; /* table */
    size_t width;                        /* number of columns */
    const char *const *cells;            /* list: its items; table: row by row */
    size_t count;                        /* number of cells */
    bool total;                          /* the last row of the table is its total */
};

struct letter_document {
    const struct letter_template *template;
    const struct letter_head *head;
    const char *title;
    const struct letter_block *blocks;
    size_t count;
};

/* "en-GB", "cy-GB": for lang attributes and /Lang. */
const char *letter_language_tag(enum letter_language language);
/* "22 November 2026", "22 Tachwedd 2026"; buffer holds DATE_WORDS bytes; returned. */
char *letter_date_words(date d, enum letter_language language, char *buffer);
/* Words of the frame around every letter (not of any one template). */
enum letter_label {
    LETTER_LABEL_DATE,
    LETTER_LABEL_REFERENCE,
    LETTER_LABEL_TELEPHONE,
    LETTER_LABEL_WEB,
    LETTER_LABEL_DEAR,
    LETTER_LABEL_SIGNED,
    LETTER_LABEL_PAGE, /* with two %d: the page and how many */
    LETTER_LABEL_COUNT
};
const char *letter_label(enum letter_label label, enum letter_language language);
