/* change_kind.h: what a parent can tell us has changed, from law/change/changes.txt: who may tell
 * it, what is asked, which fact it becomes, and what the other parent is told of it. */
#pragma once
#include "flow/fact_kind.h"
#include "flow/machine.h"

enum change_about {
    CHANGE_ABOUT_SELF,
    CHANGE_ABOUT_PAYER,
    CHANGE_ABOUT_CHILD,
    CHANGE_ABOUT_ARRANGEMENT,
    CHANGE_ABOUT_CASE
};
struct change_choice {
    const char *word, *text;
};
/* Texts may be "".  who, preview, duty: bits 1 << ROLE_RECEIVING_PARENT, 1 << ROLE_PAYING_PARENT.
 */
struct change_kind_entry {
    const char *name, *title, *rule;
    const char *fact, *keeps; /* names of kinds of fact; "" for none */
    const char *ask, *hint, *when, *evidence, *told, *next;
    enum change_about about;
    uint32_t who, preview, duty;
    int32_t duty_days;
    bool ends, straight, alone;
    const struct change_choice *choices;
    int32_t choice_count;
};
struct change_group {
    const char *title;
    int32_t first, end; /* its kinds */
};

extern const struct change_kind_entry change_kind_table[];
extern const int32_t change_kind_count;
extern const struct change_group change_group_table[];
extern const int32_t change_group_count;

/* The kind with a name; NULL when there is none. */
const struct change_kind_entry *change_kind_find(const char *name);
/* Whether a role may tell it. */
bool change_kind_is_for(const struct change_kind_entry *kind, enum machine_role role);
/* The kind of fact in which its answer is written: kept at once, or when it is accepted; FACT_KINDS
 * when it has none. */
enum fact_kind change_kind_answer(const struct change_kind_entry *kind);
