"""The likelihood table is one of probabilities, in order, and a book's own numbers are checked before they count."""

import math
import tomllib

import numpy as np
import pytest

from kam.base.errors import BookError
from kam.base.ladder_policy import check, with_policy
from kam.base.likelihoods import DEFAULT
from kam.base.terms import RUNG_KEYS
from kam.ladder.behaviour_signals import MEASURES as BEHAVIOUR
from kam.ladder.gather import MEASURES

TABLE = DEFAULT.frame()


@pytest.mark.parametrize("signal", DEFAULT.signals)
def test_levels_of_a_signal_add_up_to_one_on_each_rung(signal: str) -> None:
    levels = TABLE[TABLE["signal"] == signal]
    for rung in RUNG_KEYS:
        assert math.isclose(levels[rung].sum(), 1, abs_tol=1e-12)


@pytest.mark.parametrize("signal", DEFAULT.signals)
def test_each_level_speaks_for_a_higher_rung_than_the_one_before(signal: str) -> None:
    levels = TABLE[TABLE["signal"] == signal]
    for lower, higher in (("broker", "supplier"), ("supplier", "partner")):
        assert (np.diff(levels[higher] / levels[lower]) > 0).all()


def test_the_table_passes_its_own_check() -> None:
    check(DEFAULT)


def test_every_row_has_a_reason_and_every_signal_one_group() -> None:
    assert (TABLE["reason"].str.len() > 10).all()
    assert (TABLE.groupby("signal")["group"].nunique() == 1).all()
    assert not TABLE.duplicated(["signal", "level"]).any()
    assert sorted(set(DEFAULT.groups)) == [
        "breadth and solutions",
        "customer's voice",
        "joint value",
        "price behaviour",
        "relationship",
        "wallet and loyalty",
    ]


def test_every_measured_signal_is_in_the_table_and_the_other_way_round() -> None:
    assert set(MEASURES) == set(DEFAULT.signals)


@pytest.mark.parametrize("signal", BEHAVIOUR)
def test_levels_against_peers_come_out_near_a_quarter_a_half_and_a_quarter_under_the_prior(signal: str) -> None:
    levels = TABLE[TABLE["signal"] == signal]
    expected = levels[list(RUNG_KEYS)].to_numpy() @ np.array(DEFAULT.prior)
    assert expected == pytest.approx([0.25, 0.5, 0.25], abs=0.035)


def test_a_book_replaces_one_rung_of_one_signal_and_the_prior_and_nothing_else() -> None:
    policy = tomllib.loads("""
        [discount_depth]
        broker = {deep = 0.6, middle = 0.37, shallow = 0.03}
        [prior]
        broker = 0.5
        supplier = 0.3
        partner = 0.2
    """)
    changed = with_policy(policy)
    assert changed.prior == (0.5, 0.3, 0.2)
    assert [row.broker for row in changed.of("discount depth")] == [0.6, 0.37, 0.03]
    assert [row.partner for row in changed.of("discount depth")] == [0.02, 0.25, 0.73]
    same = TABLE["signal"] != "discount depth"
    assert changed.frame()[same].equals(TABLE[same])
    assert [row.broker for row in DEFAULT.of("discount depth")] == [0.63, 0.33, 0.04]


def test_levels_with_spaces_may_be_written_with_underscores() -> None:
    rung = {"one_of_many_sellers": 0.7, "a_good_supplier": 0.28, "a_partner_in_our_goals": 0.02}
    assert [row.broker for row in with_policy({"perception": {"broker": rung}}).of("perception")] == [0.7, 0.28, 0.02]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"mood": {}}, "“mood” is not one of prior, perception"),
        ({"tenure": {"friend": {}}}, "“friend” is not one of broker, supplier, partner"),
        ({"tenure": {"broker": {"new": 0.5, "old": 0.5}}}, "“old” is not one of new, middle, long"),
        ({"tenure": {"broker": {"new": 0.5, "long": 0.5}}}, "give every level: new, middle, long"),
        ({"tenure": {"broker": {"new": 0.5, "middle": 0.3, "long": 0.1}}}, "the levels add up to 0.9, not to 1"),
        ({"tenure": {"broker": {"new": 0.5, "middle": 0.5, "long": 0}}}, "0 is not a probability between 0 and 1"),
        ({"tenure": {"broker": {"new": 0.5, "middle": "much", "long": 0.1}}}, "'much' is not a probability"),
        ({"tenure": {"broker": {"new": 0.1, "middle": 0.3, "long": 0.6}}}, "“long” must speak for a higher rung"),
        ({"tenure": {"broker": 0.5}}, "expected new, middle, long = …, found 0.5"),
        ({"prior": {"broker": 0.5, "supplier": 0.5}}, "give broker, supplier and partner"),
        ({"prior": {"broker": 0.5, "supplier": 0.4, "partner": 0.2}}, "the rungs add up to 1.1, not to 1"),
        ({"prior": {"broker": math.nan, "supplier": 0.4, "partner": 0.2}}, "nan is not a probability"),
    ],
)
def test_a_wrong_override_is_refused_and_says_where(policy: dict[str, object], said: str) -> None:
    with pytest.raises(BookError, match=r"book\.toml") as caught:
        with_policy(policy)
    assert said in str(caught.value)
    assert str(caught.value).endswith("Nothing was changed.")
