/* bacs_report_write.c: the four reports as Bacs would send them, for tests and simulated banks. */
#include "feed/bacs_report.h"
#include "feed/xml_pen.h"

#include <string.h>

static void account(struct xml_pen *p, bool has, const struct bank_account *a,
                    const char *sort_code, const char *number)
{
    char text[SORT_CODE_TEXT];
    if (!has) return;
    xml_pen_attribute(p, number, a->number);
    xml_pen_attribute(p, sort_code, sort_code_text(a, text));
}

static void write_message(struct xml_pen *p, const struct bacs_report_head *head,
                          const struct bacs_advice *a)
{
    char code[2] = { a->reason->code, '\0' }, day[DATE_TEXT];

    xml_pen_begin(p, "MessagingAdvice");
    xml_pen_attribute(p, "user-number", head->user);
    xml_pen_attribute(p, "record-type", *a->code ? a->code : a->report == BACS_ADDACS ? "A" : "D");
    if (a->has_day) xml_pen_attribute(p, "effective-date", date_text(a->day, day));
    xml_pen_attribute(p, "reference", a->reference);
    xml_pen_attribute(p, "payer-name", a->name);
    account(p, a->has_account, &a->account, "payer-sort-code", "payer-account-number");
    xml_pen_attribute(p, "reason-code", code);
    account(p, a->has_changed, &a->changed, "payer-new-sort-code", "payer-new-account-number");
    xml_pen_end(p, 1);
}

static void write_messages(struct xml_pen *p, const struct bacs_report_head *head,
                           const struct bacs_advice *advices, size_t count)
{
    char day[DATE_TEXT];

    xml_pen_begin(p, "MessagingAdvices");
    xml_pen_begin(p, "MessagingHeader");
    xml_pen_attribute(p, "user-number", head->user);
    xml_pen_attribute(p, "envelope-sequence-number", head->number);
    if (head->has_day) xml_pen_attribute(p, "report-generation-date", date_text(head->day, day));
    xml_pen_attribute(p, "user-name", head->user_name);
    xml_pen_end(p, 1);
    for (size_t i = 0; i < count; i++)
        write_message(p, head, &advices[i]);
    xml_pen_end(p, 1);
}

static void write_returned(struct xml_pen *p, const struct bacs_advice *a)
{
    bool debit   = a->report == BACS_ARUDD;
    char code[5] = { a->reason->code, '0', '0', '0', '\0' }, day[DATE_TEXT], sum[MONEY_TEXT];

    xml_pen_begin(p, debit ? "ReturnedDebitItem" : "ReturnedCreditItem");
    xml_pen_attribute(p, "ref", a->reference);
    xml_pen_attribute(p, "transCode", a->code);
    xml_pen_attribute(p, "returnCode", code);
    xml_pen_attribute(p, "returnDescription", a->reason->meaning);
    xml_pen_attribute(p, "originalProcessingDate", date_text(a->day, day));
    xml_pen_attribute(p, "valueOf", money_text(a->amount, sum));
    xml_pen_attribute(p, "currency", "GBP");
    xml_pen_begin(p, debit ? "PayerAccount" : "ReceiverAccount");
    account(p, a->has_account, &a->account, "sortCode", "number");
    xml_pen_attribute(p, "ref", a->reference);
    xml_pen_attribute(p, "name", a->name);
    xml_pen_end(p, 2);
}

static void write_returns(struct xml_pen *p, const struct bacs_report_head *head,
                          const struct bacs_advice *advices, size_t count)
{
    char text[MONEY_TEXT], number[24], day[DATE_TEXT];
    money sum = MONEY_NONE;

    xml_pen_begin(p, bacs_report_name(advices[0].report));
    xml_pen_begin(p, "Header");
    xml_pen_attribute(p, "adviceNumber", head->number);
    if (head->has_day) xml_pen_attribute(p, "currentProcessingDate", date_text(head->day, day));
    xml_pen_end(p, 1);
    xml_pen_begin(p, "ServiceLicenseInformation");
    xml_pen_attribute(p, "userName", head->user_name);
    xml_pen_attribute(p, "userNumber", head->user);
    xml_pen_end(p, 1);
    xml_pen_begin(p, "Advice");
    xml_pen_begin(p, "OriginatingAccountRecords");
    xml_pen_begin(p, "OriginatingAccountRecord");
    for (size_t i = 0; i < count; i++) {
        write_returned(p, &advices[i]);
        sum = money_add(sum, advices[i].amount);
    }
    snprintf(number, sizeof number, "%zu", count);
    xml_pen_begin(p, "Totals");
    xml_pen_attribute(p, "numberOf", number);
    xml_pen_attribute(p, "valueOf", money_text(sum, text));
    xml_pen_attribute(p, "currency", "GBP");
    xml_pen_end(p, 5);
}

bool bacs_report_write(FILE *to, const struct bacs_report_head *head,
                       const struct bacs_advice *advices, size_t count, struct fail *f)
{
    struct xml_pen p;

    BUG_UNLESS(count > 0);
    if (!xml_pen_start(&p, to, "BACSDocument", NULL, f)) return false;
    xml_pen_begin(&p, "Data");
    if (advices[0].report == BACS_AUDDIS || advices[0].report == BACS_ADDACS)
        write_messages(&p, head, advices, count);
    else
        write_returns(&p, head, advices, count);
    xml_pen_end(&p, 1);
    return xml_pen_finish(&p, f);
}
