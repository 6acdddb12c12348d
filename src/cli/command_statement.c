/* command_statement.c: upkeep statement: an account line by line. */
#include "app/prove.h"
#include "app/statement_file.h"
#include "cli/options.h"
#include "letter/pdf.h"

#include <stdio.h>
#include <string.h>

enum { WRAP = 76 };

/* Prints text wrapped at WRAP columns behind a margin. */
static void print_wrapped(const char *margin, const char *text)
{
    size_t column = 0;

    fputs(margin, stdout);
    while (*text) {
        size_t n = strcspn(text, " ");
        if (column && column + n > WRAP - strlen(margin)) {
            printf("\n%s", margin);
            column = 0;
        }
        printf("%s%.*s", column ? " " : "", (int)n, text);
        column += n + 1;
        text += n + (text[n] == ' ');
    }
    putchar('\n');
}

/* How the call wants it. */
enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON, FORMAT_PDF, FORMATS };

static void print_balance(date day, const char *what, money balance)
{
    char text[DATE_TEXT], owed[MONEY_TEXT];

    printf("%-10s  %14s  %14s\n", date_text(day, text), "", money_text(balance, owed));
    print_wrapped("            ", what);
}

static void print_line(const struct statement_line *l, enum letter_language language)
{
    char day[DATE_TEXT], change[MONEY_TEXT], owed[MONEY_TEXT], line[MONEY_TEXT];

    printf("%-10s  %14s  %14s\n", date_text(l->day, day),
           l->change.p ? money_text(l->change, change) : "", money_text(l->owed, owed));
    print_wrapped("            ", l->sentence.text[language]);
    print_wrapped("            ", l->cause.text[language]);
    snprintf(line, sizeof line, "%s %lld.", language == LETTER_WELSH ? "Llinell" : "Line",
             (long long)l->entry);
    print_wrapped("            ", line);
}

static void print_next(const struct statement *s, enum letter_language language)
{
    static const char *const words[LETTER_LANGUAGES][2] = {
        { "Next payment", "of it collection fee" }, { "Taliad nesaf", "ohono ffi gasglu" }
    };
    char day[DATE_WORDS], whole[MONEY_TEXT], fee[MONEY_TEXT];

    if (!date_before(s->next.due, DATE_OPEN)) return;
    money sum = s->arrangement ? money_subtract(s->next.amount, s->next.fee)
                               : money_add(s->next.amount, s->next.fee);
    printf("%s: %s, %s", words[language][0], letter_date_words(s->next.due, language, day),
           money_pounds(sum, whole));
    if (s->arrangement)
        printf("%s\n", "");
    else
        printf(" (%s %s)\n", words[language][1], money_pounds(s->next.fee, fee));
}

static void print_statement(const struct statement *s, enum letter_language language)
{
    static const char *const heads[LETTER_LANGUAGES][6] = {
        { "Day", "Change", "Owed", "To come", "Opening balance.", "Closing balance." },
        { "Diwrnod", "Newid", "Yn ddyledus", "I ddod", "Balans agoriadol.", "Balans terfynol." }
    };
    const char *const *head = heads[language];
    char text[MONEY_TEXT];

    printf("%-10s  %14s  %14s\n", head[0], head[1], head[s->arrangement ? 3 : 2]);
    print_balance(s->from, head[4], s->opening);
    for (size_t i = 0; i < s->n; i++)
        print_line(&s->at[i], language);
    print_balance(s->to, head[5], s->owed);
    printf("\n%s: %s\n", statement_owed_words(s).text[language],
           money_pounds(s->owed.p < 0 ? money_negate(s->owed) : s->owed, text));
    print_next(s, language);
}

/* Writes the statement to standard output. */
static bool statement_print(const struct options *o, struct store *store, const struct statement *s,
                            enum format format, struct fail *f)
{
    struct arena arena             = { 0 };
    struct out out                 = { .arena = &arena };
    enum letter_language language  = o->welsh ? LETTER_WELSH : LETTER_ENGLISH;
    struct statement_letter letter = { .language = language, .today = o->today, .owner = "Upkeep" };
    struct letter_document document;
    bool fine = true;

    if (format == FORMAT_TEXT) print_statement(s, language);
    if (format == FORMAT_CSV) statement_csv(s, language, &out);
    if (format == FORMAT_JSON) statement_json(s, language, &out);
    if (format == FORMAT_PDF)
        fine = statement_document(store, s, &letter, &arena, &document, f) &&
               letter_pdf(&document, &out, f);
    if (fine && out.length) fwrite(out.at, 1, out.length, stdout);
    arena_free(&arena);
    return fine;
}

static bool read_format(const struct options *o, enum format *format)
{
    static const char *const names[FORMATS] = { "text", "csv", "json", "pdf" };

    *format = o->csv ? FORMAT_CSV : FORMAT_TEXT;
    for (int i = 0; i < FORMATS && o->format; i++)
        if (!strcmp(names[i], o->format)) {
            *format = (enum format)i;
            return true;
        }
    if (!o->format) return true;
    fprintf(stderr, "upkeep statement: --format is text, csv, json or pdf, not %s.\n", o->format);
    return false;
}

/* --for receiving: the arrangement that REF names, or the family's only one. */
static int64_t receiving_arrangement(const struct options *o, struct store *store,
                                     struct arena *arena, int64_t pp, int64_t named)
{
    struct sql_arrangement_list_row *own;
    struct fail f = { 0 };
    size_t n      = 0;

    if (named) return named;
    if (!sql_arrangement_list(
            store, &(struct sql_arrangement_list_in){ .pps = { &pp, 1 }, .known = INT64_MAX },
            arena, &own, &n, &f))
        options_fail(o, &f);
    else if (n != 1)
        fprintf(stderr,
                "upkeep statement: %s has several arrangements; name the one you mean by its "
                "reference.\n",
                o->words[0]);
    return n == 1 ? own[0].id : 0;
}

/* The paying parent of the call's REF, and whose statement it is: 0 for the paying parent's, else
 * the arrangement; 0 after it has said what is wrong. */
static int64_t read_case(const struct options *o, struct store *store, struct arena *arena,
                         int64_t *arrangement)
{
    int64_t named, pp = options_case(o, store, arena, o->words[0], &named), of;

    *arrangement = 0;
    if (!pp || !o->arrangement || !strcmp(o->arrangement, "paying")) return pp;
    if (!strcmp(o->arrangement, "receiving"))
        return (*arrangement = receiving_arrangement(o, store, arena, pp, named)) ? pp : 0;
    of = options_case(o, store, arena, o->arrangement, arrangement);
    if (of == pp && *arrangement) return pp;
    if (of)
        fprintf(stderr, "upkeep statement: --for needs an arrangement of %s; %s is none.\n",
                o->words[0], o->arrangement);
    return 0;
}

static void print_proof(const struct proof *proof)
{
    for (size_t i = 0; i < proof->n; i++) {
        printf("%s%s\n", i ? "\n" : "", proof->parts[i].title);
        for (size_t k = 0; k < proof->parts[i].n; k++) {
            printf("  %s:\n", proof->parts[i].rows[k].label);
            print_wrapped("      ", proof->parts[i].rows[k].text);
        }
    }
    printf("\n%s\n", proof->holds ? "Everything that was worked out again came out the same."
                                  : "Something does not come out the same: run `upkeep check`.");
}

static int statement_prove(const struct options *o, struct store *store, struct arena *arena,
                           const struct statement_want *want)
{
    struct fail f = { 0 };
    struct proof proof;

    if (!prove_line(store, arena, want->pp, want->arrangement, o->line, &proof, &f))
        return options_fail(o, &f);
    print_proof(&proof);
    return proof.holds ? EXIT_DONE : EXIT_NOT_INTACT;
}

static int statement_run(const struct options *o, struct store *store, struct arena *arena,
                         enum format format)
{
    struct fail f = { 0 };
    struct statement s;
    struct statement_want want = { .from = o->from, .to = o->as_at, .known_on = o->known_on };

    want.pp = read_case(o, store, arena, &want.arrangement);
    if (!want.pp) return EXIT_WRONG_CALL;
    if (o->line) return statement_prove(o, store, arena, &want);
    if (statement_read(store, arena, &want, &s, &f) && statement_print(o, store, &s, format, &f))
        return EXIT_DONE;
    return options_fail(o, &f);
}

static int run_statement(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    enum format format;

    if (!options_read(&o, "takfcFTolp", 1, argc, argv) || !read_format(&o, &format))
        return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep statement: name a paying parent or an arrangement by reference.\n");
        return EXIT_WRONG_CALL;
    }
    if (o.from.d > 0 && date_before(o.as_at, o.from)) {
        fprintf(stderr,
                "upkeep statement: --from is after --to, which is today if it is not given.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    int status = statement_run(&o, store, &arena, format);
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_statement = {
    .name = "statement",
    .line = "an account line by line, each line with its cause: text, CSV, JSON or PDF",
    .help =
        "Usage: upkeep statement [--db DATABASE] [--for paying|receiving|ARRANGEMENT]\n"
        "                        [--from DATE] [--to DATE] [--known-on DATE]\n"
        "                        [--format text|csv|json|pdf] [--language english|welsh] REF\n"
        "       upkeep statement [--db DATABASE] [--for ...] --prove LINE REF\n\n"
        "Prints the account of the paying parent that REF names. With --for receiving, the\n"
        "receiving parent's side of one arrangement: what was due to them, collected and sent,\n"
        "and nothing of the other parent's. What is before --from is the opening balance; --to\n"
        "(or --as-at) is the last day. doc/statements.md has the columns.\n"
        "--prove shows what a line stands on: its rule, arithmetic, payment, decision, receipt,\n"
        "ledger rows and the sealed event that wrote it; exit status 3 if any of it no longer\n"
        "comes out the same.\n",
    .run = run_statement,
};
