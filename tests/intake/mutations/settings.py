"""A `book.toml` of odd settings: right ones that do not fit the files, wrong ones, and text that is no TOML."""

import random

import tomlkit

from kam.base.schema import TABLES
from kam.intake.dates import DATE_FORMATS
from kam.intake.settings import DECIMALS, ENCODINGS, LEVELS
from tests.intake.mutations import odd
from tests.intake.mutations.sheets import Folder

_GARBAGE = (
    "",
    "name",
    "name = ",
    "\x00",
    "[tables",
    "[tables.sales]\n[tables.sales]",
    "tables = 1",
    "= 1",
    "\ufeffname='x'",
    "[tables.nothing]",
    "[policy]\nrefuse_share = 7",
    "name = 1979-05-27",
    "currency = ['EUR']",
)


def odd_settings(draw: random.Random, folder: Folder) -> str:
    """Write settings about the tables and columns a book has, of which not all can be meant."""
    if draw.random() < 0.15:
        return draw.choice(_GARBAGE)
    made: dict[str, object] = {}
    top = {
        "name": draw.choice(("Book", "🧀", "", "x" * 500, "'; drop table book; --")),
        "currency": draw.choice(("EUR", "eur", "", "$", "XXX", "🧀")),
        "as_of": draw.choice(("2025-12-31", "1900-01-01", "2999-01-01", "x")),
        "today": draw.choice(("2026-05-31", "1900-01-01", "9999-12-31")),
        "time_zone": draw.choice(("Europe/Berlin", "Asia/Tehran", "UTC", "Nowhere/Else", "")),
        "policy": draw.choice(
            (
                {"refuse_share": draw.choice((0, 0.05, 1, -1, True))},
                {"memory": draw.choice(("1GB", "1", "200MB"))},
                {"hide_people": True},
                {"ladder": {}},
                {"plans": {"x": 1}},
            )
        ),
    }
    for key in draw.sample(list(top), draw.choice((0, 0, 1, 2))):
        made[key] = top[key]
    names = ["sales", *(sheet.name for sheet in folder.sheets if sheet.name in TABLES)]
    made["tables"] = {name: _table(draw, folder, name) for name in draw.sample(names, 1)}
    return tomlkit.dumps(made)


def _table(draw: random.Random, folder: Folder, table: str) -> dict[str, object]:
    headers = [str(name) for sheet in folder.sheets for name in sheet.header] or ["x"]
    files = [f"{sheet.name}.{sheet.kind}" for sheet in folder.sheets]
    columns = [column.name for column in TABLES[table]]

    def header() -> str:
        return draw.choice((*headers, *headers, *odd.HEADERS))

    words = [draw.choice((*odd.STATES, "*", *odd.TEXTS)) for _ in range(draw.randint(0, 3))]
    every: dict[str, object] = {
        "columns": {draw.choice(columns): draw.choice((header(), header(), "")) for _ in range(draw.randint(1, 3))},
        "date_format": draw.choice(tuple(DATE_FORMATS)),
        "date_formats": {draw.choice(files): draw.choice(tuple(DATE_FORMATS))},
        "decimal": draw.choice(DECIMALS),
        "decimals": {header(): draw.choice(DECIMALS)},
        "encoding": draw.choice(ENCODINGS),
        "sheet": draw.choice(("Sheet1", "Sheet2", "Nothing", "")),
        "amounts": {draw.choice(columns): draw.choice(LEVELS)},
        "turned": draw.choice((True, False)),
        "leave_out": {header(): words},
        "returns": {header(): words},
        "keep": {header(): words},
        "values": {draw.choice(columns): {draw.choice(odd.TEXTS): draw.choice(odd.TEXTS)}},
        "skip": [
            f"{draw.choice(files)} {draw.choice((0, 1, 2, 5, 10**30, -1, 'x'))}" for _ in range(draw.randint(1, 3))
        ],
        "carry_down": [header() for _ in range(draw.randint(1, 2))],
    }
    return {key: every[key] for key in draw.sample(list(every), draw.choice((1, 1, 2, 4)))}
