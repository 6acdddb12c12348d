/* scenario_name.c: the names a scenario gives, and what they stand for. */
#include "app/scenario_play.h"

#include "base/bug.h"

#include <string.h>

const struct play_name *play_name_find(const struct play *p, const char *text, struct fail *fail)
{
    const char *names[PLAY_NAMES];

    for (size_t i = p->name_count; i > 0; i--) {
        if (!strcmp(p->names[i - 1].text, text)) return &p->names[i - 1];
        names[i - 1] = p->names[i - 1].text;
    }
    const char *near = word_nearest(text, names, p->name_count);
    FAIL(fail, FAIL_INPUT, "name_unknown", "nobody and nothing is called \"%s\" here%s%s%s.", text,
         near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return NULL;
}

bool play_name_bind(struct play *p, struct play_name name, struct fail *fail)
{
    for (size_t i = 0; i < p->name_count; i++)
        if (!strcmp(p->names[i].text, name.text))
            return FAIL(fail, FAIL_INPUT, "name_twice",
                        "\"%s\" is somebody else's or something else's name already; give another "
                        "with \"as\".",
                        name.text);
    if (p->name_count == PLAY_NAMES)
        return FAIL(fail, FAIL_INPUT, "names_too_many", "a scenario has at most %d names.",
                    PLAY_NAMES);
    name.text                 = arena_text(&p->life, name.text, strlen(name.text));
    p->names[p->name_count++] = name;
    return true;
}

bool play_group(struct play *p, struct group *g, struct fail *fail)
{
    if (p->pp == 0)
        return FAIL(fail, FAIL_INPUT, "family_missing",
                    "there is no family yet; begin with the step \"apply\".");
    return group_load(p->order.store, &p->step, p->pp, KNOWN_OPEN - 1, g, fail);
}

bool play_arrangement(const struct play *p, const struct group *g, const char *text,
                      int64_t *arrangement, struct fail *fail)
{
    if (!text) {
        if (g->arrangement_count != 1)
            return FAIL(fail, FAIL_INPUT, "which_arrangement",
                        "there are several receiving parents; name the one that is meant.");
        *arrangement = g->arrangements[0].id;
        return true;
    }
    const struct play_name *n = play_name_find(p, text, fail);
    if (!n) return false;
    for (size_t i = 0; i < g->arrangement_count; i++)
        if ((n->kind == NAME_CASE && g->arrangements[i].id == n->id) ||
            (n->kind == NAME_PERSON && g->arrangements[i].rp == n->id)) {
            *arrangement = g->arrangements[i].id;
            return true;
        }
    return FAIL(fail, FAIL_INPUT, "not_receiving",
                "\"%s\" is no receiving parent or case of this family.", text);
}

bool play_subject(const struct play *p, const struct group *g, enum fact_kind kind,
                  const char *text, int64_t *subject, struct fail *fail)
{
    const struct play_name *n;

    *subject = 0;
    switch (fact_kind_table[kind].subject) {
    case SUBJECT_PAYER: return true;
    case SUBJECT_RECEIPT: break;
    case SUBJECT_ARRANGEMENT: return play_arrangement(p, g, text, subject, fail);
    case SUBJECT_CHILD:
    case SUBJECT_PERSON: break;
    }
    if (!text)
        return FAIL(fail, FAIL_INPUT, "of_whom", "say of whom: %s is about one person.",
                    fact_kind_table[kind].name);
    n = play_name_find(p, text, fail);
    if (!n) return false;
    if (n->kind != NAME_PERSON)
        return FAIL(fail, FAIL_INPUT, "of_whom", "\"%s\" is not a person.", text);
    *subject = n->id;
    return true;
}

/* The words of a value, the last of which may be an amount as people write it. */
static const char *value_tidy(struct play *p, const char *value)
{
    const char *last = strrchr(value, ' ');
    money amount;
    char digits[MONEY_TEXT];

    last = last ? last + 1 : value;
    if (!scenario_amount(last, &amount)) return value;
    return arena_print(&p->step, "%.*s%s", (int)(last - value), value, money_text(amount, digits));
}

/* Lines of an address are parted by commas in a scenario, by line ends in the record. */
static const char *address_lines(struct play *p, const char *value)
{
    char *lines = arena_text(&p->step, value, strlen(value)), *to = lines;

    for (const char *s = value; *s; s++) {
        *to++ = *s == ',' ? '\n' : *s;
        if (*s == ',' && s[1] == ' ') s++;
    }
    *to = '\0';
    return lines;
}

bool play_fact_value(struct play *p, const struct play_step *s, const struct group *g,
                     const char **value, struct fail *fail)
{
    int64_t arrangement;

    *value = s->value;
    if (!s->value) {
        *value = "yes";
        return fact_kind_table[s->fact].value == VALUE_YES ||
               FAIL(fail, FAIL_INPUT, "value_missing", "%s needs a value.", s->word);
    }
    if (s->fact == FACT_LIVES_WITH) {
        if (!play_arrangement(p, g, s->value, &arrangement, fail)) return false;
        *value = arena_print(&p->step, "%lld", (long long)arrangement);
    } else if (s->fact == FACT_ADDRESS) {
        *value = address_lines(p, s->value);
    } else if (fact_kind_table[s->fact].value == VALUE_MONEY ||
               fact_kind_table[s->fact].value == VALUE_VARIATION) {
        *value = value_tidy(p, s->value);
    }
    return true;
}

const char *play_bank_reference(struct play *p, size_t step)
{
    return arena_print(&p->life, "play/%s/%zu", p->order.name, step + 1);
}
