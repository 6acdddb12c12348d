/* must fail: incompatible type for argument 2 of .out_text */
#include "app/group.h"
void out(struct out *to, struct sealed s);
void out(struct out *to, struct sealed s)
{
    out_text(to, s);
}
