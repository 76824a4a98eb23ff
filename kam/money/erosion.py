"""Where discounts rose and volume did not follow, and what that cost."""

import pandas as pd

_COLUMNS = [
    *("account_id", "name", "manager", "category", "cost", "prior_discount_rate", "discount_rate", "rise"),
    *("prior_quantity", "quantity", "volume_change", "revenue"),
]


def discount_erosion(cells: pd.DataFrame) -> pd.DataFrame:
    """List the cells account × category whose discount rate rose while no more units were bought, the dearest first.

    Parameters
    ----------
    cells
        `bridge_table` of revenue by account, manager and category.

    Returns
    -------
    pandas.DataFrame
        `account_id`, `name`, `manager`, `category`; `cost` = ΣL1(d1 − d0)q1 over the items that continue, in the
        book's currency: what the units of this year would have brought more at last year's discounts;
        `prior_discount_rate`, `discount_rate` and their difference `rise`; `prior_quantity`, `quantity` (units) and
        `volume_change` = Q1/Q0 − 1 ≤ 0; `revenue` of the cell. A rate that rose because other products were bought
        costs nothing and is not there; nor is anything without list prices in both windows.

    Examples
    --------
    >>> cell = {"account_id": "A", "name": "A", "manager": None, "category": "Pumps", "discount": -5.0, "current": 90.0}
    >>> rates = {"prior_discount_rate": 0.0, "discount_rate": 0.1, "prior_quantity": 10.0, "quantity": 10.0}
    >>> discount_erosion(pd.DataFrame([cell | rates]))[["cost", "rise", "volume_change"]].to_dict("records")
    [{'cost': 5.0, 'rise': 0.1, 'volume_change': 0.0}]
    """
    rise = cells["discount_rate"] - cells["prior_discount_rate"]
    is_eroded = (rise > 0) & (cells["discount"] < 0) & (cells["quantity"] <= cells["prior_quantity"])
    volume_change = cells["quantity"] / cells["prior_quantity"] - 1
    found = cells.assign(cost=-cells["discount"], rise=rise, volume_change=volume_change, revenue=cells["current"])
    order = found[is_eroded].sort_values(
        ["cost", "account_id", "category"], ascending=[False, True, True], ignore_index=True
    )
    return order[_COLUMNS]
