/* journal.c: writing the ledger as a plain-text accounting journal. */
#include "app/journal.h"

#include "base/bug.h"

#include <string.h>

enum { PAGE = 1000, AMOUNT_COLUMN = 64 };

/* hledger's letters for its kinds of account. */
static const char type_letter[ACCOUNT_TYPES] = { [ACCOUNT_ASSET]     = 'A',
                                                 [ACCOUNT_LIABILITY] = 'L',
                                                 [ACCOUNT_REVENUE]   = 'R',
                                                 [ACCOUNT_EXPENSE]   = 'X' };

/* One family being written. */
struct family {
    struct arena arena;
    struct out out;
    int64_t pp;
    const char *name; /* its reference, or its running number */
    struct sql_arrangement_list_row *arrangements;
    size_t arrangement_count;
    bool anonymous;
    struct entry *entries;
    struct sql_entry_list_row *rows;
    size_t n;
};

static void chart_write(struct out *o, const struct journal *j)
{
    out_text(o, "; The ledger of Upkeep, for hledger: doc/journal.md says how to read it.\n");
    if (date_before(j->until, DATE_OPEN)) {
        out_text(o, "; Rows that count up to ");
        out_date(o, j->until);
        out_text(o, ".\n");
    }
    out_text(o, "\ndecimal-mark .\ncommodity £1000.00\n\n");
    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        out_print(o, "account %s:%s  ; type:%c, rule:%s, money:%s, %s\n",
                  account_type_name(account_type(a)), account_name(a), type_letter[account_type(a)],
                  account_cite(a), account_owner_name(account_owner(a)), account_words(a));
}

/* "assets:maintenance:121000000017:210000000018" */
static void name_write(struct family *f, enum account a, int64_t arrangement)
{
    struct out *o = &f->out;

    out_print(o, "%s:%s:%s", account_type_name(account_type(a)), account_name(a), f->name);
    for (size_t i = 0; arrangement && i < f->arrangement_count; i++)
        if (f->arrangements[i].id == arrangement) {
            if (f->anonymous)
                out_print(o, ":%zu", i + 1);
            else
                out_print(o, ":%s", f->arrangements[i].ref);
            return;
        }
    BUG_UNLESS(!arrangement);
}

/* A posting's account, and blanks up to where amounts stand. */
static void posting_write(struct family *f, enum account a, int64_t arrangement)
{
    out_text(&f->out, "    ");
    size_t from = f->out.length;
    name_write(f, a, arrangement);
    do
        out_text(&f->out, " ");
    while (f->out.length - from < AMOUNT_COLUMN);
    out_text(&f->out, " ");
}

static void amount_write(struct out *o, money m)
{
    out_text(o, "£");
    out_money(o, m);
    out_text(o, "\n");
}

/* A description ends where a comment begins. */
static void sentence_write(struct out *o, const char *sentence)
{
    for (const char *p = sentence; *p; p++)
        out_bytes(o, *p == ';' ? "," : p, 1);
}

static void tag_write(struct out *o, const char *tag, int64_t value)
{
    if (value) out_print(o, ", %s:%lld", tag, (long long)value);
}

static void row_write(struct family *f, const struct entry *e, const struct sql_entry_list_row *row)
{
    struct out *o = &f->out;

    out_text(o, "\n");
    out_date(o, e->about.day);
    if (!date_same(e->about.day, e->about.known)) {
        out_text(o, "=");
        out_date(o, e->about.known);
    }
    out_print(o, " (%lld) ", (long long)row->event);
    sentence_write(o, reason_sentence(e->reason));
    out_print(o, "  ; rule:%s, row:%lld", reason_cite(e->reason), (long long)row->id);
    tag_write(o, entry_is_of_ruling(e) ? "ruling" : "instalment", e->about.instalment);
    tag_write(o, "receipt", e->about.receipt);
    tag_write(o, "decision", e->about.decision);
    out_text(o, "\n");
    posting_write(f, e->debit, e->about.arrangement);
    amount_write(o, e->amount);
    posting_write(f, e->credit, e->about.arrangement);
    amount_write(o, money_negate(e->amount));
}

/* The balances of one arrangement, or of the rows that are of none: `whole` less `others`. */
struct part {
    int64_t arrangement;
    money account[ACCOUNT_COUNT];
    bool used[ACCOUNT_COUNT];
};

static struct part *parts_make(struct family *f, const struct balances *b, size_t *n)
{
    struct part *parts = ARENA_MANY(&f->arena, struct part, b->n + 1);

    *n = b->n + 1;
    memcpy(parts[0].account, b->group.account, sizeof parts[0].account);
    for (size_t i = 0; i < b->n; i++) {
        parts[i + 1].arrangement = b->at[i].arrangement;
        memcpy(parts[i + 1].account, b->at[i].account, sizeof parts[0].account);
        for (enum account a = 0; a < ACCOUNT_COUNT; a++)
            parts[0].account[a] = money_subtract(parts[0].account[a], b->at[i].account[a]);
    }
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < *n; k++)
            if (parts[k].arrangement == f->entries[i].about.arrangement)
                parts[k].used[f->entries[i].debit] = parts[k].used[f->entries[i].credit] = true;
    return parts;
}

static void accounts_write(struct family *f, const struct part *parts, size_t n)
{
    out_print(&f->out, "\n; ---- %s\n", f->name);
    for (size_t i = 0; i < n; i++)
        for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
            if (!parts[i].used[a]) continue;
            out_text(&f->out, "account ");
            name_write(f, a, parts[i].arrangement);
            out_text(&f->out, "\n");
        }
}

/* The service's own figures: the reader adds up the rows and must come to them. */
static void assertions_write(struct family *f, const struct part *parts, size_t n, date day)
{
    struct out *o = &f->out;

    out_text(o, "\n");
    out_date(o, day);
    out_text(o, " The balances as the service has them\n");
    for (size_t i = 0; i < n; i++)
        for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
            if (!parts[i].used[a]) continue;
            money m = parts[i].account[a];
            posting_write(f, a, parts[i].arrangement);
            out_text(o, "£0 = ");
            amount_write(o, account_is_debit(a) ? m : money_negate(m));
        }
}

/* Keeps the rows that count up to a day. */
static void rows_keep(struct family *f, date until)
{
    size_t n = 0;

    f->entries = ARENA_MANY(&f->arena, struct entry, f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        if (date_before(until, f->rows[i].day)) continue;
        f->rows[n]      = f->rows[i];
        f->entries[n++] = group_entry(&f->rows[i]);
    }
    f->n = n;
}

static void family_write(struct family *f, date until)
{
    size_t n;
    date last = { 0 };

    rows_keep(f, until);
    if (f->n == 0) return;
    struct balances b  = balance_fold(f->entries, f->n, until, DATE_OPEN, &f->arena);
    struct part *parts = parts_make(f, &b, &n);
    accounts_write(f, parts, n);
    for (size_t i = 0; i < f->n; i++) {
        row_write(f, &f->entries[i], &f->rows[i]);
        last = i ? date_max(last, f->rows[i].day) : f->rows[i].day;
    }
    assertions_write(f, parts, n, last);
}

static bool family_name(struct store *store, struct family *f, int64_t number, struct fail *fail)
{
    struct sql_person_get_row person;
    bool found;

    f->name = "service";
    if (f->pp == SERVICE_PP) return true;
    if (f->anonymous) {
        f->name = arena_print(&f->arena, "family-%lld", (long long)number);
        return true;
    }
    if (!sql_person_get(store, &(struct sql_person_get_in){ .id = f->pp }, &f->arena, &person,
                        &found, fail))
        return false;
    f->name = found ? person.ref : "";
    return found ||
           FAIL(fail, FAIL_INTEGRITY, "no_person",
                "The ledger has rows of a person who is not recorded. Run `upkeep check`.");
}

/* number counts the families from 1, the service not among them. */
static bool family_export(struct store *store, const struct journal *j, struct family *f,
                          int64_t number, struct fail *fail)
{
    struct sql_arrangement_list_in with = { .pps = { &f->pp, 1 }, .known = KNOWN_NOW };
    struct sql_entry_list_in of         = { .pps = { &f->pp, 1 }, .known = KNOWN_NOW, .whole = 1 };

    f->anonymous = j->anonymous;
    f->out       = (struct out){ .arena = &f->arena };
    if (!family_name(store, f, number, fail) ||
        !sql_arrangement_list(store, &with, &f->arena, &f->arrangements, &f->arrangement_count,
                              fail) ||
        !sql_entry_list(store, &of, &f->arena, &f->rows, &f->n, fail))
        return false;
    family_write(f, j->until);
    return j->sink(j->context, f->out.at, f->out.length) ||
           FAIL(fail, FAIL_SYSTEM, "sink", "The journal could not be written.");
}

static bool families_export(struct store *store, const struct journal *j, struct family *f,
                            struct fail *fail)
{
    struct arena page = { 0 };
    struct sql_family_page_row *rows;
    size_t n       = PAGE;
    int64_t number = 0;
    bool fine      = true;

    for (int64_t after = -1; fine && n == PAGE;) {
        arena_reset(&page);
        fine = sql_family_page(store, &(struct sql_family_page_in){ .after = after, .most = PAGE },
                               &page, &rows, &n, fail);
        for (size_t i = 0; fine && i < n; i++) {
            after = f->pp = rows[i].pp;
            number += after != SERVICE_PP;
            arena_reset(&f->arena);
            fine = family_export(store, j, f, number, fail);
        }
    }
    arena_free(&page);
    return fine;
}

bool journal_export(struct store *store, const struct journal *j, struct fail *fail)
{
    struct family f = { .pp = j->pp };
    struct out head = { .arena = &f.arena };

    chart_write(&head, j);
    bool fine = j->sink(j->context, head.at, head.length) ||
                FAIL(fail, FAIL_SYSTEM, "sink", "The journal could not be written.");
    arena_reset(&f.arena);
    if (fine)
        fine = j->pp ? family_export(store, j, &f, 1, fail) : families_export(store, j, &f, fail);
    arena_free(&f.arena);
    return fine;
}
