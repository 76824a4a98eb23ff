"""Plans are written in the app: proposals taken up, objectives judged as they are typed, reviews that remember."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import kam
from kam.store.changes import Change
from kam.whatif.scenario import Lever, Scenario
from kam.whatif.scenario_text import to_text
from tests import small_book
from tests.pages.driving import faults, opened, words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_book.write(tmp_path / "book")


def button(app: AppTest, label: str):  # noqa: ANN201 - a button
    """Return the first button of this label."""
    return next(each for each in app.button if each.label == label)


def test_proposals_are_taken_up_into_a_new_plan_and_can_be_undone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, "plans", monkeypatch=monkeypatch, query={"draft": "A05"})
    app.multiselect(key="take up A05 rows").set_value([0, 1]).run()
    button(app, "Take up").click().run()

    assert faults(app) == []
    assert "2 taken up." in words(app)
    book = kam.open_book(folder)
    (plan,) = book.records("plans").query("account_id == 'A05'")["plan_id"]
    written = [book.records(name)["plan_id"].eq(plan).sum() for name in ("objectives", "milestones")]
    assert sum(written) == 2
    button(app, "Undo").click().run()
    assert faults(app) == []
    assert len(book.view().records("plans")) == 3


def test_an_objective_is_measured_and_judged_as_it_is_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "plans", monkeypatch=monkeypatch, query={"plan": "L1"})
    app.toggle(key="write objectives L1").set_value(True).run()
    keys = {
        str(each.key).rpartition(" ")[2]: each
        for each in (*app.text_input, *app.selectbox)
        if str(each.key).startswith("objectives L1")
    }
    keys["metric"].set_value("revenue").run()
    assert any("Assigned" in text and "close" in text for text in words(app))
    button(app, "Measure the baseline, set the target").click().run()

    assert faults(app) == []
    baseline, target = (
        next(float(each.value or "nan") for each in app.text_input if str(each.key).endswith(f" {name}"))
        for name in ("baseline", "target")
    )
    book = kam.open_book(folder)
    revenue = book.accounts().set_index("account_id").loc["A01", "revenue"]
    assert baseline == pytest.approx(revenue, rel=1e-3)
    assert target == pytest.approx(1.15 * baseline, rel=1e-3)


def test_a_review_starts_the_list_of_changes_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    step = {"plan_id": "L1", "title": "Ask them", "baseline_on": "2026-12-01"}
    book.write([Change("milestones", None, step)], who="Ada")
    book.write([Change("plans", "L2", {"name": "Other"}, 0)], who="Ada")
    assert set(book.plan_changes("L1")["table"]) == {"milestones"}

    app = opened(folder, "plans", monkeypatch=monkeypatch, query={"plan": "L1"})
    assert any("1 change in the app, by Ada" in text for text in words(app))
    button(app, "Mark reviewed").click().run()

    assert faults(app) == []
    assert book.view().plan_changes("L1").empty
    plans = book.records("plans")
    assert plans.loc[plans["plan_id"] == "L1", "reviewed_on"].dt.date.tolist() == [book.today]


def test_a_kept_scenario_is_there_for_the_next_visitor_and_becomes_objectives(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = to_text(Scenario((Lever("volume", 0.2, "account", "A01"),)))
    app = opened(folder, "what_if", monkeypatch=monkeypatch, query={"scenario": text})
    app.button(key="keep").click().run()
    assert faults(app) == []

    other = opened(folder, "what_if", monkeypatch=monkeypatch)
    assert other.button(key="open kept 0").label == "Open"
    other.button(key="plan kept 0").click().run()
    assert faults(other) == []
    objectives = kam.open_book(folder).records("objectives")
    assert objectives["title"].str.contains("as in").sum() == 1
    assert kam.open_book(folder).change_log("scenarios")["action"].unique().tolist() == ["add"]
