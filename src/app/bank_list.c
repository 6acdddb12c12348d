/* bank_list.c: payments and receipts that no statement shows. */
#include "app/bank_list.h"

#include "app/day.h"
#include "app/payment.h"

#include <stdlib.h>
#include <string.h>

#define COLLECTED "direct-debit/" /* the account of collections that are booked one by one */

const char *bank_line_name(enum bank_line_kind kind)
{
    static const char *const names[] = {
        [BANK_FILE]       = "file of payments",
        [BANK_PAYMENT]    = "payment",
        [BANK_BACK]       = "payment that came back",
        [BANK_WITHOUT]    = "handed on without a file",
        [BANK_COLLECTION] = "file of collections",
        [BANK_UNPAID]     = "collection that came back",
        [BANK_RECEIPT]    = "receipt",
    };
    return names[kind];
}

struct listing {
    struct store *store;
    struct arena *arena;
    const struct bank_list_order *order;
    struct bank_list *list;
    date until; /* the last proved day */
    struct sql_bank_list_accounts_row *accounts;
    size_t account_count;
};

static void line_add(struct listing *l, struct bank_lines *to, struct bank_line line)
{
    if (to->n == l->order->most) {
        to->left++;
        return;
    }
    if (to->n == to->room) {
        size_t have = to->room * sizeof *to->at;
        to->room    = to->room ? 2 * to->room : 64;
        to->at      = arena_grow(l->arena, to->at, have, to->room * sizeof *to->at);
    }
    line.age        = date_days(line.day, l->order->today);
    to->at[to->n++] = line;
    to->sum         = money_add(to->sum, line.amount);
}

static int by_day(const void *a, const void *b)
{
    const struct bank_line *x = a, *y = b;

    if (!date_same(x->day, y->day)) return date_before(x->day, y->day) ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return x->pp != y->pp ? (x->pp < y->pp ? -1 : 1) : strcmp(x->reference, y->reference);
}

/* --- out --- */

static bool file_lines(struct listing *l, const struct sql_bank_list_files_row *file,
                       struct fail *fail)
{
    struct sql_bank_list_payments_row *rows;
    struct sql_bank_list_payments_in in = { .batch = file->id,
                                            .most  = (int64_t)l->order->most + 1 };
    size_t n;

    if (!sql_bank_list_payments(l->store, &in, l->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        line_add(l, &l->list->out,
                 (struct bank_line){
                     .kind      = BANK_PAYMENT,
                     .pp        = rows[i].pp,
                     .reference = payment_id(file->id, rows[i].pp, rows[i].arrangement, l->arena),
                     .about  = arena_print(l->arena, "to %s, %s", rows[i].name, rows[i].reference),
                     .day    = file->made,
                     .amount = rows[i].amount });
    return true;
}

/* The bank debits a Bacs file as one sum, and of another file each payment. */
static bool list_files(struct listing *l, struct fail *fail)
{
    struct sql_bank_list_files_row *files;
    size_t n;

    if (!sql_bank_list_files(l->store, &(struct sql_bank_list_files_in){ .until = l->until },
                             l->arena, &files, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_bank_list_files_row *f = &files[i];
        if (f->seen || strcmp(f->format, "bacs") != 0) {
            if (!file_lines(l, f, fail)) return false;
            continue;
        }
        line_add(l, &l->list->out,
                 (struct bank_line){
                     .kind      = BANK_FILE,
                     .reference = arena_print(l->arena, "UPKEEP CM %06lld", (long long)f->id),
                     .about     = arena_print(l->arena, "%lld payment%s", (long long)f->number,
                                          f->number == 1 ? "" : "s"),
                     .day       = f->made,
                     .amount    = f->amount });
    }
    return true;
}

/* What a proved day paid out otherwise than in files: what is left of each day when files, and
 * payments that came back, are taken off. */
static bool list_without(struct listing *l, const struct sql_bank_list_back_row *back, size_t backs,
                         struct fail *fail)
{
    struct sql_bank_list_nights_row *nights;
    struct sql_bank_list_sent_row *sent;
    size_t n, m, k = 0, b = 0;

    if (!sql_bank_list_nights(l->store, l->arena, &nights, &n, fail) ||
        !sql_bank_list_sent(l->store, &(struct sql_bank_list_sent_in){ .until = l->until },
                            l->arena, &sent, &m, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        money paid = nights[i].paid;
        for (; k < m && !date_before(nights[i].day, sent[k].day); k++)
            paid = money_subtract(paid, sent[k].amount);
        for (; b < backs && !date_before(nights[i].day, back[b].day); b++)
            paid = money_add(paid, back[b].amount);
        if (paid.p)
            line_add(l, &l->list->out,
                     (struct bank_line){ .kind      = BANK_WITHOUT,
                                         .reference = "",
                                         .about     = "the day's payments, no bank knows of them",
                                         .day       = nights[i].day,
                                         .amount    = paid });
    }
    return true;
}

static bool list_out(struct listing *l, struct fail *fail)
{
    struct sql_bank_list_back_row *back;
    size_t n;

    if (!sql_bank_list_back(l->store, &(struct sql_bank_list_back_in){ .until = l->until },
                            l->arena, &back, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!back[i].stated)
            line_add(l, &l->list->out,
                     (struct bank_line){
                         .kind = BANK_BACK,
                         .pp   = back[i].pp,
                         .reference =
                             payment_id(back[i].batch, back[i].pp, back[i].arrangement, l->arena),
                         .about  = arena_print(l->arena, "%s: %s", back[i].told_by, back[i].reason),
                         .day    = back[i].day,
                         .amount = money_negate(back[i].amount) });
    return list_files(l, fail) && list_without(l, back, n, fail);
}

/* --- in --- */

static bool starts_with(const char *text, const char *start, size_t n)
{
    return !strncmp(text, start, n);
}

/* Whether a receipt's line is of an account of which statements with balances were read by then. */
static bool is_stated(const struct listing *l, const char *bank_ref, date day)
{
    for (size_t i = 0; i < l->account_count; i++) {
        size_t n = strlen(l->accounts[i].account);
        if (starts_with(bank_ref, l->accounts[i].account, n) && bank_ref[n] == '/')
            return !date_before(day, l->accounts[i].first);
    }
    return false;
}

static bool receipt_take_in(void *context, const struct sql_bank_list_receipts_row *r,
                            struct fail *fail)
{
    struct listing *l = context;
    bool collected    = starts_with(r->bank_ref, COLLECTED, sizeof COLLECTED - 1);

    (void)fail;
    /* Collections themselves are listed by file. */
    if (is_stated(l, r->bank_ref, r->day) || (collected && r->amount.p > 0)) return true;
    const char *reference = r->bank_ref;
    if (collected) reference += sizeof COLLECTED - 1;
    if (*reference == '/') reference++;
    line_add(
        l, &l->list->in,
        (struct bank_line){ .kind      = collected ? BANK_UNPAID : BANK_RECEIPT,
                            .pp        = r->pp,
                            .reference = arena_text(l->arena, reference, strlen(reference)),
                            .about     = arena_text(l->arena, r->payer_name, strlen(r->payer_name)),
                            .day       = r->day,
                            .amount    = r->amount });
    return true;
}

static bool list_in(struct listing *l, struct fail *fail)
{
    struct sql_bank_list_collections_row *files;
    struct sql_bank_list_receipts_in in = { .from = l->order->since, .until = l->until };
    size_t n;

    if (!sql_bank_list_accounts(l->store, l->arena, &l->accounts, &l->account_count, fail) ||
        !sql_bank_list_collections(l->store,
                                   &(struct sql_bank_list_collections_in){ .until = l->until },
                                   l->arena, &files, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        line_add(l, &l->list->in,
                 (struct bank_line){
                     .kind      = BANK_COLLECTION,
                     .reference = arena_print(l->arena, "UPKEEP DD %06lld", (long long)files[i].id),
                     .about     = arena_print(l->arena, "%lld line%s", (long long)files[i].number,
                                          files[i].number == 1 ? "" : "s"),
                     .day       = files[i].processing,
                     .amount    = files[i].amount });
    return sql_bank_list_receipts(l->store, &in, receipt_take_in, l, fail);
}

static void lines_end(struct bank_lines *lines, money term)
{
    if (lines->n) qsort(lines->at, lines->n, sizeof *lines->at, by_day);
    lines->rest = money_subtract(term, lines->sum);
}

bool bank_list_read(struct store *store, struct arena *arena, const struct bank_list_order *order,
                    struct bank_list *list, struct fail *fail)
{
    struct listing l = { .store = store, .arena = arena, .order = order, .list = list };
    struct sql_job_last_good_row good;
    struct bank_terms terms;

    *list = (struct bank_list){ .proved = false };
    if (!bank_terms_read(store, arena, &terms, fail) ||
        !sql_job_last_good(store, &(struct sql_job_last_good_in){ .name = DAY_JOB }, arena, &good,
                           &list->proved, fail))
        return false;
    if (!list->proved) return true;
    l.until = good.day;
    if (!list_out(&l, fail) || !list_in(&l, fail)) return false;
    lines_end(&list->out, terms.unseen);
    lines_end(&list->in, money_subtract(terms.not_stated, terms.collections));
    return true;
}
