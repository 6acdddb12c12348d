/* bank.c: lines of a bank statement.  Their references follow from seed, family and day, so a line
 * that a file brings again is known. */
#include "generate/bank.h"

#include "ledger/fee.h"

#include <ctype.h>

const struct feed_statement bank_statement = { .id = "", .account = "99000000000001" };

enum { EMPLOYERS = 900, PAYERS_NAME = 40 };

/* As banks write names: M WEBB. */
static const char *payer_name(const struct kin *f, struct arena *arena)
{
    struct draw d = draw_start(f->seed, f->number, -1, 0);
    char *text;

    if (f->method == METHOD_BENEFITS) return "BENEFIT OFFICE DEDUCTIONS";
    if (f->method == METHOD_EARNINGS)
        return arena_print(arena, "INVENTED EMPLOYER %d LTD", (int)draw_below(&d, EMPLOYERS) + 1);
    text = arena_print(arena, "%c %s", f->paying.given[0], f->paying.family);
    for (char *c = text; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return text;
}

static const char *line_reference(const struct kin *f, const struct bank_payment *p, char kind,
                                  struct arena *arena)
{
    char day[DATE_TEXT];
    return arena_print(arena, "G%llu/%lld/%c%lld/%s", (unsigned long long)f->seed,
                       (long long)f->number, kind, (long long)p->arrangement,
                       date_text(p->due, day));
}

static void line_make(const struct kin *f, const struct bank_payment *p, struct arena *arena,
                      struct feed_line *line)
{
    *line = (struct feed_line){
        .statement     = &bank_statement,
        .reference     = line_reference(f, p, "POA"[p->reason], arena),
        .credit        = true,
        .original      = "",
        .reason        = "",
        .end_to_end    = "",
        .payer_name    = payer_name(f, arena),
        .payer_account = f->account,
        .remittance    = p->reference,
        .line          = 1,
    };
}

bool bank_line(const struct caseload *load, const struct kin *f, const struct bank_payment *p,
               struct arena *arena, struct feed_line *line)
{
    line_make(f, p, arena, line);
    if (p->reason == BANK_ARREARS) {
        money paid   = { family_arrears_payment(load, f, p->due, &line->booked) };
        line->amount = money_min(paid, p->asked);
        return line->amount.p > 0;
    }
    struct family_payment how = family_payment(load, f, p->due);
    line->booked              = date_add_days(p->due, how.delay);
    line->amount              = (money){ p->asked.p * how.part / PER_MILLE };
    if (how.unreadable) {
        line->remittance    = "CHILD MAINTENANCE";
        line->payer_account = "";
    }
    return how.pays && line->amount.p > 0;
}

bool bank_return(const struct caseload *load, const struct kin *f, const struct bank_payment *p,
                 const struct feed_line *line, struct arena *arena, struct feed_line *back)
{
    struct family_payment how = family_payment(load, f, p->due);

    *back           = *line;
    back->reference = line_reference(f, p, "RSB"[p->reason], arena);
    back->original  = line->reference;
    back->reason    = "AM04";
    back->credit    = false;
    back->returned  = true;
    back->booked    = date_add_days(line->booked, how.returned);
    return how.returned > 0;
}

money bank_asked(enum jurisdiction jurisdiction, date due, money amount)
{
    const struct law *law = law_at(jurisdiction, due);
    return law ? money_add(amount, fee_payer(amount, law->collection_fee_payer)) : amount;
}
