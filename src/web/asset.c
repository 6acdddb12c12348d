/* asset.c: finding an asset; a few dozen, so a walk is enough. */
#include "web/asset.h"

#include <string.h>

const struct asset *asset_find(const char *address)
{
    for (int i = 0; i < asset_count; i++)
        if (!strcmp(assets[i].address, address)) return &assets[i];
    return NULL;
}
