/* assess_explain.h: a calculation written for a person at a terminal of 80 columns. */
#pragma once
#include "base/out.h"
#include "rule/assess_json.h"

struct law;

struct assess_answer {
    const struct assess_input *input;
    const struct award *award;
    const struct explained *steps;
    const struct law *law;
};
/* Facts, steps with rule and citation, the result for each receiving parent, what would change it.
 */
void assess_explain_write(struct out *o, const struct assess_answer *answer);
/* Why nothing was worked out, and where in the input. */
void assess_explain_refusal(struct out *o, const struct assess_input *input, const struct fail *f);
