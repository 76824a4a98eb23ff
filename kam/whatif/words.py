"""What the What-if page says: levers in words, the answer, what it rests on, and how good ranges have been."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kam.base.numbers import count, counted, known, money, percent, signed_money, signed_percent, signed_points, spanned
from kam.base.ranges import SCENARIO_RANGE
from kam.base.terms import RUNGS_OF_MANY, UNKNOWN
from kam.base.texts import _

MEASURES = {
    "revenue": _("Revenue"),
    "margin": _("Margin"),
    "margin_rate": _("Margin rate"),
    "top_20pct_share": _("Largest fifth"),
    "hhi": "HHI",
    "nrr": _("Net retention"),
    "clv": _("Lifetime value"),
    "objectives_met": _("Objectives met"),
}
RUNGS = {
    **{str(number): many for number, many in enumerate(RUNGS_OF_MANY, start=1)},
    UNKNOWN: _("accounts of unknown rung"),
}
SCOPES = {
    "all": _("All accounts"),
    "account": _("An account"),
    "parent": _("A parent with its subsidiaries"),
    "rung": _("A rung"),
    "class": _("A class of key accounts"),
    "industry": _("An industry"),
    "region": _("A region"),
    "manager": _("A manager's accounts"),
    "category": _("A product category"),
}
KINDS = {
    "rung_move": _("Move on the ladder"),
    "list_price": _("List price"),
    "discount_change": _("Discount, change"),
    "discount_cap": _("Discount, cap"),
    "unit_cost": _("Unit cost"),
    "volume": _("Volume"),
    "loss": _("Lose"),
    "win": _("Win an account"),
}
SMALL_CHANGE = 0.0005


def lever(each: object, names: Mapping[str, str], currency: str | None = None) -> str:
    """Say what a lever does, and to whom.

    Parameters
    ----------
    each
        A `kam.whatif.scenario.Lever`.
    names
        Names of accounts and parents by id.

    Examples
    --------
    >>> from types import SimpleNamespace as L
    >>> lever(L(kind="list_price", value=0.03, scope="rung", target="3"), {})
    'List price +3.0 % for strategic partners'
    >>> lever(L(kind="loss", value=0.0, scope="account", target="A1"), {"A1": "Nord AG"})
    'Lose Nord AG'
    """
    kind, value, scope, target = (getattr(each, name) for name in ("kind", "value", "scope", "target"))
    whom = _whom(scope, target, names)
    if kind == "win":
        rate = getattr(each, "margin_rate", None)
        at = _(" at a margin of {rate}").format(rate=percent(rate)) if known(rate) else _(", its margin unknown")
        return _("Win {target}: {value} a year{at}").format(target=target, value=money(value, currency), at=at)
    if kind == "loss":
        return _("Lose {whom}").format(whom=whom)
    if kind == "rung_move":
        return f"{whom[0].upper()}{whom[1:]} {'up' if value > 0 else 'down'} {counted(abs(int(value)), 'rung')}"
    if kind == "discount_cap":
        return _("Discounts of at most {value} for {whom}").format(value=percent(value), whom=whom)
    if kind == "discount_change":
        return _("Discounts {value} for {whom}").format(value=signed_points(value), whom=whom)
    return _("{kinds} {value} for {whom}").format(kinds=KINDS[kind], value=signed_percent(value), whom=whom)


def _whom(scope: str, target: str, names: Mapping[str, str]) -> str:
    if scope == "all":
        return _("all accounts")
    if scope in {"account", "parent"}:
        name = names.get(target, target)
        return name if scope == "account" else _("{name} and its subsidiaries").format(name=name)
    if scope == "rung":
        return RUNGS.get(target, target)
    if scope == "class":
        return _("{target} accounts").format(target=target)
    return _("the accounts of {target}").format(target=target) if scope == "manager" else target


def too_short(months: int) -> str:
    """Say why a book of fewer than twelve months has no year ahead.

    >>> too_short(3)
    'A year ahead is told from the last twelve months, and the sales hold 3 months: what a year brings is not known \
yet. Add older sales, or come back when they cover a year.'
    """
    return _(
        "A year ahead is told from the last twelve months, and the sales hold {spanned}: what a "
        "year brings is not known yet. Add older sales, or come back when they cover a year."
    ).format(spanned=spanned(months))


def finding(table: pd.DataFrame, levers: int, currency: str | None = None) -> str:
    """Say what the levers change in the twelve months ahead, and between which ends.

    Parameters
    ----------
    table
        The frame of `Book.simulate`.
    levers
        How many levers there are.

    Examples
    --------
    >>> row = {"measure": ["revenue"], "last_year": [9e6], "baseline": [8e6], "scenario": [8e6], "low": [7e6]}
    >>> finding(pd.DataFrame(row | {"high": [9e6], "change": [0.0], "change_low": [0.0], "change_high": [0.0]}), 0)
    "Without any lever, today's accounts are expected to bring 8.00 M in the twelve months ahead, between 7.00 M and \
9.00 M; the last twelve brought 9.00 M."
    """
    row = table[table["measure"] == "revenue"].iloc[0]
    if not levers:
        return _(
            "Without any lever, today's accounts are expected to bring {scenario} in the twelve "
            "months ahead, between {low} and {high}; the last twelve brought {last_year}."
        ).format(
            scenario=money(row["scenario"], currency),
            low=money(row["low"], currency),
            high=money(row["high"], currency),
            last_year=money(row["last_year"], currency),
        )
    under = _("This lever changes") if levers == 1 else _("These {levers} levers change").format(levers=count(levers))
    told = _("{under} the twelve months ahead by {changed}").format(
        under=under, changed=_changed(row, "revenue", currency, f"{SCENARIO_RANGE}: ")
    )
    margin = table[(table["measure"] == "margin") & table["change"].notna()]
    return (
        _("{told} and {changed}.").format(told=told, changed=_changed(margin.iloc[0], "margin", currency))
        if len(margin)
        else f"{told}."
    )


def _changed(row: pd.Series, measure: str, currency: str | None, what: str = "") -> str:
    told = _("{change} of {measure}").format(change=signed_money(row["change"], currency), measure=measure)
    if row["change_high"] - row["change_low"] <= SMALL_CHANGE * abs(row["change"]):
        return told
    return _("{told} ({what}{change_low} to {change_high})").format(
        told=told, what=what, change_low=signed_money(row["change_low"]), change_high=signed_money(row["change_high"])
    )


def written(measure: str, value: object, currency: str | None = None) -> str:
    """Write a value of a measure.

    >>> written("revenue", 1.2e6, "EUR"), written("nrr", 0.91), written("hhi", 0.0341), written("clv", None)
    ('EUR 1.20 M', '91.0 %', '0.034', 'not measured')
    """
    if not known(value):
        return money(None)
    if measure in {"revenue", "margin", "clv"}:
        return money(value, currency)
    return f"{float(str(value)):.3f}" if measure == "hhi" else percent(value)


def change(measure: str, value: object) -> str:
    """Write a change of a measure, with its sign.

    >>> change("revenue", -1.2e6), change("nrr", -0.01), change("hhi", 0.001)
    ('−1.20 M', '−1.0 pp', '+0.001')
    """
    if not known(value):
        return money(None)
    if measure in {"revenue", "margin", "clv"}:
        return signed_money(value)
    return f"{float(str(value)):+.3f}".replace("-", "−") if measure == "hhi" else signed_points(value)


def between(measure: str, low: object, high: object) -> str:
    """Write the ends of a range.

    >>> between("nrr", 0.8, 0.95)
    '80.0 % to 95.0 %'
    """
    return _("{measure} to {measure_2}").format(measure=written(measure, low), measure_2=written(measure, high))


def expectation(table: pd.DataFrame, accounts: int) -> str:
    """Say what the baseline is, so that nobody takes it for the last year or for a plan.

    Parameters
    ----------
    table
        The frame of `Book.simulate`.
    accounts
        How many have revenue.
    """
    row = table.set_index("measure").loc["nrr"]
    return _(
        "The baseline is what the {accounts} of today are expected to bring again: {baseline} of "
        "their last twelve months, by how accounts like them went on in the past year. Accounts "
        "yet unknown are not in it."
    ).format(accounts=counted(accounts, "account"), baseline=percent(row["baseline"]))


def months_title(months: pd.DataFrame, currency: str | None = None) -> str:
    """Say in which month the levers weigh most.

    >>> rows = {"month": pd.to_datetime(["2026-10-01", "2026-11-01"]), "baseline": [5.0, 5.0], "scenario": [5.0, 3.0]}
    >>> months_title(pd.DataFrame(rows), "EUR")
    'The levers weigh most in Nov 2026: −2.00 a month'
    """
    if months.empty:
        return "What the months ahead bring is not known"
    difference = (months["scenario"] - months["baseline"]).to_numpy(dtype=float)
    if not abs(difference).max() > SMALL_CHANGE * max(1.0, float(months["baseline"].abs().max())):
        low, high = float(months["baseline"].min()), float(months["baseline"].max())
        return _("The months ahead are expected between {low} and {high}").format(
            low=money(low, currency), high=money(high, currency)
        )
    most = int(abs(difference).argmax())
    return _("The levers weigh most in {iloc:%b %Y}: {difference} a month").format(
        iloc=months["month"].iloc[most], difference=signed_money(difference[most])
    )


def gains_title(accounts: pd.DataFrame, currency: str | None = None) -> str:
    """Say how many accounts gain and lose by the levers, and who most.

    >>> rows = {"name": ["Nord", "Süd"], "change": [-2e6, 1e3], "what": ["lost", "changed"]}
    >>> gains_title(pd.DataFrame(rows), "EUR")
    '1 account gains and 1 account loses; Nord changes most, by −EUR 2.00 M'
    """
    gains, losses = (int((sign * accounts["change"] > SMALL_CHANGE).sum()) for sign in (1, -1))
    if not gains + losses:
        return _("No account brings more or less revenue under these levers")
    most = accounts.iloc[int(accounts["change"].abs().to_numpy().argmax())]
    who = [
        f"{counted(number, 'account')} {verb if number > 1 else f'{verb}s'}"
        for number, verb in ((gains, "gain"), (losses, "lose"))
        if number
    ]
    told = " and ".join(who)
    return _("{told}; {name} changes most, by {change}").format(
        told=told, name=most["name"], change=signed_money(most["change"], currency)
    )


def tornado_title(tornado: pd.DataFrame, levers: Sequence[str], measure: str, currency: str | None = None) -> str:
    """Say which lever does most, and which assumption the answer rests on most.

    Parameters
    ----------
    tornado
        The frame of `Book.what_if_tornado`.
    levers
        Each lever in words.
    measure
        "revenue" or "margin".
    """
    alone = tornado[tornado["kind"] == "lever"]
    if alone.empty:
        return "No lever is set"
    most = alone.iloc[int(alone["low"].abs().to_numpy().argmax())]
    told = _("“{levers}” does most: {low} of {measure}").format(
        levers=levers[int(most["item"])], low=signed_money(most["low"], currency), measure=measure
    )
    rests = tornado[tornado["kind"] == "assumption"]
    if rests.empty:
        return told
    first = rests.iloc[0]
    low, high = sorted((first["low"], first["high"]))
    name = f"{first['item'][0].lower()}{first['item'][1:]}"
    return _("{told}; the answer rests most on {name}: {low} to {high}").format(
        told=told, name=name, low=signed_money(low), high=signed_money(high)
    )


def break_even(rows: pd.DataFrame, levers: Sequence[str]) -> list[str]:
    """Say of each lever on prices or costs how much volume it may cost before the margin falls.

    >>> rows = {"item": ["0"], "price_change": [0.03], "break_even": [-0.0909], "expected": [-0.03], "reason": [None]}
    >>> break_even(pd.DataFrame(rows), ["List price +3.0 % for all accounts"])
    ['List price +3.0 % for all accounts: it may cost up to 9.1 % of the volume before the margin falls; the assumed \
response costs 3.0 %.']
    """
    reasons = set(rows["reason"].dropna())
    if len(rows) > 1 and rows["break_even"].isna().all() and len(reasons) == 1:
        return [_("No break-even can be told: {pop}.").format(pop=reasons.pop())]
    said = []
    for row in rows.to_dict("records"):
        name = _("All of them together") if row["item"] == "all" else levers[int(row["item"])]
        if not known(row["break_even"]):
            said.append(_("{name}: no break-even, as {reason}.").format(name=name, reason=row["reason"]))
            continue
        even, expected = row["break_even"], row["expected"]
        needs = (
            _("it may cost up to {percent} of the volume before the margin falls").format(percent=percent(-even))
            if even < 0
            else _("it must bring {even} more volume, or the margin falls").format(even=percent(even))
        )
        said.append(
            _("{name}: {needs}; the assumed response {response}.").format(
                name=name, needs=needs, response=_response(expected)
            )
        )
    return said


def _response(expected: float) -> str:
    if abs(expected) < SMALL_CHANGE:
        return _("is none")
    return (
        _("costs {percent}").format(percent=percent(-expected))
        if expected < 0
        else _("brings {expected}").format(expected=percent(expected))
    )


def back_test(rows: pd.DataFrame) -> str:
    """Say how often 80 % ranges held what came.

    >>> rows = {"test": ["accounts left out", "a later year"], "n": [112, 110], "coverage": [0.79, 0.81]}
    >>> back_test(pd.DataFrame(rows))
    'Measured on the past: 79.0 % of 112 accounts left out of the measurement, and 81.0 % of 110 in a later year, had \
their next twelve months inside their 80 % range.'
    """
    if rows.empty:
        return _(
            "How good these ranges are cannot be measured: that needs two years of sales. Retention, "
            "growth and spread are assumptions, too."
        )
    words = {"accounts left out": _("accounts left out of the measurement"), "a later year": _("in a later year")}
    parts = [
        _("{coverage} of {n} {words}").format(
            coverage=percent(row["coverage"]), n=count(row["n"]), words=words[row["test"]]
        )
        for row in rows.to_dict("records")
    ]
    comma = "," if len(parts) > 1 else ""
    told = ", and ".join(parts)
    return _(
        "Measured on the past: {told}{comma} had their next twelve months inside their {scenario_range} range."
    ).format(told=told, comma=comma, scenario_range=SCENARIO_RANGE)


def compared_title(compared: pd.DataFrame, measure: str, currency: str | None = None) -> str:
    """Say which of the kept scenarios brings most.

    >>> rows = {"name": ["Cap", "Lose"], "measure": "revenue", "change": [2e6, -1e6]}
    >>> compared_title(pd.DataFrame(rows), "revenue", "EUR")
    'Cap brings most revenue: +EUR 2.00 M against the baseline'
    """
    rows = compared[(compared["measure"] == measure) & compared["change"].notna()]
    if rows.empty:
        return _("{measures} cannot be told for any of these scenarios").format(measures=MEASURES[measure])
    best = rows.iloc[int(rows["change"].to_numpy(dtype=float).argmax())]
    change_of = signed_money(best["change"], currency)
    does = _("brings most") if best["change"] >= 0 else _("costs least")
    return _("{name} {does} {lower}: {change_of} against the baseline").format(
        name=best["name"], does=does, lower=MEASURES[measure].lower(), change_of=change_of
    )


def left_out(problems: Sequence[str], levers: int) -> str:
    """Say which levers of a link are left out, and why."""
    kept = levers - len(problems)
    rest = _("The rest is applied.") if kept else _("No lever is left: this is the baseline.")
    what = [problem.removesuffix(" Nothing was computed.") for problem in problems]
    return _("{counted} of this scenario cannot be applied here. {what} {rest}").format(
        counted=counted(len(problems), "lever"), what=" ".join(what), rest=rest
    )
