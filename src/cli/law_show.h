/* law_show.h: the law as a person reads it in a terminal of 80 to 100 columns. */
#pragma once
#include "law/law.h"

/* Everything in force on a day.  False (and a sentence on standard error) before the scheme opened.
 */
bool law_show_day(enum jurisdiction j, date day);
/* Every value that changed after `from` up to and including `to`, by day. */
void law_show_changes(enum jurisdiction j, date from, date to);
/* Values, rules and readings of which some part was not read in the source. */
void law_show_unverified(enum jurisdiction j, date day);
/* One rule or reading in full, with its values through time. */
void law_show_rule(enum jurisdiction j, enum rule_id rule);
/* What is announced; every line says that it is not in force. */
void law_show_drafts(void);

/* Columns of the terminal, 80 to 100; 96 where there is none. */
int law_width(void);
/* Prints text in lines of at most law_width() columns, each indented; the first line is taken to
 * stand at `at` already. */
void law_wrap(const char *text, int at, int indent);
