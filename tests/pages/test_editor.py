"""Writing in the app: what is typed is checked, kept, undone, and never lost to somebody else's change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import kam
from kam.store.changes import Change
from tests import small_book
from tests.pages.driving import faults, gone_to, opened, words

LABEL = "Write about this account"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("USER", "ada")
    return small_book.write(tmp_path / "book")


@pytest.fixture
def writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    """Open an account's page with its form of plans."""

    def write() -> AppTest:
        app = opened(folder, "account", monkeypatch=monkeypatch, query={"account": "A01"})
        return _plans(app)

    return write


def _plans(app: AppTest) -> AppTest:
    app.toggle(key="write contacts A01").set_value(True).run()
    app.segmented_control(key="write what contacts A01").set_value("plans").run()
    return app


def _choose(app: AppTest, key: str) -> AppTest:
    return app.selectbox(key="which plans A01").set_value(key).run()


def field(app: AppTest, column: str):  # noqa: ANN201 - a widget of any kind
    """Return the field of a column in the form that is open."""
    return next(
        each
        for each in (*app.text_input, *app.text_area, *app.date_input, *app.selectbox)
        if str(each.key).startswith("plans ") and str(each.key).endswith(f" {column}")
    )


def button(app: AppTest, label: str):  # noqa: ANN201 - a button
    """Return the button of this label."""
    return next(each for each in app.button if each.label == label)


def test_what_is_typed_belongs_to_its_book(
    writing: Callable[[], AppTest], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _choose(writing(), "L1")
    before = field(app, "name").value
    field(app, "name").set_value("Typed here").run()

    other = small_book.write(tmp_path / "other")
    monkeypatch.setenv("KAM_BOOK", str(other))
    app.run()
    assert field(app, "name").value == before
    field(app, "name").set_value("Saved there").run()
    button(app, "Save").click().run()
    assert any(each.label == "Undo" for each in app.button)

    monkeypatch.setenv("KAM_BOOK", str(folder))
    app.run()
    assert faults(app) == []
    assert field(app, "name").value == "Typed here"
    assert not any(each.label == "Undo" for each in app.button)


def test_a_change_is_saved_shown_and_undone(writing: Callable[[], AppTest], folder: Path) -> None:
    app = _choose(writing(), "L1")
    field(app, "name").set_value("Nine more categories").run()
    button(app, "Save").click().run()

    assert faults(app) == []
    assert "Saved: 1 change of a plan." in words(app)
    assert kam.open_book(folder).records("plans").set_index("plan_id").loc["L1", "name"] == "Nine more categories"
    button(app, "Undo").click().run()
    assert faults(app) == []
    assert kam.open_book(folder).records("plans").set_index("plan_id").loc["L1", "name"] == "Plan 1"


def test_a_wrong_field_is_named_as_it_is_typed_and_cannot_be_saved(writing: Callable[[], AppTest]) -> None:
    app = _choose(writing(), "L1")
    field(app, "name").set_value("").run()

    assert any("Still to fill in" in text and "Name" in text for text in words(app))
    assert button(app, "Save").disabled


def test_what_is_typed_outlives_a_change_of_pages(writing: Callable[[], AppTest]) -> None:
    app = _choose(writing(), "L1")
    field(app, "customer_goal").set_value("Grow in the south").run()
    gone_to(app, "portfolio")
    app = _choose(_plans(gone_to(app, "account", {"account": "A01"})), "L1")

    assert field(app, "customer_goal").value == "Grow in the south"
    button(app, "Discard").click().run()
    assert not field(app, "customer_goal").value


def test_somebody_elses_change_is_shown_beside_mine(writing: Callable[[], AppTest], folder: Path) -> None:
    app = _choose(writing(), "L1")
    field(app, "name").set_value("Mine").run()
    other = kam.open_book(folder)
    other.write([Change("plans", "L1", {"name": "Hers"}, 0)], who="Berta")
    app.run()
    assert any(text.startswith("Berta changed this record") for text in words(app))

    button(app, "Save").click().run()
    clash = next(frame.value for frame in app.dataframe if list(frame.value.columns) == ["Field", "Theirs", "Yours"])
    assert clash.to_numpy().tolist() == [["Name", "Hers", "Mine"]]
    assert other.view().records("plans").set_index("plan_id").loc["L1", "name"] == "Hers"
    button(app, "Keep mine").click().run()
    assert faults(app) == []
    assert other.view().records("plans").set_index("plan_id").loc["L1", "name"] == "Mine"


def test_the_log_and_changed_files_are_on_the_data_page(writing: Callable[[], AppTest], folder: Path) -> None:
    kam.open_book(folder).write([Change("readings", "R1", {"note": "=cmd()"}, 0)], who="Ada")
    rows = [{**small_book.tables()["readings"][0], "value": 5}]
    small_book.write(folder, {"readings": rows})
    app = gone_to(writing(), "data")

    assert faults(app) == []
    assert any("the file would change 1 record" in text for text in words(app))
    next(each for each in app.button if each.label.startswith("Take over")).click().run()
    assert faults(app) == []
    assert kam.open_book(folder).records("readings")["value"].tolist() == [5.0]
