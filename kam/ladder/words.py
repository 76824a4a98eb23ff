"""The ladder in words: what the rungs come to, and the titles of its charts."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, counted, money, month, percent, points
from kam.base.terms import RUNGS, UNKNOWN
from kam.base.texts import _

_BROKER, _each, _PARTNER = RUNGS
_ORDER = {rung: number for number, rung in enumerate(RUNGS, start=1)}


def finding(ladder: pd.DataFrame, currency: str | None = None) -> str:
    """Say in one sentence how much revenue stands on the top rung, which claims go too far, and what is unknown.

    Parameters
    ----------
    ladder
        The frame of `kam.ladder.rung.ladder`; of its columns revenue, rung and claimed_rung are read.
    currency
        The book's currency.

    Examples
    --------
    >>> ladder = pd.DataFrame(
    ...     {
    ...         "revenue": [600.0, 300.0, 100.0],
    ...         "rung": ["strategic partner", "supplier", "unknown"],
    ...         "claimed_rung": ["strategic partner", "strategic partner", None],
    ...     }
    ... )
    >>> finding(ladder, "EUR")
    '1 of 3 accounts sees us as a strategic partner and brings 60.0 % of revenue (EUR 600); 1 of 2 claimed rungs is \
higher than the evidence; 1 account with 10.0 % of revenue still unknown.'
    """
    if ladder.empty:
        return _("No account has bought anything yet, so there is nothing to place on the ladder.")
    partners = ladder["rung"] == _PARTNER
    unknown = ladder["rung"] == UNKNOWN
    if unknown.all():
        return _(
            "The evidence does not yet place any of {counted} on a rung: at least three groups of "
            "signals must speak, and agree."
        ).format(counted=counted(len(ladder), "account"))
    return "; ".join((_partners(ladder, partners, currency), _claims(ladder), _unknown(ladder, unknown))) + "."


def rungs_title(ladder: pd.DataFrame) -> str:
    """Give the title of the chart of accounts and revenue by rung.

    >>> rungs_title(pd.DataFrame({"revenue": [600.0, 400.0], "rung": ["commodity broker", "supplier"]}))
    '60.0 % of revenue comes from accounts to whom we are one of many'
    """
    if ladder.empty or (ladder["rung"] == UNKNOWN).all():
        return _("No account's rung is known yet")
    brokers, partners = (_share(ladder, ladder["rung"] == rung) for rung in (_BROKER, _PARTNER))
    if brokers is None or partners is None:
        return _("{sum_} placed on the ladder").format(sum_=counted(int((ladder["rung"] != UNKNOWN).sum()), "account"))
    if brokers > partners:
        return _("{brokers} of revenue comes from accounts to whom we are one of many").format(brokers=percent(brokers))
    return _("{partners} of revenue comes from strategic partners").format(partners=percent(partners))


def claims_title(ladder: pd.DataFrame) -> str:
    """Give the title of the chart that holds claims against evidence.

    >>> claims_title(pd.DataFrame({"rung": ["supplier"], "claimed_rung": ["strategic partner"]}))
    '1 of 1 claim stands above the evidence'
    """
    above, judged = _judged(ladder)
    if not judged:
        return _("No claimed rung can be held against evidence yet")
    stand = "stands" if above == 1 else "stand"
    return _("{value} of {judged} {stand} above the evidence").format(
        value=count(above) if above else "None", judged=counted(judged, "claim"), stand=stand
    )


def moves_title(shifts: pd.DataFrame, currency: str | None = None) -> str:
    """Say who climbed and who slipped between two known rungs: the frame of `kam.ladder.rung_moves.ladder_moves`.

    >>> row = {"from_rung": ["supplier"], "to_rung": ["strategic partner"], "revenue": [9.0], "moved": [True]}
    >>> moves_title(pd.DataFrame(row), "EUR")
    '1 account climbed (EUR 9.00), none slipped; every other one stayed or is not known on both days'
    """
    if shifts.empty:
        return "Who moved on the ladder is not known"
    step = shifts["to_rung"].map(_ORDER) - shifts["from_rung"].map(_ORDER)
    climbed, slipped = (shifts["revenue"][shifts["moved"] & way] for way in (step > 0, step < 0))
    up = _("{counted} climbed ({sum_})").format(
        counted=counted(len(climbed), "account"), sum_=money(climbed.sum(), currency)
    )
    down = _("{count} slipped ({sum_})").format(count=count(len(slipped)), sum_=money(slipped.sum(), currency))
    told = f"{up if len(climbed) else 'No account climbed'}, {down if len(slipped) else 'none slipped'}"
    return _("{told}; every other one stayed or is not known on both days").format(told=told)


def between(start: dt.date, end: dt.date) -> str:
    """Say which two days the moves compare.

    >>> between(dt.date(2025, 9, 30), dt.date(2026, 9, 30))
    'Left: Sep 2025, right: Sep 2026, with accounts and their revenue to Sep 2026. A band is as wide as its accounts \
are many. Coloured: climbed or slipped; grey: no move is known.'
    """
    return _(
        "Left: {start}, right: {end}, with accounts and their revenue to {end}. A band is as "
        "wide as its accounts are many. Coloured: climbed or slipped; grey: no move is known."
    ).format(start=month(start), end=month(end))


def climb_title(steps: pd.DataFrame) -> str:
    """Say where one step would be worth most: the best step of each account, by revenue × gain, largest first.

    >>> row = {"name": ["Nord"], "way_up": ["deepen the relationship"], "gain": [0.2], "revenue": [100.0]}
    >>> climb_title(pd.DataFrame(row | {"next_rung": ["strategic partner"], "lift": [20.0]}))
    'Most is to be won at Nord: deepen the relationship, and its chance to be a strategic partner rises by 20.0 pp'
    """
    if steps.empty:
        return _("No account's next step is known: there is no evidence to raise")
    best = steps.iloc[0]
    chance = _("its chance to be a {next_rung} rises by {gain}").format(
        next_rung=best["next_rung"], gain=points(best["gain"])
    )
    return _("Most is to be won at {name}: {way_up}, and {chance}").format(
        name=best["name"], way_up=best["way_up"], chance=chance
    )


def evidence_title(account: pd.Series) -> str:
    """Say where the evidence puts one account, and what is claimed: a row of the ladder."""
    if account["rung"] == "unknown":
        judged = _("{name}: the evidence does not settle a rung").format(name=account["name"])
    else:
        chance = max(account["p_broker"], account["p_supplier"], account["p_partner"])
        judged = _("{name} sees us as a {rung}, {chance} sure").format(
            name=account["name"], rung=account["rung"], chance=percent(chance)
        )
    claimed = account["claimed_rung"]
    return (
        _("{judged}; claimed: {claimed}").format(judged=judged, claimed=claimed) if isinstance(claimed, str) else judged
    )


def _partners(ladder: pd.DataFrame, partners: pd.Series, currency: str | None) -> str:
    number = int(partners.sum())
    if not number:
        return _("None of {counted} is known to see us as a strategic partner").format(
            counted=counted(len(ladder), "account")
        )
    share = _share(ladder, partners)
    verbs = ("sees", "brings") if number == 1 else ("see", "bring")
    said = _("{number} of {counted} {verbs} us as a strategic partner").format(
        number=count(number), counted=counted(len(ladder), "account"), verbs=verbs[0]
    )
    if share is None:
        return said
    return _("{said} and {verbs} {share} of revenue ({sum_})").format(
        said=said, verbs=verbs[1], share=percent(share), sum_=money(ladder["revenue"][partners].sum(), currency)
    )


def _claims(ladder: pd.DataFrame) -> str:
    above, judged = _judged(ladder)
    if not judged:
        return _("no claimed rung that evidence can judge")
    verb = "is" if above == 1 else "are"
    return _("{value} of {judged} {verb} higher than the evidence").format(
        value=count(above) if above else "none", judged=counted(judged, "claimed rung"), verb=verb
    )


def _judged(ladder: pd.DataFrame) -> tuple[int, int]:
    """Count the claims above the rung found, and those with a rung to hold them against."""
    claimed, found = ladder["claimed_rung"].map(_ORDER), ladder["rung"].map(_ORDER)
    return int((claimed > found).sum()), int((claimed.notna() & found.notna()).sum())


def _unknown(ladder: pd.DataFrame, unknown: pd.Series) -> str:
    number = int(unknown.sum())
    if not number:
        return _("none unknown")
    share = _share(ladder, unknown)
    with_share = "" if share is None else _(" with {share} of revenue").format(share=percent(share))
    return _("{number}{with_share} still unknown").format(number=counted(number, "account"), with_share=with_share)


def _share(ladder: pd.DataFrame, chosen: pd.Series) -> float | None:
    total = ladder["revenue"].sum()
    return float(ladder["revenue"][chosen].sum() / total) if total > 0 else None
