/* fuzz_bacs_file.c: any bytes as a Standard 18 file; what is read without a fault can be written,
 * and the same is read again. */
#include "fuzz.h"

#include "feed/bacs_file.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT_MOST = 400 };

struct heard {
    struct arena arena;
    struct bacs_head head;
    struct bacs_item items[KEPT_MOST];
    size_t count, faults;
    int line;
};

static const char *keep(struct heard *h, const char *s)
{
    return arena_text(&h->arena, s, strlen(s));
}
static void hear_head(void *context, const struct bacs_head *head)
{
    struct heard *h = context;
    h->head         = *head;
    h->head.serial  = keep(h, head->serial);
    h->head.user    = keep(h, head->user);
}
static bool hear_item(void *context, const struct bacs_item *item, struct fail *f)
{
    struct heard *h = context;
    (void)f;
    BUG_UNLESS(item->line > h->line && item->amount.p >= 0);
    BUG_UNLESS(bacs_text_valid(item->name, strlen(item->name)));
    BUG_UNLESS(bacs_text_valid(item->reference, strlen(item->reference)));
    h->line = item->line;
    if (h->count < KEPT_MOST) {
        h->items[h->count]           = *item;
        h->items[h->count].name      = keep(h, item->name);
        h->items[h->count].reference = keep(h, item->reference);
    }
    h->count++;
    return true;
}
static void hear_contra(void *context, const struct bacs_item *item)
{
    (void)context;
    BUG_UNLESS(!strcmp(item->reference, "CONTRA"));
}
static void hear_fault(void *context, const struct feed_fault *fault)
{
    struct heard *h = context;
    BUG_UNLESS(fault->line > 0 && *fault->text);
    h->faults++;
}

static bool read_into(struct heard *h, const char *bytes, size_t n, struct fail *f)
{
    struct bacs_sink sink     = { h, hear_head, hear_item, hear_contra, hear_fault };
    struct feed_source source = { .bytes = bytes, .length = n };
    struct bacs_totals totals;
    bool ok = bacs_read(&source, &sink, &totals, f);
    if (ok) BUG_UNLESS(totals.items == h->count);
    return ok;
}

/* What a reader lets pass a writer may refuse (an empty name, a day far ahead): those are left out.
 */
static void write_and_read(const struct heard *h)
{
    static struct heard again;
    struct bacs_writer w;
    struct fail f         = { 0 };
    struct bacs_head head = h->head;
    char *bytes           = NULL;
    size_t length = 0, count = 0;

    head.ours = (struct bank_account){ "000000", "00000000" };
    head.name = head.contra_reason = "NAME";
    FILE *to                       = open_memstream(&bytes, &length);
    if (bacs_write_begin(&w, to, &head, &f)) {
        for (size_t i = 0; i < h->count && i < KEPT_MOST; i++)
            count += strcmp(h->items[i].reference, "CONTRA") != 0 &&
                     bacs_write_item(&w, &h->items[i], &f);
        BUG_UNLESS(bacs_write_end(&w, NULL, &f));
        fclose(to);
        again = (struct heard){ 0 };
        BUG_UNLESS(read_into(&again, bytes, length, &f));
        BUG_UNLESS(again.faults == 0 && again.count == count);
        arena_free(&again.arena);
    } else {
        fclose(to);
    }
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct heard heard;
    struct fail f = { 0 };

    heard = (struct heard){ 0 };
    if (read_into(&heard, (const char *)bytes, length, &f))
        write_and_read(&heard);
    else
        BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    arena_free(&heard.arena);
    return 0;
}
