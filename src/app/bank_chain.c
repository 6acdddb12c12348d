/* bank_chain.c: the order of an account's statements. */
#include "app/bank_chain.h"

#include "sql.h"

bool bank_chain_check(const struct setting *s, const struct feed_statement *statement,
                      const struct feed_statement *before, struct fail *fail)
{
    struct sql_bank_statement_last_in in   = { .account = statement->account };
    struct sql_bank_statement_last_row was = { .id = "" };
    char begins[MONEY_TEXT], ended[MONEY_TEXT];
    bool found = before != NULL;

    if (before) {
        was.id      = before->id;
        was.closing = before->closing;
    } else if (!sql_bank_statement_last(s->store, &in, s->arena, &was, &found, fail))
        return false;
    return !found || was.closing.p == statement->opening.p ||
           REFUSE(
               fail, "statement_order",
               "Statement %.60s of account %.60s begins with %s, but the last one read, %.60s, "
               "closed with %s. The statement that begins with %s is probably missing: read that "
               "one first, then this one.",
               statement->id, statement->account, money_pounds(statement->opening, begins), was.id,
               money_pounds(was.closing, ended), ended);
}
