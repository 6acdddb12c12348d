/* own_account.c: the statement of one reader by month, as page and file; a line of it proved. */
#include "web/own.h"

#include "app/prove.h"
#include "app/statement_file.h"
#include "base/say.h"
#include "letter/pdf.h"

#include <string.h>

enum { MONTHS_SHOWN = 36, MONTH_TEXT = 8, MONTH_LENGTH = 7 };

static date month_of(date d)
{
    struct date_ymd c = date_split(d);
    return date_make(c.year, c.month, 1);
}

/* "2026-11" */
static const char *month_text(struct arena *a, date first)
{
    char text[DATE_TEXT];
    return arena_text(a, date_text(first, text), MONTH_LENGTH);
}

/* "November 2026" */
static const char *month_words(struct arena *a, date first)
{
    return strchr(case_day_words(a, first), ' ') + 1;
}

/* The statement of everything up to today, for whoever this side is. */
static bool whole_read(struct request *r, const struct own_view *v, struct statement *s)
{
    struct statement_want want = {
        .pp = v->side.pp, .arrangement = v->side.reader, .to = r->today, .known_on = r->today
    };
    struct fail f = { 0 };

    if (statement_of(&v->c.g, &want, r->arena, s, &f)) return true;
    respond_fail(r, &f);
    return false;
}

static bool month_read(struct request *r, const struct own_view *v, date first, struct statement *s)
{
    struct statement_want want = { .pp          = v->side.pp,
                                   .arrangement = v->side.reader,
                                   .from        = first,
                                   .to          = date_min(r->today,
                                                           date_add_days(date_add_months(first, 1), -1)),
                                   .known_on    = r->today };
    struct fail f              = { 0 };

    if (statement_of(&v->c.g, &want, r->arena, s, &f)) return true;
    respond_fail(r, &f);
    return false;
}

/* The month that the query names; of none the newest with a line.  False: answered. */
static bool month_asked(struct request *r, const struct statement *whole, date *first)
{
    const char *text = form_text(&r->form, FORM_OWN_MONTH_MONTH);
    const char *day  = arena_print(r->arena, "%s-01", text);

    *first = month_of(whole->n ? whole->at[whole->n - 1].day : r->today);
    if (!*text) return true;
    if (strlen(text) == MONTH_LENGTH && date_parse(day, strlen(day), first) &&
        !date_before(r->today, *first))
        return true;
    respond_missing(r);
    return false;
}

/* ---- the page ---- */

static const char *after_words(struct arena *a, money owed)
{
    return owed.p < 0 ? arena_print(a, SAY("in credit %s"), case_pounds(a, money_negate(owed)))
                      : case_pounds(a, owed);
}

static void lines_fill(struct request *r, const struct own_view *v, const struct statement *s,
                       struct page_own_account *p)
{
    struct view_line_row *rows = ARENA_MANY(r->arena, struct view_line_row, s->n);

    for (size_t i = 0; i < s->n; i++)
        rows[i] = (struct view_line_row){
            .day      = s->at[i].day,
            .sentence = s->at[i].sentence.text[language_of(r)],
            .cause    = s->at[i].cause.text[language_of(r)],
            .change   = s->at[i].change.p ? case_change(r->arena, s->at[i].change) : "",
            .owed     = after_words(r->arena, s->at[i].owed),
            .entry    = s->at[i].entry,
            .link =
                arena_print(r->arena, "/home/line/%s/%lld", v->side.ref, (long long)s->at[i].entry),
        };
    p->lines       = rows;
    p->lines_count = (int32_t)s->n;
    p->opening_day = case_day_words(r->arena, s->from);
    p->opening     = after_words(r->arena, s->opening);
    p->closing_day = case_day_words(r->arena, s->to);
    p->closing     = after_words(r->arena, s->owed);
}

static const struct view_place *files_of(struct request *r, const struct own_view *v,
                                         const char *month, int32_t *n)
{
    static const char *const files[][3] = { { "PDF", "pdf", "" },
                                            { SAY("PDF in large print"), "pdf", "&large=yes" },
                                            { SAY("PDF in Welsh"), "pdf", "&language=welsh" },
                                            { "CSV", "csv", "" },
                                            { SAY("CSV in Welsh"), "csv", "&language=welsh" } };
    enum { FILES = sizeof files / sizeof *files };
    struct view_place *rows = ARENA_MANY(r->arena, struct view_place, FILES);

    *n = FILES;
    for (int i = 0; i < FILES; i++)
        rows[i] = (struct view_place){ files[i][0],
                                       arena_print(r->arena, "/home/account/%s/%s?month=%s%s",
                                                   v->side.ref, files[i][1], month, files[i][2]) };
    return rows;
}

/* From this month back to the first line's. */
static void months_fill(struct request *r, const struct own_view *v, const struct statement *whole,
                        struct page_own_account *p)
{
    struct view_place *rows = ARENA_MANY(r->arena, struct view_place, MONTHS_SHOWN);
    date oldest             = month_of(whole->n ? whole->at[0].day : r->today);

    for (date m = month_of(r->today); p->months_count < MONTHS_SHOWN && !date_before(m, oldest);
         m      = date_add_months(m, -1))
        rows[p->months_count++] =
            (struct view_place){ month_words(r->arena, m),
                                      arena_print(r->arena, "/home/account/%s?month=%s", v->side.ref,
                                                  month_text(r->arena, m)) };
    p->months = rows;
}

void own_account(struct request *r)
{
    struct own_view v;
    struct statement whole, s;
    date first;

    if (!own_open(r, &v) || !whole_read(r, &v, &whole) || !month_asked(r, &whole, &first) ||
        !month_read(r, &v, first, &s))
        return;
    struct page_own_account p = {
        .ref        = v.side.ref,
        .owed_label = statement_owed_words(&whole).text[language_of(r)],
        .owed       = whole.owed.p < 0 ? money_negate(whole.owed) : whole.owed,
        .month      = month_words(r->arena, first),
    };
    lines_fill(r, &v, &s, &p);
    months_fill(r, &v, &whole, &p);
    p.files     = files_of(r, &v, month_text(r->arena, first), &p.files_count);
    p.files_all = files_of(r, &v, "all", &p.files_all_count);
    page_own_account(&r->out, own_frame(r, "home", "/home"), &p);
}

/* ---- as a file ---- */

static bool file_write(struct request *r, const struct statement *s, bool pdf, struct fail *f)
{
    bool welsh                     = form_is(&r->form, FORM_OWN_MONTH_LANGUAGE, "welsh");
    struct statement_letter letter = { .language = welsh ? LETTER_WELSH : LETTER_ENGLISH,
                                       .large    = form_is(&r->form, FORM_OWN_MONTH_LARGE, "yes"),
                                       .today    = r->today,
                                       .owner    = "Upkeep" };
    struct letter_document document;

    if (!pdf) return statement_csv(s, letter.language, &r->out), true;
    return statement_document(r->store, s, &letter, r->arena, &document, f) &&
           letter_pdf(&document, &r->out, f);
}

void own_account_file(struct request *r)
{
    bool pdf          = !strcmp(r->params[1], "pdf");
    const char *asked = form_text(&r->form, FORM_OWN_MONTH_MONTH);
    struct own_view v;
    struct statement s;
    struct fail f = { 0 };
    date first;

    if (!own_open(r, &v)) return;
    if (!pdf && strcmp(r->params[1], "csv")) {
        respond_missing(r);
        return;
    }
    if (!whole_read(r, &v, &s)) return;
    if (strcmp(asked, "all") && (!month_asked(r, &s, &first) || !month_read(r, &v, first, &s)))
        return;
    if (!file_write(r, &s, pdf, &f))
        respond_fail(r, &f);
    else
        respond_as(r, pdf ? "application/pdf" : "text/csv; charset=utf-8",
                   arena_print(r->arena, "statement-%s.%s",
                               strcmp(asked, "all") ? month_text(r->arena, first) : "all",
                               r->params[1]));
}

/* ---- one line ---- */

/* Only other lines of the same statement open. */
static const char *line_link(struct request *r, const struct own_view *v,
                             const struct proof_row *row)
{
    return row->link == PROOF_LINE
               ? arena_print(r->arena, "/home/line/%s/%lld", v->side.ref, (long long)row->id)
               : "";
}

static void proof_fill(struct request *r, const struct own_view *v, const struct proof *proof,
                       struct page_own_line *p)
{
    struct view_proof_part *parts = ARENA_MANY(r->arena, struct view_proof_part, proof->n);

    for (size_t i = 0; i < proof->n; i++) {
        const struct proof_part *part = &proof->parts[i];
        struct view_pair *rows        = ARENA_MANY(r->arena, struct view_pair, part->n);
        for (size_t k = 0; k < part->n; k++)
            rows[k] = (struct view_pair){ .label = part->rows[k].label,
                                          .text  = own_words(v, part->rows[k].text, r->arena),
                                          .link  = line_link(r, v, &part->rows[k]) };
        parts[i] = (struct view_proof_part){ .title      = part->title,
                                             .rows       = rows,
                                             .rows_count = (int32_t)part->n };
    }
    p->parts       = parts;
    p->parts_count = (int32_t)proof->n;
}

void own_line(struct request *r)
{
    struct own_view v;
    struct proof proof;
    struct fail f = { 0 };
    int64_t id    = case_number(r->params[1]);

    if (!own_open(r, &v)) return;
    if (!prove_line_for_parent(r->store, r->arena, v.side.pp, v.side.reader, id, &proof, &f)) {
        if (f.kind == FAIL_REFUSED)
            respond_missing(r);
        else
            respond_fail(r, &f);
        return;
    }
    struct page_own_line p = {
        .id       = id,
        .sentence = proof.line.sentence.text[language_of(r)],
        .change   = proof.line.change.p ? case_change(r->arena, proof.line.change) : "",
        .holds    = proof.holds,
    };
    proof_fill(r, &v, &proof, &p);
    page_own_line(&r->out,
                  own_frame(r, "home",
                            arena_print(r->arena, "/home/account/%s?month=%s", v.side.ref,
                                        month_text(r->arena, month_of(proof.line.day)))),
                  &p);
}
