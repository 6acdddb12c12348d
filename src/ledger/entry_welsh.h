/* entry_welsh.h: the reasons' sentences in Welsh.  No translator has read them yet. */
#pragma once
#include "ledger/entry.h"

/* The sentence in Welsh; NULL for a reason that has none yet. */
const char *reason_sentence_welsh(enum reason r);
