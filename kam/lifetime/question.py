"""What each account of a book will bring from now on, how sure that is, and how well it could be foretold before."""

import pandas as pd

from kam.base.rules import MONTHLY_DISCOUNT
from kam.lifetime.back_test import TENTHS_COLUMNS, tenths
from kam.lifetime.fit import Fitted, fit, method_row
from kam.lifetime.value import Lifetime
from kam.lifetime.value import lifetime as _lifetime
from kam.view import View, question


@question
def lifetime(view: View, months: int = 12, monthly_discount: float = MONTHLY_DISCOUNT) -> pd.DataFrame:
    """Return what each account will bring with its 90 % range, P(alive), and by which method."""
    return _foretold(view, months, monthly_discount).narrowed(_units(view))


@question
def lifetime_total(view: View, months: int = 12, monthly_discount: float = MONTHLY_DISCOUNT) -> pd.DataFrame:
    """Return what the accounts in view will bring together, with its 90 % range: one row."""
    return _foretold(view, months, monthly_discount).total(_units(view))


@question
def lifetime_method(view: View) -> pd.DataFrame:
    """Return by which method, why, the parameters with their errors, and the errors of the back-test: one row."""
    return method_row(fitted(view))


@question
def lifetime_back_test(view: View) -> pd.DataFrame:
    """Return what was foretold for the last months beside what came, by tenths of all accounts."""
    test = fitted(view).test
    return pd.DataFrame(columns=TENTHS_COLUMNS, dtype="float64") if test is None else tenths(test)


def fitted(view: View) -> Fitted:
    """Fit the models to all accounts once for a level and month; the last fits are kept."""

    def make() -> Fitted:
        return view.whole.ask(fit, first_day=view.first_day, last_day=view.last_day, as_of=view.as_of)

    return view.kept_for_all("lifetime fit", make, view.as_of, view.level)


def _foretold(view: View, months: int, monthly_discount: float) -> Lifetime:
    """Foretell what every account of the book brings, whoever is in view; the last forecasts are kept."""

    def make() -> Lifetime:
        ahead = {"months": months, "monthly_discount": monthly_discount}
        return view.whole.ask(_lifetime, fitted(view), as_of=view.as_of, **ahead)

    return view.kept_for_all("lifetime", make, view.as_of, view.level, months, monthly_discount)


def _units(view: View) -> list[str] | None:
    """List the accounts, or the parents of the accounts, in view; None is all."""
    if view.scope is None:
        return None
    return view.read("select distinct unit_id from member")["unit_id"].tolist()
