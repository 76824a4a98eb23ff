"""Lines that are no sale, or a second telling of one: known by their words, asked where they may be one, or told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kam.intake.report import LoadError
from tests.intake.cases.exports import DAYS, LAST, put
from tests.intake.cases.outcome import accounts, asked, came, right_or_asked
from tests.intake.folders import write

HEADER = ("Date", "Customer", "Amount")
Line = tuple[str, str, float]
LINES: list[Line] = [(DAYS[at % 5], ("Alpha", "Beta", "Gamma")[at % 3], 100.0 + 7 * at) for at in range(30)]
LINES.append((LAST, "Alpha", 50.0))
ALL = {name: sum(net for _, who, net in LINES if who == name) for name in ("Alpha", "Beta", "Gamma")}


def but(left_out: Callable[[int], bool], times: float = 0.0) -> dict[str, float]:
    """Return what each customer bought where some of the lines count so many times."""
    worth = dict.fromkeys(ALL, 0.0)
    for at, (_, who, net) in enumerate(LINES):
        worth[who] += net * (times if left_out(at) else 1.0)
    return worth


def fifth(at: int) -> bool:
    return at % 5 == 1


@pytest.mark.parametrize(
    ("header", "counts", "others"),
    [
        ("Status", "Opłacone", "Anulowane"),
        ("Status", "Zephyr", "Cancelled"),
        ("Status", "Slutförd", "Makulerad"),
        ("Stato", "Emessa", "Annullata"),
        ("Status", "Shipped", "Not confirmed"),
        ("Status", "Approved", "Not approved"),
        ("Deleted", "0", "1"),
        ("Type", "Invoice", "Payment"),
        ("Belegart", "Rechnung", "Zahlung"),
        ("Type", "SI", "SR"),
        ("Belegart", "RV", "DZ"),
        ("Scenario", "Actual", "Budget"),
        ("Line", "Revenue", "COGS"),
        ("Description", "Widget", "VAT 20%"),
        ("Product", "Chair", "MwSt"),
        ("Item", "Pen", "Subtotal"),
        ("Description", "Widget", "Opening balance"),
    ],
)
def test_lines_that_are_no_sale_are_left_out_or_asked(tmp_path: Path, header: str, counts: str, others: str) -> None:
    rows = [(*line, others if fifth(at) else counts) for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


@pytest.mark.parametrize(
    ("header", "counts", "others"),
    [
        ("Doc Type", "INV", "CM"),
        ("Typ", "Faktura", "Kreditfaktura"),
        ("Type", "SI", "SC"),
        ("BillT", "F2", "RE"),
        ("Belegart", "RE", "GS"),
        ("Sens", "Facture", "Avoir"),
        ("Rodzaj", "Faktura", "Korekta"),
        ("Is Return", "No", "Yes"),
        ("Retour", "Nein", "Ja"),
        ("return_flag", "0", "1"),
        ("Credit Note", "FALSE", "TRUE"),
        ("Belegart", "Rechnung", "Stornorechnung"),
        ("Document type", "Invoice", "Reversal"),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_what_came_back_is_taken_off_or_asked(tmp_path: Path, header: str, counts: str, others: str, sign: int) -> None:
    rows = [
        (day, who, sign * net if fifth(at) else net, others if fifth(at) else counts)
        for at, (day, who, net) in enumerate(LINES)
    ]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth, -1.0))


@pytest.mark.parametrize("counts", ["Invoice", "Rechnung", "Facture"])
@pytest.mark.parametrize("before", ["Order", "Lieferschein"])
def test_an_order_beside_its_invoice_is_asked(tmp_path: Path, counts: str, before: str) -> None:
    rows = [(*line, kind) for line in LINES for kind in (before, counts)]
    right_or_asked(put(tmp_path / "book/sales.tsv", (*HEADER, "Document Type"), rows), ALL)


def test_payments_that_are_many_are_no_sales(tmp_path: Path) -> None:
    rows = [line for day, who, net in LINES for line in ((day, who, net, "Invoice"), (day, who, -net, "Payment"))]
    assert came(put(tmp_path / "book/sales.csv", (*HEADER, "Type"), rows)).revenue == pytest.approx(ALL)


@pytest.mark.parametrize("total", ["Total", "total"])
def test_dated_sums_of_customers_are_asked(tmp_path: Path, total: str) -> None:
    rows = [*LINES, *((LAST, f"{who} {total}", net) for who, net in ALL.items())]
    rows.append((LAST, f"Grand {total}", sum(ALL.values())))
    right_or_asked(put(tmp_path / "book/sales.csv", HEADER, rows), ALL)


def test_the_sum_of_an_order_without_a_product_is_asked(tmp_path: Path) -> None:
    rows: list[tuple] = []
    for at, (day, who, net) in enumerate(LINES):
        rows += [(at, day, who, "A", 0.25 * net), (at, day, who, "B", 0.75 * net), (at, day, who, "", net)]
    right_or_asked(put(tmp_path / "book/sales.csv", ("Order", "Date", "Customer", "Product", "Amount"), rows), ALL)


@pytest.mark.parametrize("everybody", ["All", "(All)", "Alle"])
def test_a_customer_that_is_everybody_is_asked(tmp_path: Path, everybody: str) -> None:
    days = sorted({day for day, _, _ in LINES})
    sums = [(day, everybody, sum(net for each, _, net in LINES if each == day)) for day in days]
    right_or_asked(put(tmp_path / "book/sales.csv", HEADER, [*LINES, *sums]), ALL)


@pytest.mark.parametrize("negative", [0.6, 0.8, 1.0])
def test_more_taken_off_than_sold_is_a_ledger_or_asked(tmp_path: Path, negative: float) -> None:
    rows = [(day, who, -net if at < negative * len(LINES) else net) for at, (day, who, net) in enumerate(LINES)]
    sold = {name: -sum(row[2] for row in rows if row[1] == name) for name in ALL}
    right_or_asked(put(tmp_path / "book/sales.csv", HEADER, rows), sold)


@pytest.mark.parametrize("name", ["Sales YTD", "Sales"])
def test_a_running_total_of_one_year_is_taken_apart_or_asked(tmp_path: Path, name: str) -> None:
    rows, so_far = [], dict.fromkeys("ABCD", 0.0)
    for month in range(1, 7):
        for at, who in enumerate(so_far):
            so_far[who] += 100.0 * month + at
            rows.append((f"2025-{month:02}-28", who, so_far[who]))
    right_or_asked(put(tmp_path / "book/sales.csv", ("Date", "Customer", name), rows), so_far)


def test_amounts_named_in_several_currencies_are_not_added_up(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales/us.csv", ("Date", "Customer", "Amount USD"), LINES).parent
    put(folder / "sales/de.csv", ("Date", "Customer", "Amount EUR"), LINES)
    with pytest.raises(LoadError, match="more than one currency"):
        came(folder)


def test_a_file_named_after_a_currency_is_not_left_unconverted(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    put(folder / "sales/us.csv", ("Date", "Customer", "Amount USD"), LINES)
    put(folder / "sales/de.csv", (*HEADER, "Currency"), [(day, who, net + 1, "EUR") for day, who, net in LINES])
    put(folder / "rates.csv", ("currency", "day", "rate"), [("USD", "2020-01-01", 0.9)])
    with pytest.raises(LoadError, match="named after USD"):
        came(folder)


def test_a_file_without_a_currency_beside_one_with_it_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    put(folder / "sales/us.csv", (*HEADER, "Currency"), [(*line, "USD") for line in LINES])
    put(folder / "sales/de.csv", HEADER, [(day, who, net + 1) for day, who, net in LINES])
    assert came(folder).told("lines without a currency", "de.csv", severity="warning")


def test_currencies_in_words_are_not_added_up(tmp_path: Path) -> None:
    rows = [(*line, ("US Dollar", "Euro")[at % 2]) for at, line in enumerate(LINES)]
    with pytest.raises(LoadError, match="more than one currency"):
        came(put(tmp_path / "book/sales.csv", (*HEADER, "Currency"), rows))


def test_a_subtotal_beside_a_grand_total_is_asked(tmp_path: Path) -> None:
    rows = [(f"O{at}", *line[:2], round(1.2 * line[2] + 5, 2), line[2], 5.0) for at, line in enumerate(LINES)]
    header = ("ID", "Date", "Customer", "Grand Total", "Subtotal", "Shipping")
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), ALL)


def test_an_amount_beside_a_price_of_a_hundred_pieces_stands(tmp_path: Path) -> None:
    rows = [(*line[:2], 100 + at, round(100 * line[2] / (100 + at), 4), 100, line[2]) for at, line in enumerate(LINES)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Qty", "Price", "Price Unit", "Amount"), rows)
    right_or_asked(folder, ALL)


def test_an_account_of_the_ledger_is_no_customer(tmp_path: Path) -> None:
    rows = [(day, "4000 Sales", who, net) for day, who, net in LINES]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Account", "Name", "Amount"), rows)
    right_or_asked(folder, ALL)


@pytest.mark.parametrize("margins", [(20, 25, 40), (12.5, 30, 17.5)])
def test_a_margin_in_percent_without_its_sign_is_no_profit(tmp_path: Path, margins: tuple[float, ...]) -> None:
    rows = [(*line, margins[at % 3]) for at, line in enumerate(LINES)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Sales", "Margin"), rows)
    came(folder)
    assert accounts(folder)["margin_rate"].isna().all()


def test_what_was_invoiced_is_the_quantity(tmp_path: Path) -> None:
    rows = [(*line[:2], 9 + at % 4, 7 + at % 3, 10.0) for at, line in enumerate(LINES)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Qty Ordered", "Qty Invoiced", "Unit Price"), rows)
    book = came(folder)
    assert sum(book.revenue.values()) == 10.0 * sum(row[3] for row in rows)
    assert book.told("Qty Ordered", severity="warning")


@pytest.mark.parametrize(
    ("header", "cell", "told"),
    [
        ("Refunded Amount", lambda at: 20.0 if fifth(at) else 0.0, "is not taken off"),
        ("Exchange Rate", lambda at: 1.1 if fifth(at) else 1.0, "count as they stand"),
        ("Cost", lambda _: -60.0, "negative beside positive"),
        ("Order No", lambda at: f"CN-{at}" if fifth(at) else f"INV-{at}", "their amounts are positive"),
    ],
)
def test_what_contradicts_an_amount_is_told(
    tmp_path: Path, header: str, cell: Callable[[int], object], told: str
) -> None:
    rows = [(*line, cell(at)) for at, line in enumerate(LINES)]
    assert came(put(tmp_path / "book/sales.csv", (*HEADER, header), rows)).told(told, severity="warning")


@pytest.mark.parametrize("name", ["credit_notes.csv", "Gutschriften 2026.csv"])
def test_a_file_of_credit_notes_with_positive_amounts_is_told(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "book"
    put(folder / "sales/invoices.csv", HEADER, LINES)
    put(folder / "sales" / name, HEADER, [(day, who, net + 1) for day, who, net in LINES[:6]])
    assert came(folder).told("their amounts are positive", severity="warning")


def test_a_title_that_counts_in_thousands_is_told(tmp_path: Path) -> None:
    lines = ["Umsatz in TEUR", "", ";".join(HEADER), *(";".join(map(str, line)) for line in LINES)]
    folder = write(tmp_path / "book", sales_csv="\n".join(lines))
    assert came(folder).told("TEUR", severity="warning")


def test_one_number_of_several_customers_is_told(tmp_path: Path) -> None:
    rows = [(("DE", "FR")[at % 2], day, f"{at % 3 // 2 + 1}", who, net) for at, (day, who, net) in enumerate(LINES)]
    folder = put(tmp_path / "book/sales.csv", ("Entity", "Date", "Customer No", "Customer Name", "Amount"), rows)
    book = came(folder)
    assert book.told("several values of account name")


def test_customers_by_number_in_one_file_and_by_name_in_another_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    numbered = [(day, f"10{who[0]}", who, net) for day, who, net in LINES]
    put(folder / "sales/2025.csv", ("Date", "Customer No", "Customer Name", "Amount"), numbered)
    put(folder / "sales/2026.csv", HEADER, [(day, who, net + 1) for day, who, net in LINES])
    assert came(folder).told("customers by number and by name", severity="warning")


@pytest.mark.parametrize("word", ["Storno", "Cancelled", "Refunded", "Returned"])
def test_cancelled_lines_that_all_take_back_are_asked(tmp_path: Path, word: str) -> None:
    rows = [
        (day, who, -net if fifth(at) else net, word if fifth(at) else "Paid")
        for at, (day, who, net) in enumerate(LINES)
    ]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, "Status"), rows), but(fifth, -1.0))


@pytest.mark.parametrize("charge", ["Fee", "Amazon fees", "Provision", "Commission", "Gebühr", "Frais"])
def test_an_amount_after_fees_is_asked_about(tmp_path: Path, charge: str) -> None:
    rows = [(day, who, net, round(0.13 * net, 2), round(net - round(0.13 * net, 2), 2)) for day, who, net in LINES]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Item price", charge, "Net payout"), rows)
    right_or_asked(folder, ALL, choose="Item price")


def test_a_subtotal_beside_a_discount_is_asked_about(tmp_path: Path) -> None:
    rows = [(day, at, who, net + 17.35 * fifth(at), 17.35 * fifth(at)) for at, (day, who, net) in enumerate(LINES)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Order", "Customer", "Subtotal", "Discount"), rows)
    right_or_asked(folder, ALL)


def test_an_amount_of_orders_that_have_no_number_is_told(tmp_path: Path) -> None:
    book = came(put(tmp_path / "book/sales.csv", ("Date", "Customer", "Order total"), LINES))
    assert book.told("no column names the order", severity="warning")


@pytest.mark.parametrize(("actual", "budget"), [("Actual", "Budget"), ("Ist", "Plan"), ("Réalisé", "Objectif")])
def test_what_was_sold_can_stand_beside_what_was_planned(tmp_path: Path, actual: str, budget: str) -> None:
    rows = [(*line, 200.0 + at) for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", ("Date", "Customer", actual, budget), rows), ALL)


@pytest.mark.parametrize("header", ["Annulée", "Annullata", "Anulada", "Anulowana", "Ungültig", "Cancelled"])
def test_a_column_that_says_cancelled_is_heard_in_every_form(tmp_path: Path, header: str) -> None:
    rows = [(*line, "Yes" if fifth(at) else "No") for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


@pytest.mark.parametrize("who", ["Grand Total", "Gesamt", "Total", "All customers", "North total"])
@pytest.mark.parametrize("times", [0.4, 1.0, 2.5])
def test_a_total_as_a_customer_is_asked_whatever_it_comes_to(tmp_path: Path, who: str, times: float) -> None:
    rows = [*LINES, (LAST, who, times * sum(ALL.values()))]
    right_or_asked(put(tmp_path / "book/sales.csv", HEADER, rows), ALL)


def test_a_total_of_two_files_in_the_last_one_is_asked(tmp_path: Path) -> None:
    put(tmp_path / "book/sales/a.csv", HEADER, LINES[:15])
    put(tmp_path / "book/sales/b.csv", HEADER, [*LINES[15:], (LAST, "Total", sum(ALL.values()))])
    right_or_asked(tmp_path / "book", ALL, choose="leave them out")


@pytest.mark.parametrize(
    ("header", "good", "bad"),
    [
        ("Valid", "Y", "N"),
        ("is_active", "true", "false"),
        ("Gültig", "ja", "nein"),
        ("Won", "TRUE", "FALSE"),
        ("is_test", "no", "yes"),
        ("Deal Stage", "closedwon", "closedlost"),
        ("Phase", "Gewonnen", "Verloren"),
        ("Version", "ACT", "BUD"),
        ("Cancelled Date", "", "2026-01-31"),
        ("Cancellation Reason", "", "too late"),
    ],
)
def test_lines_that_a_flag_or_a_stage_takes_out_are_asked_or_left_out(
    tmp_path: Path, header: str, good: str, bad: str
) -> None:
    rows = [(*line, bad if fifth(at) else good) for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


def test_a_word_on_cancelled_and_on_reversing_lines_is_asked(tmp_path: Path) -> None:
    rows = [(*line, "Storno" if fifth(at) else "Gebucht") for at, line in enumerate(LINES)]
    rows += [(day, who, -net, "Storno") for at, (day, who, net) in enumerate(LINES) if fifth(at) and at > 20]
    book = put(tmp_path / "book/sales.csv", (*HEADER, "Status"), rows)
    assert "Storno" in asked(book)[0].asks


def test_a_sign_in_a_column_of_its_own_counts(tmp_path: Path) -> None:
    rows = [(*line, "-" if fifth(at) else "+") for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, "Sign"), rows), but(fifth, -1.0))


def test_fees_are_seen_beside_an_amount_of_our_own_name_and_on_few_lines(tmp_path: Path) -> None:
    rows = [(day, who, net, 3.5, net - 3.5) for day, who, net in LINES[:4]]
    worth = dict.fromkeys(ALL, 0.0)
    for _, who, net in LINES[:4]:
        worth[who] += net
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Sales", "Commission", "Net Amount"), rows)
    right_or_asked(folder, worth, choose="Sales")


def test_an_amount_that_stands_on_all_lines_of_a_customer_s_day_is_asked(tmp_path: Path) -> None:
    days = {(day, who): net for day, who, net in LINES}
    rows = [(*of, f"P{piece}", 1 + piece, net) for of, net in days.items() for piece in range(2 + len(of[1]) % 2)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Product", "Qty", "Total"), rows)
    assert any("bought on the day" in question.asks for question in asked(folder))


@pytest.mark.parametrize(
    ("header", "told"), [(("Date", "Customer", "amount_cents"), "cents"), (("Date", "Customer", "Amount"), "")]
)
def test_amounts_in_cents_are_told(tmp_path: Path, header: tuple[str, ...], told: str) -> None:
    book = came(put(tmp_path / "book/sales.csv", header, LINES))
    assert bool(book.told("unit in a name", severity="warning")) is bool(told)


def test_a_unit_of_the_price_that_is_not_used_is_told(tmp_path: Path) -> None:
    rows = [(day, who, 500, 12.5, 100) for day, who, _ in LINES]
    book = came(put(tmp_path / "book/sales.csv", ("Datum", "Kunde", "Menge", "Preis", "Preiseinheit"), rows))
    assert book.told("Preiseinheit is not used", severity="warning")


@pytest.mark.parametrize(
    ("header", "sold", "others"),
    [
        ("Key Figure", "Revenue", ("COGS", "Units")),
        ("Kennzahl", "Umsatz", ("Wareneinsatz", "Menge")),
        ("GL Account", "4000 Sales", ("5000 Cost of goods sold", "1200 Accounts receivable")),
        ("Konto", "8400 Umsatzerlöse", ("3400 Wareneinsatz", "1400 Forderungen")),
    ],
)
def test_other_figures_than_revenue_are_asked(tmp_path: Path, header: str, sold: str, others: tuple[str, str]) -> None:
    rows = [
        (day, who, what, worth)
        for day, who, net in LINES
        for what, worth in zip((sold, *others), (net, 0.6 * net, 3), strict=True)
    ]
    right_or_asked(put(tmp_path / "book/sales.csv", ("Date", "Customer", header, "Value"), rows), ALL)


@pytest.mark.parametrize(("header", "bad"), [("Probability", "40%"), ("Wahrscheinlichkeit", "0,4"), ("Status", "9")])
def test_unlikely_sales_and_states_in_codes_are_asked(tmp_path: Path, header: str, bad: str) -> None:
    rows = [(*line, bad if fifth(at) else "1") for at, line in enumerate(LINES)]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), but(fifth))


@pytest.mark.parametrize("header", ["Snapshot Date", "Stand", "Load Date", "Batch"])
@pytest.mark.parametrize("grows", [False, True])
def test_lines_that_stand_once_a_snapshot_are_asked(tmp_path: Path, header: str, *, grows: bool) -> None:
    taken = {"2026-04-30": 10, "2026-05-31": 20, "2026-06-30": len(LINES)}
    rows = [(*line, stamp) for stamp, last in taken.items() for line in LINES[: last if grows else None]]
    right_or_asked(put(tmp_path / "book/sales.csv", (*HEADER, header), rows), ALL)


def test_a_column_that_only_tells_lines_apart_is_no_snapshot(tmp_path: Path) -> None:
    rows = [(day, who, 9.99, f"Seat {seat}") for day, who, _ in LINES for seat in range(3)]
    came(put(tmp_path / "book/sales.csv", (*HEADER, "Note"), rows))


@pytest.mark.parametrize(
    ("header", "words"),
    [("Tax included", ("Yes", "No")), ("Preisart", ("brutto", "netto")), ("Type de prix", ("TTC", "HT"))],
)
def test_tax_in_some_amounts_is_told(tmp_path: Path, header: str, words: tuple[str, str]) -> None:
    rows = [(*line, words[fifth(at)]) for at, line in enumerate(LINES)]
    book = came(put(tmp_path / "book/sales.csv", (*HEADER, header), rows))
    assert book.told("tax in some amounts", severity="warning")


def test_an_invoice_s_total_on_each_of_its_instalments_counts_once(tmp_path: Path) -> None:
    rows = [(day, who, f"I{at}", net, part, net / 4) for at, (day, who, net) in enumerate(LINES) for part in range(4)]
    header = ("Date", "Customer", "Invoice", "Invoice Total", "Instalment", "Instalment Amount")
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), ALL)


def test_hours_times_a_rate_are_the_amount(tmp_path: Path) -> None:
    rows = [(day, who, 2, net / 2) for day, who, net in LINES]
    right_or_asked(put(tmp_path / "book/sales.csv", ("Date", "Customer", "Hours", "Rate"), rows), ALL)
