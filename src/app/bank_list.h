/* bank_list.h: what the bank has not shown yet, line by line: the terms "paid out and not yet seen"
 * and "received, and on no statement" of the night's proof (bank_proof.h), so that somebody can ask
 * the bank. */
#pragma once
#include "app/bank_proof.h"

enum bank_line_kind {
    BANK_FILE,       /* a file of payments, debited as one sum */
    BANK_PAYMENT,    /* one payment of a file */
    BANK_BACK,       /* a payment that came back, as another than a statement told: below nothing */
    BANK_WITHOUT,    /* handed on without a file, a day's sum */
    BANK_COLLECTION, /* a file of collections, credited as one sum */
    BANK_UNPAID,     /* a collection that came back: below nothing */
    BANK_RECEIPT     /* a receipt by hand or from a file without balances */
};
struct bank_line {
    enum bank_line_kind kind;
    int64_t pp;            /* 0: of several families */
    const char *reference; /* ours or the bank's, to ask by */
    const char *about;     /* who, how many, why */
    date day;              /* on which it was booked here */
    int32_t age;           /* days since */
    money amount;
};
/* The oldest first.  sum: of the lines; rest: what the proof's term has beside them: lines left
 * out, and what statements show of days that are not proved yet. */
struct bank_lines {
    struct bank_line *at;
    size_t n, room;
    size_t left; /* lines beyond the most */
    money sum, rest;
};
struct bank_list {
    bool proved; /* some day was; else nothing is listed */
    struct bank_lines out, in;
};
struct bank_list_order {
    date today;
    date since;  /* receipts recorded before are left out: reading them all takes time */
    size_t most; /* lines of each */
};

/* As of the last proved day. */
bool bank_list_read(struct store *store, struct arena *arena, const struct bank_list_order *order,
                    struct bank_list *list, struct fail *fail);
/* "file of payments", "payment by hand or without balances" ... */
const char *bank_line_name(enum bank_line_kind kind);
