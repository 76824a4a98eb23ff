"""The same lines as any file a system exports: comma, tab, zipped text, workbook or Parquet, by the file's name."""

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from tests.intake.cases.workbook import Rows, write_ods, write_xlsx

DAYS = ("2026-01-01", "2026-02-06", "2026-03-11", "2026-04-16", "2026-05-21")
LAST = "2026-05-29"
"""The last weekday of May 2026: with a line on it, May is a complete month."""
PLAIN = ("order_id", "order_date", "account_id", "product_id", "quantity", "net_amount")


def text(header: Sequence[str], rows: Rows, *, mark: str = ",") -> str:
    """Write lines as delimited text under a header.

    >>> text(("a", "b"), [(1, "x,y"), (None, 2.5)]).splitlines()
    ['a,b', '1,"x,y"', ',2.5']
    """
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def put(path: Path, header: Sequence[str], rows: Rows, *, mark: str = ",", encoding: str = "utf-8") -> Path:
    """Write lines into a book folder as what the file's name says, and return the folder: `put(folder / "sales.tsv")`.

    Of a workbook it is the only sheet; in Parquet every column has the type of its values.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = path.suffix
    if kind in (".xlsx", ".ods"):
        (write_xlsx if kind == ".xlsx" else write_ods)(path, {"Sheet1": [header, *rows]})
    elif kind == ".parquet":
        pd.DataFrame([list(row) for row in rows], columns=list(header)).to_parquet(path)
    else:
        content = text(header, rows, mark="\t" if ".tsv" in path.suffixes else mark).encode(encoding)
        path.write_bytes(gzip.compress(content) if kind == ".gz" else content)
    return path.parent


def plain_lines(
    count: int = 20, *, accounts: Sequence[str] = ("N", "S"), amount: object = "100.00", last: str = "99"
) -> list[tuple]:
    """Return ordinary lines: five days in turn, the accounts in turn, and one line at the end of May.

    >>> plain_lines(1)
    [(0, '2026-01-01', 'N', 'P1', 1, '100.00'), ('99', '2026-05-29', 'N', 'P1', 1, '100.00')]
    """
    lines: list[tuple] = [
        (number, DAYS[number % 5], accounts[number % len(accounts)], "P1", 1, amount) for number in range(count)
    ]
    return [*lines, (last, LAST, accounts[0], "P1", 1, amount)]
