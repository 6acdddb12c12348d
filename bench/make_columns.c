/* make_columns.c: the cases that every program can work out, as columns for programs that know
 * nothing of Upkeep: one receiving parent, weekly income, benefit, children, shared care.
 * Usage: make_columns FOLDER [COUNT [SEED]]: writes FOLDER/calc.bin (see bench_assess.c) and
 * FOLDER/calc.csv (number, income in pence, benefit, children, other children, band). */
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    char path[1024];
    long count    = argc > 2 ? strtol(argv[2], NULL, 10) : 1000000;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    FILE *bin, *csv;

    if (argc < 2) return fprintf(stderr, "usage: make_columns FOLDER [COUNT [SEED]]\n"), 2;
    snprintf(path, sizeof path, "%s/calc.bin", argv[1]);
    bin = fopen(path, "wb");
    snprintf(path, sizeof path, "%s/calc.csv", argv[1]);
    csv = fopen(path, "w");
    if (!bin || !csv) return fprintf(stderr, "cannot write in %s\n", argv[1]), 2;
    for (long i = 0; i < count; i++) {
        int32_t income   = case_pick(&seed, case_pick(&seed, 6) ? 330000 : 20000);
        uint8_t record[] = { (uint8_t)income,
                             (uint8_t)(income >> 8),
                             (uint8_t)(income >> 16),
                             0,
                             case_pick(&seed, 8) == 0,
                             (uint8_t)(1 + case_pick(&seed, 3)),
                             (uint8_t)case_pick(&seed, 4),
                             (uint8_t)(case_pick(&seed, 5) < 3 ? 0 : 1 + case_pick(&seed, 4)) };
        fwrite(record, 1, sizeof record, bin);
        fprintf(csv, "%ld,%d,%d,%d,%d,%d\n", i, income, record[4], record[5], record[6], record[7]);
    }
    return fclose(bin) || fclose(csv) ? 2 : 0;
}
