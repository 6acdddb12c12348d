/* command_sample.c: upkeep sample: what was found in decisions that somebody else looked at. */
#include "app/sample.h"
#include "app/sample_rates.h"
#include "cli/options.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static void print_month(const char *name, const struct sample_month *m)
{
    char weekly[MONEY_TEXT], error[MONEY_TEXT], rate[SAMPLE_PERCENT], share[SAMPLE_PERCENT];
    int64_t looked = sample_looked(m);

    printf("%-10s %7lld %7lld %7lld %7lld %7lld %7lld %8s %12s %12s %8s\n", name,
           (long long)m->decided, (long long)m->before, (long long)m->after, (long long)looked,
           (long long)m->unclear, (long long)m->wrong, sample_percent(m->wrong, looked, rate),
           money_text(m->weekly, weekly), money_text(m->error, error),
           sample_percent(m->error.p, m->weekly.p, share));
}

static void print_rates(const struct sample_rates *r)
{
    enum { MONTH = 7 };
    char day[DATE_TEXT], before[SAMPLE_PERCENT], after[SAMPLE_PERCENT];

    if (!r->is_begun) {
        puts("Decisions are not picked yet: upkeep sample begin.");
        return;
    }
    printf("Picked since %s: %s of all decisions before the parents are told, %s after.\n",
           date_text(r->since, day), sample_percent(r->before_share, 1000, before),
           sample_percent(r->after_share, 1000, after));
    printf("%-10s %7s %7s %7s %7s %7s %7s %8s %12s %12s %8s\n", "month", "decided", "before",
           "after", "looked", "unclear", "wrong", "of those", "a week", "wrong by", "share");
    for (size_t i = 0; i < r->n; i++) {
        date_text(r->months[i].first, day)[MONTH] = '\0';
        print_month(day, &r->months[i]);
    }
    print_month("all", &r->all);
}

static json_t *month_json(const struct sample_month *m)
{
    return json_pack("{sI sI sI sI sI sI sI sI}", "decided", (json_int_t)m->decided,
                     "picked_before", (json_int_t)m->before, "picked_after", (json_int_t)m->after,
                     "right", (json_int_t)m->right, "unclear", (json_int_t)m->unclear, "wrong",
                     (json_int_t)m->wrong, "weekly_looked_at", (json_int_t)m->weekly.p,
                     "weekly_wrong_by", (json_int_t)m->error.p);
}

static void print_json(const struct sample_rates *r)
{
    enum { MONTH = 7 };
    char day[DATE_TEXT];
    json_t *months = json_object();

    for (size_t i = 0; i < r->n; i++) {
        date_text(r->months[i].first, day)[MONTH] = '\0';
        json_object_set_new(months, day, month_json(&r->months[i]));
    }
    json_t *all =
        json_pack("{sb ss si si so so}", "begun", r->is_begun, "since", date_text(r->since, day),
                  "before_thousandths", r->before_share, "after_thousandths", r->after_share,
                  "months", months, "all", month_json(&r->all));
    json_dumpf(all, stdout, JSON_INDENT(2));
    puts("");
    json_decref(all);
}

struct sample_work {
    const struct options *o;
    struct arena *arena;
};

static bool begin_job(void *context, struct store *store, struct fail *fail)
{
    const struct sample_work *w = context;
    struct setting s            = { store, w->arena, w->o->today, w->o->by };

    return sample_begin(&s, (struct sample_shares){ -1, -1 }, fail);
}

static int run_sample(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct sample_rates rates;
    struct fail f = { 0 };

    if (!options_read(&o, "tjb", 1, argc, argv)) return EXIT_WRONG_CALL;
    bool begins = o.word_count == 1 && !strcmp(o.words[0], "begin");
    if (o.word_count && !begins) {
        fprintf(stderr, "upkeep sample: \"%s\" is not begin.\n", o.words[0]);
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, begins ? STORE_WRITE : STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    struct sample_work work = { &o, &arena };
    bool fine               = begins ? store_work(store, STORE_WRITING, begin_job, &work, &f)
                                     : store_begin(store, STORE_READING, &f) &&
                             sample_rates_read(store, &arena, o.today, &rates, &f);
    if (fine && begins) puts("From now on decisions are picked by the day's run.");
    if (fine && !begins) (o.json ? print_json : print_rates)(&rates);
    store_close(store);
    arena_free(&arena);
    return fine ? EXIT_DONE : (int)options_fail(&o, &f);
}

const struct command command_sample = {
    .name = "sample",
    .line = "decisions looked at by somebody else: what was found, month by month; begins it",
    .help =
        "Usage: upkeep sample [--db DATABASE] [--today DATE] [--json]\n"
        "       upkeep sample begin [--db DATABASE] [--today DATE] [--by NAME]\n\n"
        "The last twelve months, by the month of the decision: how much was decided and picked,\n"
        "before and after the parents were told, how much was looked at, badly explained, wrong;\n"
        "the rate of the wrong ones of those looked at; what those looked at give a week, and by\n"
        "how much of it too much or too little (JSON: pence). begin: from now on the day's run\n"
        "picks decisions, by the shares of law/service.law and a new seed.\n",
    .run = run_sample,
};
