"""One objective as it stands in the book or in a form: what it says, with everything unsaid as None."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import numpy as np
import pandas as pd

from kam.base.periods import MONTHS
from kam.plan.objective_units import scale
from kam.plan.rolling import LESS_IS_BETTER, Scope

_DAYS_A_MONTH = 365.25 / 12
_NUMBERS = (float, int, str, Decimal, np.number)  # a protocol is slow to check


@dataclass(frozen=True, slots=True)
class Objective:
    """What an objective says; `baseline` and `target` are in its `unit`."""

    title: str | None
    metric: str | None
    category: str | None
    product_id: str | None
    window_months: int
    unit: str | None
    baseline: float | None
    target: float | None
    starts_on: dt.date | None
    due_on: dt.date | None
    owner: str | None
    serves: str | None
    serves_note: str | None

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Self:
        """Read a row of the objectives table, or what a form holds so far; keys left out are unsaid.

        >>> Objective.of({"title": " ", "target": "12", "due_on": "2026-09-30"}).due_on
        datetime.date(2026, 9, 30)
        """
        months = number(row.get("window_months"))
        return cls(
            title=text(row.get("title")),
            metric=text(row.get("metric")),
            category=text(row.get("category")),
            product_id=text(row.get("product_id")),
            window_months=int(months) if months is not None and months >= 1 else MONTHS,
            unit=text(row.get("unit")),
            baseline=number(row.get("baseline")),
            target=number(row.get("target")),
            starts_on=date(row.get("starts_on")),
            due_on=date(row.get("due_on")),
            owner=text(row.get("owner")),
            serves=text(row.get("serves")),
            serves_note=text(row.get("serves_note")),
        )

    @property
    def scope(self) -> Scope | None:
        """What is measured; None without a metric."""
        return None if self.metric is None else Scope(self.metric, self.category, self.product_id, self.window_months)

    @property
    def sign(self) -> int:
        """1 where more is better, −1 where less is, as for a discount rate; of a reading its own target tells."""
        if self.metric == "reading" and self.baseline is not None and self.target is not None:
            return 1 if self.target >= self.baseline else -1
        return -1 if self.metric in LESS_IS_BETTER else 1

    @property
    def months(self) -> int | None:
        """The months from start to due day, at least 1; None where they are out of order or unsaid."""
        if self.starts_on is None or self.due_on is None or self.due_on <= self.starts_on:
            return None
        return max(round((self.due_on - self.starts_on).days / _DAYS_A_MONTH), 1)

    @property
    def scale(self) -> float:
        """What one of the unit is in the unit of measuring."""
        return scale(self.metric, self.unit)


def text(value: object) -> str | None:
    """Return a text without the spaces around it; None if nothing is left.

    >>> text("  "), text(float("nan")), text(" a ")
    (None, None, 'a')
    """
    return value.strip() or None if isinstance(value, str) else None


def number(value: object) -> float | None:
    """Return a finite number, also one that a form holds as text; None for anything else.

    >>> number("1.5"), number("many"), number(float("nan")), number(None)
    (1.5, None, None, None)
    """
    try:
        found = float(value) if isinstance(value, _NUMBERS) else math.nan
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def date(value: object) -> dt.date | None:
    """Return a day from a date, a time stamp or an ISO text; None for anything else.

    >>> date("2026-09-30"), date("soon"), date(pd.NaT)
    (datetime.date(2026, 9, 30), None, None)
    """
    if isinstance(value, dt.datetime):
        return None if pd.isna(value) else value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
