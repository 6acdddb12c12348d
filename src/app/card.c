/* card.c: the card provider, and its payouts. */
#include "app/card.h"

#include "sql.h"

#include <ctype.h>
#include <string.h>

#define KEY "card.provider"

/* The next letter or digit of a name, in capitals; 0 at its end. */
static int next_letter(const char **at)
{
    while (**at && !isalnum((unsigned char)**at))
        ++*at;
    return **at ? toupper((unsigned char)*(*at)++) : 0;
}

bool card_provider_set(struct store *store, const char *name, struct fail *fail)
{
    const char *at = name;

    return (next_letter(&at) ||
            REFUSE(fail, "provider_missing", "Give the name of the account that pays out.")) &&
           sql_meta_put(store, &(struct sql_meta_put_in){ .key = KEY, .value = name }, fail);
}

bool card_provider(struct store *store, struct arena *arena, const char **name, struct fail *fail)
{
    struct sql_meta_get_row row;
    bool found;

    if (!sql_meta_get(store, &(struct sql_meta_get_in){ .key = KEY }, arena, &row, &found, fail))
        return false;
    *name = found ? row.value : "";
    return true;
}

bool card_is_file(const struct feed_line *line)
{
    return line->statement && !strncmp(line->statement->account, CARD_FILE, strlen(CARD_FILE));
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
