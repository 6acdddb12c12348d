/* camt053_entry.c: from the texts of an entry to lines. */
#include "feed/camt053_entry.h"

#include <string.h>

/* The most that all entries together may come to; sums stay far inside 64 bits. */
#define TOTAL_MOST (MONEY_MOST.p * 1000)

static const char *or_empty(const char *s)
{
    return s ? s : "";
}
static bool is(const char *s, const char *word)
{
    return s && !strcmp(s, word);
}

const char *camt053_amount_read(const struct camt053_amount *from, struct arena *arena,
                                money *amount)
{
    enum { DECIMALS = 2 };

    if (!from->text) return "There is no amount.";
    if (!is(from->currency, "GBP"))
        return arena_print(arena, "The amount is in %s; only GBP is taken.",
                           from->currency ? from->currency : "no currency");
    size_t n          = strlen(from->text);
    const char *point = strchr(from->text, '.');
    while (point && n > (size_t)(point - from->text) + 1 + DECIMALS && from->text[n - 1] == '0')
        n--;
    if (!money_parse(from->text, n, amount))
        return arena_print(arena, "The amount %s is not pounds and pence.", from->text);
    return NULL;
}

static const char *direction_read(const char *text, bool *credit)
{
    *credit = is(text, "CRDT");
    return *credit || is(text, "DBIT") ? NULL : "CdtDbtInd must be CRDT or DBIT.";
}

static const char *flag_read(const char *text, bool *flag)
{
    *flag = is(text, "true") || is(text, "1");
    return *flag || !text || is(text, "false") || is(text, "0") ? NULL
                                                                : "RvslInd must be true or false.";
}

/* A day, or the day of a point in time, as the bank writes it: its time zone is the bank's affair.
 */
static bool day_read(const char *text, date *day)
{
    enum { DAY = DATE_TEXT - 1 };
    size_t n = strlen(text);
    return n >= DAY && (n == DAY || strchr("TZ+-", text[DAY])) && date_parse(text, DAY, day);
}

static const char *booked_read(const struct camt053_entry *e, struct arena *arena, date *booked)
{
    const char *text = e->booked ? e->booked : e->value_day;
    if (!text) return "There is no booking date.";
    return day_read(text, booked) ? NULL
                                  : arena_print(arena, "The booking date %s does not exist.", text);
}

static bool count_entry(struct camt053_judge *j, struct fail *f)
{
    if (++j->entries > FEED_LINES_MOST) {
        REFUSE(f, "too_many_lines", "The file has more than %d entries; send it in parts.",
               FEED_LINES_MOST);
        return fail_field(f, "camt.053");
    }
    return true;
}

static bool report_fault(struct camt053_judge *j, int line, const char *text, struct fail *f)
{
    if (++j->summary->faults > FEED_FAULTS_MOST) {
        REFUSE(f, "too_many_faults",
               "The file has more than %d faulty entries; the last is on line %d.",
               FEED_FAULTS_MOST, line);
        return fail_field(f, "camt.053");
    }
    j->sink->fault(j->sink->context, &(struct feed_fault){ .line = line, .text = text });
    return count_entry(j, f);
}

/* Adds a booked entry to the sums, good or bad, as the balances do. */
static bool add_to_sums(struct camt053_judge *j, money amount, bool credit, struct fail *f)
{
    money *sum   = credit ? &j->in : &j->out;
    money *total = credit ? &j->summary->money_in : &j->summary->money_out;

    *sum   = money_add(*sum, amount);
    *total = money_add(*total, amount);
    if (total->p <= TOTAL_MOST) return true;
    REFUSE(f, "total_too_large", "The entries of the file come to more than any bank holds.");
    return fail_field(f, "camt.053");
}

/* --- payments --- */

/* What the entry says of all its payments. */
struct frame {
    const struct camt053_entry *entry;
    const char *reference;
    money amount;
    date booked;
    bool credit, reversed;
};

static const char *first_of(const char *a, const char *b)
{
    return a ? a : b;
}

static const char *entry_reference(const struct camt053_judge *j, const struct camt053_entry *e)
{
    const char *own = e->service_reference;
    if (!own && e->count == 1) own = e->payments[0].service_reference;
    if (own || !e->number) return own;
    return arena_print(j->arena, "%s/%s", j->statement->id, e->number);
}

/* In a batch a payment's own reference counts if it is not just the entry's again. */
static const char *batch_reference(const struct camt053_judge *j, const struct frame *frame,
                                   size_t i)
{
    const char *own = frame->entry->payments[i].service_reference;
    if (own && !is(own, or_empty(frame->reference))) return own;
    return frame->reference ? arena_print(j->arena, "%s/%zu", frame->reference, i + 1) : NULL;
}

static void line_parties(const struct camt053_payment *p, struct feed_line *line)
{
    /* A return keeps the parties of what it returns. */
    bool debtor         = line->credit != line->returned;
    line->payer_name    = or_empty(debtor ? p->debtor_name : p->creditor_name);
    line->payer_account = or_empty(debtor ? p->debtor_account : p->creditor_account);
}

static void line_texts(struct arena *arena, const struct frame *frame,
                       const struct camt053_payment *p, struct feed_line *line)
{
    line->end_to_end = p->end_to_end && !is(p->end_to_end, "NOTPROVIDED") ? p->end_to_end : "";
    if (!*line->end_to_end && !line->credit && frame->entry->count <= 1)
        line->end_to_end = first_of(frame->entry->batch, or_empty(frame->entry->message));
    line->original = "";
    line->reason   = "";
    if (line->returned) {
        const char *other = first_of(p->transaction, or_empty(p->instruction));
        line->original    = *line->end_to_end ? line->end_to_end : other;
        line->reason      = or_empty(p->reason);
    }
    line_parties(p, line);
    if (p->structured && p->unstructured)
        line->remittance = arena_print(arena, "%s %s", p->structured, p->unstructured);
    else
        line->remittance = first_of(first_of(p->structured, p->unstructured),
                                    first_of(p->information, or_empty(frame->entry->information)));
}

static void line_make(struct camt053_judge *j, const struct frame *frame,
                      const struct camt053_payment *p, struct feed_line *line)
{
    *line = (struct feed_line){ .statement = j->statement,
                                .reference = frame->reference,
                                .booked    = frame->booked,
                                .amount    = frame->amount,
                                .credit    = frame->credit,
                                .returned  = frame->reversed || p->returned,
                                .line      = p->line };
    line_texts(j->arena, frame, p, line);
}

/* The one payment of an entry: the entry's amount is what was booked. */
static const char *single_make(struct camt053_judge *j, const struct frame *frame,
                               struct feed_line *line)
{
    const struct camt053_payment *p = &frame->entry->payments[0];
    money amount;
    char a[MONEY_TEXT], b[MONEY_TEXT];

    if (is(p->amount.currency, "GBP")) {
        const char *wrong = camt053_amount_read(&p->amount, j->arena, &amount);
        if (wrong) return wrong;
        if (amount.p != frame->amount.p)
            return arena_print(j->arena, "The entry is of %s but its payment of %s.",
                               money_text(frame->amount, a), money_text(amount, b));
    }
    if (p->amount.direction && !is(p->amount.direction, frame->credit ? "CRDT" : "DBIT"))
        return "The entry and its payment go in opposite directions.";
    line_make(j, frame, p, line);
    return NULL;
}

/* One payment of a batch; adds it to the batch's sum, signed as the entry sees it. */
static const char *batch_make(struct camt053_judge *j, const struct frame *batch, size_t i,
                              struct feed_line *line)
{
    const struct camt053_payment *p = &batch->entry->payments[i];
    struct frame frame              = *batch;

    const char *wrong =
        camt053_amount_read(p->amount.text ? &p->amount : &p->inner, j->arena, &frame.amount);
    if (!wrong && p->amount.direction) wrong = direction_read(p->amount.direction, &frame.credit);
    if (!wrong && money_is_zero(frame.amount)) wrong = "The amount is nothing.";
    frame.reference = batch_reference(j, batch, i);
    if (!wrong) line_make(j, &frame, p, line);
    return wrong;
}

static const char *batch_read(struct camt053_judge *j, const struct frame *batch,
                              struct feed_line *lines)
{
    money sum = MONEY_NONE;
    char a[MONEY_TEXT], b[MONEY_TEXT];

    for (size_t i = 0; i < batch->entry->count; i++) {
        const char *wrong = batch_make(j, batch, i, &lines[i]);
        if (wrong) return arena_print(j->arena, "Payment %zu of the batch: %s", i + 1, wrong);
        money part = lines[i].amount;
        sum        = money_add(sum, lines[i].credit == batch->credit ? part : money_negate(part));
    }
    if (sum.p != batch->amount.p)
        return arena_print(j->arena, "The batch is of %s but its payments come to %s.",
                           money_text(batch->amount, a), money_text(sum, b));
    return NULL;
}

static const char *lines_check(struct camt053_judge *j, const struct feed_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *r = lines[i].reference;
        if (!r) return "There is no reference of the bank's own (AcctSvcrRef or NtryRef).";
        if (strlen(lines[i].remittance) > FEED_TEXT_MOST)
            return "The remittance text is longer than any bank's.";
        int before = feed_seen_add(j->seen, j->statement->account, r, lines[i].line);
        if (before)
            return arena_print(j->arena, "The reference %s was already used on line %d.", r,
                               before);
    }
    return NULL;
}

/* Everything but the amount and the direction, which the frame has.  NULL and lines, or what is
 * wrong. */
static const char *entry_lines(struct camt053_judge *j, struct frame *frame,
                               struct feed_line **lines, size_t *n)
{
    const struct camt053_entry *e = frame->entry;
    struct camt053_payment bare   = { .line = e->line };
    const char *wrong;

    if (money_is_zero(frame->amount)) return "The amount is nothing.";
    if ((wrong = flag_read(e->reversal, &frame->reversed)) ||
        (wrong = booked_read(e, j->arena, &frame->booked)))
        return wrong;
    frame->reference = entry_reference(j, e);
    *n               = e->count ? e->count : 1;
    *lines           = ARENA_MANY(j->arena, struct feed_line, *n);
    if (e->count > 1)
        wrong = batch_read(j, frame, *lines);
    else if (e->count == 1)
        wrong = single_make(j, frame, *lines);
    else
        line_make(j, frame, &bare, *lines);
    return wrong ? wrong : lines_check(j, *lines, *n);
}

bool camt053_entry_judge(struct camt053_judge *j, const struct camt053_entry *e, struct fail *f)
{
    struct frame frame      = { .entry = e };
    struct feed_line *lines = NULL;
    size_t n                = 0;

    if (is(e->status, "PDNG") || is(e->status, "INFO") || is(e->status, "FUTR")) {
        j->summary->pending++;
        return count_entry(j, f);
    }
    const char *wrong = is(e->status, "BOOK") ? NULL : "Sts must be BOOK, PDNG, INFO or FUTR.";
    if (!wrong) wrong = camt053_amount_read(&e->amount, j->arena, &frame.amount);
    if (!wrong) wrong = direction_read(e->amount.direction, &frame.credit);
    if (wrong)
        j->unreadable++;
    else if (!add_to_sums(j, frame.amount, frame.credit, f))
        return false;
    if (e->fault) return report_fault(j, e->fault_line, e->fault, f);
    wrong = wrong ? wrong : entry_lines(j, &frame, &lines, &n);
    if (wrong) return report_fault(j, e->line, wrong, f);
    for (size_t i = 0; i < n; i++) {
        if (!count_entry(j, f) || !j->sink->line(j->sink->context, &lines[i], f)) return false;
        j->summary->lines++;
    }
    return true;
}
