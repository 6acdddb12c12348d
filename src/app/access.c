/* access.c: the door to what is kept sealed. */
#include "app/access.h"

#include "app/door.h"
#include "letter/document.h"

#include <stdlib.h>
#include <string.h>

bool access_reader_of(const char *role, enum disclosure_reader *as)
{
    static const char *const parents[] = { "receiving_parent", "paying_parent" };
    const struct machine_input *known  = &machine_table_disclosure.inputs[DISCLOSURE_READER];

    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        if (!strcmp(role, parents[i])) return *as = DISCLOSURE_READER_OTHER_PARENT, true;
    if (!strcmp(role, "child_in_scotland")) return *as = DISCLOSURE_READER_CHILD, true;
    for (int32_t i = DISCLOSURE_READER_REPRESENTATIVE; i <= DISCLOSURE_READER_ADMINISTRATOR; i++)
        if (!strcmp(role, known->values[i])) return *as = (enum disclosure_reader)i, true;
    return false;
}

/* --- the question --- */

/* Whether domestic abuse was told to us in an arrangement of that person, or of that child's. */
static bool is_marked(const struct group *g, int64_t whose, date day)
{
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &g->arrangements[i];
        const struct sql_fact_list_row *lives    = group_fact(g, FACT_LIVES_WITH, whose, day);
        bool theirs =
            whose == g->pp || whose == a->rp || (lives && strtoll(lives->value, NULL, 10) == a->id);
        if (theirs && group_fact(g, FACT_ABUSE, a->id, day)) return true;
    }
    return false;
}

/* A person is told what is their own; who is not that person is told as another, whatever they say
 * they are.  Who acts for somebody acts for that person alone. */
static enum disclosure_reader reads_as(const struct reader *who, struct sealed s)
{
    bool own = who->person && who->person == s.whose;

    switch (who->as) {
    case DISCLOSURE_READER_OWN:
    case DISCLOSURE_READER_OTHER_PARENT:
        return own ? DISCLOSURE_READER_OWN : DISCLOSURE_READER_OTHER_PARENT;
    case DISCLOSURE_READER_CHILD: return own ? DISCLOSURE_READER_OWN : DISCLOSURE_READER_CHILD;
    case DISCLOSURE_READER_REPRESENTATIVE:
        return own ? DISCLOSURE_READER_REPRESENTATIVE : DISCLOSURE_READER_OTHER_PARENT;
    default: return who->as;
    }
}

static enum disclosure_class class_of(struct sealed s)
{
    return s.kind == ACCESS_WORDS ? DISCLOSURE_CLASS_WORDS : fact_kind_table[s.kind].seal;
}

enum disclosure_result access_ask(const struct reader *who, struct sealed s)
{
    const int32_t values[] = {
        [DISCLOSURE_CLASS]  = class_of(s),
        [DISCLOSURE_READER] = reads_as(who, s),
        [DISCLOSURE_MARKER] = is_marked(who->group, s.whose, who->day) ? DISCLOSURE_MARKER_MARKED
                                                                       : DISCLOSURE_MARKER_UNMARKED,
    };

    return (enum disclosure_result)machine_table_result(&machine_table_disclosure, values);
}

/* --- the door --- */

static const char *label_of(struct sealed s)
{
    return s.kind == ACCESS_WORDS ? "What a message says" : fact_kind_table[s.kind].label;
}

static bool reason_write(const struct reader *who, const char *why, struct sealed s,
                         struct fail *fail)
{
    const struct sql_group_people_row *p = group_person(who->group, s.whose);

    if (who->verb && who->reason_given) return true;
    if (!who->verb)
        return REFUSE(fail, "sealed_never", "%s is told with a reason only (B-1002).", label_of(s));
    if (!why || strlen(why) < DOOR_REASON_LEAST || fact_words_tell(sealed_text(s), why)) {
        REFUSE(fail, "reason_short",
               "Say in a sentence why you need to see it, not what it is. The reason stands in the "
               "case's record.");
        return fail_field(fail, "why");
    }
    out_print(&who->verb->about, "%s%s%s%s%s shown to %s: %s", label_of(s), p ? " of " : "",
              p ? p->given : "", p ? " " : "", p ? p->family : "", who->verb->actor, why);
    return true;
}

bool access_open(const struct reader *who, const char *why, struct sealed s, const char **text,
                 struct fail *fail)
{
    if (!s.text) return REFUSE(fail, "sealed_nothing", "Nothing is kept sealed there.");
    enum disclosure_result result = access_ask(who, s);
    if (result == DISCLOSURE_RESULT_NEVER)
        return REFUSE(fail, "sealed_never", "%s: nobody in your role is told (B-1002).",
                      label_of(s));
    if (result == DISCLOSURE_RESULT_ASKED_FOR_REASON && !reason_write(who, why, s, fail))
        return false;
    const char *open = sealed_text(s);
    *text            = arena_text(who->arena, open, strlen(open));
    return true;
}

bool access_words_tell(const struct group *g, int64_t person, const char *words)
{
    for (size_t i = 0; i < g->sealed_count; i++) {
        struct sealed s = g->sealed[i].value;
        if ((!person || s.whose != person) && fact_words_tell(sealed_text(s), words)) return true;
    }
    return false;
}

/* An address is kept as lines parted by line ends; more lines than the window holds are left out.
 */
bool access_address(const struct group *g, int64_t person, date day, struct arena *arena,
                    const char **lines)
{
    struct reader addressee = { DISCLOSURE_READER_OWN, person, g, day, arena, NULL, false };
    struct sealed s         = group_sealed(g, group_fact(g, FACT_ADDRESS, person, day));
    struct fail none        = { 0 };
    const char *p;

    if (!access_open(&addressee, "a letter to them", s, &p, &none)) return false;
    for (size_t i = 0; i < LETTER_ADDRESS_LINES && *p; i++) {
        size_t n = strcspn(p, "\n");
        lines[i] = arena_text(arena, p, n);
        p += n + (p[n] == '\n');
    }
    return true;
}

const char *access_contact(const struct group *g, enum fact_kind kind, int64_t person, date day,
                           struct arena *arena)
{
    struct reader addressee = { DISCLOSURE_READER_OWN, person, g, day, arena, NULL, false };
    struct sealed s         = group_sealed(g, group_fact(g, kind, person, day));
    struct fail none        = { 0 };
    const char *text;

    return access_open(&addressee, "a message to them", s, &text, &none) ? text : "";
}

const char *access_reach(const struct group *g, enum fact_kind kind, int64_t person,
                         const char *role, date day, struct arena *arena)
{
    struct reader who = { .group = g, .day = day, .arena = arena };
    struct sealed s   = group_sealed(g, group_fact(g, kind, person, day));
    struct fail none  = { 0 };
    const char *text;

    if (!access_reader_of(role, &who.as)) return "";
    return access_open(&who, "before they are reached", s, &text, &none) ? text : "";
}

enum abuse_result access_abuse(const struct group *g, enum abuse_act act, int64_t person, date day)
{
    const int32_t values[ABUSE_INPUTS] = {
        [ABUSE_ACT]    = (int32_t)act,
        [ABUSE_MARKER] = is_marked(g, person, day) ? ABUSE_MARKER_MARKED : ABUSE_MARKER_UNMARKED,
    };

    return (enum abuse_result)machine_table_result(&machine_table_abuse, values);
}

const char *access_nino(const struct group *g, enum disclosure_reader office, date day,
                        struct arena *arena)
{
    struct reader who    = { .as = office, .group = g, .day = day, .arena = arena };
    struct sealed number = group_sealed(g, group_fact(g, FACT_NINO, g->pp, day));
    struct fail none     = { 0 };
    const char *text;

    return access_open(&who, "an order or a request", number, &text, &none) ? text : "";
}

/* --- shown to somebody who works here --- */

bool access_show(const struct setting *s, int64_t pp, int64_t fact, const char *role,
                 const char *why, struct access_shown *shown, struct fail *fail)
{
    struct group ever, now;
    struct verb v;
    struct reader who = { .day = s->today, .arena = s->arena, .group = &now, .verb = &v };
    bool done;

    if (!access_reader_of(role, &who.as))
        return REFUSE(fail, "sealed_never", "Nobody in your role is told what is kept sealed.");
    if (!verb_open(s, pp, "sealed_shown", NULL, &v, &done, fail) ||
        !group_load_record(s->store, s->arena, pp, KNOWN_NOW, &now, fail) ||
        !group_load_history(s->store, s->arena, pp, &ever, fail))
        return false;
    for (size_t i = 0; i < ever.fact_count; i++) {
        struct sealed seal = group_sealed(&ever, &ever.facts[i]);
        if (ever.facts[i].id != fact || !seal.text) continue;
        const struct sql_group_people_row *p = group_person(&now, seal.whose);
        shown->kind                          = (enum fact_kind)seal.kind;
        shown->of = p ? arena_print(s->arena, "%s %s", p->given, p->family) : "";
        return access_open(&who, why, seal, &shown->text, fail) && verb_close(&v, fail);
    }
    return REFUSE(fail, "no_such_fact", "There is no such fact that is kept sealed.");
}
