/* decision_kind.h: the kinds of decision. */
#pragma once

enum decision_kind {
    DECISION_INITIAL,
    DECISION_DEFAULT,
    DECISION_REPLACEMENT,     /* of a default decision, from its own date */
    DECISION_NEW_APPLICATION, /* another receiving parent's application */
    DECISION_ANNUAL_REVIEW,   /* */
    DECISION_CHANGE,          /* supersession */
    DECISION_REVISION,        /* after reconsideration */
    DECISION_CORRECTION,      /* of an accidental error */
    DECISION_LAW_CHANGE,
    DECISION_CONSEQUENCE, /* a later decision worked out again because an earlier one changed */
    DECISION_ENDING,      /* */
    DECISION_KINDS
};

struct decision_kind_entry {
    const char *name, *label, *rule;
};
/* name: as in the record and in scenarios; label: for people; rule: the rule of the kind. */
extern const struct decision_kind_entry decision_kind_table[DECISION_KINDS];
/* DECISION_KINDS: none. */
enum decision_kind decision_kind_find(const char *name);
