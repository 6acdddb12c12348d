/* camt053_write.c: a statement as camt.053.001.08, elements in the order of the schema. */
#include "feed/camt053_write.h"

#include <ctype.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#define XMLNS "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"

/* A writer that remembers whether anything went wrong, so that the calls below read as the file. */
struct pen {
    xmlTextWriter *to;
    bool failed;
};

static const xmlChar *x(const char *s)
{
    return (const xmlChar *)s;
}

static void begin(struct pen *p, const char *name)
{
    p->failed |= xmlTextWriterStartElement(p->to, x(name)) < 0;
}

static void end(struct pen *p, int elements)
{
    while (elements-- > 0)
        p->failed |= xmlTextWriterEndElement(p->to) < 0;
}

/* An element of text; nothing if there is no text. */
static void leaf(struct pen *p, const char *name, const char *text)
{
    if (*text) p->failed |= xmlTextWriterWriteElement(p->to, x(name), x(text)) < 0;
}

static void leaf_amount(struct pen *p, money amount)
{
    char text[MONEY_TEXT];
    begin(p, "Amt");
    p->failed |= xmlTextWriterWriteAttribute(p->to, x("Ccy"), x("GBP")) < 0;
    p->failed |= xmlTextWriterWriteString(p->to, x(money_text(amount, text))) < 0;
    end(p, 1);
}

static void leaf_direction(struct pen *p, bool credit)
{
    leaf(p, "CdtDbtInd", credit ? "CRDT" : "DBIT");
}

static void leaf_account(struct pen *p, const char *account)
{
    bool iban = isalpha((unsigned char)account[0]) && isalpha((unsigned char)account[1]);
    begin(p, "Id");
    if (!iban) begin(p, "Othr");
    leaf(p, iban ? "IBAN" : "Id", account);
    end(p, iban ? 1 : 2);
}

static void leaf_day(struct pen *p, const char *name, date day)
{
    char text[DATE_TEXT];
    begin(p, name);
    leaf(p, "Dt", date_text(day, text));
    end(p, 1);
}

static void write_balance(struct pen *p, const char *code, money amount, date day)
{
    begin(p, "Bal");
    begin(p, "Tp");
    begin(p, "CdOrPrtry");
    leaf(p, "Cd", code);
    end(p, 2);
    leaf_amount(p, amount.p < 0 ? money_negate(amount) : amount);
    leaf_direction(p, amount.p >= 0);
    leaf_day(p, "Dt", day);
    end(p, 1);
}

static void write_party(struct pen *p, bool debtor, const struct feed_line *line)
{
    if (!*line->payer_name && !*line->payer_account) return;
    begin(p, "RltdPties");
    if (*line->payer_name) {
        begin(p, debtor ? "Dbtr" : "Cdtr");
        begin(p, "Pty");
        leaf(p, "Nm", line->payer_name);
        end(p, 2);
    }
    if (*line->payer_account) {
        begin(p, debtor ? "DbtrAcct" : "CdtrAcct");
        leaf_account(p, line->payer_account);
        end(p, 1);
    }
    end(p, 1);
}

/* A text of more than 140 bytes takes several Ustrd.  Each ends before a space, since the reader
 * puts one between them, or at the end. */
static void write_remittance(struct pen *p, const char *text)
{
    enum { PART = 140 };
    char part[FEED_TEXT_MOST + 1];

    if (!*text) return;
    begin(p, "RmtInf");
    while (*text) {
        size_t n = strlen(text), cut = n;
        if (n > PART)
            for (cut = PART; cut > 0 && text[cut] != ' '; cut--)
                continue;
        if (cut == 0 || cut > FEED_TEXT_MOST) cut = n < FEED_TEXT_MOST ? n : FEED_TEXT_MOST;
        memcpy(part, text, cut);
        part[cut] = '\0';
        leaf(p, "Ustrd", part);
        text += cut;
        text += *text == ' ';
    }
    end(p, 1);
}

static void write_payment(struct pen *p, const struct feed_line *line)
{
    const char *end_to_end = line->returned && *line->original ? line->original : line->end_to_end;

    begin(p, "NtryDtls");
    begin(p, "TxDtls");
    begin(p, "Refs");
    leaf(p, "EndToEndId", *end_to_end ? end_to_end : "NOTPROVIDED");
    end(p, 1);
    leaf_amount(p, line->amount);
    leaf_direction(p, line->credit);
    write_party(p, line->credit != line->returned, line);
    write_remittance(p, line->remittance);
    if (line->returned) {
        begin(p, "RtrInf");
        if (*line->reason) {
            begin(p, "Rsn");
            leaf(p, "Cd", line->reason);
            end(p, 1);
        }
        end(p, 1);
    }
    end(p, 2);
}

static void write_entry(struct pen *p, const struct feed_line *line)
{
    begin(p, "Ntry");
    leaf_amount(p, line->amount);
    leaf_direction(p, line->credit);
    begin(p, "Sts");
    leaf(p, "Cd", "BOOK");
    end(p, 1);
    leaf_day(p, "BookgDt", line->booked);
    leaf_day(p, "ValDt", line->booked);
    leaf(p, "AcctSvcrRef", line->reference);
    begin(p, "BkTxCd");
    begin(p, "Domn");
    leaf(p, "Cd", "PMNT");
    begin(p, "Fmly");
    leaf(p, "Cd", line->credit ? "RCDT" : "ICDT");
    leaf(p, "SubFmlyCd", line->returned ? "RRTN" : "OTHR");
    end(p, 3);
    write_payment(p, line);
    end(p, 1);
}

static void write_statement(struct pen *p, const struct camt053_page *page, money closing)
{
    const struct feed_statement *s = page->statement;
    char day[DATE_TEXT], made[DATE_TEXT + sizeof "T00:00:00"];

    snprintf(made, sizeof made, "%sT00:00:00", date_text(page->day, day));
    begin(p, "GrpHdr");
    leaf(p, "MsgId", s->id);
    leaf(p, "CreDtTm", made);
    end(p, 1);
    begin(p, "Stmt");
    leaf(p, "Id", s->id);
    leaf(p, "CreDtTm", made);
    begin(p, "Acct");
    leaf_account(p, s->account);
    leaf(p, "Ccy", "GBP");
    end(p, 1);
    write_balance(p, "OPBD", s->opening, page->day);
    write_balance(p, "CLBD", closing, page->day);
    for (size_t i = 0; i < page->count && !p->failed; i++)
        write_entry(p, &page->lines[i]);
    end(p, 1);
}

bool feed_write_camt053(FILE *to, const struct camt053_page *page, struct fail *f)
{
    xmlOutputBuffer *bytes = xmlOutputBufferCreateFile(to, NULL);
    struct pen p           = { .to = bytes ? xmlNewTextWriter(bytes) : NULL };
    money closing          = page->statement->opening;

    if (!p.to) {
        if (bytes) xmlOutputBufferClose(bytes);
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The statement could not be begun.");
    }
    for (size_t i = 0; i < page->count; i++) {
        money amount = page->lines[i].amount;
        closing      = money_add(closing, page->lines[i].credit ? amount : money_negate(amount));
    }
    p.failed |= xmlTextWriterSetIndent(p.to, 1) < 0;
    p.failed |= xmlTextWriterStartDocument(p.to, NULL, "UTF-8", NULL) < 0;
    begin(&p, "Document");
    p.failed |= xmlTextWriterWriteAttribute(p.to, x("xmlns"), x(XMLNS)) < 0;
    begin(&p, "BkToCstmrStmt");
    write_statement(&p, page, closing);
    end(&p, 2);
    p.failed |= xmlTextWriterEndDocument(p.to) < 0 || xmlTextWriterFlush(p.to) < 0;
    xmlFreeTextWriter(p.to);
    if (p.failed || fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed",
                    "The statement could not be written to its end.");
    return true;
}
