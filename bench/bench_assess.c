/* bench_assess.c: whole calculations a second on one core, with and without a trace, and one case
 * explained in words.  Usage: bench_assess [CASES [SEED [CALC_BIN]]]
 *
 * CALC_BIN holds the cases that other programs are measured with: records of 8 bytes, the weekly
 * income in pence (32 bits, little-endian), whether on benefit, qualifying children, other
 * children, band of shared care.  They use a small part of the law; the sum lets everyone compare
 * answers.
 *
 * Times are processor time, the best of a few rounds: on a machine that does other work too, the
 * time spent waiting for a core says nothing. */
#include "cases.h"
#include "law/law.h"
#include "rule/assess.h"
#include "rule/explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 7, RECORD = 8, RECORDS_MOST = 1000000, EXPLAINED_MOST = 20000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct run {
    struct bench_case *cases;
    int count, room;
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

/* Trace and sentences, of the first cases. */
static int64_t run_explained(struct run *r)
{
    money weekly[CASE_RECEIVERS];
    struct award award = { .weekly = weekly };
    struct arena words = { 0 };
    int64_t lines      = 0;

    for (int i = 0; i < r->count; i++) {
        r->trace.count = 0;
        assess_traced(&r->cases[i].facts, r->law, &r->scratch, &award, &r->trace);
        lines += explain(&words, &r->cases[i].facts, r->law, &r->trace, NULL).count;
        arena_reset(&words);
    }
    arena_free(&words);
    return lines;
}

/* Seconds for one case, the best of a few rounds. */
static double measure(int64_t (*f)(struct run *), struct run *r, int64_t *sum)
{
    double best = 1e9;

    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        *sum         = f(r);
        double took  = now() - start;
        best         = took < best ? took : best;
    }
    return best / r->count;
}

/* Prints the three jobs over one set of cases; false if the trace changed a penny. */
static bool measure_all(const char *name, struct run *r)
{
    int64_t fast, slow, lines;
    int all = r->count;

    printf("bench: untraced %-8s %8.2f M/s\n", name, 1e-6 / measure(run_untraced, r, &fast));
    printf("bench: traced   %-8s %8.2f M/s\n", name, 1e-6 / measure(run_traced, r, &slow));
    r->count = all < EXPLAINED_MOST ? all : EXPLAINED_MOST;
    printf("bench: words    %-8s %8.2f us\n", name, 1e6 * measure(run_explained, r, &lines));
    printf("bench: sum      %-8s %" PRId64 " pence in %d cases, %s; %.1f lines a case in words\n",
           name, fast, all, fast == slow ? "same traced" : "DIFFERENT TRACED",
           (double)lines / r->count);
    r->count = all;
    return fast == slow;
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

/* The peers' cases; false if the file cannot be read. */
static bool make_peers(struct run *r, const char *path)
{
    static const int32_t nights[] = { 0, 52, 104, 156, 175 };
    unsigned char b[RECORD];
    FILE *f = fopen(path, "rb");
    int n   = 0;

    if (!f) return false;
    while (n < RECORDS_MOST && n < r->room && fread(b, 1, sizeof b, f) == sizeof b) {
        struct bench_case *c             = &r->cases[n++];
        *c                               = (struct bench_case){ 0 };
        c->facts.income.has_weekly       = true;
        c->facts.income.weekly.p         = b[0] | b[1] << 8 | b[2] << 16 | b[3] << 24;
        c->facts.benefit                 = b[4] ? BENEFIT_OWN : BENEFIT_NONE;
        c->facts.relevant_other_children = b[6];
        c->receivers[0]                  = (struct rule_receiver){ .child_count = b[5] };
        c->facts.receivers               = c->receivers;
        c->facts.children                = c->children;
        c->facts.receiver_count          = 1;
        c->facts.child_count             = b[5];
        for (int k = 0; k < b[5]; k++)
            c->children[k].nights = nights[b[7]];
    }
    fclose(f);
    r->count = n;
    return n > 0;
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    int count     = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100000;
    struct run r  = { .count = count, .room = argc > 3 ? RECORDS_MOST : count };
    bool same     = true;

    r.law   = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 4, 6));
    r.cases = calloc((size_t)r.room, sizeof *r.cases);
    if (count < 1 || !r.cases) return 2;
    r.trace = trace_new(&r.scratch, &(struct rule_facts){ .receiver_count = CASE_RECEIVERS,
                                                          .child_count    = CASE_CHILDREN });
    for (int i = 0; i < r.count; i++)
        case_fill(&r.cases[i], &seed);
    same &= measure_all("varied", &r);
    make_typical(&r, &seed);
    same &= measure_all("typical", &r);
    if (argc > 3) {
        if (!make_peers(&r, argv[3])) return fprintf(stderr, "cannot read %s\n", argv[3]), 2;
        same &= measure_all("peers", &r);
    }
    arena_free(&r.scratch);
    free(r.cases);
    return same ? 0 : 3;
}
