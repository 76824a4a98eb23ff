"""The ladder in words: what the rungs come to, and the titles of its charts."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, counted, money, month, percent, points
from kam.base.terms import RUNGS, UNKNOWN

_BROKER, _, _PARTNER = RUNGS
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
        return "No account has bought anything yet, so there is nothing to place on the ladder."
    partners = ladder["rung"] == _PARTNER
    unknown = ladder["rung"] == UNKNOWN
    if unknown.all():
        return (
            f"The evidence does not yet place any of {counted(len(ladder), 'account')} on a rung: at least three "
            "groups of signals must speak, and agree."
        )
    return "; ".join((_partners(ladder, partners, currency), _claims(ladder), _unknown(ladder, unknown))) + "."


def rungs_title(ladder: pd.DataFrame) -> str:
    """Give the title of the chart of accounts and revenue by rung.

    >>> rungs_title(pd.DataFrame({"revenue": [600.0, 400.0], "rung": ["commodity broker", "supplier"]}))
    '60.0 % of revenue comes from accounts to whom we are one of many'
    """
    if ladder.empty or (ladder["rung"] == UNKNOWN).all():
        return "No account's rung is known yet"
    brokers, partners = (_share(ladder, ladder["rung"] == rung) for rung in (_BROKER, _PARTNER))
    if brokers is None or partners is None:
        return f"{counted(int((ladder['rung'] != UNKNOWN).sum()), 'account')} placed on the ladder"
    if brokers > partners:
        return f"{percent(brokers)} of revenue comes from accounts to whom we are one of many"
    return f"{percent(partners)} of revenue comes from strategic partners"


def claims_title(ladder: pd.DataFrame) -> str:
    """Give the title of the chart that holds claims against evidence.

    >>> claims_title(pd.DataFrame({"rung": ["supplier"], "claimed_rung": ["strategic partner"]}))
    '1 of 1 claim stands above the evidence'
    """
    above, judged = _judged(ladder)
    if not judged:
        return "No claimed rung can be held against evidence yet"
    stand = "stands" if above == 1 else "stand"
    return f"{count(above) if above else 'None'} of {counted(judged, 'claim')} {stand} above the evidence"


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
    up = f"{counted(len(climbed), 'account')} climbed ({money(climbed.sum(), currency)})"
    down = f"{count(len(slipped))} slipped ({money(slipped.sum(), currency)})"
    told = f"{up if len(climbed) else 'No account climbed'}, {down if len(slipped) else 'none slipped'}"
    return f"{told}; every other one stayed or is not known on both days"


def between(start: dt.date, end: dt.date) -> str:
    """Say which two days the moves compare.

    >>> between(dt.date(2025, 9, 30), dt.date(2026, 9, 30))
    'Left: Sep 2025, right: Sep 2026, with accounts and their revenue to Sep 2026. A band is as wide as its accounts \
are many. Coloured: climbed or slipped; grey: no move is known.'
    """
    return (
        f"Left: {month(start)}, right: {month(end)}, with accounts and their revenue to {month(end)}. A band is as wide"
        " as its accounts are many. Coloured: climbed or slipped; grey: no move is known."
    )


def climb_title(steps: pd.DataFrame) -> str:
    """Say where one step would be worth most: the best step of each account, by revenue × gain, largest first.

    >>> row = {"name": ["Nord"], "way_up": ["deepen the relationship"], "gain": [0.2], "revenue": [100.0]}
    >>> climb_title(pd.DataFrame(row | {"next_rung": ["strategic partner"], "lift": [20.0]}))
    'Most is to be won at Nord: deepen the relationship, and its chance to be a strategic partner rises by 20.0 pp'
    """
    if steps.empty:
        return "No account's next step is known: there is no evidence to raise"
    best = steps.iloc[0]
    chance = f"its chance to be a {best['next_rung']} rises by {points(best['gain'])}"
    return f"Most is to be won at {best['name']}: {best['way_up']}, and {chance}"


def evidence_title(account: pd.Series) -> str:
    """Say where the evidence puts one account, and what is claimed: a row of the ladder."""
    if account["rung"] == "unknown":
        judged = f"{account['name']}: the evidence does not settle a rung"
    else:
        chance = max(account["p_broker"], account["p_supplier"], account["p_partner"])
        judged = f"{account['name']} sees us as a {account['rung']}, {percent(chance)} sure"
    claimed = account["claimed_rung"]
    return f"{judged}; claimed: {claimed}" if isinstance(claimed, str) else judged


def _partners(ladder: pd.DataFrame, partners: pd.Series, currency: str | None) -> str:
    number = int(partners.sum())
    if not number:
        return f"None of {counted(len(ladder), 'account')} is known to see us as a strategic partner"
    share = _share(ladder, partners)
    verbs = ("sees", "brings") if number == 1 else ("see", "bring")
    said = f"{count(number)} of {counted(len(ladder), 'account')} {verbs[0]} us as a strategic partner"
    if share is None:
        return said
    return f"{said} and {verbs[1]} {percent(share)} of revenue ({money(ladder['revenue'][partners].sum(), currency)})"


def _claims(ladder: pd.DataFrame) -> str:
    above, judged = _judged(ladder)
    if not judged:
        return "no claimed rung that evidence can judge"
    verb = "is" if above == 1 else "are"
    return f"{count(above) if above else 'none'} of {counted(judged, 'claimed rung')} {verb} higher than the evidence"


def _judged(ladder: pd.DataFrame) -> tuple[int, int]:
    """Count the claims above the rung found, and those with a rung to hold them against."""
    claimed, found = ladder["claimed_rung"].map(_ORDER), ladder["rung"].map(_ORDER)
    return int((claimed > found).sum()), int((claimed.notna() & found.notna()).sum())


def _unknown(ladder: pd.DataFrame, unknown: pd.Series) -> str:
    number = int(unknown.sum())
    if not number:
        return "none unknown"
    share = _share(ladder, unknown)
    with_share = "" if share is None else f" with {percent(share)} of revenue"
    return f"{counted(number, 'account')}{with_share} still unknown"


def _share(ladder: pd.DataFrame, chosen: pd.Series) -> float | None:
    total = ladder["revenue"].sum()
    return float(ladder["revenue"][chosen].sum() / total) if total > 0 else None
