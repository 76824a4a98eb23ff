"""The prices and discounts that stand beside amounts of one file, and which amounts they explain."""

import numpy as np

from kam.intake.amount_evidence import close, grows_with, nearly_all
from kam.intake.concepts import ideas
from kam.intake.formula import Formula
from kam.intake.sampled import Ranked, Sample

_AS_A_RULE = 0.9
_ALL = 100  # percent
_BY_NAME = {"percent": "percent", "unit": "piece", "amount": "line"}


class Discounts:
    """Prices and discounts beside the amounts of a sample of lines."""

    def __init__(self, sample: Sample, ranked: dict[str, Ranked], levels: dict[str, str]) -> None:
        self.sample, self.ranked, self.levels = sample, ranked, levels

    def exist(self) -> bool:
        """Say whether any line has a discount."""
        return any(
            (np.nan_to_num(np.abs(self.sample.numbers[name])) > 0).any() for name in self.ranked.get("discount", {})
        )

    def goods(self) -> np.ndarray | None:
        """Return price × quantity of each line, None where one of them is not given."""
        prices = [*self.ranked.get("unit_price", {}), *self.ranked.get("list_price", {})]
        if not prices or not self.sample.has_quantity:
            return None
        return self.sample.numbers[prices[0]] * self.sample.quantity

    def makes(self, source: str) -> bool:
        """Say whether price × quantity makes an amount on nearly all lines."""
        goods = self.goods()
        if goods is None:
            return False
        values = self.sample.numbers[source]
        among = np.isfinite(goods) & np.isfinite(values)
        return nearly_all(close(np.abs(values), np.abs(goods), self.sample.quantity), among)

    def leaves(self, source: str) -> Formula | None:
        """Find the price and the discount of which an amount is what is left."""
        sample = self.sample
        prices = [*self.ranked.get("list_price", {}), *self.ranked.get("unit_price", {})]
        values = sample.numbers[source]
        for price in prices if sample.has_quantity else []:
            for discount in self.ranked.get("discount", {}):
                change = np.nan_to_num(sample.numbers[discount])
                for measured in (self._declared(), "percent", "share", "line", "piece"):
                    if measured is None:
                        continue
                    formula = Formula(price, pieces=True, less=discount, measured=measured)
                    made = formula.of(sample.numbers, sample.quantity)
                    among = np.isfinite(made) & np.isfinite(values) & (np.abs(change) > 0)
                    if int(among.sum()) and float(close(values, made, sample.quantity)[among].mean()) >= _AS_A_RULE:
                        return formula
        return None

    def _declared(self) -> str | None:
        return self.levels.get("discount")

    def measured(self, discount: str) -> str:
        """Say what a discount is measured in, or most likely is."""
        return self.measures(discount)[0]

    def measures(self, discount: str) -> tuple[str, ...]:
        """Say what a discount can be measured in, by its name and by how large it is: more than one if that is open."""
        if known := self._declared() or ("share" if discount in self.sample.shares else None):
            return (known,)
        about, values = ideas(discount), np.abs(self.sample.numbers[discount])
        named = next((measure for word, measure in _BY_NAME.items() if word in about), None)
        in_money = discount in self.sample.money
        largest = float(np.nanmax(values, initial=0.0))
        if largest <= 1 and named in (None, "percent") and not in_money:
            return ("share",)
        if named is not None and not (named == "percent" and in_money):
            return (named,)
        halves, fives = (float(np.mean(values[values > 0] % step == 0)) for step in (0.5, 5))
        if largest > _ALL or halves <= _AS_A_RULE or self._grows_with_amount(values):
            return ("line",)
        if in_money:
            return ("line", "piece")
        return ("percent",) if fives >= _AS_A_RULE or self._exceeds_goods(values) else ("percent", "line", "piece")

    def _exceeds_goods(self, discount: np.ndarray) -> bool:
        """Say whether a discount is more than what it is taken off on some lines, so that it is no money."""
        base = self._base()
        return base is not None and bool((discount > np.abs(base)).any())

    def _base(self) -> np.ndarray | None:
        """Return what a discount is taken off: price × quantity, else the amount."""
        goods = self.goods()
        amounts = [self.sample.numbers[name] for name in self.ranked.get("net_amount", {})]
        return goods if goods is not None else amounts[0] if amounts else None

    def _grows_with_amount(self, discount: np.ndarray) -> bool:
        """Say whether a discount is money, which grows with the amount it is taken off, and not a percentage of it."""
        base = self._base()
        if base is None:
            return False
        return grows_with(discount, base)
