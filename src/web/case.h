/* case.h: the caseworker's pages.  Routes: routes.c; templates: page/case_*.html. */
#pragma once
#include "web/request.h"

handler case_told, case_told_list, case_told_do;
handler case_home, work_list, clock_done_show, clock_done_do;
handler case_summary, case_timeline, case_day;
handler case_facts, case_fact_history, case_fact_kinds, case_fact_form, case_fact_do;
handler case_sealed, case_sealed_do;
handler case_decisions, case_decision, case_decision_input, case_decide, case_decide_do;
handler case_account, case_account_file, case_entry, case_receipt, case_chart;
handler case_receipt_form, case_receipt_do;
handler case_bank, case_bank_do, case_match_do, case_suspense, case_bank_open;
handler case_service, case_service_step, case_service_step_do, case_service_payments;
handler case_service_payments_do, case_service_choose, case_service_choose_do;
handler case_service_agree, case_service_agree_do, case_service_plan, case_service_arrears;
handler case_rulings, case_ruling_form, case_ruling_do;
handler case_debit, case_debit_do, case_debit_cancel, case_debit_again;
handler case_deductions, case_order, case_order_do, case_request, case_request_do;
handler case_employers, case_employer, case_code, case_code_do;
handler door_closed_show, door_closed_do, door_glass, door_review_show, door_review_do, door_looks;
handler case_card, case_card_do;
handler case_alerts, case_alerts_do, case_alert, case_alert_do;
handler case_patterns, case_pattern, case_pattern_do;
handler case_samples, case_sample, case_sample_do, samples, lead_status;
handler case_approvals, case_approval, case_approval_do, approvals;
handler case_hand_over, case_hand_over_do, lead_show, lead_move_show, lead_move_do, case_go;
handler case_letters, case_letters_do, case_letter, case_letter_pdf, case_letter_plain;
handler case_post, case_post_do;
handler case_messages, case_message, case_message_show, case_message_do, case_complain_do,
    case_complaint_do;
handler case_write, case_write_do, case_files, case_files_do, case_file;
handler case_applications, case_apply, case_apply_do;
