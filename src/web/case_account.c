/* case_account.c: the account line by line, as a page and as a file. */
#include "app/statement_file.h"
#include "letter/pdf.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

enum { LINES_SHOWN = 100, DAYS_SHOWN = 365 };

/* ---- the statement ---- */

static const char *reader_owed(struct request *r, int64_t arrangement, const struct group *g,
                               money owed)
{
    if (!arrangement)
        return owed.p > 0
                   ? arena_print(r->arena, "The paying parent owes %s", case_pounds(r->arena, owed))
               : owed.p < 0 ? arena_print(r->arena, "We owe the paying parent %s",
                                          case_pounds(r->arena, money_negate(owed)))
                            : "Nothing is owed";
    const char *name = case_receiver(g, arrangement, r->arena);
    return owed.p > 0
               ? arena_print(r->arena, "%s is still to get %s", name, case_pounds(r->arena, owed))
           : owed.p < 0 ? arena_print(r->arena, "%s has got %s too much", name,
                                      case_pounds(r->arena, money_negate(owed)))
                        : arena_print(r->arena, "%s has got everything that fell due", name);
}

static void readers_fill(struct request *r, const struct case_view *v, int64_t arrangement,
                         struct page_case_account *p)
{
    struct view_reader_row *rows =
        ARENA_MANY(r->arena, struct view_reader_row, v->g.arrangement_count + 1);

    rows[0] =
        (struct view_reader_row){ .id    = 0,
                                  .label = arena_print(r->arena, "For %s (paying)", v->family.name),
                                  .chosen = arrangement == 0 };
    for (size_t i = 0; i < v->g.arrangement_count; i++)
        rows[i + 1] = (struct view_reader_row){
            .id     = v->g.arrangements[i].id,
            .label  = arena_print(r->arena, "For %s (receiving)",
                                  case_name(&v->g, v->g.arrangements[i].rp, r->arena)),
            .chosen = arrangement == v->g.arrangements[i].id,
        };
    p->readers       = rows;
    p->readers_count = (int32_t)v->g.arrangement_count + 1;
}

/* "in credit £5.00" where a figure is below zero. */
static const char *after_words(struct arena *a, money owed)
{
    return owed.p < 0 ? arena_print(a, "in credit %s", case_pounds(a, money_negate(owed)))
                      : case_pounds(a, owed);
}

static void lines_fill(struct request *r, const struct statement *s, struct page_case_account *p)
{
    struct view_line_row *rows = ARENA_MANY(r->arena, struct view_line_row, s->n + 1);

    for (size_t i = 0; i < s->n; i++)
        rows[i] = (struct view_line_row){
            .day      = s->at[i].day,
            .sentence = s->at[i].sentence.text[LETTER_ENGLISH],
            .cause    = s->at[i].cause.text[LETTER_ENGLISH],
            .change   = s->at[i].change.p ? case_change(r->arena, s->at[i].change) : "",
            .owed     = after_words(r->arena, s->at[i].owed),
            .entry    = s->at[i].entry,
            .link =
                arena_print(r->arena, "/case/%lld/entry/%lld?arrangement=%lld", (long long)s->pp,
                            (long long)s->at[i].entry, (long long)s->arrangement),
        };
    p->lines       = rows;
    p->lines_count = (int32_t)s->n;
    p->opening_day = case_day_words(r->arena, s->from);
    p->opening     = after_words(r->arena, s->opening);
    p->closing_day = case_day_words(r->arena, s->to);
    p->closing     = after_words(r->arena, s->owed);
}

static const char *next_words(struct request *r, const struct statement *s)
{
    struct arena *a = r->arena;

    if (!date_before(s->next.due, DATE_OPEN)) return "";
    if (s->arrangement)
        return arena_print(a,
                           "Next: %s of maintenance falls due on %s; %s of it reaches them after "
                           "their fee, when it is paid.",
                           case_pounds(a, s->next.amount), case_day_words(a, s->next.due),
                           case_pounds(a, money_subtract(s->next.amount, s->next.fee)));
    return arena_print(a, "Next: %s is due on %s (%s and %s fee).",
                       case_pounds(a, money_add(s->next.amount, s->next.fee)),
                       case_day_words(a, s->next.due), case_pounds(a, s->next.amount),
                       case_pounds(a, s->next.fee));
}

/* "from-day=1&from-month=2&from-year=2026" */
static void query_date(struct out *o, const char *name, date d)
{
    struct date_ymd c = date_split(d);
    out_print(o, "&%s-day=%d&%s-month=%d&%s-year=%d", name, c.day, name, c.month, name, c.year);
}

/* The same days for the same reader as a file. */
static void files_fill(struct request *r, const struct statement *s, bool from,
                       struct page_case_account *p)
{
    static const char *const files[][3] = {
        { "PDF", "pdf", "" },
        { "PDF in large print", "pdf", "&large=yes" },
        { "PDF in Welsh", "pdf", "&language=welsh" },
        { "CSV", "csv", "" },
        { "JSON", "json", "" },
    };
    enum { FILES = sizeof files / sizeof *files };
    struct view_place *rows = ARENA_MANY(r->arena, struct view_place, FILES);

    for (int i = 0; i < FILES; i++) {
        struct out o = { .arena = r->arena };
        out_print(&o, "/case/%lld/account/%s?arrangement=%lld%s", (long long)s->pp, files[i][1],
                  (long long)s->arrangement, files[i][2]);
        if (from) query_date(&o, "from", s->from);
        query_date(&o, "as_at", s->to);
        query_date(&o, "known_on", s->known_on);
        rows[i] = (struct view_place){ files[i][0], out_string(&o) };
    }
    p->files       = rows;
    p->files_count = FILES;
}

/* What the query asks for; false: it is answered already. */
static bool account_want(struct request *r, struct case_view *v, struct statement_want *want)
{
    *want            = (struct statement_want){ .pp = v->g.pp };
    v->family.frozen = case_days(r, &want->to, &want->known_on);
    if (form_has(&r->form, FORM_CASE_DAYS_FROM))
        want->from = form_date(&r->form, FORM_CASE_DAYS_FROM);
    if (want->from.d > 0 && date_before(want->to, want->from))
        form_refuse(&r->form, FORM_CASE_DAYS_FROM, "From is not after As at");
    if (form_has(&r->form, FORM_CASE_DAYS_ARRANGEMENT))
        want->arrangement = form_count(&r->form, FORM_CASE_DAYS_ARRANGEMENT);
    if (!want->arrangement || group_arrangement(&v->g, want->arrangement)) return true;
    respond_missing(r);
    return false;
}

/* Of a long account the page shows the last year, unless it was asked from which day; the address
 * that shows all of it, "" where all is shown. */
static const char *shorten(struct request *r, struct statement_want *want,
                           const struct statement *s)
{
    struct out o = { .arena = r->arena };

    if (want->from.d || s->n <= LINES_SHOWN) return "";
    want->from = date_max(s->from, date_add_days(want->to, -DAYS_SHOWN));
    out_print(&o, "/case/%lld/account?arrangement=%lld", (long long)s->pp,
              (long long)s->arrangement);
    query_date(&o, "from", s->from);
    query_date(&o, "as_at", want->to);
    query_date(&o, "known_on", want->known_on);
    return out_string(&o);
}

void case_account(struct request *r)
{
    struct case_view v;
    struct statement s;
    struct statement_want want;
    struct fail f = { 0 };

    if (!case_open(r, &v) || !account_want(r, &v, &want)) return;
    if (!statement_read(r->store, r->arena, &want, &s, &f)) {
        respond_fail(r, &f);
        return;
    }
    const char *all = shorten(r, &want, &s);
    if (*all && !statement_read(r->store, r->arena, &want, &s, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_account p = {
        .c        = v.family,
        .as_at    = form_view(&r->form, FORM_CASE_DAYS_AS_AT),
        .known_on = form_view(&r->form, FORM_CASE_DAYS_KNOWN_ON),
        .from     = form_view(&r->form, FORM_CASE_DAYS_FROM),
        .arrangement =
            want.arrangement ? arena_print(r->arena, "%lld", (long long)want.arrangement) : "",
        .title = want.arrangement ? arena_print(r->arena, "Account of %s",
                                                case_receiver(&v.g, want.arrangement, r->arena))
                                  : "Account of the paying parent",
        .owed  = reader_owed(r, want.arrangement, &v.g, s.owed),
        .next  = next_words(r, &s),
        .all   = all,
    };
    readers_fill(r, &v, want.arrangement, &p);
    lines_fill(r, &s, &p);
    files_fill(r, &s, want.from.d > 0 && !*all, &p);
    page_case_account(&r->out, frame_with_form(r), &p);
}

/* ---- as a file ---- */

static bool file_write(struct request *r, const struct statement *s, const char *kind,
                       struct fail *f)
{
    bool welsh                     = form_is(&r->form, FORM_CASE_DAYS_LANGUAGE, "welsh");
    enum letter_language language  = welsh ? LETTER_WELSH : LETTER_ENGLISH;
    struct statement_letter letter = { .language = language,
                                       .large    = form_is(&r->form, FORM_CASE_DAYS_LARGE, "yes"),
                                       .today    = r->today,
                                       .owner    = case_setting(r).actor };
    struct letter_document document;

    if (!strcmp(kind, "csv"))
        statement_csv(s, language, &r->out);
    else if (!strcmp(kind, "json"))
        statement_json(s, language, &r->out);
    else
        return statement_document(r->store, s, &letter, r->arena, &document, f) &&
               letter_pdf(&document, &r->out, f);
    return true;
}

void case_account_file(struct request *r)
{
    static const char *const kinds[][2] = { { "pdf", "application/pdf" },
                                            { "csv", "text/csv; charset=utf-8" },
                                            { "json", "application/json" } };
    const char *kind = r->params[1], *type = NULL;
    struct case_view v;
    struct statement s;
    struct statement_want want;
    struct fail f = { 0 };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i][0], kind)) type = kinds[i][1];
    if (!type) {
        respond_missing(r);
        return;
    }
    if (!case_open(r, &v) || !account_want(r, &v, &want)) return;
    if (r->form.errors) { /* shown where they can be put right */
        case_account(r);
        return;
    }
    if (!statement_read(r->store, r->arena, &want, &s, &f) || !file_write(r, &s, kind, &f))
        respond_fail(r, &f);
    else
        respond_as(r, type,
                   arena_print(r->arena, "statement-%s.%s",
                               want.arrangement ? s.arrangement_ref : s.reference, kind));
}
