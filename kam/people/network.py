"""How firmly the relationships of a whole book are knit: one row over the accounts."""

import numpy as np
import pandas as pd

# Attitude and influence bear no date: what rests on them cannot be told of a year ago.
_COMPARED = ("coverage", "on_one_share", "silent_accounts", "value_contact_share", "touches", "departed")


def network(relationships: pd.DataFrame, then: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put the relationships of all accounts together.

    Coverage and net support are means over the accounts where they are known, weighted by their revenue (none less than
    nothing): what matters is who knows us where the money is. An account hangs on one person if one of *theirs* holds
    more than half of its active ties; that one of ours does is the rule where each account has one manager.

    Parameters
    ----------
    relationships
        The frame of `kam.people.relationships.relationships`.
    then
        The same of a year before; None where the data do not reach back.

    Returns
    -------
    pandas.DataFrame
        One row: accounts, known (accounts with any person known), revenue, coverage, net_support, anti_supporters,
        exposure (revenue exposed to them), on_one_accounts, on_one_revenue, on_one_share (of revenue),
        silent_accounts and silent_revenue (people known, none in touch within 90 days), value_contact_share (of all
        touches with a purpose), touches, departed.
        Money in the book's currency; unknown where nothing is known. Then of a year before, unknown without `then`:
        prior_coverage, prior_on_one_share, prior_silent_accounts, prior_value_contact_share, prior_touches,
        prior_departed.

    >>> rows = {"account_id": ["a", "b"], "revenue": [3.0, 1.0], "contacts": [1, 2], "coverage": [1.0, 0.2]}
    >>> rows |= {"net_support": [0.5, np.nan], "hangs_on": ["theirs", "nobody"], "anti_supporters": [0.0, np.nan]}
    >>> rows |= {"anti_supporter_exposure": [0.0, np.nan], "value_touches": [1, 0], "purposed_touches": [2, 0]}
    >>> found = network(pd.DataFrame(rows | {"touches": [2.0, 0.0], "departed": [0, 1]}))
    >>> found[["coverage", "net_support", "on_one_revenue", "silent_revenue", "value_contact_share"]].iloc[0].tolist()
    [0.8, 0.5, 3.0, 1.0, 0.5]
    """
    now = _together(relationships)
    before = _together(then) if then is not None else dict.fromkeys(_COMPARED, np.nan)
    return pd.DataFrame([now | {f"prior_{name}": before[name] for name in _COMPARED}])


def _together(relationships: pd.DataFrame) -> dict[str, float]:
    money = relationships["revenue"].clip(lower=0)
    on_one, silent = relationships["hangs_on"].isin(("theirs", "both")), relationships["hangs_on"] == "nobody"
    is_judged = relationships["hangs_on"].notna().any()
    purposed = relationships["purposed_touches"].sum()
    total = float(money.sum())
    return {
        "accounts": len(relationships),
        "known": int((relationships["contacts"] > 0).sum()),
        "revenue": total,
        "coverage": _mean(relationships["coverage"], money),
        "net_support": _mean(relationships["net_support"], money),
        "anti_supporters": relationships["anti_supporters"].sum(min_count=1),
        "exposure": relationships["anti_supporter_exposure"].sum(min_count=1),
        "on_one_accounts": float(on_one.sum()) if is_judged else np.nan,
        "on_one_revenue": float(money[on_one].sum()) if is_judged else np.nan,
        "on_one_share": float(money[on_one].sum() / total) if is_judged and total else np.nan,
        "silent_accounts": float(silent.sum()) if is_judged else np.nan,
        "silent_revenue": float(money[silent].sum()) if is_judged else np.nan,
        "value_contact_share": float(relationships["value_touches"].sum() / purposed) if purposed else np.nan,
        "touches": relationships["touches"].sum(min_count=1),
        "departed": int(relationships["departed"].sum()),
    }


def _mean(values: pd.Series, weights: pd.Series) -> float:
    """Average the known values by weight; unknown where no weight stands on a known one."""
    known = values.notna()
    total = weights[known].sum()
    return float((values[known] * weights[known]).sum() / total) if total > 0 else np.nan
