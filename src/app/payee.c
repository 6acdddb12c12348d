/* payee.c: who sends payments, and who can be paid. */
#include "app/access.h"
#include "app/payment.h"

#include "feed/bacs_file.h"

#include <string.h>

static bool meta(struct store *store, struct arena *arena, const char *key, const char **value,
                 struct fail *fail)
{
    struct sql_meta_get_row row;
    bool found;

    if (!sql_meta_get(store, &(struct sql_meta_get_in){ .key = key }, arena, &row, &found, fail))
        return false;
    *value = found ? row.value : "";
    return true;
}

/* The standard has room for 140 characters, many banks for 70. */
static const char *cut(const char *text, struct arena *arena)
{
    enum { FULL_NAME = 70 };
    size_t n = 0;

    for (size_t characters = 0; text[n]; n++)
        if (((unsigned char)text[n] & 0xC0) != 0x80 && characters++ == FULL_NAME) break;
    return arena_text(arena, text, n);
}

bool sender_load(struct store *store, struct arena *arena, struct sender *s, struct fail *fail)
{
    const char *sort_code, *number;
    struct fail ignored = { 0 };

    *s = (struct sender){ .by_file = false };
    if (!meta(store, arena, "bacs.user", &s->user, fail) ||
        !meta(store, arena, "pay.sort_code", &sort_code, fail) ||
        !meta(store, arena, "pay.account", &number, fail) ||
        !meta(store, arena, "pay.name", &s->name, fail))
        return false;
    char *clean = arena_take(arena, BACS_TEXT + 1);
    bacs_text_clean(s->name, clean, BACS_TEXT);
    s->full    = cut(s->name, arena);
    s->name    = clean;
    s->by_file = *s->user && bank_account_read(sort_code, number, &s->account, &ignored);
    return true;
}

bool account_text_read(const char *text, struct bank_account *account, const char **name,
                       struct fail *fail)
{
    enum { SORT_TEXT = SORT_CODE_TEXT - 1, NUMBER_AT = SORT_CODE_TEXT };
    char sort_code[SORT_CODE_TEXT], number[ACCOUNT_DIGITS + 1];
    const size_t name_at = NUMBER_AT + ACCOUNT_DIGITS + 1;

    if (strlen(text) <= name_at)
        return REFUSE(fail, "account_wrong",
                      "Give sort code, account number and name, like \"01-02-03 12345678 NAME\".");
    snprintf(sort_code, sizeof sort_code, "%.*s", SORT_TEXT, text);
    snprintf(number, sizeof number, "%.*s", ACCOUNT_DIGITS, text + NUMBER_AT);
    *name = text + name_at;
    return bank_account_read(sort_code, number, account, fail);
}

bool sender_set(struct store *store, const char *user, const char *account, struct fail *fail)
{
    struct bank_account a;
    const char *name;
    char clean[BACS_TEXT + 1], sort_code[SORT_CODE_TEXT];

    if (strlen(user) != BACS_USER || strspn(user, "0123456789") != BACS_USER)
        return REFUSE(fail, "user_wrong", "A Bacs service user number is six digits.");
    if (!account_text_read(account, &a, &name, fail)) return false;
    if (bacs_text_clean(name, clean, BACS_TEXT) == 0)
        return REFUSE(fail, "account_wrong", "The account's name has no letter that Bacs knows.");
    const char *const values[][2] = { { "bacs.user", user },
                                      { "pay.sort_code", sort_code_text(&a, sort_code) },
                                      { "pay.account", a.number },
                                      { "pay.name", name } };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (!sql_meta_put(store,
                          &(struct sql_meta_put_in){ .key = values[i][0], .value = values[i][1] },
                          fail))
            return false;
    return true;
}

bool sender_pays_at_once(struct store *store, bool *at_once, struct fail *fail)
{
    struct arena arena = { 0 };
    struct sender s;
    bool fine = sender_load(store, &arena, &s, fail);

    *at_once = !s.by_file;
    arena_free(&arena);
    return fine;
}

/* The account goes into a file for the bank, and nowhere else. */
static const char *for_bank(const struct group *g, const struct sql_fact_list_row *fact, date day,
                            struct arena *arena)
{
    struct reader bank = { .as = DISCLOSURE_READER_BANK, .group = g, .day = day, .arena = arena };
    struct fail never  = { 0 };
    const char *text   = NULL;

    return access_open(&bank, "a payment", group_sealed(g, fact), &text, &never) ? text : NULL;
}

bool payee_of(const struct group *g, int64_t person, date day, const struct account_tables *tables,
              struct payee *payee, const char **why, struct arena *arena)
{
    const struct sql_fact_list_row *held = group_fact(g, FACT_PAYEE_HOLD, person, day);
    const char *bank = for_bank(g, group_fact(g, FACT_BANK_ACCOUNT, person, day), day, arena);
    const char *roll = for_bank(g, group_fact(g, FACT_ROLL_NUMBER, person, day), day, arena);
    struct fail f    = { 0 };
    char clean[BACS_TEXT + 1];

    *payee = (struct payee){ .reference = roll };
    *why   = NULL;
    if (held)
        *why = arena_print(arena, "Payments are kept back: %s", held->value);
    else if (!bank)
        *why = "There is no bank account to pay to.";
    else if (!account_text_read(bank, &payee->account, &payee->name, &f))
        *why = arena_text(arena, f.text, strlen(f.text));
    else if (bacs_text_clean(payee->name, clean, BACS_TEXT) == 0)
        *why = "The account's name has no letter that Bacs knows.";
    else if (roll && !roll_number_valid(roll))
        *why = "The building society's roll number is not of a known form.";
    else if (bank_account_check(tables, &payee->account) == ACCOUNT_FAILED)
        *why = "The account number does not fit the sort code (modulus check).";
    return *why == NULL;
}
