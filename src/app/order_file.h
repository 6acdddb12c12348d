/* order_file.h: the files that employers and benefit offices are sent (doc/employer-files.md): all
 * orders and requests that hold on the setting's day. */
#pragma once
#include "app/order.h"

#include <stdio.h>

/* The rates of every order; employer "" or NULL: of all employers, else of one. */
bool order_rates_write(const struct setting *setting, const char *employer, FILE *to,
                       struct fail *fail);
bool order_requests_write(const struct setting *setting, FILE *to, struct fail *fail);
