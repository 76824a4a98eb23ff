"""The Team page says what the book says, and leads to a manager's accounts."""

from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.team import words as team_words
from kam.ui.markdown import escape_markdown
from tests import small_book
from tests.pages.driving import faults, numbers, opened, words


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = small_book.tables()
    rows["managers"] = [{**row, "negotiation": 2, "resilience": 4} for row in rows["managers"]]
    return small_book.write(tmp_path_factory.mktemp("team"), rows)


def test_the_team_page_says_what_the_book_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    team = book.team()

    app = opened(folder, "team", monkeypatch=monkeypatch)

    assert faults(app) == []
    sentence = team_words.finding(team, book.team_measures(), "EUR")
    assert app.markdown[0].value == f"#### {escape_markdown(sentence)}"
    assert numbers(app)["Managers"] == "3"
    assert app.dataframe[0].value["manager"].tolist() == team["manager"].tolist()
    assert f"##### {escape_markdown(team_words.skills_title(book.skills()))}" in words(app)


def test_the_measure_is_in_the_link(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "team", monkeypatch=monkeypatch, query={"team_measure": "Milestones kept"})

    assert faults(app) == []
    measures = kam.open_book(folder).team_measures()
    kept = measures[measures["measure"] == "milestones kept"]
    assert f"##### {escape_markdown(team_words.measure_title(kept))}" in words(app)


def test_sales_alone_say_what_would_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_book.write(tmp_path / "book", {"sales": small_book.tables()["sales"]})
    app = opened(folder, "team", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert app.info[0].value.startswith("No account in this selection names its key account manager.")


def test_managers_without_ratings_are_told_how_to_add_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_book.write(tmp_path / "book"), "team", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert any("Nobody's skills are rated." in info.value for info in app.info)


def test_departments_are_listed_as_the_book_counts_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = kam.open_book(folder).departments()
    app = opened(folder, "team", monkeypatch=monkeypatch)

    shown = app.dataframe[1].value
    columns = ["department", "open_milestones", "overdue_milestones", "promised"]
    pd.testing.assert_frame_equal(shown[columns], expected[columns])
