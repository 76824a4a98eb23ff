"""The measures of a year ahead: of one vector of accounts, or of many draws of it at once."""

import numpy as np

from kam.whatif.answer import Values, retained
from kam.whatif.year_ahead import Outlook

MEASURES = ("revenue", "margin", "margin_rate", "top_20pct_share", "hhi", "nrr", "clv", "objectives_met")


def concentration(revenue: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of the largest fifth and HHI of each row, over what is above 0; NaN where nothing is.

    >>> [float(each[0]) for each in concentration(np.array([[50.0, 25.0, 25.0, 0.0, -5.0]]))]
    [0.5, 0.375]
    """
    sold = np.sort(np.maximum(revenue, 0), axis=1)[:, ::-1]
    largest = -(-(sold > 0).sum(axis=1) // 5)
    most = int(largest.max(initial=0))
    total = sold.sum(axis=1, dtype=np.float64)
    top = np.where(np.arange(most) < largest[:, None], sold[:, :most], 0).sum(axis=1, dtype=np.float64)
    squares = np.einsum("da,da->d", sold, sold).astype(np.float64)
    with np.errstate(invalid="ignore"):
        return top / np.where(total > 0, total, np.nan), squares / np.square(np.where(total > 0, total, np.nan))


def lifetime_value(
    found: Outlook, values: Values, margin: np.ndarray, steps: np.ndarray | None = None, won: float = 0.0
) -> np.ndarray:
    """Sum m·r/(1 + d − r) over the accounts: yearly margin at T12M volumes, retention, yearly discount (simple CLV).

    Parameters
    ----------
    margin
        Values × accounts: of a year as good as the last.
    won
        Yearly margin of accounts to be won, which stay as large ones that bought lately do.
    """
    stay = retained(found, values, steps)
    least = values["yearly_discount"].clip(1e-3)[:, None]
    lasting = stay / (1 + least - stay)
    lasting[:, found.size < 0] = 0
    kept = values["retention_large_bought_lately"].clip(0, 1)
    return (lasting * margin).sum(axis=1) + won * kept / (1 + least[:, 0] - kept)


def met(found: Outlook, revenue: np.ndarray, margin: np.ndarray) -> np.ndarray:
    """Return the share of the objectives that are met, of each row; NaN without any.

    Parameters
    ----------
    revenue, margin
        Values × objectives: the year ahead over the last one, of the objective's account (and category).
    """
    rows = found.objectives
    if rows.empty:
        return np.full(len(revenue), np.nan)
    ratio = np.where((rows["metric"] == "margin").to_numpy(), margin, revenue)
    share, actual = rows["share"].to_numpy(dtype=float), rows["actual"].to_numpy(dtype=float)
    then = actual * (1 - share) + share * actual * ratio
    target, rising = rows["target"].to_numpy(dtype=float), (rows["target"] > rows["baseline"]).to_numpy()
    slack = 1e-9 * np.abs(target)
    return np.where(rising, then >= target - slack, then <= target + slack).mean(axis=1)
