/* qr.h: a text as a picture that telephones read (QR code, error correction M). */
#pragma once
#include "base/arena.h"

/* The dark squares as the path of an SVG drawing of *size by *size units, its quiet border
 * included; NULL when the text is too long. */
const char *qr_path(struct arena *a, const char *text, int *size);
