/* api_own.h: a parent's side as programs read it: /me, and each side of a case. */
#pragma once
#include "web/own.h"

void api_side_write(struct out *o, const char *key, const struct view_own_side *s);
