"""The other tables of a book, with values that fit each column's kind."""

import datetime as dt
import random

from kam.base.schema import TABLES, Column
from tests.intake.mutations.sheets import Folder, Row, Sheet

FIRST = dt.date(2024, 3, 1)
ACCOUNTS = ("A1", "A2", "B-7", "C 9", "10044", "K0012")
NAMES = ("Nord AG", "Süd & Söhne", "O'Neil Ltd", "Čapek s.r.o.", "Öz Gıda A.Ş.", "Łódź Foods")
WORDS = ("Milk", "Steel bar", "Service", "کالا", "Ersatzteil, groß")


def registers(draw: random.Random, folder: Folder) -> None:
    """Put some of a book's other tables beside its sales, of values that fit each column's kind."""
    names = [name for name in TABLES if name not in ("sales", "rates")]
    for name in draw.sample(names, draw.randint(1, 4)):
        columns = [column for column in TABLES[name] if column.required or draw.random() < 0.7]
        header = [column.name for column in columns]
        rows: list[Row] = [[_value(draw, column, at) for column in columns] for at in range(draw.randint(1, 12))]
        folder.sheets.append(Sheet(name, header, rows, kind=draw.choice(("csv", "csv", "xlsx", "parquet"))))
    folder.done.append("registers")


def _value(draw: random.Random, column: Column, at: int) -> object:
    if column.key:
        return f"{column.name[:2].upper()}{at}"
    values = {
        "id": draw.choice(ACCOUNTS)
        if "account" in column.name or "parent" in column.name
        else f"{column.name}-{at % 3}",
        "text": draw.choice((*NAMES, *WORDS)),
        "date": (FIRST + dt.timedelta(days=draw.randrange(1200))).isoformat(),
        "flag": draw.choice(("yes", "no", "1", "0", "true")),
        "choice": draw.choice(column.choices) if column.choices else "",
        "share": round(draw.random(), 2),
        "whole": draw.randint(int(column.low or 0), int(min(column.high or 100, 1000))),
    }
    return values.get(column.kind, round(draw.uniform(max(column.low or 0, -100), 100), 2))
