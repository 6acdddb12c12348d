/* feed.c: what all readers share: the source, clean text, references seen, gathering. */
#include "feed/feed.h"

#include <string.h>

int feed_source_read(const struct feed_source *source, size_t *at, char *to, int room)
{
    size_t want = (size_t)room;

    if (source->bytes) {
        if (want > source->length - *at) want = source->length - *at;
        memcpy(to, source->bytes + *at, want);
        *at += want;
        return (int)want;
    }
    size_t got = fread(to, 1, want, source->file);
    *at += got;
    return got == 0 && ferror(source->file) ? -1 : (int)got;
}

/* The length of the UTF-8 character at s (n bytes are left), 0 if it is not one. */
static size_t character_length(const unsigned char *s, size_t n)
{
    if (s[0] < 0x80) return 1;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || length > n) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80) return 0;
    bool overlong  = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool surrogate = s[0] == 0xED && s[1] > 0x9F;
    bool beyond    = s[0] == 0xF4 && s[1] > 0x8F;
    return overlong || surrogate || beyond ? 0 : length;
}

bool feed_text_valid(const char *s, size_t n)
{
    for (size_t i = 0, step; i < n; i += step) {
        unsigned char c = (unsigned char)s[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return false;
        step = character_length((const unsigned char *)s + i, n - i);
        if (step == 0) return false;
    }
    return true;
}

size_t feed_text_tidy(char *s, size_t n)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        bool space = s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r';
        if (!space)
            s[used++] = s[i];
        else if (used > 0 && s[used - 1] != ' ')
            s[used++] = ' ';
    }
    return used > 0 && s[used - 1] == ' ' ? used - 1 : used;
}

/* FNV-1a over both texts with their ends, never 0 (0 marks a free slot). */
static uint64_t seen_hash(const char *account, const char *reference)
{
    const char *texts[] = { account, reference };
    uint64_t h          = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (const char *s = texts[i];; s++) {
            h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
            if (!*s) break;
        }
    return h ? h : 1;
}

static struct feed_seen_slot *seen_slot(const struct feed_seen *seen, uint64_t hash)
{
    size_t i = (size_t)(hash ^ hash >> 32) & (seen->room - 1);
    while (seen->slots[i].hash && seen->slots[i].hash != hash)
        i = (i + 1) & (seen->room - 1);
    return &seen->slots[i];
}

static void seen_widen(struct feed_seen *seen)
{
    enum { FIRST_ROOM = 1024 };
    struct feed_seen old = *seen;

    seen->room  = old.room ? old.room * 2 : FIRST_ROOM;
    seen->arena = (struct arena){ 0 };
    seen->slots = ARENA_MANY(&seen->arena, struct feed_seen_slot, seen->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].hash) *seen_slot(seen, old.slots[i].hash) = old.slots[i];
    arena_free(&old.arena);
}

int feed_seen_add(struct feed_seen *seen, const char *account, const char *reference, int line)
{
    if (seen->used * 2 >= seen->room) seen_widen(seen);
    uint64_t hash               = seen_hash(account, reference);
    struct feed_seen_slot *slot = seen_slot(seen, hash);
    if (slot->hash) return slot->line;
    *slot = (struct feed_seen_slot){ .hash = hash, .line = line };
    seen->used++;
    return 0;
}

void feed_seen_free(struct feed_seen *seen)
{
    arena_free(&seen->arena);
    *seen = (struct feed_seen){ 0 };
}

/* --- gathering --- */

struct gathering {
    struct arena *arena;
    struct feed_result *result;
    size_t line_room, fault_room;
};

static const char *keep(struct gathering *g, const char *s)
{
    return *s ? arena_text(g->arena, s, strlen(s)) : "";
}

/* Room for one more element: when full the array is copied to one of twice its size. */
static void *widen(struct arena *a, void *array, size_t count, size_t *room, size_t size)
{
    enum { FIRST_ROOM = 64 };
    if (count < *room) return array;
    *room = *room ? *room * 2 : FIRST_ROOM;
    return arena_grow(a, array, count * size, *room * size);
}

/* Lines point at their statement, so the array never moves. */
static void gather_statement(void *context, const struct feed_statement *statement)
{
    struct gathering *g   = context;
    struct feed_result *r = g->result;

    BUG_UNLESS(r->summary.statements < FEED_STATEMENTS_MOST);
    if (!r->statements)
        r->statements = ARENA_MANY(g->arena, struct feed_statement, FEED_STATEMENTS_MOST);
    struct feed_statement *to = &r->statements[r->summary.statements++];
    *to                       = *statement;
    to->id                    = keep(g, statement->id);
    to->account               = keep(g, statement->account);
}

static bool gather_line(void *context, const struct feed_line *line, struct fail *f)
{
    struct gathering *g   = context;
    struct feed_result *r = g->result;

    (void)f;
    r->lines = widen(g->arena, r->lines, r->summary.lines, &g->line_room, sizeof *r->lines);
    struct feed_line *to = &r->lines[r->summary.lines++];
    *to                  = *line;
    to->statement        = &r->statements[r->summary.statements - 1];
    to->reference        = keep(g, line->reference);
    to->original         = keep(g, line->original);
    to->reason           = keep(g, line->reason);
    to->end_to_end       = keep(g, line->end_to_end);
    to->payer_name       = keep(g, line->payer_name);
    to->payer_account    = keep(g, line->payer_account);
    to->remittance       = keep(g, line->remittance);
    return true;
}

static void gather_fault(void *context, const struct feed_fault *fault)
{
    struct gathering *g   = context;
    struct feed_result *r = g->result;

    r->faults = widen(g->arena, r->faults, r->summary.faults, &g->fault_room, sizeof *r->faults);
    r->faults[r->summary.faults++] =
        (struct feed_fault){ .line = fault->line, .text = keep(g, fault->text) };
}

bool feed_gather(feed_reader *read, const struct feed_source *source, struct arena *arena,
                 struct feed_result *result, struct fail *f)
{
    struct gathering g    = { .arena = arena, .result = result };
    struct feed_sink sink = {
        .context = &g, .statement = gather_statement, .line = gather_line, .fault = gather_fault
    };
    struct feed_summary summary;

    *result = (struct feed_result){ 0 };
    bool ok = read(source, &sink, &summary, f);
    if (!ok) return false;
    BUG_UNLESS(summary.lines == result->summary.lines && summary.faults == result->summary.faults &&
               summary.statements == result->summary.statements);
    result->summary = summary;
    return true;
}
