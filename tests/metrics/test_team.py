"""What managers carry and how their accounts do, by hand; no difference is named that chance alone makes."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import kam
from kam.book import Book
from kam.team.comparison import MEASURES, account_facts, departments, team, team_measures
from kam.team.words import NOBODY
from tests import small_book

AS_OF = dt.date(2026, 9, 30)


def facts(managers: list[str], part: list[float], whole: list[float]) -> pd.DataFrame:
    """Lay accounts out of which nothing but their retention is told."""
    rows = pd.DataFrame({"manager": managers, "stayed": part, "prior": whole})
    columns = dict.fromkeys(name for pair in MEASURES.values() for name in pair)
    return rows.reindex(columns=["manager", *columns])


def account(key: str, manager: str | None, revenue: float, prior: float) -> dict[str, object]:
    return {
        "account_id": key,
        "manager": manager,
        "manager_id": None,
        "revenue": revenue,
        "prior_revenue": prior,
        "margin": revenue / 4,
        "cost_coverage": 1.0,
    }


def milestone(account_id: str, status: str, promised: str, done: str | None = None, department: str = "sales") -> dict:
    return {
        "account_id": account_id,
        "status": status,
        "baseline_on": pd.Timestamp(promised),
        "done_on": pd.Timestamp(done) if done else pd.NaT,
        "department": department,
    }


ACCOUNTS = pd.DataFrame(
    [account("A", "Ada", 80, 100), account("B", "Ada", 20, 0), account("C", "Ben", 0, 50), account("D", None, 10, 10)]
)
PEOPLE = pd.DataFrame(
    {
        "account_id": ["A", "B", "C"],
        "coverage": [0.5, 0.1, None],
        "value_touches": [1, 0, 0],
        "purposed_touches": [4, 1, 0],
        "touches": [12.0, 12.0, np.nan],
        "hangs_on": ["theirs", "nobody", None],
    }
)
STEPS = pd.DataFrame(
    [
        milestone("A", "done", "2026-03-01", "2026-02-01"),
        milestone("A", "done late", "2026-03-01", "2026-04-01"),
        milestone("B", "overdue", "2026-09-01"),
        milestone("B", "planned", "2026-12-01", department="service"),
        milestone("C", "done", "2025-09-30", "2025-09-01"),
    ]
)
CLOSED = pd.DataFrame(
    {
        "account_id": ["A", "A"],
        "department": ["service", None],
        "days": [2, 4],
        "target_days": [3.0, None],
        "within_target": [True, None],
    }
)
OPEN = pd.DataFrame({"account_id": ["A", "B"], "department": ["service", "sales"], "overdue": [True, False]})


@pytest.fixture(name="rows")
def _rows() -> pd.DataFrame:
    return account_facts(ACCOUNTS, PEOPLE, STEPS, CLOSED, OPEN, as_of=AS_OF)


def test_each_manager_carries_its_accounts_steps_and_problems(rows: pd.DataFrame) -> None:
    found = team(rows).set_index("manager")
    assert found.index.tolist() == ["Ada", NOBODY, "Ben"]
    ada = found.loc["Ada"].to_dict()
    assert ada == {
        "accounts": 2,
        "revenue": 100,
        "share": pytest.approx(100 / 110),
        "touches_a_month": 1.0,
        "silent_accounts": 1,
        "silent_revenue": 20,
        "open_milestones": 2,
        "overdue_milestones": 1,
        "open_problems": 2,
        "overdue_problems": 1,
    }
    assert found.loc[NOBODY, "accounts"] == 1
    assert found["silent_revenue"].isna().to_dict() == {"Ada": False, NOBODY: True, "Ben": True}


def test_measures_are_sums_over_sums_and_others_are_all_other_accounts(rows: pd.DataFrame) -> None:
    found = team_measures(rows).set_index(["measure", "manager"])
    assert found["value"].to_dict() == pytest.approx(
        {
            ("NRR", NOBODY): 1.0,
            ("NRR", "Ada"): 0.8,
            ("NRR", "Ben"): 0.0,
            ("margin rate", "Ada"): 0.25,
            ("margin rate", NOBODY): 0.25,
            ("coverage", "Ada"): 0.3,
            ("value contacts", "Ada"): 0.2,
            ("milestones kept", "Ada"): 1 / 3,
            ("problems in time", "Ada"): 0.5,
        }
    )
    assert found.loc[("NRR", "Ada"), "others"] == pytest.approx(10 / 60)
    assert found[["low", "high", "difference_low"]].isna().all(axis=None)
    assert not found["is_sure"].any()


def test_without_a_plan_or_a_problem_nothing_is_known_of_them() -> None:
    rows = account_facts(ACCOUNTS, PEOPLE, STEPS.head(0), CLOSED.head(0), OPEN.head(0), as_of=AS_OF)
    assert team(rows)[["open_milestones", "overdue_problems"]].isna().all(axis=None)
    assert set(team_measures(rows)["measure"]) == {"NRR", "margin rate", "coverage", "value contacts"}


def test_departments_owe_steps_and_answers() -> None:
    found = departments(STEPS, CLOSED, OPEN, as_of=AS_OF).set_index("department")
    assert found.index.tolist() == ["sales", "service", NOBODY]
    sales, service = (found.loc[name].to_dict() for name in ("sales", "service"))
    assert (sales["open_milestones"], sales["overdue_milestones"], sales["promised"]) == (1, 1, 3)
    assert sales["kept"] == pytest.approx(1 / 3)
    assert (service["open_problems"], service["overdue_problems"], service["solved"], service["in_time"]) == (
        1,
        1,
        1,
        1,
    )
    assert found.loc[NOBODY, "median_days"] == 4


def test_a_true_difference_is_found() -> None:
    rng = np.random.default_rng(5)
    kept = np.concatenate([rng.uniform(0.9, 1.1, 40), rng.uniform(0.4, 0.6, 40)])
    found = team_measures(facts(["Ada"] * 40 + ["Ben"] * 40, (100 * kept).tolist(), [100.0] * 80))
    assert found["is_sure"].all()
    assert found["difference"].tolist() == pytest.approx([0.5, -0.5], abs=0.05)
    assert (found["low"] < found["value"]).all()
    assert (found["value"] < found["high"]).all()


def test_among_managers_who_do_not_differ_about_one_comparison_in_ten_names_somebody() -> None:
    names = [name for name in "ABCDEFGH" for _ in range(15)]
    named = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        prior = rng.lognormal(3, 0.6, len(names))
        kept = rng.normal(0.95, 0.2, len(names)).clip(0)
        named += bool(team_measures(facts(names, (kept * prior).tolist(), prior.tolist()))["is_sure"].any())
    assert 0 < named / 60 < 0.25


def test_too_few_accounts_are_not_compared() -> None:
    found = team_measures(facts(["Ada"] * 4 + ["Ben"] * 9, [90.0] * 13, [100.0] * 13)).set_index("manager")
    assert found["low"].isna().to_dict() == {"Ada": True, "Ben": False}
    assert found["difference_low"].isna().all()


def test_a_book_without_accounts_compares_nobody() -> None:
    found = team_measures(facts([], [], []))
    assert found.empty


@pytest.fixture(name="book", scope="module")
def _book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return kam.open_book(small_book.write(tmp_path_factory.mktemp("team")))


def test_the_book_s_team_adds_up_to_the_book(book: Book) -> None:
    found, accounts = book.team(), book.accounts()
    assert set(found["manager"]) == set(small_book.MANAGERS.values())
    assert found["revenue"].sum() == pytest.approx(accounts["revenue"].sum())
    assert found["share"].sum() == pytest.approx(1)
    nrr = book.team_measures().set_index(["measure", "manager"])["value"]["NRR"]
    by_manager = book.retention(by="manager").set_index("manager")["nrr"]
    pd.testing.assert_series_equal(nrr.sort_index(), by_manager.sort_index(), check_names=False)


def test_a_narrowed_view_has_only_its_managers(book: Book) -> None:
    view = book.view(manager=["Ada Lind"])
    assert view.team()["manager"].tolist() == ["Ada Lind"]
    assert view.skills()["manager"].tolist() == ["Ada Lind"]
