/* help_text.h: a command's help, folded for a terminal of 80 columns. */
#pragma once

#include <stdio.h>

/* Writes the text of a command's help. Lines of one paragraph run on; what is longer than a
 * terminal is folded under where its words begin: an option's under its explanation. */
void help_text_print(FILE *to, const char *help);
