"""What sales say of revenue and growth potential: each part measured, and its points."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from kam.base.numbers import count, money, percent, signed_percent, window
from kam.base.periods import MONTHS, window_parameters
from kam.base.rules import SIZE_IN_REVENUE
from kam.base.texts import _, ngettext
from kam.opportunities.white_space import white_space_value

_SPEND = """
with holder as (
    select account_id, unit_id, if(yearly_wallet > 0, yearly_wallet, null) as wallet
    from unit join accounts using (account_id)
), better as (
    select product_id from products where better_version_id <> product_id
), sold as (
    select unit_id,
        -- like beside like: sales of the members whose wallet is known, over these wallets
        sum(net) filter (wallet is not null) as with_wallet,
        if(count(product_id) > 0, coalesce(sum(net) filter (product_id in (from better)), 0), null) as base
    from sales_month join holder using (account_id)
    where month >= $current and month < $after
    group by unit_id
), wallets as (
    select unit_id, sum(wallet) as wallet from holder group by unit_id
)
select unit_id as account_id, with_wallet::double / wallet::double as share_of_wallet,
    if((select count(*) > 0 from better), base::double, null) as base
from sold join wallets using (unit_id)
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a criterion: what it is called, the column with its raw value, and the unit of that."""

    criterion: str
    name: str
    column: str
    unit: str
    weight: float

    @property
    def points(self) -> str:
        """The column with its points."""
        return f"{self.column}_points"


PARTS = (
    Part("revenue", _("size among active accounts"), "revenue", "money", SIZE_IN_REVENUE),
    Part("revenue", _("active months"), "active_months", "months", round(1 - SIZE_IN_REVENUE, 9)),
    Part("growth", _("growth among active accounts"), "growth", "ratio", 1.0),
    Part("growth", _("white space among active accounts"), "white_space", "money", 1.0),
    Part("growth", _("share of wallet"), "share_of_wallet", "ratio", 1.0),
    Part("growth", _("base versions"), "base_share", "ratio", 1.0),
)
"""The parts of both criteria; weights count among the known parts of a criterion."""


def sales_parts(cursor: duckdb.DuckDBPyConnection, accounts: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Measure every active account (revenue > 0 over the twelve months to `as_of`) of the whole book.

    Points, 0 to 100, PR = mid-rank percentile among the active accounts for which the figure is known:

    - size: 100·PR(revenue); active months: 100 × months with Σ net > 0 ÷ 12
    - growth: 100·PR(R1/R0 − 1), unknown if R0 ≤ 0 or not in the data
    - white space: 100·PR(Σ of what its gaps and open opportunities would bring,
      `kam.opportunities.white_space.white_space_value`), unknown if no product has a category
    - share of wallet: 100·(1 − revenue ÷ yearly wallet), over members whose wallet is known; the more is bought
      elsewhere, the more can grow
    - base versions: 100 × share of revenue in products that have a better version; unknown if no product of the book
      has one

    Shares are held between 0 and 1 for their points; the raw value is shown as it is. `accounts` is the frame of
    `kam.portfolio.accounts.accounts` of the whole book.

    Returns
    -------
    pandas.DataFrame
        One row an active account, largest revenue first, ties by account_id: the columns of `accounts`, white_space
        (currency a year), share_of_wallet and base_share (ratios), and `*_points` of each part.
    """
    bounds = window_parameters(as_of)
    spend = cursor.execute(_SPEND, {"current": bounds["current"], "after": bounds["after"]}).df()
    open_to_us = white_space_value(cursor, as_of=as_of)
    found = (
        accounts[accounts["revenue"] > 0]
        .merge(spend, on="account_id", how="left")
        .merge(open_to_us, on="account_id", how="left")
        .sort_values(["revenue", "account_id"], ascending=[False, True], ignore_index=True)
    )
    share_of_wallet = found["share_of_wallet"].astype(float)
    base_share = found.pop("base").astype(float) / found["revenue"]
    return found.assign(
        share_of_wallet=share_of_wallet,
        base_share=base_share,
        revenue_points=100 * percentile(found["revenue"]),
        active_months_points=100 * found["active_months"] / MONTHS,
        growth_points=100 * percentile(found["growth"]),
        white_space_points=100 * percentile(found["white_space"]),
        share_of_wallet_points=100 * (1 - share_of_wallet.clip(0, 1)),
        base_share_points=100 * base_share.clip(0, 1),
    )


def percentile(values: pd.Series) -> pd.Series:
    """Place each known value among the known ones: mid-rank percentile, between 0 and 1; equal values share a place.

    >>> percentile(pd.Series([10.0, 30.0, 30.0, None])).tolist()[:3]
    [0.16666666666666666, 0.6666666666666666, 0.6666666666666666]
    """
    return (values.rank(method="average") - 0.5) / values.count()


def combined(found: pd.DataFrame, criterion: str) -> pd.Series:
    """Average what is known of a criterion's parts by their weights; NaN if nothing is known.

    Rounded to nine decimals, so that accounts that are equal on paper are equal here.
    """
    points = found[[part.points for part in PARTS if part.criterion == criterion]].to_numpy(dtype=float)
    weights = _weights(points, criterion)
    score = np.where(weights.any(axis=1), np.nansum(points * weights, axis=1), np.nan)
    return pd.Series(score.round(9), index=found.index)


def part_rows(account: pd.Series, *, as_of: dt.date) -> pd.DataFrame:
    """Write the parts of one account of `sales_parts` as rows; see `kam.key_accounts.criteria.criterion_parts`."""
    rows = []
    for criterion in dict.fromkeys(part.criterion for part in PARTS):
        parts = [part for part in PARTS if part.criterion == criterion]
        weights = _weights(account[[part.points for part in parts]].to_numpy(dtype=float)[None, :], criterion)[0]
        for part, weight in zip(parts, weights.tolist(), strict=True):
            value = float(account[part.column])
            text = (
                _evidence(part.column, value, account, window(as_of)) if np.isfinite(value) else _UNKNOWN[part.column]
            )
            rows.append(
                {
                    "criterion": criterion,
                    "part": part.name,
                    "value": value,
                    "unit": part.unit,
                    "points": float(account[part.points]),
                    "weight": weight,
                    "observed": pd.Timestamp(as_of) if np.isfinite(value) else pd.NaT,
                    "evidence": text,
                }
            )
    return pd.DataFrame(rows)


def _weights(points: np.ndarray, criterion: str) -> np.ndarray:
    """Share the criterion's weight among the parts that are known, row by row; zeros where none is."""
    stated = np.array([part.weight for part in PARTS if part.criterion == criterion])
    known = np.where(np.isnan(points), 0.0, stated)
    return known / np.maximum(known.sum(axis=1, keepdims=True), stated.min())


_UNKNOWN: Mapping[str, str] = {
    "growth": _("it bought nothing in the year before, or the data begin later"),
    "white_space": _("its sales name no product, no product has a category, or nobody buys those that it does not"),
    "share_of_wallet": _("what it spends a year with everybody is not in the book"),
    "base_share": _("its sales name no product, or no product of the book has a better version"),
}


def _evidence(column: str, value: float, account: pd.Series, year: str) -> str:
    if column == "revenue":
        return _("revenue {revenue}, more than {share} of the accounts, {year}").format(
            revenue=money(value), share=percent(account["revenue_points"] / 100), year=year
        )
    if column == "active_months":
        return ngettext(
            "bought in {active} month of {months}, {year}", "bought in {active} months of {months}, {year}", int(value)
        ).format(active=count(value), months=MONTHS, year=year)
    if column == "growth":
        return _("{growth} against the year before, {year}").format(growth=signed_percent(value), year=year)
    if column == "white_space":
        return _("{revenue} a year expected in gaps and open opportunities, {year}").format(
            revenue=money(value), year=year
        )
    if column == "share_of_wallet":
        return _("buys {share} of its yearly wallet from us, {year}").format(share=percent(value), year=year)
    return _("{share} of its revenue is in products that have a better version, {year}").format(
        share=percent(value), year=year
    )
