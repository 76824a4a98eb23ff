"""The Ladder page: every count leads to its accounts, links keep the choice, a book's own table is shown as such."""

from pathlib import Path

import pytest

import kam
from kam.base.numbers import month
from kam.ladder.words_rungs import flow_name, policy_note
from tests import small_book
from tests.pages.driving import opened, words

OWN = (
    small_book.TOML
    + """
[policy.ladder.prior]
broker = 0.1
supplier = 0.2
partner = 0.7
"""
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_book.write(tmp_path_factory.mktemp("ladder") / "book")


def test_the_accounts_of_a_rung_are_listed_by_a_link_and_by_a_choice(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ladder = kam.open_book(folder).ladder()
    rung = ladder["rung"].value_counts().index[0]
    expected = ladder.loc[ladder["rung"] == rung, "name"].tolist()

    app = opened(folder, "ladder", monkeypatch=monkeypatch, query={"rung": rung})

    assert app.dataframe[-1].value["name"].tolist() == expected
    assert len(expected) < len(ladder)


def test_a_flow_lists_its_accounts_between_the_chosen_quarters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    days = book.ladder_days()
    shifts = book.ladder_shifts(days[-3], days[-1])
    came, now = shifts[["from_rung", "to_rung"]].value_counts().index[0]
    wanted = shifts[(shifts["from_rung"] == came) & (shifts["to_rung"] == now)]

    query = {"ladder_from": month(days[-3]), "ladder_flow": flow_name(came, now)}
    app = opened(folder, "ladder", monkeypatch=monkeypatch, query=query)

    assert app.selectbox(key="ladder_from").value == days[-3].strftime("%Y-%m")
    assert app.dataframe[0].value["name"].tolist() == wanted["name"].tolist()


def test_quarters_nobody_chose_follow_the_month_and_come_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "ladder", monkeypatch=monkeypatch)
    now, earlier = app.selectbox(key="as_of").options[0], app.selectbox(key="as_of").options[3]

    def shown() -> list[str]:
        return [
            app.selectbox(key=key).options[app.selectbox(key=key).index or 0] for key in ("ladder_from", "ladder_to")
        ]

    usual = shown()
    assert usual[1] == now
    app.selectbox(key="as_of").select(earlier).run()
    assert shown()[1] == earlier
    app.selectbox(key="as_of").select(now).run()
    assert shown() == usual


def test_a_book_s_own_table_changes_the_answer_and_is_shown_as_such(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = small_book.write(tmp_path / "own", toml=OWN)
    book = kam.open_book(own)
    assert book.ladder()["p_partner"].sum() > kam.open_book(folder).ladder()["p_partner"].sum()

    note = str(policy_note(book.ladder_policy()))

    assert any(note[:40] in text for text in words(opened(own, "ladder", monkeypatch=monkeypatch)))
    assert not any(note[:40] in text for text in words(opened(folder, "ladder", monkeypatch=monkeypatch)))
