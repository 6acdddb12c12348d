/* must fail: expects argument of type .char */
#include "app/group.h"
void out(struct out *to, struct sealed s);
void out(struct out *to, struct sealed s)
{
    out_print(to, "%s", s.text);
}
