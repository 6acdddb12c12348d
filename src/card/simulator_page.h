/* simulator_page.h: the made-up provider's pages.  They are not the service's, and say so. */
#pragma once
#include "base/out.h"
#include "card/simulated.h"

/* Where a card is given; wrong: the number was none of those it knows. */
void simulator_page_pay(struct out *out, const struct simulated_payment *payment, bool wrong);
/* A payment that is finished. */
void simulator_page_done(struct out *out, const struct simulated_payment *payment);
/* What it has, and what it can be made to do. */
void simulator_page_desk(struct out *out, const struct simulated *provider);
