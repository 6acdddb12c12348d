/* bacs_write.c: Standard 18 written item by item; contras when a day is done. */
#include "feed/bacs_file.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum { JULIAN = 7, YEAR = 100 };
#define LINE_END "\r\n"

/* --- codes --- */

static const struct {
    const char *text;
    bool debit, instruction;
} codes[BACS_CODES] = {
    [BACS_INSTRUCTION_NEW]    = { "0N", false, true },
    [BACS_INSTRUCTION_CANCEL] = { "0C", false, true },
    [BACS_DEBIT_FIRST]        = { "01", true, false },
    [BACS_DEBIT]              = { "17", true, false },
    [BACS_DEBIT_AGAIN]        = { "18", true, false },
    [BACS_DEBIT_LAST]         = { "19", true, false },
    [BACS_CREDIT]             = { "99", false, false },
};

const char *bacs_code_text(enum bacs_code code)
{
    BUG_UNLESS(code >= 0 && code < BACS_CODES);
    return codes[code].text;
}

bool bacs_code_is_debit(enum bacs_code code)
{
    BUG_UNLESS(code >= 0 && code < BACS_CODES);
    return codes[code].debit;
}

bool bacs_code_is_instruction(enum bacs_code code)
{
    BUG_UNLESS(code >= 0 && code < BACS_CODES);
    return codes[code].instruction;
}

/* --- labels --- */

/* " 26327": a space, the year and the day of the year. */
static const char *julian(date day, char text[JULIAN])
{
    int year = date_split(day).year;
    int nth  = date_days(date_make(year, 1, 1), day) + 1;
    snprintf(text, JULIAN, " %02u%03u", (unsigned)year % YEAR, (unsigned)nth % 1000);
    return text;
}

static bool all_digits(const char *s, size_t n)
{
    return strlen(s) == n && strspn(s, "0123456789") == n;
}

static bool head_wrong(struct fail *f, const char *field, const char *why)
{
    REFUSE(f, "bacs_head_wrong", "The Bacs file cannot be begun: %s", why);
    return fail_field(f, field);
}

static bool text_fits(const char *s)
{
    size_t n = strlen(s);
    return n > 0 && n <= BACS_TEXT && bacs_text_valid(s, n);
}

static bool account_fits(const struct bank_account *a)
{
    return all_digits(a->sort_code, SORT_CODE_DIGITS) && all_digits(a->number, ACCOUNT_DIGITS);
}

static bool head_check(const struct bacs_head *h, struct fail *f)
{
    int ahead = date_days(h->made, h->processing);

    if (strlen(h->serial) != BACS_SERIAL || !bacs_text_valid(h->serial, BACS_SERIAL) ||
        !strcmp(h->serial, "000000") || strchr(h->serial, ' '))
        return head_wrong(f, "serial",
                          "the serial number is six letters or digits, not all noughts.");
    if (!all_digits(h->user, BACS_USER))
        return head_wrong(f, "user", "the service user number is six digits.");
    if (!account_fits(&h->ours))
        return head_wrong(f, "account",
                          "our sort code and account number are six and eight digits.");
    if (!text_fits(h->name) || !text_fits(h->contra_reason))
        return head_wrong(f, "name",
                          "our name and the contra's text are 1 to 18 characters of the "
                          "Bacs set.");
    if (h->file_number < 1 || h->file_number > 999)
        return head_wrong(f, "file_number", "the file's number is 1 to 999.");
    if (ahead < 0 || ahead > BACS_DAYS_AHEAD)
        return head_wrong(f, "processing",
                          "the processing day is the day of making or up to 31 days later.");
    return true;
}

static bool write_failed(struct fail *f)
{
    return FAIL(f, FAIL_SYSTEM, "write_failed", "The Bacs file could not be written to its end.");
}

/* HDR1 and HDR2, or EOF1 and EOF2. */
static void write_file_labels(const struct bacs_writer *w, const char *kind)
{
    const struct bacs_head *h = &w->head;
    char made[JULIAN], expires[JULIAN];

    fprintf(w->to, "%s1A%sS  1%s%s00010001      %s%s 000000%20s" LINE_END, kind, h->user, h->user,
            h->serial, julian(h->made, made),
            julian(date_add_days(h->made, BACS_DAYS_AHEAD), expires), "");
    fprintf(w->to, "%s2F02000%s%35s00%28s" LINE_END, kind, h->multi ? "00106" : "00100", "", "");
}

bool bacs_write_begin(struct bacs_writer *w, FILE *to, const struct bacs_head *head, struct fail *f)
{
    char day[JULIAN];

    if (!head_check(head, f)) return false;
    *w = (struct bacs_writer){ .to = to, .head = *head, .day = head->processing };
    fprintf(to, "VOL1%s%31s%s%32s1" LINE_END, head->serial, "", head->user, "");
    write_file_labels(w, "HDR");
    fprintf(to, "UHL1%s999999    00000000%-9s%03d%40s" LINE_END,
            head->multi ? "      " : julian(head->processing, day),
            head->multi ? "4 MULTI" : "1 DAILY", head->file_number, "");
    return !ferror(to) || write_failed(f);
}

/* --- items --- */

struct record {
    const struct bank_account *account;
    const char *code, *sender, *reference, *name;
    money amount;
};

static void write_record(struct bacs_writer *w, const struct record *r)
{
    const struct bank_account *ours = &w->head.ours;
    char day[JULIAN];

    fprintf(w->to, "%s%s0%s%s%s    %011" PRId64 "%-18s%-18s%-18s%s" LINE_END, r->account->sort_code,
            r->account->number, r->code, ours->sort_code, ours->number, r->amount.p, r->sender,
            r->reference, r->name, w->head.multi ? julian(w->day, day) : "");
}

/* One side's contras: as many as the most a record can say makes necessary. */
static void write_contra(struct bacs_writer *w, money sum, bool debit)
{
    while (money_is_owed(sum)) {
        money part = money_min(sum, BACS_AMOUNT_MOST);
        write_record(w, &(struct record){ .account   = &w->head.ours,
                                          .code      = codes[debit ? BACS_DEBIT : BACS_CREDIT].text,
                                          .amount    = part,
                                          .sender    = w->head.contra_reason,
                                          .reference = "CONTRA",
                                          .name      = w->head.name });
        w->totals.contras++;
        *(debit ? &w->totals.debits : &w->totals.credits) += 1;
        money *side = debit ? &w->totals.debit : &w->totals.credit;
        *side       = money_add(*side, part);
        sum         = money_subtract(sum, part);
    }
}

static void day_close(struct bacs_writer *w)
{
    write_contra(w, w->day_credit, true);
    write_contra(w, w->day_debit, false);
    w->day_credit = w->day_debit = MONEY_NONE;
}

static bool item_wrong(struct fail *f, const char *field, const char *why)
{
    REFUSE(f, "bacs_item_wrong", "%s", why);
    return fail_field(f, field);
}

static bool item_check(const struct bacs_writer *w, const struct bacs_item *i, struct fail *f)
{
    bool money_free = bacs_code_is_instruction(i->code);

    if (!account_fits(&i->account))
        return item_wrong(f, "account", "The sort code is six digits, the account number eight.");
    if (!text_fits(i->name))
        return item_wrong(f, "name", "The account's name is 1 to 18 characters of the Bacs set.");
    if (!text_fits(i->reference))
        return item_wrong(f, "reference", "The reference is 1 to 18 characters of the Bacs set.");
    if (money_free ? i->amount.p != 0
                   : !money_is_owed(i->amount) || i->amount.p > BACS_AMOUNT_MOST.p)
        return item_wrong(f, "amount",
                          money_free ? "An instruction has no amount."
                                     : "The amount is 0.01 to 999,999,999.99.");
    if (w->head.multi ? date_before(i->processing, w->any ? w->day : w->head.made) ||
                            date_days(w->head.made, i->processing) > BACS_DAYS_AHEAD
                      : !date_same(i->processing, w->head.processing))
        return item_wrong(f, "processing",
                          w->head.multi ? "Processing days go forward, up to 31 days ahead."
                                        : "The processing day is not that of the file.");
    if (w->totals.items >= BACS_ITEMS_MOST)
        return item_wrong(f, "items", "A file holds at most 2,000,000 items; begin another.");
    return true;
}

bool bacs_write_item(struct bacs_writer *w, const struct bacs_item *item, struct fail *f)
{
    if (!item_check(w, item, f)) return false;
    if (w->any && !date_same(w->day, item->processing)) day_close(w);
    w->any = true;
    w->day = item->processing;
    write_record(w, &(struct record){ .account   = &item->account,
                                      .code      = codes[item->code].text,
                                      .amount    = item->amount,
                                      .sender    = w->head.name,
                                      .reference = item->reference,
                                      .name      = item->name });
    w->totals.items++;
    if (codes[item->code].instruction) {
        w->totals.instructions++;
    } else if (codes[item->code].debit) {
        w->totals.debits++;
        w->totals.debit = money_add(w->totals.debit, item->amount);
        w->day_debit    = money_add(w->day_debit, item->amount);
    } else {
        w->totals.credits++;
        w->totals.credit = money_add(w->totals.credit, item->amount);
        w->day_credit    = money_add(w->day_credit, item->amount);
    }
    return !ferror(w->to) || write_failed(f);
}

bool bacs_write_end(struct bacs_writer *w, struct bacs_totals *totals, struct fail *f)
{
    day_close(w);
    write_file_labels(w, "EOF");
    fprintf(w->to, "UTL1%013" PRId64 "%013" PRId64 "%07zu%07zu%8s%07zu%21s" LINE_END,
            w->totals.debit.p, w->totals.credit.p, w->totals.debits, w->totals.credits, "",
            w->totals.instructions, "");
    if (totals) *totals = w->totals;
    return (fflush(w->to) == 0 && !ferror(w->to)) || write_failed(f);
}
