/* routes.c: every way in.  What is not here does not exist. */
#include "web/account_page.h"
#include "web/apply.h"
#include "web/authority_page.h"
#include "web/calculator.h"
#include "web/case.h"
#include "web/dispatch.h"
#include "web/employer_page.h"
#include "web/invite_page.h"
#include "web/own.h"
#include "web/passkey_page.h"
#include "web/program_page.h"
#include "web/provider_page.h"
#include "web/public.h"
#include "web/second_page.h"
#include "web/sign_in.h"

/* A question: shown, and answered by its form. */
#define ASK(path, name)                                                                            \
    { METHOD_GET, path, ACCESS_PUBLIC, ask_show, NULL, false },                                    \
    {                                                                                              \
        METHOD_POST, path, ACCESS_PUBLIC, take_##name, &form_ask_##name, true                      \
    }
#define APPLY(path, name)                                                                          \
    { METHOD_GET, path, ACCESS_PUBLIC, apply_ask, NULL, false },                                   \
    {                                                                                              \
        METHOD_POST, path, ACCESS_PUBLIC, apply_take, &form_apply_##name, true                     \
    }
#define PUBLIC(path, run)                                                                          \
    {                                                                                              \
        METHOD_GET, path, ACCESS_PUBLIC, run, NULL, false                                          \
    }

/* A caseworker's page: without a form, with the query's form, and what a form is sent to. */
#define CASE(path, run)                                                                            \
    {                                                                                              \
        METHOD_GET, path, ACCESS_CASEWORKER, run, NULL, false                                      \
    }
#define CASE_ASKED(path, run, form)                                                                \
    {                                                                                              \
        METHOD_GET, path, ACCESS_CASEWORKER, run, &form, true                                      \
    }
#define CASE_DO(path, run, form)                                                                   \
    {                                                                                              \
        METHOD_POST, path, ACCESS_CASEWORKER, run, &form, true                                     \
    }

/* What whoever looks into a case reads too. */
#define READ(path, run)                                                                            \
    {                                                                                              \
        METHOD_GET, path, ACCESS_CASE, run, NULL, false                                            \
    }
#define READ_ASKED(path, run, form)                                                                \
    {                                                                                              \
        METHOD_GET, path, ACCESS_CASE, run, &form, true                                            \
    }

/* A page of an employer without an account. */
#define EMPLOYER(path, run)                                                                        \
    {                                                                                              \
        METHOD_GET, path, ACCESS_EMPLOYER, run, NULL, false                                        \
    }
#define EMPLOYER_DO(path, run, form)                                                               \
    {                                                                                              \
        METHOD_POST, path, ACCESS_EMPLOYER, run, &form, true                                       \
    }

/* A parent's own page. */
#define OWN(path, run)                                                                             \
    {                                                                                              \
        METHOD_GET, path, ACCESS_OWN, run, NULL, false                                             \
    }
#define OWN_ASKED(path, run, form)                                                                 \
    {                                                                                              \
        METHOD_GET, path, ACCESS_OWN, run, &form, true                                             \
    }

/* clang-format off */
const struct route routes[] = {
    PUBLIC("/", public_home),
    PUBLIC("/help", public_help),
    PUBLIC("/safety", public_safety),
    PUBLIC("/cookies", public_cookies),
    PUBLIC("/doing", public_doing),
    PUBLIC("/exit", public_exit),
    { METHOD_GET, "/language/{}", ACCESS_PUBLIC, public_language, &form_language, false },

    { METHOD_GET, "/sign-in", ACCESS_PUBLIC, sign_in_show, &form_sign_in_next, true },
    { METHOD_POST, "/sign-in", ACCESS_PUBLIC, sign_in_do, &form_sign_in, true },
    { METHOD_GET, "/sign-in/code", ACCESS_PUBLIC, sign_in_code_show, &form_sign_in_next, true },
    { METHOD_POST, "/sign-in/code", ACCESS_PUBLIC, sign_in_code_do, &form_sign_in_code, true },
    PUBLIC("/activate", activate_show),
    { METHOD_POST, "/activate", ACCESS_PUBLIC, activate_do, &form_activate, true },
    { METHOD_POST, "/sign-out", ACCESS_ACCOUNT, sign_out_do, NULL, false },
    { METHOD_POST, "/sign-in/passkey", ACCESS_PUBLIC, passkey_begin_do, &form_sign_in_next, false },
    { METHOD_POST, "/sign-in/passkey/end", ACCESS_PUBLIC, passkey_end_do, &form_passkey_use, false },
    { METHOD_POST, "/sign-in/provider", ACCESS_PUBLIC, provider_begin_do, &form_sign_in_provider, false },
    PUBLIC("/sign-in/provider/go", provider_go_show),
    { METHOD_GET, "/sign-in/provider/return", ACCESS_PUBLIC, provider_back_show, &form_sign_in_return, true },
    { METHOD_POST, "/sign-in/provider/end", ACCESS_PUBLIC, provider_end_do, &form_sign_in_end, false },
    { METHOD_GET, "/account", ACCESS_ACCOUNT, account_show, &form_account_said, true },
    { METHOD_GET, "/account/password", ACCESS_ACCOUNT, account_password_show, NULL, false },
    { METHOD_POST, "/account/password", ACCESS_ACCOUNT, account_password_do,
      &form_account_password, true },
    { METHOD_GET, "/account/second", ACCESS_ACCOUNT, second_show, NULL, false },
    { METHOD_POST, "/account/second", ACCESS_ACCOUNT, second_do, &form_account_second, true },
    { METHOD_GET, "/account/app", ACCESS_ACCOUNT, second_app_show, NULL, false },
    { METHOD_POST, "/account/app", ACCESS_ACCOUNT, second_app_do, &form_account_app, true },
    { METHOD_GET, "/account/passkeys", ACCESS_ACCOUNT, passkeys_show, NULL, false },
    { METHOD_POST, "/account/passkeys", ACCESS_ACCOUNT, passkeys_do, &form_account_passkeys, true },
    { METHOD_POST, "/account/passkeys/end", ACCESS_ACCOUNT, passkeys_end_do, &form_passkey_make, false },
    { METHOD_GET, "/account/providers", ACCESS_ACCOUNT, account_providers_show, NULL, false },
    { METHOD_POST, "/account/providers", ACCESS_ACCOUNT, account_providers_do, &form_account_provider, true },
    { METHOD_GET, "/account/tokens", ACCESS_ACCOUNT, token_show, NULL, false },
    { METHOD_POST, "/account/tokens", ACCESS_ACCOUNT, token_do, &form_account_token, true },
    { METHOD_POST, "/account/tokens/revoke", ACCESS_ACCOUNT, token_end_do, &form_account_token_end, false },
    { METHOD_POST, "/account/leave", ACCESS_ACCOUNT, account_leave, NULL, false },
    { METHOD_POST, "/account/know", ACCESS_CASE, account_know, &form_account_know, true },

    OWN("/home", own_home),
    OWN("/home/worked/{}", own_worked),
    OWN_ASKED("/home/account/{}", own_account, form_own_month),
    OWN_ASKED("/home/account/{}/{}", own_account_file, form_own_month),
    OWN("/home/line/{}/{}", own_line),
    OWN("/home/letters", own_letters),
    OWN_ASKED("/home/letter/{}/{}", own_letter, form_case_letter_look),
    OWN_ASKED("/home/letter/{}/{}/pdf", own_letter_pdf, form_case_letter_look),
    OWN_ASKED("/home/letter/{}/{}/plain", own_letter_plain, form_case_letter_look),
    OWN("/home/looks", own_looks),
    OWN("/home/application", apply_home),
    { METHOD_POST, "/home/application", ACCESS_OWN, apply_home_do, &form_apply_return, true },
    { METHOD_POST, "/home/application/out", ACCESS_OWN, apply_home_out, &form_apply_home_out, false },
    OWN("/home/application/{}", apply_sent),
    { METHOD_POST, "/home/application/{}", ACCESS_OWN, apply_sent_do, &form_apply_answer, true },
    OWN("/home/application/{}/withdraw", apply_withdraw),
    { METHOD_POST, "/home/application/{}/withdraw", ACCESS_OWN, apply_withdraw_do, NULL, false },
    OWN_ASKED("/home/authority", own_authority, form_own_sent),
    { METHOD_POST, "/home/authority", ACCESS_OWN, own_authority_do, &form_authority_give, true },
    { METHOD_POST, "/home/authority/end", ACCESS_OWN, own_authority_end, &form_authority_end, false },
    OWN("/acting", acting_show),
    { METHOD_POST, "/acting", ACCESS_OWN, acting_do, &form_acting_choose, false },
    { METHOD_POST, "/acting/code", ACCESS_OWN, acting_code_do, &form_acting_code, true },
    OWN_ASKED("/home/messages", own_messages, form_own_sent),
    OWN("/home/complaint", own_complaint),
    OWN_ASKED("/home/write/{}", own_write, form_own_write_kind),
    { METHOD_POST, "/home/write/{}", ACCESS_OWN, own_write_do, &form_own_message, true },
    OWN("/home/message/{}/{}", own_message),
    { METHOD_POST, "/home/message/{}/{}", ACCESS_OWN, own_message_do, &form_own_reply, true },
    OWN_ASKED("/home/payments/{}", own_payments, form_own_said),
    { METHOD_POST, "/home/payments/{}", ACCESS_OWN, own_payments_do, &form_own_paid, true },
    OWN("/home/pay/{}", own_pay),
    { METHOD_POST, "/home/pay/{}", ACCESS_OWN, own_pay_do, &form_own_pay, true },
    { METHOD_GET_KEEPS, "/home/pay/{}/{}", ACCESS_OWN, own_pay_one, NULL, false },
    { METHOD_POST, "/home/pay/{}/{}", ACCESS_OWN, own_pay_one_do, &form_own_pay_do, false },
    { METHOD_GET_KEEPS, "/home/pay/{}/{}/go", ACCESS_OWN, own_pay_go, NULL, false },
    PUBLIC("/paid/{}/{}", card_back),
    { METHOD_POST_SIGNED, "/card/notice", ACCESS_PUBLIC, card_notice, NULL, false },
    OWN("/home/change", own_changes),
    OWN("/home/change/{}/{}", own_change),
    { METHOD_POST, "/home/change/{}/{}", ACCESS_OWN, own_change_do, &form_own_change, true },
    OWN_ASKED("/home/told/{}/{}", own_told, form_own_told_said),
    { METHOD_POST, "/home/told/{}/{}", ACCESS_OWN, own_told_do, &form_own_told, true },
    OWN("/home/reconsider/{}", own_reconsider),
    { METHOD_POST, "/home/reconsider/{}", ACCESS_OWN, own_reconsider_do, &form_own_reconsider, true },

    PUBLIC("/calculator", calculator_start),
    PUBLIC("/calculator/check", calculator_check),
    PUBLIC("/calculator/result", calculator_result),
    PUBLIC("/calculator/answers.json", calculator_json),
    { METHOD_POST, "/calculator/code", ACCESS_PUBLIC, calculator_code, NULL, false },
    { METHOD_POST, "/calculator/again", ACCESS_PUBLIC, calculator_again, NULL, false },
    ASK("/calculator/side", side),
    ASK("/calculator/circumstances", circumstance),
    ASK("/calculator/benefits", benefit),
    ASK("/calculator/partner", partner),
    ASK("/calculator/income", income),
    ASK("/calculator/amount", amount),
    ASK("/calculator/pension", pension),
    ASK("/calculator/parents", receivers),
    ASK("/calculator/parent/{}/children", children),
    ASK("/calculator/parent/{}/care", care),
    ASK("/calculator/parent/{}/child/{}/nights", nights),
    ASK("/calculator/other-children", others),
    ASK("/calculator/other-arrangements", arrangements),
    ASK("/calculator/special", special),
    ASK("/calculator/special/{}", ground),

    PUBLIC("/apply", apply_start),
    PUBLIC("/apply/who", apply_who),
    { METHOD_POST, "/apply/who", ACCESS_PUBLIC, apply_who_do, &form_apply_who, true },
    PUBLIC("/apply/tasks", apply_tasks),
    { METHOD_POST, "/apply/tasks", ACCESS_PUBLIC, apply_keep, NULL, false },
    PUBLIC("/apply/return", apply_return),
    { METHOD_POST, "/apply/return", ACCESS_PUBLIC, apply_return_do, &form_apply_return, true },
    PUBLIC("/apply/check", apply_check),
    { METHOD_POST, "/apply/check", ACCESS_PUBLIC, apply_check_do, &form_apply_check, true },
    PUBLIC("/apply/sent", apply_sent),
    { METHOD_POST, "/apply/sent", ACCESS_PUBLIC, apply_sent_do, &form_apply_answer, true },
    PUBLIC("/apply/withdraw", apply_withdraw),
    { METHOD_POST, "/apply/withdraw", ACCESS_PUBLIC, apply_withdraw_do, NULL, false },
    PUBLIC("/apply/children", apply_children),
    { METHOD_POST, "/apply/children", ACCESS_PUBLIC, apply_children_out, &form_apply_children, false },
    PUBLIC("/apply/child/{}", apply_child),
    { METHOD_POST, "/apply/child/{}", ACCESS_PUBLIC, apply_child_take, &form_apply_child, true },
    APPLY("/apply/name", name),
    APPLY("/apply/nation", nation),
    APPLY("/apply/nino", nino),
    APPLY("/apply/address", address),
    APPLY("/apply/reach", reach),
    APPLY("/apply/safe", safe),
    APPLY("/apply/abuse", abuse),
    APPLY("/apply/helper", helper),
    APPLY("/apply/carer", carer),
    APPLY("/apply/other", other),
    APPLY("/apply/find", find),
    APPLY("/apply/contact", contact),
    APPLY("/apply/court", court),
    APPLY("/apply/abroad", abroad),
    APPLY("/apply/service", service),
    APPLY("/apply/often", often),
    APPLY("/apply/estimate", estimate),
    APPLY("/apply/words", words),

    READ_ASKED("/work", case_home, form_case_find),
    CASE_ASKED("/work-list", work_list, form_work_list),
    CASE_ASKED("/application", case_apply, form_case_apply_start),
    CASE_DO("/application", case_apply_do, form_case_apply),
    CASE("/application/online", case_online_list),
    CASE("/application/online/{}", case_online),
    CASE_DO("/application/online/{}", case_online_do, form_case_online),
    CASE_DO("/application/online/{}/sealed", case_online_show, form_case_online_why),
    CASE("/application/online/{}/alert/{}", case_online_alert),
    CASE_DO("/application/online/{}/alert/{}", case_online_alert_do, form_case_alert),
    CASE_ASKED("/bank", case_bank, form_case_said),
    CASE_DO("/bank", case_bank_do, form_case_bank),
    CASE_DO("/bank/match", case_match_do, form_case_match),
    CASE("/bank/open", case_bank_open),
    CASE("/accounts", case_chart),
    CASE_ASKED("/suspense", case_suspense, form_case_suspense),
    READ_ASKED("/case/{}", case_summary, form_case_said),
    { METHOD_POST, "/case/{}/day", ACCESS_CASEWORKER, case_day, NULL, false },
    CASE("/case/{}/invite", case_invite),
    CASE_DO("/case/{}/invite", case_invite_do, form_case_invite),
    CASE("/case/{}/authority", case_authority),
    CASE_DO("/case/{}/authority", case_authority_do, form_authority_give),
    CASE_DO("/case/{}/authority/end", case_authority_end, form_authority_end),
    CASE("/case/{}/done/{}/{}", clock_done_show),
    CASE_DO("/case/{}/done/{}/{}", clock_done_do, form_clock_done),
    CASE("/case/{}/told", case_told_list),
    CASE("/case/{}/told/{}", case_told),
    CASE_DO("/case/{}/told/{}", case_told_do, form_case_told),
    READ("/case/{}/timeline", case_timeline),
    READ_ASKED("/case/{}/facts", case_facts, form_case_days),
    READ("/case/{}/facts/history", case_fact_history),
    CASE("/case/{}/fact", case_fact_kinds),
    CASE("/case/{}/fact/{}", case_fact_form),
    CASE_DO("/case/{}/fact/{}", case_fact_do, form_case_fact),
    READ("/case/{}/sealed/{}", case_sealed),
    { METHOD_POST, "/case/{}/sealed/{}", ACCESS_CASE, case_sealed_do, &form_case_sealed, true },
    READ("/case/{}/decisions", case_decisions),
    READ_ASKED("/case/{}/decision/{}", case_decision, form_case_said),
    READ("/case/{}/decision/{}/input", case_decision_input),
    CASE_ASKED("/case/{}/decide", case_decide, form_case_decide_start),
    CASE_DO("/case/{}/decide", case_decide_do, form_case_decide),
    READ_ASKED("/case/{}/account", case_account, form_case_days),
    CASE_ASKED("/case/{}/account/{}", case_account_file, form_case_days),
    READ_ASKED("/case/{}/entry/{}", case_entry, form_case_days),
    CASE("/case/{}/card", case_card),
    { METHOD_POST, "/case/{}/card", ACCESS_CASEWORKER, case_card_do, &form_case_card, false },
    READ("/case/{}/receipt/{}", case_receipt),
    CASE("/case/{}/receipt", case_receipt_form),
    CASE_DO("/case/{}/receipt", case_receipt_do, form_case_receipt),
    READ_ASKED("/case/{}/service", case_service, form_case_said),
    CASE("/case/{}/service/{}/step/{}", case_service_step),
    CASE_DO("/case/{}/service/{}/step/{}", case_service_step_do, form_case_step),
    CASE("/case/{}/service/{}/payments", case_service_payments),
    CASE_DO("/case/{}/service/{}/payments", case_service_payments_do, form_case_paid),
    CASE("/case/{}/service/{}/choose", case_service_choose),
    CASE_DO("/case/{}/service/{}/choose", case_service_choose_do, form_case_choose),
    CASE("/case/{}/service/{}/agreement", case_service_agree),
    CASE_DO("/case/{}/service/{}/agreement", case_service_agree_do, form_case_agree),
    { METHOD_POST, "/case/{}/service/{}/plan", ACCESS_CASEWORKER, case_service_plan,
      &form_case_letter_plan, false },
    { METHOD_POST, "/case/{}/service/{}/arrears", ACCESS_CASEWORKER, case_service_arrears,
      &form_case_arrears_agree, true },
    CASE_ASKED("/case/{}/debit", case_debit, form_case_said),
    CASE_DO("/case/{}/debit", case_debit_do, form_case_debit),
    CASE_DO("/case/{}/debit/cancel", case_debit_cancel, form_case_debit),
    CASE_DO("/case/{}/debit/again", case_debit_again, form_case_debit),
    CASE_ASKED("/case/{}/deductions", case_deductions, form_case_deductions),
    CASE("/case/{}/order/{}", case_order),
    CASE_DO("/case/{}/order/{}", case_order_do, form_case_order),
    CASE("/case/{}/order/{}/code", case_code),
    CASE_DO("/case/{}/order/{}/code", case_code_do, form_case_code),
    CASE("/case/{}/order/{}/{}", case_order),
    CASE_DO("/case/{}/order/{}/{}", case_order_do, form_case_order),
    CASE("/case/{}/benefit-request", case_request),
    CASE_DO("/case/{}/benefit-request", case_request_do, form_case_request),
    CASE("/case/{}/benefit-request/{}", case_request),
    CASE_DO("/case/{}/benefit-request/{}", case_request_do, form_case_request),
    CASE("/employers", case_employers),
    CASE("/employers/{}", case_employer),
    READ("/case/{}/rulings", case_rulings),
    CASE("/case/{}/ruling/{}", case_ruling_form),
    CASE_DO("/case/{}/ruling/{}", case_ruling_do, form_case_ruling),
    READ_ASKED("/case/{}/messages", case_messages, form_case_said),
    READ_ASKED("/case/{}/message/{}", case_message, form_case_said),
    CASE_DO("/case/{}/message/{}", case_message_do, form_case_answer),
    { METHOD_POST, "/case/{}/message/{}/show", ACCESS_CASE, case_message_show, &form_case_sealed, true },
    { METHOD_POST, "/case/{}/complain/{}", ACCESS_CASEWORKER, case_complain_do, NULL, false },
    CASE_DO("/case/{}/complaint/{}", case_complaint_do, form_case_complaint),
    CASE("/case/{}/write", case_write),
    CASE_DO("/case/{}/write", case_write_do, form_case_write),
    READ("/case/{}/files", case_files),
    CASE_DO("/case/{}/files", case_files_do, form_case_evidence),
    CASE("/case/{}/file/{}", case_file),
    CASE_ASKED("/case/{}/alerts", case_alerts, form_case_said),
    CASE_DO("/case/{}/alerts", case_alerts_do, form_case_notice),
    CASE("/case/{}/alert/{}", case_alert),
    CASE_DO("/case/{}/alert/{}", case_alert_do, form_case_alert),
    CASE_ASKED("/case/{}/patterns", case_patterns, form_case_said),
    CASE("/case/{}/pattern/{}", case_pattern),
    CASE_DO("/case/{}/pattern/{}", case_pattern_do, form_case_pattern),
    CASE_ASKED("/case/{}/approvals", case_approvals, form_case_said),
    CASE("/case/{}/approval/{}", case_approval),
    CASE_DO("/case/{}/approval/{}", case_approval_do, form_case_approval),
    CASE_ASKED("/approvals", approvals, form_approvals),
    CASE_ASKED("/case/{}/samples", case_samples, form_case_said),
    CASE("/case/{}/sample/{}", case_sample),
    CASE_DO("/case/{}/sample/{}", case_sample_do, form_case_sample),
    CASE_ASKED("/samples", samples, form_samples),
    READ_ASKED("/go", case_go, form_case_go),
    CASE("/case/{}/hand-over", case_hand_over),
    CASE_DO("/case/{}/hand-over", case_hand_over_do, form_case_hand_over),
    { METHOD_GET, "/lead", ACCESS_LEAD, lead_show, &form_lead, true },
    { METHOD_GET, "/lead/status", ACCESS_LEAD, lead_status, NULL, false },
    { METHOD_GET, "/lead/move", ACCESS_LEAD, lead_move_show, &form_lead_move_from, true },
    { METHOD_POST, "/lead/move", ACCESS_LEAD, lead_move_do, &form_lead_move, true },
    READ_ASKED("/case/{}/letters", case_letters, form_case_letters_after),
    { METHOD_POST, "/case/{}/letters", ACCESS_CASEWORKER, case_letters_do, &form_case_letter, false },
    READ_ASKED("/case/{}/letter/{}", case_letter, form_case_letter_look),
    CASE_ASKED("/case/{}/letter/{}/pdf", case_letter_pdf, form_case_letter_look),
    READ_ASKED("/case/{}/letter/{}/plain", case_letter_plain, form_case_letter_look),
    CASE("/case/{}/letter/{}/back", case_post),
    CASE_DO("/case/{}/letter/{}/back", case_post_do, form_case_post),
    READ("/case/{}/application", case_applications),
    { METHOD_GET, "/case/{}/looks", ACCESS_CASE, door_looks, NULL, false },
    { METHOD_GET, "/closed/{}", ACCESS_CASE, door_closed_show, NULL, false },
    { METHOD_POST, "/closed/{}", ACCESS_CASE, door_closed_do, &form_door_closed, true },
    { METHOD_GET, "/glass", ACCESS_LEAD, door_glass, NULL, false },
    { METHOD_GET, "/glass/{}/{}", ACCESS_LEAD, door_review_show, NULL, false },
    { METHOD_POST, "/glass/{}/{}", ACCESS_LEAD, door_review_do, &form_door_review, true },

    PUBLIC("/employer", employer_enter),
    { METHOD_POST, "/employer", ACCESS_PUBLIC, employer_enter_do, &form_employer_enter, true },
    { METHOD_POST, "/employer/leave", ACCESS_EMPLOYER, employer_leave_do, NULL, false },
    EMPLOYER("/employer/orders", employer_orders),
    { METHOD_GET, "/employer/employee/{}", ACCESS_EMPLOYER, employer_employee, &form_employer_pay, true },
    EMPLOYER("/employer/employee/{}/said", employer_said),
    EMPLOYER("/employer/employee/{}/{}", employer_says),
    EMPLOYER_DO("/employer/employee/{}/{}", employer_says_do, form_employer_says),
    EMPLOYER("/employer/schedule", employer_schedule),
    EMPLOYER_DO("/employer/schedule", employer_schedule_do, form_employer_schedule),
    EMPLOYER("/employer/file", employer_file),
    EMPLOYER_DO("/employer/file", employer_file_do, form_employer_file),
};
/* clang-format on */
const int route_count = sizeof routes / sizeof *routes;
