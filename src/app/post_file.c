/* post_file.c: a day's file from its rows: one PDF for each letter, and the list of them last. */
#include "app/access.h"
#include "app/nudge.h"
#include "app/post_work.h"
#include "base/bug.h"
#include "letter/pdf.h"

#include <string.h>

enum { ITEMS = 200 };

/* --- one letter --- */

static bool letter_of(const struct setting *s, const struct sql_post_item_list_row *i,
                      struct letter_frozen *f, int64_t *person, struct fail *fail)
{
    struct sql_letter_list_row *rows;
    size_t n;

    if (!sql_letter_list(s->store, &(struct sql_letter_list_in){ .pp = i->pp, .known = i->event },
                         s->arena, &rows, &n, fail))
        return false;
    for (size_t k = 0; k < n; k++)
        if (rows[k].id == i->letter) {
            *person = rows[k].person;
            return letter_thaw(rows[k].data, s->arena, f, fail);
        }
    return FAIL(fail, FAIL_INTEGRITY, "letter_missing",
                "A letter of a file is not in the record. Run `upkeep check`.");
}

/* To the address as it was known when the letter was put into the file, whenever this is run. */
static bool item_pdf(const struct setting *s, const struct sql_post_batch_get_row *batch,
                     const struct sql_post_item_list_row *i, struct letter_frozen *f,
                     struct out *pdf, struct fail *fail)
{
    struct letter_document document;
    struct group g;
    int64_t person = 0;

    if (!letter_of(s, i, f, &person, fail) ||
        !group_load_facts(s->store, s->arena, i->pp, i->event, &g, fail))
        return false;
    if (!post_address(&g, f, person, batch->made, s->arena, f->head.address))
        return FAIL(fail, FAIL_INTEGRITY, "address_missing",
                    "A letter of a file has no address any more. Run `upkeep check`.");
    f->head.large = i->large;
    return letter_render(f, s->arena, &document, fail) && letter_pdf(&document, pdf, fail);
}

/* Who is told that it is in their account: where, as it was known then, and between which times. */
static bool item_nudge(const struct setting *s, const struct sql_post_batch_get_row *batch,
                       const struct sql_post_item_list_row *i, struct letter_frozen *f,
                       struct out *out, struct fail *fail)
{
    struct nudge nudge = { .way = post_way_find(i->way) };
    struct group g;
    int64_t person = 0;

    if (!letter_of(s, i, f, &person, fail) ||
        !group_load_facts(s->store, s->arena, i->pp, i->event, &g, fail))
        return false;
    nudge.to       = nudge_to(&g, person, nudge.way, batch->made, s->arena);
    nudge.language = f->head.language;
    if (!nudge_may(&g, person, nudge.way, batch->made, s->arena, &nudge.window))
        return FAIL(fail, FAIL_INTEGRITY, "address_missing",
                    "A message of a file has no number any more. Run `upkeep check`.");
    return nudge_write(&nudge, s->arena, out, fail);
}

/* --- the files --- */

struct writing {
    struct setting setting; /* its arena is one letter's */
    const struct post_run *run;
    struct sql_post_batch_get_row batch;
    struct out list;
};

static bool item_write(struct writing *w, const struct sql_post_item_list_row *i, struct fail *fail)
{
    const struct setting *s = &w->setting;
    struct letter_frozen *f = ARENA_NEW(s->arena, struct letter_frozen);
    struct out pdf          = { .arena = s->arena };
    unsigned char hash[DIGEST_BYTES];
    char code[POST_CODE], hex[DIGEST_TEXT];
    struct digest d;

    post_code(w->batch.id, i->item, code);
    bool printed     = post_way_find(i->way) == POST_WAY_POST;
    const char *name = arena_print(s->arena, "%s.%s", code, printed ? "pdf" : "txt");
    if (!(printed ? item_pdf : item_nudge)(s, &w->batch, i, f, &pdf, fail)) return false;
    const char *bytes = out_string(&pdf);
    digest_begin(&d);
    digest_bytes(&d, bytes, pdf.length);
    digest_end(&d, hash);
    out_print(&w->list, "%s,%s,%s,%s,%zu,%s\n", code, name, letter_language_tag(f->head.language),
              !printed   ? i->way
              : i->large ? "large"
                         : "print",
              pdf.length, digest_hex(hash, hex));
    return w->run->file(w->run->context, name, bytes, pdf.length, fail);
}

static bool items_write(struct writing *w, struct fail *fail)
{
    struct sql_post_item_list_in in = { .batch = w->batch.id, .most = ITEMS };
    struct sql_post_item_list_row *rows;
    size_t n;
    bool fine = true;

    do {
        struct arena page = { 0 };
        fine              = sql_post_item_list(w->setting.store, &in, &page, &rows, &n, fail);
        for (size_t i = 0; fine && i < n; i++) {
            arena_reset(w->setting.arena);
            in.after = rows[i].item;
            fine     = item_write(w, &rows[i], fail);
        }
        arena_free(&page);
    } while (fine && n == ITEMS);
    return fine;
}

/* The list comes last: what is not on a list is not printed. */
static bool batch_write_all(struct writing *w, struct fail *fail)
{
    char name[POST_CODE];

    out_text(&w->list, "letter,file,language,size,bytes,sha256\n");
    snprintf(name, sizeof name, "%06lld.csv", (long long)w->batch.id);
    return items_write(w, fail) && w->run->before_list(w->run->context, fail) &&
           w->run->file(w->run->context, name, out_string(&w->list), w->list.length, fail);
}

static bool files_write(const struct setting *s, const struct post_run *run,
                        const struct sql_post_batch_get_row *batch, struct fail *fail)
{
    struct arena list = { 0 }, letter = { 0 };
    struct writing w = { .setting = *s, .run = run, .batch = *batch, .list = { .arena = &list } };

    w.setting.arena = &letter;
    bool fine       = batch_write_all(&w, fail);
    arena_free(&letter);
    arena_free(&list);
    return fine;
}

/* --- the stages --- */

struct staging {
    struct sql_post_batch_stage_in in;
    bool drop;
    date made;
    int64_t id; /* of a new one */
    struct arena *arena;
};

static bool stage_job(void *context, struct store *store, struct fail *fail)
{
    struct staging *g = context;

    return g->drop ? sql_post_batch_drop(store, &(struct sql_post_batch_drop_in){ .id = g->in.id },
                                         fail)
                   : sql_post_batch_stage(store, &g->in, fail);
}

static bool stage_set(const struct setting *s, int64_t batch, int64_t stage, struct fail *fail)
{
    struct staging g = { .in = { .id = batch, .stage = stage } };
    return store_work(s->store, STORE_WRITING, stage_job, &g, fail);
}

static bool begin_job(void *context, struct store *store, struct fail *fail)
{
    struct staging *g = context;
    struct sql_post_batch_insert_row row;
    bool found;

    if (!sql_post_batch_insert(store, &(struct sql_post_batch_insert_in){ .made = g->made },
                               g->arena, &row, &found, fail))
        return false;
    g->id = row.id;
    return true;
}

/* Chosen, written, done; a file that nothing came into goes away. */
static bool batch_finish(const struct setting *s, const struct post_run *run, int64_t id,
                         size_t *number, struct fail *fail)
{
    struct sql_post_batch_get_row batch;
    struct staging none = { .in = { .id = id }, .drop = true };
    bool found;

    if (!stage_set(s, id, 2, fail) ||
        !sql_post_batch_get(s->store, &(struct sql_post_batch_get_in){ .id = id }, s->arena, &batch,
                            &found, fail))
        return false;
    BUG_UNLESS(found && batch.stage == 2);
    *number = (size_t)batch.number;
    if (batch.number == 0) return store_work(s->store, STORE_WRITING, stage_job, &none, fail);
    return files_write(s, run, &batch, fail) && stage_set(s, id, 3, fail);
}

/* What an earlier run had begun is finished as it was: nothing is added to it. */
static bool begun_finish(const struct setting *s, const struct post_run *run,
                         struct post_result *result, struct fail *fail)
{
    struct sql_post_batch_open_row open;
    size_t number;
    bool found;

    for (;;) {
        if (!sql_post_batch_open(s->store, s->arena, &open, &found, fail)) return false;
        if (!found) return true;
        if (!batch_finish(s, run, open.id, &number, fail)) return false;
        if (number) result->batch = open.id;
        result->resumed += number;
        result->written += number;
    }
}

bool post_out(const struct setting *s, const struct post_run *run, struct post_result *result,
              struct fail *fail)
{
    struct staging begun = { .made = s->today, .arena = s->arena };
    size_t number        = 0;

    *result = (struct post_result){ 0 };
    if (!begun_finish(s, run, result, fail) ||
        !store_work(s->store, STORE_WRITING, begin_job, &begun, fail) ||
        !post_gather(s, run, begun.id, result, fail) ||
        !batch_finish(s, run, begun.id, &number, fail))
        return false;
    if (number) result->batch = begun.id;
    return true;
}
