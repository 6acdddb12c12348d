/* estimate.c: from answers to an input, and the codes. */
#include "web/estimate.h"

#include "sql.h"

#include <sodium.h>
#include <string.h>

enum { CODE_LETTERS = 8, HALF = 4, TRIES = 20, DAY_SECONDS = 86400 };
static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

static struct span span_print(struct arena *a, const char *format, int one, int other)
{
    const char *text = arena_print(a, format, one, other);
    return (struct span){ text, strlen(text) };
}

static void income_fill(struct rule_income *income, const struct answers *answers)
{
    switch (answers->income) {
    case INCOME_HISTORIC:
        income->has_historic    = true;
        income->historic_annual = answers->amount;
        break;
    case INCOME_CURRENT:
        income->has_current    = true;
        income->current_annual = answers->amount;
        break;
    case INCOME_WEEKLY:
        income->has_weekly = true;
        income->weekly     = answers->amount;
        break;
    case INCOME_UNSAID: bug_report("the income was asked", __FILE__, __LINE__);
    }
    if (answers->income != INCOME_WEEKLY) income->pension_contributions_annual = answers->pension;
}

static void variations_fill(struct rule_facts *facts, const struct answers *answers)
{
    for (int g = 0; g < GROUNDS; g++) {
        if (!(answers->special >> g & 1) || money_is_zero(answers->ground_amount[g])) continue;
        facts->variations[g].unit   = g == GROUND_UNEARNED_INCOME ? VARIATION_ANNUAL
                                      : g == GROUND_ASSETS        ? VARIATION_ASSET_VALUE
                                                                  : VARIATION_WEEKLY;
        facts->variations[g].amount = answers->ground_amount[g];
    }
}

static void children_fill(struct assess_input *input, struct arena *a,
                          const struct answers *answers)
{
    struct rule_receiver *receivers = ARENA_MANY(a, struct rule_receiver, ANSWER_RECEIVERS);
    struct rule_child *children =
        ARENA_MANY(a, struct rule_child, ANSWER_RECEIVERS * ANSWER_CHILDREN);
    struct span *receiver_ids = ARENA_MANY(a, struct span, ANSWER_RECEIVERS);
    struct span *child_ids    = ARENA_MANY(a, struct span, ANSWER_RECEIVERS * ANSWER_CHILDREN);
    int32_t n                 = 0;

    for (int i = 0; i < answers->receivers; i++) {
        const struct answer_receiver *r = &answers->receiver[i];
        receivers[i]                    = (struct rule_receiver){ .equal_care  = r->equal_care,
                                                                  .first_child = n,
                                                                  .child_count = r->children };
        receiver_ids[i]                 = span_print(a, "parent-%d", i + 1, 0);
        for (int k = 0; k < r->children; k++, n++) {
            children[n].nights = r->equal_care ? 0 : r->child[k].nights;
            child_ids[n]       = span_print(a, "child-%d-%d", i + 1, k + 1);
        }
    }
    input->facts.receivers      = receivers;
    input->facts.receiver_count = answers->receivers;
    input->facts.children       = children;
    input->facts.child_count    = n;
    input->receiver_ids         = receiver_ids;
    input->child_ids            = child_ids;
}

struct assess_input estimate_input(struct arena *a, const struct answers *answers, date today)
{
    struct assess_input input = { .effective_date = today };
    struct rule_facts *facts  = &input.facts;

    facts->circumstance = answers->circumstance;
    if (answers->circumstance == CIRCUMSTANCE_NONE) {
        facts->benefit = answers->benefit;
        facts->partner_also_liable =
            answers->benefit == BENEFIT_OWN_OR_PARTNER && answers->partner_also_liable;
        if (answers->benefit == BENEFIT_NONE) income_fill(&facts->income, answers);
    }
    facts->relevant_other_children    = answers->others;
    facts->other_arrangement_children = answers->arrangements;
    variations_fill(facts, answers);
    children_fill(&input, a, answers);
    return input;
}

static bool keep(struct store *s, const char *code, const char *json, int64_t now, struct fail *f)
{
    struct sql_estimate_insert_in in   = { .code    = code,
                                           .expires = now + (int64_t)ESTIMATE_DAYS * DAY_SECONDS,
                                           .input   = json };
    struct sql_estimate_sweep_in sweep = { .now = now };
    struct sql_estimate_count_row row  = { 0 };
    struct arena a                     = { 0 };
    bool found;

    bool done = store_begin(s, STORE_WRITING, f) && sql_estimate_sweep(s, &sweep, f) &&
                sql_estimate_count(s, &a, &row, &found, f);
    arena_free(&a);
    if (done && row.kept >= ESTIMATES_MOST)
        done = REFUSE(f, "estimates_full",
                      "No more codes can be kept today. Write down the amounts instead.");
    done = done && sql_estimate_insert(s, &in, f) && store_commit(s, f);
    if (!done) store_rollback(s);
    return done;
}

bool estimate_keep(struct store *s, struct arena *a, const struct assess_input *input, int64_t now,
                   const char **code, struct fail *f)
{
    struct out json = { .arena = a };
    char *text      = arena_take(a, CODE_LETTERS + 1);

    BUG_UNLESS(sodium_init() >= 0);
    assess_json_write_input(&json, input);
    for (int tries = 0; tries < TRIES; tries++) {
        for (int i = 0; i < CODE_LETTERS; i++)
            text[i] = letters[randombytes_uniform(sizeof letters - 1)];
        *f = (struct fail){ 0 };
        if (keep(s, text, out_string(&json), now, f)) {
            *code = arena_print(a, "%.*s-%s", HALF, text, text + HALF);
            return true;
        }
        if (strcmp(f->code, "exists") != 0) return false;
    }
    return false;
}

static bool missing(struct fail *f)
{
    return REFUSE(f, "estimate_missing",
                  "There is no estimate with this code, or it is more than %d days old.",
                  ESTIMATE_DAYS);
}

/* A code as it is kept; false when it cannot be one. */
static bool code_plain(const char *typed, char plain[CODE_LETTERS + 1])
{
    size_t n = 0;

    memset(plain, 0, CODE_LETTERS + 1);
    for (; *typed; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        if (c == '-' || c == ' ') continue;
        if (!strchr(letters, c) || n == CODE_LETTERS) return false;
        plain[n++] = c;
    }
    return true;
}

bool estimate_find(struct store *s, struct arena *a, const char *code, int64_t now,
                   const char **json, struct fail *f)
{
    char plain[CODE_LETTERS + 1];

    if (!code_plain(code, plain)) return missing(f);
    struct sql_estimate_get_in in = { .code = plain, .now = now };
    struct sql_estimate_get_row row;
    bool found;
    if (!sql_estimate_get(s, &in, a, &row, &found, f)) return false;
    if (!found) return missing(f);
    *json = row.input;
    return true;
}

bool estimate_renew(struct store *s, struct arena *a, const char *code, int64_t now, struct fail *f)
{
    char plain[CODE_LETTERS + 1];
    const char *json;

    if (!code_plain(code, plain)) return missing(f);
    struct sql_estimate_renew_in in = { .code    = plain,
                                        .expires = now + (int64_t)ESTIMATE_DAYS * DAY_SECONDS };
    bool done = store_begin(s, STORE_WRITING, f) && estimate_find(s, a, code, now, &json, f) &&
                sql_estimate_renew(s, &in, f) && store_commit(s, f);
    store_rollback(s);
    return done;
}
