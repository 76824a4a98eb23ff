"""The two lifetime models together: fitted to the accounts of a book, or refused with the reason."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.numbers import count, percent
from kam.base.rules import ACCOUNTS_NEEDED, LARGEST_UNPROFITABLE_SHARE, REPEATERS_NEEDED
from kam.base.texts import _, ngettext
from kam.lifetime.bg_nbd import BgNbd, fit_bg_nbd
from kam.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma
from kam.lifetime.occasions import DAYS_A_WEEK

WEEKS_NEEDED = 26.0
LARGEST_LOG_ERROR = 1.0
WEEKS_A_MONTH = 365.25 / 12 / DAYS_A_WEEK
_MEAN_EXISTS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """How often accounts buy and leave, and how much a purchase is worth."""

    purchases: BgNbd
    worth: GammaGamma

    def value_of_a_purchase(self, customers: pd.DataFrame) -> np.ndarray:
        """Return what an account's next purchase is worth on average, in money.

        By the gamma-gamma model; an account whose purchases have cost money so far keeps its own mean, which the model
        does not know; NaN where an account that came back has no costs.
        """
        frequency, mean = customers["frequency"].to_numpy(), customers["mean_value"].to_numpy()
        modelled = self.worth.expected_value(frequency, mean)
        return np.where((frequency > 0) & ~(mean > 0), mean, modelled)

    def purchases_ahead(self, customers: pd.DataFrame, months: int) -> np.ndarray:
        """Return the purchases to expect of each account up to the end of each month ahead, accounts × months."""
        rows, place = np.unique(customers[["frequency", "recency", "T"]].to_numpy(), axis=0, return_inverse=True)
        ahead = WEEKS_A_MONTH * np.arange(1, months + 1)
        return self.purchases.expected_purchases(ahead, *(column[:, None] for column in rows.T))[place.ravel()]


def fitted(customers: pd.DataFrame) -> Model | str:
    """Fit both models to `kam.lifetime.occasions.occasions`, or say in a sentence why they are refused.

    Refused are under 100 accounts, under 30 that came back, less than 26 weeks from the first purchase to the end; a
    fit that the data do not fix (the standard error of the logarithm of a parameter above 1: its 90 % range would span
    a factor of 27); more than a quarter of those who came back with purchases that cost money; and worth without a mean
    (q ≤ 1).
    """
    back = customers[customers["frequency"] > 0]
    valued = back[back["mean_value"].notna()]
    earning = valued[valued["mean_value"] > 0]
    if len(customers) < ACCOUNTS_NEEDED:
        return ngettext(
            "The book has {accounts} account; the model needs {needed}.",
            "The book has {accounts} accounts; the model needs {needed}.",
            len(customers),
        ).format(accounts=count(len(customers)), needed=ACCOUNTS_NEEDED)
    if len(earning) < REPEATERS_NEEDED:
        return ngettext(
            "{accounts} account came back and earned something; the model needs {needed}.",
            "{accounts} accounts came back and earned something; the model needs {needed}.",
            len(earning),
        ).format(accounts=count(len(earning)), needed=REPEATERS_NEEDED)
    if customers["T"].max() < WEEKS_NEEDED:
        return _("The book reaches back {weeks:.0f} weeks; the model needs {needed:.0f}.").format(
            weeks=customers["T"].max(), needed=WEEKS_NEEDED
        )
    losing = 1 - len(earning) / len(valued)
    if losing > LARGEST_UNPROFITABLE_SHARE:
        return _(
            "{share} of the accounts that came back earned nothing over all their purchases, and the model"
            " of what a purchase is worth knows none below zero."
        ).format(share=percent(losing))
    purchases = fit_bg_nbd(customers["frequency"], customers["recency"], customers["T"])
    worth = fit_gamma_gamma(earning["frequency"], earning["mean_value"])
    return _unfixed(purchases, worth) or Model(purchases, worth)


def _unfixed(purchases: BgNbd, worth: GammaGamma) -> str | None:
    """Say which parameters the data do not fix, if any."""
    is_open = ~(purchases.log_errors <= LARGEST_LOG_ERROR)
    if is_open[:2].any():
        return _(
            "The data do not fix how often accounts buy: they are too regular, or too alike, for purchases at random"
            " times, which the model assumes."
        )
    if is_open.any():
        return _(
            "The data cannot tell accounts that have left from those that buy seldom: a chance of being alive would be"
            " a guess."
        )
    if not worth.log_errors.max() <= LARGEST_LOG_ERROR or worth.q <= _MEAN_EXISTS:
        return _("The data do not fix what a purchase is worth on average: a few accounts outweigh all others.")
    return None
