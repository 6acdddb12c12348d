/* step_account.c: where money goes to and comes from. */
#include "app/fact.h"
#include "generate/step.h"

#include <string.h>

/* Now, or from the first day of maintenance if that is to come. */
static bool is_collected(const struct live *l, int32_t household)
{
    int64_t arrangement = l->made[household].arrangement;
    date day            = date_max(live_today(l), l->family->households[household].effective);

    return arrangement &&
           group_service(&l->home->group, arrangement, day) == SERVICE_COLLECT_AND_PAY;
}

static bool fact_tell(const struct live *l, struct verb *v, struct group *g, int32_t household,
                      enum fact_kind kind, struct fail *fail)
{
    const struct household *h = &l->family->households[household];
    struct fact_order o       = { .kind        = kind,
                                  .subject     = l->made[household].rp,
                                  .value       = kind == FACT_BANK_ACCOUNT ? h->account : h->roll,
                                  .from        = live_today(l),
                                  .to          = DATE_OPEN,
                                  .happened_on = live_today(l),
                                  .said_by     = "receiving parent",
                                  .evidence    = "" };
    return !o.value || fact_assert(v, g, &o, fail);
}

bool step_account(struct live *l, struct verb *v, struct group *g, int32_t household,
                  struct fail *fail)
{
    if (l->account_told[household] || !is_collected(l, household)) return true;
    l->account_told[household] = true;
    return fact_tell(l, v, g, household, FACT_BANK_ACCOUNT, fail) &&
           fact_tell(l, v, g, household, FACT_ROLL_NUMBER, fail);
}

void step_mandate(struct live *l)
{
    enum { SORT_CODE = 6 };
    const struct kin *f = l->family;
    struct verb v;
    bool collected = false;

    for (int32_t i = 0; i < f->household_count; i++)
        collected |= is_collected(l, i);
    if (l->mandate_signed || !collected || f->method != METHOD_DIRECT_DEBIT) return;
    l->mandate_signed       = true;
    l->chunk->setting.actor = "paying parent";
    chunk_open(l->chunk, l->home, "instruction", NULL, &v);
    struct sql_instruction_insert_in in = {
        .pp        = v.pp,
        .event     = v.seq,
        .day       = v.today,
        .state     = "asked",
        .sort_code = arena_text(v.arena, f->account, SORT_CODE),
        .account   = f->account + SORT_CODE,
        .name      = arena_print(v.arena, "%c %s", f->paying.given[0], f->paying.family),
        .why       = "",
    };
    verb_add(&v, DRAFT_INSTRUCTION, &in);
    out_text(&v.about, "Direct Debit instruction signed");
    chunk_close(l->chunk, l->home, &v);
}
