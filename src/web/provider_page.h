/* provider_page.h: signing in with a provider (provider.h), and connecting an account to one.
 *
 * A form of ours notes where the browser goes and gives it a cookie; everything that is sent with
 * it (state, nonce, the code's verifier) is derived from that cookie, so that only this browser can
 * come back.  It comes back from another site, when browsers do not show us our cookies: that page
 * has nothing but a button, and its form, from a page of ours again, carries the state as the token
 * that every form needs (dispatch.c). */
#pragma once
#include "web/request.h"

#define PROVIDER_COOKIE "provider"
#define PROVIDER_END    "/sign-in/provider/end"

handler provider_begin_do, provider_go_show, provider_back_show, provider_end_do;
handler account_providers_show, account_providers_do;

/* The state that belongs to what this browser holds; "" when it holds nothing. */
const char *provider_state(const struct request *r);
/* The providers that somebody may come in with, for the sign-in page. */
void provider_rows(struct request *r, const struct view_provider_row **rows, int32_t *n);
