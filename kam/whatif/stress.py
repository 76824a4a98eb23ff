"""Scenarios ready to run: the losses, price wars, crises and departures that a leader should have thought of."""

import pandas as pd

from kam.base.numbers import percent
from kam.base.rules import HANGS_ON_ONE
from kam.base.texts import _
from kam.whatif.answer import stated
from kam.whatif.effect import effect
from kam.whatif.scenario import Lever, Scenario
from kam.whatif.scenario_text import to_text
from kam.whatif.simulate import ahead
from kam.whatif.year_ahead import Outlook

LARGEST = 10
PRICE_WAR, CRISIS = -0.10, -0.20
_COLUMNS = ["name", "note", "text", "levers", "revenue_change", "margin_change"]


def stress_tests(found: Outlook, relationships: pd.DataFrame, *, industry: str | None = None) -> pd.DataFrame:
    """List the stress tests this book can be put to, each with what it would change.

    Parameters
    ----------
    found
        The outlook of the accounts in view.
    relationships
        account_id and key_person_theirs: the share of our active ties that one person of theirs holds.
    industry
        The one a crisis meets; the largest if not given.

    Returns
    -------
    pandas.DataFrame
        name, note (what is assumed), text (`kam.whatif.scenario_text`), levers (their number), revenue_change and
        margin_change (expected, currency; margin NaN without costs). Those that a book cannot tell are left out: no
        price war without accounts on the first rung, no crisis without industries, no departure without touches.
    """
    flat = found.undivided()
    none = ahead(flat, effect((), flat.facts), stated(flat.assumptions(Scenario())))
    rows = []
    for name, note, scenario in _listed(flat, relationships, industry):
        year = ahead(flat, effect(scenario.levers, flat.facts), stated(flat.assumptions(scenario)))
        margin = float(year.margin.sum() - none.margin.sum()) if flat.facts.has_costs else float("nan")
        rows.append(
            (
                name,
                note,
                to_text(scenario),
                len(scenario.levers),
                float(year.revenue.sum() - none.revenue.sum()),
                margin,
            )
        )
    return pd.DataFrame(rows, columns=_COLUMNS).astype(dict.fromkeys(("name", "note", "text"), "str"))


def _listed(found: Outlook, relationships: pd.DataFrame, industry: str | None) -> list[tuple[str, str, Scenario]]:
    who = found.facts.who.assign(revenue=found.had)
    largest = who[who["revenue"] > 0].nlargest(LARGEST, "revenue")
    tests = [
        (
            _("Lose {account}").format(account=row["name"]),
            _("Number {place} by revenue goes.").format(place=place + 1) if place else _("The largest account goes."),
            Scenario((Lever("loss", 0.0, "account", str(row["account_id"])),)),
        )
        for place, row in enumerate(largest.to_dict("records"))
    ]
    brokers = who[(who["rung"] == "1") & (who["revenue"] > 0)]
    if len(brokers):
        note = _("List prices {change} for all who see us as a commodity broker.").format(change=percent(PRICE_WAR))
        tests.append((_("Price war on rung 1"), note, Scenario((Lever("list_price", PRICE_WAR, "rung", "1"),))))
    by_industry = who[who["industry"] != ""].groupby("industry")["revenue"].sum()
    by_industry = by_industry[by_industry > 0]
    if len(by_industry):
        met = industry if industry is not None and industry in by_industry.index else str(by_industry.idxmax())
        note = _("Volume {change} in a whole industry.").format(change=percent(CRISIS))
        tests.append(
            (
                _("Crisis in {industry}").format(industry=met),
                note,
                Scenario((Lever("volume", CRISIS, "industry", met),)),
            )
        )
    hangs = relationships.loc[relationships["key_person_theirs"] >= HANGS_ON_ONE, "account_id"]
    on_one = who[who["account_id"].isin(hangs) & (who["revenue"] > 0) & (who["rung"] != "1")]
    if len(on_one):
        levers = tuple(
            Lever("rung_move", -1, "account", str(account))
            for account in on_one.nlargest(LARGEST, "revenue")["account_id"]
        )
        note = _(
            "Where one person of theirs holds {share} or more of our ties, that person goes, and the account falls a"
            " rung: the {accounts} largest."
        ).format(share=percent(HANGS_ON_ONE), accounts=len(levers))
        tests.append((_("The sponsor leaves"), note, Scenario(levers)))
    return tests
