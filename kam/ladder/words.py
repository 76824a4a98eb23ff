"""The ladder in words: what the rungs come to, and the titles of its charts."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, money, month, percent, points
from kam.base.terms import RUNG_NAMES, RUNGS, UNKNOWN
from kam.base.texts import _, ngettext, sentence

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
        return ngettext(
            "The evidence does not yet place any of {accounts} account on a rung: at least three groups of signals "
            "must speak, and agree.",
            "The evidence does not yet place any of {accounts} accounts on a rung: at least three groups of signals "
            "must speak, and agree.",
            len(ladder),
        ).format(accounts=count(len(ladder)))
    return sentence(_partners(ladder, partners, currency), _claims(ladder), _unknown(ladder, unknown))


def rungs_title(ladder: pd.DataFrame) -> str:
    """Give the title of the chart of accounts and revenue by rung.

    >>> rungs_title(pd.DataFrame({"revenue": [600.0, 400.0], "rung": ["commodity broker", "supplier"]}))
    '60.0 % of revenue comes from accounts to whom we are one of many'
    """
    if ladder.empty or (ladder["rung"] == UNKNOWN).all():
        return _("No account's rung is known yet")
    brokers, partners = (_share(ladder, ladder["rung"] == rung) for rung in (_BROKER, _PARTNER))
    if brokers is None or partners is None:
        known = int((ladder["rung"] != UNKNOWN).sum())
        return ngettext(
            "{accounts} account placed on the ladder", "{accounts} accounts placed on the ladder", known
        ).format(accounts=count(known))
    if brokers > partners:
        return _("{share} of revenue comes from accounts to whom we are one of many").format(share=percent(brokers))
    return _("{share} of revenue comes from strategic partners").format(share=percent(partners))


def claims_title(ladder: pd.DataFrame) -> str:
    """Give the title of the chart that holds claims against evidence.

    >>> claims_title(pd.DataFrame({"rung": ["supplier"], "claimed_rung": ["strategic partner"]}))
    '1 of 1 claim stands above the evidence'
    """
    above, judged = _judged(ladder)
    if not judged:
        return _("No claimed rung can be held against evidence yet")
    claims = ngettext("{claims} claim", "{claims} claims", judged).format(claims=count(judged))
    told = (
        ngettext("{above} of {claims} stands above the evidence", "{above} of {claims} stand above the evidence", above)
        if above
        else _("None of {claims} stand above the evidence")
    )
    return told.format(above=count(above), claims=claims)


def moves_title(shifts: pd.DataFrame, currency: str | None = None) -> str:
    """Say who climbed and who slipped between two known rungs: the frame of `kam.ladder.rung_moves.ladder_moves`.

    >>> row = {"from_rung": ["supplier"], "to_rung": ["strategic partner"], "revenue": [9.0], "moved": [True]}
    >>> moves_title(pd.DataFrame(row), "EUR")
    '1 account climbed (EUR 9.00), none slipped; every other one stayed or is not known on both days'
    """
    if shifts.empty:
        return _("Who moved on the ladder is not known")
    step = shifts["to_rung"].map(_ORDER) - shifts["from_rung"].map(_ORDER)
    climbed, slipped = (shifts["revenue"][shifts["moved"] & way] for way in (step > 0, step < 0))
    up = (
        ngettext("{accounts} account climbed ({revenue})", "{accounts} accounts climbed ({revenue})", len(climbed))
        if len(climbed)
        else _("No account climbed")
    )
    down = _("{accounts} slipped ({revenue})") if len(slipped) else _("none slipped")
    return _("{climbed}, {slipped}; every other one stayed or is not known on both days").format(
        climbed=up.format(accounts=count(len(climbed)), revenue=money(climbed.sum(), currency)),
        slipped=down.format(accounts=count(len(slipped)), revenue=money(slipped.sum(), currency)),
    )


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
    return _("Most is to be won at {account}: {way_up}, and its chance to be a {rung} rises by {gain}").format(
        account=best["name"], way_up=best["way_up"], rung=RUNG_NAMES[best["next_rung"]], gain=points(best["gain"])
    )


def evidence_title(account: pd.Series) -> str:
    """Say where the evidence puts one account, and what is claimed: a row of the ladder."""
    if account["rung"] == "unknown":
        judged = _("{account}: the evidence does not settle a rung").format(account=account["name"])
    else:
        chance = max(account["p_broker"], account["p_supplier"], account["p_partner"])
        judged = _("{account} sees us as a {rung}, {chance} sure").format(
            account=account["name"], rung=RUNG_NAMES[account["rung"]], chance=percent(chance)
        )
    claimed = account["claimed_rung"]
    if not isinstance(claimed, str):
        return judged
    return _("{judged}; claimed: {rung}").format(judged=judged, rung=RUNG_NAMES[claimed])


def _partners(ladder: pd.DataFrame, partners: pd.Series, currency: str | None) -> str:
    number = int(partners.sum())
    if not number:
        return _("None of {accounts} is known to see us as a strategic partner").format(accounts=_accounts(len(ladder)))
    share = _share(ladder, partners)
    told = (
        ngettext(
            "{partners} of {accounts} sees us as a strategic partner",
            "{partners} of {accounts} see us as a strategic partner",
            number,
        )
        if share is None
        else ngettext(
            "{partners} of {accounts} sees us as a strategic partner and brings {share} of revenue ({revenue})",
            "{partners} of {accounts} see us as a strategic partner and bring {share} of revenue ({revenue})",
            number,
        )
    )
    return told.format(
        partners=count(number),
        accounts=_accounts(len(ladder)),
        share=percent(share),
        revenue=money(ladder["revenue"][partners].sum(), currency),
    )


def _accounts(number: int) -> str:
    return ngettext("{accounts} account", "{accounts} accounts", number).format(accounts=count(number))


def _claims(ladder: pd.DataFrame) -> str:
    above, judged = _judged(ladder)
    if not judged:
        return _("no claimed rung that evidence can judge")
    claims = ngettext("{claims} claimed rung", "{claims} claimed rungs", judged).format(claims=count(judged))
    told = (
        ngettext(
            "{above} of {claims} is higher than the evidence", "{above} of {claims} are higher than the evidence", above
        )
        if above
        else _("none of {claims} are higher than the evidence")
    )
    return told.format(above=count(above), claims=claims)


def _judged(ladder: pd.DataFrame) -> tuple[int, int]:
    """Count the claims above the rung found, and those with a rung to hold them against."""
    claimed, found = ladder["claimed_rung"].map(_ORDER), ladder["rung"].map(_ORDER)
    return int((claimed > found).sum()), int((claimed.notna() & found.notna()).sum())


def _unknown(ladder: pd.DataFrame, unknown: pd.Series) -> str:
    number = int(unknown.sum())
    if not number:
        return _("none unknown")
    share = _share(ladder, unknown)
    told = (
        ngettext("{accounts} account still unknown", "{accounts} accounts still unknown", number)
        if share is None
        else ngettext(
            "{accounts} account with {share} of revenue still unknown",
            "{accounts} accounts with {share} of revenue still unknown",
            number,
        )
    )
    return told.format(accounts=count(number), share=percent(share))


def _share(ladder: pd.DataFrame, chosen: pd.Series) -> float | None:
    total = ladder["revenue"].sum()
    return float(ladder["revenue"][chosen].sum() / total) if total > 0 else None
