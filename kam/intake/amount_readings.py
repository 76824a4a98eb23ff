"""Which column is the line's net amount, and how list and cost follow: names propose, the values decide.

What the values leave open and what changes the money comes back as more than one reading, for a person to choose.
"""

from collections.abc import Container
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from kam.intake.amount_evidence import (
    FEWEST,
    close,
    differs_on_lines,
    nearly_all,
    of_one_piece,
    of_the_order,
    steadier,
    tax_stands_inside,
    with_tax,
    year_to_date,
)
from kam.intake.charges import before_charges
from kam.intake.concepts import ideas
from kam.intake.discounts import Discounts
from kam.intake.formula import DECLARED, Formula
from kam.intake.sampled import Ranked, Sample

_SURE = 9
_SAME_ON = 0.999
_RATIO = 0.01  # rounding of amounts to cents moves a ratio this little
_VAGUE = 5
_LEAST_NEAR, _MOST_NEAR = 0.3, 1.5
_MEANS = {"percent": "a percentage", "line": "money off the line", "piece": "money off each piece"}
_CLEAR = 1  # strengths this near leave it to the values


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


_NO_ORDER = "{} is by its name a whole order's, and no column names the order: each line counts it"


class Amounts:
    """The search for the amounts of one part, one test after the other."""

    def __init__(
        self,
        sample: Sample,
        ranked: dict[str, Ranked],
        declared: dict[str, str],
        levels: dict[str, str],
        *,
        chosen: Container[str] = (),
        converted: Container[str] = (),
    ) -> None:
        self.converted = converted  # columns in one currency, where the others are in several
        self.chosen = chosen  # columns that a person or a recipe named; others have but the schema's own name
        self.turned = {*ranked.get("tax_rate", {})} | {
            name for name in ranked.get("discount", {}) if _mostly_negative(sample.numbers[name])
        }
        turned = {name: -sample.numbers[name] for name in self.turned}
        self.sample = sample = replace(sample, numbers=sample.numbers | turned)
        filled = {name for name, values in sample.numbers.items() if np.isfinite(values).any()}
        self.ranked = {
            role: {name: found[name] for name in sorted(found, key=lambda name: -found[name]) if name in filled}
            for role, found in ranked.items()
        }
        self.declared = declared
        self.levels = levels
        self.money = Money()
        self.discounts = Discounts(sample, self.ranked, levels)
        self._known_orders: dict[str, int | None] = {}

    def decide(self) -> Money:
        """Find the net amount: one reading of it, or several that only a person can choose from."""
        self._leave_constant_prices()
        self.money.net = [self.finished(formula) for formula in self._in_every_measure(self._net())]
        used = {formula.less or formula.plus for formula in self.money.net}
        discounts = [name for name in self.ranked.get("discount", {}) if np.nan_to_num(self.sample.numbers[name]).any()]
        if used & set(discounts) and len(discounts) > 1:
            self.money.doubt = f"{discounts[0]} is taken off; {', '.join(discounts[1:3])} may have to be, too"
        return self.money

    def _in_every_measure(self, net: list[Formula]) -> list[Formula]:
        """Read a discount that is taken off in all it can be measured in, where that is all that is open."""
        if len(net) != 1 or net[0].less not in self.ranked.get("discount", {}):
            return net
        if len(measures := self.discounts.measures(net[0].less)) > 1:
            self.money.asks = f"Is {net[0].less} a percentage, or money off?"
            return [replace(net[0], measured=each, why=_MEANS[each]) for each in measures]
        return net

    def finished(self, formula: Formula) -> Formula:
        """Say of a formula whether its discount is written with a minus, and a tax rate is to be added."""
        return replace(formula, turned=(formula.less or formula.plus) in self.turned)

    def _leave_constant_prices(self) -> None:
        """Leave a "price" that is the same on all lines, a hundred pieces say, where another one varies."""
        prices = self.ranked.get("unit_price", {})
        numbers = self.sample.numbers
        varying = {
            name: strength for name, strength in prices.items() if np.nanmax(numbers[name]) > np.nanmin(numbers[name])
        }
        if varying and len(prices) > len(varying):
            self.ranked["unit_price"] = varying
            same = next(name for name in prices if name not in varying)
            self.money.doubt = f"{same} is the same on all lines; the price may be one of so many pieces"

    def _net(self) -> list[Formula]:
        if source := self.declared.get("net_amount"):
            charged = [] if source in self.chosen else self._asked_of_charges(source)
            return charged or self._of_declared(source)
        amounts = self._near_goods(self._without_taxed(self._of_lines("net_amount")))
        amounts = {name: strength for name, strength in amounts.items() if name in self.converted} or amounts
        if amounts:
            best = max(amounts.values())
            alike = self._apart([name for name, strength in amounts.items() if strength >= best - _CLEAR])
            if len(alike) > 1:
                self.money.asks = "Which column is the line's amount without tax, after discounts?"
                return [Formula(name, why="its name and values leave it open") for name in alike]
            if asked := self._before_the_rest(alike[0]) or self._asked_of_charges(alike[0]):
                return asked
            self._tell_others(amounts, alike[0])
            readings = self._of_amount(alike[0], amounts[alike[0]])
            if len(readings) == 1 and self.sample.orders is None and alike[0] in self.ranked.get("order_amount", {}):
                self.money.doubt = _NO_ORDER.format(alike[0])
            return readings
        return self._without_an_amount()

    def _before_the_rest(self, source: str) -> list[Formula]:
        """Take the subtotal to which tax comes on top in a grand total; where more does, a person must choose."""
        if (before := self._subtotal_of(source)) is None:
            return []
        if self._is_taxed(before, source):
            self.money.told[source] = f"{before} with tax"
            return [Formula(before, why=f"{source} is the same with tax")]
        self.money.asks = f"Which amount is the sale: {before}, or {source} with what comes on top?"
        return [Formula(before, why="before what comes on top"), Formula(source, why="all of it")]

    def _subtotal_of(self, source: str) -> str | None:
        if "total" not in ideas(source) or ideas(source) & {"net", "excluding", "line", "product"}:
            return None
        whole = self.sample.numbers[source]
        for name in (name for name in self.ranked.get("order_amount", {}) if "sub" in ideas(name)):
            part = self.sample.numbers[name]
            both = np.isfinite(part) & np.isfinite(whole)
            on_top = both.any() and nearly_all(np.abs(whole) >= np.abs(part), both)
            if on_top and self.orders_of(name) is None and not self._same(part, whole):
                return name
        return None

    def _is_taxed(self, amount: str, whole: str) -> bool:
        """Say whether all that comes on top of an amount is the tax beside it."""
        taxes = [np.nan_to_num(self.sample.numbers[name]) for name in self.ranked.get("tax_amount", {})]
        numbers = self.sample.numbers
        among = np.isfinite(numbers[amount]) & np.isfinite(numbers[whole])
        return any(
            nearly_all(close(numbers[whole], numbers[amount] + tax), among) for tax in (*taxes, sum(taxes)) if taxes
        )

    def _asked_of_charges(self, source: str) -> list[Formula]:
        """Ask whether sales count before or after a fee, where one is taken off an amount to make this one."""
        charges = [name for name in self.ranked.get("charge", {}) if np.nan_to_num(self.sample.numbers[name]).any()]
        if (found := before_charges(self.sample.numbers, source, charges)) is None:
            return []
        whole, charge = found
        self.money.asks = f"Which amount is the sale: {whole}, or {source}, from which {charge} is taken off?"
        return [Formula(whole, why=f"before {charge}"), Formula(source, why=f"after {charge}")]

    def _near_goods(self, amounts: Ranked) -> Ranked:
        """Leave amounts of vague names that have nothing to do with price × quantity, where both are given."""
        goods = self.discounts.goods()
        if goods is None:
            return amounts
        kept = {}
        for name, strength in amounts.items():
            values = self.sample.numbers[name]
            if strength > _VAGUE or near(values, goods) or _in_one_ratio(values, goods):
                kept[name] = strength
            else:
                self.money.told[name] = "far from price × quantity on many lines, so it is not the line's amount"
        return kept

    def _without_an_amount(self) -> list[Formula]:
        """Read the net amount from what is there instead: an amount with tax, a price, or the order's amount."""
        if (gross := next(iter(self._of_lines("amount_with_tax")), None)) is not None:
            return self._of_gross(gross)
        if prices := [*self.ranked.get("unit_price", {}), *self.ranked.get("list_price", {})]:
            if self.sample.has_quantity:
                return self._of_price_or_another(prices[0])
            if "unit" in ideas(prices[0]):
                return []
            self.money.doubt = f"{prices[0]} is taken for the line's amount: no quantity stands beside it"
            return self._of_price(prices[0])
        whole = {**self.ranked.get("order_amount", {}), **self.ranked.get("net_amount", {})}
        if not whole:
            return []
        return self._of_order(max(whole, key=lambda name: whole[name]))

    def _of_order(self, source: str) -> list[Formula]:
        """Read the amount of an order, spread over its lines; of one line, with its discount taken off if it is not."""
        if (level := self.levels.get("net_amount")) is not None:
            return [self._at(source, level)]
        plain = Formula(source, why=self.money.told.get(source, "it is the order's"))
        orders = self.sample.orders
        if orders is None:
            if not (asked := self._of_a_visit(source)):
                self.money.doubt = _NO_ORDER.format(source)
            return asked or [plain]
        if differs_on_lines(self.sample.numbers[source], orders):
            self.money.told[source] = "by its name the order's; it differs on the lines of one: it is the line's"
            return [Formula(source, why=self.money.told[source])]
        if not pd.Series(orders).dropna().is_unique:
            self.money.doubt = f"{source} is the amount of the whole order; it is spread evenly over the order's lines"
            return [replace(plain, over="order")]
        return self._with_its_discount(source) or [plain]

    def _of_a_visit(self, source: str) -> list[Formula]:
        """Where no column names the order, ask whether an amount is that of all a customer bought on a day."""
        sample = self.sample
        if sample.orders is not None or of_the_order(sample.numbers[source], sample.visits) is None:
            return []
        self.money.asks = f"Is {source} the amount of the line, or of all that the customer bought on the day?"
        return [
            Formula(source, why="by its name the line's"),
            Formula(source, over="order", why="it is the same on all lines of a customer's day"),
        ]

    def _of_price_or_another(self, price: str) -> list[Formula]:
        """Multiply the price by the quantity, unless another column comes near that: then a person must choose."""
        made = self._of_price(price)
        goods = self.sample.numbers[price] * self.sample.quantity
        others = [*self.ranked.get("other", {}), *(name for name in self.ranked.get("unit_price", {}) if name != price)]
        for name in others:
            values = self.sample.numbers[name]
            same = nearly_all(close(values, goods, self.sample.quantity), np.isfinite(values) & np.isfinite(goods))
            if not same and near(values, goods) and not near(values, self.sample.numbers[price]):
                self.money.asks = f"Is {name} the line's amount, or is it {made[0].written}?"
                why = made[0].why if len(made) == 1 else "whether a discount is to be taken off is asked next"
                return [Formula(name, why="it comes near quantity × price"), replace(made[0], why=why)]
        return made

    def _of_lines(self, role: str) -> Ranked:
        """Leave out what stands on all lines of an order."""
        lines = {}
        for name, strength in self.ranked.get(role, {}).items():
            if (orders := self.orders_of(name)) is None:
                lines[name] = strength
            else:
                self.money.told[name] = f"the same on all lines of {orders:,} orders: it is the order's amount"
        return lines

    def orders_of(self, name: str) -> int | None:
        """Count the orders on all of whose lines an amount is the same; None where it is the line's."""
        if name not in self._known_orders:
            self._known_orders[name] = self._of_the_order(name)
        return self._known_orders[name]

    def _of_the_order(self, name: str) -> int | None:
        if self.sample.orders is None:
            return None
        amounts = {other for role in ("net_amount", "amount_with_tax") for other in self.ranked.get(role, {})}
        others = [self.sample.numbers[other] for other in amounts if other != name]
        if (goods := self.discounts.goods()) is not None:
            others.append(goods)
        once = self._once(name)  # a line that stands twice says nothing about its order
        if pd.Series(self.sample.orders[once]).dropna().is_unique:
            once[:] = True  # unless all do
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
        why = with_tax(self.sample.numbers[name], self.sample.numbers[other], tax)
        said = ideas(name) & {"including", "gross", "tax", "total"} or ideas(other) & {"net", "excluding"}
        return why if why is None or "the tax" in why or said else None

    def _apart(self, names: list[str]) -> list[str]:
        """Leave of columns that hold the same amounts the first, and of those after a discount the discounted."""
        apart: list[str] = []
        for name in names:
            values = self.sample.numbers[name]
            if all(not self._same(values, self.sample.numbers[other]) for other in apart):
                apart.append(name)
        if len(apart) > 1 and (discounted := [name for name in apart if self.discounts.leaves(name)]):
            return discounted[:1]
        if len(apart) > 1:
            made = [name for name in apart if self.discounts.makes(name)]
            if made and not self.discounts.exist():
                return made[:1]
        return apart

    def _same(self, left: np.ndarray, right: np.ndarray) -> bool:
        both = np.isfinite(left) & np.isfinite(right)
        return bool(both.any()) and float(close(left, right)[both].mean()) >= _SAME_ON

    def _tell_others(self, amounts: Ranked, chosen: str) -> None:
        for name in amounts:
            if name != chosen and not self._same(self.sample.numbers[name], self.sample.numbers[chosen]):
                self.money.told.setdefault(name, f"another amount; {chosen} says more clearly that it is the line's")

    def _of_declared(self, source: str) -> list[Formula]:
        """Read the amount that a person, a recipe or the schema's own name points to, at the level that is said."""
        if (level := self.levels.get("net_amount")) is not None:
            return [self._at(source, level)]
        if source != "net_amount" and (orders := self.orders_of(source)) is not None:
            self.money.doubt = (
                f"{source} is the same on all lines of {orders:,} orders; if it is the whole order's, write"
                ' net_amount = "order" under [tables.sales.amounts]'
            )
        return [Formula(source, why="its name says so")]

    def _of_amount(self, source: str, strength: int) -> list[Formula]:
        """Read a guessed amount: the line's, one piece's, the order's, the year's so far, with tax, before discount."""
        if (level := self.levels.get("net_amount")) is not None:
            return [self._at(source, level)]
        readings = [] if strength >= _SURE else self._of_more_or_less(source)
        readings = (
            readings
            or self._of_a_visit(source)
            or self._taxed_goods(source)
            or self._with_its_tax(source)
            or self._with_its_discount(source)
        )
        return readings or [
            Formula(source, why="its name says so" if strength >= _SURE else "its name and values say so")
        ]

    def _of_more_or_less(self, source: str) -> list[Formula]:
        """Find out whether an amount stands for more than its line, the year so far, or for less, one piece."""
        sample = self.sample
        if (steps := self.runs_on(source)) is not None:
            of_one_year = len(np.unique(sample.month[np.isfinite(sample.month)] // 12)) == 1
            why = f"it never falls on {steps:,} steps from month to month"
            so_far = Formula(source, over="year to date", why=why + ("" if of_one_year else ", and does in January"))
            if "cumulated" in ideas(source) or not of_one_year:
                return [so_far]
            self.money.asks = f"Is {source} the amount of the month, or of the year so far?"
            return [Formula(source, why="by its name the line's"), so_far]
        if not sample.has_quantity or self.discounts.makes(source) or not self.is_of_one_piece(source):
            return []
        each = Formula(source, pieces=True, why="it stays the same whatever the quantity: one piece's price")
        if "price" in ideas(source):
            return [each]
        self.money.asks = f"Is {source} the amount of the line, or the price of one piece?"
        return [Formula(source, why="by its name the line's"), each]

    def _at(self, source: str, level: str) -> Formula:
        """Read an amount as what `book.toml` says it is; what that takes and is not there is told as a doubt."""
        plain = Formula(source, pieces=level == "piece", why=DECLARED)
        if level == "with tax":
            if tax := next((tax for tax in self.ranked.get("tax_amount", {}) if self.orders_of(tax) is None), None):
                return replace(plain, less=tax)
            if rate := next(iter(self.ranked.get("tax_rate", {})), None):
                return replace(self._without_rate(plain, rate), why=plain.why)
            self.money.doubt = f"{source} is said to hold tax, and no column says how much: it is inside"
        if level == "before discount":
            if discount := next(iter(self.ranked.get("discount", {})), None):
                return replace(plain, less=discount, measured=self.discounts.measured(discount))
            self.money.doubt = f"{source} is said to be before a discount, and no column says which: it is inside"
        return replace(plain, over=level if level in ("order", "year to date") else "line")

    def runs_on(self, source: str) -> int | None:
        """Count the months from which a running total of the year goes on; None where a column is none."""
        sample = self.sample
        fewest = 2 if "cumulated" in ideas(source) else 2 * FEWEST
        return year_to_date(sample.numbers[source], sample.account, sample.product, sample.month, fewest=fewest)

    def is_of_one_piece(self, source: str) -> bool | None:
        """Say whether an amount stays the same whatever the quantity; None where the values do not tell."""
        return of_one_piece(self.sample.numbers[source], self.sample.quantity, self.sample.product)

    def _taxed_goods(self, source: str) -> list[Formula]:
        """Where an amount is price × quantity with a tax, take what is without: price × quantity."""
        goods = self.discounts.goods()
        if goods is None or ideas(source) & {"net", "excluding"} or self.discounts.exist():
            return []
        why = with_tax(self.sample.numbers[source], goods, None)
        price = next(iter({**self.ranked.get("unit_price", {}), **self.ranked.get("list_price", {})}))
        if why is None or "including" in ideas(price):
            return []
        self.money.told[source] = f"quantity × {price} with tax: {why}"
        return [Formula(price, pieces=True, why=f"{source} is the same with tax")]

    def _with_its_tax(self, source: str) -> list[Formula]:
        """Where a tax column stands beside a lone amount whose name does not say, find out whether it is inside."""
        taxes = [name for name in self.ranked.get("tax_amount", {}) if self.orders_of(name) is None]
        if not taxes or ideas(source) & {"net", "excluding"}:
            return []
        tax = self.sample.numbers[taxes[0]]
        if not (np.nan_to_num(np.abs(tax)) > 0).any() or self._gross_of(source, tax):
            return []
        less = Formula(source, less=taxes[0])
        inside = self._holds(source, tax)
        if inside is None:
            self.money.asks = f"Does {source} hold the tax in {taxes[0]}?"
            return [Formula(source, why="without tax"), replace(less, why="with tax")]
        return [replace(less, why="price × quantity or a round share says that the tax is inside")] if inside else []

    def _holds(self, source: str, tax: np.ndarray) -> bool | None:
        """Say whether an amount holds the tax beside it, by price × quantity, else by which rate comes out round."""
        values, pieces = self.sample.numbers[source], self.sample.quantity
        if (goods := self.discounts.goods()) is not None:
            if nearly_all(close(values, goods, pieces), np.isfinite(goods)):
                return False
            plus = goods + np.nan_to_num(tax)
            if nearly_all(close(values, plus, pieces), np.isfinite(plus)):
                return True
        return tax_stands_inside(values, tax)

    def _gross_of(self, source: str, tax: np.ndarray) -> bool:
        """Say whether another column is this amount with the tax, so that this one is without."""
        others = [
            name for role in ("amount_with_tax", "net_amount", "order_amount") for name in self.ranked.get(role, {})
        ]
        values = self.sample.numbers[source]
        return any(with_tax(self.sample.numbers[name], values, tax) for name in others if name != source)

    def _with_its_discount(self, source: str) -> list[Formula]:
        """Where discounts stand beside an amount, find out whether they are taken off already."""
        if not self.discounts.exist() or self.discounts.leaves(source) or ideas(source) & {"net", "after"}:
            return []
        discount = next(iter(self.ranked["discount"]))
        before = Formula(source, less=discount, measured=self.discounts.measured(discount))
        if self.discounts.makes(source) and self.ranked.get("list_price") and not self.ranked.get("unit_price"):
            return [replace(before, why="it is quantity × list price, before the discount")]
        taken_off = self._taken_off(source, before)
        if taken_off is False:
            return [replace(before, why="each product costs the same before the discount, not after it")]
        values = self.sample.numbers[source]
        same = not _differs(before.of(self.sample.numbers, self.sample.quantity), values)
        if taken_off or same:
            return []
        self.money.asks = f"Is {source} the amount before the discount in {discount}, or after it?"
        return [Formula(source, why="after the discount"), replace(before, why="before the discount")]

    def _taken_off(self, source: str, before: Formula) -> bool | None:
        """Say whether a discount is taken off an amount: then adding it back makes each product's price steadier."""
        sample = self.sample
        back = replace(before, less=None, plus=before.less).of(sample.numbers, sample.quantity)
        pieces = np.where(sample.quantity == 0, np.nan, np.abs(sample.quantity))
        among = np.nan_to_num(np.abs(sample.numbers[before.less or ""])) > 0
        return steadier(np.abs(sample.numbers[source]) / pieces, np.abs(back) / pieces, sample.product, among)

    def _of_gross(self, gross: str) -> list[Formula]:
        if (level := self.levels.get("net_amount")) is not None:
            return [self._at(gross, level)]
        for tax in self.ranked.get("tax_amount", {}):
            if self.orders_of(tax) is None:
                return [Formula(gross, less=tax, why="the amount with tax less the tax")]
        for rate in self.ranked.get("tax_rate", {}):
            return [self._without_rate(Formula(gross), rate)]
        if self.ranked.get("unit_price"):
            return self._of_price(next(iter(self.ranked["unit_price"])))
        if asked := self._with_its_discount(gross):
            return asked
        self.money.doubt = f"{gross} is the only amount, and by its name it holds tax; no tax stands beside it"
        return [Formula(gross, why="the only amount; it may hold tax")]

    def _without_rate(self, amount: Formula, rate: str) -> Formula:
        """Take the tax out of an amount by its rate."""
        share = float(np.nanmax(np.abs(self.sample.numbers[rate]), initial=0.0)) <= 1
        return replace(
            amount, plus=rate, measured="share" if share else "percent", why="with tax, over one plus the rate"
        )

    def _of_price(self, price: str) -> list[Formula]:
        plain = Formula(price, pieces=self.sample.has_quantity, why="no amount of the line is given")
        whole = replace(plain, pieces=False, why="the line's amount")
        level = self.levels.get("net_amount")
        if level == "line":
            return [whole]
        each = self._of_each_price(price, plain)
        if level is None and plain.pieces and self.is_of_one_piece(price) is False:
            self.money.asks = (
                f"Is {price} the price of one piece, or the amount of the line? It grows with the quantity."
            )
            return [whole, *each]
        return each

    def _of_each_price(self, price: str, plain: Formula) -> list[Formula]:
        """Read the amount from a price of one piece: with its tax and its discount taken off, where they are inside."""
        if "including" in ideas(price):
            rates = list(self.ranked.get("tax_rate", {}))
            if rates and not self.discounts.exist():
                return [self._without_rate(plain, rates[0])]
            self.money.doubt = f"{price} holds tax by its name, and nothing says how much"
        return self._of_full_price(price, plain) if self.discounts.exist() else [plain]

    def _of_full_price(self, price: str, plain: Formula) -> list[Formula]:
        """Find out whether a discount that stands beside a price is taken off already."""
        discount = next(iter(self.ranked["discount"]))
        measured = self.discounts.measured(discount)
        less = replace(plain, less=discount, measured=measured)
        sample = self.sample
        if self.levels.get("net_amount") == "before discount":
            return [replace(less, why=DECLARED)]
        if price in self.ranked.get("list_price", {}):
            return [replace(less, why="list price less the discount")]
        among = np.nan_to_num(np.abs(sample.numbers[discount])) > 0
        each = Formula(price, plus=discount, measured=measured)
        back = each.of(sample.numbers, np.ones_like(sample.quantity))
        taken_off = steadier(sample.numbers[price], back, sample.product, among)
        if taken_off is not None:
            return [plain if taken_off else replace(less, why="each product's price is the same whatever the discount")]
        if self.levels.get("net_amount") == "piece":
            return [replace(plain, why=DECLARED)]
        self.money.asks = f"Is {price} the price before the discount in {discount}, or after it?"
        return [replace(less, why="before the discount"), replace(plain, why="after the discount")]


def near(values: np.ndarray, goods: np.ndarray) -> bool:
    """Say whether amounts are of the size of others on nearly all lines: between a third of them and half more."""
    both = np.isfinite(values) & np.isfinite(goods) & (np.abs(goods) > 0)
    ratios = values[both] / goods[both]
    return bool(both.any()) and float(((ratios > _LEAST_NEAR) & (ratios < _MOST_NEAR)).mean()) >= 0.9  # noqa: PLR2004


def _in_one_ratio(values: np.ndarray, goods: np.ndarray) -> bool:
    """Say whether price × quantity is the same multiple of an amount on nearly all lines: the price is of so many."""
    both = np.isfinite(values) & np.isfinite(goods) & (values != 0)
    if int(both.sum()) < FEWEST:
        return False
    ratio = goods[both] / values[both]
    return bool(np.mean(np.abs(ratio - np.median(ratio)) <= _RATIO * np.abs(np.median(ratio))) >= _SAME_ON)


def _mostly_negative(values: np.ndarray) -> bool:
    there = np.nan_to_num(values) != 0
    return bool(there.any()) and float((values[there] < 0).mean()) > 0.9  # noqa: PLR2004 - as a rule


def _differs(left: np.ndarray, right: np.ndarray) -> bool:
    return abs(float(np.nansum(left)) - float(np.nansum(right))) > 0.005  # noqa: PLR2004 - half a cent
