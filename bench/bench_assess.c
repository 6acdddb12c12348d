/* bench_assess.c: whole calculations a second on one core, with and without a trace.
 * Usage: bench_assess [CASES [SEED]] */
#include "cases.h"
#include "law/law.h"
#include "rule/assess.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 5 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct run {
    struct bench_case *cases;
    int count;
    const struct law *law;
    struct arena scratch;
    struct trace trace;
};

static int64_t run_untraced(struct run *r)
{
    money weekly[CASE_RECEIVERS];
    struct award award = { .weekly = weekly };
    int64_t sum        = 0;

    for (int i = 0; i < r->count; i++) {
        assess(&r->cases[i].facts, r->law, &r->scratch, &award);
        sum += award.weekly_total.p;
    }
    return sum;
}

static int64_t run_traced(struct run *r)
{
    money weekly[CASE_RECEIVERS];
    struct award award = { .weekly = weekly };
    int64_t sum        = 0;

    for (int i = 0; i < r->count; i++) {
        r->trace.count = 0;
        assess_traced(&r->cases[i].facts, r->law, &r->scratch, &award, &r->trace);
        sum += award.weekly_total.p;
    }
    return sum;
}

/* The best of a few rounds. */
static int64_t measure(const char *name, int64_t (*f)(struct run *), struct run *r)
{
    double best = 1e9;
    int64_t sum = 0;

    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        sum          = f(r);
        double took  = now() - start;
        best         = took < best ? took : best;
    }
    printf("bench: assess %s %.2f M/s\n", name, r->count / best / 1e6);
    return sum;
}

/* The typical case: one receiving parent, two children, nothing else. */
static void make_typical(struct run *r, uint64_t *seed)
{
    for (int i = 0; i < r->count; i++) {
        struct bench_case *c              = &r->cases[i];
        *c                                = (struct bench_case){ 0 };
        c->facts.income                   = (struct rule_income){ .has_historic = true };
        c->facts.income.historic_annual.p = case_pick(seed, 6000000);
        c->receivers[0]                   = (struct rule_receiver){ .child_count = 2 };
        c->facts.receivers                = c->receivers;
        c->facts.children                 = c->children;
        c->facts.receiver_count           = 1;
        c->facts.child_count              = 2;
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    struct run r  = { .count = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000000 };

    r.law   = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 4, 1));
    r.cases = calloc((size_t)r.count, sizeof *r.cases);
    if (!r.cases) return 2;
    for (int i = 0; i < r.count; i++)
        case_fill(&r.cases[i], &seed);
    r.trace      = trace_new(&r.scratch, &(struct rule_facts){ .receiver_count = CASE_RECEIVERS,
                                                               .child_count    = CASE_CHILDREN });
    int64_t fast = measure("untraced, varied", run_untraced, &r);
    int64_t slow = measure("traced, varied", run_traced, &r);
    make_typical(&r, &seed);
    fast += measure("untraced, typical", run_untraced, &r);
    slow += measure("traced, typical", run_traced, &r);
    printf("bench: assess sum %" PRId64 " pence, %s\n", fast,
           fast == slow ? "same traced" : "DIFFERENT");
    arena_free(&r.scratch);
    free(r.cases);
    return fast == slow ? 0 : 3;
}
