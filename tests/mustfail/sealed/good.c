/* compiles: a sealed value is carried, compared and opened through the door */
#include "app/access.h"
bool good(const struct reader *who, struct sealed s, const char **text, struct fail *fail);
bool good(const struct reader *who, struct sealed s, const char **text, struct fail *fail)
{
    return !sealed_equals(s, "x") && access_open(who, "to write to them", s, text, fail);
}
