"""What lifetime value says in words: how much, by which method and why, and how well that foretold the last months."""

import datetime as dt
from dataclasses import replace

import pandas as pd

from kam.base.columns import Column, Columns, columns
from kam.base.numbers import count, known, money, month, percent
from kam.base.ranges import RANGE
from kam.base.rules import HIGH, LOW
from kam.base.terms import MEASURES
from kam.base.texts import _, ngettext

MODEL, LAST_YEAR, SIMPLE = _("BG/NBD and gamma-gamma"), _("same as last year"), _("simple")
"""The methods by which an account is valued."""
YEAR = 12
_COLUMNS = columns(
    "name manager clv clv_low clv_high p_alive expected_purchases retention frequency recency T revenue margin",
    clv=Column(_("Lifetime value"), "money"),
    clv_low=Column(_("Low end"), "money", _("{futures:.4g} of 100 futures bring less").format(futures=100 * LOW)),
    clv_high=Column(
        _("High end"), "money", _("{futures:.4g} of 100 futures bring more").format(futures=100 * (1 - HIGH))
    ),
    p_alive=Column(_("P(alive)"), "chance"),
    expected_purchases=Column(_("Purchases ahead"), "number", _("Expected within the months"), form="%.1f"),
    retention=Column(_("Retention of peers"), "percent", _("The chance that an account like it stays another year")),
    frequency=Column(_("Repeats"), "count", _("Days with a purchase after the first one")),
    recency=Column(_("First to last (weeks)"), "number", form="%.0f"),
    T=Column(_("Since first (weeks)"), "number", form="%.0f"),
    revenue=Column(_("Revenue (T12M)"), "money"),
    margin=Column(_("Margin (T12M)"), "money"),
)
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
    if months == YEAR:
        return LAST_YEAR
    return ngettext("same as the {months} month before", "same as the {months} months before", int(months)).format(
        months=count(months)
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
        ).format(measure=MEASURES[method["measure"]], refusal=method["refusal"])
    months = int(method["test_months"])
    is_better = method["method"] == MODEL
    if is_better:
        said = ngettext(
            "In the last {months} month the model missed what an account brought by {model} on average, "
            "“{again}” by {last}: accounts are valued by the model.",
            "In the last {months} months the model missed what an account brought by {model} on average, "
            "“{again}” by {last}: accounts are valued by the model.",
            months,
        )
    else:
        said = ngettext(
            "In the last {months} month the model missed what an account brought by {model} on average, "
            "“{again}” by only {last}: accounts are valued as bringing the same again.",
            "In the last {months} months the model missed what an account brought by {model} on average, "
            "“{again}” by only {last}: accounts are valued as bringing the same again.",
            months,
        )
    told = [
        said.format(
            months=count(months),
            model=money(method["model_value_error"], currency),
            again=same_again(months),
            last=money(method["last_value_error"], currency),
        )
    ]
    off = method["model_value_total" if is_better else "last_value_total"]
    if known(off):
        sum_off = (
            _("In sum that foretold {share} too much.") if off >= 0 else _("In sum that foretold {share} too little.")
        )
        told.append(sum_off.format(share=percent(abs(off))))
    if not is_better and method["purchases_method"] == MODEL:
        told.append(_("How often they buy was foretold better by the model, so purchases are the model's."))
    return " ".join(told)


def doubt(method: pd.Series) -> str:
    """Say what is doubtful about the model's independence of frequency and worth, or nothing.

    >>> doubt(pd.Series({"is_doubtful": True, "correlation": 0.42, "measure": "margin", "method": MODEL}))
    'Doubtful: accounts that buy often also earn more a purchase (correlation 0.42), and the model takes the two for \
independent.'
    """
    if not method["is_doubtful"] or method["method"] == SIMPLE:
        return ""
    if method["measure"] == "margin":
        said = _(
            "Doubtful: accounts that buy often also earn more a purchase (correlation "
            "{correlation:.2f}), and the model takes the two for independent."
        )
    else:
        said = _(
            "Doubtful: accounts that buy often also bring more a purchase (correlation "
            "{correlation:.2f}), and the model takes the two for independent."
        )
    return said.format(correlation=method["correlation"])


def horizon(method: pd.Series, months: int) -> str:
    """Say how far ahead the value looks.

    >>> horizon(pd.Series({"method": SIMPLE}), 12), horizon(pd.Series({"method": MODEL}), 12)
    ('all years ahead', 'next 12 months')
    """
    if method["method"] == SIMPLE:
        return _("all years ahead")
    return ngettext("next {months} month", "next {months} months", months).format(months=count(months))


def back_test_title(method: pd.Series) -> str:
    """Say by how much either forecast of the purchases of the last months was off in sum; takes `lifetime_method`.

    >>> row = {"model_purchases_total": 0.098, "last_purchases_total": 0.182, "test_months": 8}
    >>> back_test_title(pd.Series(row))
    'The model foretold 9.8 % too many purchases, “same as the 8 months before” 18.2 % too many'
    """
    if not known(method["test_months"]):
        return _("Nothing to test on yet")
    again, off = same_again(method["test_months"]), method["last_purchases_total"]
    if known(model_off := method["model_purchases_total"]):
        model = (
            _("The model foretold {share} too many purchases")
            if model_off >= 0
            else _("The model foretold {share} too few purchases")
        )
        beside = _("“{again}” cannot be compared")
        if known(off):
            beside = _("“{again}” {share} too many") if off >= 0 else _("“{again}” {share} too few")
        return _("{model}, {beside}").format(
            model=model.format(share=percent(abs(model_off))),
            beside=beside.format(again=again, share=percent(abs(off))),
        )
    if not known(off):
        return _("Nothing was bought in the months to test on")
    alone = (
        _("“{again}” foretold {share} too many purchases; no model stands beside it")
        if off >= 0
        else _("“{again}” foretold {share} too few purchases; no model stands beside it")
    )
    return alone.format(again=begun(again), share=percent(abs(off)))


def begun(phrase: str) -> str:
    """Begin a sentence with a phrase.

    >>> begun("same as last year")
    'Same as last year'
    """
    return phrase[0].upper() + phrase[1:]


def account_note(row: pd.Series, method: pd.Series, months: int, currency: str | None = None) -> str:
    """Say in one sentence what one account is worth, between which ends, and whether it is still there.

    Parameters
    ----------
    row
        The account's row of `lifetime`.
    """
    if not known(row["clv"]):
        return _("What this account is worth is unknown: {reason}.").format(reason=_unknown(row, method))
    worth = _("Worth {value} of {measure}, {ahead}.")
    if known(row["clv_low"]):
        worth = _("Worth {value} of {measure}, {ahead}; {range} range {low} to {high}.")
    told = [
        worth.format(
            value=money(row["clv"], currency),
            measure=MEASURES[method["measure"]],
            ahead=horizon(method, months),
            range=RANGE,
            low=money(row["clv_low"], currency),
            high=money(row["clv_high"], currency),
        )
    ]
    if known(row["p_alive"]):
        told.append(_("The chance that it still is a customer is {chance}.").format(chance=percent(row["p_alive"])))
    told.append(_("Method: {method}.").format(method=row["method"]))
    return " ".join(told)


def unvalued(total: pd.Series, method: pd.Series) -> str:
    """Say how many accounts have no value, and why; nothing if all have. Takes `lifetime_total`."""
    missing = int(total["accounts"] - total["valued"])
    if not missing:
        return ""
    if method["method"] == SIMPLE and not known(method["retention"]):
        return _("No account can be valued: {reason}.").format(reason=_NO_YEAR_BEFORE)
    accounts = int(total["accounts"])
    said = ngettext(
        "{missing} of {accounts} account cannot be valued: they never brought more than they sent back.",
        "{missing} of {accounts} accounts cannot be valued: they never brought more than they sent back.",
        accounts,
    )
    if method["measure"] == "margin":
        said = ngettext(
            "{missing} of {accounts} account cannot be valued: they never brought more than they sent "
            "back, or have no cost on any line.",
            "{missing} of {accounts} accounts cannot be valued: they never brought more than they sent "
            "back, or have no cost on any line.",
            accounts,
        )
    return said.format(missing=count(missing), accounts=count(accounts))


def _unknown(row: pd.Series, method: pd.Series) -> str:
    """Say why the value of an account is unknown."""
    if method["method"] == SIMPLE and not known(method["retention"]):
        return _NO_YEAR_BEFORE
    return _("no line of it has a cost") if known(row["frequency"]) else _("it never brought more than it sent back")


def lifetime_columns(ahead: str) -> Columns:
    """Take the columns of the table of accounts by lifetime value; `ahead` says over which months."""
    return _COLUMNS | {"clv": replace(_COLUMNS["clv"], help=begun(ahead))}
