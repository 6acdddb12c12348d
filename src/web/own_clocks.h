/* own_clocks.h: what waits and who has the case, on a parent's home. */
#pragma once
#include "page.h"
#include "web/own.h"

/* Fills in what waits for the reader in the arrangement of the view, and who has the family. */
void own_clocks(const struct own_view *v, date today, struct arena *a, struct view_own_card *c);
