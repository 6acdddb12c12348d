/* account_check.h: sort codes and account numbers: their form, and the modulus check that UK banks
 * publish, by tables which the operator supplies.
 *
 * The tables of weights and substitutions belong to the payment schemes and are not part of this
 * program: without them, or for a sort code they do not list, an account is NOT CHECKED, never
 * "passed".  A check tells a slip of the pen, not whether the account exists or whose it is. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { SORT_CODE_DIGITS = 6, ACCOUNT_DIGITS = 8, ROLL_NUMBER_MOST = 18 };
enum { ACCOUNT_SHOWN_FROM = ACCOUNT_DIGITS - 4 }; /* the digits by which a page names an account */

/* Digits only, ended by NUL. */
struct bank_account {
    char sort_code[SORT_CODE_DIGITS + 1], number[ACCOUNT_DIGITS + 1];
};

/* Sort code as 010203, 01-02-03 or 01 02 03; account number of 8 digits, or of 6 or 7 that get
 * noughts in front, spaces and hyphens let go.  Refusals, in words for the person who typed them:
 * sort_code_wrong (field "sort_code"), account_number_wrong (field "account_number"). */
bool bank_account_read(const char *sort_code, const char *number, struct bank_account *account,
                       struct fail *f);
/* "01-02-03"; text holds SORT_CODE_TEXT bytes; returned. */
enum { SORT_CODE_TEXT = 9 };
char *sort_code_text(const struct bank_account *account, char *text);

/* A building society's roll number: 1 to 18 letters, digits, spaces and . - /, at least one digit.
 */
bool roll_number_valid(const char *text);

enum account_verdict { ACCOUNT_NOT_CHECKED, ACCOUNT_PASSED, ACCOUNT_FAILED };

/* The operator's tables, sorted; in the arena they were read into.  Starts zeroed: nothing can be
 * checked. */
struct account_tables {
    struct account_weights *weights;
    struct account_substitute *substitutes;
    struct account_range *non_geographic;
    size_t weight_count, substitute_count, non_geographic_count;
};

/* Reads a table file: lines in the published form
 *     FROM TO MOD10|MOD11|DBLAL u v w x y z a b c d e f g h [EXCEPTION 1 to 14]
 * (two for a sort code that has two checks, the first first), lines of two sort codes (original,
 * substitute) for exception 5, and lines
 *     non-geographic FROM TO
 * of the operator's own; # begins a comment.  May be called for several files; those before stay.
 * Refusal account_table_wrong names the line. */
bool account_tables_read(FILE *from, struct arena *arena, struct account_tables *tables,
                         struct fail *f);
/* Tables may be NULL. */
enum account_verdict bank_account_check(const struct account_tables *tables,
                                        const struct bank_account *account);
/* True if the operator lists the sort code as one that tells nothing about where its holder lives.
 * False says only that it is not listed. */
bool sort_code_non_geographic(const struct account_tables *tables, const char *sort_code);
