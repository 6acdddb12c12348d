/* suspense.c: ageing what is in suspense, and looking for whose it may be. */
#include "app/suspense.h"

#include "app/account.h"
#include "app/card.h"
#include "app/owner.h"
#include "app/payment.h"
#include "base/bug.h"
#include "base/name.h"
#include "law/working_day.h"

#include <ctype.h>
#include <string.h>

/* Words are names from so many letters on; of a name that more people bear than NAMED_MOST those
 * are looked at who come first. */
enum { WORD_LEAST = 3, WORD_MOST = 64, WORDS_MOST = 12, NAMED_MOST = 4 };

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

/* What speaks for somebody; those that say most come last. */
enum sign { SIGN_FAMILY = 1, SIGN_SLIP = 2, SIGN_OWED = 4, SIGN_NAME = 8, SIGN_ACCOUNT = 16 };
enum { LOOKED_MOST = 24 }; /* so many people are looked at for one payment */

struct candidate {
    int64_t pp;
    const char *ref, *name, *slip; /* slip: the reference that was meant */
    unsigned signs;
};

struct looking {
    struct store *store;
    struct arena *arena;
    struct suspense_item *item;
    struct candidate found[LOOKED_MOST];
    size_t count, slips; /* slips: people whose reference is one slip away */
    date today;
    struct fail *fail;
};

/* Somebody for whom one more thing speaks; NULL when too many were looked at. */
static struct candidate *candidate_sign(struct looking *l, int64_t pp, unsigned sign)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->found[i].pp == pp) {
            l->found[i].signs |= sign;
            return &l->found[i];
        }
    if (l->count == LOOKED_MOST) {
        l->item->many = true;
        return NULL;
    }
    l->found[l->count] = (struct candidate){ .pp = pp, .signs = sign };
    return &l->found[l->count++];
}

static void candidate_name(struct looking *l, struct candidate *c, const char *ref,
                           const char *given, const char *family)
{
    if (!c) return;
    c->ref  = ref;
    c->name = arena_print(l->arena, "%s %s", given, family);
}

static bool reference_try(struct looking *l, const char *ref)
{
    struct sql_payer_by_reference_row row;
    bool found;

    if (!sql_payer_by_reference(l->store, &(struct sql_payer_by_reference_in){ .ref = ref },
                                l->arena, &row, &found, l->fail))
        return false;
    if (!found) return true;
    size_t before       = l->count;
    struct candidate *c = candidate_sign(l, row.pp, SIGN_SLIP);
    l->slips += !c || l->count > before || !c->slip;
    candidate_name(l, c, row.ref, row.given, row.family);
    if (c) c->slip = arena_print(l->arena, "%s", ref);
    return true;
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

/* The first few paying parents of a family name whose first names begin with a word ("": any). */
static bool named_read(struct looking *l, const char *family, const char *given,
                       struct sql_payer_by_name_row **rows, size_t *n)
{
    struct sql_payer_by_name_in in = { .family    = family,
                                       .given     = given,
                                       .given_end = arena_print(l->arena, "%s" NAME_BEHIND, given),
                                       .most      = NAMED_MOST + 1 };
    return sql_payer_by_name(l->store, &in, l->arena, rows, n, l->fail);
}

static void named_sign(struct looking *l, const struct sql_payer_by_name_row *row, bool whole)
{
    struct candidate *c = candidate_sign(l, row->pp, whole ? SIGN_NAME : SIGN_FAMILY);
    candidate_name(l, c, row->ref, row->given, row->family);
}

/* A family name alone.  One that many bear says nothing. */
static bool family_try(struct looking *l, const char *family)
{
    struct sql_payer_by_name_row *rows;
    size_t n;

    if (!named_read(l, family, "", &rows, &n)) return false;
    for (size_t i = 0; i < n && n <= NAMED_MOST; i++)
        named_sign(l, &rows[i], given_is_in(l->item, rows[i].given));
    return true;
}

/* A family name and a word that may be, or begin, a first name. */
static bool person_try(struct looking *l, const char *family, const char *given)
{
    struct sql_payer_by_name_row *rows;
    size_t n;

    if (!named_read(l, family, given, &rows, &n)) return false;
    l->item->many |= n > NAMED_MOST;
    for (size_t i = 0; i < n; i++)
        if (given_is_in(l->item, rows[i].given)) named_sign(l, &rows[i], true);
    return true;
}

/* The words of a text that may be names. */
static void words_take(struct looking *l, const char *text, char **words, size_t *n)
{
    for (const char *p = text; *p && *n < WORDS_MOST;) {
        size_t length = strcspn(p, " ,.;:/()0123456789");
        if (length >= WORD_LEAST && length < WORD_MOST)
            words[(*n)++] = arena_text(l->arena, p, length);
        p += length + (p[length] != '\0');
    }
}

static bool words_try(struct looking *l, char *const *words, size_t n)
{
    for (size_t f = 0; f < n; f++) {
        if (!family_try(l, words[f])) return false;
        for (size_t g = 0; g < n; g++)
            if (g != f && !person_try(l, words[f], words[g])) return false;
    }
    return true;
}

/* "Webb" for "WEBB"; whether that is another word. */
static bool word_spell(char *word)
{
    bool other = false;

    for (size_t i = 0; word[i]; i++) {
        int c = i ? tolower((unsigned char)word[i]) : toupper((unsigned char)word[i]);
        other |= (char)c != word[i];
        word[i] = (char)c;
    }
    return other;
}

/* Names among the words of a payment: as written, and spelt as names are. */
static bool names_in(struct looking *l)
{
    char *words[WORDS_MOST];
    bool others = false;
    size_t n    = 0;

    words_take(l, l->item->receipt->payer_name, words, &n);
    words_take(l, l->item->receipt->remittance, words, &n);
    if (!words_try(l, words, n)) return false;
    for (size_t i = 0; i < n; i++)
        others |= word_spell(words[i]);
    return !others || words_try(l, words, n);
}

/* Families that money from the same account came for before. */
static bool account_try(struct looking *l)
{
    struct sql_receipt_payer_in in = { .accounts = { &l->item->receipt->payer_account, 1 } };
    struct sql_receipt_payer_row *rows;
    struct group g;
    size_t n;

    if (!sql_receipt_payer(l->store, &in, l->arena, &rows, &n, l->fail)) return false;
    for (size_t i = 0; i < n && i < SUSPENSE_HINTS; i++) {
        if (!group_load(l->store, l->arena, rows[i].pp, KNOWN_NOW, &g, l->fail)) return false;
        const struct sql_group_people_row *p = group_person(&g, rows[i].pp);
        if (p)
            candidate_name(l, candidate_sign(l, rows[i].pp, SIGN_ACCOUNT), p->ref, p->given,
                           p->family);
    }
    l->item->many |= n > SUSPENSE_HINTS;
    return true;
}

/* Whether it is worth a caseworker's look. */
static bool is_hint(const struct looking *l, const struct candidate *c)
{
    bool owed = (c->signs & SIGN_OWED) != 0;

    if (c->signs & (SIGN_ACCOUNT | SIGN_NAME)) return true;
    if (c->signs & SIGN_SLIP) return owed || l->slips == 1 || (c->signs & SIGN_FAMILY);
    return owed;
}

static const char *why_of(const struct looking *l, const struct candidate *c)
{
    const char *why = "";
    const struct {
        bool is;
        const char *words;
    } parts[] = {
        { c->signs & SIGN_ACCOUNT, "money from the same account came for them before" },
        { c->signs & SIGN_NAME, "their whole name is in it" },
        { !(c->signs & SIGN_NAME) && c->signs & SIGN_FAMILY, "their family name is in it" },
        { c->slip != NULL,
          c->slip ? arena_print(l->arena, "their reference %s with one slip is in it", c->slip)
                  : "" },
        { c->signs & SIGN_OWED, "it is just what they owe" },
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].is)
            why = arena_print(l->arena, "%s%s%s", why, *why ? ", and " : "", parts[i].words);
    return why;
}

static bool owed_try(struct looking *l, struct candidate *c)
{
    struct standing s;

    if (!account_standing(l->store, l->arena, c->pp, l->today, l->today, &s, l->fail)) return false;
    if (s.owed.p == l->item->receipt->amount.p) c->signs |= SIGN_OWED;
    return true;
}

/* The best of those who are hints, until there are enough. */
static void hints_take(struct looking *l)
{
    struct suspense_item *it = l->item;

    for (;;) {
        struct candidate *best = NULL;
        for (size_t i = 0; i < l->count; i++)
            if (l->found[i].signs && is_hint(l, &l->found[i]) &&
                (!best || l->found[i].signs > best->signs))
                best = &l->found[i];
        if (!best) return;
        if (it->hint_count == SUSPENSE_HINTS) {
            it->many = true;
            return;
        }
        it->hints[it->hint_count++] = (struct suspense_hint){
            .pp = best->pp, .ref = best->ref, .name = best->name, .why = why_of(l, best)
        };
        best->signs = 0;
    }
}

static bool hints_find(struct looking *l)
{
    char ref[REFERENCE_DIGITS + 1];

    if (!account_try(l)) return false;
    for (const char *at = l->item->receipt->remittance; (at = owner_next_reference(at, ref));)
        if (!reference_slips(l, ref)) return false;
    if (!names_in(l)) return false;
    for (size_t i = 0; i < l->count; i++)
        if (!owed_try(l, &l->found[i])) return false;
    hints_take(l);
    return true;
}

/* --- money that the bank says is a payment of ours come back --- */

enum { ALIKE_MOST = 4 };

static bool came_back_note(struct store *store, struct arena *arena, struct suspense_item *it,
                           struct fail *fail)
{
    const struct setting s           = { .store = store, .arena = arena };
    const struct payment_alike alike = { it->receipt->amount, it->receipt->remittance,
                                         it->receipt->booked };
    struct sql_payment_sent_alike_row *rows;
    struct out o = { .arena = arena };
    char day[DATE_WORDS];
    size_t n, shown = 0;

    if (!strncmp(it->receipt->bank_ref, CARD_FILE, strlen(CARD_FILE))) {
        it->note = "The card provider gives it back to us and does not say whose it is (a "
                   "chargeback that was won, say). Match it to the parent whose card it was.";
        return true;
    }
    it->is_payment = true;
    if (!payment_list_alike(&s, &alike, &rows, &n, fail)) return false;
    out_text(&o, "The bank says that it is a payment of ours that came back, and not which. ");
    for (size_t i = n; i-- > 0 && shown < ALIKE_MOST;) {
        if (*rows[i].line) continue;
        out_print(&o, "%s%s of %s", shown++ ? ", " : "Of that amount and reference we sent ",
                  payment_id(rows[i].batch, rows[i].pp, rows[i].arrangement, arena),
                  date_words(rows[i].made, day));
    }
    if (!shown) out_text(&o, "We sent none of that amount and reference that is still out");
    out_text(&o, ". Ask the bank, and give the number of the payment.");
    it->note = out_string(&o);
    return true;
}

/* --- the list --- */

bool suspense_list(struct store *store, struct arena *arena, date today, size_t first, size_t end,
                   struct suspense *s, struct fail *fail)
{
    struct sql_receipt_suspense_row *rows;

    *s = (struct suspense){ 0 };
    if (!sql_receipt_suspense(store, arena, &rows, &s->n, fail)) return false;
    s->at = ARENA_MANY(arena, struct suspense_item, s->n + 1);
    for (size_t i = 0; i < s->n; i++) {
        struct suspense_item *it = &s->at[i];
        struct looking l         = {
                    .store = store, .arena = arena, .item = it, .today = today, .fail = fail
        };
        it->receipt        = &rows[i];
        it->days           = working_day_count(HOLIDAY_BACS, date_add_days(rows[i].booked, 1),
                                               date_add_days(date_max(rows[i].booked, today), 1));
        it->age            = age_of(it->days, today);
        s->total           = money_add(s->total, rows[i].amount);
        s->amount[it->age] = money_add(s->amount[it->age], rows[i].amount);
        s->number[it->age]++;
        bool told = i < first || i >= end ||
                    (rows[i].came_back ? came_back_note(store, arena, it, fail) : hints_find(&l));
        if (!told) return false;
    }
    return true;
}
