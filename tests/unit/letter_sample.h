/* letter_sample.h: one letter of each kind, for tests and the bench.  Nobody in it exists. */
#pragma once
#include "letters.h"

enum { SAMPLE_ROWS = 60 };

static const struct letter_office sample_office = {
    .name      = { { "Child Maintenance Service", "Gwasanaeth Cynhaliaeth Plant" } },
    .address   = { "Upkeep House", "1 Example Street", "Newtown", "SY16 0AA" },
    .telephone = "01632 960001",
    .web       = "upkeep.example/account",
};
static struct letter_clearance sample_clearance = { .basis = "sample" };

static inline struct letter_head sample_head(enum letter_language language, bool large)
{
    return (
        struct letter_head){ .language  = language,
                             .large     = large,
                             .recipient = "Siân O’Neill-Ŵyn",
                             .address = { "Flat 3", "27 Ffordd y Môr", "Aberystwyth", "SY23 9ZZ" },
                             .reference = "12 3456 7890",
                             .sent      = date_make(2026, 11, 16),
                             .owner     = "Alex Morgan",
                             .office    = &sample_office,
                             .cleared   = &sample_clearance };
}

static inline bool sample_arrears(const struct letter_head *head, size_t rows, struct arena *arena,
                                  struct letter_document *result, struct fail *fail)
{
    struct letter_arrears_notice_payment payments[SAMPLE_ROWS];
    struct letter_arrears_notice data = { .as_at         = date_make(2026, 11, 16),
                                          .reply_by      = date_make(2026, 11, 30),
                                          .payment       = payments,
                                          .payment_count = rows,
                                          .ongoing       = true,
                                          .next_due      = date_make(2026, 12, 4),
                                          .next_amount   = { 20800 },
                                          .pay_name      = "Child Maintenance Service",
                                          .pay_sort_code = "00-00-00",
                                          .pay_account   = "00000000" };

    for (size_t i = 0; i < rows; i++) {
        money paid  = { i % 3 == 1 ? 10000 : 0 };
        payments[i] = (struct letter_arrears_notice_payment){
            .due    = date_add_months(date_make(2026, 11, 4), (int)i - (int)rows + 1),
            .owed   = { 20800 },
            .paid   = paid,
            .unpaid = money_subtract((money){ 20800 }, paid),
        };
        data.total = money_add(data.total, payments[i].unpaid);
    }
    data.fee               = (money){ data.total.p / 6 };
    data.maintenance       = money_subtract(data.total, data.fee);
    sample_clearance.owed  = data.total;
    sample_clearance.as_at = data.as_at;
    return letter_arrears_notice(&data, head, arena, result, fail);
}

static inline bool sample_refund(const struct letter_head *head, struct arena *arena,
                                 struct letter_document *result, struct fail *fail)
{
    static const struct letter_refund_due_line lines[] = {
        { { 20545 },
          { { "You paid for a period after the arrangement had ended",
              "Taloch am gyfnod ar ôl i’r trefniant ddod i ben" } },
          { 250000 } },
        { { 20575 },
          { { "We took a payment from your earnings twice",
              "Cymerwyd taliad o’ch enillion gennym ddwywaith" } },
          { 62500 } },
        { { 20606 },
          { { "We used part of it for an earlier payment you had missed",
              "Defnyddiwyd rhan ohono ar gyfer taliad cynharach a gollwyd gennych" } },
          { -12500 } },
    };
    struct letter_refund_due data = { .total          = { 300000 },
                                      .line           = lines,
                                      .line_count     = 3,
                                      .demanded       = true,
                                      .demand_date    = date_make(2026, 9, 14),
                                      .pay_on         = date_make(2026, 11, 23),
                                      .account_known  = true,
                                      .account_ending = "4821" };
    return letter_refund_due(&data, head, arena, result, fail);
}

static inline bool sample_decision(const struct letter_head *head, struct arena *arena,
                                   struct letter_document *result, struct fail *fail)
{
    static const struct letter_decision_notice_period periods[] = {
        { { 20765 }, { { "£85.00", "£85.00" } }, { 7300 } },
        { { 20850 }, { { "£85.00", "£85.00" } }, { 9600 } },
    };
    static const struct letter_decision_notice_fact facts[] = {
        { { 20765 },
          { { "£600.00 (historic)", "£600.00 (hanesyddol)" } },
          { { "basic", "sylfaenol" } },
          "2; 1" },
        { { 20850 },
          { { "£600.00 (historic)", "£600.00 (hanesyddol)" } },
          { { "basic", "sylfaenol" } },
          "2; 0" },
    };
    static const struct letter_decision_notice_step steps[] = {
        { { { "From 8 November 2026", "O 8 Tachwedd 2026 ymlaen" } }, "" },
        { { { "£600 less 11% for 1 other child: £534.",
              "£600 llai 11% ar gyfer 1 plentyn arall: £534." } },
          "CSA 1991 Sch 1 para 2(3)" },
        { { { "16% of £534 for 2 children: £85.44.", "16% o £534 ar gyfer 2 o blant: £85.44." } },
          "CSA 1991 Sch 1 para 2(1)" },
        { { { "From 1 February 2027", "O 1 Chwefror 2027 ymlaen" } }, "" },
        { { { "16% of £600 for 2 children: £96.", "16% o £600 ar gyfer 2 o blant: £96." } },
          "CSA 1991 Sch 1 para 2(1)" },
    };
    static const struct letter_decision_notice_share shares[] = {
        { "Dana Frost", { { "Elin", "Elin" } }, { 3650 } },
        { "Rhian Bevan", { { "Tomos", "Tomos" } }, { 3650 } },
    };
    struct letter_decision_notice data = {
        .pays         = true,
        .weekly       = { 7300 },
        .effective    = date_make(2026, 11, 8),
        .children     = { { "Elin and Tomos", "Elin a Tomos" } },
        .changed      = true,
        .replaces     = true,
        .was_made     = date_make(2026, 3, 2),
        .was          = { 8500 },
        .several      = true,
        .period       = periods,
        .period_count = 2,
        .facts        = true,
        .fact         = facts,
        .fact_count   = 2,
        .rate         = { { "basic", "sylfaenol" } },
        .shared       = true,
        .explained    = true,
        .step         = steps,
        .step_count   = 5,
        .parts        = true,
        .share        = shares,
        .share_count  = 2,
        .challenge_by = date_make(2026, 12, 18),
    };
    return letter_decision_notice(&data, head, arena, result, fail);
}

static inline bool sample_paying(const struct letter_head *head, struct arena *arena,
                                 struct letter_document *result, struct fail *fail)
{
    static const struct letter_statement_paying_line lines[] = {
        { { 20700 }, { { "Opening balance", "Balans agoriadol" } }, { 20800 }, { 20800 } },
        { { 20720 },
          { { "A payment was recognised as the paying parent's. Receipt 3. Rule B-220. Line 21.",
              "Cydnabuwyd taliad fel un y rhiant sy’n talu. Derbynneb 3. Rheol B-220. Llinell "
              "21." } },
          { -25000 },
          { -4200 } },
        { { 20720 },
          { { "A payment was used for maintenance: £173.33. Receipt 3. Rule B-230. Line 22.",
              "Defnyddiwyd taliad ar gyfer cynhaliaeth: £173.33. Derbynneb 3. Rheol B-230. Llinell "
              "22." } },
          { 0 },
          { -4200 } },
    };
    struct letter_statement_paying data = {
        .owed_words  = { { "What we owe you", "Yr hyn sydd arnom i chi" } },
        .owed        = { 4200 },
        .closing     = { -4200 },
        .from        = { 20700 },
        .to          = { 20728 },
        .ongoing     = true,
        .next_due    = { 20730 },
        .next_total  = { 20800 },
        .next_amount = { 17333 },
        .next_fee    = { 3467 },
        .line        = lines,
        .line_count  = 3,
    };
    return letter_statement_paying(&data, head, arena, result, fail);
}

static inline bool sample_receiving(const struct letter_head *head, struct arena *arena,
                                    struct letter_document *result, struct fail *fail)
{
    static const struct letter_statement_receiving_line lines[] = {
        { { 20700 }, { { "Opening balance", "Balans agoriadol" } }, { 17333 }, { 17333 } },
        { { 20720 },
          { { "Money was sent to the receiving parent. Rule B-235. Line 24.",
              "Anfonwyd arian at y rhiant sy’n derbyn. Rheol B-235. Llinell 24." } },
          { -16640 },
          { 693 } },
    };
    struct letter_statement_receiving data = {
        .owed_words = { { "Still to come to you", "Eto i ddod i chi" } },
        .owed       = { 693 },
        .closing    = { 693 },
        .from       = { 20700 },
        .to         = { 20728 },
        .line       = lines,
        .line_count = 2,
    };
    return letter_statement_receiving(&data, head, arena, result, fail);
}

static inline bool sample_plan(const struct letter_head *head, struct arena *arena,
                               struct letter_document *result, struct fail *fail)
{
    struct letter_payment_plan_payment payments[12];
    struct letter_payment_plan data = { .weekly        = { 8400 },
                                        .receiver      = "Dana Frost",
                                        .payment       = payments,
                                        .payment_count = 12,
                                        .first         = date_make(2026, 12, 3),
                                        .direct        = true,
                                        .pay_name      = "Child Maintenance Service",
                                        .pay_sort_code = "00-00-00",
                                        .pay_account   = "00000000",
                                        .months        = 12 };

    for (int i = 0; i < 12; i++)
        payments[i] =
            (struct letter_payment_plan_payment){ date_add_months(data.first, i), { 36400 } };
    return letter_payment_plan(&data, head, arena, result, fail);
}

static inline bool sample_agreement(const struct letter_head *head, struct arena *arena,
                                    struct letter_document *result, struct fail *fail)
{
    struct letter_family_agreement data = { .paying     = "Marcus Webb",
                                            .receiving  = "Dana Frost",
                                            .children   = "Ella, Owen",
                                            .agreed     = { 30000 },
                                            .every      = { { "Every month", "Bob mis" } },
                                            .first      = date_make(2026, 12, 1),
                                            .worked_out = true,
                                            .figure     = { 8400 },
                                            .other      = "School shoes are shared.",
                                            .has_other  = true };
    return letter_family_agreement(&data, head, arena, result, fail);
}

static inline bool sample_notice(const struct letter_head *head, struct arena *arena,
                                 struct letter_document *result, struct fail *fail)
{
    static const struct letter_service_notice_payment payments[] = { { { 20700 }, { 36400 } },
                                                                     { { 20731 }, { 36400 } } };
    struct letter_service_notice data                            = { .asked           = true,
                                                                     .collects_paying = true,
                                                                     .owed_some       = true,
                                                                     .from            = date_make(2026, 11, 17),
                                                                     .reply_by        = date_make(2026, 11, 30),
                                                                     .payment         = payments,
                                                                     .payment_count   = 2,
                                                                     .owed            = { 26400 },
                                                                     .fee_paying      = "20%",
                                                                     .fee_receiving   = "4%" };
    return letter_service_notice(&data, head, arena, result, fail);
}

static inline bool sample_debit(const struct letter_head *head, struct arena *arena,
                                struct letter_document *result, struct fail *fail)
{
    static const struct letter_debit_notice_collection collections[] = { { { 20790 }, { 40320 } },
                                                                         { { 20818 }, { 40320 } },
                                                                         { { 20846 }, { 40320 } } };
    struct letter_debit_notice data                                  = { .amount           = { 40320 },
                                                                         .first            = { 20790 },
                                                                         .collection       = collections,
                                                                         .collection_count = 3,
                                                                         .days             = 10,
                                                                         .account_name     = "S O’Neill-Ŵyn",
                                                                         .account_ending   = "5670" };
    return letter_debit_notice(&data, head, arena, result, fail);
}

static inline bool sample_receiver(const struct letter_head *head, struct arena *arena,
                                   struct letter_document *result, struct fail *fail)
{
    static const struct letter_receiver_plan_payment payments[] = { { { 20793 }, { 32256 } },
                                                                    { { 20821 }, { 32256 } } };
    struct letter_receiver_plan data                            = { .weekly        = { 8400 },
                                                                    .payer         = "Marcus Webb",
                                                                    .payment       = payments,
                                                                    .payment_count = 2,
                                                                    .first         = { 20793 },
                                                                    .fee           = "4%",
                                                                    .days          = 3 };
    return letter_receiver_plan(&data, head, arena, result, fail);
}

static inline bool sample_set_off(const struct letter_head *head, struct arena *arena,
                                  struct letter_document *result, struct fail *fail)
{
    struct letter_set_off_notice data = { .amount = { 26000 },
                                          .spares = true,
                                          .weekly = { 1500 },
                                          .day    = date_make(2026, 11, 16),
                                          .other  = "Dana Frost",
                                          .owed   = { 4200 },
                                          .as_at  = date_make(2026, 11, 16) };
    return letter_set_off_notice(&data, head, arena, result, fail);
}

static inline bool sample_earnings(const struct letter_head *head, struct arena *arena,
                                   struct letter_document *result, struct fail *fail)
{
    struct letter_earnings_notice data = { .made        = true,
                                           .takes       = true,
                                           .from        = date_make(2026, 12, 1),
                                           .weekly      = { 11080 },
                                           .two_weekly  = { 22160 },
                                           .four_weekly = { 44320 },
                                           .monthly     = { 48013 },
                                           .has_arrears = true,
                                           .arrears     = { 1000 },
                                           .has_kept    = true,
                                           .kept        = "60%",
                                           .latest      = "19" };
    return letter_earnings_notice(&data, head, arena, result, fail);
}

static inline bool sample_complaint(const struct letter_head *head, struct arena *arena,
                                    struct letter_document *result, struct fail *fail)
{
    struct letter_complaint_notice data = {
        .final       = true,
        .told        = true,
        .complained  = date_make(2026, 10, 26),
        .examiner_by = date_make(2027, 5, 16),
        .words       = "We should have rung you back. We are sorry, and pay you 50.00 for it.",
    };
    return letter_complaint_notice(&data, head, arena, result, fail);
}

static inline bool sample_asking(const struct letter_head *head, struct arena *arena,
                                 struct letter_document *result, struct fail *fail)
{
    struct letter_asking_notice data = {
        .stands    = true,
        .told_on   = date_make(2026, 10, 26),
        .appeal_by = date_make(2026, 12, 16),
        .has_said  = true,
        .said      = "The income we used is the one on your tax record.",
    };
    return letter_asking_notice(&data, head, arena, result, fail);
}

static inline bool sample_message(const struct letter_head *head, struct arena *arena,
                                  struct letter_document *result, struct fail *fail)
{
    struct letter_message_notice data = {
        .asks     = true,
        .reply_by = date_make(2026, 11, 30),
        .words    = "Please tell us on which days the children stay with you.",
    };
    return letter_message_notice(&data, head, arena, result, fail);
}

static inline bool sample_invitation(const struct letter_head *head, struct arena *arena,
                                     struct letter_document *result, struct fail *fail)
{
    struct letter_invitation data = { .code  = "K7PM-42XD-9QRT-HW3C",
                                      .until = date_make(2026, 12, 14) };
    return letter_invitation(&data, head, arena, result, fail);
}

static inline bool sample_employer(const struct letter_head *head, struct arena *arena,
                                   struct letter_document *result, struct fail *fail)
{
    struct letter_employer_order data = { .employee    = "Marcus Webb",
                                          .works       = "000000004711",
                                          .known       = true,
                                          .employer    = "507391000017",
                                          .order       = 1,
                                          .made        = date_make(2026, 11, 16),
                                          .from        = date_make(2026, 12, 1),
                                          .takes       = true,
                                          .binds       = true,
                                          .weekly      = { 11080 },
                                          .two_weekly  = { 22160 },
                                          .four_weekly = { 44320 },
                                          .monthly     = { 48013 },
                                          .shares      = true,
                                          .kept        = "60%",
                                          .latest      = "19",
                                          .charge      = { 100 },
                                          .code        = "K7PM-42XD-9QRT-HW3C" };
    return letter_employer_order(&data, head, arena, result, fail);
}

static inline bool sample_nudge(const struct letter_head *head, struct arena *arena,
                                struct letter_document *result, struct fail *fail)
{
    static const struct letter_account_nudge data;
    return letter_account_nudge(&data, head, arena, result, fail);
}
