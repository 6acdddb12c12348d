/* law_machine.h: state machines and decision tables as a person reads them. */
#pragma once
#include <stdbool.h>

/* Names and titles of all machines and tables. */
void law_machine_list(void);
/* One machine or table in full; false when there is none of that name. */
bool law_machine_show(const char *name);
