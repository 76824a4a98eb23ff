"""At risk by another: chains, circles, and what is done."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.plan.dependencies import CIRCLE, with_dependencies


def steps(*rows: tuple[str, str | None, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["milestone_id", "depends_on", "status", "due_on"])
    frame = frame.astype({"milestone_id": "str", "depends_on": "str", "status": "str", "due_on": "datetime64[us]"})
    return frame.assign(title="Step " + frame["milestone_id"])


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        (
            [("A", None, "overdue", "2026-01-01"), ("B", "A", "planned", "2026-12-01")],
            [None, "“Step A” must be done first and is overdue."],
        ),
        (
            [("A", None, "planned", "2026-12-02"), ("B", "A", "planned", "2026-12-01")],
            [None, "“Step A” must be done first and is due later than this."],
        ),
        ([("A", None, "planned", "2026-12-01"), ("B", "A", "planned", "2026-12-01")], [None, None]),
        ([("A", None, "done late", "2026-12-09"), ("B", "A", "planned", "2026-12-01")], [None, None]),
        ([("A", None, "overdue", "2026-01-01"), ("B", "A", "done", "2026-12-01")], [None, None]),
        (
            [("C", "B", "planned", "2026-12-03"), ("B", "A", "planned", "2026-12-02"), ("A", None, "overdue", None)],
            ["“Step B” must be done first and is at risk itself.", "“Step A” must be done first and is overdue.", None],
        ),
        ([("A", "A", "planned", "2026-12-01")], [CIRCLE]),
        (
            [("A", "B", "planned", "2026-12-01"), ("B", "A", "planned", "2026-12-01"), ("C", "B", "planned", None)],
            [CIRCLE, CIRCLE, "“Step B” must be done first and is at risk itself."],
        ),
        ([("A", "B", "done", "2026-12-01"), ("B", "A", "planned", "2026-12-01")], [None, None]),
        ([("A", "gone", "planned", "2026-12-01")], [None]),
    ],
)
def test_who_is_endangered_by_whom(rows: list, reasons: list[str | None]) -> None:
    found = with_dependencies(steps(*rows))

    assert [None if pd.isna(reason) else reason for reason in found["risk_reason"]] == reasons
    assert found["is_at_risk"].tolist() == [reason is not None for reason in reasons]


def test_none_has_the_same_columns() -> None:
    found = with_dependencies(steps())

    assert found.dtypes[["predecessor", "is_at_risk", "risk_reason"]].astype(str).tolist() == ["str", "bool", "str"]


def test_a_long_chain_is_walked() -> None:
    chain = [(f"{n}", f"{n - 1}" if n else None, "planned" if n else "overdue", "2026-12-01") for n in range(5000)]

    assert with_dependencies(steps(*reversed(chain)))["is_at_risk"].sum() == 4999


drawn = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(["overdue", "planned", "due soon", "done"]),
        st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-01"]),
    ),
    min_size=1,
    max_size=6,
)


@given(drawn)
def test_the_walk_agrees_with_its_definition(rows: list[tuple[int, str, str]]) -> None:
    frame = steps(*[(f"{place}", f"{before}", status, due) for place, (before, status, due) in enumerate(rows)])
    found = with_dependencies(frame)["is_at_risk"].tolist()

    def endangered(place: int, seen: frozenset[int]) -> bool:
        before, status, due = rows[place]
        if status == "done" or before >= len(rows) or rows[before][1] == "done":
            return False
        if place in seen:
            return True  # a circle of open ones
        return rows[before][1] == "overdue" or rows[before][2] > due or endangered(before, seen | {place})

    assert found == [endangered(place, frozenset()) for place in range(len(rows))]
