/* say.h: marks a sentence of the program that reaches people outside, where it is not said in a
 * template or a refusal: the build wants its Welsh (page/welsh). */
#pragma once

#define SAY(sentence) sentence
