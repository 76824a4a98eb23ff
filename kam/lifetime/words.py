"""What lifetime value says in words: how much, by which method and why, and how well that foretold the last months."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, counted, known, money, month, percent
from kam.base.ranges import RANGE
from kam.base.texts import _

MODEL, LAST_YEAR, SIMPLE = _("BG/NBD and gamma-gamma"), _("same as last year"), "simple"
"""The methods by which an account is valued."""
YEAR = 12
_NO_YEAR_BEFORE = _("retention needs sales of two years, and the book holds no account of a year ago")


def untested(start: dt.date | None, refusal: str | None) -> str:
    """Say why a model that fits today is refused: it could not be tested.

    >>> untested(dt.date(2026, 1, 1), "The book has 9 accounts; the model needs 100.")
    'The model cannot be tested on the months from Jan 2026. Before them: The book has 9 accounts; the model needs 100.'
    """
    if start is None or refusal is None:
        return _("The book is too short to test a model on its own last months.")
    return _("The model cannot be tested on the months from {start}. Before them: {refusal}").format(
        start=month(start), refusal=refusal
    )


def same_again(months: float) -> str:
    """Name the forecast that anybody can make: what each account brought in as many months before.

    >>> same_again(12), same_again(8)
    ('same as last year', 'same as the 8 months before')
    """
    return (
        LAST_YEAR if months == YEAR else _("same as the {months} before").format(months=counted(int(months), "month"))
    )


def reason(method: pd.Series, currency: str | None = None) -> str:
    """Say by which method accounts are valued, and why by that one.

    Parameters
    ----------
    method
        The row of `lifetime_method`.
    currency
        Written before the amounts.
    """
    if method["method"] == SIMPLE:
        return _(
            "Each account is valued by its {measure} of twelve months and the retention of its "
            "peers, since there is no model of its purchases to trust. {refusal}"
        ).format(measure=method["measure"], refusal=method["refusal"])
    model, last = (money(method[f"{name}_value_error"], currency) for name in ("model", "last"))
    said = _(
        "In the last {test_months} the model missed what an account brought by {model} on average, “{same_again}” by"
    ).format(
        test_months=counted(int(method["test_months"]), "month"),
        model=model,
        same_again=same_again(method["test_months"]),
    )
    if method["method"] == MODEL:
        return _("{said} {last}: accounts are valued by the model.{in_sum}").format(
            said=said, last=last, in_sum=_in_sum(method["model_value_total"])
        )
    said += _(" only {last}: accounts are valued as bringing the same again.{in_sum}").format(
        last=last, in_sum=_in_sum(method["last_value_total"])
    )
    if method["purchases_method"] == MODEL:
        said += _(" How often they buy was foretold better by the model, so purchases are the model's.")
    return said


def doubt(method: pd.Series) -> str:
    """Say what is doubtful about the model's independence of frequency and worth, or nothing.

    >>> doubt(pd.Series({"is_doubtful": True, "correlation": 0.42, "measure": "margin", "method": MODEL}))
    'Doubtful: accounts that buy often also earn more a purchase (correlation 0.42), and the model takes the two for \
independent.'
    """
    if not method["is_doubtful"] or method["method"] == SIMPLE:
        return ""
    verb = "earn" if method["measure"] == "margin" else "bring"
    return _(
        "Doubtful: accounts that buy often also {verb} more a purchase (correlation "
        "{correlation:.2f}), and the model takes the two for independent."
    ).format(verb=verb, correlation=method["correlation"])


def horizon(method: pd.Series, months: int) -> str:
    """Say how far ahead the value looks.

    >>> horizon(pd.Series({"method": SIMPLE}), 12), horizon(pd.Series({"method": MODEL}), 12)
    ('all years ahead', 'next 12 months')
    """
    return (
        _("all years ahead")
        if method["method"] == SIMPLE
        else _("next {months}").format(months=counted(months, "month"))
    )


def back_test_title(method: pd.Series) -> str:
    """Say by how much either forecast of the purchases of the last months was off in sum; takes `lifetime_method`.

    >>> row = {"model_purchases_total": 0.098, "last_purchases_total": 0.182, "test_months": 8}
    >>> back_test_title(pd.Series(row))
    'The model foretold 9.8 % too many purchases, “same as the 8 months before” 18.2 % too many'
    """
    if not known(method["test_months"]):
        return _("Nothing to test on yet")
    again, off = same_again(method["test_months"]), method["last_purchases_total"]
    if known(method["model_purchases_total"]):
        return _("The model foretold {off}, “{again}” {off_2}").format(
            off=_off(method["model_purchases_total"], " purchases"), again=again, off_2=_off(off)
        )
    if not known(off):
        return _("Nothing was bought in the months to test on")
    return _("“{upper}{again}” foretold {off}; no model stands beside it").format(
        upper=again[0].upper(), again=again[1:], off=_off(off, " purchases")
    )


def account_note(row: pd.Series, method: pd.Series, months: int, currency: str | None = None) -> str:
    """Say in one sentence what one account is worth, between which ends, and whether it is still there.

    Parameters
    ----------
    row
        The account's row of `lifetime`.
    """
    if not known(row["clv"]):
        return _("What this account is worth is unknown: {unknown}.").format(unknown=_unknown(row, method))
    measure, ahead = method["measure"], horizon(method, months)
    said = _("Worth {clv} of {measure}, {ahead}").format(clv=money(row["clv"], currency), measure=measure, ahead=ahead)
    if known(row["clv_low"]):
        said += _("; {range} range {clv_low} to {clv_high}").format(
            range=RANGE, clv_low=money(row["clv_low"], currency), clv_high=money(row["clv_high"], currency)
        )
    if known(row["p_alive"]):
        said += _(". The chance that it still is a customer is {p_alive}").format(p_alive=percent(row["p_alive"]))
    return _("{said}. Method: {method}.").format(said=said, method=row["method"])


def unvalued(total: pd.Series, method: pd.Series) -> str:
    """Say how many accounts have no value, and why; nothing if all have. Takes `lifetime_total`."""
    missing = int(total["accounts"] - total["valued"])
    if not missing:
        return ""
    if method["method"] == SIMPLE and not known(method["retention"]):
        return _("No account can be valued: {no_year_before}.").format(no_year_before=_NO_YEAR_BEFORE)
    whose = _("{missing} of {accounts}").format(
        missing=count(missing), accounts=counted(int(total["accounts"]), "account")
    )
    why = _("never brought more than they sent back")
    if method["measure"] == "margin":
        why += _(", or have no cost on any line")
    return _("{whose} cannot be valued: they {why}.").format(whose=whose, why=why)


def _unknown(row: pd.Series, method: pd.Series) -> str:
    """Say why the value of an account is unknown."""
    if method["method"] == SIMPLE and not known(method["retention"]):
        return _NO_YEAR_BEFORE
    return _("no line of it has a cost") if known(row["frequency"]) else _("it never brought more than it sent back")


def _in_sum(share: float) -> str:
    """Say by which share of the actual sum of money a forecast was off, if there was one to compare."""
    return (
        _(" In sum that foretold {abs} too {value}.").format(
            abs=percent(abs(share)), value="much" if share >= 0 else "little"
        )
        if known(share)
        else ""
    )


def _off(share: float, noun: str = "") -> str:
    """Write by which share of the actual number a forecast was off."""
    if not known(share):
        return _("cannot be compared")
    return _("{abs} too {value}{noun}").format(
        abs=percent(abs(share)), value="many" if share >= 0 else "few", noun=noun
    )
