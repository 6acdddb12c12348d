/* statement_file.c: statements as CSV, JSON and a document. */
#include "app/statement_file.h"

#include "app/access.h"
#include "app/office.h"
#include "letters.h"

#include <string.h>

/* --- CSV --- */

static void csv_balance(struct out *o, const char *what, date day, money balance)
{
    out_date(o, day);
    out_text(o, ",,");
    out_csv(o, what);
    out_text(o, ",,,,,");
    out_money(o, balance);
    out_text(o, ",,,,,\n");
}

static void csv_number(struct out *o, int64_t id)
{
    out_text(o, ",");
    if (id) out_number(o, id);
}

static void csv_line(struct out *o, const struct statement_line *l, enum letter_language language)
{
    out_date(o, l->day);
    out_text(o, ",");
    out_date(o, l->known);
    out_text(o, ",");
    out_csv(o, l->sentence.text[language]);
    out_text(o, ",");
    out_csv(o, l->cause.text[language]);
    out_print(o, ",%s,", reason_cite(l->reason));
    out_money(o, l->amount);
    out_text(o, ",");
    out_money(o, l->change);
    out_text(o, ",");
    out_money(o, l->owed);
    out_print(o, ",%s", l->arrangement);
    csv_number(o, l->instalment);
    csv_number(o, l->decision);
    csv_number(o, l->receipt);
    csv_number(o, l->entry);
    out_text(o, "\n");
}

static const char *const opening[LETTER_LANGUAGES] = { "Opening balance", "Balans agoriadol" },
                         *const closing[LETTER_LANGUAGES] = { "Closing balance",
                                                              "Balans terfynol" };

void statement_csv(const struct statement *s, enum letter_language language, struct out *o)
{
    out_text(o,
             "day,recorded,what,cause,rule,amount,change,balance,arrangement,instalment,decision,"
             "receipt,line\n");
    csv_balance(o, opening[language], s->from, s->opening);
    for (size_t i = 0; i < s->n; i++)
        csv_line(o, &s->at[i], language);
    csv_balance(o, closing[language], s->to, s->owed);
}

/* --- JSON --- */

static void json_key(struct out *o, const char *before, const char *key)
{
    out_print(o, "%s\"%s\": ", before, key);
}

static void json_text(struct out *o, const char *before, const char *key, const char *text)
{
    json_key(o, before, key);
    out_json(o, text, strlen(text));
}

static void json_date(struct out *o, const char *before, const char *key, date d)
{
    json_key(o, before, key);
    out_text(o, "\"");
    out_date(o, d);
    out_text(o, "\"");
}

static void json_money(struct out *o, const char *before, const char *key, money m)
{
    json_key(o, before, key);
    out_text(o, "\"");
    out_money(o, m);
    out_text(o, "\"");
}

static void json_number(struct out *o, const char *key, int64_t id)
{
    if (!id) return;
    json_key(o, ", ", key);
    out_number(o, id);
}

static void json_line(struct out *o, const struct statement_line *l, enum letter_language language)
{
    json_date(o, "    { ", "day", l->day);
    json_date(o, ", ", "recorded", l->known);
    json_text(o, ", ", "what", l->sentence.text[language]);
    json_text(o, ", ", "cause", l->cause.text[language]);
    json_text(o, ", ", "reason", reason_name(l->reason));
    json_text(o, ", ", "rule", reason_cite(l->reason));
    json_money(o, ", ", "amount", l->amount);
    json_money(o, ", ", "change", l->change);
    json_money(o, ", ", "balance", l->owed);
    if (*l->arrangement) json_text(o, ", ", "arrangement", l->arrangement);
    json_number(o, "instalment", l->instalment);
    json_number(o, "decision", l->decision);
    json_number(o, "receipt", l->receipt);
    json_number(o, "line", l->entry);
    out_text(o, " }");
}

void statement_json(const struct statement *s, enum letter_language language, struct out *o)
{
    json_text(o, "{ ", "statement", s->arrangement ? "receiving" : "paying");
    json_text(o, ",\n  ", "reference", s->reference);
    if (s->arrangement) json_text(o, ",\n  ", "arrangement", s->arrangement_ref);
    json_text(o, ",\n  ", "language", letter_language_tag(language));
    json_date(o, ",\n  ", "from", s->from);
    json_date(o, ",\n  ", "to", s->to);
    json_date(o, ",\n  ", "known_on", s->known_on);
    json_money(o, ",\n  ", "opening", s->opening);
    out_text(o, ",\n  \"lines\": [");
    for (size_t i = 0; i < s->n; i++) {
        out_text(o, i ? ",\n" : "\n");
        json_line(o, &s->at[i], language);
    }
    out_text(o, s->n ? "\n  ]" : "]");
    json_money(o, ",\n  ", "closing", s->owed);
    if (date_before(s->next.due, DATE_OPEN)) {
        json_date(o, ",\n  \"next\": { ", "due", s->next.due);
        json_money(o, ", ", "maintenance", s->next.amount);
        json_money(o, ", ", "fee", s->next.fee);
        out_text(o, " }");
    }
    out_text(o, " }\n");
}

/* --- the document --- */

struct letter_words statement_owed_words(const struct statement *s)
{
    if (s->arrangement)
        return s->owed.p < 0
                   ? (struct letter_words){ { "Paid to you too much", "Talwyd gormod i chi" } }
                   : (struct letter_words){ { "Still to come to you", "Eto i ddod i chi" } };
    return s->owed.p < 0 ? (struct letter_words){ { "What we owe you", "Yr hyn sydd arnom i chi" } }
                         : (struct letter_words){ { "What you owe", "Yr hyn sydd arnoch" } };
}

static void head_address(const struct group *g, const struct statement *s,
                         const struct statement_letter *l, struct arena *arena,
                         struct letter_head *head)
{
    static const char *const none[LETTER_LANGUAGES] = {
        "Not for the post: no address is recorded",
        "Nid i’w bostio: nid oes cyfeiriad wedi’i gofnodi"
    };

    if (!access_address(g, s->person, l->today, arena, head->address))
        head->address[0] = none[l->language];
}

/* Both letters have the same data; only their words differ. */
static struct letter_statement_paying_line *lines_make(const struct statement *s,
                                                       struct arena *arena)
{
    struct letter_statement_paying_line *line =
        ARENA_MANY(arena, struct letter_statement_paying_line, s->n + 1);

    line[0] = (struct letter_statement_paying_line){ .day    = s->from,
                                                     .what   = { { opening[LETTER_ENGLISH],
                                                                   opening[LETTER_WELSH] } },
                                                     .change = s->opening,
                                                     .after  = s->opening };
    for (size_t i = 0; i < s->n; i++) {
        const struct statement_line *l                  = &s->at[i];
        struct letter_statement_paying_line *to         = &line[i + 1];
        static const char *const word[LETTER_LANGUAGES] = { "Line", "Llinell" };
        *to = (struct letter_statement_paying_line){ .day    = l->day,
                                                     .change = l->change,
                                                     .after  = l->owed };
        for (int k = 0; k < LETTER_LANGUAGES; k++)
            to->what.text[k] = arena_print(arena, "%s %s %s %lld.", l->sentence.text[k],
                                           l->cause.text[k], word[k], (long long)l->entry);
    }
    return line;
}

static bool receiving_document(const struct letter_statement_paying *p,
                               const struct letter_head *head, struct arena *arena,
                               struct letter_document *document, struct fail *fail)
{
    struct letter_statement_receiving_line *line =
        ARENA_MANY(arena, struct letter_statement_receiving_line, p->line_count);

    for (size_t i = 0; i < p->line_count; i++)
        line[i] = (struct letter_statement_receiving_line){ p->line[i].day, p->line[i].what,
                                                            p->line[i].change, p->line[i].after };
    struct letter_statement_receiving data = { .owed_words = p->owed_words,
                                               .owed       = p->owed,
                                               .closing    = p->closing,
                                               .from       = p->from,
                                               .to         = p->to,
                                               .ongoing    = p->ongoing,
                                               .next_due   = p->next_due,
                                               .next_total =
                                                   money_subtract(p->next_amount, p->next_fee),
                                               .next_amount = p->next_amount,
                                               .next_fee    = p->next_fee,
                                               .line        = line,
                                               .line_count  = p->line_count };
    return letter_statement_receiving(&data, head, arena, document, fail);
}

static bool head_make(struct store *store, const struct statement *s,
                      const struct statement_letter *l, struct arena *arena,
                      struct letter_head *head, struct fail *fail)
{
    struct office *office = ARENA_NEW(arena, struct office);
    struct group g;

    if (!office_load(store, arena, office, fail) ||
        !group_load_record(store, arena, s->pp, KNOWN_OPEN - 1, &g, fail))
        return false;
    *head = (struct letter_head){ .language  = l->language,
                                  .large     = l->large,
                                  .recipient = s->name,
                                  .reference = s->arrangement ? s->arrangement_ref : s->reference,
                                  .sent      = l->today,
                                  .owner     = l->owner,
                                  .office    = &office->letter };
    head_address(&g, s, l, arena, head);
    return true;
}

bool statement_document(struct store *store, const struct statement *s,
                        const struct statement_letter *l, struct arena *arena,
                        struct letter_document *document, struct fail *fail)
{
    struct letter_head *head            = ARENA_NEW(arena, struct letter_head);
    struct letter_statement_paying data = {
        .owed_words  = statement_owed_words(s),
        .owed        = s->owed.p < 0 ? money_negate(s->owed) : s->owed,
        .closing     = s->owed,
        .from        = s->from,
        .to          = s->to,
        .ongoing     = date_before(s->next.due, DATE_OPEN),
        .next_due    = s->next.due,
        .next_total  = money_add(s->next.amount, s->next.fee),
        .next_amount = s->next.amount,
        .next_fee    = s->next.fee,
        .line        = lines_make(s, arena),
        .line_count  = s->n + 1,
    };
    if (!head_make(store, s, l, arena, head, fail)) return false;
    return s->arrangement ? receiving_document(&data, head, arena, document, fail)
                          : letter_statement_paying(&data, head, arena, document, fail);
}
