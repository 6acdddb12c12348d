/* office.c: reading the installation's own particulars. */
#include "app/office.h"

#include "sql.h"

/* key, and what a new database says until it is set */
static const struct {
    const char *key, *invented;
} settings[] = {
    { "office.name_en", "Upkeep Child Maintenance Service" },
    { "office.name_cy", "Gwasanaeth Cynhaliaeth Plant Upkeep" },
    { "office.address_1", "Pretend House" },
    { "office.address_2", "1 Invented Street" },
    { "office.address_3", "Nowhere ZZ1 1ZZ" },
    { "office.telephone", "0808 157 0000" },
    { "office.web", "upkeep.example" },
    { "pay.name", "Upkeep collection account" },
    { "pay.sort_code", "00-00-00" },
    { "pay.account", "00000000" },
};

enum { SETTINGS = sizeof settings / sizeof *settings };

bool office_load(struct store *store, struct arena *arena, struct office *o, struct fail *fail)
{
    const char *value[SETTINGS];

    for (int i = 0; i < SETTINGS; i++) {
        struct sql_meta_get_row row;
        bool found;
        if (!sql_meta_get(store, &(struct sql_meta_get_in){ .key = settings[i].key }, arena, &row,
                          &found, fail))
            return false;
        value[i] = found ? row.value : settings[i].invented;
    }
    *o = (struct office){
        .letter        = { .name      = { { value[0], value[1] } },
                           .address   = { value[2], value[3], value[4] },
                           .telephone = value[5],
                           .web       = value[6] },
        .pay_name      = value[7],
        .pay_sort_code = value[8],
        .pay_account   = value[9],
    };
    return true;
}
