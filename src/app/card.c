/* card.c: the card provider, and its payouts. */
#include "app/card.h"

#include "sql.h"

#include <ctype.h>
#include <string.h>

#define KEY      "card.provider"
#define IDENTITY "card.identity"

/* The next letter or digit of a name, in capitals; 0 at its end. */
static int next_letter(const char **at)
{
    while (**at && !isalnum((unsigned char)**at))
        ++*at;
    return **at ? toupper((unsigned char)*(*at)++) : 0;
}

/* "" when it was never set. */
static bool get(struct store *store, struct arena *arena, const char *key, const char **value,
                struct fail *fail)
{
    struct sql_meta_get_row row;
    bool found;

    if (!sql_meta_get(store, &(struct sql_meta_get_in){ .key = key }, arena, &row, &found, fail))
        return false;
    *value = found ? row.value : "";
    return true;
}

bool card_provider(struct store *store, struct arena *arena, const char **name, struct fail *fail)
{
    return get(store, arena, KEY, name, fail);
}

/* What the provider is known by; "" when there is none. */
static bool identity(struct store *store, struct arena *arena, const char **id, struct fail *fail)
{
    return get(store, arena, IDENTITY, id, fail) && (**id || get(store, arena, KEY, id, fail));
}

bool card_account(struct store *store, struct arena *arena, const char **account, struct fail *fail)
{
    const char *id;

    if (!identity(store, arena, &id, fail)) return false;
    *account = arena_print(arena, CARD_FILE "%s", id);
    return *id || REFUSE(fail, "provider_missing",
                         "say first who takes card payments: "
                         "--card-provider NAME.");
}

/* The letters and digits of a name alone, in capitals. */
static const char *plain(const char *name, struct arena *arena)
{
    char *to = arena_text(arena, name, strlen(name));
    size_t n = 0;

    for (int c; (c = next_letter(&name));)
        to[n++] = (char)c;
    to[n] = '\0';
    return to;
}

static bool provider_put(struct store *store, struct arena *arena, const char *name, bool is_new,
                         struct fail *fail)
{
    const char *is, *id = plain(name, arena);

    if (!*id)
        return REFUSE(fail, "provider_missing", "Give the name of the account that pays out.");
    if (!identity(store, arena, &is, fail)) return false;
    if (is_new && !strcmp(plain(is, arena), id))
        return REFUSE(fail, "provider_same",
                      "That is the provider there is. If it is the same one, leave out --new.");
    if (*is && !is_new) id = is;
    return sql_meta_put(store, &(struct sql_meta_put_in){ .key = KEY, .value = name }, fail) &&
           sql_meta_put(store, &(struct sql_meta_put_in){ .key = IDENTITY, .value = id }, fail);
}

bool card_provider_set(struct store *store, const char *name, bool is_new, struct fail *fail)
{
    struct arena arena = { 0 };
    bool fine          = provider_put(store, &arena, name, is_new, fail);

    arena_free(&arena);
    return fine;
}

bool card_is_file(const struct feed_line *line)
{
    return line->statement && !strncmp(line->statement->account, CARD_FILE, strlen(CARD_FILE));
}

const char *card_sender(const struct feed_line *line)
{
    return card_is_file(line) ? "card provider" : "bank";
}

bool card_is_payout(const char *provider, const struct feed_line *line)
{
    const char *a = provider, *b = line->payer_name;

    if (!line->credit || line->returned || !*provider) return false;
    for (;;) {
        int x = next_letter(&a), y = next_letter(&b);
        if (x != y) return false;
        if (!x) return true;
    }
}
