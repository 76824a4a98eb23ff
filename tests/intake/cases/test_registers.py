"""A bad register never bars the sales: what fits comes in, what does not is shown with what to do."""

from pathlib import Path

import pytest

from tests.intake.cases.exports import PLAIN, plain_lines, put
from tests.intake.cases.outcome import came, held
from tests.intake.folders import write

RIGHT = {"N": 1100.0, "S": 1000.0}
CHANCES = ("opportunity_id", "account_id", "title", "stage", "worth")
STAGES = ("Closed Won", "Closed Lost", "Prospecting", "proposed", "Closed Won")


def with_chances(folder: Path, file: str) -> Path:
    put(folder / "sales.csv", PLAIN, plain_lines())
    rows = [(f"o{n}", "NS"[n % 2], f"Chance {n}", stage, 1000) for n, stage in enumerate(STAGES)]
    return put(folder / file, CHANCES, rows)


def test_words_outside_a_choice_are_shown_with_their_counts(tmp_path: Path) -> None:
    book = came(with_chances(tmp_path / "book", "opportunities.csv"))
    assert book.revenue == RIGHT
    assert book.told("Closed Won", "2")
    assert book.told("Prospecting")


@pytest.mark.parametrize("file", ["opportunities.csv", "opportunities.xlsx", "opportunities.parquet"])
def test_words_outside_a_choice_are_mapped(tmp_path: Path, file: str) -> None:
    settings = (
        '[tables.opportunities.values.stage]\n"Closed Won" = "won"\n"Closed Lost" = "lost"\n"Prospecting" = "found"\n'
    )
    folder = write(with_chances(tmp_path / "book", file), book_toml=settings)
    book = came(folder)
    assert book.tables["opportunities"] == (5, 5, 0)
    assert not book.told("Closed Won")
    counts = held(folder, "select stage, count(*) from opportunities group by all order by all")
    assert counts == [("found", 1), ("lost", 1), ("proposed", 1), ("won", 2)]


OPTIONAL = {
    "a grade for a rung": ("accounts.csv", "Rung", ("gold", "silver")),
    "words for a wallet": ("accounts.tsv", "Potential", ("high", "low")),
    "a word for a day": ("accounts.xlsx", "Since", ("long ago", "lately")),
}


@pytest.mark.parametrize(("file", "column", "values"), OPTIONAL.values(), ids=OPTIONAL.keys())
def test_a_guessed_optional_column_that_fits_no_row_is_dropped_and_told(
    tmp_path: Path, file: str, column: str, values: tuple[str, str]
) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines())
    rows = [("N", "North", values[0]), ("S", "South", values[1])]
    book = came(put(folder / file, ("account_id", "name", column), rows))
    assert book.tables["accounts"] == (2, 2, 0)
    assert (book.names["N"], book.names["S"]) == ("North", "South")
    assert book.told(column)


def test_a_declared_column_that_fits_no_row_is_not_dropped(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines())
    put(folder / "accounts.csv", ("account_id", "name", "Grade"), [("N", "North", "gold"), ("S", "South", "tin")])
    book = came(write(folder, book_toml='[tables.accounts.columns]\nclaimed_rung = "Grade"\n'))
    assert book.revenue == RIGHT
    assert book.tables["accounts"] == (2, 0, 2)


def test_two_rows_of_one_customer_leave_the_sales_alone(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines())
    rows = [("N", "North"), ("N", "Nord"), ("S", "South")]
    book = came(put(folder / "accounts.csv", ("account_id", "name"), rows))
    assert book.revenue == RIGHT
    assert book.tables["accounts"][1] == 2


def test_a_register_in_another_language_and_file(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines())
    rows = [("N", "Nord", "Hamburg", "Metall"), ("S", "Süd", "Bayern", "Chemie")]
    put(folder / "accounts.ods", ("Kundennummer", "Kundenname", "Gebiet", "Branche"), rows)
    came(folder)
    accounts = held(folder, "select account_id, name, region, industry from accounts order by all")
    assert accounts == [("N", "Nord", "Hamburg", "Metall"), ("S", "Süd", "Bayern", "Chemie")]
