/* public.h: the pages anyone may see, beside the calculator. */
#pragma once
#include "web/request.h"

handler public_home, public_help, public_safety, public_cookies, public_doing, public_exit,
    public_language;
