/* routes.c: every way in.  What is not here does not exist. */
#include "web/calculator.h"
#include "web/dispatch.h"
#include "web/public.h"
#include "web/sign_in.h"

/* A question: shown, and answered by its form. */
#define ASK(path, name)                                                                            \
    { METHOD_GET, path, ACCESS_PUBLIC, ask_show, NULL, false },                                    \
    {                                                                                              \
        METHOD_POST, path, ACCESS_PUBLIC, take_##name, &form_ask_##name, true                      \
    }
#define PUBLIC(path, run)                                                                          \
    {                                                                                              \
        METHOD_GET, path, ACCESS_PUBLIC, run, NULL, false                                          \
    }

/* clang-format off */
const struct route routes[] = {
    PUBLIC("/", public_home),
    PUBLIC("/help", public_help),
    PUBLIC("/safety", public_safety),
    PUBLIC("/cookies", public_cookies),
    PUBLIC("/exit", public_exit),

    { METHOD_GET, "/sign-in", ACCESS_PUBLIC, sign_in_show, &form_sign_in_next, true },
    { METHOD_POST, "/sign-in", ACCESS_PUBLIC, sign_in_do, &form_sign_in, true },
    { METHOD_POST, "/sign-out", ACCESS_CASEWORKER, sign_out_do, NULL, false },
    { METHOD_GET, "/account", ACCESS_CASEWORKER, account_show, NULL, false },

    PUBLIC("/calculator", calculator_start),
    PUBLIC("/calculator/check", calculator_check),
    PUBLIC("/calculator/result", calculator_result),
    PUBLIC("/calculator/answers.json", calculator_json),
    { METHOD_POST, "/calculator/code", ACCESS_PUBLIC, calculator_code, NULL, false },
    { METHOD_POST, "/calculator/again", ACCESS_PUBLIC, calculator_again, NULL, false },
    ASK("/calculator/side", side),
    ASK("/calculator/circumstances", circumstance),
    ASK("/calculator/benefits", benefit),
    ASK("/calculator/partner", partner),
    ASK("/calculator/income", income),
    ASK("/calculator/amount", amount),
    ASK("/calculator/pension", pension),
    ASK("/calculator/parents", receivers),
    ASK("/calculator/parent/{}/children", children),
    ASK("/calculator/parent/{}/care", care),
    ASK("/calculator/parent/{}/child/{}/nights", nights),
    ASK("/calculator/other-children", others),
    ASK("/calculator/other-arrangements", arrangements),
    ASK("/calculator/special", special),
    ASK("/calculator/special/{}", ground),
};
/* clang-format on */
const int route_count = sizeof routes / sizeof *routes;
