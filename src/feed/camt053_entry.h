/* camt053_entry.h: one entry of a camt.053 as its texts, and what it means.
 *
 * The walk through the XML (camt053.c) fills these with the texts as they stand in the file, NULL
 * where the file has none; camt053_entry_judge alone decides what they say. */
#pragma once
#include "feed/feed.h"

struct camt053_amount {
    const char *text, *currency, *direction; /* direction: CRDT, DBIT */
};

/* One payment of an entry (TxDtls). */
struct camt053_payment {
    int line;
    bool returned;                /* there is return information */
    struct camt053_amount amount; /* of the payment itself */
    struct camt053_amount inner;  /* AmtDtls/TxAmt, where older versions keep it */
    const char *service_reference, *end_to_end, *transaction, *instruction;
    const char *debtor_name, *debtor_account, *creditor_name, *creditor_account;
    const char *structured, *unstructured, *information, *reason;
};

/* One entry (Ntry). */
struct camt053_entry {
    int line;
    struct camt053_amount amount;
    const char *number, *service_reference, *status, *reversal, *information;
    const char *batch, *message; /* what it books as one sum: our PmtInfId and MsgId */
    const char *booked, *value_day;
    struct camt053_payment *payments;
    size_t count, room;
    const char *fault; /* the first thing found wrong while reading, or NULL */
    int fault_line;
};

/* What an entry is judged against, and what it adds to. */
struct camt053_judge {
    const struct feed_statement *statement;
    const struct feed_sink *sink;
    struct feed_summary *summary;
    struct feed_seen *seen;
    struct arena *arena; /* for one entry: reset by the caller afterwards */
    size_t entries;      /* lines and faults alike */
    size_t unreadable;   /* entries whose amount could not be read */
    money in, out;       /* of this statement */
};

/* An amount as the schema writes it: trailing zeroes beyond the pence are let go; GBP only.  NULL
 * if it was read, else what is wrong with it. */
const char *camt053_amount_read(const struct camt053_amount *from, struct arena *arena,
                                money *amount);

/* Reports the entry as lines, as one fault, or counts it as pending.  False with f filled: the
 * whole file is refused, or the sink wants no more. */
bool camt053_entry_judge(struct camt053_judge *judge, const struct camt053_entry *entry,
                         struct fail *f);
