/* letterc.h: a letter template as read, shared by the parts of tools/letterc.c. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { LANGUAGES = 2, NAME = 64, LINE = 1024, FIELDS = 64, BLOCKS = 200, DIGEST = 65 };
enum type { TEXT, WORDS, MONEY, DATE, COUNT, FLAG, ROWS, TYPES };
enum kind {
    TITLE,
    AMOUNT,
    ACTION,
    HELP,
    CONSEQUENCE,
    HEADING,
    PARAGRAPH,
    ITEM,
    TABLE,
    COLUMN,
    TOTAL,
    IF,
    END,
    KINDS
};

struct field {
    char name[NAME], note[LINE];
    enum type type;
    int line, rows; /* rows: the field that is the list this one belongs to, or -1 */
    bool used;
};

struct block {
    enum kind kind;
    char argument[NAME]; /* amount, column, total: a field; table: rows; if: a field */
    bool negated;
    char *text[LANGUAGES];
    int line, text_line[LANGUAGES];
};

struct template
{
    const char *file;
    char name[NAME], rule[NAME], welsh[LINE], digest[DIGEST];
    bool has_welsh;
    int demand, sum_rows, sum_field, sum_total; /* fields, or -1 */
    struct field fields[FIELDS];
    struct block blocks[BLOCKS];
    int field_count, block_count;
};
