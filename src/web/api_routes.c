/* api_routes.c: every way in for programs.  doc/openapi.json describes the same, and tests hold the
 * two against each other. */
#include "web/api.h"
#include "web/own.h"

/* Read with a token, with the query's form (NULL: none). */
#define READ(path, scope, access, run, form)                                                       \
    {                                                                                              \
        { METHOD_GET, path, ACCESS_##access, run, form, false }, SCOPE_##scope, API_FIELDS, NULL   \
    }

/* The same for what changes something: the fields are a JSON object. */
#define DO(path, scope, access, run, form)                                                         \
    {                                                                                              \
        { METHOD_POST, path, ACCESS_##access, run, form, false }, SCOPE_##scope, API_FIELDS, NULL  \
    }

/* clang-format off */
const struct api_route api_routes[] = {
    { { METHOD_GET, "/api/openapi.json", ACCESS_PUBLIC, api_document, NULL, false }, SCOPES,
      API_FIELDS, NULL },
    { { METHOD_POST, "/api/v1/calculate", ACCESS_PUBLIC, api_calculate, &form_api_calculate, false },
      SCOPE_CALCULATE, API_JSON, NULL },
    { { METHOD_GET, "/api/v1/token", ACCESS_ACCOUNT, api_me, NULL, false }, SCOPES, API_FIELDS, NULL },

    READ("/api/v1/cases", CASE_READ, CASEWORKER, api_cases, &form_case_find),
    READ("/api/v1/cases/{}", CASE_READ, CASEWORKER, api_case, NULL),
    READ("/api/v1/cases/{}/decisions", CASE_READ, CASEWORKER, api_decisions, NULL),
    READ("/api/v1/cases/{}/decisions/{}", CASE_READ, CASEWORKER, api_decision, NULL),
    READ("/api/v1/cases/{}/statement", MONEY_READ, CASEWORKER, api_statement, &form_api_statement),
    READ("/api/v1/cases/{}/letters", LETTER_READ, CASEWORKER, api_letters, NULL),
    READ("/api/v1/cases/{}/letters/{}/pdf", LETTER_READ, CASEWORKER, api_letter_pdf, &form_case_letter_look),
    READ("/api/v1/work-list", WORK_READ, CASEWORKER, api_work_list, &form_work_list),

    { { METHOD_GET, "/api/v1/events", ACCESS_CASEWORKER, api_events, &form_api_events, false },
      SCOPE_EVENTS_READ, API_FIELDS, api_feed_number },

    DO("/api/v1/cases/{}/facts", FACT_WRITE, CASEWORKER, api_fact, &form_api_fact),
    DO("/api/v1/cases/{}/decisions", DECISION_WRITE, CASEWORKER, api_decide, &form_api_decide),
    { { METHOD_POST, "/api/v1/bank-files", ACCESS_CASEWORKER, api_bank_file, &form_api_bank_file,
        false },
      SCOPE_MONEY_WRITE, API_FILE, NULL },

    READ("/api/v1/me", OWN_READ, OWN, api_own, NULL),
    READ("/api/v1/me/letters", OWN_READ, OWN, api_own_letters, NULL),
    READ("/api/v1/me/{}/letters/{}/pdf", OWN_READ, OWN, own_letter_pdf, &form_case_letter_look),
    READ("/api/v1/me/{}/statement", OWN_READ, OWN, api_own_statement, NULL),
    READ("/api/v1/me/{}/changes", OWN_READ, OWN, api_own_changes, NULL),
    READ("/api/v1/me/{}/payments", OWN_READ, OWN, api_own_payments, NULL),
    READ("/api/v1/me/{}/messages", OWN_READ, OWN, api_own_messages, NULL),
    READ("/api/v1/me/{}/files/{}", OWN_READ, OWN, api_own_file_read, NULL),
    READ("/api/v1/me/{}/reconsiderations", OWN_READ, OWN, api_own_again, NULL),
    DO("/api/v1/me/{}/changes", OWN_WRITE, OWN, api_own_change, &form_api_own_change),
    DO("/api/v1/me/{}/payments", OWN_WRITE, OWN, api_own_paid, &form_api_own_paid),
    DO("/api/v1/me/{}/messages", OWN_WRITE, OWN, api_own_message, &form_api_own_message),
    { { METHOD_POST, "/api/v1/me/{}/files", ACCESS_OWN, api_own_file, &form_api_own_file, false },
      SCOPE_OWN_WRITE, API_PARTS, NULL },
    DO("/api/v1/me/{}/reconsiderations", OWN_WRITE, OWN, api_own_again_ask, &form_api_own_again),
};
/* clang-format on */
const int api_route_count = sizeof api_routes / sizeof *api_routes;
