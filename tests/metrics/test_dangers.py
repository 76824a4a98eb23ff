"""Each danger from the smallest book that has it, and from its nearest neighbour that has not."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from kam.base.periods import window_months
from kam.dangers.danger_list import COLUMNS, dangers
from kam.portfolio.accounts import accounts
from kam.portfolio.monthly import monthly
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
EVERY_MONTH = [month.isoformat() for month in window_months(AS_OF, 24)]
# a large steady account beside, so that nobody else is a tenth of revenue
STEADY: list[Row] = [line("steady", month, 10_000) for month in EVERY_MONTH]


def _found(book: list[Row], ladder: pd.DataFrame | None = None, **tables: list[Row]) -> pd.DataFrame:
    connection = relations([*STEADY, *book], **tables)
    frame = accounts(connection, as_of=AS_OF)
    months = monthly(connection, as_of=AS_OF)
    parents = accounts(seen(connection, level="parent"), as_of=AS_OF)
    before = frame.copy(), months.copy()
    answer = dangers(frame, months, as_of=AS_OF, parents=parents, ladder=ladder, currency="EUR")
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(months, before[1])
    return answer[answer["account_id"] != "steady"].reset_index(drop=True)


def _kinds(book: list[Row]) -> list[str]:
    return _found(book)["kind"].tolist()


def test_a_parent_with_a_tenth_of_revenue_is_a_dependence_though_no_subsidiary_is() -> None:
    book = [line(name, month, 600) for name in ("roof", "one", "two") for month in EVERY_MONTH]
    under_one_roof: list[Row] = [{"account_id": name, "parent_id": "roof"} for name in ("one", "two")]
    assert _found(book).empty
    answer = _found(book, accounts=under_one_roof)
    expected = pd.DataFrame(
        {
            "account_id": ["roof"],
            "name": ["roof"],
            "manager": [None],
            "kind": ["dependence"],
            "amount": [21_600.0],
            "text": ["roof brings 15.3 % of all revenue; from 10.0 % on, one customer can shake the whole business."],
            "severity": [2],
            "revenue": [21_600.0],
        }
    ).astype(dict.fromkeys(["account_id", "name", "manager", "kind", "text"], "str"))
    pd.testing.assert_frame_equal(answer, expected)


def test_a_monthly_buyer_is_silent_after_three_months_without_a_purchase() -> None:
    until_june = [line("A", month, 100) for month in EVERY_MONTH[:-3]]
    answer = _found(until_june)
    assert answer["kind"].tolist() == ["silent", "falling"]
    assert answer["amount"].tolist() == [1200.0, 300.0]
    assert answer["text"].iloc[0] == (
        "A has bought nothing for 3 months, after 12 active months and EUR 1.20 k in the year to Jun 2026."
    )
    assert "silent" not in _kinds([line("A", month, 100) for month in EVERY_MONTH[:-2]])


def test_a_quarterly_buyer_is_not_silent_after_five_months_but_after_seven() -> None:
    def quarterly(last: int) -> list[Row]:
        return [line("A", month, 100) for month in EVERY_MONTH[last - 12 : last + 1 : 3]]

    assert _kinds(quarterly(18)) == []
    assert "silent" in _kinds(quarterly(16))


def test_a_credit_note_does_not_break_silence_and_a_lost_account_is_past_danger() -> None:
    until_march = [line("A", month, 100) for month in EVERY_MONTH[:-6]]
    assert "silent" in _kinds([*until_march, line("A", "2026-09-01", -10)])
    assert _kinds([line("A", month, 100) for month in EVERY_MONTH[:12]]) == []


def test_revenue_down_by_a_fifth_is_falling() -> None:
    def pair(now: float) -> list[Row]:
        return [line("A", "2025-03-01", 1000), line("A", "2026-03-01", now)]

    answer = _found(pair(800))
    assert answer[["kind", "amount", "severity"]].to_dict("records") == [
        {"kind": "falling", "amount": 200.0, "severity": 2}
    ]
    assert answer["text"].tolist() == ["Revenue of A fell 20.0 % in a year, from EUR 1.00 k to EUR 800."]
    assert _found(pair(500))["severity"].tolist() == [3]
    assert _kinds(pair(801)) == []
    assert _kinds(pair(0)) == []


def test_a_loss_is_told_where_costs_cover_enough_and_is_urgent_the_second_year() -> None:
    losing = [line("A", "2026-03-01", 1000, cost_amount=1100)]
    assert _found(losing)[["kind", "amount", "severity"]].to_dict("records") == [
        {"kind": "negative margin", "amount": 100.0, "severity": 2}
    ]
    again = [line("A", "2025-03-01", 1000, cost_amount=1100), *losing]
    assert _found(again)["severity"].tolist() == [3]
    assert _kinds([*losing, line("A", "2026-03-01", 1001)]) == []
    assert _kinds([line("A", "2026-03-01", 1000, cost_amount=1000)]) == []


def test_three_more_points_of_discount_are_an_erosion() -> None:
    def pair(now: float) -> list[Row]:
        before = line("A", "2025-03-01", 8800, list_amount=10_000)
        return [before, line("A", "2026-03-01", now, list_amount=10_000)]

    answer = _found(pair(8500))
    assert answer[["kind", "severity"]].to_dict("records") == [{"kind": "discount erosion", "severity": 2}]
    assert answer["amount"].iloc[0] == pytest.approx(300)
    assert answer["text"].tolist() == [
        "Discounts to A grew 3.0 pp in a year, from 12.0 % to 15.0 % of list price, or EUR 300 a year."
    ]
    assert _kinds(pair(8510)) == []


def test_a_claim_half_a_rung_above_the_evidence_is_told_unless_the_evidence_is_silent() -> None:
    book = [line(name, month, 100) for name in "ABCDE" for month in EVERY_MONTH]
    ladder = pd.DataFrame(
        {
            "account_id": list("ABCDE"),
            "rung": ["supplier", "commodity broker", "unknown", "supplier", "supplier"],
            "claimed_rung": ["strategic partner", "supplier", "strategic partner", None, "supplier"],
            "gap": [1.1, 0.6, 1.5, np.nan, 0.5],
        }
    )
    answer = _found(book, ladder)
    assert answer[["account_id", "kind", "amount", "severity"]].to_dict("records") == [
        {"account_id": "A", "kind": "claimed above evidence", "amount": 1200.0, "severity": 2},
        {"account_id": "B", "kind": "claimed above evidence", "amount": 1200.0, "severity": 1},
    ]


def test_trifles_are_left_out() -> None:
    # 5 of every 10 000 of 120 000: sixty
    assert _kinds([line("A", "2025-03-01", 100), line("A", "2026-03-01", 30)]) == ["falling"]
    assert _kinds([line("A", "2025-03-01", 80), line("A", "2026-03-01", 30)]) == []


def test_most_money_comes_first_and_the_manager_is_named() -> None:
    book = [line("A", "2025-03-01", 1000), line("A", "2026-03-01", 500)]
    book += [line("B", "2025-03-01", 3000), line("B", "2026-03-01", 2000)]
    answer = _found(
        book, accounts=[{"account_id": "B", "manager_id": "M"}], managers=[{"manager_id": "M", "name": "Mina"}]
    )
    assert answer["account_id"].tolist() == ["B", "A"]
    assert answer["manager"].fillna("nobody").tolist() == ["Mina", "nobody"]


def test_an_empty_book_has_no_dangers() -> None:
    connection = relations()
    frame = accounts(connection, as_of=AS_OF)
    answer = dangers(frame, monthly(connection, as_of=AS_OF), as_of=AS_OF, parents=frame)
    assert answer.empty
    assert answer.columns.tolist() == COLUMNS
