"""What changed: accounts won, lost, grown and shrunk between the prior and the current twelve months."""

import numpy as np
import pandas as pd

KINDS = ("new", "lost", "up", "down")
_COLUMNS = ["account_id", "name", "manager", "kind", "prior_revenue", "revenue", "change"]


def changes(accounts: pd.DataFrame) -> pd.DataFrame:
    """List the accounts whose revenue changed, largest change first, ties by `account_id`.

    The changes add up to the change of revenue. Where the data do not reach the prior window nothing can have
    changed, and the list is empty.

    Parameters
    ----------
    accounts
        The frame of `accounts`.

    Returns
    -------
    pandas.DataFrame
        `account_id`, `name`, `manager`; `kind`: "new" and "lost" as in `accounts`, otherwise "up" or "down";
        `prior_revenue`, `revenue` and `change` = R1 − R0 in the book's currency.
    """
    changed = accounts[accounts["change"].notna() & (accounts["change"] != 0)]
    direction = np.where(changed["change"] > 0, "up", "down")
    kind = changed["state"].where(changed["state"].isin(("new", "lost")), direction).astype("str")
    order = changed.assign(kind=kind, size=changed["change"].abs()).sort_values(
        ["size", "account_id"], ascending=[False, True], ignore_index=True
    )
    return order[_COLUMNS]
