/* http.h: a card provider over HTTPS, in the shape of GOV.UK Pay's public API (doc/card.md):
 * POST /v1/payments, GET /v1/payments/ID, POST /v1/payments/ID/cancel, POST
 * /v1/payments/ID/refunds.
 *
 * A call takes at most HTTP_SECONDS.  One is made at a time; who has waited a second for another,
 * or comes within HTTP_REST seconds of one that was not answered, is told at once that the provider
 * is away: pages never wait for long, and one that is down is not asked again and again. */
#pragma once
#include "card/gateway.h"

enum { HTTP_SECONDS = 6, HTTP_REST = 10 };

/* Reads the settings: a file that only its owner may read, a line "NAME VALUE" for each of
 *   api      where the API is, "https://publicapi.example"
 *   page     the origin of the pages on which people pay
 *   home     our own address, to which they come back
 *   secret   the API's key
 *   notices  what its notices are signed with (may be left out)
 * A plain http: address is taken of this machine alone.  Call once, before any thread is started.
 * Refused (FAIL_INPUT): card_file. */
bool http_gateway_load(const char *path, struct fail *f);
