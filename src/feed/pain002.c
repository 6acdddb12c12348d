/* pain002.c: the walk through a payment status report. */
#include "feed/pain.h"

#include "feed/xml_walk.h"

#include <string.h>

enum { PATH_MOST = 256, DEEP = 16, ID_MOST = 140, CODE_MOST = 40 };
#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:pain.002.001."
#define TOP       "Document/CstmrPmtStsRpt/"
#define PAYMENT   TOP "OrgnlPmtInfAndSts/TxInfAndSts"

struct reading {
    struct xml_walk walk;
    const struct pain_sink *sink;
    struct pain_summary *summary;
    struct arena *kept, arena; /* for the summary, for one payment */
    char path[PATH_MOST];
    size_t ends[XML_DEPTH_MOST + 1];
    char text[FEED_TEXT_MOST + 2];
    size_t length;
    bool in_payment, known;
    struct pain_result result;
    const char *status, *group_status, *wrong;
    struct feed_seen seen;
};

static bool refuse(struct reading *r, const char *code, const char *why)
{
    return XML_REFUSE(&r->walk, code, "Line %d: %s", xml_walk_line(&r->walk), why);
}

/* False if the word is none of the standard's. */
static bool status_find(const char *word, enum pain_status *status)
{
    static const struct {
        const char *word;
        enum pain_status status;
    } words[] = {
        { "RJCT", PAIN_REJECTED }, { "CANC", PAIN_REJECTED }, { "ACSC", PAIN_ACCEPTED },
        { "ACCC", PAIN_ACCEPTED }, { "ACSP", PAIN_ACCEPTED }, { "ACCP", PAIN_ACCEPTED },
        { "ACWC", PAIN_ACCEPTED }, { "ACTC", PAIN_PENDING },  { "RCVD", PAIN_PENDING },
        { "PDNG", PAIN_PENDING },  { "ACFC", PAIN_PENDING },  { "ACWP", PAIN_ACCEPTED },
        { "PATC", PAIN_PENDING },  { "PART", PAIN_PARTLY },   { "PRES", PAIN_PENDING },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].word, word)) return *status = words[i].status, true;
    return false;
}

/* The element's text in the payment's arena; what is wrong with it goes to the payment. */
static const char *take(struct reading *r, size_t most)
{
    size_t n = feed_text_tidy(r->text, r->length);

    if (n <= most && feed_text_valid(r->text, n)) return arena_text(&r->arena, r->text, n);
    r->wrong = "A text is too long or not text.";
    return "";
}

static bool payment_end(struct reading *r)
{
    struct pain_result *p = &r->result;

    r->in_payment = false;
    if (r->summary->results + r->summary->faults >= FEED_LINES_MOST)
        return refuse(r, "too_many_lines", "the report has more than 1,000,000 payments.");
    p->message = r->summary->message;
    if (!r->wrong && !*p->end_to_end) r->wrong = "The payment has no OrgnlEndToEndId.";
    if (!r->wrong && !status_find(r->status, &p->status))
        r->wrong = "The status (TxSts) is missing or not of the standard.";
    if (!r->wrong && feed_seen_add(&r->seen, "", p->end_to_end, p->line))
        r->wrong = "The same payment was told before.";
    if (!r->wrong) {
        r->summary->results++;
        bool ok = r->sink->result(r->sink->context, p, r->walk.fail);
        if (!ok) r->walk.refused = true;
        return ok;
    }
    if (++r->summary->faults > FEED_FAULTS_MOST)
        return refuse(r, "too_many_faults", "more than 1,000 payments are wrong.");
    struct feed_fault fault = { .line = p->line, .text = r->wrong };
    r->sink->fault(r->sink->context, &fault);
    return true;
}

static void leaf_end(struct reading *r)
{
    const char *path          = r->path;
    static const char group[] = TOP "OrgnlGrpInfAndSts/", payment[] = PAYMENT "/";

    if (!strncmp(path, group, sizeof group - 1)) {
        path += sizeof group - 1;
        bool id = !strcmp(path, "OrgnlMsgId"), status = !strcmp(path, "GrpSts");
        bool reason = !strcmp(path, "StsRsnInf/Rsn/Cd") || !strcmp(path, "StsRsnInf/Rsn/Prtry");
        if (!id && !status && !reason) return;
        const char *text = take(r, ID_MOST);
        text             = arena_text(r->kept, text, strlen(text));
        *(id ? &r->summary->message : status ? &r->group_status : &r->summary->reason) = text;
    } else if (r->in_payment && !strncmp(path, payment, sizeof payment - 1)) {
        path += sizeof payment - 1;
        if (!strcmp(path, "OrgnlEndToEndId")) r->result.end_to_end = take(r, ID_MOST);
        if (!strcmp(path, "TxSts")) r->status = take(r, CODE_MOST);
        if (!strcmp(path, "StsRsnInf/Rsn/Cd") || !strcmp(path, "StsRsnInf/Rsn/Prtry"))
            r->result.reason = take(r, ID_MOST);
        if (!strcmp(path, "StsRsnInf/AddtlInf")) r->result.text = take(r, FEED_TEXT_MOST);
    }
}

static bool root_check(struct reading *r)
{
    const char *space = xml_walk_space(&r->walk);
    size_t n          = strlen(NAMESPACE);

    r->known =
        space && !strncmp(space, NAMESPACE, n) && !strcmp(xml_walk_name(&r->walk), "Document");
    return r->known || refuse(r, "not_pain002", "the file is not a pain.002 status report.");
}

static bool element_begin(void *context, int depth)
{
    struct reading *r = context;
    const char *name  = xml_walk_name(&r->walk);
    size_t from = depth ? r->ends[depth - 1] : 0, n = strlen(name);

    if (depth == 0 && !root_check(r)) return false;
    if (depth > DEEP || from + n + 2 > PATH_MOST)
        return refuse(r, "xml_hostile", "elements are deeper than in any status report.");
    if (depth) r->path[from++] = '/';
    memcpy(r->path + from, name, n + 1);
    r->ends[depth] = from + n;
    r->length      = 0;
    if (strcmp(r->path, PAYMENT) != 0) return true;
    arena_reset(&r->arena);
    r->in_payment = true;
    r->wrong      = NULL;
    r->status     = "";
    r->result     = (struct pain_result){
            .end_to_end = "", .reason = "", .text = "", .line = xml_walk_line(&r->walk)
    };
    return true;
}

static bool element_text(void *context, int depth)
{
    struct reading *r = context;
    const char *value = xml_walk_value(&r->walk);
    size_t room = sizeof r->text - r->length, n = value ? strlen(value) : 0;

    (void)depth;
    if (n > room) n = room;
    memcpy(r->text + r->length, value ? value : "", n);
    r->length += n;
    return true;
}

static bool element_end(void *context, int depth)
{
    struct reading *r = context;
    bool ok           = true;

    if (!strcmp(r->path, PAYMENT))
        ok = payment_end(r);
    else
        leaf_end(r);
    r->length                               = 0;
    r->path[depth ? r->ends[depth - 1] : 0] = '\0';
    return ok;
}

bool pain002_read(const struct feed_source *source, const struct pain_sink *sink,
                  struct arena *arena, struct pain_summary *summary, struct fail *f)
{
    struct reading r = { .sink = sink, .summary = summary, .kept = arena, .group_status = "" };

    *summary = (struct pain_summary){ .message = "", .reason = "" };
    r.walk   = (struct xml_walk){ .source  = source,
                                  .fail    = f,
                                  .format  = "pain.002",
                                  .context = &r,
                                  .begin   = element_begin,
                                  .text    = element_text,
                                  .end     = element_end };
    bool ok  = xml_walk_run(&r.walk);
    if (ok) summary->has_whole = status_find(r.group_status, &summary->whole);
    feed_seen_free(&r.seen);
    arena_free(&r.arena);
    return ok;
}
