/* suspense.c: ageing what is in suspense, and looking for whose it may be. */
#include "app/suspense.h"

#include "app/account.h"
#include "app/owner.h"
#include "base/bug.h"
#include "law/working_day.h"

#include <ctype.h>
#include <string.h>

enum { WORD_LEAST = 3, WORD_MOST = 64 };

/* --- age --- */

static const int32_t *age_bounds(date today)
{
    return law_at(JURISDICTION_GREAT_BRITAIN, today)->suspense_ages;
}

static enum suspense_age age_of(int32_t days, date today)
{
    const int32_t *most = age_bounds(today);
    int age             = 0;

    while (age < SUSPENSE_OLD && days > most[age])
        age++;
    return (enum suspense_age)age;
}

const char *suspense_age_name(enum suspense_age age)
{
    static const char *const names[SUSPENSE_AGES] = { "new", "in hand", "late", "old" };
    BUG_UNLESS(age < SUSPENSE_AGES);
    return names[age];
}

const char *suspense_age_words(struct arena *arena, enum suspense_age age, date today)
{
    const int32_t *most = age_bounds(today);

    BUG_UNLESS(age < SUSPENSE_AGES);
    if (age == SUSPENSE_OLD)
        return arena_print(arena, "more than %d working days", most[SUSPENSE_LATE]);
    return arena_print(arena, "%d to %d working days", age ? most[age - 1] + 1 : 0, most[age]);
}

/* --- whose it may be --- */

struct looking {
    struct store *store;
    struct arena *arena;
    struct suspense_item *item;
    date today;
    struct fail *fail;
};

static bool is_hinted(const struct suspense_item *i, int64_t pp)
{
    for (size_t k = 0; k < i->hint_count; k++)
        if (i->hints[k].pp == pp) return true;
    return false;
}

/* Adds somebody, and says if the amount is just what they owe. */
static bool hint_add(struct looking *l, int64_t pp, const char *ref, const char *name,
                     const char *why)
{
    struct suspense_item *i = l->item;
    struct standing s;

    if (is_hinted(i, pp)) return true;
    if (i->hint_count == SUSPENSE_HINTS) {
        i->many = true;
        return true;
    }
    if (!account_standing(l->store, l->arena, pp, l->today, l->today, &s, l->fail)) return false;
    i->hints[i->hint_count++] = (struct suspense_hint){
        .pp   = pp,
        .ref  = ref,
        .name = name,
        .why  = s.owed.p == i->receipt->amount.p
                    ? arena_print(l->arena, "%s, and it is just what they owe", why)
                    : why,
    };
    return true;
}

static bool reference_try(struct looking *l, const char *ref)
{
    struct sql_payer_by_reference_row row;
    bool found;

    if (!sql_payer_by_reference(l->store, &(struct sql_payer_by_reference_in){ .ref = ref },
                                l->arena, &row, &found, l->fail))
        return false;
    return !found ||
           hint_add(l, row.pp, row.ref, arena_print(l->arena, "%s %s", row.given, row.family),
                    arena_print(l->arena, "their reference %s with one slip", ref));
}

/* Every reference that what was written is one slip of the pen away from: one digit other, or two
 * neighbours changed over. */
static bool reference_slips(struct looking *l, const char *written)
{
    char ref[REFERENCE_DIGITS + 1];

    for (size_t i = 0; i < REFERENCE_DIGITS; i++) {
        memcpy(ref, written, sizeof ref);
        for (char digit = '0'; digit <= '9'; digit++) {
            ref[i] = digit;
            if (digit != written[i] && !reference_try(l, ref)) return false;
        }
        if (i + 1 == REFERENCE_DIGITS || written[i] == written[i + 1]) continue;
        ref[i]     = written[i + 1];
        ref[i + 1] = written[i];
        if (!reference_try(l, ref)) return false;
    }
    return true;
}

/* Whether a text holds the word, letters of any case. */
static bool holds_word(const char *text, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = text; n && *p; p++)
        if (!strncasecmp(p, word, n) && (p == text || !isalpha((unsigned char)p[-1])) &&
            !isalpha((unsigned char)p[n]))
            return true;
    return false;
}

static bool given_is_in(const struct suspense_item *i, const char *given)
{
    return holds_word(i->receipt->payer_name, given) || holds_word(i->receipt->remittance, given);
}

static bool name_try(struct looking *l, const char *family)
{
    struct sql_payer_by_name_row *rows;
    size_t n;

    if (!sql_payer_by_name(l->store, &(struct sql_payer_by_name_in){ .family = family }, l->arena,
                           &rows, &n, l->fail))
        return false;
    for (int whole = 1; whole >= 0; whole--) /* first those whose first name is in it too */
        for (size_t i = 0; i < n; i++)
            if (given_is_in(l->item, rows[i].given) == (whole == 1) &&
                !hint_add(l, rows[i].pp, rows[i].ref,
                          arena_print(l->arena, "%s %s", rows[i].given, rows[i].family),
                          whole ? "their whole name is in it" : "their family name is in it"))
                return false;
    return true;
}

/* The words of a text as family names: as written, and as "Webb" for "WEBB". */
static bool names_in(struct looking *l, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ,.;:/()0123456789");
        if (n >= WORD_LEAST && n < WORD_MOST) {
            char *word = arena_text(l->arena, p, n);
            if (!name_try(l, word)) return false;
            for (size_t i = 1; i < n; i++)
                word[i] = (char)tolower((unsigned char)word[i]);
            word[0] = (char)toupper((unsigned char)word[0]);
            if (strncmp(word, p, n) != 0 && !name_try(l, word)) return false;
        }
        p += n + (p[n] != '\0');
    }
    return true;
}

static bool hints_find(struct looking *l)
{
    char ref[REFERENCE_DIGITS + 1];

    for (const char *at = l->item->receipt->remittance; (at = owner_next_reference(at, ref));)
        if (!reference_slips(l, ref)) return false;
    return names_in(l, l->item->receipt->payer_name) && names_in(l, l->item->receipt->remittance);
}

/* --- the list --- */

bool suspense_list(struct store *store, struct arena *arena, date today, size_t hinted,
                   struct suspense *s, struct fail *fail)
{
    struct sql_receipt_suspense_row *rows;

    *s = (struct suspense){ 0 };
    if (!sql_receipt_suspense(store, arena, &rows, &s->n, fail)) return false;
    s->at = ARENA_MANY(arena, struct suspense_item, s->n + 1);
    for (size_t i = 0; i < s->n; i++) {
        struct suspense_item *it = &s->at[i];
        struct looking l         = { store, arena, it, today, fail };
        it->receipt              = &rows[i];
        it->days                 = working_day_count(HOLIDAY_BACS, date_add_days(rows[i].booked, 1),
                                                     date_add_days(date_max(rows[i].booked, today), 1));
        it->age                  = age_of(it->days, today);
        s->total                 = money_add(s->total, rows[i].amount);
        s->amount[it->age]       = money_add(s->amount[it->age], rows[i].amount);
        s->number[it->age]++;
        if (i < hinted && !hints_find(&l)) return false;
    }
    return true;
}
