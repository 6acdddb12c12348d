/* place.h: the address under which browsers reach the service, as who runs it says (upkeep serve
 * --address).  Set once, before any thread is started: nothing that a request says is taken for it.
 */
#pragma once
#include "base/fail.h"

/* "https://upkeep.example", or "http://localhost:8000" on the machine itself; no path.  Refused:
 * address. */
bool place_set(const char *address, struct fail *f);
void place_forget(void);
/* The whole of it, and its host without the port; "" when it was not said. */
const char *place_origin(void);
const char *place_host(void);
