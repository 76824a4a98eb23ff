"""What `book.toml` says: name, currency, dates, column maps and policy, each checked and each optional."""

import datetime as dt
import re
import tomllib
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kam.base.errors import BookError
from kam.base.schema import TABLES
from kam.intake.dates import DATE_FORMATS

DECIMALS = (".", ",")
_KEYS = ("name", "currency", "as_of", "today", "time_zone", "policy", "tables")
_TABLE_KEYS = (
    "columns",
    "date_format",
    "date_formats",
    "decimal",
    "decimals",
    "encoding",
    "sheet",
    "amounts",
    "turned",
    "leave_out",
    "returns",
    "keep",
    "values",
    "skip",
    "carry_down",
)
LEVELS = ("line", "piece", "order", "year to date", "with tax", "before discount", "share", "percent")
"""What an amount stands for: the line, one piece, the whole order, the year so far; for discounts also what share."""
ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1254",
    "windows-1256",
    "iso-8859-1",
    "shift-jis",
    "gb18030",
    "mac-roman",
)
_MEMORY = re.compile(r"\d+(\.\d+)? ?[KMGT]i?B")


@dataclass(frozen=True, slots=True)
class TableSettings:
    """How one table's file is to be read where guessing is not wanted."""

    columns: dict[str, str] = field(default_factory=dict)
    date_format: str | None = None
    decimal: str | None = None
    date_formats: dict[str, str] = field(default_factory=dict)  # file -> date format
    decimals: dict[str, str] = field(default_factory=dict)  # column of the file -> decimal mark
    encoding: str | None = None
    sheet: str | None = None
    amounts: dict[str, str] = field(default_factory=dict)  # schema column -> one of LEVELS
    turned: bool | None = None  # whether a ledger's signs are turned: what is sold stands negative
    leave_out: dict[str, list[str]] = field(default_factory=dict)  # column of the file -> values of lines left out
    returns: dict[str, list[str]] = field(default_factory=dict)  # likewise, of lines that came back
    keep: dict[str, list[str]] = field(default_factory=dict)  # likewise, of lines that count as they are
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # schema column -> word in the file -> word meant
    skip: list[str] = field(default_factory=list)  # lines left out by hand: "sales.csv 31"
    carry_down: list[str] = field(default_factory=list)  # columns of the file that stand on an order's first line alone


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole `book.toml`; `policy` is handed as it is to the questions that have a policy."""

    name: str
    currency: str | None = None
    as_of: dt.date | None = None
    today: dt.date | None = None
    time_zone: str | None = None
    refuse_share: float = 0.05
    memory: str = "3GB"
    hide_people: bool = False
    tables: dict[str, TableSettings] = field(default_factory=dict)
    policy: dict[str, Any] = field(default_factory=dict)


def read_settings(folder: Path) -> Settings:
    """Read `book.toml`; a folder without one is a book named after the folder, with every default.

    Raises
    ------
    BookError
        The file is not TOML, or a key has a value that cannot be meant; names the key.
    """
    path = folder / "book.toml"
    if not path.exists():
        return Settings(name=folder.resolve().name)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(f"book.toml is not valid TOML: {error}. Mend the file. Nothing was changed.") from error
    except OSError as error:
        raise BookError(f"book.toml cannot be read: {error.strerror}. Nothing was changed.") from error
    _refuse_unknown(data, _KEYS, "")
    policy = _take(data, "policy", dict, {})
    return Settings(
        name=str(_take(data, "name", str, folder.resolve().name)),
        currency=_take(data, "currency", str, None),
        as_of=_day(data, "as_of"),
        today=_day(data, "today"),
        time_zone=_zone(data),
        refuse_share=_share(policy, "refuse_share", 0.05),
        memory=_memory(policy),
        hide_people=_switch(policy, "hide_people"),
        tables={name: table_settings(name, value) for name, value in _take(data, "tables", dict, {}).items()},
        policy=policy,
    )


def table_settings(name: str, value: object) -> TableSettings:
    """Check one `[tables.…]` section of a `book.toml`, or the like of it in a recipe."""
    if name not in TABLES:
        raise _wrong(f"[tables.{name}] is no table of a book. Known are: {', '.join(TABLES)}")
    if not isinstance(value, dict):
        raise _wrong(f"[tables.{name}] must be a section")
    _refuse_unknown(value, _TABLE_KEYS, f"[tables.{name}] ")
    columns = _take(value, "columns", dict, {})
    known = {column.name for column in TABLES[name]}
    for column, source in columns.items():
        if column not in known:
            raise _wrong(f"[tables.{name}.columns] names {column!r}, which {name} does not have")
        if not isinstance(source, str):
            raise _wrong(f"[tables.{name}.columns] {column} must be the name of a column in the file")
    amounts = _take(value, "amounts", dict, {})
    for column, level in amounts.items():
        if column not in known or level not in LEVELS:
            raise _wrong(f"[tables.{name}.amounts] {column} must be one of {', '.join(LEVELS)}, not {level!r}")
    return TableSettings(
        columns=columns,
        date_format=_choice(value, "date_format", name, tuple(DATE_FORMATS)),
        decimal=_choice(value, "decimal", name, DECIMALS),
        date_formats=_choices(value, "date_formats", name, tuple(DATE_FORMATS)),
        decimals=_choices(value, "decimals", name, DECIMALS),
        encoding=_choice(value, "encoding", name, ENCODINGS),
        sheet=_take(value, "sheet", str, None),
        amounts=amounts,
        turned=None if "turned" not in value else _switch(value, "turned", f"[tables.{name}]"),
        leave_out=_words(value, "leave_out", name),
        returns=_words(value, "returns", name),
        keep=_words(value, "keep", name),
        values=_meanings(value, name),
        skip=_texts(value.get("skip", []), f"[tables.{name}] skip"),
        carry_down=_texts(value.get("carry_down", []), f"[tables.{name}] carry_down"),
    )


def _choice(value: dict[str, Any], key: str, table: str, allowed: tuple[str, ...]) -> str | None:
    chosen = _take(value, key, str, None)
    if chosen is not None and chosen not in allowed:
        few = len(allowed) < 3  # noqa: PLR2004 - this or that
        said = " or ".join(f'"{each}"' for each in allowed) if few else f"one of {', '.join(allowed)}"
        raise _wrong(f"[tables.{table}] {key} must be {said}, not {chosen!r}")
    return chosen


def _meanings(value: dict[str, Any], table: str) -> dict[str, dict[str, str]]:
    section = _take(value, "values", dict, {})
    columns = {column.name: column for column in TABLES[table]}
    for name, words in section.items():
        where = f"[tables.{table}.values.{name}]"
        if name not in columns or not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
            raise _wrong(f"{where} must map words of the file to words of {table}")
        if columns[name].kind not in ("id", "text", "choice"):
            raise _wrong(f"{where} maps words, and {name} holds none")
    return section


def _words(value: dict[str, Any], key: str, table: str) -> dict[str, list[str]]:
    section = _take(value, key, dict, {})
    return {column: _texts(words, f"[tables.{table}.{key}] {column}") for column, words in section.items()}


def _choices(value: dict[str, Any], key: str, table: str, allowed: tuple[str, ...]) -> dict[str, str]:
    section = _take(value, key, dict, {})
    for name, chosen in section.items():
        if chosen not in allowed:
            raise _wrong(f"[tables.{table}.{key}] {name} must be one of {', '.join(allowed)}, not {chosen!r}")
    return section


def _texts(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise _wrong(f"{where} must be a list of texts, not {value!r}")
    return value


def _zone(data: dict[str, Any]) -> str | None:
    zone = _take(data, "time_zone", str, None)
    if zone is not None and zone not in zoneinfo.available_timezones():
        raise _wrong(f'time_zone must be the name of a time zone such as "Europe/Berlin", not {zone!r}')
    return zone


def _wrong(what: str) -> BookError:
    return BookError(f"book.toml: {what}. Mend the file. Nothing was changed.")


def _refuse_unknown(data: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    unknown = [key for key in data if key not in known]
    if unknown:
        raise _wrong(f"{where}has {unknown[0]!r}, which means nothing here. Known are: {', '.join(known)}")


def _take(data: dict[str, Any], key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - TOML holds any value
    value = data.get(key, default)
    if value is not default and not isinstance(value, kind):
        word = {"str": "text", "dict": "section"}[kind.__name__]
        raise _wrong(f"{key} must be a {word}, not {value!r}")
    return value


def _memory(policy: dict[str, Any]) -> str:
    value = _take(policy, "memory", str, "3GB")
    if not _MEMORY.fullmatch(value):
        raise _wrong(f'[policy] memory must be an amount such as "3GB", not {value!r}')
    return value


def _switch(data: dict[str, Any], key: str, where: str = "[policy]") -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise _wrong(f"{where} {key} must be true or false, not {value!r}")
    return value


def _day(data: dict[str, Any], key: str) -> dt.date | None:
    value = data.get(key)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(f"{key} must be a date such as 2026-09-30, not {value!r}") from None


def _share(data: dict[str, Any], key: str, default: float) -> float:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _wrong(f"[policy] {key} must be a share between 0 and 1, not {value!r}")
    return float(value)
