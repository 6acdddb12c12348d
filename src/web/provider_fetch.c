/* provider_fetch.c: libcurl. */
#include "web/provider_fetch.h"

#include "base/bug.h"
#include "base/out.h"
#include "web/later.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void curl_begin(void)
{
    BUG_UNLESS(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

/* Anything but what was asked for breaks the transfer off. */
static size_t take(char *bytes, size_t size, size_t n, void *context)
{
    struct out *o = context;

    if (o->length + size * n > FETCH_MOST) return 0;
    out_bytes(o, bytes, size * n);
    return size * n;
}

static int go_on(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)context, (void)a, (void)b, (void)c, (void)d;
    return later_stops();
}

bool provider_fault(const struct provider *provider, const char *what, struct fail *f)
{
    fprintf(stderr, "upkeep: sign-in provider %s: %s\n", provider->id, what);
    return REFUSE(f, "provider_wrong",
                  "%s gave an answer that cannot be trusted or understood, so you were not signed "
                  "in.",
                  provider->name);
}

static bool silent(const struct provider *provider, const char *what, struct fail *f)
{
    fprintf(stderr, "upkeep: sign-in provider %s: %s\n", provider->id, what);
    return REFUSE(f, "provider_silent", "%s does not answer just now.", provider->name);
}

static void prepare(CURL *curl, const struct fetch *fetch, struct out *answer)
{
    curl_easy_setopt(curl, CURLOPT_URL, fetch->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)FETCH_CONNECT);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "upkeep");
    if (fetch->provider->certificates)
        curl_easy_setopt(curl, CURLOPT_CAINFO, fetch->provider->certificates);
    if (fetch->form) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, fetch->form);
}

static bool failed(const struct fetch *fetch, CURLcode code, long status, struct fail *f)
{
    char what[120];

    if (code == CURLE_OK) {
        snprintf(what, sizeof what, "it answered with status %ld", status);
        return status >= 500 ? silent(fetch->provider, what, f)
                             : provider_fault(fetch->provider, what, f);
    }
    snprintf(what, sizeof what, "%s",
             code == CURLE_WRITE_ERROR ? "its answer is too long" : curl_easy_strerror(code));
    return code == CURLE_WRITE_ERROR ? provider_fault(fetch->provider, what, f)
                                     : silent(fetch->provider, what, f);
}

bool provider_fetch(struct arena *a, const struct fetch *fetch, const char **answer, struct fail *f)
{
    struct out text            = { .arena = a };
    struct curl_slist *headers = NULL;
    long status                = 0;

    pthread_once(&once, curl_begin);
    CURL *curl = curl_easy_init();
    BUG_UNLESS(curl);
    prepare(curl, fetch, &text);
    headers = curl_slist_append(NULL, "Accept: application/json");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (fetch->with_secret) {
        /* RFC 6749, 2.3.1: both are encoded as in a form first. */
        char *client = curl_easy_escape(curl, fetch->provider->client, 0),
             *secret = curl_easy_escape(curl, fetch->provider->secret, 0);
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, client);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, secret);
        curl_free(client);
        curl_free(secret);
    }
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    *answer = out_string(&text);
    return (code == CURLE_OK && status == 200) || failed(fetch, code, status, f);
}
