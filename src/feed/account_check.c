/* account_check.c: form of account details, and the modulus check over the fourteen digits u v w x
 * y z (sort code) a b c d e f g h (account number). */
#include "feed/account_check.h"

#include "base/bug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = SORT_CODE_DIGITS + ACCOUNT_DIGITS, A = 6, B = 7, C = 8, G = 12, H = 13 };
enum method { MOD10, MOD11, DBLAL, METHODS };
static const char *const method_names[METHODS] = { "MOD10", "MOD11", "DBLAL" };

struct account_weights {
    int from, to; /* sort codes, both in */
    enum method method;
    int weight[PLACES];
    int exception; /* 0: none */
    size_t line;   /* keeps the order of a sort code's two checks */
};
struct account_substitute {
    int original, substitute;
};
struct account_range {
    int from, to;
};

/* --- form --- */

/* Copies the digits, letting spaces and hyphens go; -1 at any other sign or too many. */
static int digits_copy(const char *text, char *to, int most)
{
    int n = 0;

    for (; *text; text++) {
        if (*text == ' ' || *text == '-') continue;
        if (!isdigit((unsigned char)*text) || n == most) return -1;
        to[n++] = *text;
    }
    to[n] = '\0';
    return n;
}

bool bank_account_read(const char *sort_code, const char *number, struct bank_account *account,
                       struct fail *f)
{
    enum { LEAST = 6 };
    char digits[ACCOUNT_DIGITS + 1];

    *account = (struct bank_account){ 0 };
    if (digits_copy(sort_code, account->sort_code, SORT_CODE_DIGITS) != SORT_CODE_DIGITS) {
        REFUSE(f, "sort_code_wrong", "A sort code is six digits, like 01-02-03.");
        return fail_field(f, "sort_code");
    }
    int n = digits_copy(number, digits, ACCOUNT_DIGITS);
    if (n < LEAST) {
        REFUSE(f, "account_number_wrong",
               "An account number is eight digits; ask the bank how a shorter or longer one is "
               "written for Bacs.");
        return fail_field(f, "account_number");
    }
    memset(account->number, '0', ACCOUNT_DIGITS);
    memcpy(account->number + ACCOUNT_DIGITS - n, digits, (size_t)n);
    return true;
}

char *sort_code_text(const struct bank_account *account, char *text)
{
    const char *s = account->sort_code;
    snprintf(text, SORT_CODE_TEXT, "%.2s-%.2s-%.2s", s, s + 2, s + 4);
    return text;
}

bool roll_number_valid(const char *text)
{
    size_t n     = strlen(text);
    bool a_digit = false;

    if (n == 0 || n > ROLL_NUMBER_MOST || text[0] == ' ' || text[n - 1] == ' ') return false;
    for (; *text; text++) {
        if (!isalnum((unsigned char)*text) && !strchr(" .-/", *text)) return false;
        a_digit |= isdigit((unsigned char)*text) != 0;
    }
    return a_digit;
}

/* --- the tables --- */

struct table_reading {
    struct arena *arena;
    struct account_tables *tables;
    size_t weight_room, substitute_room, non_geographic_room, line;
    struct fail *fail;
};

static void *table_widen(struct arena *arena, void *old, size_t count, size_t *room, size_t each)
{
    enum { FIRST_ROOM = 64 };
    if (count < *room) return old;
    *room = count ? count * 2 : FIRST_ROOM;
    return arena_grow(arena, old, count * each, *room * each);
}

static bool table_wrong(struct table_reading *t, const char *why)
{
    return REFUSE(t->fail, "account_table_wrong", "Line %zu of the account table: %s", t->line,
                  why);
}

/* A whole number of at most six digits, with a minus if `low` is below 0. */
static bool number_read(const char *text, int low, int high, int *value)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (end == text || *end || end - text > SORT_CODE_DIGITS || n < low || n > high) return false;
    *value = (int)n;
    return true;
}

static bool sort_code_read(const char *text, int *value)
{
    char digits[SORT_CODE_DIGITS + 1];
    if (digits_copy(text, digits, SORT_CODE_DIGITS) != SORT_CODE_DIGITS) return false;
    return number_read(digits, 0, 999999, value);
}

static bool weights_line(struct table_reading *t, char **words, size_t count)
{
    enum { WEIGHTS_AT = 3, WEIGHT_MOST = 999, EXCEPTION_MOST = 14 };
    struct account_tables *tables = t->tables;
    struct account_weights row    = { .method = METHODS, .line = t->line };

    if (count != WEIGHTS_AT + PLACES && count != WEIGHTS_AT + PLACES + 1)
        return table_wrong(t,
                           "a line of weights has two sort codes, a method, fourteen weights and "
                           "perhaps an exception.");
    for (int m = 0; m < METHODS; m++)
        if (!strcmp(words[2], method_names[m])) row.method = m;
    if (row.method == METHODS) return table_wrong(t, "the method is MOD10, MOD11 or DBLAL.");
    for (int i = 0; i < PLACES; i++)
        if (!number_read(words[WEIGHTS_AT + i], -WEIGHT_MOST, WEIGHT_MOST, &row.weight[i]))
            return table_wrong(t, "a weight is a whole number.");
    if (count > WEIGHTS_AT + PLACES &&
        !number_read(words[WEIGHTS_AT + PLACES], 1, EXCEPTION_MOST, &row.exception))
        return table_wrong(t, "an exception is a number from 1 to 14.");
    if (!sort_code_read(words[0], &row.from) || !sort_code_read(words[1], &row.to) ||
        row.from > row.to)
        return table_wrong(t, "the first two words are sort codes, the lower first.");
    tables->weights =
        table_widen(t->arena, tables->weights, tables->weight_count, &t->weight_room, sizeof row);
    tables->weights[tables->weight_count++] = row;
    return true;
}

static bool substitute_line(struct table_reading *t, char **words)
{
    struct account_tables *tables = t->tables;
    struct account_substitute row;

    if (!sort_code_read(words[0], &row.original) || !sort_code_read(words[1], &row.substitute))
        return table_wrong(t, "two words are a sort code and its substitute.");
    tables->substitutes = table_widen(t->arena, tables->substitutes, tables->substitute_count,
                                      &t->substitute_room, sizeof row);
    tables->substitutes[tables->substitute_count++] = row;
    return true;
}

static bool non_geographic_line(struct table_reading *t, char **words)
{
    struct account_tables *tables = t->tables;
    struct account_range row;

    if (!sort_code_read(words[1], &row.from) || !sort_code_read(words[2], &row.to) ||
        row.from > row.to)
        return table_wrong(t, "after non-geographic come two sort codes, the lower first.");
    tables->non_geographic =
        table_widen(t->arena, tables->non_geographic, tables->non_geographic_count,
                    &t->non_geographic_room, sizeof row);
    tables->non_geographic[tables->non_geographic_count++] = row;
    return true;
}

static bool table_line(struct table_reading *t, char *text)
{
    enum { WORDS_MOST = 20 };
    char *words[WORDS_MOST], *rest = NULL;
    size_t count = 0;

    text[strcspn(text, "#\r\n")] = '\0';
    for (char *word = strtok_r(text, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
        if (count == WORDS_MOST) return table_wrong(t, "there are too many words.");
        words[count++] = word;
    }
    if (count == 0) return true;
    if (count == 3 && !strcmp(words[0], "non-geographic")) return non_geographic_line(t, words);
    return count == 2 ? substitute_line(t, words) : weights_line(t, words, count);
}

static int weights_order(const void *left, const void *right)
{
    const struct account_weights *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

bool account_tables_read(FILE *from, struct arena *arena, struct account_tables *tables,
                         struct fail *f)
{
    enum { LINE_MOST = 400, LINES_MOST = 100000 };
    /* rooms as full as the arrays: the first line of a further file makes them wider */
    struct table_reading t = { .arena               = arena,
                               .tables              = tables,
                               .fail                = f,
                               .weight_room         = tables->weight_count,
                               .substitute_room     = tables->substitute_count,
                               .non_geographic_room = tables->non_geographic_count };
    char text[LINE_MOST];

    while (fgets(text, sizeof text, from)) {
        if (++t.line > LINES_MOST) return table_wrong(&t, "the file has too many lines.");
        if (strlen(text) == sizeof text - 1) return table_wrong(&t, "the line is too long.");
        if (!table_line(&t, text)) return false;
    }
    if (ferror(from)) return FAIL(f, FAIL_SYSTEM, "read_failed", "The account table ended early.");
    if (tables->weight_count)
        qsort(tables->weights, tables->weight_count, sizeof *tables->weights, weights_order);
    return true;
}

bool sort_code_non_geographic(const struct account_tables *tables, const char *sort_code)
{
    int code;

    if (!tables || !sort_code_read(sort_code, &code)) return false;
    for (size_t i = 0; i < tables->non_geographic_count; i++)
        if (tables->non_geographic[i].from <= code && code <= tables->non_geographic[i].to)
            return true;
    return false;
}

/* --- the check --- */

static void places_fill(const struct bank_account *account, int digit[PLACES])
{
    for (int i = 0; i < SORT_CODE_DIGITS; i++)
        digit[i] = account->sort_code[i] - '0';
    for (int i = 0; i < ACCOUNT_DIGITS; i++)
        digit[A + i] = account->number[i] - '0';
}

static void sort_code_put(int sort_code, int digit[PLACES])
{
    for (int i = SORT_CODE_DIGITS - 1; i >= 0; i--, sort_code /= 10)
        digit[i] = sort_code % 10;
}

/* What is left when the weighted sum is divided; DBLAL sums the products' digits. */
static int remainder_of(const struct account_weights *row, const int digit[PLACES], int add)
{
    int sum = add;

    for (int i = 0; i < PLACES; i++) {
        int product = row->weight[i] * digit[i];
        if (row->method == DBLAL)
            for (product = abs(product); product > 0; product /= 10)
                sum += product % 10;
        else
            sum += product;
    }
    int modulus = row->method == MOD11 ? 11 : 10;
    int left    = sum % modulus;
    return left < 0 ? left + modulus : left;
}

static bool standard_pass(const struct account_weights *row, const int digit[PLACES])
{
    return remainder_of(row, digit, 0) == 0;
}

/* Exception 2: other weights when a is not 0, by g. */
static bool exception_2(struct account_weights row, const int digit[PLACES])
{
    static const int g_not_9[PLACES] = { 0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1 },
                     g_9[PLACES]     = { 0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1 };
    if (digit[A] != 0) memcpy(row.weight, digit[G] == 9 ? g_9 : g_not_9, sizeof row.weight);
    return standard_pass(&row, digit);
}

/* Exception 5: a substitute for the sort code, and a check digit to compare: g by MOD11, h by
 * DBLAL.
 */
static bool exception_5(const struct account_tables *tables, const struct account_weights *row,
                        int sort_code, int digit[PLACES])
{
    for (size_t i = 0; i < tables->substitute_count; i++)
        if (tables->substitutes[i].original == sort_code)
            sort_code_put(tables->substitutes[i].substitute, digit);
    int left = remainder_of(row, digit, 0);
    if (row->method == MOD11) return left != 1 && digit[G] == (left ? 11 - left : 0);
    return digit[H] == (left ? 10 - left : 0);
}

/* Exceptions 7 and 10: no weights for u to b. */
static bool weights_cut(struct account_weights row, const int digit[PLACES])
{
    memset(row.weight, 0, sizeof row.weight[0] * (B + 1));
    return standard_pass(&row, digit);
}

/* Exception 14: once more with the last digit let go, if it is 0, 1 or 9. */
static bool exception_14(const struct account_weights *row, const int digit[PLACES])
{
    int shifted[PLACES];

    if (standard_pass(row, digit)) return true;
    if (digit[H] != 0 && digit[H] != 1 && digit[H] != 9) return false;
    memcpy(shifted, digit, sizeof shifted);
    memmove(shifted + A + 1, digit + A, sizeof *digit * (ACCOUNT_DIGITS - 1));
    shifted[A] = 0;
    return standard_pass(row, shifted);
}

/* One check of one line of the table. */
static bool line_pass(const struct account_tables *tables, const struct account_weights *row,
                      int sort_code, const int given[PLACES])
{
    enum { FOR_8 = 90126, FOR_9 = 309634, ADD_1 = 27 };
    int digit[PLACES];

    memcpy(digit, given, sizeof digit);
    switch (row->exception) {
    case 1: return remainder_of(row, digit, ADD_1) == 0;
    case 2: return exception_2(*row, digit);
    case 4: return remainder_of(row, digit, 0) == digit[G] * 10 + digit[H];
    case 5: return exception_5(tables, row, sort_code, digit);
    case 7: return digit[G] == 9 ? weights_cut(*row, digit) : standard_pass(row, digit);
    case 8: sort_code_put(FOR_8, digit); return standard_pass(row, digit);
    case 9: sort_code_put(FOR_9, digit); return standard_pass(row, digit);
    case 10:
        return (digit[A] == 0 || digit[A] == 9) && digit[B] == 9 && digit[G] == 9
                   ? weights_cut(*row, digit)
                   : standard_pass(row, digit);
    case 14: return exception_14(row, digit);
    default: return standard_pass(row, digit);
    }
}

/* Exception 6: accounts in foreign currency, which cannot be checked. */
static bool uncheckable(const struct account_weights *row, const int digit[PLACES])
{
    return row->exception == 6 && digit[A] >= 4 && digit[A] <= 8 && digit[G] == digit[H];
}

static bool either_suffices(const struct account_weights *first)
{
    int e = first->exception;
    return e == 2 || e == 9 || e == 10 || e == 11 || e == 12 || e == 13;
}

enum account_verdict bank_account_check(const struct account_tables *tables,
                                        const struct bank_account *account)
{
    const struct account_weights *rows[2];
    int digit[PLACES], sort_code = -1, count = 0;

    BUG_UNLESS(sort_code_read(account->sort_code, &sort_code));
    if (!tables) return ACCOUNT_NOT_CHECKED;
    for (size_t i = 0; i < tables->weight_count && count < 2; i++)
        if (tables->weights[i].from <= sort_code && sort_code <= tables->weights[i].to)
            rows[count++] = &tables->weights[i];
    if (count == 0) return ACCOUNT_NOT_CHECKED;
    places_fill(account, digit);
    for (int i = 0; i < count; i++)
        if (uncheckable(rows[i], digit)) return ACCOUNT_NOT_CHECKED;
    bool first = line_pass(tables, rows[0], sort_code, digit);
    if (count == 1) return first ? ACCOUNT_PASSED : ACCOUNT_FAILED;
    if (rows[1]->exception == 3 && (digit[C] == 6 || digit[C] == 9))
        return first ? ACCOUNT_PASSED : ACCOUNT_FAILED;
    bool either = either_suffices(rows[0]);
    if (first == either) return either ? ACCOUNT_PASSED : ACCOUNT_FAILED;
    return line_pass(tables, rows[1], sort_code, digit) ? ACCOUNT_PASSED : ACCOUNT_FAILED;
}
