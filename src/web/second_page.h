/* second_page.h: setting up the second factor, and giving it when signing in. */
#pragma once
#include "web/request.h"

handler second_show, second_do, second_app_show, second_app_do, sign_in_code_show, sign_in_code_do;
