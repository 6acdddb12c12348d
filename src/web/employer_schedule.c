/* employer_schedule.c: an employer says what it deducted, by form or by file.  Both are one file to
 * the record: the form writes the lines of a CSV, and what is wrong with a line stands at its row.
 */
#include "app/employer_file.h"

#include "app/stop.h"
#include "base/say.h"
#include "feed/employer.h"
#include "ledger/earnings.h"
#include "web/employer_page.h"

#include <stdlib.h>
#include <string.h>

/* The form has so many rows of four fields each; line 1 of a file is its head. */
enum {
    ROWS       = (FORM_EMPLOYER_SCHEDULE_REASON_16 - FORM_EMPLOYER_SCHEDULE_WHO_1 + 1) / 4,
    FIELDS     = 4,
    FIRST_LINE = 2,
    RECEIPT    = 6
};
enum row_field { ROW_WHO, ROW_NET, ROW_DEDUCTED, ROW_REASON };

static int field_of(int row, enum row_field field)
{
    return FORM_EMPLOYER_SCHEDULE_WHO_1 + row * FIELDS + (int)field;
}

/* --- what may be recorded --- */

struct taking {
    struct request *r;
    const struct employer_view *v;
    struct view_fault_row *faults; /* of a file */
    int32_t count, room;
    const int *rows; /* of the form: the row of each line; NULL: a file */
    bool refused;    /* the form: a line was */
};

static bool same_number(const char *a, const char *b)
{
    return *a && !strcmp(a, b);
}

/* Whose a line is, told from this employer's orders alone: whether anybody else is known to the
 * service is not to be found out by sending lines. */
static const char *line_refuse(void *context, struct announcement *a)
{
    const struct taking *t             = context;
    const struct employee_list *people = &t->v->people;
    const struct employee *e           = NULL;

    if (strcmp(a->sender, t->v->employer) != 0)
        return SAY("This line names another employer than the one whose orders you have opened.");
    for (size_t i = 0; i < people->n && !e; i++) {
        const struct employee *one = &people->at[i];
        bool ref = same_number(a->reference, one->ref) || same_number(a->reference, one->reference);
        bool nino = same_number(a->nino, one->nino);
        if (*a->reference ? ref && (!*a->nino || !*one->nino || nino) : nino) e = one;
    }
    if (!e) return SAY("You have no order for an employee of that reference and number.");
    a->reference = e->ref;
    a->nino      = "";
    return NULL;
}

static void fault_take(void *context, int line, const char *sentence)
{
    struct taking *t   = context;
    const char *copied = arena_text(t->r->arena, sentence, strlen(sentence));

    if (t->rows) {
        t->refused = true;
        form_refuse(&t->r->form, field_of(t->rows[line - FIRST_LINE], ROW_DEDUCTED), copied);
        return;
    }
    if (t->count == t->room) {
        size_t have = (size_t)t->room * sizeof *t->faults;
        t->room     = t->room ? 2 * t->room : 16;
        t->faults   = arena_grow(t->r->arena, t->faults, have, (size_t)t->room * sizeof *t->faults);
    }
    t->faults[t->count++] = (struct view_fault_row){ arena_print(t->r->arena, "%d", line), copied };
}

/* --- the receipt --- */

static const char *receipt_of(struct request *r, const char *bytes, size_t length)
{
    unsigned char hash[DIGEST_BYTES];
    struct out o = { .arena = r->arena };
    struct digest d;

    digest_begin(&d);
    digest_value(&d, 't', r->session.employer, strlen(r->session.employer));
    digest_value(&d, 'b', bytes, length);
    digest_end(&d, hash);
    for (int i = 0; i < RECEIPT; i++)
        out_print(&o, "%s%02X", i && i % 2 == 0 ? "-" : "", hash[i]);
    return out_string(&o);
}

static struct page_employer_sent sent_of(struct request *r, const struct employer_view *v,
                                         const struct announced_taking *t, struct feed_source file)
{
    return (struct page_employer_sent){
        .employer   = v->employer,
        .nothing    = !t->number[ANNOUNCED_NEW] && !t->number[ANNOUNCED_BEFORE],
        .receipt    = receipt_of(r, file.bytes, file.length),
        .received   = r->today,
        .new_lines  = (int64_t)t->number[ANNOUNCED_NEW],
        .new_amount = t->amount[ANNOUNCED_NEW],
        .before     = (int64_t)t->number[ANNOUNCED_BEFORE],
        .due        = "",
    };
}

/* --- by file --- */

static void file_show(struct request *r, const struct employer_view *v)
{
    struct page_employer_file p = { .employer = v->employer,
                                    .file     = form_view(&r->form, FORM_EMPLOYER_FILE_FILE) };

    page_employer_file(&r->out, frame_with_form(r), &p);
}

void employer_file(struct request *r)
{
    struct employer_view v;

    if (!employer_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_employer_file);
    frame_of(r)->back = "/employer/orders";
    file_show(r, &v);
}

/* Every line that was not used, in the summary at the head of the page. */
static void faults_summarise(struct request *r, const struct taking *t)
{
    struct view_problem *list = ARENA_MANY(r->arena, struct view_problem, t->count + 1);

    for (int32_t i = 0; i < t->count; i++)
        list[i] = (struct view_problem){
            .text = arena_print(r->arena, SAY("Line %s: %s"), t->faults[i].line, t->faults[i].text),
            .anchor = arena_print(r->arena, "line-%s", t->faults[i].line),
        };
    r->frame.problems       = list;
    r->frame.problems_count = t->count;
    r->frame.error          = t->count > 0;
    if (t->count) r->status = 422;
}

void employer_file_do(struct request *r)
{
    const struct field_value *file = &r->form.values[FORM_EMPLOYER_FILE_FILE];
    struct announced_taking taking;
    struct employer_view v;
    struct fail f   = { 0 };
    struct taking t = { .r = r, .v = &v };

    if (!employer_open(r, &v)) return;
    if (r->form.errors) {
        file_show(r, &v);
        return;
    }
    size_t blank = 0;
    while (blank < file->length && strchr(" \t\r\n\xef\xbb\xbf", file->bytes[blank]))
        blank++;
    bool xml                    = blank < file->length && file->bytes[blank] == '<';
    struct employer_file source = {
        .source  = { .bytes = file->bytes, .length = file->length, .name = "", .account = "" },
        .format  = xml ? EMPLOYER_XML : EMPLOYER_CSV,
        .fault   = fault_take,
        .context = &t,
        .refuse  = line_refuse,
    };
    if (!employer_file_record(&v.s, &source, &taking, &f)) {
        if (f.kind == FAIL_SYSTEM || f.kind == FAIL_INTEGRITY) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_EMPLOYER_FILE_FILE,
                    arena_print(r->arena, SAY("The file was refused and nothing was recorded. %s"),
                                f.text));
        file_show(r, &v);
        return;
    }
    struct page_employer_sent p = sent_of(r, &v, &taking, source.source);
    p.faults                    = t.faults;
    p.faults_count              = t.count;
    faults_summarise(r, &t);
    page_employer_sent(&r->out, frame_of(r), &p);
}

/* --- by form: shown --- */

/* Why less than the normal deduction. */
static const char *const reason_words[][2] = {
    { "none", SAY("It was not less") },
    { "protected", SAY("Protected earnings: 60% must stay") },
    { "other_order", SAY("Another order came first") },
    { "no_pay", SAY("No pay") },
    { "unpaid_leave", SAY("Unpaid leave") },
    { "sick", SAY("Off sick") },
    { "left", SAY("Has left") },
    { "not_employed", SAY("Does not work here") },
    { "other", SAY("Something else") },
};

static struct view_option *reasons_of(struct request *r, const char *chosen, int32_t *n)
{
    *n = sizeof reason_words / sizeof *reason_words;
    return case_options(r, reason_words, *n, *chosen ? chosen : "none");
}

/* "" for a pay period with nothing less. */
static const char *reason_said(const char *chosen)
{
    for (size_t i = 1; i < sizeof reason_words / sizeof *reason_words; i++)
        if (!strcmp(reason_words[i][0], chosen)) return reason_words[i][1];
    return "";
}

static struct view_option *periods_of(struct request *r, const char *chosen, int32_t *n)
{
    static const char *const words[][2] = { { "as_ordered", SAY("As each order says") },
                                            { "weekly", SAY("Every week") },
                                            { "two_weekly", SAY("Every two weeks") },
                                            { "four_weekly", SAY("Every four weeks") },
                                            { "monthly", SAY("Every month") } };
    *n                                  = sizeof words / sizeof *words;
    return case_options(r, words, *n, *chosen ? chosen : "as_ordered");
}

static enum plan_interval period_of(const struct request *r, const struct employee *e)
{
    enum plan_interval period = employee_period(e);

    plan_interval_find(form_text(&r->form, FORM_EMPLOYER_SCHEDULE_PERIOD), &period);
    return period;
}

static const struct employee *row_employee(const struct request *r, const struct employer_view *v,
                                           int row)
{
    int who = field_of(row, ROW_WHO);

    if (!form_has(&r->form, who)) return NULL;
    const struct employee *e = employee_find(&v->people, case_number(form_text(&r->form, who)));
    return e && e->orders.n ? e : NULL;
}

/* Whether an employee is ticked in the form that came back, and in which row. */
static int row_ticked(const struct request *r, const struct employer_view *v,
                      const struct employee *e)
{
    for (int row = 0; row < ROWS; row++)
        if (row_employee(r, v, row) == e) return row;
    return -1;
}

static struct view_employer_pay_row row_view(struct request *r, const struct employee *e, int row,
                                             bool on)
{
    struct form *f = &r->form;
    struct view_employer_pay_row view;

    form_put_text(f, field_of(row, ROW_WHO), arena_print(r->arena, "%lld", (long long)e->pp));
    view = (struct view_employer_pay_row){
        .number    = row + 1,
        .name      = e->name,
        .reference = e->reference,
        .normal    = arena_print(r->arena, "%s %s",
                                 case_pounds(r->arena, employee_normal(e, period_of(r, e))),
                                 employer_period_words(period_of(r, e))),
        .who       = form_view(f, field_of(row, ROW_WHO)),
        .on        = on,
        .net       = form_view(f, field_of(row, ROW_NET)),
        .deducted  = form_view(f, field_of(row, ROW_DEDUCTED)),
        .reason    = form_view(f, field_of(row, ROW_REASON)),
    };
    view.reasons = reasons_of(r, form_text(f, field_of(row, ROW_REASON)), &view.reasons_count);
    return view;
}

/* sent: the form came back; then a row stays where it was, and who is not ticked has the rest. */
static void schedule_show(struct request *r, const struct employer_view *v, bool sent)
{
    struct view_employer_pay_row *rows = ARENA_MANY(r->arena, struct view_employer_pay_row, ROWS);
    const struct employee *in[ROWS]    = { NULL };
    bool on[ROWS];
    int64_t left = 0;

    for (int row = 0; sent && row < ROWS; row++)
        in[row] = row_employee(r, v, row);
    for (int row = 0; row < ROWS; row++)
        on[row] = in[row] || !sent;
    for (size_t i = 0; i < v->people.n; i++) {
        const struct employee *e = &v->people.at[i];
        int row                  = 0;
        if (!e->orders.n || (sent && row_ticked(r, v, e) >= 0)) continue;
        while (row < ROWS && in[row])
            row++;
        if (row == ROWS) {
            left++;
            continue;
        }
        in[row] = e;
        if (!sent)
            form_put_money(&r->form, field_of(row, ROW_DEDUCTED),
                           employee_normal(e, period_of(r, e)));
    }
    struct page_employer_schedule p = {
        .employer = v->employer,
        .day      = form_view(&r->form, FORM_EMPLOYER_SCHEDULE_DAY),
        .period   = form_view(&r->form, FORM_EMPLOYER_SCHEDULE_PERIOD),
        .rows     = rows,
        .left     = left,
    };
    for (int row = 0; row < ROWS; row++)
        if (in[row]) rows[p.rows_count++] = row_view(r, in[row], row, on[row]);
    p.period_options =
        periods_of(r, form_text(&r->form, FORM_EMPLOYER_SCHEDULE_PERIOD), &p.period_options_count);
    frame_of(r)->back = "/employer/orders";
    page_employer_schedule(&r->out, frame_with_form(r), &p);
}

void employer_schedule(struct request *r)
{
    struct employer_view v;

    if (!employer_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_employer_schedule);
    form_put_date(&r->form, FORM_EMPLOYER_SCHEDULE_DAY, r->today);
    schedule_show(r, &v, false);
}

/* --- by form: worked out, and sent --- */

static void work_out(struct request *r, const struct employer_view *v)
{
    for (int row = 0; row < ROWS; row++) {
        const struct employee *e = row_employee(r, v, row);
        if (!e) continue;
        struct employee_pay pay = { .pay = { .periods = 1 }, .period = period_of(r, e) };
        money normal = employee_normal(e, pay.period), take = normal;
        if (form_has(&r->form, field_of(row, ROW_NET))) {
            pay.pay.net = form_money(&r->form, field_of(row, ROW_NET));
            take        = employee_take(e, &pay);
        }
        form_put_money(&r->form, field_of(row, ROW_DEDUCTED), take);
        form_put_text(&r->form, field_of(row, ROW_REASON),
                      take.p < normal.p ? "protected" : "none");
    }
}

static bool rows_check(struct request *r, const struct employer_view *v)
{
    int ticked = 0;

    for (int row = 0; row < ROWS; row++) {
        const struct employee *e = row_employee(r, v, row);
        int deducted             = field_of(row, ROW_DEDUCTED);
        if (!e) continue;
        ticked++;
        if (!form_has(&r->form, deducted))
            form_refuse(&r->form, deducted,
                        arena_print(r->arena, "%s: %s", e->name,
                                    form_employer_schedule_says_deducted_missing));
    }
    if (!ticked) form_refuse(&r->form, field_of(0, ROW_WHO), form_employer_schedule_says_nobody);
    if (date_before(r->today, form_date(&r->form, FORM_EMPLOYER_SCHEDULE_DAY)))
        form_refuse(&r->form, FORM_EMPLOYER_SCHEDULE_DAY, form_employer_schedule_says_future);
    return !r->form.errors;
}

/* The lines of the form's rows, in their order; rows[i] is the row of the i-th. */
static size_t lines_fill(struct request *r, const struct employer_view *v,
                         struct schedule_line lines[ROWS], int rows[ROWS])
{
    size_t n = 0;

    for (int row = 0; row < ROWS; row++) {
        const struct employee *e = row_employee(r, v, row);
        const struct form *f     = &r->form;
        enum short_reason reason = SHORT_NONE;
        if (!e) continue;
        short_reason_find(form_text(f, field_of(row, ROW_REASON)), &reason);
        rows[n]    = row;
        lines[n++] = (struct schedule_line){
            .employee = e->ref,
            .nino     = "",
            .pay_date = form_date(f, FORM_EMPLOYER_SCHEDULE_DAY),
            .period   = (enum pay_period)period_of(r, e),
            .has_net  = form_has(f, field_of(row, ROW_NET)),
            .net      = form_money(f, field_of(row, ROW_NET)),
            .normal   = employee_normal(e, period_of(r, e)),
            .deducted = form_money(f, field_of(row, ROW_DEDUCTED)),
            .reason   = reason,
        };
    }
    return n;
}

/* The file that an employer with software would have sent, in the request's arena. */
static bool file_write(struct request *r, const struct employer_view *v,
                       const struct schedule_line *lines, size_t n, struct feed_source *source,
                       struct fail *f)
{
    struct date_ymd day      = date_split(lines[0].pay_date);
    struct schedule schedule = { v->employer, date_make(day.year, day.month, 1) };
    char *bytes              = NULL;
    size_t length            = 0;
    FILE *to                 = open_memstream(&bytes, &length);

    BUG_UNLESS(to);
    bool fine = employer_write_csv(to, &schedule, lines, n, f);
    fclose(to);
    *source = (struct feed_source){
        .bytes = arena_text(r->arena, bytes, length), .length = length, .name = "", .account = ""
    };
    free(bytes);
    return fine;
}

static void sent_show(struct request *r, const struct employer_view *v,
                      const struct announced_taking *taking, struct feed_source file)
{
    struct page_employer_sent p        = sent_of(r, v, taking, file);
    struct view_employer_sent_row *out = ARENA_MANY(r->arena, struct view_employer_sent_row, ROWS);
    date day                           = form_date(&r->form, FORM_EMPLOYER_SCHEDULE_DAY);
    const struct law *law              = v->people.at[0].law;
    money sum                          = MONEY_NONE;

    for (int row = 0; row < ROWS; row++) {
        const struct employee *e = row_employee(r, v, row);
        if (!e) continue;
        money deducted      = form_money(&r->form, field_of(row, ROW_DEDUCTED));
        const char *why     = form_text(&r->form, field_of(row, ROW_REASON));
        sum                 = money_add(sum, deducted);
        out[p.rows_count++] = (struct view_employer_sent_row){
            .day      = day,
            .name     = e->name,
            .deducted = case_pounds(r->arena, deducted),
            .reason   = reason_said(why),
        };
    }
    p.rows = out;
    if (sum.p)
        p.due = arena_print(r->arena, SAY("%s must reach us by %s."), case_pounds(r->arena, sum),
                            case_day_words(r->arena, earnings_pay_by(law, day)));
    page_employer_sent(&r->out, frame_of(r), &p);
}

/* All or nothing: a form with a wrong row is shown again, and nothing of it stands. */
static bool schedule_send(struct request *r, const struct employer_view *v, struct fail *f)
{
    struct schedule_line lines[ROWS];
    int rows[ROWS];
    size_t n        = lines_fill(r, v, lines, rows);
    struct taking t = { .r = r, .v = v, .rows = rows };
    struct announced_taking taking;
    struct employer_file file = {
        .format = EMPLOYER_CSV, .fault = fault_take, .context = &t, .refuse = line_refuse
    };
    bool fine = file_write(r, v, lines, n, &file.source, f) &&
                store_begin(r->store, STORE_WRITING, f) && stop_check(r->store, f) &&
                employer_file_take(&v->s, &file, &taking, f) &&
                (t.refused || store_commit(r->store, f));

    store_rollback(r->store);
    if (fine && !t.refused) sent_show(r, v, &taking, file.source);
    return fine;
}

void employer_schedule_do(struct request *r)
{
    struct employer_view v;
    struct fail f = { 0 };

    if (!employer_open(r, &v)) return;
    if (!r->form.errors && form_is(&r->form, FORM_EMPLOYER_SCHEDULE_ACT, "work")) {
        work_out(r, &v);
    } else if (!r->form.errors && rows_check(r, &v)) {
        if (!schedule_send(r, &v, &f)) {
            respond_fail(r, &f);
            return;
        }
        if (!r->form.errors) return;
    }
    schedule_show(r, &v, true);
}
