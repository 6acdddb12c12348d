/* passkey_page.h: passkeys: signing in with one in place of the password and the second step, and
 * those of one's own account.  A script of ours shows the buttons where the browser can do it;
 * without it nothing of this is shown, and the password goes on working.
 *
 * What a passkey signs is derived from a cookie that is good for one use (provider_link.h keeps
 * it), and only this browser holds it. */
#pragma once
#include "web/request.h"

handler passkey_begin_do, passkey_end_do;
handler passkeys_show, passkeys_do, passkeys_end_do;

/* Whether there can be passkeys: browsers make them for an address that we know. */
bool passkey_ready(void);
