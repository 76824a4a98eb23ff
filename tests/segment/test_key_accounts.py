"""Who is key in a book: classes that partition, scores from evidence, who moved, and what would change the answer."""

import datetime as dt
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kam
from kam.base.errors import BookError, QuestionError
from kam.base.policy import KeyAccountPolicy, changed, key_account_policy
from kam.base.terms import CLASSES, CRITERIA
from kam.key_accounts.criteria import criteria, criterion_parts
from kam.key_accounts.ratings import intervals, ratings
from kam.key_accounts.segmentation import QUADRANTS, key_classes, quadrants
from kam.portfolio.accounts import accounts
from tests import small_book
from tests.relations import Row, line, relations

AS_OF = dt.date(2026, 9, 30)
SAMPLE = Path(__file__).parents[2] / "data"
CHANCE, SCORE = st.floats(0, 1), st.none() | st.floats(0, 100)


@given(st.lists(st.tuples(CHANCE, SCORE, st.floats(0, 100)), min_size=1))
def test_every_account_is_of_one_class(rows: list[tuple[float, float | None, float]]) -> None:
    frame = pd.DataFrame(rows, columns=["p_key", "growth_score", "revenue_score"]).astype(float)
    assert set(key_classes(frame)) <= set(CLASSES)
    sure, unsure = frame["p_key"] >= 0.8, frame["p_key"] > 0.2
    assert ((key_classes(frame) == "key") == sure).all()
    assert ((key_classes(frame) == "borderline") == (unsure & ~sure)).all()


@given(st.lists(st.tuples(st.floats(0, 100), st.none() | st.floats(1, 3)), min_size=1))
def test_every_account_with_evidence_stands_in_one_box(rows: list[tuple[float, float | None]]) -> None:
    frame = pd.DataFrame(rows, columns=["score", "expected_rung"]).astype(float)
    boxes = quadrants(frame)
    assert (boxes.isna() == frame["expected_rung"].isna()).all()
    assert set(boxes.dropna()) <= set(QUADRANTS)


def book(*rated: Row, money: float = 1.0) -> pd.DataFrame:
    sales = [line(name, "2026-05-01", money * size) for name, size in zip("ABCDE", (9, 5, 3, 2, 1), strict=True)]
    rows = [
        {"rating_id": str(number), "account_id": "A", "criterion": "strategic role"} | dict(row)
        for number, row in enumerate(rated)
    ]
    return scored(relations(sales, ratings=rows)).set_index("account_id")


def scored(book: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return criteria(book, accounts(book, as_of=AS_OF), as_of=AS_OF)


def parts_of(book: duckdb.DuckDBPyConnection, account_id: str) -> pd.DataFrame:
    return criterion_parts(book, accounts(book, as_of=AS_OF), account_id, as_of=AS_OF)


def rating(score: int, day: str, rater: str = "Ada") -> Row:
    return {"score": score, "rated_on": dt.date.fromisoformat(day), "rater": rater}


def span(*rated: Row) -> tuple[float, float, float]:
    ends = book(*rated)[["role_score_low", "role_score", "role_score_high"]].loc[["A"]].to_numpy(dtype=float)[0]
    return float(ends[0]), float(ends[1]), float(ends[2])


def test_an_unrated_criterion_is_the_whole_interval_and_no_number() -> None:
    low, middle, high = span()
    assert (low, high) == (0.0, 100.0)
    assert np.isnan(middle)


def test_a_fresh_undisputed_rating_is_a_point() -> None:
    assert span(rating(4, "2026-09-30")) == pytest.approx((75, 75, 75))
    assert span(rating(4, "2026-09-30"), rating(4, "2026-09-30", "Bo")) == pytest.approx((75, 75, 75))


def test_age_widens_and_the_future_is_not_known() -> None:
    fresh, old = span(rating(4, "2026-09-30")), span(rating(4, "2025-03-01"))
    assert old[0] < fresh[0] <= fresh[2] < old[2]
    assert np.isnan(span(rating(4, "2026-10-01"))[1])


def test_only_the_newest_rating_of_a_rater_counts() -> None:
    assert span(rating(1, "2026-01-01"), rating(5, "2026-09-30")) == span(rating(5, "2026-09-30"))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 1500)), min_size=1, max_size=5), st.integers(0, 20))
def test_a_fresh_rating_that_agrees_never_widens_the_interval(votes: list[tuple[int, int]], step: int) -> None:
    cast = [rating(score, str(AS_OF - dt.timedelta(days=age)), f"R{place}") for place, (score, age) in enumerate(votes)]
    low, _, high = _span(cast)
    agreed = 1 + step % 5
    if not low <= 25 * (agreed - 1) <= high:
        return
    narrower = _span([*cast, rating(agreed, str(AS_OF), "new")])
    assert narrower[0] >= low - 1e-9
    assert narrower[2] <= high + 1e-9
    assert 0 <= narrower[0] <= narrower[1] <= narrower[2] <= 100


def _span(cast: list[Row]) -> tuple[float, float, float]:
    rows = [
        {"rating_id": str(number), "account_id": "A", "criterion": "strategic role"} | dict(row)
        for number, row in enumerate(cast)
    ]
    found = ratings(relations([line("A", "2026-05-01", 1)], ratings=rows), as_of=AS_OF, half_life=12)
    row = intervals(found).iloc[0]
    return row["low"], row["middle"], row["high"]


def test_scaling_money_and_the_order_of_rows_change_no_score() -> None:
    ends = [f"{criterion}_score" for criterion in CRITERIA]
    pd.testing.assert_frame_equal(book(money=1000.0)[ends], book()[ends])


def test_the_parts_of_a_score_add_up_to_it() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        key = opened.key_accounts().set_index("account_id")
        for account in key.index[:5]:
            parts = opened.criterion_parts(account)
            known = parts[parts["points"].notna() & (parts["weight"] > 0)]
            sums = (known["points"] * known["weight"]).groupby(known["criterion"]).sum()
            for criterion, total in sums.items():
                assert total == pytest.approx(key.loc[account, f"{criterion}_score"])


def test_white_space_is_a_part_of_growth_potential_by_its_place_among_the_accounts() -> None:
    """Of A and B, who bought nothing a year ago, only what they could be sold is known of growth: 75 and 25 points."""
    products = [{"product_id": name, "category": name} for name in ("P", "Q", "R")]
    bought = (("A", "P", 30.0), ("A", "Q", 60.0), ("B", "P", 5.0), ("B", "R", 5.0))
    sales = [line(account, "2026-05-01", amount, product_id=product) for account, product, amount in bought]
    opened = relations(sales, products=products)
    parts = {account: parts_of(opened, account).set_index("part") for account in "AB"}
    name = "white space among active accounts"
    assert [parts[account].loc[name, "points"] for account in "AB"] == [75.0, 25.0]
    assert [parts[account].loc[name, "weight"] for account in "AB"] == [1.0, 1.0]
    # A buys no R: 10 of 10 prior accounts and its one peer buy it, who spends half of its revenue on it
    assert parts["A"].loc[name, "value"] == pytest.approx(90 * 0.5)
    assert (
        parts["A"].loc[name, "evidence"] == "45.0 a year expected in gaps and open opportunities, Oct 2025 – Sep 2026"
    )
    assert scored(opened)["growth_score"].tolist() == [75.0, 25.0]
    assert scored(relations(sales))["growth_score"].isna().all()


def test_the_stories_of_the_sample_come_out() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        key = opened.key_accounts().set_index("account_id")
        assert key.loc["A0002", "key_for_role"]
        assert key["key_for_role"].sum() == 1
        falling = key.loc["A0001"]
        assert falling["margin_rate"] < falling["prior_margin_rate"] - 0.03


def test_the_same_question_has_the_same_answer_and_draws_refine_it() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        once, again = opened.key_accounts(), opened.view().key_accounts()
        pd.testing.assert_frame_equal(once, again)
        few = opened.key_accounts(draws=1000).set_index("account_id")["p_key"]
        assert (few - once.set_index("account_id")["p_key"]).abs().max() < 0.08


def test_all_weight_on_revenue_is_the_ranking_by_the_revenue_score() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        key = opened.key_accounts(weights=(100, 0, 0, 0), kappa=1e9)
        assert set(key["p_key"]) <= {0.0, 1.0}
        order = key.sort_values(["revenue_score", "revenue"], ascending=False)["account_id"].tolist()
        assert key.sort_values("rank_low")["account_id"].tolist() == order


def test_who_came_and_who_went_is_who_crossed_one_half() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        moves = opened.key_account_moves()
        entered = moves[moves["move"] == "enters"]
        assert (entered["p_key"] >= 0.5).all()
        assert not (entered["prior_p_key"] >= 0.5).any()
        assert opened.view(as_of=dt.date(2024, 3, 31)).key_account_moves().empty


def test_the_needed_score_makes_an_account_key() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        key = opened.key_accounts()
        account = key[key["key_class"] == "borderline"]["account_id"].iloc[0]
        levers = opened.key_levers(account)
        assert levers["criterion"].tolist() == list(CRITERIA)
        possible = levers.dropna(subset=["needed"])
        assert (possible["p_key_at_best"] >= 0.8).all()
        assert (levers[levers["needed"].isna()]["p_key_at_best"] < 0.8).all()


def test_a_rating_worth_making_would_move_its_account_over_a_line() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        worth = opened.rating_worth()
        assert worth["worth"].is_monotonic_decreasing
        assert (worth["p_key_low"] <= worth["p_key_high"]).all()
        crossing = worth[worth["crosses"]]
        assert (
            (crossing["p_key_low"] <= 0.2)
            | (crossing["p_key_high"] >= 0.8)
            | (crossing["p_key"] >= 0.8)
            | (crossing["p_key"] <= 0.2)
        ).all()


def test_rank_acceptabilities_of_a_book_add_up() -> None:
    with closing(kam.open_book(SAMPLE)) as opened:
        ids = opened.key_accounts()["account_id"]
        shares = np.array([opened.rank_acceptability(each)["share"].to_numpy() for each in ids])
        assert shares.sum(axis=0) == pytest.approx(1)
        assert shares.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weight": {}}, "weight means nothing here"),
        ({"weights": {"revenue": 1}}, "must name revenue, growth, role, collaboration"),
        ({"weights": dict.fromkeys(CRITERIA, 0)}, "weights cannot all be 0"),
        ({"kappa": 0}, "kappa must be a number above 0"),
        ({"list_size": 2.5}, "list_size must be a whole number"),
        ({"list_share": 2}, "list_share must be a share"),
        ({"list_size": 9, "list_share": 0.2}, "cannot both be given"),
        ({"half_life_months": "long"}, "half_life_months must be"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_by_name(given: dict[str, object], said: str) -> None:
    with pytest.raises(BookError, match=said):
        key_account_policy(given)


def test_a_question_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(QuestionError, match="kappa"):
        changed(KeyAccountPolicy(), kappa=-1)


def test_the_policy_of_a_book_is_its_own(tmp_path: Path) -> None:
    place = small_book.write(tmp_path / "book")
    text = (place / "book.toml").read_text(encoding="utf-8") if (place / "book.toml").exists() else ""
    (place / "book.toml").write_text(text + "\n[policy.key_accounts]\nlist_size = 7\n", encoding="utf-8")
    opened = kam.open_book(place)
    assert opened.policy().loc[0, "size"] == 7


def test_parts_of_an_account_without_revenue_are_none() -> None:
    sales = [line("A", "2026-05-01", 1.0), line("B", "2024-05-01", 1.0)]
    assert parts_of(relations(sales), "B").empty
