"""What lifetime value says in words: how much, by which method and why, and how well that foretold the last months."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, counted, known, money, month, percent
from kam.base.ranges import RANGE

MODEL, LAST_YEAR, SIMPLE = "BG/NBD and gamma-gamma", "same as last year", "simple"
"""The methods by which an account is valued."""
YEAR = 12
_NO_YEAR_BEFORE = "retention needs sales of two years, and the book holds no account of a year ago"


def untested(start: dt.date | None, refusal: str | None) -> str:
    """Say why a model that fits today is refused: it could not be tested.

    >>> untested(dt.date(2026, 1, 1), "The book has 9 accounts; the model needs 100.")
    'The model cannot be tested on the months from Jan 2026. Before them: The book has 9 accounts; the model needs 100.'
    """
    if start is None or refusal is None:
        return "The book is too short to test a model on its own last months."
    return f"The model cannot be tested on the months from {month(start)}. Before them: {refusal}"


def same_again(months: float) -> str:
    """Name the forecast that anybody can make: what each account brought in as many months before.

    >>> same_again(12), same_again(8)
    ('same as last year', 'same as the 8 months before')
    """
    return LAST_YEAR if months == YEAR else f"same as the {counted(int(months), 'month')} before"


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
        return (
            f"Each account is valued by its {method['measure']} of twelve months and the retention of its peers, since"
            f" there is no model of its purchases to trust. {method['refusal']}"
        )
    model, last = (money(method[f"{name}_value_error"], currency) for name in ("model", "last"))
    said = (
        f"In the last {counted(int(method['test_months']), 'month')} the model missed what an account brought by"
        f" {model} on average, “{same_again(method['test_months'])}” by"
    )
    if method["method"] == MODEL:
        return f"{said} {last}: accounts are valued by the model.{_in_sum(method['model_value_total'])}"
    said += f" only {last}: accounts are valued as bringing the same again.{_in_sum(method['last_value_total'])}"
    if method["purchases_method"] == MODEL:
        said += " How often they buy was foretold better by the model, so purchases are the model's."
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
    return (
        f"Doubtful: accounts that buy often also {verb} more a purchase (correlation {method['correlation']:.2f}), and"
        " the model takes the two for independent."
    )


def horizon(method: pd.Series, months: int) -> str:
    """Say how far ahead the value looks.

    >>> horizon(pd.Series({"method": SIMPLE}), 12), horizon(pd.Series({"method": MODEL}), 12)
    ('all years ahead', 'next 12 months')
    """
    return "all years ahead" if method["method"] == SIMPLE else f"next {counted(months, 'month')}"


def back_test_title(method: pd.Series) -> str:
    """Say by how much either forecast of the purchases of the last months was off in sum; takes `lifetime_method`.

    >>> row = {"model_purchases_total": 0.098, "last_purchases_total": 0.182, "test_months": 8}
    >>> back_test_title(pd.Series(row))
    'The model foretold 9.8 % too many purchases, “same as the 8 months before” 18.2 % too many'
    """
    if not known(method["test_months"]):
        return "Nothing to test on yet"
    again, off = same_again(method["test_months"]), method["last_purchases_total"]
    if known(method["model_purchases_total"]):
        return f"The model foretold {_off(method['model_purchases_total'], ' purchases')}, “{again}” {_off(off)}"
    if not known(off):
        return "Nothing was bought in the months to test on"
    return f"“{again[0].upper()}{again[1:]}” foretold {_off(off, ' purchases')}; no model stands beside it"


def account_note(row: pd.Series, method: pd.Series, months: int, currency: str | None = None) -> str:
    """Say in one sentence what one account is worth, between which ends, and whether it is still there.

    Parameters
    ----------
    row
        The account's row of `lifetime`.
    """
    if not known(row["clv"]):
        return f"What this account is worth is unknown: {_unknown(row, method)}."
    measure, ahead = method["measure"], horizon(method, months)
    said = f"Worth {money(row['clv'], currency)} of {measure}, {ahead}"
    if known(row["clv_low"]):
        said += f"; {RANGE} range {money(row['clv_low'], currency)} to {money(row['clv_high'], currency)}"
    if known(row["p_alive"]):
        said += f". The chance that it still is a customer is {percent(row['p_alive'])}"
    return f"{said}. Method: {row['method']}."


def unvalued(total: pd.Series, method: pd.Series) -> str:
    """Say how many accounts have no value, and why; nothing if all have. Takes `lifetime_total`."""
    missing = int(total["accounts"] - total["valued"])
    if not missing:
        return ""
    if method["method"] == SIMPLE and not known(method["retention"]):
        return f"No account can be valued: {_NO_YEAR_BEFORE}."
    whose = f"{count(missing)} of {counted(int(total['accounts']), 'account')}"
    why = "never brought more than they sent back"
    if method["measure"] == "margin":
        why += ", or have no cost on any line"
    return f"{whose} cannot be valued: they {why}."


def _unknown(row: pd.Series, method: pd.Series) -> str:
    """Say why the value of an account is unknown."""
    if method["method"] == SIMPLE and not known(method["retention"]):
        return _NO_YEAR_BEFORE
    return "no line of it has a cost" if known(row["frequency"]) else "it never brought more than it sent back"


def _in_sum(share: float) -> str:
    """Say by which share of the actual sum of money a forecast was off, if there was one to compare."""
    return (
        f" In sum that foretold {percent(abs(share))} too {'much' if share >= 0 else 'little'}." if known(share) else ""
    )


def _off(share: float, noun: str = "") -> str:
    """Write by which share of the actual number a forecast was off."""
    if not known(share):
        return "cannot be compared"
    return f"{percent(abs(share))} too {'many' if share >= 0 else 'few'}{noun}"
