/* test_messages.c: messages and complaints through the web layer: both sides' forms, what each
 * reads, who else does not; uploads that are not what they say, too large, too many, or have paths
 * for names. */
#include "own_world.h"

enum { DANA, MARCUS, CAROL, ED, PEOPLE };
static struct parent people[PEOPLE] = { { .name = "Dana", .role = "receiving_parent" },
                                        { .name = "Marcus", .role = "paying_parent" },
                                        { .name = "Carol", .role = "caseworker" },
                                        { .name = "Ed", .role = "examiner" } };
static const char *refs[PEOPLE]; /* of a parent's own pages */
static int64_t pp;

/* The parent's own reference: the paying parent's is the family's, another's the arrangement's. */
static const char *own_reference(int64_t person)
{
    struct sql_own_arrangements_row *own;
    struct sql_person_get_row p;
    struct fail f = { 0 };
    bool found;
    size_t n;

    assert_true(sql_own_arrangements(store, &(struct sql_own_arrangements_in){ .person = person },
                                     &arena, &own, &n, &f));
    assert_true(
        sql_person_get(store, &(struct sql_person_get_in){ .id = person }, &arena, &p, &found, &f));
    return person == pp ? p.ref : own[0].ref;
}

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/messages.play", date_make(2026, 3, 9));
    pp = person_of("Marcus");
    for (int i = 0; i < PEOPLE; i++) {
        bool is_parent = i == DANA || i == MARCUS;
        int64_t person = is_parent ? person_of(people[i].name) : 0;
        if (is_parent) refs[i] = own_reference(person);
        sign_in(&people[i], person);
    }
    return 0;
}

/* ---- requests ---- */

static struct request seen(int who, const char *path)
{
    return get(path, people[who].cookies);
}

static struct request sent(int who, const char *path, const char *fields)
{
    return post(&people[who], path, fields);
}

static const char *text_at(int who, const char *path)
{
    struct request r = seen(who, path);

    if (r.status && r.status != 200) fail_msg("%s at %s: %u", people[who].name, path, r.status);
    return out_string(&r.out);
}

/* A token of a form; each letter gives another. */
static const char *once(char letter)
{
    char *text = arena_take(&arena, TOKEN_TEXT);

    memset(text, letter, TOKEN_TEXT - 1);
    return text;
}

/* A file as a browser sends it. */
struct upload {
    const char *name, *type;
    struct span bytes;
};

static void part(struct out *o, const char *name, const char *value)
{
    out_print(o, "--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

static struct request send(int who, const char *path, const char *const (*fields)[2], int n,
                           struct upload u)
{
    struct out o = { .arena = &arena };

    part(&o, "csrf", people[who].csrf);
    for (int i = 0; i < n; i++)
        part(&o, fields[i][0], fields[i][1]);
    out_print(&o, "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n",
              u.name);
    if (u.type) out_print(&o, "Content-Type: %s\r\n", u.type);
    out_text(&o, "\r\n");
    out_bytes(&o, u.bytes.at, u.bytes.length);
    out_text(&o, "\r\n--XX--\r\n");
    return ask((struct arrival){ .method       = "POST",
                                 .path         = path,
                                 .content_type = "multipart/form-data; boundary=XX",
                                 .body         = out_string(&o),
                                 .body_length  = o.length },
               people[who].cookies);
}

static const char *own_path(int who, const char *page)
{
    return arena_print(&arena, "/home/%s/%s", page, refs[who]);
}

static const char *case_path(const char *rest)
{
    return arena_print(&arena, "/case/%lld/%s", (long long)pp, rest);
}

static bool has(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

/* Where the first link that begins so goes. */
static const char *link_in(const char *text, const char *begins)
{
    const char *at = strstr(text, arena_print(&arena, "href=\"%s", begins));

    if (!at) fail_msg("no link to %s", begins);
    at += strlen("href=\"");
    return arena_text(&arena, at, strcspn(at, "\""));
}

static int64_t messages(void)
{
    struct sql_message_list_row *rows;
    struct fail f = { 0 };
    size_t n;

    assert_true(
        sql_message_list(store, &(struct sql_message_list_in){ .pp = pp }, &arena, &rows, &n, &f));
    return (int64_t)n;
}

/* ---- messages ---- */

static void a_parent_writes_and_is_answered(void **state)
{
    const char *fields =
        arena_print(&arena, "kind=question&words=Zzwhen+does+it+come&once=%s", once('a'));

    (void)state;
    assert_true(has(text_at(DANA, own_path(DANA, "write")), "We answer by 16 March 2026"));
    struct request r = sent(DANA, own_path(DANA, "write"), fields);
    assert_int_equal(r.status, 303);
    r = sent(DANA, own_path(DANA, "write"), fields); /* pressed twice, sent once */
    assert_int_equal(r.status, 303);
    assert_int_equal(messages(), 1);
    assert_true(has(text_at(DANA, "/home/messages?done=sent"), "We answer by 16 March 2026"));
    const char *list = text_at(CAROL, case_path("messages"));
    assert_true(has(list, "by 16 March 2026"));
    assert_false(has(list, "Zzwhen"));
    const char *talk = link_in(list, case_path("message/"));
    assert_true(has(text_at(CAROL, talk), "Zzwhen does it come"));
    assert_false(has(text_at(CAROL, case_path("timeline")), "Zzwhen"));
    assert_true(has(text_at(CAROL, case_path("timeline")), "Message from the receiving parent"));
    assert_true(has(text_at(CAROL, "/work-list?whose=all"), "Read and answer it"));
    r = sent(CAROL, talk, "words=He+lives+at+14+Pretend+Lane&reply_by-day=");
    assert_int_equal(r.status, 422);
    assert_true(has(out_string(&r.out), "kept sealed of somebody else"));
    r = sent(CAROL, talk, "words=Zzon+5+April");
    assert_int_equal(r.status, 303);
    const char *own = text_at(DANA, link_in(text_at(DANA, "/home/messages"), "/home/message/"));
    assert_true(has(own, "Zzon 5 April") && has(own, "Answered") && !has(own, "carol"));
    assert_false(has(text_at(CAROL, "/work-list?whose=all"), "Read and answer it"));
}

static void a_question_has_a_day_on_the_parents_home(void **state)
{
    struct request r = sent(CAROL, case_path("write"), "to=0&kind=question&words=Zzask");

    (void)state;
    assert_int_equal(r.status, 422);
    r = sent(CAROL, case_path("write"),
             "to=0&kind=question&words=Zzask&reply_by-day=9&reply_by-month=3&reply_by-year=2026");
    assert_int_equal(r.status, 422);
    r = sent(CAROL, case_path("write"),
             "to=0&kind=question&words=Zzask&reply_by-day=20&reply_by-month=3&reply_by-year=2026");
    assert_int_equal(r.status, 303);
    const char *home = text_at(MARCUS, "/home");
    assert_true(has(home, "answer by 20 March 2026"));
    assert_false(has(home, "Zzask"));
    assert_false(has(text_at(DANA, "/home"), "answer by 20 March 2026"));
    const char *talk = link_in(home, "/home/message/");
    assert_true(has(text_at(MARCUS, talk), "Zzask"));
    r = sent(MARCUS, talk, arena_print(&arena, "words=Zzreply&once=%s", once('b')));
    assert_int_equal(r.status, 303);
    assert_false(has(text_at(MARCUS, "/home"), "answer by 20 March 2026"));
}

/* Neither reads the other's, whatever they try. */
static void the_other_parent_sees_none_of_it(void **state)
{
    static const char *const words[] = { "Zzwhen", "Zzon 5", "Zzask", "Zzreply" };
    const char *his                  = link_in(text_at(MARCUS, "/home/messages"), "/home/message/");
    const char *hers                 = link_in(text_at(DANA, "/home/messages"), "/home/message/");

    (void)state;
    assert_int_equal(seen(DANA, his).status, 404);
    assert_int_equal(seen(MARCUS, hers).status, 404);
    assert_int_equal(seen(DANA, own_path(MARCUS, "write")).status, 404);
    assert_int_equal(sent(DANA, his, arena_print(&arena, "words=x&once=%s", once('c'))).status,
                     404);
    assert_int_equal(seen(DANA, arena_print(&arena, "%s9", hers)).status, 404);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool dana   = has(text_at(DANA, hers), words[i]),
             marcus = has(text_at(MARCUS, his), words[i]);
        assert_true(dana != marcus);
        assert_false(has(text_at(DANA, "/home/messages"), words[i]));
        assert_false(has(text_at(DANA, "/home/looks"), words[i]));
    }
    for (int who = DANA; who <= MARCUS; who++)
        assert_int_equal(seen(who, case_path("messages")).status, 403);
    assert_false(has(text_at(ED, case_path("messages")), "Write to a parent"));
    assert_int_equal(seen(CAROL, "/home/messages").status, 403);
}

static void many_a_day_are_too_many(void **state)
{
    struct request r = { 0 };
    int written      = 0;

    (void)state;
    today = date_make(2026, 3, 10);
    for (int i = 0; i < 25; i++) {
        char *key = arena_print(&arena, "%064d", i);
        r         = sent(MARCUS, own_path(MARCUS, "write"),
                         arena_print(&arena, "kind=change&words=again&once=%s", key));
        written += r.status == 303;
    }
    assert_int_equal(written, 20);
    assert_true(has(out_string(&r.out), "many times today"));
    r = sent(MARCUS, own_path(MARCUS, "write"), "kind=change&words=again&once=short");
    assert_int_equal(r.status, 422);
    r = sent(MARCUS, own_path(MARCUS, "write"), "kind=other&words=again");
    assert_int_equal(r.status, 422);
    r = sent(DANA, own_path(DANA, "write"),
             arena_print(&arena, "kind=change&words=&once=%s", once('d')));
    assert_int_equal(r.status, 422);
}

/* ---- complaints ---- */

static money owed_by(int who)
{
    const char *home = text_at(who, "/home");
    const char *at   = strstr(home, "You owe \xc2\xa3");

    return (money){ at ? (int64_t)strtol(at + strlen("You owe \xc2\xa3"), NULL, 10) : 0 };
}

static void a_complaint_from_any_page_has_its_own_clock(void **state)
{
    money before = owed_by(MARCUS);

    (void)state;
    today = date_make(2026, 3, 11);
    assert_true(has(text_at(DANA, "/home/letters"), "href=\"/home/complaint\""));
    assert_true(has(text_at(DANA, "/account"), "href=\"/home/complaint\""));
    const char *start = text_at(DANA, "/home/complaint");
    assert_true(has(start, "1 April 2026") && has(start, "payments go on being due"));
    assert_true(has(text_at(DANA, link_in(start, "/home/write/")), "Send the complaint"));
    struct request r =
        sent(DANA, own_path(DANA, "write"),
             arena_print(&arena, "kind=complaint&words=Zznobody+calls&once=%s", once('e')));
    assert_int_equal(r.status, 303);
    /* A clock has no words for a parent: the other would be told. */
    assert_false(has(text_at(MARCUS, "/home"), "your complaint"));
    assert_false(has(text_at(MARCUS, "/home"), "your message"));
    const char *list = text_at(DANA, "/home/messages");
    assert_true(has(list, "We are looking into your complaint. We answer by 1 April 2026."));
    assert_true(
        has(text_at(CAROL, "/work-list?whose=all&kind=complaint"), "Put it right, answer it"));
    const char *staff = text_at(CAROL, case_path("messages"));
    const char *talk  = link_in(staff, case_path("message/"));
    assert_true(has(text_at(CAROL, talk), "Zznobody calls"));
    const char *path = case_path(arena_print(&arena, "complaint/%s", strrchr(talk, '/') + 1));
    assert_int_equal(sent(CAROL, path, "step=extend&reply=Longer").status, 422);
    assert_int_equal(sent(CAROL, path, "step=answer&reply=").status, 422);
    assert_int_equal(sent(CAROL, path, "step=settle&reply=x").status, 422);
    assert_int_equal(sent(DANA, path, "step=resolve&reply=x").status, 403);
    r = sent(CAROL, path, "step=extend&reply=Zzlonger&due-day=20&due-month=4&due-year=2026");
    assert_int_equal(r.status, 303);
    list = text_at(DANA, "/home/messages");
    assert_true(has(list, "We answer by 20 April 2026."));
    r = sent(CAROL, path, "step=answer&reply=Zzfinal");
    assert_int_equal(r.status, 303);
    const char *own = text_at(DANA, link_in(text_at(DANA, "/home/messages"), "/home/message/"));
    assert_true(has(own, "Zzlonger") && has(own, "Zzfinal"));
    assert_true(has(own, "Independent Case Examiner") && has(own, "11 September 2026"));
    assert_false(has(text_at(CAROL, "/work-list?whose=all"), "Put it right, answer it"));
    assert_int_equal(owed_by(MARCUS).p, before.p);
}

static void a_message_turns_out_to_be_a_complaint(void **state)
{
    const char *staff = NULL, *talk = NULL;
    struct request r =
        sent(DANA, own_path(DANA, "write"),
             arena_print(&arena, "kind=question&words=Zzunhappy&once=%s", once('f')));

    (void)state;
    assert_int_equal(r.status, 303);
    today = date_make(2026, 3, 16);
    staff = text_at(CAROL, case_path("messages"));
    talk  = link_in(staff, case_path("message/"));
    assert_true(has(text_at(CAROL, talk), "Is this a complaint?"));
    const char *path = case_path(arena_print(&arena, "complain/%s", strrchr(talk, '/') + 1));
    assert_int_equal(sent(CAROL, path, "").status, 303);
    assert_int_equal(sent(CAROL, path, "").status, 422);
    assert_false(has(text_at(CAROL, talk), "Is this a complaint?"));
    assert_true(has(text_at(DANA, "/home/messages"), "We answer by 1 April 2026."));
    r = sent(CAROL, case_path("write"), "to=0&kind=complaint&words=Zzby+telephone");
    assert_int_equal(r.status, 303);
    const char *his = text_at(MARCUS, link_in(text_at(MARCUS, "/home/messages"), "/home/message/"));
    assert_true(has(his, "Zzby telephone") && has(his, "You, written down by us"));
}

/* ---- files ---- */

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR and the rest";
static const char jpg[] = "\xff\xd8\xff\xe0 and the rest";
static const char pdf[] = "%PDF-1.4 and the rest";
static const char exe[] = "MZ\x90\0\x03";
static const char nul[] = "text\0more";
static const char web[] = "<html><script>alert(1)</script></html>";

static void a_file_is_what_it_says_or_is_refused(void **state)
{
    static const struct {
        struct upload u;
        unsigned status;
        const char *why;
    } table[] = {
        { { "payslip.pdf", "application/pdf", { pdf, sizeof pdf - 1 } }, 303, NULL },
        { { "PHOTO.JPEG", "image/jpeg", { jpg, sizeof jpg - 1 } }, 303, NULL },
        { { "p.png", NULL, { png, sizeof png - 1 } }, 303, NULL },
        { { "n.txt", "text/plain; charset=utf-8", { "caf\xc3\xa9", 5 } }, 303, NULL },
        { { "../../../etc/cron.d/x.txt", "text/plain", { "a", 1 } }, 303, NULL },
        { { "C:\\x\\y.txt", "application/octet-stream", { "a", 1 } }, 303, NULL },
        { { "page.html.txt", "text/plain", { web, sizeof web - 1 } }, 303, NULL },
        /* Wrong kinds, one way or another. */
        { { "payslip.pdf", "application/pdf", { exe, sizeof exe - 1 } }, 422, "not what its name" },
        { { "payslip.pdf", "application/pdf", { png, sizeof png - 1 } }, 422, "not what its name" },
        { { "payslip.pdf.exe", "application/pdf", { pdf, sizeof pdf - 1 } }, 422, "must be a PDF" },
        { { "payslip.pdf", "text/html", { pdf, sizeof pdf - 1 } }, 422, "not what its name" },
        { { "p.svg", "image/svg+xml", { "<svg/>", 6 } }, 422, "must be a PDF" },
        { { "p.html", "text/html", { web, sizeof web - 1 } }, 422, "must be a PDF" },
        { { "pdf", "application/pdf", { pdf, sizeof pdf - 1 } }, 422, "must be a PDF" },
        { { ".", "application/pdf", { pdf, sizeof pdf - 1 } }, 422, "must be a PDF" },
        { { "n.txt", "text/plain", { nul, sizeof nul - 1 } }, 422, "not what its name" },
        { { "n.txt", "text/plain", { "\xff\xfe\x41\0", 4 } }, 422, "not what its name" },
        { { "p.png", "image/png", { png, 8 } }, 422, "not what its name" },
        { { "p.pdf", "application/pdf", { "", 0 } }, 422, "is empty" },
    };
    char *path = arena_print(&arena, "%s", own_path(DANA, "write"));

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        today                   = date_make(2026, 4, 1 + (int)i);
        const char *fields[][2] = { { "kind", "question" },
                                    { "words", "Zzfiled" },
                                    { "once", arena_print(&arena, "%064zx", 4096 + i) } };
        int64_t before          = messages();
        struct request r        = send(DANA, path, fields, 3, table[i].u);
        if (r.status != table[i].status) fail_msg("%s: %u", table[i].u.name, r.status);
        if (table[i].why && !has(out_string(&r.out), table[i].why))
            fail_msg("%s: not said: %s", table[i].u.name, table[i].why);
        assert_int_equal(messages(), before + (r.status == 303));
    }
    struct upload none      = { "", "application/octet-stream", { "", 0 } };
    const char *fields[][2] = { { "kind", "question" }, { "words", "x" }, { "once", once('9') } };
    assert_int_equal(send(DANA, path, fields, 3, none).status, 303);
}

static void a_file_too_large_or_a_form_too_long_is_refused(void **state)
{
    enum { MOST = 8000000, FIELDS = 100 };
    const char *path        = own_path(DANA, "write");
    const char *fields[][2] = { { "kind", "question" }, { "words", "x" }, { "once", once('8') } };
    char *big               = arena_take(&arena, MOST + 1);
    const char *many[FIELDS][2];

    (void)state;
    today = date_make(2026, 5, 1);
    memcpy(big, pdf, sizeof pdf - 1);
    struct request r = send(DANA, path, fields, 3,
                            (struct upload){ "b.pdf", "application/pdf", { big, MOST + 1 } });
    assert_int_equal(r.status, 422);
    assert_true(has(out_string(&r.out), "smaller than 8 MB"));
    for (int i = 0; i < FIELDS; i++)
        many[i][0] = "words", many[i][1] = "x";
    r = send(DANA, path, many, FIELDS, (struct upload){ "b.txt", NULL, { "x", 1 } });
    assert_int_equal(r.status, 400);
    const char *strange[][2] = { { "kind", "question" }, { "words", "x" }, { "admin", "yes" } };
    r = send(DANA, path, strange, 3, (struct upload){ "b.txt", NULL, { "x", 1 } });
    assert_int_equal(r.status, 400);
    /* The whole of it is let in by who may send it, and nobody else's is read. */
    struct arrival a = { .method       = "POST",
                         .path         = path,
                         .content_type = "multipart/form-data; boundary=XX",
                         .now          = NOW,
                         .read         = store };
    assert_int_equal(dispatch_body_most(&arena, &a), FORM_BYTES);
    a.cookies = people[CAROL].cookies;
    assert_int_equal(dispatch_body_most(&arena, &a), FORM_BYTES);
    a.cookies = people[DANA].cookies;
    assert_int_equal(dispatch_body_most(&arena, &a), FORM_BYTES + MOST);
    r = send(DANA, path, fields, 3, (struct upload){ "b.pdf", "application/pdf", { big, MOST } });
    assert_int_equal(r.status, 303);
}

static int64_t looks_of(const char *page)
{
    struct sql_look_list_row *rows;
    struct fail f = { 0 };
    size_t n;
    int64_t found = 0;

    assert_true(sql_look_list(store, &(struct sql_look_list_in){ .pp = pp, .most = 500 }, &arena,
                              &rows, &n, &f));
    for (size_t i = 0; i < n; i++)
        found += !strcmp(rows[i].page, page);
    return found;
}

static void staff_save_files_and_nobody_else(void **state)
{
    const char *list = text_at(CAROL, case_path("files"));

    (void)state;
    assert_false(has(list, "payslip") || has(list, "cron") || has(list, "PHOTO"));
    assert_int_equal(looks_of("/case/{}/file/{}"), 0);
    int read = 0;
    for (const char *at = list; (at = strstr(at, "href=\"/case/")); at++) {
        const char *path = arena_text(&arena, at + 6, strcspn(at + 6, "\""));
        if (!has(path, "/file/")) continue;
        struct request r = seen(CAROL, path);
        assert_string_equal(r.type, "application/octet-stream");
        assert_true(r.file && !strncmp(r.file, "file-", 5));
        assert_int_equal(strspn(r.file, "abcdefghijklmnopqrstuvwxyz0123456789-."), strlen(r.file));
        assert_int_equal(seen(DANA, path).status, 403);
        assert_int_equal(seen(ED, path).status, 403);
        read++;
    }
    assert_int_equal(read, 8);
    assert_int_equal(looks_of("/case/{}/file/{}"), 1); /* of this quarter of an hour */
    assert_int_equal(seen(CAROL, case_path("file/1")).status, 404);
    assert_int_equal(seen(CAROL, case_path("file/x")).status, 404);
}

static void a_file_shows_a_fact(void **state)
{
    const char *list = text_at(CAROL, case_path("files"));
    const char *at   = strstr(list, ">Income from HMRC");
    struct upload u  = { "p60.pdf", "application/pdf", { pdf, sizeof pdf - 1 } };

    (void)state;
    while (!at || at[-1] != '"')
        at = at ? at - 1 : strstr(list, "<option value=\"") + strlen("<option value=\"1\"");
    const char *fact        = arena_text(&arena, at - 2, 1);
    const char *good[][2]   = { { "fact", fact } };
    const char *bad[][2]    = { { "fact", "999" } };
    const char *letter[][2] = { { "fact", "x" } };
    assert_int_equal(send(CAROL, case_path("files"), bad, 1, u).status, 422);
    assert_int_equal(send(CAROL, case_path("files"), letter, 1, u).status, 422);
    assert_int_equal(send(DANA, case_path("files"), good, 1, u).status, 403);
    assert_int_equal(send(CAROL, case_path("files"), good, 1, u).status, 303);
    u.bytes = (struct span){ exe, sizeof exe - 1 };
    assert_int_equal(send(CAROL, case_path("files"), good, 1, u).status, 422);
    assert_true(has(text_at(CAROL, case_path("timeline")), "A file for the fact"));
}

/* Who looks into a case reads it, changes nothing in it, and says why before words are shown. */
static void an_examiner_reads_with_a_reason_and_writes_nothing(void **state)
{
    static const char *const read[] = { "timeline", "facts",   "decisions", "account",
                                        "service",  "letters", "messages" };
    static const char *const shut[] = { "write",  "fact",       "decide",      "receipt",  "invite",
                                        "alerts", "deductions", "account/pdf", "authority" };
    static const char why[]         = "why=A+complaint+about+the+answer+was+sent+to+us";

    static const char mine[] = "Zzexamined";

    (void)state;
    assert_int_equal(sent(CAROL, case_path("write"), "to=0&kind=answer&words=Zzexamined").status,
                     303);
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        const char *page = text_at(ED, case_path(read[i]));
        assert_false(has(page, "method=\"post\"") && !has(page, "sign-out"));
    }
    for (size_t i = 0; i < sizeof shut / sizeof *shut; i++)
        assert_int_equal(seen(ED, case_path(shut[i])).status, 403);
    assert_int_equal(seen(ED, arena_print(&arena, "/case/%lld", (long long)pp)).status, 0);
    const char *list = text_at(ED, case_path("messages"));
    const char *at   = strstr(list, "/message/");
    assert_non_null(at);
    const char *talk = case_path(arena_text(&arena, at + 1, strcspn(at + 1, "\"")));
    assert_true(has(text_at(CAROL, talk), mine));
    assert_false(has(text_at(ED, talk), mine));
    assert_true(has(text_at(ED, talk), "Kept sealed."));
    assert_int_equal(sent(ED, talk, "words=Hello").status, 403);
    const char *show = arena_print(&arena, "%s/show", talk);
    assert_int_equal(sent(ED, show, "why=").status, 422);
    assert_int_equal(sent(ED, show, "why=short").status, 422);
    struct request r = sent(ED, show, "why=short");
    assert_false(has(out_string(&r.out), mine));
    r = sent(ED, show, why);
    assert_int_equal(r.status, 0);
    assert_true(has(out_string(&r.out), mine));
    assert_true(has(text_at(CAROL, case_path("timeline")), "A complaint about the answer"));
    assert_false(has(text_at(ED, talk), mine));
    assert_int_equal(sent(DANA, show, why).status, 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_writes_and_is_answered),
        cmocka_unit_test(a_question_has_a_day_on_the_parents_home),
        cmocka_unit_test(the_other_parent_sees_none_of_it),
        cmocka_unit_test(many_a_day_are_too_many),
        cmocka_unit_test(a_complaint_from_any_page_has_its_own_clock),
        cmocka_unit_test(a_message_turns_out_to_be_a_complaint),
        cmocka_unit_test(a_file_is_what_it_says_or_is_refused),
        cmocka_unit_test(a_file_too_large_or_a_form_too_long_is_refused),
        cmocka_unit_test(staff_save_files_and_nobody_else),
        cmocka_unit_test(a_file_shows_a_fact),
        cmocka_unit_test(an_examiner_reads_with_a_reason_and_writes_nothing),
    };
    return cmocka_run_group_tests(tests, open_world, world_close);
}
