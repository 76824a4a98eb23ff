"""What values say about an amount: the line's or the order's, of one piece or of all, with tax, before a discount.

Every test takes columns of one sample of lines (numpy arrays of equal length, NaN where absent) and answers with how
many lines or orders it was seen on, or None where the values do not speak.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.core.groupby import SeriesGroupBy

FEWEST = 8
"""Lines that must speak before a relation counts as seen."""
_FEWEST_ORDERS = 3
_NEARLY_ALL = 0.95
_CENT = 0.0101
_RATES = 4
_HIGHEST_TAX = 1.35
_SPREAD = 0.02
_BEYOND_MONEY = 1e15


def bounded(values: np.ndarray) -> np.ndarray:
    """Leave out numbers beyond any money, which no line may hold and whose products no float does.

    >>> bounded(np.array([2.5, 1e300]))
    array([2.5, nan])
    """
    return np.where(np.abs(values) <= _BEYOND_MONEY, values, np.nan)


def close(left: np.ndarray, right: np.ndarray, pieces: np.ndarray | None = None) -> np.ndarray:
    """Say on which lines two amounts are the same but for rounding; a price rounded to cents counts once a piece."""
    slack = _CENT + 1e-6 * np.abs(left)
    if pieces is not None:
        slack = slack + 0.0051 * np.abs(np.nan_to_num(pieces))
    return np.abs(left - right) <= slack


def nearly_all(hits: np.ndarray, among: np.ndarray) -> bool:
    """Say whether a relation holds on nearly all of the lines that speak, and enough of them do."""
    speaking = int(among.sum())
    return speaking >= FEWEST and float(hits[among].mean()) >= _NEARLY_ALL


def of_the_order(amount: np.ndarray, orders: np.ndarray, others: Sequence[np.ndarray] = ()) -> int | None:
    """Count the orders of several lines on all of which the same amount stands, if that is nearly all of them.

    Amounts that are much alike everywhere say nothing by themselves: two lines drawn at random must differ more often
    than not, or the amount must be the sum of another one (`others`) over the order's lines, with tax or without.

    >>> amount = np.array([300, 300, 50, 20, 20, 70, 70, 70.0])
    >>> of_the_order(amount, np.array(["a", "a", "b", "c", "c", "d", "d", "d"]))
    3
    >>> of_the_order(np.arange(8.0), np.array(["a", "a", "b", "c", "c", "d", "d", "d"])) is None
    True
    """
    lines = pd.DataFrame({"order": orders, "amount": amount}).dropna(subset=["order"])
    by_order = lines.groupby("order")["amount"]
    several = by_order.size() > 1
    filled = by_order.count()
    first_only = several & (filled == 1)
    whole = several & (filled == by_order.size())
    same = whole & (by_order.max() - by_order.min() < _CENT)
    orders_of_several = int(several.sum())
    if orders_of_several < _FEWEST_ORDERS or int((same | first_only).sum()) < _NEARLY_ALL * orders_of_several:
        return None
    heads = by_order.first()[several].round(2)
    alike = float((heads.value_counts(normalize=True) ** 2).sum())
    if any(_is_sum_of(by_order, other, orders, several) for other in others):
        return orders_of_several
    if alike > 0.5 and int(first_only.sum()) < _NEARLY_ALL * orders_of_several:  # noqa: PLR2004 - more often than not
        return None
    return orders_of_several


def differs_on_lines(amount: np.ndarray, orders: np.ndarray) -> bool:
    """Say whether an amount mostly differs on the lines of one order.

    >>> differs_on_lines(np.array([1, 2, 5.0]), np.array(["a", "a", "b"]))
    True
    """
    lines = pd.Series(amount).groupby(pd.Series(orders))
    several = lines.count() > 1
    return bool(several.any()) and float((lines.max() - lines.min() > _CENT)[several].mean()) > 0.5  # noqa: PLR2004


def _is_sum_of(by_order: SeriesGroupBy, other: np.ndarray, orders: np.ndarray, several: pd.Series) -> bool:
    """Say whether an order's amount is what another column comes to on its lines, or always a tax more."""
    lines = pd.Series(other).groupby(pd.Series(orders))
    sums = lines.sum()[several[several].index]
    varies = (lines.max() - lines.min())[several[several].index] > _CENT
    ratio = (by_order.first()[several] / sums.where(sums.abs() > 1)).round(3)
    common = ratio.value_counts(normalize=True)
    return (
        float(varies.mean()) > 0.5  # noqa: PLR2004 - mostly
        and bool(len(common))
        and float(common.iloc[0]) >= _NEARLY_ALL
        and 1 <= float(common.index[0]) <= _HIGHEST_TAX
    )


def of_one_piece(amount: np.ndarray, quantity: np.ndarray, product: np.ndarray) -> bool | None:
    """Say whether an amount stays the same whatever the quantity (True), or grows with it (False); None if neither.

    Within each product that was bought in different quantities, the amount or the amount over the quantity is steadier.

    >>> quantity, product = np.array([10, 40] * 6), np.array(["A"] * 12)
    >>> of_one_piece(np.full(12, 4.0), quantity, product), of_one_piece(4.0 * quantity, quantity, product)
    (True, False)
    """
    lines = pd.DataFrame({"amount": np.abs(amount), "pieces": np.abs(quantity), "product": product})
    lines = lines[(lines["amount"] > 0) & (lines["pieces"] > 0)].dropna()
    if len(lines) < FEWEST:
        return None
    logs = pd.DataFrame({"product": lines["product"], "a": np.log(lines["amount"]), "q": np.log(lines["pieces"])})
    logs["each"] = logs["a"] - logs["q"]
    middle = logs.groupby("product")[["a", "q", "each"]].transform("mean")
    off = (logs[["a", "q", "each"]] - middle).abs()
    varied = off["q"] > 0.01  # noqa: PLR2004 - one in a hundred
    if int(varied.sum()) < FEWEST:
        return None
    whole, each = float(off.loc[varied, "a"].mean()), float(off.loc[varied, "each"].mean())
    if whole < 0.4 * each:
        return True
    return False if each < 0.7 * whole else None


def with_tax(amount: np.ndarray, other: np.ndarray, tax: np.ndarray | None) -> str | None:
    """Say why an amount is the other one with tax: the tax stands beside them, or it is one of few multiples.

    >>> net = np.array([100, 50, 20, 10, 5, 80, 70, 60.0])
    >>> with_tax(net * 1.19, net, None), with_tax(net + 7, net, np.full(8, 7.0))
    ('it is always 1.19 times the other', 'it is the other plus the tax')
    >>> with_tax(net + 7, net, None) is None
    True
    """
    both = np.isfinite(amount) & np.isfinite(other)
    if tax is not None:
        among = both & np.isfinite(tax)
        if nearly_all(close(amount, other + np.nan_to_num(tax)), among) and bool((np.abs(tax[among]) > _CENT).any()):
            return "it is the other plus the tax"
    speaks = both & (np.abs(other) >= 1) & (np.sign(amount) == np.sign(other))
    if int(speaks.sum()) < FEWEST:
        return None
    ratios = pd.Series(amount[speaks] / other[speaks]).round(3)
    ratios = ratios.where(~np.isclose(ratios, ratios.round(2), atol=0.0021), ratios.round(2))
    common = ratios.value_counts(normalize=True).head(_RATES)
    rates = 100 * (common.index.to_numpy() - 1)
    taxed = common[(rates >= 0) & (common.index <= _HIGHEST_TAX) & (np.abs(2 * rates - np.round(2 * rates)) < 0.11)]  # noqa: PLR2004
    if float(taxed.sum()) < _NEARLY_ALL or float(taxed.index.max()) < 1.0 + _SPREAD:
        return None
    times = [f"{ratio:g}" for ratio in sorted(taxed.index)]
    return f"it is always {' or '.join(times)} times the other"


def tax_stands_inside(amount: np.ndarray, tax: np.ndarray) -> bool | None:
    """Say whether a lone amount holds the tax beside it (True) or not (False): one of the rates comes out round.

    >>> net = np.array([100, 50, 20, 10, 5, 80, 70, 60.0])
    >>> tax_stands_inside(net * 1.19, net * 0.19), tax_stands_inside(net, net * 0.19)
    (True, False)
    """
    speaks = np.isfinite(amount) & np.isfinite(tax) & (np.abs(amount) >= 10) & (np.abs(tax) > 0)  # noqa: PLR2004 - cents blur less
    speaks &= amount != tax  # a tax is no share of nothing
    if int(speaks.sum()) < FEWEST - 2:
        return None

    blur = 0.01 + 0.6 / np.abs(amount[speaks])  # of a percentage, from cents

    def roundness(rate: np.ndarray) -> float:
        percent = 100 * rate
        return float((np.abs(percent - np.round(percent * 2) / 2) < blur).mean())

    outside = roundness(tax[speaks] / amount[speaks])
    inside = roundness(tax[speaks] / (amount[speaks] - tax[speaks]))
    if max(outside, inside) < 0.9 or abs(outside - inside) < 0.3:  # noqa: PLR2004 - nearly all, and clearly
        return None
    return inside > outside


def steadier(plain: np.ndarray, changed: np.ndarray, product: np.ndarray, among: np.ndarray) -> bool | None:
    """Say whether the changed price is the steadier one of each product (True), or the plain one (False).

    >>> product, share = np.array(["A", "B"] * 6), np.array([0, 0, 0.2, 0.1, 0.3, 0] * 2)
    >>> listed = np.where(product == "A", 10.0, 25.0)
    >>> steadier(listed * (1 - share), listed, product, share >= 0)
    True
    """
    lines = pd.DataFrame({"product": product, "plain": plain, "changed": changed, "speaks": among})
    lines = lines[(lines["plain"] > 0) & (lines["changed"] > 0)].dropna()
    if len(lines) < FEWEST:
        return None
    logs = lines.assign(plain=np.log(lines["plain"]), changed=np.log(lines["changed"]))
    off = (logs[["plain", "changed"]] - logs.groupby("product")[["plain", "changed"]].transform("median")).abs()
    off = off[lines["speaks"] | lines.groupby("product")["speaks"].transform("any")]
    before, after = float(off["plain"].mean()), float(off["changed"].mean())
    if len(off) < FEWEST or max(before, after) < 0.001:  # noqa: PLR2004 - nothing moves
        return None
    if after < 0.6 * before:
        return True
    return False if before < 0.6 * after else None


def grows_with(part: np.ndarray, whole: np.ndarray) -> bool:
    """Say whether a part is money, which grows with the amount it is of, and not a percentage of that.

    >>> whole = np.array([10.0, 80.0, 35.0, 600.0])
    >>> grows_with(whole * [0.2, 0.3, 0.25, 0.2], whole), grows_with(np.array([20.0, 30.0, 25.0, 20.0]), whole)
    (True, False)
    """
    speaks = (part > 0) & (np.abs(whole) > 0)
    if not speaks.any():
        return False
    logs = np.log(part[speaks])
    return bool(np.std(logs - np.log(np.abs(whole[speaks]))) < 0.95 * np.std(logs))


def year_to_date(
    amount: np.ndarray, account: np.ndarray, product: np.ndarray, month: np.ndarray, *, fewest: int = FEWEST
) -> int | None:
    """Count the steps from month to month on which an amount never falls, if it falls in nearly every January.

    `month` counts months from year 0. Each account (and product) has one line a month at most. Lines of one year alone
    have no January to tell. Less than `fewest` steps say nothing.

    >>> month = np.arange(24) + 12 * 2025
    >>> amount = np.tile(np.arange(1, 13) * 100.0, 2)
    >>> one = np.array(["N"] * 24)
    >>> year_to_date(amount, one, one, month), year_to_date(np.full(24, 5.0), one, one, month)
    (22, None)
    """
    lines = pd.DataFrame({"account": account, "product": product, "month": month, "amount": amount}).dropna()
    keys = ["account", "product"]
    if len(lines) < fewest or lines.duplicated([*keys, "month"]).mean() > 1 - _NEARLY_ALL:
        return None
    lines = lines.sort_values([*keys, "month"])
    before = lines.groupby(keys)[["month", "amount"]].shift()
    step = before["amount"].notna()
    turned = step & (lines["month"] // 12 != before["month"] // 12)
    within = step & ~turned
    rises = (lines["amount"] >= before["amount"] - _CENT)[within]
    grows = (lines["amount"] > before["amount"] + _CENT)[within]
    falls = (lines["amount"] < before["amount"])[turned]
    if int(within.sum()) < fewest:
        return None
    if rises.mean() < 0.98 or grows.mean() < 0.6:  # noqa: PLR2004 - as a running total does
        return None
    if turned.any() and falls.mean() < 0.9:  # noqa: PLR2004 - as it does in January
        return None
    return int(within.sum())
