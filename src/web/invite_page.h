/* invite_page.h: inviting a parent to open an account, and opening it. */
#pragma once
#include "web/request.h"

handler case_invite, case_invite_do, activate_show, activate_do;

/* What an invitation's code is hashed with. */
#define INVITATION_USE "upkeep invitation"
