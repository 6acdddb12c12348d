/* authority_page.h: who may act for a parent (app/authority.h): the parent's page, the
 * caseworker's, and the representative's own. */
#pragma once
#include "web/request.h"

handler own_authority, own_authority_do, own_authority_end;
handler case_authority, case_authority_do, case_authority_end;
handler acting_show, acting_do, acting_code_do;

/* What an authority's code is hashed with, for the person it is about. */
#define AUTHORITY_USE "upkeep authority"

struct authority;
/* The authority that is out for the person of a reference and that this code opens; NULL when there
 * is none, whatever is wrong.  False: the store failed. */
bool authority_of_code(struct request *r, const char *ref, const char *code,
                       const struct authority **found, struct fail *f);
/* A reference as typed: capitals, no spaces. */
const char *reference_typed(struct arena *a, const char *typed);
