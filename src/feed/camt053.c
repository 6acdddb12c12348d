/* camt053.c: the walk through the XML.  A table says which element, by its path below the
 * statement, balance, entry or payment it belongs to, is kept where; all others are passed over. */
#include "feed/camt053.h"

#include "feed/camt053_entry.h"
#include "feed/xml_walk.h"

#include <string.h>

enum {
    PATH_MOST       = 256,
    ENTRY_TEXT_MOST = 16 * 1024 * 1024, /* bytes of all texts kept of one entry */
    VALUE_MOST      = 40,               /* amounts, dates, codes, account numbers */
    REFERENCE_MOST  = 140,              /* 35 characters of up to four bytes */
    NAME_MOST       = 560               /* 140 characters */
};
#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:camt.053.001."

/* What an element belongs to. */
enum scope { NONE, TOP, STATEMENT, BALANCE, ENTRY, PAYMENT };
/* What is done with it: it begins a scope; its text is kept, or added to what is there, or is an
 * amount with its currency; or it only counts that it is there. */
enum deed { BEGIN, KEEP, JOIN, AMOUNT, MARK };

/* The statement's head and the balance being read, as texts. */
struct head {
    const char *id, *iban, *other, *currency;
};
struct balance {
    struct camt053_amount amount;
    const char *code;
};

static const struct row {
    enum scope scope;
    const char *path;
    enum deed deed;
    enum scope begins;
    size_t offset;
    size_t most;
    const char *what;
} rows[] = {
#define OPEN(scope, path, begins)                                                                  \
    {                                                                                              \
        scope, path, BEGIN, begins, 0, 0, NULL                                                     \
    }
#define ROW(scope, path, deed, type, field, most, what)                                            \
    {                                                                                              \
        scope, path, deed, NONE, offsetof(struct type, field), most, what                          \
    }
#define HEAD(path, field, most, what)    ROW(STATEMENT, path, KEEP, head, field, most, what)
#define E(path, deed, field, most, what) ROW(ENTRY, path, deed, camt053_entry, field, most, what)
#define P(path, deed, field, most, what)                                                           \
    ROW(PAYMENT, path, deed, camt053_payment, field, most, what)
    OPEN(TOP, "Document/BkToCstmrStmt/Stmt", STATEMENT),
    OPEN(STATEMENT, "Bal", BALANCE),
    OPEN(STATEMENT, "Ntry", ENTRY),
    OPEN(ENTRY, "NtryDtls/TxDtls", PAYMENT),
    HEAD("Id", id, REFERENCE_MOST, "statement's id"),
    HEAD("Acct/Id/IBAN", iban, VALUE_MOST, "account's IBAN"),
    HEAD("Acct/Id/Othr/Id", other, VALUE_MOST, "account's number"),
    HEAD("Acct/Ccy", currency, VALUE_MOST, "account's currency"),
    ROW(BALANCE, "Tp/CdOrPrtry/Cd", KEEP, balance, code, VALUE_MOST, "balance's code"),
    ROW(BALANCE, "Amt", AMOUNT, balance, amount.text, VALUE_MOST, "balance"),
    ROW(BALANCE, "CdtDbtInd", KEEP, balance, amount.direction, VALUE_MOST, "balance's sign"),
    E("NtryRef", KEEP, number, REFERENCE_MOST, "entry's number"),
    E("Amt", AMOUNT, amount.text, VALUE_MOST, "entry's amount"),
    E("CdtDbtInd", KEEP, amount.direction, VALUE_MOST, "entry's direction"),
    E("RvslInd", KEEP, reversal, VALUE_MOST, "mark of a reversal"),
    E("Sts", KEEP, status, VALUE_MOST, "entry's status"), /* before version 08 */
    E("Sts/Cd", KEEP, status, VALUE_MOST, "entry's status"),
    E("BookgDt/Dt", KEEP, booked, VALUE_MOST, "booking date"),
    E("BookgDt/DtTm", KEEP, booked, VALUE_MOST, "booking date"),
    E("ValDt/Dt", KEEP, value_day, VALUE_MOST, "value date"),
    E("ValDt/DtTm", KEEP, value_day, VALUE_MOST, "value date"),
    E("AcctSvcrRef", KEEP, service_reference, REFERENCE_MOST, "bank's reference"),
    E("NtryDtls/Btch/PmtInfId", JOIN, batch, FEED_TEXT_MOST, "batch's id"),
    E("NtryDtls/Btch/MsgId", JOIN, message, FEED_TEXT_MOST, "message's id"),
    E("AddtlNtryInf", JOIN, information, FEED_TEXT_MOST, "additional information"),
    P("Refs/AcctSvcrRef", KEEP, service_reference, REFERENCE_MOST, "bank's reference"),
    P("Refs/InstrId", KEEP, instruction, REFERENCE_MOST, "instruction's id"),
    P("Refs/EndToEndId", KEEP, end_to_end, REFERENCE_MOST, "end-to-end id"),
    P("Refs/TxId", KEEP, transaction, REFERENCE_MOST, "transaction's id"),
    P("Amt", AMOUNT, amount.text, VALUE_MOST, "payment's amount"),
    P("CdtDbtInd", KEEP, amount.direction, VALUE_MOST, "payment's direction"),
    P("AmtDtls/TxAmt/Amt", AMOUNT, inner.text, VALUE_MOST, "payment's amount"),
    P("RltdPties/Dbtr/Nm", KEEP, debtor_name, NAME_MOST, "debtor's name"),
    P("RltdPties/Dbtr/Pty/Nm", KEEP, debtor_name, NAME_MOST, "debtor's name"), /* from 08 */
    P("RltdPties/DbtrAcct/Id/IBAN", KEEP, debtor_account, VALUE_MOST, "debtor's account"),
    P("RltdPties/DbtrAcct/Id/Othr/Id", KEEP, debtor_account, VALUE_MOST, "debtor's account"),
    P("RltdPties/Cdtr/Nm", KEEP, creditor_name, NAME_MOST, "creditor's name"),
    P("RltdPties/Cdtr/Pty/Nm", KEEP, creditor_name, NAME_MOST, "creditor's name"),
    P("RltdPties/CdtrAcct/Id/IBAN", KEEP, creditor_account, VALUE_MOST, "creditor's account"),
    P("RltdPties/CdtrAcct/Id/Othr/Id", KEEP, creditor_account, VALUE_MOST, "creditor's account"),
    P("RmtInf/Ustrd", JOIN, unstructured, FEED_TEXT_MOST, "remittance text"),
    P("RmtInf/Strd/CdtrRefInf/Ref", JOIN, structured, FEED_TEXT_MOST, "remittance reference"),
    P("AddtlTxInf", JOIN, information, FEED_TEXT_MOST, "additional information"),
    P("RtrInf", MARK, returned, 0, NULL),
    P("RtrInf/Rsn/Cd", KEEP, reason, VALUE_MOST, "return's reason"),
    P("RtrInf/Rsn/Prtry", KEEP, reason, REFERENCE_MOST, "return's reason"),
#undef OPEN
#undef ROW
#undef HEAD
#undef E
#undef P
};

/* Where the walk stands at one depth. */
struct step {
    enum scope scope, begins; /* begins: NONE if it is not the first of a scope */
    size_t from, path_length; /* where in the path the scope's part begins; where it ends */
    const struct row *row;    /* its text is wanted */
};

struct walk {
    struct xml_walk xml;

    char space[sizeof NAMESPACE + 2]; /* the namespace of this file */
    struct step steps[XML_DEPTH_MOST + 1];
    char path[PATH_MOST];
    char text[FEED_TEXT_MOST + 1];
    size_t text_length;

    struct arena statement_arena, entry_arena;
    size_t entry_text;
    struct head head;
    struct balance balance;
    struct camt053_entry entry;
    struct feed_statement statement;
    int began; /* the line of the statement */
    bool in_entries, has_opening, has_previous, has_closing;
    money previous;
    bool all_balanced;
    struct feed_seen seen;
    struct camt053_judge judge;
};

#define WALK_REFUSE(w, code, ...) XML_REFUSE(&(w)->xml, code, __VA_ARGS__)

/* --- the scopes --- */

static void *scope_base(struct walk *w, enum scope scope)
{
    switch (scope) {
    case STATEMENT: return &w->head;
    case BALANCE: return &w->balance;
    case ENTRY: return &w->entry;
    case PAYMENT: return &w->entry.payments[w->entry.count - 1];
    default: return NULL;
    }
}

static struct arena *scope_arena(struct walk *w, enum scope scope)
{
    return scope == ENTRY || scope == PAYMENT ? &w->entry_arena : &w->statement_arena;
}

/* Something is wrong with a text: in an entry that entry is at fault, elsewhere the file. */
static bool text_wrong(struct walk *w, const struct row *row, const char *problem)
{
    if (row->scope != ENTRY && row->scope != PAYMENT)
        return WALK_REFUSE(w, "statement_incomplete", "On line %d the %s %s.",
                           xml_walk_line(&w->xml), row->what, problem);
    if (!w->entry.fault) {
        w->entry.fault      = arena_print(&w->entry_arena, "The %s %s.", row->what, problem);
        w->entry.fault_line = xml_walk_line(&w->xml);
    }
    return true;
}

/* Puts a text in its field: the first time as it is, later only if the field takes several. */
static bool text_keep(struct walk *w, const struct row *row, const char *text, size_t n)
{
    const char **field  = (const char **)((char *)scope_base(w, row->scope) + row->offset);
    struct arena *arena = scope_arena(w, row->scope);

    if (n == 0) return true;
    if (!feed_text_valid(text, n)) return text_wrong(w, row, "has a character that is not text");
    if (*field && row->deed != JOIN) return text_wrong(w, row, "is there twice");
    size_t whole = n + (*field ? strlen(*field) + 1 : 0);
    if (whole > row->most) return text_wrong(w, row, "is longer than any bank's");
    if (arena == &w->entry_arena && (w->entry_text += whole) > ENTRY_TEXT_MOST)
        return WALK_REFUSE(w, "xml_hostile",
                           "The entry on line %d holds more than %d bytes of text.", w->entry.line,
                           ENTRY_TEXT_MOST);
    *field =
        *field ? arena_print(arena, "%s %.*s", *field, (int)n, text) : arena_text(arena, text, n);
    return true;
}

static bool payment_begin(struct walk *w)
{
    struct camt053_entry *e = &w->entry;

    if (e->count >= FEED_BATCH_MOST)
        return WALK_REFUSE(w, "too_many_lines", "The entry on line %d has more than %d payments.",
                           e->line, FEED_BATCH_MOST);
    if (e->count == e->room) {
        size_t room = e->room ? e->room * 2 : 1, each = sizeof *e->payments;
        e->payments = arena_grow(&w->entry_arena, e->payments, e->count * each, room * each);
        e->room     = room;
    }
    e->payments[e->count++] = (struct camt053_payment){ .line = xml_walk_line(&w->xml) };
    return true;
}

/* The statement's head is complete when its first entry, or its end, has come. */
static bool head_complete(struct walk *w)
{
    struct feed_statement *s = &w->statement;

    if (w->in_entries) return true;
    w->in_entries = true;
    if (!w->head.id)
        return WALK_REFUSE(w, "statement_incomplete", "The statement on line %d has no Id.",
                           w->began);
    s->id      = w->head.id;
    s->account = w->head.iban ? w->head.iban : w->head.other;
    if (!s->account)
        return WALK_REFUSE(w, "statement_incomplete", "Statement %s does not name its account.",
                           s->id);
    if (w->head.currency && strcmp(w->head.currency, "GBP"))
        return WALK_REFUSE(w, "currency_not_gbp",
                           "Statement %s is of an account in %s, not in GBP.", s->id,
                           w->head.currency);
    if (!w->has_opening && w->has_previous) s->opening = w->previous;
    if ((!w->has_opening && !w->has_previous) || !w->has_closing)
        return WALK_REFUSE(w, "statement_incomplete",
                           "Statement %s has no %s balance (%s) before its entries.", s->id,
                           w->has_closing ? "opening" : "closing",
                           w->has_closing ? "OPBD or PRCD" : "CLBD");
    s->has_balances = true;
    w->judge.sink->statement(w->judge.sink->context, s);
    return true;
}

static bool statement_begin(struct walk *w)
{
    if (++w->judge.summary->statements > FEED_STATEMENTS_MOST)
        return WALK_REFUSE(w, "too_many_lines", "The file has more than %d statements.",
                           FEED_STATEMENTS_MOST);
    arena_reset(&w->statement_arena);
    w->began      = xml_walk_line(&w->xml);
    w->head       = (struct head){ 0 };
    w->statement  = (struct feed_statement){ .id = "", .account = "" };
    w->in_entries = w->has_opening = w->has_previous = w->has_closing = false;
    w->judge.in = w->judge.out = MONEY_NONE;
    w->judge.unreadable        = 0;
    return true;
}

static bool statement_end(struct walk *w)
{
    const struct feed_statement *s = &w->statement;
    char a[MONEY_TEXT], b[MONEY_TEXT];

    if (!head_complete(w)) return false;
    if (w->judge.unreadable) {
        w->all_balanced = false;
        return true;
    }
    money sum = money_subtract(money_add(s->opening, w->judge.in), w->judge.out);
    if (sum.p == s->closing.p) return true;
    return WALK_REFUSE(w, "balance_mismatch",
                       "Statement %s: its opening balance and entries come to %s, but its closing "
                       "balance is %s.",
                       s->id, money_text(sum, a), money_text(s->closing, b));
}

static bool balance_end(struct walk *w)
{
    const struct balance *b = &w->balance;
    bool opening            = b->code && !strcmp(b->code, "OPBD"),
         closing            = b->code && !strcmp(b->code, "CLBD"),
         previous           = b->code && !strcmp(b->code, "PRCD");
    bool debit              = b->amount.direction && !strcmp(b->amount.direction, "DBIT");
    bool twice              = opening ? w->has_opening : closing ? w->has_closing : w->has_previous;
    money amount;

    if (!opening && !closing && !previous) return true;
    const char *wrong = camt053_amount_read(&b->amount, &w->statement_arena, &amount);
    if (!wrong && !debit && (!b->amount.direction || strcmp(b->amount.direction, "CRDT")))
        wrong = "CdtDbtInd must be CRDT or DBIT.";
    if (!wrong && twice) wrong = "It is there twice.";
    if (wrong)
        return WALK_REFUSE(w, "statement_incomplete", "The balance %s on line %d: %s", b->code,
                           xml_walk_line(&w->xml), wrong);
    if (debit) amount = money_negate(amount);
    *(opening ? &w->statement.opening : closing ? &w->statement.closing : &w->previous) = amount;
    w->has_opening |= opening;
    w->has_closing |= closing;
    w->has_previous |= previous;
    return true;
}

static bool entry_end(struct walk *w)
{
    bool ok = camt053_entry_judge(&w->judge, &w->entry, w->xml.fail);
    if (!ok) w->xml.refused = true;
    arena_reset(&w->entry_arena);
    return ok;
}

static bool scope_begin(struct walk *w, enum scope scope)
{
    switch (scope) {
    case STATEMENT: return statement_begin(w);
    case BALANCE:
        if (w->in_entries)
            return WALK_REFUSE(w, "statement_incomplete",
                               "A balance on line %d comes after the entries.",
                               xml_walk_line(&w->xml));
        w->balance = (struct balance){ 0 };
        return true;
    case ENTRY:
        if (!head_complete(w)) return false;
        w->entry      = (struct camt053_entry){ .line = xml_walk_line(&w->xml) };
        w->entry_text = 0;
        return true;
    case PAYMENT: return payment_begin(w);
    default: return true;
    }
}

static bool scope_end(struct walk *w, enum scope scope)
{
    switch (scope) {
    case STATEMENT: return statement_end(w);
    case BALANCE: return balance_end(w);
    case ENTRY: return entry_end(w);
    default: return true;
    }
}

/* --- elements --- */

static bool root_check(struct walk *w)
{
    const char *space = xml_walk_space(&w->xml);
    const char *name  = xml_walk_name(&w->xml);
    size_t n          = strlen(NAMESPACE);

    bool known = space && !strncmp(space, NAMESPACE, n) && strlen(space) == n + 2 &&
                 strspn(space + n, "0123456789") == 2 && strcmp(space + n, "02") >= 0;
    if (!known || strcmp(name, "Document") != 0)
        return WALK_REFUSE(
            w, "not_camt053",
            "The file is not a camt.053 statement: its first element is not Document "
            "of " NAMESPACE "02 or later.");
    memcpy(w->space, space, n + 3);
    return true;
}

static const struct row *row_find(enum scope scope, const char *path)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].scope == scope && !strcmp(rows[i].path, path)) return &rows[i];
    return NULL;
}

/* Adds the element's name to the path and says what is to be done with it. */
static const struct row *element_find(struct walk *w, const struct step *parent, struct step *step)
{
    const char *name  = xml_walk_name(&w->xml);
    const char *space = xml_walk_space(&w->xml);
    size_t from = parent->path_length, slash = from > parent->from, n = strlen(name);

    step->scope = parent->scope;
    if (parent->scope == NONE || !space || strcmp(space, w->space) != 0 ||
        from + slash + n >= PATH_MOST) {
        step->scope = NONE;
        return NULL;
    }
    if (slash) w->path[from] = '/';
    memcpy(w->path + from + slash, name, n + 1);
    step->from        = parent->from;
    step->path_length = from + slash + n;
    return row_find(step->scope, w->path + step->from);
}

static bool currency_keep(struct walk *w, const struct row *row)
{
    struct camt053_amount *amount = (void *)((char *)scope_base(w, row->scope) + row->offset);
    const char *value = xml_walk_attribute(&w->xml, "Ccy", VALUE_MOST, scope_arena(w, row->scope));

    if (!value) return true;
    size_t n = strlen(value);
    if (n > VALUE_MOST || !feed_text_valid(value, n))
        return text_wrong(w, row, "has a currency that is no code");
    amount->currency = value;
    return true;
}

static bool element_end(void *context, int depth)
{
    struct walk *w    = context;
    struct step *step = &w->steps[depth];

    if (step->row) {
        size_t n = feed_text_tidy(w->text, w->text_length);
        if (!text_keep(w, step->row, w->text, n)) return false;
        w->text_length = 0;
        step->row      = NULL;
    }
    return step->begins == NONE || scope_end(w, step->begins);
}

static bool element_begin(void *context, int depth)
{
    struct walk *w                 = context;
    static const struct step above = { .scope = TOP };
    const struct step *parent      = depth ? &w->steps[depth - 1] : &above;
    struct step *step              = &w->steps[depth];
    bool ok                        = true;

    if (depth == 0 && !root_check(w)) return false;
    *step                 = (struct step){ 0 };
    const struct row *row = element_find(w, parent, step);
    w->text_length        = 0;
    if (row && row->deed == BEGIN) {
        size_t end = step->path_length;
        *step      = (struct step){
                 .scope = row->begins, .begins = row->begins, .from = end, .path_length = end
        };
        ok = scope_begin(w, row->begins);
    } else if (row && row->deed == MARK) {
        *((bool *)scope_base(w, row->scope) + row->offset) = true;
    } else if (row) {
        step->row = row;
        ok        = row->deed != AMOUNT || currency_keep(w, row);
    }
    return ok;
}

/* Text counts directly inside the element that wants it; what does not fit is too long anyway. */
static bool element_text(void *context, int depth)
{
    struct walk *w = context;
    if (depth == 0 || !w->steps[depth - 1].row) return true;
    const char *s = xml_walk_value(&w->xml);
    size_t n      = s ? strlen(s) : 0;
    size_t room   = sizeof w->text - w->text_length;
    if (n > room) n = room;
    if (n > 0) memcpy(w->text + w->text_length, s, n);
    w->text_length += n;
    return true;
}

/* --- the file --- */

static bool walk_all(struct walk *w)
{
    if (!xml_walk_run(&w->xml)) return false;
    if (w->judge.summary->statements == 0)
        return WALK_REFUSE(w, "statement_incomplete", "The file has no statement (Stmt).");
    w->judge.summary->balanced = w->all_balanced;
    return true;
}

bool feed_read_camt053(const struct feed_source *source, const struct feed_sink *sink,
                       struct feed_summary *summary, struct fail *f)
{
    struct walk w = { .xml          = { .source  = source,
                                        .fail    = f,
                                        .format  = "camt.053",
                                        .context = &w,
                                        .begin   = element_begin,
                                        .text    = element_text,
                                        .end     = element_end },
                      .all_balanced = true };

    *summary = (struct feed_summary){ 0 };
    w.judge  = (struct camt053_judge){ .statement = &w.statement,
                                       .sink      = sink,
                                       .summary   = summary,
                                       .seen      = &w.seen,
                                       .arena     = &w.entry_arena };
    bool ok  = walk_all(&w);
    feed_seen_free(&w.seen);
    arena_free(&w.entry_arena);
    arena_free(&w.statement_arena);
    return ok;
}
