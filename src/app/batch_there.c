/* batch_there.c: a file of payments or collections that is there already, or is wanted again. */
#include "app/chunk.h"
#include "app/payment.h"

static bool there_refuse(const char *name, struct fail *fail)
{
    return REFUSE(fail, "file_there",
                  "%.200s is there already, and is not the file that would be written now. Nothing "
                  "was booked; name a file that is not there.",
                  name);
}

bool batch_is_there(const struct setting *s, const struct batch_there *there, struct fail *fail)
{
    struct sql_pay_batch_by_digest_row same;
    struct sql_pay_batch_last_row last;
    struct sql_pay_batch_unwritten_row cut;
    bool is_ours, found, was_cut;

    if (!sql_pay_batch_by_digest(
            s->store,
            &(struct sql_pay_batch_by_digest_in){ .kind = there->kind, .digest = there->digest },
            s->arena, &same, &is_ours, fail) ||
        !sql_pay_batch_last(s->store, &(struct sql_pay_batch_last_in){ .kind = there->kind },
                            s->arena, &last, &found, fail) ||
        !sql_pay_batch_unwritten(s->store,
                                 &(struct sql_pay_batch_unwritten_in){ .kind = there->kind },
                                 s->arena, &cut, &was_cut, fail))
        return false;
    /* One that was cut off after it had been put in its place is told by its bytes alone. */
    bool may_be = was_cut || (found && last.open) || (is_ours && date_same(same.made, s->today));
    return may_be || there_refuse(there->name, fail);
}

bool batch_nothing_new(bool only_again, const struct chunk *chunk, struct fail *fail)
{
    if (!only_again || chunk->event_count == 0) return true;
    return REFUSE(fail, "file_there",
                  "The file that was named is there already, and since it was written there is "
                  "something new. Nothing was booked; name a file that is not there.");
}

bool batch_find(const struct setting *s, int64_t kind, int64_t batch,
                struct sql_pay_batch_get_row *row, struct fail *fail)
{
    bool found;

    if (!sql_pay_batch_get(s->store, &(struct sql_pay_batch_get_in){ .id = batch }, s->arena, row,
                           &found, fail))
        return false;
    if (!found || row->open || row->number == 0)
        return REFUSE(fail, "batch_missing", "There is no finished file with the number %lld.",
                      (long long)batch);
    return row->kind == kind ||
           REFUSE(fail, "batch_missing", "File %lld is one of %s.", (long long)batch,
                  kind == BATCH_PAYMENTS ? "collections: upkeep collect --again"
                                         : "payments: upkeep pay --again");
}
