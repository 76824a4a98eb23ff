"""What can be typed into a field, and what it is kept as."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.schema import CONTACTS, OBJECTIVES, READINGS, RISKS, TABLES
from kam.store.layout import AUTHORED
from kam.store.values import ValueProblem, as_text, problems
from tests.small_book import HOSTILE


@pytest.mark.parametrize(
    ("table", "column", "typed", "kept"),
    [
        (CONTACTS, "attitude", -2, "-2"),
        (CONTACTS, "attitude", "2.0", "2"),
        (CONTACTS, "left_on", pd.Timestamp("2026-09-30 12:00"), "2026-09-30"),
        (CONTACTS, "left_on", "2026-09-30T00:00:00", "2026-09-30"),
        (CONTACTS, "function", "technical", "technical"),
        (CONTACTS, "name", "\u00a0Ada  Lind ", "Ada  Lind"),
        (OBJECTIVES, "target", "-1.5", "-1.5000"),
        (OBJECTIVES, "target", 1e-9, "0.0000"),
        (OBJECTIVES, "title", "n/a", None),
        (OBJECTIVES, "title", float("nan"), None),
        (OBJECTIVES, "due_on", "", None),
    ],
)
def test_a_value_is_kept_as(table, column: str, typed: object, kept: str | None) -> None:  # noqa: ANN001 - a Table
    assert as_text(table[column], typed) == kept


@pytest.mark.parametrize(
    ("column", "typed", "reason"),
    [
        ("influence", 6, "is above 5"),
        ("influence", 0, "is below 1"),
        ("influence", 2.5, "is not a whole number"),
        ("influence", "many", "is not a number"),
        ("influence", "1e400", "is not a number that can be kept"),
        ("influence", "inf", "is not a number that can be kept"),
        ("function", "cooking", "is none of: purchasing, finance, technical, operations, marketing, management"),
        ("left_on", "31/12/2026", "is not a date such as 2026-09-30"),
        ("left_on", "1816-01-01", "lies before 1900 or after 2199"),
        ("name", "a\x00b", "holds a character that is no text"),
        ("name", "\ud800", "holds a character that is no text"),
        ("name", "x" * 10_001, "is longer than 10,000 letters"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(column: str, typed: object, reason: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        as_text(CONTACTS[column], typed)
    assert str(refused.value) == reason


def test_every_wrong_field_of_a_record_is_named() -> None:
    assert problems(READINGS, {"reading_id": "R1", "value": "much", "colour": "red"}) == {
        "colour": "is no column of readings",
        "objective_id": "is missing",
        "read_on": "is missing",
        "value": "is not a number",
    }


@given(st.sampled_from([*HOSTILE, "'", "''", 'he said "no"']) | st.text(max_size=40))
def test_what_is_kept_stays_as_it_is_when_kept_again(typed: str) -> None:
    try:
        kept = as_text(RISKS["title"], typed)
    except ValueProblem:
        return
    assert kept is None or as_text(RISKS["title"], kept) == kept


def test_every_table_that_is_written_has_a_key() -> None:
    assert all(TABLES[name].key for name in AUTHORED)
