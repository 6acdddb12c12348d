/* test_bacs_file.c: Standard 18: what is written is what was published, and reads back. */
#include "feed/bacs_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

static const struct bacs_head head = {
    .serial        = "A00001",
    .user          = "123456",
    .made          = { 20778 }, /* 2026-11-21 */
    .processing    = { 20780 },
    .file_number   = 1,
    .ours          = { "010203", "12345678" },
    .name          = "UPKEEP SERVICE",
    .contra_reason = "MAINTENANCE 001",
};

struct heard {
    struct arena arena;
    struct bacs_head head;
    struct bacs_item items[64];
    size_t items_count, contras, faults;
    int fault_line;
    money sum;
};
static void hear_head(void *context, const struct bacs_head *h)
{
    struct heard *heard = context;
    heard->head         = *h;
    heard->head.serial  = arena_text(&heard->arena, h->serial, strlen(h->serial));
    heard->head.user    = arena_text(&heard->arena, h->user, strlen(h->user));
}
static bool hear_item(void *context, const struct bacs_item *item, struct fail *f)
{
    struct heard *heard = context;
    (void)f;
    heard->sum = money_add(heard->sum, item->amount);
    if (heard->items_count < 64) {
        struct bacs_item *to = &heard->items[heard->items_count];
        *to                  = *item;
        to->name             = arena_text(&heard->arena, item->name, strlen(item->name));
        to->reference        = arena_text(&heard->arena, item->reference, strlen(item->reference));
    }
    heard->items_count++;
    return true;
}
static void hear_contra(void *context, const struct bacs_item *item)
{
    struct heard *heard = context;
    assert_string_equal(item->reference, "CONTRA");
    heard->contras++;
}
static void hear_fault(void *context, const struct feed_fault *fault)
{
    struct heard *heard = context;
    heard->faults++;
    heard->fault_line = fault->line;
}

static bool read_bytes(const char *bytes, size_t n, struct heard *heard, struct bacs_totals *totals,
                       struct fail *f)
{
    struct bacs_sink sink     = { heard, hear_head, hear_item, hear_contra, hear_fault };
    struct feed_source source = { .bytes = bytes, .length = n };
    return bacs_read(&source, &sink, totals, f);
}

static struct bacs_item item(enum bacs_code code, const char *reference, int64_t pence, date day)
{
    return (struct bacs_item){ .code       = code,
                               .account    = { "200000", "00000010" },
                               .name       = "SIAN PUGH",
                               .reference  = reference,
                               .amount     = { pence },
                               .processing = day };
}

/* Writes items into memory that the caller frees. */
static char *write_all(const struct bacs_head *h, const struct bacs_item *items, size_t count,
                       size_t *length)
{
    char *bytes = NULL;
    struct bacs_writer w;
    struct fail f = { 0 };
    FILE *to      = open_memstream(&bytes, length);

    if (!bacs_write_begin(&w, to, h, &f)) fail_msg("%s", f.text);
    for (size_t i = 0; i < count; i++)
        if (!bacs_write_item(&w, &items[i], &f)) fail_msg("%s", f.text);
    assert_true(bacs_write_end(&w, NULL, &f));
    fclose(to);
    return bytes;
}

static void a_daily_file_is_as_published(void **state)
{
    static const char want[] =
        "VOL1A00001                               123456                                1\r\n"
        "HDR1A123456S  1123456A0000100010001       26325 26356 000000                    \r\n"
        "HDR2F0200000100                                   00                            \r\n"
        "UHL1 26327999999    000000001 DAILY  001                                        \r\n"
        "2000000000001009901020312345678    00000012345UPKEEP SERVICE    100000000001      "
        "SIAN PUGH         \r\n"
        "0102031234567801701020312345678    00000012345MAINTENANCE 001   CONTRA            "
        "UPKEEP SERVICE    \r\n"
        "EOF1A123456S  1123456A0000100010001       26325 26356 000000                    \r\n"
        "EOF2F0200000100                                   00                            \r\n"
        "UTL10000000012345000000001234500000010000001        0000000                     \r\n";
    struct bacs_item one = item(BACS_CREDIT, "100000000001", 12345, head.processing);
    size_t length;
    char *bytes = write_all(&head, &one, 1, &length);

    (void)state;
    assert_string_equal(bytes, want);
    free(bytes);
}

static void a_multi_file_reads_back(void **state)
{
    struct bacs_head h = head;
    date a = head.made, b = date_add_days(a, 2), c = date_add_days(a, 31);
    struct bacs_item items[] = {
        item(BACS_INSTRUCTION_NEW, "100000000001", 0, a),
        item(BACS_INSTRUCTION_CANCEL, "100000000002", 0, a),
        item(BACS_DEBIT_FIRST, "100000000003", 1, b),
        item(BACS_DEBIT, "100000000004", 99999999999, b),
        item(BACS_DEBIT_AGAIN, "100000000005", 99999999999, b),
        item(BACS_DEBIT_LAST, "100000000006", 5, b),
        item(BACS_CREDIT, "100000000007", 700, b),
        item(BACS_CREDIT, "100000000008", 800, c),
    };
    size_t count       = sizeof items / sizeof *items, length;
    struct heard heard = { 0 };
    struct bacs_totals totals;
    struct fail f = { 0 };

    (void)state;
    h.multi     = true;
    char *bytes = write_all(&h, items, count, &length);
    if (!read_bytes(bytes, length, &heard, &totals, &f)) fail_msg("%s", f.text);
    assert_int_equal(heard.faults, 0);
    assert_int_equal(totals.items, count);
    assert_int_equal(totals.instructions, 2);
    /* debits of day b need three credit contras, its credit one debit contra; day c one */
    assert_int_equal(totals.contras, 5);
    assert_int_equal(totals.debit.p, totals.credit.p);
    assert_string_equal(heard.head.serial, h.serial);
    assert_string_equal(heard.head.user, h.user);
    assert_int_equal(heard.head.made.d, h.made.d);
    assert_int_equal(heard.head.file_number, 1);
    assert_true(heard.head.multi);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(heard.items[i].code, items[i].code);
        assert_int_equal(heard.items[i].amount.p, items[i].amount.p);
        assert_int_equal(heard.items[i].processing.d, items[i].processing.d);
        assert_string_equal(heard.items[i].reference, items[i].reference);
        assert_string_equal(heard.items[i].name, items[i].name);
        assert_memory_equal(&heard.items[i].account, &items[i].account, sizeof items[i].account);
    }
    free(bytes);
    arena_free(&heard.arena);
}

static void what_does_not_fit_is_not_written(void **state)
{
    char *bytes = NULL;
    size_t length;
    FILE *to = open_memstream(&bytes, &length);
    struct bacs_writer w;
    struct fail f         = { 0 };
    struct bacs_item good = item(BACS_CREDIT, "100000000001", 1, head.processing), bad[10];

    (void)state;
    assert_true(bacs_write_begin(&w, to, &head, &f));
    fflush(to);
    size_t before = length;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        bad[i] = good;
    bad[0].amount    = MONEY_NONE;
    bad[1].amount.p  = BACS_AMOUNT_MOST.p + 1;
    bad[2].name      = "";
    bad[3].name      = "MORE THAN EIGHTEEN CHARACTERS";
    bad[4].name      = "small";
    bad[5].reference = "SEMI;COLON";
    bad[6].processing.d++;
    bad[7].account.sort_code[0] = 'x';
    bad[8].code                 = BACS_INSTRUCTION_NEW;
    bad[9].account.number[7]    = '\0';
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        f = (struct fail){ 0 };
        assert_false(bacs_write_item(&w, &bad[i], &f));
        assert_string_equal(f.code, "bacs_item_wrong");
        assert_true(*f.field);
    }
    fflush(to);
    assert_int_equal(length, before);
    assert_true(bacs_write_item(&w, &good, &f));
    fclose(to);
    free(bytes);
}

static void a_head_is_checked(void **state)
{
    struct bacs_head bad[8];
    (void)state;
    for (size_t i = 0; i < 8; i++)
        bad[i] = head;
    bad[0].serial         = "12345";
    bad[1].serial         = "000000";
    bad[2].user           = "12345a";
    bad[3].name           = "";
    bad[4].file_number    = 1000;
    bad[5].processing.d   = head.made.d - 1;
    bad[6].processing.d   = head.made.d + 32;
    bad[7].ours.number[0] = 'A';
    for (size_t i = 0; i < 8; i++) {
        struct bacs_writer w;
        struct fail f = { 0 };
        assert_false(bacs_write_begin(&w, NULL, &bad[i], &f));
        assert_string_equal(f.code, "bacs_head_wrong");
    }
}

/* Every byte of a small file changed to another: never read as if nothing were wrong with money or
 * days, never a crash. */
static void a_changed_byte_is_noticed_where_money_is(void **state)
{
    struct bacs_item one = item(BACS_CREDIT, "100000000001", 12345, head.processing);
    size_t length;
    char *bytes = write_all(&head, &one, 1, &length);

    (void)state;
    for (size_t i = 0; i < length; i++) {
        struct heard heard = { 0 };
        struct bacs_totals totals;
        struct fail f = { 0 };
        char kept     = bytes[i];
        bytes[i]      = kept == '7' ? '3' : '7';
        bool ok       = read_bytes(bytes, length, &heard, &totals, &f);
        /* a contra whose word or account changed counts as a payment: debit and credit agree */
        if (ok && heard.faults == 0)
            assert_int_equal(heard.sum.p, heard.contras == 1 ? 12345 : 2 * 12345);
        if (!ok) assert_true(*f.code && *f.text);
        bytes[i] = kept;
        arena_free(&heard.arena);
    }
    free(bytes);
}

static void totals_must_agree(void **state)
{
    struct bacs_item one = item(BACS_CREDIT, "100000000001", 12345, head.processing);
    size_t length;
    char *bytes        = write_all(&head, &one, 1, &length);
    struct heard heard = { 0 };
    struct bacs_totals totals;
    struct fail f = { 0 };

    (void)state;
    strstr(bytes, "UTL1")[16] = '6'; /* ...12346 */
    assert_false(read_bytes(bytes, length, &heard, &totals, &f));
    assert_string_equal(f.code, "bacs_totals_wrong");
    strstr(bytes, "UTL1")[16]              = '5';
    strstr(bytes, "00000012345UPKEEP")[10] = '6'; /* the item is more than its contra */
    f                                      = (struct fail){ 0 };
    assert_false(read_bytes(bytes, length, &heard, &totals, &f));
    assert_string_equal(f.code, "bacs_totals_wrong");
    strstr(bytes, "00000012346UPKEEP")[10] = 'x'; /* not readable: a fault, and no sum to compare */
    f                                      = (struct fail){ 0 };
    assert_true(read_bytes(bytes, length, &heard, &totals, &f));
    assert_int_equal(heard.faults, 1);
    assert_int_equal(heard.fault_line, 5);
    for (size_t cut = 0; cut + 4 < length; cut++) {
        f = (struct fail){ 0 };
        assert_false(read_bytes(bytes, cut, &heard, &totals, &f));
    }
    free(bytes);
    arena_free(&heard.arena);
}

static long peak_kilobytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

/* 100 MB: a million credits.  Only the release flavour is fast enough for all of it in a test. */
static void a_large_file_is_written_and_read_in_little_memory(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    enum { ITEMS = 100000 };
#else
    enum { ITEMS = 1000000 };
#endif
    struct bacs_item one  = item(BACS_CREDIT, "100000000001", 12345, head.processing);
    struct heard heard    = { 0 };
    struct bacs_sink sink = { &heard, hear_head, hear_item, hear_contra, hear_fault };
    struct bacs_totals totals;
    struct bacs_writer w;
    struct fail f = { 0 };
    FILE *file    = tmpfile();
    long before   = peak_kilobytes();

    (void)state;
    heard.items_count = 64; /* count only */
    assert_true(bacs_write_begin(&w, file, &head, &f));
    for (int i = 0; i < ITEMS; i++)
        assert_true(bacs_write_item(&w, &one, &f));
    assert_true(bacs_write_end(&w, &totals, &f));
    assert_int_equal(totals.contras, (ITEMS * INT64_C(12345) + 99999999998) / 99999999999);
    rewind(file);
    struct feed_source source = { .file = file };
    if (!bacs_read(&source, &sink, &totals, &f)) fail_msg("%s", f.text);
    assert_int_equal(totals.items, ITEMS);
    assert_int_equal(heard.sum.p, ITEMS * INT64_C(12345));
#ifndef __SANITIZE_ADDRESS__
    assert_true(peak_kilobytes() - before < 2048);
#endif
    (void)before;
    fclose(file);
    arena_free(&heard.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_daily_file_is_as_published),
        cmocka_unit_test(a_multi_file_reads_back),
        cmocka_unit_test(what_does_not_fit_is_not_written),
        cmocka_unit_test(a_head_is_checked),
        cmocka_unit_test(a_changed_byte_is_noticed_where_money_is),
        cmocka_unit_test(totals_must_agree),
        cmocka_unit_test(a_large_file_is_written_and_read_in_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
