/* bacs_reason.c: the reason codes of the four reports.  Meanings as published by providers of Bacs
 * services; what follows from them for maintenance is the project's reading. */
#include "feed/bacs_report.h"

#define END   BACS_INSTRUCTION_ENDS
#define NEW   BACS_DETAILS_CHANGE
#define DEAD  (BACS_INSTRUCTION_ENDS | BACS_PAYER_DIED)
#define AGAIN BACS_MAY_COLLECT_AGAIN
#define BACK  BACS_INSTRUCTION_BACK
#define ASK   BACS_ASK_PAYER
#define HELD  BACS_PAYEE_HELD

static const char ask_new[] = "Ask the paying parent how they will pay, and for a new instruction.",
                  ask_other[] = "Ask the paying parent for an account that takes Direct Debits.",
                  check[] = "Check the account with the paying parent and lodge a new instruction.",
                  died[]  = "Stop collecting and open the route for a parent who has died.",
                  go_on[] = "Go on with the new account; no new instruction is needed.",
                  speak[] = "Speak with the paying parent about the date or amount before "
                            "collecting again.",
                  lodge[] = "Put the instruction right and lodge it again.",
                  payee[] = "Ask the receiving parent for their account; nothing is paid to this "
                            "one meanwhile.";

static const struct bacs_reason reasons[] = {
    { BACS_AUDDIS, '1', END, "instruction cancelled by payer", ask_new },
    { BACS_AUDDIS, '2', DEAD, "payer deceased", died },
    { BACS_AUDDIS, '3', END, "account transferred to another bank", ask_new },
    { BACS_AUDDIS, '5', END, "no account", check },
    { BACS_AUDDIS, '6', END, "no instruction", check },
    { BACS_AUDDIS, '7', END, "amount of the instruction is not nothing", lodge },
    { BACS_AUDDIS, 'B', END, "account closed", ask_new },
    { BACS_AUDDIS, 'C', NEW, "account transferred to another branch", go_on },
    { BACS_AUDDIS, 'F', END, "type of account takes no Direct Debits", ask_other },
    { BACS_AUDDIS, 'G', END, "bank does not accept Direct Debits on the account", ask_other },
    { BACS_AUDDIS, 'H', END, "instruction has expired", lodge },
    { BACS_AUDDIS, 'I', END, "reference is not unique", lodge },
    { BACS_AUDDIS, 'K', END, "instruction cancelled by the bank", ask_new },
    { BACS_AUDDIS, 'L', END, "account details are not the payer's", check },
    { BACS_AUDDIS, 'M', END, "transaction code does not fit the service user", lodge },
    { BACS_AUDDIS, 'N', END, "transaction is not allowed at the branch", ask_other },
    { BACS_AUDDIS, 'O', END, "reference is not valid", lodge },
    { BACS_AUDDIS, 'P', END, "payer's name is missing", lodge },
    { BACS_AUDDIS, 'Q', END, "service user's name is missing", lodge },

    { BACS_ADDACS, '0', END, "instruction cancelled, refer to payer", ask_new },
    { BACS_ADDACS, '1', END, "instruction cancelled by payer", ask_new },
    { BACS_ADDACS, '2', DEAD, "payer deceased", died },
    { BACS_ADDACS, '3', END | NEW, "account transferred to another bank", go_on },
    { BACS_ADDACS, 'B', END, "account closed", ask_new },
    { BACS_ADDACS, 'C', NEW, "account transferred to another branch", go_on },
    { BACS_ADDACS, 'D', ASK, "advance notice disputed", speak },
    { BACS_ADDACS, 'E', NEW, "instruction amended", go_on },
    { BACS_ADDACS, 'R', BACK, "instruction reinstated", "Go on collecting." },

    { BACS_ARUDD, '0', AGAIN, "refer to payer",
      "The account had not enough; the collection may be presented again." },
    { BACS_ARUDD, '1', END, "instruction cancelled", ask_new },
    { BACS_ARUDD, '2', DEAD, "payer deceased", died },
    { BACS_ARUDD, '3', END, "account transferred", ask_new },
    { BACS_ARUDD, '4', ASK, "advance notice disputed", speak },
    { BACS_ARUDD, '5', END, "no account, or the wrong type", check },
    { BACS_ARUDD, '6', END, "no instruction", check },
    { BACS_ARUDD, '7', ASK, "amount differs from the notice", speak },
    { BACS_ARUDD, '8', ASK, "amount not yet due", speak },
    { BACS_ARUDD, '9', ASK, "presented too late", speak },
    { BACS_ARUDD, 'A', END, "service user differs", check },
    { BACS_ARUDD, 'B', END, "account closed", ask_new },

    { BACS_ARUCS, '0', HELD, "account details are not valid", payee },
    { BACS_ARUCS, '2', HELD, "payee deceased",
      "Pay nothing more and open the route for a parent who has died." },
    { BACS_ARUCS, '3', HELD, "account transferred to another bank", payee },
    { BACS_ARUCS, '5', HELD, "no account", payee },
    { BACS_ARUCS, 'B', HELD, "account closed", payee },
    { BACS_ARUCS, 'C', HELD, "returned at our own request",
      "Find out who asked for it before paying again." },
};

const struct bacs_reason *bacs_reason_at(size_t i)
{
    return i < sizeof reasons / sizeof *reasons ? &reasons[i] : NULL;
}

const struct bacs_reason *bacs_reason_find(enum bacs_report report, char code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].report == report && reasons[i].code == code) return &reasons[i];
    return NULL;
}

const char *bacs_report_name(enum bacs_report report)
{
    static const char *const names[BACS_REPORTS] = { "AUDDIS", "ADDACS", "ARUDD", "ARUCS" };
    BUG_UNLESS(report >= 0 && report < BACS_REPORTS);
    return names[report];
}
