/* test_store.c: the store over the schema of tests/sql: every verb, every type, and what can go
 * wrong. */
#include "base/digest.h"
#include "fresh.h"
#include "store/backend.h"
#include "test_sql.c"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], name[300], copy[300];
static struct arena arena;
static struct fail f;
static struct store *s;

static struct store *opened(const char *path, enum store_mode mode)
{
    f = (struct fail){ .kind = FAIL_NONE };
    return store_open_set(&test_sql_set, path, mode, &f);
}

static int begin_test(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/upkeep-store-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(name, sizeof name, "%s/a.db", folder);
    snprintf(copy, sizeof copy, "%s/b.db", folder);
    if (on_server()) {
        snprintf(name, sizeof name, "%s", fresh_database(NULL));
        snprintf(copy, sizeof copy, "%s", fresh_database(NULL));
    }
    s = opened(name, STORE_CREATE);
    assert_non_null(s);
    return 0;
}

static int end_test(void **state)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal", ".part" };
    char path[320];

    (void)state;
    store_close(s);
    s = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s%s", name, endings[i]);
        unlink(path);
        snprintf(path, sizeof path, "%s%s", copy, endings[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0); /* nothing else was left behind */
    arena_free(&arena);
    return 0;
}

static void begin(void)
{
    assert_true(store_begin(s, STORE_WRITING, &f));
}
static void commit(void)
{
    assert_true(store_commit(s, &f));
}

static bool parent_add(int64_t pp, const char *called)
{
    return test_sql_parent_add(s, &(struct test_sql_parent_add_in){ .pp = pp, .name = called }, &f);
}

static bool parent_is_there(struct store *where, int64_t pp)
{
    struct test_sql_parent_get_row row;
    bool found;
    struct test_sql_parent_get_in in = { .pp = pp };

    assert_true(test_sql_parent_get(where, &in, &arena, &row, &found, &f));
    assert_true(found == (row.name != NULL));
    return found;
}

static void thing_add(int64_t pp, int64_t id, bool is_full)
{
    struct test_sql_thing_add_in in = {
        .pp = pp, .id = id, .day = { 19000 }, .amount = { 1250 + id }
    };

    if (is_full) {
        in.until     = DATE_OPEN;
        in.has_until = in.has_extra = in.is_open = true;
        in.extra                                 = (money){ -1 };
        in.note                                  = "caf\xc3\xa9";
        in.body                                  = (struct blob){ "\0\1\2", 3 };
    }
    assert_true(test_sql_thing_add(s, &in, &f));
}

static void made_with_two_things(void)
{
    begin();
    assert_true(parent_add(1, "Ada"));
    thing_add(1, 10, true);
    thing_add(1, 11, false);
    commit();
}

static void rows_come_back_as_they_went_in(void **state)
{
    struct test_sql_thing_list_row *rows;
    size_t count;

    (void)state;
    made_with_two_things();
    assert_true(test_sql_thing_list(s, &(struct test_sql_thing_list_in){ .pp = 1 }, &arena, &rows,
                                    &count, &f));
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].id, 10);
    assert_int_equal(rows[0].day.d, 19000);
    assert_true(rows[0].has_until && date_same(rows[0].until, DATE_OPEN));
    assert_int_equal(rows[0].amount.p, 1260);
    assert_true(rows[0].has_extra && rows[0].extra.p == -1 && rows[0].is_open);
    assert_string_equal(rows[0].note, "caf\xc3\xa9");
    assert_int_equal(rows[0].body.n, 3);
    assert_memory_equal(rows[0].body.at, "\0\1\2", 3);
    assert_false(rows[1].has_until || rows[1].has_extra || rows[1].is_open);
    assert_null(rows[1].note);
    assert_null(rows[1].body.at);
    assert_true(test_sql_thing_list(s, &(struct test_sql_thing_list_in){ .pp = 2 }, &arena, &rows,
                                    &count, &f));
    assert_int_equal(count, 0);
}

static void one_row_or_none_but_never_two(void **state)
{
    struct test_sql_thing_count_row counted;
    struct test_sql_parent_any_row any;
    struct test_sql_thing_wrong_row wrong;
    struct test_sql_parent_next_row next;
    bool found = true;

    (void)state;
    assert_true(test_sql_parent_any(s, &arena, &any, &found, &f));
    assert_false(found);
    assert_true(test_sql_thing_count(s, &arena, &counted, &found, &f));
    assert_true(found && counted.things == 0 && !counted.has_total);
    begin();
    assert_true(parent_add(4, "Ada"));
    assert_true(test_sql_parent_next(s, &(struct test_sql_parent_next_in){ .name = "Ben" }, &arena,
                                     &next, &found, &f));
    assert_true(found && next.pp == 5);
    commit();
    assert_false(test_sql_parent_any(s, &arena, &any, &found, &f));
    assert_string_equal(f.code, "more_than_one");
    assert_false(test_sql_thing_wrong(s, &(struct test_sql_thing_wrong_in){ .pp = 1 }, &arena,
                                      &wrong, &found, &f));
    assert_string_equal(f.code, "bad_column");
    assert_int_equal(f.kind, FAIL_INTEGRITY);
}

struct tally {
    int64_t rows, pence, stop_at;
};

static bool tally_row(void *context, const struct test_sql_thing_scan_row *row, struct fail *why)
{
    struct tally *t = context;

    assert_true(parent_is_there(s, row->pp)); /* other statements may run meanwhile */
    t->rows++;
    t->pence += row->amount.p;
    return t->rows != t->stop_at || REFUSE(why, "enough", "That is enough.");
}

static void each_row_is_visited_until_the_visitor_stops(void **state)
{
    struct tally t = { .stop_at = 0 };

    (void)state;
    made_with_two_things();
    assert_true(test_sql_thing_scan(s, tally_row, &t, &f));
    assert_true(t.rows == 2 && t.pence == 1260 + 1261);
    t = (struct tally){ .stop_at = 1 };
    assert_false(test_sql_thing_scan(s, tally_row, &t, &f));
    assert_string_equal(f.code, "enough");
    assert_int_equal(t.rows, 1);
    assert_true(test_sql_thing_scan(s, tally_row, &t, &f)); /* the statement was reset */
}

static void hash_is_of_every_value(void **state)
{
    static const struct test_sql_thing_digest_in in = { .pp = 1 };
    unsigned char sums[3][DIGEST_BYTES], want[DIGEST_BYTES];
    struct digest d;
    size_t rows = 9;

    (void)state;
    begin();
    assert_true(parent_add(1, "Ada"));
    for (int64_t i = 0; i < 3; i++) {
        digest_begin(&d);
        assert_true(test_sql_thing_digest(s, &in, &d, &rows, &f));
        digest_end(&d, sums[i]);
        assert_int_equal(rows, i);
        thing_add(1, 10 + i, i == 1);
    }
    assert_true(memcmp(sums[0], sums[1], DIGEST_BYTES) && memcmp(sums[1], sums[2], DIGEST_BYTES));
    digest_begin(&d); /* the row of the first round, by hand */
    digest_number(&d, 'r', 8);
    digest_number(&d, 'i', 10);
    digest_number(&d, 'i', 19000);
    digest_value(&d, 'n', NULL, 0);
    digest_number(&d, 'i', 1260);
    digest_value(&d, 'n', NULL, 0);
    digest_number(&d, 'i', 0);
    digest_value(&d, 'n', NULL, 0);
    digest_value(&d, 'n', NULL, 0);
    digest_end(&d, want);
    assert_memory_equal(sums[1], want, DIGEST_BYTES);
    commit();
}

static void digest_is_sha256(void **state)
{
    unsigned char sum[DIGEST_BYTES];
    char text[DIGEST_TEXT];
    struct digest d;

    (void)state;
    digest_begin(&d); /* FIPS 180-2, appendix B.1 */
    digest_bytes(&d, "abc", 3);
    digest_end(&d, sum);
    assert_string_equal(digest_hex(sum, text),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void rollback_leaves_nothing(void **state)
{
    (void)state;
    begin();
    assert_true(parent_add(1, "Ada"));
    assert_true(parent_is_there(s, 1) && store_is_working(s));
    store_rollback(s);
    assert_false(parent_is_there(s, 1) || store_is_working(s));
    begin();
    assert_true(parent_add(1, "Ada"));
    store_close(s); /* without a commit */
    s = opened(name, STORE_WRITE);
    assert_non_null(s);
    assert_false(parent_is_there(s, 1));
}

static void a_row_that_exists_is_told_apart(void **state)
{
    struct test_sql_parent_once_in once = { .pp = 1, .name = "Ada" };

    (void)state;
    begin();
    assert_true(test_sql_parent_once(s, &once, &f));
    assert_int_equal(store_changed(s), 1);
    assert_true(test_sql_parent_once(s, &once, &f));
    assert_int_equal(store_changed(s), 0);
    commit();
    begin();
    assert_false(parent_add(1, "Ben")); /* the key */
    assert_string_equal(f.code, "exists");
    assert_int_equal(f.kind, FAIL_INPUT);
    assert_false(parent_add(2, "Ben")); /* nothing goes on after a failure */
    assert_string_equal(f.code, "failed_before");
    assert_false(store_commit(s, &f));
    assert_string_equal(f.code, "failed_before");
    assert_false(store_is_working(s));
    begin();
    assert_false(parent_add(2, "Ada")); /* UNIQUE */
    assert_string_equal(f.code, "exists");
    store_rollback(s);
    begin();
    assert_true(parent_add(2, "Ben"));
    commit();
}

static void a_broken_rule_is_refused(void **state)
{
    struct test_sql_thing_add_in in = { .pp = 99, .id = 1 };

    (void)state;
    begin();
    assert_false(test_sql_thing_add(s, &in, &f)); /* no such parent */
    assert_string_equal(f.code, "constraint");
    assert_int_equal(f.kind, FAIL_INTEGRITY);
    store_rollback(s);
    begin();
    assert_true(parent_add(99, "Ada"));
    in.amount = (money){ -1000 };
    assert_false(test_sql_thing_add(s, &in, &f)); /* CHECK */
    assert_string_equal(f.code, "constraint");
    store_rollback(s);
}

static void a_reader_cannot_write_whatever_bug_it_has(void **state)
{
    static const char *const attacks[] = { "DELETE FROM parent", "CREATE TABLE x (y INTEGER)",
                                           "PRAGMA application_id = 1",
                                           "CREATE TEMP TABLE x (y INTEGER)" };
    struct store *reader;
    struct store_statement attack = { .name = "attack" };

    (void)state;
    made_with_two_things();
    reader = opened(name, STORE_READ);
    assert_non_null(reader);
    assert_true(parent_is_there(reader, 1));
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) { /* past the assertions */
        attack.sql = attack.postgres = attacks[i];
        attack.slot                  = test_sql_set.slots - 1 - (int)i; /* not prepared yet */
        f                            = (struct fail){ .kind = FAIL_NONE };
        if (reader->backend->run(reader, &attack, NULL, NULL, &f))
            fail_msg("a reader did: %s", attacks[i]);
        if (strncmp(attacks[i], "PRAGMA", 6) || !on_server())
            assert_string_equal(f.code, "read_only");
    }
    assert_true(parent_is_there(reader, 1));
    store_close(reader);
}

/* Whether the call stops the process as a bug. */
static bool is_bug(void (*call)(void))
{
    int status;
    pid_t child;

    fflush(NULL);
    child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
        if (!freopen("/dev/null", "w", stderr)) _exit(2);
        call();
        _exit(0);
    }
    assert_true(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void write_outside(void)
{
    parent_add(1, "Ada");
}
static void write_while_reading(void)
{
    if (store_begin(s, STORE_READING, &f)) parent_add(1, "Ada");
}
static void begin_inside(void)
{
    if (store_begin(s, STORE_WRITING, &f)) store_begin(s, STORE_READING, &f);
}
static void null_text(void)
{
    if (store_begin(s, STORE_WRITING, &f)) parent_add(1, NULL);
}
static void reader_begins_writing(void)
{
    struct store *reader = opened(name, STORE_READ);
    if (reader) store_begin(reader, STORE_WRITING, &f);
}
static void no_bug(void)
{
    parent_is_there(s, 1);
}

static void misuse_is_a_bug(void **state)
{
    (void)state;
    assert_false(is_bug(no_bug));
    assert_true(is_bug(write_outside));
    assert_true(is_bug(write_while_reading));
    assert_true(is_bug(begin_inside));
    assert_true(is_bug(null_text));
    assert_true(is_bug(reader_begins_writing));
}

static void opening_says_what_is_wrong(void **state)
{
    int fd;

    (void)state;
    assert_null(opened(copy, STORE_READ));
    assert_string_equal(f.code, "missing");
    assert_null(opened(copy, STORE_WRITE));
    assert_string_equal(f.code, "missing");
    assert_null(opened("/nowhere/a.db", STORE_CREATE));
    assert_string_equal(f.code, "missing");
    assert_null(opened(name, STORE_CREATE));
    assert_string_equal(f.code, "exists");
    assert_null(opened("postgresql://there/db", STORE_READ));
    assert_string_equal(f.code, "cannot_open");
    fd = open(copy, O_CREAT | O_WRONLY, 0600); /* an empty file is no database of ours */
    assert_null(opened(copy, STORE_WRITE));
    assert_string_equal(f.code, "not_upkeep");
    for (int i = 0; i < 1000; i++)
        assert_int_equal(write(fd, "not a database. ", 16), 16);
    close(fd);
    assert_null(opened(copy, STORE_WRITE));
    assert_string_equal(f.code, "corrupt");
    assert_int_equal(f.kind, FAIL_INTEGRITY);
}

static void version_becomes(int version, const char *print)
{
    struct store_set set = test_sql_set;

    set.version     = version;
    set.fingerprint = print;
    assert_null(store_open_set(&set, name, STORE_WRITE, &f));
}

static void another_version_is_refused(void **state)
{
    (void)state;
    version_becomes(test_sql_set.version - 1, test_sql_set.fingerprint);
    assert_string_equal(f.code, "schema_newer");
    assert_non_null(strstr(f.text, "newer upkeep (schema 7; this program knows 6)"));
    version_becomes(test_sql_set.version + 1, test_sql_set.fingerprint);
    assert_string_equal(f.code, "schema_older");
    version_becomes(test_sql_set.version, "0");
    assert_string_equal(f.code, "schema_other");
}

static void count_fault(void *context, const char *sentence)
{
    assert_true(strlen(sentence) > 0);
    ++*(int *)context;
}

static void damage_is_found(void **state)
{
    int told = 0, fd;
    struct stat st;

    (void)state;
    begin();
    assert_true(parent_add(1, "Ada"));
    for (int i = 0; i < 2000; i++)
        thing_add(1, i, true);
    commit();
    assert_true(store_integrity(s, count_fault, &told, &f));
    assert_int_equal(told, 0);
    store_close(s); /* the log goes into the file */
    fd = open(name, O_WRONLY);
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    for (off_t at = 6 * 4096; at < st.st_size; at += 4096)
        assert_int_equal(pwrite(fd, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, at), 8);
    close(fd);
    s = opened(name, STORE_WRITE);
    assert_non_null(s);
    assert_false(store_integrity(s, count_fault, &told, &f));
    assert_int_equal(f.kind, FAIL_INTEGRITY);
    assert_true(told > 0 || !strcmp(f.code, "corrupt"));
}

/* Writes beyond this many fail with the errno given, as a full or broken disk's would. */
static int writes_left, write_errno;

static ssize_t failing_pwrite(int fd, const void *at, size_t n, off_t offset)
{
    if (writes_left-- > 0) return pwrite(fd, at, n, offset);
    errno = write_errno;
    return -1;
}
static ssize_t failing_write(int fd, const void *at, size_t n)
{
    (void)fd, (void)at, (void)n;
    errno = write_errno;
    return -1;
}

static void set_disk(bool is_failing)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    union {
        ssize_t (*pwrite)(int, const void *, size_t, off_t);
        ssize_t (*write)(int, const void *, size_t);
        sqlite3_syscall_ptr call;
    } position = { .pwrite = failing_pwrite }, plain = { .write = failing_write };

    vfs->xSetSystemCall(vfs, "pwrite", is_failing ? position.call : NULL);
    vfs->xSetSystemCall(vfs, "pwrite64", is_failing ? position.call : NULL);
    vfs->xSetSystemCall(vfs, "write", is_failing ? plain.call : NULL);
}

/* However many writes succeed before the disk is full, it is all or nothing. */
static void a_full_disk_loses_nothing_and_half_does_nothing(void **state)
{
    int64_t pp  = 0;
    int refused = 0;

    (void)state;
    made_with_two_things();
    write_errno = ENOSPC;
    for (int limit = 0; limit < 12; limit++) {
        bool done   = store_begin(s, STORE_WRITING, &f);
        writes_left = limit;
        set_disk(true);
        pp   = 100 + limit;
        done = done && parent_add(pp, limit % 2 ? "odd" : "even") && store_commit(s, &f);
        set_disk(false);
        store_rollback(s);
        if (!done) {
            refused++;
            assert_string_equal(f.code, "disk_full");
            assert_int_equal(f.kind, FAIL_SYSTEM);
        }
        assert_true(parent_is_there(s, pp) == done);
        if (done) {
            begin();
            assert_true(test_sql_thing_drop(s, &(struct test_sql_thing_drop_in){ .pp = 1 }, &f));
            commit();
            break;
        }
    }
    assert_true(refused > 0);
    assert_true(parent_is_there(s, 1));
    write_errno = EIO;
    writes_left = 0;
    begin();
    set_disk(true);
    bool done = parent_add(2, "Ben") && store_commit(s, &f);
    set_disk(false);
    assert_false(done);
    assert_string_equal(f.code, "disk_error");
    store_rollback(s);
}

static void a_making_cut_short_leaves_no_file(void **state)
{
    bool done = false;

    (void)state;
    write_errno = ENOSPC;
    for (int limit = 0; !done && limit < 200; limit++) {
        writes_left = limit;
        set_disk(true);
        struct store *made = opened(copy, STORE_CREATE);
        set_disk(false);
        done = made != NULL;
        if (!done) {
            if (strcmp(f.code, "disk_full")) fail_msg("limit %d: %s", limit, f.text);
            assert_int_not_equal(access(copy, F_OK), 0);
        }
        store_close(made);
    }
    assert_true(done);
}

static int no_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static void a_second_writer_is_told_to_wait(void **state)
{
    sqlite3_vfs *vfs                    = sqlite3_vfs_find(NULL);
    int (*sleeping)(sqlite3_vfs *, int) = vfs->xSleep;
    struct store *second;

    (void)state;
    begin();
    assert_true(parent_add(1, "Ada"));
    second = opened(name, STORE_WRITE);
    assert_non_null(second);
    assert_true(store_begin(second, STORE_READING, &f)); /* readers do not wait */
    assert_false(parent_is_there(second, 1));
    assert_true(store_commit(second, &f));
    vfs->xSleep = no_sleep;
    assert_false(store_begin(second, STORE_WRITING, &f));
    vfs->xSleep = sleeping;
    assert_string_equal(f.code, "locked");
    commit();
    assert_true(parent_is_there(second, 1));
    store_close(second);
}

static void a_backup_is_whole_and_never_over_another(void **state)
{
    struct store *backup;
    char journal[320];
    int told = 0;

    (void)state;
    snprintf(journal, sizeof journal, "%s.part-journal", copy);
    made_with_two_things();
    assert_true(store_set_bulk(s, true, &f) && store_set_bulk(s, false, &f));
    write_errno = ENOSPC;
    writes_left = 2;
    set_disk(true);
    bool done = store_backup_to(s, copy, &f);
    set_disk(false);
    assert_false(done);
    assert_string_equal(f.code, "disk_full");
    assert_int_not_equal(access(copy, F_OK), 0);
    close(open(journal, O_CREAT | O_WRONLY, 0600)); /* what a full disk leaves */
    assert_true(store_backup_to(s, copy, &f));
    assert_int_not_equal(access(journal, F_OK), 0);
    assert_false(store_backup_to(s, copy, &f));
    assert_string_equal(f.code, "exists");
    backup = opened(copy, STORE_READ);
    assert_non_null(backup);
    assert_true(parent_is_there(backup, 1));
    assert_true(store_integrity(backup, count_fault, &told, &f));
    store_close(backup);
}

static void a_making_cut_short_is_taken_up(void **state)
{
    int fd = open(copy, O_CREAT | O_WRONLY | O_TRUNC, 0600);

    (void)state;
    close(fd);
    assert_null(opened(copy, STORE_WRITE));
    assert_string_equal(f.code, "not_upkeep");
    store_close(opened(copy, STORE_CREATE));
    assert_null(opened(copy, STORE_CREATE));
    assert_string_equal(f.code, "exists");
    struct store *made = opened(copy, STORE_WRITE);
    assert_non_null(made);
    store_close(made);
}

static void a_database_may_live_in_memory(void **state)
{
    struct store *memory = opened(":memory:", STORE_CREATE);

    (void)state;
    assert_non_null(memory);
    assert_false(parent_is_there(memory, 1));
    store_close(memory);
}

static void the_programs_own_schema_can_be_made(void **state)
{
    struct store *made;

    (void)state;
    made = store_open(copy, STORE_CREATE, &f);
    assert_non_null(made);
    store_close(made);
    made = store_open(copy, STORE_WRITE, &f);
    assert_non_null(made);
    store_close(made);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin_test, end_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_come_back_as_they_went_in),
        TEST(one_row_or_none_but_never_two),
        TEST(each_row_is_visited_until_the_visitor_stops),
        TEST(hash_is_of_every_value),
        TEST(digest_is_sha256),
        TEST(rollback_leaves_nothing),
        TEST(a_row_that_exists_is_told_apart),
        TEST(a_broken_rule_is_refused),
        TEST(a_reader_cannot_write_whatever_bug_it_has),
        TEST(misuse_is_a_bug),
        TEST(opening_says_what_is_wrong),
        TEST(another_version_is_refused),
        TEST(damage_is_found),
        TEST(a_full_disk_loses_nothing_and_half_does_nothing),
        TEST(a_making_cut_short_leaves_no_file),
        TEST(a_second_writer_is_told_to_wait),
        TEST(a_backup_is_whole_and_never_over_another),
        TEST(a_making_cut_short_is_taken_up),
        TEST(a_database_may_live_in_memory),
        TEST(the_programs_own_schema_can_be_made),
    };
    const struct CMUnitTest on_both[] = {
        TEST(rows_come_back_as_they_went_in),
        TEST(one_row_or_none_but_never_two),
        TEST(each_row_is_visited_until_the_visitor_stops),
        TEST(hash_is_of_every_value),
        TEST(rollback_leaves_nothing),
        TEST(a_row_that_exists_is_told_apart),
        TEST(a_broken_rule_is_refused),
        TEST(a_reader_cannot_write_whatever_bug_it_has),
        TEST(misuse_is_a_bug),
        TEST(another_version_is_refused),
        TEST(the_programs_own_schema_can_be_made),
    };
    return on_server() ? cmocka_run_group_tests(on_both, NULL, NULL)
                       : cmocka_run_group_tests(tests, NULL, NULL);
}
