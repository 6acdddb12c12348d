/* change_kind.c: the table of changes. */
#include "flow/change_kind.h"

#include <string.h>

_Static_assert(ROLE_RECEIVING_PARENT == 0 && ROLE_PAYING_PARENT == 1,
               "the bits that changec writes");

const struct change_kind_entry *change_kind_find(const char *name)
{
    for (int32_t i = 0; i < change_kind_count; i++)
        if (!strcmp(change_kind_table[i].name, name)) return &change_kind_table[i];
    return NULL;
}

bool change_kind_is_for(const struct change_kind_entry *kind, enum machine_role role)
{
    return (kind->who & UINT32_C(1) << role) != 0;
}

enum fact_kind change_kind_answer(const struct change_kind_entry *kind)
{
    return fact_kind_find(*kind->keeps ? kind->keeps : kind->fact);
}
