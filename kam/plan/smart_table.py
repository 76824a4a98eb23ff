"""Every objective of the book, and a draft that is in none, judged by SMART against what the book knows."""

import datetime as dt
from collections.abc import Hashable, Mapping

import duckdb
import pandas as pd

from kam.base.policy import THRESHOLDS, Thresholds
from kam.plan.objective import Objective, text
from kam.plan.past import Past
from kam.plan.past_changes import Reach, reach
from kam.plan.smart import LETTERS, Known, check
from kam.plan.verdict import Verdict

_OBJECTIVES = """
select o.*, p.account_id, coalesce(u.account, p.account_id) as account, p.name as plan, p.manager_id,
    coalesce(n.name, p.manager_id) as manager, p.starts_on as plan_starts_on, p.ends_on as plan_ends_on, p.customer_goal
from objectives o
left join plans p using (plan_id)
left join unit u on u.account_id = p.account_id
left join managers n on n.manager_id = p.manager_id
where u.in_view or not exists (from unit where not in_view)
order by o.objective_id
"""
_PLAN = """
select account_id, starts_on as plan_starts_on, ends_on as plan_ends_on, customer_goal from plans where plan_id = $plan
"""
_PRODUCTS = "select product_id, category from products"

_HEAD = ("objective_id", "title", "account_id", "account", "plan_id", "plan", "manager_id", "manager")
_NUMBERS = ("needed", "percentile", "windows", "reached")


def smart(
    cursor: duckdb.DuckDBPyConnection, *, past: Past, currency: str | None, thresholds: Thresholds = THRESHOLDS
) -> pd.DataFrame:
    """Judge every objective by SMART (Doran 1981), each letter with its reason and the smallest fix.

    Parameters
    ----------
    cursor
        A cursor of a view: of its accounts the plans are told; where all are in view, those of no known account, too.
    past
        The past of the same book, for what is achievable.
    currency
        The book's currency.
    thresholds
        What is a stretch, and how many windows are enough.

    Returns
    -------
    DataFrame
        One row an objective in the order of ids: objective_id, title, account_id, account, plan_id, plan, manager_id,
        manager; specific, measurable, achievable, relevant, time_bound, assigned (boolean, missing where it cannot be
        told), each with `<letter>_reason` and `<letter>_fix` (empty where it holds); needed (the wanted change,
        relative or in points), percentile (share of past windows with a smaller change), windows and reached (how many
        there were, and in how many the change was as large). No objectives: no rows, the same columns.
    """
    rows = cursor.execute(_OBJECTIVES).df()
    book = _Book(cursor, past, currency, thresholds)
    answers = [book.judged(_named(row)) for row in rows.to_dict("records")]
    columns = [f"{letter}{part}" for letter in LETTERS for part in ("", "_reason", "_fix")]
    found = pd.DataFrame(answers, columns=[*columns, *_NUMBERS], index=rows.index)
    types = {column: "boolean" if column in LETTERS else "str" for column in columns}
    types |= {"needed": "float64", "percentile": "float64", "windows": "Int64", "reached": "Int64"}
    return pd.concat([rows[list(_HEAD)].astype("str"), found.astype(types)], axis=1)


def check_draft(
    cursor: duckdb.DuckDBPyConnection,
    draft: Mapping[str, object],
    *,
    past: Past,
    currency: str | None,
    thresholds: Thresholds = THRESHOLDS,
) -> pd.DataFrame:
    """Judge an objective that is stored nowhere yet, such as one that somebody is typing.

    Parameters
    ----------
    cursor
        An opened book.
    draft
        Columns of the objectives table, as many as there are. Its plan is found by `plan_id`; of a plan that is not
        stored either, `account_id`, `plan_starts_on`, `plan_ends_on` and `customer_goal` may stand in the draft.

    Returns
    -------
    DataFrame
        One row a letter, in their order: letter, holds (boolean, missing where it cannot be told), reason, fix.
    """
    plan = cursor.execute(_PLAN, {"plan": text(draft.get("plan_id"))}).df().to_dict("records")
    row = {**draft, **_named(plan[0])} if plan else dict(draft)
    verdicts, _ = _Book(cursor, past, currency, thresholds).verdicts(row)
    rows = [(letter, verdict.holds, verdict.reason, verdict.fix) for letter, verdict in verdicts.items()]
    types = {"letter": "str", "holds": "boolean", "reason": "str", "fix": "str"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def measure_draft(
    cursor: duckdb.DuckDBPyConnection, draft: Mapping[str, object], *, past: Past, currency: str | None
) -> pd.DataFrame:
    """Measure what an objective that is stored nowhere yet is about: one row, in the objective's unit.

    Returns
    -------
    DataFrame
        at_start (the day before its start) and now; NaN where it cannot be measured. `draft` is as for `check_draft`.
    """
    plan = cursor.execute(_PLAN, {"plan": text(draft.get("plan_id"))}).df().to_dict("records")
    row = {**draft, **_named(plan[0])} if plan else dict(draft)
    at_start, now = _Book(cursor, past, currency, THRESHOLDS).measured(row)
    return pd.DataFrame({"at_start": [at_start], "now": [now]}, dtype="float64")


def _named(record: Mapping[Hashable, object]) -> dict[str, object]:
    return {str(name): value for name, value in record.items()}


class _Book:
    """What the book knows around each objective, asked once."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, past: Past, currency: str | None, thresholds: Thresholds
    ) -> None:
        products = cursor.execute(_PRODUCTS).df()
        self._cursor, self._past, self._currency, self._thresholds = cursor, past, currency, thresholds
        self._products = frozenset(products["product_id"])
        self._categories = frozenset(products["category"].dropna())

    def judged(self, row: Mapping[str, object]) -> dict[str, object]:
        """Return the verdicts and the numbers of what is achievable as the columns of one row."""
        verdicts, found = self.verdicts(row)
        answer: dict[str, object] = {}
        for letter, verdict in verdicts.items():
            answer |= {letter: verdict.holds, f"{letter}_reason": verdict.reason, f"{letter}_fix": verdict.fix}
        if found is not None:
            answer |= {name: getattr(found, name) for name in _NUMBERS}
        return answer

    def verdicts(self, row: Mapping[str, object]) -> tuple[dict[str, Verdict], Reach | None]:
        told, account = Objective.of(row), text(row.get("account_id"))
        plan = {
            "account_id": account,
            "starts_on": row.get("plan_starts_on"),
            "ends_on": row.get("plan_ends_on"),
            "customer_goal": row.get("customer_goal"),
        }
        in_scope = told.category in {None, *self._categories} and told.product_id in {None, *self._products}
        found = self._reach(told, account) if in_scope else None
        started, now = self._measured(told, account) if in_scope else (None, None)
        known = Known(plan, self._currency, self._categories, self._products, found, started, now, self._thresholds)
        return check(row, known), found

    def measured(self, row: Mapping[str, object]) -> tuple[float | None, float | None]:
        """Return what is measured at the objective's start and now, in its unit."""
        return self._measured(Objective.of(row), text(row.get("account_id")))

    def _reach(self, told: Objective, account: str | None) -> Reach | None:
        return reach(self._cursor, self._past, told, account, fewest=self._thresholds.fewest_windows)

    def _measured(self, told: Objective, account: str | None) -> tuple[float | None, float | None]:
        """Return what is measured at the objective's start and now, in its unit."""
        if told.scope is None:
            return None, None
        before = None if told.starts_on is None else told.starts_on - dt.timedelta(days=1)
        started = None if before is None else self._past.at(self._cursor, told.scope, account, before)
        now = self._past.at(self._cursor, told.scope, account)
        return (None if started is None else started / told.scale), (None if now is None else now / told.scale)
