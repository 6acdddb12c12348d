/* asset.h: the files the browser gets, inside the executable, named after their content. */
#pragma once
#include <stddef.h>

struct asset {
    const char *address; /* "/assets/govuk-1a2b3c4d5e6f.css" */
    const char *type;
    const char *bytes, *end;
    const char *packed, *packed_end; /* gzip */
};
extern const struct asset assets[];
extern const int asset_count;

/* The asset with this address, or NULL. */
const struct asset *asset_find(const char *address);
