"""The people behind the accounts: what is shown of them, and that nothing of it is shown where it is to be hidden."""

import io
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1.element_tree import Element

import kam
from kam.people import words
from kam.ui.markdown import escape_markdown
from tests import small_book
from tests.pages.driving import PAGES, Query, faults, gone_to, numbers, opened
from tests.pages.driving import words as texts
from tests.small_book import Row, Tables, tables, write

# Names that nothing else in a book contains, and attitudes told by no other figure.
NAMES = ("Quenby Vorbrück", "Xaver de Quimmeln", "Zdenka Quorra")


def with_people() -> Tables:
    """Return the small book with three people at its largest account, their touches, answers, cases and the rest."""
    contacts: list[Row] = [
        {
            "contact_id": "quenby@customer.example",
            "account_id": "A01",
            "name": NAMES[0],
            "title": "Managing director",
            "function": "management",
            "level": "executive",
            "influence": 5,
            "attitude": 2,
            "reports_to": None,
            "left_on": None,
        },
        {
            "contact_id": "xaver@customer.example",
            "account_id": "A01",
            "name": NAMES[1],
            "title": "Buyer",
            "function": "purchasing",
            "level": "head",
            "influence": 3,
            "attitude": -2,
            "reports_to": "quenby@customer.example",
            "left_on": None,
        },
        {
            "contact_id": "zdenka@customer.example",
            "account_id": "A01",
            "name": NAMES[2],
            "title": "Engineer",
            "function": "technical",
            "level": "head",
            "influence": 4,
            "attitude": 1,
            "reports_to": "quenby@customer.example",
            "left_on": "2026-08-01",
        },
    ]
    touches: list[Row] = [
        {
            "touch_id": f"T{number}",
            "account_id": "A01",
            "touch_date": f"2026-0{5 + number}-10",
            "contact_id": contacts[number % 3]["contact_id"],
            "manager_id": "M1",
            "channel": "call",
            "purpose": ("value", "selling")[number % 2],
            "note": f"Spoke with {NAMES[0]}.",
        }
        for number in range(5)
    ]
    surveys: list[Row] = [
        {
            "survey_id": f"V{number}",
            "account_id": "A01",
            "survey_date": "2026-06-01",
            "contact_id": row["contact_id"],
            "perception": 2,
            "nps": 9,
            "csat": 4,
            "comment": f"Ask {NAMES[number]}.",
        }
        for number, row in enumerate(contacts)
    ]
    about: Tables = {
        "cases": [
            {
                "case_id": "C1",
                "account_id": "A01",
                "opened_on": "2026-09-01",
                "closed_on": None,
                "kind": "problem",
                "severity": 4,
                "title": "Late again",
                "department": "service",
                "owner": "Ada Lind",
                "target_days": 10,
            }
        ],
        "referrals": [
            {
                "referral_id": "R1",
                "account_id": "A01",
                "referred_on": "2026-05-01",
                "referred_name": NAMES[2],
                "won": False,
                "new_account_id": None,
                "revenue": 0,
            }
        ],
        "swot": [
            {
                "swot_id": "W1",
                "account_id": "A01",
                "quadrant": "weakness",
                "statement": "Old plant",
                "how_we_help": "New drives",
            }
        ],
        "competitors": [
            {
                "competitor_id": "K1",
                "account_id": "A01",
                "rival": "Nordventil",
                "category": "Pumps",
                "state": "holds",
                "our_difference": "faster",
            }
        ],
        "risks": [
            {
                "risk_id": "X1",
                "account_id": "A01",
                "title": "New owner",
                "probability": 0.5,
                "impact": 0.5,
                "status": "open",
            }
        ],
        "value_delivered": [
            {
                "value_id": "U1",
                "account_id": "A01",
                "delivered_on": "2026-05-01",
                "kind": "saving",
                "description": "Energy",
                "amount": 500,
                "confirmed": True,
            }
        ],
    }
    return {**tables(), "contacts": contacts, "touches": touches, "surveys": surveys, **about}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("people") / "book", with_people())


@pytest.fixture(scope="module")
def discreet(folder: Path) -> Path:
    """Return the same book, which hides its people for good."""
    copy = folder.parent / "discreet"
    shutil.copytree(folder, copy)
    (copy / "book.toml").write_text(small_book.TOML + "[policy]\nhide_people = true\n", encoding="utf-8")
    return copy


# Every page as it opens, and the pages with rows behind their numbers with the rows that tell most of people.
Visit = tuple[str, Query, str | None]
VISITS: tuple[Visit, ...] = (
    *((page, {}, None) for page in PAGES),
    ("relationships", {"people_rows": "Net support", "account_people_rows": "People"}, None),
    ("relationships", {"people_rows": "Contacts", "account_people_rows": "Contacts"}, None),
    ("relationships", {"people_rows": "Who left", "account_people_rows": "Posts"}, None),
    ("account", {"account_people_rows": "People", "voice_rows": "Answers"}, "support"),
    ("account", {"voice_rows": "Referrals", "print": "yes"}, None),
    ("portfolio", {"voice_rows": "Answers"}, None),
)
SIGNALS = ("support", "coverage", "perception", "value contact", "dependence")


def everything(
    folder: Path, monkeypatch: pytest.MonkeyPatch, query: Query, visits: Sequence[Visit] = VISITS
) -> tuple[str, list[pd.DataFrame]]:
    """Write down all that the app lets out: texts, tables, figures, links and CSV; the CSV as frames, too."""
    let_out: list[str] = []
    saved: list[pd.DataFrame] = []

    def save(_label: str, data: str | Callable[[], bytes], **more: object) -> None:
        if isinstance(data, str):
            let_out.append(data)
        else:
            let_out.append(data().decode("utf-8-sig"))
            if more.get("mime") == "text/csv":
                saved.append(pd.read_csv(io.StringIO(let_out[-1])))

    monkeypatch.setattr(st, "download_button", save)
    app = opened(folder, monkeypatch=monkeypatch, query=query)
    for page, chosen, signal in visits:
        for name in {"people_rows", "account_people_rows", "voice_rows", "print"} & set(dict(app.query_params)):
            del app.query_params[name]
        if signal:
            app.session_state["signal"] = signal
        gone_to(app, page, {**query, **chosen})
        assert not app.exception
        let_out += texts(app)
        let_out += [str(frame.value.to_csv()) for frame in (*app.dataframe, *app.table)]
        let_out += [each.proto.spec for each in app.get("plotly_chart") if isinstance(each, Element)]
        let_out.append(str(dict(app.query_params)))
    return "\n".join(let_out), saved


def told(let_out: str) -> list[str]:
    """List what of the people it tells: names, parts of names and ids."""
    parts = {part for name in NAMES for part in name.split() if len(part) > 2}
    return sorted(part for part in (*parts, *NAMES, "customer.example") if part in let_out)


def test_without_hiding_pages_name_people_and_their_attitudes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_out, saved = everything(folder, monkeypatch, {"account": "A01"}, VISITS[-6:-2])
    assert set(NAMES) <= set(told(let_out))
    assert "attitude −2" in let_out.replace("\\u2212", "−")
    assert any(frame["attitude"].notna().any() for frame in saved if "attitude" in frame)


@pytest.mark.parametrize("how", ["for good", "in a meeting"])
def test_hidden_people_are_nowhere(how: str, folder: Path, discreet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "for good":
        let_out, saved = everything(discreet, monkeypatch, {"account": "A01"})
    else:
        let_out, saved = everything(folder, monkeypatch, {"account": "A01", "hide_people": "true"})
    assert told(let_out) == []
    assert "Q. V." in let_out
    assert "works against us and exposes" not in let_out
    assert not re.search(r"attitude (\\u2212|[−+])?\d", let_out)
    assert all(
        frame[name].isna().all() for frame in saved for name in ("attitude", "influence", "exposed") if name in frame
    )


def frames(book: kam.Book) -> dict[str, pd.DataFrame]:
    """Ask everything about people that a book can be asked, as a notebook would."""
    each = "stakeholders ties departures coverage touches contact_rhythm survey_answers problems referral_rows"
    names = f"{each} relationships satisfaction referrals network".split()
    asked: dict[str, pd.DataFrame] = {str(name): getattr(book, name)() for name in names}
    asked |= {f"{signal} rows": book.ladder_rows("A01", signal) for signal in SIGNALS}
    return asked | {"lines": book.reporting_lines("A01"), "evidence": book.ladder_evidence("A01")}


def test_a_notebook_sees_no_more_than_the_pages(folder: Path, discreet: Path) -> None:
    book, hidden = kam.open_book(folder), kam.open_book(discreet)
    assert book.hides_people is False
    assert {told(frame.to_csv()) != [] for frame in frames(book).values()} == {True, False}
    for view in (hidden, hidden.view(region=["North"]), hidden.view(hide_people=False), book.view(hide_people=True)):
        assert view.hides_people
        assert {name: told(frame.to_csv()) for name, frame in frames(view).items() if told(frame.to_csv())} == {}
        assert view.stakeholders()[["attitude", "influence", "exposed"]].isna().all(axis=None)
        assert view.ladder_rows("A01", "support")["attitude"].isna().all()


def test_sums_over_fewer_than_three_people_are_hidden_and_what_does_not_tell_on_anybody_stays(folder: Path) -> None:
    book = kam.open_book(folder)
    hidden = book.view(hide_people=True)
    row, plain_row = (each.relationships().set_index("account_id").loc["A01"] for each in (hidden, book))
    assert plain_row[["net_support", "anti_supporter_exposure"]].notna().all()
    assert row[["net_support", "anti_supporters", "anti_supporter_exposure"]].isna().all()
    assert row["coverage"] == plain_row["coverage"]
    pd.testing.assert_frame_equal(hidden.ladder(), book.ladder(), rtol=1e-9)


def test_what_was_refused_of_a_person_is_hidden_too(tmp_path: Path) -> None:
    rows = with_people()
    broken = {
        **rows,
        "contacts": [{**row, "attitude": 7 if place else 1} for place, row in enumerate(rows["contacts"])],
    }
    toml = small_book.TOML + "[policy]\nrefuse_share = 1\n"
    book = kam.open_book(write(tmp_path / "book", broken, toml=toml))
    assert book.refused("contacts")["value"].tolist() == ["7", "7"]
    assert book.view(hide_people=True).refused("contacts")["value"].tolist() == ["hidden", "hidden"]


def test_only_yes_or_no_hides_people(tmp_path: Path) -> None:
    toml = small_book.TOML + '[policy]\nhide_people = "yes"\n'
    with pytest.raises(kam.KamError, match="hide_people must be true or false"):
        kam.open_book(write(tmp_path / "book", toml=toml))


def test_the_relationships_page_shows_the_book_s_own_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    app = opened(folder, "relationships", monkeypatch=monkeypatch, query={"account": "A01"})
    network = book.network().iloc[0]
    assert app.markdown[0].value == f"#### {escape_markdown(words.finding(network, book.relationships(), 'EUR'))}"
    assert numbers(app)["Alerts: who left"] == "1"
    assert [escape_markdown(words.departure(row)) for _, row in book.departures().iterrows()] == [
        box.value for box in app.warning
    ]
    assert app.dataframe[-1].value["name"].tolist() == book.relationships()["name"].tolist()


def test_a_number_opens_its_rows_and_the_link_keeps_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "relationships", monkeypatch=monkeypatch, query={"account": "A01", "people_rows": "Who left"})
    assert app.dataframe[0].value["name"].tolist() == [NAMES[2]]


def test_the_account_page_tells_what_is_known_of_the_customer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "account", monkeypatch=monkeypatch, query={"account": "A01"})
    heads = [each.value for each in app.subheader]
    assert {"Who is who there", "Its own business", "Rivals, and what sets us apart", "What may go wrong"} <= set(heads)
    assert numbers(app)["Open problems"] == "1"
    assert any(text.startswith(escape_markdown("NPS +100 from 3 answers")) for text in texts(app))


def test_without_people_or_surveys_a_page_says_what_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = write(tmp_path / "book", small_book.only(tables(), "sales"))
    app = opened(alone, "relationships", monkeypatch=monkeypatch)
    assert [box.value for box in app.info] == [words.missing({"sales"})]
    gone_to(app, "account")
    assert any("contacts table" in box.value for box in app.info)
    assert any("Add surveys" in box.value for box in app.info)
    assert any("value_delivered" in box.value for box in app.info)


@pytest.mark.parametrize("page", ["account", "relationships"])
def test_a_page_goes_on_paper_without_what_only_a_screen_can_do(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, page, monkeypatch=monkeypatch, query={"account": "A01", "print": "yes"})
    assert faults(app) == []
    assert not app.dataframe
    assert not app.get("download_button")
    assert len(app.table) > 0
    assert all("nan" not in str(each.value) for each in app.table)
