"""`book.toml` and `.sql` files: what they may say, and that neither reaches outside the folder."""

from pathlib import Path

import pytest

from kam.base.errors import BookError, IntakeError
from tests.intake.folders import GOOD, opened, sales, write

WRONG_SETTINGS = {
    "no TOML": ("name = ", "not valid TOML"),
    "not UTF-8": (b'name = "M\xfcller"', "not valid TOML"),
    "unknown key": ('curency = "EUR"', "'curency'"),
    "unknown table": ('[tables.orders]\ndecimal = ","', "[tables.orders] is no table"),
    "table that is no section": ("[tables]\nsales = 3", "must be a section"),
    "unknown key of a table": ('[tables.sales]\nseparator = ","', "'separator'"),
    "unknown column": ('[tables.sales.columns]\ncustomer = "X"', "'customer', which sales does not have"),
    "column that is no text": ("[tables.sales.columns]\naccount_id = 3", "must be the name of a column"),
    "column not in the file": (
        '[tables.sales.columns]\naccount_id = "Nobody"',
        "'Nobody', which the file does not have",
    ),
    "decimal": ('[tables.sales]\ndecimal = ";"', "decimal must be"),
    "date format": ('[tables.sales]\ndate_format = "%Q"', "date_format must be one of"),
    "name": ("name = 3", "name must be a text"),
    "policy": ("policy = 3", "policy must be a section"),
    "share too large": ("[policy]\nrefuse_share = 5", "between 0 and 1"),
    "share is no number": ("[policy]\nrefuse_share = true", "between 0 and 1"),
    "memory": ("[policy]\nmemory = \"lots'; attach '/tmp/x'\"", "memory must be an amount"),
    "day": ('as_of = "yesterday"', "as_of must be a date"),
    "moment": ("today = 2025-01-01T10:00:00", "today must be a date"),
}


@pytest.mark.parametrize(("text", "said"), WRONG_SETTINGS.values(), ids=WRONG_SETTINGS.keys())
def test_settings_that_cannot_be_meant(tmp_path: Path, text: str | bytes, said: str) -> None:
    write(tmp_path, sales_csv=sales(GOOD), book_toml=text)
    with pytest.raises((BookError, IntakeError)) as caught:
        opened(tmp_path)
    assert said in str(caught.value)
    assert str(caught.value).endswith("Nothing was changed.") or "Name it in book.toml" in str(caught.value)


def test_settings_from_windows(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD), book_toml='\ufeffname = "x"\r\ncurrency = "EUR"\r\n')
    assert opened(tmp_path).currency == "EUR"


def test_a_select_over_the_files_of_the_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        lines_csv=sales(GOOD),
        more__b_csv=sales(GOOD),
        sales_sql="-- don't stop\nselect *, 'it''s' as \"no'te\" from 'lines.csv' /* 'x' */ union all by name\n"
        "select *, '' as \"no'te\" from read_csv('more/*.csv') -- ü ';'\n;\n",
    )
    assert opened(tmp_path).net == {"A": 21.0}


OUTSIDE = [
    "select * from '{outside}/sales.csv'",
    "select * from '../outside/sales.csv'",
    "select * from read_csv('{outside}/*.csv')",
    "select * from read_csv(['{outside}/sales.csv'])",
    "select * from glob('{outside}/*')",
    "select content as order_id from read_text('{outside}/sales.csv')",
    "select * from read_blob('/etc/hostname')",
    "select * from query('select * from ''{outside}/sales.csv''')",
    "attach '{outside}/x.duckdb' as x",
    "copy (select 1) to 'stolen.csv'",
    "copy (select 1) to '{outside}/stolen.csv'",
    "select * from 'lines.csv'; select 1",
    "select * from 'lines.csv'; copy (select 1) to '{outside}/stolen.csv'",
    "insert into accounts select * from accounts",
    "create table x as select 1",
    "pragma database_list",
    "set lock_configuration = false",
    "install httpfs",
    "load httpfs",
    "call enable_logging()",
    "select * from",
    "selekt",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("query", OUTSIDE)
def test_a_select_that_reaches_outside_or_is_none(tmp_path: Path, query: str) -> None:
    outside = write(tmp_path / "outside", sales_csv=sales(GOOD))
    book = write(tmp_path / "book", lines_csv=sales(GOOD), sales_sql=query.replace("{outside}", str(outside)))
    before = sorted(path for path in tmp_path.rglob("*") if ".kam" not in path.parts)
    with pytest.raises(IntakeError, match=r"Nothing was changed\."):
        opened(book)
    assert sorted(path for path in tmp_path.rglob("*") if ".kam" not in path.parts) == before


def test_a_select_that_is_not_utf_8(tmp_path: Path) -> None:
    write(tmp_path, lines_csv=sales(GOOD), sales_sql=b"select 'M\xfcller' from 'lines.csv'")
    with pytest.raises(IntakeError, match=r"not written in UTF-8.*Nothing was changed"):
        opened(tmp_path)


def test_parents_in_a_circle_and_beyond_the_list(tmp_path: Path) -> None:
    write(
        tmp_path,
        sales_csv=sales(GOOD, "2,2025-01-31,Z,P,1,1"),
        accounts_csv="account_id,parent_id\nA,B\nB,C\nC,B\nD,D\nE,X\nF,E\n",
    )
    book = opened(tmp_path)
    assert ("accounts", "parents in a circle", 2) in book.findings
    assert ("accounts", "unknown parent_id", 1) in book.findings
    assert ("sales", "unknown account_id", 1) in book.findings


def test_a_key_that_stands_twice_keeps_its_first_row(tmp_path: Path) -> None:
    rows = "".join(f"B{number},x\n" for number in range(60))
    write(tmp_path, sales_csv=sales(GOOD), accounts_csv=f"account_id,name\nA,first\n{rows}A,second\n")
    book = opened(tmp_path)
    assert book.tables["accounts"] == [62, 61, 1]
    assert book.refused == [("accounts.csv", 63, "account_id", "A", "stands a second time")]


def test_rows_without_an_optional_value_are_kept(tmp_path: Path) -> None:
    header = "order_id,order_date,account_id,product_id,quantity,net_amount,list_amount,cost_amount"
    text = sales("1,2025-01-31,A,P,1,10,12,", "2,2025-01-31,A,P,1,10,,5", "3,2025-01-31,A,P,1,10,,", header=header)
    write(tmp_path, sales_csv=text, accounts_csv="account_id,yearly_wallet,claimed_rung\nA,,\nB,5,3\n")
    book = opened(tmp_path)
    assert book.tables == {"sales": [3, 3, 0], "accounts": [2, 2, 0]}
    assert book.net == {"A": 30.0}


def test_lines_a_thousand_times_the_mean_are_named(tmp_path: Path) -> None:
    ordinary = [f"{number},2025-01-02,A,P,1,1.00" for number in range(5000)]
    write(tmp_path, sales_csv=sales(*ordinary, "a,2025-01-03,B,P,1,8000", "b,2025-01-03,B,P,-1,-9000"))
    assert ("sales", "absurd amounts", 2) in opened(tmp_path).findings
