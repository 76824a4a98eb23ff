"""How often a change as large as an objective wants has really happened, at this account and its peers."""

from dataclasses import dataclass

import duckdb
import numpy as np

from kam.base.rules import NEAREST_PEERS
from kam.plan.damped_trend import Array
from kam.plan.objective import Objective
from kam.plan.past import Past
from kam.plan.rolling import FROM_SALES, RELATIVE, Scope

FEWEST_PEERS = 5  # an industry with fewer others says too little: then the whole book is asked
SMALL_START = 0.25  # of the baseline: from almost nothing any rise is many-fold
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Reach:
    """A wanted change beside the changes of the past.

    Attributes
    ----------
    needed
        The wanted change, above 0 if it is for the better: relative, or in the unit of measuring if not `is_relative`.
    months
        The length of the windows, from a start to a due day.
    changes
        The changes of the past over so many months, above 0 for the better, in the order of their size.
    accounts
        How many accounts they come from.
    is_relative
        Relative changes, or differences.
    from_nothing
        Only starts from nothing are compared, by what was reached.
    """

    needed: float
    months: int
    changes: Array
    accounts: int
    is_relative: bool
    from_nothing: bool

    @property
    def windows(self) -> int:
        """How many windows there were."""
        return len(self.changes)

    @property
    def reached(self) -> int:
        """In how many of them the change was as large as is needed."""
        return int((self.changes >= self.needed - _HAIR).sum())

    @property
    def percentile(self) -> float | None:
        """The share of windows with a smaller change than is needed, 0 to 1; None without windows."""
        return 1 - self.reached / self.windows if self.windows else None

    def change_at(self, share: float) -> float:
        """Return a change of the past that so large a share of the windows does not surpass."""
        return float(np.quantile(self.changes, share, method="lower"))


def reach(
    cursor: duckdb.DuckDBPyConnection, past: Past, objective: Objective, account: str | None, *, fewest: int = 20
) -> Reach | None:
    """Hold the change an objective wants against the changes that this account and its peers made.

    Peers are the 24 accounts of the same industry nearest in revenue; of the whole book where the industry is unknown,
    has fewer than five others, or gives too few windows. Over every window of the objective's length that their sales
    cover, the change of its metric in its scope is taken: relative for money and quantity, the difference for rates,
    points and pieces. Windows that begin while an account is new, and for relative changes those that begin under a
    quarter of the baseline, are left out, as any change from almost nothing is large. Where the baseline is nothing,
    the windows that begin with nothing are compared, by what they reached.

    Parameters
    ----------
    cursor
        A cursor of an opened book.
    past
        The past of the same book.
    objective
        The objective; baseline and target are taken in its unit.
    account
        The account of its plan.
    fewest
        With fewer windows the peers are taken from the whole book.

    Returns
    -------
    Reach or None
        None where the objective has no metric, baseline, target or length, or nothing measures its metric.
    """
    scope, months = objective.scope, objective.months
    if scope is None or months is None or objective.baseline is None or objective.target is None:
        return None
    baseline, target = objective.baseline * objective.scale, objective.target * objective.scale
    wanted = objective.sign * (target - baseline)
    is_relative = scope.metric in RELATIVE and baseline > 0
    rolling = past.rolling(cursor, scope)
    if not rolling.months:
        return None
    for rows in (peers(past, account), peers(past, account, whole_book=True)):
        found, accounts = changes(rolling.cells[rows], scope, past.since[rows], months=months, baseline=baseline)
        if len(found) >= fewest:
            break
    return Reach(
        needed=wanted / baseline if is_relative else wanted,
        months=months,
        changes=np.sort(objective.sign * found),
        accounts=accounts,
        is_relative=is_relative,
        from_nothing=scope.metric in RELATIVE and baseline <= 0,
    )


def changes(cells: Array, scope: Scope, since: np.ndarray, *, months: int, baseline: float) -> tuple[Array, int]:
    """Return the changes over windows of so many months in the rows of a rolling metric, and of how many rows.

    `since` holds, for each row, the place of the month of its first sale.
    """
    if months >= cells.shape[1]:
        return np.empty(0), 0
    starts, ends = cells[:, :-months], cells[:, months:]
    # a window that began before the account's first sale was never whole: its growth is the account's coming
    settled = np.arange(starts.shape[1]) >= (since + scope.months - 1)[:, None]
    counts = (settled | (scope.metric not in FROM_SALES)) & ~np.isnan(starts) & ~np.isnan(ends)
    if scope.metric not in RELATIVE:
        found = ends - starts
    elif baseline > 0:
        counts &= starts >= SMALL_START * baseline
        found = np.divide(ends, starts, out=np.ones_like(ends), where=counts) - 1
    else:
        counts &= starts <= 0
        found = ends - starts
    return found[counts], int(counts.any(axis=1).sum())


def peers(past: Past, account: str | None, *, whole_book: bool = False) -> np.ndarray:
    """Return the places of an account and of its peers in the listing; of an unknown account the largest stand in."""
    own = past.place.get(account or "")
    everyone = past.pool(None)
    if own is None:
        return everyone[-NEAREST_PEERS:]
    industry = past.industry[own]
    alike = past.pool(industry) if isinstance(industry, str) and not whole_book else everyone
    pool = alike if (alike != own).sum() >= FEWEST_PEERS else everyone
    # sorted by size: the nearest stand around the account's own place
    here = int(np.searchsorted(past.size[pool], past.size[own]))
    around = pool[max(here - NEAREST_PEERS, 0) : here + NEAREST_PEERS + 1]
    others = around[around != own]
    near = np.argsort(np.abs(past.size[others] - past.size[own]), kind="stable")[:NEAREST_PEERS]
    return np.concatenate([[own], others[near]]).astype(np.int64)
