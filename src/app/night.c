/* night.c: the night's proof. */
#include "app/night.h"

#include "app/bank_proof.h"
#include "app/day.h"

#include <stdio.h>
#include <string.h>

enum { SENTENCE = 360 };

/* One line of totals, as the book has it or as the rows have it. */
struct total {
    date day;
    int64_t reason, debit, credit, number;
    money amount;
};

static struct total *totals_of(struct arena *arena, const void *rows, size_t n)
{
    struct total *t = ARENA_MANY(arena, struct total, n + 1);

    _Static_assert(sizeof(struct total) == sizeof(struct sql_book_sums_row) &&
                       sizeof(struct total) == sizeof(struct sql_book_rows_row) &&
                       sizeof(struct total) == sizeof(struct sql_book_rows_all_row),
                   "totals have one form");
    if (n) memcpy(t, rows, n * sizeof *t);
    return t;
}

static int total_order(const struct total *a, const struct total *b)
{
    if (!date_same(a->day, b->day)) return date_before(a->day, b->day) ? -1 : 1;
    if (a->reason != b->reason) return a->reason < b->reason ? -1 : 1;
    if (a->debit != b->debit) return a->debit < b->debit ? -1 : 1;
    return a->credit < b->credit ? -1 : a->credit > b->credit;
}

static const char *reason_word(int64_t reason)
{
    return reason >= 0 && reason < REASON_COUNT ? reason_name((enum reason)reason) : "no reason";
}

/* "" when they are the same. */
static void difference(const struct total *book, const struct total *rows, char text[SENTENCE])
{
    static const struct total none;
    const struct total *at = book ? book : rows;
    char day[DATE_TEXT];

    text[0] = '\0';
    if (!book) book = &none;
    if (!rows) rows = &none;
    if (book->number == rows->number && book->amount.p == rows->amount.p) return;
    snprintf(
        text, SENTENCE,
        "Of %s (from account %s to account %s) the book has %lld rows of %lld pence written on "
        "%s, the cases have %lld of %lld.",
        reason_word(at->reason), account_name((enum account)at->credit),
        account_name((enum account)at->debit), (long long)book->number, (long long)book->amount.p,
        date_text(at->day, day), (long long)rows->number, (long long)rows->amount.p);
}

typedef void tell_difference(void *context, const struct total *at, const char *sentence);

static void totals_compare(const struct total *book, size_t n, const struct total *rows, size_t m,
                           tell_difference *tell, void *context)
{
    char text[SENTENCE];

    for (size_t i = 0, k = 0; i < n || k < m;) {
        int order             = i == n ? 1 : k == m ? -1 : total_order(&book[i], &rows[k]);
        const struct total *b = order <= 0 ? &book[i] : NULL, *r = order >= 0 ? &rows[k] : NULL;
        difference(b, r, text);
        if (*text) tell(context, b ? b : r, text);
        i += order <= 0;
        k += order >= 0;
    }
}

/* --- where it does not hold --- */

struct finding {
    const struct setting *setting;
    date day;
    char text[SENTENCE], where[200];
};

static void first_difference(void *context, const struct total *at, const char *sentence)
{
    struct finding *f = context;

    if (*f->text) return;
    f->day = at->day;
    snprintf(f->text, sizeof f->text, "%s", sentence);
}

static void first_fault(void *context, int64_t pp, const char *sentence)
{
    struct finding *f = context;

    if (!*f->where)
        snprintf(f->where, sizeof f->where, " Paying parent %lld: %.160s", (long long)pp, sentence);
}

/* The first family, of those written to since, that does not prove. */
static bool find_family(struct finding *f, struct fail *fail)
{
    const struct setting *s = f->setting;
    struct sql_family_touched_row *families;
    struct arena arena = { 0 };
    size_t n;
    bool fine = sql_family_touched(s->store, &(struct sql_family_touched_in){ .day = f->day },
                                   s->arena, &families, &n, fail);

    for (size_t i = 0; fine && i < n && !*f->where; i++) {
        struct check_report r = { 0 };
        arena_reset(&arena);
        fine = check_group(s->store, &arena, families[i].pp, first_fault, f, &r, fail);
    }
    arena_free(&arena);
    return fine;
}

/* --- ledger and cases --- */

static bool prove_rows(const struct setting *s, date from, struct fail *fail)
{
    struct sql_book_sums_row *sums;
    struct sql_book_rows_row *rows;
    struct finding found = { .setting = s };
    size_t n, m;

    if (!sql_book_sums(s->store, &(struct sql_book_sums_in){ .from = from, .to = s->today },
                       s->arena, &sums, &n, fail) ||
        !sql_book_rows(s->store, &(struct sql_book_rows_in){ .from = from, .to = s->today },
                       s->arena, &rows, &m, fail))
        return false;
    totals_compare(totals_of(s->arena, sums, n), n, totals_of(s->arena, rows, m), m,
                   first_difference, &found);
    if (!*found.text) return true;
    return find_family(&found, fail) &&
           FAIL(fail, FAIL_INTEGRITY, "book_differs", "%.220s%s", found.text, found.where);
}

static bool prove_accounts(const struct setting *s, struct fail *fail)
{
    struct sql_night_totals_row *rows;
    int64_t side[ACCOUNT_COUNT] = { 0 };
    size_t n;

    if (!sql_night_totals(s->store, s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].debit < 0 || rows[i].debit >= ACCOUNT_COUNT || rows[i].credit < 0 ||
            rows[i].credit >= ACCOUNT_COUNT)
            return FAIL(fail, FAIL_INTEGRITY, "no_account",
                        "The book has amounts on accounts that do not exist.");
        side[rows[i].debit] += rows[i].amount.p;
        side[rows[i].credit] -= rows[i].amount.p;
    }
    if (side[ACCOUNT_CLEARING])
        return FAIL(fail, FAIL_INTEGRITY, "clearing",
                    "The clearing account has %lld pence left: money was moved between families by "
                    "half.",
                    (long long)side[ACCOUNT_CLEARING]);
    if (side[ACCOUNT_SUSPENSE] > 0)
        return FAIL(fail, FAIL_INTEGRITY, "suspense",
                    "%lld pence more were taken out of suspense than ever came in.",
                    (long long)side[ACCOUNT_SUSPENSE]);
    return true;
}

bool night_prove(const struct setting *s, struct fail *fail)
{
    struct sql_job_last_good_row good;
    bool found;

    if (!sql_job_last_good(s->store, &(struct sql_job_last_good_in){ .name = DAY_JOB }, s->arena,
                           &good, &found, fail))
        return false;
    date from                     = found ? date_min(good.day, s->today) : (date){ INT32_MIN };
    struct sql_night_clear_in old = { .from = from, .to = s->today };
    struct sql_night_put_in new   = { .from = from, .to = s->today };
    return prove_rows(s, from, fail) && bank_prove(s, from, fail) &&
           sql_night_clear(s->store, &old, fail) && sql_night_put(s->store, &new, fail) &&
           prove_accounts(s, fail) && bank_prove_whole(s, fail);
}

/* --- the whole book --- */

struct checking {
    check_complaint *tell;
    void *context;
    size_t *faults;
};

static void every_difference(void *context, const struct total *at, const char *sentence)
{
    const struct checking *c = context;

    (void)at;
    ++*c->faults;
    if (c->tell) c->tell(c->context, SERVICE_PP, sentence);
}

bool night_check(struct store *store, struct arena *arena, check_complaint *tell, void *context,
                 size_t *faults, struct fail *fail)
{
    struct checking c = { tell, context, faults };
    struct sql_book_sums_row *sums;
    struct sql_book_rows_all_row *rows;
    size_t n, m;

    if (!sql_book_sums(store,
                       &(struct sql_book_sums_in){ .from = { INT32_MIN }, .to = { INT32_MAX } },
                       arena, &sums, &n, fail) ||
        !sql_book_rows_all(store, arena, &rows, &m, fail))
        return false;
    totals_compare(totals_of(arena, sums, n), n, totals_of(arena, rows, m), m, every_difference,
                   &c);
    return true;
}
