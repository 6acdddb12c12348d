/* assess_json.c: reading and writing the form of doc/assess.md.  One table of keys for each object
 * of the form; a key's place in its table is its place in the enum beside it. */
#include "rule/assess_json.h"

#include "base/scan.h"
#include "rule/assess.h"

#include <string.h>

/* ---- the form ----------------------------------------------------------------------------- */

enum { TOP_ID, TOP_DATE, TOP_DEFAULT, TOP_PAYER, TOP_RECEIVERS, TOP_VARIATIONS, TOP_KEYS };
static const struct span top_keys[TOP_KEYS] = {
    [TOP_ID]         = SPAN("id"),
    [TOP_DATE]       = SPAN("effective_date"),
    [TOP_DEFAULT]    = SPAN("default_decision"),
    [TOP_PAYER]      = SPAN("paying_parent"),
    [TOP_RECEIVERS]  = SPAN("receiving_parents"),
    [TOP_VARIATIONS] = SPAN("variations"),
};
enum {
    PAYER_CIRCUMSTANCE,
    PAYER_BENEFIT,
    PAYER_PARTNER,
    PAYER_BENEFIT_WEEKLY,
    PAYER_INCOME,
    PAYER_OTHER_CHILDREN,
    PAYER_ARRANGEMENTS,
    PAYER_KEYS
};
static const struct span payer_keys[PAYER_KEYS] = {
    [PAYER_CIRCUMSTANCE]   = SPAN("circumstance"),
    [PAYER_BENEFIT]        = SPAN("benefit"),
    [PAYER_PARTNER]        = SPAN("partner_also_liable"),
    [PAYER_BENEFIT_WEEKLY] = SPAN("benefit_weekly"),
    [PAYER_INCOME]         = SPAN("income"),
    [PAYER_OTHER_CHILDREN] = SPAN("relevant_other_children"),
    [PAYER_ARRANGEMENTS]   = SPAN("other_arrangement_children"),
};
enum { INCOME_WEEKLY, INCOME_HISTORIC, INCOME_CURRENT, INCOME_CONTRIBUTIONS, INCOME_KEYS };
static const struct span income_keys[INCOME_KEYS] = {
    [INCOME_WEEKLY]        = SPAN("weekly"),
    [INCOME_HISTORIC]      = SPAN("historic_annual"),
    [INCOME_CURRENT]       = SPAN("current_annual"),
    [INCOME_CONTRIBUTIONS] = SPAN("pension_contributions_annual"),
};
enum { RECEIVER_ID, RECEIVER_CARE, RECEIVER_CHILDREN, RECEIVER_KEYS };
static const struct span receiver_keys[RECEIVER_KEYS] = {
    [RECEIVER_ID]       = SPAN("id"),
    [RECEIVER_CARE]     = SPAN("day_to_day_care"),
    [RECEIVER_CHILDREN] = SPAN("children"),
};
enum { CHILD_ID, CHILD_NIGHTS, CHILD_AUTHORITY, CHILD_KEYS };
static const struct span child_keys[CHILD_KEYS] = {
    [CHILD_ID]        = SPAN("id"),
    [CHILD_NIGHTS]    = SPAN("nights"),
    [CHILD_AUTHORITY] = SPAN("local_authority_nights"),
};
/* The amounts stand in the order of enum variation_unit. */
enum { VARIATION_GROUND, VARIATION_KEYS = VARIATION_ASSET_VALUE + 1 };
static const struct span variation_keys[VARIATION_KEYS] = {
    [VARIATION_GROUND]      = SPAN("ground"),
    [VARIATION_WEEKLY]      = SPAN("weekly"),
    [VARIATION_ANNUAL]      = SPAN("annual"),
    [VARIATION_ASSET_VALUE] = SPAN("asset_value"),
};
static const struct scan_form top_form       = { top_keys, TOP_KEYS };
static const struct scan_form payer_form     = { payer_keys, PAYER_KEYS };
static const struct scan_form income_form    = { income_keys, INCOME_KEYS };
static const struct scan_form receiver_form  = { receiver_keys, RECEIVER_KEYS };
static const struct scan_form child_form     = { child_keys, CHILD_KEYS };
static const struct scan_form variation_form = { variation_keys, VARIATION_KEYS };

enum { CARE_LESSER, CARE_EQUAL_OR_GREATER, CARES };
static const char *const care_words[CARES] = { "lesser", "equal_or_greater" };

/* Reading 3: which key belongs to which ground. */
static bool ground_takes(enum ground ground, enum variation_unit unit)
{
    if (ground == GROUND_ASSETS) return unit == VARIATION_ASSET_VALUE;
    if (ground == GROUND_UNEARNED_INCOME) return unit == VARIATION_ANNUAL;
    return unit != VARIATION_ASSET_VALUE;
}

/* ---- reading ------------------------------------------------------------------------------ */

struct reader {
    struct scan j;
    struct arena *arena;
    struct assess_input *input;
    struct rule_receiver *receivers;
    struct span *receiver_ids;
    struct rule_child *children;
    struct span *child_ids;
    int32_t receiver_room, child_room;
};

static bool read_money(struct reader *r, money *m)
{
    struct span text;

    if (!scan_string(&r->j, &text)) return false;
    if (money_parse(text.at, text.length, m)) return true;
    return scan_refuse(
        &r->j, "money_wrong",
        "Give pounds as a text of digits, with a point and one or two digits of pence if "
        "needed, such as \"517.81\": no sign, no commas, at most 999999999999.99.");
}

/* Money that may be null. */
static bool read_money_if_any(struct reader *r, money *m, bool *has)
{
    enum scan_type type;

    if (!scan_peek(&r->j, &type)) return false;
    if (type == SCAN_NULL) return scan_null(&r->j);
    *has = true;
    return read_money(r, m);
}

static bool read_date(struct reader *r, date *d)
{
    struct span text;

    if (!scan_string(&r->j, &text)) return false;
    if (date_parse(text.at, text.length, d)) return true;
    return scan_refuse(&r->j, "date_wrong",
                       "Give a date that exists as YYYY-MM-DD, such as \"2026-04-06\".");
}

static bool read_word(struct reader *r, const char *const *words, int32_t count, int32_t *value)
{
    struct span text;
    struct out list = { .arena = r->arena };

    if (!scan_string(&r->j, &text)) return false;
    for (int32_t k = 0; k < count; k++) {
        if (span_same(text, (struct span){ words[k], strlen(words[k]) })) {
            *value = k;
            return true;
        }
        out_text(&list, k > 0 ? ", " : "Give one of these words: ");
        out_text(&list, words[k]);
    }
    out_text(&list, ".");
    return scan_refuse(&r->j, "word_unknown", out_string(&list));
}

static bool read_income_member(struct reader *r, int32_t key)
{
    struct rule_income *income = &r->input->facts.income;

    switch (key) {
    case INCOME_WEEKLY: income->has_weekly = true; return read_money(r, &income->weekly);
    case INCOME_HISTORIC:
        return read_money_if_any(r, &income->historic_annual, &income->has_historic);
    case INCOME_CURRENT: return read_money_if_any(r, &income->current_annual, &income->has_current);
    default: return read_money(r, &income->pension_contributions_annual);
    }
}

static bool read_income(struct reader *r)
{
    struct scan_object object;
    int32_t key;

    if (!scan_object_begin(&r->j, &income_form, &object)) return false;
    do {
        if (!scan_object_next(&r->j, &object, &key)) return false;
        if (key >= 0 && !read_income_member(r, key)) return false;
    } while (key >= 0);
    /* Reading 2: a key that is null is a key too. */
    if (scan_object_has(&object, INCOME_WEEKLY) && object.seen != (uint32_t)1 << INCOME_WEEKLY)
        return scan_refuse_member(
            &r->j, income_keys[INCOME_WEEKLY], "income_twice",
            "Give the weekly income or the yearly figures, not both: with weekly, "
            "no other income key may stand.");
    return true;
}

static bool read_payer_member(struct reader *r, int32_t key)
{
    struct rule_facts *facts = &r->input->facts;
    int32_t word             = 0;

    switch (key) {
    case PAYER_CIRCUMSTANCE:
        if (!read_word(r, circumstance_words, CIRCUMSTANCES, &word)) return false;
        facts->circumstance = (enum circumstance)word;
        return true;
    case PAYER_BENEFIT:
        if (!read_word(r, benefit_words, BENEFITS, &word)) return false;
        facts->benefit = (enum benefit)word;
        return true;
    case PAYER_PARTNER: return scan_bool(&r->j, &facts->partner_also_liable);
    case PAYER_BENEFIT_WEEKLY:
        facts->has_benefit_weekly = true;
        return read_money(r, &facts->benefit_weekly);
    case PAYER_INCOME: return read_income(r);
    case PAYER_OTHER_CHILDREN:
        return scan_count(&r->j, ASSESS_COUNT_MOST, &facts->relevant_other_children);
    default: return scan_count(&r->j, ASSESS_COUNT_MOST, &facts->other_arrangement_children);
    }
}

static bool read_payer(struct reader *r)
{
    struct scan_object object;
    int32_t key;

    if (!scan_object_begin(&r->j, &payer_form, &object)) return false;
    do {
        if (!scan_object_next(&r->j, &object, &key)) return false;
        if (key >= 0 && !read_payer_member(r, key)) return false;
    } while (key >= 0);
    return true;
}

static int32_t more_room(int32_t room)
{
    return room == 0 ? GROUNDS : room + room;
}

static void *grown(struct reader *r, const void *old, size_t size, int32_t have, int32_t want)
{
    return arena_grow(r->arena, old, size * (size_t)have, size * (size_t)want);
}

/* A place for one more child, all its members their defaults. */
static int32_t add_child(struct reader *r)
{
    struct rule_facts *facts = &r->input->facts;
    int32_t room             = more_room(r->child_room);

    if (facts->child_count == r->child_room) {
        r->children   = grown(r, r->children, sizeof *r->children, r->child_room, room);
        r->child_ids  = grown(r, r->child_ids, sizeof *r->child_ids, r->child_room, room);
        r->child_room = room;
    }
    return facts->child_count++;
}
static int32_t add_receiver(struct reader *r)
{
    struct rule_facts *facts = &r->input->facts;
    int32_t room             = more_room(r->receiver_room);

    if (facts->receiver_count == r->receiver_room) {
        r->receivers = grown(r, r->receivers, sizeof *r->receivers, r->receiver_room, room);
        r->receiver_ids =
            grown(r, r->receiver_ids, sizeof *r->receiver_ids, r->receiver_room, room);
        r->receiver_room = room;
    }
    return facts->receiver_count++;
}

static bool read_id(struct reader *r, struct span *id)
{
    struct span text;

    if (!scan_string(&r->j, &text)) return false;
    *id = (struct span){ arena_text(r->arena, text.at, text.length), text.length };
    return true;
}

static bool read_child(struct reader *r)
{
    struct scan_object object;
    int32_t key, c = add_child(r);

    if (!scan_object_begin(&r->j, &child_form, &object)) return false;
    do {
        struct rule_child *child = &r->children[c];
        bool read                = true;
        if (!scan_object_next(&r->j, &object, &key)) return false;
        if (key == CHILD_ID)
            read = read_id(r, &r->child_ids[c]);
        else if (key == CHILD_NIGHTS)
            read = scan_count(&r->j, ASSESS_NIGHTS_MOST, &child->nights);
        else if (key == CHILD_AUTHORITY)
            read = scan_count(&r->j, ASSESS_NIGHTS_MOST, &child->local_authority_nights);
        if (!read) return false;
    } while (key >= 0);
    return scan_object_needs(&r->j, &object, CHILD_ID);
}

static bool read_children(struct reader *r)
{
    int32_t index;

    if (!scan_array_begin(&r->j)) return false;
    for (;;) {
        if (!scan_array_next(&r->j, &index)) return false;
        if (index < 0) return true;
        if (!read_child(r)) return false;
    }
}

static bool read_receiver_member(struct reader *r, int32_t i, int32_t key)
{
    int32_t word = 0;

    switch (key) {
    case RECEIVER_ID: return read_id(r, &r->receiver_ids[i]);
    case RECEIVER_CARE:
        if (!read_word(r, care_words, CARES, &word)) return false;
        r->receivers[i].equal_care = word == CARE_EQUAL_OR_GREATER;
        return true;
    default: return read_children(r);
    }
}

static bool read_receiver(struct reader *r)
{
    struct scan_object object;
    int32_t key, i = add_receiver(r);

    r->receivers[i].first_child = r->input->facts.child_count;
    if (!scan_object_begin(&r->j, &receiver_form, &object)) return false;
    do {
        if (!scan_object_next(&r->j, &object, &key)) return false;
        if (key >= 0 && !read_receiver_member(r, i, key)) return false;
    } while (key >= 0);
    r->receivers[i].child_count = r->input->facts.child_count - r->receivers[i].first_child;
    if (!scan_object_needs(&r->j, &object, RECEIVER_ID) ||
        !scan_object_needs(&r->j, &object, RECEIVER_CHILDREN))
        return false;
    if (r->receivers[i].child_count > 0) return true;
    return scan_refuse_member(&r->j, receiver_keys[RECEIVER_CHILDREN], "child_missing",
                              "Give this receiving parent at least one child.");
}

static bool read_receivers(struct reader *r)
{
    int32_t index;

    if (!scan_array_begin(&r->j)) return false;
    for (;;) {
        if (!scan_array_next(&r->j, &index)) return false;
        if (index < 0) break;
        if (!read_receiver(r)) return false;
    }
    if (r->input->facts.receiver_count > 0) return true;
    return scan_refuse(&r->j, "receiver_missing", "Give at least one receiving parent.");
}

/* After the last member of a variation: exactly the amount that belongs to its ground. */
static bool variation_set(struct reader *r, const struct scan_object *object, enum ground ground,
                          money amount)
{
    struct rule_variation *to = &r->input->facts.variations[ground];
    enum variation_unit unit  = VARIATION_NONE;
    int32_t given             = 0;

    if (!scan_object_needs(&r->j, object, VARIATION_GROUND)) return false;
    if (to->unit != VARIATION_NONE)
        return scan_refuse_member(&r->j, variation_keys[VARIATION_GROUND], "ground_twice",
                                  "Give each ground once: add up the amounts of the same ground.");
    for (int32_t key = VARIATION_WEEKLY; key < VARIATION_KEYS; key++)
        if (scan_object_has(object, key)) {
            unit = (enum variation_unit)key;
            given++;
        }
    if (given == 0)
        return scan_refuse(&r->j, "amount_missing",
                           "Give the amount of this ground: asset_value for assets, annual for "
                           "unearned_income, weekly or annual for the others.");
    if (given > 1)
        return scan_refuse(&r->j, "amount_twice",
                           "Give one amount for this ground: there is more than one.");
    if (!ground_takes(ground, unit))
        return scan_refuse_member(&r->j, variation_keys[unit], "amount_wrong_key",
                                  "Give the amount under the key that belongs to its ground: "
                                  "asset_value for assets, annual for unearned_income, weekly or "
                                  "annual for the others.");
    *to = (struct rule_variation){ unit, amount };
    return true;
}

static bool read_variation(struct reader *r)
{
    struct scan_object object;
    int32_t key, word = 0;
    money amount = MONEY_NONE;

    if (!scan_object_begin(&r->j, &variation_form, &object)) return false;
    do {
        if (!scan_object_next(&r->j, &object, &key)) return false;
        if (key == VARIATION_GROUND && !read_word(r, ground_words, GROUNDS, &word)) return false;
        if (key > VARIATION_GROUND && !read_money(r, &amount)) return false;
    } while (key >= 0);
    return variation_set(r, &object, (enum ground)word, amount);
}

static bool read_variations(struct reader *r)
{
    int32_t index;

    if (!scan_array_begin(&r->j)) return false;
    for (;;) {
        if (!scan_array_next(&r->j, &index)) return false;
        if (index < 0) return true;
        if (!read_variation(r)) return false;
    }
}

static bool read_top_member(struct reader *r, int32_t key)
{
    switch (key) {
    case TOP_ID: r->input->has_id = true; return read_id(r, &r->input->id);
    case TOP_DATE: return read_date(r, &r->input->effective_date);
    case TOP_DEFAULT: return scan_bool(&r->j, &r->input->facts.default_decision);
    case TOP_PAYER: return read_payer(r);
    case TOP_RECEIVERS: return read_receivers(r);
    default: return read_variations(r);
    }
}

static bool read_top(struct reader *r)
{
    struct scan_object object;
    int32_t key;

    if (!scan_object_begin(&r->j, &top_form, &object)) return false;
    do {
        if (!scan_object_next(&r->j, &object, &key)) return false;
        if (key >= 0 && !read_top_member(r, key)) return false;
    } while (key >= 0);
    return scan_finish(&r->j) && scan_object_needs(&r->j, &object, TOP_DATE) &&
           scan_object_needs(&r->j, &object, TOP_RECEIVERS);
}

/* ---- ids given twice ---------------------------------------------------------------------- */

static int span_order(struct span a, struct span b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order      = memcmp(a.at, b.at, shorter);

    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

/* A merge sort of places by their ids, the earlier place first among equals. */
static const int32_t *ids_sort(struct arena *a, const struct span *ids, int32_t count)
{
    int32_t *from = ARENA_MANY(a, int32_t, count), *to = ARENA_MANY(a, int32_t, count);

    for (int32_t i = 0; i < count; i++)
        from[i] = i;
    for (int32_t run = 1; run < count; run += run) {
        for (int32_t start = 0; start < count; start += run + run) {
            int32_t middle = start + run < count ? start + run : count;
            int32_t end    = middle + run < count ? middle + run : count;
            int32_t left = start, right = middle;
            for (int32_t k = start; k < end; k++) {
                bool take_left = left < middle;
                if (take_left && right < end)
                    take_left = span_order(ids[from[left]], ids[from[right]]) <= 0;
                to[k] = take_left ? from[left++] : from[right++];
            }
        }
        int32_t *swap = from;
        from          = to;
        to            = swap;
    }
    return from;
}

/* The place of an id that an earlier place has too; -1 if all differ. */
static int32_t ids_find_twice(struct arena *a, const struct span *ids, int32_t count)
{
    if (count <= 1) return -1;
    if (count == 1 + 1) return span_same(ids[0], ids[1]) ? 1 : -1;
    const int32_t *order = ids_sort(a, ids, count);
    for (int32_t k = 1; k < count; k++)
        if (span_same(ids[order[k - 1]], ids[order[k]])) return order[k];
    return -1;
}

static bool check_ids(struct reader *r)
{
    static const char sentence[] = "Give every receiving parent and every child an id of its own: "
                                   "this one stands twice.";
    const struct rule_facts *facts = &r->input->facts;
    int32_t i                    = ids_find_twice(r->arena, r->receiver_ids, facts->receiver_count);
    struct scan_place receiver[] = { { top_keys[TOP_RECEIVERS], -1 }, { .index = i } };

    if (i >= 0) {
        scan_point(&r->j, receiver, sizeof receiver / sizeof *receiver);
        return scan_refuse_member(&r->j, receiver_keys[RECEIVER_ID], "id_twice", sentence);
    }
    int32_t c = ids_find_twice(r->arena, r->child_ids, facts->child_count);
    if (c < 0) return true;
    for (i = 0; c >= r->receivers[i].first_child + r->receivers[i].child_count;)
        i++;
    struct scan_place child[] = { { top_keys[TOP_RECEIVERS], -1 },
                                  { .index = i },
                                  { receiver_keys[RECEIVER_CHILDREN], -1 },
                                  { .index = c - r->receivers[i].first_child } };
    scan_point(&r->j, child, sizeof child / sizeof *child);
    return scan_refuse_member(&r->j, child_keys[CHILD_ID], "id_twice", sentence);
}

static bool read_all(struct reader *r, struct span text, struct fail *f)
{
    struct assess_input *input = r->input;

    if (text.length > ASSESS_BYTES_MOST) {
        REFUSE(f, "input_too_large", "Split the input: one calculation may be at most %d bytes.",
               (int)ASSESS_BYTES_MOST);
        return false;
    }
    if (!scan_start(&r->j, r->arena, text, f) || !read_top(r) || !check_ids(r)) return false;
    input->facts.receivers = r->receivers;
    input->facts.children  = r->children;
    input->receiver_ids    = r->receiver_ids;
    input->child_ids       = r->child_ids;
    return assess_check(&input->facts, input->effective_date, f);
}

bool assess_json_read(struct arena *a, const char *text, size_t length, struct assess_input *input,
                      struct fail *f)
{
    struct reader r   = { .arena = a, .input = input };
    struct span whole = { text, length };
    struct scan_survey survey;

    *input = (struct assess_input){ .has_id = false };
    if (read_all(&r, whole, f)) return true;
    *input = (struct assess_input){ .has_id = false };
    if (length > ASSESS_BYTES_MOST) return false;
    /* A text that is no JSON is refused as that, whatever else is wrong before the place. */
    if (!scan_survey(a, whole, top_keys[TOP_ID], &survey)) {
        *f = survey.fail;
        return false;
    }
    input->has_id = survey.has_value;
    input->id     = survey.value;
    return false;
}
