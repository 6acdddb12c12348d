/* evidence.c: looking at a file before it is taken, keeping it, giving it back. */
#include "app/evidence.h"

#include "app/group.h"
#include "base/say.h"

#include <string.h>
#include <strings.h>

const struct evidence_kind_entry evidence_kind_table[EVIDENCE_KINDS] = {
    [EVIDENCE_PDF]  = { "pdf", "PDF", "application/pdf" },
    [EVIDENCE_PNG]  = { "png", SAY("PNG picture"), "image/png" },
    [EVIDENCE_JPEG] = { "jpg", SAY("JPEG picture"), "image/jpeg" },
    [EVIDENCE_TEXT] = { "txt", SAY("Plain text"), "text/plain" },
};

enum evidence_kind evidence_kind_find(const char *name)
{
    enum evidence_kind k = EVIDENCE_PDF;

    while (k < EVIDENCE_KINDS && strcmp(evidence_kind_table[k].name, name) != 0)
        k++;
    return k;
}

/* --- what a file is --- */

static bool begins(struct span s, struct span with)
{
    return s.length >= with.length && !memcmp(s.at, with.at, with.length);
}

static enum evidence_kind kind_of_bytes(struct span s)
{
    static const struct {
        struct span first;
        enum evidence_kind kind;
    } table[] = {
        { { "%PDF-", 5 }, EVIDENCE_PDF },
        { { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16 }, EVIDENCE_PNG },
        { { "\xff\xd8\xff", 3 }, EVIDENCE_JPEG },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (begins(s, table[i].first)) return table[i].kind;
    return text_is_sound(s.at, s.length) ? EVIDENCE_TEXT : EVIDENCE_KINDS;
}

/* By what follows the last dot of the name. */
static enum evidence_kind kind_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (!dot) return EVIDENCE_KINDS;
    for (enum evidence_kind k = EVIDENCE_PDF; k < EVIDENCE_KINDS; k++)
        if (!strcasecmp(dot + 1, evidence_kind_table[k].name)) return k;
    return !strcasecmp(dot + 1, "jpeg") ? EVIDENCE_JPEG : EVIDENCE_KINDS;
}

/* What the browser calls it may be missing, or nothing in particular. */
static bool type_fits(const char *type, enum evidence_kind kind)
{
    size_t n         = strcspn(type, "; ");
    const char *want = evidence_kind_table[kind].type;

    return !n || (n == strlen(want) && !strncasecmp(type, want, n)) ||
           !strncasecmp(type, "application/octet-stream", n);
}

static bool refuse(struct fail *fail, const char *code, const char *sentence)
{
    REFUSE(fail, code, "%s", sentence);
    return fail_field(fail, "file");
}

bool evidence_check(const struct evidence_file *f, enum evidence_kind *kind, struct fail *fail)
{
    enum evidence_kind found = kind_of_bytes(f->bytes), said = kind_of_name(f->name);

    if (!f->bytes.length) return refuse(fail, "file_empty", "The file is empty. Choose another.");
    if (f->bytes.length > EVIDENCE_BYTES_MOST)
        return refuse(fail, "file_long", "The file must be smaller than 8 MB.");
    if (said == EVIDENCE_KINDS)
        return refuse(fail, "file_kind", "The file must be a PDF, JPG, PNG or TXT.");
    if (found != said || !type_fits(f->type, said))
        return refuse(
            fail, "file_differs",
            "The file is not what its name says it is. Send it as a PDF, JPG, PNG or TXT.");
    *kind = found;
    return true;
}

/* --- keeping it --- */

bool evidence_add(struct verb *v, int64_t fact, const struct evidence_file *f, struct fail *fail)
{
    unsigned char *hash = arena_take(v->arena, DIGEST_BYTES);
    enum evidence_kind kind;
    struct digest d;

    if (!evidence_check(f, &kind, fail)) return false;
    digest_begin(&d);
    digest_bytes(&d, f->bytes.at, f->bytes.length);
    digest_end(&d, hash);
    struct sql_evidence_insert_in in       = { .pp     = v->pp,
                                               .event  = v->seq,
                                               .fact   = fact,
                                               .kind   = evidence_kind_table[kind].name,
                                               .size   = (int64_t)f->bytes.length,
                                               .digest = { hash, DIGEST_BYTES } };
    struct sql_evidence_bytes_put_in bytes = { .pp     = v->pp,
                                               .digest = in.digest,
                                               .bytes  = { f->bytes.at, f->bytes.length } };
    return sql_evidence_bytes_put(v->store, &bytes, fail) &&
           sql_evidence_insert(v->store, &in, fail);
}

bool evidence_give(const struct setting *s, int64_t pp, int64_t fact, const struct evidence_file *f,
                   struct fail *fail)
{
    struct group ever;
    struct verb v;
    bool done;

    if (!verb_open(s, pp, "evidence", NULL, &v, &done, fail) ||
        !group_load_history(s->store, s->arena, pp, &ever, fail))
        return false;
    for (size_t i = 0; i < ever.fact_count; i++) {
        if (ever.facts[i].id != fact) continue;
        out_print(&v.about, "A file for the fact \"%s\"",
                  fact_kind_table[fact_kind_find(ever.facts[i].kind)].label);
        return evidence_add(&v, fact, f, fail) && verb_close(&v, fail);
    }
    return REFUSE(fail, "no_such_fact", "Choose the fact that the file is for."),
           fail_field(fail, "fact");
}

/* --- giving it back --- */

bool evidence_get(struct store *store, struct arena *arena, int64_t pp, int64_t event,
                  struct evidence_bytes *file, bool *found, struct fail *fail)
{
    unsigned char hash[DIGEST_BYTES];
    struct sql_evidence_read_row row;
    struct digest d;

    if (!sql_evidence_read(store, &(struct sql_evidence_read_in){ .pp = pp, .event = event }, arena,
                           &row, found, fail))
        return false;
    if (!*found) return true;
    digest_begin(&d);
    digest_bytes(&d, row.bytes.at, row.bytes.n);
    digest_end(&d, hash);
    *file = (struct evidence_bytes){ evidence_kind_find(row.kind), row.bytes };
    if (row.digest.n == sizeof hash && !memcmp(row.digest.at, hash, sizeof hash) &&
        file->kind != EVIDENCE_KINDS)
        return true;
    return FAIL(fail, FAIL_INTEGRITY, "evidence_changed",
                "The file of event %lld is not the one that was given.", (long long)event);
}
