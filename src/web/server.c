/* server.c: libmicrohttpd on one side, dispatch() on the other: connections, bodies, headers,
 * deadlines, and one pair of database handles for each worker thread. */
#include "web/server.h"

#include "app/database.h"
#include "card/gateway.h"
#include "web/address.h"
#include "web/api.h"
#include "web/asset.h"
#include "web/connection.h"
#include "web/dispatch.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_MEMORY = 256 << 20, CONNECTION_MEMORY = 32 * 1024, BACKLOG = 512, HOST = 64 };
/* Files that are open beside the connections: databases, their logs, what is served. */
enum { OTHER_FILES = 100 };
/* Bodies with files: how long one may take beyond the deadline, and all that are read at a time. */
enum { BODY_SECONDS = 100, BODIES_MOST = 128 << 20 };

/* What is sent with every answer.  The hash is that of the one line of script in layout.html.  A
 * form leads to ourselves, and on from there to the card provider's page where there is one. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self' "                                                       \
    "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; "                                      \
    "style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "            \
    "form-action 'self'"
static char policy[sizeof POLICY + GATEWAY_LINK + 1] = POLICY;
static const char *const safety[][2]                 = {
                    { "Content-Security-Policy", policy },
                    { "X-Frame-Options", "DENY" },
                    { "X-Content-Type-Options", "nosniff" },
                    { "Referrer-Policy", "no-referrer" },
                    { "Cross-Origin-Opener-Policy", "same-origin" },
                    { "Cross-Origin-Resource-Policy", "same-origin" },
                    { "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
};

/* One request on its way. */
struct exchange {
    struct arena arena;
    struct connection *connection;
    char *body;
    size_t length, room, held; /* held: counted in `bodies` */
    unsigned refused;          /* status decided before the body came */
    size_t most;               /* bytes the body may have */
    const char *query;
    struct timespec began;
    struct MHD_Connection *suspended; /* while somebody else is waited for */
    struct later *answered;
};
struct hands {
    struct store *read, *write;
};
static const struct server_options *options;
static bool rehearsal; /* what the database is; it stays it */
static pthread_key_t hands_key;
static atomic_size_t bodies; /* bytes of large bodies that are being read */

/* ---- the worker's database ---- */

static void hands_drop(void *at)
{
    struct hands *h = at;
    store_close(h->read);
    store_close(h->write);
    free(h);
}

static struct hands *hands_of(struct fail *f)
{
    struct hands *h = pthread_getspecific(hands_key);

    if (h) return h;
    h = calloc(1, sizeof *h);
    BUG_UNLESS(h);
    h->read  = store_open(options->database, STORE_READ, f);
    h->write = h->read ? store_open(options->database, STORE_WRITE, f) : NULL;
    if (!h->write) {
        hands_drop(h);
        return NULL;
    }
    pthread_setspecific(hands_key, h);
    return h;
}

/* ---- answers ---- */

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    BUG_UNLESS(MHD_add_response_header(response, name, value) == MHD_YES);
}

static void add_safety(struct MHD_Response *response)
{
    for (size_t i = 0; i < sizeof safety / sizeof *safety; i++)
        add(response, safety[i][0], safety[i][1]);
    if (options->secure)
        add(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static enum MHD_Result send_and_drop(struct MHD_Connection *c, unsigned status,
                                     struct MHD_Response *response)
{
    add_safety(response);
    enum MHD_Result sent = MHD_queue_response(c, status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result send_asset(struct MHD_Connection *c, const struct asset *asset)
{
    const char *accept = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding");
    bool packed        = accept && strstr(accept, "gzip");
    const char *from   = packed ? asset->packed : asset->bytes,
               *to     = packed ? asset->packed_end : asset->end;
    union {
        const char *in;
        void *out;
    } bytes = { from };
    struct MHD_Response *response =
        MHD_create_response_from_buffer((size_t)(to - from), bytes.out, MHD_RESPMEM_PERSISTENT);

    BUG_UNLESS(response);
    add(response, "Content-Type", asset->type);
    add(response, "Cache-Control", "public, max-age=31536000, immutable");
    add(response, "Vary", "Accept-Encoding");
    if (packed) add(response, "Content-Encoding", "gzip");
    return send_and_drop(c, MHD_HTTP_OK, response);
}

static enum MHD_Result send_answer(struct MHD_Connection *c, struct request *r)
{
    union {
        const char *in;
        void *out;
    } bytes                       = { out_string(&r->out) };
    struct MHD_Response *response = MHD_create_response_from_buffer(
        r->location ? 0 : r->out.length, bytes.out, MHD_RESPMEM_PERSISTENT);

    BUG_UNLESS(response);
    add(response, "Content-Type", r->type ? r->type : "text/html; charset=utf-8");
    add(response, "Cache-Control", "no-store");
    if (r->location) add(response, "Location", r->location);
    if (r->allow) add(response, "Allow", r->allow);
    if (r->file)
        add(response, "Content-Disposition",
            arena_print(r->arena, "attachment; filename=\"%s\"", r->file));
    if (r->status == MHD_HTTP_UNAUTHORIZED) add(response, "WWW-Authenticate", "Bearer");
    if (r->wait > 0)
        add(response, "Retry-After", arena_print(r->arena, "%lld", (long long)r->wait));
    if (r->wipe) add(response, "Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
    for (int i = 0; i < r->cookie_count; i++)
        add(response, "Set-Cookie", r->cookies[i]);
    return send_and_drop(c, r->status ? r->status : MHD_HTTP_OK, response);
}

static enum MHD_Result send_early(struct MHD_Connection *c, struct exchange *e, const char *path)
{
    struct request r = { .arena   = &e->arena,
                         .out     = { .arena = &e->arena },
                         .visitor = { .token = "" } };

    r.is_program = api_is_path(path);
    if (r.is_program)
        api_refuse_early(&r, e->refused, e->most);
    else if (e->refused == MHD_HTTP_CONTENT_TOO_LARGE)
        respond_refused(
            &r, e->refused, "That is too much at once",
            "What you sent is longer than this page can take. Go back, shorten a text or choose a "
            "smaller file (it can have up to 8 MB), and send it again.");
    else if (e->refused == MHD_HTTP_SERVICE_UNAVAILABLE)
        respond_refused(
            &r, e->refused, "Too many files at once",
            "Many people are sending files just now. Go back and send it again in a minute.");
    else
        respond_refused(&r, e->refused, "This form did not arrive",
                        "Send it again from its own page.");
    return send_answer(c, &r);
}

/* ---- requests ---- */

static void log_line(const struct exchange *e, const struct request *r, const char *method)
{
    struct timespec ended;

    clock_gettime(CLOCK_MONOTONIC, &ended);
    long us =
        (ended.tv_sec - e->began.tv_sec) * 1000000 + (ended.tv_nsec - e->began.tv_nsec) / 1000;
    fprintf(stderr, "{\"method\":\"%s\",\"route\":\"%s\",\"status\":%u,\"microseconds\":%ld}\n",
            method, r->route ? r->route->path : "", r->status ? r->status : 200, us);
}

static struct arrival arrival_of(struct MHD_Connection *c, const char *method, const char *path)
{
    return (struct arrival){
        .method        = method,
        .path          = path,
        .cookies       = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Cookie"),
        .origin        = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Origin"),
        .fetch_site    = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Sec-Fetch-Site"),
        .host          = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host"),
        .authorization = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization"),
        .signature     = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Pay-Signature"),
        .once          = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Idempotency-Key"),
        .content_type  = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Content-Type"),
        .today         = options->has_today ? options->today : options->clock(),
        .now           = (int64_t)time(NULL),
        .secure        = options->secure,
        .fixed         = options->has_today,
        .rehearsal     = rehearsal,
    };
}

static enum MHD_Result forwarded_take(void *context, enum MHD_ValueKind kind, const char *key,
                                      const char *value)
{
    const char **last = context;

    (void)kind;
    if (!strcasecmp(key, "X-Forwarded-For")) *last = value;
    return MHD_YES;
}

/* Behind a proxy only the proxy knows where a request comes from. */
static const char *address_of(struct MHD_Connection *c, struct arena *a)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const char *forwarded = NULL;
    char host[HOST];

    if (options->secure) {
        MHD_get_connection_values(c, MHD_HEADER_KIND, forwarded_take, &forwarded);
        return address_forwarded(a, forwarded);
    }
    if (!info || getnameinfo(info->client_addr,
                             info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                                      : sizeof(struct sockaddr_in),
                             host, sizeof host, NULL, 0, NI_NUMERICHOST))
        return "";
    return address_counted(a, host, (int)strcspn(host, "%"));
}

/* Called by a thread of later.h, which has nothing more to do with the request then. */
static void answered(void *context)
{
    struct exchange *e = context;

    MHD_resume_connection(e->suspended);
}

static enum MHD_Result wait_for(struct MHD_Connection *c, struct exchange *e, struct later *later)
{
    e->suspended   = c;
    e->answered    = later;
    later->done    = answered;
    later->context = e;
    MHD_suspend_connection(c);
    later_add(later);
    return MHD_YES;
}

static enum MHD_Result serve(struct MHD_Connection *c, struct exchange *e, const char *method,
                             const char *path)
{
    struct fail f       = { 0 };
    struct hands *hands = hands_of(&f);
    struct request r    = { .arena = &e->arena, .out = { .arena = &e->arena } };
    struct arrival a    = arrival_of(c, method, path);

    a.address     = address_of(c, &e->arena);
    a.query       = e->query;
    a.body        = e->body;
    a.body_length = e->length;
    a.answered    = e->answered;
    if (hands) {
        a.read  = hands->read;
        a.write = hands->write;
        dispatch(&r, &a);
        store_rollback(hands->read);
        store_rollback(hands->write);
    } else {
        r.is_program = api_is_path(path);
        respond_fail(&r, &f);
        r.status = MHD_HTTP_SERVICE_UNAVAILABLE;
    }
    if (r.later) return wait_for(c, e, r.later);
    if (options->log) log_line(e, &r, method);
    return send_answer(c, &r);
}

static size_t body_most(struct exchange *e, struct MHD_Connection *c, const char *method,
                        const char *path)
{
    struct fail f       = { 0 };
    struct hands *hands = hands_of(&f);
    struct arrival a    = arrival_of(c, method, path);

    if (!hands) return FORM_BYTES;
    a.read = hands->read;
    return dispatch_body_most(&e->arena, &a);
}

/* A large body has its place among those being read, and its time. */
static void body_hold(struct exchange *e)
{
    if (e->room <= FORM_BYTES) return;
    if (atomic_fetch_add(&bodies, e->room) + e->room > BODIES_MOST) {
        atomic_fetch_sub(&bodies, e->room);
        e->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
        e->room    = 0;
        return;
    }
    e->held = e->room;
    connection_extend(e->connection, BODY_SECONDS);
}

static struct exchange *exchange_new(struct MHD_Connection *c, const char *method, const char *path)
{
    struct arena arena = { .limit = REQUEST_MEMORY };
    struct exchange *e = ARENA_NEW(&arena, struct exchange);
    const char *length = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Content-Length");
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    e->arena      = arena;
    e->connection = info ? info->socket_context : NULL;
    clock_gettime(CLOCK_MONOTONIC, &e->began);
    e->most = length ? body_most(e, c, method, path) : FORM_BYTES;
    if (MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Transfer-Encoding"))
        e->refused = MHD_HTTP_LENGTH_REQUIRED;
    else if (length && (strlen(length) > 9 || (size_t)strtol(length, NULL, 10) > e->most))
        e->refused = MHD_HTTP_CONTENT_TOO_LARGE;
    else if (length && !strcmp(method, "POST"))
        e->room = (size_t)strtol(length, NULL, 10);
    body_hold(e);
    e->body = arena_take(&e->arena, e->room + 1);
    return e;
}

/* MHD's own decoding, but a zero byte ends nothing: it becomes a character no path and no answer
 * may have. */
static size_t unescape(void *context, struct MHD_Connection *c, char *text)
{
    (void)context, (void)c;
    for (char *at = text; (at = strstr(at, "%00"));)
        at[2] = '1';
    return MHD_http_unescape(text);
}

/* The query string as it came: MHD's own decoding knows nothing of our rules, so it is rebuilt. */
static enum MHD_Result query_take(void *context, enum MHD_ValueKind kind, const char *key,
                                  const char *value)
{
    struct out *o = context;

    (void)kind;
    for (int part = 0; part < 2; part++) {
        for (const char *p = part ? value : key; p && *p; p++)
            out_print(o, "%%%02X", (unsigned)(unsigned char)*p);
        out_text(o, part ? "&" : "=");
    }
    return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *c, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state)
{
    struct exchange *e = *state;

    (void)context, (void)version;
    if (!e) {
        *state = e = exchange_new(c, method, path);
        return e->refused ? send_early(c, e, path) : MHD_YES;
    }
    if (*size) {
        size_t n = *size;
        *size    = 0;
        if (e->length + n > e->room) n = e->room - e->length;
        memcpy(e->body + e->length, data, n);
        e->length += n;
        return MHD_YES;
    }
    connection_served(e->connection);
    if (!strncmp(path, "/assets/", 8) && asset_find(path)) return send_asset(c, asset_find(path));
    struct out query = { .arena = &e->arena };
    MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, query_take, &query);
    e->query = out_string(&query);
    return serve(c, e, method, path);
}

static void completed(void *context, struct MHD_Connection *c, void **state,
                      enum MHD_RequestTerminationCode code)
{
    struct exchange *e = *state;

    (void)context, (void)c, (void)code;
    if (!e) return;
    connection_idle(e->connection);
    if (e->held) atomic_fetch_sub(&bodies, e->held);
    struct arena arena = e->arena;
    arena_free(&arena);
    *state = NULL;
}

/* ---- the program ---- */

/* Whether a text is a port: 0 (any that is free) to 65535. */
static bool port_is(const char *s)
{
    enum { DIGITS = 5, LAST = 65535 };
    size_t n = strspn(s, "0123456789");

    return n > 0 && n <= DIGITS && !s[n] && strtol(s, NULL, 10) <= LAST;
}

static int listen_at(const char *listen_text, struct fail *f)
{
    char host[HOST];
    const char *colon      = strrchr(listen_text, ':');
    struct addrinfo want   = { .ai_socktype = SOCK_STREAM,
                               .ai_flags    = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
    struct addrinfo *found = NULL;
    size_t n               = colon ? (size_t)(colon - listen_text) : HOST;

    if (n < HOST) {
        bool bracket = n > 1 && listen_text[0] == '[' && listen_text[n - 1] == ']';
        snprintf(host, sizeof host, "%.*s", (int)(bracket ? n - 2 : n), listen_text + bracket);
    }
    if (n >= HOST || !port_is(colon + 1) || getaddrinfo(host, colon + 1, &want, &found)) {
        FAIL(f, FAIL_INPUT, "listen",
             "%s is not ADDRESS:PORT, such as 127.0.0.1:8000 or [::1]:8000.", listen_text);
        return -1;
    }
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) ||
        bind(fd, found->ai_addr, found->ai_addrlen) || listen(fd, BACKLOG)) {
        FAIL(f, FAIL_SYSTEM, "listen",
             errno == EADDRINUSE
                 ? "Another program is listening at %s already: stop it, or choose another port."
                 : "Cannot listen at %s: is it an address of this machine, and may you use the "
                   "port?",
             listen_text);
        if (fd >= 0) close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    return fd;
}

static void say_where(int fd)
{
    struct sockaddr_storage at;
    socklen_t n = sizeof at;
    char host[HOST], port[16];

    if (!getsockname(fd, (struct sockaddr *)&at, &n) &&
        !getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port, sizeof port,
                     NI_NUMERICHOST | NI_NUMERICSERV))
        fprintf(stderr,
                at.ss_family == AF_INET6 ? "upkeep: listening on http://[%s]:%s\n"
                                         : "upkeep: listening on http://%s:%s\n",
                host, port);
    if (strncmp(host, "127.", 4) && strcmp(host, "::1") && !options->secure)
        fprintf(stderr, "upkeep: others can reach this address and nothing is encrypted; put TLS "
                        "in front and say --secure\n");
}

/* How many connections can be open: SERVER_CONNECTIONS, if the system gives the program so many
 * files. */
static int connections_most(void)
{
    struct rlimit files;

    BUG_UNLESS(!getrlimit(RLIMIT_NOFILE, &files));
    files.rlim_cur = files.rlim_max;
    BUG_UNLESS(!setrlimit(RLIMIT_NOFILE, &files));
    return files.rlim_cur >= SERVER_CONNECTIONS + OTHER_FILES ? SERVER_CONNECTIONS
                                                              : (int)files.rlim_cur / 2;
}

static bool run(int fd, struct fail *f)
{
    int most = connections_most();
    sigset_t stop;
    int which;
    struct MHD_Daemon *daemon;

    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    connection_reaper_start(SERVER_DEADLINE, most / SERVER_THREADS);
    later_start();
    daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, NULL,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)SERVER_THREADS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)most, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVER_IDLE, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_NOTIFY_CONNECTION,
        connection_notify, NULL, MHD_OPTION_END);
    if (daemon) {
        say_where(fd);
        sigwait(&stop, &which);
    }
    later_stop();
    if (daemon) MHD_stop_daemon(daemon);
    connection_reaper_stop();
    return daemon || FAIL(f, FAIL_SYSTEM, "server", "The server cannot start.");
}

bool server_run(const struct server_options *o, struct fail *f)
{
    struct database_kind own = { .is_rehearsal = false };

    options = o;
    if (gateway_now()) snprintf(policy, sizeof policy, POLICY " %s", gateway_now()->page);
    if (o->create && access(o->database, F_OK) && !database_create(o->database, own, f))
        return false;
    bool is_ready      = !pthread_key_create(&hands_key, hands_drop);
    struct hands *mine = is_ready ? hands_of(f) : NULL;
    if (!mine || !database_is_rehearsal(mine->read, &rehearsal, f))
        return f->kind != FAIL_NONE ? false
                                    : FAIL(f, FAIL_SYSTEM, "server", "The server cannot start.");
    int fd    = listen_at(o->listen, f);
    bool done = fd >= 0 && run(fd, f);
    hands_drop(pthread_getspecific(hands_key));
    pthread_setspecific(hands_key, NULL);
    return done;
}
