"""Who moved on the ladder between two days, with how much money; what is not known is not called a move."""

import pandas as pd

from kam.base.terms import ABSENT, RUNGS, UNKNOWN

_ORDER = (*RUNGS, UNKNOWN, ABSENT)
TEXTS = ["account_id", "name", "from_rung", "to_rung"]


def ladder_moves(start: pd.DataFrame, end: pd.DataFrame) -> pd.DataFrame:
    """Lay two answers of `kam.ladder.rung.ladder`, of an earlier and a later day, over one another.

    Returns
    -------
    pandas.DataFrame
        One row for each account of the later answer, largest revenue first: account_id, name, revenue (twelve months
        to the later day), from_rung ("no sales yet" if the earlier answer does not have it), to_rung, shift of the
        expected rung (unknown without an earlier one), moved (whether both rungs are known and differ: anything else
        may be noise).

    Examples
    --------
    >>> one = {
    ...     "account_id": ["A"],
    ...     "name": ["A"],
    ...     "revenue": [1.0],
    ...     "expected_rung": [1.2],
    ...     "rung": ["commodity broker"],
    ... }
    >>> two = one | {"expected_rung": [2.1], "rung": ["supplier"]}
    >>> ladder_moves(pd.DataFrame(one), pd.DataFrame(two))["moved"].tolist()
    [True]
    """
    before = start.set_index("account_id")
    here = end["account_id"].isin(before.index)
    came = end["account_id"].map(before["rung"]).where(here, ABSENT)
    both = came.isin(RUNGS) & end["rung"].isin(RUNGS)
    rows = end[["account_id", "name", "revenue"]].assign(
        from_rung=came,
        to_rung=end["rung"],
        shift=end["expected_rung"] - end["account_id"].map(before["expected_rung"]),
        moved=both & (came != end["rung"]),
    )
    return rows.astype(dict.fromkeys(TEXTS, "str"))


def flows(moves: pd.DataFrame) -> pd.DataFrame:
    """Add the moves up: from_rung, to_rung, accounts, revenue; from the lowest rung to the highest, then unknown."""
    added = moves.groupby(["from_rung", "to_rung"], as_index=False).agg(
        accounts=("account_id", "size"), revenue=("revenue", "sum")
    )
    order = {rung: place for place, rung in enumerate(_ORDER)}
    return added.sort_values(["from_rung", "to_rung"], key=lambda rungs: rungs.map(order), ignore_index=True)
