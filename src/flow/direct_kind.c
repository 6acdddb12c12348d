/* direct_kind.c: the kinds as data. */
#include "flow/direct_kind.h"

#include <string.h>

/* clang-format off */
const struct direct_kind direct_kind_table[] = {
    { "cash",           "cash to the receiving parent",                  true,  false, "VN" },
    { "cheque",         "a cheque to the receiving parent",              true,  false, "VN" },
    { "standing_order", "a standing order to the receiving parent",      true,  false, "VN" },
    { "transfer",       "a bank or card payment to the receiving parent", true, false, "VN" },
    { "mortgage",       "a mortgage or loan on the child's home",        true,  true,  "V" },
    { "rent",           "rent of the child's home",                      true,  true,  "V" },
    { "gas",            "mains gas there",                               true,  true,  "V" },
    { "water",          "mains water there",                             true,  true,  "V" },
    { "electricity",    "mains electricity there",                       true,  true,  "V" },
    { "council_tax",    "council tax there",                             true,  true,  "U" },
    { "repairs",        "essential repairs there",                       true,  true,  "U" },
};
/* clang-format on */
const size_t direct_kind_count = sizeof direct_kind_table / sizeof *direct_kind_table;

const struct direct_kind *direct_kind_find(const char *name)
{
    for (size_t i = 0; i < direct_kind_count; i++)
        if (!strcmp(direct_kind_table[i].name, name)) return &direct_kind_table[i];
    return NULL;
}
