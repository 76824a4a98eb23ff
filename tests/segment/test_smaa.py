"""Ranks under drawn weights and scores: against exact integrals over the weight simplex, and as properties."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.key_accounts.smaa import Draws, smaa

DRAWS = 10_000
SCORE = st.integers(0, 100).map(float)
PAIR = st.tuples(SCORE, SCORE).map(sorted)


def ranked(intervals: Sequence[Sequence[Sequence[float]]], **more: object) -> Draws:
    """Rank accounts given as intervals by criterion, under weights that are alike unless given."""
    criteria = len(intervals[0]) if intervals else 4
    ends = np.array(intervals, dtype=float).reshape(len(intervals), criteria, 2)
    given = {"weights": np.full(criteria, 1 / criteria), "kappa": 30.0, "size": 1, "draws": DRAWS} | more
    given.setdefault("tie", np.zeros(len(ends)))
    low, high = (np.ascontiguousarray(ends[..., end]).reshape(len(ends), criteria) for end in (0, 1))
    return smaa(low, high, **given)  # ty: ignore[invalid-argument-type] - tests give what they mean


def known(*scores: float) -> list[tuple[float, float]]:
    return [(score, score) for score in scores]


def acceptabilities(found: Draws) -> np.ndarray:
    return np.array([found.acceptability(place) for place in range(len(found.ranks))])


def error(chance: float | np.ndarray) -> float | np.ndarray:
    """Four standard errors of a share of the draws, and a thousandth for the grid of the integral."""
    return 4 * np.sqrt(chance * (1 - chance) / DRAWS) + 1e-3


def simplex(alpha: np.ndarray, steps: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Return the midpoints of a grid over the simplex of three weights, and the Dirichlet mass of each cell."""
    middle = (np.arange(steps) + 0.5) / steps
    first, share = (grid.reshape(-1) for grid in np.meshgrid(middle, middle))
    weights = np.column_stack([first, share * (1 - first), (1 - share) * (1 - first)])
    logs = ((alpha - 1) * np.log(weights)).sum(axis=1) + np.log(1 - first)
    mass = np.exp(logs - logs.max())
    return weights, mass / mass.sum()


@pytest.mark.parametrize("kappa", [2.0, 7.0, 30.0])
def test_two_accounts_of_known_scores_against_the_integral(kappa: float) -> None:
    # the first leads where 60·w > 80·(1 − w), w ~ Beta(κ/2, κ/2)
    w = (np.arange(200_000) + 0.5) / 200_000
    density = (w * (1 - w)) ** (kappa / 2 - 1)
    exact = density[w > 4 / 7].sum() / density.sum()

    found = ranked([known(80, 10), known(20, 90)], kappa=kappa).p_key()

    assert found[0] == pytest.approx(exact, abs=float(error(exact)))
    assert found.sum() == 1


def test_two_accounts_of_which_one_is_unrated_against_the_integral() -> None:
    # the first leads where 70·w + 50·(1 − w) > 40·w + u·(1 − w), u uniform in 0 … 100; w ~ Beta(3, 1), pdf 3w²
    w = (np.arange(200_000) + 0.5) / 200_000
    leads = np.clip((30 * w + 50 * (1 - w)) / (1 - w), 0, 100) / 100
    exact = (3 * w**2 * leads).sum() / (3 * w**2).sum()

    found = ranked([known(70, 50), [(40, 40), (0, 100)]], weights=np.array([0.75, 0.25]), kappa=4).p_key()[0]

    assert found == pytest.approx(exact, abs=float(error(exact)))


def test_three_accounts_on_three_criteria_against_the_integral() -> None:
    scores = np.array([[90.0, 20.0, 40.0], [30.0, 80.0, 50.0], [55.0, 50.0, 60.0]])
    stated = np.array([0.5, 0.3, 0.2])
    weights, mass = simplex(10 * stated)
    order = np.argsort(-(weights @ scores.T), axis=1)
    exact = np.array([[mass[order[:, rank] == account].sum() for rank in range(3)] for account in range(3)])

    found = acceptabilities(ranked([known(*row) for row in scores], weights=stated, kappa=10.0))

    assert (np.abs(found - exact) < error(exact)).all()


@settings(max_examples=25)
@given(st.lists(st.lists(PAIR, min_size=3, max_size=3), max_size=7), st.integers(1, 9))
def test_acceptabilities_add_up_over_ranks_and_over_accounts(rows: list, size: int) -> None:
    found = ranked(rows, size=size, draws=300)

    shares = acceptabilities(found).reshape(len(rows), len(rows))
    assert shares.sum(axis=0) == pytest.approx(np.ones(len(rows)))
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(rows)))
    assert found.p_key() == pytest.approx(shares[:, :size].sum(axis=1))
    assert found.p_key().sum() == pytest.approx(min(size, len(rows)))


@settings(max_examples=40)
@given(st.lists(st.tuples(SCORE, SCORE, SCORE, SCORE), min_size=3, max_size=3), st.lists(PAIR, max_size=3))
def test_who_lies_below_another_everywhere_never_ranks_above_it(ends: list, rest: list) -> None:
    lower, upper = [], []
    for four in ends:
        a, b, c, d = sorted(four)
        lower.append((a, b / 2 + a / 2))
        upper.append((c + 0.01, d + 0.01))

    found = ranked([lower, upper, *([pair] * 3 for pair in rest)], draws=500)

    assert (found.ranks[1] < found.ranks[0]).all()


def test_without_looseness_and_with_all_known_everything_is_sure() -> None:
    rng = np.random.default_rng(1)
    rows = [known(*row) for row in rng.random((40, 4)) * 100]

    for kappa in (math.inf, 1e12):
        found = ranked(rows, kappa=kappa, size=8, draws=500)
        assert set(found.p_key()) == {0.0, 1.0}


def test_a_weight_of_nothing_stays_nothing_and_the_others_keep_their_means() -> None:
    stated = np.array([0.6, 0.0, 0.3, 0.1])

    found = ranked([known(1, 2, 3, 4)], weights=stated, kappa=30.0)

    assert (found.weights[:, 1] == 0).all()
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(DRAWS), abs=1e-6)
    assert found.weights.mean(axis=0) == pytest.approx(stated, abs=4 * 0.5 / math.sqrt(31 * DRAWS))
    assert found.weights.std(axis=0) == pytest.approx(np.sqrt(stated * (1 - stated) / 31), abs=0.002)


@pytest.mark.parametrize("kappa", [0.001, 0.5, 1e6])
def test_any_looseness_gives_weights(kappa: float) -> None:
    found = ranked([known(1, 2, 3, 4)], kappa=kappa)
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(DRAWS), abs=1e-5)


def test_one_criterion_alone_ranks_by_it_in_every_draw_and_ties_by_the_tie_breaker() -> None:
    scores = [50.0, 80.0, 50.0, 20.0]
    weights = np.array([1.0, 0.0])

    found = ranked([[(score, score), (0, 100)] for score in scores], weights=weights, tie=np.array([1.0, 2, 3, 4]))

    assert (found.ranks.T == [3, 1, 2, 4]).all()


def test_who_is_alike_in_everything_is_ranked_by_lot() -> None:
    found = ranked([known(50, 50)] * 4 + [known(60, 60)], size=3)

    assert found.p_key()[4] == 1
    assert found.p_key()[:4] == pytest.approx(0.5, abs=0.02)
    assert acceptabilities(found)[:4, 1:] == pytest.approx(0.25, abs=0.02)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    rows = [[tuple(pair) for pair in np.sort(row)] for row in np.random.default_rng(3).random((70, 3, 2)) * 100]

    first, again, other = (ranked(rows, seed=seed).ranks for seed in (0, 0, 1))

    assert (first == again).all()
    assert (first != other).any()


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[(10 * place % 70, 100)] * 2 for place in range(30)]
    two = ranked(rows).ranks
    monkeypatch.setattr("kam.key_accounts.smaa._THREADS", 1)

    assert (ranked(rows).ranks == two).all()


def test_the_rank_interval_holds_nine_tenths_of_the_draws() -> None:
    found = ranked([[(20 * place, 20 * place + 60)] * 2 for place in range(6)], draws=2_000)

    low, high = found.rank_interval()

    inside = (found.ranks >= low[:, None]) & (found.ranks <= high[:, None])
    assert (inside.mean(axis=1) >= 0.9).all()
    assert ((found.ranks < low[:, None]).mean(axis=1) <= 0.05).all()
    assert ((found.ranks > high[:, None]).mean(axis=1) <= 0.05).all()


@pytest.mark.parametrize("accounts", [0, 1, 2, 5])
def test_a_list_with_more_places_than_accounts_takes_all(accounts: int) -> None:
    found = ranked([[(0, 100)] * 4] * accounts, size=9)

    assert found.p_key().tolist() == [1.0] * accounts
    assert all(np.isneginf(found.to_beat(place)).all() for place in range(accounts))


@settings(max_examples=25)
@given(st.integers(2, 8), st.integers(1, 8))
def test_an_account_is_on_the_list_where_it_beats_the_last_place_of_the_others(accounts: int, size: int) -> None:
    scores = np.random.default_rng(accounts).random((accounts, 3)) * 100
    found = ranked([known(*row) for row in scores], size=size, draws=200)

    for place in range(accounts):
        own = (found.weights * scores[place].astype(np.float32)).sum(axis=1)
        is_clear = np.abs(own - found.to_beat(place)) > 1e-3
        is_listed = found.ranks[place] <= size
        assert ((own > found.to_beat(place)) == is_listed)[is_clear].all()
        others = np.sort(found.weights @ np.delete(scores, place, axis=0).T.astype(np.float32), axis=1)
        if size <= accounts - 1:
            assert found.to_beat(place) == pytest.approx(others[:, -size], abs=1e-3)


def test_draws_that_do_not_fill_a_chunk_are_ranked_too() -> None:
    for draws, accounts in itertools.product((1, 31, 33, 700), (3, 2_500)):
        found = ranked([known(place % 97) for place in range(accounts)], draws=draws, tie=np.arange(accounts))
        assert (np.arange(1, accounts + 1) == np.sort(found.ranks, axis=0).T).all()
