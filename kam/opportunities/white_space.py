"""What accounts do not buy yet: a state for each account and category, and what the gaps are worth."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.rules import PEERS_PRIOR
from kam.opportunities.baskets import Baskets, baskets
from kam.opportunities.expected_spend import Estimate, estimate, ranges
from kam.opportunities.noted import registers
from kam.opportunities.peer_buyers import best_sign
from kam.opportunities.words_white_space import GAP, OPEN, RIVAL, RULED_OUT, SOLD, STATES, reasons

_CODE = {name: number for number, name in enumerate(STATES)}
COLUMNS = [
    "account_id",
    "name",
    "manager",
    "category",
    "state",
    "expected_value",
    "value_low",
    "value_high",
    "peer_share",
    "lift",
    "why",
    "peers",
    "peer_buyers",
    "book_share",
    "spend_share",
    "peer_value",
    "lift_from",
    "support",
    "revenue",
    "account_revenue",
    "worth",
    "rivals",
]
_TEXTS = ("account_id", "name", "manager", "category", "state", "why", "lift_from", "rivals")


def white_space(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Place every active account × category, and say what each gap is worth and why.

    States; where several fit, the first counts: *sold* (Σ net > 0 in the twelve months to `as_of`), *open opportunity*
    (in the register, and not won, lost or ruled out by then), *rival holds it* (the newest note says so), *not
    eligible* (ruled out in the register), *gap*.

    The expected value of a gap is p × s × R1: p the share of peers that buy the category (20 accounts of the same
    industry nearest in size; of the whole book where the industry is unknown), the mean of a Beta posterior whose prior
    is the book's share and worth 10 accounts; s the median share of revenue that its buyers spend on it; R1 the
    account's revenue. Range: `kam.opportunities.expected_spend.ranges`; lift: `kam.opportunities.lift.best_sign`.

    Peers are always those of the whole book, whoever is in view.

    Returns
    -------
    pandas.DataFrame
        One row an active account (R1 > 0) and category of the products table, most expected value first: account_id,
        name, manager, category, state; expected_value, value_low, value_high (currency a year; of gaps alone, NaN
        where no account buys the category, so that nobody can say); peer_share (p), lift, why (a sentence, of gaps
        alone); peers, peer_buyers, book_share, spend_share (s); peer_value (p × s × R1 of every cell that is not
        sold, to size what is open or in a rival's hands); lift_from (the category whose buyers tell), support (share
        of accounts that buy both); revenue (of the category), account_revenue (R1), worth (of open opportunities, as
        the register says), rivals (who holds it). No rows where no product has a category.
    """
    found = baskets(cursor, as_of=as_of)
    noted = _noted(registers(cursor, as_of=as_of), found)
    return _frame(found, estimate(found), noted, units_in_view(cursor, found))


def white_space_value(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Add up what each active account of the book could still be sold: gaps and open opportunities, at peer value.

    What is being worked counts like a gap: writing an opportunity down must not make an account look smaller. Returns
    account_id, white_space (currency a year; NaN where no product has a category, or nobody can say of any cell).
    """
    found = baskets(cursor, as_of=as_of)
    state = _states(found, _noted(registers(cursor, as_of=as_of), found))
    could = (state == _CODE[GAP]) | (state == _CODE[OPEN])
    value = np.where(could, estimate(found).value, np.nan)
    is_told = (~np.isnan(value)).any(axis=1) | ~could.any(axis=1)
    total = np.where(is_told & bool(found.categories), np.nansum(value, axis=1), np.nan)
    return pd.DataFrame({"account_id": found.units["account_id"], "white_space": total})


def units_in_view(cursor: duckdb.DuckDBPyConnection, found: Baskets) -> np.ndarray:
    """Tell of each unit whether it, or a member of it, is in view."""
    return found.units["account_id"].isin(cursor.execute("select unit_id from member").df()["unit_id"]).to_numpy()


def _noted(register: pd.DataFrame, found: Baskets) -> dict[str, np.ndarray]:
    """Lay each column of the registers out as units × categories; a category of theirs that no product has is left out.

    Register and products may spell a category in other cases.
    """
    keys, key = np.unique(np.array([name.lower() for name in found.categories], dtype=str), return_inverse=True)
    row = pd.Index(found.units["account_id"]).get_indexer(pd.Index(register["account_id"]))
    column = pd.Index(keys, dtype="str").get_indexer(pd.Index(register["category"]))
    fits = (row >= 0) & (column >= 0)
    laid = {}
    for name, absent in _ABSENT.items():
        cells = np.full((len(found.units), len(keys)), absent)
        cells[row[fits], column[fits]] = register[name].to_numpy(dtype=cells.dtype)[fits]
        laid[name] = cells[:, key]
    return laid


_ABSENT: dict[str, object] = {
    "is_open": False,
    "worth": np.nan,
    "is_ruled_out": False,
    "lost_on": np.datetime64("NaT", "us"),
    "rivals": None,
}


def _states(found: Baskets, noted: dict[str, np.ndarray]) -> np.ndarray:
    """Give each cell the place of its state in `STATES`."""
    held = pd.notna(noted["rivals"])
    names = (SOLD, OPEN, RIVAL, RULED_OUT)
    is_state = [found.buys, noted["is_open"], held, noted["is_ruled_out"]]
    return np.select(is_state, [_CODE[name] for name in names], _CODE[GAP])


def _frame(found: Baskets, guess: Estimate, noted: dict[str, np.ndarray], in_view: np.ndarray) -> pd.DataFrame:
    """Write the cells of the units in view as rows, most expected value first, then by account and category."""
    state = _states(found, noted)
    value = np.where(state == _CODE[GAP], guess.value, np.nan)
    row, column = (places.ravel() for places in np.indices(state.shape))
    seen = in_view[row]
    row, column = row[seen], column[seen]
    order = np.lexsort((column, row, -np.nan_to_num(value[row, column], nan=-1.0)))
    row, column = row[order], column[order]
    lift, sign, support = (cells[row, column] for cells in best_sign(found.buys, prior=PEERS_PRIOR))
    units, names = found.units, np.array([*found.categories, None], dtype=object)
    cells = pd.DataFrame(
        {
            **{name: units[name].to_numpy(dtype=object)[row] for name in ("account_id", "name", "manager")},
            "category": names[column],
            "state": np.array(STATES, dtype=object)[state[row, column]],
            "expected_value": value[row, column],
            "peer_share": guess.share[row, column],
            "lift": lift,
            "peers": guess.beside.peers[row],
            "peer_buyers": guess.beside.buyers[row, column],
            "same_industry": guess.beside.same_industry[row],
            "book_share": guess.book_share[row, column],
            "spend_share": guess.spend_share[column],
            "peer_value": guess.value[row, column],
            "lift_from": names[sign],
            "support": support,
            "revenue": found.spend[row, column],
            "account_revenue": units["revenue"].to_numpy(dtype=float)[row],
            "worth": noted["worth"][row, column],
            "lost_on": noted["lost_on"][row, column],
            "rivals": noted["rivals"][row, column],
        }
    )
    valued = np.flatnonzero(cells["expected_value"].notna())
    ends = np.full((2, len(cells)), np.nan)
    ends[:, valued] = ranges(found, guess, row[valued], column[valued])
    is_gap = (cells["state"] == GAP).to_numpy()
    why = np.full(len(cells), None, dtype=object)
    why[is_gap] = reasons(cells[is_gap])
    cells["value_low"], cells["value_high"] = ends
    return cells.assign(why=why)[COLUMNS].astype(dict.fromkeys(_TEXTS, "str"))
