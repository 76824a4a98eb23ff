"""What `book.toml` says: name, currency, dates, column maps and policy, each checked and each optional."""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kam.errors import BookError
from kam.intake.formats import DATE_FORMATS
from kam.schema import TABLES

DECIMALS = (".", ",")
_KEYS = ("name", "currency", "as_of", "today", "policy", "tables")
_TABLE_KEYS = ("columns", "date_format", "decimal")
_MEMORY = re.compile(r"\d+(\.\d+)? ?[KMGT]i?B")


@dataclass(frozen=True, slots=True)
class TableSettings:
    """How one table's file is to be read where guessing is not wanted."""

    columns: dict[str, str] = field(default_factory=dict)
    date_format: str | None = None
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole `book.toml`; `policy` is handed as it is to the questions that have a policy."""

    name: str
    currency: str | None = None
    as_of: dt.date | None = None
    today: dt.date | None = None
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
        refuse_share=_share(policy, "refuse_share", 0.05),
        memory=_memory(policy),
        hide_people=_switch(policy, "hide_people"),
        tables={name: _table(name, value) for name, value in _take(data, "tables", dict, {}).items()},
        policy=policy,
    )


def _table(name: str, value: object) -> TableSettings:
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
    decimal = _take(value, "decimal", str, None)
    if decimal is not None and decimal not in DECIMALS:
        raise _wrong(f'[tables.{name}] decimal must be "." or ",", not {decimal!r}')
    date_format = _take(value, "date_format", str, None)
    if date_format is not None and date_format not in DATE_FORMATS:
        raise _wrong(f"[tables.{name}] date_format must be one of {', '.join(DATE_FORMATS)}, not {date_format!r}")
    return TableSettings(columns=columns, date_format=date_format, decimal=decimal)


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


def _switch(policy: dict[str, Any], key: str) -> bool:
    value = policy.get(key, False)
    if not isinstance(value, bool):
        raise _wrong(f"[policy] {key} must be true or false, not {value!r}")
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
