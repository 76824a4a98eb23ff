"""What would lift an account, and who moved."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd
import pytest

from kam.base.likelihoods import DEFAULT
from kam.base.schema import WAYS_UP
from kam.base.terms import ABSENT, RUNGS
from kam.ladder.climb import WAYS, climb, covered_ways
from kam.ladder.evidence import evidence
from kam.ladder.rung import ladder
from kam.ladder.rung_moves import flows, ladder_moves
from tests.ladder.portfolios import AS_OF, portfolio
from tests.ladder.reading import read
from tests.ladder.small_book import SURVEYS, small_book


def steps(book: duckdb.DuckDBPyConnection, accounts: Sequence[str] | None = None) -> pd.DataFrame:
    covered = covered_ways(book, as_of=AS_OF)
    return climb(read(book, AS_OF, accounts=accounts), covered=covered)


def test_every_signal_but_time_has_a_way_up() -> None:
    assert set(WAYS) == set(DEFAULT.signals) - {"tenure"}
    assert set(WAYS.values()) == set(WAYS_UP)


def test_the_gain_is_what_the_ladder_says_after_the_step() -> None:
    lower = [answer | {"perception": 2} for answer in SURVEYS]
    before, after = small_book(surveys=lower), small_book(surveys=SURVEYS)
    row = steps(before, ["A"]).set_index("signal").loc["perception"]
    column = dict(zip(RUNGS, ("p_broker", "p_supplier", "p_partner"), strict=True))[str(row["next_rung"])]
    then, now = (ladder(read(book, AS_OF, accounts=["A"])).iloc[0][column] for book in (after, before))
    assert row["chance"] == pytest.approx(now)
    assert row["gain"] == pytest.approx(then - now)
    assert (row["level"], row["next_level"]) == ("a good supplier", "a partner in our goals")


def test_nothing_is_told_of_signals_at_the_top_or_without_data() -> None:
    found = steps(small_book(), ["A"])
    seen = evidence(read(small_book(), AS_OF, accounts=["A"]))
    tops = {DEFAULT.of(signal)[-1].level for signal in DEFAULT.signals}
    assert set(found["signal"]) == set(seen["signal"][~seen["level"].isin(tops)]) - {"tenure"}


@pytest.mark.parametrize("answers", [(1, 2), (2, 1)])
def test_of_answers_that_are_equally_frequent_the_lowest_stands_for_all(answers: tuple[int, int]) -> None:
    surveys = [
        {**SURVEYS[0], "contact_id": who, "survey_id": who, "perception": answer}
        for who, answer in zip(("K1", "K2"), answers, strict=True)
    ]
    row = steps(small_book(surveys=surveys), ["A"]).set_index("signal").loc["perception"]
    assert (row["level"], row["next_level"]) == ("one of many sellers", "a good supplier")


def test_of_nobody_there_is_nothing_to_gain() -> None:
    nobody = steps(small_book(), [])
    assert nobody.empty
    pd.testing.assert_series_equal(nobody.dtypes, steps(small_book()).dtypes)


def test_one_level_more_never_lowers_the_chance_of_the_highest_rung() -> None:
    found = steps(portfolio(3, 40).book())
    assert (found.loc[found["next_rung"] == "strategic partner", "gain"] >= 0).all()
    assert found.groupby("account_id", sort=False)["gain"].apply(lambda gain: gain.is_monotonic_decreasing).all()


def test_an_open_action_on_a_running_plan_covers_its_way_up() -> None:
    book = small_book()
    day = dt.date(2026, 1, 1)
    book.execute(
        "insert into plans (plan_id, account_id, name, starts_on, ends_on) values ('P', 'E', '', $day, $end)",
        {"day": day, "end": dt.date(2026, 12, 31)},
    )
    book.execute(
        "insert into strategies (strategy_id, plan_id, title, way_up)"
        " values ('S', 'P', 'Ask what they need', 'discover hidden needs')"
    )
    found = steps(book, ["E"])
    covered = found["way_up"] == "discover hidden needs"
    assert covered.any()
    assert set(found["covered_by"][covered]) == {"Ask what they need"}
    assert found["covered_by"][~covered].isna().all()


def _answer(rungs: dict[str, tuple[str, float]]) -> pd.DataFrame:
    rows = [[account, account, 10.0, rung, expected] for account, (rung, expected) in rungs.items()]
    return pd.DataFrame(rows, columns=["account_id", "name", "revenue", "rung", "expected_rung"])


def test_a_move_needs_both_ends_known() -> None:
    start = _answer({"A": (RUNGS[0], 1.2), "B": ("unknown", 2.0), "C": (RUNGS[1], 2.0), "gone": (RUNGS[2], 2.9)})
    end = _answer({"A": (RUNGS[1], 2.1), "B": (RUNGS[2], 2.8), "C": (RUNGS[1], 2.0), "new": (RUNGS[1], 2.0)})
    moves = ladder_moves(start, end)
    assert moves["moved"].tolist() == [True, False, False, False]
    assert moves["from_rung"].tolist() == [RUNGS[0], "unknown", RUNGS[1], ABSENT]
    assert moves["shift"].tolist() == pytest.approx([0.9, 0.8, 0.0, np.nan], nan_ok=True)
    assert flows(moves)[["accounts", "revenue"]].sum().tolist() == [4, 40.0]
    assert flows(moves)["from_rung"].tolist() == [RUNGS[0], RUNGS[1], "unknown", ABSENT]
