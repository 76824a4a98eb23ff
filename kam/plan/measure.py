"""The actual value of an objective's metric, measured from the book, or the reason why it cannot be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kam.base.numbers import count, day, percent
from kam.base.texts import _, ngettext
from kam.plan.measured_facts import Facts

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """A value (None = not measured) and, in words, where it comes from or why it is missing."""

    value: float | None
    how: str


Measure = Callable[[Facts], Measured]


def measured(facts: Facts, *, judged: Mapping[str, Mapping[str, float]] | None = None) -> Measured:
    """Measure one objective.

    A metric that sales or surveys can tell is never taken from a reading. A window that the sales data do not
    cover, an unknown product, category, cost or wallet make the value unknown, with the reason; an account that
    bought nothing in a covered window has a revenue, quantity and breadth of 0.

    Parameters
    ----------
    facts
        What the book says in the objective's scope and window.
    judged
        Values by metric ("rung": expected rung 1–3, "coverage": share 0–1) and account, from other parts.

    Returns
    -------
    Measured
        Revenue and margin in the book's currency; margin rate, discount rate, share of wallet and coverage as
        ratios; NPS −100…100; rung 1–3; a reading in the objective's unit.
    """
    if facts.metric is None:
        return Measured(None, _("it names no metric"))
    if facts.metric == "reading":
        return _reading(facts)
    if facts.account_id is None:
        return Measured(None, _("its plan or the plan's account is unknown"))
    if facts.metric in JUDGED:
        value = (judged or {}).get(facts.metric, {}).get(facts.account_id)
        known, unknown = JUDGED[facts.metric]
        return Measured(value, known if value is not None else unknown)
    if facts.metric == "nps":
        return _nps(facts)
    measure = FROM_SALES.get(facts.metric, _unknown)
    return _scope_problem(facts) or measure(facts)


def _scope_problem(facts: Facts) -> Measured | None:
    if not facts.has_category:
        return Measured(None, _("no product is in category “{category}”").format(category=facts.category))
    if not facts.has_product:
        return Measured(None, _("the book has no product “{product}”").format(product=facts.product_id))
    if not facts.is_covered:
        told = ngettext(
            "the sales data do not cover its window of {months} month",
            "the sales data do not cover its window of {months} months",
            facts.months,
        )
        return Measured(None, told.format(months=count(facts.months)))
    needs_products = facts.category is not None or facts.product_id is not None or facts.metric == "categories"
    if needs_products and facts.is_unnamed:
        return Measured(None, _in(facts, _("the sales of {window} do not say which product was bought")))
    return None


def _window(facts: Facts) -> str:
    return ngettext("the last month", "the last {months} months", facts.months).format(months=facts.months)


def _in(facts: Facts, text: str) -> str:
    return text.format(window=_window(facts))


def _unknown(facts: Facts) -> Measured:
    return Measured(None, _("“{metric}” is not a metric that is known here").format(metric=facts.metric))


def _revenue(facts: Facts) -> Measured:
    return Measured(facts.revenue, _in(facts, _("sales of {window}")))


def _quantity(facts: Facts) -> Measured:
    if facts.quantity is None:
        return Measured(None, _in(facts, _("sales of {window} have no quantity")))
    return Measured(facts.quantity, _in(facts, _("units sold in {window}")))


def _margin(facts: Facts) -> Measured:
    if facts.margin is None:
        return Measured(None, _in(facts, _("no sale of {window} has a cost")))
    return Measured(facts.margin, _costed(facts))


def _margin_rate(facts: Facts) -> Measured:
    if facts.margin is None:
        return Measured(None, _in(facts, _("no sale of {window} has a cost")))
    if facts.net_costed is None or facts.net_costed <= 0:
        return Measured(None, _in(facts, _("the sales of {window} with a cost do not add up to more than 0")))
    return Measured(facts.margin / facts.net_costed, _costed(facts))


def _costed(facts: Facts) -> str:
    if facts.net_costed is None or facts.revenue <= 0 or facts.net_costed == facts.revenue:
        return _in(facts, _("sales of {window}"))
    return _("sales of {window}, costs known for {share} of them").format(
        window=_window(facts), share=percent(facts.net_costed / facts.revenue)
    )


def _discount_rate(facts: Facts) -> Measured:
    if facts.list is None or facts.net_listed is None or facts.list <= 0:
        return Measured(None, _in(facts, _("no sale of {window} has a list price")))
    return Measured(1 - facts.net_listed / facts.list, _in(facts, _("sales of {window} with a list price")))


def _categories(facts: Facts) -> Measured:
    if facts.has_uncategorised and facts.categories == 0:
        return Measured(None, _in(facts, _("the products sold in {window} have no category")))
    return Measured(float(facts.categories), _in(facts, _("categories sold in {window}")))


def _share_of_wallet(facts: Facts) -> Measured:
    if facts.category is not None or facts.product_id is not None:
        return Measured(None, _("the wallet is known for the whole account only, not by category or product"))
    if not facts.yearly_wallet:
        return Measured(None, _("the account's yearly wallet is unknown"))
    yearly = facts.revenue * MONTHS_A_YEAR / facts.months
    return Measured(yearly / facts.yearly_wallet, _in(facts, _("sales of {window} against the yearly wallet")))


def _nps(facts: Facts) -> Measured:
    if facts.nps is None:
        return Measured(None, _in(facts, _("nobody of the account answered a survey in {window}")))
    told = ngettext(
        "{answers} answer of the whole account in {window}",
        "{answers} answers of the whole account in {window}",
        facts.answers,
    )
    return Measured(facts.nps, told.format(answers=count(facts.answers), window=_window(facts)))


def _reading(facts: Facts) -> Measured:
    if facts.reading is None or facts.read_on is None:
        return Measured(None, _("it has no reading yet"))
    return Measured(facts.reading, _("reading of {day}").format(day=day(facts.read_on)))


FROM_SALES: Mapping[str, Measure] = MappingProxyType(
    {
        "revenue": _revenue,
        "margin": _margin,
        "margin rate": _margin_rate,
        "discount rate": _discount_rate,
        "quantity": _quantity,
        "categories": _categories,
        "share of wallet": _share_of_wallet,
    }
)
"""The metrics that sales tell, and how."""

JUDGED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "rung": (_("expected rung on the evidence"), _("the evidence does not tell the account's rung")),
        "coverage": (
            _("active contacts by function and level"),
            _("the coverage of the account's people is not measured"),
        ),
    }
)
"""The metrics that other parts of the product tell: in words, where the value comes from, and why it is missing."""
