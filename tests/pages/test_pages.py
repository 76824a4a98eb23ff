"""Every page on every kind of book: it draws, it says what the book says, and no name becomes code."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from pandas.testing import assert_series_equal

import kam
from kam.base import numbers as written
from kam.ladder import words as ladder
from kam.portfolio import words as portfolio
from kam.ui.markdown import escape_markdown
from kam.voice.words import nps_with_error
from tests import small_book
from tests.pages.driving import PAGES, ROOT, Query, faults, gone_to, link_labels, numbers, opened, words
from tests.small_book import Tables, only, renamed, tables, without


def _one_account() -> Tables:
    return {**only(tables(), "products"), "sales": [row for row in tables()["sales"] if row["account_id"] == "A01"]}


def _from(month: str) -> Tables:
    return {**tables(), "sales": [row for row in tables()["sales"] if str(row["order_date"]) >= month]}


def _only_returns() -> Tables:
    return {
        **tables(),
        "sales": [{**row, "net_amount": -abs(float(str(row["net_amount"])))} for row in tables()["sales"]],
    }


def _scaled(factor: float) -> Tables:
    money = ("net_amount", "list_amount", "cost_amount")
    return {
        **tables(),
        "sales": [
            {**row, **{name: round(float(str(row[name])) * factor, 2) for name in money}} for row in tables()["sales"]
        ],
    }


BOOKS: dict[str, Callable[[], Tables]] = {
    "whole": tables,
    "sales only": lambda: only(tables(), "sales"),
    "one account": _one_account,
    "one line": lambda: {"sales": tables()["sales"][-1:]},
    "one day": lambda: _from("2026-09-30"),
    "one day in a month begun": lambda: {
        "sales": [{**row, "order_date": "2026-09-15"} for row in tables()["sales"][-3:]]
    },
    "no costs": lambda: without(tables(), "sales", "cost_amount"),
    "no list prices": lambda: without(tables(), "sales", "list_amount"),
    "no categories": lambda: without(tables(), "products", "category"),
    "one month": lambda: _from("2026-09-01"),
    "one year": lambda: _from("2025-10-01"),
    "only returns": _only_returns,
    "huge amounts": lambda: _scaled(1e7),
    "tiny amounts": lambda: _scaled(1e-4),
    "hostile names": lambda: renamed(tables()),
    "plans without milestones": lambda: {k: v for k, v in tables().items() if k not in ("milestones", "readings")},
    "milestones without objectives": lambda: {k: v for k, v in tables().items() if k not in ("objectives", "readings")},
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that writes one of the books, once."""
    home = tmp_path_factory.mktemp("books")

    def find(name: str) -> Path:
        place = home / name.replace(" ", "_")
        return place if place.exists() else small_book.write(place, BOOKS[name]())

    return find


@pytest.mark.parametrize("book", BOOKS)
def test_every_page_draws_on_every_book(
    book: str, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder(book), monkeypatch=monkeypatch)
    found = []
    for page in PAGES:
        found += [f"{page}: {fault}" for fault in faults(gone_to(app, page))]
        found += [f"{page}: warning: {each.value}" for each in app.warning]

    assert found == []


@pytest.mark.parametrize(
    ("book", "query"),
    [
        ("whole", {"level": "Parents"}),
        ("hostile names", {"level": "Parents"}),
        ("sales only", {"level": "Parents", "as_of": "Apr 2024"}),
        ("whole", {"as_of": "May 2025", "region": "North"}),
        ("whole", {"manager": ["Ada Lind", "Ben Okoye"], "industry": "Steel"}),
        ("whole", {"manager": "Ada Lind", "industry": "Steel"}),
        ("whole", {"as_of": "1999-13", "manager": "Nobody", "region": "'; drop table sales; --", "level": "planet"}),
        ("whole", {"account": "no such account"}),
    ],
)
def test_every_page_draws_on_every_choice(
    book: str, query: Query, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder(book), monkeypatch=monkeypatch, query=query)

    assert [fault for page in PAGES for fault in faults(gone_to(app, page, query))] == []


def test_every_page_of_the_folder_is_in_the_navigation_under_its_own_title(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder("whole"), monkeypatch=monkeypatch)

    assert len({gone_to(app, page).title[0].value for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_a_short_script(page: str) -> None:
    assert len((ROOT / f"pages/{page}.py").read_text(encoding="utf-8").splitlines()) < 150


def test_the_portfolio_shows_the_book_s_own_answers(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = kam.open_book(folder("whole"))
    now = book.headline().iloc[-1]

    app = opened(folder("whole"), monkeypatch=monkeypatch)

    said = book.satisfaction_total().iloc[0]
    voice = {
        "NPS (n = 8)": nps_with_error(said["nps"], said["nps_se"]),
        "CSAT (n = 8)": "4.1 of 5",
        **dict.fromkeys(("Open problems", "Past target", "Days to solve", "From referrals"), written.UNKNOWN),
    }
    assert (
        numbers(app)
        == {
            "Revenue (T12M)": written.money(now["revenue"], "EUR"),
            "Growth": written.percent(now["growth"]),
            "Margin rate": written.percent(now["margin_rate"]),
            "Net retention": written.percent(now["nrr"]),
            "Gross retention": written.percent(now["grr"]),
            "Largest fifth": written.percent(now["top_20pct_share"]),
        }
        | voice
    )
    accounts = book.accounts()
    shown = app.dataframe[0].value
    assert shown["name"].tolist() == accounts["name"].tolist()
    assert_series_equal(shown["revenue"], accounts["revenue"].round(3))
    sentence = portfolio.finding(book.headline(), book.concentration(), book.dangers(), "EUR")
    assert app.markdown[0].value == f"#### {escape_markdown(sentence)}"
    dangers = [escape_markdown(text) for text in book.dangers()["text"]]
    assert all(any(text.startswith(danger) for text in words(app)) for danger in dangers[:8])


@pytest.mark.parametrize("level", ["account", "parent"])
def test_filters_narrow_what_is_shown_as_the_book_s_view_does(
    level: str, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = kam.open_book(folder("whole")).view(
        as_of=dt.date(2026, 5, 31), region=["North"], manager=["Ada Lind"], level=level
    )
    query = {"as_of": "May 2026", "region": "North", "manager": "Ada Lind", "level": f"{level.capitalize()}s"}

    app = opened(folder("whole"), monkeypatch=monkeypatch, query=query)

    assert app.dataframe[0].value["name"].tolist() == book.accounts()["name"].tolist()
    assert numbers(app)["Revenue (T12M)"] == written.money(book.accounts()["revenue"].sum(), "EUR")
    gone_to(app, "ladder", query)
    assert app.dataframe[-1].value["name"].tolist() == book.ladder()["name"].tolist()
    assert app.markdown[0].value == f"#### {escape_markdown(ladder.finding(book.ladder(), 'EUR'))}"


def test_bad_values_in_a_link_are_as_if_they_were_not_there(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"as_of": "1999-13", "manager": "Nobody", "region": "\0", "industry": "x" * 5000, "level": "planet"}

    app = opened(folder("whole"), monkeypatch=monkeypatch, query=query)

    assert numbers(app) == numbers(opened(folder("whole"), monkeypatch=monkeypatch))


def test_nobody_in_the_selection_is_said_in_words(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"manager": "Ada Lind", "industry": "Steel"}

    app = opened(folder("whole"), monkeypatch=monkeypatch, query=query)

    assert [box.value.split(".")[0] for box in app.info] == [
        "No account in this selection has any sales up to this month"
    ]
    assert not app.dataframe


def test_a_link_opens_an_account(folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    row = kam.open_book(folder("whole")).accounts().set_index("account_id").loc["A09"]

    app = opened(folder("whole"), "account", monkeypatch=monkeypatch, query={"account": "A09"})

    assert app.selectbox(key="account").value == "A09"
    assert numbers(app)["Revenue (T12M)"] == written.money(row["revenue"], "EUR")
    assert numbers(app)["Margin"] == written.money(row["margin"], "EUR")
    assert any("Inlet Stores" in text for text in words(app))


def test_a_chosen_account_puts_its_id_into_the_link_and_the_largest_stands_in_for_an_unknown_one(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder("whole"), "account", monkeypatch=monkeypatch, query={"account": "A99"})
    assert app.selectbox(key="account").value == "A01"
    assert app.info[0].value.split(".")[0] == "The account of this link has no sales in this selection"

    app.selectbox(key="account").set_value("A05").run()

    assert dict(app.query_params) == {"account": "A05"}
    assert numbers(app) == numbers(
        opened(folder("whole"), "account", monkeypatch=monkeypatch, query={"account": "A05"})
    )


def test_the_milestones_are_counted_as_the_book_has_them(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder("whole"), "milestones", monkeypatch=monkeypatch)

    counts = {"Overdue": "3", "Due in 30 days": "3", "Planned later": "3", "Done": "6", "Objectives red": "1 of 3"}
    assert {label: numbers(app)[label] for label in counts} == counts
    app.multiselect(key="milestone_status").set_value(["overdue"]).run()
    assert app.dataframe[0].value["title"].tolist() == [f"Step overdue {number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("page", ["portfolio", "key_accounts", "ladder", "account", "opportunities", "relationships"])
def test_names_from_the_files_are_never_markup(
    page: str, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder("hostile names"), page, monkeypatch=monkeypatch)

    texts = [str(element.value) for element in [*app.markdown, *app.caption, *app.subheader]] + link_labels(app)
    raw = [name for name in small_book.HOSTILE if escape_markdown(name) != name]
    assert [text for text in texts for name in raw if name in text] == []


def test_files_that_break_while_open_leave_the_older_data_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_book.write(tmp_path / "book")
    app = opened(folder, monkeypatch=monkeypatch)
    before = numbers(app)

    (folder / "sales.parquet").write_bytes(b"PAR1 and then nothing that could be read")
    app.run()

    assert not app.exception
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("These are older data.")
    assert "sales.parquet" in app.warning[0].value
    assert numbers(app) == before


def test_new_files_are_shown_at_the_next_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_book.write(tmp_path / "book")
    app = opened(folder, monkeypatch=monkeypatch)
    before = numbers(app)

    small_book.write(folder, _scaled(2))
    app.run()

    revenue = kam.open_book(folder).accounts()["revenue"].sum()
    assert numbers(app)["Revenue (T12M)"] == written.money(revenue, "EUR")
    assert numbers(app)["Growth"] == before["Growth"]


def test_a_missing_folder_is_said_and_another_book_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tmp_path / "nowhere", monkeypatch=monkeypatch)

    assert not app.exception
    assert [box.value for box in app.error] == [
        escape_markdown(
            f"{tmp_path / 'nowhere'} is not a folder. Name a folder that holds at least a sales file."
            " Nothing was changed."
        )
    ]
