/* calculator.h: the public calculator's pages. */
#pragma once
#include "web/request.h"

/* Question pages (calculator_ask.c). */
handler ask_show;
handler take_side, take_circumstance, take_benefit, take_partner, take_income, take_amount,
    take_pension, take_receivers, take_children, take_care, take_nights, take_others,
    take_arrangements, take_special, take_ground;
/* The rest (calculator_result.c). */
handler calculator_start, calculator_check, calculator_result, calculator_code, calculator_json,
    calculator_again;
