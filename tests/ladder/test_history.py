"""Many days are read at once, and each answer is the one of that day alone; who falls silent is on no known rung."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest

from kam.base.likelihoods import PRICE
from kam.ladder import relationship_signals as relationship
from kam.ladder.evidence import evidence
from kam.ladder.rung import HISTORY, ladder, ladder_history, ladders
from kam.people.relationships import relationships
from kam.portfolio.active_units import active
from tests.ladder.portfolios import AS_OF, portfolio
from tests.ladder.reading import read
from tests.ladder.small_book import small_book
from tests.relations import Row, line, relations, seen

DAYS = [dt.date(2026, 3, 31), dt.date(2026, 6, 15), AS_OF]


@pytest.fixture(scope="module")
def book() -> duckdb.DuckDBPyConnection:
    return portfolio(11, 30).book()


@pytest.fixture(scope="module")
def day_by_day(book: duckdb.DuckDBPyConnection) -> dict[dt.date, pd.DataFrame]:
    return {day: ladder(read(book, day)) for day in DAYS}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_several_days_at_once_are_each_day_alone_in_any_order(
    order: tuple[int, ...], book: duckdb.DuckDBPyConnection, day_by_day: dict[dt.date, pd.DataFrame]
) -> None:
    days = [DAYS[place] for place in order]
    for day, found in zip(days, ladders(read(book, *days)), strict=True):
        pd.testing.assert_frame_equal(found, day_by_day[day])


def test_the_history_is_the_ladder_day_by_day(
    book: duckdb.DuckDBPyConnection, day_by_day: dict[dt.date, pd.DataFrame]
) -> None:
    history = ladder_history(read(book, *DAYS))
    assert history.columns.tolist() == HISTORY
    for day, then in day_by_day.items():
        rows = history[history["as_of"] == pd.Timestamp(day)].reset_index(drop=True)
        shown = ["account_id", "p_broker", "p_partner", "rung"]
        pd.testing.assert_frame_equal(rows[shown], then[shown])
        assert rows["expected_rung"].dropna().to_numpy() == pytest.approx(then["expected_rung"][then["groups"] > 0])


@pytest.mark.parametrize("level", ["account", "parent"])
def test_the_relationship_is_that_of_the_relationships_page(level: str) -> None:
    book = portfolio(12, 20).book()
    book.execute("update accounts set parent_id = 'A0', root_id = 'A0' where account_id in ('A1', 'A2')")
    book.execute("update contacts set left_on = date '2026-08-01' where contact_id in ('A1-0', 'A5-0')")
    book.execute("update touches set manager_id = null where touch_id like '%-1'")
    theirs = relationships(seen(book, level), as_of=AS_OF).set_index("account_id")
    numbers = book.execute("select distinct root_id as account_id from accounts order by 1").df()["account_id"]
    if level == "account":
        numbers = book.execute("select account_id from accounts order by 1").df()["account_id"]
    ours = relationship.figures(book, days=[AS_OF])
    ours = ours.assign(account_id=numbers.to_numpy()[ours["unit"]]).set_index("account_id")
    same = {
        "coverage": "coverage",
        "executive contact": "executive_touches",
        "support": "net_support",
        "dependence": "key_person_theirs",
    }
    for signal, column in same.items():
        expected = theirs[column].reindex(ours.index)
        assert ours[signal].to_numpy() == pytest.approx(expected.to_numpy(), nan_ok=True), signal


def monthly(account: str, *months: str) -> list[Row]:
    return [line(account, f"{month}-01", 100, list_amount=100) for month in months]


QUARTERLY = ("2025-01", "2025-04", "2025-07", "2025-10", "2026-01", "2026-04")
OFTEN = tuple(f"2025-{month:02d}" for month in range(6, 13))


@pytest.mark.parametrize(
    ("months", "silent"),
    [
        (OFTEN, True),  # every month, and then nothing for nine
        ((*OFTEN, *(f"2026-{month:02d}" for month in range(1, 7))), False),  # three months are not more than 3 × 1
        ((*OFTEN, *(f"2026-{month:02d}" for month in range(1, 6))), True),  # one of four is
        (QUARTERLY, False),  # waits three months each time; five are within its rhythm
        (("2025-11", "2025-12", "2026-01"), False),  # three purchases are no rhythm yet
    ],
)
def test_silence_is_longer_than_three_times_its_own_rhythm(months: tuple[str, ...], *, silent: bool) -> None:
    found = active(relations(monthly("A", *months)), days=[AS_OF])
    assert found["silent"].tolist() == [silent]


def test_who_has_fallen_silent_is_on_no_known_rung_however_clear_it_was() -> None:
    book = small_book()
    before = ladder(read(book, AS_OF, accounts=["A"])).iloc[0]
    book.execute("delete from sales_month where account_id = 'A'")
    for month in OFTEN:
        book.execute(
            "insert into sales_month by name select 'A' as account_id, product_id, $month::date as month, 100 as net,"
            " 100 as list, 100 as net_listed, 0 as returned, 1 as lines, 1 as quantity from products",
            {"month": f"{month}-01"},
        )
    after = ladder(read(book, AS_OF, accounts=["A"])).iloc[0]
    assert (before["rung"], before["silent"]) == ("strategic partner", False)
    assert (after["rung"], after["silent"]) == ("unknown", True)
    assert after["p_partner"] > 0.6


def test_prices_and_breadth_are_as_old_as_the_last_sale_and_regularity_is_of_today() -> None:
    sales = [row for x in "ABCDE" for row in monthly(x, "2026-09")] + [
        line("F", "2026-03-15", 70, list_amount=100, product_id="P1")
    ]
    seen = evidence(read(small_book(sales=sales, surveys=()), AS_OF, accounts=["F"])).set_index("signal")
    assert seen.loc["discount depth", "observed_on"] == pd.Timestamp(2026, 3, 31)
    assert seen.loc["discount depth", "weight"] == pytest.approx(0.5 ** (183 / (365.25 / 12) / 12))


def test_a_person_who_left_no_longer_speaks_for_the_customer() -> None:
    book = small_book()
    book.execute("update contacts set left_on = date '2026-09-30' where contact_id = 'K1'")
    assert "perception" not in evidence(read(book, AS_OF, accounts=["A"]))["signal"].tolist()


def test_a_group_left_out_changes_nothing_that_the_others_say() -> None:
    book = small_book()
    seen = evidence(read(book, AS_OF, accounts=["A"]))
    (found,) = ladders(read(book, AS_OF, accounts=["A"]), without=[PRICE])
    rows = seen[seen["group"] != PRICE]
    pull = rows["log_odds"].sum()
    assert np.log(found["p_partner"][0] / found["p_broker"][0]) == pytest.approx(pull + np.log(0.20 / 0.35))
    assert found["rung"].tolist() == ["strategic partner"]  # two groups are enough where one was not heard


def test_bidders_are_averaged_over_the_chances_of_a_year() -> None:
    bids = [(1, "2026-09-01", "A"), (3, "2025-12-01", "A"), (9, "2025-09-30", "A"), (None, "2026-09-02", "A")]
    bids += [(number, "2026-06-01", x) for number, x in zip((0, 1, 2, 2), "BCDE", strict=True)]
    rows = [
        {
            "opportunity_id": str(number),
            "account_id": x,
            "title": "",
            "rivals": rivals,
            "opened_on": dt.date.fromisoformat(day),
        }
        for number, (rivals, day, x) in enumerate(bids)
    ]
    book = small_book()
    for row in rows:
        book.execute(
            "insert into opportunities (opportunity_id, account_id, title, rivals, opened_on)"
            " values ($opportunity_id, $account_id, $title, $rivals, $opened_on)",
            row,
        )
    seen = evidence(read(book, AS_OF, accounts=["A", "B"]))
    seen = seen[seen["signal"] == "competitive bids"]
    assert seen["observed"].tolist() == [
        "competing bidders a chance to sell: 2, peers' median 2",
        "competing bidders a chance to sell: 0, peers' median 2",
    ]
    assert seen["level"].tolist() == ["middle", "few"]
