"""Layouts of real systems, each with sisters: bills and parties, outlines, ledgers, CRM stages, fees, currencies."""

import time
from pathlib import Path

import pytest

from kam.intake.report import LoadError
from tests.intake.cases.exports import put
from tests.intake.cases.outcome import asked, came, right_or_asked
from tests.intake.cases.test_no_sales import ALL, HEADER, LINES, but, fifth

GOODS = ("Drill 18V", "Cable 50m", "Ladder 3m", "Work gloves")
FULL = [(day, who, f"{4711 + at // 2}", GOODS[at % 4], 2 + at % 7, net) for at, (day, who, net) in enumerate(LINES)]


@pytest.mark.parametrize(
    "header",
    [
        ("Bill Date", "Party Name", "Bill No.", "Item", "Qty", "Amount"),
        ("Bill Date", "Party", "Bill Number", "Item Name", "Qty", "Net Amount"),
        ("Invoice Date", "Customer #", "Invoice #", "Part #", "Qty", "Extended Price"),
        ("Fakturadato", "Kundenavn", "Fakturanummer", "Beskrivelse", "Antall", "Beløp eks. mva"),
        ("Fakturadato", "Kundenavn", "Fakturanr", "Varenavn", "Antal", "Beløb ekskl. moms"),
        ("Дата", "Контрагент", "Номер", "Номенклатура", "Количество", "Сумма без НДС"),
        ("Data", "Kontrahent", "Numer", "Nazwa towaru", "Ilość", "Wartość netto"),
        ("Data", "Client", "Factură", "Produs", "Cantitate", "Valoare fără TVA"),
        ("Datum", "Kupac", "Broj računa", "Artikl", "Količina", "Iznos bez PDV-a"),
        ("Dátum", "Vevő", "Számlaszám", "Termék", "Mennyiség", "Nettó érték"),
        ("Дата", "Контрагент", "Номер", "Номенклатура", "Кількість", "Сума без ПДВ"),
        ("매출일자", "거래처명", "전표번호", "품목명", "수량", "공급가액"),
        ("Tanggal", "Pelanggan", "No. Faktur", "Nama Barang", "Kuantitas", "Total Harga"),
        ("Ημερομηνία", "Πελάτης", "Αρ. Τιμολογίου", "Είδος", "Ποσότητα", "Καθαρή αξία"),
    ],
)
def test_bills_of_many_countries_open_unaided(tmp_path: Path, header: tuple[str, ...]) -> None:
    book = came(put(tmp_path / "book/sales.csv", header, FULL))
    assert book.revenue == pytest.approx(ALL)


@pytest.mark.parametrize(
    "header", [("Customer", "Date", "Qty", "Amount"), ("Контрагент / Номенклатура", "Дата", "Количество", "Сумма")]
)
def test_customers_above_what_they_bought_with_their_sum(tmp_path: Path, header: tuple[str, ...]) -> None:
    rows = []
    for who in ALL:
        rows += [(who, "", "", ALL[who])]
        rows += [(what, day, pieces, net) for day, name, _, what, pieces, net in FULL if name == who]
    book = came(put(tmp_path / "book/sales.csv", header, rows))
    assert book.revenue == pytest.approx(ALL)
    assert book.sources["product_id"] == header[0]


@pytest.mark.parametrize(
    ("header", "ledger"),
    [
        (("Account Code", "Account Name"), [("200", "Sales")]),
        (("Account", "Account Name"), [("4000", "Sales - Products")]),
        (("Konto", "Kontobezeichnung"), [("8400", "Umsatzerlöse 19 %")]),
    ],
)
@pytest.mark.parametrize("who", ["Contact", "Name", "Partner"])
def test_the_customer_of_a_ledger_is_who_was_billed(
    tmp_path: Path, header: tuple[str, str], ledger: list[tuple[str, str]], who: str
) -> None:
    rows = [(*ledger[at % len(ledger)], day, name, net) for at, (day, name, net) in enumerate(LINES)]
    book = came(put(tmp_path / "book/sales.csv", (*header, "Date", who, "Net"), rows))
    assert book.revenue == pytest.approx(ALL)


@pytest.mark.parametrize(
    ("header", "bad"),
    [
        ("Situação", "Cancelado"),
        ("Состояние", "Отменён"),
        ("Állapot", "Törölt"),
        ("ステータス", "キャンセル"),
        ("상태", "취소"),
        ("Vorgangsstatus", "Abgebrochen"),
        ("Line info", "Cancelled"),
        ("Approval", "Rejected"),
        ("Bemerkung", "storniert"),
        ("Cancelado", "Sim"),
        ("Отменён", "Да"),
        ("Makulerad", "Ja"),
        ("Geannuleerd", "Ja"),
        ("Posted", "No"),
        ("Проведен", "Нет"),
    ],
)
def test_a_line_that_is_cancelled_is_heard_whatever_its_column_is_called(tmp_path: Path, header: str, bad: str) -> None:
    good = {"Sim": "Não", "Да": "Нет", "Ja": "Nej" if header == "Makulerad" else "Nee", "No": "Yes", "Нет": "Да"}
    rows = [(*line, bad if fifth(at) else good.get(bad, "Standard")) for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


@pytest.mark.parametrize(
    ("header", "good", "bad"),
    [
        ("Deal - Status", "Won", "Open"),
        ("Deal Stage", "Closed Won", "Contract Sent"),
        ("Line status", "Invoiced", "Open order"),
        ("Phase", "Gewonnen", "Angebot abgegeben"),
        ("Statut", "Facturé", "Ouvert"),
        ("Type", "Facture", "Bon de livraison"),
        ("Typ dokumentu", "FV", "WZ"),
    ],
)
def test_what_is_no_sale_yet_is_asked_beside_what_is(tmp_path: Path, header: str, good: str, bad: str) -> None:
    rows = [(*line, bad if fifth(at) else good) for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


def test_an_open_invoice_beside_paid_ones_is_a_sale(tmp_path: Path) -> None:
    rows = [(*line, "Open" if fifth(at) else "Paid") for at, line in enumerate(LINES)]
    assert came(put(tmp_path / "book/sales.csv", (*HEADER, "Status"), rows)).revenue == pytest.approx(ALL)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_total_after_several_fees_is_asked(tmp_path: Path, sign: int) -> None:
    rows = [(day, who, net, 0, sign * 0.15 * net, sign * 3, round(0.85 * net - 3, 2)) for day, who, net in LINES]
    header = ("Date", "Buyer", "product sales", "product sales tax", "selling fees", "fba fees", "total")
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), ALL)


@pytest.mark.parametrize(
    "names", [("Gross Sales", "Discounts"), ("Gross Amount", "Discount Amount"), ("Bruttobetrag", "Rabattbetrag")]
)
def test_a_gross_amount_beside_a_discount_is_asked(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [
        (day, who, what, n, round(net / 0.85, 2), round(round(net / 0.85, 2) - net, 2))
        for day, who, _, what, n, net in FULL
    ]
    right_or_asked(put(tmp_path / "book/sales.csv", ("Date", "Customer", "Item", "Qty", *names), rows), ALL)


@pytest.mark.parametrize("name", ["Subtotal", "Sub Total", "Zwischensumme", "Order Amount"])
def test_an_order_s_amount_that_differs_on_its_lines_is_the_line_s(tmp_path: Path, name: str) -> None:
    book = came(put(tmp_path / "book/sales.csv", ("Date", "Customer", "Invoice No", "Item", "Qty", name), FULL))
    assert book.revenue == pytest.approx(ALL)
    assert not book.told(severity="warning")


@pytest.mark.parametrize("tax", ["Tax", "VAT", "GST", "IVA"])
def test_a_subtotal_and_its_tax_make_a_total_without_a_question(tmp_path: Path, tax: str) -> None:
    rows = [(day, who, net, round(0.2 * net, 2), net + round(0.2 * net, 2)) for day, who, net in LINES]
    book = came(put(tmp_path / "book/sales.csv", ("Date", "Customer", "Subtotal", tax, "Total"), rows))
    assert book.revenue == pytest.approx(ALL)


@pytest.mark.parametrize(
    "names",
    [
        ("Amount", "Amount (LCY)"),
        ("Net Amount", "Base Amount"),
        ("Net Amount", "Net Amount in EUR"),
        ("Nettowert", "Nettowert in HW"),
        ("Revenue", "Revenue (Reporting Currency)"),
    ],
)
def test_of_several_currencies_the_company_s_own_amount_counts(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [
        (day, who, "USD" if fifth(at) else "EUR", net / 0.9 if fifth(at) else net, net)
        for at, (day, who, net) in enumerate(LINES)
    ]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Currency", *names), rows)
    assert came(folder).revenue == pytest.approx(ALL)


def test_a_part_that_stands_twice_is_warned_of(tmp_path: Path) -> None:
    book = came(put(tmp_path / "book/sales.csv", HEADER, [*LINES, *LINES[20:]]))
    assert book.told("repeated lines", severity="warning")
    other = came(put(tmp_path / "other/sales.csv", HEADER, [*LINES, LINES[0]]))
    assert not other.told("repeated lines", severity="warning")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Category", ("Returns & Totes", "Void fill", "Tools")),
        ("Comment", ("credit 30 days", "", "call first")),
        ("Order notes", ("return pallets to depot", "", "gate 4")),
        ("Return Policy", ("30 days", "14 days", "30 days")),
        ("State", ("CA", "NY", "TX")),
        ("ABC class", ("A", "B", "C")),
        ("Size", ("S", "M", "L")),
        ("Warehouse", ("W1", "W2", "W1")),
        ("Payment terms", ("30 net", "14 net", "30 net")),
    ],
)
def test_harmless_columns_ask_nothing(tmp_path: Path, header: str, words: tuple[str, str, str]) -> None:
    rows = [(*line, words[at % 3]) for at, line in enumerate(LINES)]
    book = came(put(tmp_path / "book/sales.csv", (*HEADER, header), rows))
    assert book.revenue == pytest.approx(ALL)
    assert not book.told(severity="warning")


def test_names_are_those_of_customers_and_not_of_products_deals_or_ledgers(tmp_path: Path) -> None:
    rows = [(f"K{who[0]}", who, f"P{GOODS.index(what)}", what, day, net) for day, who, _, what, _, net in FULL]
    german = put(tmp_path / "de/sales.csv", ("Kundennr", "Kunde", "Artikelnr", "Bezeichnung", "Datum", "Netto"), rows)
    assert came(german).names == {f"K{who[0]}": who for who in ALL}
    deals = [(f"D{at}", f"Renewal {at}", day, who, net) for at, (day, who, net) in enumerate(LINES)]
    crm = put(tmp_path / "crm/sales.csv", ("Record ID", "Deal Name", "Close Date", "Company", "Amount"), deals)
    assert came(crm).revenue == pytest.approx(ALL)
    assert set(came(crm).names.values()) == set(ALL)


def test_an_answer_that_changes_no_money_is_not_asked_for(tmp_path: Path) -> None:
    stages = [("Closed Lost", 0) if fifth(at) else ("Closed Won", 100) for at in range(len(LINES))]
    rows = [(*line, *stage) for line, stage in zip(LINES, stages, strict=True)]
    folder = put(tmp_path / "book/sales.csv", (*HEADER, "Stage", "Probability"), rows)
    right_or_asked(folder, but(fifth), most=1)


@pytest.mark.parametrize("names", [("Debit", "Credit"), ("Soll", "Haben"), ("Borç", "Alacak")])
def test_debit_and_credit_are_told_with_the_way_out(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [(day, who, "" if fifth(at) else net, net if fifth(at) else "") for at, (day, who, net) in enumerate(LINES)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", *names), rows)
    with pytest.raises(LoadError, match="stand in two columns") as caught:
        came(folder)
    (folder / "sales.csv").rename(folder / "ledger.csv")
    query = str(caught.value).partition("beside it: ")[2].partition(" (for an account")[0]
    (folder / "sales.sql").write_text(query, encoding="utf-8")
    assert came(folder).revenue == pytest.approx(but(fifth, -1.0))


@pytest.mark.parametrize(
    ("header", "sure", "unsure"),
    [
        ("Probability", "100", "1"),
        ("win_probability", "1", "0.4"),
        ("Probability (%)", "100", "60"),
        ("Chance", "100%", "1%"),
    ],
)
def test_one_percent_is_no_sure_sale(tmp_path: Path, header: str, sure: str, unsure: str) -> None:
    rows = [(*line, unsure if fifth(at) else sure) for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


@pytest.mark.parametrize("header", ["Customer active", "Is active customer", "Product active"])
def test_whether_a_customer_is_still_active_asks_nothing(tmp_path: Path, header: str) -> None:
    rows = [(*line, "N" if fifth(at) else "Y") for at, line in enumerate(LINES)]
    assert came(put(tmp_path / "book/sales.csv", (*HEADER, header), rows)).revenue == pytest.approx(ALL)


def test_an_outline_of_thousands_of_customers_opens_in_seconds(tmp_path: Path) -> None:
    rows = [
        line
        for who in range(4000)
        for line in ((f"Firm {who}", "", 30), ("Drill", "2026-01-05", 10), ("Saw", "2026-02-05", 20))
    ]
    begun = time.perf_counter()
    book = came(put(tmp_path / "book/sales.csv", ("Customer", "Date", "Amount"), rows))
    assert len(book.revenue) == 4000
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(("header", "mark"), [("Test", "x"), ("Remark", "storniert"), ("Info", "Cancelled")])
def test_marks_on_some_lines_of_a_blank_column_are_heard(tmp_path: Path, header: str, mark: str) -> None:
    rows = [(*line, mark if fifth(at) else "") for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


def test_a_code_of_the_customer_says_nothing_of_the_sale(tmp_path: Path) -> None:
    rows = [(*line, "I" if fifth(at) else "A") for at, line in enumerate(LINES)]
    assert came(put(tmp_path / "book/sales.csv", (*HEADER, "Customer Status"), rows)).revenue == pytest.approx(ALL)


def test_hardware_is_no_currency_and_one_currency_by_name_is_told(tmp_path: Path) -> None:
    rows = [(*line, line[2] / 2) for line in LINES]
    assert asked(put(tmp_path / "a/sales.csv", ("Date", "Customer", "HW Revenue", "SW Revenue"), rows))
    rows = [(*line, "USD" if fifth(at) else "EUR") for at, line in enumerate(LINES)]
    book = came(put(tmp_path / "b/sales.csv", ("Date", "Customer", "Amount USD", "Currency"), rows))
    assert book.told("one currency", severity="warning")
