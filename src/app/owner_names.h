/* owner_names.h: what references, National Insurance numbers, employees' references, senders of
 * schedules and bank accounts name (B-220), many of them asked of the database at once. */
#pragma once
#include "app/verb.h"

/* What was read; all zero at first. */
struct owner_names {
    struct sql_reference_list_row *references; /* by reference */
    size_t reference_count;
    struct sql_payer_list_row *payers; /* of the people among them, by number */
    size_t payer_count;
    struct sql_owner_by_nino_row *numbers; /* by number */
    size_t number_count;
    struct sql_owner_by_employee_row *employees; /* by reference, then family */
    size_t employee_count;
    struct sql_announced_by_sender_row *announced; /* by sender, then batch */
    size_t announced_count;
    struct sql_receipt_payer_row *payers_before; /* by account, then family */
    size_t payer_before_count;
};

bool owner_references_read(const struct setting *setting, struct store_texts references,
                           struct owner_names *names, struct fail *fail);
bool owner_numbers_read(const struct setting *setting, struct store_texts numbers,
                        struct owner_names *names, struct fail *fail);
bool owner_employees_read(const struct setting *setting, struct store_texts references,
                          struct owner_names *names, struct fail *fail);
bool owner_senders_read(const struct setting *setting, struct store_texts references,
                        struct owner_names *names, struct fail *fail);
bool owner_accounts_read(const struct setting *setting, struct store_texts accounts,
                         struct owner_names *names, struct fail *fail);
/* The family that one of those that were read names; 0: none, or several.  A person's reference
 * names a family only as its paying parent. */
int64_t owner_by_reference(const struct owner_names *names, const char *reference);
int64_t owner_by_number(const struct owner_names *names, const char *nino);
int64_t owner_by_employee(const struct owner_names *names, const char *reference, date day);
int64_t owner_by_account(const struct owner_names *names, const char *account);
/* What a sender announced and has not paid yet, batch by batch; how many rows. */
const struct sql_announced_by_sender_row *owner_announced(const struct owner_names *names,
                                                          const char *sender, size_t *n);
