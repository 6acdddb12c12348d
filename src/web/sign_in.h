/* sign_in.h: signing in and out, and the account's own page. */
#pragma once
#include "web/request.h"

handler sign_in_show, sign_in_do, sign_out_do, account_show, account_know;
