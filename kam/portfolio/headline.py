"""How the business stands at each month-end: revenue, growth, margin, retention, concentration over twelve months."""

import datetime as dt

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from kam.base.periods import MONTHS, month_ends, months_between, shift, window_start
from kam.portfolio.concentration import top_fifth
from kam.portfolio.retention import cohort_parts, retention_ratios

MONTH_ENDS = 25
"""Two years back to the same month: each month of the last year beside the one a year before."""

_FIRST_MONTH = "select min(month) from sales_month"
_NET = """
select unit, date_diff('month', $start::date, sales_month.month) as month, sum(net)::double as net
from sales_month join member using (account_id)
where sales_month.month >= $start and sales_month.month < $after
group by unit, sales_month.month
"""
_MARGIN = """
select date_diff('month', $start::date, month) as month, count(cost) as seen,
    coalesce(sum(net_costed), 0)::double as costed, coalesce(sum(net_costed) - sum(cost), 0)::double as margin
from sales_month join member using (account_id)
where month >= $start and month < $after
group by all
"""
_COLUMNS = (
    *("month", "months_covered", "accounts", "revenue", "prior_revenue", "growth", "margin", "margin_rate"),
    *("nrr", "grr", "logo_retention", "top_20pct_share"),
)
_Matrix = npt.NDArray[np.float64]


def headline(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Roll the headline figures over up to 25 month-ends, each over the twelve months that end there.

    One row a month-end, oldest first; the last is `as_of` and equals what `accounts`, `retention` and
    `concentration` say. Rows begin where the data cover twelve months, but there is always the last one; a book
    without sales up to `as_of` gives no rows.

    Parameters
    ----------
    cursor
        A cursor of a view; by parent, retention and concentration are those of parents with their subsidiaries.
    as_of
        Last day of the as-of month; later months are not counted.

    Returns
    -------
    pandas.DataFrame
        `month` (the month-end), `months_covered` (months of data up to it, at most 24), `accounts` (with revenue
        above 0), `revenue` and `margin` in the book's currency, `margin_rate`, `top_20pct_share`; and, NaN where
        the data do not cover the 24 months, `prior_revenue`, `growth` = revenue ÷ prior revenue − 1, `nrr`, `grr`,
        `logo_retention`. Margin is NaN where no line has a cost.
    """
    found = cursor.execute(_FIRST_MONTH).fetchone()
    first = found[0] if found else None
    covered = 0 if first is None else months_between(first, as_of) + 1
    rows = min(MONTH_ENDS, max(1, covered - MONTHS + 1)) if covered > 0 else 0
    span = rows + 2 * MONTHS - 1
    window = {"start": window_start(as_of, span), "after": shift(as_of, 1)}
    cells = cursor.execute(_NET, window).df()
    net = _twelve_months(_matrix(cells, span))
    totals = cursor.execute(_MARGIN, window).df().set_index("month").reindex(range(span), fill_value=0)
    seen, costed, margin = _twelve_months(totals[["seen", "costed", "margin"]].to_numpy(dtype=float).T)[:, MONTHS:]
    months = np.array([min(2 * MONTHS, covered - back) for back in reversed(range(rows))], dtype=np.int64)
    figures = _figures(net[:, :rows], net[:, MONTHS:], np.where(months == 2 * MONTHS, 1.0, np.nan))
    ends = pd.to_datetime(pd.Series(month_ends(as_of, rows), dtype="object")).astype("datetime64[us]")
    margin = np.where(seen > 0, margin, np.nan)
    figures = figures.assign(month=ends, months_covered=months, margin=margin, margin_rate=_ratio(margin, costed))
    return figures[list(_COLUMNS)]


def _figures(prior: _Matrix, current: _Matrix, compared: _Matrix) -> pd.DataFrame:
    """Compute the figures that rest on units, from unit × month-end; `compared` is NaN where no year lies before."""
    cohort = {name: part.sum(axis=0) * compared for name, part in cohort_parts(prior, current).items()}
    revenue, prior_revenue = current.sum(axis=0), prior.sum(axis=0) * compared
    return pd.DataFrame(
        {
            "accounts": (current > 0).sum(axis=0),
            "revenue": revenue,
            "prior_revenue": prior_revenue,
            "growth": _ratio(revenue - prior_revenue, prior_revenue),
            **retention_ratios(cohort),
            "top_20pct_share": _top_fifth_share(current),
        }
    )


def _matrix(cells: pd.DataFrame, span: int) -> _Matrix:
    """Spread the monthly sums over unit × month."""
    units = int(cells["unit"].max()) + 1 if len(cells) else 0
    place = cells["unit"].to_numpy() * span + cells["month"].to_numpy()
    sums = np.bincount(place, weights=cells["net"].to_numpy(), minlength=units * span)
    return sums.reshape(units, span).astype(np.float64)


def _twelve_months(monthly: _Matrix) -> _Matrix:
    """Add up each twelve neighbouring months.

    Month is added to month, not taken from running totals, and rounded to the four decimals that money has:
    an account that nets exactly 0 must be 0, or it would count as kept.
    """
    windows = monthly.shape[1] - MONTHS + 1
    sums = np.zeros((monthly.shape[0], windows))
    for offset in range(MONTHS):
        sums += monthly[:, offset : offset + windows]
    return np.round(sums, 4)


def _top_fifth_share(revenue: _Matrix) -> _Matrix:
    ranked = -np.sort(-np.maximum(revenue, 0.0), axis=0)
    running = np.cumsum(ranked, axis=0)
    counts = (ranked > 0).sum(axis=0)
    last = np.array([top_fifth(int(count)) - 1 for count in counts], dtype=np.int64)
    if not running.size:
        return np.full(revenue.shape[1], np.nan)
    return _ratio(running[last, np.arange(len(last))], running[-1])


def _ratio(part: npt.NDArray, whole: npt.NDArray) -> _Matrix:
    """Divide where the whole is above 0; NaN elsewhere."""
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole > 0))
