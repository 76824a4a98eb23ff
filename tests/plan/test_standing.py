"""Green, amber and red: progress beside the time used."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.policy import Thresholds
from kam.plan.objective_status import STATUSES, Standing, share_of_time, share_of_way, status

share = st.none() | st.floats(0, 1)
way = st.none() | st.floats(-3, 3)


@given(
    progress=way,
    time_used=share,
    is_past_due=st.booleans(),
    thresholds=st.builds(Thresholds, early=st.sampled_from([0.0, 0.1, 1.0])),
)
def test_exactly_one_status_holds(
    *, progress: float | None, time_used: float | None, is_past_due: bool, thresholds: Thresholds
) -> None:
    standing = Standing(progress, time_used, is_past_due, thresholds)

    assert [holds(standing) for holds in STATUSES.values()].count(True) == 1


@pytest.mark.parametrize(
    ("progress", "time_used", "is_past_due", "expected"),
    [
        (0.45, 0.5, False, "green"),
        (0.44, 0.5, False, "amber"),
        (0.3, 0.5, False, "amber"),
        (0.29, 0.5, False, "red"),
        (-0.1, 0.5, False, "red"),
        (0.0, 0.05, False, "green"),
        (-0.01, 0.05, False, "amber"),
        (0.0, 0.1, False, "red"),
        (0.95, 1.0, False, "green"),
        (0.95, 1.0, True, "red"),
        (1.0, 1.0, True, "green"),
        (1.2, 0.0, False, "green"),
        (1.0, None, False, "green"),
        (0.5, None, False, "not measured"),
        (0.5, None, True, "red"),
        (None, 0.5, False, "not measured"),
        (None, None, True, "not measured"),
    ],
)
def test_status_by_hand(*, progress: float | None, time_used: float | None, is_past_due: bool, expected: str) -> None:
    assert status(Standing(progress, time_used, is_past_due)) == expected


def test_thresholds_can_be_set() -> None:
    strict = Thresholds(green_pace=1.0, amber_pace=0.9)

    assert status(Standing(0.45, 0.5, is_past_due=False, thresholds=strict)) == "amber"
    assert status(Standing(0.44, 0.5, is_past_due=False, thresholds=strict)) == "red"


@pytest.mark.parametrize(
    ("starts", "due", "expected"),
    [
        ("2026-09-01", "2026-11-10", 29 / 70),
        ("2026-10-01", "2026-11-10", 0.0),
        ("2026-09-30", "2026-11-10", 0.0),
        ("2026-01-01", "2026-09-30", 1.0),
        ("2025-01-01", "2025-06-30", 1.0),
        ("2026-09-30", "2026-09-30", 1.0),
        ("2026-12-01", "2026-12-01", 0.0),
        ("2026-12-01", "2026-11-01", None),
        (None, "2026-12-01", None),
        ("2026-01-01", None, None),
    ],
)
def test_share_of_time(starts: str | None, due: str | None, expected: float | None) -> None:
    first, last = (dt.date.fromisoformat(text) if text else None for text in (starts, due))

    assert share_of_time(first, last, dt.date(2026, 9, 30)) == expected


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [
        (100, 200, 150, 0.5),
        (100, 200, 50, -0.5),
        (100, 200, 300, 2.0),
        (20, 10, 15, 0.5),
        (20, 10, 30, -1.0),
        (10, 10, 10, None),
        (None, 10, 10, None),
        (0, None, 10, None),
        (0, 10, None, None),
    ],
)
def test_share_of_the_way(
    baseline: float | None, target: float | None, actual: float | None, expected: float | None
) -> None:
    assert share_of_way(baseline, target, actual) == expected
