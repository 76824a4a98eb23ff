"""Which category an account buys is the strongest sign that it would buy another one, too: lift over baskets."""

import numpy as np

from kam.base.rules import FEWEST_TOGETHER

"""Accounts that must buy two categories before one is called a sign of the other."""


def best_sign(buys: np.ndarray, *, prior: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find, for each account and category, the category it buys whose buyers buy that one most often.

    Lift of a on c = P(c | a) ÷ P(c), with P(c | a) shrunk towards P(c) as if by `prior` more accounts, so that the
    highest of many lifts is not the luckiest one (association rules, Agrawal, Imieliński & Swami 1993).

    Parameters
    ----------
    buys
        Accounts × categories.

    Returns
    -------
    tuple of numpy.ndarray
        Accounts × categories: the lift (NaN where the account buys no category that enough accounts buy together with
        this one), the place of the category a (−1 there), and the support: the share of accounts that buy both.

    >>> buys = np.array([[1, 1]] * 5 + [[1, 0]] + [[0, 0]] * 4, dtype=bool)
    >>> lift, sign, support = best_sign(buys, prior=0)
    >>> round(float(lift[5, 1]), 2), int(sign[5, 1]), float(support[5, 1])  # 5 of 6 buyers, 5 of 10 accounts
    (1.67, 0, 0.5)
    """
    accounts, categories = buys.shape
    bought = buys.astype(float)
    both = bought.T @ bought
    alone = bought.mean(axis=0) if accounts else np.zeros(categories)
    lift, sign = np.full(buys.shape, -np.inf), np.full(buys.shape, -1)
    for a in range(categories):
        is_told = (both[a] >= FEWEST_TOGETHER) & (np.arange(categories) != a)
        given = (both[a] + prior * alone) / (both[a, a] + prior) if is_told.any() else alone
        here = np.where(is_told, np.divide(given, alone, out=np.zeros(categories), where=alone > 0), -np.inf)
        better = buys[:, [a]] & (here > lift)
        lift, sign = np.where(better, here, lift), np.where(better, a, sign)
    support = np.where(sign >= 0, both[sign, np.arange(categories)] / max(accounts, 1), np.nan)
    return np.where(sign >= 0, lift, np.nan), sign, support
