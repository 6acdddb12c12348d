/* pain_write.c: pain.001 and, for tests, pain.002, elements in the order of the schemas. */
#include "feed/pain.h"
#include "feed/xml_pen.h"

#include <string.h>

static bool wrong(struct fail *f, const char *code, const char *field, const char *why)
{
    REFUSE(f, code, "%s", why);
    return fail_field(f, field);
}

/* Characters, not bytes. */
static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static bool text_fits(const char *s, size_t least, size_t most)
{
    size_t n = strlen(s);
    return feed_text_valid(s, n) && !strpbrk(s, "\r\n\t") && characters(s) >= least &&
           characters(s) <= most;
}

/* Ids go through systems that know only the SWIFT set. */
static bool id_fits(const char *s)
{
    size_t n = strlen(s);
    return n >= 1 && n <= PAIN_ID && s[0] != '/' && s[n - 1] != '/' && !strstr(s, "//") &&
           strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ") ==
               n;
}

static void amount(struct xml_pen *p, const char *name, money value)
{
    char text[MONEY_TEXT];
    xml_pen_leaf(p, name, money_text(value, text));
}

static void count_and_sum(struct xml_pen *p, const struct pain_head *h)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", h->count);
    xml_pen_leaf(p, "NbOfTxs", text);
    amount(p, "CtrlSum", h->sum);
}

static void party(struct xml_pen *p, const char *name, const char *text)
{
    xml_pen_begin(p, name);
    xml_pen_leaf(p, "Nm", text);
    xml_pen_end(p, 1);
}

static void account(struct xml_pen *p, const char *name, const struct bank_account *a)
{
    xml_pen_begin(p, name);
    xml_pen_begin(p, "Id");
    xml_pen_begin(p, "Othr");
    xml_pen_leaf(p, "Id", a->number);
    xml_pen_end(p, 3);
}

static void agent(struct xml_pen *p, const char *name, const struct bank_account *a)
{
    xml_pen_begin(p, name);
    xml_pen_begin(p, "FinInstnId");
    xml_pen_begin(p, "ClrSysMmbId");
    xml_pen_begin(p, "ClrSysId");
    xml_pen_leaf(p, "Cd", "GBDSC");
    xml_pen_end(p, 1);
    xml_pen_leaf(p, "MmbId", a->sort_code);
    xml_pen_end(p, 3);
}

static void write_head(struct xml_pen *p, const struct pain_head *h)
{
    char day[DATE_TEXT], made[DATE_TEXT + sizeof "T00:00:00"];

    snprintf(made, sizeof made, "%sT00:00:00", date_text(h->made, day));
    xml_pen_begin(p, "CstmrCdtTrfInitn");
    xml_pen_begin(p, "GrpHdr");
    xml_pen_leaf(p, "MsgId", h->id);
    xml_pen_leaf(p, "CreDtTm", made);
    count_and_sum(p, h);
    party(p, "InitgPty", h->name);
    xml_pen_end(p, 1);
    xml_pen_begin(p, "PmtInf");
    xml_pen_leaf(p, "PmtInfId", h->id);
    xml_pen_leaf(p, "PmtMtd", "TRF");
    xml_pen_leaf(p, "BtchBookg", "true");
    count_and_sum(p, h);
    xml_pen_begin(p, "PmtTpInf");
    xml_pen_begin(p, "SvcLvl");
    xml_pen_leaf(p, "Cd", "NURG");
    xml_pen_end(p, 2);
    if (h->version == PAIN_VERSION_OLD) {
        xml_pen_leaf_date(p, "ReqdExctnDt", h->execution);
    } else {
        xml_pen_begin(p, "ReqdExctnDt");
        xml_pen_leaf_date(p, "Dt", h->execution);
        xml_pen_end(p, 1);
    }
    party(p, "Dbtr", h->name);
    account(p, "DbtrAcct", &h->ours);
    agent(p, "DbtrAgt", &h->ours);
}

bool pain001_write_begin(struct pain_writer *w, FILE *to, const struct pain_head *head,
                         struct fail *f)
{
    static const char spaces[2][50] = { "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03",
                                        "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" };

    if (head->version != PAIN_VERSION_OLD && head->version != PAIN_VERSION)
        return wrong(f, "pain_head_wrong", "version", "The version is 3 or 9.");
    if (!id_fits(head->id))
        return wrong(f, "pain_head_wrong", "id",
                     "The message's id is 1 to 35 letters, digits and plain signs.");
    if (!text_fits(head->name, 1, PAIN_NAME))
        return wrong(f, "pain_head_wrong", "name", "Our name is 1 to 140 characters.");
    if (head->count == 0 || !money_is_owed(head->sum) || date_before(head->execution, head->made))
        return wrong(f, "pain_head_wrong", "count",
                     "There is nothing to pay, or the day of execution is past.");
    *w                = (struct pain_writer){ .head = *head };
    struct xml_pen *p = ARENA_NEW(&w->arena, struct xml_pen);
    if (!xml_pen_start(p, to, "Document", spaces[head->version == PAIN_VERSION], f)) {
        arena_free(&w->arena);
        return false;
    }
    w->pen = p;
    write_head(p, head);
    return true;
}

bool pain001_write_item(struct pain_writer *w, const struct pain_payment *payment, struct fail *f)
{
    struct xml_pen *p = w->pen;
    char text[MONEY_TEXT];

    if (!id_fits(payment->end_to_end))
        return wrong(f, "pain_item_wrong", "end_to_end",
                     "The payment's id is 1 to 35 letters, digits and plain signs.");
    if (!text_fits(payment->name, 1, PAIN_NAME))
        return wrong(f, "pain_item_wrong", "name", "The payee's name is 1 to 140 characters.");
    if (!text_fits(payment->remittance, 0, PAIN_NAME))
        return wrong(f, "pain_item_wrong", "remittance", "The text is up to 140 characters.");
    if (!money_is_owed(payment->amount))
        return wrong(f, "pain_item_wrong", "amount", "The amount is more than nothing.");
    xml_pen_begin(p, "CdtTrfTxInf");
    xml_pen_begin(p, "PmtId");
    xml_pen_leaf(p, "EndToEndId", payment->end_to_end);
    xml_pen_end(p, 1);
    xml_pen_begin(p, "Amt");
    xml_pen_begin(p, "InstdAmt");
    xml_pen_attribute(p, "Ccy", "GBP");
    xml_pen_text(p, money_text(payment->amount, text));
    xml_pen_end(p, 2);
    agent(p, "CdtrAgt", &payment->account);
    party(p, "Cdtr", payment->name);
    account(p, "CdtrAcct", &payment->account);
    if (*payment->remittance) {
        xml_pen_begin(p, "RmtInf");
        xml_pen_leaf(p, "Ustrd", payment->remittance);
        xml_pen_end(p, 1);
    }
    xml_pen_end(p, 1);
    w->count++;
    w->sum = money_add(w->sum, payment->amount);
    return true;
}

bool pain001_write_end(struct pain_writer *w, struct fail *f)
{
    bool whole = w->count == w->head.count && w->sum.p == w->head.sum.p;
    bool ok    = xml_pen_finish(w->pen, f);

    arena_free(&w->arena);
    if (!ok) return false;
    return whole || wrong(f, "pain_totals_wrong", "count",
                          "The payments are not as many, or not as much, as the head of the file "
                          "says.");
}

bool pain002_write(FILE *to, const char *message, enum pain_status whole,
                   const struct pain_result *results, size_t count, struct fail *f)
{
    static const char *const words[PAIN_STATUSES] = { "PDNG", "ACSC", "RJCT", "PART" };
    struct xml_pen p;

    if (!xml_pen_start(&p, to, "Document", "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10", f))
        return false;
    xml_pen_begin(&p, "CstmrPmtStsRpt");
    xml_pen_begin(&p, "OrgnlGrpInfAndSts");
    xml_pen_leaf(&p, "OrgnlMsgId", message);
    xml_pen_leaf(&p, "OrgnlMsgNmId", "pain.001.001.09");
    xml_pen_leaf(&p, "GrpSts", words[whole]);
    xml_pen_end(&p, 1);
    xml_pen_begin(&p, "OrgnlPmtInfAndSts");
    xml_pen_leaf(&p, "OrgnlPmtInfId", message);
    for (size_t i = 0; i < count; i++) {
        xml_pen_begin(&p, "TxInfAndSts");
        xml_pen_leaf(&p, "OrgnlEndToEndId", results[i].end_to_end);
        xml_pen_leaf(&p, "TxSts", words[results[i].status]);
        xml_pen_begin(&p, "StsRsnInf");
        xml_pen_begin(&p, "Rsn");
        xml_pen_leaf(&p, "Cd", results[i].reason);
        xml_pen_end(&p, 1);
        xml_pen_leaf(&p, "AddtlInf", results[i].text);
        xml_pen_end(&p, 2);
    }
    xml_pen_end(&p, 2);
    return xml_pen_finish(&p, f);
}
