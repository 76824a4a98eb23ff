"""What an answer about an amount was promised to come to is what the book then holds, however a file is laid out."""

import random
import shutil
from pathlib import Path

import pytest

from kam.intake.load import LoadError
from tests.intake.cases.exports import put
from tests.intake.cases.outcome import asked, came, write_answer

DRAW = random.Random(13)  # noqa: S311 - amounts, no secrets
COLUMNS = ("Date", "Customer", "Product", "Qty")
SOLD = [
    (f"2025-{number % 12 + 1:02}-13", f"C{number % 7}", f"P{number % 5}", DRAW.randint(1, 9)) for number in range(60)
]
PRICES = [DRAW.randint(20, 90) for _ in SOLD]
CUTS = [DRAW.choice((0, DRAW.randint(1, 5))) for _ in SOLD]
SMALL = [DRAW.choice((0, DRAW.randint(1, 4))) for _ in SOLD]
GOODS = [line[3] * price for line, price in zip(SOLD, PRICES, strict=True)]
GROWING = [line[3] * 7.1 + price / 100 for line, price in zip(SOLD, PRICES, strict=True)]
NEAR = [goods * DRAW.choice((0.8, 1)) for goods in GOODS]
MORE = [goods + cut for goods, cut in zip(GOODS, CUTS, strict=True)]
LAYOUTS = {
    "a price and a discount": {"Price": PRICES, "Discount": CUTS},
    "a price that grows with the quantity": {"Price": GROWING},
    "such a price, and a discount": {"Price": GROWING, "Discount": CUTS},
    "an amount and a discount": {"Amount": GOODS, "Discount": CUTS},
    "a number near price × quantity": {"Price": PRICES, "Discount": CUTS, "Zahl": NEAR},
    "a discount and no quantity": {"Amount": PRICES, "Discount": CUTS},
    "a price and a discount of either kind": {"Price": PRICES, "Discount": SMALL},
    "an amount and a discount of either kind": {"Amount": GOODS, "Discount": SMALL},
    "two amounts": {"Amount": GOODS, "Total": MORE},
    "an amount and a tax": {"Amount": GOODS, "VAT": CUTS},
}


def laid_out(folder: Path, layout: str) -> Path:
    """Write the lines in one of the layouts."""
    amounts, few = LAYOUTS[layout], 3 if "no quantity" in layout else 4
    rows = [(*line[:few], *more) for line, more in zip(SOLD, zip(*amounts.values(), strict=True), strict=True)]
    return put(folder / "sales.csv", (*COLUMNS[:few], *amounts), rows)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_answer_brings_the_money_it_promised_and_is_not_asked_again(layout: str, tmp_path: Path) -> None:
    follow_every_answer(laid_out(tmp_path / "book", layout), ())


def follow_every_answer(folder: Path, before: tuple[str, ...]) -> None:
    """Give every answer in a copy of the book, and every answer to what is asked then."""
    question = asked(folder)[0]
    assert question.asks not in before
    assert len({(option.where, str(option.value)) for option in question.options}) == len(question.options)
    for number, option in enumerate(question.options):
        other = folder.with_name(f"{folder.name} {number}")
        shutil.copytree(folder, other, ignore=shutil.ignore_patterns(".*"))
        write_answer(other, option)
        try:
            book = came(other)
        except LoadError:
            follow_every_answer(other, (*before, question.asks))
        else:
            assert sum(book.revenue.values()) == pytest.approx(option.money)
