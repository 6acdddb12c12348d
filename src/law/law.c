/* law.c: finding things in the generated tables. */
#include "law/law.h"

#include "base/bug.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct law *law_at(enum jurisdiction jurisdiction, date day)
{
    const struct law_epochs *e = &law_epochs[jurisdiction];

    for (int32_t i = e->count; i-- > 0;)
        if (!date_before(day, e->starts[i])) return &e->laws[i];
    return NULL;
}

enum rule_id rule_find(const char *name)
{
    for (int32_t i = RULE_NONE + 1; i < RULES; i++)
        if (!strcasecmp(rule_table[i].name, name)) return (enum rule_id)i;
    return RULE_NONE;
}

bool law_mark_unverified(const char *mark)
{
    return strpbrk(mark, "RU") != NULL;
}

const char *rule_cite(enum rule_id rule, enum jurisdiction jurisdiction)
{
    BUG_UNLESS(rule > RULE_NONE && rule < RULES);
    const struct law_rule *r = &rule_table[rule];
    bool own                 = jurisdiction == JURISDICTION_NORTHERN_IRELAND && r->cite_ni;

    return own ? r->cite_ni : r->cite;
}

const struct law_value *law_value_at(const struct law_parameter *p, enum jurisdiction jurisdiction,
                                     date day)
{
    for (int32_t i = p->value_count[jurisdiction]; i-- > 0;)
        if (!date_before(day, p->values[jurisdiction][i].from)) return &p->values[jurisdiction][i];
    return NULL;
}
