/* gateway.c: what every gateway has in common. */
#include "card/gateway.h"

#include <string.h>

static const struct gateway *now;

const struct gateway *gateway_now(void)
{
    return now;
}

void gateway_set(const struct gateway *gateway)
{
    now = gateway;
}

bool gateway_leads(const struct gateway *g, const char *link)
{
    size_t n = strlen(g->page);

    if (strncmp(link, g->page, n) != 0 || (link[n] != '/' && link[n] != '\0')) return false;
    for (const char *at = link; *at; at++)
        if (*at <= ' ' || *at >= 0x7f) return false;
    return true;
}

/* Words of the API.  A failed one is told apart by its code. */
static const struct {
    const char *status, *code;
    enum gateway_state state;
} states[] = {
    { "created", "", GATEWAY_OPEN },          { "started", "", GATEWAY_OPEN },
    { "submitted", "", GATEWAY_OPEN },        { "capturable", "", GATEWAY_OPEN },
    { "success", "", GATEWAY_PAID },          { "failed", "P0020", GATEWAY_EXPIRED },
    { "failed", "P0030", GATEWAY_CANCELLED }, { "failed", "", GATEWAY_REFUSED },
    { "cancelled", "", GATEWAY_CANCELLED },   { "error", "", GATEWAY_REFUSED },
};

bool gateway_state_find(const char *status, const char *code, enum gateway_state *state)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (!strcmp(states[i].status, status) &&
            (!*states[i].code || !strcmp(states[i].code, code)))
            return *state = states[i].state, true;
    return false;
}
