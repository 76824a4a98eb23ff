"""NPS and CSAT by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.voice.satisfaction import nps_with_error, satisfaction, satisfaction_total, survey_answers
from tests.relations import Row, line, relations, seen, values

AS_OF = dt.date(2026, 9, 30)
ACCOUNTS: list[Row] = [{"account_id": "A", "name": "Alborz"}, {"account_id": "A2", "parent_id": "A"}]
SALES = [line("A", "2026-06-01", 700.0), line("A2", "2026-06-01", 300.0), line("B", "2026-06-01", 50.0)]
ANSWERS = [
    ("A", "2026-09-30", 10, 5),
    ("A", "2026-05-01", 9, 4),
    ("A", "2025-10-01", 6, None),
    ("A", "2026-02-01", 8, 3),
    ("A", "2025-09-30", 0, 1),
    ("A", "2024-10-01", 9, 2),
    ("A2", "2026-01-01", None, 4),
    ("A2", "2026-01-01", 3, 4),
    ("A", "2024-09-30", 0, 1),
    ("A", "2026-10-01", 0, 1),
    ("Z", "2026-01-01", 10, 5),
]
SURVEYS: list[Row] = [
    {
        "survey_id": f"S{number}",
        "account_id": account,
        "survey_date": dt.date.fromisoformat(day),
        "nps": nps,
        "csat": csat,
    }
    for number, (account, day, nps, csat) in enumerate(ANSWERS)
]


def measured(level: str = "account", surveys: list[Row] | None = None) -> pd.DataFrame:
    rows = relations(SALES, accounts=ACCOUNTS, surveys=SURVEYS if surveys is None else surveys)
    return satisfaction(seen(rows, level=level), as_of=AS_OF).set_index("account_id")


def test_only_answers_of_the_window_count_each_once() -> None:
    row = measured().loc["A"]
    assert (row["responses"], row["promoters"], row["detractors"], row["nps"]) == (4, 2, 1, 25.0)
    # p = 1/2, d = 1/4: 100·√[(3/4 − 1/16)/4]
    assert row["nps_se"] == pytest.approx(100 * np.sqrt((0.75 - 0.0625) / 4))
    assert (row["csat"], row["csat_responses"]) == (4.0, 3)
    assert row["csat_se"] == pytest.approx(1 / np.sqrt(3))


def test_the_year_before_stands_beside_it_and_a_change_of_few_answers_is_not_called_sure() -> None:
    row = measured().loc["A"]
    assert (row["prior_nps"], row["prior_responses"], row["prior_csat"], row["nps_change"]) == (0.0, 2, 1.5, 25.0)
    assert row["nps_change_se"] == pytest.approx(np.hypot(row["nps_se"], row["prior_nps_se"]))
    assert pd.isna(row["changed"])


@pytest.mark.parametrize(("now", "then", "said"), [(10, 0, "better"), (0, 10, "worse"), (8, 8, "no sure change")])
def test_a_change_beyond_its_error_is_named(now: int, then: int, said: str) -> None:
    years = ((dt.date(2026, 1, 1), now), (dt.date(2025, 1, 1), then))
    rows: list[Row] = [
        {"survey_id": f"{day}{number}", "account_id": "B", "survey_date": day, "nps": answer}
        for day, answer in years
        for number in range(5)
    ]
    assert measured(surveys=rows).loc["B", "changed"] == said


def test_nobody_asked_is_unknown_with_no_answers() -> None:
    row = measured().loc["B"]
    assert row[["nps", "nps_se", "csat", "prior_nps", "newest"]].isna().all()
    assert (row["responses"], row["csat_responses"]) == (0, 0)


def test_a_parent_speaks_with_all_its_voices_and_the_book_with_those_of_all_accounts() -> None:
    assert values(measured("parent"), "A", "responses", "detractors", "csat_responses") == [5, 2, 5]
    total = satisfaction_total(relations(SALES, accounts=ACCOUNTS, surveys=SURVEYS), as_of=AS_OF).iloc[0]
    assert (total["responses"], total["promoters"], total["detractors"]) == (5, 2, 2)
    assert satisfaction_total(relations(SALES), as_of=AS_OF)["responses"].tolist() == [0]
    assert satisfaction_total(relations(SALES), as_of=AS_OF)["nps"].isna().all()


def test_the_answers_behind_it() -> None:
    book = seen(relations(SALES, accounts=ACCOUNTS, surveys=SURVEYS), only=["A"])
    rows = survey_answers(book, as_of=AS_OF)
    assert rows["period"].value_counts().to_dict() == {"last twelve months": 4, "year before": 2}
    assert rows["kind"].iloc[:4].tolist() == ["promoter", "promoter", "passive", "detractor"]


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_the_error_is_that_of_a_mean_of_votes(answers: list[int]) -> None:
    votes = np.array([1 if answer >= 9 else -1 if answer <= 6 else 0 for answer in answers])
    counts = [pd.Series([int(each)]) for each in ((votes == 1).sum(), (votes == -1).sum(), len(votes))]
    score, error = nps_with_error(*counts)
    assert score[0] == pytest.approx(100 * votes.mean())
    assert error[0] == pytest.approx(100 * votes.std() / np.sqrt(len(votes)), abs=1e-9)
