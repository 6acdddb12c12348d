/* case_ruling.h: what the pages about decisions on money share. */
#pragma once
#include "app/ruling.h"
#include "web/case_view.h"

/* Shows the form of a kind as it stands in r->form. */
void case_ruling_show(struct request *r, const struct case_view *v, enum ruling_kind kind);
