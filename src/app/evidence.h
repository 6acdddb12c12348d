/* evidence.h: files that people give us: with a message, or for a fact (doc/messages.md).
 *
 * What they call a file is looked at once, for what kind they say it is, and never kept.  A file is
 * taken if its name, what the browser calls it and its first bytes say the same one of four kinds.
 * It is never shown: whoever works on the case saves it, under a name of ours and as bytes of no
 * kind. */
#pragma once
#include "app/verb.h"
#include "base/text.h"

enum evidence_kind { EVIDENCE_PDF, EVIDENCE_PNG, EVIDENCE_JPEG, EVIDENCE_TEXT, EVIDENCE_KINDS };
struct evidence_kind_entry {
    const char *name;  /* in the database; ends the name under which it is saved */
    const char *label; /* for a page */
    const char *type;  /* as browsers declare it */
};
extern const struct evidence_kind_entry evidence_kind_table[EVIDENCE_KINDS];
enum evidence_kind evidence_kind_find(const char *name); /* EVIDENCE_KINDS when there is none */

enum { EVIDENCE_BYTES_MOST = 8000000 };

/* A file as it came. */
struct evidence_file {
    const char *name, *type; /* as declared; type "" when it was not */
    struct span bytes;
};
/* What kind a file is.  Refused, all at the field "file": file_empty, file_long, file_kind (none
 * that we take), file_differs (it is not what its name says). */
bool evidence_check(const struct evidence_file *file, enum evidence_kind *kind, struct fail *fail);
/* Checks a file and adds it to an open verb, one for an event; fact 0: with the event's message. */
bool evidence_add(struct verb *verb, int64_t fact, const struct evidence_file *file,
                  struct fail *fail);
/* A verb of its own: for a fact that is or was believed.  Refused as evidence_check, and
 * no_such_fact. */
bool evidence_give(const struct setting *s, int64_t pp, int64_t fact,
                   const struct evidence_file *file, struct fail *fail);

/* A file again, its bytes in the arena.  found false: there is none.  Fails where the bytes are not
 * those that were given. */
struct evidence_bytes {
    enum evidence_kind kind;
    struct blob bytes;
};
bool evidence_get(struct store *store, struct arena *arena, int64_t pp, int64_t event,
                  struct evidence_bytes *file, bool *found, struct fail *fail);
