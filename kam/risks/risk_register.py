"""What may go wrong at which account, what it would cost, and who does what about it: ranked by expected loss."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import MONTHS, shift, window_start
from kam.base.rules import BANDS
from kam.base.schema import RISKS
from kam.base.texts import _

OVER = ("closed", "happened")

_RISKS = """
with earned as (
    select account_id, sum(net_costed) - sum(cost) as margin, sum(net_costed) / nullif(sum(net), 0) as coverage,
        sum(net) as revenue
    from sales_month where month >= $first and month < $after group by account_id
)
select r.* replace (coalesce(r.status, 'open') as status), coalesce(u.account, r.account_id) as account, u.manager_id,
    u.manager, revenue::double as revenue, margin::double as margin, coverage::double as cost_coverage
from risks r
left join unit u on u.account_id = r.account_id
left join earned on earned.account_id = r.account_id
where (u.in_view or not exists (from unit where not in_view)) and (r.raised_on is null or r.raised_on <= $today)
"""
_TYPES = {
    **{column.name: "float64" if column.kind == "share" else "str" for column in RISKS},
    "raised_on": "datetime64[us]",
    "due_on": "datetime64[us]",
    "account": "str",
    "manager_id": "str",
    "manager": "str",
    **dict.fromkeys(("revenue", "margin", "cost_coverage"), "float64"),
}


def risks(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, today: dt.date) -> pd.DataFrame:
    """List every risk with what it would cost, the largest expected loss first.

    - margin at risk: margin of the account over the twelve months to `as_of`, none less than nothing, × impact (the
      share of it that is lost if it happens); unknown where no line of the account has a cost
    - expected loss: probability (within twelve months) × margin at risk

    Ranked by expected loss, not by the cells of a grid of probability and impact, which can put a smaller risk above
    a larger one (Cox 2008).

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        The last day of the as-of month.
    today
        The day a mitigation is overdue from; risks raised later are not told.

    Returns
    -------
    pandas.DataFrame
        The columns of the schema, then account (name), manager_id, manager, revenue, margin, cost_coverage (share of
        net with a cost), is_live (neither closed nor happened), margin_at_risk, expected_loss (currency; NaN where
        unknown or over), is_overdue (live, and its mitigation was due before today), reason (why an expected loss is
        missing, or what is left out of it). Those of unknown loss come after the known, those that are over last.
    """
    asked = {"first": window_start(as_of, MONTHS), "after": shift(as_of, 1), "today": today}
    rows = cursor.execute(_RISKS, asked).df().astype(_TYPES)
    live = ~rows["status"].isin(OVER)
    at_risk = rows["margin"].clip(lower=0) * rows["impact"]
    told = rows.assign(
        is_live=live,
        margin_at_risk=at_risk.where(live),
        expected_loss=(rows["probability"] * at_risk).where(live),
        is_overdue=live & (rows["due_on"] < pd.Timestamp(today)),
    )
    told["reason"] = pd.Series([_reason(row) for row in told.to_dict("records")], told.index, dtype="str")
    by = {"is_live": False, "expected_loss": False, "probability": False, "risk_id": True}
    return told.sort_values(list(by), ascending=list(by.values()), kind="stable", ignore_index=True)


def _reason(row: dict) -> str | None:
    if not row["is_live"]:
        return {"closed": _("It is over: closed."), "happened": _("It is over: happened.")}[row["status"]]
    if np.isnan(row["margin"]):
        return _("Unknown: no sale of the account within twelve months has a cost.")
    if row["margin"] <= 0:
        return _("The account brings no margin that could be lost.")
    return None


def grid(risks: pd.DataFrame) -> pd.DataFrame:
    """Count the live risks in a grid of five by five bands of probability and impact, a fifth each.

    Returns
    -------
    pandas.DataFrame
        25 rows: probability_band and impact_band (1 to 5), risks, expected_loss (their sum; NaN where none is known).

    Examples
    --------
    >>> one = pd.DataFrame({"probability": [0.3], "impact": [1.0], "expected_loss": [9.0], "is_live": [True]})
    >>> grid(one).query("risks > 0").values.tolist()
    [[2.0, 5.0, 1.0, 9.0]]
    """
    live = risks[risks["is_live"]]
    bands = {name: np.ceil(live[name] * BANDS).clip(1, BANDS).astype("int64") for name in ("probability", "impact")}
    cells = pd.DataFrame({"probability_band": bands["probability"], "impact_band": bands["impact"]})
    cells = cells.assign(risks=1, expected_loss=live["expected_loss"])
    every = pd.MultiIndex.from_product([range(1, BANDS + 1)] * 2, names=["probability_band", "impact_band"])
    kept = cells.groupby(["probability_band", "impact_band"]).agg(
        risks=("risks", "sum"), expected_loss=("expected_loss", lambda each: each.sum(min_count=1))
    )
    found = kept.reindex(every)
    return found.assign(risks=found["risks"].fillna(0).astype("int64")).reset_index()
