/* holidayc: the list of bank holidays as a C table.  Usage: holidayc LIST OUTPUT.c
 *
 * A line is a day, the parts of the kingdom it is a holiday in (ew, s, ni with commas) and its
 * name. The list is in order of days, without a day twice for one part, and covers whole years. */
#include "base/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 256, PLACES = 3, NAME_MOST = 80 };
static const char *const places[PLACES] = { "ew", "s", "ni" };

struct list {
    const char *file;
    int line, first_year, last_year, places_seen; /* places_seen: bits, on `last` */
    date last;
    FILE *to;
};

static bool fault(const struct list *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool fault(const struct list *l, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "%s:%d: ", l->file, l->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return false;
}

/* "ew,ni" as bits; 0 if a word is none of the three or is there twice. */
static int places_read(char *text)
{
    int bits = 0;

    for (char *word = text, *next; word; word = next) {
        int bit = 0;
        next    = strchr(word, ',');
        if (next) *next++ = '\0';
        for (int i = 0; i < PLACES; i++)
            if (!strcmp(word, places[i])) bit = 1 << i;
        if (!bit || bits & bit) return 0;
        bits |= bit;
    }
    return bits;
}

static bool line_read(struct list *l, const char *text)
{
    char day_text[16], where[16], name[NAME_MOST + 2];
    date day;

    if (sscanf(text, "%15s %15s %81[^\n]", day_text, where, name) != 3)
        return fault(l, "a line is a day, where (ew, s, ni) and a name");
    if (!date_parse(day_text, strlen(day_text), &day))
        return fault(l, "no such day: %s (written YYYY-MM-DD)", day_text);
    int bits = places_read(where), year = date_split(day).year;
    if (!bits) return fault(l, "where is ew, s or ni, each once, parted by commas");
    if (strlen(name) > NAME_MOST || strpbrk(name, "\"\\"))
        return fault(l, "a name has at most %d characters, no quotation marks", NAME_MOST);
    if (l->first_year && date_before(day, l->last)) return fault(l, "days are in order");
    if (l->first_year && date_same(day, l->last) && l->places_seen & bits)
        return fault(l, "this day is already a holiday there");
    if (l->first_year && year > l->last_year + 1)
        return fault(l, "a year is missing before %d", year);
    if (!l->first_year || !date_same(day, l->last)) l->places_seen = 0;
    if (!l->first_year) l->first_year = year;
    l->last_year = year;
    l->places_seen |= bits;
    l->last = day;
    fprintf(l->to, "    { { %d }, %d, \"%s\" }, /* %s */\n", day.d, bits, name, day_text);
    return true;
}

static bool list_read(struct list *l, FILE *from)
{
    char text[LINE_MOST];

    while (fgets(text, sizeof text, from)) {
        l->line++;
        if (!strchr(text, '\n')) return fault(l, "the line is too long or has no end");
        if (text[0] == '#' || text[0] == '\n') continue;
        if (!line_read(l, text)) return false;
    }
    return l->first_year != 0 || fault(l, "there is no holiday in the list");
}

int main(int argc, char **argv)
{
    struct list l = { 0 };

    if (argc != 3) return fputs("usage: holidayc LIST OUTPUT.c\n", stderr), 2;
    l.file     = argv[1];
    FILE *from = fopen(argv[1], "r");
    if (!from) return perror(argv[1]), 2;
    l.to = fopen(argv[2], "w");
    if (!l.to) return perror(argv[2]), 2;
    fputs("/* made by holidayc */\n#include \"law/working_day.h\"\n\n"
          "const struct bank_holiday bank_holiday_table[] = {\n",
          l.to);
    bool ok = list_read(&l, from);
    fputs("};\nconst int32_t bank_holiday_count = sizeof bank_holiday_table / sizeof "
          "*bank_holiday_table;\n",
          l.to);
    fprintf(l.to, "const int bank_holiday_first_year = %d, bank_holiday_last_year = %d;\n",
            l.first_year, l.last_year);
    ok = !ferror(l.to) && fclose(l.to) == 0 && ok;
    fclose(from);
    if (!ok) remove(argv[2]);
    return ok ? 0 : 1;
}
