"""What the words of a status or a kind of document mean for a line: it counts, it is left out, it came back, or ask."""

import re

from kam.intake.totals import plain

_OUT = {
    "cancelled": "cancel* annul* storn* anul* iptal* geannuleerd annullat* peruut* avbrut* makulerad peruttu отмен* zrusen*"
    " torolt لغو* ملغ* abgebrochen キャンセル 取消 已取消",
    "void": "void* voided ungultig* nichtig nul باطل* 作废 無効 deleted geloscht supprim* eliminad* silindi",
    "draft": "draft* entwurf entwurfe brouillon borrador bozza taslak concept rascunho szkic utkast luonnos koncept черновик"
    " پیش‌نویس پیشنویس مسودة 草稿 下書き parked",
    "quote": "quote* quotation* estimate* offer offerte* angebot* devis presupuesto* cotizacion preventivo teklif orcamento"
    " oferta proforma pro-forma proposal tender tilbud tarjous nabidka предложение پیشفاکتور پیش‌فاکتور برآورد 报价 見積",
}
_PAYMENT = (
    "payment* zahlung* paiement* pago* pagamento* betaling* odeme receipt* پرداخت دریافت deposit transfer journal"
)
_BACK = (
    "credit* gutschrift* avoir* abono nota nota_de_credito nota_di_credito creditnota return* retour* rucksendung ruckgabe"
    " refund* remboursement reembolso devolucion reso rimborso iade retur hyvitys kreditnota korrekt* zwrot dobropis"
    " возврат برگشت* مرجوع* استرداد مرتجع 退货 返品 rma accreccredit"
)
_ASK = (
    "fail* failed declined rejected abgelehnt refus* rechaz* pending ausstehend schwebend attente pendiente beklemede"
    " hold on_hold onhold disputed dispute chargeback suspended gesperrt expired abandoned unpaid_cancel waiting awaiting"
    " معلق ناموفق ردشده در_انتظار частично обработк* на_удержании"
)
_SALE = (
    "paid* bezahlt paye* pagad* pagat* betaald odendi odenmis zaplac* betalt maksettu оплачен* پرداخت_شده مدفوع ship* sent"
    " versandt versendet verschickt expedi* enviad* spedit* verzonden gonderil* wysla* sendt lahetetty отправлен* ارسال*"
    " deliver* geliefert livre* entregad* consegnat* geleverd teslim* dostarcz* leveret toimitettu доставлен* تحویل* complet*"
    " abgeschlossen erledigt fertig termine* completad* voltooid afgerond tamam* zakoncz* fullfort valmis выполнен* завершен*"
    " تکمیل* کامل* مكتمل invoic* fakturiert berechnet facture* facturad* fatturat* gefactureerd fatura* zafakturowan* faktur*"
    " فاکتور_شده صادر_شده صادر* open* offen ouvert* abiert* apert* acik* otwart* avoin открыт* باز post* gebucht comptabilise*"
    " contabilizad* geboekt kesinles* zaksiegowan* bokford ثبت* قطعی* نهایی* تایید* تأیید* close* geschlossen ferme* cerrad* chius*"
    " gesloten kapal* zamkniet* stangt suljettu закрыт* بسته active aktiv* approved genehmigt freigegeben approuve* aprobad*"
    " approvat* goedgekeurd onayla* zatwierdz* godkand hyvaksytty authori* confirm* bestatigt confirme* confermat* bevestigd"
    " onaylan* potwierdz* bekraft* process* verarbeitet in_bearbeitung traite* procesad* verwerkt islen* przetwarz* resolved"
    " gelost fulfilled partial* teilweise final* won gewonnen gagne* ganad* sale sold verkauft vendu* vendid* venduto success*"
    " succeeded erfolgreich ok yes normal regular billed due overdue unpaid outstanding submitted received settled finished done"
    " released picked packed 已付款 已完成 已发货 完了 出荷済 支払済 new neu in_transit fallig issued active valid"
)


def _pattern(words: str) -> re.Pattern[str]:
    parts = []
    for word in words.split():
        bare = plain(word.rstrip("*").replace("_", " "))
        parts.append(rf"\b{re.escape(bare)}" + (r"\w*" if word.endswith("*") else r"\b"))
    return re.compile("|".join(parts))


_OUT_PATTERNS = {why: _pattern(words) for why, words in _OUT.items()}
_PAYMENT_PATTERN, _BACK_PATTERN, _ASK_PATTERN = _pattern(_PAYMENT), _pattern(_BACK), _pattern(_ASK)
_SALE_PATTERN = _pattern(_SALE)
_NOT = re.compile(r"\b(not|non|nicht|no|un)\b|uncancel|invoice credit|credit card|kreditkarte|credit limit")
_NO = ("", "0", "n", "no", "false", "f", "nein", "non", "hayir", "خیر", "-", "tno")


def kind_of_status(text: str) -> str | None:
    """Say what a status means: "cancelled", "void", "draft", "quote" (left out), "refund", "ask", "sale"; None: unknown.

    >>> [
    ...     kind_of_status(text)
    ...     for text in ("Cancelled", "Entwurf", "Paid", "On Hold", "Refunded", "پیش‌فاکتور", "Zephyr")
    ... ]
    ['cancelled', 'draft', 'sale', 'ask', 'refund', 'quote', None]
    """
    words = plain(text)
    if not words:
        return None
    if _NOT.search(words):
        return "sale"
    for why, pattern in _OUT_PATTERNS.items():
        if pattern.search(words):
            return why
    if _BACK_PATTERN.search(words):
        return "refund"
    if _ASK_PATTERN.search(words):
        return "ask"
    return "sale" if _SALE_PATTERN.search(words) else None


def kind_of_document(text: str) -> str | None:
    """Say what a kind of document means: "refund" (counts negative), "quote", "payment" ... (left out), or None.

    >>> [
    ...     kind_of_document(text)
    ...     for text in ("Invoice", "Credit Note", "Gutschrift", "برگشت از فروش", "Estimate", "Payment")
    ... ]
    [None, 'refund', 'refund', 'refund', 'quote', 'payment']
    """
    words = plain(text)
    if not words or _NOT.search(words):
        return None
    for why, pattern in _OUT_PATTERNS.items():
        if pattern.search(words):
            return why
    if _BACK_PATTERN.search(words):
        return "refund"
    return "payment" if _PAYMENT_PATTERN.search(words) and "sales" not in words else None


def says_cancelled(text: str) -> bool:
    """Say whether a cell of a column named "cancelled" says so: a yes, or the day it was.

    >>> [says_cancelled(text) for text in ("Y", "tYES", "2025-03-01", "N", "", "tNO")]
    [True, True, True, False, False, False]
    """
    return plain(text) not in _NO
