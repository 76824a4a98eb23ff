"""Thresholds of plans from book.toml: kept as data, refused by name."""

import pytest

from kam.base.errors import BookError
from kam.base.policy import THRESHOLDS, Thresholds, plan_policy


def test_what_is_left_out_keeps_its_default() -> None:
    assert plan_policy({}) == THRESHOLDS
    assert plan_policy({"green_pace": 1, "fewest_windows": 5}) == Thresholds(green_pace=1.0, fewest_windows=5)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"green": 1}, "green means nothing here"),
        ({"green_pace": "fast"}, "green_pace must be a number from 0, not 'fast'"),
        ({"amber_pace": -1}, "amber_pace must be a number from 0, not -1"),
        ({"stretch": 95}, "stretch must be a share up to 1, not 95"),
        ({"fewest_windows": 2.5}, "fewest_windows must be a whole number from 1, not 2.5"),
        ({"fewest_windows": 0}, "fewest_windows must be a whole number from 1, not 0"),
        ({"met": 0}, "met must be above 0"),
        ({"early": True}, "early must be a number from 0, not True"),
        ({"amber_pace": 0.95}, "amber_pace of 0.95 is above green_pace of 0.9"),
        ({"ambition": 0.99}, "ambition of 0.99 is above stretch of 0.95"),
        ([], r"must be a section, not \[\]"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(given: object, said: str) -> None:
    with pytest.raises(BookError, match=rf"\[policy\.plans\] {said}"):
        plan_policy(given)
