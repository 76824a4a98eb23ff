"""The What-if page: levers are set, moved and taken away, the link carries them, and bad ones are said."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import kam
from kam.base.numbers import money
from kam.ui.scenario_page import scenario_page
from kam.whatif.compare import Stored
from kam.whatif.scenario import Changed, Lever, Scenario
from kam.whatif.scenario_text import from_text, to_text
from tests import small_book
from tests.pages.driving import column_settings, faults, gone_to, numbers, opened, words
from tests.small_book import renamed, tables, without

PRICE = Scenario((Lever("list_price", 0.03, "rung", "unknown"), Lever("loss", 0.0, "account", "A02")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small book."""
    return small_book.write(tmp_path_factory.mktemp("book"))


def shown(folder: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(folder, "what_if", monkeypatch=monkeypatch, query={"scenario": to_text(scenario)})


def in_link(app: AppTest) -> Scenario:
    found = app.query_params.get("scenario", "")
    return from_text(found if isinstance(found, str) else found[0])


def test_the_page_shows_the_book_s_own_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(folder, PRICE, monkeypatch)
    row = kam.open_book(folder).simulate(PRICE).set_index("measure").loc["revenue"]
    assert faults(app) == []
    assert numbers(app)["Revenue"] == money(row["scenario"], "EUR")
    assert any("Lose Borough Steel" in text for text in words(app))
    assert app.session_state["scenario in hand"] == to_text(PRICE)


def test_without_a_lever_it_is_the_baseline(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "what_if", monkeypatch=monkeypatch)
    assert faults(app) == []
    assert any("Without any lever" in text for text in words(app))
    assert all(not metric.delta for metric in app.metric)


def test_a_lever_is_moved_and_taken_away_and_the_link_follows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(folder, PRICE, monkeypatch)
    app.slider(key="lever 0").set_value(5.0).run()
    assert in_link(app).levers[0].value == 0.05
    app.button(key="lever away 1").click().run()
    assert in_link(app).levers == (Lever("list_price", 0.05, "rung", "unknown"),)
    app.button(key="no levers").click().run()
    assert in_link(app) == Scenario()
    assert faults(app) == []


def test_a_lever_is_added_for_two_accounts_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "what_if", monkeypatch=monkeypatch)
    app.selectbox(key="new kind").set_value("rung_move").run()
    app.selectbox(key="new scope True").set_value("account").run()
    app.multiselect(key="new target account").set_value(["A01", "A02"]).run()
    app.button(key="add lever").click().run()
    assert {lever.target for lever in in_link(app).levers} == {"A01", "A02"}
    assert {lever.kind for lever in in_link(app).levers} == {"rung_move"}
    assert faults(app) == []


def test_a_new_account_is_won(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "what_if", monkeypatch=monkeypatch)
    app.selectbox(key="new kind").set_value("win").run()
    app.button(key="add lever").click().run()
    assert in_link(app).levers == (Lever("win", 500_000.0, "all", "New account"),)
    assert faults(app) == []


def test_the_session_keeps_the_scenario_between_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(folder, PRICE, monkeypatch)
    gone_to(app, "portfolio")
    app.query_params.clear()
    gone_to(app, "what_if")
    assert in_link(app) == PRICE


@pytest.mark.parametrize("text", ["1.broken", "9.W1tdLFtdXQ", "1." + "A" * 7_000, "<script>", "1.%00"])
def test_a_broken_link_is_said_and_the_baseline_shown(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "what_if", monkeypatch=monkeypatch, query={"scenario": text})
    assert faults(app) == []
    assert any("This scenario cannot be read" in each.value for each in app.warning)
    assert any("Without any lever" in each for each in words(app))


def test_a_lever_on_an_account_that_is_gone_is_left_out_and_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Lever("loss", 0.0, "account", "A99")
    app = shown(folder, Scenario((*PRICE.levers, gone)), monkeypatch)
    assert faults(app) == []
    assert any("A99 is not in this selection" in each.value for each in app.warning)
    assert numbers(app) == numbers(shown(folder, PRICE, monkeypatch))
    # it stays in the link, for another selection
    assert gone in in_link(app).levers


def test_an_unknown_assumption_of_a_link_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(folder, Scenario(PRICE.levers, (Changed("weather", 0.0, 0.0, 0.0),)), monkeypatch)
    assert faults(app) == []
    assert any("no assumption 'weather'" in each.value for each in app.warning)


def test_of_an_assumption_only_value_and_range_can_be_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown_columns = column_settings(opened(folder, "what_if", monkeypatch=monkeypatch))
    for name, typed in {"value": True, "low": True, "high": True, "unit": False, "source": False}.items():
        assert shown_columns[name].get("disabled", False) is not typed, name


def test_scenarios_are_kept_compared_and_let_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(folder, PRICE, monkeypatch)
    app.button(key="keep").click().run()
    app.button(key="keep").click().run()
    assert faults(app) == []
    assert sum("**2 levers**" in text for text in words(app)) == 2
    app.button(key="drop kept 0").click().run()
    app.button(key="no levers").click().run()
    app.button(key="open kept 0").click().run()
    assert in_link(app) == PRICE


def test_a_stress_test_is_put_into_the_levers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "what_if", monkeypatch=monkeypatch)
    app.button(key="load stress").click().run()
    assert [lever.kind for lever in in_link(app).levers] == ["loss"]
    assert faults(app) == []


@pytest.mark.parametrize("column", ["cost_amount", "list_amount"])
def test_what_a_book_cannot_tell_is_not_offered(column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = small_book.write(tmp_path / "book", without(tables(), "sales", column))
    app = shown(bare, PRICE, monkeypatch)
    assert faults(app) == []
    offered = set(app.selectbox(key="new kind").options)
    assert ("Unit cost" in offered) == (column != "cost_amount")
    assert ("Discount, cap" in offered) == (column != "list_amount")
    assert any(f"need {column}" in text for text in words(app))


def test_a_comparison_is_one_page_that_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book", renamed(tables())))
    stored = (
        Stored("<script>alert(1)</script>", "a & b", to_text(Scenario((Lever("loss", 0.0, "account", "A01"),)))),
        Stored("Win", "", to_text(Scenario((Lever("win", 5e5, "all", "<img src=x onerror=alert(1)>", 0.3),)))),
    )
    page = scenario_page(book, book.what_if_compare(stored, draws=200), stored).decode()
    body = page.split("</script>")
    ours = "".join([page[: page.index("<script")], body[-1]])
    assert "<script>alert(1)</script>" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in ours
    assert 'src="http' not in page
    assert "<link" not in page
    assert '"showSendToCloud": false' in page
    assert page.count("Plotly.newPlot(") == 2
