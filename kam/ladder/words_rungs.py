"""What may slip, which evidence is worth gathering, and whether rungs pay: the later sentences of the Ladder page."""

import pandas as pd

from kam.base.numbers import count, money, percent, signed_points
from kam.base.terms import RUNG_NAMES, RUNGS, RUNGS_OF_MANY
from kam.base.texts import _, joined, ngettext

# What one would have to gather for a signal to speak, in the words of a sales meeting.
TO_GATHER = {
    "perception": _("a perception survey (“how do you see us?”)"),
    "recommendation": _("the question “would you recommend us?”"),
    "discount depth": _("list prices"),
    "discount trend": _("list prices of two years"),
    "margin rate": _("costs"),
    "competitive bids": _("the number of competing bidders at each opportunity"),
    "categories": _("the category of each product"),
    "services share": _("which products are services"),
    "solutions share": _("which products are solutions"),
    "share of wallet": _("what it spends a year with everybody"),
    "coverage": _("contacts and touches"),
    "executive contact": _("contacts and touches"),
    "support": _("how its people stand to us"),
    "dependence": _("contacts and touches"),
    "value delivered": _("the value delivered to it"),
    "value contact": _("the purpose of each touch"),
    "joint plan": _("a plan for a goal of its own"),
    "milestones kept": _("a plan with milestones"),
    "cases in time": _("its cases with their target days"),
}
PLURAL = dict(zip(RUNGS, RUNGS_OF_MANY, strict=True))
# GRR first: what new accounts grow by in their second year is no loyalty.
_PRICE, _LOYALTY = ("margin rate", "discount rate"), ("GRR", "NRR")
MEASURES = {"margin rate": _("margin rate"), "discount rate": _("discount rate"), "GRR": _("GRR"), "NRR": _("NRR")}


def slip_finding(slip: pd.DataFrame, currency: str | None = None) -> str:
    """Say how many accounts may slip, with what money, and which is the largest: the frame of `book.slip_risk()`.

    >>> row = {"name": ["Nord"], "revenue": [5e6], "why": ["turning"], "turning": ["coverage"], "renew": ["tenure"]}
    >>> slip_finding(pd.DataFrame(row | {"rung": ["supplier"]}), "EUR")
    '1 account with EUR 5.00 M may slip: 1 has turned, 0 only age; the largest is Nord, a supplier pulled down by \
coverage'
    """
    if slip.empty:
        return _("No account above the lowest rung has evidence that runs out or has turned")
    turned = slip["why"].str.contains("turning")
    of_these = ngettext(
        "{turned} has turned, {ageing} only age", "{turned} have turned, {ageing} only age", int(turned.sum())
    ).format(turned=count(turned.sum()), ageing=count((~turned).sum()))
    told = ngettext(
        "{accounts} account with {revenue} may slip: {of_these}",
        "{accounts} accounts with {revenue} may slip: {of_these}",
        len(slip),
    ).format(accounts=count(len(slip)), revenue=money(slip["revenue"].sum(), currency), of_these=of_these)
    first = slip.iloc[0]
    largest = (
        _("the largest is {account}, a {rung} pulled down by {signals}")
        if turned.iloc[0]
        else _("the largest is {account}, a {rung} that rests on {signals}")
    ).format(
        account=first["name"],
        rung=RUNG_NAMES[first["rung"]],
        signals=first["turning"] if turned.iloc[0] else first["renew"],
    )
    return joined(told, largest)


def worth_finding(best: pd.DataFrame, ladder: pd.DataFrame, currency: str | None = None) -> str:
    """Say what is unknown, and which evidence would settle most: `book.best_evidence()` and `book.ladder()`.

    >>> best = {"evidence": ["perception"], "accounts": [1], "revenue": [90.0], "settles": [60.0]}
    >>> ladder = pd.DataFrame({"rung": ["unknown", "supplier"], "revenue": [90.0, 10.0]})
    >>> worth_finding(pd.DataFrame(best), ladder, "EUR")
    '1 of 2 active accounts, with EUR 90.0, is on no known rung; a perception survey (“how do you see us?”) at 1 of \
them would on average settle EUR 60.0 of its EUR 90.0'
    """
    active = ladder[ladder["revenue"] > 0]
    unknown = active[active["rung"] == "unknown"]
    if unknown.empty:
        return _("Every active account stands on a known rung: more evidence would settle nothing new")
    every = ngettext("{accounts} active account", "{accounts} active accounts", len(active))
    said = ngettext(
        "{unknown} of {accounts}, with {revenue}, is on no known rung",
        "{unknown} of {accounts}, with {revenue}, are on no known rung",
        len(unknown),
    ).format(
        unknown=count(len(unknown)),
        accounts=every.format(accounts=count(len(active))),
        revenue=money(unknown["revenue"].sum(), currency),
    )
    if best.empty:
        return joined(said, _("no single further piece of evidence would settle any of them"))
    first = best.iloc[0]
    settles = ngettext(
        "{evidence} at {accounts} of them would on average settle {settled} of its {revenue}",
        "{evidence} at {accounts} of them would on average settle {settled} of their {revenue}",
        int(first["accounts"]),
    ).format(
        evidence=gathered(first["evidence"]),
        accounts=count(first["accounts"]),
        settled=money(first["settles"], currency),
        revenue=money(first["revenue"], currency),
    )
    return joined(said, settles)


def gathered(evidence: str) -> str:
    """Say what has to be gathered for signals joined by a plus.

    >>> gathered("perception + margin rate")
    'a perception survey (“how do you see us?”) and costs'
    """
    told, *others = dict.fromkeys(TO_GATHER[signal] for signal in evidence.split(" + "))
    for more in others:
        told = _("{evidence} and {more}").format(evidence=told, more=more)
    return told


def outcomes_finding(outcomes: pd.DataFrame) -> str:
    """Say whether a higher rung pays more and stays longer, as far as these accounts can show.

    Parameters
    ----------
    outcomes
        The frame of `kam.ladder.outcomes.rung_outcomes`.

    Examples
    --------
    >>> rows = {"measure": ["NRR"] * 2, "rung": ["commodity broker", "supplier"], "accounts": [9, 8]}
    >>> spread = {"difference": [None, 0.1], "difference_low": [None, -0.1], "difference_high": [None, 0.3]}
    >>> outcomes_finding(pd.DataFrame(rows | spread))
    'NRR: no difference that 8 suppliers and 9 commodity brokers can show (+10.0 pp, range −10.0 pp to +30.0 pp)'
    """
    said = [text for measures in (_PRICE, _LOYALTY) if (text := _first_told(outcomes, measures))]
    if said:
        told = joined(*said)
        return told[0].upper() + told[1:]
    if outcomes.empty:
        return _(
            "No account's rung of a year ago is known without its prices, so no rung can be held against what it pays"
        )
    return _("Fewer than two rungs have the five accounts that a comparison needs")


def _first_told(outcomes: pd.DataFrame, measures: tuple[str, ...]) -> str | None:
    for measure in measures:
        rows = outcomes[outcomes["measure"] == measure]
        told = rows[rows["difference_low"].notna()]
        if not told.empty:
            return _contrast(measure, told.iloc[-1], rows.iloc[0])
    return None


def _contrast(measure: str, upper: pd.Series, lower: pd.Series) -> str:
    low, high = upper["difference_low"], upper["difference_high"]
    told = (
        _(
            "{measure}: no difference that {accounts} {rungs} and {others} {other_rungs} can show"
            " ({difference}, range {low} to {high})"
        )
        if low <= 0 <= high
        else _(
            "{measure}: {difference} for {rungs} against {other_rungs}"
            " (range {low} to {high}; {accounts} {rungs} and {others} {other_rungs})"
        )
    )
    return told.format(
        measure=MEASURES[measure],
        difference=signed_points(upper["difference"]),
        low=signed_points(low),
        high=signed_points(high),
        accounts=count(upper["accounts"]),
        rungs=PLURAL[upper["rung"]],
        others=count(lower["accounts"]),
        other_rungs=PLURAL[lower["rung"]],
    )


def ways_finding(ways: pd.DataFrame) -> str:
    """Say which way up lifts one account most, and on which nothing is planned: the frame of `book.ways_up(account)`.

    >>> row = {"way_up": ["deepen the relationship"], "signal": ["coverage"], "gain": [0.2], "covered_by": [None]}
    >>> ways_finding(pd.DataFrame(row | {"next_rung": ["strategic partner"]}))
    'Most would be won if coverage rose a level (deepen the relationship): +20.0 pp to be a strategic partner; nothing \
is planned for it'
    """
    best = ways.iloc[0]
    planned = best["covered_by"]
    told = _("Most would be won if {signal} rose a level ({way_up}): {gain} to be a {rung}").format(
        signal=best["signal"],
        way_up=best["way_up"],
        gain=signed_points(best["gain"]),
        rung=RUNG_NAMES[best["next_rung"]],
    )
    return joined(
        told,
        _("planned: {action}").format(action=planned) if isinstance(planned, str) else _("nothing is planned for it"),
    )


def policy_note(policy: pd.DataFrame) -> str | None:
    """Say what a book replaced in the likelihood table; None if nothing: the frame of `book.ladder_policy()`.

    >>> policy_note(pd.DataFrame({"signal": ["prior", "tenure", "tenure"], "changed": [False, True, True]}))
    'This book judges by its own likelihoods of tenure (book.toml, policy.ladder); all others are the standard ones.'
    """
    changed = list(dict.fromkeys(policy.loc[policy["changed"], "signal"]))
    if not changed:
        return None
    named = ", ".join(_("the rungs before any evidence") if signal == "prior" else signal for signal in changed)
    return _(
        "This book judges by its own likelihoods of {signals} (book.toml, policy.ladder); all "
        "others are the standard ones."
    ).format(signals=named)


def flow_name(came: str, now: str) -> str:
    """Name a flow between two rungs.

    >>> flow_name("supplier", "strategic partner"), flow_name("supplier", "supplier")
    ('supplier → strategic partner', 'supplier, stayed')
    """
    before, after = RUNG_NAMES[came], RUNG_NAMES[now]
    return _("{rung}, stayed").format(rung=before) if came == now else f"{before} → {after}"


def certain_share(ladder: pd.DataFrame, rung: str) -> str:
    """Say which share of revenue stands on a rung.

    >>> certain_share(pd.DataFrame({"rung": ["supplier", "unknown"], "revenue": [1.0, 3.0]}), "unknown")
    '75.0 %'
    """
    total = ladder["revenue"].sum()
    return percent(ladder.loc[ladder["rung"] == rung, "revenue"].sum() / total if total > 0 else None)
