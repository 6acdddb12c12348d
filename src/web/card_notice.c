/* card_notice.c: the card provider tells us that something became of a payment.  What it says is
 * not believed but asked for: a notice only names the payment to be looked at, so that one that is
 * late, comes twice or is made up does nothing. */
#include "app/card_pay.h"
#include "web/case_view.h"
#include "web/own.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

/* HMAC-SHA256 of the body with the key of the settings, in hexadecimal. */
static bool is_signed(const struct request *r, const char *key)
{
    crypto_auth_hmacsha256_state state;
    unsigned char is[crypto_auth_hmacsha256_BYTES], said[crypto_auth_hmacsha256_BYTES];
    size_t n = 0;

    if (!*key ||
        sodium_hex2bin(said, sizeof said, r->signature, strlen(r->signature), NULL, &n, NULL) != 0)
        return false;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)r->body.at, r->body.length);
    crypto_auth_hmacsha256_final(&state, is);
    return n == sizeof said && sodium_memcmp(is, said, sizeof is) == 0;
}

/* The number of the payment it is about; "" when it says none. */
static const char *payment_named(struct request *r)
{
    json_t *json     = json_loadb(r->body.at, r->body.length, JSON_REJECT_DUPLICATES, NULL);
    const char *id   = json_string_value(json_object_get(json, "resource_id"));
    const char *copy = id && strlen(id) < GATEWAY_ID ? arena_text(r->arena, id, strlen(id)) : "";

    json_decref(json);
    return copy;
}

static void answer(struct request *r, unsigned status, const char *text)
{
    r->status = status;
    out_text(&r->out, text);
    respond_as(r, "text/plain; charset=utf-8", NULL);
}

void card_notice(struct request *r)
{
    enum { OK = 200, UNSIGNED = 401, LATER = 503 };
    const struct gateway *w = gateway_now();
    struct setting s        = case_setting(r);
    struct fail f           = { 0 };
    int64_t pp, payment;
    char next[GATEWAY_LINK];

    if (!w || !is_signed(r, w->key)) {
        answer(r, UNSIGNED, "Not signed.\n");
        return;
    }
    bool fine = card_pay_of_provider(r->store, r->arena, payment_named(r), &pp, &payment, &f) &&
                (!pp || card_pay_follow(&s, w, pp, payment, next, &f));
    answer(r, fine ? OK : LATER, fine ? "Thank you.\n" : "Later, please.\n");
}
