/* explain_words.h: the words of the explanation, as tables: a sentence for each note, and the names
 * of circumstances, benefits and grounds.  The slots in braces are explained in explain.c. */
#pragma once
#include "law/law.h"
#include "rule/facts.h"
#include "rule/note.h"

struct explain_note {
    enum rule_id rule;
    const char *sentence;
};
extern const struct explain_note explain_notes[STEP_NOTES];
/* After "the paying parent". */
extern const char *const circumstance_sentences[CIRCUMSTANCES];
extern const char *const explain_phrases[];
extern const char *const benefit_sentences[BENEFITS];
extern const char *const ground_sentences[GROUNDS];
