"""What a signal measures: its unit, its sentence, and which way along it leads up the ladder."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from kam.base.numbers import percent, signed_points
from kam.base.texts import _

Unit = Literal["percent", "points", "number"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One signal as it is measured.

    Attributes
    ----------
    signal
        Its name in the likelihood table.
    sentence
        What was observed, with `{value}` in it.
    unit
        How the value is written; shares are ratios, so 0.1 is 10 %.
    more_is_higher
        Whether a larger value speaks for a higher rung; only used against peers.
    band
        A value no farther than this from the peers' median is in the middle, however close together the peers are.
    """

    signal: str
    sentence: str
    unit: Unit
    more_is_higher: bool = True
    band: float = 0.0

    def observed(self, values: pd.Series, peers_median: pd.Series) -> list[str]:
        """Say what was seen, beside the peers' median where there is one.

        >>> categories = Measure("categories", "buys from {value} categories", "number")
        >>> categories.observed(pd.Series([5.0, 3.0]), pd.Series([2.5, None]))
        ["buys from 5 categories, peers' median 2.5", 'buys from 3 categories']
        """
        return [
            _("{observed}, peers' median {median}").format(observed=said, median=median) if median else said
            for said, median in zip(
                (self.sentence.format(value=value) for value in self._written(values)),
                self._written(peers_median),
                strict=True,
            )
        ]

    def _written(self, values: pd.Series) -> list[str]:
        # Each text is made once: thousands of accounts share the few values that are left after rounding.
        rounded = values.round(1 if self.unit == "number" else 3)
        words = {value: _WRITERS[self.unit](value) for value in rounded.dropna().unique().tolist()}
        return [words.get(value, "") for value in rounded.tolist()]


_WRITERS: dict[Unit, Callable[[float], str]] = {
    "percent": percent,
    "points": signed_points,
    "number": lambda value: f"{value:,.0f}" if value == round(value) else f"{value:,.1f}",
}
