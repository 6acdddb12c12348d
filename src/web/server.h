/* server.h: the web face as a running program. */
#pragma once
#include "base/date.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

enum { SERVER_THREADS = 2, SERVER_DEADLINE = 20, SERVER_IDLE = 15, SERVER_CONNECTIONS = 4000 };

struct server_options {
    const char *database;
    const char *listen;  /* "127.0.0.1:8000", "[::1]:0"; port 0 takes a free one */
    bool create;         /* make the database if there is none */
    date (*clock)(void); /* today's date by the machine's clock */
    bool has_today;      /* a day was told, and is kept to instead */
    date today;
    bool secure; /* reached through TLS: cookies and headers say so */
    bool log;    /* a line for each request on standard error */
};

/* Serves until SIGINT or SIGTERM.  Says on standard error where it listens. */
bool server_run(const struct server_options *options, struct fail *f);
