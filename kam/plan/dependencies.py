"""Which open milestones are at risk because one that must be done first is late, however long the chain."""

import pandas as pd

from kam.base.schema import OPEN
from kam.base.texts import _

CIRCLE = _("It waits for itself through the milestones before it.")


def with_dependencies(milestones: pd.DataFrame) -> pd.DataFrame:
    """Add to each milestone the one before it, and whether that endangers it.

    An open milestone is at risk by its predecessor if that one is open and overdue, or open and due after it, or open
    and itself at risk by its own predecessor. Milestones that wait for each other in a circle are at risk by that.

    Parameters
    ----------
    milestones
        milestone_id, title, depends_on, status, due_on; all milestones of a book, as a predecessor may be of any plan.

    Returns
    -------
    DataFrame
        The same rows with predecessor (its title, missing where there is none), is_at_risk, and risk_reason (one
        sentence, missing where there is no risk).

    Examples
    --------
    >>> rows = {"milestone_id": ["A", "B"], "title": ["Ask", "Build"], "depends_on": [None, "A"]}
    >>> rows |= {"status": ["overdue", "planned"], "due_on": pd.to_datetime(["2026-09-01", "2026-12-01"])}
    >>> with_dependencies(pd.DataFrame(rows))["risk_reason"].tolist()[1]
    '“Ask” must be done first and is overdue.'
    """
    rows = {str(row["milestone_id"]): row for row in milestones.to_dict("records")}
    known: dict[str, str | None] = {}
    for key in rows:
        _judge(key, rows, known)
    before = [rows.get(str(key)) for key in milestones["depends_on"]]
    reasons = [known[str(key)] for key in milestones["milestone_id"]]
    return milestones.assign(
        predecessor=pd.Series([None if row is None else row["title"] for row in before], milestones.index, dtype="str"),
        is_at_risk=pd.Series([reason is not None for reason in reasons], milestones.index, dtype="bool"),
        risk_reason=pd.Series(reasons, milestones.index, dtype="str"),
    )


def _judge(start: str, rows: dict[str, dict], known: dict[str, str | None]) -> None:
    """Walk from a milestone to the first one before it whose risk is known, then back, without recursion."""
    chain: dict[str, None] = {}
    key: str | None = start
    while key is not None and key not in known and key not in chain:
        chain[key] = None
        before = str(rows[key]["depends_on"])
        # a done one waits for nothing any more, so a circle through it is none
        key = before if rows[key]["status"] in OPEN and before in rows else None
    walked = list(chain)
    if key is not None and key in chain:
        first = walked.index(key)
        known.update(dict.fromkeys(walked[first:], CIRCLE))
        walked = walked[:first]
    for each in reversed(walked):
        known[each] = _reason(rows[each], rows, known)


def _reason(row: dict, rows: dict[str, dict], known: dict[str, str | None]) -> str | None:
    before = rows.get(str(row["depends_on"]))
    if row["status"] not in OPEN or before is None or before["status"] not in OPEN:
        return None
    if before["status"] == "overdue":
        return _("“{milestone}” must be done first and is overdue.").format(milestone=before["title"])
    if pd.notna(before["due_on"]) and pd.notna(row["due_on"]) and before["due_on"] > row["due_on"]:
        return _("“{milestone}” must be done first and is due later than this.").format(milestone=before["title"])
    if known[str(row["depends_on"])] is not None:
        return _("“{milestone}” must be done first and is at risk itself.").format(milestone=before["title"])
    return None
