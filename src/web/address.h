/* address.h: where a request comes from, for counting attempts only; never logged, never kept
 * longer than attempt.h says. */
#pragma once
#include "base/arena.h"

/* An address as attempts are counted for it: an IPv4 address whole, of an IPv6 address its first 64
 * bits, which are one customer's; "" for what is no address. */
const char *address_counted(struct arena *a, const char *text, int length);
/* The last address of an X-Forwarded-For header: the one the nearest proxy wrote; what stands
 * before it was sent by the client and may say anything.  header may be NULL. */
const char *address_forwarded(struct arena *a, const char *header);
