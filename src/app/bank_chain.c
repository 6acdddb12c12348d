/* bank_chain.c: the order of an account's statements. */
#include "app/bank_chain.h"

#include "sql.h"

static bool refuse(const struct setting *s, const struct feed_statement *statement,
                   const struct sql_bank_statement_last_row *last,
                   const struct sql_bank_statement_first_row *first, struct fail *fail)
{
    char begins[MONEY_TEXT], ended[MONEY_TEXT], began[MONEY_TEXT];
    const char *or_older =
        first->opening.p ? arena_print(s->arena,
                                       " If it is older than the first one read: those that close "
                                       "with %s, where that one begins, come first.",
                                       money_pounds(first->opening, began))
                         : "";

    return REFUSE(fail, "statement_order",
                  "Statement %.60s of account %.60s begins with %s, but the last one read, %.60s, "
                  "closed with %s. The statement that begins with %s is probably missing: read "
                  "that one first, then this one.%s",
                  statement->id, statement->account, money_pounds(statement->opening, begins),
                  last->id, money_pounds(last->closing, ended), ended, or_older);
}

bool bank_chain_check(const struct setting *s, const struct feed_statement *statement,
                      const struct feed_statement *before, bool *older, struct fail *fail)
{
    struct sql_bank_statement_last_in in      = { .account = statement->account };
    struct sql_bank_statement_first_in of     = { .account = statement->account };
    struct sql_bank_statement_last_row last   = { .id = "" };
    struct sql_bank_statement_first_row first = { .id = "" };
    bool found                                = before != NULL, any;

    *older = false;
    if (before) {
        last.id      = before->id;
        last.closing = before->closing;
    } else if (!sql_bank_statement_last(s->store, &in, s->arena, &last, &found, fail))
        return false;
    if (!found || last.closing.p == statement->opening.p) return true;
    if (!sql_bank_statement_first(s->store, &of, s->arena, &first, &any, fail)) return false;
    *older = any && first.opening.p && first.opening.p == statement->closing.p;
    return *older || refuse(s, statement, &last, &first, fail);
}
