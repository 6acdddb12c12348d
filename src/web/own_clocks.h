/* own_clocks.h: what waits and who has the case, on a parent's home. */
#pragma once
#include "page.h"
#include "web/own.h"

/* Fills in what waits for the reader in the arrangement of the view, and who has the family. */
void own_clocks(struct request *r, const struct own_view *v, struct view_own_card *c);
