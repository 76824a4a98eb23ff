"""What the What-if page says: the answer, what it rests on, and how good ranges have been."""

from collections.abc import Sequence

import pandas as pd

from kam.base.numbers import count, known, money, month, percent, signed_money, signed_points, spanned
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _, joined, ngettext, sentence

MEASURES = {
    "revenue": _("Revenue"),
    "margin": _("Margin"),
    "margin_rate": _("Margin rate"),
    "top_20pct_share": _("Largest fifth"),
    "hhi": _("HHI"),
    "nrr": _("Net retention"),
    "clv": _("Lifetime value"),
    "objectives_met": _("Objectives met"),
}
SMALL_CHANGE = 0.0005


def too_short(months: int) -> str:
    """Say why a book of fewer than twelve months has no year ahead.

    >>> too_short(3)
    'A year ahead is told from the last twelve months, and the sales hold 3 months: what a year brings is not known \
yet. Add older sales, or come back when they cover a year.'
    """
    return _(
        "A year ahead is told from the last twelve months, and the sales hold {months}: what a "
        "year brings is not known yet. Add older sales, or come back when they cover a year."
    ).format(months=spanned(months))


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
            "Without any lever, today's accounts are expected to bring {revenue} in the twelve "
            "months ahead, between {low} and {high}; the last twelve brought {last_year}."
        ).format(
            revenue=money(row["scenario"], currency),
            low=money(row["low"], currency),
            high=money(row["high"], currency),
            last_year=money(row["last_year"], currency),
        )
    changed = _changed(row, _("{change} of revenue"), _("{change} of revenue ({share}: {low} to {high})"), currency)
    margin = table[(table["measure"] == "margin") & table["change"].notna()]
    if len(margin):
        more = _changed(margin.iloc[0], _("{change} of margin"), _("{change} of margin ({low} to {high})"), currency)
        changed = _("{revenue} and {margin}").format(revenue=changed, margin=more)
    return ngettext(
        "This lever changes the twelve months ahead by {changed}.",
        "These {levers} levers change the twelve months ahead by {changed}.",
        levers,
    ).format(levers=count(levers), changed=changed)


def _changed(row: pd.Series, sure: str, ranged: str, currency: str | None) -> str:
    is_sure = row["change_high"] - row["change_low"] <= SMALL_CHANGE * abs(row["change"])
    return (sure if is_sure else ranged).format(
        change=signed_money(row["change"], currency),
        share=SCENARIO_RANGE,
        low=signed_money(row["change_low"]),
        high=signed_money(row["change_high"]),
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
    return _("{low} to {high}").format(low=written(measure, low), high=written(measure, high))


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
    return ngettext(
        "The baseline is what the {accounts} account of today are expected to bring again: {share} of their last"
        " twelve months, by how accounts like them went on in the past year. Accounts yet unknown are not in it.",
        "The baseline is what the {accounts} accounts of today are expected to bring again: {share} of their last"
        " twelve months, by how accounts like them went on in the past year. Accounts yet unknown are not in it.",
        accounts,
    ).format(accounts=count(accounts), share=percent(row["baseline"]))


def months_title(months: pd.DataFrame, currency: str | None = None) -> str:
    """Say in which month the levers weigh most.

    >>> rows = {"month": pd.to_datetime(["2026-10-01", "2026-11-01"]), "baseline": [5.0, 5.0], "scenario": [5.0, 3.0]}
    >>> months_title(pd.DataFrame(rows), "EUR")
    'The levers weigh most in Nov 2026: −2.00 a month'
    """
    if months.empty:
        return _("What the months ahead bring is not known")
    difference = (months["scenario"] - months["baseline"]).to_numpy(dtype=float)
    if not abs(difference).max() > SMALL_CHANGE * max(1.0, float(months["baseline"].abs().max())):
        low, high = float(months["baseline"].min()), float(months["baseline"].max())
        return _("The months ahead are expected between {low} and {high}").format(
            low=money(low, currency), high=money(high, currency)
        )
    most = int(abs(difference).argmax())
    return _("The levers weigh most in {month}: {change} a month").format(
        month=month(months["month"].iloc[most]), change=signed_money(difference[most])
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
    gain = ngettext("{accounts} account gains", "{accounts} accounts gain", gains).format(accounts=count(gains))
    lose = ngettext("{accounts} account loses", "{accounts} accounts lose", losses).format(accounts=count(losses))
    both = _("{gain} and {lose}").format(gain=gain, lose=lose)
    return joined(
        both if gains and losses else gain if gains else lose,
        _("{account} changes most, by {change}").format(
            account=most["name"], change=signed_money(most["change"], currency)
        ),
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
        return _("No lever is set")
    most = alone.iloc[int(alone["low"].abs().to_numpy().argmax())]
    told = _("“{lever}” does most: {change} of {measure}").format(
        lever=levers[int(most["item"])], change=signed_money(most["low"], currency), measure=MEASURES[measure].lower()
    )
    rests = tornado[tornado["kind"] == "assumption"]
    if rests.empty:
        return told
    first = rests.iloc[0]
    low, high = sorted((first["low"], first["high"]))
    name = f"{first['item'][0].lower()}{first['item'][1:]}"
    rests_on = _("the answer rests most on {assumption}: {low} to {high}")
    return joined(told, rests_on.format(assumption=name, low=signed_money(low), high=signed_money(high)))


def break_even(rows: pd.DataFrame, levers: Sequence[str]) -> list[str]:
    """Say of each lever on prices or costs how much volume it may cost before the margin falls.

    >>> rows = {"item": ["0"], "price_change": [0.03], "break_even": [-0.0909], "expected": [-0.03], "reason": [None]}
    >>> break_even(pd.DataFrame(rows), ["List price +3.0 % for all accounts"])
    ['List price +3.0 % for all accounts: it may cost up to 9.1 % of the volume before the margin falls; the assumed \
response costs 3.0 %.']
    """
    reasons = set(rows["reason"].dropna())
    if len(rows) > 1 and rows["break_even"].isna().all() and len(reasons) == 1:
        return [_("No break-even can be told: {reason}.").format(reason=reasons.pop())]
    said = []
    for row in rows.to_dict("records"):
        name = _("All of them together") if row["item"] == "all" else levers[int(row["item"])]
        if not known(row["break_even"]):
            said.append(_("{lever}: no break-even, as {reason}.").format(lever=name, reason=row["reason"]))
            continue
        even = row["break_even"]
        needs = (
            _("{lever}: it may cost up to {share} of the volume before the margin falls")
            if even < 0
            else _("{lever}: it must bring {share} more volume, or the margin falls")
        ).format(lever=name, share=percent(abs(even)))
        said.append(sentence(needs, _response(row["expected"])))
    return said


def _response(expected: float) -> str:
    if abs(expected) < SMALL_CHANGE:
        return _("the assumed response is none")
    told = _("the assumed response costs {share}") if expected < 0 else _("the assumed response brings {share}")
    return told.format(share=percent(abs(expected)))


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
    words = {
        "accounts left out": _("{share} of {accounts} accounts left out of the measurement"),
        "a later year": _("{share} of {accounts} in a later year"),
    }
    first, *second = (
        words[row["test"]].format(share=percent(row["coverage"]), accounts=count(row["n"]))
        for row in rows.to_dict("records")
    )
    told = (
        _("Measured on the past: {first}, and {second}, had their next twelve months inside their {range} range.")
        if second
        else _("Measured on the past: {first} had their next twelve months inside their {range} range.")
    )
    return told.format(first=first, second="".join(second), range=SCENARIO_RANGE)


def compared_title(compared: pd.DataFrame, measure: str, currency: str | None = None) -> str:
    """Say which of the kept scenarios brings most.

    >>> rows = {"name": ["Cap", "Lose"], "measure": "revenue", "change": [2e6, -1e6]}
    >>> compared_title(pd.DataFrame(rows), "revenue", "EUR")
    'Cap brings most revenue: +EUR 2.00 M against the baseline'
    """
    rows = compared[(compared["measure"] == measure) & compared["change"].notna()]
    if rows.empty:
        return _("{measure} cannot be told for any of these scenarios").format(measure=MEASURES[measure])
    best = rows.iloc[int(rows["change"].to_numpy(dtype=float).argmax())]
    told = (
        _("{scenario} brings most {measure}: {change} against the baseline")
        if best["change"] >= 0
        else _("{scenario} costs least {measure}: {change} against the baseline")
    )
    return told.format(
        scenario=best["name"], measure=MEASURES[measure].lower(), change=signed_money(best["change"], currency)
    )
