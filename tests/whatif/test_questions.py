"""A book asked what would be: the public questions on a folder, to the cent, and on views of it."""

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import kam
from kam.base.errors import QuestionError
from kam.whatif.account_facts import facts
from kam.whatif.compare import Stored
from kam.whatif.scenario import Lever, Scenario
from kam.whatif.scenario_text import to_text
from tests import small_book
from tests.relations import line, relations, seen

COLUMNS = {
    "simulate": "measure last_year baseline scenario low high change reason",
    "what_if_months": "month last_year baseline baseline_low baseline_high scenario low high",
    "what_if_accounts": "account_id name baseline scenario change low high margin_change what",
    "what_if_tornado": "kind item key low high together reach",
    "break_even": "item price_change break_even expected reason",
    "what_if_assumptions": "key name value low high unit source changed",
}
LOSE = Scenario((Lever("loss", 0.0, "account", "A01"),))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> kam.Book:
    """Open the small book."""
    return kam.open_book(small_book.write(tmp_path_factory.mktemp("book")))


def value(table: pd.DataFrame, measure: str, column: str) -> float:
    return float(table.set_index("measure")[column].to_dict()[measure])


@pytest.mark.parametrize("question", COLUMNS)
def test_a_scenario_is_asked_as_such_or_as_its_text(question: str, book: kam.Book) -> None:
    ask = getattr(book, question)
    first = ask(LOSE)
    assert set(COLUMNS[question].split()) <= set(first.columns)
    assert_frame_equal(first, ask(to_text(LOSE)))
    assert first is not ask(LOSE)


def test_losing_an_account_takes_its_expected_revenue_to_the_cent(book: kam.Book) -> None:
    baseline = book.what_if_accounts().set_index("account_id")["baseline"]
    table = book.simulate(LOSE)
    assert value(table, "revenue", "baseline") == pytest.approx(baseline.sum(), abs=0.005)
    assert value(table, "revenue", "change") == pytest.approx(-baseline["A01"], abs=0.005)
    assert value(table, "revenue", "last_year") == pytest.approx(book.accounts()["revenue"].sum(), abs=0.005)
    assert value(table, "nrr", "last_year") == pytest.approx(book.retention()["nrr"].iloc[0])
    assert value(table, "margin", "last_year") == pytest.approx(book.accounts()["margin"].sum(), abs=0.005)


def test_a_view_is_asked_about_its_own_accounts_and_knows_the_peers_of_all(book: kam.Book) -> None:
    north = book.view(region=["North"])
    assert_frame_equal(north.what_if_assumptions().iloc[:10], book.what_if_assumptions().iloc[:10])
    parts = [value(book.view(region=[region]).simulate(), "revenue", "baseline") for region in ("North", "South")]
    assert sum(parts) == pytest.approx(value(book.simulate(), "revenue", "baseline"), abs=0.005)
    with pytest.raises(QuestionError, match="A02 is not in this selection"):
        north.simulate(Scenario((Lever("loss", 0.0, "account", "A02"),)))


def test_a_parent_is_taken_with_its_subsidiaries(book: kam.Book) -> None:
    table = book.what_if_accounts(Scenario((Lever("loss", 0.0, "parent", "A01"),)))
    assert set(table.loc[table["what"] == "lost", "account_id"]) == {"A01", "A04", "A07"}


def test_a_class_of_key_accounts_can_be_taken(book: kam.Book) -> None:
    classes = book.key_accounts().set_index("account_id")["key_class"]
    chosen = classes[classes == classes.iloc[0]]
    table = book.what_if_accounts(Scenario((Lever("volume", 0.1, "class", str(chosen.iloc[0])),)))
    assert set(table.loc[table["what"] == "changed", "account_id"]) == set(chosen.index)


def test_what_cannot_be_here_is_told_lever_by_lever(book: kam.Book) -> None:
    asked = Scenario((Lever("volume", 0.1), Lever("loss", 0.0, "account", "A99")))
    problems = book.what_if_problems(asked)
    assert problems["item"].tolist() == ["1"]
    assert "A99 is not in this selection" in problems["problem"].iloc[0]


def test_targets_are_named(book: kam.Book) -> None:
    targets = book.what_if_targets()
    names = targets[targets["scope"] == "account"].set_index("target")["label"]
    assert names["A01"] == "Aldern Dairies"
    # a parent is one only with subsidiaries
    assert set(targets.loc[targets["scope"] == "parent", "target"]) == {"A01", "A02"}
    assert set(targets.loc[targets["scope"] == "industry", "target"]) == set(small_book.INDUSTRIES)


def test_ready_scenarios_are_scenarios_of_this_book(book: kam.Book) -> None:
    for row in book.stress_tests().to_dict("records"):
        table = book.simulate(row["text"])
        assert value(table, "revenue", "change") == pytest.approx(row["revenue_change"], abs=0.005)


def test_comparing_takes_names_notes_and_texts(book: kam.Book) -> None:
    gone = Scenario((Lever("loss", 0.0, "account", "A99"),))
    rows = book.what_if_compare([Stored("One", "", to_text(LOSE)), Stored("Gone", "", to_text(gone))])
    assert rows.loc[rows["name"] == "One", "measure"].tolist()[0] == "revenue"
    assert "A99" in str(rows.loc[rows["name"] == "Gone", "reason"].iloc[0])


def opened() -> duckdb.DuckDBPyConnection:
    return relations(
        [
            line("A", "2026-09-01", 80.0, list_amount=100.0, cost_amount=50.0, product_id="P1"),
            line("A", "2026-08-01", 90.0, list_amount=100.0, product_id="P2"),
            line("A", "2025-09-30", 7.0, product_id="P2"),
            line("B", "2025-10-01", 30.0, product_id="P3"),
            line("C", "2024-01-01", 30.0, product_id="P3"),
            line("C", "2026-10-01", 99.0, product_id="P3"),
        ],
        products=[{"product_id": "P1", "category": "Pumps"}, {"product_id": "P2", "category": "Pumps"}],
        accounts=[{"account_id": "A", "name": "Alborz", "industry": "Steel"}],
    )


def test_the_facts_of_a_few_lines() -> None:
    as_of = pd.Timestamp("2026-09-30").date()
    first_day, rungs = pd.Timestamp("2024-01-01").date(), pd.Series({"A": "3"})
    found = facts(seen(opened(), only=["A", "B"]), as_of=as_of, first_day=first_day, rungs=rungs)
    assert found.who["account_id"].tolist() == ["A", "B", "C"]
    assert found.who["in_view"].tolist() == [True, True, False]
    assert found.who["rung"].tolist() == ["3", "unknown", "unknown"]
    assert found.categories == ("", "Pumps")
    assert found.amounts["net"].tolist() == [[0, 30, 0], [170, 0, 0]]
    assert found.amounts["list"].tolist() == [[0, 0, 0], [200, 0, 0]]
    assert found.amounts["net_costed"][1, 0] - found.amounts["cost"][1, 0] == 30
    assert found.revenue.tolist() == [170, 30, 0]
    assert found.age.tolist() == [13, 12, 33]
    assert found.months.shape == (3, 33)
    assert found.months[0, [-1, -2, -13]].tolist() == [80, 90, 7]
    assert found.rates[["rate", "list", "net_listed"]].to_numpy().tolist() == [[0.1, 100, 90], [0.2, 100, 80]]
    assert found.in_view().who["account_id"].tolist() == ["A", "B"]
    assert found.undivided().amounts["net"].tolist() == [[170, 30, 0]]
