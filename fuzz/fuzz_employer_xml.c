/* fuzz_employer_xml.c: any bytes as an employer's payment schedule in XML. */
#include "fuzz.h"
#include "schedule_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    check_schedule(employer_read_xml, bytes, length);
    return 0;
}
