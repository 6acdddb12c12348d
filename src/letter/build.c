/* build.c: putting a document together, block by block. */
#include "letter/build.h"

#include <inttypes.h>
#include <string.h>

enum { FIRST_ROOM = 32 };

/* Makes room for one more of an array of `have` things of this size. */
static void *build_room(struct arena *arena, void *old, size_t size, size_t have, size_t *room)
{
    if (have < *room) return old;
    *room = *room ? *room * 2 : FIRST_ROOM;
    return arena_grow(arena, old, have * size, *room * size);
}

void letter_start(struct letter_builder *b, const struct letter_template *t,
                  const struct letter_head *head, struct arena *arena,
                  struct letter_document *result)
{
    *b            = (struct letter_builder){ .arena = arena, .head = head, .document = result };
    *result       = (struct letter_document){ .template = t, .head = head };
    b->said.arena = arena;
}

void letter_open(struct letter_builder *b, enum letter_kind kind)
{
    struct letter_document *d = b->document;

    if (kind == LETTER_LIST && d->count && b->block->kind == LETTER_LIST) return;
    b->blocks    = build_room(b->arena, b->blocks, sizeof *b->blocks, d->count, &b->room);
    b->block     = &b->blocks[d->count++];
    *b->block    = (struct letter_block){ .kind = kind };
    d->blocks    = b->blocks;
    b->columns   = NULL;
    b->cells     = NULL;
    b->cell_room = b->column_room = 0;
}

void letter_say(struct letter_builder *b, const char *s)
{
    out_text(&b->said, s);
}

void letter_say_text(struct letter_builder *b, const char *s)
{
    for (; s && *s; s++) {
        bool plain = (unsigned char)*s >= ' ' && *s != 0x7f;
        out_bytes(&b->said, plain ? s : " ", 1);
    }
}

void letter_say_words(struct letter_builder *b, struct letter_words w)
{
    letter_say_text(b, w.text[b->head->language]);
}

void letter_say_money(struct letter_builder *b, money m)
{
    static const char *const less[LETTER_LANGUAGES] = { "minus ", "minws " };
    char buffer[MONEY_TEXT];
    if (m.p < 0) { /* a minus sign is easily overlooked */
        out_text(&b->said, less[b->head->language]);
        m = money_negate(m);
    }
    out_text(&b->said, money_pounds(m, buffer));
}

void letter_say_date(struct letter_builder *b, date d)
{
    char buffer[DATE_WORDS];
    out_text(&b->said, letter_date_words(d, b->head->language, buffer));
}

void letter_say_count(struct letter_builder *b, int64_t n)
{
    out_print(&b->said, "%" PRId64, n);
}

static const char *build_taken(struct letter_builder *b)
{
    const char *text = arena_text(b->arena, b->said.length ? b->said.at : "", b->said.length);
    b->said.length   = 0;
    return text;
}

void letter_title(struct letter_builder *b)
{
    b->document->title = build_taken(b);
}
void letter_text(struct letter_builder *b)
{
    b->block->text = build_taken(b);
}
void letter_figure(struct letter_builder *b)
{
    b->block->figure = build_taken(b);
}

void letter_column(struct letter_builder *b, bool figures)
{
    b->columns =
        build_room(b->arena, b->columns, sizeof *b->columns, b->block->width, &b->column_room);
    b->columns[b->block->width++] = (struct letter_column){ build_taken(b), figures };
    b->block->columns             = b->columns;
}

void letter_cell(struct letter_builder *b)
{
    b->cells = build_room(b->arena, b->cells, sizeof *b->cells, b->block->count, &b->cell_room);
    b->cells[b->block->count++] = build_taken(b);
    b->block->cells             = b->cells;
}

void letter_total(struct letter_builder *b)
{
    b->block->total = true;
}

bool letter_cleared(const struct letter_head *head, money owed, struct fail *fail)
{
    char asked[MONEY_TEXT], found[MONEY_TEXT];

    if (!head->cleared)
        return REFUSE(
            fail, "letter_not_cleared",
            "This letter asks for money: have the debt worked out again before it is made.");
    if (head->cleared->owed.p != owed.p)
        return REFUSE(fail, "letter_balance_differs",
                      "The letter asks for %s but the balance worked out again is %s: find out why "
                      "before anything is sent.",
                      money_pounds(owed, asked), money_pounds(head->cleared->owed, found));
    if (!money_is_owed(owed))
        return REFUSE(fail, "letter_nothing_owed", "Nothing is owed, so nothing may be asked for.");
    if (date_before(head->sent, head->cleared->as_at))
        return REFUSE(fail, "letter_cleared_later",
                      "The balance was worked out for a day after the date of the letter.");
    return true;
}

bool letter_adds_up(money sum, money total, const char *what, struct fail *fail)
{
    char lines[MONEY_TEXT], said[MONEY_TEXT];

    if (sum.p == total.p) return true;
    return REFUSE(fail, "letter_does_not_add_up",
                  "The lines (%s) come to %s but the letter says %s.", what,
                  money_pounds(sum, lines), money_pounds(total, said));
}

bool letter_head_check(const struct letter_head *head, struct fail *fail)
{
    BUG_UNLESS((int)head->language >= 0 && head->language < LETTER_LANGUAGES && head->office);
    if (!head->recipient || !*head->recipient || !head->address[0] || !*head->address[0])
        return REFUSE(fail, "letter_no_address", "The letter has no name or address to go to.");
    if (!head->reference || !*head->reference)
        return REFUSE(fail, "letter_no_reference", "The letter has no reference.");
    if (!head->owner || !*head->owner)
        return REFUSE(fail, "letter_no_owner",
                      "Nobody answers for this letter: give the case an owner.");
    return true;
}
