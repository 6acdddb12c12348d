/* document.c: the words of the frame around every letter, in both languages. */
#include "letter/document.h"

#include <stdio.h>

const char *letter_language_tag(enum letter_language language)
{
    return language == LETTER_WELSH ? "cy-GB" : "en-GB";
}

char *letter_date_words(date d, enum letter_language language, char *buffer)
{
    static const char *const welsh[12] = { "Ionawr", "Chwefror", "Mawrth",     "Ebrill",
                                           "Mai",    "Mehefin",  "Gorffennaf", "Awst",
                                           "Medi",   "Hydref",   "Tachwedd",   "Rhagfyr" };
    if (language == LETTER_ENGLISH) return date_words(d, buffer);
    struct date_ymd c = date_split(d);
    snprintf(buffer, DATE_WORDS, "%d %s %d", c.day, welsh[c.month - 1], c.year);
    return buffer;
}

const char *letter_label(enum letter_label label, enum letter_language language)
{
    static const char *const words[LETTER_LABEL_COUNT][LETTER_LANGUAGES] = {
        [LETTER_LABEL_DATE]      = { "Date", "Dyddiad" },
        [LETTER_LABEL_REFERENCE] = { "Your reference", "Eich cyfeirnod" },
        [LETTER_LABEL_TELEPHONE] = { "Telephone", "Ffôn" },
        [LETTER_LABEL_WEB]       = { "Online", "Ar-lein" },
        [LETTER_LABEL_DEAR]      = { "Dear", "Annwyl" },
        [LETTER_LABEL_SIGNED]    = { "Your caseworker", "Eich gweithiwr achos" },
        [LETTER_LABEL_PAGE]      = { "Page %d of %d", "Tudalen %d o %d" },
    };
    return words[label][language];
}
