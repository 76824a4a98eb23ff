"""How an amount of a line follows from columns of the file: as written, times quantity, less tax or discount."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

DECLARED = "declared in book.toml"
SHARES = ("share", "percent")
MEASURED = {"line": "", "piece": " a piece", "percent": " in percent", "share": " as a share"}
"""How a formula in words says what a discount or a rate is measured in."""


@dataclass(frozen=True, slots=True)
class Formula:
    """One amount of the schema from columns of the file, and why it is read so.

    `source` is an amount, or a price where `pieces` is true; then `less` a tax, a discount or a profit column, or
    `plus` a discount column, whose values are a share, a percentage, or money of the line or of one piece.
    """

    source: str
    pieces: bool = False
    less: str | None = None
    plus: str | None = None
    measured: str = "line"  # what `less` or `plus` is measured in: "share", "percent", "line" or "piece"
    turned: bool = False  # whether the values of `less` or `plus` are written with the other sign
    over: str = "line"  # "order": spread over the order's lines; "year to date": the step since the month before
    why: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns of the file it is made of."""
        return tuple(name for name in (self.source, self.less, self.plus) if name)

    @property
    def direct(self) -> bool:
        """Whether the amount stands in the file as it is."""
        return not (self.pieces or self.less or self.plus or self.over != "line")

    @property
    def written(self) -> str:
        """The formula in words.

        >>> Formula("Price", pieces=True, less="Disc.%", measured="percent").written
        'quantity × Price less Disc.% in percent'
        """
        base = f"quantity × {self.source}" if self.pieces else self.source
        base += f" less {self.less}" if self.less else f" and {self.plus}" if self.plus else ""
        base += MEASURED[self.measured] if self.less or self.plus else ""
        whole = {"order": ", spread over the order's lines", "year to date": ", as the step from month to month"}
        return base + whole.get(self.over, "")

    def value(self, number: Callable[[str], str], quantity: str, *, base: str | None = None) -> str:
        """Write the SQL of the amount as a double; `base` stands for the source where that is an amount of ours."""
        amount = base or number(self.source)
        if self.pieces:
            amount = f"({quantity}) * ({amount})"
        if not (other := self.less or self.plus):
            return amount
        change = f"(-{number(other)})" if self.turned else number(other)
        absent = f"coalesce({change}, 0)"
        if self.measured in SHARES:
            left = f"(1 - {absent}{' / 100' if self.measured == 'percent' else ''})"
            return f"({amount}) * {left}" if self.less else f"({amount}) / nullif({left}, 0)"
        sign, money = ("-" if self.less else "+"), absent if self.measured == "line" else f"({quantity}) * {absent}"
        return f"({amount}) {sign} {money}"

    def of(self, numbers: dict[str, np.ndarray], quantity: np.ndarray, *, base: np.ndarray | None = None) -> np.ndarray:
        """Work the amount out on a sample of lines, as `value` does in SQL; spreading and steps left aside."""
        amount = numbers[self.source] if base is None else base
        if self.pieces:
            amount = amount * quantity
        if not (other := self.less or self.plus):
            return amount
        change = np.nan_to_num(numbers[other])
        if self.measured in SHARES:
            left = 1 - change / (100 if self.measured == "percent" else 1)
            with np.errstate(divide="ignore", invalid="ignore"):
                return amount * left if self.less else amount / np.where(left == 0, np.nan, left)
        money = change * (quantity if self.measured == "piece" else 1)
        return amount - money if self.less else amount + money
