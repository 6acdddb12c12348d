/* entry_welsh.c: unreviewed Welsh for the sentences of entry.c. */
#include "ledger/entry_welsh.h"

#include "base/bug.h"

static const char *const sentences[REASON_COUNT] = {
    [REASON_CHARGE]          = "Daeth rhandaliad o gynhaliaeth yn ddyledus.",
    [REASON_OPENING]         = "Daethpwyd â chynhaliaeth a oedd eisoes yn ddyledus i’r cyfrif.",
    [REASON_INCREASE]        = "Cododd penderfyniad y gynhaliaeth am ddyddiau a godwyd eisoes.",
    [REASON_DECREASE]        = "Gostyngodd penderfyniad y gynhaliaeth am ddyddiau a godwyd eisoes.",
    [REASON_FEE]             = "Ychwanegwyd y ffi gasglu at randaliad.",
    [REASON_FEE_INCREASE]    = "Cododd y ffi gasglu am fod y gynhaliaeth wedi codi.",
    [REASON_FEE_DECREASE]    = "Gostyngodd y ffi gasglu am fod y gynhaliaeth wedi gostwng.",
    [REASON_FEE_WAIVED]      = "Tynnwyd ffi gasglu.",
    [REASON_ENFORCEMENT_FEE] = "Codwyd ffi am gam gorfodi.",
    [REASON_ENFORCEMENT_FEE_WAIVED] = "Tynnwyd ffi gorfodi.",
    [REASON_RECEIPT]                = "Cyrhaeddodd taliad y banc.",
    [REASON_MATCH]                  = "Cydnabuwyd taliad fel un y rhiant sy’n talu.",
    [REASON_UNMATCH]                = "Canfuwyd nad taliad y rhiant sy’n talu oedd hwn.",
    [REASON_PASS_ON]   = "Anfonwyd rhan o daliad ar gyfer sawl rhiant at yr un y mae ar ei gyfer.",
    [REASON_PASS_IN]   = "Cyrhaeddodd rhan y rhiant sy’n talu o daliad y cyfrif.",
    [REASON_PASS_BACK] = "Anfonwyd taliad sy’n perthyn i gyfrif arall yno.",
    [REASON_PAID]      = "Defnyddiwyd taliad ar gyfer cynhaliaeth.",
    [REASON_COLLECTED] = "Casglwyd cynhaliaeth ar gyfer y rhiant sy’n derbyn.",
    [REASON_FEE_PAID]  = "Defnyddiwyd taliad ar gyfer y ffi gasglu.",
    [REASON_ENFORCEMENT_FEE_PAID] = "Defnyddiwyd taliad ar gyfer ffi gorfodi.",
    [REASON_RECEIVER_FEE] = "Cymerwyd y ffi gasglu o gyfran y rhiant sy’n derbyn o daliad.",
    [REASON_PAY_OUT]      = "Anfonwyd arian at y rhiant sy’n derbyn.",
    [REASON_PAY_OUT_FAILED] =
        "Daeth arian a anfonwyd at y rhiant sy’n derbyn yn ôl oddi wrth eu banc.",
    [REASON_REFUND]   = "Anfonwyd arian nad oedd ei angen yn ôl at y rhiant sy’n talu.",
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
    [REASON_ADVANCE] = "Talodd y gwasanaeth am arian a basiwyd ymlaen i’r rhiant sy’n derbyn cyn "
                       "i’r taliad gael ei "
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
    [REASON_SET_OFF]     = "Gosodwyd yr hyn sydd ar y ddau riant i’w gilydd yn erbyn ei gilydd.",
    [REASON_WRITE_OFF]   = "Dilëwyd ôl-ddyledion.",
    [REASON_WRITE_OFF_REVERSED] = "Dadwnaed dileu; mae’r ôl-ddyledion yn ddyledus eto.",
    [REASON_LEGACY_OPENING] = "Daethpwyd ag ôl-ddyledion cynllun cynharach, sy’n ddyledus i’r "
                              "rhiant sy’n derbyn, i’r cyfrif.",
    [REASON_LEGACY_STATE_OPENING] =
        "Daethpwyd ag ôl-ddyledion cynllun cynharach, sy’n ddyledus i’r wladwriaeth, i’r cyfrif.",
    [REASON_LEGACY_PAID] = "Defnyddiwyd taliad ar gyfer ôl-ddyledion cynllun cynharach.",
    [REASON_LEGACY_COLLECTED] =
        "Casglwyd ôl-ddyledion cynllun cynharach ar gyfer y rhiant sy’n derbyn, heb ffi.",
    [REASON_LEGACY_STATE_PAID] =
        "Defnyddiwyd taliad ar gyfer ôl-ddyledion cynllun cynharach sy’n ddyledus i’r wladwriaeth.",
    [REASON_LEGACY_PAY_OUT] = "Anfonwyd ôl-ddyledion cynllun cynharach at y rhiant sy’n derbyn.",
    [REASON_LEGACY_PAY_OUT_FAILED] = "Daeth ôl-ddyledion cynllun cynharach a anfonwyd at y rhiant "
                                     "sy’n derbyn yn ôl oddi wrth eu "
                                     "banc.",
    [REASON_LEGACY_PAID_RETURNED] =
        "Mae ôl-ddyledion cynllun cynharach yn ddyledus eto am fod y taliad amdanynt wedi’i "
        "ddychwelyd.",
    [REASON_LEGACY_COLLECTED_RETURNED] = "Nid yw ôl-ddyledion cynllun cynharach yn cael eu dal "
                                         "mwyach am fod y taliad amdanynt wedi’i "
                                         "ddychwelyd.",
    [REASON_LEGACY_STATE_PAID_RETURNED] =
        "Mae ôl-ddyledion sy’n ddyledus i’r wladwriaeth yn ddyledus eto am fod y taliad amdanynt "
        "wedi’i ddychwelyd.",
    [REASON_LEGACY_ADVANCE] = "Talodd y gwasanaeth am ôl-ddyledion cynllun cynharach a basiwyd "
                              "ymlaen cyn i’r taliad gael "
                              "ei ddychwelyd.",
    [REASON_WAIVED_CLOSURE] =
        "Tynnwyd ffi gorfodi am fod achos cynllun cynharach yn cael ei gau (W1A).",
    [REASON_WAIVED_SEVERAL] =
        "Tynnwyd ffi gorfodi am fod sawl gorchymyn wedi’u gwneud ar unwaith (W2).",
    [REASON_WAIVED_AGAIN] = "Tynnwyd ffi gorfodi am mai newid cyflogwr, cyfrif neu swm oedd yr "
                            "unig reswm dros y gorchymyn "
                            "newydd (W3).",
    [REASON_WAIVED_FAILED] =
        "Tynnwyd ffi gorfodi am na wnaed y gorchymyn, na safodd, neu iddo ddod i ben trwy ein "
        "camgymeriad ni (W4).",
    [REASON_WAIVED_FORCES] = "Tynnwyd ffi gorfodi am fod y rhiant sy’n talu ar wasanaeth "
                             "gweithredol gyda’r lluoedd arfog "
                             "(W5).",
    [REASON_WAIVED_OTHER] =
        "Tynnwyd ffi gorfodi ar sail arall y mae’r gyfraith yn ei rhestru (W6).",
    [REASON_VOLUNTARY] =
        "Cyfrifwyd taliad gwirfoddol, a wnaed cyn bod y swm yn hysbys, yn erbyn yr ôl-ddyledion "
        "cyntaf.",
    [REASON_PAID_FOR_HOME] =
        "Cyfrifwyd fel cynhaliaeth daliad a wnaed dros y rhiant sy’n derbyn, gyda’u cytundeb.",
    [REASON_SET_OFF_OWED] =
        "Defnyddiwyd yr hyn sydd ar y rhiant arall ar gyfer y gynhaliaeth sy’n ddyledus iddynt.",
    [REASON_SET_OFF_DUE] = "Defnyddiwyd cynhaliaeth sy’n ddyledus i’r rhiant sy’n derbyn ar gyfer "
                           "yr hyn sydd arnynt fel "
                           "rhiant sy’n talu.",
    [REASON_AHEAD_HOME] =
        "Cadwyd gweddill taliad a wnaed dros y rhiant sy’n derbyn ar gyfer taliadau i ddod.",
    [REASON_AHEAD_SET_OFF] = "Cadwyd yr hyn sydd ar y rhiant arall ar gyfer taliadau i ddod "
                             "iddynt, hyn a hyn yr wythnos.",
    [REASON_AHEAD_SET_OFF_DUE] = "Daw’r hyn sydd ar y rhiant sy’n derbyn fel rhiant sy’n talu oddi "
                                 "ar daliadau i ddod iddynt.",
    [REASON_AHEAD_SPREAD] =
        "Cadwyd arian a dalwyd yn ormod ar gyfer taliadau i ddod, hyn a hyn yr wythnos.",
    [REASON_AHEAD_SPREAD_HELD] =
        "Daw’r hyn a gafodd y rhiant sy’n derbyn yn ormod oddi ar daliadau i ddod, hyn a hyn yr "
        "wythnos.",
    [REASON_AHEAD_OVERPAID] =
        "Cadwyd cynhaliaeth a gyfrifwyd nad yw’n ddyledus mwyach ar gyfer taliadau i ddod.",
    [REASON_AHEAD_OVERPAID_DUE] =
        "Daw cynhaliaeth a gafodd y rhiant sy’n derbyn nad yw’n ddyledus mwyach oddi ar daliadau i "
        "ddod.",
    [REASON_AHEAD_USED] =
        "Defnyddiwyd yr hyn a gyfrifwyd ar gyfer taliadau i ddod ar gyfer y taliad hwn.",
    [REASON_AHEAD_GOT] = "Roedd y rhiant sy’n derbyn eisoes wedi cael y rhan hon o’r taliad.",
    [REASON_AHEAD_BACK] =
        "Aeth yr hyn a gadwyd ar gyfer taliadau i ddod yn ôl i gredyd y rhiant sy’n talu.",
    [REASON_AHEAD_BACK_HELD] =
        "Daw’r hyn a gafodd y rhiant sy’n derbyn yn ormod allan o’u harian nesaf eto.",
    [REASON_AHEAD_RETURNED] =
        "Mae cynhaliaeth yn ddyledus eto am fod y taliad y’i cyfrifwyd ohono wedi’i ddychwelyd.",
    [REASON_AHEAD_RETURNED_DUE] =
        "Mae’r rhiant sy’n derbyn i gael hyn eto am fod y taliad y’i cyfrifwyd ohono wedi’i "
        "ddychwelyd.",
    [REASON_SET_OFF_ENDED] =
        "Mae cynhaliaeth yn ddyledus eto am i’r gosod yn erbyn ddod i ben cyn ei ddefnyddio i gyd.",
    [REASON_SET_OFF_ENDED_DUE] = "Mae’r rhiant sy’n derbyn i gael hyn eto am i’r gosod yn erbyn "
                                 "ddod i ben cyn ei ddefnyddio i "
                                 "gyd.",
    [REASON_AHEAD_SET_OFF_ENDED] =
        "Nid yw gweddill y gosod yn erbyn yn cael ei gadw mwyach ar gyfer taliadau i ddod.",
    [REASON_AHEAD_SET_OFF_ENDED_DUE] =
        "Nid yw gweddill y gosod yn erbyn yn dod oddi ar daliadau i ddod mwyach.",
    [REASON_REIMBURSED] =
        "Ad-dalodd y gwasanaeth i’r rhiant sy’n talu yr hyn yr oedd wedi’i dalu’n ormod.",
    [REASON_REIMBURSED_CLAIM] = "Mae’r rhiant sy’n derbyn i dalu’n ôl yr hyn a gafodd yn ormod ac "
                                "y mae’r gwasanaeth wedi’i "
                                "ad-dalu.",
    [REASON_REIMBURSED_MET] = "Talodd y gwasanaeth am yr hyn a gafodd y rhiant sy’n derbyn yn "
                              "ormod, am mai ei gamgymeriad ei "
                              "hun oedd hynny.",
    [REASON_ADVANCE_CLAIMED] =
        "Mae’r rhiant sy’n derbyn i dalu’n ôl arian yr oedd y gwasanaeth wedi’i dalu drostynt.",
    [REASON_RP_DEBT_TAKEN] =
        "Cadwyd rhan o arian y rhiant sy’n derbyn ar gyfer yr hyn sydd arnynt i’r gwasanaeth.",
    [REASON_RP_DEBT_REPAID] =
        "Talodd y rhiant sy’n derbyn yn ôl arian a oedd arnynt i’r gwasanaeth.",
    [REASON_REDRESS] = "Talodd y gwasanaeth i’r rhiant sy’n derbyn arian yr oedd ei gamgymeriad ei "
                       "hun wedi’i gostio "
                       "iddynt.",
    [REASON_REFUND_RETURNED] = "Mae arian a anfonwyd yn ôl at y rhiant sy’n talu yn ddyledus yn ôl "
                               "am fod y taliad y daeth "
                               "ohono wedi’i ddychwelyd.",
    [REASON_REPAID] =
        "Defnyddiwyd taliad ar gyfer arian a anfonwyd yn ôl at y rhiant sy’n talu gan daliad a "
        "ddychwelwyd.",
    [REASON_REPAID_RETURNED] = "Mae arian a anfonwyd yn ôl yn ddyledus yn ôl eto am fod y taliad "
                               "amdano wedi’i ddychwelyd.",
    [REASON_TAKEN_OVER] =
        "Daethpwyd â chynhaliaeth na thalwyd drwy Daliad Uniongyrchol i’r cyfrif.",
    [REASON_TAKEN_BACK] =
        "Roedd cynhaliaeth y daethpwyd â hi i’r cyfrif wedi’i thalu drwy Daliad Uniongyrchol.",
    [REASON_REFUND_DUE] = "Mae arian nad oes ei angen i fynd yn ôl at y rhiant sy’n talu.",
    [REASON_REIMBURSED_DUE] =
        "Mae’r gwasanaeth i ad-dalu i’r rhiant sy’n talu yr hyn yr oedd wedi’i dalu’n ormod.",
    [REASON_REFUND_SENT] = "Anfonwyd arian a oedd i fynd yn ôl at y rhiant sy’n talu.",
    [REASON_REFUND_FAILED] = "Daeth arian a anfonwyd yn ôl at y rhiant sy’n talu yn ôl o’u banc.",
    [REASON_REFUND_WITHDRAWN] = "Nid yw arian yn cael ei anfon yn ôl at y rhiant sy’n talu am fod "
                                "y taliad y daeth ohono wedi’i ddychwelyd.",
    [REASON_SHARE_RETURNED] = "Cymerodd y banc daliad i sawl rhiant yn ôl; dyma’r rhan ohono a "
                              "oedd ar y cyfrif hwn.",
    [REASON_PASS_RETURNED]  = "Casglwyd rhannau taliad i sawl rhiant ynghyd eto am i’r banc ei "
                              "gymryd yn ôl.",
    [REASON_CARRIED]        = "Cariwyd ymlaen yr hyn oedd yn agored.",
};

const char *reason_sentence_welsh(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return sentences[r];
}
