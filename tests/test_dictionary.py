"""The data dictionary in docs says what the schema says."""

import subprocess
import sys
from pathlib import Path

from kam.base.schema import ACCOUNTS, RISKS, SALES, TABLES, TOUCHES, Column
from kam.dictionary import column_row, data_dictionary, table_section

DOCS = Path(__file__).parent.parent / "docs" / "data-dictionary.md"


def test_the_page_in_docs_is_the_page_of_the_schema() -> None:
    assert DOCS.read_text(encoding="utf-8") == data_dictionary(), "python -m kam.dictionary > docs/data-dictionary.md"


def test_the_command_writes_the_page() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "kam.dictionary"]
    written = subprocess.run(command, check=True, capture_output=True, cwd=DOCS.parent.parent)  # noqa: S603 - own module

    assert written.stdout.decode() == data_dictionary()


def test_every_table_has_a_section_and_every_column_a_row() -> None:
    page = data_dictionary().splitlines()

    assert [line.removeprefix("## ") for line in page if line.startswith("## ")] == list(TABLES)
    rows = [line for line in page if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [column.name for table in TABLES.values() for column in table]


def test_a_column_tells_its_rules() -> None:
    assert column_row(RISKS["probability"]) == (
        "| `probability` | share, 0–1 | yes |  | 0 … 1 |  | chance within twelve months |  |"
    )
    assert column_row(TOUCHES["purpose"]) == (
        "| `purpose` | one of a list |  |  | value, selling, service, relationship |  |"
        " why: value is given with nothing asked in return |  |"
    )
    assert column_row(ACCOUNTS["yearly_wallet"]) == (
        "| `yearly_wallet` | money |  | currency per year | from 0 |  | what the customer spends a year, with"
        " everybody, on what we could sell it | wallet, annual spend, potential, potenzial |"
    )
    assert "| −9e13 … 9e13 |" in column_row(SALES["net_amount"])
    assert "| `managers.manager_id` |" in column_row(ACCOUNTS["manager_id"])


def test_a_bar_in_a_meaning_does_not_break_the_table() -> None:
    assert column_row(Column("a", "text", "x|y")) == "| `a` | text |  |  |  |  | x\\|y |  |"


def test_only_sales_are_required() -> None:
    required = [table.name for table in TABLES.values() if "Required." in table_section(table)]

    assert required == ["sales"]
