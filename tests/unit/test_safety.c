/* test_safety.c: risks of harm: which words are heard, that a person is called and everything else
 * waits, and that no parent learns of it, through the web layer. */
#include "app/alert.h"
#include "app/fact.h"
#include "app/letter.h"
#include "case_world.h"

static struct parent dana   = { .name = "Dana", .role = "receiving_parent" };
static struct parent marcus = { .name = "Marcus", .role = "paying_parent" };
static struct parent carol  = { .name = "Carol", .role = "caseworker" };

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/safety.play", date_make(2026, 4, 20));
    pp = person_of("Marcus");
    sign_in(&marcus, pp);
    sign_in(&dana, person_of("Dana"));
    sign_in(&carol, 0);
    return 0;
}

/* Each form has a token of its own. */
static void writes(const struct parent *p, const char *words)
{
    static char letter = 'a';
    char *once         = arena_take(&arena, TOKEN_TEXT);

    memset(once, letter++, TOKEN_TEXT - 1);
    const char *path = link_in(shown(p, "/home/messages"), "/home/write/");
    struct request r =
        post(p, path, arena_print(&arena, "kind=question&words=%s&once=%s", words, once));
    if (r.status != 303) fail_msg("%s cannot write: %u", p->name, r.status);
}

static size_t alerts_open(void)
{
    struct alert *list;
    struct fail f = { 0 };
    size_t n, open = 0;

    assert_true(alert_list(store, &arena, pp, &list, &n, &f));
    for (size_t i = 0; i < n; i++)
        open += alert_is_open(&list[i]);
    return open;
}

/* ---- what happens ---- */

static void a_person_is_called_and_no_parent_is_told(void **state)
{
    static const char *const pages[] = { "/home", "/home/messages", "/home/looks",
                                         "/home/letters" };
    const char *before[2][4];
    struct parent *both[] = { &dana, &marcus };

    (void)state;
    for (int p = 0; p < 2; p++)
        for (int i = 0; i < 4; i++)
            before[p][i] = shown(both[p], pages[i]);
    writes(&marcus, "Thank+you+for+the+letter");
    assert_int_equal(alerts_open(), 0);
    const char *after_plain = shown(&marcus, "/home/messages?done=sent");
    writes(&marcus, "I+want+to+end+my+life");
    assert_int_equal(alerts_open(), 1);
    /* What comes after sending is the same, whatever was sent, and has the numbers. */
    const char *after = shown(&marcus, "/home/messages?done=sent");
    assert_true(has(after, "116 123") && has(after_plain, "116 123"));
    assert_true(has(after, "0808 2000 247") && has(after, "0800 027 1234"));
    /* The other parent's pages are as they were; his own say nothing of it. */
    for (int i = 0; i < 4; i++)
        assert_string_equal(shown(&dana, pages[i]), before[0][i]);
    assert_string_equal(shown(&marcus, "/home"), before[1][0]);
    for (int i = 0; i < 4; i++) {
        assert_false(has(shown(&marcus, pages[i]), "harm"));
        assert_false(has(shown(&marcus, pages[i]), "alert"));
    }
    assert_int_equal(get(case_path("/alerts"), marcus.cookies).status, 403);
    assert_int_equal(get(case_path("/alerts"), dana.cookies).status, 403);
}

static void it_stands_on_the_list_and_on_the_case(void **state)
{
    const char *list = shown(&carol, "/work-list"), *page = shown(&carol, case_path(""));

    (void)state;
    assert_true(has(list, "Somebody may come to harm"));
    const char *rows = strstr(list, "<tbody");
    assert_true(strstr(rows, "Somebody may come to harm") < strstr(rows, "Missed payment"));
    assert_true(has(rows, "It comes before everything else"));
    assert_true(has(page, "Self-harm") && has(page, "Heard in a message"));
    const char *path  = link_in(page, case_path("/alert/"));
    const char *alert = shown(&carol, path);
    assert_true(has(alert, "They may want to end their own life"));
    assert_true(has(alert, "no letter and no demand goes to them"));
    assert_false(has(alert, "I want to end my life")); /* the words are in the message alone */
    assert_true(
        has(shown(&carol, link_in(alert, case_path("/message/"))), "I want to end my life"));
    assert_false(has(strstr(alert, "<title>"), "harm</title>"));
    assert_false(has(shown(&carol, case_path("/timeline")), "harm"));
}

static void nothing_goes_until_somebody_answered(void **state)
{
    struct setting s = { store, &arena, today, "carol" };
    enum demand_refusal why;
    struct fail f = { 0 };
    date since;

    (void)state;
    assert_true(letter_guard(&s, pp, &why, &f));
    assert_int_equal(why, DEMAND_PERSON_FIRST);
    assert_true(
        has(shown(&carol, case_path("/letters")), "Somebody has to speak with them before"));
    assert_true(alert_keeps(store, &arena, pp, pp, &since, &f));
    assert_true(date_same(since, today));
    assert_true(alert_keeps(store, &arena, pp, person_of("Dana"), &since, &f));
    assert_true(date_same(since, DATE_OPEN));
    const char *path = link_in(shown(&carol, case_path("")), case_path("/alert/"));
    assert_int_equal(post(&carol, path, "event=answer&seen=&done=").status, 422);
    assert_int_equal(post(&carol, path, "event=answer&seen=Zzseen&done=").status, 422);
    assert_int_equal(post(&carol, path, "event=watch&seen=Zzseen&done=Zzdone").status, 303);
    assert_true(letter_guard(&s, pp, &why, &f));
    assert_int_equal(why, DEMAND_PERSON_FIRST);
    assert_int_equal(post(&carol, path, "event=answer&seen=Zzbetter&done=Zzrang").status, 303);
    assert_int_equal(post(&carol, path, "event=answer&seen=Zzagain&done=Zzagain").status, 422);
    assert_true(letter_guard(&s, pp, &why, &f));
    assert_int_equal(why, DEMAND_MAY_GO);
    assert_int_equal(alerts_open(), 0);
    const char *all = shown(&carol, case_path("/alerts"));
    assert_true(has(all, "Zzseen") && has(all, "Zzrang"));
    assert_false(has(shown(&carol, case_path("/timeline")), "Zzrang"));
    assert_false(has(shown(&carol, "/work-list"), "It comes before everything else"));
}

static void what_staff_notice_is_an_alert_too(void **state)
{
    const char *fields = arena_print(&arena, "person=%lld&risk=self_harm&note=Zznoted",
                                     (long long)person_of("Dana"));
    struct setting s   = { store, &arena, today, "carol" };
    enum demand_refusal why;
    struct fail f = { 0 };

    (void)state;
    assert_int_equal(post(&carol, case_path("/alerts"), "person=1&risk=gloom&note=x").status, 422);
    assert_int_equal(post(&carol, case_path("/alerts"), "person=987654&risk=abuse&note=x").status,
                     422);
    assert_int_equal(post(&carol, case_path("/alerts"), fields).status, 303);
    assert_int_equal(alerts_open(), 1);
    /* It is about her: his letters go. */
    assert_true(letter_guard(&s, pp, &why, &f));
    assert_int_equal(why, DEMAND_MAY_GO);
    assert_true(has(shown(&carol, case_path("/alerts")), "Zznoted"));
    const char *path = link_in(shown(&carol, case_path("")), case_path("/alert/"));
    assert_int_equal(post(&carol, path, "event=answer&seen=s&done=d").status, 303);
}

/* What is told as a change, and why a decision is asked about, is heard as a message is. */
static void every_free_word_is_heard(void **state)
{
    const char *ask = link_in(shown(&marcus, "/home"), "/home/worked/");

    (void)state;
    const char *path = link_in(shown(&marcus, ask), "/home/reconsider/");
    assert_int_equal(
        post(&marcus, path, "why=I+cannot+go+on+like+this&late=I+was+ill&act=confirm").status, 303);
    assert_int_equal(alerts_open(), 1);
    const char *alert = shown(&carol, link_in(shown(&carol, case_path("")), case_path("/alert/")));
    assert_true(has(alert, "a decision they asked us to look at again"));
    assert_false(has(alert, "cannot go on"));
    const char *answer = link_in(shown(&carol, case_path("")), case_path("/alert/"));
    assert_int_equal(post(&carol, answer, "event=answer&seen=s&done=d").status, 303);
}

/* ---- the marker, and withdrawing ---- */

static void fact(const char *kind, int64_t subject, const char *value)
{
    struct setting s    = { store, &arena, today, "carol" };
    struct fact_order o = { .kind        = fact_kind_find(kind),
                            .subject     = subject,
                            .value       = value,
                            .from        = today,
                            .to          = DATE_OPEN,
                            .happened_on = today,
                            .said_by     = "",
                            .evidence    = "" };
    struct fail f       = { 0 };
    struct verb v;
    struct group g;
    bool done;

    assert_true(store_begin(store, STORE_WRITING, &f));
    if (!verb_open(&s, pp, "fact", NULL, &v, &done, &f) ||
        !group_load(store, &arena, pp, v.seq, &g, &f) || !fact_assert(&v, &g, &o, &f) ||
        !verb_close(&v, &f) || !store_commit(store, &f))
        fail_msg("%s", f.text);
}

static void how_to_reach_them_is_told_before_anybody_speaks(void **state)
{
    int64_t id       = person_of("Dana");
    const char *page = shown(&carol, case_path(""));

    (void)state;
    assert_false(has(page, "Are you alone"));
    fact("domestic_abuse", 1, "yes");
    page = shown(&carol, case_path(""));
    assert_true(has(page, "Are you alone"));
    assert_true(has(page, "Nobody has asked how they can be reached safely"));
    fact("safe_channel", id, "text_message");
    fact("safe_words", id, "Zzlibrary is calling");
    fact("safe_hours", id, "Zzmornings");
    page = shown(&carol, case_path(""));
    assert_true(has(page, "By: text message") && has(page, "Zzlibrary") && has(page, "Zzmornings"));
    assert_false(has(shown(&marcus, "/home"), "Zzlibrary"));
    assert_false(has(shown(&carol, case_path("/timeline")), "Zzlibrary"));
}

static const char *step_path(const char *event)
{
    const char *page = shown(&carol, case_path("/service"));

    return link_in(page, arena_print(&arena, "/case/%lld/service/1/step/%s", (long long)pp, event));
}

static void who_withdraws_is_spoken_with_in_private_first(void **state)
{
    const char *stop   = step_path("ask_stop");
    const char *fields = "act=preview&asked_by=receiving_parent&reason=Zzstop&pursue=yes&free=yes";
    struct request r   = post(&carol, stop, fields);

    (void)state;
    /* It is not shown what it would do: somebody is called. */
    assert_int_equal(r.status, 303);
    assert_int_equal(alerts_open(), 1);
    const char *path = link_in(shown(&carol, case_path("")), case_path("/alert/"));
    assert_true(has(shown(&carol, path), "Speak with them in private first"));
    assert_int_equal(post(&carol, stop, fields).status, 303); /* called once */
    assert_int_equal(alerts_open(), 1);
    assert_false(has(shown(&marcus, "/home"), "private"));
    assert_false(has(shown(&dana, "/home"), "private"));
    /* She is not free: it is still not done. */
    assert_int_equal(post(&carol, path, "event=watch&seen=Zzno&done=Zzrang").status, 303);
    assert_int_equal(post(&carol, stop, fields).status, 303);
    assert_int_equal(post(&carol, path, "event=answer&seen=Zzfree&done=Zzrang").status, 303);
    r = post(&carol, stop, fields);
    assert_int_equal(r.status, 0);
    assert_true(has(out_string(&r.out), "Preview"));
    /* What the paying parent asks for is not hers to be free about. */
    assert_int_equal(alerts_open(), 0);
    /* A talk counts for so many days. */
    today = date_add_days(today, 15);
    assert_int_equal(post(&carol, stop, fields).status, 303);
    assert_int_equal(alerts_open(), 1);
    path = link_in(shown(&carol, case_path("")), case_path("/alert/"));
    assert_int_equal(post(&carol, path, "event=answer&seen=Zzfree&done=Zzrang").status, 303);
}

static int64_t events(void)
{
    struct sql_event_last_row row;
    struct fail f = { 0 };
    bool found;

    assert_true(
        sql_event_last(store, &(struct sql_event_last_in){ .pp = pp }, &arena, &row, &found, &f));
    return row.seq;
}

/* The parents' own arrangement: first whether she is free to, then how it would be printed. */
static void an_arrangement_of_their_own_is_asked_about_alone(void **state)
{
    const char *path   = case_path("/service/1/agreement");
    const char *fields = "agreed=300&every=monthly&first-day=1&first-month=12&first-year=2026"
                         "&reason=Zzown";
    int64_t before     = events();
    struct request r   = post(&carol, path, fields);

    (void)state;
    assert_int_equal(r.status, 422);
    assert_true(has(out_string(&r.out), "asked alone"));
    assert_int_equal(alerts_open(), 0);
    /* She is not: somebody is called, though there was a talk today. */
    assert_int_equal(post(&carol, path, arena_print(&arena, "%s&free=no", fields)).status, 303);
    assert_int_equal(alerts_open(), 1);
    assert_int_equal(post(&carol, path, arena_print(&arena, "%s&free=yes", fields)).status, 303);
    const char *alert = link_in(shown(&carol, case_path("")), case_path("/alert/"));
    assert_true(has(shown(&carol, alert), "do not say, asked alone"));
    assert_int_equal(post(&carol, alert, "event=answer&seen=Zzfree&done=Zzrang").status, 303);
    /* What would be printed, in both languages; nothing is written. */
    before = events();
    r      = post(&carol, path, arena_print(&arena, "%s&free=yes", fields));
    assert_int_equal(r.status, 0);
    assert_true(has(out_string(&r.out), "Not sent yet"));
    assert_true(has(out_string(&r.out), "This is your own agreement"));
    assert_true(has(out_string(&r.out), "Eich cytundeb eich hun yw hwn"));
    assert_int_equal(events(), before);
    const char *seen = strstr(out_string(&r.out), "name=\"seen\" value=\"");
    assert_non_null(seen);
    seen += strlen("name=\"seen\" value=\"");
    seen = arena_text(&arena, seen, strcspn(seen, "\""));
    r    = post(&carol, path, arena_print(&arena, "%s&free=yes&act=confirm&seen=1", fields));
    assert_true(has(out_string(&r.out), "changed"));
    assert_int_equal(events(), before);
    r = post(&carol, path, arena_print(&arena, "%s&free=yes&act=confirm&seen=%s", fields, seen));
    assert_int_equal(r.status, 303);
    assert_true(has(r.location, "/letter/"));
    assert_true(events() > before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_called_and_no_parent_is_told),
        cmocka_unit_test(it_stands_on_the_list_and_on_the_case),
        cmocka_unit_test(nothing_goes_until_somebody_answered),
        cmocka_unit_test(what_staff_notice_is_an_alert_too),
        cmocka_unit_test(every_free_word_is_heard),
        cmocka_unit_test(how_to_reach_them_is_told_before_anybody_speaks),
        cmocka_unit_test(who_withdraws_is_spoken_with_in_private_first),
        cmocka_unit_test(an_arrangement_of_their_own_is_asked_about_alone),
    };

    return cmocka_run_group_tests(tests, open_world, world_close);
}
