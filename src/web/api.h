/* api.h: the same service for programs: JSON over HTTP below /api/ (doc/api.md, doc/openapi.json).
 *
 * A program shows a token (program.h) in the header Authorization and nothing else: no cookie is
 * read, no other site is let in.  Its token must have the scope of the way in, its account the
 * right to that kind of page (law/flow/access.flow), and the door of a family must be open to it
 * (door.h); what it read of a family is written down as a look.  A refusal has the code and the
 * sentence that a page has. */
#pragma once
#include "app/group.h"
#include "web/dispatch.h"

#define API_PREFIX "/api/"
#define API_CASE   "/api/v1/cases/{}" /* every path under it is about that family */

enum api_body {
    API_FIELDS, /* the query of a GET, the JSON object of a POST: the fields of way.form */
    API_JSON,   /* JSON that the handler reads itself, from r->body */
    API_FILE,   /* a file as it is */
    API_PARTS,  /* the fields of way.form with a file: multipart/form-data (RFC 7578) */
    API_BODIES
};
enum { API_FILE_MOST = 16 << 20, API_ONCE_MOST = 64 };

/* A way in for programs.  way.path is written as in routes.c. */
struct api_route {
    struct route way;
    enum scope scope; /* SCOPES: it needs no token */
    enum api_body body;
    /* What is written before it is read; NULL: nothing.  False: answered. */
    bool (*before)(struct request *r, struct store *read, struct store *write);
};
extern const struct api_route api_routes[];
extern const int api_route_count;

bool api_is_path(const char *path);
/* Finds the way in, who asks and whether they may.  False: answered. */
bool api_enter(struct request *r, const struct arrival *a);
/* What was sent, into r->form or r->body.  False: answered. */
bool api_take(struct request *r, const struct arrival *a);
/* How long the body may be, told from the headers. */
size_t api_body_most(struct arena *arena, const struct arrival *a);
/* Answers application/problem+json (RFC 9457) with r->code and r->field. */
void api_problem(struct request *r, unsigned status, const char *title, const char *detail);
/* Refuses with a code of its own. */
void api_refuse(struct request *r, unsigned status, const char *code, const char *detail);
/* Refuses a body before it is read: 411, 413 or 503; most: the bytes it may have. */
void api_refuse_early(struct request *r, unsigned status, size_t most);
/* The answer is the JSON in r->out. */
void api_answer(struct request *r);

/* The key of a change that is asked for: the Idempotency-Key as this account's; NULL where a
 * preview has none.  False: it is missing, answered. */
bool api_once(struct request *r, bool preview, const char **key);
/* The event that a key was used for in a family; 0: none. */
bool api_event(struct request *r, int64_t pp, const char *key, int64_t *seq, struct fail *f);
/* The number of what a reference names in a family, a person or an arrangement, and the reverse; 0
 * and "" for none. */
int64_t api_number_of(const struct group *g, const char *reference);
const char *api_reference_of(const struct group *g, int64_t number);

/* Turns the members of a JSON object, or the pairs of a query string, into those of a form, days
 * (2026-11-22) into its three fields.  False with a filled f: no JSON, or a member that no field
 * can be. */
bool api_pairs_of_json(struct arena *a, const struct form_rule *rule, const char *text,
                       size_t length, struct out *pairs, struct fail *f);
bool api_pairs_of_query(struct arena *a, const struct form_rule *rule, const char *query,
                        struct out *pairs, struct fail *f);

/* Gives the events of the feed their numbers. */
bool api_feed_number(struct request *r, struct store *read, struct store *write);

handler api_document, api_me, api_calculate;
handler api_cases, api_case, api_decisions, api_decision, api_statement, api_letters,
    api_letter_pdf;
handler api_work_list, api_events;
handler api_fact, api_decide, api_bank_file;
handler api_own, api_own_statement, api_own_letters;
handler api_own_changes, api_own_change, api_own_payments, api_own_paid, api_own_messages,
    api_own_message, api_own_file, api_own_file_read, api_own_again, api_own_again_ask;
