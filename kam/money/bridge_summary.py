"""The parts of a bridge in few words: price, cost, volume and mix, products, accounts, returns."""

import pandas as pd

GROUPS = {
    "list price": "price",
    "discount": "price",
    "price, list unknown": "price",
    "unit cost": "unit cost",
    "volume": "volume and mix",
    "mix": "volume and mix",
    "more bought": "more and less bought",
    "less bought": "more and less bought",
    "added products": "added and dropped products",
    "dropped products": "added and dropped products",
    "new accounts": "new and lost accounts",
    "lost accounts": "new and lost accounts",
}
"""Which parts are told together; any other part, and the first and the last row, stands for itself."""


def bridge_summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the parts of one bridge that belong together.

    Takes the frame of `bridge`, not told apart, and returns one of the same columns with fewer rows: the first and
    the last row stay, and what lies between still adds up to their difference. A part that is unknown stays so.

    >>> rows = pd.DataFrame({"part": ["prior", "volume", "mix", "current"], "amount": [9.0, 2.0, -1.0, 10.0]})
    >>> bridge_summary(rows.assign(uncovered=0.0))[["part", "amount"]].values.tolist()
    [['prior', 9.0], ['volume and mix', 1.0], ['current', 10.0]]
    """
    named = rows["part"].map(GROUPS).fillna(rows["part"])
    sums = rows.groupby(named, sort=False)[["amount", "uncovered"]].sum(min_count=1)
    return sums.round(4).reset_index()
