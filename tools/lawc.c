/* lawc.c: compiles the law files into C.  Usage: lawc FOLDER FILE...
 * Reads every file, tells every fault as FILE:LINE: MESSAGE, and writes FOLDER/law_data.h,
 * law_data.c and law_draft.c only if there is none.  The format: doc/law-format.md. */
#include "lawc/lawc.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    static struct book book;

    if (argc < 3) {
        fputs("Usage: lawc FOLDER FILE...\n", stderr);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        book_read(&book, argv[i]);
    book_check(&book);
    if (book.faults) {
        fprintf(stderr, "lawc: %d fault%s in the law; nothing written\n", book.faults,
                book.faults == 1 ? "" : "s");
        return 1;
    }
    return book_write(&book, argv[1]) ? 0 : 1;
}
