/* must fail: expects argument of type .char */
#include "app/group.h"
bool out(struct sealed s, struct fail *fail);
bool out(struct sealed s, struct fail *fail)
{
    return REFUSE(fail, "value_wrong", "%s is wrong.", s);
}
