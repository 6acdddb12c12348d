/* office.h: who this installation is: its name, address, telephone and the account to pay into.
 * Kept in the database's meta table; a new database has plainly invented ones. */
#pragma once
#include "base/fail.h"
#include "letter/document.h"
#include "store/store.h"

struct office {
    struct letter_office letter;
    const char *pay_name, *pay_sort_code, *pay_account;
};

bool office_load(struct store *store, struct arena *arena, struct office *office,
                 struct fail *fail);
