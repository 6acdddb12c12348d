/* bacs_read.c: Standard 18 read record by record. */
#include "feed/bacs_file.h"

#include <string.h>

enum {
    LABEL     = 80,
    DAILY     = 100,
    MULTI     = 106,
    LINE_MOST = 160, /* longer lines are none of ours */
    CHUNK     = 8192,
    JULIAN    = 6,
    CENTURY   = 2000
};

/* Where a field stands: from, counted from 0, and its length. */
struct field {
    int from, length;
};
static const struct field SERIAL = { 4, 6 }, USER = { 41, 6 }, MADE = { 41, 6 }, LENGTH = { 10, 5 },
                          PROCESSING = { 4, 6 }, WORK = { 28, 7 }, NUMBER = { 37, 3 },
                          DEBIT_SUM = { 4, 13 }, CREDIT_SUM = { 17, 13 }, DEBITS = { 30, 7 },
                          CREDITS = { 37, 7 };
static const struct field SORT = { 0, 6 }, ACCOUNT = { 6, 8 }, CODE = { 15, 2 },
                          OUR_SORT = { 17, 6 }, OUR_ACCOUNT = { 23, 8 }, AMOUNT = { 35, 11 },
                          SENDER = { 46, 18 }, REFERENCE = { 64, 18 }, NAME = { 82, 18 },
                          DAY = { 100, 6 };

enum stage { VOL1, HDR1, HDR2, UHL1, ITEMS, EOF2, UTL1, DONE };

struct reading {
    const struct feed_source *source;
    const struct bacs_sink *sink;
    struct bacs_totals *totals;
    struct fail *fail;

    char chunk[CHUNK];
    size_t at;
    int have, next;

    char line[LINE_MOST + 1];
    int length, number; /* of the line */
    enum stage stage;
    struct bacs_head head;
    char serial[BACS_SERIAL + 1], user[BACS_USER + 1];
    size_t faults, records;
    bool unreadable; /* an item's amount could not be read: totals cannot be compared */
    date day;
    money day_debit, day_credit;
};

static bool refuse(struct reading *r, const char *code, const char *why)
{
    REFUSE(r->fail, code, "Line %d: %s", r->number, why);
    return fail_field(r->fail, "bacs");
}

/* --- lines --- */

/* The next line into r->line without its end: 1, 0 after the last, -1 if reading failed. */
static int line_next(struct reading *r)
{
    r->length = 0;
    for (bool any = false;; any = true) {
        if (r->next == r->have) {
            r->have = feed_source_read(r->source, &r->at, r->chunk, CHUNK);
            r->next = 0;
            if (r->have < 0) return -1;
            if (r->have == 0) return any ? (r->number++, 1) : 0;
        }
        char c = r->chunk[r->next++];
        if (c == '\n') break;
        if (r->length < LINE_MOST) r->line[r->length++] = c;
    }
    if (r->length > 0 && r->line[r->length - 1] == '\r') r->length--;
    r->number++;
    return 1;
}

static const char *at(const struct reading *r, struct field field)
{
    return r->line + field.from;
}

/* The field without spaces at its end, in `to` (its length and a NUL). */
static void text_take(const struct reading *r, struct field field, char *to)
{
    int n = field.length;
    while (n > 0 && at(r, field)[n - 1] == ' ')
        n--;
    memcpy(to, at(r, field), (size_t)n);
    to[n] = '\0';
}

static bool digits_take(const struct reading *r, struct field field, int64_t *value)
{
    *value = 0;
    for (int i = 0; i < field.length; i++) {
        char c = at(r, field)[i];
        if (c < '0' || c > '9') return false;
        *value = *value * 10 + (c - '0');
    }
    return true;
}

static bool day_take(const struct reading *r, struct field field, date *day)
{
    int64_t year, nth;

    if (at(r, field)[0] != ' ') return false;
    if (!digits_take(r, (struct field){ field.from + 1, 2 }, &year) ||
        !digits_take(r, (struct field){ field.from + 3, 3 }, &nth))
        return false;
    date first = date_make(CENTURY + (int)year, 1, 1);
    *day       = date_add_days(first, (int32_t)nth - 1);
    return nth >= 1 && date_before(*day, date_make(CENTURY + (int)year + 1, 1, 1));
}

/* --- labels --- */

static bool label_is(const struct reading *r, const char *name)
{
    return r->length >= LABEL - 1 && !memcmp(r->line, name, 4);
}

static bool label_read(struct reading *r, const char *name)
{
    static const char *const why[] = {
        "the file begins with VOL1, HDR1, HDR2 and UHL1, and this is another record.",
        "after the items come EOF1, EOF2 and UTL1, and this is another record."
    };
    if (r->length < LABEL) memset(r->line + r->length, ' ', (size_t)(LABEL - r->length));
    if (label_is(r, name) && r->length <= LABEL) return true;
    return refuse(r, r->stage == VOL1 ? "not_bacs" : "bacs_label_wrong", why[r->stage > ITEMS]);
}

static bool volume_read(struct reading *r)
{
    int64_t digits;

    if (!label_read(r, "VOL1")) return false;
    text_take(r, SERIAL, r->serial);
    text_take(r, USER, r->user);
    if (!digits_take(r, USER, &digits) || strlen(r->serial) != BACS_SERIAL ||
        !bacs_text_valid(r->serial, BACS_SERIAL))
        return refuse(r, "bacs_label_wrong",
                      "VOL1 has no serial number of six characters or no service user number.");
    r->head =
        (struct bacs_head){ .serial = r->serial, .user = r->user, .name = "", .contra_reason = "" };
    return true;
}

static bool user_header_read(struct reading *r)
{
    int64_t number;

    if (!label_read(r, "UHL1")) return false;
    bool multi = !memcmp(at(r, WORK), "4 MULTI", (size_t)WORK.length);
    if (!multi && memcmp(at(r, WORK), "1 DAILY", (size_t)WORK.length) != 0)
        return refuse(r, "bacs_label_wrong", "the work code is neither 1 DAILY nor 4 MULTI.");
    if (multi != r->head.multi)
        return refuse(r, "bacs_label_wrong",
                      "the work code does not fit the length of records in "
                      "HDR2.");
    if (!digits_take(r, NUMBER, &number) || number == 0)
        return refuse(r, "bacs_label_wrong", "there is no file number.");
    r->head.file_number = (int)number;
    r->head.processing  = r->head.made;
    if (!multi && !day_take(r, PROCESSING, &r->head.processing))
        return refuse(r, "bacs_label_wrong", "the processing day is no date (YYDDD).");
    r->sink->head(r->sink->context, &r->head);
    return true;
}

static bool header_read(struct reading *r)
{
    bool ok = true;

    switch (r->stage) {
    case VOL1: ok = volume_read(r); break;
    case HDR1:
        ok = label_read(r, "HDR1");
        if (ok && !day_take(r, MADE, &r->head.made))
            ok = refuse(r, "bacs_label_wrong", "the day of making is no date (YYDDD).");
        break;
    case HDR2:
        if (!label_read(r, "HDR2")) return false;
        r->head.multi = !memcmp(at(r, LENGTH), "00106", (size_t)LENGTH.length);
        if (!r->head.multi && memcmp(at(r, LENGTH), "00100", (size_t)LENGTH.length) != 0)
            ok = refuse(r, "bacs_label_wrong", "records are of 100 or 106 characters.");
        break;
    default: ok = user_header_read(r); break;
    }
    r->stage++;
    return ok;
}

/* --- items --- */

static bool item_fault(struct reading *r, const char *text)
{
    if (++r->faults > FEED_FAULTS_MOST)
        return refuse(r, "too_many_faults", "more than 1,000 items are wrong.");
    struct feed_fault fault = { .line = r->number, .text = text };
    r->sink->fault(r->sink->context, &fault);
    return true;
}

/* Debits and credits of a day are equal, its contras among them. */
static bool day_close(struct reading *r)
{
    bool equal   = r->day_debit.p == r->day_credit.p;
    r->day_debit = r->day_credit = MONEY_NONE;
    if (equal || r->unreadable) return true;
    return refuse(r, "bacs_totals_wrong",
                  "the debits and credits of the processing day before are not equal.");
}

static bool code_take(const struct reading *r, enum bacs_code *code)
{
    for (int c = 0; c < BACS_CODES; c++)
        if (!memcmp(at(r, CODE), bacs_code_text(c), (size_t)CODE.length)) return *code = c, true;
    return false;
}

static bool sum_add(struct reading *r, const struct bacs_item *i)
{
    bool debit   = bacs_code_is_debit(i->code);
    money *whole = debit ? &r->totals->debit : &r->totals->credit;
    money *day   = debit ? &r->day_debit : &r->day_credit;

    *(debit ? &r->totals->debits : &r->totals->credits) += 1;
    *whole = money_add(*whole, i->amount);
    *day   = money_add(*day, i->amount);
    return whole->p <= MONEY_MOST.p ||
           refuse(r, "total_too_large", "the items' sum is beyond all bounds.");
}

/* What is wrong with the record, or NULL: fills the item. */
static const char *item_take(struct reading *r, struct bacs_item *i, struct bank_account *ours,
                             char texts[3][BACS_TEXT + 1])
{
    int64_t digits;
    int whole                 = r->head.multi ? MULTI : DAILY;
    const struct field from[] = { SORT, ACCOUNT, OUR_SORT, OUR_ACCOUNT };

    if (r->length < whole - BACS_TEXT || r->length > whole)
        return "The record has not the length that HDR2 says.";
    memset(r->line + r->length, ' ', (size_t)(whole - r->length));
    if (!code_take(r, &i->code)) return "The transaction code is none that this program knows.";
    if (!digits_take(r, AMOUNT, &i->amount.p)) return "The amount is not eleven digits.";
    i->processing = r->head.processing;
    if (r->head.multi && !day_take(r, DAY, &i->processing))
        return "The processing day is no date (YYDDD).";
    for (size_t n = 0; n < sizeof from / sizeof *from; n++)
        if (!digits_take(r, from[n], &digits))
            return "Sort codes are six digits, account numbers eight.";
    if (!bacs_text_valid(at(r, SENDER), (size_t)(DAILY - SENDER.from)))
        return "A name or reference has a character that is not in the Bacs set.";
    if (bacs_code_is_instruction(i->code) ? i->amount.p != 0 : i->amount.p == 0)
        return "An instruction has an amount, or a payment none.";
    text_take(r, SORT, i->account.sort_code);
    text_take(r, ACCOUNT, i->account.number);
    text_take(r, OUR_SORT, ours->sort_code);
    text_take(r, OUR_ACCOUNT, ours->number);
    text_take(r, SENDER, texts[0]);
    text_take(r, REFERENCE, texts[1]);
    text_take(r, NAME, texts[2]);
    i->line = r->number;
    return NULL;
}

static bool item_read(struct reading *r)
{
    char texts[3][BACS_TEXT + 1];
    struct bank_account ours = { 0 };
    struct bacs_item item    = { .code = BACS_CODES };

    if (++r->records > BACS_ITEMS_MOST)
        return refuse(r, "too_many_lines", "the file has more than 2,000,000 records.");
    const char *wrong = item_take(r, &item, &ours, texts);
    if (wrong) return r->unreadable = true, item_fault(r, wrong);
    if (!date_same(item.processing, r->day) && !day_close(r)) return false;
    r->day = item.processing;
    if (!bacs_code_is_instruction(item.code) && !sum_add(r, &item)) return false;
    item.name = texts[2], item.reference = texts[1];
    if (!memcmp(&ours, &item.account, sizeof ours) && !strcmp(item.reference, "CONTRA")) {
        r->totals->contras++;
        r->sink->contra(r->sink->context, &item);
        return true;
    }
    r->totals->items++;
    r->totals->instructions += bacs_code_is_instruction(item.code);
    return r->sink->item(r->sink->context, &item, r->fail);
}

/* --- the end --- */

static bool trailer_read(struct reading *r)
{
    const struct bacs_totals *t = r->totals;
    int64_t debit, credit, debits, credits;

    if (!label_read(r, "UTL1")) return false;
    if (!digits_take(r, DEBIT_SUM, &debit) || !digits_take(r, CREDIT_SUM, &credit) ||
        !digits_take(r, DEBITS, &debits) || !digits_take(r, CREDITS, &credits))
        return refuse(r, "bacs_label_wrong", "the totals are not digits.");
    if (r->unreadable || (debit == t->debit.p && credit == t->credit.p &&
                          debits == (int64_t)t->debits && credits == (int64_t)t->credits))
        return true;
    return refuse(r, "bacs_totals_wrong", "the totals are not those of the items.");
}

static bool record_read(struct reading *r)
{
    if (r->stage < ITEMS) return header_read(r);
    if (r->stage == ITEMS && label_is(r, "EOF1")) {
        r->stage = EOF2;
        return day_close(r);
    }
    if (r->stage == ITEMS) return item_read(r);
    if (r->stage == DONE) return refuse(r, "bacs_label_wrong", "there is more after UTL1.");
    bool ok = r->stage == EOF2 ? label_read(r, "EOF2") : trailer_read(r);
    r->stage++;
    return ok;
}

bool bacs_read(const struct feed_source *source, const struct bacs_sink *sink,
               struct bacs_totals *totals, struct fail *f)
{
    struct reading r = { .source = source, .sink = sink, .totals = totals, .fail = f };
    int more;

    *totals = (struct bacs_totals){ 0 };
    while ((more = line_next(&r)) > 0) {
        if (r.stage == DONE && r.length == 0) continue;
        if (!record_read(&r)) return false;
    }
    if (more < 0) return FAIL(f, FAIL_SYSTEM, "read_failed", "The file could not be read.");
    if (r.stage != DONE)
        return refuse(&r, r.stage == VOL1 ? "not_bacs" : "bacs_label_wrong",
                      "the file ends before its trailer UTL1.");
    return true;
}
