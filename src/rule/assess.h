/* assess.h: the maintenance calculation.  Pure: facts and law in, an award out; no clock, no input
 * or output, nothing global.  The rules are in income.h, variation.h, rate.h, share.h and round.h,
 * one body each; assess() and assess_traced() are that one body without and with a trace.
 *
 * Ownership: facts, law and everything they point to belong to the caller and are only read.
 * award->weekly is the caller's (award_new takes it from an arena) and has a place for each
 * receiving parent.  `scratch` gives working memory for many receiving parents (a few need none);
 * nothing in it is needed after the call. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "rule/facts.h"
#include "rule/trace.h"

struct law;

/* False with a code, a sentence and a JSON path in f when these facts cannot be assessed:
 * income_missing (reading 2), benefit_missing, partner_without_benefit (reading 1), and for facts
 * that no form gives: income_twice, date_before_scheme, receiver_missing, child_missing. assess()
 * asserts what this checks. */
bool assess_check(const struct rule_facts *facts, date effective, struct fail *f);

/* law is law_at(JURISDICTION_GREAT_BRITAIN, effective date). */
void assess(const struct rule_facts *facts, const struct law *law, struct arena *scratch,
            struct award *award);
/* The same pennies, and how they came about.  trace comes from trace_new with the same facts, or is
 * an old one with enough room and count 0. */
void assess_traced(const struct rule_facts *facts, const struct law *law, struct arena *scratch,
                   struct award *award, struct trace *trace);

/* An award with a place for each receiving parent, all nothing. */
struct award award_new(struct arena *a, const struct rule_facts *facts);
