/* build.h: what a compiled letter calls to become a document.  Only generated code and tests use
 * it.
 *
 * Text is said piece by piece and then put somewhere: letter_text, letter_figure, letter_column or
 * letter_cell takes what was said since the last of them. */
#pragma once
#include "base/out.h"
#include "letter/document.h"

#include <stdint.h>

struct letter_builder {
    struct arena *arena;
    const struct letter_head *head;
    struct letter_document *document;
    struct letter_block *blocks, *block; /* block: the one being built */
    struct letter_column *columns;
    const char **cells;
    size_t room, column_room, cell_room;
    struct out said;
};

void letter_start(struct letter_builder *b, const struct letter_template *t,
                  const struct letter_head *head, struct arena *arena,
                  struct letter_document *result);
/* Opens a block; a list item joins the list just before it. */
void letter_open(struct letter_builder *b, enum letter_kind kind);

void letter_say(struct letter_builder *b, const char *s); /* words of the template */
void letter_say_text(struct letter_builder *b,
                     const char *s); /* data: control characters go; NULL is "" */
void letter_say_words(struct letter_builder *b, struct letter_words w);
void letter_say_money(struct letter_builder *b, money m);
void letter_say_date(struct letter_builder *b, date d);
void letter_say_count(struct letter_builder *b, int64_t n);

void letter_title(struct letter_builder *b);
void letter_text(struct letter_builder *b);
void letter_figure(struct letter_builder *b);
void letter_column(struct letter_builder *b, bool figures);
void letter_cell(struct letter_builder *b);
void letter_total(struct letter_builder *b); /* the row now being filled is the table's last */

/* True if the clearance in the head covers exactly this amount; otherwise fills fail. */
bool letter_cleared(const struct letter_head *head, money owed, struct fail *fail);
/* True if what a column adds up to is what the letter says in total; otherwise fills fail. */
bool letter_adds_up(money sum, money total, const char *what, struct fail *fail);
/* True if the head can be printed: names, language, date, address; otherwise fills fail. */
bool letter_head_check(const struct letter_head *head, struct fail *fail);
