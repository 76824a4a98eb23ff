"""The rung is prior × likelihoods, worked by hand and as properties; it is unknown where evidence is thin or torn."""

import datetime as dt
import math
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.ladder_policy import with_policy
from kam.base.likelihoods import DEFAULT, Likelihoods
from kam.base.terms import RUNG_KEYS
from kam.ladder.evidence import evidence
from kam.ladder.gather import JUDGED, weigh
from kam.ladder.rung import COLUMNS, ladder, posterior
from tests.ladder.reading import read
from tests.ladder.small_book import AS_OF, SALES, SURVEYS, small_book
from tests.relations import Row, line, relations

CHANCES = ["p_broker", "p_supplier", "p_partner"]
ONE_A_GROUP = ("perception", "discount depth", "categories", "share of wallet")
LEVEL = st.integers(0, 2)
AGE = st.integers(0, 2000)
SEEN = st.dictionaries(st.sampled_from(DEFAULT.signals), st.tuples(LEVEL, AGE))


def chances(seen: dict[str, tuple[int, int]], likelihoods: Likelihoods = DEFAULT) -> np.ndarray:
    """Infer one account's rung from signal → (level, age in days)."""
    rows = [
        [0, signal, level, 1.0, pd.Timestamp(AS_OF) - pd.Timedelta(days=age)] for signal, (level, age) in seen.items()
    ]
    reading = pd.DataFrame(rows, columns=["account", *JUDGED]).astype(
        {"observed_on": "datetime64[us]", "level_index": "int64"}
    )
    reading["signal"] = pd.Categorical(reading["signal"], categories=list(likelihoods.signals))
    said = weigh([reading], as_of=pd.Series([pd.Timestamp(AS_OF)]), likelihoods=likelihoods)
    return posterior(said.added(1), likelihoods.prior)[0]


def test_the_posterior_of_one_account_by_hand() -> None:
    row = ladder(read(small_book(), AS_OF, accounts=["A"])).iloc[0]
    # two answers share one voice; discount and categories are alone in their groups; nothing on the wallet
    broker = 0.35 * math.sqrt(0.02 * 0.09) * 0.04 * 0.06
    supplier = 0.45 * math.sqrt(0.13 * 0.32) * 0.18 * 0.22
    partner = 0.20 * math.sqrt(0.84 * 0.82) * 0.73 * 0.66
    total = broker + supplier + partner
    assert [row[name] for name in CHANCES] == pytest.approx([broker / total, supplier / total, partner / total])
    assert row["p_partner"] == pytest.approx(0.9561, abs=1e-4)
    assert row["expected_rung"] == pytest.approx((broker + 2 * supplier + 3 * partner) / total)
    assert (row["rung"], row["groups"], row["signals"]) == ("strategic partner", 3, 4)
    assert row["newest"] == pd.Timestamp(AS_OF)


def test_the_ladder_of_the_small_book_beside_the_claims() -> None:
    accounts: list[Row] = [
        {"account_id": "E", "name": "Elburz", "claimed_rung": 3, "claimed_on": dt.date(2026, 1, 1)},
        {"account_id": "A", "claimed_rung": 1, "claimed_on": dt.date(2026, 10, 1)},
        {"account_id": "F", "claimed_rung": 2},
    ]
    sales = [*SALES, line("F", "2024-01-01", 70)]
    found = ladder(read(small_book(sales=sales, accounts=accounts), AS_OF))
    assert found.columns.tolist() == COLUMNS
    expected = pd.DataFrame(
        {
            "account_id": ["A", "B", "C", "D", "E", "F"],
            "name": ["A", "B", "C", "D", "Elburz", "F"],
            "revenue": [300.0, 90.0, 80.0, 80.0, 70.0, 0.0],
            "rung": ["strategic partner", "unknown", "unknown", "unknown", "commodity broker", "unknown"],
            "claimed_rung": [None, None, None, None, "strategic partner", "supplier"],
            "groups": [3, 2, 2, 2, 3, 0],
        }
    )
    pd.testing.assert_frame_equal(found[expected.columns], expected)
    assert found["margin"].isna().all()
    elburz, inactive = found.iloc[4], found.iloc[5]
    assert elburz["gap"] == pytest.approx(3 - elburz["expected_rung"])
    assert [inactive[name] for name in CHANCES] == pytest.approx(DEFAULT.prior)
    assert math.isnan(inactive["gap"])
    assert pd.isna(inactive["newest"])


def test_the_ladder_adds_up_what_the_evidence_shows() -> None:
    found, seen = ladder(read(small_book(), AS_OF)), evidence(read(small_book(), AS_OF))
    for row in found.itertuples():
        rows = seen[seen["account_id"] == row.account_id]
        logs = np.log(DEFAULT.prior) + rows[[f"log_odds_{rung}" for rung in RUNG_KEYS]].sum().to_numpy()
        assert [row.p_broker, row.p_supplier, row.p_partner] == pytest.approx(np.exp(logs) / np.exp(logs).sum())
        assert (row.groups, row.signals) == (rows["group"].nunique(), rows["signal"].nunique())


def test_two_groups_are_not_enough_however_clear() -> None:
    found = ladder(read(small_book(surveys=()), AS_OF, accounts=["A"])).iloc[0]
    assert found["p_partner"] > 0.6
    assert (found["rung"], found["groups"]) == ("unknown", 2)


def test_contradictory_evidence_gives_a_wide_answer() -> None:
    agreeing = chances(dict.fromkeys(ONE_A_GROUP, (2, 0)))
    torn = chances({"perception": (2, 0), "discount depth": (0, 0), "categories": (2, 0), "share of wallet": (0, 0)})
    assert agreeing.max() > 0.9
    assert torn.max() < 0.6
    assert torn.min() > 0.15


def test_a_group_with_two_agreeing_signals_speaks_as_strong_as_one() -> None:
    says = {
        rung: {"detractor": row[0], "passive": row[1], "promoter": row[2]}
        for rung in RUNG_KEYS
        for row in [[getattr(level, rung) for level in DEFAULT.of("perception")]]
    }
    alike = with_policy({"recommendation": says})
    both = chances({"perception": (2, 0), "recommendation": (2, 0)}, alike)
    assert both == pytest.approx(chances({"perception": (2, 0)}, alike))


@settings(max_examples=40, deadline=None)
@given(SEEN)
def test_the_posterior_is_a_probability(seen: dict[str, tuple[int, int]]) -> None:
    found = chances(seen)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


@settings(max_examples=40, deadline=None)
@given(SEEN, st.randoms())
def test_the_order_of_evidence_does_not_matter(seen: dict[str, tuple[int, int]], random: Random) -> None:
    shuffled = list(seen.items())
    random.shuffle(shuffled)
    assert chances(dict(shuffled)) == pytest.approx(chances(seen))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(ONE_A_GROUP[:3]), st.tuples(LEVEL, AGE)), LEVEL, AGE)
def test_a_further_group_that_agrees_never_lowers_certainty(
    seen: dict[str, tuple[int, int]], level: int, age: int
) -> None:
    more = chances(seen | {"share of wallet": (level, age)})
    says = [getattr(DEFAULT.of("share of wallet")[level], rung) for rung in RUNG_KEYS]
    rung = int(np.argmax(says))
    assert more[rung] >= chances(seen)[rung] - 1e-12


@settings(max_examples=40, deadline=None)
@given(SEEN, st.sampled_from(DEFAULT.signals), st.integers(0, 1), AGE)
def test_a_higher_level_of_a_signal_never_lowers_the_expected_rung(
    seen: dict[str, tuple[int, int]], signal: str, level: int, age: int
) -> None:
    rungs = np.array([1, 2, 3])
    lower, higher = (chances(seen | {signal: (step, age)}) @ rungs for step in (level, level + 1))
    assert higher >= lower - 1e-12


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(DEFAULT.signals), LEVEL, st.integers(0, 1500), st.integers(30, 1000))
def test_older_evidence_weighs_less(signal: str, level: int, age: int, longer: int) -> None:
    prior = np.log(DEFAULT.prior)
    fresh, old = (np.abs(np.log(chances({signal: (level, days)})) - prior).max() for days in (age, age + longer))
    assert old < fresh


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e5, 1e5), min_size=3, max_size=3))
def test_no_evidence_is_strong_enough_to_overflow(pulls: list[float]) -> None:
    found = posterior(np.array([pulls]), DEFAULT.prior)
    assert found.sum() == pytest.approx(1)
    assert np.isfinite(found).all()


@pytest.mark.parametrize("factor", [0.01, 7, 1000])
def test_scaling_all_money_changes_no_rung(factor: float) -> None:
    money = ("net_amount", "list_amount")
    scaled = [dict(row) | {name: float(str(row[name])) * factor for name in money} for row in SALES]
    columns = [*CHANCES, "rung", "groups", "signals"]
    found = ladder(read(small_book(sales=scaled), AS_OF))
    pd.testing.assert_frame_equal(found[columns], ladder(read(small_book(), AS_OF))[columns])


def test_the_order_of_rows_in_the_book_does_not_matter() -> None:
    turned = ladder(read(small_book(sales=SALES[::-1], surveys=SURVEYS[::-1]), AS_OF))
    pd.testing.assert_frame_equal(turned, ladder(read(small_book(), AS_OF)))


def test_a_scope_of_nobody_is_empty_with_the_same_columns() -> None:
    for question in (ladder, evidence):
        found, full = (question(read(small_book(), AS_OF, accounts=scope)) for scope in ([], None))
        assert found.empty
        pd.testing.assert_series_equal(found.dtypes, full.dtypes)


def test_a_narrower_scope_changes_no_rung() -> None:
    whole = ladder(read(small_book(), AS_OF))
    part = ladder(read(small_book(), AS_OF, accounts=["C", "A"]))
    pd.testing.assert_frame_equal(part, whole[whole["account_id"].isin(["A", "C"])].reset_index(drop=True))


def test_an_earlier_day_gives_what_could_have_been_known_then() -> None:
    later = [line(x, "2026-10-01", 10, list_amount=1000) for x in "ABCDEF"]
    known_then = ladder(read(small_book(sales=[*SALES, *later]), AS_OF))
    pd.testing.assert_frame_equal(known_then, ladder(read(small_book(), AS_OF)))
    assert "F" not in known_then["account_id"].tolist()


def test_a_book_without_sales_has_an_empty_ladder() -> None:
    found, full = ladder(read(relations(), AS_OF)), ladder(read(small_book(), AS_OF))
    assert found.empty
    pd.testing.assert_series_equal(found.dtypes, full.dtypes)


def test_a_book_of_one_account_is_unknown() -> None:
    found = ladder(read(relations([line("A", "2026-09-01", 5)]), AS_OF))
    assert found[["rung", "groups"]].to_numpy().tolist() == [["unknown", 0]]


def test_parents_take_the_money_in_scope_and_the_claim_of_the_parent() -> None:
    accounts: list[Row] = [
        {"account_id": "A", "claimed_rung": 3},
        {"account_id": "B", "parent_id": "A", "claimed_rung": 1},
    ]
    book = small_book(accounts=accounts)
    shown = ["account_id", "revenue", "claimed_rung"]
    found = ladder(read(book, AS_OF, level="parent", accounts=["A", "B"]))[shown]
    assert found.to_numpy().tolist() == [["A", 390.0, "strategic partner"]]
    assert ladder(read(book, AS_OF, level="parent", accounts=["B"]))["revenue"].tolist() == [90.0]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(DEFAULT.signals), LEVEL)
def test_five_half_lives_leave_a_thirty_second_of_the_pull(signal: str, level: int) -> None:
    five_half_lives = round(60 * 365.25 / 12)
    prior = np.log(DEFAULT.prior)
    fresh, old = (np.log(chances({signal: (level, age)})) - prior for age in (0, five_half_lives))
    pulls = [each - each.mean() for each in (fresh, old)]
    assert (np.abs(pulls[1]) <= np.abs(pulls[0]) / 32 * 1.001 + 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(ONE_A_GROUP[:3]), st.just((2, 0)), min_size=1), AGE)
def test_a_further_group_that_contradicts_lowers_certainty(seen: dict[str, tuple[int, int]], age: int) -> None:
    assert chances(seen | {"share of wallet": (0, age)})[2] < chances(seen)[2]
