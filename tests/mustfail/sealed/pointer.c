/* must fail: passing argument 2 of .out_text. from incompatible pointer type */
#include "app/group.h"
void out(struct out *to, struct sealed s);
void out(struct out *to, struct sealed s)
{
    out_text(to, s.text);
}
