/* routes.c: every way in.  What is not here does not exist. */
#include "web/dispatch.h"
#include "web/public.h"
#include "web/sign_in.h"

const struct route routes[] = {
    {METHOD_GET,   "/",         ACCESS_PUBLIC,     public_home,    NULL,               false},
    { METHOD_GET,  "/help",     ACCESS_PUBLIC,     public_help,    NULL,               false},
    { METHOD_GET,  "/safety",   ACCESS_PUBLIC,     public_safety,  NULL,               false},
    { METHOD_GET,  "/cookies",  ACCESS_PUBLIC,     public_cookies, NULL,               false},
    { METHOD_GET,  "/exit",     ACCESS_PUBLIC,     public_exit,    NULL,               false},
    { METHOD_GET,  "/sign-in",  ACCESS_PUBLIC,     sign_in_show,   &form_sign_in_next, true },
    { METHOD_POST, "/sign-in",  ACCESS_PUBLIC,     sign_in_do,     &form_sign_in,      true },
    { METHOD_POST, "/sign-out", ACCESS_CASEWORKER, sign_out_do,    NULL,               false},
    { METHOD_GET,  "/account",  ACCESS_CASEWORKER, account_show,   NULL,               false},
};
const int route_count = sizeof routes / sizeof *routes;
