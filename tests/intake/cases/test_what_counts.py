"""Which lines an amount is added up over, and with which sign: in what is promised, and in what is then held."""

from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, PLAIN, plain_lines, put
from tests.intake.cases.outcome import accounts, answer, asked, came, held, right_or_asked
from tests.intake.cases.test_every_answer import follow_every_answer
from tests.intake.cases.test_units_and_levels import with_discount
from tests.intake.folders import write

INVOICED = ("Invoice", "Date", "Customer", "SKU", "Quantity")
LINES = [(f"R{number}", DAYS[number % 5], "NS"[number % 2], "A1", 2 + number % 3) for number in range(40)]
ALL = [*LINES, ("R99", LAST, "N", "A1", 2)]


@pytest.mark.parametrize("zero", ["0%", "0", ""])
@pytest.mark.parametrize("file", ["sales.csv", "sales.tsv"])
def test_small_percentages_are_no_shares(tmp_path: Path, file: str, zero: str) -> None:
    rows = [(*line, 100.0, "0.5%" if at % 4 else zero) for at, line in enumerate(ALL)]
    right = {"N": 0.0, "S": 0.0}
    for at, line in enumerate(ALL):
        right[line[2]] += line[4] * (99.5 if at % 4 else 100)
    right_or_asked(put(tmp_path / "book" / file, (*INVOICED, "Price", "Discount"), rows), right)


@pytest.mark.parametrize("name", ["Discount", "Discount amount", "Rabatt", "Remise"])
@pytest.mark.parametrize("written", [("5%", "5"), ("5%", "0.05"), ("5 %", "5,0"), ("۵٪", "5")])
def test_percentages_with_and_without_their_sign(tmp_path: Path, name: str, written: tuple[str, str]) -> None:
    rows = [(*line, 100.0, "0" if at % 5 == 0 else written[at % 2]) for at, line in enumerate(ALL)]
    right = {"N": 0.0, "S": 0.0}
    for at, line in enumerate(ALL):
        right[line[2]] += line[4] * (95 if at % 5 else 100)
    right_or_asked(put(tmp_path / "book/sales.csv", (*INVOICED, "Price", name), rows), right)


def test_a_discount_with_a_currency_is_no_percentage(tmp_path: Path) -> None:
    rows = [(*line, f"€{20 + at * 37 % 71}", f"€{at % 4}") for at, line in enumerate(ALL)]
    questions = asked(put(tmp_path / "book/sales.csv", (*INVOICED, "Price", "Discount"), rows))
    assert not any("percent" in option.label for question in questions for option in question.options)


def test_a_tax_rate_in_percent_signs_is_taken_out(tmp_path: Path) -> None:
    rows = [(*line, 107.0, "7%" if at % 5 else "0.7%") for at, line in enumerate(ALL)]
    folder = put(tmp_path / "book/sales.csv", (*INVOICED, "Amount incl. VAT", "VAT %"), rows)
    right = {"N": 0.0, "S": 0.0}
    for at, line in enumerate(ALL):
        right[line[2]] += round(107 / (1.07 if at % 5 else 1.007), 4)
    assert came(folder).revenue == pytest.approx(right, abs=0.01)


def test_a_margin_in_percent_signs_is_no_profit_in_money(tmp_path: Path) -> None:
    rows = [(*line[:5], 100.0, "25%") for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN[:5], "Sales", "Profit"), rows)
    right_or_asked(folder, {"N": 1100.0, "S": 1000.0})
    rates = accounts(folder)["margin_rate"].dropna()
    assert rates.empty or rates.to_list() == pytest.approx([0.25] * len(rates))


@pytest.mark.parametrize("blank", ["", " "])
def test_lines_without_an_order_are_orders_of_their_own(tmp_path: Path, blank: str) -> None:
    rows = [(f"R{at // 2}", DAYS[at % 5], "NS"[at // 2 % 2], 100.0 + at // 2) for at in range(40)]
    rows += [(blank, LAST, "N", 70.0), (blank, LAST, "N", 30.0)]
    folder = put(tmp_path / "book/sales.csv", ("Order", "Date", "Customer", "Order total"), rows)
    whole = sum(100.0 + at for at in range(20)) + 100.0
    write(
        folder,
        book_toml='[tables.sales.columns]\nnet_amount = "Order total"\n[tables.sales.amounts]\nnet_amount = "order"\n',
    )
    assert sum(came(folder).revenue.values()) == pytest.approx(whole)


@pytest.mark.parametrize("state", ["cancelled", "storniert", "draft"])
def test_an_amount_is_promised_over_the_lines_that_count(tmp_path: Path, state: str) -> None:
    rows = [(*line, 20 + (at * 37) % 71, at % 4, state if at % 5 == 1 else "shipped") for at, line in enumerate(ALL)]
    folder = put(tmp_path / "book/sales.csv", (*INVOICED, "Price", "Discount", "Status"), rows)
    follow_every_answer(folder, ())


def test_what_a_state_comes_to_leaves_out_what_others_leave_out(tmp_path: Path) -> None:
    states = ["shipped", "cancelled", "pending", "shipped", "shipped"]
    rows = [(*line[:5], 100.0 + at, states[at % 5]) for at, line in enumerate(plain_lines(40))]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "status"), rows)
    for question in asked(folder):
        for part in ("keep", "leave_out"):
            option = next(each for each in question.options if each.where[2] == part)
            other = put(tmp_path / part / "sales.csv", (*PLAIN, "status"), rows)
            write(other, book_toml=option.lines)
            assert sum(came(other).revenue.values()) == pytest.approx(option.money)


def test_a_ledger_with_positive_costs(tmp_path: Path) -> None:
    rows: list[tuple] = [(*(str(cell) for cell in line[:4]), 1, -100.0, 80.0) for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "cost_amount"), rows)
    assert accounts(folder)["margin"].to_dict() == pytest.approx({"N": 220.0, "S": 200.0})


def test_a_ledger_with_negative_costs(tmp_path: Path) -> None:
    rows: list[tuple] = [(*(str(cell) for cell in line[:4]), 1, -100.0, -80.0) for line in plain_lines()]
    folder = put(tmp_path / "book/sales.parquet", (*PLAIN, "cost_amount"), rows)
    assert accounts(folder)["margin"].to_dict() == pytest.approx({"N": 220.0, "S": 200.0})


def test_a_ledger_with_goods_given_away(tmp_path: Path) -> None:
    rows: list[tuple] = [(*line[:4], 1, -100.0 if at % 5 else 0.0) for at, line in enumerate(plain_lines(40))]
    book = came(put(tmp_path / "book/sales.csv", PLAIN, rows))
    assert sum(book.revenue.values()) == pytest.approx(100.0 * sum(row[5] == -100.0 for row in rows))


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("file", ["sales.csv", "sales.parquet", "sales.xlsx"])
def test_credit_notes_of_a_file_without_quantities(tmp_path: Path, file: str, sign: int) -> None:
    kinds = ["Credit note" if at % 7 == 3 else "Invoice" for at in range(len(ALL))]
    rows = [
        (*line[:3], sign * 100.0 if kind != "Invoice" else 100.0, kind) for line, kind in zip(ALL, kinds, strict=True)
    ]
    book = came(put(tmp_path / "book" / file, ("Invoice", "Date", "Customer", "Amount", "Document type"), rows))
    assert sum(book.revenue.values()) == pytest.approx(100.0 * (len(rows) - 2 * kinds.count("Credit note")))


@pytest.mark.parametrize(("sides", "answered"), [("SH", "keep"), ("DC", "leave_out")])
def test_a_side_that_was_answered_is_not_taken_back(tmp_path: Path, sides: str, answered: str) -> None:
    rows = [(*line[:5], 100.0, sides[at % 4 == 1]) for at, line in enumerate(plain_lines())]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "D/C"), rows)
    few = sum(row[6] == sides[1] for row in rows)
    write(folder, book_toml=f'[tables.sales.{answered}]\n"D/C" = ["{sides[1]}"]\n')
    left = few if answered == "leave_out" else 0
    assert sum(came(folder).revenue.values()) == pytest.approx(100.0 * (len(rows) - left))


def test_an_amount_said_to_hold_tax_loses_it_by_the_rate(tmp_path: Path) -> None:
    rows = [(*line[:5], 119.0, 19) for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN[:5], "Amount", "VAT rate"), rows)
    write(
        folder,
        book_toml='[tables.sales.columns]\nnet_amount = "Amount"\n[tables.sales.amounts]\nnet_amount = "with tax"\n',
    )
    assert came(folder).revenue == pytest.approx({"N": 1100.0, "S": 1000.0})


@pytest.mark.parametrize("level", ["with tax", "before discount"])
def test_a_level_that_no_column_fits_is_told(tmp_path: Path, level: str) -> None:
    folder = put(tmp_path / "book/sales.csv", (*PLAIN[:5], "Amount"), plain_lines())
    write(
        folder,
        book_toml=f'[tables.sales.columns]\nnet_amount = "Amount"\n[tables.sales.amounts]\nnet_amount = "{level}"\n',
    )
    assert came(folder).told("doubtful amount", "said to", severity="warning")


def test_what_is_given_away_stays_a_line(tmp_path: Path) -> None:
    rows = [*with_discount(money=["net"], percent=100), ("R98", LAST, "N", "A1", 2, 0.0, 100.0)]
    folder = put(tmp_path / "book/sales.csv", (*INVOICED, "Net amount", "Discount %"), rows)
    book = came(folder)
    assert book.tables["sales"] == (len(rows), len(rows), 0)
    assert held(folder, "select count(*) from sales_month where net is null") == [(0,)]


def test_an_answer_to_a_kind_of_document_brings_its_money(tmp_path: Path) -> None:
    kinds = ["Invoice", "Credit note"]
    rows = [(*line[:5], 100.0 if at % 5 else -30.0, kinds[at % 2]) for at, line in enumerate(plain_lines(41))]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "Document type"), rows)
    question = asked(folder)[0]
    answer(folder, question, "they came back")


@pytest.mark.parametrize("kind", ["Credit note", "Quote"])
def test_an_order_of_days_is_promised_over_the_lines_that_count(tmp_path: Path, kind: str) -> None:
    rows = [
        (at, f"0{at % 3 + 1}/0{at % 4 + 1}/2026", "NS"[at % 2], "P1", 1, 100.0 + at, kind if at % 5 == 1 else "Invoice")
        for at in range(40)
    ]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "Document type"), rows)
    answer(folder, asked(folder)[0], "d-m-y")


def test_a_state_is_promised_beside_pieces_that_came_back(tmp_path: Path) -> None:
    rows = [
        (*line[:4], -1 if at % 6 == 1 else 1, 100.0 + at, "pending" if at % 5 == 0 else "shipped")
        for at, line in enumerate(plain_lines(40))
    ]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "status"), rows)
    follow_every_answer(folder, ())
