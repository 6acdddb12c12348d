/* postgres_value.c: numbers highest byte first, as PostgreSQL sends and takes them. */
#include "base/bug.h"
#include "store/postgres.h"

#include <stdlib.h>
#include <string.h>

enum {
    BYTE_BITS  = 8,
    BYTE_MASK  = 0xff,
    FIRST_ROOM = 4096,
    OID_BOOL   = 16,
    OID_NAME   = 19,
    OID_INT2   = 21,
    OID_INT4   = 23,
    OID_NUMBER = 1700,
    OID_BYTEAS = 1001,
    OID_TEXTS  = 1009
};

void bytes_add(struct bytes *b, const void *at, size_t n)
{
    if (b->room - b->n < n) {
        size_t room = b->room ? b->room : FIRST_ROOM;
        while (room - b->n < n)
            room *= 2;
        b->at = realloc(b->at, room);
        BUG_UNLESS(b->at);
        b->room = room;
    }
    if (n) memcpy(b->at + b->n, at, n);
    b->n += n;
}

static void bytes_number(struct bytes *b, int64_t value, size_t size)
{
    unsigned char text[sizeof value];

    for (size_t i = 0; i < size; i++)
        text[i] = (unsigned char)((uint64_t)value >> (BYTE_BITS * (size - 1 - i)) & BYTE_MASK);
    bytes_add(b, text, size);
}

void bytes_int16(struct bytes *b, int value)
{
    bytes_number(b, value, sizeof(int16_t));
}

void bytes_int32(struct bytes *b, int64_t value)
{
    bytes_number(b, value, sizeof(int32_t));
}

void bytes_int64(struct bytes *b, int64_t value)
{
    bytes_number(b, value, sizeof(int64_t));
}

void bytes_array(struct bytes *b, unsigned oid, size_t n)
{
    BUG_UNLESS(n <= INT32_MAX);
    bytes_int32(b, n ? 1 : 0); /* dimensions: an empty array has none */
    bytes_int32(b, 1);         /* may hold NULL */
    bytes_int32(b, oid);
    if (n == 0) return;
    bytes_int32(b, (int64_t)n);
    bytes_int32(b, 1); /* the first index */
}

/* A list, with its length before it. */
static void bytes_list(struct bytes *b, const struct cell *v)
{
    bool texts                 = v->kind == CELL_TEXTS;
    const int64_t *numbers     = (const void *)v->at;
    const char *const *strings = (const void *)v->at;
    size_t from                = b->n;

    bytes_int32(b, 0);
    bytes_array(b, texts ? OID_TEXT : OID_INT8, v->n);
    for (size_t i = 0; i < v->n; i++)
        bytes_cell(
            b, texts
                   ? &(struct cell){ .kind = CELL_TEXT, .at = strings[i], .n = strlen(strings[i]) }
                   : &(struct cell){ .kind = CELL_NUMBER, .number = numbers[i] });
    struct bytes length = { b->at + from, 0, sizeof(int32_t) };
    bytes_int32(&length, (int64_t)(b->n - from - sizeof(int32_t)));
}

void bytes_cell(struct bytes *b, const struct cell *v)
{
    switch (v->kind) {
    case CELL_NULL: bytes_int32(b, -1); break;
    case CELL_NUMBER:
        bytes_int32(b, sizeof v->number);
        bytes_int64(b, v->number);
        break;
    case CELL_TEXT:
    case CELL_BLOB:
        BUG_UNLESS(v->n <= INT32_MAX);
        bytes_int32(b, (int64_t)v->n);
        bytes_add(b, v->at, v->n);
        break;
    case CELL_LIST:
    case CELL_TEXTS: bytes_list(b, v); break;
    }
}

unsigned column_oid(const struct store_column *c)
{
    switch (c->type) {
    case STORE_INT:
    case STORE_DATE:
    case STORE_MONEY:
    case STORE_BOOL: return OID_INT8;
    case STORE_TEXT: return OID_TEXT;
    case STORE_BLOB: return OID_BYTEA;
    case STORE_TEXTS: return OID_TEXTS;
    case STORE_INTS:
    case STORE_ZIPPED: return OID_INT8S;
    }
    BUG_UNLESS(false);
    return 0;
}

unsigned column_array_oid(const struct store_column *c)
{
    switch (column_oid(c)) {
    case OID_INT8: return OID_INT8S;
    case OID_TEXT: return OID_TEXTS;
    case OID_BYTEA: return OID_BYTEAS;
    default: BUG_UNLESS(false); return 0;
    }
}

static int64_t number_read(const char *at, size_t size)
{
    const unsigned char *b = (const void *)at;
    uint64_t value         = b[0] > BYTE_MASK / 2 ? UINT64_MAX : 0;

    for (size_t i = 0; i < size; i++)
        value = value << BYTE_BITS | b[i];
    return (int64_t)value;
}

/* A sum is of type numeric: digits of base 10000, each worth 10000^(weight - its place). */
static bool numeric_read(const char *at, int n, int64_t *value)
{
    enum { HEAD = 8, WEIGHT = 2, SIGN = 4, DIGIT = 2, BASE = 10000, NEGATIVE = 0x4000 };

    if (n < HEAD) return false;
    int64_t digits = number_read(at, DIGIT), weight = number_read(at + WEIGHT, DIGIT);
    int64_t sign = number_read(at + SIGN, DIGIT), sum = 0;
    if ((sign != 0 && sign != NEGATIVE) || n != HEAD + DIGIT * digits || digits > weight + 1)
        return false; /* not a whole number */
    for (int64_t i = 0; i <= weight; i++) {
        int64_t digit = i < digits ? number_read(at + HEAD + DIGIT * i, DIGIT) : 0;
        if (__builtin_mul_overflow(sum, BASE, &sum) || __builtin_sub_overflow(sum, digit, &sum))
            return false;
    }
    if (sign == 0 && sum == INT64_MIN) return false;
    *value = sign ? sum : -sum;
    return true;
}

bool value_read(const PGresult *result, int row, int column, struct cell *v)
{
    const char *at = PQgetvalue(result, row, column);
    int n          = PQgetlength(result, row, column);

    *v = (struct cell){ .kind = CELL_NULL };
    if (PQgetisnull(result, row, column)) return true;
    switch (PQftype(result, column)) {
    case OID_BOOL: *v = (struct cell){ .kind = CELL_NUMBER, .number = *at != 0 }; return true;
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        *v = (struct cell){ .kind = CELL_NUMBER, .number = number_read(at, (size_t)n) };
        return true;
    case OID_NUMBER: v->kind = CELL_NUMBER; return numeric_read(at, n, &v->number);
    case OID_TEXT:
    case OID_NAME: *v = (struct cell){ .kind = CELL_TEXT, .at = at, .n = (size_t)n }; return true;
    case OID_BYTEA: *v = (struct cell){ .kind = CELL_BLOB, .at = at, .n = (size_t)n }; return true;
    default: return false;
    }
}
