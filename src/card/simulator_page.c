/* simulator_page.c: three pages of plain HTML. */
#include "card/simulator_page.h"

static const char *const state_words[] = {
    [GATEWAY_OPEN] = "not finished",   [GATEWAY_PAID] = "paid",       [GATEWAY_REFUSED] = "refused",
    [GATEWAY_CANCELLED] = "cancelled", [GATEWAY_EXPIRED] = "expired",
};

static void escaped(struct out *o, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&': out_text(o, "&amp;"); break;
        case '<': out_text(o, "&lt;"); break;
        case '>': out_text(o, "&gt;"); break;
        case '"': out_text(o, "&quot;"); break;
        default: out_bytes(o, text, 1);
        }
}

static void page_begin(struct out *o, const char *title)
{
    out_text(o, "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
                "name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
    out_text(o, title);
    out_text(o, "</title><style>body{font:18px/1.5 sans-serif;max-width:36em;margin:0 auto;"
                "padding:1em;background:#f2f0f7;color:#222}main{background:#fff;padding:1em}"
                "input,button{font:inherit;padding:.4em;max-width:100%;box-sizing:border-box}"
                "button{margin:.3em 0}.wrong{color:#a00}code{white-space:nowrap}</style></head>"
                "<body><header><p><strong>Pretend Card Company</strong>: a simulator. No money "
                "moves here.</p></header><main><h1>");
    out_text(o, title);
    out_text(o, "</h1>");
}

static void page_end(struct out *o)
{
    out_text(o, "</main></body></html>\n");
}

static void about(struct out *o, const struct simulated_payment *p)
{
    char sum[MONEY_TEXT];

    out_print(o, "<p>%s: <strong>%s</strong></p>", "To pay", money_pounds(p->amount, sum));
    out_text(o, "<p>");
    escaped(o, p->description);
    out_text(o, "</p>");
}

void simulator_page_pay(struct out *o, const struct simulated_payment *p, bool wrong)
{
    page_begin(o, "Pay by card");
    about(o, p);
    if (wrong)
        out_text(o, "<p class=\"wrong\" id=\"wrong\" role=\"alert\">That is none of the numbers "
                    "below.</p>");
    out_print(o,
              "<form method=\"post\" action=\"/pay/%s\"><p><label for=\"card\">Card "
              "number</label><br><input id=\"card\" name=\"card\" inputmode=\"numeric\" "
              "autocomplete=\"off\"%s></p><p><button type=\"submit\" name=\"act\" "
              "value=\"pay\">Pay now</button></p><p><button type=\"submit\" name=\"act\" "
              "value=\"cancel\">Cancel</button></p></form><h2>Cards that it knows</h2><ul>",
              p->id, wrong ? " aria-describedby=\"wrong\"" : "");
    for (size_t i = 0; i < CARD_CARDS; i++)
        out_print(o, "<li><code>%s</code> %s</li>", simulated_numbers[i].number,
                  simulated_numbers[i].does);
    out_text(o, "</ul>");
    page_end(o);
}

void simulator_page_done(struct out *o, const struct simulated_payment *p)
{
    page_begin(o, "Pay by card");
    about(o, p);
    out_print(o, "<p>This payment is %s.</p><p><a href=\"", state_words[p->state]);
    escaped(o, p->back);
    out_text(o, "\">Go back</a></p>");
    page_end(o);
}

void simulator_page_desk(struct out *o, const struct simulated *s)
{
    char sum[MONEY_TEXT];

    page_begin(o, "What the simulator does");
    out_print(o, "<p>It is %s.</p>",
              s->now() < s->away_until ? "away: no call is answered" : "there");
    out_text(o, "<form method=\"post\" action=\"/\">"
                "<button name=\"act\" value=\"away\">Be away for 30 seconds</button> "
                "<button name=\"act\" value=\"back\">Be there again</button> "
                "<button name=\"act\" value=\"lose\">Lose the next answer</button></form>"
                "<p><a href=\"/settlement.csv\">The file of what was taken</a></p><h2>Payments</h2>"
                "<ul>");
    for (size_t i = 0; i < s->n; i++)
        out_print(o, "<li><code>%s</code> %s: %s</li>", s->payments[i].reference,
                  money_pounds(s->payments[i].amount, sum), state_words[s->payments[i].state]);
    out_text(o, "</ul>");
    page_end(o);
}
