/* value.c: reading one value by its unit.  "5.00", "17.0% 14.1%", "0 1/7", "yes"; rows parted by |.
 */
#include "lawc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PENCE = 100, THOUSANDTHS = 1000, TENTHS = 10, DIGITS_MOST = 9 };

/* Reads digits (at most DIGITS_MOST); returns how many, 0 for none or too many. */
static int digits(const char *s, int64_t *n)
{
    int k = (int)strspn(s, "0123456789");
    if (k > DIGITS_MOST) return 0;
    *n = 0;
    for (int i = 0; i < k; i++)
        *n = *n * 10 + (s[i] - '0');
    return k;
}

static bool read_money(const char *s, struct cell *c)
{
    int64_t whole, part;
    int k = digits(s, &whole);

    if (!k || s[k] != '.' || digits(s + k + 1, &part) != 2 || s[k + 3]) return false;
    *c = (struct cell){ whole * PENCE + part, 1 };
    return true;
}

static bool read_percent(const char *s, struct cell *c)
{
    int64_t whole, tenth = 0;
    int k = digits(s, &whole);

    if (!k) return false;
    if (s[k] == '.') {
        if (digits(s + k + 1, &tenth) != 1) return false;
        k += 2;
    }
    if (s[k] != '%' || s[k + 1]) return false;
    *c = (struct cell){ whole * TENTHS + tenth, THOUSANDTHS };
    return true;
}

static bool read_fraction(const char *s, struct cell *c)
{
    int64_t n, d = 1;
    int k = digits(s, &n);

    if (!k) return false;
    if (s[k] == '/') {
        int m = digits(s + k + 1, &d);
        if (!m || s[k + 1 + m] || !d || n > d) return false;
    } else if (s[k] || n > 1)
        return false;
    *c = (struct cell){ n, d };
    return true;
}

static bool read_cell(enum type type, const char *unit, const char *s, struct cell *c)
{
    int64_t n = 0;
    int k;

    switch (type) {
    case TYPE_MONEY: return read_money(s, c);
    case TYPE_RATIO: return strcmp(unit, "percent") ? read_fraction(s, c) : read_percent(s, c);
    case TYPE_BOOL: *c = (struct cell){ !strcmp(s, "yes"), 1 }; return c->n || !strcmp(s, "no");
    case TYPE_INTEGER:
        k  = digits(s, &n);
        *c = (struct cell){ n, 1 };
        return k && !s[k];
    case TYPE_NONE: break;
    }
    return false;
}

static const char *form_of(const struct parameter *p)
{
    switch (p->type) {
    case TYPE_MONEY: return "pounds and pence with a point: 7.00";
    case TYPE_RATIO:
        return strcmp(p->unit, "percent") ? "a fraction of at most 1: 1/7" : "17% or 14.1%";
    case TYPE_BOOL: return "yes or no";
    case TYPE_INTEGER: return "a whole number";
    case TYPE_NONE: break;
    }
    return "";
}

void value_check(struct book *b, struct parameter *p, struct value *v)
{
    char *list = text_copy(v->text), *save;
    int row = 0, column = 0;
    bool even = true;

    v->in_force = strcmp(v->text, "none") != 0;
    if (!v->in_force) {
        v->cell_count = p->row_count * p->column_count;
        for (int i = 0; i < v->cell_count && i < CELLS_MOST; i++)
            v->cells[i] = (struct cell){ 0, 1 };
        return;
    }
    for (char *w = strtok_r(list, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        if (!strcmp(w, "|")) {
            even   = even && column == p->column_count;
            column = 0;
            row++;
            continue;
        }
        column++;
        if (v->cell_count == CELLS_MOST) break;
        if (!read_cell(p->type, p->unit, w, &v->cells[v->cell_count++])) {
            book_fault(b, v->at, "parameter %s: \"%s\" does not fit the unit %s; write %s", p->name,
                       w, p->unit, form_of(p));
            return;
        }
    }
    if (!even || column != p->column_count || row + 1 != p->row_count)
        book_fault(b, v->at,
                   "parameter %s: %d values, but rows and columns ask for %d x %d; part rows "
                   "with |",
                   p->name, v->cell_count, p->row_count, p->column_count);
}
