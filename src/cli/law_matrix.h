/* law_matrix.h: provision x rule x test: which test exercises which rule of law. */
#pragma once
#include <stdbool.h>

/* Reads DIR/vector/ (each line of a .jsonl names its rules; any other file in "# rules:" comments)
 * and DIR/scenario/ (.play files, likewise in comments), prints a line for each rule and the rules
 * that nothing exercises.  True if every rule the program applies has a test and every rule named
 * exists; a folder that is not there counts as empty. */
bool law_matrix_show(const char *dir);
