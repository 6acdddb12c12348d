/* scenario_pay.c: payments and collections by file in a scenario. */
#include "app/scenario_pay.h"

#include "app/advices.h"
#include "app/debit.h"
#include "feed/bacs_report.h"

#include <stdlib.h>
#include <string.h>

#define USER "123456" /* the service user number of every scenario */

static void kept_back(void *context, const char *reference, money amount, const char *why)
{
    (void)context, (void)reference, (void)amount, (void)why;
}

/* A file is written twice, and the two must be the same. */
static bool file_check(struct play *p, const struct setting *s, int64_t batch, struct fail *fail)
{
    char digest[DIGEST_TEXT];
    bool fine = true;

    (void)p;
    for (int i = 0; fine && batch && i < 2; i++) {
        char *bytes   = NULL;
        size_t length = 0;
        FILE *to      = open_memstream(&bytes, &length);
        fine = batch_write(s, batch, to, digest, fail) && batch_written(s, batch, digest, fail);
        fclose(to);
        free(bytes);
    }
    return fine;
}

static bool do_pay(struct play *p, const char **result, struct fail *fail)
{
    struct setting s   = play_setting(p);
    struct pay_run run = { .inside = true, .format = "bacs", .kept_back = kept_back };
    struct pay_result r;
    char sent[MONEY_TEXT], kept[MONEY_TEXT];

    if (!pay_out(&s, &run, &r, fail) || !file_check(p, &s, r.batch, fail)) return false;
    *result = arena_print(&p->step, "%s %s %s", money_text(r.amount, sent),
                          money_text(r.kept_amount, kept), r.again ? "again" : "new");
    return true;
}

static bool do_collect(struct play *p, const char **result, struct fail *fail)
{
    struct setting s = play_setting(p);
    struct debit_result r;
    char sent[MONEY_TEXT];

    if (!debit_collect(&s, (struct debit_run){ .inside = true }, &r, fail) ||
        !file_check(p, &s, r.batch, fail))
        return false;
    *result =
        arena_print(&p->step, "%s 0.00 %s", money_text(r.amount, sent), r.again ? "again" : "new");
    return true;
}

/* --- what banks say --- */

static const char *const report_words[BACS_REPORTS] = { "auddis", "addacs", "arudd", "arucs" };

/* The newest line of the family that the report can be about. */
static bool line_find(struct play *p, struct bacs_advice *a, const char *text, struct fail *fail)
{
    struct sql_payment_list_row *rows;
    struct sql_payment_get_row row;
    struct group g;
    int64_t arrangement = 0;
    size_t n;
    bool found, out = a->report == BACS_ARUCS;

    if (!play_group(p, &g, fail)) return false;
    const struct play_name *name = out && text ? play_name_find(p, text, fail) : NULL;
    bool payer                   = name && name->kind == NAME_PERSON && name->id == g.pp;
    if (out && !payer && !play_arrangement(p, &g, text, &arrangement, fail)) return false;
    if (!sql_payment_list(p->order.store, &(struct sql_payment_list_in){ .pp = p->pp }, &p->step,
                          &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (out ? rows[i].kind != payment_kind_of(arrangement) || rows[i].arrangement != arrangement
                : !payment_is_collection(rows[i].kind) || !money_is_owed(rows[i].amount))
            continue;
        struct sql_payment_get_in in = { .pp          = p->pp,
                                         .batch       = rows[i].batch,
                                         .kind        = rows[i].kind,
                                         .arrangement = rows[i].arrangement };
        if (!sql_payment_get(p->order.store, &in, &p->step, &row, &found, fail)) return false;
        a->reference  = row.reference;
        a->day        = row.processing;
        a->amount     = row.amount;
        a->has_amount = true;
        return true;
    }
    return FAIL(fail, FAIL_INPUT, "no_payment", "nothing was sent that a report can be about.");
}

static bool advice_fill(struct play *p, const struct play_step *s, struct bacs_advice *a,
                        struct fail *fail)
{
    const char *text = s->clauses[CLAUSE_ACCOUNT].given ? s->clauses[CLAUSE_ACCOUNT].text : NULL,
               *of   = s->clauses[CLAUSE_OF].given ? s->clauses[CLAUSE_OF].text : NULL, *name;
    struct group g;

    *a = (struct bacs_advice){ .name = "", .code = "", .has_day = true, .day = p->today };
    while (strcmp(report_words[a->report], s->word) != 0)
        a->report++;
    a->reason = bacs_reason_find(a->report, s->value[0]);
    if (!a->reason || s->value[1])
        return FAIL(fail, FAIL_INPUT, "reason_wrong", "%s has no reason \"%s\".", s->word,
                    s->value);
    if (text && !account_text_read(text, &a->changed, &name, fail)) return false;
    a->has_changed = text != NULL;
    if (a->report == BACS_ARUDD || a->report == BACS_ARUCS) return line_find(p, a, of, fail);
    if (!play_group(p, &g, fail)) return false;
    a->reference = group_person(&g, p->pp)->ref;
    return true;
}

static void no_fault(void *context, int line, const char *sentence)
{
    (void)context, (void)line, (void)sentence;
}

static bool do_advice(struct play *p, const struct play_step *s, const char **result,
                      struct fail *fail)
{
    struct setting setting       = play_setting(p);
    struct bacs_report_head head = {
        .user = USER, .user_name = "UPKEEP", .number = "001", .has_day = true, .day = p->today
    };
    struct advices_taking t = { .faults = 0 };
    struct bacs_advice advice;
    char *bytes   = NULL;
    size_t length = 0;

    if (!advice_fill(p, s, &advice, fail)) return false;
    FILE *to  = open_memstream(&bytes, &length);
    bool fine = bacs_report_write(to, &head, &advice, 1, fail);
    fclose(to);
    struct advices_file file = { .source = { .bytes = bytes, .length = length },
                                 .fault  = no_fault };
    fine                     = fine && advices_record(&setting, &file, &t, fail);
    free(bytes);
    *result = t.faults ? "fault" : t.known ? "known" : "done";
    return fine;
}

bool play_pay(struct play *p, const struct play_step *s, const char **result, struct fail *fail)
{
    struct setting setting = play_setting(p);

    switch (s->kind) {
    case STEP_SENDER: return sender_set(p->order.store, USER, s->value, fail);
    case STEP_PAY: return do_pay(p, result, fail);
    case STEP_COLLECT: return do_collect(p, result, fail);
    case STEP_ADVICE: return do_advice(p, s, result, fail);
    default: break;
    }
    if (!p->pp) return FAIL(fail, FAIL_INPUT, "family_missing", "there is no family yet.");
    if (s->kind == STEP_CANCEL_INSTRUCTION)
        return instruction_cancel(&setting, p->pp, s->value, fail);
    if (s->kind == STEP_COLLECT_AGAIN) return debit_again(&setting, p->pp, s->value, fail);
    return instruction_ask(&setting, p->pp, s->value, fail);
}

/* --- expectations --- */

static bool word_expect(const char *is, const char *wanted, const char *what, struct fail *fail)
{
    return !strcmp(is, wanted) || FAIL(fail, FAIL_INPUT, "not_as_expected",
                                       "expected %s to be %s; it is %s.", what, wanted, is);
}

bool play_pay_expect(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct instruction i;
    char wanted[MONEY_TEXT], is[MONEY_TEXT] = "";

    if (s->kind == EXPECT_ADVICE)
        return word_expect(p->advice ? p->advice : "none", s->word, "the report", fail);
    if (s->kind == EXPECT_INSTRUCTION)
        return instruction_load(p->order.store, &p->step, p->pp, &i, fail) &&
               word_expect(instruction_word(i.state), s->word, "the instruction", fail);
    const char *at = p->sent ? p->sent : "0.00 0.00";
    if (s->kind == EXPECT_KEPT) at = strchr(at, ' ') + 1;
    snprintf(is, sizeof is, "%.*s", (int)strcspn(at, " "), at);
    return word_expect(is, money_text(s->amount, wanted),
                       s->kind == EXPECT_SENT ? "what was sent" : "what was kept back", fail);
}
