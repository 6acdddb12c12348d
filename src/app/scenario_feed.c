/* scenario_feed.c: money in a scenario. */
#include "app/scenario_feed.h"

#include "app/employer_file.h"
#include "app/receive.h"
#include "feed/camt053.h"
#include "feed/statement_csv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const received_words[] = {
    [RECEIVED_MATCHED] = "matched",   [RECEIVED_SUSPENSE] = "suspense",
    [RECEIVED_RETURNED] = "returned", [RECEIVED_BEFORE] = "before",
    [RECEIVED_NOT_OURS] = "not_ours",
};

#define RECEIVED_NOTHING "nothing" /* nothing was due, so nothing came */

/* The twelve digits of whom or what is named. */
static bool name_reference(struct play *p, const struct play_name *n, const char **reference,
                           struct fail *fail)
{
    struct sql_person_get_row row;
    struct group g;
    bool found;

    *reference = n->reference;
    if (n->kind == NAME_PERSON) {
        if (!sql_person_get(p->order.store, &(struct sql_person_get_in){ .id = n->id }, &p->step,
                            &row, &found, fail))
            return false;
        *reference = found ? row.ref : "";
    } else if (n->kind == NAME_CASE) {
        if (!group_load(p->order.store, &p->step, n->pp, KNOWN_OPEN - 1, &g, fail)) return false;
        const struct sql_arrangement_list_row *a = group_arrangement(&g, n->id);
        *reference                               = a ? a->ref : "";
    }
    return true;
}

/* A remittance text in which {Name} stands for their reference; a bare name is its own. */
static bool remittance_of(struct play *p, const char *text, const char **remittance,
                          struct fail *fail)
{
    struct out o = { .arena = &p->step };
    const struct play_name *n;
    const char *reference;
    struct fail quiet;

    if ((n = play_name_find(p, text, &quiet))) return name_reference(p, n, remittance, fail);
    for (const char *s = text; *s;) {
        const char *close = *s == '{' ? strchr(s, '}') : NULL;
        if (!close) {
            out_bytes(&o, s++, 1);
            continue;
        }
        n = play_name_find(p, arena_text(&p->step, s + 1, (size_t)(close - s - 1)), fail);
        if (!n || !name_reference(p, n, &reference, fail)) return false;
        out_text(&o, reference);
        s = close + 1;
    }
    *remittance = out_string(&o);
    return true;
}

static struct setting bank_setting(struct play *p)
{
    struct setting s = play_setting(p);
    s.actor          = "bank";
    return s;
}

/* The step's amount, or what the one balance says is owed today; in credit: nothing. */
static bool amount_of(struct play *p, const struct play_step *s, money *amount, struct fail *fail)
{
    struct standing st;

    *amount = s->amount;
    if (!s->what_is_due) return true;
    if (p->pp == 0)
        return FAIL(fail, FAIL_INPUT, "family_missing",
                    "there is no family yet; begin with the step \"apply\".");
    if (!account_standing(p->order.store, &p->step, p->pp, p->today, p->today, &st, fail))
        return false;
    *amount = money_max(st.owed, MONEY_NONE);
    return true;
}

/* What the payment is for, and of which days the debts are. */
static bool fence_of(const struct play_step *s, struct fence *f, struct fail *fail)
{
    const struct clause_value *purpose = &s->clauses[CLAUSE_FOR];

    if (s->clauses[CLAUSE_SINCE].given) f->from = s->clauses[CLAUSE_SINCE].day;
    if (s->clauses[CLAUSE_UNTIL].given) f->until = s->clauses[CLAUSE_UNTIL].day;
    return !purpose->given || fence_find(purpose->text, &f->purpose) ||
           FAIL(fail, FAIL_INPUT, "purpose_unknown",
                "a payment is for benefit_arrears, lump_sum, liability_order, estate, sale or "
                "csa_order, not \"%s\".",
                purpose->text);
}

static bool do_receive(struct play *p, const struct play_step *s, const char **result,
                       struct fail *fail)
{
    const struct clause_value *reference = &s->clauses[CLAUSE_REFERENCE];
    const struct clause_value *from      = &s->clauses[CLAUSE_FROM];
    const struct clause_value *account   = &s->clauses[CLAUSE_ACCOUNT];
    struct feed_statement statement      = { .id = "play", .account = "" };
    struct setting setting               = bank_setting(p);
    struct receipt_result r;
    struct feed_line line = {
        .statement     = &statement,
        .reference     = play_bank_reference(p, p->next),
        .booked        = s->clauses[CLAUSE_ON].given ? s->clauses[CLAUSE_ON].day : p->today,
        .credit        = true,
        .original      = "",
        .reason        = "",
        .payer_name    = from->given ? from->text : "",
        .payer_account = account->given ? account->text : "",
        .remittance    = "",
    };

    line.end_to_end = line.reference;
    if (!amount_of(p, s, &line.amount, fail)) return false;
    if (s->what_is_due && money_is_zero(line.amount)) {
        *result = RECEIVED_NOTHING;
        return true;
    }
    if (line.amount.p <= 0)
        return FAIL(fail, FAIL_INPUT, "amount_wrong", "a payment is more than nothing.");
    if (reference->given && !remittance_of(p, reference->text, &line.remittance, fail))
        return false;
    struct fence fence = { .until = DATE_OPEN };
    if (!fence_of(s, &fence, fail) || !receipt_record_for(&setting, &line, &fence, &r, fail))
        return false;
    *result = arena_print(&p->step, "%s %lld %lld", received_words[r.what], (long long)r.pp,
                          (long long)r.receipt);
    return true;
}

bool play_feed_recall(struct play *p, const struct play_step *s, const char *result,
                      struct fail *fail)
{
    char *at   = strchr(result, ' ');
    int64_t pp = at ? strtoll(at, &at, 10) : 0, receipt = at ? strtoll(at, &at, 10) : 0;

    if (!s->clauses[CLAUSE_AS].given || !strcmp(result, RECEIVED_NOTHING)) return true;
    return play_name_bind(p,
                          (struct play_name){ .text      = s->clauses[CLAUSE_AS].text,
                                              .kind      = NAME_RECEIPT,
                                              .id        = receipt,
                                              .pp        = pp,
                                              .reference = play_bank_reference(p, p->next) },
                          fail);
}

static const struct play_name *receipt_named(struct play *p, const char *text, struct fail *fail)
{
    const struct play_name *n = play_name_find(p, text, fail);

    if (n && n->kind != NAME_RECEIPT) {
        FAIL(fail, FAIL_INPUT, "not_a_payment",
             "\"%s\" is not a payment; name one with \"as\" in "
             "its step \"receive\".",
             text);
        return NULL;
    }
    return n;
}

static bool do_return(struct play *p, const struct play_step *s, const char **result,
                      struct fail *fail)
{
    const struct play_name *n       = receipt_named(p, s->value, fail);
    struct feed_statement statement = { .id = "play", .account = "" };
    struct setting setting          = bank_setting(p);
    struct sql_receipt_by_bank_ref_row row;
    struct receipt_result r;
    bool found;

    if (!n) return false;
    struct feed_line line = {
        .statement     = &statement,
        .reference     = play_bank_reference(p, p->next),
        .booked        = s->clauses[CLAUSE_ON].given ? s->clauses[CLAUSE_ON].day : p->today,
        .credit        = false,
        .returned      = true,
        .original      = n->reference,
        .reason        = s->clauses[CLAUSE_BECAUSE].given ? s->clauses[CLAUSE_BECAUSE].text : "",
        .end_to_end    = n->reference,
        .payer_name    = "",
        .payer_account = "",
        .remittance    = "",
    };
    if (!sql_receipt_by_bank_ref(p->order.store,
                                 &(struct sql_receipt_by_bank_ref_in){
                                     .bank_ref = arena_print(&p->step, "/%s", n->reference) },
                                 &p->step, &row, &found, fail))
        return false;
    line.amount = found ? row.amount : MONEY_NONE;
    if (!receipt_record(&setting, &line, &r, fail)) return false;
    *result = arena_print(&p->step, "%s %lld %lld", received_words[r.what], (long long)r.pp,
                          (long long)r.receipt);
    return true;
}

static bool do_match(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct play_name *n  = receipt_named(p, s->value, fail);
    const struct play_name *to = n ? play_name_find(p, s->clauses[CLAUSE_TO].text, fail) : NULL;
    struct setting setting     = play_setting(p);

    return n && to && receipt_match(&setting, n->id, to->pp, fail);
}

/* --- files --- */

static const char *path_beside(const struct play *p, const char *path, struct arena *arena)
{
    const char *file  = p->order.scenario->file;
    const char *slash = strrchr(file, '/');

    if (*path == '/' || !slash) return path;
    return arena_print(arena, "%.*s/%s", (int)(slash - file), file, path);
}

static bool file_read(struct play *p, const char *path, const char **bytes, struct fail *fail)
{
    enum { MOST = 1 << 22 };
    const char *at = path_beside(p, path, &p->step);
    FILE *f        = fopen(at, "rb");
    struct out o   = { .arena = &p->step };
    char piece[4096];

    if (!f)
        return FAIL(fail, FAIL_INPUT, "file_missing", "%s cannot be read: %s.", at,
                    strerror(errno));
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0 && o.length < MOST;)
        out_bytes(&o, piece, n);
    fclose(f);
    return remittance_of(p, out_string(&o), bytes, fail);
}

static bool do_receive_file(struct play *p, const struct play_step *s, const char **result,
                            struct fail *fail)
{
    const char *bytes, *dot = strrchr(s->value, '.');
    struct feed_result feed;
    struct setting setting = bank_setting(p);
    struct receipt_result r;
    size_t many[RECEIVED_NOT_OURS + 1] = { 0 };
    struct out o                       = { .arena = &p->step };

    if (!file_read(p, s->value, &bytes, fail)) return false;
    struct feed_source source = {
        .bytes = bytes, .length = strlen(bytes), .name = s->value, .account = ""
    };
    if (!feed_gather(dot && !strcmp(dot, ".csv") ? feed_read_statement_csv : feed_read_camt053,
                     &source, &p->step, &feed, fail))
        return false;
    for (size_t i = 0; i < feed.summary.lines; i++) {
        if (!receipt_record(&setting, &feed.lines[i], &r, fail)) return false;
        many[r.what]++;
    }
    out_print(&o, "file");
    for (int i = 0; i <= RECEIVED_NOT_OURS; i++)
        out_print(&o, " %s %zu", received_words[i], many[i]);
    *result = out_string(&o);
    return true;
}

static void fault_keep(void *context, int line, const char *sentence)
{
    out_print(context, "; line %d: %s", line, sentence);
}

/* "file 3 announced, 0 before, 1 bad; line 4: ..." */
static bool do_receive_announced(struct play *p, const struct play_step *s, const char **result,
                                 struct fail *fail)
{
    const char *bytes, *dot = strrchr(s->value, '.');
    struct setting setting    = bank_setting(p);
    struct out faults         = { .arena = &p->step };
    struct employer_file file = { .fault = fault_keep, .context = &faults };
    struct announced_taking t;

    if (!file_read(p, s->value, &bytes, fail)) return false;
    setting.actor = s->kind == STEP_RECEIVE_BENEFIT ? "benefit office" : "employer";
    file.source   = (struct feed_source){ .bytes = bytes, .length = strlen(bytes) };
    file.format   = s->kind == STEP_RECEIVE_BENEFIT ? EMPLOYER_BENEFIT
                    : dot && !strcmp(dot, ".csv")   ? EMPLOYER_CSV
                                                    : EMPLOYER_XML;
    if (!employer_file_take(&setting, &file, &t, fail)) return false;
    *result =
        arena_print(&p->step, "file %zu announced, %zu before, %zu bad%s", t.number[ANNOUNCED_NEW],
                    t.number[ANNOUNCED_BEFORE], t.faults, out_string(&faults));
    return true;
}

bool play_feed(struct play *p, const struct play_step *s, const char **result, struct fail *fail)
{
    switch (s->kind) {
    case STEP_RECEIVE: return do_receive(p, s, result, fail);
    case STEP_RECEIVE_FILE: return do_receive_file(p, s, result, fail);
    case STEP_RECEIVE_EMPLOYER:
    case STEP_RECEIVE_BENEFIT: return do_receive_announced(p, s, result, fail);
    case STEP_RETURN: return do_return(p, s, result, fail);
    default: return do_match(p, s, fail);
    }
}
