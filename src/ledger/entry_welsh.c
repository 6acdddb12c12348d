/* entry_welsh.c: unreviewed Welsh for the sentences of entry.c. */
#include "ledger/entry_welsh.h"

#include "base/bug.h"

/* clang-format off */
static const char *const sentences[REASON_COUNT] = {
    [REASON_CHARGE] = "Daeth rhandaliad o gynhaliaeth yn ddyledus.",
    [REASON_OPENING] = "Daethpwyd â chynhaliaeth a oedd eisoes yn ddyledus i’r cyfrif.",
    [REASON_INCREASE] =
        "Cododd penderfyniad y gynhaliaeth am ddyddiau a godwyd eisoes.",
    [REASON_DECREASE] =
        "Gostyngodd penderfyniad y gynhaliaeth am ddyddiau a godwyd eisoes.",
    [REASON_FEE] = "Ychwanegwyd y ffi gasglu at randaliad.",
    [REASON_FEE_INCREASE] = "Cododd y ffi gasglu am fod y gynhaliaeth wedi codi.",
    [REASON_FEE_DECREASE] = "Gostyngodd y ffi gasglu am fod y gynhaliaeth wedi gostwng.",
    [REASON_FEE_WAIVED] = "Tynnwyd ffi gasglu.",
    [REASON_ENFORCEMENT_FEE] = "Codwyd ffi am gam gorfodi.",
    [REASON_ENFORCEMENT_FEE_WAIVED] = "Tynnwyd ffi gorfodi.",
    [REASON_RECEIPT] = "Cyrhaeddodd taliad y banc.",
    [REASON_MATCH] = "Cydnabuwyd taliad fel un y rhiant sy’n talu.",
    [REASON_UNMATCH] = "Canfuwyd nad taliad y rhiant sy’n talu oedd hwn.",
    [REASON_PASS_ON] = "Anfonwyd rhan o daliad ar gyfer sawl rhiant at yr un y mae ar ei gyfer.",
    [REASON_PASS_IN] = "Cyrhaeddodd rhan y rhiant sy’n talu o daliad y cyfrif.",
    [REASON_PASS_BACK] = "Anfonwyd taliad sy’n perthyn i gyfrif arall yno.",
    [REASON_PAID] = "Defnyddiwyd taliad ar gyfer cynhaliaeth.",
    [REASON_COLLECTED] = "Casglwyd cynhaliaeth ar gyfer y rhiant sy’n derbyn.",
    [REASON_FEE_PAID] = "Defnyddiwyd taliad ar gyfer y ffi gasglu.",
    [REASON_ENFORCEMENT_FEE_PAID] = "Defnyddiwyd taliad ar gyfer ffi gorfodi.",
    [REASON_RECEIVER_FEE] = "Cymerwyd y ffi gasglu o gyfran y rhiant sy’n derbyn o daliad.",
    [REASON_PAY_OUT] = "Anfonwyd arian at y rhiant sy’n derbyn.",
    [REASON_PAY_OUT_FAILED] =
        "Daeth arian a anfonwyd at y rhiant sy’n derbyn yn ôl oddi wrth eu banc.",
    [REASON_REFUND] = "Anfonwyd arian nad oedd ei angen yn ôl at y rhiant sy’n talu.",
    [REASON_RETURNED] = "Cymerodd y banc daliad yn ôl.",
    [REASON_RETURNED_UNMATCHED] =
        "Cymerodd y banc yn ôl daliad na chafwyd neb iddo, neu fe’i hanfonwyd yn ôl.",
    [REASON_PAID_RETURNED] =
        "Mae cynhaliaeth yn ddyledus eto am fod y taliad amdani wedi’i ddychwelyd.",
    [REASON_COLLECTED_RETURNED] =
        "Nid yw’r gynhaliaeth yn cael ei dal mwyach am fod y taliad amdani wedi’i ddychwelyd.",
    [REASON_FEE_PAID_RETURNED] =
        "Mae ffi gasglu yn ddyledus eto am fod y taliad amdani wedi’i ddychwelyd.",
    [REASON_ENFORCEMENT_FEE_PAID_RETURNED] =
        "Mae ffi gorfodi yn ddyledus eto am fod y taliad amdani wedi’i ddychwelyd.",
    [REASON_RECEIVER_FEE_BACK] =
        "Rhoddwyd ffi gasglu’r rhiant sy’n derbyn yn ôl gyda’r arian y’i cymerwyd ohono.",
    [REASON_ADVANCE] =
        "Talodd y gwasanaeth am arian a basiwyd ymlaen i’r rhiant sy’n derbyn cyn i’r taliad gael ei "
        "ddychwelyd.",
    [REASON_ADVANCE_RECOVERED] =
        "Cymerwyd arian yr oedd y gwasanaeth wedi’i dalu yn ôl o arian y rhiant sy’n derbyn.",
    [REASON_RELEASE] =
        "Aeth cynhaliaeth a dalwyd nad yw’n ddyledus mwyach i gredyd y rhiant sy’n talu.",
    [REASON_RELEASE_HELD] =
        "Daw cynhaliaeth a gasglwyd nad yw’n ddyledus mwyach allan o arian y rhiant sy’n derbyn.",
    [REASON_FEE_RELEASE] =
        "Aeth ffi gasglu a dalwyd nad yw’n ddyledus mwyach i gredyd y rhiant sy’n talu.",
    [REASON_ENFORCEMENT_FEE_RELEASE] =
        "Aeth ffi gorfodi a dalwyd ac a dynnwyd wedyn i gredyd y rhiant sy’n talu.",
    [REASON_PAID_DIRECT] = "Cyfrifwyd taliad a wnaed yn syth i’r rhiant sy’n derbyn.",
    [REASON_SET_OFF] = "Gosodwyd yr hyn sydd ar y ddau riant i’w gilydd yn erbyn ei gilydd.",
    [REASON_WRITE_OFF] = "Dilëwyd ôl-ddyledion.",
    [REASON_WRITE_OFF_REVERSED] = "Dadwnaed dileu; mae’r ôl-ddyledion yn ddyledus eto.",
};
/* clang-format on */

const char *reason_sentence_welsh(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return sentences[r];
}
