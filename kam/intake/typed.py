"""Text columns as the types they surely have, for a `.sql` to compute with; what is not sure stays text."""

import duckdb

from kam.intake.raw import quote, raw_name

DATE_FORMATS = {"d-m-y": "%d-%m-%Y", "m-d-y": "%m-%d-%Y"}

_LOOKED_AT = 2_000
_MOST_DECIMALS = 4
_WHOLE = r"-?(0|[1-9]\d{0,17})"
_POINT = r"-?(0|[1-9]\d{0,2}(,\d{3})+|[1-9]\d*)(\.\d+)?"
_COMMA = r"-?(0|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d*)(,\d+)?"
_FLAG = "(?i:true|false)"
_ISO_DAY = r"\d{4}-\d{2}-\d{2}"
_ISO_TIME = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?"
_DAYS = {  # as book.toml names them: what they look like, and how DuckDB reads them
    f"{order}{mark}": (shape.replace("-", f"\\{mark}"), form.replace("-", mark))
    for order, shape, form in (
        ("d-m-y", r"\d{1,2}-\d{1,2}-\d{4}", DATE_FORMATS["d-m-y"]),
        ("m-d-y", r"\d{1,2}-\d{1,2}-\d{4}", DATE_FORMATS["m-d-y"]),
    )
    for mark in "./-"
}


def typed_columns(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    names: list[str],
    *,
    decimal: str | None = None,
    date_format: str | None = None,
) -> str:
    """Write the select list that gives each column of a staged relation its type.

    A column is what all of its filled cells are. `1.234` and `1,234` are numbers only beside ones that leave no doubt,
    or with `decimal` declared; `03.04.2025` is a day, `03/04/2025` only beside a 13th or with `date_format` declared.
    """
    return ", ".join(
        f"{_typed(cursor, relation, raw_name(name), decimal, date_format)} as {quote(name)}" for name in names
    )


def _typed(
    cursor: duckdb.DuckDBPyConnection, relation: str, raw: str, decimal: str | None, date_format: str | None
) -> str:
    asked = _Asked(cursor, relation, raw)
    if not asked.is_filled():
        return raw
    if asked.all_are(_WHOLE):
        return f"{raw}::bigint"
    if asked.all_are(_FLAG):
        return f"{raw}::boolean"
    if asked.all_are(_ISO_DAY):
        return _if_all(asked, f"try_cast({raw} as date)", raw)
    if asked.all_are(_ISO_TIME):
        return _if_all(asked, f"try_cast({raw} as timestamp)", raw)
    return _number(asked, raw, decimal) or _day(asked, raw, date_format) or raw


class _Asked:
    """One column that is asked what all of its filled cells are: a sample first, then all."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, relation: str, raw: str) -> None:
        self._cursor = cursor
        self._all = f"(select {raw} from {relation} where {raw} <> '')"
        self._sample = f"(select {raw} from {self._all} limit {_LOOKED_AT})"
        self._raw = raw

    def one(self, expression: str, rows: str) -> object:
        return self._cursor.execute(f"select {expression} from {rows}").fetchall()[0][0]

    def is_filled(self) -> bool:
        return bool(self.one("count(*)", self._sample))

    def holds(self, condition: str) -> bool:
        return all(
            self.one(f"bool_and(coalesce({condition}, false))", rows) is True for rows in (self._sample, self._all)
        )

    def all_are(self, pattern: str) -> bool:
        return self.holds(f"regexp_full_match({self._raw}, '{pattern}')")

    def some_are(self, pattern: str) -> bool:
        return self.one(f"bool_or(regexp_full_match({self._raw}, '{pattern}'))", self._all) is True

    def decimals(self, mark: str) -> int:
        places = (
            f"case when contains({self._raw}, '{mark}') then length(split_part({self._raw}, '{mark}', 2)) else 0 end"
        )
        return int(str(self.one(f"max({places})", self._all)))


def _if_all(asked: _Asked, value: str, raw: str) -> str:
    return value.replace("try_cast", "cast") if asked.holds(f"{value} is not null") else raw


def _number(asked: _Asked, raw: str, decimal: str | None) -> str | None:
    for mark, pattern, thousands in ((".", _POINT, ","), (",", _COMMA, ".")):
        if decimal in (None, mark) and asked.all_are(pattern):
            if decimal is None and not asked.some_are(_without_doubt(mark, thousands)):
                return None
            text = f"replace(replace({raw}, '{thousands}', ''), '{mark}', '.')"
            places = asked.decimals(mark)
            if places <= _MOST_DECIMALS and asked.holds(f"try_cast({text} as decimal(18,{places})) is not null"):
                return f"cast({text} as decimal(18,{places}))"
            return f"cast({text} as double)"
    return None


def _without_doubt(mark: str, thousands: str) -> str:
    """Write the pattern of numbers that only this decimal mark explains."""
    return (
        rf"-?(\d+\{mark}(\d{{1,2}}|\d{{4,}})|0\{mark}\d+|\d{{4,}}\{mark}\d+|\d{{1,3}}(\{thousands}\d{{3}})+\{mark}\d+)"
    )


def _day(asked: _Asked, raw: str, date_format: str | None) -> str | None:
    fits = []
    for name, (shape, form) in _DAYS.items():
        value = f"try_strptime({raw}, '{form}')"
        declared = date_format is None or name.startswith(date_format)
        american = name.startswith("m-d-y.")  # nobody writes the month first before a point
        if declared and not american and asked.all_are(shape) and asked.holds(f"{value} is not null"):
            fits.append(f"{value.replace('try_strptime', 'strptime')}::date")
    return fits[0] if len(fits) == 1 else None
