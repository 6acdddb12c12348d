/* qr.c: libqrencode's squares as a path. */
#include "web/qr.h"

#include "base/out.h"

#include <qrencode.h>

enum { BORDER = 4 };

const char *qr_path(struct arena *a, const char *text, int *size)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    struct out o = { .arena = a };

    if (!code) return NULL;
    for (int y = 0; y < code->width; y++)
        for (int x = 0, n; x < code->width; x += n) {
            const unsigned char *row = code->data + y * code->width;
            for (n = 1; x + n < code->width && !((row[x] ^ row[x + n]) & 1);)
                n++;
            if (row[x] & 1) out_print(&o, "M%d %dh%dv1h-%dz", x + BORDER, y + BORDER, n, n);
        }
    *size = code->width + 2 * BORDER;
    QRcode_free(code);
    return out_string(&o);
}
