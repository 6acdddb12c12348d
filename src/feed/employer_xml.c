/* employer_xml.c: payment schedules as XML.  The form is small and closed: an element that is not
 * in it is a refusal. */
#include "feed/employer_line.h"
#include "feed/xml_walk.h"

#include <string.h>

#define NAMESPACE "urn:upkeep:employer-schedule:1"

enum { DEPTH_ROOT, DEPTH_SCHEDULE, DEPTH_FIELD, DEPTH_TEXT };
enum { VALUE_MOST = 64 };

/* An element's place in the form; the fields of a payment have the numbers of their texts. */
enum field { FIELD_TOTAL = SCHEDULE_TEXTS, FIELD_PAYMENT, FIELDS };

static const char *const field_names[FIELDS] = {
    [TEXT_EMPLOYER] = "EmployerReference",
    [TEXT_MONTH]    = "Month",
    [TEXT_EMPLOYEE] = "EmployeeReference",
    [TEXT_NINO]     = "NationalInsuranceNumber",
    [TEXT_PAY_DATE] = "PayDate",
    [TEXT_PERIOD]   = "Period",
    [TEXT_NET]      = "NetPay",
    [TEXT_NORMAL]   = "NormalDeduction",
    [TEXT_DEDUCTED] = "Deducted",
    [TEXT_REASON]   = "Reason",
    [FIELD_TOTAL]   = "Total",
    [FIELD_PAYMENT] = "Payment",
};

struct walk {
    struct xml_walk xml;
    struct schedule_reading reading;
    int field;   /* whose text is being read; FIELDS: none */
    int line;    /* of the payment */
    bool closed; /* the schedule's total was read */
    char value[FIELDS][VALUE_MOST + 1];
    size_t length[FIELDS];
    bool there[FIELDS];
    const char *problem;
    bool unreadable; /* the amount deducted */
};

static int field_find(const char *name, int first, int last)
{
    for (int i = first; i <= last; i++)
        if (!strcmp(field_names[i], name)) return i;
    return FIELDS;
}

static bool element_unknown(struct walk *w)
{
    return XML_REFUSE(&w->xml, "element_unknown",
                      "On line %d there is an element that a payment schedule does not have.",
                      xml_walk_line(&w->xml));
}

static void fields_clear(struct walk *w, int first, int last)
{
    for (int i = first; i <= last; i++) {
        w->value[i][0] = '\0';
        w->length[i]   = 0;
        w->there[i]    = false;
    }
}

/* The payment has a fault; an amount that may be half of one does not count in the total. */
static void field_wrong(struct walk *w, int field, const char *problem)
{
    w->problem = problem;
    w->unreadable |= field == TEXT_DEDUCTED;
}

/* Employer and month must be known before the first payment. */
static bool head_ready(struct walk *w)
{
    int line = xml_walk_line(&w->xml);

    if (w->reading.open || w->closed)
        return !w->closed ||
               XML_REFUSE(&w->xml, "total_missing",
                          "Line %d: the total must be the last of its schedule.", line);
    if (schedule_open(&w->reading, w->value[TEXT_EMPLOYER], w->value[TEXT_MONTH], line))
        return true;
    w->xml.refused = true;
    return false;
}

static bool field_begin(struct walk *w, int field)
{
    if (field == FIELDS) return element_unknown(w);
    if (w->there[field] && !w->line)
        return XML_REFUSE(&w->xml, "element_twice", "On line %d %s is there twice.",
                          xml_walk_line(&w->xml), field_names[field]);
    if (w->there[field]) field_wrong(w, field, "An element is there twice.");
    w->there[field] = true;
    w->field        = field;
    return true;
}

static bool payment_begin(struct walk *w)
{
    if (!head_ready(w)) return false;
    fields_clear(w, TEXT_EMPLOYEE, TEXT_REASON);
    w->problem    = NULL;
    w->unreadable = false;
    w->line       = xml_walk_line(&w->xml);
    return true;
}

static bool element_begin(void *context, int depth)
{
    struct walk *w    = context;
    const char *name  = xml_walk_name(&w->xml);
    const char *space = xml_walk_space(&w->xml);

    w->field = FIELDS;
    if (!space || strcmp(space, NAMESPACE) != 0 ||
        (depth == DEPTH_ROOT && strcmp(name, "EmployerSchedules") != 0))
        return XML_REFUSE(&w->xml, "not_a_schedule",
                          "The file is not a payment schedule: its first element is not "
                          "EmployerSchedules, or an element is not of " NAMESPACE ".");
    switch (depth) {
    case DEPTH_ROOT: return true;
    case DEPTH_SCHEDULE:
        fields_clear(w, 0, FIELDS - 1);
        w->closed = false;
        return !strcmp(name, "Schedule") || element_unknown(w);
    case DEPTH_FIELD:
        if (!strcmp(name, field_names[FIELD_PAYMENT])) return payment_begin(w);
        if (!strcmp(name, field_names[FIELD_TOTAL]))
            return head_ready(w) && field_begin(w, FIELD_TOTAL);
        return field_begin(w, field_find(name, TEXT_EMPLOYER, TEXT_MONTH));
    case DEPTH_TEXT:
        if (!w->line) return element_unknown(w);
        return field_begin(w, field_find(name, TEXT_EMPLOYEE, TEXT_REASON));
    default: return element_unknown(w);
    }
}

static bool element_text(void *context, int depth)
{
    struct walk *w = context;
    const char *s  = xml_walk_value(&w->xml);
    size_t n       = s ? strlen(s) : 0;

    (void)depth;
    if (w->field == FIELDS) {
        if (n == 0 || strspn(s, " \t\r\n") == n) return true;
        return XML_REFUSE(&w->xml, "element_unknown",
                          "On line %d there is text where a payment schedule has none.",
                          xml_walk_line(&w->xml));
    }
    size_t *length = &w->length[w->field];
    if (n > VALUE_MOST - *length) { /* too long for any value: cut, and known to be wrong */
        field_wrong(w, w->field, "A value is longer than it can be.");
        n = VALUE_MOST - *length;
    }
    if (n > 0) memcpy(w->value[w->field] + *length, s, n);
    *length += n;
    w->value[w->field][*length] = '\0';
    return true;
}

static void field_end(struct walk *w)
{
    char *s = w->value[w->field];

    if (!feed_text_valid(s, strlen(s)))
        field_wrong(w, w->field, "There is a character that is not text.");
    s[feed_text_tidy(s, strlen(s))] = '\0';
    w->field                        = FIELDS;
}

static bool payment_end(struct walk *w)
{
    struct schedule_texts t = { .line = w->line, .problem = w->problem };

    for (int i = 0; i < SCHEDULE_TEXTS; i++)
        t.at[i] = i == TEXT_DEDUCTED && w->unreadable ? "" : w->value[i];
    w->line    = 0;
    w->problem = NULL;
    bool fine  = schedule_take(&w->reading, &t);
    w->xml.refused |= !fine;
    return fine;
}

static bool schedule_end(struct walk *w)
{
    if (!w->closed)
        return XML_REFUSE(&w->xml, "total_missing", "The schedule on line %d has no total.",
                          xml_walk_line(&w->xml));
    return true;
}

static bool element_end(void *context, int depth)
{
    struct walk *w = context;
    bool total     = w->field == FIELD_TOTAL;

    if (w->field != FIELDS) field_end(w);
    if (total && w->problem)
        return XML_REFUSE(&w->xml, "total_wrong", "The total on line %d: %s",
                          xml_walk_line(&w->xml), w->problem);
    if (total) {
        w->closed = true;
        w->xml.refused |=
            !schedule_close(&w->reading, w->value[FIELD_TOTAL], xml_walk_line(&w->xml));
        return !w->xml.refused;
    }
    if (depth == DEPTH_FIELD && w->line) return payment_end(w);
    return depth != DEPTH_SCHEDULE || schedule_end(w);
}

bool employer_read_xml(const struct feed_source *source, const struct schedule_sink *sink,
                       struct schedule_summary *summary, struct fail *f)
{
    struct walk w = { .xml     = { .source  = source,
                                   .fail    = f,
                                   .format  = "xml",
                                   .context = &w,
                                   .begin   = element_begin,
                                   .text    = element_text,
                                   .end     = element_end },
                      .reading = { .sink = sink, .summary = summary, .fail = f, .format = "xml" },
                      .field   = FIELDS };

    *summary = (struct schedule_summary){ .agreed = true };
    bool ok  = xml_walk_run(&w.xml) && schedule_finish(&w.reading);
    feed_seen_free(&w.reading.seen);
    return ok;
}

/* --- writing --- */

/* Nothing written here needs an escape but by mistake; it is made anyway. */
static void write_field(FILE *to, int field, const char *text)
{
    if (!*text) return;
    fprintf(to, "<%s>", field_names[field]);
    for (; *text; text++)
        if (*text == '&')
            fputs("&amp;", to);
        else if (*text == '<')
            fputs("&lt;", to);
        else if (*text == '>')
            fputs("&gt;", to);
        else
            fputc(*text, to);
    fprintf(to, "</%s>", field_names[field]);
}

static void write_payment(FILE *to, const struct schedule_line *l)
{
    char text[MONEY_TEXT], day[DATE_TEXT];

    fputs("    <Payment>", to);
    write_field(to, TEXT_EMPLOYEE, l->employee);
    write_field(to, TEXT_NINO, l->nino);
    write_field(to, TEXT_PAY_DATE, date_text(l->pay_date, day));
    write_field(to, TEXT_PERIOD, pay_period_name(l->period));
    if (l->has_net) write_field(to, TEXT_NET, money_text(l->net, text));
    write_field(to, TEXT_NORMAL, money_text(l->normal, text));
    write_field(to, TEXT_DEDUCTED, money_text(l->deducted, text));
    write_field(to, TEXT_REASON, short_reason_name(l->reason));
    fputs("</Payment>\n", to);
}

bool employer_write_xml(FILE *to, const struct schedule *schedule,
                        const struct schedule_line *lines, size_t count, struct fail *f)
{
    char text[MONEY_TEXT], month[DATE_TEXT];
    money sum = MONEY_NONE;

    date_text(schedule->month, month);
    month[strlen("2026-11")] = '\0';
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<EmployerSchedules xmlns=\"" NAMESPACE
          "\">\n  <Schedule>\n    ",
          to);
    write_field(to, TEXT_EMPLOYER, schedule->employer);
    write_field(to, TEXT_MONTH, month);
    fputs("\n", to);
    for (size_t i = 0; i < count; i++) {
        write_payment(to, &lines[i]);
        sum = money_add(sum, lines[i].deducted);
    }
    fputs("    ", to);
    write_field(to, FIELD_TOTAL, money_text(sum, text));
    fputs("\n  </Schedule>\n</EmployerSchedules>\n", to);
    if (fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
    return true;
}
