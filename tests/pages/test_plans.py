"""The Plans, Milestones and Risks pages: what they say, what a link keeps, and that no name becomes code."""

from pathlib import Path

import pytest

import kam
from kam.base.numbers import money
from kam.plan import words as plan_words
from kam.risks import words as risk_words
from kam.ui.markdown import escape_markdown
from tests import small_book
from tests.pages.driving import column_settings, faults, link_labels, numbers, opened, words
from tests.small_book import HOSTILE, Tables, only, renamed, tables

EXTRA: Tables = {
    "strategies": [
        {
            "strategy_id": "G1",
            "plan_id": "L1",
            "objective_id": "O1",
            "title": "Listen",
            "team": "Ada, Ben",
            "budget": 500,
            "days": 3,
            "partners": "Lab",
            "department": "sales",
        }
    ],
    "risks": [
        {
            "risk_id": "X1",
            "account_id": "A01",
            "title": "Sponsor leaves",
            "probability": 0.5,
            "impact": 0.5,
            "status": "open",
        },
        {
            "risk_id": "X2",
            "account_id": "A02",
            "title": "Old plant",
            "probability": 0.1,
            "impact": 0.9,
            "mitigation": "Renew it",
            "owner": "Ben",
            "due_on": "2026-01-01",
        },
        {"risk_id": "X3", "account_id": "A03", "title": "Gone", "probability": 0.9, "impact": 0.9, "status": "closed"},
    ],
    "competitors": [{"competitor_id": "V1", "account_id": "A01", "rival": "Mekanor", "state": "attacks"}],
    "value_delivered": [
        {"value_id": "U1", "account_id": "A01", "delivered_on": "2026-05-01", "kind": "saving", "amount": 900}
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_book.write(tmp_path_factory.mktemp("plans") / "book", {**tables(), **EXTRA})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = renamed({**tables(), **EXTRA})
    for table, columns in (
        ("risks", ("title", "mitigation", "owner")),
        ("competitors", ("rival", "strengths")),
        ("strategies", ("title", "team")),
        ("plans", ("customer_goal",)),
        ("objectives", ("owner", "unit", "category")),
    ):
        book[table] = [{**row, **dict.fromkeys(columns, HOSTILE[place])} for place, row in enumerate(book[table])]
    return small_book.write(tmp_path_factory.mktemp("hostile") / "book", book)


def test_the_plans_page_says_what_the_book_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    app = opened(folder, "plans", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert app.markdown[0].value == f"#### {escape_markdown(plan_words.finding(book.plans(), book.objectives()))}"
    assert numbers(app)["Running plans"] == "3"
    assert numbers(app)["Milestones overdue"] == "3"
    assert app.dataframe[0].value["name"].tolist() == ["Plan 1", "Plan 2", "Plan 3"]


def test_a_link_opens_a_plan_and_an_objective(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"plan": "L1", "objective": "O1", "draft": "A11"}
    app = opened(folder, "plans", monkeypatch=monkeypatch, query=query)

    assert [app.selectbox(key=key).value for key in query] == list(query.values())
    reason = kam.open_book(folder).smart().set_index("objective_id")["achievable_reason"]["O1"]
    assert any(escape_markdown(reason) in text for text in words(app))
    assert any("Ask why it stopped buying" in text for text in words(app))
    assert any("3 working days set aside" in text for text in words(app))


def test_choosing_a_plan_changes_the_link(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "plans", monkeypatch=monkeypatch)
    app.selectbox(key="plan").set_value("L2").run()

    assert app.query_params["plan"] == ["L2"] or app.query_params["plan"] == "L2"
    assert faults(app) == []


def test_an_unknown_plan_in_a_link_is_as_if_it_were_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "plans", monkeypatch=monkeypatch, query={"plan": "L99", "objective": "?", "draft": "A99"})

    assert faults(app) == []


def test_sales_alone_still_propose_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = small_book.write(tmp_path / "book", only(tables(), "sales"))
    app = opened(alone, "plans", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert app.info[0].value.startswith("There are no plans in this selection.")
    assert any("Raise revenue" in text for text in words(app))


def test_the_risks_page_says_what_the_book_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    risks = book.risks()
    app = opened(folder, "risks", monkeypatch=monkeypatch)

    assert faults(app) == []
    sentence = risk_words.finding(risks, book.loss_curve(), book.rivals(), "EUR")
    assert app.markdown[0].value == f"#### {escape_markdown(sentence)}"
    told = {"Live risks": "2", "Not looked after": "1", "Overdue": "1", "Accounts attacked": "1"}
    told |= {"Expected loss": money(risks["expected_loss"].sum(), "EUR")}
    assert {name: numbers(app)[name] for name in told} == told
    assert app.dataframe[0].value["title"].tolist() == risks["title"].tolist()


@pytest.mark.parametrize(
    ("page", "heads"),
    [
        ("account", {"expected_loss": "Expected loss (EUR)", "amount": "Worth (EUR)"}),
        ("risks", {"expected_loss": "Expected loss (EUR)"}),
        ("plans", {"budget": "Budget (EUR)"}),
    ],
)
def test_money_in_a_table_has_its_currency_in_the_head(
    page: str, heads: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, page, monkeypatch=monkeypatch, query={"account": "A01", "plan": "L1"})

    assert faults(app) == []
    assert {name: column["label"] for name, column in column_settings(app).items() if name in heads} == heads


def test_the_load_can_be_told_by_department(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "milestones", monkeypatch=monkeypatch, query={"load_by": "Department"})

    assert faults(app) == []
    assert set(app.dataframe[1].value["who"]) == {"sales", "production"}


@pytest.mark.parametrize("page", ["plans", "milestones", "risks"])
def test_names_from_the_files_are_never_markup(page: str, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(hostile, page, monkeypatch=monkeypatch)

    texts = [str(element.value) for element in [*app.markdown, *app.caption, *app.subheader]] + link_labels(app)
    raw = [name for name in HOSTILE if escape_markdown(name) != name]
    assert faults(app) == []
    assert [text for text in texts for name in raw if name in text] == []
