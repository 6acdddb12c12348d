/* test_web_apply.c: applying online: by either parent and by a child in Scotland, without an
 * account; what is given to protect somebody is never shown again; it waits for staff with a clock,
 * who take it into the record, ask or refuse; a code brings the applicant back, and nothing else.
 */
#include "own_world.h"

#include "app/alert.h"
#include "app/check.h"
#include "app/online.h"
#include "web/apply_draft.h"
#include "web/estimate.h"

static struct parent ann, dana;
static const char *visitor;      /* the cookie of forms */
static struct parent applicant;  /* cookies with the code, once there is one */
static const char *address = ""; /* where the applicant's requests come from */

static int open_world(void **state)
{
    struct fail f = { 0 };
    const char *token;

    (void)state;
    world_begin("tests/own/change.play", date_make(2026, 10, 10));
    dana = (struct parent){ .name = "Dana", .role = "receiving_parent" };
    sign_in(&dana, person_of("Dana"));
    assert_true(account_add(
        store, &(struct account_new){ "ann", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "ann", NOW, &token, &f));
    ann       = (struct parent){ .cookies = arena_print(&arena, "session=%s", token),
                                 .csrf    = token_for_forms(&arena, token) };
    visitor   = token_new(arena_take(&arena, TOKEN_TEXT));
    applicant = (struct parent){ .cookies = arena_print(&arena, "visitor=%s", visitor),
                                 .csrf    = token_for_forms(&arena, visitor) };
    address   = "";
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    arena_reset(&arena);
    return 0;
}

static bool says(const struct request *r, const char *words)
{
    return strstr(out_string((struct out *)&r->out), words) != NULL;
}
#define SAYS(r, words)                                                                             \
    do {                                                                                           \
        if (!says(&(r), words))                                                                    \
            fail_msg("does not say \"%s\": %u %s", words, (r).status, out_string(&(r).out));       \
    } while (0)
#define SAYS_NOT(r, words)                                                                         \
    do {                                                                                           \
        if (says(&(r), words)) fail_msg("says \"%s\"", words);                                     \
    } while (0)

static struct request sends(const char *path, const char *fields)
{
    const char *body = arena_print(&arena, "csrf=%s&%s", applicant.csrf, fields);

    return ask((struct arrival){ .method       = "POST",
                                 .path         = path,
                                 .address      = address,
                                 .content_type = "application/x-www-form-urlencoded",
                                 .body         = body,
                                 .body_length  = strlen(body) },
               applicant.cookies);
}

static void answer(const char *path, const char *fields, const char *next)
{
    struct request r = sends(path, fields);

    if (r.status != 303 || strcmp(r.location, next) != 0)
        fail_msg("%s %s: %u %s %s", path, fields, r.status, r.location ? r.location : "",
                 out_string(&r.out));
}

/* The code of a browser's cookie, as a new application's answer gave it. */
static const char *code_of(const struct request *r)
{
    for (int i = 0; i < r->cookie_count; i++)
        if (!strncmp(r->cookies[i], "application=", 12))
            return arena_text(&arena, r->cookies[i] + 12, CODE_TEXT - 1);
    fail_msg("no code");
    return "";
}

static const char *begin(const char *who)
{
    struct request r = sends("/apply/who", arena_print(&arena, "applicant=%s", who));

    assert_int_equal(r.status, 303);
    const char *code  = code_of(&r);
    applicant.cookies = arena_print(&arena, "visitor=%s; application=%s", visitor, code);
    return code;
}

static void rose_fills_in(void)
{
    answer("/apply/name",
           "own_given=Rose&own_family=Wren&own_born-day=1&own_born-month=2&own_born-year=1990",
           "/apply/nation");
    answer("/apply/nation", "own_nation=england", "/apply/nino");
    answer("/apply/nino", "own_nino=QQ123456C", "/apply/tasks");
    answer("/apply/address", "own_address=3+Xylophone+Close%0D%0AZX2+3RR", "/apply/reach");
    answer("/apply/reach", "own_channel=telephone&own_phone=07700900123", "/apply/safe");
    answer("/apply/safe", "own_words=Uffish&own_hours=Beamish", "/apply/tasks");
    answer("/apply/abuse", "abuse=yes", "/apply/tasks");
    answer("/apply/other", "other_given=Walt&other_family=Wren", "/apply/find");
    answer("/apply/find", "other_address=1+Zebrawood&other_work=Tulgey", "/apply/tasks");
    answer("/apply/child/1",
           "given=Lily&family=Wren&born-day=1&born-month=2&born-year=2016&nights=104",
           "/apply/children");
    answer("/apply/court", "court=none", "/apply/abroad");
    answer("/apply/abroad", "abroad=unknown", "/apply/tasks");
    answer("/apply/service", "service=unknown", "/apply/often");
    answer("/apply/often", "often=unknown", "/apply/estimate");
    answer("/apply/estimate", "", "/apply/tasks");
    answer("/apply/words", "words=Jabberwocky", "/apply/tasks");
}

static void walt_fills_in(void)
{
    answer("/apply/name",
           "own_given=Walt&own_family=Wren&own_born-day=1&own_born-month=2&own_born-year=1990",
           "/apply/nation");
    answer("/apply/nation", "own_nation=wales", "/apply/nino");
    answer("/apply/nino", "", "/apply/tasks");
    answer("/apply/address", "", "/apply/reach");
    answer("/apply/reach", "own_channel=account_only", "/apply/safe");
    answer("/apply/safe", "", "/apply/tasks");
    answer("/apply/abuse", "abuse=unsaid", "/apply/tasks");
    answer("/apply/other", "", "/apply/contact"); /* nothing known is an answer */
    answer("/apply/contact", "", "/apply/tasks");
    answer("/apply/child/1", "given=Lily&family=Wren&born-day=1&born-month=2&born-year=2016",
           "/apply/children");
    answer("/apply/court", "court=unknown", "/apply/abroad");
    answer("/apply/abroad", "abroad=no", "/apply/tasks");
    answer("/apply/service", "service=direct_pay", "/apply/often");
    answer("/apply/often", "often=weekly", "/apply/estimate");
    answer("/apply/estimate", "", "/apply/tasks");
    answer("/apply/words", "", "/apply/tasks");
}

/* Sends what is filled in; the first application of the world has this number. */
static int64_t sent(void)
{
    struct sql_online_waiting_in in = { .pp = SERVICE_PP, .most = 100 };
    struct sql_online_waiting_row *rows;
    struct fail f    = { 0 };
    struct request r = sends("/apply/check", "agree=yes");
    size_t n;

    assert_int_equal(r.status, 0);
    SAYS(r, "Application sent");
    assert_true(sql_online_waiting(store, &in, &arena, &rows, &n, &f));
    assert_int_not_equal(n, 0);
    return rows[n - 1].event;
}

static const char *const secrets[] = { "QQ123456C", "Xylophone", "07700900123", "Uffish",
                                       "Beamish",   "Zebrawood", "Tulgey",      "Jabberwocky" };
enum { SECRETS = sizeof secrets / sizeof *secrets };

/* staff: they are told, without a reason, how to reach the applicant and what they wrote. */
static void keeps_secrets(struct request *r, bool staff)
{
    static const char told[] = "Uffish Beamish Jabberwocky";

    for (int i = 0; i < SECRETS; i++)
        if (!staff || !strstr(told, secrets[i])) SAYS_NOT(*r, secrets[i]);
}

static void complain(void *context, int64_t of, const char *sentence)
{
    (void)context;
    fail_msg("%lld: %s", (long long)of, sentence);
}

static void all_holds(int64_t pp)
{
    struct check_report report = { 0 };
    struct fail f              = { 0 };

    if (!check_group(store, &arena, pp, complain, NULL, &report, &f)) fail_msg("%s", f.text);
}

/* ---- the applicant ---- */

static void it_is_filled_in_and_never_shown_again(void **state)
{
    static const char *const paths[] = { "/apply/nino",  "/apply/address", "/apply/reach",
                                         "/apply/safe",  "/apply/find",    "/apply/words",
                                         "/apply/check", "/apply/tasks",   "/apply/children" };
    (void)state;
    begin("receiving");
    rose_fills_in();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct request r = get(paths[i], applicant.cookies);
        assert_int_equal(r.status, 0);
        keeps_secrets(&r, false);
    }
    struct request r = get("/apply/check", applicant.cookies);
    SAYS(r, "Rose");
    SAYS(r, "Lily Wren, born 1 February 2016");
    /* Nothing typed keeps what is sealed; a dash takes it out. */
    answer("/apply/nino", "own_nino=", "/apply/tasks");
    r = get("/apply/nino", applicant.cookies);
    SAYS(r, "answered this already");
    answer("/apply/nino", "own_nino=-", "/apply/tasks");
    r = get("/apply/nino", applicant.cookies);
    SAYS_NOT(r, "answered this already");
}

static void it_is_sent_only_when_whole(void **state)
{
    (void)state;
    begin("receiving");
    answer("/apply/check", "agree=yes", "/apply/tasks");
    rose_fills_in();
    struct request r = sends("/apply/check", "");
    assert_int_equal(r.status, 422);
    int64_t number = sent();
    all_holds(SERVICE_PP);
    answer("/apply/check", "agree=yes", "/apply/sent"); /* a second click */
    r = get("/apply/tasks", applicant.cookies);
    assert_int_equal(r.status, 303);
    r = get("/application/online", ann.cookies);
    SAYS(r, online_reference(number, &arena));
}

static void mistakes_are_said(void **state)
{
    (void)state;
    begin("receiving");
    assert_int_equal(sends("/apply/reach", "").status, 422);
    assert_int_equal(sends("/apply/reach", "own_channel=telephone").status, 422);
    assert_int_equal(sends("/apply/reach", "own_channel=email&own_email=").status, 422);
    assert_int_equal(sends("/apply/nino", "own_nino=7").status, 422);
    assert_int_equal(
        sends("/apply/child/1", "given=A&family=B&born-day=1&born-month=2&born-year=2030").status,
        422);
    assert_int_equal(
        sends("/apply/child/1", "given=A&family=B&born-day=1&born-month=2&born-year=1999").status,
        422);
    /* Not asked of this applicant, and out of turn. */
    answer("/apply/helper", "helper=x", "/apply/tasks");
    answer("/apply/child/2", "given=A&family=B&born-day=1&born-month=2&born-year=2016",
           "/apply/tasks");
    struct request r = sends("/apply/words", arena_print(&arena, "words=%02001d", 0));
    assert_int_equal(r.status, 422);
}

static void children_are_taken_out(void **state)
{
    (void)state;
    begin("paying");
    answer("/apply/child/1", "given=A&family=B&born-day=1&born-month=2&born-year=2016",
           "/apply/children");
    answer("/apply/child/2", "given=C&family=D&born-day=1&born-month=2&born-year=2017",
           "/apply/children");
    answer("/apply/children", "out=1", "/apply/children");
    struct request r = get("/apply/children", applicant.cookies);
    SAYS(r, "C D");
    SAYS_NOT(r, "A B");
}

static void who_applies_is_asked_what_is_theirs(void **state)
{
    (void)state;
    begin("paying");
    assert_int_equal(get("/apply/find", applicant.cookies).status, 303); /* no address asked */
    assert_int_equal(get("/apply/contact", applicant.cookies).status, 0);
    begin("receiving");
    assert_int_equal(get("/apply/contact", applicant.cookies).status, 303);
    assert_int_equal(get("/apply/find", applicant.cookies).status, 0);
    begin("child");
    assert_int_equal(get("/apply/find", applicant.cookies).status, 303);
    assert_int_equal(get("/apply/address", applicant.cookies).status, 303);
    assert_int_equal(get("/apply/children", applicant.cookies).status, 303);
}

/* ---- coming back ---- */

static void a_code_brings_them_back(void **state)
{
    (void)state;
    const char *code = begin("receiving");
    rose_fills_in();
    struct request r = sends("/apply/tasks", "");
    SAYS(r, code);
    applicant.cookies = arena_print(&arena, "visitor=%s", visitor);
    assert_int_equal(get("/apply/tasks", applicant.cookies).status, 303);
    assert_int_equal(sends("/apply/return", "code=K7QF-29DM-4TXZ-W8HB").status, 422);
    assert_int_equal(sends("/apply/return", "code=x").status, 422);
    r = sends("/apply/return", arena_print(&arena, "code=%s", code));
    assert_string_equal(r.location, "/apply/tasks");
    applicant.cookies = arena_print(&arena, "visitor=%s; application=%s", visitor, code);
    r                 = get("/apply/check", applicant.cookies);
    SAYS(r, "Rose");
    sent();
    applicant.cookies = arena_print(&arena, "visitor=%s", visitor);
    r                 = sends("/apply/return", arena_print(&arena, "code=%s", code));
    assert_string_equal(r.location, "/apply/sent");
}

static void it_is_not_kept_where_somebody_could_read_it(void **state)
{
    struct sql_apply_draft_get_row row;
    struct fail f = { 0 };
    bool found;

    (void)state;
    const char *code = begin("receiving");
    rose_fills_in();
    struct sql_apply_draft_get_in in = { .code = apply_code_kept(&arena, code), .now = NOW };
    assert_true(sql_apply_draft_get(store, &in, &arena, &row, &found, &f));
    assert_true(found);
    for (int i = 0; i < SECRETS; i++)
        assert_null(memmem(row.sealed.at, row.sealed.n, secrets[i], strlen(secrets[i])));
    /* Silent for an hour, and not kept: gone. */
    in.now += APPLY_IDLE;
    assert_true(sql_apply_draft_get(store, &in, &arena, &row, &found, &f));
    assert_false(found);
}

static void nobody_begins_or_tries_without_end(void **state)
{
    struct request r;

    (void)state;
    address = "192.0.2.1";
    for (int i = 0; i < APPLY_STARTS; i++)
        begin("receiving");
    assert_int_equal(sends("/apply/who", "applicant=receiving").status, 422);
    address          = "192.0.2.2";
    const char *code = begin("receiving");
    /* Somebody else in the same library shuts nobody out. */
    for (int i = 0; i < 60; i++)
        assert_int_equal(sends("/apply/return", "code=K7QF-29DM-4TXZ-W8HB").status, 422);
    r = sends("/apply/return", arena_print(&arena, "code=%s", code));
    assert_string_equal(r.location, "/apply/tasks");
}

static const char *name_born(int year)
{
    return arena_print(
        &arena, "own_given=A&own_family=B&own_born-day=1&own_born-month=2&own_born-year=%d", year);
}

static const char *child_born(int year)
{
    return arena_print(&arena, "given=A&family=B&born-day=1&born-month=2&born-year=%d", year);
}

/* Where it is typed a day of birth is held against today and against the others'. */
static void days_of_birth_fit_each_other(void **state)
{
    static const char other[] =
        "other_given=C&other_family=D&other_born-day=1&other_born-month=2&other_born-year=";
    struct request r;

    (void)state;
    begin("receiving");
    r = sends("/apply/name", name_born(2020));
    SAYS(r, "too young to apply as a parent");
    r = sends("/apply/name", name_born(2015)); /* 11 years old */
    SAYS(r, "too young to apply as a parent");
    r = sends("/apply/name", name_born(1909));
    SAYS(r, "older than anybody");
    answer("/apply/name", name_born(2006), "/apply/nation");
    r = sends("/apply/child/1", child_born(2006));
    SAYS(r, "Only a child under 20");
    answer("/apply/child/1", child_born(2008), "/apply/children"); /* a sister cares for her */
    r = sends("/apply/name", name_born(2009));
    SAYS(r, "cannot be younger than the child");
    r = sends("/apply/other", arena_print(&arena, "%s2010", other));
    SAYS(r, "cannot be younger than the child");
    r = sends("/apply/other", arena_print(&arena, "%s1997", other));
    SAYS(r, "too young to be a parent when the child was born");
    answer("/apply/other", arena_print(&arena, "%s1996", other), "/apply/find");
    r = sends("/apply/child/2", child_born(2007));
    SAYS(r, "the parent who pays was too young");
    begin("paying");
    answer("/apply/name", name_born(1990), "/apply/nation");
    r = sends("/apply/child/1", child_born(1989));
    assert_int_equal(r.status, 422);
}

static const char *estimate_code(void)
{
    struct answers answers    = { .circumstance = CIRCUMSTANCE_NONE,
                                  .income       = INCOME_WEEKLY,
                                  .amount       = { 50000 },
                                  .receivers    = 1,
                                  .receiver     = { { .children = 1 } } };
    struct assess_input input = estimate_input(&arena, &answers, today);
    struct fail f             = { 0 };
    const char *code;

    if (!estimate_keep(store, &arena, &input, NOW, &code, &f)) fail_msg("%s", f.text);
    return code;
}

static void an_estimate_is_looked_up_when_it_is_given(void **state)
{
    const char *json;
    struct fail f = { 0 };
    struct request r;

    (void)state;
    begin("receiving");
    r = sends("/apply/estimate", "estimate=K7QF-29DM");
    SAYS(r, "There is no estimate with this code");
    const char *code = estimate_code();
    answer("/apply/estimate", arena_print(&arena, "estimate=%s", code), "/apply/tasks");
    /* Wrong ones are counted against this application alone. */
    for (int i = 0; i < ATTEMPTS_SUBJECT; i++)
        assert_int_equal(sends("/apply/estimate", "estimate=K7QF-29DM").status, 422);
    r = sends("/apply/estimate", arena_print(&arena, "estimate=%s", code));
    SAYS(r, "too many attempts");
    answer("/apply/estimate", "estimate=", "/apply/tasks");
    begin("receiving");
    answer("/apply/estimate", arena_print(&arena, "estimate=%s", code), "/apply/tasks");
    assert_true(estimate_find(store, &arena, code, NOW, &json, &f));
}

/* ---- staff ---- */

static struct request ann_posts(const char *path, const char *fields)
{
    return post(&ann, path, fields);
}

/* What the page offers to send: its hidden fields, as a body. */
static const char *hidden_of(struct request *r)
{
    struct out fields = { .arena = &arena };
    const char *at    = strstr(out_string(&r->out), "action=\"/application\"");

    assert_non_null(at);
    for (; (at = strstr(at, "<input type=\"hidden\" name=\"")) != NULL;) {
        const char *name  = at + strlen("<input type=\"hidden\" name=\"");
        size_t n          = strcspn(name, "\"");
        const char *value = strstr(name, "value=\"") + strlen("value=\"");
        at                = value;
        if (!strncmp(name, "csrf", n) || !strncmp(name, "act", n)) continue;
        out_bytes(&fields, name, n);
        out_text(&fields, "=");
        for (; *value != '"'; value++)
            out_bytes(&fields, *value == ' ' ? "+" : value, 1);
        out_text(&fields, "&");
        if (!strncmp(name, "said_by", n)) break;
    }
    return out_string(&fields);
}

static void staff_read_it_on_one_page(void **state)
{
    (void)state;
    begin("receiving");
    rose_fills_in();
    int64_t number   = sent();
    const char *path = arena_print(&arena, "/application/online/%lld", (long long)number);
    struct request r = get(path, ann.cookies);
    SAYS(r, "Domestic abuse was told to us");
    SAYS(r, "Jabberwocky");
    keeps_secrets(&r, true);
    r = get("/work-list", ann.cookies);
    SAYS(r, path);
    const char *show = arena_print(&arena, "%s/sealed", path);
    assert_int_equal(ann_posts(show, "why=so").status, 422);
    r = ann_posts(show, "why=The+address+is+3+Xylophone+Close");
    assert_int_equal(r.status, 422);
    r = ann_posts(show, "why=To+verify+where+the+paying+parent+lives");
    SAYS(r, "Zebrawood");
    SAYS(r, "Xylophone");
    r = get(path, ann.cookies);
    keeps_secrets(&r, true);
    all_holds(SERVICE_PP);
    assert_int_equal(get(path, applicant.cookies).status, 303);
    assert_int_equal(get(path, dana.cookies).status, 403);
    assert_int_equal(get("/application/online/999", ann.cookies).status, 404);
}

static const struct sql_fact_list_row *fact_of(const struct group *g, enum fact_kind kind,
                                               int64_t subject)
{
    return group_fact(g, kind, subject, date_make(2026, 12, 1));
}

static void it_is_taken_into_the_record(void **state)
{
    struct fail f = { 0 };
    struct group g;

    (void)state;
    begin("receiving");
    rose_fills_in();
    int64_t number     = sent();
    const char *path   = arena_print(&arena, "/application/online/%lld", (long long)number);
    struct request r   = get(path, ann.cookies);
    const char *fields = hidden_of(&r);
    r                  = ann_posts("/application", arena_print(&arena, "%sact=preview", fields));
    SAYS(r, "What would be recorded");
    keeps_secrets(&r, false);
    r = ann_posts("/application", arena_print(&arena, "%sact=change", fields));
    SAYS(r, "Online application");
    r = ann_posts("/application", arena_print(&arena, "%sact=confirm", fields));
    if (r.status != 303) fail_msg("not opened: %s", out_string(&r.out));
    int64_t pp = person_of("Walt");
    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    int64_t rose = g.arrangements[0].rp, of = g.arrangements[0].id;
    assert_non_null(fact_of(&g, FACT_ABUSE, of));
    assert_non_null(fact_of(&g, FACT_ADDRESS, rose));
    assert_non_null(fact_of(&g, FACT_SAFE_WORDS, rose));
    assert_null(fact_of(&g, FACT_ADDRESS, pp)); /* not verified */
    all_holds(pp);
    all_holds(SERVICE_PP);
    r = ann_posts("/application", arena_print(&arena, "%sact=confirm", fields)); /* twice */
    assert_int_equal(r.status, 422);
    r = get("/apply/sent", applicant.cookies);
    SAYS(r, "We have opened a case");
    r = get("/application/online", ann.cookies);
    SAYS(r, "None waits");
    r = get(arena_print(&arena, "/case/%lld/application", (long long)pp), ann.cookies);
    SAYS(r, path);
}

static const char *ref_of(int64_t person)
{
    struct sql_person_get_row row;
    struct fail f = { 0 };
    bool found;

    assert_true(sql_person_get(store, &(struct sql_person_get_in){ .id = person }, &arena, &row,
                               &found, &f));
    return row.ref;
}

/* Who is known already keeps what the record has: who applied has not shown who they are. */
static void who_is_known_keeps_their_record(void **state)
{
    struct fail f = { 0 };
    struct group g;

    (void)state;
    for (int i = 0; i < 2; i++) {
        begin("receiving");
        rose_fills_in();
        if (i) {
            answer("/apply/address", "own_address=7+Elsewhere", "/apply/tasks");
            answer("/apply/child/1", "given=Max&family=Wren&born-day=1&born-month=2&born-year=2017",
                   "/apply/children");
        }
        const char *path  = arena_print(&arena, "/application/online/%lld", (long long)sent());
        struct request r  = get(path, ann.cookies);
        const char *known = i ? arena_print(&arena, "paying_ref=%s&receiving_ref=%s&",
                                            ref_of(person_of("Walt")), ref_of(person_of("Rose")))
                              : "";
        r = ann_posts("/application", arena_print(&arena, "%s%sact=confirm", known, hidden_of(&r)));
        if (r.status != 303) fail_msg("not opened: %s", out_string(&r.out));
    }
    int64_t pp = person_of("Walt"), rose = person_of("Rose");
    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    assert_int_equal(g.arrangement_count, 2);
    assert_true(sealed_equals(group_sealed(&g, fact_of(&g, FACT_ADDRESS, rose)),
                              "3 Xylophone Close\nZX2 3RR"));
    all_holds(pp);
}

static void it_is_asked_about_and_refused(void **state)
{
    (void)state;
    begin("paying");
    walt_fills_in();
    int64_t number   = sent();
    const char *path = arena_print(&arena, "/application/online/%lld", (long long)number);
    struct request r = get(path, ann.cookies);
    /* Without the other parent's name it cannot be taken as it is: the form says so. */
    r = ann_posts("/application", arena_print(&arena, "%sact=preview", hidden_of(&r)));
    assert_int_equal(r.status, 422);
    assert_int_equal(ann_posts(path, "deed=ask").status, 422);
    assert_int_equal(ann_posts(path, "deed=ask&said=What+is+her+name").status, 303);
    all_holds(SERVICE_PP);
    r = get("/apply/sent", applicant.cookies);
    SAYS(r, "What is her name");
    answer("/apply/sent", "said=Uffish.+I+want+to+die", "/apply/sent");
    assert_int_equal(sends("/apply/sent", "said=again").status, 422);
    r = get("/apply/sent", applicant.cookies);
    SAYS_NOT(r, "Uffish");
    r = get(path, ann.cookies);
    SAYS(r, "Uffish");
    SAYS(r, "They may want to end their own life");
    assert_int_equal(ann_posts(path, "deed=refuse&said=You+live+together").status, 303);
    assert_int_equal(ann_posts(path, "deed=refuse&said=again").status, 422);
    r = get("/apply/sent", applicant.cookies);
    SAYS(r, "You live together");
    all_holds(SERVICE_PP);
}

static void a_child_applies_in_their_own_words(void **state)
{
    struct fail f = { 0 };
    struct group g;

    (void)state;
    begin("child");
    const char *born = "own_given=Lily&own_family=Wren&own_born-day=1&own_born-month=2";
    assert_int_equal(
        sends("/apply/name", arena_print(&arena, "%s&own_born-year=2016", born)).status, 422);
    assert_int_equal(
        sends("/apply/name", arena_print(&arena, "%s&own_born-year=2000", born)).status, 422);
    answer("/apply/name", arena_print(&arena, "%s&own_born-year=2013", born), "/apply/nation");
    assert_int_equal(sends("/apply/nation", "own_nation=england").status, 422);
    answer("/apply/nation", "own_nation=scotland", "/apply/tasks");
    answer("/apply/reach", "own_channel=text_message&own_phone=07700900123", "/apply/safe");
    answer("/apply/safe", "own_words=Uffish", "/apply/tasks");
    answer("/apply/abuse", "abuse=no", "/apply/helper");
    answer("/apply/helper", "helper=Beamish", "/apply/tasks");
    answer("/apply/carer", "carer_given=Rose&carer_family=Wren", "/apply/other");
    answer("/apply/other", "other_given=Walt&other_family=Wren", "/apply/tasks");
    answer("/apply/words", "words=Jabberwocky", "/apply/tasks");
    struct request r = get("/apply/check", applicant.cookies);
    SAYS(r, "The parent who should pay is told");
    keeps_secrets(&r, false);
    int64_t number = sent();
    r = get(arena_print(&arena, "/application/online/%lld", (long long)number), ann.cookies);
    SAYS(r, "A child applied in their own right");
    SAYS(r, "Beamish");
    r = ann_posts("/application", arena_print(&arena, "%sact=confirm", hidden_of(&r)));
    if (r.status != 303) fail_msg("not opened: %s", out_string(&r.out));
    int64_t pp = person_of("Walt"), lily = person_of("Lily");
    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    assert_non_null(fact_of(&g, FACT_PHONE, lily));
    assert_null(fact_of(&g, FACT_PHONE, pp));
    all_holds(pp);
}

/* ---- danger ---- */

static int64_t alert_of(int64_t number, struct alert *a)
{
    struct fail f = { 0 };
    struct alert *list;
    size_t n;

    assert_true(alert_list_online(store, &arena, number, &list, &n, &f));
    if (n) *a = list[0];
    return (int64_t)n;
}

static const char *on_list(void)
{
    struct request r = get("/work-list?kind=alert", ann.cookies);
    return out_string(&r.out);
}

/* Words of danger call a person, by the clock that messages have, and go with the application into
 * its case. */
static void words_of_danger_call_somebody(void **state)
{
    struct fail f = { 0 };
    struct alert a, *list;
    size_t n;

    (void)state;
    begin("receiving");
    rose_fills_in();
    assert_null(strstr(on_list(), "Application A-"));
    answer("/apply/safe", "own_words=He+said+he+will+kill+me", "/apply/tasks");
    int64_t number = sent();
    assert_int_equal(alert_of(number, &a), 1);
    assert_int_equal(a.risk, ALERT_DOES_RISK_THREAT);
    const char *path = arena_print(&arena, "/application/online/%lld/alert/%lld", (long long)number,
                                   (long long)a.row.event);
    assert_non_null(strstr(on_list(), path));
    struct request r = get("/apply/sent", applicant.cookies);
    SAYS_NOT(r, "alert");
    r = get(path, ann.cookies);
    SAYS(r, "Somebody may come to harm");
    assert_int_equal(get(path, dana.cookies).status, 403);
    assert_int_equal(ann_posts(path, "event=watch&seen=Read+it").status, 422);
    assert_int_equal(ann_posts(path, "event=watch&seen=Read+it&done=Rang+her").status, 303);
    all_holds(SERVICE_PP);
    assert_null(strstr(on_list(), path));
    r = get("/work-list?kind=alert_watch", ann.cookies);
    SAYS(r, path);
    r = get(arena_print(&arena, "/application/online/%lld", (long long)number), ann.cookies);
    r = ann_posts("/application", arena_print(&arena, "%sact=confirm", hidden_of(&r)));
    if (r.status != 303) fail_msg("not opened: %s", out_string(&r.out));
    int64_t pp = person_of("Walt");
    assert_true(alert_list(store, &arena, pp, &list, &n, &f));
    assert_int_equal(n, 1);
    assert_true(list[0].row.person == person_of("Rose") && alert_is_open(&list[0]));
    alert_of(number, &a);
    assert_false(alert_is_open(&a));
    all_holds(pp);
    all_holds(SERVICE_PP);
}

static void a_receiving_parent_is_spoken_with_before_it_is_withdrawn(void **state)
{
    struct alert a;

    (void)state;
    begin("receiving");
    rose_fills_in();
    int64_t number   = sent();
    const char *path = arena_print(&arena, "/application/online/%lld", (long long)number);
    struct request r = get("/apply/withdraw", applicant.cookies);
    SAYS(r, "Withdraw your application?");
    answer("/apply/withdraw", "", "/apply/sent");
    answer("/apply/withdraw", "", "/apply/sent"); /* twice */
    r = get("/apply/sent", applicant.cookies);
    SAYS(r, "You asked us to withdraw it");
    assert_int_equal(alert_of(number, &a), 1);
    assert_int_equal(a.risk, ALERT_DOES_RISK_PRESSURE);
    r = get(path, ann.cookies);
    SAYS_NOT(r, "Take it into the record");
    assert_int_equal(ann_posts(path, "deed=withdraw&said=").status, 422);
    const char *alert = arena_print(&arena, "%s/alert/%lld", path, (long long)a.row.event);
    assert_int_equal(ann_posts(alert, "event=watch&seen=Afraid&done=Rang+her").status, 303);
    r = ann_posts(path, "deed=withdraw&said=");
    SAYS(r, "speaks with them alone");
    assert_int_equal(ann_posts(alert, "event=answer&seen=Calm&done=Met+her").status, 303);
    assert_int_equal(ann_posts(path, "deed=withdraw&said=").status, 303);
    all_holds(SERVICE_PP);
    r = get("/apply/sent", applicant.cookies);
    SAYS(r, "Your application is withdrawn");
    r = get("/application/online", ann.cookies);
    SAYS(r, "None waits");
}

static void who_would_pay_withdraws_at_once(void **state)
{
    struct alert a;

    (void)state;
    begin("paying");
    walt_fills_in();
    int64_t number = sent();
    answer("/apply/withdraw", "", "/apply/sent");
    struct request r = get("/apply/sent", applicant.cookies);
    SAYS(r, "Your application is withdrawn");
    assert_int_equal(alert_of(number, &a), 0);
    assert_int_equal(get("/apply/withdraw", applicant.cookies).status, 303);
    all_holds(SERVICE_PP);
}

static void who_goes_on_is_taken_up(void **state)
{
    (void)state;
    begin("receiving");
    rose_fills_in();
    answer("/apply/abuse", "abuse=no", "/apply/tasks");
    const char *path = arena_print(&arena, "/application/online/%lld", (long long)sent());
    assert_int_equal(ann_posts(path, "deed=withdraw&said=").status, 422); /* they did not ask */
    assert_int_equal(ann_posts(path, "deed=wish&said=").status, 303);
    assert_int_equal(ann_posts(path, "deed=go_on&said=").status, 303);
    struct request r = get(path, ann.cookies);
    SAYS(r, "Take it into the record");
    r = get("/apply/sent", applicant.cookies);
    SAYS(r, "We go on with it");
    all_holds(SERVICE_PP);
}

/* ---- known already ---- */

static void who_is_known_is_seen_by_staff_alone(void **state)
{
    struct fail f = { 0 };

    (void)state;
    begin("receiving");
    rose_fills_in();
    int64_t first    = sent();
    const char *path = arena_print(&arena, "/application/online/%lld", (long long)first);
    struct request r = get(path, ann.cookies);
    SAYS_NOT(r, "Known already?");
    /* The other parent applies for the same child. */
    begin("paying");
    walt_fills_in();
    const char *other = arena_print(&arena, "/application/online/%lld", (long long)sent());
    r                 = get(other, ann.cookies);
    SAYS(r, "Known already?");
    SAYS(r, "Lily Wren, born 1 February 2016");
    SAYS(r, path);
    r = get("/apply/sent", applicant.cookies);
    SAYS_NOT(r, "Lily");
    SAYS_NOT(r, "known");
    /* The first becomes a case: the second finds that. */
    r = get(path, ann.cookies);
    SAYS(r, other);
    r = ann_posts("/application", arena_print(&arena, "%sact=preview", hidden_of(&r)));
    SAYS(r, other);
    SAYS_NOT(r, "in the record as");
    r = get(path, ann.cookies);
    r = ann_posts("/application", arena_print(&arena, "%sact=confirm", hidden_of(&r)));
    assert_int_equal(r.status, 303);
    int64_t pp = person_of("Walt");
    r          = get(other, ann.cookies);
    SAYS(r, arena_print(&arena, "in the record as <a class=\"govuk-link\" href=\"/case/%lld\"",
                        (long long)pp));
    SAYS(r, "Walt Wren, date of birth not known to compare");
    /* Of a family that is shut to them staff learn that there is one. */
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(door_bar(store, "ann", pp, "A cousin of mine",
                         &(struct opener){ .account = "ann", .role = "caseworker", .now = NOW },
                         &f));
    assert_true(store_commit(store, &f));
    r = get(other, ann.cookies);
    SAYS(r, "which you may not open");
    SAYS_NOT(r, "date of birth not known");
}

/* Cases are found by name, and read by number: names in another order than numbers. */
static void several_cases_of_one_name_are_all_found(void **state)
{
    static const char *const others[] = { "other_given=Zeno&other_family=Zander",
                                          "other_given=Adam&other_family=Abel",
                                          "other_given=Mo&other_family=Mole" };
    const char *cases[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        begin("receiving");
        rose_fills_in();
        answer("/apply/other", others[i], "/apply/tasks");
        const char *path = arena_print(&arena, "/application/online/%lld", (long long)sent());
        struct request r = get(path, ann.cookies);
        for (int k = 0; k < i; k++)
            SAYS(r, arena_print(&arena, "href=\"%s\"", cases[k]));
        r = ann_posts("/application", arena_print(&arena, "%sact=confirm", hidden_of(&r)));
        assert_int_equal(r.status, 303);
        cases[i] = arena_text(&arena, r.location, strcspn(r.location, "?"));
    }
}

int main(void)
{
#define APPLIES(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
    const struct CMUnitTest tests[] = {
        APPLIES(it_is_filled_in_and_never_shown_again),
        APPLIES(it_is_sent_only_when_whole),
        APPLIES(mistakes_are_said),
        APPLIES(children_are_taken_out),
        APPLIES(who_applies_is_asked_what_is_theirs),
        APPLIES(a_code_brings_them_back),
        APPLIES(it_is_not_kept_where_somebody_could_read_it),
        APPLIES(nobody_begins_or_tries_without_end),
        APPLIES(days_of_birth_fit_each_other),
        APPLIES(an_estimate_is_looked_up_when_it_is_given),
        APPLIES(staff_read_it_on_one_page),
        APPLIES(it_is_taken_into_the_record),
        APPLIES(who_is_known_keeps_their_record),
        APPLIES(it_is_asked_about_and_refused),
        APPLIES(a_child_applies_in_their_own_words),
        APPLIES(words_of_danger_call_somebody),
        APPLIES(a_receiving_parent_is_spoken_with_before_it_is_withdrawn),
        APPLIES(who_would_pay_withdraws_at_once),
        APPLIES(who_goes_on_is_taken_up),
        APPLIES(who_is_known_is_seen_by_staff_alone),
        APPLIES(several_cases_of_one_name_are_all_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
