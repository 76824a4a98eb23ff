"""What a person types into a field of a record, as the text that is kept, or the reason why it cannot be."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import pandas as pd

from kam.base.schema import Column, Table

Values = Mapping[str, object]
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)
_NOTHING = {"", "null", "n/a", "#n/a", "-", "\\n"}
"""What files mean by nothing, a person does too; otherwise an exported record would come back changed."""
_BLANKS = " \t\r\n\u00a0"
_PLACES = Decimal("0.0001")
_WHOLE = re.compile(r"[+-]?\d{1,15}(\.0+)?")
_MOST_TEXT = 10_000


class ValueProblem(ValueError):  # noqa: N818 - a problem of one value, gathered into a RecordError
    """Why a value cannot stand in its column, to be read after the column's name."""


def as_text(column: Column, value: object) -> str | None:
    """Return a value as it is kept, or None for nothing.

    Dates become ISO days, numbers plain decimals with at most four places, flags true or false; a text is kept to
    the letter, without blanks around it.

    Raises
    ------
    ValueProblem
        The value is not of the column's kind, out of its range or none of its choices.

    Examples
    --------
    >>> from kam.base.schema import CONTACTS, STRATEGIES
    >>> (
    ...     as_text(CONTACTS["influence"], 4.0),
    ...     as_text(STRATEGIES["budget"], "1250.50"),
    ...     as_text(CONTACTS["name"], " Ada "),
    ... )
    ('4', '1250.5000', 'Ada')
    >>> as_text(CONTACTS["influence"], 9)
    Traceback (most recent call last):
    kam.store.values.ValueProblem: is above 5
    """
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str) and value.strip(_BLANKS).lower() in _NOTHING:
        return None
    if column.kind == "date":
        return _date(value)
    if column.kind == "flag":
        return _flag(value)
    if column.kind in ("money", "number", "share", "whole"):
        return _number(column, value)
    text = str(value).strip(_BLANKS)
    if len(text) > _MOST_TEXT:
        raise ValueProblem(f"is longer than {_MOST_TEXT:,} letters")
    if "\x00" in text:
        raise ValueProblem("holds a character that is no text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueProblem("holds a character that is no text") from None
    if column.choices and text not in column.choices:
        raise ValueProblem(f"is none of: {', '.join(column.choices)}")
    return text


def _date(value: object) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if not isinstance(value, dt.date):
        try:
            value = dt.date.fromisoformat(str(value).strip()[:10])
        except ValueError:
            raise ValueProblem("is not a date such as 2026-09-30") from None
    if not _FIRST <= value < _LAST:
        raise ValueProblem("lies before 1900 or after 2199")
    return value.isoformat()


def _flag(value: object) -> str:
    text = str(value).strip().lower()
    if text not in ("true", "false", "yes", "no", "1", "0"):
        raise ValueProblem("is neither yes nor no")
    return "true" if text in ("true", "yes", "1") else "false"


def _number(column: Column, value: object) -> str:
    text = str(value).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueProblem("is not a number") from None
    if not number.is_finite() or abs(number) >= Decimal("1e14"):
        raise ValueProblem("is not a number that can be kept")
    if column.low is not None and number < Decimal(str(column.low)):
        raise ValueProblem(f"is below {column.low:,g}")
    if column.high is not None and number > Decimal(str(column.high)):
        raise ValueProblem(f"is above {column.high:,g}")
    if column.kind == "whole":
        if not _WHOLE.fullmatch(text):
            raise ValueProblem("is not a whole number")
        return str(int(number))
    return repr(float(number)) if column.kind == "share" else f"{number.quantize(_PLACES):f}"


def problems(table: Table, values: Values) -> dict[str, str]:
    """Say what is wrong with the fields of a record by itself: column → reason. Nothing is asked of any file.

    A field that is not named counts as empty; unknown names are wrong, too.

    >>> from kam.base.schema import READINGS
    >>> problems(READINGS, {"reading_id": "R1", "objective_id": "O1", "read_on": "soon"})
    {'read_on': 'is not a date such as 2026-09-30', 'value': 'is missing'}
    """
    found = {name: f"is no column of {table.name}" for name in values if name not in {each.name for each in table}}
    for column in table:
        try:
            text = as_text(column, values.get(column.name))
        except ValueProblem as problem:
            found[column.name] = str(problem)
        else:
            if column.required and text is None:
                found[column.name] = "is missing"
    return found
