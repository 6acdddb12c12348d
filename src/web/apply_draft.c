/* apply_draft.c: sealed answers under a code. */
#include "web/apply_draft.h"

#include "base/bug.h"
#include "web/apply_home.h"

#include <sodium.h>
#include <string.h>

#define FIND_USE "upkeep application"
#define SEAL_USE "upkeep application, sealed"
enum { DAY_SECONDS = 24 * 60 * 60 };
_Static_assert(crypto_secretbox_KEYBYTES == CODE_HASH, "a code's hash is the key");

bool apply_code_like(const char *text)
{
    unsigned char hash[CODE_HASH];

    return text && strlen(text) == CODE_TEXT - 1 && code_hash(text, FIND_USE, "", hash);
}

struct blob apply_code_kept(struct arena *a, const char *code)
{
    unsigned char *hash = arena_take(a, CODE_HASH);

    code_hash(code, FIND_USE, "", hash);
    return (struct blob){ hash, CODE_HASH };
}

/* ---- answers ---- */

const char *apply_answer(const struct apply_draft *d, const char *field)
{
    for (size_t i = 0; i < d->n; i++)
        if (!strcmp(d->answers[i].field, field)) return d->answers[i].value;
    return "";
}

void apply_answer_put(struct apply_draft *d, const char *field, const char *value)
{
    size_t i = 0;

    while (i < d->n && strcmp(d->answers[i].field, field) != 0)
        i++;
    if (*value) {
        BUG_UNLESS(i < APPLY_ANSWERS);
        if (i == d->n) d->n++;
        d->answers[i] = (struct online_answer){ field, value };
    } else if (i < d->n) {
        memmove(&d->answers[i], &d->answers[i + 1], (d->n - i - 1) * sizeof *d->answers);
        d->n--;
    }
}

/* ---- sealing ---- */

/* Names and values, each with its NUL. */
static struct blob draft_seal(struct request *r, const struct apply_draft *d)
{
    unsigned char key[CODE_HASH], *nonce;
    struct out plain = { .arena = r->arena };

    for (size_t i = 0; i < d->n; i++) {
        out_bytes(&plain, d->answers[i].field, strlen(d->answers[i].field) + 1);
        out_bytes(&plain, d->answers[i].value, strlen(d->answers[i].value) + 1);
    }
    size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.length;
    nonce    = arena_take(r->arena, n);
    randombytes_buf(nonce, crypto_secretbox_NONCEBYTES);
    code_hash(d->code, SEAL_USE, "", key);
    crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES,
                          (const unsigned char *)out_string(&plain), plain.length, nonce, key);
    sodium_memzero(key, sizeof key);
    return (struct blob){ nonce, n };
}

/* False: it was not sealed with this code. */
static bool draft_open(struct request *r, struct blob sealed, struct apply_draft *d)
{
    const unsigned char *nonce = sealed.at;
    const size_t over          = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    unsigned char key[CODE_HASH];

    if (sealed.n < over) return false;
    size_t n   = sealed.n - over;
    char *text = arena_take(r->arena, n + 1);
    code_hash(d->code, SEAL_USE, "", key);
    bool good =
        crypto_secretbox_open_easy((unsigned char *)text, nonce + crypto_secretbox_NONCEBYTES,
                                   sealed.n - crypto_secretbox_NONCEBYTES, nonce, key) == 0;
    sodium_memzero(key, sizeof key);
    if (!good) return false;
    text[n] = '\0';
    for (const char *at = text, *end = text + n; at < end;) {
        const char *field = at, *value = field + strlen(field) + 1;
        BUG_UNLESS(value < end);
        apply_answer_put(d, field, value);
        at = value + strlen(value) + 1;
    }
    return true;
}

/* ---- kept ---- */

bool apply_draft_write(struct request *r, const struct apply_draft *d, struct fail *f)
{
    int64_t lasts                    = d->kept ? (int64_t)APPLY_DAYS * DAY_SECONDS : APPLY_IDLE;
    struct sql_apply_draft_put_in in = { .code    = apply_code_kept(r->arena, d->code),
                                         .expires = r->now + lasts,
                                         .kept    = d->kept,
                                         .sealed  = draft_seal(r, d) };
    if (in.sealed.n > APPLY_BYTES)
        return REFUSE(f, "draft_large", "That is more than an application can hold.");
    bool done = store_begin(r->store, STORE_WRITING, f) && sql_apply_draft_put(r->store, &in, f) &&
                (!d->begun || apply_home_put(r, in.code, f)) && store_commit(r->store, f);
    store_rollback(r->store);
    return done;
}

bool apply_quota(struct request *r, const char *kind, int most, struct fail *f)
{
    bool known       = apply_home_is(r);
    struct attempt a = { .kind    = kind,
                         .subject = known ? arena_print(r->arena, "account %s", r->session.account)
                                          : r->address,
                         .address = "",
                         .now     = r->now,
                         .most    = most };

    return !*a.subject || attempt_begin(r->store, &a, f);
}

struct attempt apply_draft_attempt(struct request *r, const struct apply_draft *d, const char *kind)
{
    struct blob kept = apply_code_kept(r->arena, d->code);
    char *subject    = arena_take(r->arena, 2 * kept.n + 1);

    sodium_bin2hex(subject, 2 * kept.n + 1, kept.at, kept.n);
    return (struct attempt){ .kind = kind, .subject = subject, .address = "", .now = r->now };
}

static bool room_make(struct request *r, struct fail *f)
{
    struct sql_apply_draft_sweep_in old  = { .now = r->now };
    struct sql_apply_draft_count_row row = { 0 };
    bool found;
    bool done =
        store_begin(r->store, STORE_WRITING, f) && sql_apply_draft_sweep(r->store, &old, f) &&
        sql_apply_draft_count(r->store, r->arena, &row, &found, f) && store_commit(r->store, f);

    store_rollback(r->store);
    if (done && row.number >= APPLY_DRAFTS)
        return REFUSE(f, "online_full",
                      "Too many people are applying just now. Try again in an hour, or telephone "
                      "us.");
    return done;
}

bool apply_draft_begin(struct request *r, enum online_applicant applicant, struct fail *f)
{
    struct apply_draft d = { .code      = code_new(r->arena),
                             .begun     = true,
                             .applicant = applicant,
                             .answers = ARENA_MANY(r->arena, struct online_answer, APPLY_ANSWERS) };

    apply_answer_put(&d, "applicant", online_applicant_words[applicant]);
    if (!apply_quota(r, "apply", APPLY_STARTS, f) || !room_make(r, f) ||
        !apply_draft_write(r, &d, f))
        return false;
    respond_cookie(r, APPLY_COOKIE, d.code);
    return true;
}

bool apply_draft_read(struct request *r, const char *code, struct apply_draft *d, bool *found,
                      struct fail *f)
{
    struct sql_apply_draft_get_row row;

    *found = false;
    *d     = (struct apply_draft){ .code = code,
                                   .answers =
                                       ARENA_MANY(r->arena, struct online_answer, APPLY_ANSWERS) };
    if (!*code) return true;
    struct sql_apply_draft_get_in in = { .code = apply_code_kept(r->arena, code), .now = r->now };
    if (!sql_apply_draft_get(r->store, &in, r->arena, &row, found, f)) return false;
    *found       = *found && draft_open(r, row.sealed, d);
    d->kept      = *found && row.kept;
    d->applicant = online_applicant_find(apply_answer(d, "applicant"));
    *found       = *found && d->applicant != ONLINE_APPLICANTS;
    return true;
}

bool apply_draft_end(struct request *r, const char *code, struct fail *f)
{
    struct sql_apply_draft_end_in in = { .code = apply_code_kept(r->arena, code) };

    return sql_apply_draft_end(r->store, &in, f);
}
