"""How many rows may be refused, and what `kam check` prints and returns."""

import datetime as dt
import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

import kam
from kam.check import check
from kam.intake.load import LoadError
from kam.intake.report import all_refused
from tests.intake.folders import GOOD, TODAY, many, reported, sales, write

BAD = "9,never,A,P,1,1"
DATA = Path(os.environ.get("KAM_DATA", Path(__file__).parents[2] / "../shared/data"))
RETAIL = DATA / "online_retail/online_retail_2010_2011.parquet"


SHARES = [
    ("", 95, 5),
    ("refuse_share = 0.1", 9, 1),
    ("refuse_share = 0", 9, 0),
    ("refuse_share = 1", 1, 3),
    ("refuse_share = 0.3", 7, 3),
]


@pytest.mark.parametrize(("allowed", "good", "bad"), SHARES)
def test_the_share_is_exact_at_its_boundary(tmp_path: Path, allowed: str, good: int, bad: int) -> None:
    folder = write(tmp_path / "book", book_toml=f"[policy]\n{allowed}\n", sales_csv=many(*[BAD] * bad, good=good))
    report = reported(folder, tmp_path / "at.duckdb")
    assert report.intake[0]["rows_accepted"] == good
    if allowed != "refuse_share = 1":
        write(folder, sales_csv=many(*[BAD] * (bad + 1), good=good))
        with pytest.raises(LoadError, match=r"Nothing was changed\."):
            reported(folder, tmp_path / "over.duckdb")


def test_a_failed_load_carries_its_report_and_the_reasons_add_up(tmp_path: Path) -> None:
    lines = [
        GOOD,
        BAD,
        "1,2025-01-31,,P,1,1",
        "1,2025-01-31,A,P,x,y",
        "1,2025-01-31,A,P,1",
        "1,2,3,4,5,6,7",
        "1,never,,P,x,1",
    ]
    folder = write(tmp_path / "book", sales_csv=sales(*lines))
    with pytest.raises(LoadError) as caught:
        reported(folder, tmp_path / "x.duckdb")
    report = caught.value.report
    row = report.intake[0]
    assert (row["rows_read"], row["rows_accepted"], row["rows_refused"]) == (7, 1, 6)
    assert report.reasons["sales"] == {
        "order_date is not a date": 2,
        "account_id is missing": 1,
        "quantity is not a number": 1,
        "the record has too few columns": 1,
        "the record has too many columns": 1,
    }
    assert all_refused(report)["line"].to_pylist() == [3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [((BAD,), "order_date is not a date: 1"), (("1,,A,P,1,5", "2,,B,P,1,7"), "order_date is missing: 2")],
)
def test_a_book_that_allows_every_row_to_be_refused_still_needs_a_line(
    tmp_path: Path, lines: tuple[str, ...], reason: str
) -> None:
    folder = write(tmp_path, book_toml="[policy]\nrefuse_share = 1\n", sales_csv=sales(*lines))

    with pytest.raises(LoadError) as caught:
        kam.open_book(folder)
    code, text = checked(folder)

    assert str(caught.value).startswith("sales.csv: no line could be taken in; each of the ")
    assert reason in str(caught.value)
    assert caught.value.report.intake[0]["rows_refused"] == len(lines)
    assert (code, f"Cannot be opened: {caught.value}" in text) == (2, True)


def checked(folder: Path) -> tuple[int, str]:
    """Check a folder and return the exit code and what is printed."""
    out = io.StringIO()
    return check(folder, out=out, today=TODAY), out.getvalue()


def test_check_tells_what_opening_would_do_and_keeps_nothing(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=many().replace("account_id", "Customer No"), book_toml='name = "Mine"')
    code, text = checked(tmp_path)
    assert code == 0
    assert "sales: 100 rows read from sales.csv, 100 taken in, 0 refused" in text
    assert "account_id is read from 'Customer No' (guessed)" in text
    assert "Mine can be opened." in text
    assert not (tmp_path / ".kam").exists()
    write(tmp_path, sales_csv=many(BAD))
    code, text = checked(tmp_path)
    assert code == 1
    assert "1  order_date is not a date" in text
    assert "1 row was refused" in text
    write(tmp_path, sales_csv=sales(GOOD, BAD))
    code, text = checked(tmp_path)
    assert code == 2
    assert "Cannot be opened: sales.csv: 1 of 2 rows (50.0%)" in text
    assert text.strip().endswith("Nothing was changed.")
    code, text = checked(tmp_path / "none")
    assert code == 2
    assert "Nothing was changed." in text


@pytest.fixture
def far_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], dt.date]]:
    """Return a function that sets the clock of this machine to a time zone and returns the day that it is there."""

    def set_to(zone: str) -> dt.date:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        return dt.datetime.now().astimezone().date()

    yield set_to
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("hides", [True, False])
def test_check_names_nobody_where_a_book_hides_its_people(tmp_path: Path, *, hides: bool) -> None:
    folder = write(
        tmp_path / "book",
        book_toml=f"[policy]\nhide_people = {str(hides).lower()}\n",
        sales_csv=many(),
        touches_csv="touch_id,account_id,contact_id,touch_date,channel\nT1,A,K1,2025-01-31,Ann Secret's phone\n",
    )
    out = io.StringIO()
    check(folder, out=out, today=TODAY)
    assert "words outside channel" in out.getvalue()
    assert ("ann secret" in out.getvalue().casefold()) is not hides


def test_the_readers_own_day_says_what_lies_in_the_future(tmp_path: Path, far_apart: Callable[[str], dt.date]) -> None:
    first = far_apart("First-14")
    write(tmp_path, sales_csv=many(f"1,{first},Z,P,1,1.00"))
    assert kam.open_book(tmp_path).last_day == first
    assert check(tmp_path, out=io.StringIO()) == 0

    assert far_apart("Last+12") < first
    assert kam.open_book(tmp_path).last_day < first
    assert check(tmp_path, out=(out := io.StringIO())) == 1
    assert "order_date lies in the future" in out.getvalue()


def test_a_real_shop_of_half_a_million_lines(tmp_path: Path) -> None:
    if not RETAIL.exists():
        pytest.skip("shared/data is not beside the repository")
    with duckdb.connect() as connection:
        connection.execute(f"copy (from '{RETAIL}') to '{tmp_path / 'shop.csv'}'")
    code, text = checked(tmp_path)
    assert code == 2
    assert "541,909 rows read from shop.csv, 406,829 taken in, 135,080 refused" in text
    assert "135,080  account_id is missing" in text
    write(tmp_path, book_toml="[policy]\nrefuse_share = 0.3\n")
    code, text = checked(tmp_path)
    assert code == 1
    assert "135,080 rows were refused" in text
    assert "net_amount is read from 'quantity × UnitPrice' (worked out" in text
