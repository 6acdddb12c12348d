/* prove.h: what a line of a statement stands on: from the line to its ledger rows, the event that
 * wrote them, the payment, the decision and its working, the receipt and how it was used, the fee's
 * arithmetic.  Worked out again from the record each time, never kept. */
#pragma once
#include "app/statement.h"

enum proof_link { PROOF_NO_LINK, PROOF_LINE, PROOF_DECISION, PROOF_RECEIPT, PROOF_EVENT };

struct proof_row {
    const char *label, *text;
    enum proof_link link; /* what the text can open into */
    int64_t id;
};
struct proof_part {
    const char *title;
    struct proof_row *rows;
    size_t n, room;
};
enum { PROOF_PARTS = 10 };
struct proof {
    struct statement_line line;
    struct proof_part parts[PROOF_PARTS];
    size_t n;
    bool holds; /* everything that was worked out again came out the same */
};

/* The line of the statement of `arrangement` (0: the paying parent's) whose ledger row is `entry`,
 * as known now.  For a receiving parent it shows only what is theirs: of the receipt its day and
 * their own share, of the decision their own award, of who wrote it only whether it was a person or
 * the program.  Refuses a line that is not on that statement. */
bool prove_line(struct store *store, struct arena *arena, int64_t pp, int64_t arrangement,
                int64_t entry, struct proof *proof, struct fail *fail);
/* The same as the parent sees it on their own pages: of whoever did something only whether it was a
 * parent, a caseworker or the program; nothing that staff wrote in free words. */
bool prove_line_for_parent(struct store *store, struct arena *arena, int64_t pp,
                           int64_t arrangement, int64_t entry, struct proof *proof,
                           struct fail *fail);
/* What kind of decision it is, for a reader: "" where the kind would tell a receiving parent that
 * another one applied. */
const char *prove_kind_words(const char *kind, int64_t arrangement);
/* Whether a step of a decision's working may be shown to a reader (arrangement 0: the paying
 * parent): a receiving parent sees what is about themselves and their own children, and nothing
 * where others share the calculation.  then: the family as known when the decision was made. */
struct explain_line;
bool prove_step_shows(const struct group *then, int64_t arrangement,
                      const struct explain_line *step);
