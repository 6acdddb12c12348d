/* explain_words.h: the words of the explanation, as tables: a sentence for each note, and the names
 * of circumstances, benefits and grounds.  The slots in braces are explained in explain.c.  Their
 * Welsh is page/welsh/calculation.po; what has none there does not build. */
#pragma once
#include "law/law.h"
#include "rule/facts.h"
#include "rule/note.h"

enum explain_language { EXPLAIN_ENGLISH, EXPLAIN_WELSH, EXPLAIN_LANGUAGES };

struct explain_note {
    enum rule_id rule;
    const char *sentence;
};
extern const struct explain_note explain_notes[STEP_NOTES];
/* What explain.c puts together around a number (%d) or a name. */
enum explain_word {
    PHRASE_CHILD,
    PHRASE_CHILDREN,
    PHRASE_OTHER_CHILD,
    PHRASE_OTHER_CHILDREN,
    PHRASE_RECEIVER,
    PHRASE_ONE_CHILD, /* which child it is */
    PHRASE_AT_LEAST,
    PHRASE_MORE_THAN,
    PHRASE_LESS_THAN,
    PHRASE_NOT_MORE_THAN,
    EXPLAIN_PHRASES
};
extern const char *const explain_phrases[EXPLAIN_PHRASES];
/* After "the paying parent". */
extern const char *const circumstance_sentences[CIRCUMSTANCES];
extern const char *const benefit_sentences[BENEFITS];
extern const char *const ground_sentences[GROUNDS];
