/* fuzz_employer_csv.c: any bytes as an employer's payment schedule in CSV. */
#include "fuzz.h"
#include "schedule_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    check_schedule(employer_read_csv, bytes, length);
    return 0;
}
