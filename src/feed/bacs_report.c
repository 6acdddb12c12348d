/* bacs_report.c: the walk through the four reports.  All that counts stands in attributes. */
#include "feed/bacs_report.h"

#include "feed/xml_walk.h"

#include <string.h>

enum {
    PATH_MOST  = 256,
    VALUE_MOST = 64,  /* codes, numbers, dates, amounts */
    NAME_MOST  = 200, /* names */
    DEEP       = 12   /* no element of these reports stands deeper */
};
#define MESSAGES "BACSDocument/Data/MessagingAdvices"
#define ACCOUNTS "Advice/OriginatingAccountRecords/OriginatingAccountRecord"

struct reading {
    struct xml_walk walk;
    const struct bacs_report_sink *sink;
    struct bacs_report_summary *summary;
    struct arena kept, arena; /* for the report, for one item */
    char path[PATH_MOST];
    size_t ends[XML_DEPTH_MOST + 1]; /* where the path of each depth ends */
    struct bacs_report_head head;
    bool head_told, known; /* known: it is one of the four reports */

    struct bacs_advice advice; /* a returned item, while its account is to come */
    bool in_item;
    const char *wrong; /* with it, or NULL */
    size_t account_items, account_faults;
    money account_sum;
    struct feed_seen seen;
};

static bool refuse(struct reading *r, const char *code, const char *why)
{
    return XML_REFUSE(&r->walk, code, "Line %d: %s", xml_walk_line(&r->walk), why);
}

/* An attribute as tidy text; "" if there is none; NULL if it is too long or not text. */
static const char *attribute(struct reading *r, const char *name, size_t most)
{
    char *value = (char *)(uintptr_t)xml_walk_attribute(&r->walk, name, most, &r->arena);

    if (!value) return "";
    size_t n = strlen(value);
    if (n > most || !feed_text_valid(value, n)) return NULL;
    value[feed_text_tidy(value, n)] = '\0';
    return value;
}

/* The same for what must be there to be of use: what is wrong goes to the item. */
static const char *item_attribute(struct reading *r, const char *name, size_t most)
{
    const char *value = attribute(r, name, most);
    if (!value && !r->wrong)
        r->wrong = arena_print(&r->arena, "The attribute %s is too long or not text.", name);
    return value ? value : "";
}

/* --- the head --- */

static void head_fill(struct reading *r, const char **field, const char *name)
{
    const char *value = attribute(r, name, NAME_MOST);
    if (value && *value && !**field) *field = arena_text(&r->kept, value, strlen(value));
}

static void head_day(struct reading *r, const char *name)
{
    const char *value = attribute(r, name, VALUE_MOST);
    if (value && !r->head.has_day) r->head.has_day = date_parse(value, strlen(value), &r->head.day);
}

static void head_tell(struct reading *r)
{
    if (r->head_told) return;
    r->head_told = true;
    r->sink->head(r->sink->context, &r->head);
}

/* --- items --- */

static bool item_fault(struct reading *r, int line, const char *text)
{
    if (++r->summary->faults > FEED_FAULTS_MOST)
        return refuse(r, "too_many_faults", "more than 1,000 lines are wrong.");
    r->account_faults++;
    struct feed_fault fault = { .line = line, .text = text };
    r->sink->fault(r->sink->context, &fault);
    return true;
}

static const char *reason_wrong(struct reading *r, const char *code, struct bacs_advice *a)
{
    /* returnCode is the reason and three digits of Bacs's own; reason-code is the reason alone */
    bool fits = strlen(code) == 1 || (strlen(code) == 4 && strspn(code + 1, "0123456789") == 3);

    a->reason = fits ? bacs_reason_find(a->report, code[0]) : NULL;
    if (a->reason) return NULL;
    return *code ? arena_print(&r->arena,
                               "The reason %s is not known in %s; a person must look at it.", code,
                               bacs_report_name(a->report))
                 : "There is no reason.";
}

static bool account_take(struct reading *r, const char *sort_code, const char *number,
                         struct bank_account *account)
{
    struct fail ignored = { 0 };
    const char *sort    = item_attribute(r, sort_code, VALUE_MOST),
               *own     = item_attribute(r, number, VALUE_MOST);

    if (strspn(sort, "0- ") == strlen(sort) && strspn(own, "0 ") == strlen(own)) return false;
    return bank_account_read(sort, own, account, &ignored);
}

static bool item_tell(struct reading *r)
{
    struct bacs_advice *a = &r->advice;
    char day[DATE_TEXT], amount[MONEY_TEXT];

    head_tell(r);
    if (r->summary->advices + r->summary->faults >= FEED_LINES_MOST)
        return refuse(r, "too_many_lines", "the report has more than 1,000,000 lines.");
    if (!r->wrong && !*a->reference) r->wrong = "There is no reference.";
    if (!r->wrong && strlen(a->reference) > BACS_TEXT) r->wrong = "The reference is too long.";
    if (!r->wrong) {
        const char *key = arena_print(&r->arena, "%s %c %s %s %s", bacs_report_name(a->report),
                                      a->reason->code, a->has_day ? date_text(a->day, day) : "",
                                      money_text(a->amount, amount), a->code);
        int before      = feed_seen_add(&r->seen, a->reference, key, a->line);
        if (before)
            r->wrong = arena_print(&r->arena, "The same was told on line %d already.", before);
    }
    if (r->wrong) return item_fault(r, a->line, r->wrong);
    r->summary->advices++;
    bool ok = r->sink->advice(r->sink->context, a, r->walk.fail);
    if (!ok) r->walk.refused = true;
    return ok;
}

static void item_start(struct reading *r, enum bacs_report report)
{
    arena_reset(&r->arena);
    r->wrong  = NULL;
    r->advice = (struct bacs_advice){
        .report = report, .reference = "", .name = "", .code = "", .line = xml_walk_line(&r->walk)
    };
}

static void day_take(struct reading *r, const char *name)
{
    const char *text = item_attribute(r, name, VALUE_MOST);
    if (!*text) return;
    r->advice.has_day = date_parse(text, strlen(text), &r->advice.day);
    if (!r->advice.has_day && !r->wrong)
        r->wrong = arena_print(&r->arena, "%s is no date: %s.", name, text);
}

/* ReturnedDebitItem and its like: an amount that came back. */
static bool returned_begin(struct reading *r, enum bacs_report report)
{
    struct bacs_advice *a = &r->advice;

    item_start(r, report);
    r->in_item           = true;
    a->reference         = item_attribute(r, "ref", VALUE_MOST);
    a->code              = item_attribute(r, "transCode", VALUE_MOST);
    const char *code     = item_attribute(r, "returnCode", VALUE_MOST),
               *sum      = item_attribute(r, "valueOf", VALUE_MOST),
               *currency = item_attribute(r, "currency", VALUE_MOST);
    day_take(r, "originalProcessingDate");
    a->has_amount = money_parse(sum, strlen(sum), &a->amount) && money_is_owed(a->amount);
    if (!a->has_amount && !r->wrong) r->wrong = "valueOf is no amount.";
    if (!a->has_day && !r->wrong) r->wrong = "There is no originalProcessingDate.";
    if (*currency && strcmp(currency, "GBP") != 0 && !r->wrong) r->wrong = "It is not in GBP.";
    const char *wrong = reason_wrong(r, code, a);
    if (!r->wrong) r->wrong = wrong;
    r->account_items++;
    if (!a->has_amount) return true;
    r->account_sum     = money_add(r->account_sum, a->amount);
    r->summary->amount = money_add(r->summary->amount, a->amount);
    return r->summary->amount.p <= MONEY_MOST.p ||
           refuse(r, "total_too_large", "the sum is beyond all bounds.");
}

/* The account below such an item: PayerAccount, and what ARUCS calls it. */
static void returned_account(struct reading *r)
{
    struct bacs_advice *a = &r->advice;
    a->name               = item_attribute(r, "name", NAME_MOST);
    a->has_account        = account_take(r, "sortCode", "number", &a->account);
}

static bool totals_check(struct reading *r)
{
    const char *count = attribute(r, "numberOf", VALUE_MOST),
               *sum   = attribute(r, "valueOf", VALUE_MOST);
    char own[24];
    money amount;

    if (!count || !sum || r->account_faults) return true;
    snprintf(own, sizeof own, "%zu", r->account_items);
    bool agree =
        (!*count || !strcmp(count, own)) &&
        (!*sum || (money_parse(sum, strlen(sum), &amount) && amount.p == r->account_sum.p));
    return agree || refuse(r, "report_totals_wrong", "the totals are not those of the items.");
}

static int64_t number_attribute(struct reading *r, const char *name)
{
    const char *text = attribute(r, name, VALUE_MOST);
    int64_t n        = 0;

    if (!text || strlen(text) > 9) return 0;
    for (; *text >= '0' && *text <= '9'; text++)
        n = n * 10 + (*text - '0');
    return *text ? 0 : n;
}

/* A line about a whole submission: taken (V) or not (R). */
static bool submission_line(struct reading *r, bool taken)
{
    r->summary->accepted += (size_t)number_attribute(r, "accepted-ddi");
    r->summary->rejected += (size_t)number_attribute(r, "rejected-ddi");
    r->summary->file_rejected |= !taken;
    head_tell(r);
    return taken || item_fault(r, xml_walk_line(&r->walk),
                               "Bacs took none of the instructions of a submission.");
}

/* MessagingAdvice: A an amendment (ADDACS); D and N an instruction not accepted (AUDDIS). */
static bool message_read(struct reading *r)
{
    struct bacs_advice *a = &r->advice;

    item_start(r, BACS_AUDDIS);
    const char *type = item_attribute(r, "record-type", VALUE_MOST);
    if (!strcmp(type, "V") || !strcmp(type, "R")) return submission_line(r, type[0] == 'V');
    if (!strcmp(type, "A"))
        a->report = BACS_ADDACS;
    else if (strcmp(type, "D") != 0 && strcmp(type, "N") != 0 && !r->wrong)
        r->wrong = "The record-type is not A, D, N, R or V.";
    a->code        = type;
    a->reference   = item_attribute(r, "reference", VALUE_MOST);
    a->name        = item_attribute(r, "payer-name", NAME_MOST);
    a->has_account = account_take(r, "payer-sort-code", "payer-account-number", &a->account);
    a->has_changed =
        account_take(r, "payer-new-sort-code", "payer-new-account-number", &a->changed);
    day_take(r, "effective-date");
    const char *wrong = reason_wrong(r, item_attribute(r, "reason-code", VALUE_MOST), a);
    if (!r->wrong) r->wrong = wrong;
    if (!r->wrong && a->reason->follows == BACS_DETAILS_CHANGE && !a->has_changed)
        r->wrong = "The account changes, but the new one is missing.";
    return item_tell(r);
}

/* --- elements --- */

/* The part of the path below one of the two reports of returned items; NULL elsewhere. */
static const char *below_returns(const char *path, enum bacs_report *report)
{
    static const char debits[] = "BACSDocument/Data/ARUDD/", credits[] = "BACSDocument/Data/ARUCS/";

    *report = !strncmp(path, debits, sizeof debits - 1) ? BACS_ARUDD : BACS_ARUCS;
    if (*report == BACS_ARUCS && strncmp(path, credits, sizeof credits - 1) != 0) return NULL;
    return path + sizeof debits - 1;
}

/* "ReturnedDebitItem" below an account, "ReturnedCreditItem" in ARUCS. */
static bool is_item(const char *below)
{
    static const char account[] = ACCOUNTS "/Returned";
    return !strncmp(below, account, sizeof account - 1) && !strchr(below + sizeof account, '/');
}

static bool is_item_account(const char *below)
{
    size_t n = strlen(below), tail = strlen("Account");
    return n > tail && !strcmp(below + n - tail, "Account");
}

static bool returns_begin(struct reading *r, const char *below, enum bacs_report report)
{
    if (!strcmp(below, "Header")) {
        head_fill(r, &r->head.number, "adviceNumber");
        head_day(r, "currentProcessingDate");
    } else if (!strcmp(below, "ServiceLicenseInformation")) {
        head_fill(r, &r->head.user, "userNumber");
        head_fill(r, &r->head.user_name, "userName");
    } else if (!strcmp(below, ACCOUNTS)) {
        r->account_items = r->account_faults = 0;
        r->account_sum                       = MONEY_NONE;
    } else if (!strcmp(below, ACCOUNTS "/Totals")) {
        return totals_check(r);
    } else if (is_item(below)) {
        return returned_begin(r, report);
    } else if (r->in_item && is_item_account(below)) {
        returned_account(r);
    }
    return true;
}

static bool element_begin(void *context, int depth)
{
    struct reading *r = context;
    const char *name  = xml_walk_name(&r->walk), *below;
    size_t from = depth ? r->ends[depth - 1] : 0, n = strlen(name);
    enum bacs_report report;

    if (depth == 0 && strcmp(name, "BACSDocument") != 0)
        return refuse(r, "not_bacs_report", "the first element is not BACSDocument.");
    if (depth > DEEP || from + n + 2 > PATH_MOST)
        return refuse(r, "xml_hostile", "elements are deeper than in any report of Bacs.");
    if (depth) r->path[from++] = '/';
    memcpy(r->path + from, name, n + 1);
    r->ends[depth] = from + n;
    if (!r->in_item) arena_reset(&r->arena);
    if (!strcmp(r->path, MESSAGES "/MessagingAdvice")) return message_read(r);
    if (!strcmp(r->path, MESSAGES "/MessagingHeader") || !strcmp(r->path, MESSAGES "/Header")) {
        head_fill(r, &r->head.user, "user-number");
        head_fill(r, &r->head.user_name, "user-name");
        head_fill(r, &r->head.number, "envelope-sequence-number");
        head_day(r, "report-generation-date");
    }
    r->known |= !strcmp(r->path, MESSAGES);
    below = below_returns(r->path, &report);
    r->known |= below != NULL;
    return !below || returns_begin(r, below, report);
}

static bool element_end(void *context, int depth)
{
    struct reading *r = context;
    enum bacs_report report;

    const char *below = below_returns(r->path, &report);
    bool item         = r->in_item && below && is_item(below);
    if (item) r->in_item = false;
    bool ok                                 = !item || item_tell(r);
    r->path[depth ? r->ends[depth - 1] : 0] = '\0';
    return ok;
}

static bool element_text(void *context, int depth)
{
    (void)context, (void)depth;
    return true;
}

bool bacs_report_read(const struct feed_source *source, const struct bacs_report_sink *sink,
                      struct bacs_report_summary *summary, struct fail *f)
{
    struct reading r = { .sink = sink, .summary = summary };

    *summary = (struct bacs_report_summary){ 0 };
    r.head   = (struct bacs_report_head){ .user = "", .user_name = "", .number = "" };
    r.walk   = (struct xml_walk){ .source  = source,
                                  .fail    = f,
                                  .format  = "bacs report",
                                  .context = &r,
                                  .western = true,
                                  .begin   = element_begin,
                                  .text    = element_text,
                                  .end     = element_end };
    bool ok  = xml_walk_run(&r.walk);
    if (ok && !r.known) {
        REFUSE(f, "not_bacs_report", "The file has none of AUDDIS, ADDACS, ARUDD and ARUCS.");
        ok = fail_field(f, "bacs report");
    }
    if (ok) head_tell(&r);
    feed_seen_free(&r.seen);
    arena_free(&r.kept);
    arena_free(&r.arena);
    return ok;
}
