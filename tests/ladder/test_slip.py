"""Who may slip, which evidence is worth gathering, and whether a rung pays: worked by hand where hands suffice."""

import datetime as dt
import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.likelihoods import DEFAULT
from kam.base.terms import RUNG_KEYS
from kam.ladder.outcomes import COLUMNS as OUTCOMES
from kam.ladder.outcomes import rung_outcomes
from kam.ladder.rung import ladder, posterior
from kam.ladder.slip import months_left, slip_risk
from kam.ladder.worth_of_evidence import evidence_worth
from tests.ladder.portfolios import AS_OF, portfolio
from tests.ladder.reading import read
from tests.ladder.small_book import SURVEYS, small_book

BEFORE = dt.date(2026, 3, 31)
LAST_YEAR = AS_OF - dt.timedelta(days=400)
SPEAKING = {"survey_id": "S3", "account_id": "A", "survey_date": dt.date(2025, 9, 1), "contact_id": "K1"}


def test_without_news_a_rung_is_lost_in_the_month_told() -> None:
    pulls = np.array([[-2.0, 0.0, 2.0], [0.0, 1.5, -1.0], [3.0, 0.0, -3.0]])
    left = months_left(pulls, DEFAULT.prior)
    just_before, just_after = (
        posterior(pulls * 0.5 ** ((left + step) / 12)[:, None], DEFAULT.prior) for step in (-0.01, 0.01)
    )
    held = posterior(pulls, DEFAULT.prior).argmax(axis=1)
    assert (just_before[np.arange(3), held] >= 0.6).all()
    assert (just_after[np.arange(3), held] < 0.6).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-4, 4), min_size=3, max_size=3), st.floats(1.1, 3.0))
def test_stronger_evidence_of_the_same_kind_lasts_longer(pulls: list[float], more: float) -> None:
    weak, strong = (months_left(np.array([pulls]) * factor, DEFAULT.prior)[0] for factor in (1.0, more))
    assert strong >= weak - 1e-6


def test_a_lower_answer_turns_an_account_and_is_named() -> None:
    first = [SPEAKING | {"survey_date": dt.date(2026, 3, 1), "perception": 3, "nps": 10}]
    then = [{**SPEAKING, "survey_id": "S4", "survey_date": dt.date(2026, 9, 1), "perception": 1, "nps": 3}]
    steady, turned = small_book(surveys=first), small_book(surveys=[*first, *then])
    for book in (steady, turned):
        book.execute("insert into sales_month by name select * replace (date '2026-03-01' as month) from sales_month")
    assert "A" not in slip_risk(read(steady, BEFORE, AS_OF), months=3)["account_id"].tolist()
    risk = slip_risk(read(turned, BEFORE, AS_OF), months=3).set_index("account_id")
    now = ladder(read(turned, AS_OF)).set_index("account_id").loc["A"]
    if now["rung"] == "unknown":
        assert "A" not in risk.index
    else:
        assert set(str(risk.loc["A", "turning"]).split(", ")) == {"perception", "recommendation"}


def test_brokers_and_unknown_accounts_have_no_rung_to_slip_from() -> None:
    book = portfolio(5, 80).book()
    risk = slip_risk(read(book, BEFORE, AS_OF), months=24)
    found = ladder(read(book, AS_OF))
    held = found[found["rung"].isin(["supplier", "strategic partner"])]
    assert set(risk["account_id"]) <= set(held["account_id"])
    assert set(risk["why"]) <= {"ageing", "turning", "ageing and turning"}
    old = risk["why"].str.contains("ageing")
    assert (risk.loc[old, "months_left"] <= 24).all()
    assert (risk.loc[old, "p_aged"] <= 0.6).all()
    assert risk["revenue"].is_monotonic_decreasing


def test_nobody_has_nothing_to_lose_and_nothing_to_find_out() -> None:
    book = portfolio(5, 30).book()
    for question, days in ((slip_risk, (BEFORE, AS_OF)), (evidence_worth, (AS_OF,))):
        nobody, all_of_them = (question(read(book, *days, accounts=scope)) for scope in ([], None))
        assert nobody.empty
        pd.testing.assert_series_equal(nobody.dtypes, all_of_them.dtypes)


def entropy(chances: list[float]) -> float:
    return -sum(chance * math.log(chance) for chance in chances)


def test_the_worth_of_one_survey_answer_by_hand() -> None:
    # B is seen by its discount and its categories alone; one answer to “how do you see us?” would be its third group.
    book = small_book(surveys=())
    row = evidence_worth(read(book, AS_OF, accounts=["B"])).set_index("evidence").loc["perception"]
    found = ladder(read(book, AS_OF, accounts=["B"])).iloc[0]
    now = [found[f"p_{rung}"] for rung in RUNG_KEYS]
    known, after = 0.0, 0.0
    for level in DEFAULT.of("perception"):
        joint = [chance * getattr(level, rung) for chance, rung in zip(now, RUNG_KEYS, strict=True)]
        then = [part / sum(joint) for part in joint]
        known += sum(joint) * (max(then) >= 0.6)
        after += sum(joint) * entropy(then)
    assert row["p_known"] == pytest.approx(known)
    assert row["entropy_fall"] == pytest.approx(entropy(now) - after)
    assert row["settles"] == pytest.approx(known * 90)


def test_with_one_group_two_more_are_needed_and_gathered_together() -> None:
    book = small_book(surveys=())
    book.execute("update products set category = null")
    worth = evidence_worth(read(book, AS_OF))
    assert (worth["groups"] == 1).all()
    assert (worth["evidence"].str.count(r" \+ ") == 1).all()
    group_of = {level.signal: level.group for level in DEFAULT.levels}
    for evidence in worth["evidence"].unique():
        first, second = (group_of[signal] for signal in evidence.split(" + "))
        assert len({first, second, "price behaviour"}) == 3


def test_fresh_answers_are_not_asked_again_and_old_ones_are() -> None:
    old = [answer | {"survey_date": LAST_YEAR} for answer in SURVEYS]
    for surveys, asked in ((SURVEYS, False), (old, True)):
        book = small_book(surveys=surveys)
        book.execute("update products set category = null")  # so that no rung is known
        worth = evidence_worth(read(book, AS_OF, accounts=["A"]))
        assert worth["evidence"].str.contains("perception").any() == asked


def test_what_the_answer_teaches_is_never_more_than_what_is_unknown() -> None:
    book = portfolio(6, 60).book()
    book.execute("delete from surveys; delete from contacts; delete from touches; delete from cases")
    worth = evidence_worth(read(book, AS_OF))
    assert len(worth)
    assert worth["p_known"].between(0, 1 + 1e-9).all()
    assert worth["entropy_fall"].between(0, math.log(3)).all()
    assert worth["worth"].is_monotonic_decreasing


def accounts(rows: list[tuple[str, float, float, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["account_id", "revenue", "prior_revenue", "margin"])
    return frame.assign(cost_coverage=1.0, listed=frame["revenue"] / 0.9, discount_rate=0.1)


def test_outcomes_are_ratios_of_sums_over_the_accounts_of_a_rung() -> None:
    judged = pd.DataFrame({"account_id": ["A", "B", "C"], "rung": ["supplier", "supplier", "unknown"]})
    found = rung_outcomes(judged, accounts([("A", 50, 100, 10), ("B", 150, 100, 30), ("C", 9, 9, 9)]))
    assert found.columns.tolist() == OUTCOMES
    assert found[["measure", "rung", "accounts", "revenue", "value"]].to_numpy().tolist() == [
        ["margin rate", "supplier", 2, 200.0, pytest.approx(0.2)],
        ["discount rate", "supplier", 2, 200.0, pytest.approx(0.1)],
        ["NRR", "supplier", 2, 200.0, pytest.approx(1.0)],
        ["GRR", "supplier", 2, 200.0, pytest.approx(0.75)],
    ]
    assert found["low"].isna().all()  # two accounts have no range
    assert found["difference"].isna().all()  # nothing to hold them against


def test_a_clear_difference_shows_and_chance_does_not() -> None:
    rng = np.random.default_rng(1)
    names = [f"A{number}" for number in range(60)]
    rungs = list(itertools.islice(itertools.cycle(["commodity broker", "strategic partner"]), 60))
    judged = pd.DataFrame({"account_id": names, "rung": rungs})
    rows = [
        (
            name,
            100.0,
            float(rng.normal(100, 10)),
            40.0 + rng.normal() if rung == "strategic partner" else 10.0 + rng.normal(),
        )
        for name, rung in zip(names, rungs, strict=True)
    ]
    found = rung_outcomes(judged, accounts(rows))
    margin, retention = (
        found[(found["measure"] == measure) & (found["rung"] == "strategic partner")].iloc[0]
        for measure in ("margin rate", "NRR")
    )
    assert 0.28 < margin["difference_low"] < margin["difference"] < margin["difference_high"] < 0.32
    assert retention["difference_low"] < 0 < retention["difference_high"]
    assert (found["low"] <= found["value"] + 1e-9).all()
    assert (found["value"] <= found["high"] + 1e-9).all()


def test_nobody_on_a_known_rung_leaves_nothing_to_compare() -> None:
    judged = pd.DataFrame({"account_id": ["A"], "rung": ["unknown"]})
    assert rung_outcomes(judged, accounts([("A", 1, 1, 1)])).empty
