"""The public face of a book: which columns each question has, of which types, and what it refuses to answer."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import kam
from kam.base.errors import BookError, QuestionError
from tests import small_book
from tests.small_book import MANAGERS, PARENTS, only, tables, write

COLUMNS = {
    "accounts": "account_id name revenue prior_revenue growth change margin prior_margin margin_rate cost_coverage"
    " discount_rate return_rate share cumulative_share pareto_class active_months variation state first_month"
    " last_month industry region manager_id manager",
    "monthly": "account_id month revenue margin quantity",
    "concentration": "accounts top_20pct_share top_1_share top_5_share top_10_share hhi effective_accounts gini",
    "retention": "cohort_accounts nrr grr logo_retention prior_revenue revenue cohort_lost",
    "bridge": "part amount uncovered",
    "bridge_summary": "part amount uncovered",
    "discount_erosion": "account_id name manager category cost prior_discount_rate discount_rate rise prior_quantity"
    " quantity volume_change revenue",
    "cohorts": "cohort quarters_since quarter accounts alive share revenue revenue_share is_censored",
    "retention_drivers": "account_id name manager state prior_revenue revenue lost_revenue share cumulative_share",
    "headline": "month revenue prior_revenue growth margin margin_rate nrr grr logo_retention top_20pct_share",
    "changes": "account_id name manager kind prior_revenue revenue change",
    "dangers": "account_id name manager kind amount text severity",
    "ladder": "account_id name manager revenue margin p_broker p_supplier p_partner rung expected_rung claimed_rung"
    " gap groups signals newest",
    "milestones": "milestone_id plan_id title baseline_on forecast_on done_on account_id account manager_id manager"
    " plan status slip_days due_on days_left",
    "objectives": "objective_id plan_id title metric baseline target account_id account manager plan actual progress"
    " time_used status reason",
    "white_space": "account_id name manager category state expected_value value_low value_high peer_share lift why"
    " peers peer_buyers book_share spend_share peer_value lift_from support revenue account_revenue worth rivals",
    "white_space_back_test": "tested_as_of accounts adoptions hit_rate popularity_hit_rate random_hit_rate difference"
    " difference_se money_share popularity_money_share",
    "up_sell": "account_id name manager product_id product category better_id better spend better_spend price_step gain"
    " buyers better_buyers why",
    "solution_gaps": "account_id name manager service_id service category products spend expected_value others takers"
    " state why",
    "opportunities": "opportunity_id account_id name manager title category source need stage worth probability"
    " expected_worth is_open is_late opened_on expected_on closed_on next_step owner",
    "intake": "table file rows_read rows_accepted rows_refused",
    "refused": "table file line column value reason",
    "findings": "table check severity count example weakens",
    "missing": "table row adds",
    "choices": "manager region industry",
}
MONEY_AND_RATIOS = {
    "accounts": "revenue prior_revenue growth change margin prior_margin margin_rate cost_coverage discount_rate"
    " return_rate share cumulative_share variation",
    "monthly": "revenue margin quantity",
    "concentration": "top_20pct_share top_1_share hhi effective_accounts gini",
    "retention": "nrr grr logo_retention prior_revenue revenue",
    "bridge": "amount uncovered",
    "bridge_summary": "amount uncovered",
    "discount_erosion": "cost prior_discount_rate discount_rate rise prior_quantity quantity volume_change revenue",
    "cohorts": "share revenue revenue_share",
    "retention_drivers": "prior_revenue revenue lost_revenue share cumulative_share",
    "headline": "revenue prior_revenue growth margin margin_rate nrr grr logo_retention top_20pct_share",
    "changes": "prior_revenue revenue change",
    "dangers": "amount",
    "ladder": "revenue margin p_broker p_supplier p_partner expected_rung gap",
    "objectives": "actual progress time_used",
    "white_space": "expected_value value_low value_high peer_share lift book_share spend_share peer_value support"
    " revenue account_revenue worth",
    "white_space_back_test": "hit_rate popularity_hit_rate random_hit_rate difference difference_se money_share",
    "up_sell": "spend better_spend price_step gain",
    "solution_gaps": "spend expected_value",
    "opportunities": "worth probability expected_worth",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> kam.Book:
    """Open the small book."""
    return kam.open_book(write(tmp_path_factory.mktemp("book")))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> kam.Book:
    """Open a book of sales alone, whose other answers are empty."""
    return kam.open_book(write(tmp_path_factory.mktemp("bare"), only(tables(), "sales")))


@pytest.mark.parametrize("question", COLUMNS)
def test_answers_have_their_columns_and_types_even_when_empty(question: str, book: kam.Book, bare: kam.Book) -> None:
    for asked in (book, bare):
        frame = getattr(asked, question)()

        assert set(COLUMNS[question].split()) <= set(frame.columns)
        ids = [name for name in frame if name.endswith("_id")]
        assert all(isinstance(frame[name].dtype, pd.StringDtype) for name in ids)
        numbers = MONEY_AND_RATIOS.get(question, "").split()
        assert frame[numbers].dtypes.astype(str).tolist() == ["float64"] * len(numbers)


@pytest.mark.parametrize("question", COLUMNS)
def test_every_answer_is_a_new_frame(question: str, book: kam.Book) -> None:
    first = getattr(book, question)()
    kept = first.copy(deep=True)
    for name in first:
        first[name] = None

    assert_frame_equal(getattr(book, question)(), kept)


def test_evidence_and_its_rows_answer_for_one_account(book: kam.Book) -> None:
    evidence = book.ladder_evidence("A01")

    assert {"group", "signal", "level", "weight", "log_odds", "observed", "source"} <= set(evidence.columns)
    assert evidence[["weight", "log_odds"]].dtypes.astype(str).tolist() == ["float64"] * 2
    assert not book.ladder_rows("A01", evidence["signal"].iloc[0]).empty


def test_an_unknown_level_is_refused(book: kam.Book) -> None:
    with pytest.raises(QuestionError, match="planet"):
        book.view(level="planet")


def test_what_a_view_is_not_told_stays_as_it_is(book: kam.Book) -> None:
    north = book.view(region=["North"], level="parent", as_of=dt.date(2026, 5, 31))
    seen = north.view(hide_people=True)
    assert (seen.scope, seen.level, seen.as_of) == (north.scope, "parent", dt.date(2026, 5, 31))
    assert seen.view(region=[]).scope is None
    assert (seen.whole.scope, seen.whole.level, seen.whole.hides_people) == (None, "parent", True)
    pd.testing.assert_frame_equal(north.whole.accounts(), book.view(level="parent", as_of=north.as_of).accounts())


def test_what_is_not_in_the_book_is_refused_by_name(book: kam.Book) -> None:
    with pytest.raises(QuestionError, match="A99"):
        book.ladder_evidence("A99")
    with pytest.raises(QuestionError, match="A99"):
        book.ladder_rows("A99", "answers")
    with pytest.raises(QuestionError, match="colour"):
        book.retention(by="colour")
    with pytest.raises(QuestionError, match="invoices"):
        book.refused("invoices")


@pytest.mark.parametrize("day", [dt.date(2024, 3, 31), dt.date(2026, 10, 1), dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_a_month_without_the_book_is_refused_with_the_months_it_has(day: dt.date, book: kam.Book) -> None:
    with pytest.raises(QuestionError, match="2024-04-30 to 2026-09-30"):
        book.view(as_of=day)


def test_the_small_book_is_as_it_says(book: kam.Book) -> None:
    assert (book.name, book.currency) == ("Small book", "EUR")
    assert book.as_of == book.last_day == book.today == small_book.LAST_DAY
    assert book.intake().set_index("table")["rows_read"].to_dict() == {
        name: len(rows) for name, rows in tables().items()
    }
    assert book.intake()["rows_refused"].sum() == 0
    assert set(book.choices()["manager"]) == set(MANAGERS.values())
    assert book.view(level="parent").accounts()["account_id"].nunique() == 12 - len(PARENTS)


def test_revenue_is_the_sum_of_the_lines_of_the_last_twelve_months(book: kam.Book) -> None:
    sums: dict[str, float] = {}
    for line in tables()["sales"]:
        if str(line["order_date"]) >= "2025-10-01":
            sums[str(line["account_id"])] = sums.get(str(line["account_id"]), 0) + float(str(line["net_amount"]))

    revenue = book.accounts().set_index("account_id")["revenue"]

    assert revenue[revenue != 0].round(2).to_dict() == {account: round(total, 2) for account, total in sums.items()}


@pytest.mark.parametrize(
    ("chosen", "accounts"),
    [
        ({}, {f"A{place:02}" for place in range(1, 13)}),
        ({"manager": ["Ada Lind"]}, {"A01", "A04", "A07", "A10"}),
        ({"manager": ["Ada Lind"], "region": ["North"]}, {"A01", "A07"}),
        ({"industry": ["Steel", "Retail"], "region": ["South"]}, {"A02", "A06", "A08", "A12"}),
        ({"manager": ["Nobody"]}, set()),
        ({"region": ["North' or 1=1 --"]}, set()),
        ({"as_of": dt.date(2025, 12, 3)}, {f"A{place:02}" for place in range(1, 12)}),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, dict) else "",
)
def test_a_view_narrows_every_answer(chosen: dict, accounts: set[str], book: kam.Book) -> None:
    view = book.view(**chosen)

    assert set(view.accounts()["account_id"]) == accounts
    assert set(view.ladder()["account_id"]) == accounts
    assert set(view.monthly()["account_id"]) == accounts
    assert set(view.dangers()["account_id"]) <= accounts
    assert set(view.white_space()["account_id"]) <= accounts
    assert set(view.up_sell()["account_id"]) <= accounts
    assert set(view.milestones()["account_id"]) == accounts & {"A01", "A02", "A03"}
    assert set(book.accounts()["account_id"]) == {f"A{place:02}" for place in range(1, 13)}


def test_parts_of_the_book_add_up_to_the_whole(book: kam.Book) -> None:
    parts = [book.view(manager=[name]).accounts() for name in MANAGERS.values()]

    together = pd.concat(parts).sort_values("account_id", ignore_index=True)

    whole = book.accounts().sort_values("account_id", ignore_index=True)
    columns = ["account_id", "revenue", "prior_revenue", "margin", "growth", "discount_rate"]
    assert_frame_equal(together[columns], whole[columns])


def test_a_view_of_an_earlier_month_ends_there(book: kam.Book) -> None:
    view = book.view(as_of=dt.date(2025, 12, 3))

    assert view.as_of == dt.date(2025, 12, 31)
    assert view.monthly()["month"].max() == pd.Timestamp("2025-12-01")
    assert view.headline()["month"].iloc[-1] == pd.Timestamp("2025-12-31")
    assert book.view(as_of="2025-12-03").as_of == view.as_of
    with pytest.raises(kam.QuestionError, match="'December' is no day"):
        book.view(as_of="December")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="nowhere is not a folder"):
        kam.open_book(tmp_path / "nowhere")


def test_a_folder_without_sales_is_said(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="holds no sales file"):
        kam.open_book(write(tmp_path / "book", only(tables(), "plans")))
