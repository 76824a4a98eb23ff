"""Which column is the line's net amount, and how list and cost follow: names propose, the values decide.

What the values leave open and what changes the money comes back as more than one reading, for a person to choose.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from kam.intake.concepts import ideas
from kam.intake.evidence import (
    close,
    nearly_all,
    of_one_piece,
    of_the_order,
    steadier,
    tax_stands_inside,
    with_tax,
    year_to_date,
)
from kam.intake.formula import Formula

Ranked = dict[str, int]  # a file's columns, each with how surely its name means something
_SURE = 9
_SAME_ON = 0.999
_CLEAR = 1  # strengths this near leave it to the values


@dataclass(frozen=True, slots=True)
class Sample:
    """Some lines of one part: its number columns, and what the tests group by."""

    numbers: dict[str, np.ndarray]
    quantity: np.ndarray
    has_quantity: bool
    orders: np.ndarray | None
    account: np.ndarray
    product: np.ndarray
    month: np.ndarray


@dataclass(slots=True)
class Money:
    """How the amounts of a part are read: one net formula, or several to choose from; list and cost where told."""

    net: list[Formula] = field(default_factory=list)
    list: Formula | None = None
    cost: Formula | None = None
    cost_is_profit: bool = False
    asks: str = ""
    told: dict[str, str] = field(default_factory=dict)  # columns of the file -> what they turned out to be
    doubt: str = ""  # what is read for want of better, and may be wrong


class Amounts:
    """The search for the amounts of one part, one test after the other."""

    def __init__(
        self, sample: Sample, ranked: dict[str, Ranked], declared: dict[str, str], levels: dict[str, str]
    ) -> None:
        self.sample = sample
        self.ranked = {role: dict(sorted(found.items(), key=lambda each: -each[1])) for role, found in ranked.items()}
        self.declared = declared
        self.levels = levels
        self.money = Money()
        self._known_orders: dict[str, int | None] = {}

    def decide(self) -> Money:
        """Find the net amount first, then what hangs on it."""
        self.money.net = self._net()
        if self.money.net:
            net = self.money.net[0]
            self.money.list = self._list(net)
            self._cost(net)
        return self.money

    # the net amount

    def _net(self) -> list[Formula]:
        if source := self.declared.get("net_amount"):
            return self._of_amount(source, _SURE)
        amounts = self._without_taxed(self._of_lines("net_amount"))
        if amounts:
            best = max(amounts.values())
            near = [name for name, strength in amounts.items() if strength >= best - _CLEAR]
            alike = self._apart(near)
            if len(alike) == 1:
                self._tell_others(amounts, alike[0])
                return self._of_amount(alike[0], amounts[alike[0]])
            if best in [amounts[name] for name in alike]:
                self.money.asks = "Which column is the line's amount without tax, after discounts?"
                return [Formula(name, why="its name and values leave it open") for name in alike]
        if (gross := next(iter(self._of_lines("amount_with_tax")), None)) is not None:
            return self._of_gross(gross)
        if prices := [*self.ranked.get("unit_price", {}), *self.ranked.get("list_price", {})]:
            return self._of_price(prices[0])
        whole = {**self.ranked.get("order_amount", {}), **self.ranked.get("net_amount", {})}
        if whole:
            source = max(whole, key=lambda name: whole[name])
            self.money.doubt = f"{source} is the amount of the whole order; it is spread evenly over the order's lines"
            return [Formula(source, over="order", why=self.money.told.get(source, "it is the order's"))]
        return []

    def _of_lines(self, role: str) -> Ranked:
        """Leave out what stands on all lines of an order."""
        lines = {}
        for name, strength in self.ranked.get(role, {}).items():
            if (orders := self._orders_of(name)) is None:
                lines[name] = strength
            else:
                self.money.told[name] = f"the same on all lines of {orders:,} orders: it is the order's amount"
        return lines

    def _orders_of(self, name: str) -> int | None:
        if name not in self._known_orders:
            self._known_orders[name] = self._of_the_order(name)
        return self._known_orders[name]

    def _of_the_order(self, name: str) -> int | None:
        if self.sample.orders is None:
            return None
        amounts = {other for role in ("net_amount", "amount_with_tax") for other in self.ranked.get(role, {})}
        others = [self.sample.numbers[other] for other in amounts if other != name]
        if (goods := self._price_times()) is not None:
            others.append(goods)
        once = self._once(name)  # a line that stands twice says nothing about its order
        return of_the_order(self.sample.numbers[name][once], self.sample.orders[once], [each[once] for each in others])

    def _once(self, name: str) -> np.ndarray:
        sample = self.sample
        lines = {
            "order": sample.orders,
            "product": sample.product,
            "pieces": sample.quantity,
            "amount": sample.numbers[name],
        }
        return ~pd.DataFrame(lines).duplicated().to_numpy()

    def _without_taxed(self, amounts: Ranked) -> Ranked:
        taxes = [self.sample.numbers[name] for name in self.ranked.get("tax_amount", {})] or [None]
        kept = dict(amounts)
        for name in amounts:
            for other in amounts:
                if other == name or other not in kept or name not in kept:
                    continue
                why = next((why for tax in taxes if (why := self._taxed(name, other, tax))), None)
                if why is not None and (amounts[name] <= amounts[other] or "the tax" in why):
                    self.money.told[name] = f"with tax beside {other}: {why}"
                    del kept[name]
        return kept

    def _taxed(self, name: str, other: str, tax: np.ndarray | None) -> str | None:
        return with_tax(self.sample.numbers[name], self.sample.numbers[other], tax)

    def _apart(self, names: list[str]) -> list[str]:
        """Leave of columns that hold the same amounts the first, and of those after a discount the discounted."""
        apart: list[str] = []
        for name in names:
            values = self.sample.numbers[name]
            if all(not self._same(values, self.sample.numbers[other]) for other in apart):
                apart.append(name)
        if len(apart) > 1 and (discounted := [name for name in apart if self._discounted(name)]):
            return discounted[:1]
        if len(apart) > 1:
            made = [name for name in apart if self._is_price_times(name)]
            if made and not self._has_discount():
                return made[:1]
        return apart

    def _same(self, left: np.ndarray, right: np.ndarray) -> bool:
        both = np.isfinite(left) & np.isfinite(right)
        return bool(both.any()) and float(close(left, right)[both].mean()) >= _SAME_ON

    def _tell_others(self, amounts: Ranked, chosen: str) -> None:
        for name in amounts:
            if name != chosen and not self._same(self.sample.numbers[name], self.sample.numbers[chosen]):
                self.money.told.setdefault(name, f"another amount; {chosen} says more clearly that it is the line's")

    def _of_amount(self, source: str, strength: int) -> list[Formula]:
        """Read a chosen amount: the line's, one piece's, the order's, the year's so far, with tax, before discount."""
        level = self.levels.get("net_amount")
        if level is not None:
            return [self._declared(source, level)]
        values, sample = self.sample.numbers[source], self.sample
        if source == "net_amount":
            return [Formula(source, why="its name says so")]
        if source in self.declared.values():
            if (orders := self._orders_of(source)) is not None:
                self.money.doubt = (
                    f"{source} is the same on all lines of {orders:,} orders; if it is the whole order's, write"
                    ' net_amount = "order" under [tables.sales.amounts]'
                )
            return [Formula(source, why="its name says so")]
        if (orders := self._orders_of(source)) is not None:
            return [Formula(source, over="order", why=f"the same on all lines of {orders:,} orders")]
        if strength < _SURE:
            steps = year_to_date(values, sample.account, sample.product, sample.month)
            if steps is not None:
                why = f"it never falls on {steps:,} steps from month to month, and does in January"
                return [Formula(source, over="year to date", why=why)]
            if sample.has_quantity and not self._is_price_times(source) and self._each(source):
                each = Formula(source, pieces=True, why="it stays the same whatever the quantity: one piece's price")
                if "price" in ideas(source):
                    return [each]
                self.money.asks = f"Is {source} the amount of the line, or the price of one piece?"
                return [Formula(source, why="by its name the line's"), each]
        if (readings := self._with_its_tax(source)) is not None:
            return readings
        if (readings := self._with_its_discount(source)) is not None:
            return readings
        return [Formula(source, why="its name says so" if strength >= _SURE else "its name and values say so")]

    def _declared(self, source: str, level: str) -> Formula:
        if level == "piece":
            return Formula(source, pieces=True, why="declared")
        if level == "with tax" and self.ranked.get("tax_amount"):
            return Formula(source, less=next(iter(self.ranked["tax_amount"])), why="declared")
        if level == "before discount" and self.ranked.get("discount"):
            discount = next(iter(self.ranked["discount"]))
            return Formula(source, less=discount, measured=self._measured(discount), why="declared")
        return Formula(source, over=level if level in ("order", "year to date") else "line", why="declared")

    def _each(self, source: str) -> bool | None:
        return of_one_piece(self.sample.numbers[source], self.sample.quantity, self.sample.product)

    def _with_its_tax(self, source: str) -> list[Formula] | None:
        """Where a tax column stands beside a lone amount whose name does not say, find out whether it is inside."""
        taxes = [name for name in self.ranked.get("tax_amount", {}) if self._orders_of(name) is None]
        if not taxes or ideas(source) & {"net", "excluding"} or source in self.declared.values():
            return None
        tax = self.sample.numbers[taxes[0]]
        if not (np.nan_to_num(np.abs(tax)) > 0).any() or self._gross_of(source, tax):
            return None
        if (goods := self._price_times()) is not None:
            if nearly_all(close(self.sample.numbers[source], goods, self.sample.quantity), np.isfinite(goods)):
                return None
            plus = goods + np.nan_to_num(tax)
            if nearly_all(close(self.sample.numbers[source], plus, self.sample.quantity), np.isfinite(plus)):
                return [Formula(source, less=taxes[0], why="it is quantity × price plus the tax")]
        inside = tax_stands_inside(self.sample.numbers[source], tax)
        if inside is None:
            self.money.asks = f"Does {source} hold the tax in {taxes[0]}?"
            return [Formula(source, why="without tax"), Formula(source, less=taxes[0], why="with tax")]
        return (
            [Formula(source, less=taxes[0], why="the tax beside it is a round share of the rest")] if inside else None
        )

    def _gross_of(self, source: str, tax: np.ndarray) -> bool:
        """Say whether another column is this amount with the tax, so that this one is without."""
        others = [
            name for role in ("amount_with_tax", "net_amount", "order_amount") for name in self.ranked.get(role, {})
        ]
        values = self.sample.numbers[source]
        return any(with_tax(self.sample.numbers[name], values, tax) for name in others if name != source)

    def _with_its_discount(self, source: str) -> list[Formula] | None:
        """Where discounts stand beside an amount, find out whether they are taken off already."""
        if not self._has_discount() or source in self.declared.values():
            return None
        discount = next(iter(self.ranked["discount"]))
        if self._discounted(source):
            return None
        measured = self._measured(discount)
        before = replace(Formula(source), less=discount, measured=measured)
        sample = self.sample
        net = before.of(sample.numbers, sample.quantity)
        back = Formula(source, plus=discount, measured=measured).of(sample.numbers, sample.quantity)
        among = np.nan_to_num(np.abs(sample.numbers[discount])) > 0
        if self._is_price_times(source) and self.ranked.get("list_price") and not self.ranked.get("unit_price"):
            return [replace(before, why="it is quantity × list price, before the discount")]
        pieces = np.abs(sample.quantity)
        taken_off = steadier(np.abs(sample.numbers[source]) / pieces, np.abs(back) / pieces, sample.product, among)
        if taken_off:
            return None
        if taken_off is False:
            return [replace(before, why="each product costs the same before the discount, not after it")]
        if ideas(source) & {"net", "after"} or not _differs(net, sample.numbers[source]):
            return None
        self.money.asks = f"Is the discount in {discount} already taken off {source}?"
        return [Formula(source, why="after the discount"), replace(before, why="before the discount")]

    def _of_gross(self, gross: str) -> list[Formula]:
        for tax in self.ranked.get("tax_amount", {}):
            if self._orders_of(tax) is None:
                return [Formula(gross, less=tax, why="the amount with tax less the tax")]
        if self.ranked.get("unit_price"):
            return self._of_price(next(iter(self.ranked["unit_price"])))
        self.money.doubt = f"{gross} is the only amount, and by its name it holds tax; no tax stands beside it"
        return [Formula(gross, why="the only amount; it may hold tax")]

    def _of_price(self, price: str) -> list[Formula]:
        plain = Formula(price, pieces=self.sample.has_quantity, why="no amount of the line is given")
        if not self._has_discount():
            return [plain]
        discount = next(iter(self.ranked["discount"]))
        measured = self._measured(discount)
        less = replace(plain, less=discount, measured=measured)
        sample = self.sample
        if price in self.ranked.get("list_price", {}):
            return [replace(less, why="list price less the discount")]
        among = np.nan_to_num(np.abs(sample.numbers[discount])) > 0
        each = Formula(price, plus=discount, measured=measured)
        back = each.of(sample.numbers, np.ones_like(sample.quantity))
        taken_off = steadier(sample.numbers[price], back, sample.product, among)
        if taken_off is not None:
            return [plain if taken_off else replace(less, why="each product's price is the same whatever the discount")]
        self.money.asks = f"Is the discount in {discount} already taken off {price}?"
        return [replace(less, why="before the discount"), replace(plain, why="after the discount")]

    # prices and discounts beside an amount

    def _has_discount(self) -> bool:
        return any(
            (np.nan_to_num(np.abs(self.sample.numbers[name])) > 0).any() for name in self.ranked.get("discount", {})
        )

    def _price_times(self) -> np.ndarray | None:
        prices = [*self.ranked.get("unit_price", {}), *self.ranked.get("list_price", {})]
        if not prices or not self.sample.has_quantity:
            return None
        return self.sample.numbers[prices[0]] * self.sample.quantity

    def _is_price_times(self, source: str) -> bool:
        goods = self._price_times()
        if goods is None:
            return False
        values = self.sample.numbers[source]
        among = np.isfinite(goods) & np.isfinite(values)
        return nearly_all(close(np.abs(values), np.abs(goods), self.sample.quantity), among)

    def _discounted(self, source: str) -> Formula | None:
        """Find the price and the discount of which an amount is what is left."""
        sample = self.sample
        prices = [*self.ranked.get("list_price", {}), *self.ranked.get("unit_price", {})]
        values = sample.numbers[source]
        for price in prices if sample.has_quantity else []:
            for discount in self.ranked.get("discount", {}):
                change = np.nan_to_num(sample.numbers[discount])
                for measured in (self._declared_measure(), "percent", "share", "line", "piece"):
                    if measured is None:
                        continue
                    formula = Formula(price, pieces=True, less=discount, measured=measured)
                    made = formula.of(sample.numbers, sample.quantity)
                    among = np.isfinite(made) & np.isfinite(values) & (np.abs(change) > 0)
                    if int(among.sum()) and float(close(values, made, sample.quantity)[among].mean()) >= 0.9:  # noqa: PLR2004
                        return formula
        return None

    def _declared_measure(self) -> str | None:
        return self.levels.get("discount")

    def _measured(self, discount: str) -> str:
        """Say what a discount is measured in, by its name and by how large it is."""
        if (declared := self._declared_measure()) is not None:
            return declared
        about, values = ideas(discount), np.abs(self.sample.numbers[discount])
        largest = float(np.nanmax(values, initial=0.0))
        if largest <= 1:
            return "share"
        if "percent" in about:
            return "percent"
        if "unit" in about:
            return "piece"
        whole = float(np.mean(values[values > 0] % 0.5 == 0))
        if "amount" in about or largest > 100 or whole <= 0.9:  # noqa: PLR2004 - no percentages
            return "line"
        return "line" if self._grows_with_amount(values) else "percent"

    def _grows_with_amount(self, discount: np.ndarray) -> bool:
        """Say whether a discount is money, which grows with the amount it is taken off, and not a percentage of it."""
        goods = self._price_times()
        amounts = [self.sample.numbers[name] for name in self.ranked.get("net_amount", {})]
        base = goods if goods is not None else amounts[0] if amounts else None
        if base is None:
            return False
        speaks = (discount > 0) & (np.abs(base) > 0)
        if not speaks.any():
            return False
        logs = np.log(discount[speaks])
        return bool(np.std(logs - np.log(np.abs(base[speaks]))) < 0.95 * np.std(logs))

    # list and cost

    def _list(self, net: Formula) -> Formula | None:
        sample = self.sample
        net_values = net.of(sample.numbers, sample.quantity)
        if source := self.declared.get("list_amount"):
            return self._piece_or_line("list_amount", source)
        if net.direct and (made := self._discounted(net.source)):
            return Formula(made.source, pieces=True, why="quantity × price, before the discount")
        if net.less in self.ranked.get("discount", {}):
            return replace(net, less=None, measured="line", why="the same before the discount")
        for source in self.ranked.get("list_amount", {}):
            if source in net.sources or self._orders_of(source) is not None or source in self.money.told:
                continue
            taxes = [sample.numbers[name] for name in self.ranked.get("tax_amount", {})] or [None]
            own = next((why for tax in taxes if (why := with_tax(sample.numbers[source], net_values, tax))), None)
            if own is not None and ("list" not in ideas(source) or "the tax" in own):
                self.money.told[source] = f"with tax, not before discounts: {own}"
                continue
            formula = self._piece_or_line("list_amount", source)
            if self._over_net(formula, net_values):
                return formula
            self.money.told[source] = "under the net amount on many lines, so it is no list amount"
        for price in self.ranked.get("list_price", {}):
            if price not in net.sources and sample.has_quantity:
                formula = Formula(price, pieces=True, why="quantity × list price")
                if self._over_net(formula, net_values):
                    return formula
                self.money.told[price] = "under the net price on many lines, so it is no list price"
        if self._has_discount() and net.direct:
            discount = next(iter(self.ranked["discount"]))
            return Formula(net.source, plus=discount, measured=self._measured(discount), why="net and the discount")
        return None

    def _over_net(self, formula: Formula, net: np.ndarray) -> bool:
        values = np.abs(formula.of(self.sample.numbers, self.sample.quantity))
        among = np.isfinite(values) & np.isfinite(net)
        return not among.any() or float((values >= 0.98 * np.abs(net) - 0.02)[among].mean()) >= 0.8  # noqa: PLR2004

    def _cost(self, net: Formula) -> None:
        if source := self.declared.get("cost_amount"):
            self.money.cost = self._piece_or_line("cost_amount", source)
            return
        for source in self.ranked.get("cost_amount", {}):
            if self._orders_of(source) is None and source not in net.sources:
                self.money.cost = self._piece_or_line("cost_amount", source)
                return
        for source in self.ranked.get("unit_cost", {}):
            if self.sample.has_quantity and source not in net.sources:
                self.money.cost = Formula(source, pieces=True, why="quantity × cost of one piece")
                return
        for source in self.ranked.get("profit", {}):
            if float(np.nanmax(np.abs(self.sample.numbers[source]), initial=0.0)) > 1:
                self.money.cost, self.money.cost_is_profit = Formula(source, why="net less the profit"), True
                return

    def _piece_or_line(self, column: str, source: str) -> Formula:
        level = self.levels.get(column)
        named = "total" in ideas(source) or source == column
        one = level == "piece" if level else self.sample.has_quantity and not named and self._each(source)
        why = "it stays the same whatever the quantity: one piece's" if one else "its name and values say so"
        return Formula(source, pieces=bool(one), why="declared" if level else why)


def _differs(left: np.ndarray, right: np.ndarray) -> bool:
    return abs(float(np.nansum(left)) - float(np.nansum(right))) > 0.005  # noqa: PLR2004 - half a cent
