"""Dangers in words: one sentence for each kind, with the numbers it rests on."""

import datetime as dt

from kam.base.numbers import count, money, month, percent, points
from kam.base.terms import RUNG_NAMES
from kam.base.texts import _, ngettext


def dependence(name: str, *, share: float, threshold: float) -> str:
    """Say that one customer is a large part of all revenue.

    >>> dependence("Nord AG", share=0.234, threshold=0.1)
    'Nord AG brings 23.4 % of all revenue; from 10.0 % on, one customer can shake the whole business.'
    """
    return _(
        "{name} brings {share} of all revenue; from {threshold} on, one customer can shake the whole business."
    ).format(name=name, share=percent(share), threshold=percent(threshold))


def silent(name: str, *, last_month: dt.date, quiet: int, active: int, currency: str | None, worth: float) -> str:
    """Say that a steady customer stopped buying.

    >>> silent("Nord AG", last_month=dt.date(2026, 5, 1), quiet=4, active=10, currency="EUR", worth=1.2e6)
    'Nord AG has bought nothing for 4 months, after 10 active months and EUR 1.20 M in the year to May 2026.'
    """
    active_months = ngettext("{months} active month", "{months} active months", active).format(months=count(active))
    return ngettext(
        "{name} has bought nothing for {months} month, after {active_months} and {worth} in the year to {last_month}.",
        "{name} has bought nothing for {months} months, after {active_months} and {worth} in the year to {last_month}.",
        quiet,
    ).format(
        name=name,
        months=count(quiet),
        active_months=active_months,
        worth=money(worth, currency),
        last_month=month(last_month),
    )


def falling(name: str, *, growth: float, prior_revenue: float, revenue: float, currency: str | None) -> str:
    """Say that revenue fell against the year before.

    >>> falling("Nord AG", growth=-0.31, prior_revenue=2e6, revenue=1.38e6, currency="EUR")
    'Revenue of Nord AG fell 31.0 % in a year, from EUR 2.00 M to EUR 1.38 M.'
    """
    before, now = money(prior_revenue, currency), money(revenue, currency)
    return _("Revenue of {name} fell {rate} in a year, from {before} to {now}.").format(
        name=name, rate=percent(-growth), before=before, now=now
    )


def negative_margin(name: str, *, margin: float, margin_rate: float, revenue: float, currency: str | None) -> str:
    """Say that a customer costs more than it pays.

    >>> negative_margin("Nord AG", margin=-4e4, margin_rate=-0.08, revenue=5e5, currency="EUR")
    'Nord AG loses us EUR 40.0 k a year: a margin of −8.0 % on revenue of EUR 500 k.'
    """
    loss, sold = money(-margin, currency), money(revenue, currency)
    return _("{name} loses us {loss} a year: a margin of {margin_rate} on revenue of {sold}.").format(
        name=name, loss=loss, margin_rate=percent(margin_rate), sold=sold
    )


def discount_erosion(name: str, *, prior_rate: float, rate: float, given: float, currency: str | None) -> str:
    """Say that discounts grew, and what the growth gives away.

    >>> discount_erosion("Nord AG", prior_rate=0.12, rate=0.17, given=6e4, currency="EUR")
    'Discounts to Nord AG grew 5.0 pp in a year, from 12.0 % to 17.0 % of list price, or EUR 60.0 k a year.'
    """
    return _(
        "Discounts to {name} grew {points} in a year, from {prior_rate} to {rate} of list price, or {given} a year."
    ).format(
        name=name,
        points=points(rate - prior_rate),
        prior_rate=percent(prior_rate),
        rate=percent(rate),
        given=money(given, currency),
    )


def claimed_above_evidence(name: str, *, claimed: str, rung: str, gap: float) -> str:
    """Say that the manager sees the customer higher on the ladder than the evidence does.

    >>> claimed_above_evidence("Nord AG", claimed="strategic partner", rung="supplier", gap=1.12)
    'Nord AG is claimed as strategic partner, but the evidence says supplier, 1.1 rungs lower.'
    """
    return _("{name} is claimed as {claimed}, but the evidence says {rung}, {gap:.1f} rungs lower.").format(
        name=name, claimed=RUNG_NAMES[claimed], rung=RUNG_NAMES[rung], gap=gap
    )
