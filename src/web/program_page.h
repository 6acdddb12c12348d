/* program_page.h: somebody's own tokens for programs. */
#pragma once
#include "web/request.h"

handler token_show, token_do, token_end_do;
