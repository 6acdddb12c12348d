/* decision_kind.c: the kinds of decision. */
#include "flow/decision_kind.h"

#include "base/say.h"
#include <string.h>

const struct decision_kind_entry decision_kind_table[DECISION_KINDS] = {
    [DECISION_INITIAL]     = { "initial", SAY("First decision"), "A-100" },
    [DECISION_DEFAULT]     = { "default", SAY("Default decision"), "A-85" },
    [DECISION_REPLACEMENT] = { "replacement", SAY("Replacement of a default decision"), "A-85" },
    [DECISION_NEW_APPLICATION] = { "new_application", SAY("New application"), "A-51" },
    [DECISION_ANNUAL_REVIEW]   = { "annual_review", SAY("Annual review"), "A-101" },
    [DECISION_CHANGE]          = { "change", SAY("Change of circumstances"), "A-105" },
    [DECISION_REVISION]        = { "revision", SAY("Revision after reconsideration"), "A-108" },
    [DECISION_CORRECTION]  = { "correction", SAY("Correction of an accidental error"), "A-110" },
    [DECISION_LAW_CHANGE]  = { "law_change", SAY("Change of law"), "A-105" },
    [DECISION_CONSEQUENCE] = { "consequence", SAY("Worked out again"), "A-105" },
    [DECISION_ENDING]      = { "ending", SAY("Ending"), "A-112" },
};

enum decision_kind decision_kind_find(const char *name)
{
    for (int i = 0; i < DECISION_KINDS; i++)
        if (!strcmp(decision_kind_table[i].name, name)) return (enum decision_kind)i;
    return DECISION_KINDS;
}
