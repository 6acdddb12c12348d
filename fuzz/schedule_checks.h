/* schedule_checks.h: what must hold of every line a reader of schedules hands on. */
#pragma once
#include "base/bug.h"
#include "feed/employer.h"

#include <stdlib.h>
#include <string.h>

struct kept_lines {
    struct schedule_line *at;
    size_t n, room;
    struct schedule schedule; /* of the first: only its lines are kept */
    struct arena arena;
    bool other;
};

static inline void check_digits(const char *s)
{
    BUG_UNLESS(strlen(s) == EMPLOYER_REFERENCE && strspn(s, "0123456789") == EMPLOYER_REFERENCE);
}

static inline bool check_line(void *context, const struct schedule_line *l, struct fail *f)
{
    struct kept_lines *k = context;
    char nino[NINO_LENGTH + 1];

    (void)f;
    check_digits(l->schedule->employer);
    if (*l->employee) check_digits(l->employee);
    if (*l->nino) BUG_UNLESS(nino_read(l->nino, nino) && !strcmp(nino, l->nino));
    BUG_UNLESS(*l->employee || *l->nino);
    BUG_UNLESS(l->normal.p >= 0 && l->deducted.p >= 0 && l->net.p >= 0 && l->line > 0);
    BUG_UNLESS(!l->has_net || l->deducted.p <= l->net.p);
    BUG_UNLESS((l->reason == SHORT_NONE) == (l->deducted.p >= l->normal.p));
    struct date_ymd is = date_split(l->pay_date), of = date_split(l->schedule->month);
    BUG_UNLESS(is.year == of.year && is.month == of.month && of.day == 1);
    if (k->n == 0) {
        k->schedule          = *l->schedule;
        k->schedule.employer = arena_text(&k->arena, l->schedule->employer, EMPLOYER_REFERENCE);
    }
    k->other |= strcmp(k->schedule.employer, l->schedule->employer) != 0 ||
                !date_same(k->schedule.month, l->schedule->month);
    if (k->other) return true;
    if (k->n == k->room) {
        size_t room = k->room ? k->room * 2 : 16;
        k->at       = arena_grow(&k->arena, k->at, k->n * sizeof *k->at, room * sizeof *k->at);
        k->room     = room;
    }
    k->at[k->n]          = *l;
    k->at[k->n].employee = arena_text(&k->arena, l->employee, strlen(l->employee));
    k->at[k->n].nino     = arena_text(&k->arena, l->nino, strlen(l->nino));
    k->n++;
    return true;
}

static inline bool check_total(void *context, const struct schedule *s, money total, struct fail *f)
{
    (void)context, (void)f;
    check_digits(s->employer);
    BUG_UNLESS(total.p >= 0);
    return true;
}

static inline void check_fault(void *context, const struct feed_fault *fault)
{
    (void)context;
    BUG_UNLESS(fault->line > 0 && *fault->text);
}

static inline bool same_line(void *context, const struct schedule_line *l, struct fail *f)
{
    struct kept_lines *k            = context;
    const struct schedule_line *was = &k->at[k->room++];

    (void)f;
    BUG_UNLESS(k->room <= k->n);
    BUG_UNLESS(!strcmp(l->employee, was->employee) && !strcmp(l->nino, was->nino));
    BUG_UNLESS(date_same(l->pay_date, was->pay_date) && l->period == was->period);
    BUG_UNLESS(l->has_net == was->has_net && l->net.p == was->net.p);
    BUG_UNLESS(l->normal.p == was->normal.p && l->deducted.p == was->deducted.p);
    BUG_UNLESS(l->reason == was->reason);
    return true;
}

static inline void no_fault(void *context, const struct feed_fault *fault)
{
    (void)context, (void)fault;
    BUG_UNLESS(!"what was written has a fault");
}

/* Reads any bytes; the lines of the first schedule, written by either writer and read again, are
 * the same. */
static inline void check_schedule(schedule_reader *read, const uint8_t *bytes, size_t length)
{
    struct feed_source source = { .bytes = (const char *)bytes, .length = length };
    struct kept_lines k       = { 0 };
    struct schedule_sink sink = { &k, check_line, check_total, check_fault };
    struct schedule_summary s;
    struct fail f = { 0 };

    if (length == 0) return;
    if (!read(&source, &sink, &s, &f)) BUG_UNLESS(f.kind != FAIL_NONE && *f.code && *f.text);
    for (int xml = 0; xml < 2 && k.n > 0; xml++) {
        struct schedule_sink again = { &k, same_line, check_total, no_fault };
        char *text                 = NULL;
        size_t size                = 0;
        FILE *to                   = open_memstream(&text, &size);
        BUG_UNLESS((xml ? employer_write_xml : employer_write_csv)(to, &k.schedule, k.at, k.n, &f));
        fclose(to);
        k.room = 0;
        BUG_UNLESS((xml ? employer_read_xml : employer_read_csv)(
            &(struct feed_source){ .bytes = text, .length = size }, &again, &s, &f));
        BUG_UNLESS(k.room == k.n && s.agreed);
        free(text);
    }
    arena_free(&k.arena);
}
