/* test_pain.c: pain.001 as its schema orders it, pain.002 read. */
#include "feed/pain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pain_head head          = { .version   = PAIN_VERSION,
                                                .id        = "UPKEEP-PAY-1",
                                                .name      = "Upkeep Service",
                                                .ours      = { "010203", "12345678" },
                                                .made      = { 20778 },
                                                .execution = { 20780 },
                                                .count     = 2,
                                                .sum       = { 12346 } };
static const struct pain_payment payments[] = {
    { "P1", "Siân Pugh & Co <1>", { "200000", "00000010" }, { 12345 }, "Child maintenance" },
    { "P2", "B", { "200001", "00000011" }, { 1 }, "" },
};

static char *write_all(const struct pain_head *h, bool *ok, struct fail *f)
{
    struct pain_writer w;
    char *bytes = NULL;
    size_t length;
    FILE *to = open_memstream(&bytes, &length);

    if (!pain001_write_begin(&w, to, h, f)) fail_msg("%s", f->text);
    for (size_t i = 0; i < 2; i++)
        assert_true(pain001_write_item(&w, &payments[i], f));
    *ok = pain001_write_end(&w, f);
    fclose(to);
    return bytes;
}

/* Without the spaces between elements. */
static void squeeze(char *s)
{
    char *to = s;
    for (char *from = s; *from; from++) {
        if (*from == '\n' || (*from == ' ' && to > s && to[-1] == '>')) continue;
        *to++ = *from;
    }
    *to = '\0';
}

#define ACCOUNT(n) "<Id><Othr><Id>" n "</Id></Othr></Id>"
#define AGENT(s)                                                                                   \
    "<FinInstnId><ClrSysMmbId><ClrSysId><Cd>GBDSC</Cd></ClrSysId><MmbId>" s                        \
    "</MmbId></ClrSysMmbId></FinInstnId>"

static void payments_are_written_in_the_schemas_order(void **state)
{
    static const char want[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>"
        "<GrpHdr><MsgId>UPKEEP-PAY-1</MsgId><CreDtTm>2026-11-21T00:00:00</CreDtTm>"
        "<NbOfTxs>2</NbOfTxs><CtrlSum>123.46</CtrlSum><InitgPty><Nm>Upkeep Service</Nm></InitgPty>"
        "</GrpHdr><PmtInf><PmtInfId>UPKEEP-PAY-1</PmtInfId><PmtMtd>TRF</PmtMtd>"
        "<BtchBookg>true</BtchBookg><NbOfTxs>2</NbOfTxs><CtrlSum>123.46</CtrlSum>"
        "<PmtTpInf><SvcLvl><Cd>NURG</Cd></SvcLvl></PmtTpInf>"
        "<ReqdExctnDt><Dt>2026-11-23</Dt></ReqdExctnDt><Dbtr><Nm>Upkeep Service</Nm></Dbtr>"
        "<DbtrAcct>" ACCOUNT("12345678") "</DbtrAcct><DbtrAgt>" AGENT(
            "010203") "</DbtrAgt>"
                      "<CdtTrfTxInf><PmtId><EndToEndId>P1</EndToEndId></PmtId>"
                      "<Amt><InstdAmt Ccy=\"GBP\">123.45</InstdAmt></Amt>"
                      "<CdtrAgt>" AGENT(
                          "200000") "</CdtrAgt><Cdtr><Nm>Siân Pugh &amp; Co &lt;1&gt;</Nm></Cdtr>"
                                    "<CdtrAcct>" ACCOUNT(
                                        "00000010") "</CdtrAcct>"
                                                    "<RmtInf><Ustrd>Child "
                                                    "maintenance</Ustrd></RmtInf></CdtTrfTxInf>"
                                                    "<CdtTrfTxInf><PmtId><EndToEndId>P2</"
                                                    "EndToEndId></PmtId>"
                                                    "<Amt><InstdAmt "
                                                    "Ccy=\"GBP\">0.01</InstdAmt></Amt>"
                                                    "<CdtrAgt>" AGENT(
                                                        "200001") "</CdtrAgt><Cdtr><Nm>B</Nm></"
                                                                  "Cdtr>"
                                                                  "<CdtrAcct>" ACCOUNT(
                                                                      "00000011") "</CdtrAcct></"
                                                                                  "CdtTrfTxInf>"
                                                                                  "</PmtInf></"
                                                                                  "CstmrCdtTrfInitn"
                                                                                  "></Document>";
    struct pain_head old = head;
    struct fail f        = { 0 };
    bool ok;
    char *bytes = write_all(&head, &ok, &f);

    (void)state;
    assert_true(ok);
    squeeze(bytes);
    assert_string_equal(bytes, want);
    free(bytes);
    old.version = PAIN_VERSION_OLD;
    bytes       = write_all(&old, &ok, &f);
    squeeze(bytes);
    assert_non_null(strstr(bytes, "pain.001.001.03"));
    assert_non_null(strstr(bytes, "<ReqdExctnDt>2026-11-23</ReqdExctnDt>"));
    free(bytes);
}

static void what_is_not_fit_is_refused(void **state)
{
    struct pain_head bad[6];
    (void)state;
    for (size_t i = 0; i < 6; i++)
        bad[i] = head;
    bad[0].version = 8;
    bad[1].id      = "slash//slash";
    bad[2].name    = "";
    bad[3].count   = 0;
    bad[4].id      = "123456789012345678901234567890123456";
    bad[5].execution.d--, bad[5].execution.d -= 5;
    for (size_t i = 0; i < 6; i++) {
        struct pain_writer w;
        struct fail f = { 0 };
        assert_false(pain001_write_begin(&w, NULL, &bad[i], &f));
        assert_string_equal(f.code, "pain_head_wrong");
    }
    struct pain_head much = head;
    struct fail f         = { 0 };
    bool ok;
    much.sum.p++;
    free(write_all(&much, &ok, &f));
    assert_false(ok);
    assert_string_equal(f.code, "pain_totals_wrong");
}

struct heard {
    size_t results, faults;
    struct pain_result last;
    char id[40], reason[40];
};
static bool hear_result(void *context, const struct pain_result *r, struct fail *f)
{
    struct heard *h = context;
    (void)f;
    h->results++;
    h->last = *r;
    snprintf(h->id, sizeof h->id, "%s", r->end_to_end);
    snprintf(h->reason, sizeof h->reason, "%s", r->reason);
    return true;
}
static void hear_fault(void *context, const struct feed_fault *fault)
{
    struct heard *h = context;
    (void)fault;
    h->faults++;
}
static bool read_text(const char *text, struct heard *h, struct arena *a, struct pain_summary *s,
                      struct fail *f)
{
    struct pain_sink sink     = { h, hear_result, hear_fault };
    struct feed_source source = { .bytes = text, .length = strlen(text) };
    return pain002_read(&source, &sink, a, s, f);
}

static void a_status_report_reads_back(void **state)
{
    for (int status = 0; status < PAIN_PARTLY; status++) {
        struct pain_result result = { "UPKEEP-PAY-1", "P1", status, "AC04", "Closed <& gone>", 0 };
        struct heard h            = { 0 };
        struct arena a            = { 0 };
        struct pain_summary s;
        struct fail f = { 0 };
        char *bytes   = NULL;
        size_t length;
        FILE *to = open_memstream(&bytes, &length);
        assert_true(pain002_write(to, "UPKEEP-PAY-1", PAIN_PARTLY, &result, 1, &f));
        fclose(to);
        if (!read_text(bytes, &h, &a, &s, &f)) fail_msg("%s", f.text);
        assert_int_equal(h.results, 1);
        assert_int_equal(h.last.status, status);
        assert_string_equal(h.id, "P1");
        assert_string_equal(h.reason, "AC04");
        assert_string_equal(s.message, "UPKEEP-PAY-1");
        assert_true(s.has_whole && s.whole == PAIN_PARTLY);
        free(bytes);
        arena_free(&a);
    }
    (void)state;
}

#define REPORT(body)                                                                               \
    "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.002.001.03'><CstmrPmtStsRpt>" body       \
    "</CstmrPmtStsRpt></Document>"
#define TX(id, status)                                                                             \
    "<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>" id "</OrgnlEndToEndId><TxSts>" status      \
    "</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>"

static void bad_lines_are_faults_and_bad_files_refused(void **state)
{
    struct heard h = { 0 };
    struct arena a = { 0 };
    struct pain_summary s;
    struct fail f = { 0 };

    (void)state;
    assert_true(
        read_text(REPORT("<OrgnlGrpInfAndSts><OrgnlMsgId>M</OrgnlMsgId><GrpSts>RJCT</GrpSts>"
                         "<StsRsnInf><Rsn><Cd>AM03</Cd></Rsn></StsRsnInf>"
                         "</OrgnlGrpInfAndSts>"),
                  &h, &a, &s, &f));
    assert_true(s.has_whole && s.whole == PAIN_REJECTED && h.results == 0);
    assert_string_equal(s.reason, "AM03");
    assert_true(read_text(
        REPORT(TX("P1", "RJCT") TX("P1", "RJCT") TX("", "RJCT") TX("P2", "GONE") TX("P3", "ACSC")),
        &h, &a, &s, &f));
    assert_int_equal(h.results, 2);
    assert_int_equal(h.faults, 3);
    assert_false(s.has_whole);
    assert_false(read_text("<Document/>", &h, &a, &s, &f));
    assert_string_equal(f.code, "not_pain002");
    assert_false(read_text("<!DOCTYPE D [<!ENTITY e 'e'>]>" REPORT(""), &h, &a, &s, &f));
    assert_string_equal(f.code, "xml_hostile");
    assert_false(read_text("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.002.001.03'><Cst",
                           &h, &a, &s, &f));
    assert_string_equal(f.code, "xml_broken");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payments_are_written_in_the_schemas_order),
        cmocka_unit_test(what_is_not_fit_is_refused),
        cmocka_unit_test(a_status_report_reads_back),
        cmocka_unit_test(bad_lines_are_faults_and_bad_files_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
