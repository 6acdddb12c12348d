/* letter_data.h: the frozen data of a letter, kept as JSON in its row, and the document made from
 * it: the same bytes give the same letter for ever. */
#pragma once
#include "base/out.h"
#include "letter/document.h"
#include "letters.h"

/* What every letter freezes beside its own data. */
struct letter_frozen {
    enum letter_name kind;
    struct letter_head head;
    struct letter_office office;
    struct letter_clearance cleared;
    struct letter_arrears_notice arrears;
    struct letter_refund_due refund;
    struct letter_payment_plan plan;
    struct letter_family_agreement agreement;
    struct letter_service_notice notice;
    struct letter_debit_notice debit;
    struct letter_receiver_plan receiver;
    struct letter_set_off_notice set_off;
    struct letter_earnings_notice earnings;
    struct letter_complaint_notice complaint;
    struct letter_asking_notice asking;
    struct letter_message_notice message;
    struct letter_decision_notice decision;
    int64_t person,
        arrangement; /* whom it goes to (0: the paying parent), of what; not in its data */
};

/* JSON text in the arena. */
const char *letter_freeze(const struct letter_frozen *frozen, struct arena *arena);
bool letter_thaw(const char *json, struct arena *arena, struct letter_frozen *frozen,
                 struct fail *fail);
/* The document; head and office inside frozen are pointed to. */
bool letter_render(struct letter_frozen *frozen, struct arena *arena,
                   struct letter_document *document, struct fail *fail);
